//! The tokens of every theme: told apart by every eye, in grey, on every ground; and what a press makes of them.

use dateline::map::{Color, INK_LIMIT, Inks, Palette, Style, Theme};
use dateline::movements::Class;
use palette::color_difference::{Ciede2000, Wcag21RelativeContrast};
use palette::white_point::D65;
use palette::{FromColor, Lab, LinSrgb, Srgb, Xyz};

/// How far apart the colours of actors must be (CIEDE2000); 10 are seen at a glance, side by side.
const ACTORS_APART: f64 = 20.0;
/// How far the grey of "others" must be from them: it stands for nobody in particular, and labels name it.
const OTHERS_APART: f64 = 15.0;
/// WCAG 2.2, 1.4.3 and 1.4.11.
const TEXT_CONTRAST: f64 = 4.5;
const GRAPHIC_CONTRAST: f64 = 3.0;

/// Full colour blindness (Machado, Oliveira and Fernandes 2009, severity 1.0), for linear sRGB.
const EYES: [(&str, [[f64; 3]; 3]); 4] = [
    ("all cones", [[1.0, 0.0, 0.0], [0.0, 1.0, 0.0], [0.0, 0.0, 1.0]]),
    (
        "protanopia",
        [
            [0.152_286, 1.052_583, -0.204_868],
            [0.114_503, 0.786_281, 0.099_216],
            [-0.003_882, -0.048_116, 1.051_998],
        ],
    ),
    (
        "deuteranopia",
        [
            [0.367_322, 0.860_646, -0.227_968],
            [0.280_085, 0.672_501, 0.047_413],
            [-0.011_820, 0.042_940, 0.968_881],
        ],
    ),
    (
        "tritanopia",
        [
            [1.255_528, -0.076_749, -0.178_779],
            [-0.078_411, 0.930_809, 0.147_602],
            [0.004_733, 0.691_367, 0.303_900],
        ],
    ),
];

fn srgb(color: Color) -> Srgb<f64> {
    Srgb::new(color.r, color.g, color.b).into_format()
}

fn lab(color: LinSrgb<f64>) -> Lab<D65, f64> {
    Lab::from_color(color)
}

/// A colour as an eye sees it.
fn seen(color: Color, eye: &[[f64; 3]; 3]) -> Lab<D65, f64> {
    let linear = srgb(color).into_linear();
    let from = [linear.red, linear.green, linear.blue];
    let [r, g, b] = eye.map(|row| row.iter().zip(from).map(|(a, c)| a * c).sum::<f64>().clamp(0.0, 1.0));
    lab(LinSrgb::new(r, g, b))
}

fn lightness(color: Color) -> f64 {
    lab(srgb(color).into_linear()).l
}

fn contrast(one: Color, other: Color) -> f64 {
    srgb(one).relative_contrast(srgb(other))
}

fn palettes() -> impl Iterator<Item = (&'static str, &'static Palette)> {
    Theme::ALL.into_iter().map(|theme| (theme.name(), Style::embedded().palette(theme)))
}

fn pairs<T: Copy>(of: &[T]) -> Vec<(T, T)> {
    of.iter().enumerate().flat_map(|(at, one)| of[at + 1..].iter().map(|other| (*one, *other))).collect()
}

#[test]
fn actors_are_told_apart_by_every_eye() {
    let mut tried = 0;
    for (theme, palette) in palettes().filter(|(_, palette)| !palette.is_grey()) {
        for (name, eye) in &EYES {
            let apart = |one, other| seen(one, eye).difference(seen(other, eye));
            for (one, other) in pairs(&palette.actors) {
                let far = apart(one, other);
                assert!(far >= ACTORS_APART, "{theme}, {name}: {} and {}: {far:.1}", one.hex(), other.hex());
                tried += 1;
            }
            for actor in &palette.actors {
                let far = apart(*actor, palette.other);
                assert!(far >= OTHERS_APART, "{theme}, {name}: {} and others: {far:.1}", actor.hex());
            }
        }
    }
    assert_eq!(tried, 3 * 4 * 3);
}

