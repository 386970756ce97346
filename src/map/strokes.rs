//! A stroke as the outline of what it covers: a path and a pen in, a path to be filled (non-zero) out.
//!
//! `tiny-skia-path` widens and dashes: it takes nothing but roots of its numbers, so that the outline is the same on
//! every processor.

use super::scene::{Path, Point, Segment};
use tiny_skia_path::{LineCap, LineJoin, PathBuilder, PathSegment, StrokeDash};

/// A pen; it turns round at corners.
#[derive(Clone, Copy)]
pub(super) struct Pen<'d> {
    /// Width in px of the path.
    pub width: f32,
    /// Dash in px, empty for a solid line.
    pub dash: &'d [f32],
    /// Whether ends are round.
    pub round: bool,
}

/// The outline of what a pen covers along a path; none where nothing is covered. `scale` is how many pixels of the image
/// are one of the path: curves are made as fine as that needs.
pub(super) fn outline(path: &Path, pen: Pen, scale: f32) -> Option<Path> {
    let line = tiny_skia_path::Stroke {
        width: pen.width,
        line_cap: if pen.round { LineCap::Round } else { LineCap::Butt },
        line_join: LineJoin::Round,
        ..tiny_skia_path::Stroke::default()
    };
    let path = to_skia(path)?;
    let dash = if pen.dash.is_empty() { None } else { StrokeDash::new(pen.dash.to_vec(), 0.0) };
    let covered = match dash {
        Some(dash) => path.dash(&dash, scale)?.stroke(&line, scale),
        None => path.stroke(&line, scale),
    };
    covered.map(|covered| from_skia(&covered))
}

fn to_skia(path: &Path) -> Option<tiny_skia_path::Path> {
    let mut builder = PathBuilder::with_capacity(path.segments.len(), path.segments.len() * 2);
    for segment in &path.segments {
        match *segment {
            Segment::Move([x, y]) => builder.move_to(x, y),
            Segment::Line([x, y]) => builder.line_to(x, y),
            Segment::Quad([x1, y1], [x, y]) => builder.quad_to(x1, y1, x, y),
            Segment::Cubic([x1, y1], [x2, y2], [x, y]) => builder.cubic_to(x1, y1, x2, y2, x, y),
            Segment::Close => builder.close(),
        }
    }
    builder.finish()
}

fn from_skia(path: &tiny_skia_path::Path) -> Path {
    let at = |p: tiny_skia_path::Point| -> Point { [p.x, p.y] };
    let segments = path.segments().map(|segment| match segment {
        PathSegment::MoveTo(p) => Segment::Move(at(p)),
        PathSegment::LineTo(p) => Segment::Line(at(p)),
        PathSegment::QuadTo(c, p) => Segment::Quad(at(c), at(p)),
        PathSegment::CubicTo(c, d, p) => Segment::Cubic(at(c), at(d), at(p)),
        PathSegment::Close => Segment::Close,
    });
    Path { segments: segments.collect() }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SOLID: Pen = Pen { width: 4.0, dash: &[], round: false };

    #[test]
    fn a_line_becomes_the_rectangle_that_it_covers() {
        let line = Path::line(&[[10.0, 5.0], [30.0, 5.0]]);
        let corners = |path: &Path| -> Vec<Point> {
            let of = |segment: &Segment| match *segment {
                Segment::Move(p) | Segment::Line(p) => Some(p),
                _ => None,
            };
            path.segments.iter().filter_map(of).collect()
        };
        let solid = corners(&outline(&line, SOLID, 1.0).unwrap());
        for corner in [[10.0, 3.0], [30.0, 3.0], [30.0, 7.0], [10.0, 7.0]] {
            assert!(solid.contains(&corner), "{corner:?} is not among {solid:?}");
        }
        let dashed = outline(&line, Pen { dash: &[5.0, 5.0], ..SOLID }, 1.0).unwrap();
        let moves = dashed.segments.iter().filter(|segment| matches!(segment, Segment::Move(_))).count();
        assert_eq!(moves, 2, "20 px hold two dashes of 5 with gaps of 5: {dashed:?}");
    }

    #[test]
    fn what_covers_nothing_has_no_outline() {
        assert_eq!(outline(&Path::default(), SOLID, 1.0), None);
    }
}
