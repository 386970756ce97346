//! Uses: whether a name stands for ground or for a government, told by what the sentence does with it.

use super::lists::{List, Lists};
use super::words::{Gap, Word};
use super::{NameMention, Role};
use crate::gazetteer::{Gazetteer, Kind};
use crate::syntax::{Dep, Tree};

/// Nouns that only an actor can own: "Seoul's claims", "Moscow's decision".
const OWNED: &[&str] = &[
    "claim",
    "decision",
    "denial",
    "demand",
    "refusal",
    "promise",
    "offer",
    "proposal",
    "statement",
    "announcement",
    "policy",
    "government",
    "army",
    "navy",
    "military",
    "troop",
    "soldier",
    "force",
    "war",
    "invasion",
    "attack",
    "offensive",
    "plan",
    "ambassador",
    "envoy",
    "minister",
    "president",
    "prime",
    "foreign",
    "defense",
    "defence",
    "intelligence",
    "ally",
    "allies",
    "support",
    "response",
    "reaction",
    "warning",
    "threat",
    "parliament",
    "spokesman",
    "spokeswoman",
    "ministry",
    "national",
    "involvement",
    "assertion",
    "accusation",
    "allegation",
    "participation",
    "deployment",
    "missile",
    "weapon",
    "program",
    "programme",
    "state",
];

/// What comes from a government: "accusations from Seoul", "pressure from Washington".
const CLAIMS: &[&str] = &[
    "accusation",
    "claim",
    "statement",
    "pressure",
    "support",
    "denial",
    "criticism",
    "demand",
    "warning",
    "threat",
    "response",
    "reaction",
    "objection",
    "protest",
    "approval",
    "permission",
    "order",
    "assurance",
    "pledge",
    "promise",
    "sanction",
    "condemnation",
    "ally",
    "enemy",
    "ambassador",
    "envoy",
];

/// Verbs whose subject moves or lies: the name stays ground.
const GROUND_VERBS: &[&str] =
    &["lie", "stand", "sit", "stretch", "border", "flood", "burn", "shake", "freeze"];

/// Who lies around: "bordered to the north by".
const LIES_AROUND: &[&str] =
    &["border", "bound", "surround", "flank", "separate", "enclose", "ring", "adjoin"];

/// Countries whose name, having no adjective of its own, describes what is theirs: "a US columnist".
const DESCRIBING: &[&str] = &["US", "U.S.", "UK", "U.K.", "UN", "U.N.", "EU", "E.U.", "UAE", "United States"];

/// What such a name only says to lie there: "the US border".
const LIES_THERE: &[&str] = &[
    "border",
    "soil",
    "territory",
    "coast",
    "coastline",
    "shore",
    "water",
    "mainland",
    "city",
    "town",
    "state",
    "county",
    "airspace",
    "airport",
    "port",
    "harbor",
    "harbour",
    "island",
    "capital",
    "side",
    "village",
    "region",
    "area",
    "road",
    "highway",
    "river",
    "lake",
    "zone",
    "market",
    "frontier",
    "crossing",
];

/// Objects of these verbs are left or reached, and so ground.
const MOTION: &[&str] = &[
    "leave", "flee", "reach", "enter", "visit", "hit", "strike", "approach", "cross", "quit", "depart",
    "pass", "tour", "pound", "batter",
];

/// Objects of these verbs are governments.
const DEALT_WITH: &[&str] = &[
    "accuse",
    "tell",
    "urge",
    "warn",
    "ask",
    "blame",
    "criticise",
    "criticize",
    "condemn",
    "allow",
    "help",
    "support",
    "supply",
    "arm",
    "thank",
    "praise",
    "sanction",
    "persuade",
    "convince",
    "pressure",
    "threaten",
    "force",
    "press",
    "call",
    "beat",
    "defeat",
    "face",
    "assist",
    "provide",
    "give",
    "oppose",
    "back",
    "embarrass",
    "anger",
    "infuriate",
    "irritate",
    "isolate",
    "alarm",
    "reassure",
    "consult",
    "notify",
    "inform",
    "sue",
    "lobby",
    "snub",
];

