//! Placing names: greedy by priority, eight positions around a point, nothing over anything that matters.

use super::arrows::Line;
use super::color::Color;
use super::fonts::{self, Face};
use super::scene::{Anchor, Item, Path, Role, Shape, Stroke, Text};
use super::style::Palette;
use super::view::point;
use crate::geometry::clip::{self, Frame};
use geo::Coord;

/// How a label is written.
#[derive(Debug, Clone)]
pub struct Lettering {
    /// What it names.
    pub role: Role,
    /// The face.
    pub face: Face,
    /// Size in px.
    pub size: f32,
    /// Colour.
    pub color: Color,
    /// Space between letters.
    pub tracking: f32,
    /// What sets it off.
    pub halo: (Color, f32),
}

/// Room on a map: what is taken, and what labels should rather not cross.
#[derive(Debug, Clone)]
pub struct Room {
    /// Where labels may be.
    pub frame: Frame,
    taken: Vec<Frame>,
    lines: Vec<(Line, f64)>,
    /// The box of each line, as wide as that is.
    around: Vec<Frame>,
    /// Story labels and the like: what nothing may cover.
    pub kept: Vec<(String, [f32; 4])>,
}

/// A label with its lines in place.
#[derive(Debug, Clone)]
pub struct Placed {
    /// Its lines.
    pub lines: Vec<Text>,
    /// Its box.
    pub frame: Frame,
    /// A line from what it names, where it stands too far off for that to be seen.
    pub leader: Option<[Coord<f64>; 2]>,
    /// Whether it lies over something: there was no room for it.
    pub is_forced: bool,
}

impl Placed {
    /// Its leader and its lines, to be drawn.
    pub fn into_items(self, palette: &Palette) -> impl Iterator<Item = Item> {
        let leader = self.leader.map(|ends| {
            let path = Path::line(&ends.map(point));
            Item::Shape(Shape { path, stroke: Some(Stroke::solid(palette.muted, 0.8)), ..Shape::default() })
        });
        leader.into_iter().chain(self.lines.into_iter().map(Item::Text))
    }
}

/// How far off a label may stand at the end of a leader, px; and how far where there is no room so near.
const LEADERS: [&[f64]; 2] = [&[24.0, 34.0, 46.0, 60.0], &[80.0, 104.0]];

/// Height of a line of text for its size.
pub const LEADING: f32 = 1.22;

impl Room {
    /// An empty room.
    pub fn new(frame: Frame) -> Self {
        Room { frame, taken: Vec::new(), lines: Vec::new(), around: Vec::new(), kept: Vec::new() }
    }

    /// Takes a box.
    pub fn take(&mut self, frame: Frame) {
        self.taken.push(frame);
    }

    /// Takes a box that nothing may cover, by name.
    pub fn keep(&mut self, name: &str, frame: Frame) {
        self.kept.push((name.to_owned(), frame.into()));
        self.taken.push(frame);
    }

    /// Takes a line with half its width.
    pub fn take_line(&mut self, line: Line, half: f64) {
        self.around.push(Frame::around(&line).grown(half + 2.0));
        self.lines.push((line, half));
    }

    /// How many taken things a box meets.
    pub fn clashes(&self, frame: &Frame) -> usize {
        self.taken.iter().filter(|t| t.meets(frame)).count() + self.lines_over(frame).count()
    }

    /// The lines that cross a box.
    fn lines_over(&self, frame: &Frame) -> impl Iterator<Item = &Line> {
        let near = self.lines.iter().zip(&self.around).filter(|(_, around)| around.meets(frame));
        let crosses = |((line, half), _): &(&(Line, f64), &Frame)| {
            let grown = frame.grown(*half + 1.0);
            line.windows(2).any(|w| clip::segment(w[0], w[1], &grown).is_some())
        };
        near.filter(crosses).map(|((line, _), _)| line)
    }

    /// How bad it is to lie here: over names, nodes and badges worst, over arrows least.
    pub fn harm(&self, frame: &Frame) -> f64 {
        let kept = self.kept.iter().filter(|(_, kept)| frame.meets(&Frame::from(*kept)));
        10.0 * self.clashes(frame) as f64 + 20.0 * kept.count() as f64
    }

    /// Whether a box lies over a name, a node or a badge.
    pub fn covers_kept(&self, frame: &Frame) -> bool {
        self.kept.iter().any(|(_, kept)| frame.meets(&Frame::from(*kept)))
    }

