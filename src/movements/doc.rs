//! The trees of a report laid end to end, with what every rule asks of them: words, children,
//! subjects, and which tokens name a place.

use super::lexicon::Lexicon;
use crate::mentions::{Mention, MentionKind};
use crate::report::Span;
use crate::syntax::{Dep, EntityKind, Tag, Tree};
use std::collections::BTreeSet;
use std::ops::Range;

/// A token of the report.
#[derive(Debug, Clone)]
pub struct Word {
    /// First byte.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
    /// Part of speech.
    pub tag: Tag,
    /// Its head; itself for a root.
    pub head: usize,
    /// How it depends.
    pub dep: Dep,
    /// Dictionary form, lower case.
    pub lemma: String,
    /// Its letters, lower case.
    pub lower: String,
    /// Entity kind.
    pub entity: Option<EntityKind>,
    /// The sentence it stands in.
    pub sentence: usize,
    /// Whether an odd number of quotation marks stands before it in its paragraph.
    pub in_quotes: bool,
}

/// A name of a place: its mention and tokens.
#[derive(Debug, Clone)]
pub struct Named {
    /// Its tokens.
    pub tokens: Range<usize>,
    /// The token that the others hang on.
    pub head: usize,
    /// Whether it names ground (not a people, not a government).
    pub ground: bool,
    /// The place.
    pub place: Option<String>,
}

/// The trees of a report laid end to end.
pub struct Doc<'a> {
    /// The report's text.
    pub text: &'a str,
    /// Its tokens.
    pub words: Vec<Word>,
    /// Its sentences as ranges of tokens, with the number of their tree.
    pub sentences: Vec<(Range<usize>, usize)>,
    /// What depends on each token, left to right.
    pub children: Vec<Vec<usize>>,
    /// Names of places, in text order.
    pub names: Vec<Named>,
    /// For each token the name it is part of.
    pub name_of: Vec<Option<usize>>,
    /// For each token the country or place whose people it names ("North Koreans", "Syrian").
    pub people_of: Vec<Option<String>>,
    /// Names that a storm bears: the word after "Hurricane".
    pub storm_names: BTreeSet<String>,
    /// The lexicon.
    pub lexicon: &'static Lexicon,
}

impl<'a> Doc<'a> {
    /// Lays trees end to end. Trees whose offsets do not fit the text are left out.
    pub fn new(text: &'a str, trees: &[Tree], mentions: &[Mention]) -> Self {
        let mut words: Vec<Word> = Vec::new();
        let mut sentences = Vec::new();
        for (number, tree) in trees.iter().enumerate() {
            if tree.tokens.iter().any(|token| text.get(token.start..token.end).is_none()) {
                continue;
            }
            let base = words.len();
            for range in &tree.sentences {
                if range.start < range.end && range.end <= tree.tokens.len() {
                    sentences.push((base + range.start..base + range.end, number));
                }
            }
            let mut in_quotes = false;
            for token in &tree.tokens {
                words.push(Word {
                    start: token.start,
                    end: token.end,
                    tag: token.tag,
                    head: base + token.head.min(tree.tokens.len() - 1),
                    dep: token.dep,
                    lemma: token.lemma.to_lowercase(),
                    lower: text[token.start..token.end].to_lowercase().replace('’', "'"),
                    entity: token.entity,
                    sentence: 0,
                    in_quotes,
                });
                in_quotes ^= matches!(&text[token.start..token.end], "\"" | "“" | "”");
            }
        }
        for (number, (range, _)) in sentences.iter().enumerate() {
            for word in &mut words[range.clone()] {
                word.sentence = number;
            }
        }
        let mut children = vec![Vec::new(); words.len()];
        for (index, word) in words.iter().enumerate() {
            if word.head != index {
                children[word.head].push(index);
            }
        }
        let storm = |word: &str| matches!(word, "hurricane" | "typhoon" | "storm" | "cyclone" | "depression");
        let storm_names =
            words.windows(2).filter(|pair| storm(&pair[0].lower)).map(|pair| pair[1].lower.clone()).collect();
        let mut doc = Doc {
            text,
            name_of: vec![None; words.len()],
            people_of: vec![None; words.len()],
            words,
            sentences,
            children,
            names: Vec::new(),
            storm_names,
            lexicon: Lexicon::get(),
        };
        doc.find_names(mentions);
        doc
    }

