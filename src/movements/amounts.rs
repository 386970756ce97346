//! How many: from the words around a movement's trigger.

use super::doc::Doc;
use super::nouns;
use super::theme::{self, Cast};
use super::triggers::{Found, TriggerKind};
use crate::mentions::Quantity;
use crate::mentions::quantities::{Counted, QuantityKind};
use crate::report::Span;
use crate::syntax::{Dep, EntityKind, Tag};

/// The quantity of what moves, and whether it was carried over from another sentence.
pub fn quantity(doc: &Doc, trigger: &Found, cast: Cast, counted: &[Counted]) -> Option<(Quantity, bool)> {
    of_movers(doc, trigger, cast, counted)
        .map(|(found, carried)| (without_verb(doc, trigger, found), carried))
}

/// "some 90,000 arrive every November": a number is read without the tree, which knows that its last words are no unit.
fn without_verb(doc: &Doc, trigger: &Found, found: Quantity) -> Quantity {
    let first = doc.words.partition_point(|word| word.end <= found.span.start);
    let verb = (first + 1..doc.words.len())
        .take_while(|&token| doc.words[token].start < found.span.end)
        .find(|&token| trigger.tokens.contains(&token) && doc.is_verb(token));
    let Some(verb) = verb else { return found };
    let span = doc.span(first..verb);
    let head = verb - 1;
    let unit = doc.is_nominal(head) && doc.tag(head) != Tag::Cd;
    let unit = unit.then(|| doc.lemma(head).to_owned());
    Quantity { unit, text: span.of(doc.text).to_owned(), span, ..found }
}

/// The number of the movers, in the order of how surely words count them.
fn of_movers(doc: &Doc, trigger: &Found, cast: Cast, counted: &[Counted]) -> Option<(Quantity, bool)> {
    let of_noun = |noun: usize| sum_of(doc, noun, counted).or_else(|| quantity_of(doc, noun, counted));
    if let Some(theme) = cast.theme {
        let resolved = theme::antecedent(doc, theme);
        // "four trucks carrying eight buffaloes", "a second vessel with 60 containers": the load is what is moved.
        if let Some(found) = load(doc, trigger, theme, resolved, counted) {
            return Some((found, false));
        }
        if let Some(found) = aboard(doc, theme, resolved, counted) {
            return Some((found, false));
        }
        if let Some(found) = of_noun(theme) {
            // "sent 300 soldiers to A for deployment in B": the number of the sending.
            let noun = matches!(trigger.kind, TriggerKind::Noun(_));
            let lent = noun && !doc.is_within(trigger.token, theme) && !doc.is_within(theme, trigger.token);
            return Some((found, lent));
        }
        // "seven of which were transferred", "some of its 60 personnel".
        if resolved != theme
            && let Some(found) = of_noun(resolved)
        {
            return Some((found, true));
        }
        // "they", and "the howitzers" that they stand for, are as many as were counted before.
        let same = [theme, resolved].into_iter().find_map(|noun| inherited(doc, noun, counted));
        if let Some(found) = same {
            return Some((found, true));
        }
    }
    if trigger.kind == TriggerKind::Enroute {
        let sentence = doc.sentence(trigger.token);
        // "killing all 48 occupants": all who were on board.
        for token in sentence.clone() {
            if doc.lower(token) == "all"
                && let Some(found) = counted.iter().find(|counted| {
                    counted.kind == QuantityKind::Count
                        && counted.number.start >= doc.words[token].end
                        && counted.number.start <= doc.words[token].end + 2
                })
            {
                return Some((found.quantity.clone(), false));
            }
        }
    }
    None
}

/// Whether a noun carries: a vehicle, what holds goods, a name of such.
fn is_carrier(doc: &Doc, noun: usize) -> bool {
    let vehicles = &doc.lexicon.vehicles;
    vehicles.contains(doc.lemma(noun))
        || doc.lexicon.holders.contains(doc.lemma(noun))
        || doc.tag(noun) == Tag::Nnp && doc.phrase(noun).any(|token| vehicles.contains(doc.lower(token)))
}

