//! Claims: for each telling its speaker, stance and quote; for rival numbers their own; for denials
//! the movement they deny, or none.

use super::attribution::{self, Voice};
use super::doc::Doc;
use super::draft::Draft;
use super::merge::{self, Told};
use super::{Claim, Context, Stance, Status};
use crate::mentions::{Quantity, When};
use crate::report::{Remark, Span};
use crate::syntax::{Dep, Tag};
use std::ops::Range;

/// A claim before it has a number: which movement it is about.
#[derive(Debug, Clone)]
pub struct Drafted {
    /// Index of the movement.
    pub about: Option<usize>,
    /// The claim, its id and `about` still empty.
    pub claim: Claim,
}

/// The claims of all tellings.
pub fn of_tellings(doc: &Doc, context: &Context, told: &[Told]) -> Vec<Drafted> {
    let mut drafted = Vec::new();
    for (index, movement) in told.iter().enumerate() {
        for telling in std::iter::once(&movement.lead).chain(&movement.others) {
            for claim in all_of_draft(doc, context, telling) {
                push(&mut drafted, Drafted { about: Some(index), claim });
            }
        }
    }
    drafted
}

/// One speaker says one thing of one movement once.
fn push(drafted: &mut Vec<Drafted>, next: Drafted) {
    let known = drafted.iter().any(|old| {
        old.about.is_some()
            && old.about == next.about
            && old.claim.stance == next.claim.stance
            && old.claim.speaker == next.claim.speaker
            && (old.claim.quantity.as_ref().map(|q| (q.min.map(f64::to_bits), q.max.map(f64::to_bits)))
                == next.claim.quantity.as_ref().map(|q| (q.min.map(f64::to_bits), q.max.map(f64::to_bits)))
                || next.claim.quantity.is_none())
    });
    if !known {
        drafted.push(next);
    }
}

/// The claim that a telling makes.
pub fn of_draft(doc: &Doc, context: &Context, draft: &Draft) -> Claim {
    let quantity =
        draft.quantity.as_ref().filter(|(_, carried)| !carried).map(|(quantity, _)| quantity.clone());
    of_voice(doc, context, draft.voice(), quantity, quote(doc, draft))
}

/// The claims of a telling: one for each of several speakers ("both Moscow and Pyongyang").
fn all_of_draft(doc: &Doc, context: &Context, draft: &Draft) -> Vec<Claim> {
    let mut claims = vec![of_draft(doc, context, draft)];
    let voice = draft.voice();
    if let Some(speaker) = voice.speaker {
        for other in doc.kids(speaker, &[Dep::Conj]).filter(|&other| doc.is_nominal(other)) {
            let voice = Voice { speaker: Some(other), ..voice.clone() };
            claims.push(of_voice(doc, context, &voice, claims[0].quantity.clone(), claims[0].span));
        }
    }
    claims
}

/// The claim that a speaker makes with these words.
pub fn of_voice(
    doc: &Doc,
    context: &Context,
    voice: &Voice,
    quantity: Option<Quantity>,
    quote: Span,
) -> Claim {
    let named = voice.speaker.map(|speaker| attribution::identity(doc, speaker));
    let words = |tokens: &Range<usize>| doc.span(tokens.clone()).of(doc.text).to_owned();
    let said = voice.verb.map(|verb| circumstances(doc, context, verb, voice.speaker));
    let (said_at, said_on) = said.unwrap_or_default();
    Claim {
        id: String::new(),
        speaker: named.as_ref().map(|(name, _)| words(name)),
        role: named.and_then(|(_, role)| role).map(|role| words(&role)).filter(|role| !role.is_empty()),
        outlet: context.report.publisher.clone().or_else(|| agency(context)),
        said_at,
        said_on,
        stance: voice.stance,
        about: None,
        quantity,
        quote: quote.of(doc.text).to_owned(),
        span: quote,
        from: Vec::new(),
        also_in: Vec::new(),
    }
}

