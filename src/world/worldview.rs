//! Worldviews: whose borders are shown where they are disputed.
//!
//! `un` is how the packed outlines stand. Any other view is a set of changes to it, one a disputed area, all
//! from `geodata/tables/disputes.csv`: who holds it (`defacto`), or, in a country's own view, that country where
//! it is among the claimants, else whom the table's column `views` names, else as in `un`.

use super::tables::rows::DisputeRow;

/// Whose borders are shown where they are disputed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub enum Worldview {
    /// As the United Nations have it.
    #[default]
    Un,
    /// As it is held.
    Defacto,
    /// As the country with this ISO 3166-1 code draws it.
    Of([u8; 2]),
}

impl Worldview {
    /// The view of this name: `un`, `defacto`, or the two letters of a country, in either case. Whether that
    /// country has a view of its own is another question: see `World::worldviews`.
    pub fn named(name: &str) -> Option<Self> {
        match name {
            "un" => Some(Worldview::Un),
            "defacto" => Some(Worldview::Defacto),
            _ => {
                let letters: [u8; 2] = name.as_bytes().try_into().ok()?;
                letters
                    .iter()
                    .all(u8::is_ascii_alphabetic)
                    .then_some(Worldview::Of(letters.map(|letter| letter.to_ascii_uppercase())))
            }
        }
    }

    /// Its name: `un`, `defacto`, `UA`.
    pub fn name(&self) -> &str {
        match self {
            Worldview::Un => "un",
            Worldview::Defacto => "defacto",
            Worldview::Of(letters) => std::str::from_utf8(letters).unwrap_or_default(),
        }
    }

    /// Whose a disputed area is in this view.
    pub(super) fn owner<'r>(&'r self, row: &'r DisputeRow) -> &'r str {
        match self {
            Worldview::Un => &row.un,
            Worldview::Defacto => &row.defacto,
            Worldview::Of(_) => match row.views.get(self.name()) {
                Some(owner) => owner,
                None if row.claimants.iter().any(|claimant| claimant == self.name()) => self.name(),
                None => &row.un,
            },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_read_and_written() {
        for name in ["un", "defacto", "UA"] {
            assert_eq!(Worldview::named(name).unwrap().name(), name);
        }
        assert_eq!(Worldview::named("in"), Some(Worldview::Of(*b"IN")));
        assert_eq!(Worldview::named("Narnia"), None);
        assert_eq!(Worldview::named("1x"), None);
    }
}
