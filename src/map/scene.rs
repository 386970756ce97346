//! The finished drawing: paths, fills and placed text in named groups. PNG, SVG, PDF and WebP only translate it.

use super::backdrop::Backdrop;
use super::bend::Bend;
use super::color::Color;
use super::fonts::Face;
use super::metadata::Record;
use super::options::{SvgText, Theme};
use std::sync::Arc;

/// A point on the page, px at 1x, y down.
pub type Point = [f32; 2];

/// A finished drawing.
#[derive(Debug, Clone)]
pub struct Scene {
    /// Width in px at 1x.
    pub width: f32,
    /// Height in px at 1x.
    pub height: f32,
    /// Width and height on paper in px of a 96th of an inch: what was asked for, before it was rounded to whole px.
    pub paper: [f32; 2],
    /// Pixels of the image for each px of the drawing.
    pub scale: f32,
    /// Whether it was laid out for paper: SVG says its size in millimetres, PNG its dots an inch.
    pub on_paper: bool,
    /// Whose colours it has: a PDF of a theme for presses carries inks.
    pub theme: Theme,
    /// What lies under everything.
    pub background: Color,
    /// The base map, over the background and beneath everything else: other scenes may stand on the same.
    pub ground: Arc<Backdrop>,
    /// What is drawn over it, from the bottom up.
    pub groups: Vec<Group>,
    /// Short text alternative.
    pub title: String,
    /// Long text alternative.
    pub description: String,
    /// BCP 47 code of the names on the map; all other words are English.
    pub lang: String,
    /// How an SVG writes its text.
    pub svg_text: SvgText,
    /// What the picture says of itself; a tile says nothing.
    pub record: Option<Record>,
    /// What the drawing came to: for checks and tests.
    pub facts: Facts,
}

impl Scene {
    /// All groups from the bottom up, those of the base map first.
    pub fn all_groups(&self) -> impl Iterator<Item = &Group> {
        self.ground.groups().iter().chain(&self.groups)
    }
}

/// What a drawing came to.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Facts {
    /// The projection's name.
    pub projection: String,
    /// How many insets show details.
    pub insets: usize,
    /// Boxes `[x0, y0, x1, y1]` of story labels, arrows' badges and nodes: nothing may cover or cut them.
    pub kept: Vec<(String, [f32; 4])>,
    /// Labels that found no room.
    pub dropped: Vec<(Role, String)>,
    /// The arrows as they were drawn, of the map and its insets.
    pub arrows: Vec<ArrowFact>,
    /// The frames of insets.
    pub inset_frames: Vec<[f32; 4]>,
    /// The map's own rectangle on the page.
    pub frame: [f32; 4],
    /// Whether words of numbered steps, or numbers in dispute, were left out for want of room.
    pub words_cut: bool,
    /// What a person should know about this drawing.
    pub remarks: Vec<String>,
}

/// An arrow as it was drawn: one for each line, with the trunk that it shares.
#[derive(Debug, Clone, PartialEq)]
pub struct ArrowFact {
    /// The movement's id.
    pub movement: String,
    /// The number of its step.
    pub badge: u32,
    /// The way it takes, px.
    pub line: Vec<Point>,
    /// Half of its width, px.
    pub half_width: f32,
    /// Whether its line has no gaps: said of confirmed movements only.
    pub solid: bool,
    /// Of a ship's arrow: the share that lies on land, 0 to 1.
    pub on_land: Option<f32>,
}

impl ArrowFact {
    /// How long it is, px.
    pub fn length(&self) -> f32 {
        self.line.windows(2).map(|w| (w[1][0] - w[0][0]).hypot(w[1][1] - w[0][1])).sum()
    }
}

/// A named part of the drawing.
#[derive(Debug, Clone, Default)]
pub struct Group {
    /// Its name: `sea`, `land`, `arrows`, ….
    pub name: String,
    /// What it holds, from the bottom up.
    pub items: Vec<Item>,
}

impl Group {
    /// An empty group.
    pub fn new(name: impl Into<String>) -> Self {
        Group { name: name.into(), items: Vec::new() }
    }
}

/// Something drawn.
#[derive(Debug, Clone)]
pub enum Item {
    /// A path, filled or stroked.
    Shape(Shape),
    /// A line of text.
    Text(Text),
    /// A part with a name of its own.
    Group(Group),
}

/// A path with its paint.
#[derive(Debug, Clone, Default)]
pub struct Shape {
    /// Its id, made from the movement or place it draws.
    pub id: Option<String>,
    /// What sort of thing it is, for whoever styles or measures an SVG: `at-sea` is an arrow along a way by sea.
    pub class: Option<&'static str>,
    /// Words of the tooltip and of the text alternative.
    pub title: Option<String>,
    /// The path.
    pub path: Path,
    /// Fill, even-odd.
    pub fill: Option<Color>,
    /// Stroke.
    pub stroke: Option<Stroke>,
}

