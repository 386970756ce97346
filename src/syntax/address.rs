//! Web and e-mail addresses, which are one token: spaCy's pattern (after Diego Perini's), matched
//! by hand.

use crate::packed::{Packed, PackedError};

use super::affixes::Affixes;
use super::characters::Class;

/// Recognises addresses.
#[derive(Debug)]
pub(super) struct Addresses {
    word: Class,
    decimal: Class,
}

impl Addresses {
    pub(super) fn open(packed: &Packed<'static>) -> Result<Self, PackedError> {
        Ok(Addresses { word: Class::open(packed, "is_word")?, decimal: Class::open(packed, "is_decimal")? })
    }

    /// Whether all of this (no white space in it) is an address: scheme and user may stand before
    /// the host, a port and a path after it.
    pub(super) fn matches(&self, text: &str, affixes: &Affixes) -> bool {
        if !text.contains('.') {
            return false;
        }
        let is_host = |start: usize| self.is_host_on(&text[start..], affixes);
        let users_end = |from: usize| {
            text[from..].match_indices('@').filter(|(at, _)| *at > 0).map(move |(at, _)| from + at + 1)
        };
        let scheme = text.find("://").filter(|&end| self.is_scheme(&text[..end])).map(|end| end + 3);
        std::iter::once(0).chain(scheme).any(|from| is_host(from) || users_end(from).any(is_host))
    }

    fn is_scheme(&self, text: &str) -> bool {
        text.chars().count() >= 2
            && text.chars().all(|char| self.word.has(char) || ['+', '-', '.'].contains(&char))
    }

    /// Whether the text is a host, followed by nothing but a port and a path.
    fn is_host_on(&self, text: &str, affixes: &Affixes) -> bool {
        let end = text.find([':', '/', '?', '#', '@']).unwrap_or(text.len());
        let (host, mut rest) = text.split_at(end);
        if let Some(after) = rest.strip_prefix(':') {
            let digits = after.chars().take_while(|&char| self.decimal.has(char));
            let (count, length) = digits.fold((0, 0), |(n, length), char| (n + 1, length + char.len_utf8()));
            if !(2..=5).contains(&count) {
                return false;
            }
            rest = &after[length..];
        }
        (rest.is_empty() || rest.starts_with(['/', '?', '#']))
            && (is_domain(host, affixes) || self.is_public_ip(host))
    }

    /// Four octets, none of the private, local or multicast networks.
    fn is_public_ip(&self, host: &str) -> bool {
        let octets: Vec<&str> = host.split('.').collect();
        let value = |octet: &&str| -> Option<u32> {
            // The pattern's \d is any decimal digit, but values beyond ASCII never occur as hosts.
            (octet.len() <= 3 && octet.bytes().all(|byte| byte.is_ascii_digit()))
                .then(|| octet.parse().ok())
                .flatten()
        };
        let Some(values) = octets.iter().map(value).collect::<Option<Vec<u32>>>() else { return false };
        let &[first, second, third, fourth] = values.as_slice() else { return false };
        let ends_are_plain = !octets[0].starts_with('0') && !octets[3].starts_with('0');
        let private = matches!((first, second), (10 | 127, _) | (169, 254) | (192, 168) | (172, 16..=31));
        ends_are_plain
            && (1..=223).contains(&first)
            && second <= 255
            && third <= 255
            && (1..=254).contains(&fourth)
            && !private
    }
}

/// Labels of 1 to 64 characters, then a top-level domain of 2 to 63 lower-case letters.
fn is_domain(host: &str, affixes: &Affixes) -> bool {
    let Some((labels, top)) = host.rsplit_once('.') else { return false };
    (2..=63).contains(&top.chars().count())
        && top.chars().all(|char| affixes.is_lower(char))
        && labels.split('.').all(is_label)
}

fn is_label(label: &str) -> bool {
    let is_outer = |char: char| char.is_ascii_alphanumeric() || ('\u{a1}'..='\u{ffff}').contains(&char);
    let is_inner = |char: char| is_outer(char) || char == '_' || char == '-';
    label.chars().count() <= 64
        && label.starts_with(is_outer)
        && label.ends_with(is_outer)
        && label.chars().all(is_inner)
}
