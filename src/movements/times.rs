//! When a movement happened, will or might: the time expression that belongs to its trigger.

use super::Status;
use super::doc::Doc;
use super::ends::Linked;
use super::triggers::{Found, TriggerKind};
use crate::mentions::When;
use crate::mentions::dates::{Anchor, Anchors, Tense, TimeExpression, TimeKind};
use crate::report::Span;
use crate::syntax::{Dep, Tag};

/// When it happened, will, or might: the time in the trigger's clause, not the one on the verb of saying.
pub fn when(
    doc: &Doc,
    trigger: &Found,
    times: &[TimeExpression],
    anchors: &Anchors,
    status: Status,
    ends: &[&Linked],
) -> Option<When> {
    let tense = match status {
        Status::Planned | Status::Possible => Tense::Future,
        _ => Tense::Past,
    };
    let anchor = anchors.at(doc.words[trigger.token].start);
    let chosen = time_of(doc, trigger, times, ends)
        .or_else(|| time_that_is_told(doc, trigger, times))
        .or_else(|| time_of_verb_before(doc, trigger, times))
        .or_else(|| time_beside(doc, trigger, times))
        .or_else(|| (status == Status::Failed).then(|| time_of_failure(doc, trigger, times)).flatten());
    if let Some(time) = chosen {
        if let Some(year) = year_told(doc, trigger, time, times, anchor) {
            return Some(time.resolve(&year, Tense::Past));
        }
        let tense = if is_arrival_ahead(doc, time) { Tense::Future } else { own_tense(doc, trigger, tense) };
        return Some(time.resolve(anchor, tense));
    }
    if anchors.is_digest()
        && anchors.in_digest(doc.words[trigger.token].start)
        && let Some(date) = anchor.date
    {
        // Each item of a digest is told under its own day: not after it, or from it on.
        let (span, text) = digest_line(doc, trigger, times)?;
        let (earliest, latest) = match status {
            Status::Planned | Status::Possible => (Some(date), None),
            Status::Underway => (Some(date), Some(date)),
            _ => (None, Some(date)),
        };
        if matches!(status, Status::Denied) {
            return None;
        }
        return Some(When { text, span, earliest, latest, approx: false, inferred: true });
    }
    None
}

fn own_tense(doc: &Doc, trigger: &Found, tense: Tense) -> Tense {
    if tense == Tense::Future && matches!(doc.tag(trigger.token), Tag::Vbd) { Tense::Past } else { tense }
}

/// "put on a ship from Brisbane (ETA Nuku'alofa: 27 January)": a day to come, whatever is done already.
fn is_arrival_ahead(doc: &Doc, time: &TimeExpression) -> bool {
    let before = &doc.text[..time.core.start];
    before.split(|letter: char| !letter.is_alphanumeric()).rev().take(6).any(|word| word == "ETA")
}

/// The last date before the item: its date line.
fn digest_line(doc: &Doc, trigger: &Found, times: &[TimeExpression]) -> Option<(Span, String)> {
    let at = doc.words[trigger.token].start;
    times
        .iter()
        .filter(|time| time.span.end <= at && time.is_absolute())
        .rfind(|time| {
            let line_start = doc.text[..time.span.start].rfind('\n').map_or(0, |at| at + 1);
            let line_end =
                doc.text[time.span.end..].find('\n').map_or(doc.text.len(), |at| time.span.end + at);
            line_end - line_start <= time.span.end - time.span.start + 14
        })
        .map(|time| (time.span, time.text.clone()))
}

