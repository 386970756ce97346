//! The files that maps are written to, read back by other hands: PDF, WebP, SVG with fonts, and what they say
//! of themselves.

use dateline::map::verify::{self, Verdict};
use dateline::map::{self, Group, Item, MapOptions, Scene, Size, SvgText, Text};
use dateline::story::Story;
use lopdf::{Dictionary, Document, Object};
use std::io::Cursor;

const STORIES: [&str; 5] = ["soldiers-by-sea", "hundred-arrows", "polar", "no-place", "nothing"];

fn scene(story: &str, preset: &str) -> Scene {
    let path = format!("{}/tests/stories/{story}.json", env!("CARGO_MANIFEST_DIR"));
    let story: Story = serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap();
    let options = MapOptions { size: Size::preset(preset).unwrap(), ..MapOptions::default() };
    map::draw(&story, &options).unwrap()
}

/// The scene of options as the command line and the server spell them.
fn asked(story: &str, given: &[(&'static str, &'static str)]) -> Scene {
    let path = format!("{}/tests/stories/{story}.json", env!("CARGO_MANIFEST_DIR"));
    let story: Story = serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap();
    let mut options = MapOptions::default();
    options.set_all(given.iter().copied()).unwrap();
    map::draw(&story, &options).unwrap()
}

fn texts(scene: &Scene) -> Vec<Text> {
    fn collect(group: &Group, into: &mut Vec<Text>) {
        for item in &group.items {
            match item {
                Item::Text(text) => into.push(text.clone()),
                Item::Group(group) => collect(group, into),
                Item::Shape(_) => {}
            }
        }
    }
    let mut all = Vec::new();
    scene.all_groups().for_each(|group| collect(group, &mut all));
    all
}

fn unchanged(bytes: &[u8]) -> Verdict {
    let verdict = verify::verify(bytes).unwrap();
    assert!(verdict.is_unchanged(), "{:?}", verdict.findings);
    verdict
}

/// The picture and the words of a file that was edited: whether each still holds.
fn after(bytes: &[u8]) -> (bool, bool) {
    let verdict = verify::verify(bytes).unwrap();
    assert_eq!(verdict.is_unchanged(), verdict.findings.is_empty());
    (verdict.picture_holds, verdict.words_hold)
}

/// The file with one run of bytes in place of another as long.
fn altered(bytes: &[u8], from: &str, to: &str) -> Vec<u8> {
    assert_eq!(from.len(), to.len());
    let at = bytes.windows(from.len()).position(|window| window == from.as_bytes());
    let at = at.unwrap_or_else(|| panic!("{from:?} is not in the file"));
    [&bytes[..at], to.as_bytes(), &bytes[at + from.len()..]].concat()
}

// ── PDF ──

fn resolved<'d>(pdf: &'d Document, object: &'d Object) -> &'d Object {
    pdf.dereference(object).unwrap().1
}

fn entry<'d>(pdf: &'d Document, dictionary: &'d Dictionary, key: &str) -> &'d Object {
    resolved(pdf, dictionary.get(key.as_bytes()).unwrap_or_else(|_| panic!("no /{key} in {dictionary:?}")))
}

fn words_of(object: &Object) -> String {
    lopdf::decode_text_string(object).unwrap()
}

fn page_of(pdf: &Document) -> &Dictionary {
    let pages = pdf.get_pages();
    assert_eq!(pages.len(), 1);
    pdf.get_dictionary(pages[&1]).unwrap()
}

/// The page's width and height in points.
fn page_size(pdf: &Document) -> (f32, f32) {
    let sides = entry(pdf, page_of(pdf), "MediaBox").as_array().unwrap();
    let sides: Vec<f32> = sides.iter().map(|side| side.as_float().unwrap()).collect();
    assert_eq!(sides[..2], [0.0, 0.0]);
    (sides[2], sides[3])
}

#[test]
fn a_pdf_has_one_page_of_the_size_asked_for_in_inches_and_millimetres() {
    let size = |preset: &str| {
        page_size(&Document::load_mem(&map::pdf::render(&scene("soldiers-by-sea", preset))).unwrap())
    };
    assert_eq!(size("wide"), (900.0, 506.25));
    for (preset, width_mm) in [("print1", 45.0), ("print2", 96.0), ("print3", 147.0), ("a4col", 160.0)] {
        let width = size(preset).0 / 72.0 * 25.4;
        assert!((width - width_mm).abs() < 0.01, "{preset}: {width} mm");
    }
    let (width, height) = size("a4full");
    let [width, height] = [width, height].map(|side| side / 72.0 * 25.4);
    assert!((width - 180.0).abs() < 0.01 && (height - 120.0).abs() < 0.01, "{width} × {height} mm");
}

