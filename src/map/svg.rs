//! A scene as SVG: named groups, live text, no filters, masks, scripts or references to the outside.

use super::bend::Bend;
use super::color::Color;
use super::fonts::{self, Family};
use super::options::{SCREEN_INCH, SvgText};
use super::scene::{Anchor, Group, Item, Path, Role, Scene, Segment, Shape, Stroke, Text};
use super::{embed, metadata};
use std::borrow::Cow;
use std::fmt::Write;

/// The scene as an SVG document.
pub fn render(scene: &Scene) -> String {
    let (head, body) = write(scene);
    let Some(record) = &scene.record else { return head + &body };
    let picture = digest([head.as_str(), body.as_str()]);
    let packet = record.sealed("image/svg+xml", &picture).element();
    format!("{head}<metadata id=\"record\">\n{packet}\n</metadata>{body}")
}

/// The digest of a drawing: of everything but its metadata element, whatever its line ends.
pub(super) fn digest(parts: [&str; 2]) -> String {
    let parts = parts.map(|part| match part.contains('\r') {
        true => Cow::Owned(part.replace("\r\n", "\n")),
        false => Cow::Borrowed(part),
    });
    metadata::digest_of("svg", parts.iter().map(|part| part.as_bytes()))
}

/// What stands before the metadata, and after.
fn write(scene: &Scene) -> (String, String) {
    let mut out = String::with_capacity(200_000);
    let (w, h) = (number(scene.width), number(scene.height));
    let [pw, ph] = if scene.on_paper {
        scene.paper.map(|px| format!("{}mm", number(px * 25.4 / SCREEN_INCH)))
    } else {
        [scene.width, scene.height].map(|px| number(px * scene.scale))
    };
    let _ = write!(
        out,
        "<svg xmlns=\"http://www.w3.org/2000/svg\" xmlns:xlink=\"http://www.w3.org/1999/xlink\" width=\"{pw}\" height=\"{ph}\" viewBox=\"0 0 {w} {h}\" \
         role=\"img\" aria-labelledby=\"title desc\" lang=\"en\" font-family=\"{}\">\n\
         <title id=\"title\">{}</title>\n<desc id=\"desc\">{}</desc>\n",
        Family::Sans.css(),
        escape(&scene.title),
        escape(&scene.description)
    );
    let head = std::mem::replace(&mut out, "\n".to_owned());
    let _ =
        writeln!(out, "<g id=\"page\"><path d=\"M0 0H{w}V{h}H0Z\" fill=\"{}\"/></g>", scene.background.hex());
    if scene.svg_text == SvgText::Embed {
        let _ = writeln!(out, "<style>\n{}</style>", embed::rules(scene));
    }
    let lettering = Words { lang: &scene.lang, outline: scene.svg_text == SvgText::Outline };
    out.push_str(scene.ground.svg(|groups| {
        let mut ground = String::new();
        groups.iter().for_each(|group| write_group(&mut ground, group, "", &lettering));
        ground
    }));
    for group in &scene.groups {
        write_group(&mut out, group, "", &lettering);
    }
    out.push_str("</svg>\n");
    (head, out)
}

/// How words are written.
struct Words<'s> {
    /// The language of names.
    lang: &'s str,
    /// Whether as outlines.
    outline: bool,
}

fn write_group(out: &mut String, group: &Group, within: &str, words: &Words) {
    let name = if within.is_empty() { group.name.clone() } else { format!("{within}-{}", group.name) };
    // shaped once for halo and letters
    let outline = |item: &Item| match item {
        Item::Text(text) if words.outline => {
            let mut data = String::new();
            write_path(&mut data, &fonts::outline(text, words.lang));
            Some(data)
        }
        _ => None,
    };
    let outlines: Vec<Option<String>> = group.items.iter().map(outline).collect();
    // a stroked copy under the letters, not `paint-order`, so that the text stays easy to edit
    if group.items.iter().any(|item| halo_of(item).is_some()) {
        let _ = writeln!(
            out,
            "<g id=\"{name}-halo\" aria-hidden=\"true\" fill=\"none\" stroke-linejoin=\"round\">"
        );
        for (item, outline) in group.items.iter().zip(&outlines) {
            let Some((text, color, width)) = halo_of(item) else { continue };
            let mut paint = format!(" stroke=\"{}\" stroke-width=\"{}\"", color.hex(), number(width));
            opacity(&mut paint, "stroke-opacity", color);
            write_text(out, text, &paint, words.lang, outline.as_deref());
        }
        out.push_str("</g>\n");
    }
    let _ = writeln!(out, "<g id=\"{name}\">");
    for (item, outline) in group.items.iter().zip(&outlines) {
        match item {
            Item::Shape(shape) => write_shape(out, shape, within),
            Item::Text(text) => {
                let mut paint = format!(" fill=\"{}\"", text.color.hex());
                opacity(&mut paint, "fill-opacity", text.color);
                write_text(out, text, &paint, words.lang, outline.as_deref());
            }
            Item::Group(group) => write_group(out, group, &name, words),
        }
    }
    out.push_str("</g>\n");
}

