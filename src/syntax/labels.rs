//! The three label sets of the model: tags (Penn Treebank), dependencies (ClearNLP) and kinds of
//! entities (OntoNotes).

use std::fmt;
use std::str::FromStr;

/// A spelling that is no label of the set it was read for.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{found:?} is no {set}; expected one of its spellings, such as {example:?}")]
pub struct UnknownLabel {
    /// The set: tag, dependency or kind of entity.
    pub set: &'static str,
    /// What was found.
    pub found: String,
    /// A spelling that would do.
    pub example: &'static str,
}

/// Declares a fieldless enum whose variants have one spelling each.
macro_rules! labels {
    ($(#[$doc:meta])* $name:ident ($set:literal, $example:literal) { $($(#[$each:meta])* $variant:ident = $text:literal,)* }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum $name { $($(#[$each])* $variant,)* }

        impl $name {
            /// Every label of the set.
            pub const ALL: &'static [$name] = &[$($name::$variant,)*];

            /// The customary spelling.
            pub fn as_str(self) -> &'static str {
                match self { $($name::$variant => $text,)* }
            }
        }

        impl FromStr for $name {
            type Err = UnknownLabel;

            fn from_str(text: &str) -> Result<Self, UnknownLabel> {
                match text {
                    $($text => Ok($name::$variant),)*
                    _ => Err(UnknownLabel { set: $set, found: text.to_owned(), example: $example }),
                }
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.pad(self.as_str())
            }
        }
    };
}

labels! {
    /// A part of speech, in the Penn Treebank's set.
    Tag ("tag", "NN") {
        /// A currency sign.
        Dollar = "$",
        /// A closing quotation mark.
        CloseQuote = "''",
        /// A comma.
        Comma = ",",
        /// An opening bracket.
        Lrb = "-LRB-",
        /// A closing bracket.
        Rrb = "-RRB-",
        /// The end of a sentence.
        Period = ".",
        /// A colon, semicolon, dash or ellipsis.
        Colon = ":",
        /// An e-mail or web address.
        Add = "ADD",
        /// An affix standing alone.
        Afx = "AFX",
        /// A coordinating conjunction.
        Cc = "CC",
        /// A number.
        Cd = "CD",
        /// A determiner.
        Dt = "DT",
        /// The "there" of "there is".
        Ex = "EX",
        /// A foreign word.
        Fw = "FW",
        /// A hyphen.
        Hyph = "HYPH",
        /// A preposition or subordinating conjunction.
        In = "IN",
        /// An adjective.
        Jj = "JJ",
        /// A comparative adjective.
        Jjr = "JJR",
        /// A superlative adjective.
        Jjs = "JJS",
        /// A marker of a list's item.
        Ls = "LS",
        /// A modal verb.
        Md = "MD",
        /// Punctuation that belongs to nothing.
        Nfp = "NFP",
        /// A singular noun.
        Nn = "NN",
        /// A singular proper noun.
        Nnp = "NNP",
        /// A plural proper noun.
        Nnps = "NNPS",
        /// A plural noun.
        Nns = "NNS",
        /// A word before a determiner ("all the").
        Pdt = "PDT",
        /// A possessive ending.
        Pos = "POS",
        /// A personal pronoun.
        Prp = "PRP",
        /// A possessive pronoun.
        PrpPoss = "PRP$",
        /// An adverb.
        Rb = "RB",
        /// A comparative adverb.
        Rbr = "RBR",
        /// A superlative adverb.
        Rbs = "RBS",
        /// A verb's particle.
        Rp = "RP",
        /// A symbol.
        Sym = "SYM",
        /// The "to" of an infinitive.
        To = "TO",
        /// An interjection.
        Uh = "UH",
        /// A verb in its base form.
        Vb = "VB",
        /// A verb in the past.
        Vbd = "VBD",
        /// A present participle or gerund.
        Vbg = "VBG",
        /// A past participle.
        Vbn = "VBN",
        /// A verb in the present, other than third person singular.
        Vbp = "VBP",
        /// A verb in the present, third person singular.
        Vbz = "VBZ",
        /// A determiner with wh-.
        Wdt = "WDT",
        /// A pronoun with wh-.
        Wp = "WP",
        /// A possessive pronoun with wh-.
        WpPoss = "WP$",
        /// An adverb with wh-.
        Wrb = "WRB",
        /// Unknown.
        Xx = "XX",
        /// White space.
        Sp = "_SP",
        /// An opening quotation mark.
        OpenQuote = "``",
    }
}

