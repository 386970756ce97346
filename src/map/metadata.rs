//! What a picture says of itself besides what it shows: one XMP packet, the same in every format.
//!
//! A scene's record and the digest of the drawing in; the packet out, and back again. Properties that others
//! know (Dublin Core, IPTC, Photoshop) stand under their names, ours under our own. The packet carries two
//! digests (SHA-256): of the picture, and of the packet's words with that first digest. `verify` compares them.

use super::options::MapOptions;
use super::wording;
use crate::layers::Layers;
use crate::story::Story;
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use std::fmt::Write;

/// How a property is written in RDF.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Shape {
    /// A plain value.
    Text,
    /// A value in languages, of which we write one.
    Languages,
    /// Several values.
    Bag,
}

/// A property of the packet.
struct Property {
    name: &'static str,
    shape: Shape,
    /// Whether the digest of the words covers it. What other programs set anew as a habit is not covered.
    covered: bool,
}

const fn property(name: &'static str, shape: Shape) -> Property {
    Property { name, shape, covered: true }
}

const fn loose(name: &'static str, shape: Shape) -> Property {
    Property { name, shape, covered: false }
}

/// The digest of the picture.
pub(super) const PICTURE: &str = "dateline:picture";
/// The digest of the words.
pub(super) const WORDS: &str = "dateline:words";

/// All properties, in the order of the packet.
const PROPERTIES: [Property; 25] = [
    loose("dc:format", Shape::Text),
    loose("dc:language", Shape::Bag),
    loose("xmp:CreatorTool", Shape::Text),
    loose("pdfuaid:part", Shape::Text),
    property("dc:title", Shape::Languages),
    property("dc:description", Shape::Languages),
    property("dc:source", Shape::Text),
    property("dc:rights", Shape::Languages),
    property("photoshop:Credit", Shape::Text),
    property("Iptc4xmpCore:AltTextAccessibility", Shape::Languages),
    property("Iptc4xmpCore:ExtDescrAccessibility", Shape::Languages),
    property("Iptc4xmpExt:DigitalSourceType", Shape::Text),
    property("dateline:program", Shape::Text),
    property("dateline:story", Shape::Text),
    property("dateline:claims", Shape::Bag),
    property("dateline:asOf", Shape::Text),
    property("dateline:checked", Shape::Text),
    property("dateline:size", Shape::Text),
    property("dateline:scale", Shape::Text),
    property("dateline:preset", Shape::Text),
    property("dateline:theme", Shape::Text),
    property("dateline:worldview", Shape::Text),
    property("dateline:projection", Shape::Text),
    property(PICTURE, Shape::Text),
    loose(WORDS, Shape::Text),
];

/// Prefixes and what they stand for.
const NAMESPACES: [(&str, &str); 8] = [
    ("dc", "http://purl.org/dc/elements/1.1/"),
    ("xmp", "http://ns.adobe.com/xap/1.0/"),
    ("pdfuaid", "http://www.aiim.org/pdfua/ns/id/"),
    ("photoshop", "http://ns.adobe.com/photoshop/1.0/"),
    ("Iptc4xmpCore", "http://iptc.org/std/Iptc4xmpCore/1.0/xmlns/"),
    ("Iptc4xmpExt", "http://iptc.org/std/Iptc4xmpExt/2008-02-29/"),
    ("dateline", "urn:dateline:picture:1#"),
    ("rdf", RDF),
];
const RDF: &str = "http://www.w3.org/1999/02/22-rdf-syntax-ns#";
/// IPTC's word for a picture that a program draws from data.
const SOURCE_TYPE: &str = "http://cv.iptc.org/newscodes/digitalsourcetype/dataDrivenMedia";
/// Whose data every map shows: NOTICE.md.
const CREDIT: &str = "Base map: Natural Earth. Place names: GeoNames (CC BY 4.0). Made with Dateline.";