/// How a path is stroked.
#[derive(Debug, Clone, PartialEq)]
pub struct Stroke {
    /// Colour.
    pub color: Color,
    /// Width in px.
    pub width: f32,
    /// Dash in px, empty for a solid line.
    pub dash: Vec<f32>,
    /// Whether ends (and dots) are round.
    pub round: bool,
}

impl Stroke {
    /// A solid stroke.
    pub fn solid(color: Color, width: f32) -> Self {
        Stroke { color, width, dash: Vec::new(), round: false }
    }
}

/// A path of straight lines and curves.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Path {
    /// Its segments.
    pub segments: Vec<Segment>,
}

/// A piece of a path.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Segment {
    /// Begin anew at a point.
    Move(Point),
    /// A straight line.
    Line(Point),
    /// A quadratic curve: control point, end.
    Quad(Point, Point),
    /// A cubic curve: control points, end.
    Cubic(Point, Point, Point),
    /// Back to where it began.
    Close,
}

impl Path {
    /// Adds an open line.
    pub fn add_line(&mut self, points: &[Point]) {
        for (i, p) in points.iter().enumerate() {
            self.segments.push(if i == 0 { Segment::Move(*p) } else { Segment::Line(*p) });
        }
    }

    /// Adds a closed ring.
    pub fn add_ring(&mut self, points: &[Point]) {
        if !points.is_empty() {
            self.add_line(points);
            self.segments.push(Segment::Close);
        }
    }

    /// An open line.
    pub fn line(points: &[Point]) -> Self {
        let mut path = Path::default();
        path.add_line(points);
        path
    }

    /// A closed ring.
    pub fn ring(points: &[Point]) -> Self {
        let mut path = Path::default();
        path.add_ring(points);
        path
    }

    /// A rectangle from two corners.
    pub fn rect(x0: f32, y0: f32, x1: f32, y1: f32) -> Self {
        Path::ring(&[[x0, y0], [x1, y0], [x1, y1], [x0, y1]])
    }

    /// A circle as four curves.
    pub fn circle(x: f32, y: f32, r: f32) -> Self {
        let k = 0.552_285 * r;
        Path {
            segments: vec![
                Segment::Move([x + r, y]),
                Segment::Cubic([x + r, y + k], [x + k, y + r], [x, y + r]),
                Segment::Cubic([x - k, y + r], [x - r, y + k], [x - r, y]),
                Segment::Cubic([x - r, y - k], [x - k, y - r], [x, y - r]),
                Segment::Cubic([x + k, y - r], [x + r, y - k], [x + r, y]),
                Segment::Close,
            ],
        }
    }

    /// A square around a middle, of twice `half` a side.
    pub fn square(x: f32, y: f32, half: f32) -> Self {
        Path::rect(x - half, y - half, x + half, y + half)
    }

    /// Whether nothing is in it.
    pub fn is_empty(&self) -> bool {
        self.segments.is_empty()
    }
}

/// Which point of a text `x` names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Anchor {
    /// Its start.
    Start,
    /// Its middle.
    Middle,
    /// Its end.
    End,
}

/// What a text is on the map: what must not be lost differs by it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub enum Role {
    /// Words beside the map: title, steps, legend, sources; scale and letters of insets.
    #[default]
    Words,
    /// A place or area of the story.
    Story,
    /// The means and time of an arrow, or the "or" of a fork.
    Arrow,
    /// A country for bearings, or the story's own.
    Country,
    /// A sea, lake, gulf.
    Water,
    /// A town for bearings.
    City,
}

/// A placed line of text.
#[derive(Debug, Clone)]
pub struct Text {
    /// The words.
    pub text: String,
    /// What it is.
    pub role: Role,
    /// Where its anchor stands.
    pub x: f32,
    /// Its baseline.
    pub y: f32,
    /// What `x` names.
    pub anchor: Anchor,
    /// The face.
    pub face: Face,
    /// Size in px.
    pub size: f32,
    /// Colour.
    pub color: Color,
    /// Space added after each letter, px.
    pub tracking: f32,
    /// Colour and width of what sets it off from the map.
    pub halo: Option<(Color, f32)>,
    /// The curve that it stands on, where it is not straight: its middle is that of the curve.
    pub bend: Option<Bend>,
}

impl Text {
    /// The box of its letters, from the height of capitals to the depth of "g": `[x0, y0, x1, y1]`.
    pub fn frame(&self) -> [f32; 4] {
        if let Some(bend) = self.bend {
            return bend.frame(0.74 * self.size, 0.22 * self.size);
        }
        let width = super::fonts::width(self.face, self.size, self.tracking, &self.text);
        let x0 = self.start();
        [x0, self.y - 0.74 * self.size, x0 + width - self.tracking, self.y + 0.22 * self.size]
    }

    /// Where the text starts.
    pub fn start(&self) -> f32 {
        let width = super::fonts::width(self.face, self.size, self.tracking, &self.text);
        match self.anchor {
            Anchor::Start => self.x,
            Anchor::Middle => self.x - width / 2.0,
            Anchor::End => self.x - width,
        }
    }
}
