//! The one style: `assets/style.toml`, read once.

use super::color::Color;
use super::press::{Inks, Press};
use crate::movements::Class;
use serde::Deserialize;
use std::collections::BTreeMap;
use std::sync::LazyLock;

/// Everything that `assets/style.toml` says.
#[derive(Debug, Deserialize)]
pub struct Style {
    /// Colours by theme.
    pub theme: BTreeMap<String, Palette>,
    /// Inks by theme, of themes for presses.
    pub inks: BTreeMap<String, Palette<Inks>>,
    /// Dash and head by class.
    pub class: BTreeMap<String, ClassStyle>,
    /// Lines of the base map.
    pub line: LineStyle,
    /// Arrows.
    pub arrow: ArrowStyle,
    /// Nodes and badges.
    pub node: NodeStyle,
    /// Somebody's own lines.
    pub overlay: OverlayStyle,
    /// Sizes of text.
    pub text: TextStyle,
}

/// The colours of a theme, or its inks.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[allow(missing_docs)] // each is named for what it colours
pub struct Palette<C = Color> {
    pub page: C,
    pub sea: C,
    pub land: C,
    pub land_story: C,
    pub lake: C,
    pub river: C,
    pub coast: C,
    pub border: C,
    pub border_unit: C,
    pub title: C,
    pub label: C,
    pub muted: C,
    pub water: C,
    pub halo: C,
    pub rule: C,
    pub badge_text: C,
    pub node: C,
    pub actors: Vec<C>,
    pub other: C,
    pub overlays: Vec<C>,
}

impl<C: Copy> Palette<C> {
    /// Every token with its name, in the order of the file; of lists, one after the other.
    pub fn tokens(&self) -> Vec<(&'static str, C)> {
        let mut tokens = vec![
            ("page", self.page),
            ("sea", self.sea),
            ("land", self.land),
            ("land_story", self.land_story),
            ("lake", self.lake),
            ("river", self.river),
            ("coast", self.coast),
            ("border", self.border),
            ("border_unit", self.border_unit),
            ("title", self.title),
            ("label", self.label),
            ("muted", self.muted),
            ("water", self.water),
            ("halo", self.halo),
            ("rule", self.rule),
            ("badge_text", self.badge_text),
            ("node", self.node),
            ("other", self.other),
        ];
        tokens.extend(self.actors.iter().map(|actor| ("actors", *actor)));
        tokens.extend(self.overlays.iter().map(|overlay| ("overlays", *overlay)));
        tokens
    }
}

impl Palette {
    /// Whether it has no colour.
    pub fn is_grey(&self) -> bool {
        [self.sea, self.actors[0], self.other].iter().all(|c| c.r == c.g && c.g == c.b)
    }
}

/// How a class is drawn.
#[derive(Debug, Clone, Deserialize)]
pub struct ClassStyle {
    /// Dash in multiples of the line's width; empty for a solid line.
    pub dash: Vec<f32>,
    /// The arrow's head.
    pub head: Head,
}

/// The shape of an arrow's head.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Head {
    /// A filled triangle with a notched back.
    Filled,
    /// Two open strokes.
    Chevron,
    /// An outlined triangle.
    Hollow,
}

/// Lines and fills of the base map and of areas.
#[derive(Debug, Clone, Deserialize)]
#[allow(missing_docs)] // each is named for what it draws
pub struct LineStyle {
    pub coast: f32,
    pub border: f32,
    pub border_unit: f32,
    pub border_unit_dash: Vec<f32>,
    pub border_disputed: f32,
    pub border_disputed_dash: Vec<f32>,
    pub river: f32,
    pub area: f32,
    pub area_dash: Vec<f32>,
    pub area_fill: f32,
    pub hatch_pitch: f32,
    pub hatch: f32,
    pub hatch_alpha: f32,
    pub disputed_pitch: f32,
    pub disputed: f32,
    pub casing: f32,
    pub casing_alpha: f32,
    pub rule: f32,
}

/// Sizes of arrows.
#[derive(Debug, Clone, Deserialize)]
#[allow(missing_docs)] // explained in the file
pub struct ArrowStyle {
    pub from: Vec<f64>,
    pub width: Vec<f32>,
    pub cap: f32,
    pub inferred: f32,
    pub head: f32,
    pub head_per_width: f32,
    pub head_half: f32,
    pub head_notch: f32,
    pub least: f32,
    pub least_inset: f32,
    pub trim_start: f32,
    pub trim_end: f32,
}

