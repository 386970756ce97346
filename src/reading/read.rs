//! The stages in order: Report → Reading.

use super::{FORMAT, Reading};
use crate::gazetteer::Gazetteer;
use crate::geometry::LonLat;
use crate::mentions::dates::{self, Anchors};
use crate::mentions::{MentionKind, names, quantities};
use crate::movements::{self, Context};
use crate::places::{self, ResolveOptions};
use crate::report::{ParagraphKind, Report, Span};
use crate::syntax::{Parser, Tree};
use crate::world::World;
use std::collections::BTreeSet;

/// How a report is read.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct ReadOptions {
    /// Where the outlet writes for.
    pub home: Option<LonLat>,
    /// Whether demonyms are listed as mentions.
    pub demonyms: bool,
    /// Toponyms only, without the parse: faster, and no movements.
    pub only_mentions: bool,
}

const WHOLE: &str = "what is compiled in is whole: the tests open it";

/// Reads a report: names, places, dates, quantities, movements. Never fails; doubts become remarks.
pub fn read(report: Report, options: &ReadOptions) -> Reading {
    let gazetteer = Gazetteer::embedded().expect(WHOLE);
    let trees = if options.only_mentions { Vec::new() } else { trees(&report) };
    let names = names::find(&report, &trees, gazetteer);
    let resolve = ResolveOptions {
        home: options.home,
        // Movements need the peoples too ("the Romanian port"); they are dropped below if not asked for.
        demonyms: true,
        // Cutting areas would cost more than all the rest of finding names.
        world: if options.only_mentions { None } else { World::embedded().ok() },
    };
    let resolved = places::resolve(&report, &names, gazetteer, &resolve);
    let mut remarks = report.remarks.clone();
    remarks.extend(resolved.remarks);
    let mut reading = Reading {
        format: FORMAT.to_owned(),
        mentions: resolved.mentions,
        places: resolved.places,
        movements: Vec::new(),
        claims: Vec::new(),
        remarks,
        report,
    };
    if !options.only_mentions {
        // Paragraph by paragraph: no number and no date runs over into the next.
        let text = &reading.report.text;
        let dated = |kind| kind != ParagraphKind::Boilerplate;
        let paragraphs = reading.report.paragraphs.iter().filter(|paragraph| dated(paragraph.kind));
        let bodies: Vec<Span> = paragraphs.map(|paragraph| reading.report.body_of(paragraph)).collect();
        let counted: Vec<_> = bodies.iter().flat_map(|&body| quantities::find_all(text, body)).collect();
        let times: Vec<_> = bodies.iter().flat_map(|&body| dates::find(text, body)).collect();
        let anchors = Anchors::of(&reading.report, &times);
        let found = movements::find(&Context {
            report: &reading.report,
            trees: &trees,
            mentions: &reading.mentions,
            places: &reading.places,
            counted: &counted,
            times: &times,
            anchors: &anchors,
        });
        reading.movements = found.movements;
        reading.claims = found.claims;
        reading.remarks.extend(found.remarks);
    }
    if !options.demonyms {
        drop_demonyms(&mut reading);
    }
    reading.remarks.sort_by_key(|remark| (remark.span.start, remark.span.end, remark.code.clone()));
    reading.remarks.dedup();
    reading
}

/// Leaves out the demonyms, but for those that a mover leads back to, and the places that only they name.
fn drop_demonyms(reading: &mut Reading) {
    let movers = reading.movements.iter().filter_map(|movement| movement.who.as_ref()?.actor.clone());
    let movers: BTreeSet<String> = movers.collect();
    reading.mentions.retain(|mention| mention.kind != MentionKind::Demonym || movers.contains(&mention.id));
    let mut named: BTreeSet<String> =
        reading.mentions.iter().filter_map(|mention| mention.place.clone()).collect();
    named.extend(reading.movements.iter().flat_map(|movement| movement.place_ids().cloned()));
    named.extend(reading.claims.iter().filter_map(|claim| claim.said_at.clone()));
    // What contains a place that stays, stays too; containers may have containers.
    while let Some(id) = reading
        .places
        .iter()
        .filter(|place| named.contains(&place.id))
        .find_map(|place| place.within.clone().filter(|id| !named.contains(id)))
    {
        named.insert(id);
    }
    reading.places.retain(|place| named.contains(&place.id));
}

/// A tree for each paragraph of the report's own words, offsets in bytes of its text.
pub fn trees(report: &Report) -> Vec<Tree> {
    let spans: Vec<Span> = report.own_paragraphs().map(|paragraph| report.body_of(paragraph)).collect();
    let texts: Vec<&str> = spans.iter().map(|span| span.of(&report.text)).collect();
    let parser = Parser::embedded().expect(WHOLE);
    let mut trees = parser.parse_all(&texts);
    for (tree, span) in trees.iter_mut().zip(&spans) {
        for token in &mut tree.tokens {
            token.start += span.start;
            token.end += span.start;
        }
    }
    movements::read_again(parser, &report.text, &mut trees);
    trees
}