/// What a picture says of itself.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Record {
    /// Values by the property's name; a name without values does not stand here.
    values: BTreeMap<&'static str, Vec<String>>,
}

impl Record {
    /// The record of a story's map: `page` is its size in px at 1x.
    pub(super) fn new(
        story: &Story,
        layers: &Layers,
        options: &MapOptions,
        page: [f32; 2],
        projection: &str,
    ) -> Self {
        let title = wording::title(story, layers);
        let standing =
            if options.checked { "Checked by an editor." } else { "Read by a machine, not yet checked." };
        let caption = [format!("{title}."), wording::subtitle(story, layers), standing.to_owned()];
        let caption: Vec<String> = caption.into_iter().filter(|sentence| !sentence.is_empty()).collect();
        let mut record = Record::default();
        record.set("dc:language", [options.lang.as_str()]);
        record.set("xmp:CreatorTool", [super::PROGRAM]);
        record.set("dc:title", [title.as_str()]);
        record.set("dc:description", [caption.join(" ")]);
        let sources = wording::sources(story);
        record.set("dc:source", [sources.strip_prefix("Sources: ").unwrap_or(&sources)]);
        record.set("dc:rights", [CREDIT]);
        record.set("photoshop:Credit", ["Dateline"]);
        record.set("Iptc4xmpCore:AltTextAccessibility", [wording::alt_short(story, layers)]);
        record.set("Iptc4xmpCore:ExtDescrAccessibility", [wording::alt_long(story, layers)]);
        record.set("Iptc4xmpExt:DigitalSourceType", [SOURCE_TYPE]);
        record.set("dateline:program", [super::PROGRAM]);
        record.set("dateline:story", [story.id.as_str()]);
        record.set("dateline:claims", story.claims.iter().map(|claim| claim.id.as_str()));
        record.set("dateline:asOf", wording::as_of(story).map(|date| date.to_string()));
        record.set("dateline:checked", [if options.checked { "yes" } else { "no" }]);
        record.set("dateline:size", [format!("{}x{}", page[0], page[1])]);
        record.set("dateline:scale", [options.scale_for(page[0], page[1]).to_string()]);
        record.set("dateline:preset", options.size.preset_name());
        record.set("dateline:theme", [options.theme.name()]);
        record.set("dateline:worldview", [options.worldview.name()]);
        record.set("dateline:projection", [projection]);
        record
    }

    /// Sets a property; empty values leave it out.
    pub(super) fn set(&mut self, name: &'static str, values: impl IntoIterator<Item = impl AsRef<str>>) {
        debug_assert!(
            PROPERTIES.iter().any(|property| property.name == name),
            "{name} has no place in the order"
        );
        let values: Vec<String> =
            values.into_iter().map(|value| plain(value.as_ref())).filter(|value| !value.is_empty()).collect();
        if values.is_empty() {
            self.values.remove(name);
        } else {
            self.values.insert(name, values);
        }
    }

    /// The values of a property; empty where it is not there.
    pub fn values(&self, name: &str) -> &[String] {
        self.values.get(name).map_or(&[], Vec::as_slice)
    }

    /// The first value of a property, empty where it is not there.
    pub fn value(&self, name: &str) -> &str {
        self.values(name).first().map_or("", String::as_str)
    }

    /// The headline of the picture.
    pub(super) fn title(&self) -> &str {
        self.value("dc:title")
    }

    /// A caption for the picture.
    pub(super) fn caption(&self) -> &str {
        self.value("dc:description")
    }

    /// What is written of the picture's digest.
    pub(super) fn picture(&self) -> &str {
        self.value(PICTURE)
    }

    /// Whether the words are those that were sealed.
    pub(super) fn words_hold(&self) -> bool {
        self.value(WORDS) == self.words()
    }

    /// The same record, sealed with the digest of the picture.
    pub(super) fn sealed(&self, format: &str, picture: &str) -> Self {
        let mut record = self.clone();
        record.set("dc:format", [format]);
        record.set(PICTURE, [picture]);
        let words = record.words();
        record.set(WORDS, [words]);
        record
    }