    /// How many names, nodes and badges a straight line would cross, but for those where it begins.
    pub fn struck(&self, from: Coord<f64>, to: Coord<f64>) -> usize {
        let kept = self.kept.iter().map(|(_, kept)| Frame::from(*kept));
        kept.filter(|kept| !kept.contains(from.x, from.y) && clip::segment(from, to, kept).is_some()).count()
    }

    /// Whether a straight line would cross a name or an arrow; the boxes in `but` do not count.
    pub fn crossed_by(&self, a: Coord<f64>, b: Coord<f64>, but: &[Frame]) -> bool {
        self.boxed_by(a, b, but) || self.arrowed_by(a, b)
    }

    /// Whether a leader would run through a box, but for these.
    fn boxed_by(&self, a: Coord<f64>, b: Coord<f64>, but: &[Frame]) -> bool {
        let boxes = self.taken.iter().filter(|t| !but.contains(t));
        boxes.into_iter().any(|t| clip::segment(a, b, t).is_some())
    }

    /// Whether a leader would cross a line.
    fn arrowed_by(&self, a: Coord<f64>, b: Coord<f64>) -> bool {
        let meets = |w: &[Coord<f64>]| {
            let side = |p: Coord<f64>, q: Coord<f64>, r: Coord<f64>| {
                (q.x - p.x) * (r.y - p.y) - (q.y - p.y) * (r.x - p.x)
            };
            side(a, b, w[0]) * side(a, b, w[1]) < 0.0 && side(w[0], w[1], a) * side(w[0], w[1], b) < 0.0
        };
        self.lines.iter().any(|(line, _)| line.windows(2).any(meets))
    }

    /// Whether a box lies in the frame and meets nothing.
    pub fn is_free(&self, frame: &Frame) -> bool {
        let is_taken =
            || self.taken.iter().any(|t| t.meets(frame)) || self.lines_over(frame).next().is_some();
        self.frame.covers(frame) && !is_taken()
    }

    /// A label beside a point that has a radius: upper right, lower right, upper left, lower left, above,
    /// below, right, left (Yoeli's order), then farther out; left and right change places for a name that begins
    /// from the right. When `must`, it stands at the end of a leader, or in the least bad position.
    pub fn beside(
        &mut self,
        at: Coord<f64>,
        radius: f64,
        lines: &[String],
        with: &Lettering,
        must: bool,
    ) -> Option<Placed> {
        let (w, h) = size_of(lines, with);
        let rtl = lines.first().is_some_and(|line| fonts::is_rtl(line));
        let mut best: Option<(f64, Frame, Anchor)> = None;
        for (ring, extra) in [0.0, 6.0, 14.0, 26.0].into_iter().enumerate() {
            let r = radius + 3.0 + extra;
            let d = r * 0.72;
            let mut spots = [
                (at.x + d, at.y - d - h * 0.62, Anchor::Start),
                (at.x + d, at.y + d - h * 0.38, Anchor::Start),
                (at.x - d - w, at.y - d - h * 0.62, Anchor::End),
                (at.x - d - w, at.y + d - h * 0.38, Anchor::End),
                (at.x - w / 2.0, at.y - r - h, Anchor::Middle),
                (at.x - w / 2.0, at.y + r, Anchor::Middle),
                (at.x + r + 2.0, at.y - h / 2.0, Anchor::Start),
                (at.x - r - 2.0 - w, at.y - h / 2.0, Anchor::End),
            ];
            if rtl {
                [(0, 2), (1, 3), (6, 7)].into_iter().for_each(|(a, b)| spots.swap(a, b));
            }
            for (order, (x, y, anchor)) in spots.into_iter().enumerate() {
                let frame = Frame::new(x, y, x + w, y + h);
                if self.is_free(&frame) {
                    return Some(self.put(lines, with, frame, anchor));
                }
                if must {
                    let moved = self.pushed_in(frame);
                    let outside = (moved.x0 - frame.x0).abs() + (moved.y0 - frame.y0).abs();
                    let cost = self.harm(&moved) + ring as f64 + 0.1 * order as f64 + 0.05 * outside;
                    if best.as_ref().is_none_or(|b| cost < b.0) {
                        best = Some((cost, moved, anchor));
                    }
                }
            }
        }
        if must && let Some(placed) = self.led(at, radius, lines, with) {
            return Some(placed);
        }
        let (_, frame, anchor) = best?;
        let is_forced = !self.is_free(&frame);
        Some(Placed { is_forced, ..self.put(lines, with, frame, anchor) })
    }