fn halo_of(item: &Item) -> Option<(&Text, Color, f32)> {
    match item {
        Item::Text(text) => text.halo.map(|(color, width)| (text, color, width)),
        _ => None,
    }
}

fn write_shape(out: &mut String, shape: &Shape, within: &str) {
    if shape.path.is_empty() {
        return;
    }
    out.push_str("<path");
    if let Some(id) = &shape.id {
        // what an inset repeats has an id of its own
        let apart = if within.is_empty() { "" } else { "-" };
        let _ = write!(out, " id=\"{}{apart}{}\"", escape(within), escape(id));
    }
    if let Some(class) = shape.class {
        let _ = write!(out, " class=\"{class}\"");
    }
    match shape.fill {
        Some(color) => {
            let _ = write!(out, " fill=\"{}\" fill-rule=\"evenodd\"", color.hex());
            opacity(out, "fill-opacity", color);
        }
        None => out.push_str(" fill=\"none\""),
    }
    if let Some(stroke) = &shape.stroke {
        write_stroke(out, stroke);
    }
    out.push_str(" d=\"");
    write_path(out, &shape.path);
    match &shape.title {
        Some(title) => {
            let _ = writeln!(out, "\"><title>{}</title></path>", escape(title));
        }
        None => out.push_str("\"/>\n"),
    }
}

fn write_stroke(out: &mut String, stroke: &Stroke) {
    let _ = write!(
        out,
        " stroke=\"{}\" stroke-width=\"{}\" stroke-linejoin=\"round\"",
        stroke.color.hex(),
        number(stroke.width)
    );
    opacity(out, "stroke-opacity", stroke.color);
    if stroke.round {
        out.push_str(" stroke-linecap=\"round\"");
    }
    if !stroke.dash.is_empty() {
        let dash: Vec<String> = stroke.dash.iter().map(|d| number(*d)).collect();
        let _ = write!(out, " stroke-dasharray=\"{}\"", dash.join(" "));
    }
}

/// What a name on the map names, as a class: `story`, `arrow`, `country`, `water` or `city`. Other words have none.
fn class_of(text: &Text) -> &'static str {
    match text.role {
        Role::Words => "",
        Role::Story => " class=\"story\"",
        Role::Arrow => " class=\"arrow\"",
        Role::Country => " class=\"country\"",
        Role::Water => " class=\"water\"",
        Role::City => " class=\"city\"",
    }
}

/// A text as it is, or as the data of its outlines.
fn write_text(out: &mut String, text: &Text, paint: &str, lang: &str, outline: Option<&str>) {
    if let Some(data) = outline {
        let _ = writeln!(
            out,
            "<path{} aria-label=\"{}\"{paint} d=\"{data}\"/>",
            class_of(text),
            escape(&text.text)
        );
        return;
    }
    if let Some(bend) = &text.bend {
        return write_bent(out, text, paint, lang, bend);
    }
    // viewers count the space after the last letter too when they centre
    let beyond = match text.anchor {
        Anchor::Start => 0.0,
        Anchor::Middle => text.tracking / 2.0,
        Anchor::End => text.tracking,
    };
    let _ = write!(
        out,
        "<text{} x=\"{}\" y=\"{}\" font-size=\"{}\"{paint}",
        class_of(text),
        number(text.x + beyond),
        number(text.y),
        number(text.size)
    );
    let pieces = fonts::families(&text.text, lang);
    let whole = if let [(_, family)] = &pieces[..] { Some(*family) } else { None };
    if let Some(family) = whole {
        write_font(out, text, family, lang);
    }
    // of a text that begins from the right the start is its right end
    let rtl = fonts::is_rtl(&text.text);
    if rtl {
        out.push_str(" direction=\"rtl\"");
    }
    match (text.anchor, rtl) {
        (Anchor::Start, false) | (Anchor::End, true) => {}
        (Anchor::Middle, _) => out.push_str(" text-anchor=\"middle\""),
        (Anchor::End, false) | (Anchor::Start, true) => out.push_str(" text-anchor=\"end\""),
    }
    out.push('>');
    if whole.is_some() {
        out.push_str(&escape(&text.text));
    } else {
        for (range, family) in pieces {
            out.push_str("<tspan");
            write_font(out, text, family, lang);
            let _ = write!(out, ">{}</tspan>", escape(&text.text[range]));
        }
    }
    out.push_str("</text>\n");
}

