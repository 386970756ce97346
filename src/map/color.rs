//! A colour with opacity.

use serde::Deserialize;

/// Least contrast of text with what lies under it (WCAG 2.2, 1.4.3).
pub const TEXT_CONTRAST: f64 = 4.5;
/// Least contrast of lines and marks (WCAG 2.2, 1.4.11).
pub const GRAPHIC_CONTRAST: f64 = 3.0;

/// Red, green, blue and opacity, 0 to 255, not premultiplied.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Deserialize)]
#[serde(try_from = "String")]
pub struct Color {
    /// Red.
    pub r: u8,
    /// Green.
    pub g: u8,
    /// Blue.
    pub b: u8,
    /// Opacity.
    pub a: u8,
}

impl TryFrom<String> for Color {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        let wrong = || format!("{text:?} is not a colour: expected #RRGGBB or #RRGGBBAA");
        let digits = text.strip_prefix('#').filter(|d| d.is_ascii()).ok_or_else(wrong)?;
        let byte = |at: usize| {
            digits.get(at..at + 2).and_then(|pair| u8::from_str_radix(pair, 16).ok()).ok_or_else(wrong)
        };
        match digits.len() {
            6 => Ok(Color { r: byte(0)?, g: byte(2)?, b: byte(4)?, a: 255 }),
            8 => Ok(Color { r: byte(0)?, g: byte(2)?, b: byte(4)?, a: byte(6)? }),
            _ => Err(wrong()),
        }
    }
}

impl Color {
    /// The same colour at another opacity, 0 to 1.
    pub fn at(self, opacity: f32) -> Self {
        Color { a: (opacity.clamp(0.0, 1.0) * 255.0).round() as u8, ..self }
    }

    /// `#rrggbb`, without the opacity.
    pub fn hex(self) -> String {
        format!("#{:02x}{:02x}{:02x}", self.r, self.g, self.b)
    }

    /// Opacity, 0 to 1.
    pub fn opacity(self) -> f32 {
        f32::from(self.a) / 255.0
    }

    /// Contrast ratio of two opaque colours (WCAG 2.2), 1 to 21.
    pub fn contrast(self, other: Color) -> f64 {
        let (a, b) = (self.luminance(), other.luminance());
        (a.max(b) + 0.05) / (a.min(b) + 0.05)
    }

    /// The colour that shows where this one, with its opacity, lies over an opaque one.
    pub fn over(self, ground: Color) -> Self {
        let mix = |c: u8, g: u8| {
            (f32::from(c) * self.opacity() + f32::from(g) * (1.0 - self.opacity())).round() as u8
        };
        Color { r: mix(self.r, ground.r), g: mix(self.g, ground.g), b: mix(self.b, ground.b), a: 255 }
    }

    /// The grey of the same weight (Rec. 601 luma, as broadcast has it).
    pub fn grey(self) -> Self {
        let luma = 0.299 * f32::from(self.r) + 0.587 * f32::from(self.g) + 0.114 * f32::from(self.b);
        let v = luma.round() as u8;
        Color { r: v, g: v, b: v, ..self }
    }

    /// How far two colours seem apart, 0 to 765: weighted by the mean of red (Riemersma's formula).
    pub fn distance(self, other: Color) -> f64 {
        let mean = (f64::from(self.r) + f64::from(other.r)) / 2.0;
        let d = |a: u8, b: u8| (f64::from(a) - f64::from(b)).powi(2);
        let red = (2.0 + mean / 256.0) * d(self.r, other.r);
        let blue = (2.0 + (255.0 - mean) / 256.0) * d(self.b, other.b);
        (red + 4.0 * d(self.g, other.g) + blue).sqrt()
    }

    fn luminance(self) -> f64 {
        let linear = |c: u8| {
            let c = f64::from(c) / 255.0;
            if c <= 0.03928 { c / 12.92 } else { libm::pow((c + 0.055) / 1.055, 2.4) }
        };
        0.2126 * linear(self.r) + 0.7152 * linear(self.g) + 0.0722 * linear(self.b)
    }
}