/// Sets the role of each name that names ground so far.
pub fn mark(words: &[Word], trees: &[Tree], gazetteer: &Gazetteer, names: &mut [NameMention]) {
    for name in names.iter_mut().filter(|name| name.role == Role::Ground) {
        if let Some(reason) = actor(words, trees, gazetteer, name) {
            name.role = Role::Actor;
            name.speaks = !reason.starts_with("part of") && !reason.starts_with("describes");
            name.reasons.push(reason);
        }
    }
}

/// Why a name stands for an actor, if it does.
fn actor(words: &[Word], trees: &[Tree], gazetteer: &Gazetteer, name: &NameMention) -> Option<String> {
    let (first, end) = name.words;
    let text = words[first..end].iter().map(|w| w.text).collect::<Vec<_>>().join(" ");
    let before = first.checked_sub(1).map(|at| &words[at]);
    let after = words.get(end);
    let last = &words[end - 1];
    if gazetteer.institution(&text).is_some() && stands_for_its_office(gazetteer, &text) {
        let ground = before.is_some_and(|w| w.text == "the")
            && first >= 2
            && matches!(
                words[first - 2].text,
                "in" | "at" | "near" | "outside" | "inside" | "from" | "to" | "around"
            );
        return (!ground).then(|| "an institution that speaks for a government".to_owned());
    }
    let acts = name.found.first().is_some_and(|f| acts_as_government(gazetteer, f.entry));
    // A name inside the name of an organisation: "Seoul's National Intelligence Service", "Dublin City Council".
    if let Some(next) = after
        && next.gap == Gap::Space
        && next.capital()
        && !last.possessive
    {
        let mut at = end;
        while at + 1 < words.len()
            && at < end + 5
            && words[at + 1].gap == Gap::Space
            && words[at + 1].capital()
            && !words[at].possessive
        {
            at += 1;
        }
        let head = words[at].text;
        let lists = words[at].lists;
        if lists.has(List::Organisations) && !lists.has(List::Facilities)
            || next.lists.has(List::ActorNouns)
            || next.lists.has(List::Titles)
        {
            return Some(format!("part of a name or office: {head}"));
        }
    }
    if !acts {
        return speaks(trees, last);
    }
    if let Some(next) = after
        && next.gap == Gap::Space
        && !last.possessive
        && next.lists.has(List::ActorNouns)
        && !before.is_some_and(|w| {
            matches!(w.text, "in" | "from" | "to" | "into" | "at" | "near")
                && words[first].gap == Gap::Space
                && next.text != "officials"
        })
    {
        return Some(format!("describes {}", next.text));
    }
    if let Some(next) = after
        && next.gap == Gap::Hyphen
        && matches!(
            next.text,
            "led"
                | "backed"
                | "supplied"
                | "flagged"
                | "made"
                | "controlled"
                | "owned"
                | "funded"
                | "sponsored"
                | "brokered"
                | "mediated"
        )
    {
        return Some(format!("describes what is {}-{}", text, next.text));
    }
    let Some((tree, at)) = last.token else { return plain(words, first, end, last) };
    let tree = &trees[tree];
    let top = conjunct_top(tree, at);
    let head = &tree.tokens[tree.tokens[top].head];
    if DESCRIBING.contains(&text.as_str())
        && !last.possessive
        && matches!(tree.tokens[at].dep, Dep::Compound | Dep::Nmod | Dep::Amod)
        && tree.tokens[at].head > at
    {
        let noun = &tree.tokens[tree.tokens[at].head];
        let lies = LIES_THERE.contains(&noun.lemma.to_lowercase().as_str());
        return (!lies).then(|| format!("describes {}", noun.lemma));
    }
    match tree.tokens[top].dep {
        Dep::Nsubj if GROUND_VERBS.contains(&head.lemma.as_str()) => None,
        Dep::Nsubj if Lists::of(&head.lemma).has(List::Speech) => {
            Some(format!("subject of \"{}\"", head.lemma))
        }
        Dep::Nsubj if Lists::of(&head.lemma).has(List::Acts) && head.lemma != "have" => {
            Some(format!("subject of \"{}\"", head.lemma))
        }
        Dep::Nsubj
            if is_action(tree, tree.tokens[top].head) || Lists::of(&head.lemma).has(List::TakesSides) =>
        {
            Some(format!("subject of \"{}\"", head.lemma))
        }
        Dep::Nsubjpass
            if matches!(
                head.lemma.as_str(),
                "accuse" | "blame" | "expect" | "sanction" | "criticize" | "condemn" | "urge" | "ask"
            ) =>
        {
            Some(format!("it is {}", head.lemma))
        }
        Dep::Poss
            if OWNED.contains(&head.lemma.to_lowercase().as_str())
                || OWNED.contains(&tree.tokens[tree.tokens[top].head].lemma.as_str()) =>
        {
            Some(format!("its {}", head.lemma))
        }
        Dep::Poss if after.is_some_and(|w| OWNED.contains(&w.text.to_lowercase().as_str())) => {
            Some(format!("its {}", head.lemma))
        }
        // A possessive that the parser took for something else, before a word that only an actor owns.
        _ if last.possessive && after.is_some_and(|w| OWNED.contains(&w.text.trim_end_matches('s'))) => {
            after.map(|w| format!("its {}", w.text))
        }
        // "Manila, which holds half of the company, wants".
        Dep::Nsubj if let Some(verb) = acts_besides(tree, top) => Some(format!("subject of \"{verb}\"")),
        Dep::Nsubj if head.lemma == "be" => talks(tree, tree.tokens[top].head),
        Dep::Dobj if DEALT_WITH.contains(&head.lemma.as_str()) && !MOTION.contains(&head.lemma.as_str()) => {
            Some(format!("object of \"{}\"", head.lemma))
        }
        Dep::Pobj => {
            let preposition = &tree.tokens[tree.tokens[top].head];
            let over = &tree.tokens[preposition.head];
            match preposition.lemma.to_lowercase().as_str() {
                "by" if LIES_AROUND.contains(&over.lemma.as_str()) => None,
                "by" if preposition.dep == Dep::Agent => Some("the agent of what is done".to_owned()),
                "by" if OWNED.contains(&over.lemma.as_str()) => Some(format!("its {}", over.lemma)),
                "from" | "by" | "of" | "to" if CLAIMS.contains(&over.lemma.as_str()) => {
                    Some(format!("its {}", over.lemma))
                }
                "alongside" | "against" => Some(format!("{} it", preposition.lemma)),
                "with" if !matches!(over.lemma.as_str(), "border") => Some("dealt with".to_owned()),
                "between"
                    if matches!(
                        over.lemma.as_str(),
                        "tension"
                            | "talk"
                            | "war"
                            | "relation"
                            | "agreement"
                            | "treaty"
                            | "conflict"
                            | "dispute"
                            | "ceasefire"
                            | "negotiation"
                            | "tie"
                            | "summit"
                            | "deal"
                    ) =>
                {
                    Some(format!("a side of the {}", over.lemma))
                }
                _ => None,
            }
        }
        _ => None,
    }
}

