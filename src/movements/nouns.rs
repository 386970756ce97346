//! What nouns name, after WordNet: things, persons, ideas. `geodata/wordnet` makes the lists.

const THINGS: &str = include_str!("../../assets/lexicon/nouns/things.txt");
const PERSONS: &str = include_str!("../../assets/lexicon/nouns/persons.txt");
const IDEAS: &str = include_str!("../../assets/lexicon/nouns/ideas.txt");

/// Whether a noun names what can be carried off or goes by itself: an artifact, food, a substance, an animal.
pub fn is_thing(lemma: &str) -> bool {
    has(THINGS, lemma)
}

/// Whether a noun names a person by what they are: "bosun", "cousin".
pub fn is_person(lemma: &str) -> bool {
    has(PERSONS, lemma)
}

/// Whether a noun names an act, a state, a saying, an amount: nothing that moves but in a figure of speech.
pub fn is_idea(lemma: &str) -> bool {
    has(IDEAS, lemma)
}

/// Whether a list of lines in order has this one.
fn has(list: &str, line: &str) -> bool {
    let (mut first, mut end) = (0, list.len());
    while first < end {
        let middle = first + (end - first) / 2;
        let start = list[first..middle].rfind('\n').map_or(first, |at| first + at + 1);
        let stop = list[start..].find('\n').map_or(list.len(), |at| start + at);
        match list[start..stop].cmp(line) {
            std::cmp::Ordering::Equal => return true,
            std::cmp::Ordering::Less => first = stop + 1,
            std::cmp::Ordering::Greater => end = start,
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nouns_are_found_wherever_they_stand_in_their_list() {
        for list in [THINGS, PERSONS, IDEAS] {
            assert!(list.lines().all(|noun| has(list, noun)));
            assert!(list.lines().is_sorted() && !has(list, "") && !has(list, "zzzz") && !has(list, "a"));
        }
        assert!(is_thing("panel") && is_person("cousin") && is_idea("demand"));
        assert!(!is_thing("bridge") && !is_idea("truck"));
    }
}