/// The theme `grey` promises greys a tenth of all lightness apart, for others too; coloured themes only that a
/// copier does not make two actors one.
#[test]
fn actors_are_told_apart_in_grey() {
    for (theme, palette) in palettes() {
        let mut actors = palette.actors.clone();
        let least = if palette.is_grey() {
            actors.push(palette.other);
            13.0
        } else {
            8.0
        };
        for (one, other) in pairs(&actors) {
            let far = (lightness(one) - lightness(other)).abs();
            assert!(far >= least, "{theme}: {} and {} are {far:.1} L* apart", one.hex(), other.hex());
        }
    }
}

/// How much of a line is inked is what is left of a dash in bad print: 100, 78, 53 and 33 %.
#[test]
fn classes_are_told_apart_by_their_ink() {
    let style = Style::embedded();
    let share = |class| match style.class(class).dash[..] {
        [] => 1.0,
        // dots as wide as the line
        [0.0, gap] => std::f32::consts::FRAC_PI_4 / gap,
        [ink, gap] => ink / (ink + gap),
        ref other => panic!("{other:?} is no dash of the four classes"),
    };
    let shares = [Class::Confirmed, Class::Reported, Class::Planned, Class::Possible].map(share);
    for step in shares.windows(2) {
        assert!(step[0] - step[1] >= 0.15, "{shares:?}");
    }
}

/// Coasts, borders and rivers are context and quiet on purpose; what tells the story is not.
#[test]
fn everything_that_tells_the_story_stands_out_from_every_ground() {
    for (theme, palette) in palettes() {
        let grounds = [palette.sea, palette.lake, palette.land, palette.land_story, palette.page];
        let check = |what: &str, color: Color, on: Color, least: f64| {
            let found = contrast(color, on);
            assert!(found >= least, "{theme}: {what} {} on {}: {found:.2}", color.hex(), on.hex());
        };
        for ground in grounds {
            for (what, text) in [
                ("title", palette.title),
                ("label", palette.label),
                ("muted", palette.muted),
                ("water", palette.water),
            ] {
                check(what, text, ground, TEXT_CONTRAST);
            }
            for actor in palette.actors.iter().chain([&palette.other]) {
                check("actor", *actor, ground, GRAPHIC_CONTRAST);
            }
            for overlay in &palette.overlays {
                check("overlay", *overlay, ground, GRAPHIC_CONTRAST);
            }
            // a halo does not make a letter less clear
            check("label on its halo", palette.label, palette.halo.over(ground), TEXT_CONTRAST);
        }
        for actor in palette.actors.iter().chain([&palette.other]) {
            check("a badge's number", palette.badge_text, *actor, TEXT_CONTRAST);
        }
        check("a node's edge", palette.label, palette.node, GRAPHIC_CONTRAST);
    }
}

// ── Inks ──

/// What full inks give on coated paper, CIE XYZ beside the paper's white (FOGRA39L): none, C, M, CM, Y, CY, MY, CMY, and
/// the same with black.
const PRIMARIES: [[f64; 3]; 16] = [
    [1.0, 1.0, 1.0],
    [0.1778, 0.2617, 0.7087],
    [0.3910, 0.1916, 0.2013],
    [0.0671, 0.0468, 0.2101],
    [0.8188, 0.8464, 0.0944],
    [0.0966, 0.2102, 0.0904],
    [0.3575, 0.1828, 0.0308],
    [0.0433, 0.0434, 0.0420],
    [0.0239, 0.0240, 0.0232],
    [0.0108, 0.0135, 0.0240],
    [0.0191, 0.0135, 0.0119],
    [0.0117, 0.0099, 0.0145],
    [0.0218, 0.0233, 0.0110],
    [0.0105, 0.0150, 0.0114],
    [0.0185, 0.0150, 0.0087],
    [0.0110, 0.0111, 0.0093],
];
/// How much wider than meant dots of 50 % come out (ISO 12647-2:2004, curves A and B).
const GAIN: [f64; 4] = [0.13, 0.13, 0.13, 0.16];