/// A text on a curve, which can be edited as one: its path stands before it.
fn write_bent(out: &mut String, text: &Text, paint: &str, lang: &str, bend: &Bend) {
    // a halo and its letters have a path each, so that either can be taken away
    let what = if paint.contains("stroke=") { "halo-" } else { "" };
    let tenth = |v: f32| (v * 10.0).round() as i64;
    let id = format!("bend-{what}{}-{}", tenth(text.x), tenth(text.y));
    let curve = Path { segments: vec![Segment::Move(bend.from), Segment::Quad(bend.control, bend.to)] };
    let _ = write!(out, "<path id=\"{id}\" fill=\"none\" d=\"");
    write_path(out, &curve);
    let _ = write!(out, "\"/>\n<text{} font-size=\"{}\"{paint}", class_of(text), number(text.size));
    if let Some((_, family)) = fonts::families(&text.text, lang).first() {
        write_font(out, text, *family, lang);
    }
    let _ = writeln!(
        out,
        " text-anchor=\"middle\"><textPath xlink:href=\"#{id}\" startOffset=\"50%\">{}</textPath></text>",
        escape(&text.text)
    );
}

/// The font of a text, or of a piece of it: only Noto Sans has slanted and bold faces and takes tracking.
fn write_font(out: &mut String, text: &Text, family: Family, lang: &str) {
    let plain = family == Family::Sans;
    if !plain {
        let _ = write!(out, " lang=\"{}\" font-family=\"{}\"", escape(lang), family.css());
    }
    if text.face.weight() != 400 {
        let weight = if plain { text.face.weight() } else { 600 };
        let _ = write!(out, " font-weight=\"{weight}\"");
    }
    if text.face.is_italic() && plain {
        out.push_str(" font-style=\"italic\"");
    }
    if text.tracking != 0.0 && family.takes_tracking() {
        let _ = write!(out, " letter-spacing=\"{}\"", number(text.tracking));
    }
}

/// Path data: absolute starts, relative lines in tenths of a px, which is a third of the bytes.
fn write_path(out: &mut String, path: &Path) {
    let tenth = |v: f32| (f64::from(v) * 10.0).round() as i64;
    let mut data = Vec::with_capacity(path.segments.len() * 8);
    let mut at = (0i64, 0i64);
    let mut start = at;
    let mut last = b' ';
    for segment in &path.segments {
        match *segment {
            Segment::Move([x, y]) => {
                let to = (tenth(x), tenth(y));
                command(&mut data, b'M', &mut last, &[to.0, to.1]);
                (at, start) = (to, to);
            }
            Segment::Line([x, y]) => {
                let to = (tenth(x), tenth(y));
                if to == at {
                    continue;
                }
                command(&mut data, b'l', &mut last, &[to.0 - at.0, to.1 - at.1]);
                at = to;
            }
            Segment::Quad(c, p) => {
                let (c, to) = ((tenth(c[0]), tenth(c[1])), (tenth(p[0]), tenth(p[1])));
                command(&mut data, b'q', &mut last, &[c.0 - at.0, c.1 - at.1, to.0 - at.0, to.1 - at.1]);
                at = to;
            }
            Segment::Cubic(c, d, p) => {
                let relative = |q: [f32; 2]| (tenth(q[0]) - at.0, tenth(q[1]) - at.1);
                let (c, d, e) = (relative(c), relative(d), relative(p));
                command(&mut data, b'c', &mut last, &[c.0, c.1, d.0, d.1, e.0, e.1]);
                at = (tenth(p[0]), tenth(p[1]));
            }
            Segment::Close => {
                data.push(b'z');
                (at, last) = (start, b' ');
            }
        }
    }
    out.push_str(std::str::from_utf8(&data).expect("letters and digits are ASCII"));
}

