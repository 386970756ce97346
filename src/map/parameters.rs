//! Options by their names, as the command line and the server spell them.

use super::names;
use super::options::{MM, MapOptions, PAPER_HEIGHTS, PAPER_SCALE, PAPER_WIDTHS, Size, SvgText, Theme, Units};
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
    "dpi",
    "font",
    "height",
    "height-mm",
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
    "width-mm",
    "worldview",
];

/// What sets the page, in the order in which the later wins: a preset is what the others change.
const PAGE: [&str; 6] = ["preset", "size", "width-mm", "height-mm", "width", "height"];

impl MapOptions {
    /// Sets options by their names, whatever order they come in: a preset first, then what changes it. Maps for paper
    /// have 300 dots an inch unless `scale` or `dpi` is among them.
    ///
    /// # Errors
    /// The name that cannot be set, with why.
    pub fn set_all<'a>(
        &mut self,
        given: impl IntoIterator<Item = (&'a str, &'a str)>,
    ) -> Result<(), (&'a str, ParameterError)> {
        let mut given: Vec<(&str, &str)> = given.into_iter().collect();
        given.sort_by_key(|(name, _)| PAGE.iter().position(|page| page == name).unwrap_or(PAGE.len()));
        for (name, value) in &given {
            self.set(name, value).map_err(|error| (*name, error))?;
        }
        if self.size.on_paper && !given.iter().any(|(name, _)| matches!(*name, "scale" | "dpi")) {
            self.scale = PAPER_SCALE;
        }
        Ok(())
    }

    /// Sets one option by its name; [`MapOptions::set_all`] minds their order.
    ///
    /// # Errors
    /// A name that is not known, or a value that it cannot take.
    pub fn set(&mut self, name: &str, value: &str) -> Result<(), ParameterError> {
        let refuse =
            |expected: &str| ParameterError { found: value.to_owned(), expected: expected.to_owned() };
        let number = |expected: &str| {
            value.trim().parse::<f32>().ok().filter(|n| n.is_finite()).ok_or_else(|| refuse(expected))
        };
        let millimetres = |[least, most]: [f32; 2]| {
            let expected = format!("millimetres from {least} to {most}");
            number(&expected).and_then(|mm| {
                if (least..=most).contains(&mm) { Ok(mm * MM) } else { Err(refuse(&expected)) }
            })
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
                self.size = Size { width: width as f32, height: Some(height as f32), on_paper: false };
            }
            "width" => {
                self.size.width = number("a number of pixels")?;
                self.size.on_paper = false;
            }
            "height" => {
                self.size.height = Some(number("a number of pixels")?);
                self.size.on_paper = false;
            }
            "width-mm" => {
                self.size = Size { width: millimetres(PAPER_WIDTHS)?, height: None, on_paper: true };
            }
            "height-mm" => {
                if !self.size.on_paper {
                    return Err(refuse("it beside width-mm or a preset for paper: a page has one measure"));
                }
                self.size.height = Some(millimetres(PAPER_HEIGHTS)?);
            }
            "scale" => self.scale = number("a number from 1 to 4")?,
            "dpi" => {
                let inch = self.size.inch();
                let expected = format!("dots an inch from {inch} to {}", 4.0 * inch);
                let scale = number(&expected)? / inch;
                if !(1.0..=4.0).contains(&scale) {
                    return Err(refuse(&expected));
                }
                self.scale = scale;
            }
            "theme" => {
                self.theme = Theme::named(value).ok_or_else(|| refuse("light, dark, grey or print"))?
            }
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
    fn a_page_is_set_whatever_the_order_of_its_words() {
        let options = |given: &[(&'static str, &'static str)]| {
            let mut options = MapOptions::default();
            options
                .set_all(given.iter().copied())
                .map(|()| options)
                .map_err(|(name, error)| format!("{name}: {error}"))
        };
        let page = |given: &[(&'static str, &'static str)]| {
            let options = options(given).unwrap();
            let mm = |px: f32| (px / MM).round();
            (
                mm(options.size.width),
                options.size.height.map(mm),
                (options.scale * options.size.inch()).round(),
            )
        };
        assert_eq!(
            page(&[("height-mm", "90"), ("preset", "wide"), ("width-mm", "120")]),
            (120.0, Some(90.0), 300.0)
        );
        assert_eq!(page(&[("preset", "print2")]), (96.0, None, 300.0));
        assert_eq!(
            page(&[("preset", "print2"), ("height-mm", "60"), ("dpi", "150")]),
            (96.0, Some(60.0), 150.0)
        );
        assert_eq!(page(&[("preset", "a4full"), ("width-mm", "150"), ("scale", "2")]), (150.0, None, 240.0));
        let plain = options(&[("height", "500"), ("preset", "article")]).unwrap();
        assert_eq!((plain.size.width, plain.size.height, plain.scale), (660.0, Some(500.0), 1.0));
        for (given, told) in [
            (
                &[("width-mm", "20")][..],
                "width-mm: \"20\" is not understood; expected millimetres from 34 to 600",
            ),
            (
                &[("width-mm", "700")],
                "width-mm: \"700\" is not understood; expected millimetres from 34 to 600",
            ),
            (&[("width-mm", "96"), ("height-mm", "NaN")], "height-mm: \"NaN\" is not understood; expected"),
            (&[("height-mm", "80")], "height-mm: \"80\" is not understood; expected it beside width-mm"),
            (
                &[("width-mm", "96"), ("dpi", "600")],
                "dpi: \"600\" is not understood; expected dots an inch from 120",
            ),
        ] {
            let error = options(given).unwrap_err();
            assert!(error.starts_with(told), "{error}");
        }
        // what a page may measure can be drawn, at the coarsest at least
        let [narrow, _] = PAPER_WIDTHS;
        let [low, _] = PAPER_HEIGHTS;
        let size = Size { width: narrow * MM, height: Some(low * MM), on_paper: true };
        assert!(MapOptions { size, ..MapOptions::default() }.check().is_ok());
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
