//! Scale bar and locator globe.

use super::fonts::Face;
use super::ground::{Clipper, Ground};
use super::labels::{LEADING, Lettering, Room, set};
use super::options::Units;
use super::panel::Ink;
use super::scene::{Anchor, Group, Item, Path, Role, Shape, Stroke};
use super::style::Style;
use super::view::{View, point};
use crate::geometry::clip::Frame;
use crate::geometry::projection::Projection;
use geo::Coord;

/// The corners of a frame, as boxes of a size.
fn corners(frame: Frame, w: f64, h: f64, margin: f64) -> [Frame; 4] {
    let (l, r) = (frame.x0 + margin, frame.x1 - margin - w);
    let (t, b) = (frame.y0 + margin, frame.y1 - margin - h);
    [(r, b), (l, b), (r, t), (l, t)].map(|(x, y)| Frame::new(x, y, x + w, y + h))
}

/// The free corner with the least content, or none.
fn corner(room: &Room, view: &View, w: f64, h: f64, margin: f64) -> Option<Frame> {
    corners(view.frame, w, h, margin).into_iter().find(|f| room.clashes(&f.grown(2.0)) == 0)
}

/// A scale bar that is right for this projection at the place where it stands; left out where scale varies
/// too much for a bar to be honest.
pub fn scale_bar(view: &View, units: Units, ink: &Ink, room: &mut Room, wanted_px: f64) -> Option<Group> {
    let reach = view.reach();
    if reach.north - reach.south > 75.0 {
        return None;
    }
    let style = Style::embedded();
    let with = Lettering {
        role: Role::Words,
        face: Face::Regular,
        size: style.text.sources[ink.tier],
        color: ink.palette.label,
        tracking: 0.0,
        halo: (ink.palette.halo, 2.5),
    };
    let row = f64::from(with.size * LEADING) + 9.0;
    let rows = if units == Units::Both { 2.0 } else { 1.0 };
    let room_box = corner(room, view, wanted_px + 30.0, row * rows, 10.0)?;
    let middle = Coord { x: (room_box.x0 + room_box.x1) / 2.0, y: room_box.y1 };
    let here = view.km_per_px(middle);
    let spread: Vec<f64> = [0.1, 0.3, 0.5, 0.7, 0.9]
        .iter()
        .map(|t| view.km_per_px(Coord { x: view.middle().x, y: view.frame.y0 + t * view.frame.height() }))
        .collect();
    let (least, most) = spread.iter().fold((f64::MAX, 0.0f64), |(a, b), v| (a.min(*v), b.max(*v)));
    let suffix = if most / least > 1.15 {
        let lat = view.position(middle)?.lat;
        format!(" at {:.0}°{}", lat.abs(), if lat < 0.0 { "S" } else { "N" })
    } else {
        String::new()
    };
    let mut group = Group::new("scale");
    let mut y = room_box.y1;
    let mut kinds = Vec::new();
    if units != Units::Km {
        kinds.push((1.609_344, "miles"));
    }
    if units != Units::Mi {
        kinds.push((1.0, "km"));
    }
    for (km, unit) in kinds {
        let value = round_125(wanted_px * here / km);
        let width = value * km / here;
        let (x1, x0) = if room_box.x0 > view.middle().x {
            (room_box.x1, room_box.x1 - width)
        } else {
            (room_box.x0 + width, room_box.x0)
        };
        let bar = [[x0, y - 5.0], [x0, y], [x1, y], [x1, y - 5.0]].map(|p| [p[0] as f32, p[1] as f32]);
        for (color, line) in [(ink.palette.halo, 3.5), (ink.palette.label, 1.2)] {
            let stroke = Some(Stroke::solid(color, line));
            group.items.push(Item::Shape(Shape { path: Path::line(&bar), stroke, ..Shape::default() }));
        }
        let words = format!("{} {unit}{suffix}", thousands(value));
        let h = f64::from(with.size * LEADING);
        let frame = Frame::new(x0, y - 4.0 - h, x1, y - 4.0);
        group.items.extend(set(&[words], &with, frame, Anchor::Middle).into_iter().map(Item::Text));
        y -= row;
    }
    room.keep("scale", room_box);
    Some(group)
}