    fn find_names(&mut self, mentions: &[Mention]) {
        let prefix = |word: &str| {
            matches!(word, "uss" | "hms" | "ss" | "mv" | "rms" | "hmas" | "hmcs" | "usns" | "ins" | "js")
        };
        let ships: BTreeSet<String> = self
            .words
            .windows(2)
            .filter(|pair| prefix(&pair[0].lower))
            .map(|pair| pair[1].lower.clone())
            .collect();
        for mention in mentions {
            let first = self.words.partition_point(|word| word.end <= mention.span.start);
            let last = self.words.partition_point(|word| word.start < mention.span.end);
            if first >= last {
                continue;
            }
            if mention.kind == MentionKind::Demonym {
                self.people_of[first..last].fill(mention.place.clone());
                continue;
            }
            let tokens = first..last;
            // "eastern Ukraine" holds "Ukraine": the phrase counts.
            if tokens.clone().any(|token| self.name_of[token].is_some()) {
                continue;
            }
            let head = tokens
                .clone()
                .rev()
                .find(|&token| {
                    !tokens.contains(&self.words[token].head)
                        && !matches!(self.words[token].dep, Dep::Case | Dep::Punct)
                })
                .unwrap_or(last - 1);
            for token in tokens.clone() {
                self.name_of[token] = Some(self.names.len());
            }
            // "USS Guam": later "Guam" alone is the ship.
            let ship = tokens.len() == 1 && ships.contains(&self.words[first].lower);
            self.names.push(Named {
                tokens,
                head,
                ground: mention.kind == MentionKind::Toponym && !ship,
                place: mention.place.clone(),
            });
        }
    }

    /// Lower-case letters of a token.
    pub fn lower(&self, token: usize) -> &str {
        &self.words[token].lower
    }

    /// Dictionary form of a token.
    pub fn lemma(&self, token: usize) -> &str {
        &self.words[token].lemma
    }

    /// A verb with the particle that changes what it tells, as the lexicon writes it: `put_off`.
    pub fn with_particle(&self, verb: usize) -> Option<String> {
        let particle = self.child(verb, &[Dep::Prt])?;
        Some(format!("{}_{}", self.lemma(verb), self.lower(particle)))
    }

    /// How it depends.
    pub fn dep(&self, token: usize) -> Dep {
        self.words[token].dep
    }

    /// Its part of speech.
    pub fn tag(&self, token: usize) -> Tag {
        self.words[token].tag
    }

    /// Its head, if it has one.
    pub fn head(&self, token: usize) -> Option<usize> {
        Some(self.words[token].head).filter(|&head| head != token)
    }

    /// The first child that depends in one of these ways.
    pub fn child(&self, token: usize, deps: &[Dep]) -> Option<usize> {
        self.children[token].iter().copied().find(|&child| deps.contains(&self.words[child].dep))
    }