    /// The digest of the words: each covered property by its name and values.
    fn words(&self) -> String {
        let mut digest = Sha256::new();
        for property in PROPERTIES.iter().filter(|property| property.covered) {
            digest.update(property.name);
            for value in self.values(property.name) {
                digest.update([0]);
                digest.update(value);
            }
            digest.update([1]);
        }
        hex(digest)
    }

    /// The packet as an XML element, for formats that are XML themselves.
    pub(super) fn element(&self) -> String {
        let mut out = String::with_capacity(6000);
        let _ = writeln!(out, "<x:xmpmeta xmlns:x=\"adobe:ns:meta/\">\n<rdf:RDF xmlns:rdf=\"{RDF}\">");
        out.push_str("<rdf:Description rdf:about=\"\"");
        let is_used = |prefix: &str| self.values.keys().any(|name| name.split(':').next() == Some(prefix));
        for (prefix, address) in NAMESPACES.iter().filter(|(prefix, _)| is_used(prefix)) {
            let _ = write!(out, "\n xmlns:{prefix}=\"{address}\"");
        }
        out.push_str(">\n");
        for Property { name, shape, .. } in &PROPERTIES {
            let values = self.values(name);
            if values.is_empty() {
                continue;
            }
            let _ = write!(out, "<{name}>");
            match shape {
                Shape::Text => out.push_str(&escape(&values[0])),
                Shape::Languages => {
                    let value = escape(&values[0]);
                    let _ = write!(out, "<rdf:Alt><rdf:li xml:lang=\"x-default\">{value}</rdf:li></rdf:Alt>");
                }
                Shape::Bag => {
                    out.push_str("<rdf:Bag>");
                    for value in values {
                        let _ = write!(out, "<rdf:li>{}</rdf:li>", escape(value));
                    }
                    out.push_str("</rdf:Bag>");
                }
            }
            let _ = writeln!(out, "</{name}>");
        }
        out.push_str("</rdf:Description>\n</rdf:RDF>\n</x:xmpmeta>");
        out
    }

    /// The packet as other files carry it, with the marks by which programs find it.
    pub(super) fn packet(&self) -> String {
        format!(
            "<?xpacket begin=\"\u{FEFF}\" id=\"W5M0MpCehiHzreSzNTczkc9d\"?>\n{}\n<?xpacket end=\"w\"?>",
            self.element()
        )
    }

    /// The record in a packet, or in any XML that holds one; `None` where it carries no digests of ours.
    ///
    /// # Errors
    /// What is not XML.
    pub(super) fn read(xml: &str) -> Result<Option<Self>, roxmltree::Error> {
        Ok(Record::of_nodes(roxmltree::Document::parse(xml)?.root_element()))
    }

    /// The record in an element of a document.
    pub(super) fn of_nodes(within: roxmltree::Node) -> Option<Self> {
        let mut record = Record::default();
        for about in within.descendants().filter(|node| node.has_tag_name((RDF, "Description"))) {
            for Property { name, shape, .. } in &PROPERTIES {
                // of several languages the first is ours
                let most = if *shape == Shape::Bag { usize::MAX } else { 1 };
                let (prefix, local) = name.split_once(':').unwrap_or_default();
                let address = NAMESPACES.iter().find(|known| known.0 == prefix).map_or("", |known| known.1);
                // other programs write plain values as attributes
                if let Some(value) = about.attribute((address, local)) {
                    record.set(name, [value]);
                }
                for node in about.children().filter(|node| node.has_tag_name((address, local))) {
                    let items: Vec<_> = node.descendants().filter(|n| n.has_tag_name((RDF, "li"))).collect();
                    if items.is_empty() {
                        record.set(name, [node.text().unwrap_or_default()]);
                    } else {
                        record.set(name, items.iter().take(most).map(|item| item.text().unwrap_or_default()));
                    }
                }
            }
        }
        (!record.picture().is_empty() && !record.value(WORDS).is_empty()).then_some(record)
    }
}

