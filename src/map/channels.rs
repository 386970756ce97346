//! Channels: where a ship goes by a river, canal or strait that the base map's land covers, that land is opened along
//! its way, as cartographers widen narrow waters that matter.
//!
//! In go the ways of a view's ships, as drawn and as the routes know them; out come strokes of water with a coast on
//! both sides. Nothing is opened where the route itself does not lie on water.

use super::arrows::{self, Line};
use super::ground::{self, Ground};
use super::scene::{Group, Item, Path, Shape, Stroke};
use super::style::{Palette, Style};
use super::view::{View, point};
use super::wake::Wake;
use crate::geometry::simplify;
use crate::layers::MovementFeature;
use geo::Coord;

/// The class of a channel in an SVG.
const CLASS: &str = "channel";
/// How much wider than its arrow a channel is, px: the arrow's casing and a rim of water on both sides.
const RIM: f32 = 6.0;
/// A drawn way is smoother than its route: it may lie so far from it and still be seen as the same, px.
const ASIDE: f64 = 3.0;
/// Channels with no more land or sea between them are one; land that is passed in fewer is left, px.
const GAP: usize = 6;
const LEAST: usize = 2;

/// A ship's way in a view.
pub struct Way<'f> {
    /// What goes.
    pub feature: &'f MovementFeature,
    /// As it is drawn.
    pub line: Line,
    /// Width of its arrow, px.
    pub width: f32,
}

/// What opens the land of a view for these ways, to be laid over its base map.
pub fn open(ground: &Ground, view: &View, palette: &Palette, ways: &[Way]) -> Group {
    let coast = Style::embedded().line.coast;
    let mut channels: Vec<Channel> = Vec::new();
    for way in ways {
        let samples = arrows::evenly(&way.line, 1.0);
        let opened = opened(ground, view, way.feature, &samples);
        let width = way.width + RIM;
        // Past its mouths a channel's water joins that of the sea.
        let mouth = (f64::from(width) / 2.0) as usize;
        for [first, last] in runs(&opened) {
            let past = samples.len() - 1;
            channels.push(Channel {
                shore: samples[first..=last].to_vec(),
                water: samples[first.saturating_sub(mouth)..=(last + mouth).min(past)].to_vec(),
                width,
            });
        }
    }
    let stroke = |line: &[Coord<f64>], color, width| {
        let points: Vec<_> = simplify::line(line, ground::TOLERANCE).into_iter().map(point).collect();
        let stroke = Some(Stroke::solid(color, width));
        Item::Shape(Shape { class: Some(CLASS), path: Path::line(&points), stroke, ..Shape::default() })
    };
    // All shores first: where two channels meet, neither closes the other.
    let shores = channels.iter().map(|c| stroke(&c.shore, palette.coast, c.width + 2.0 * coast));
    let mut group = Group::new("channels");
    group.items.extend(shores);
    group.items.extend(channels.iter().map(|c| stroke(&c.water, palette.sea, c.width)));
    group
}

/// A stretch of opened land.
struct Channel {
    /// Along its coasts.
    shore: Line,
    /// The same and a little more at both ends.
    water: Line,
    /// Of the water, px.
    width: f32,
}

/// For each of the samples of a way: whether land covers it although its route lies on water there.
fn opened(ground: &Ground, view: &View, feature: &MovementFeature, samples: &[Coord<f64>]) -> Vec<bool> {
    let Some(wake) = Wake::of(feature, view, ground.world.water_grid()) else { return Vec::new() };
    let is_dry = ground::dry(ground, view, samples);
    let is_afloat = |at| wake.beside(at).is_some_and(|(far, is_afloat)| is_afloat && far <= ASIDE);
    samples.iter().zip(is_dry).map(|(&at, is_dry)| is_dry && is_afloat(at)).collect()
}

/// First and last of each run, those that all but touch taken together; short ones are none.
fn runs(opened: &[bool]) -> Vec<[usize; 2]> {
    let mut runs: Vec<[usize; 2]> = Vec::new();
    for at in (0..opened.len()).filter(|&at| opened[at]) {
        match runs.last_mut() {
            Some(run) if at - run[1] <= GAP => run[1] = at,
            _ => runs.push([at, at]),
        }
    }
    runs.retain(|run| run[1] - run[0] >= LEAST);
    runs
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn runs_that_all_but_touch_are_one() {
        let opened: Vec<bool> = "..###..##......#........####".chars().map(|c| c == '#').collect();
        assert_eq!(runs(&opened), [[2, 8], [24, 27]]);
    }
}
