//! Word vectors → named entities: a greedy recogniser that begins, goes on with and ends them
//! (BILUO, after Ratinov and Roth 2009).

use std::ops::Range;

use crate::packed::{Packed, PackedError};

use super::kernels::Engine;
use super::model::{damaged, label, strings};
use super::scorer::{Room, Scorer};
use super::{EntityKind, Tag};

/// The words that a move is scored by: the next one, the first of the open entity, the last of it.
const ROLES: usize = 3;

/// Words that name times and numbers without a capital or a digit, sorted.
#[rustfmt::skip]
const TIMES_AND_NUMBERS: &[&str] = &[
    "afternoon", "autumn", "centuries", "century", "day", "days", "decade", "decades", "dollars", "dozens", "eighth",
    "evening", "fifth", "first", "fourth", "half", "halves", "hour", "hours", "hundreds", "midnight", "millions",
    "minutes", "month", "months", "morning", "night", "nights", "ninth", "noon", "overnight", "percent", "quarter",
    "second", "seventh", "sixth", "spring", "summer", "tenth", "third", "thousands", "today", "tomorrow", "tonight",
    "week", "weekend", "weeks", "winter", "year", "years", "yesterday",
];
/// How many words before such a word an entity can begin ("the last two weeks"), and go on after it.
const BEFORE: usize = 3;
const AFTER: usize = 2;

/// Which words are worth being asked about: those around capitals, numbers and names of times. Half of the words of
/// news are none of these, and no entity but a rare one lies among them alone.
pub(super) fn promising<'t>(words: impl ExactSizeIterator<Item = (&'t str, Tag)>) -> Vec<bool> {
    let mut promising = vec![false; words.len()];
    let mut has_capitals = false;
    for (at, (word, tag)) in words.enumerate() {
        has_capitals |= word.starts_with(char::is_uppercase);
        if is_sign(word, tag) {
            let (from, to) = (at.saturating_sub(BEFORE), (at + AFTER + 1).min(promising.len()));
            promising[from..to].fill(true);
        }
    }
    // Who writes all in small letters gives no sign.
    if !has_capitals {
        promising.fill(true);
    }
    promising
}

/// Whether a word is a sign of an entity.
fn is_sign(word: &str, tag: Tag) -> bool {
    if matches!(tag, Tag::Cd | Tag::Dollar | Tag::Nnp | Tag::Nnps) {
        return true;
    }
    if !word.bytes().any(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit() || !byte.is_ascii()) {
        return TIMES_AND_NUMBERS.binary_search(&word).is_ok();
    }
    // "The", "In", "She": the first words of sentences.
    let is_plain = matches!(
        tag,
        Tag::Dt
            | Tag::In
            | Tag::Prp
            | Tag::PrpPoss
            | Tag::Cc
            | Tag::Wdt
            | Tag::Wp
            | Tag::Wrb
            | Tag::To
            | Tag::Md
            | Tag::Ex
    );
    !(is_plain && word.chars().skip(1).all(char::is_lowercase)) && word.chars().any(char::is_alphanumeric)
}

/// What a word does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Move {
    Begin(EntityKind),
    Inside(EntityKind),
    Last(EntityKind),
    Unit(EntityKind),
    Outside,
    /// Kept from being an entity by someone beforehand, which never happens here.
    Blocked,
}

/// Finds entities.
#[derive(Debug)]
pub(super) struct EntityRecognizer {
    scorer: Scorer<ROLES>,
    moves: Vec<Move>,
}

impl EntityRecognizer {
    pub(super) fn open(packed: &Packed<'static>) -> Result<Self, PackedError> {
        let scorer = Scorer::open(packed, "entities")?;
        let names = strings(packed, "entities.moves")?;
        let moves = names.iter().map(|name| read_move(name)).collect::<Result<Vec<_>, _>>()?;
        if moves.len() != scorer.moves() {
            return Err(damaged("the entity recogniser has moves without scores"));
        }
        Ok(EntityRecognizer { scorer, moves })
    }

    /// The entities among these words, in order. None begins with white space or reaches over the beginning of a
    /// sentence or the like.
    pub(super) fn entities(
        &self,
        engine: Engine,
        vectors: &[f32],
        is_space: &[bool],
        begins: &[bool],
        room: &mut Room,
    ) -> Vec<(Range<usize>, EntityKind)> {
        let mut text = self.scorer.text(engine, vectors, room);
        let mut entities = Vec::new();
        let mut open: Option<(usize, EntityKind)> = None;
        for (word, &is_space) in is_space.iter().enumerate() {
            let first = open.map(|(first, _)| first);
            let scores = text.scores([Some(word), first, first.map(|_| word - 1)]);
            let may_go_on = begins.get(word + 1) == Some(&false);
            let is_allowed = |candidate: Move| match (candidate, open) {
                (Move::Begin(_), None) => may_go_on && !is_space,
                (Move::Unit(_), None) => !is_space,
                (Move::Outside, None) => true,
                (Move::Inside(kind), Some((_, of_open))) => may_go_on && kind == of_open,
                (Move::Last(kind), Some((_, of_open))) => kind == of_open,
                _ => false,
            };
            let allowed = self.moves.iter().zip(scores).filter(|(candidate, _)| is_allowed(**candidate));
            let chosen = allowed.reduce(|best, next| if next.1 > best.1 { next } else { best });
            match (chosen.map(|(chosen, _)| *chosen), open) {
                (Some(Move::Begin(kind)), _) => open = Some((word, kind)),
                (Some(Move::Unit(kind)), _) => entities.push((word..word + 1, kind)),
                (Some(Move::Last(kind)), Some((first, _))) => {
                    entities.push((first..word + 1, kind));
                    open = None;
                }
                _ => {}
            }
        }
        entities
    }
}

fn read_move(name: &str) -> Result<Move, PackedError> {
    match name.split_once('-') {
        Some(("B", kind)) => Ok(Move::Begin(label(kind)?)),
        Some(("I", kind)) => Ok(Move::Inside(label(kind)?)),
        Some(("L", kind)) => Ok(Move::Last(label(kind)?)),
        Some(("U", "")) => Ok(Move::Blocked),
        Some(("U", kind)) => Ok(Move::Unit(label(kind)?)),
        None if name == "O" => Ok(Move::Outside),
        _ => Err(damaged(&format!("the entity recogniser has an unknown move {name:?}"))),
    }
}