#[test]
fn a_pdf_says_its_words_with_fonts_inside() {
    for name in STORIES {
        let scene = scene(name, "wide");
        let pdf = Document::load_mem(&map::pdf::render(&scene)).unwrap();
        let read: String = pdf.extract_text(&[1]).unwrap().split_whitespace().collect();
        for text in texts(&scene) {
            let words: String = text.text.split_whitespace().collect();
            assert!(read.contains(&words), "{name}: {:?} is not in the text", text.text);
        }
        let fonts = pdf.get_page_fonts(pdf.get_pages()[&1]).unwrap();
        assert!(fonts.len() > 1, "{name}");
        for font in fonts.values() {
            assert!(font.has(b"ToUnicode"), "{name}");
            let inner = resolved(&pdf, &entry(&pdf, font, "DescendantFonts").as_array().unwrap()[0]);
            let inner = inner.as_dict().unwrap();
            let base = String::from_utf8(entry(&pdf, inner, "BaseFont").as_name().unwrap().to_vec()).unwrap();
            // six letters tell that only the letters that are used are inside
            assert!(base.split_once('+').is_some_and(|(tag, _)| tag.len() == 6), "{base}");
            let file = entry(&pdf, entry(&pdf, inner, "FontDescriptor").as_dict().unwrap(), "FontFile2");
            assert!(file.as_stream().unwrap().content.len() < 40_000, "{base}");
        }
    }
}

#[test]
fn a_pdf_is_tagged_as_a_figure_with_its_text_alternative() {
    let scene = scene("soldiers-by-sea", "wide");
    let bytes = map::pdf::render(&scene);
    let pdf = Document::load_mem(&bytes).unwrap();
    let catalog = pdf.catalog().unwrap();
    assert_eq!(words_of(entry(&pdf, catalog, "Lang")), "en");
    assert_eq!(
        entry(&pdf, entry(&pdf, catalog, "MarkInfo").as_dict().unwrap(), "Marked"),
        &Object::Boolean(true)
    );
    let figures: Vec<String> = pdf
        .objects
        .values()
        .filter_map(|object| object.as_dict().ok())
        .filter(|object| object.get(b"S").and_then(Object::as_name).ok() == Some(b"Figure"))
        .map(|figure| words_of(entry(&pdf, figure, "Alt")))
        .collect();
    assert_eq!(figures, std::slice::from_ref(&scene.description));
    let info = entry(&pdf, &pdf.trailer, "Info").as_dict().unwrap();
    let record = unchanged(&bytes).record;
    assert_eq!(words_of(entry(&pdf, info, "Title")), record.value("dc:title"));
    assert!(!info.has(b"CreationDate") && !info.has(b"ModDate"), "no clock");
    assert_eq!(record.value("pdfuaid:part"), "1");
    let packet = entry(&pdf, catalog, "Metadata").as_stream().unwrap();
    let packet = String::from_utf8(packet.content.clone()).unwrap();
    assert!(packet.contains(record.value("dateline:picture")), "the catalog leads to our packet");
}

#[test]
fn letters_that_no_face_has_are_drawn_as_far_as_can_be() {
    let mut scene = scene("nothing", "wide");
    let mut text = texts(&scene)[0].clone();
    text.text = "元山 مرحبا 𠀋 A\u{301}\u{200d}".to_owned();
    scene.groups.push(Group { name: "foreign".to_owned(), items: vec![Item::Text(text)] });
    scene.lang = String::new();
    let bytes = map::pdf::render(&scene);
    Document::load_mem(&bytes).unwrap();
    assert_eq!(
        unchanged(&bytes).record.value("pdfuaid:part"),
        "1",
        "a letter without a glyph would keep it from PDF/UA"
    );
    unchanged(map::svg::render(&Scene { svg_text: SvgText::Embed, ..scene }).as_bytes());
}