    /// All children that depend in one of these ways.
    pub fn kids(&self, token: usize, deps: &'static [Dep]) -> impl Iterator<Item = usize> + '_ {
        self.children[token].iter().copied().filter(move |&child| deps.contains(&self.words[child].dep))
    }

    /// Whether the token is a verb.
    pub fn is_verb(&self, token: usize) -> bool {
        self.tag(token).is_verb()
    }

    /// Whether the token is a verb with "to".
    pub fn is_infinitive(&self, token: usize) -> bool {
        self.tag(token) == Tag::Vb && self.kids(token, &[Dep::Aux]).any(|aux| self.tag(aux) == Tag::To)
    }

    /// Whether the token is a noun, a name, a number or a pronoun.
    pub fn is_nominal(&self, token: usize) -> bool {
        matches!(
            self.tag(token),
            Tag::Nn | Tag::Nns | Tag::Nnp | Tag::Nnps | Tag::Cd | Tag::Prp | Tag::Dt | Tag::Wp | Tag::Wdt
        )
    }

    /// The sentence's tokens.
    pub fn sentence(&self, token: usize) -> Range<usize> {
        self.sentences.get(self.words[token].sentence).map_or(token..token + 1, |(range, _)| range.clone())
    }

    /// Which tree (paragraph) the token stands in.
    pub fn paragraph(&self, token: usize) -> usize {
        self.sentences.get(self.words[token].sentence).map_or(0, |(_, tree)| *tree)
    }

    /// The span of these tokens, without white space at its ends.
    pub fn span(&self, tokens: Range<usize>) -> Span {
        let start = self.words[tokens.start].start;
        let end = self.words[tokens.end - 1].end.max(start);
        let slice = &self.text[start..end];
        let from = start + (slice.len() - slice.trim_start().len());
        Span::new(from, (from + slice.trim().len()).max(from))
    }

    /// First to last token below this one, itself included.
    pub fn subtree(&self, token: usize) -> Range<usize> {
        let mut range = token..token + 1;
        let mut stack = vec![token];
        let mut left = self.words.len() + 1;
        while let Some(next) = stack.pop() {
            left -= 1;
            if left == 0 {
                break;
            }
            range = range.start.min(next)..range.end.max(next + 1);
            stack.extend(self.children[next].iter().copied());
        }
        range
    }

    /// The heads above a token, nearest first.
    pub fn ancestors(&self, token: usize) -> impl Iterator<Item = usize> + '_ {
        std::iter::successors(self.head(token), move |&token| self.head(token)).take(64)
    }

    /// Whether a token stands below another or is it.
    pub fn is_within(&self, token: usize, top: usize) -> bool {
        token == top || self.ancestors(token).any(|ancestor| ancestor == top)
    }

    /// Whether the verb is passive, a reduced relative ("the aid sent to …") included.
    pub fn is_passive(&self, verb: usize) -> bool {
        if self.tag(verb) != Tag::Vbn && self.tag(verb) != Tag::Vbd {
            return false;
        }
        if self.child(verb, &[Dep::Auxpass, Dep::Nsubjpass]).is_some() {
            return true;
        }
        if self.tag(verb) == Tag::Vbd {
            // "was put on a train and carried to Kurgan": tagged as if it were active.
            return self.dep(verb) == Dep::Conj
                && self.child(verb, &[Dep::Nsubj, Dep::Dobj, Dep::Aux]).is_none()
                && self.head(verb).is_some_and(|head| self.tag(head) == Tag::Vbn && self.is_passive(head));
        }
        // "having been flown": the auxiliary may be tagged as an ordinary one.
        if self.kids(verb, &[Dep::Aux]).any(|aux| matches!(self.lemma(aux), "have" | "'ve" | "do")) {
            return false;
        }
        match self.dep(verb) {
            // "A caravan of 3,000 people left Tapachula", taken for a caravan of people whom somebody left.
            Dep::Acl | Dep::Relcl | Dep::Advcl | Dep::Amod => {
                self.child(verb, &[Dep::Nsubj]).is_none()
                    && !self.kids(verb, &[Dep::Dobj]).any(|object| object > verb)
            }
            Dep::Conj => self.head(verb).is_some_and(|head| self.is_passive(head)),
            Dep::Pcomp | Dep::Xcomp | Dep::Ccomp => self.child(verb, &[Dep::Nsubj, Dep::Aux]).is_none(),
            _ => self.child(verb, &[Dep::Dobj, Dep::Nsubj]).is_none(),
        }
    }

    /// The grammatical subject of a verb, inherited where it has none of its own.
    pub fn subject(&self, verb: usize) -> Option<usize> {
        self.subject_within(verb, 8)
    }