/// "Caballococha has asked for the same": a town that is no government's seat, and yet says something.
fn speaks(trees: &[Tree], last: &Word) -> Option<String> {
    let (tree, at) = last.token?;
    let tree = &trees[tree];
    let top = conjunct_top(tree, at);
    let verb = &tree.tokens[tree.tokens[top].head];
    // Towns expect weather, too.
    let says = Lists::of(&verb.lemma).has(List::Speech) && verb.lemma != "expect";
    (tree.tokens[top].dep == Dep::Nsubj && says).then(|| format!("subject of \"{}\"", verb.lemma))
}

/// What a name does in the clause about it: "Japan, which closed its mission".
fn acts_besides(tree: &Tree, name: usize) -> Option<&str> {
    let clauses = tree.children(name).filter(|&clause| tree.tokens[clause].dep == Dep::Relcl);
    let is_its = |verb: usize| {
        tree.children(verb)
            .any(|kid| tree.tokens[kid].dep == Dep::Nsubj && tree.tokens[kid].lemma.to_lowercase() == "which")
    };
    let verb = clauses.into_iter().find(|&verb| is_its(verb) && is_action(tree, verb))?;
    Some(tree.tokens[verb].lemma.as_str())
}

/// Whether the name of an institution is a building's, or no place's: "the White House", whatever towns bear its name.
fn stands_for_its_office(gazetteer: &Gazetteer, name: &str) -> bool {
    let found = gazetteer.find(name);
    found.is_empty() || found.iter().any(|f| gazetteer.kind(f.entry) == Kind::Building)
}