/// The colour that inks give beside the paper's white: the primaries by the paper that each covers (Neugebauer 1937,
/// Demichel's shares).
fn printed(inks: Inks) -> Lab<D65, f64> {
    let cover = |(ink, gain): (&u8, f64)| {
        let a = f64::from(*ink) / 100.0;
        a + 4.0 * gain * a * (1.0 - a)
    };
    let cover: Vec<f64> = inks.0.iter().zip(GAIN).map(cover).collect();
    let mut xyz = [0.0; 3];
    for (which, primary) in PRIMARIES.iter().enumerate() {
        let share: f64 = (cover.iter().enumerate())
            .map(|(ink, a)| if which >> ink & 1 == 1 { *a } else { 1.0 - *a })
            .product();
        xyz.iter_mut().zip(primary).for_each(|(sum, part)| *sum += share * part);
    }
    // the paper's white is the screen's; what a screen cannot show it shows as near as it can
    let white = Xyz::<D65, f64>::from_color(LinSrgb::new(1.0, 1.0, 1.0));
    let shown =
        LinSrgb::from_color(Xyz::<D65, f64>::new(xyz[0] * white.x, xyz[1] * white.y, xyz[2] * white.z));
    lab(LinSrgb::new(shown.red.clamp(0.0, 1.0), shown.green.clamp(0.0, 1.0), shown.blue.clamp(0.0, 1.0)))
}

fn of_press() -> Vec<(&'static str, Color, Inks)> {
    let style = Style::embedded();
    let colors = style.palette(Theme::Print).tokens();
    let inks = style.inks[Theme::Print.name()].tokens();
    assert_eq!(colors.len(), inks.len());
    colors.into_iter().zip(inks).map(|((name, color), (_, inks))| (name, color, inks)).collect()
}

/// The measured colours are finer than the model; it is the model that is off by up to 3.1.
#[test]
fn the_print_theme_shows_on_screens_what_its_inks_give() {
    for (name, color, inks) in of_press() {
        let far = lab(srgb(color).into_linear()).difference(printed(inks));
        assert!(far < 3.5, "{name}: {} and {inks:?} are {far:.1} apart", color.hex());
    }
}

#[test]
fn letters_are_black_ink_alone_and_paper_takes_all() {
    for (name, color, inks) in of_press() {
        assert!(inks.total() <= INK_LIMIT, "{name}: {} %", inks.total());
        assert_eq!(color.a, 255, "{name} is opaque");
        if matches!(name, "title" | "label" | "muted" | "rule" | "other") {
            assert_eq!(inks.0[..3], [0, 0, 0], "{name}");
        }
    }
    let press = Style::embedded().press(Theme::Print).unwrap();
    let color = |r, g, b| Color { r, g, b, a: 255 };
    // what no table names: its grey goes to black
    assert_eq!(press.inks(color(0, 0, 0)), Inks([0, 0, 0, 100]));
    assert_eq!(press.inks(color(128, 128, 128)), Inks([0, 0, 0, 50]));
    assert_eq!(press.inks(color(255, 255, 255)), Inks([0, 0, 0, 0]));
    assert_eq!(press.inks(color(200, 100, 0)), Inks([0, 50, 100, 22]));
    for r in (0..=255).step_by(5) {
        for g in (0..=255).step_by(5) {
            for b in [0, 1, 100, 255] {
                assert!(press.inks(color(r, g, b)).total() <= INK_LIMIT);
            }
        }
    }
    assert!(Style::embedded().press(Theme::Light).is_none());
}

#[test]
fn inks_beyond_what_paper_takes_are_told() {
    assert!(Inks::try_from([100, 100, 100, 0]).is_ok());
    assert!(Inks::try_from([100, 100, 90, 20]).unwrap_err().contains("310 %"));
    assert!(Inks::try_from([101, 0, 0, 0]).unwrap_err().contains("0 to 100"));
}