/// "capsizes off Basilan with 132 people aboard": who is on board, wherever the tree hangs them. Only of a carrier that
/// is not counted itself, and where one number alone is told so in the sentence.
fn aboard(doc: &Doc, theme: usize, carrier: usize, counted: &[Counted]) -> Option<Quantity> {
    // A ship may be known by its name alone.
    let named = doc.tag(carrier) == Tag::Nnp && !doc.entity_is(carrier, EntityKind::Person);
    if !(is_carrier(doc, theme) || is_carrier(doc, carrier) || named)
        || counted_of(doc, theme, counted).is_some()
    {
        return None;
    }
    let sentence = doc.sentence(theme);
    let span = doc.span(sentence.clone());
    let is_aboard = |counted: &&Counted| {
        let number = &counted.number;
        let first = sentence.clone().find(|&token| doc.words[token].end > number.start);
        let last = sentence.clone().rfind(|&token| doc.words[token].start < number.end);
        let Some((first, last)) = first.zip(last) else { return false };
        let with =
            (first.saturating_sub(4)..first).any(|token| matches!(doc.lower(token), "with" | "carrying"));
        let rest = last + 1..(last + 9).min(sentence.end);
        let end =
            rest.clone().find(|&token| doc.lower(token) == "," || doc.is_verb(token)).unwrap_or(rest.end);
        let board = (rest.start..end).any(|token| {
            doc.lower(token) == "aboard"
                || matches!(doc.lower(token), "board" | "deck") && doc.lower(token - 1) == "on"
        });
        with && board
    };
    let inside = counted.iter().filter(|counted| {
        span.contains(&counted.number) && counted.kind == QuantityKind::Count && is_aboard(counted)
    });
    let mut inside = inside.map(|counted| counted.quantity.clone());
    inside.next().filter(|_| inside.next().is_none())
}

/// The load told beside a carrier: "carrying 9 crew", "left with 48,000 tonnes of fuel oil", "with 2,800 aboard".
/// `carrier` is the theme, or what it stands for. Of a carrier that is counted itself only who or how much goes by it:
/// "14 lorries carrying three generators" are 14 lorries.
fn load(doc: &Doc, trigger: &Found, theme: usize, carrier: usize, counted: &[Counted]) -> Option<Quantity> {
    let vehicles = &doc.lexicon.vehicles;
    let carries = is_carrier(doc, carrier)
        || is_carrier(doc, theme)
        // "a convoy of 14 lorries carrying", "a column of buses with".
        || doc.kids(theme, &[Dep::Prep]).any(|prep| {
            doc.lower(prep) == "of"
                && doc.child(prep, &[Dep::Pobj]).is_some_and(|object| vehicles.contains(doc.lemma(object)))
        });
    let own = counted_of(doc, theme, counted);
    let counts = |object: usize| {
        let found = quantity_of(doc, object, counted).or_else(|| bare_number(doc, object, counted))?;
        let is_measure = || {
            counted
                .iter()
                .any(|counted| counted.kind == QuantityKind::Measure && counted.quantity.span == found.span)
        };
        let lemma = doc.lemma(object);
        let is_vehicle = vehicles.contains(lemma);
        // A bare number ("carrying 31") counts persons.
        let who = doc.tag(object) == Tag::Cd
            || nouns::is_person(lemma)
            || doc.lexicon.movers.contains(lemma) && !doc.lexicon.cargo.contains(lemma);
        let who = who && !doc.phrase(object).any(|token| matches!(doc.lower(token), "crew" | "crewmen"));
        (!is_vehicle && (own.is_none() || who || is_measure())).then_some(found)
    };
    for clause in doc.kids(theme, &[Dep::Acl, Dep::Relcl]) {
        if doc.lemma(clause) == "carry"
            && let Some(object) = doc.child(clause, &[Dep::Dobj])
            && let Some(found) = counts(object)
        {
            return Some(found);
        }
    }
    if !carries {
        return None;
    }
    let with = |top: usize| doc.kids(top, &[Dep::Prep]).filter(|&prep| doc.lower(prep) == "with");
    // "is still under way from Antwerp to Lobito with 60 containers": beside the verb that the words hang on.
    let above = doc.ancestors(trigger.token).find(|&up| doc.is_verb(up));
    let above = above.filter(|_| trigger.kind == TriggerKind::Enroute);
    let with_all = with(theme).chain(with(trigger.token)).chain(above.into_iter().flat_map(with));
    with_all.filter_map(|prep| doc.child(prep, &[Dep::Pobj])).find_map(counts)
}

/// A number that stands for what it counts: "with at least 30 on board", "a patrol of 22".
fn bare_number(doc: &Doc, token: usize, counted: &[Counted]) -> Option<Quantity> {
    let span = doc.span(token..token + 1);
    let is_it = |counted: &&Counted| counted.number.start <= span.start && span.end <= counted.number.end;
    (doc.tag(token) == Tag::Cd).then(|| counted.iter().find(is_it))?.map(|counted| counted.quantity.clone())
}