    fn subject_within(&self, verb: usize, depth: usize) -> Option<usize> {
        if depth == 0 {
            return None;
        }
        // "who had waited since spring were moved": a season is nobody.
        let is_time =
            |token: usize| matches!(self.words[token].entity, Some(EntityKind::Date | EntityKind::Time));
        let subjects = || {
            let all = self.kids(verb, &[Dep::Nsubj, Dep::Nsubjpass]);
            all.filter(|&subject| subject < verb || !self.is_quote_tail(verb, subject))
        };
        if let Some(subject) =
            subjects().filter(|&subject| !is_time(subject)).last().or_else(|| subjects().last())
        {
            return Some(self.resolve_relative(subject, verb));
        }
        let head = self.head(verb)?;
        match self.dep(verb) {
            Dep::Conj => self.subject_within(head, depth - 1),
            // "waited three days, then returned": a verb that the tree leaves loose goes on like the one before.
            Dep::Dep if self.is_verb(head) && head < verb => self.subject_within(head, depth - 1),
            Dep::Xcomp | Dep::Ccomp if self.is_verb(head) => {
                // Object control: "ordered the troops to leave"; else the subject's own plan.
                if let Some(object) = self.child(head, &[Dep::Dobj]).filter(|&object| object < verb)
                    && !matches!(self.lemma(head), "promise" | "threaten" | "use")
                {
                    return Some(object);
                }
                self.subject_within(head, depth - 1)
            }
            Dep::Xcomp | Dep::Advcl | Dep::Ccomp | Dep::Acomp | Dep::Attr | Dep::Oprd => {
                self.subject_within(head, depth - 1)
            }
            Dep::Acl | Dep::Relcl => {
                if self.tag(verb) == Tag::Vb {
                    // "a plan to send": whoever has the plan.
                    return self.child(head, &[Dep::Poss]).or_else(|| {
                        self.ancestors(head)
                            .find(|&up| self.is_verb(up))
                            .and_then(|up| self.subject_within(up, depth - 1))
                    });
                }
                Some(head)
            }
            Dep::Pcomp => {
                // "before being taken": the subject of the verb that the preposition hangs on.
                let above = self.ancestors(head).find(|&up| self.is_verb(up) || self.is_nominal(up))?;
                if self.is_verb(above) {
                    // "accused Pyongyang of sending", "blocked the government from sending".
                    if matches!(self.lower(head), "of" | "from")
                        && let Some(object) = self.child(above, &[Dep::Dobj])
                    {
                        return Some(object);
                    }
                    self.subject_within(above, depth - 1)
                } else {
                    Some(above)
                }
            }
            _ => None,
        }
    }

    /// "said Kirby": a subject after its verb belongs to the verb of saying only.
    fn is_quote_tail(&self, verb: usize, subject: usize) -> bool {
        subject > verb && !self.lexicon.say.assert.contains(self.lemma(verb))
    }

    /// "troops who left": the noun before the relative pronoun.
    pub fn resolve_relative(&self, pronoun: usize, verb: usize) -> usize {
        let relative = matches!(self.lower(pronoun), "who" | "which" | "that" | "whom");
        if !relative {
            return pronoun;
        }
        let mut top = verb;
        for up in std::iter::once(verb).chain(self.ancestors(verb)) {
            top = up;
            if matches!(self.dep(up), Dep::Relcl | Dep::Acl) {
                break;
            }
        }
        match self.head(top) {
            Some(noun) if matches!(self.dep(top), Dep::Relcl | Dep::Acl) && noun < pronoun => noun,
            _ => pronoun,
        }
    }

    /// The direct object of a verb, the antecedent of a relative pronoun included.
    pub fn object(&self, verb: usize) -> Option<usize> {
        if let Some(object) = self.child(verb, &[Dep::Dobj]) {
            return Some(self.resolve_relative(object, verb));
        }
        // "relocating and isolating these families": the last of coordinated verbs has it.
        let next = self
            .kids(verb, &[Dep::Conj])
            .find(|&next| self.is_verb(next) && self.tag(next) == self.tag(verb) && next - verb <= 3)?;
        if self.kids(verb, &[Dep::Prep, Dep::Prt]).any(|kid| kid < next) {
            return None;
        }
        self.child(next, &[Dep::Dobj])
    }

