//! A scene as SVG: named groups, live text, no filters, masks, scripts or references to the outside.

use super::color::Color;
use super::options::SvgText;
use super::scene::{Anchor, Group, Item, Path, Scene, Segment, Shape, Stroke, Text};
use super::{embed, fonts, metadata};
use std::fmt::Write;

/// The family that the text asks for first.
const FAMILY: &str = "Noto Sans";

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
    let parts = parts.map(|part| part.replace("\r\n", "\n"));
    metadata::digest_of("svg", parts.iter().map(String::as_bytes))
}

/// What stands before the metadata, and after.
fn write(scene: &Scene) -> (String, String) {
    let mut out = String::with_capacity(200_000);
    let (w, h) = (number(scene.width), number(scene.height));
    let (pw, ph) = (number(scene.width * scene.scale), number(scene.height * scene.scale));
    let _ = write!(
        out,
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{pw}\" height=\"{ph}\" viewBox=\"0 0 {w} {h}\" \
         role=\"img\" aria-labelledby=\"title desc\" lang=\"{}\" font-family=\"'{FAMILY}', 'Helvetica Neue', Arial, sans-serif\">\n\
         <title id=\"title\">{}</title>\n<desc id=\"desc\">{}</desc>\n",
        escape(&scene.lang),
        escape(&scene.title),
        escape(&scene.description)
    );
    let head = std::mem::replace(&mut out, "\n".to_owned());
    let _ =
        writeln!(out, "<g id=\"page\"><path d=\"M0 0H{w}V{h}H0Z\" fill=\"{}\"/></g>", scene.background.hex());
    if scene.svg_text == SvgText::Embed {
        let _ = writeln!(out, "<style>\n{}</style>", embed::rules(scene, FAMILY));
    }
    let outline = scene.svg_text == SvgText::Outline;
    for group in &scene.groups {
        write_group(&mut out, group, "", outline);
    }
    out.push_str("</svg>\n");
    (head, out)
}

fn write_group(out: &mut String, group: &Group, within: &str, outline: bool) {
    let name = if within.is_empty() { group.name.clone() } else { format!("{within}-{}", group.name) };
    // a stroked copy under the letters, not `paint-order`, so that the text stays easy to edit
    let halos: Vec<&Text> = group.items.iter().filter_map(halo_of).collect();
    if !halos.is_empty() {
        let _ = writeln!(
            out,
            "<g id=\"{name}-halo\" aria-hidden=\"true\" fill=\"none\" stroke-linejoin=\"round\">"
        );
        for text in halos {
            let (color, width) = text.halo.expect("only texts with a halo are listed");
            let mut paint = format!(" stroke=\"{}\" stroke-width=\"{}\"", color.hex(), number(width));
            opacity(&mut paint, "stroke-opacity", color);
            write_text(out, text, &paint, outline);
        }
        out.push_str("</g>\n");
    }
    let _ = writeln!(out, "<g id=\"{name}\">");
    for item in &group.items {
        match item {
            Item::Shape(shape) => write_shape(out, shape, within),
            Item::Text(text) => {
                let mut paint = format!(" fill=\"{}\"", text.color.hex());
                opacity(&mut paint, "fill-opacity", text.color);
                write_text(out, text, &paint, outline);
            }
            Item::Group(group) => write_group(out, group, &name, outline),
        }
    }
    out.push_str("</g>\n");
}

fn halo_of(item: &Item) -> Option<&Text> {
    match item {
        Item::Text(text) if text.halo.is_some() => Some(text),
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

fn write_text(out: &mut String, text: &Text, paint: &str, outline: bool) {
    if outline {
        let path = fonts::outline(text.face, text.size, text.tracking, &text.text, text.start(), text.y);
        let _ = write!(out, "<path aria-label=\"{}\"{paint} d=\"", escape(&text.text));
        write_path(out, &path);
        out.push_str("\"/>\n");
        return;
    }
    // viewers count the space after the last letter too when they centre
    let beyond = match text.anchor {
        Anchor::Start => 0.0,
        Anchor::Middle => text.tracking / 2.0,
        Anchor::End => text.tracking,
    };
    let _ = write!(
        out,
        "<text x=\"{}\" y=\"{}\" font-size=\"{}\"{paint}",
        number(text.x + beyond),
        number(text.y),
        number(text.size)
    );
    if text.face.weight() != 400 {
        let _ = write!(out, " font-weight=\"{}\"", text.face.weight());
    }
    if text.face.is_italic() {
        out.push_str(" font-style=\"italic\"");
    }
    if text.tracking != 0.0 {
        let _ = write!(out, " letter-spacing=\"{}\"", number(text.tracking));
    }
    match text.anchor {
        Anchor::Start => {}
        Anchor::Middle => out.push_str(" text-anchor=\"middle\""),
        Anchor::End => out.push_str(" text-anchor=\"end\""),
    }
    let _ = writeln!(out, ">{}</text>", escape(&text.text));
}

/// Path data: absolute starts, relative lines in tenths of a px, which is a third of the bytes.
fn write_path(out: &mut String, path: &Path) {
    let tenth = |v: f32| (f64::from(v) * 10.0).round() as i64;
    let mut at = (0i64, 0i64);
    let mut first = true;
    let mut start = at;
    let mut last = ' ';
    for segment in &path.segments {
        match *segment {
            Segment::Move([x, y]) => {
                let to = (tenth(x), tenth(y));
                if !first {
                    last = ' ';
                }
                command(out, 'M', &mut last, &[to.0, to.1]);
                (at, start, first) = (to, to, false);
            }
            Segment::Line([x, y]) => {
                let to = (tenth(x), tenth(y));
                if to == at {
                    continue;
                }
                command(out, 'l', &mut last, &[to.0 - at.0, to.1 - at.1]);
                at = to;
            }
            Segment::Quad(c, p) => {
                let (c, to) = ((tenth(c[0]), tenth(c[1])), (tenth(p[0]), tenth(p[1])));
                command(out, 'q', &mut last, &[c.0 - at.0, c.1 - at.1, to.0 - at.0, to.1 - at.1]);
                at = to;
            }
            Segment::Cubic(c, d, p) => {
                let relative = |q: [f32; 2]| (tenth(q[0]) - at.0, tenth(q[1]) - at.1);
                let (c, d, e) = (relative(c), relative(d), relative(p));
                command(out, 'c', &mut last, &[c.0, c.1, d.0, d.1, e.0, e.1]);
                at = (tenth(p[0]), tenth(p[1]));
            }
            Segment::Close => {
                out.push('z');
                (at, last) = (start, ' ');
            }
        }
    }
}

fn command(out: &mut String, letter: char, last: &mut char, tenths: &[i64]) {
    let mut apart = true;
    if *last != letter || letter == 'M' {
        out.push(letter);
        apart = false;
        *last = letter;
    }
    for value in tenths {
        if apart && *value >= 0 {
            out.push(' ');
        }
        if *value < 0 {
            out.push('-');
        }
        let (whole, part) = (value.abs() / 10, value.abs() % 10);
        if whole != 0 || part == 0 {
            let _ = write!(out, "{whole}");
        }
        if part != 0 {
            let _ = write!(out, ".{part}");
        }
        apart = true;
    }
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
    fn foreign_words_cannot_break_out() {
        assert_eq!(escape("<script>\u{0}\"&\""), "&lt;script&gt;&quot;&amp;&quot;");
    }
}