fn command(data: &mut Vec<u8>, letter: u8, last: &mut u8, tenths: &[i64]) {
    let mut apart = true;
    if *last != letter || letter == b'M' {
        data.push(letter);
        apart = false;
        *last = letter;
    }
    for value in tenths {
        if apart && *value >= 0 {
            data.push(b' ');
        }
        if *value < 0 {
            data.push(b'-');
        }
        let (whole, part) = (value.unsigned_abs() / 10, value.unsigned_abs() % 10);
        if whole != 0 || part == 0 {
            write_whole(data, whole);
        }
        if part != 0 {
            data.extend([b'.', b'0' + part as u8]);
        }
        apart = true;
    }
}

/// The digits of a number: most steps of a coast have one or two.
fn write_whole(data: &mut Vec<u8>, value: u64) {
    if value >= 10 {
        write_whole(data, value / 10);
    }
    data.push(b'0' + (value % 10) as u8);
}

fn opacity(out: &mut String, name: &str, color: Color) {
    if color.a != 255 {
        let _ = write!(out, " {name}=\"{}\"", number(color.opacity()));
    }
}

fn number(value: f32) -> String {
    let text = format!("{value:.2}");
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            // characters that XML 1.0 does not allow at all
            c if c < ' ' && !matches!(c, '\t' | '\n' | '\r') => {}
            '\u{FFFE}' | '\u{FFFF}' => {}
            c => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn path_data_is_relative_and_short() {
        let mut out = String::new();
        write_path(&mut out, &Path::ring(&[[10.0, 10.0], [10.5, 9.5], [11.0, 12.0]]));
        assert_eq!(out, "M10 10l.5-.5 .5 2.5z");
    }

    #[test]
    fn live_text_names_a_font_for_each_script() {
        let ink = Color { r: 0, g: 0, b: 0, a: 255 };
        let written = |words_of: &str, anchor| {
            let face = crate::map::Face::SemiBoldItalic;
            let text = Text { text: words_of.to_owned(), anchor, face, tracking: 3.0, ..text_of(ink) };
            let mut out = String::new();
            write_text(&mut out, &text, "", "ar", None);
            out
        };
        assert_eq!(
            written("Cairo", Anchor::Start),
            "<text class=\"story\" x=\"10\" y=\"20\" font-size=\"12\" font-weight=\"600\" font-style=\"italic\" letter-spacing=\"3\">Cairo</text>\n"
        );
        let arabic = written("القاهرة", Anchor::Start);
        assert!(arabic.contains("lang=\"ar\" font-family=\"'Noto Sans Arabic'"), "{arabic}");
        assert!(arabic.contains("direction=\"rtl\" text-anchor=\"end\">القاهرة</text>"), "{arabic}");
        assert!(!arabic.contains("letter-spacing") && !arabic.contains("italic"), "{arabic}");
        let mixed = written("Cairo القاهرة", Anchor::End);
        assert!(!mixed.contains("direction") && mixed.contains("text-anchor=\"end\""), "{mixed}");
        assert_eq!(mixed.matches("<tspan").count(), 2, "{mixed}");
        let mut group = Group::new("labels");
        let halo = Some((ink, 2.0));
        group.items.push(Item::Text(Text { text: "القاهرة".to_owned(), halo, ..text_of(ink) }));
        let mut out = String::new();
        write_group(&mut out, &group, "", &Words { lang: "ar", outline: true });
        assert_eq!(out.matches("<path class=\"story\" aria-label=\"القاهرة\"").count(), 2, "{out}");
        let data: Vec<&str> = out.split(" d=\"").skip(1).filter_map(|rest| rest.split('"').next()).collect();
        assert!(data[0].len() > 200 && data[0] == data[1], "{out}");
    }

    fn text_of(color: Color) -> Text {
        Text {
            role: crate::map::Role::Story,
            text: String::new(),
            x: 10.0,
            y: 20.0,
            anchor: Anchor::Start,
            face: crate::map::Face::Regular,
            size: 12.0,
            color,
            tracking: 0.0,
            halo: None,
            bend: None,
        }
    }

    #[test]
    fn foreign_words_cannot_break_out() {
        assert_eq!(escape("<script>\u{0}\"&\""), "&lt;script&gt;&quot;&amp;&quot;");
    }
}
