//! Places meant by reference: "there", "from there", "the city", "the Romanian port".

use super::doc::Doc;
use super::ends::Linked;
use super::lexicon::End;
use super::triggers::{Found, TriggerKind};
use crate::places::{Place, PlaceKind};
use crate::syntax::{Dep, Tag};

/// Ends that are meant by reference, for triggers that do not name that end.
pub fn resolve(
    doc: &Doc,
    triggers: &[Found],
    at_token: &[Option<usize>],
    linked: &[Linked],
    places: &[Place],
) -> Vec<Linked> {
    let mut found = Vec::new();
    for token in 0..doc.words.len() {
        if doc.name_of[token].is_some() {
            continue;
        }
        let link = if is_from_where(doc, token) {
            from_where(doc, triggers, at_token, token)
        } else if doc.lower(token) == "where" {
            relative(doc, triggers, at_token, token)
        } else if doc.lower(token) == "there" && doc.tag(token) != Tag::Ex {
            there(doc, triggers, at_token, linked, token)
        } else if is_definite_ground(doc, token) {
            definite(doc, triggers, at_token, linked, places, token)
        } else {
            None
        };
        let Some(link) = link else { continue };
        let stated = linked
            .iter()
            .chain(&found)
            .any(|other: &Linked| other.trigger == link.trigger && other.end == link.end);
        if !stated {
            found.push(link);
        }
    }
    found
}

fn make(name: usize, trigger: usize, end: End, token: usize) -> Linked {
    Linked {
        name,
        trigger,
        end,
        toward: false,
        surface: false,
        ahead: false,
        alternative: false,
        ground: None,
        anaphor: Some(token),
    }
}

/// "whence", and the "where" of "from where".
fn is_from_where(doc: &Doc, token: usize) -> bool {
    doc.lower(token) == "whence"
        || doc.lower(token) == "where"
            && token.checked_sub(1).is_some_and(|before| doc.lower(before) == "from")
}

/// "sent to A, from where they went on", "in A, whence he emigrated": the place named right before it.
fn from_where(doc: &Doc, triggers: &[Found], at_token: &[Option<usize>], token: usize) -> Option<Linked> {
    /// Words between the place and the pronoun: a comma, "from", a country in between.
    const REACH: usize = 6;
    let trigger = doc.ancestors(token).take(4).find_map(|up| at_token[up])?;
    let sentence = doc.sentence(token).start;
    let name = (token.saturating_sub(REACH).max(sentence)..token)
        .rev()
        .filter_map(|before| doc.name_of[before])
        .find(|&name| doc.names[name].ground && doc.names[name].place.is_some())?;
    (triggers[trigger].token > token).then(|| make(name, trigger, End::Origin, token))
}

/// "the airport, where he was arriving": the place that the clause hangs on.
fn relative(doc: &Doc, triggers: &[Found], at_token: &[Option<usize>], token: usize) -> Option<Linked> {
    let verb = doc.head(token)?;
    let trigger = at_token[verb]?;
    let end = doc.lexicon.classes[triggers[trigger].class].at?;
    let noun = doc.head(verb).filter(|_| doc.dep(verb) == Dep::Relcl)?;
    let name = doc.name_of[noun].filter(|&name| doc.names[name].ground)?;
    // "Muscat, Oman, where they disembarked": the end is told already by the clause before.
    Some(make(name, trigger, end, token))
}

fn there(
    doc: &Doc,
    triggers: &[Found],
    at_token: &[Option<usize>],
    linked: &[Linked],
    token: usize,
) -> Option<Linked> {
    // "went out there and did it".
    if token > 0 && doc.lower(token - 1) == "out" {
        return None;
    }
    let mut from = false;
    let mut trigger = None;
    for up in doc.ancestors(token) {
        from |= doc.lower(up) == "from";
        if let Some(index) = at_token[up] {
            trigger = Some(index);
            break;
        }
        if doc.is_verb(up) {
            break;
        }
    }
    let trigger = trigger?;
    let class = &doc.lexicon.classes[triggers[trigger].class];
    if !from && class.object_place == Some(End::Origin) && triggers[trigger].name != "evacuate" {
        return None;
    }
    // The place spoken of last, an end before a mere location.
    let before = |link: &&Linked| doc.names[link.name].tokens.start < token && link.end == End::Destination;
    let last_end = linked.iter().filter(before).max_by_key(|link| doc.names[link.name].tokens.start);
    let last_name = doc
        .names
        .iter()
        .enumerate()
        .filter(|(_, name)| name.ground && name.tokens.start < token)
        .map(|(index, _)| index)
        .next_back();
    let name = match last_end {
        Some(link)
            if doc.words[token].sentence.abs_diff(doc.words[doc.names[link.name].head].sentence) <= 2 =>
        {
            link.name
        }
        _ => last_name?,
    };
    Some(make(name, trigger, if from { End::Origin } else { End::Destination }, token))
}

/// "the city", "the Romanian port", "the country": with "the" and no name of its own.
fn is_definite_ground(doc: &Doc, token: usize) -> bool {
    doc.tag(token) == Tag::Nn
        && matches!(
            doc.lemma(token),
            "city"
                | "town"
                | "village"
                | "capital"
                | "port"
                | "island"
                | "country"
                | "territory"
                | "region"
                | "area"
                | "airport"
                | "base"
                | "camp"
                | "embassy"
                | "province"
                | "state"
                | "peninsula"
                | "kingdom"
                | "prison"
        )
        && doc.child(token, &[Dep::Det]).is_some_and(|det| doc.lower(det) == "the")
        && doc
            .kids(token, &[Dep::Prep, Dep::Poss, Dep::Appos])
            .all(|kid| doc.subtree(kid).all(|t| doc.name_of[t].is_none()))
        && doc.kids(token, &[Dep::Compound]).next().is_none()
}