#[test]
fn nothing_in_print_is_under_six_points() {
    for preset in ["print1", "print2", "print3", "a4col", "a4full"] {
        let scene = scene("hundred-arrows", preset);
        let least = texts(&scene).iter().map(|text| text.size).fold(f32::MAX, f32::min);
        let points = least * 0.75 * scene.paper[0] / scene.width;
        assert!(points >= 6.0, "{preset}: {points} points");
    }
}

/// How a colour of a page is set: its space by name, or the numbers of it.
fn colours(pdf: &Document) -> (Vec<String>, Vec<Vec<f32>>) {
    let page = pdf.get_pages()[&1];
    let content = lopdf::content::Content::decode(&pdf.get_page_content(page)).unwrap();
    let (mut spaces, mut values) = (Vec::new(), Vec::new());
    for operation in content.operations {
        match operation.operator.as_str() {
            "cs" | "CS" => {
                spaces.push(String::from_utf8(operation.operands[0].as_name().unwrap().to_vec()).unwrap())
            }
            "scn" | "SCN" | "sc" | "SC" | "k" | "K" | "rg" | "RG" | "g" | "G" => {
                values.push(operation.operands.iter().map(|v| v.as_float().unwrap()).collect());
            }
            _ => {}
        }
    }
    spaces.sort();
    spaces.dedup();
    (spaces, values)
}

#[test]
fn a_pdf_for_presses_carries_inks_and_nothing_else() {
    for name in STORIES {
        let bytes = map::pdf::render(&asked(name, &[("theme", "print"), ("width-mm", "147")]));
        let pdf = Document::load_mem(&bytes).unwrap();
        let (spaces, values) = colours(&pdf);
        assert!(spaces.iter().all(|space| space == "DeviceCMYK"), "{name}: {spaces:?}");
        assert!(values.len() > 20, "{name}");
        for inks in &values {
            assert!(inks.len() == 4 && inks.iter().sum::<f32>() <= 3.0, "{name}: {inks:?}");
        }
        assert!(values.contains(&vec![0.0, 0.0, 0.0, 1.0]), "{name}: the title is full black ink");
        let profiled =
            |object: &Object| object.as_array().is_ok_and(|a| a.first() == Some(&Object::from("ICCBased")));
        assert!(!pdf.objects.values().any(profiled), "{name}");
        assert_eq!(unchanged(&bytes).record.value("pdfuaid:part"), "1", "{name}");
    }
    let pdf =
        Document::load_mem(&map::pdf::render(&asked("soldiers-by-sea", &[("theme", "light")]))).unwrap();
    assert!(colours(&pdf).1.iter().all(|colour| colour.len() == 3), "other themes are sRGB");
}

#[test]
fn a_width_in_millimetres_is_the_page_of_every_form() {
    for (width, height) in [("96", None), ("34", None), ("210.5", Some("148"))] {
        let mut given = vec![("width-mm", width)];
        given.extend(height.map(|height| ("height-mm", height)));
        let scene = asked("soldiers-by-sea", &given);
        let (width, height) = (width.parse::<f32>().unwrap(), height.map(|mm| mm.parse::<f32>().unwrap()));
        let sides = |found: [f32; 2], within: f32| {
            assert!((found[0] - width).abs() < within, "{found:?}");
            assert!(height.is_none_or(|height| (found[1] - height).abs() < within), "{found:?}");
        };
        let (w, h) = page_size(&Document::load_mem(&map::pdf::render(&scene)).unwrap());
        sides([w, h].map(|points| points / 72.0 * 25.4), 0.01);
        let svg = map::svg::render(&scene);
        let attribute = |name: &str| {
            let from = svg.split_once(&format!(" {name}=\"")).unwrap().1;
            from.split_once("mm\"").unwrap().0.parse::<f32>().unwrap()
        };
        sides([attribute("width"), attribute("height")], 0.01);
        let reader = png::Decoder::new(Cursor::new(map::png::render(&scene))).read_info().unwrap();
        let info = reader.info();
        let pixels = info.pixel_dims.unwrap();
        assert_eq!((pixels.xppu, pixels.yppu, pixels.unit), (11811, 11811, png::Unit::Meter), "300 an inch");
        // to the px of the drawing: a fifth of a millimetre
        sides([info.width, info.height].map(|side| side as f32 / 11.811), 0.22);
        // what prints well: 6.5 points, 6 for sources
        let least = texts(&scene).iter().map(|text| text.size).fold(f32::MAX, f32::min);
        let points = least * 0.75 * scene.paper[0] / scene.width;
        assert!(points >= 6.5, "{width} mm: {points} points");
    }
    let plain = map::png::render(&scene("soldiers-by-sea", "wide"));
    assert!(png::Decoder::new(Cursor::new(plain)).read_info().unwrap().info().pixel_dims.is_none());
}