/// "a third battalion", "a fifth had crossed": one more.
fn one_more(doc: &Doc, noun: usize) -> Option<Quantity> {
    let is_ordinal = |token: usize| {
        matches!(
            doc.lower(token),
            "second" | "third" | "fourth" | "fifth" | "sixth" | "seventh" | "eighth" | "ninth" | "tenth"
        )
    };
    let phrase = doc.phrase(noun);
    let first = phrase.start;
    let one = first < noun && matches!(doc.lower(first), "a" | "an" | "another");
    let ordinal = is_ordinal(noun) || doc.kids(noun, &[Dep::Amod]).any(is_ordinal);
    let single = !matches!(doc.tag(noun), Tag::Nns | Tag::Nnps);
    (one && ordinal && single).then(|| {
        let span = doc.span(first..noun + 1);
        let unit = (!is_ordinal(noun)).then(|| doc.lemma(noun).to_owned());
        let text = span.of(doc.text).to_owned();
        Quantity { min: Some(1.0), max: Some(1.0), approx: false, unit, text, span }
    })
}

/// "about half of its 64 employees": the part of the whole.
fn part_of(doc: &Doc, noun: usize, whole: Quantity) -> Quantity {
    let share = match doc.lower(noun) {
        "half" => 1.0 / 2.0,
        "third" => 1.0 / 3.0,
        "quarter" => 1.0 / 4.0,
        _ => return whole,
    };
    if !doc
        .kids(noun, &[Dep::Prep])
        .any(|prep| doc.lower(prep) == "of" && doc.words[prep].start < whole.span.end)
    {
        return whole;
    }
    let scaled = |number: Option<f64>| number.map(|number| libm::round(number * share));
    Quantity { min: scaled(whole.min), max: scaled(whole.max), approx: true, ..whole }
}

/// The number that counts a noun, or one more of its kind.
fn quantity_of(doc: &Doc, noun: usize, counted: &[Counted]) -> Option<Quantity> {
    counted_of(doc, noun, counted).or_else(|| one_more(doc, noun))
}

/// The number that counts a noun: inside its phrase, in its partitive, behind it, or in front of it.
fn counted_of(doc: &Doc, noun: usize, counted: &[Counted]) -> Option<Quantity> {
    let phrase = doc.phrase(noun);
    let span = doc.span(phrase.clone());
    // "all but two of them" are not two; "a man of 61" is as old; "a delegation of 45, among them 30 women".
    let is_aged = nouns::is_person(doc.lemma(noun)) && doc.tag(noun) == Tag::Nn
        || doc.entity_is(noun, EntityKind::Person) && doc.tag(noun) == Tag::Nnp;
    let noun_end = doc.words[noun].end;
    let counts_other = |number: &Span| {
        let before = doc.text[..number.start].trim_end();
        let part = before.rsplit([',', '(']).next().is_some_and(|words| {
            before.len() > words.len()
                && ["among them", "including", "among whom"]
                    .iter()
                    .any(|of| words.trim_start().starts_with(of))
        });
        before.ends_with(" but")
            || is_aged && (before.ends_with(" of") || before.ends_with(','))
            || part && number.start > noun_end
    };
    let inside = counted.iter().find(|counted| {
        counted.kind != QuantityKind::Other
            && counted.quantity.span.start < span.end
            && counted.number.start >= span.start.min(counted.quantity.span.start)
            && counted.number.end <= span.end
            && counted.number.start >= span.start
            && !counts_other(&counted.number)
            // The number of a possessor or of an inner clause is not the noun's own.
            && !phrase.clone().any(|token| {
                doc.dep(token) == Dep::Poss && doc.span(doc.subtree(token)).contains(&counted.number)
                    && doc.lower(token) != "its" && doc.lower(token) != "their"
            })
    });
    if let Some(counted) = inside {
        return Some(part_of(doc, noun, counted.quantity.clone()));
    }
    // "a patrol of 22", "a delegation of twelve".
    let of = doc.kids(noun, &[Dep::Prep]).find(|&prep| doc.lower(prep) == "of");
    let of_so_many = of
        .filter(|_| !is_aged)
        .and_then(|prep| doc.child(prep, &[Dep::Pobj]))
        .and_then(|object| bare_number(doc, object, counted));
    // "the metal, five bars in a blanket, was carried", "their vehicles, 26 in all".
    let beside = || {
        let said = doc.kids(noun, &[Dep::Appos]).find(|&said| {
            let from = doc.span(doc.phrase(said)).start;
            doc.text.get(doc.words[noun].end..from).is_some_and(|between| between.trim() == ",")
        })?;
        counted_of(doc, said, counted).or_else(|| bare_number(doc, said, counted).filter(|_| !is_aged))
    };
    of_so_many.or_else(beside).or_else(|| group(doc, noun))
}