impl ArrowStyle {
    /// The quantity class of a number: the place of its width in the list.
    pub fn class_of(&self, quantity: Option<f64>) -> usize {
        let n = quantity.unwrap_or(0.0);
        self.from.iter().rposition(|from| n >= *from).unwrap_or(0)
    }
}

/// Sizes of nodes and badges.
#[derive(Debug, Clone, Deserialize)]
#[allow(missing_docs)] // each is named for what it sizes
pub struct NodeStyle {
    pub radius: f32,
    pub stroke: f32,
    pub capital: f32,
    pub ring: f32,
    pub badge: f32,
}

/// Lines, fills and points of overlays.
#[derive(Debug, Clone, Deserialize)]
#[allow(missing_docs)] // explained in the file
pub struct OverlayStyle {
    pub line: f32,
    pub outline: f32,
    pub least: f32,
    pub most: f32,
    pub fill: f32,
    pub casing: f32,
    pub casing_alpha: f32,
    pub point: f32,
    pub dashes: Vec<Vec<f32>>,
}

/// Sizes of text for wide, middling and narrow maps.
#[derive(Debug, Clone, Deserialize)]
#[allow(missing_docs)] // each is named for what it sizes
pub struct TextStyle {
    pub title: [f32; 3],
    pub subtitle: [f32; 3],
    pub place: [f32; 3],
    pub vague: [f32; 3],
    pub arrow: [f32; 3],
    pub step_title: [f32; 3],
    pub step_text: [f32; 3],
    pub country_story: [f32; 3],
    pub country: [f32; 3],
    pub country_tracking: f32,
    pub water: [f32; 3],
    pub city: [f32; 3],
    pub legend: [f32; 3],
    pub sources: [f32; 3],
    pub badge: [f32; 3],
}

impl Style {
    /// The style that is compiled in.
    pub fn embedded() -> &'static Style {
        static STYLE: LazyLock<Style> = LazyLock::new(|| {
            toml::from_str(include_str!("../../assets/style.toml")).expect("assets/style.toml is tested")
        });
        &STYLE
    }

    /// The colours of a theme.
    pub fn palette(&self, theme: super::Theme) -> &Palette {
        self.theme.get(theme.name()).expect("every theme stands in assets/style.toml")
    }

    /// The press of a theme, where it is made for one.
    pub fn press(&self, theme: super::Theme) -> Option<Press> {
        let inks = self.inks.get(theme.name())?;
        let colors = self.palette(theme).tokens().into_iter().map(|token| token.1);
        Some(Press::new(colors.zip(inks.tokens().into_iter().map(|token| token.1))))
    }

    /// How a class is drawn.
    pub fn class(&self, class: Class) -> &ClassStyle {
        let name = match class {
            Class::Confirmed => "confirmed",
            Class::Reported => "reported",
            Class::Planned => "planned",
            Class::Possible => "possible",
            Class::Denied => "denied",
        };
        self.class.get(name).expect("every class stands in assets/style.toml")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::map::Theme;

    #[test]
    fn every_theme_and_class_is_there() {
        let style = Style::embedded();
        for theme in Theme::ALL {
            assert_eq!(style.palette(theme).actors.len(), 3);
        }
        assert!(style.class(Class::Confirmed).dash.is_empty());
        assert_eq!(style.arrow.from.len(), style.arrow.width.len());
    }

    #[test]
    fn text_can_be_read_on_land_and_sea() {
        for palette in Style::embedded().theme.values() {
            for ground in [palette.sea, palette.land, palette.land_story, palette.page] {
                assert!(palette.label.contrast(ground) >= 7.0);
                assert!(palette.muted.contrast(ground) >= 4.5, "{:?} on {ground:?}", palette.muted);
                for actor in &palette.actors {
                    assert!(actor.contrast(ground) >= 3.0, "{actor:?} on {ground:?}");
                }
            }
        }
    }

    #[test]
    fn a_number_falls_into_its_class() {
        let arrow = &Style::embedded().arrow;
        let class = |n: f64| arrow.class_of(Some(n));
        assert_eq!((arrow.class_of(None), class(999.0), class(1000.0), class(20_000.0)), (0, 0, 1, 3));
    }
}