labels! {
    /// How a word depends on its head, in the ClearNLP set.
    Dep ("dependency", "nsubj") {
        /// The root of a sentence.
        Root = "ROOT",
        /// A clause that modifies a noun ("the aid *sent*").
        Acl = "acl",
        /// An adjective as complement.
        Acomp = "acomp",
        /// An adverbial clause.
        Advcl = "advcl",
        /// An adverb.
        Advmod = "advmod",
        /// The "by" of a passive.
        Agent = "agent",
        /// An adjective before its noun.
        Amod = "amod",
        /// An apposition.
        Appos = "appos",
        /// The complement of a copula.
        Attr = "attr",
        /// An auxiliary.
        Aux = "aux",
        /// A passive auxiliary.
        Auxpass = "auxpass",
        /// A case marker ("'s").
        Case = "case",
        /// A coordinating conjunction.
        Cc = "cc",
        /// A clause as complement.
        Ccomp = "ccomp",
        /// A word inside a compound.
        Compound = "compound",
        /// A further conjunct.
        Conj = "conj",
        /// A clause as subject.
        Csubj = "csubj",
        /// A clause as subject of a passive.
        Csubjpass = "csubjpass",
        /// A dative.
        Dative = "dative",
        /// Unclassified; white space always.
        Dep = "dep",
        /// A determiner.
        Det = "det",
        /// A direct object.
        Dobj = "dobj",
        /// An expletive.
        Expl = "expl",
        /// An interjection.
        Intj = "intj",
        /// A subordinating conjunction.
        Mark = "mark",
        /// Material beside the sentence.
        Meta = "meta",
        /// A negation.
        Neg = "neg",
        /// A modifier of a noun.
        Nmod = "nmod",
        /// A noun phrase as adverbial.
        Npadvmod = "npadvmod",
        /// A subject.
        Nsubj = "nsubj",
        /// The subject of a passive.
        Nsubjpass = "nsubjpass",
        /// A number.
        Nummod = "nummod",
        /// A predicate of an object.
        Oprd = "oprd",
        /// A parenthetical clause.
        Parataxis = "parataxis",
        /// A complement of a preposition that is no noun.
        Pcomp = "pcomp",
        /// The object of a preposition.
        Pobj = "pobj",
        /// A possessor.
        Poss = "poss",
        /// The "both" of "both … and".
        Preconj = "preconj",
        /// A word before a determiner.
        Predet = "predet",
        /// A preposition.
        Prep = "prep",
        /// A verb's particle.
        Prt = "prt",
        /// Punctuation.
        Punct = "punct",
        /// A modifier of a number.
        Quantmod = "quantmod",
        /// A relative clause.
        Relcl = "relcl",
        /// A clause without a subject of its own as complement.
        Xcomp = "xcomp",
    }
}

labels! {
    /// What a name or an expression denotes, in OntoNotes' set.
    EntityKind ("kind of entity", "GPE") {
        /// A person.
        Person = "PERSON",
        /// A nationality, a religious or a political group.
        Norp = "NORP",
        /// A building, airport, road or bridge.
        Fac = "FAC",
        /// An organisation.
        Org = "ORG",
        /// A country, state or city.
        Gpe = "GPE",
        /// Another place: mountains, waters, regions.
        Loc = "LOC",
        /// A thing that is made.
        Product = "PRODUCT",
        /// A named event.
        Event = "EVENT",
        /// A title of a work.
        WorkOfArt = "WORK_OF_ART",
        /// A law.
        Law = "LAW",
        /// A language.
        Language = "LANGUAGE",
        /// A date or a period.
        Date = "DATE",
        /// A time shorter than a day.
        Time = "TIME",
        /// A percentage.
        Percent = "PERCENT",
        /// A sum of money.
        Money = "MONEY",
        /// A measurement.
        Quantity = "QUANTITY",
        /// A rank ("first").
        Ordinal = "ORDINAL",
        /// Another number.
        Cardinal = "CARDINAL",
    }
}

impl Tag {
    /// Whether it is of a verb in any form, modals aside.
    pub fn is_verb(self) -> bool {
        matches!(self, Tag::Vb | Tag::Vbd | Tag::Vbg | Tag::Vbn | Tag::Vbp | Tag::Vbz)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_label_is_read_back_from_its_spelling() {
        assert!(Tag::ALL.iter().all(|tag| tag.as_str().parse() == Ok(*tag)));
        assert!(Dep::ALL.iter().all(|dep| dep.as_str().parse() == Ok(*dep)));
        assert!(EntityKind::ALL.iter().all(|kind| kind.as_str().parse() == Ok(*kind)));
        assert_eq!((Tag::ALL.len(), Dep::ALL.len(), EntityKind::ALL.len()), (50, 45, 18));
    }

    #[test]
    fn an_unknown_spelling_is_said() {
        let error = "NOUN".parse::<Tag>().unwrap_err();
        assert_eq!(error.to_string(), "\"NOUN\" is no tag; expected one of its spellings, such as \"NN\"");
    }
}