    /// The tokens of a noun phrase: from its first modifier to its head and an of-phrase.
    pub fn phrase(&self, noun: usize) -> Range<usize> {
        let mut first = noun;
        let mut last = noun + 1;
        for &child in &self.children[noun] {
            match self.dep(child) {
                Dep::Det
                | Dep::Amod
                | Dep::Compound
                | Dep::Nummod
                | Dep::Poss
                | Dep::Nmod
                | Dep::Quantmod
                | Dep::Predet
                | Dep::Advmod
                    if child < noun =>
                {
                    first = first.min(self.subtree(child).start);
                }
                Dep::Prep if child > noun && self.lower(child) == "of" => {
                    if let Some(object) = self.child(child, &[Dep::Pobj]) {
                        last = last.max(self.phrase(object).end);
                    }
                }
                _ => {}
            }
        }
        first..last.max(first + 1)
    }

    /// Whether the noun is a place-like one.
    pub fn is_ground(&self, noun: usize) -> bool {
        self.lexicon.ground.contains(self.lemma(noun)) || self.lexicon.ground.contains(self.lower(noun))
    }

    /// Whether the trees between two tokens of one sentence hold a clause border.
    pub fn border_between(&self, left: usize, right: usize) -> bool {
        (left + 1..right).any(|token| {
            (matches!(self.tag(token), Tag::Vbd | Tag::Vbz | Tag::Vbp | Tag::Md)
                && self.dep(token) != Dep::Acl)
                || matches!(
                    self.lower(token),
                    ";" | "while"
                        | "after"
                        | "before"
                        | "because"
                        | "where"
                        | "when"
                        | "who"
                        | "which"
                        | "but"
                        | "although"
                        | "since"
                        | "until"
                        | "as"
                )
        })
    }
}

impl Doc<'_> {
    /// Whether the verb tells that a journey was cut short ("sank", "turned back", "left the rails").
    pub fn is_failure(&self, verb: usize) -> bool {
        let (failure, lemma, lower) = (&self.lexicon.failure, self.lemma(verb), self.lower(verb));
        if !self.is_verb(verb) && self.tag(verb) != Tag::Nns {
            return false;
        }
        // Of a verb in -s that the tagger took for a noun the lemma is a noun's.
        let stem = lower.strip_suffix("es").or_else(|| lower.strip_suffix('s')).unwrap_or(lower);
        failure.verbs.contains(lemma)
            || failure.verbs.contains(stem)
            || (lower.ends_with('s') && failure.verbs.contains(&format!("{stem}e")))
            || self.is_failure_phrase(verb)
    }

    /// Whether the verb tells that its own subject's journey was cut short: "sank", "was seized", not "seized a bridge".
    pub fn fails(&self, verb: usize) -> bool {
        let alone = self.is_passive(verb) || self.child(verb, &[Dep::Dobj]).is_none();
        self.is_failure(verb) && (alone || self.is_failure_phrase(verb))
    }

    /// "turned back", "left the rails": the words of a phrase one after another, the first as a lemma.
    fn is_failure_phrase(&self, verb: usize) -> bool {
        let is_here = |phrase: &String| {
            let mut words = phrase.split(' ');
            words.next() == Some(self.lemma(verb))
                && words
                    .zip(verb + 1..)
                    .all(|(word, at)| self.words.get(at).is_some_and(|next| next.lower == word))
        };
        self.is_verb(verb) && self.lexicon.failure.phrases.iter().any(is_here)
    }

    /// Whether the token lies in an entity of this kind.
    pub fn entity_is(&self, token: usize, kind: EntityKind) -> bool {
        self.words[token].entity == Some(kind)
    }
}
