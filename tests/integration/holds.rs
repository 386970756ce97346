//! What holds for every report and every reading, whatever was read: properties and fuzzing ask the same.

use dateline::reading::Reading;
use dateline::report::{Report, Span};
use dateline::story;
use std::collections::BTreeSet;

/// Panics where a paragraph, the dateline or a remark does not lie inside the text, or out of order.
pub fn in_report(report: &Report) {
    let inside =
        |span: &Span| report.text.get(span.start..span.end).expect("a span lies on characters of the text");
    let mut end = 0;
    for paragraph in &report.paragraphs {
        assert!(paragraph.span.start >= end, "{:?} overlaps what stands before it", paragraph.span);
        assert!(!inside(&paragraph.span).trim().is_empty());
        assert!(paragraph.span.contains(&report.body_of(paragraph)));
        end = paragraph.span.end;
    }
    if let Some(head) = &report.dateline {
        inside(&head.span);
        assert_eq!(head.place_span.as_ref().map(inside), head.place.as_deref());
    }
    for remark in &report.remarks {
        inside(&remark.span);
    }
}

/// Panics where something of a reading does not lead back to words or to what it names.
pub fn in_reading(reading: &Reading) {
    in_report(&reading.report);
    assert_eq!(reading.clone().into_json_line(), reading.to_json().to_string());
    let text = &reading.report.text;
    let holds = |span: &Span, words: &str| {
        assert_eq!(text.get(span.start..span.end), Some(words), "in {text:.200}");
    };
    let places: BTreeSet<&str> = reading.places.iter().map(|place| place.id.as_str()).collect();
    let mentions: BTreeSet<&str> = reading.mentions.iter().map(|mention| mention.id.as_str()).collect();
    let movements: BTreeSet<&str> = reading.movements.iter().map(|movement| movement.id.as_str()).collect();
    let claims: BTreeSet<&str> = reading.claims.iter().map(|claim| claim.id.as_str()).collect();
    assert_eq!(places.len(), reading.places.len());
    assert_eq!(movements.len(), reading.movements.len());
    for mention in &reading.mentions {
        holds(&mention.span, &mention.text);
        assert!(mention.place.as_deref().is_none_or(|id| places.contains(id)), "{mention:?}");
    }
    for place in &reading.places {
        assert!(place.within.as_deref().is_none_or(|id| places.contains(id) && id != place.id), "{place:?}");
        assert_eq!(place.lon.is_some(), place.lat.is_some(), "{place:?}");
        let unplaced = place.precision == dateline::places::Precision::Unplaced;
        assert_eq!(unplaced, place.lon.is_none(), "{place:?}");
    }
    for movement in &reading.movements {
        holds(&movement.trigger.span, &movement.trigger.text);
        movement.who.iter().for_each(|who| {
            holds(&who.span, &who.text);
            assert!(who.actor.as_deref().is_none_or(|id| mentions.contains(id)), "{who:?}");
        });
        movement.quantity.iter().for_each(|quantity| holds(&quantity.span, &quantity.text));
        movement.when.iter().for_each(|when| {
            holds(&when.span, &when.text);
            assert!(when.earliest.zip(when.latest).is_none_or(|(first, last)| first <= last), "{when:?}");
        });
        assert!(!movement.evidence.is_empty());
        assert!(
            movement
                .evidence
                .iter()
                .all(|span| text.get(span.start..span.end).is_some_and(|words| !words.is_empty()))
        );
        let ends = [
            &movement.origin,
            &movement.destination,
            &movement.via,
            &movement.origin_inferred,
            &movement.destination_inferred,
        ];
        assert!(ends.into_iter().flatten().all(|id| places.contains(id.as_str())), "{movement:?}");
        assert!(movement.claims.iter().all(|id| claims.contains(id.as_str())), "{movement:?}");
        assert!(movement.part_of.as_deref().is_none_or(|id| movements.contains(id) && id != movement.id));
        assert_ne!(movement.class, dateline::movements::Class::Confirmed);
    }
    for claim in &reading.claims {
        holds(&claim.span, &claim.quote);
        claim.quantity.iter().for_each(|quantity| holds(&quantity.span, &quantity.text));
        claim.said_on.iter().for_each(|when| holds(&when.span, &when.text));
        assert!(claim.about.as_deref().is_none_or(|id| movements.contains(id)), "{claim:?}");
        assert!(claim.said_at.as_deref().is_none_or(|id| places.contains(id)), "{claim:?}");
    }
    for remark in &reading.remarks {
        assert!(text.get(remark.span.start..remark.span.end).is_some(), "{remark:?}");
        assert!(!remark.code.is_empty() && !remark.message.is_empty());
    }
    let back = Reading::from_json(reading.to_json()).unwrap();
    assert_eq!(back.to_json(), reading.to_json());
    let merged = story::merge(vec![reading.clone(), reading.clone()]);
    assert_eq!(merged.movements.len(), merged.movements.iter().map(|m| &m.id).collect::<BTreeSet<_>>().len());
}