/// The time expression that belongs to the trigger.
fn time_of<'t>(
    doc: &Doc,
    trigger: &Found,
    times: &'t [TimeExpression],
    ends: &[&Linked],
) -> Option<&'t TimeExpression> {
    let sentence = doc.sentence(trigger.token);
    let span = doc.span(sentence.clone());
    let mut best: Option<(i32, &TimeExpression)> = None;
    for time in times.iter().filter(|time| span.contains(&time.core)) {
        let Some(token) = (sentence.clone()).find(|&token| doc.words[token].end > time.core.start) else {
            continue;
        };
        // Not a date inside a noun phrase that is no time of the event ("a 2023 law", "the 1982 war").
        if matches!(doc.dep(token), Dep::Nummod | Dep::Compound | Dep::Nmod)
            && doc.head(token).is_some_and(|head| doc.words[head].start >= time.core.end)
        {
            continue;
        }
        let Some(score) = attachment(doc, trigger, token, time, ends) else { continue };
        // Any day that is said says more than an hour.
        let score = if time.kind == TimeKind::Hour { score - 200 } else { score };
        if best.is_none_or(|(other, _)| score > other) {
            best = Some((score, time));
        }
    }
    best.map(|(_, time)| time)
}

/// How well a time at this token belongs to the trigger; none if it belongs elsewhere.
fn attachment(
    doc: &Doc,
    trigger: &Found,
    token: usize,
    time: &TimeExpression,
    ends: &[&Linked],
) -> Option<i32> {
    let mut distance = 0;
    let own = |up: usize| {
        trigger.tokens.contains(&up)
            || matches!(&trigger.kind, TriggerKind::Journey(verbs) if verbs.iter().any(|(v, _)| *v == up))
    };
    for up in doc.ancestors(token) {
        if time.core.start <= doc.words[up].start && doc.words[up].end <= time.core.end {
            continue;
        }
        distance += 1;
        if own(up) {
            return Some(100 - distance);
        }
        if doc.is_verb(up) {
            // The trigger below this verb: its time is the event's unless it is a verb of saying or asking.
            if doc.is_within(trigger.token, up) {
                let cues = &doc.lexicon.verb_cues;
                let lemma = doc.lemma(up);
                let saying = doc.lexicon.say.takes_a_claim(lemma)
                    || cues.planned.contains(lemma)
                    || cues.possible.contains(lemma);
                // After the trigger it may still be the event's: "said they left on Friday".
                let trigger_first = trigger.token < token;
                let subject = doc
                    .kids(up, &[Dep::Nsubj, Dep::Nsubjpass])
                    .any(|subject| doc.is_within(trigger.token, subject));
                if saying && !subject {
                    let told = trigger_first && doc.words[up].start < doc.words[trigger.token].start;
                    return told.then_some(20 - distance);
                }
                // A leg after a leg has its own day; what stands beside no leg shares the one told.
                let moves = doc.lexicon.verbs.contains_key(lemma);
                if moves && another_time(doc, trigger.token, up)
                    || (token > up && token < trigger.token && joined(doc, trigger.token, up))
                {
                    return None;
                }
                // Between the verb and the trigger only plain control or nouns.
                return Some(60 - distance);
            }
            if doc.dep(up) == Dep::Xcomp {
                // "whose deployment was expected to be completed by December".
                continue;
            }
            // A light verb or a sister clause that shares the time: "left Plovdiv … and reached Burgas the next morning".
            if doc.dep(up) == Dep::Conj || doc.dep(trigger.token) == Dep::Conj {
                return None;
            }
            // An adverbial clause of the trigger's own verb.
            return None;
        }
        if doc.name_of[up].is_some_and(|name| ends.iter().any(|end| end.name == name)) {
            // "to Sofia last week": parsed below the place.
            continue;
        }
    }
    None
}

/// Whether a trigger stands in a clause of another time than the verb above it: "sailed in May before being taken to".
fn another_time(doc: &Doc, token: usize, verb: usize) -> bool {
    let mut below = token;
    for up in doc.ancestors(token) {
        let clause = matches!(doc.dep(below), Dep::Pcomp | Dep::Advcl | Dep::Relcl) && doc.is_verb(below);
        if clause && !(doc.dep(below) == Dep::Advcl && doc.tag(below) == Tag::Vbg) {
            return true;
        }
        if up == verb {
            return false;
        }
        below = up;
    }
    false
}