/// "(Reuters)" in the dateline.
fn agency(context: &Context) -> Option<String> {
    let head = context.report.dateline.as_ref()?.span.of(&context.report.text);
    let inside = head.split_once('(')?.1.split_once(')')?.0.trim();
    (!inside.is_empty()).then(|| inside.to_owned())
}

/// The clause that is claimed: below the verb of saying, or the evidence.
fn quote(doc: &Doc, draft: &Draft) -> Span {
    let whole = draft.evidence[0];
    let Some(verb) = draft.voice().verb else { return whole };
    let token = draft.trigger.token;
    let mut below = token;
    for up in doc.ancestors(token) {
        if up == verb {
            break;
        }
        below = up;
    }
    if doc.head(below) != Some(verb) {
        return whole;
    }
    let span = doc.span(doc.subtree(below));
    if span.start < span.end && span.end - span.start > 8 { span } else { whole }
}

/// "the envoy to the United Nations in New York": where the speaker sits.
fn sits_in(doc: &Doc, speaker: usize) -> Option<String> {
    let mut top = speaker;
    for _ in 0..3 {
        let mut preps = doc.kids(top, &[Dep::Prep]);
        let prep = preps.find(|&prep| matches!(doc.lower(prep), "in" | "at" | "to" | "of"))?;
        let object = doc.child(prep, &[Dep::Pobj])?;
        let ground = doc.name_of[object].filter(|&name| doc.names[name].ground);
        if let (Some(name), "in" | "at") = (ground, doc.lower(prep)) {
            return doc.names[name].place.clone();
        }
        top = object;
    }
    None
}

/// Where and when something was said: "speaking in Rome", "said on Wednesday", "In Seoul, … said".
fn circumstances(
    doc: &Doc,
    context: &Context,
    verb: usize,
    speaker: Option<usize>,
) -> (Option<String>, Option<When>) {
    let place = |top: usize| -> Option<String> {
        doc.kids(top, &[Dep::Prep])
            .filter(|&prep| matches!(doc.lower(prep), "in" | "at" | "from"))
            .filter_map(|prep| doc.child(prep, &[Dep::Pobj]))
            .find_map(|object| doc.name_of[object].filter(|&name| doc.names[name].ground))
            .and_then(|name| doc.names[name].place.clone())
    };
    let mut at = place(verb);
    if let Some(speaker) = speaker {
        // "In Seoul, lawmakers said …, the lawmakers told reporters": the same ones, told twice.
        let twin = doc.ancestors(verb).chain(doc.kids(verb, &[Dep::Ccomp])).find(|&other| {
            doc.lexicon.say.speech.contains(doc.lemma(other))
                && attribution::speaker_of(doc, other).is_some_and(|who| doc.lemma(who) == doc.lemma(speaker))
        });
        at = at.or_else(|| place(twin?)).or_else(|| sits_in(doc, speaker));
        for clause in doc.kids(speaker, &[Dep::Acl]).filter(|&clause| doc.lemma(clause) == "speak") {
            at = at.or_else(|| place(clause));
        }
    }
    for clause in doc.kids(verb, &[Dep::Advcl]).filter(|&clause| doc.lemma(clause) == "speak") {
        at = at.or_else(|| place(clause));
    }
    let mut spans: Vec<Span> = Vec::new();
    for kid in doc.kids(verb, &[Dep::Prep, Dep::Npadvmod, Dep::Advmod]) {
        let tokens = doc.subtree(kid);
        if tokens.len() <= 8 {
            spans.push(doc.span(tokens));
        }
    }
    let time = context.times.iter().find(|time| spans.iter().any(|span| span.contains(&time.core)));
    let on = time.map(|time| {
        time.resolve(context.anchors.at(doc.words[verb].start), crate::mentions::dates::Tense::Past)
    });
    (at, on)
}