    /// A label at the end of a leader that crosses nothing.
    fn led(&mut self, at: Coord<f64>, radius: f64, lines: &[String], with: &Lettering) -> Option<Placed> {
        let (w, h) = size_of(lines, with);
        let own: Vec<Frame> = self.taken.iter().filter(|taken| taken.contains(at.x, at.y)).copied().collect();
        let mark = Frame::new(at.x, at.y, at.x, at.y).grown(radius + 1.0);
        let beneath: Vec<Frame> = self.taken.iter().filter(|taken| taken.meets(&mark)).copied().collect();
        // A leader over an arrow is better than a name on it or one far off, and none over it better than that. Where
        // marks crowd, one may leave across those that its own meets, in any direction: better than a name on a name.
        let tries = [
            (&own, LEADERS[0], 24),
            (&own, LEADERS[1], 24),
            (&beneath, LEADERS[0], 72),
            (&beneath, LEADERS[1], 72),
        ];
        let tries = tries.into_iter().flat_map(|(own, lengths, turns)| {
            [false, true]
                .into_iter()
                .flat_map(move |may_cross| lengths.iter().map(move |far| (own, may_cross, *far, turns)))
        });
        for (own, may_cross, far, turns) in tries {
            for turn in 0..turns {
                let share = f64::from(turn) / f64::from(turns);
                let angle = std::f64::consts::TAU * share - std::f64::consts::FRAC_PI_4;
                let direction = Coord { x: libm::cos(angle), y: libm::sin(angle) };
                let foot = |by: f64| Coord { x: at.x + direction.x * by, y: at.y + direction.y * by };
                let end = foot(radius + far);
                // The box touches the leader's end with the side that faces the point.
                let x0 = end.x - w * (1.0 - direction.x) / 2.0;
                let y0 = end.y - h * (1.0 - direction.y) / 2.0;
                let frame = Frame::new(x0, y0, x0 + w, y0 + h);
                let leader = [foot(radius + 1.0), foot(radius + far - 2.0)];
                let [a, b] = leader;
                let is_clear = !self.boxed_by(a, b, own) && (may_cross || !self.arrowed_by(a, b));
                if self.is_free(&frame) && is_clear {
                    let mut placed = self.put(lines, with, frame, Anchor::Start);
                    self.take_line(leader.to_vec(), 1.0);
                    placed.leader = Some(leader);
                    return Some(placed);
                }
            }
        }
        None
    }

    /// A label around a middle, tried at several middles in order.
    pub fn around(
        &mut self,
        middles: impl IntoIterator<Item = Coord<f64>>,
        lines: &[String],
        with: &Lettering,
    ) -> Option<Placed> {
        let (w, h) = size_of(lines, with);
        for m in middles {
            let frame = Frame::new(m.x - w / 2.0, m.y - h / 2.0, m.x + w / 2.0, m.y + h / 2.0);
            if self.is_free(&frame.grown(2.0)) {
                return Some(self.put(lines, with, frame, Anchor::Middle));
            }
        }
        None
    }

    fn pushed_in(&self, frame: Frame) -> Frame {
        let dx = (self.frame.x0 - frame.x0).max(0.0) - (frame.x1 - self.frame.x1).max(0.0);
        let dy = (self.frame.y0 - frame.y0).max(0.0) - (frame.y1 - self.frame.y1).max(0.0);
        Frame::new(frame.x0 + dx, frame.y0 + dy, frame.x1 + dx, frame.y1 + dy)
    }

    fn put(&mut self, lines: &[String], with: &Lettering, frame: Frame, anchor: Anchor) -> Placed {
        self.taken.push(frame.grown(1.5));
        Placed { lines: set(lines, with, frame, anchor), frame, leader: None, is_forced: false }
    }
}

/// Width and height of a label.
pub fn size_of(lines: &[String], with: &Lettering) -> (f64, f64) {
    let width =
        lines.iter().map(|l| fonts::width(with.face, with.size, with.tracking, l)).fold(0.0, f32::max);
    (f64::from(width), f64::from(with.size * LEADING) * lines.len() as f64)
}

/// The lines of a label in its box.
pub fn set(lines: &[String], with: &Lettering, frame: Frame, anchor: Anchor) -> Vec<Text> {
    let x = match anchor {
        Anchor::Start => frame.x0,
        Anchor::Middle => (frame.x0 + frame.x1) / 2.0,
        Anchor::End => frame.x1,
    };
    let step = with.size * LEADING;
    let text = |(i, line): (usize, &String)| Text {
        text: line.clone(),
        role: with.role,
        x: x as f32,
        y: frame.y0 as f32 + step * i as f32 + with.size * 0.94,
        anchor,
        face: with.face,
        size: with.size,
        color: with.color,
        tracking: with.tracking,
        halo: Some(with.halo),
        bend: None,
    };
    lines.iter().enumerate().map(text).collect()
}

