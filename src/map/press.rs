//! What a press prints: a colour of the drawing in, its inks out.
//!
//! The theme's own colours have inks of their own in `assets/style.toml`; any other colour, of somebody's overlay, is
//! separated plainly: grey goes to black ink alone (full grey component replacement).

use super::color::Color;
use serde::Deserialize;
use std::collections::BTreeMap;

/// The most ink that paper takes, all four together, per cent. Coated paper takes 330, newsprint 240.
pub const INK_LIMIT: u16 = 300;

/// Cyan, magenta, yellow and black, each in per cent of full ink.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(try_from = "[u8; 4]")]
pub struct Inks(pub [u8; 4]);

impl TryFrom<[u8; 4]> for Inks {
    type Error = String;

    fn try_from(inks: [u8; 4]) -> Result<Self, String> {
        let found = Inks(inks);
        if inks.iter().any(|ink| *ink > 100) {
            return Err(format!(
                "{inks:?} are not inks: expected cyan, magenta, yellow, black from 0 to 100"
            ));
        }
        if found.total() > INK_LIMIT {
            return Err(format!("{inks:?} are {} % of ink; paper takes {INK_LIMIT}", found.total()));
        }
        Ok(found)
    }
}

impl Inks {
    /// All four together, per cent.
    pub fn total(self) -> u16 {
        self.0.iter().map(|ink| u16::from(*ink)).sum()
    }

    /// The inks of a colour that no table names: its grey in black ink, the rest in two of the others.
    pub fn of(color: Color) -> Inks {
        let [r, g, b] = [color.r, color.g, color.b].map(f32::from);
        let white = r.max(g).max(b);
        let share = |v: f32| if white > 0.0 { (100.0 * (1.0 - v / white)).round() as u8 } else { 0 };
        Inks([share(r), share(g), share(b), (100.0 * (1.0 - white / 255.0)).round() as u8])
    }
}

/// The inks of a theme's colours.
#[derive(Debug, Clone, PartialEq)]
pub struct Press {
    inks: BTreeMap<[u8; 3], Inks>,
}

impl Press {
    /// A press that prints these colours with these inks.
    pub fn new(table: impl Iterator<Item = (Color, Inks)>) -> Self {
        Press { inks: table.map(|(color, inks)| ([color.r, color.g, color.b], inks)).collect() }
    }

    /// The inks of a colour; its opacity is another matter.
    pub fn inks(&self, color: Color) -> Inks {
        self.inks.get(&[color.r, color.g, color.b]).copied().unwrap_or_else(|| Inks::of(color))
    }
}