fn definite(
    doc: &Doc,
    triggers: &[Found],
    at_token: &[Option<usize>],
    linked: &[Linked],
    places: &[Place],
    token: usize,
) -> Option<Linked> {
    let head = doc.head(token)?;
    let (trigger, end) = match doc.dep(token) {
        Dep::Dobj => {
            let index = at_token[head]?;
            (index, doc.lexicon.classes[triggers[index].class].object_place?)
        }
        Dep::Pobj => {
            let prep = doc.lower(head);
            let mut up = doc.head(head)?;
            let mut index = at_token[up];
            for _ in 0..4 {
                if index.is_some() || doc.is_verb(up) {
                    break;
                }
                up = doc.head(up)?;
                index = at_token[up];
            }
            let index = index?;
            if doc.lexicon.classes[triggers[index].class].both_ways {
                return None;
            }
            let class = &doc.lexicon.classes[triggers[index].class];
            let end = match prep {
                "from" => End::Origin,
                "to" | "into" | "toward" | "towards" => End::Destination,
                "of" if matches!(triggers[index].kind, TriggerKind::Noun(n) if doc.lexicon.nominals[n].of == "theme_or_origin") => {
                    End::Origin
                }
                "at" | "in" | "on" => class.at?,
                _ => return None,
            };
            (index, end)
        }
        _ => return None,
    };
    let name = referent(doc, linked, places, token)?;
    Some(make(name, trigger, end, token))
}

/// The name that a definite noun stands for.
fn referent(doc: &Doc, linked: &[Linked], places: &[Place], token: usize) -> Option<usize> {
    let lemma = doc.lemma(token);
    let adjective = doc
        .kids(token, &[Dep::Amod])
        .find(|&adjective| matches!(doc.tag(adjective), Tag::Jj | Tag::Nnp) && starts_upper(doc, adjective));
    let earlier = |name: &usize| doc.names[*name].tokens.start < token && doc.names[*name].ground;
    // The same noun with its name beside it earlier: "the embassy in Mogadishu … the embassy".
    let beside = linked
        .iter()
        .filter(|link| {
            link.anaphor.is_none()
                && link.ground.is_some_and(|ground| ground < token && doc.lemma(ground) == lemma)
        })
        .map(|link| link.name)
        .next_back();
    let named_after = (0..doc.names.len()).filter(earlier).rfind(|&name| {
        let range = doc.names[name].tokens.clone();
        range.clone().any(|t| doc.lower(t) == lemma)
            || doc.lower(range.end.min(doc.words.len() - 1)) == lemma
            || noun_with_name(doc, name, lemma)
    });
    let kinds: &[PlaceKind] = match lemma {
        "city" | "town" | "village" | "capital" | "port" => &[PlaceKind::City],
        "country" | "kingdom" => &[PlaceKind::Country],
        "island" => &[PlaceKind::Island, PlaceKind::Country],
        "region" | "province" | "state" | "territory" | "area" | "peninsula" => {
            &[PlaceKind::Region, PlaceKind::Part]
        }
        "airport" | "base" | "camp" => &[PlaceKind::Building, PlaceKind::Base],
        _ => &[],
    };
    let country_of = |word: usize| -> Option<String> {
        // A demonym's country: the country whose name begins as the demonym does, named in the report.
        let start: String = doc.lower(word).chars().take(4).collect();
        places
            .iter()
            .find(|place| place.kind == PlaceKind::Country && place.name.to_lowercase().starts_with(&start))
            .and_then(|place| place.country.clone())
    };
    let of_kind = (0..doc.names.len()).filter(earlier).rfind(|&name| {
        let Some(place) = doc.names[name].place.as_ref().and_then(|id| places.iter().find(|p| p.id == *id))
        else {
            return false;
        };
        kinds.contains(&place.kind)
            && adjective.is_none_or(|word| {
                country_of(word).is_none_or(|country| place.country.as_deref() == Some(&country))
            })
    });
    // A port or town may be known by its county only.
    let of_country =
        adjective.filter(|_| matches!(lemma, "port" | "city" | "town" | "capital")).and_then(|word| {
            let country = country_of(word)?;
            (0..doc.names.len()).filter(earlier).rfind(|&name| {
                doc.names[name].place.as_ref().and_then(|id| places.iter().find(|p| p.id == *id)).is_some_and(
                    |place| place.country.as_deref() == Some(&country) && place.kind != PlaceKind::Country,
                )
            })
        });
    beside.or(named_after).or(of_kind).or(of_country)
}

/// "the US embassy in Mogadishu": the noun of this lemma whose phrase holds the name.
fn noun_with_name(doc: &Doc, name: usize, lemma: &str) -> bool {
    let head = doc.names[name].head;
    doc.ancestors(head).take(2).any(|up| doc.is_nominal(up) && doc.lemma(up) == lemma)
}

fn starts_upper(doc: &Doc, token: usize) -> bool {
    doc.text[doc.words[token].start..].starts_with(char::is_uppercase)
}