/// "a pair of tapirs", "the trio".
fn group(doc: &Doc, noun: usize) -> Option<Quantity> {
    let count = match doc.lower(noun) {
        "pair" | "couple" | "duo" => 2.0,
        "trio" => 3.0,
        "quartet" => 4.0,
        _ => return None,
    };
    let phrase = doc.phrase(noun);
    let span = doc.span(phrase);
    let text = span.of(doc.text).to_owned();
    Some(Quantity { min: Some(count), max: Some(count), approx: false, unit: None, text, span })
}

/// "three men and two women", "a pilot and five anglers": the sum, where persons are counted in one breath.
fn sum_of(doc: &Doc, noun: usize, counted: &[Counted]) -> Option<Quantity> {
    let is_person = |token: usize| {
        let lemma = doc.lemma(token);
        let carried = doc.lexicon.vehicles.contains(lemma) || doc.lexicon.cargo.contains(lemma);
        !carried && (nouns::is_person(lemma) || doc.lexicon.movers.contains(lemma))
    };
    let of_one = |token: usize| {
        let one = doc.tag(token) == Tag::Nn
            && nouns::is_person(doc.lemma(token))
            && doc.kids(token, &[Dep::Det]).any(|det| matches!(doc.lower(det), "a" | "an"));
        one.then(|| {
            let span = doc.span(doc.phrase(token));
            let text = span.of(doc.text).to_owned();
            Quantity { min: Some(1.0), max: Some(1.0), approx: false, unit: None, text, span }
        })
    };
    let count =
        |token: usize| is_person(token).then(|| counted_of(doc, token, counted).or_else(|| of_one(token)))?;
    let mut sum = count(noun)?;
    let mut last = noun;
    while let Some(next) = doc.kids(last, &[Dep::Conj]).find(|&next| next > last) {
        let joined = (last..next).all(|token| doc.lower(token) != "or");
        let Some(more) = count(next).filter(|more| joined && more.span.start > sum.span.end) else { break };
        let add = |one: Option<f64>, other: Option<f64>| one.zip(other).map(|(one, other)| one + other);
        let span = Span::new(sum.span.start, more.span.end);
        sum = Quantity {
            min: add(sum.min, more.min),
            max: add(sum.max, more.max),
            approx: sum.approx || more.approx,
            unit: Some("people".to_owned()),
            text: span.of(doc.text).to_owned(),
            span,
        };
        last = next;
    }
    // "a doctor and a nurse" are named rather than counted.
    let is_counted = counted.iter().any(|counted| sum.span.contains(&counted.number));
    (last != noun && is_counted).then_some(sum)
}

/// "the soldiers" after "at least 3,000 North Korean troops": the number of the same ones.
fn inherited(doc: &Doc, theme: usize, counted: &[Counted]) -> Option<Quantity> {
    let definite =
        doc.kids(theme, &[Dep::Det]).any(|det| matches!(doc.lower(det), "the" | "these" | "those"));
    let lemma = doc.lemma(theme);
    if !definite || !(doc.lexicon.movers.contains(lemma) || nouns::is_thing(lemma) || nouns::is_person(lemma))
    {
        return None;
    }
    let military = doc.lexicon.military.contains(doc.lemma(theme));
    let paragraph = doc.paragraph(theme);
    (0..theme)
        .rev()
        .take(200)
        .filter(|&other| {
            (doc.lemma(other) == doc.lemma(theme)
                || (military
                    && doc.lexicon.military.contains(doc.lemma(other))
                    && doc.tag(other) == Tag::Nns
                    && doc.tag(theme) == Tag::Nns))
                && doc.paragraph(other) + 2 >= paragraph
                && same_people(doc, other, theme)
        })
        .find_map(|other| quantity_of(doc, other, counted))
}

/// Whether two noun phrases bear no rival names ("Russian soldiers", "North Korean soldiers").
fn same_people(doc: &Doc, one: usize, other: usize) -> bool {
    let names = |noun: usize| {
        doc.phrase(noun)
            .filter(|&token| {
                doc.text[doc.words[token].start..].starts_with(char::is_uppercase)
                    && doc.words[token].entity == Some(EntityKind::Norp)
            })
            .map(|token| doc.lower(token).to_owned())
            .collect::<Vec<_>>()
    };
    let (one, other) = (names(one), names(other));
    one.is_empty() || other.is_empty() || one == other
}