/// Denials and doubts that name no place, and numbers told by themselves, bound to what they are about.
pub fn loose(
    doc: &Doc,
    context: &Context,
    told: &mut [Told],
    loose: &[Draft],
    drafted: &mut Vec<Drafted>,
) -> Vec<usize> {
    let mut left = Vec::new();
    for (number, draft) in loose.iter().enumerate() {
        let about = if draft.is_denial() { denied(doc, told, draft) } else { repeated(doc, told, draft) };
        match about {
            Some(index) => {
                if !draft.is_denial() {
                    absorb(&mut told[index], draft);
                }
                for claim in all_of_draft(doc, context, draft) {
                    push(drafted, Drafted { about, claim });
                }
            }
            None if draft.is_denial() => {
                for claim in all_of_draft(doc, context, draft) {
                    push(drafted, Drafted { about: None, claim });
                }
            }
            None => left.push(number),
        }
    }
    pronoun_denials(doc, context, told, drafted);
    numbers(doc, context, told, drafted);
    left
}

fn absorb(told: &mut Told, draft: &Draft) {
    if told.lead.when.is_none() {
        told.lead.when = draft.when.clone();
    }
    for span in &draft.evidence {
        if !told.lead.evidence.contains(span) {
            told.lead.evidence.push(*span);
        }
    }
}

/// The movement that a denial without places denies: the same kind of thing, moved by the same hand.
fn denied(doc: &Doc, told: &[Told], draft: &Draft) -> Option<usize> {
    let mine = draft.cast.theme.and_then(|theme| merge::category(doc, theme));
    told.iter().position(|other| {
        if matches!(other.lead.status, Status::Possible | Status::Denied) || other.lead.background {
            return false;
        }
        match merge::same_theme(doc, &other.lead, draft) {
            Some(same) => same,
            None => {
                mine.is_some() && other.lead.cast.theme.and_then(|theme| merge::category(doc, theme)) == mine
            }
        }
    })
}

/// A telling without places that repeats one with places: same kind of thing, same number, same reality.
fn repeated(doc: &Doc, told: &[Told], draft: &Draft) -> Option<usize> {
    let (quantity, carried) = draft.quantity.as_ref()?;
    if *carried {
        return None;
    }
    told.iter().position(|other| {
        let Some((theirs, _)) = &other.lead.quantity else { return false };
        other.lead.status == draft.status
            && merge::same_theme(doc, &other.lead, draft) != Some(false)
            && theirs.min == quantity.min
            && theirs.max == quantity.max
    })
}

/// "called it 'groundless rumors'": it is what the clause before speaks of.
fn pronoun_denials(doc: &Doc, context: &Context, told: &[Told], drafted: &mut Vec<Drafted>) {
    for verb in 0..doc.words.len() {
        if !doc.is_verb(verb) || !attribution::label_denies(doc, verb) {
            continue;
        }
        let Some(object) = doc.child(verb, &[Dep::Dobj, Dep::Nsubj]).filter(|&object| {
            object > verb
                && matches!(doc.lower(object), "it" | "this" | "that" | "them" | "these" | "reports")
        }) else {
            continue;
        };
        // The denial before it in the sentence, else the last movement told before.
        let sentence = doc.span(doc.sentence(verb));
        let before = drafted
            .iter()
            .filter(|other| other.claim.stance == Stance::Denies && sentence.overlaps(&other.claim.span))
            .map(|other| other.about)
            .next_back();
        let last = told
            .iter()
            .enumerate()
            .filter(|(_, movement)| movement.lead.trigger.token < verb)
            .map(|(index, _)| index)
            .next_back();
        let about = before.unwrap_or(last);
        let speaker = doc
            .kids(verb, &[Dep::Nsubj])
            .filter(|&subject| subject < verb && doc.lower(subject) != "it")
            .last()
            .or_else(|| noun_before(doc, verb));
        let own = doc.kids(verb, &[Dep::Nsubj]).any(|subject| subject < verb);
        let speaker = if own { speaker } else { noun_before(doc, verb).or(speaker) };
        let _ = object;
        let voice = Voice { speaker, stance: Stance::Denies, verb: Some(verb), act: false };
        push(drafted, Drafted { about, claim: of_voice(doc, context, &voice, None, sentence) });
    }
}

