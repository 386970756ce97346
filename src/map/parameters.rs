//! Options by their names, as the command line and the server spell them.

use super::names;
use super::options::{MapOptions, Size, SvgText, Theme, Units};
use crate::geometry::Bbox;
use crate::world::{World, Worldview};

/// A parameter that is not understood.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{found:?} is not understood; expected {expected}")]
pub struct ParameterError {
    /// What was given.
    pub found: String,
    /// What can be given.
    pub expected: String,
}

/// The names that [`MapOptions::set`] knows.
pub const PARAMETERS: &[&str] = &[
    "bbox",
    "font",
    "height",
    "lang",
    "preset",
    "projection",
    "scale",
    "size",
    "statements",
    "step",
    "theme",
    "title",
    "units",
    "width",
    "worldview",
];

impl MapOptions {
    /// Sets one option by its name. `preset` before `size`, `width` or `height` where both are given:
    /// the later one wins.
    ///
    /// # Errors
    /// A name that is not known, or a value that it cannot take.
    pub fn set(&mut self, name: &str, value: &str) -> Result<(), ParameterError> {
        let refuse =
            |expected: &str| ParameterError { found: value.to_owned(), expected: expected.to_owned() };
        let number = |expected: &str| {
            value.trim().parse::<f32>().ok().filter(|n| n.is_finite()).ok_or_else(|| refuse(expected))
        };
        match name {
            "preset" => {
                let names: Vec<&str> = Size::PRESETS.iter().map(|preset| preset.0).collect();
                self.size = Size::preset(value).ok_or_else(|| refuse(&names.join(", ")))?;
            }
            "size" => {
                let sides = value.split_once(['x', '×']).and_then(|(width, height)| {
                    Some((width.trim().parse::<u32>().ok()?, height.trim().parse::<u32>().ok()?))
                });
                let (width, height) = sides.ok_or_else(|| refuse("WIDTHxHEIGHT in pixels, like 1200x675"))?;
                self.size = Size { width: width as f32, height: Some(height as f32) };
            }
            "width" => self.size.width = number("a number of pixels")?,
            "height" => self.size.height = Some(number("a number of pixels")?),
            "scale" => self.scale = number("a number from 1 to 4")?,
            "theme" => self.theme = Theme::named(value).ok_or_else(|| refuse("light, dark or grey"))?,
            "worldview" => {
                let views = World::embedded().map(World::worldviews).unwrap_or_default();
                let known = || views.iter().map(Worldview::name).collect::<Vec<_>>().join(", ");
                let view = Worldview::named(value).filter(|view| views.contains(view));
                self.worldview = view.ok_or_else(|| refuse(&known()))?;
            }
            "units" => {
                self.units = match value {
                    "km" => Units::Km,
                    "mi" => Units::Mi,
                    "both" => Units::Both,
                    _ => return Err(refuse("km, mi or both")),
                };
            }
            "lang" => {
                let known = || names::languages().join(", ");
                self.lang = names::language(value).ok_or_else(|| refuse(&known()))?.to_owned();
            }
            "projection" => self.projection = Some(value.to_owned()),
            "bbox" => {
                let sides: Option<Vec<f64>> = value.split(',').map(|side| side.trim().parse().ok()).collect();
                let sides: Option<[f64; 4]> = sides.and_then(|sides| sides.try_into().ok());
                self.bbox =
                    Some(Bbox::from(sides.ok_or_else(|| refuse("west,south,east,north in degrees"))?));
            }
            "step" => self.step = Some(value.trim().parse().map_err(|_| refuse("the number of a step"))?),
            "statements" => self.statements = switch(value).ok_or_else(|| refuse("true or false"))?,
            "title" => self.heading = switch(value).ok_or_else(|| refuse("true or false"))?,
            "font" => {
                self.svg_text = match value {
                    "live" => SvgText::Live,
                    "outline" => SvgText::Outline,
                    "embed" => SvgText::Embed,
                    _ => return Err(refuse("live, outline or embed")),
                };
            }
            _ => {
                return Err(ParameterError {
                    found: name.to_owned(),
                    expected: format!("one of {}", PARAMETERS.join(", ")),
                });
            }
        }
        Ok(())
    }
}

fn switch(value: &str) -> Option<bool> {
    match value {
        "true" | "1" | "yes" => Some(true),
        "false" | "0" | "no" => Some(false),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_given_is_set_and_what_is_wrong_is_told() {
        let mut options = MapOptions::default();
        for (name, value) in
            [("preset", "phone"), ("theme", "dark"), ("bbox", "-10, 35, 5, 44"), ("scale", "2")]
        {
            options.set(name, value).unwrap();
        }
        assert_eq!((options.size.width, options.theme, options.scale), (360.0, Theme::Dark, 2.0));
        for (name, value) in [
            ("preset", "poster"),
            ("lang", "xx"),
            ("size", "big"),
            ("scale", "NaN"),
            ("bbox", "1,2"),
            ("colour", "red"),
        ] {
            assert!(options.set(name, value).is_err(), "{name}={value}");
        }
    }

    #[test]
    fn an_unknown_language_is_told_with_those_that_are_known() {
        let mut options = MapOptions::default();
        options.set("lang", "pt-BR").unwrap();
        assert_eq!(options.lang, "pt");
        let told = options.set("lang", "xx").unwrap_err().to_string();
        assert!(
            told.starts_with("\"xx\" is not understood; expected en, ar, de, ") && told.ends_with("vi, zh"),
            "{told}"
        );
    }
}