/// A country, a capital or a first-order unit may act.
fn acts_as_government(gazetteer: &Gazetteer, entry: crate::gazetteer::EntryId) -> bool {
    match gazetteer.kind(entry) {
        Kind::Country | Kind::Unit | Kind::Continent => true,
        Kind::City => gazetteer.entry(entry).feature == "PPLC",
        Kind::Region | Kind::Other => true,
        _ => false,
    }
}

/// The first of a row of conjuncts.
fn conjunct_top(tree: &Tree, at: usize) -> usize {
    let mut at = at;
    for _ in 0..8 {
        if tree.tokens[at].dep != Dep::Conj || tree.tokens[at].head == at {
            break;
        }
        at = tree.tokens[at].head;
    }
    at
}

/// Whether a verb has an object or a complement clause: its subject does something.
fn is_action(tree: &Tree, verb: usize) -> bool {
    tree.children(verb).any(|child| matches!(tree.tokens[child].dep, Dep::Dobj | Dep::Xcomp | Dep::Ccomp))
        && !matches!(
            tree.tokens[verb].lemma.as_str(),
            "be" | "have" | "see" | "experience" | "suffer" | "record" | "get"
        )
}

/// "is in talks with": what only a government is in.
fn talks(tree: &Tree, verb: usize) -> Option<String> {
    let below = |at: usize, dep: Dep| tree.children(at).filter(move |&child| tree.tokens[child].dep == dep);
    let inside = below(verb, Dep::Prep).filter(|&prep| tree.tokens[prep].lemma == "in");
    let what =
        inside.flat_map(|prep| below(prep, Dep::Pobj)).map(|object| tree.tokens[object].lemma.as_str());
    what.into_iter()
        .find(|noun| {
            matches!(*noun, "talk" | "discussion" | "contact" | "negotiation" | "dialogue" | "consultation")
        })
        .map(|noun| format!("is in {noun}s"))
}

/// Without a tree: the word after it.
fn plain(words: &[Word], _first: usize, end: usize, last: &Word) -> Option<String> {
    let next = words.get(end)?;
    if last.possessive {
        return OWNED.iter().any(|o| next.text.starts_with(o)).then(|| format!("its {}", next.text));
    }
    let verb = if matches!(next.text, "has" | "had" | "have" | "will" | "would" | "also") {
        words.get(end + 1)?
    } else {
        next
    };
    let stem = verb.text.trim_end_matches("ed").trim_end_matches('s');
    (next.gap == Gap::Space
        && (matches!(verb.text, "said" | "says" | "told" | "sent")
            || Lists::of(stem).has(List::Speech)
            || Lists::of(&format!("{stem}e")).has(List::Speech)))
    .then(|| format!("subject of \"{}\"", verb.text))
}