/// The head of the noun phrase that ends right before a verb, for when the tree lost its subject.
fn noun_before(doc: &Doc, verb: usize) -> Option<usize> {
    let sentence = doc.sentence(verb);
    let mut token = verb;
    let mut head = None;
    while token > sentence.start {
        token -= 1;
        match doc.tag(token) {
            Tag::Nn | Tag::Nns if doc.dep(token) != Dep::Compound => head = Some(token),
            Tag::Nn | Tag::Nns | Tag::Nnp | Tag::Nnps | Tag::Jj | Tag::In | Tag::To | Tag::Pos => {}
            Tag::Dt => {
                head = head.or(Some(token));
                if (sentence.start..token).any(|t| matches!(doc.tag(t), Tag::Cc))
                    && doc.tag(token.saturating_sub(1)) != Tag::In
                    && doc.tag(token.saturating_sub(1)) != Tag::To
                {
                    break;
                }
            }
            _ => break,
        }
    }
    head.filter(|&head| doc.is_nominal(head) && doc.tag(head) != Tag::Dt)
}

/// "put the number at 300", "counted 412": rival numbers of the movement told last.
fn numbers(doc: &Doc, context: &Context, told: &mut [Told], drafted: &mut Vec<Drafted>) {
    for verb in 0..doc.words.len() {
        if !doc.is_verb(verb) || !matches!(doc.lemma(verb), "put" | "count" | "estimate" | "number" | "tally")
        {
            continue;
        }
        let Some(speaker) = doc.kids(verb, &[Dep::Nsubj]).next() else { continue };
        if doc.lemma(verb) == "put"
            && !doc
                .child(verb, &[Dep::Dobj])
                .is_some_and(|object| matches!(doc.lemma(object), "number" | "figure" | "total" | "count"))
        {
            continue;
        }
        let span = doc.span(doc.subtree(verb));
        let start = doc.words[verb].end;
        let Some(number) = context.counted.iter().find(|counted| {
            counted.number.start >= start
                && counted.number.end <= span.end
                && counted.kind == crate::mentions::quantities::QuantityKind::Count
        }) else {
            continue;
        };
        let Some(about) = told.iter().rposition(|movement| {
            movement.lead.trigger.token < verb
                && doc.paragraph(movement.lead.trigger.token) == doc.paragraph(verb)
                && doc.words[verb].sentence.abs_diff(doc.words[movement.lead.trigger.token].sentence) <= 2
        }) else {
            continue;
        };
        let quantity = number.quantity.clone();
        let voice = Voice { speaker: Some(speaker), stance: Stance::Asserts, verb: Some(verb), act: false };
        let claim = of_voice(doc, context, &voice, Some(quantity.clone()), span);
        match &mut told[about].lead.quantity {
            Some((known, _)) if known.span.start > doc.words[told[about].lead.trigger.token].end => {
                // The asserted numbers of one transport: from the least to the most.
                known.min = match (known.min, quantity.min) {
                    (Some(a), Some(b)) => Some(a.min(b)),
                    (a, b) => a.or(b),
                };
                known.max = match (known.max, quantity.max) {
                    (Some(a), Some(b)) => Some(a.max(b)),
                    _ => None,
                };
            }
            Some(_) => {}
            none => *none = Some((quantity, false)),
        }
        push(drafted, Drafted { about: Some(about), claim });
    }
}

/// Remarks on speakers who take no stance: "has not officially addressed the accusations".
pub fn silences(doc: &Doc) -> Vec<Remark> {
    let mut remarks = Vec::new();
    for verb in 0..doc.words.len() {
        if !doc.is_verb(verb) {
            continue;
        }
        let lemma = doc.lemma(verb);
        let negated = doc.kids(verb, &[Dep::Neg]).next().is_some();
        let silent = negated
            && matches!(lemma, "address" | "comment" | "respond" | "confirm" | "acknowledge")
            || lemma == "comment"
                && doc.head(verb).is_some_and(|head| matches!(doc.lemma(head), "decline" | "refuse"));
        if silent && let Some(speaker) = doc.subject(verb) {
            let words = doc.span(doc.phrase(speaker)).of(doc.text).to_owned();
            let span = doc.span(doc.subtree(verb));
            remarks.push(Remark::new("no-stance", span, format!("{words} is said to have taken no stance.")));
        }
    }
    remarks
}
