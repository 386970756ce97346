//! What is told in the words of movements and is none: transfers of players, firms in markets, timetables, the courses
//! of rivers, lines on the map, prices.

use super::doc::Doc;
use super::theme::{self, Cast};
use super::triggers::{Found, TriggerKind};
use crate::mentions::quantities::is_currency;
use crate::syntax::{Dep, EntityKind, Tag};

/// Whether a trigger tells something else.
pub fn is_no_movement(doc: &Doc, trigger: &Found, cast: Cast) -> bool {
    is_of_games(doc, trigger, cast)
        || is_of_business(doc, trigger, cast)
        || is_regular(doc, trigger, cast)
        || is_of_ground(doc, trigger)
        || is_extent(doc, trigger, cast)
        || is_sold(doc, trigger)
        || is_left_to_be(doc, trigger)
}

/// Verbs of those who change clubs, and of houses that change hands.
fn changes_clubs(verb: &str) -> bool {
    matches!(verb, "move" | "go" | "come" | "return" | "leave" | "switch")
}

/// A player who "moves from Lyon to Turin", a team that "goes to Porto": told beside words of games.
fn is_of_games(doc: &Doc, trigger: &Found, cast: Cast) -> bool {
    let changes = changes_clubs(&trigger.name)
        || matches!(trigger.name.as_str(), "transfer" | "loan" | "lend" | "follow" | "head");
    if !changes {
        return false;
    }
    let named = cast.theme.or(cast.agent).map(|theme| theme::antecedent(doc, theme)).is_some_and(|theme| {
        matches!(doc.tag(theme), Tag::Nnp | Tag::Nnps)
            || doc.phrase(theme).any(|token| doc.lexicon.games.iter().any(|word| word == doc.lower(token)))
    });
    if !named {
        return false;
    }
    let sentence = doc.sentence(trigger.token);
    let words: String = sentence.map(|token| format!(" {}", doc.lower(token))).collect();
    doc.lexicon.games.iter().any(|phrase| format!("{words} ").contains(&format!(" {phrase} ")))
}

/// A firm that "pushes into Vietnam": told beside words of business.
fn is_of_business(doc: &Doc, trigger: &Found, cast: Cast) -> bool {
    let business = &doc.lexicon.business;
    if trigger.kind != TriggerKind::Verb || !business.verbs.contains(&trigger.name) {
        return false;
    }
    let Some(mover) = cast.theme else { return false };
    let theme = theme::antecedent(doc, mover);
    // "it", firms by name, and firms as such.
    let is_firm = doc.entity_is(theme, EntityKind::Org)
        || doc.lower(mover) == "it"
        || business.firms.contains(doc.lemma(theme));
    let is_armed = doc.phrase(theme).any(|token| doc.lexicon.military.contains(doc.lower(token)));
    is_firm
        && (!is_armed || matches!(doc.lemma(theme), "company" | "group"))
        && doc.sentence(trigger.token).any(|token| business.words.contains(doc.lower(token)))
}

/// A river that "rises on its slopes, runs through Mocuba and reaches the sea".
fn is_of_ground(doc: &Doc, trigger: &Found) -> bool {
    let courses = &doc.lexicon.courses;
    let is_course = |verb: usize| {
        doc.is_verb(verb) && (courses.contains(doc.lemma(verb)) || courses.contains(doc.lower(verb)))
    };
    let first = std::iter::successors(Some(trigger.token), |&verb| {
        doc.head(verb).filter(|&head| doc.dep(verb) == Dep::Conj && doc.is_verb(head))
    });
    trigger.kind == TriggerKind::Verb
        && matches!(doc.tag(trigger.token), Tag::Vbz | Tag::Vbp)
        && first.take(4).any(|verb| is_course(verb) || doc.kids(verb, &[Dep::Conj]).any(is_course))
}

/// "The search area runs from Larat to Saumlaki", "a wave has run from Kudat to Tawau": what reaches from one place to
/// the other and is nobody on the way.
fn is_extent(doc: &Doc, trigger: &Found, cast: Cast) -> bool {
    let reaches = |theme: usize| theme::is_storm(doc, Some(theme)) || !theme::is_mover(doc, theme);
    trigger.kind == TriggerKind::Verb
        && doc.lexicon.extents.contains(&trigger.name)
        && cast.theme.map(|theme| theme::antecedent(doc, theme)).is_some_and(reaches)
}

/// "handing A to the opposition while leaving Recife to be decided in a second round": left in a state, not behind.
fn is_left_to_be(doc: &Doc, trigger: &Found) -> bool {
    let sentence = doc.sentence(trigger.token);
    let Some(name) = doc.name_of.get(trigger.tokens.end).copied().flatten() else { return false };
    let behind = doc.names[name].tokens.end;
    let is = |at: usize, word: &str| at < sentence.end && doc.lower(at) == word;
    trigger.name == "leave"
        && is(behind, "to")
        && is(behind + 1, "be")
        && behind + 2 < sentence.end
        && doc.tag(behind + 2) == Tag::Vbn
}

/// A house that "went for 385,000 to a couple from Lille", a player who "came from Lyon for 2 million euros" or whose
/// "transfer was agreed for 4 million".
fn is_sold(doc: &Doc, trigger: &Found) -> bool {
    let is_transfer = matches!(trigger.kind, TriggerKind::Noun(_)) && trigger.name == "transfer";
    if is_transfer && doc.sentence(trigger.token).any(|token| doc.entity_is(token, EntityKind::Money)) {
        return true;
    }
    let is_price = |token: usize| {
        doc.tag(token) == Tag::Cd && doc.child(token, &[Dep::Nummod]).is_none()
            || doc.entity_is(token, EntityKind::Money)
            || is_currency(doc.lemma(token)) && doc.child(token, &[Dep::Nummod]).is_some()
    };
    let sentence = doc.sentence(trigger.token);
    let behind = trigger.token..sentence.end;
    let sums = behind.filter(|&prep| doc.lower(prep) == "for" && doc.dep(prep) == Dep::Prep);
    // "moved from Cape Coast for 900,000 cedis": the tree may hang the sum on the place.
    let is_its = |prep: usize| {
        let up = |&up: &usize| doc.is_verb(up);
        doc.ancestors(prep).find(up) == Some(trigger.token)
    };
    let is_changed = trigger.kind == TriggerKind::Verb && changes_clubs(&trigger.name);
    is_changed
        && sums.filter(|&prep| is_its(prep)).filter_map(|prep| doc.child(prep, &[Dep::Pobj])).any(is_price)
}

/// "will fly daily from Reykjavik to Halifax": a service, not a journey, of whoever is no person.
fn is_regular(doc: &Doc, trigger: &Found, cast: Cast) -> bool {
    let class = doc.lexicon.classes[trigger.class].id.as_str();
    let serves = matches!(class, "fly" | "sail" | "travel" | "go" | "leave" | "arrive");
    let carrier = cast.theme.is_some_and(|theme| {
        doc.lexicon.vehicles.contains(doc.lemma(theme))
            || matches!(doc.words[theme].entity, Some(EntityKind::Org))
    });
    let sentence = doc.sentence(trigger.token);
    let often = |token: usize| match doc.lower(token) {
        "daily" | "weekly" | "fortnightly" | "hourly" => doc.dep(token) == Dep::Advmod,
        "times" | "twice" | "once" => {
            token + 2 < sentence.end
                && matches!(doc.lower(token + 1), "a" | "each" | "every" | "per")
                && matches!(doc.lower(token + 2), "day" | "week" | "month")
        }
        _ => false,
    };
    serves && carrier && sentence.clone().any(often)
}