/// A name on as many lines as keep it from lying across half of the map, or of an inset.
pub fn name_lines(name: &str, with: &Lettering, frame: &Frame) -> Vec<String> {
    let widest = (0.6 * frame.width()).min(150.0) as f32;
    if fonts::width(with.face, with.size, with.tracking, name) <= widest {
        return vec![name.to_owned()];
    }
    fonts::wrap(with.face, with.size, name, widest)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lettering() -> Lettering {
        let ink = Color { r: 0, g: 0, b: 0, a: 255 };
        let (face, role) = (Face::SemiBold, Role::Story);
        Lettering { role, face, size: 14.0, color: ink, tracking: 0.0, halo: (ink, 3.0) }
    }

    #[test]
    fn names_do_not_lie_over_each_other_or_outside() {
        let mut room = Room::new(Frame::new(0.0, 0.0, 400.0, 300.0));
        let mut placed: Vec<Frame> = Vec::new();
        for i in 0..12 {
            let at = Coord { x: 40.0 + 30.0 * f64::from(i), y: 150.0 };
            if let Some(label) = room.beside(at, 4.5, &["Vladivostok".to_owned()], &lettering(), false) {
                assert!(room.frame.covers(&label.frame));
                assert!(placed.iter().all(|p| !p.meets(&label.frame)));
                placed.push(label.frame);
            }
        }
        assert!(placed.len() >= 8);
    }

    #[test]
    fn a_leader_crosses_an_arrow_rather_than_that_a_name_lies_on_it() {
        let mut room = Room::new(Frame::new(0.0, 0.0, 400.0, 300.0));
        let at = Coord { x: 200.0, y: 150.0 };
        // arrows on all sides, with no room for a name between them
        for y in [109.0, 123.0, 137.0, 163.0, 177.0, 191.0] {
            room.take_line(vec![Coord { x: 60.0, y }, Coord { x: 340.0, y }], 2.0);
        }
        let end = Coord { x: 340.0, ..at };
        room.take_line(vec![Coord { x: 60.0, ..at }, Coord { x: 190.0, ..at }], 2.0);
        room.take_line(vec![Coord { x: 210.0, ..at }, end], 2.0);
        let label = room.beside(at, 4.5, &["Vladivostok".to_owned()], &lettering(), true).unwrap();
        let over = |(line, _): &(Line, f64)| {
            line.windows(2).any(|w| clip::segment(w[0], w[1], &label.frame).is_some())
        };
        assert!(label.leader.is_some());
        assert!(!room.lines.iter().take(8).any(over), "it lies on an arrow: {:?}", label.frame);
    }

    #[test]
    fn a_story_name_is_never_dropped_and_never_cut() {
        let mut room = Room::new(Frame::new(0.0, 0.0, 120.0, 60.0));
        room.take(Frame::new(0.0, 0.0, 120.0, 60.0));
        let label =
            room.beside(Coord { x: 118.0, y: 58.0 }, 4.5, &["Vladivostok".to_owned()], &lettering(), true);
        assert!(room.frame.covers(&label.unwrap().frame));
    }

    #[test]
    fn a_name_from_the_right_stands_at_the_left_of_its_point() {
        let mut room = Room::new(Frame::new(0.0, 0.0, 400.0, 300.0));
        let at = Coord { x: 200.0, y: 150.0 };
        let latin = room.beside(at, 4.5, &["Cairo".to_owned()], &lettering(), false).unwrap();
        assert!(latin.frame.x0 > at.x && latin.lines[0].anchor == Anchor::Start);
        let arabic = room.beside(at, 4.5, &["القاهرة".to_owned()], &lettering(), false).unwrap();
        assert!(arabic.frame.x1 < at.x && arabic.lines[0].anchor == Anchor::End);
    }

    #[test]
    fn a_name_does_not_lie_over_an_arrow() {
        let mut room = Room::new(Frame::new(0.0, 0.0, 400.0, 300.0));
        room.take_line(vec![Coord { x: 100.0, y: 100.0 }, Coord { x: 300.0, y: 60.0 }], 2.0);
        let label =
            room.beside(Coord { x: 100.0, y: 100.0 }, 4.5, &["Wonsan".to_owned()], &lettering(), false);
        let frame = label.unwrap().frame;
        assert!(clip::segment(Coord { x: 100.0, y: 100.0 }, Coord { x: 300.0, y: 60.0 }, &frame).is_none());
    }
}