#[test]
fn a_name_along_a_sea_is_words_in_every_form() {
    let scene = asked("aid-convoy", &[("bbox", "-6,29,37,46")]);
    let all = texts(&scene);
    let sea = all.iter().find(|text| text.bend.is_some()).expect("the Black Sea is long and has coasts");
    assert_eq!((sea.text.as_str(), sea.role), ("Black Sea", map::Role::Water));
    let meets = |a: [f32; 4], b: [f32; 4]| a[0] < b[2] && b[0] < a[2] && a[1] < b[3] && b[1] < a[3];
    for other in all.iter().filter(|text| text.role != map::Role::Words && text.bend.is_none()) {
        assert!(!meets(sea.frame(), other.frame()), "{} lies over {}", sea.text, other.text);
    }
    let live = map::svg::render(&scene);
    assert_eq!(live.matches(">Black Sea</textPath></text>").count(), 2, "its halo and its letters");
    for href in live.split("xlink:href=\"").skip(1) {
        let target = href.split('"').next().unwrap().strip_prefix('#').expect("nothing outside is asked for");
        assert_eq!(live.matches(&format!("<path id=\"{target}\"")).count(), 1, "{target}");
    }
    let outlined = map::svg::render(&Scene { svg_text: SvgText::Outline, ..scene.clone() });
    assert!(outlined.contains("aria-label=\"Black Sea\"") && !outlined.contains("textPath"));
    unchanged(map::svg::render(&Scene { svg_text: SvgText::Embed, ..scene.clone() }).as_bytes());
    let bytes = map::pdf::render(&scene);
    let read = Document::load_mem(&bytes).unwrap().extract_text(&[1]).unwrap();
    assert!(read.split_whitespace().collect::<String>().contains("BlackSea"));
    assert_eq!(unchanged(&bytes).record.value("pdfuaid:part"), "1");
    // letters that join are not set apart along a curve
    let arabic = asked("aid-convoy", &[("bbox", "-6,29,37,46"), ("lang", "ar")]);
    assert!(texts(&arabic).iter().all(|text| text.bend.is_none()));
}

// ── All forms ──

#[test]
fn the_same_map_has_the_same_bytes_in_every_form() {
    for render in [map::png::render, map::webp::render, map::pdf::render] {
        assert!(render(&scene("soldiers-by-sea", "article")) == render(&scene("soldiers-by-sea", "article")));
    }
}

#[test]
fn every_form_says_what_it_shows_and_where_that_comes_from() {
    for name in STORIES {
        let scene = scene(name, "wide");
        let svg = map::svg::render(&scene).into_bytes();
        for bytes in [map::png::render(&scene), map::webp::render(&scene), svg, map::pdf::render(&scene)] {
            let verdict = unchanged(&bytes);
            let record = &verdict.record;
            assert_eq!(record.value("Iptc4xmpCore:AltTextAccessibility"), scene.title, "{name}");
            assert_eq!(record.value("Iptc4xmpCore:ExtDescrAccessibility"), scene.description, "{name}");
            assert!(record.value("dc:description").contains("Read by a machine, not yet checked"), "{name}");
            assert!(record.value("dc:rights").contains("Natural Earth"));
            assert!(record.value("xmp:CreatorTool").starts_with("Dateline "));
            assert_eq!(record.value("dateline:size"), "1200x675");
            assert_eq!(record.value("dateline:preset"), "wide");
            assert_eq!(record.value("dateline:worldview"), "un");
        }
    }
    let record = unchanged(&map::png::render(&scene("soldiers-by-sea", "wide"))).record;
    assert_eq!(record.values("dateline:claims").len(), 5);
    assert_eq!(record.value("dateline:asOf"), "2024-10-23");
    assert!(record.value("dc:source").contains("The Example Courier"));
}

// ── WebP ──