/// The 1-2-5 value nearest below or above.
fn round_125(value: f64) -> f64 {
    let power = libm::pow(10.0, libm::floor(libm::log10(value.max(1e-6))));
    let candidates = [1.0, 2.0, 5.0, 10.0].map(|c| c * power);
    let ratio = |c: f64| libm::fabs(libm::log(c / value));
    candidates.into_iter().min_by(|a, b| ratio(*a).total_cmp(&ratio(*b))).unwrap_or(power)
}

/// "1,000"; fractions as they are.
fn thousands(value: f64) -> String {
    if value < 1.0 {
        return format!("{value}");
    }
    let digits = format!("{value:.0}");
    let mut out = String::new();
    for (i, c) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            out.push(',');
        }
        out.push(c);
    }
    out
}

/// A small globe with the frame outlined, when the frame shows little of the world.
pub fn locator(view: &View, ground: &Ground, ink: &Ink, room: &mut Room, radius: f64) -> Option<Group> {
    let reach = view.reach();
    if reach.east - reach.west > 25.0 || reach.north - reach.south > 25.0 {
        return None;
    }
    let frame = corner(room, view, 2.0 * radius, 2.0 * radius, 10.0)?;
    let middle = view.position(view.middle())?;
    let centre = Coord { x: (frame.x0 + frame.x1) / 2.0, y: (frame.y0 + frame.y1) / 2.0 };
    let tilt = (middle.lat * 0.7).clamp(-60.0, 60.0);
    let globe =
        View { projection: Projection::orthographic(middle.lon, tilt), scale: radius, origin: centre, frame };
    let mut group = Group::new("locator");
    let disc = Path::circle(centre.x as f32, centre.y as f32, radius as f32);
    let palette = ink.palette;
    let halo = Some(Stroke::solid(palette.halo, 4.0));
    group.items.push(Item::Shape(Shape {
        path: disc.clone(),
        fill: Some(palette.sea),
        stroke: halo,
        ..Shape::default()
    }));
    let clipper = Clipper::new(&globe);
    let land = front(ground, &clipper);
    group.items.push(Item::Shape(Shape {
        path: land,
        fill: Some(palette.land_story),
        stroke: Some(Stroke::solid(palette.coast, 0.5)),
        ..Shape::default()
    }));
    group.items.push(Item::Shape(Shape {
        path: disc,
        stroke: Some(Stroke::solid(palette.muted, 1.0)),
        ..Shape::default()
    }));
    let mut outline = Vec::new();
    let f = view.frame;
    let sides = [(f.x0, f.y0), (f.x1, f.y0), (f.x1, f.y1), (f.x0, f.y1), (f.x0, f.y0)];
    for w in sides.windows(2) {
        for i in 0..8 {
            let t = f64::from(i) / 8.0;
            let at = Coord { x: w[0].0 + t * (w[1].0 - w[0].0), y: w[0].1 + t * (w[1].1 - w[0].1) };
            outline.push(point(globe.place(view.position(at)?)));
        }
    }
    let color = ink.actor(0);
    let small = outline.iter().map(|p| p[0]).fold(f32::MIN, f32::max)
        - outline.iter().map(|p| p[0]).fold(f32::MAX, f32::min);
    let shape = if small < 5.0 {
        let c = globe.place(middle);
        Shape { path: Path::circle(c.x as f32, c.y as f32, 3.0), fill: Some(color), ..Shape::default() }
    } else {
        Shape {
            path: Path::ring(&outline),
            fill: Some(color.at(0.2)),
            stroke: Some(Stroke::solid(color, 1.4)),
            ..Shape::default()
        }
    };
    group.items.push(Item::Shape(shape));
    room.keep("locator", frame);
    Some(group)
}

/// Land on the near side of a globe: rings wholly behind it collapse onto the limb and are left out.
fn front(ground: &Ground, clipper: &Clipper) -> Path {
    clipper.polygons(ground.world.land(crate::world::Band::Coarse))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scale_bars_have_round_numbers() {
        assert_eq!(
            [round_125(137.0), round_125(1600.0), round_125(0.34), round_125(8.0)],
            [100.0, 2000.0, 0.5, 10.0]
        );
        assert_eq!((thousands(1000.0), thousands(0.5)), ("1,000".to_owned(), "0.5".to_owned()));
    }
}