/// Whether a trigger is joined to the verb above it by "and": "left on Sunday and will travel to Lima".
fn joined(doc: &Doc, token: usize, verb: usize) -> bool {
    let mut below = token;
    for up in doc.ancestors(token) {
        if doc.dep(below) == Dep::Conj && doc.is_verb(below) {
            return true;
        }
        if up == verb {
            return false;
        }
        below = up;
    }
    false
}

/// "was handed over last summer and returned to Tarquinia": the time of the verb that the trigger is joined to, told in
/// the same tense. A leg after a leg has its own day, though they may share a month.
fn time_of_verb_before<'t>(
    doc: &Doc,
    trigger: &Found,
    times: &'t [TimeExpression],
) -> Option<&'t TimeExpression> {
    let before = doc.head(trigger.token).filter(|&before| {
        doc.dep(trigger.token) == Dep::Conj
            && before < trigger.token
            && doc.is_verb(before)
            && doc.tag(before) == doc.tag(trigger.token)
            && doc.child(trigger.token, &[Dep::Nsubj, Dep::Nsubjpass, Dep::Aux]).is_none()
    })?;
    let goes_on = |token: usize| {
        matches!(
            doc.lower(token),
            "later" | "then" | "afterwards" | "afterward" | "eventually" | "finally" | "soon"
        )
    };
    if (before..doc.subtree(trigger.token).end).any(goes_on) {
        return None;
    }
    let moves = doc.lexicon.verbs.contains_key(doc.lemma(before));
    let between = before..trigger.token;
    times.iter().find(|time| {
        let is_long =
            matches!(time.kind, TimeKind::Month { .. } | TimeKind::Season { .. } | TimeKind::Year { .. });
        let token = between.clone().find(|&token| doc.words[token].start >= time.core.start);
        (is_long || !moves && time.kind != TimeKind::Hour)
            && doc.words[before].end <= time.core.start
            && time.core.end <= doc.words[trigger.token].start
            && token.is_some_and(|token| doc.ancestors(token).find(|&up| doc.is_verb(up)) == Some(before))
    })
}

/// "had last travelled in 1998, when they were shipped to Lima": the time that the trigger's clause tells of.
fn time_that_is_told<'t>(
    doc: &Doc,
    trigger: &Found,
    times: &'t [TimeExpression],
) -> Option<&'t TimeExpression> {
    let top = std::iter::once(trigger.token)
        .chain(doc.ancestors(trigger.token))
        .find(|&up| doc.is_verb(up) && matches!(doc.dep(up), Dep::Relcl | Dep::Advcl))?;
    let when =
        doc.subtree(top).find(|&token| doc.lower(token) == "when").filter(|&when| when < trigger.token)?;
    let end = doc.words[when].start;
    times.iter().rfind(|time| {
        time.core.end <= end && doc.text[time.core.end..end].trim_matches([',', ' ']).is_empty()
    })
}