#[test]
fn a_webp_has_the_pixels_of_the_png_in_fewer_bytes() {
    for name in ["soldiers-by-sea", "polar"] {
        let scene = scene(name, "wide");
        let (png, webp) = (map::png::render(&scene), map::webp::render(&scene));
        let mut decoder = image_webp::WebPDecoder::new(Cursor::new(&webp)).unwrap();
        assert_eq!(decoder.dimensions(), (1200, 675));
        let mut pixels = vec![0; decoder.output_buffer_size().unwrap()];
        decoder.read_image(&mut pixels).unwrap();
        assert!(pixels == image::load_from_memory(&png).unwrap().to_rgb8().into_raw(), "{name}");
        assert!(webp.len() < png.len(), "{name}: {} bytes, the PNG {}", webp.len(), png.len());
    }
}

// ── What was changed ──

/// A PNG written anew from pixels and text chunks.
fn png_of(picture: &image::RgbImage, words: &[(String, String)]) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut encoder = png::Encoder::new(&mut bytes, picture.width(), picture.height());
    encoder.set_color(png::ColorType::Rgb);
    for (keyword, text) in words {
        encoder.add_itxt_chunk(keyword.clone(), text.clone()).unwrap();
    }
    encoder.write_header().unwrap().write_image_data(picture).unwrap();
    bytes
}

#[test]
fn a_png_shows_a_changed_pixel_and_a_changed_word_and_may_be_packed_anew() {
    let png = map::png::render(&scene("soldiers-by-sea", "wide"));
    let reader = png::Decoder::new(Cursor::new(&png)).read_info().unwrap();
    let words: Vec<(String, String)> =
        reader.info().utf8_text.iter().map(|c| (c.keyword.clone(), c.get_text().unwrap())).collect();
    assert_eq!(
        words.iter().map(|w| w.0.as_str()).collect::<Vec<_>>(),
        ["Title", "Description", "XML:com.adobe.xmp"]
    );
    let mut picture = image::load_from_memory(&png).unwrap().to_rgb8();
    unchanged(&png_of(&picture, &words));
    for (chunk, from, to) in [(0, "Map", "Mop"), (1, "Kremlin", "Gremlin"), (2, "Courier", "Carrier")] {
        let mut words = words.clone();
        assert!(words[chunk].1.contains(from));
        words[chunk].1 = words[chunk].1.replacen(from, to, 1);
        assert_eq!(after(&png_of(&picture, &words)), (true, false), "{to}");
    }
    let pixel = picture.get_pixel_mut(600, 300);
    pixel.0[2] ^= 1;
    assert_eq!(after(&png_of(&picture, &words)), (false, true));
    let part = image::imageops::crop_imm(&picture, 0, 0, 1200, 600).to_image();
    assert_eq!(after(&png_of(&part, &words)), (false, true));
    assert!(verify::verify(&png_of(&picture, &words[..2])).unwrap_err().to_string().contains("no packet"));
    for end in [20, 200, 9000, png.len() - 1] {
        assert!(verify::verify(&png[..end]).unwrap_err().to_string().contains("cut short"), "{end} bytes");
    }
}

#[test]
fn a_webp_shows_a_changed_pixel_and_a_changed_word() {
    let webp = map::webp::render(&scene("soldiers-by-sea", "phone"));
    assert_eq!(after(&altered(&webp, "Courier", "Carrier")), (true, false));
    let mut decoder = image_webp::WebPDecoder::new(Cursor::new(&webp)).unwrap();
    let (width, height) = decoder.dimensions();
    let packet = decoder.xmp_metadata().unwrap().unwrap();
    let mut pixels = vec![0; decoder.output_buffer_size().unwrap()];
    decoder.read_image(&mut pixels).unwrap();
    let again = |pixels: &[u8]| {
        let mut bytes = Vec::new();
        let mut encoder = image_webp::WebPEncoder::new(&mut bytes);
        encoder.set_xmp_metadata(packet.clone());
        encoder.encode(pixels, width, height, image_webp::ColorType::Rgb8).unwrap();
        bytes
    };
    unchanged(&again(&pixels));
    pixels[3000] ^= 1;
    assert_eq!(after(&again(&pixels)), (false, true));
}