/// The digest of an opaque or transparent picture's pixels, row by row as red, green, blue, opacity.
pub(super) struct PixelDigest(Sha256);

impl PixelDigest {
    /// Begins with the size.
    pub(super) fn new(width: u32, height: u32) -> Self {
        let mut digest = Sha256::new();
        digest.update(b"pixels\0");
        digest.update(width.to_be_bytes());
        digest.update(height.to_be_bytes());
        PixelDigest(digest)
    }

    /// Adds pixels, four bytes each.
    pub(super) fn add(&mut self, rgba: &[u8]) {
        self.0.update(rgba);
    }

    /// The digest in hexadecimal.
    pub(super) fn finish(self) -> String {
        hex(self.0)
    }
}

/// The digest of a drawing written as text or bytes, in parts.
pub(super) fn digest_of<'p>(kind: &str, parts: impl IntoIterator<Item = &'p [u8]>) -> String {
    let mut digest = Sha256::new();
    digest.update(kind);
    digest.update([0]);
    for part in parts {
        digest.update(part);
    }
    hex(digest)
}

fn hex(digest: Sha256) -> String {
    digest.finalize().iter().map(|byte| format!("{byte:02x}")).collect()
}

/// A value as it comes back from XML: no characters that XML 1.0 forbids, one kind of line end, no space around.
fn plain(value: &str) -> String {
    let allowed = |c: &char| (*c >= ' ' || matches!(c, '\t' | '\n')) && !matches!(c, '\u{FFFE}' | '\u{FFFF}');
    value.replace("\r\n", "\n").chars().filter(allowed).collect::<String>().trim().to_owned()
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn record() -> Record {
        let mut record = Record::default();
        record.set("dc:title", ["Where <b>\"they\"</b> & others\u{0} moved"]);
        record.set("dateline:claims", ["a.c1", "a.c2"]);
        record.set("dateline:preset", [""]);
        record
    }

    #[test]
    fn what_is_written_is_read_and_foreign_words_cannot_break_out() {
        let sealed = record().sealed("image/png", "00ff");
        let read = Record::read(&sealed.packet()).unwrap().unwrap();
        assert_eq!(read, sealed);
        assert_eq!(read.value("dc:title"), "Where <b>\"they\"</b> & others moved");
        assert_eq!(read.values("dateline:claims"), ["a.c1", "a.c2"]);
        assert!(read.values("dateline:preset").is_empty());
        assert!(read.words_hold());
    }

    #[test]
    fn a_changed_word_or_digest_breaks_the_seal_and_a_changed_tool_does_not() {
        let packet = record().sealed("image/png", "00ff").packet();
        let holds = |from: &str, to: &str| {
            assert!(packet.contains(from), "{packet}");
            Record::read(&packet.replace(from, to)).unwrap().unwrap().words_hold()
        };
        assert!(!holds("others", "other"));
        assert!(!holds("a.c2", "a.c3"));
        assert!(!holds("<rdf:li>a.c2</rdf:li>", ""));
        assert!(!holds("00ff", "00fe"));
        assert!(holds("image/png", "image/x-png"));
    }

    #[test]
    fn a_packet_that_another_program_wrote_anew_is_understood() {
        let sealed = record().sealed("image/png", "00ff");
        let picture = "<dateline:picture>00ff</dateline:picture>\n";
        let anew = sealed.packet().replace(picture, "");
        let anew = anew.replace("rdf:about=\"\"", "rdf:about=\"\" dateline:picture=\"00ff\"");
        assert_eq!(Record::read(&anew).unwrap().unwrap(), sealed);
    }

    #[test]
    fn xml_without_our_digests_is_no_record() {
        assert!(Record::read("<x/>").unwrap().is_none());
        assert!(Record::read(&record().packet()).unwrap().is_none());
        assert!(Record::read("<x").is_err());
    }
}