/// The time that stands next to the trigger with no other verb between, where the tree hangs it elsewhere: "the following
/// year most of the unit, the sick left behind, advanced".
fn time_beside<'t>(doc: &Doc, trigger: &Found, times: &'t [TimeExpression]) -> Option<&'t TimeExpression> {
    let sentence = doc.sentence(trigger.token);
    let span = doc.span(sentence.clone());
    let parts = |token: usize| {
        doc.is_verb(token) && !matches!(doc.dep(token), Dep::Aux | Dep::Auxpass)
            || matches!(
                doc.lower(token),
                ";" | ":"
                    | "who"
                    | "which"
                    | "that"
                    | "where"
                    | "when"
                    | "because"
                    | "while"
                    | "\""
                    | "“"
                    | "”"
            )
            || matches!(doc.lower(token), "after" | "before" | "since" | "until" | "as")
                && doc.dep(token) == Dep::Mark
    };
    let close = times.iter().filter(|time| span.contains(&time.core) && time.kind != TimeKind::Hour);
    let close = close.filter_map(|time| {
        let first = sentence.clone().find(|&token| doc.words[token].end > time.core.start)?;
        let last = sentence.clone().rfind(|&token| doc.words[token].start < time.core.end)?;
        let between = if last < trigger.token { last + 1..trigger.token } else { trigger.token + 1..first };
        let noun = matches!(doc.dep(first), Dep::Nummod | Dep::Compound | Dep::Nmod | Dep::Poss);
        let owner = doc.ancestors(first).find(|&up| doc.is_verb(up));
        let of_saying = owner.is_some_and(|owner| doc.lexicon.say.takes_a_claim(doc.lemma(owner)));
        // "moved from A in October, before going on to B": the day of another leg.
        let of_another = owner.is_some_and(|owner| {
            !trigger.tokens.contains(&owner) && doc.lexicon.verbs.contains_key(doc.lemma(owner))
        });
        // "a crane that was fitted with a transmitter in July has flown to A": the day of a verb told before it, or after.
        let of_clause =
            owner.is_some_and(|owner| if last < trigger.token { owner < first } else { owner > last });
        let free = !noun
            && !of_saying
            && !of_another
            && !of_clause
            && between.len() <= 25
            && !between.clone().any(|token| !trigger.tokens.contains(&token) && parts(token));
        free.then_some((between.len(), time))
    });
    close.min_by_key(|(distance, _)| *distance).map(|(_, time)| time)
}

/// A journey cut short without a time of its own: that of the crash, in its sentence or beside it.
fn time_of_failure<'t>(
    doc: &Doc,
    trigger: &Found,
    times: &'t [TimeExpression],
) -> Option<&'t TimeExpression> {
    let number = doc.words[trigger.token].sentence;
    let paragraph = doc.paragraph(trigger.token);
    for near in [number, number.saturating_sub(1), number + 1] {
        let Some((range, tree)) = doc.sentences.get(near) else { continue };
        if *tree != paragraph || range.is_empty() {
            continue;
        }
        let span = doc.span(range.clone());
        for time in times.iter().filter(|time| span.contains(&time.core)) {
            let Some(token) = range.clone().find(|&token| doc.words[token].end > time.core.start) else {
                continue;
            };
            let verb = doc.ancestors(token).find(|&up| doc.is_verb(up));
            if verb.is_some_and(|verb| doc.is_failure(verb)) {
                return Some(time);
            }
        }
    }
    None
}

/// "transferred to Greece in March 1941 and evacuated to Crete in April": the year told just before.
fn year_told(
    doc: &Doc,
    trigger: &Found,
    time: &TimeExpression,
    times: &[TimeExpression],
    anchor: &Anchor,
) -> Option<Anchor> {
    if time.is_absolute()
        || !matches!(time.kind, TimeKind::Day { year: None, .. } | TimeKind::Month { year: None, .. })
    {
        return None;
    }
    let number = doc.words[trigger.token].sentence;
    let before = (number.saturating_sub(5)..=number).find_map(|sentence| {
        doc.sentences.get(sentence).filter(|(_, tree)| *tree == doc.paragraph(trigger.token))
    });
    let from = before.map_or(time.span.start, |(first, _)| doc.words[first.start].start);
    let (other, told) = times
        .iter()
        .filter(|other| other.span.end <= time.span.start && other.span.start >= from && other.is_absolute())
        .filter_map(|other| Some((other, other.resolve(anchor, Tense::Past).latest?)))
        .next_back()?;
    let far = anchor.date.is_none_or(|date| date.year().abs_diff(told.year()) >= 2);
    // "in 1939 … on 3 November" is in that year; after "December 1941" February is in the next.
    let latest = match other.kind {
        TimeKind::Year { .. } => jiff::civil::Date::new(told.year(), 12, 31).ok(),
        _ => told.checked_add(jiff::Span::new().months(11)).ok(),
    };
    far.then(|| Anchor::on(latest.unwrap_or(told)))
}