#[test]
fn an_svg_shows_a_changed_word_and_nothing_hides_in_its_metadata() {
    let svg = map::svg::render(&scene("soldiers-by-sea", "wide"));
    let told = |svg: &str| after(svg.as_bytes());
    assert_eq!(told(&svg.replace('\n', "\r\n")), (true, true));
    assert_eq!(told(&svg.replace(">Kursk region<", ">Tomsk region<")), (false, true));
    assert_eq!(told(&svg.replace("The Example Courier", "The Example Carrier")), (false, false));
    assert_eq!(told(&svg.replace("<dateline:theme>light", "<dateline:theme>dark")), (true, false));
    // an end tag with a space ends the element too: what follows it is drawn
    let hidden = svg.replace("</metadata>", "</metadata ><path d=\"M0 0H999V999z\"/><metadata></metadata>");
    assert_eq!(told(&hidden), (false, true));
    let (start, end) = (svg.find("<metadata").unwrap(), svg.find("</metadata>").unwrap() + 11);
    let bare = [&svg[..start], &svg[end..]].concat();
    assert!(verify::verify(bare.as_bytes()).unwrap_err().to_string().contains("no packet"));
    assert!(verify::verify(&svg.as_bytes()[..svg.len() / 2]).unwrap_err().to_string().contains("cut short"));
}

#[test]
fn a_pdf_shows_any_changed_byte() {
    let pdf = map::pdf::render(&scene("soldiers-by-sea", "wide"));
    assert_eq!(after(&altered(&pdf, "The Example Courier", "The Example Carrier")), (false, false));
    assert_eq!(after(&altered(&pdf, "/Marked true", "/Marked null")), (false, true));
    let mut appended = pdf.clone();
    appended.extend(b"\n1 0 obj\n<<>>\nendobj\n%%EOF");
    assert_eq!(after(&appended), (false, true));
    for place in [100, 5000, pdf.len() / 2] {
        let mut one = pdf.clone();
        one[place] ^= 1;
        assert_eq!(after(&one), (false, true), "byte {place}");
    }
    // the digits themselves are not covered by the first digest, but they are what it is compared with
    let digits = unchanged(&pdf).record.value("dateline:picture").to_owned();
    assert_eq!(after(&altered(&pdf, &digits, &"0".repeat(64))), (false, false));
    assert!(verify::verify(&pdf[..pdf.len() / 2]).unwrap_err().to_string().contains("cut short"));
}

#[test]
fn a_damaged_picture_is_no_reason_to_stop() {
    let scene = scene("no-place", "phone");
    let svg = map::svg::render(&scene).into_bytes();
    let mut random = 20_261_122u64;
    let mut below = |most: usize| {
        random = random.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (random >> 33) as usize % most
    };
    for whole in [map::png::render(&scene), map::webp::render(&scene), svg, map::pdf::render(&scene)] {
        for _ in 0..60 {
            let mut bytes = whole.clone();
            for _ in 0..=below(4) {
                let at = below(bytes.len());
                bytes[at] = below(256) as u8;
            }
            bytes.truncate(bytes.len() - below(2) * below(bytes.len() / 2));
            // a verdict or one sentence, whatever it is
            if let Err(error) = verify::verify(&bytes) {
                assert!(error.to_string().len() > 20);
            }
        }
    }
}

// ── SVG with its fonts ──

#[test]
fn an_svg_writes_text_live_as_outlines_or_with_its_fonts() {
    for name in STORIES {
        let live = scene(name, "wide");
        let svg = |svg_text: SvgText| {
            let svg = map::svg::render(&Scene { svg_text, ..live.clone() });
            let most = if svg_text == SvgText::Outline { 700_000 } else { 400_000 };
            assert!(svg.len() < most, "{name} {svg_text:?}: {} bytes", svg.len());
            unchanged(svg.as_bytes());
            svg
        };
        let (plain, outline, embed) = (svg(SvgText::Live), svg(SvgText::Outline), svg(SvgText::Embed));
        assert!(plain.contains("<text ") && !plain.contains("@font-face"));
        assert!(!outline.contains("<text ") && outline.contains("aria-label"));
        assert!(embed.contains("<text "));
        let faces: std::collections::BTreeSet<_> = texts(&live).iter().map(|text| text.face).collect();
        assert_eq!(embed.matches("@font-face").count(), faces.len(), "{name}");
    }
}
