//! Draws a sea route over plain land, to look at where it goes.
//!
//! `cargo run --release --example draw_route -- Wonsan Vladivostok route.png [AVOID,…]`

use std::error::Error;

use dateline::gazetteer::{Gazetteer, Query};
use dateline::geometry::LonLat;
use dateline::movements::Mode;
use dateline::routes::{self, RouteOptions};
use dateline::world::{Band, World};
use tiny_skia::{Color, FillRule, Paint, PathBuilder, Pixmap, Stroke, Transform};

const WIDTH: f64 = 1200.0;

#[allow(clippy::print_stdout)]
fn main() -> Result<(), Box<dyn Error>> {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let [from, to, file, ..] = &args[..] else { return Err("expected FROM TO FILE [AVOID,…]".into()) };
    let avoid = args.get(3).map_or_else(Vec::new, |list| list.split(',').map(str::to_owned).collect());
    let options = RouteOptions { avoid };
    let route = routes::route_with(position(from)?, position(to)?, Mode::Sea, &options)?;
    println!("{from} – {to}: {:.0} km", route.length_km);

    // Longitudes run on past 180°, from the first point on.
    let mut line: Vec<(f64, f64)> = Vec::new();
    for point in route.lines.iter().flat_map(|line| line.coords()) {
        let last = line.last().map_or(point.x, |last| last.0);
        line.push((point.x + 360.0 * ((last - point.x) / 360.0).round(), point.y));
    }
    let range = |values: &mut dyn Iterator<Item = f64>| {
        values.fold((f64::MAX, f64::MIN), |(least, most), value| (least.min(value), most.max(value)))
    };
    let (west, east) = range(&mut line.iter().map(|point| point.0));
    let (south, north) = range(&mut line.iter().map(|point| point.1));
    let room = 0.08 * (east - west).max(north - south) + 0.2;
    let (west, east, south, north) = (west - room, east + room, south - room, north + room);
    let narrow = ((south + north) / 2.0).to_radians().cos();
    let scale = WIDTH / ((east - west) * narrow).max(north - south);
    let (width, height) = ((east - west) * narrow * scale, (north - south) * scale);
    let mut map = Pixmap::new(width as u32 + 1, height as u32 + 1).ok_or("nothing to draw")?;
    map.fill(Color::from_rgba8(215, 230, 240, 255));
    let at = |x: f64, y: f64| (((x - west) * narrow * scale) as f32, ((north - y) * scale) as f32);

    let mut paint = Paint::default();
    let draw = |points: &mut dyn Iterator<Item = (f64, f64)>, path: &mut PathBuilder| {
        for (number, (x, y)) in points.enumerate() {
            let (x, y) = at(x, y);
            if number == 0 { path.move_to(x, y) } else { path.line_to(x, y) }
        }
    };
    for turn in [-360.0, 0.0, 360.0] {
        let mut land = PathBuilder::new();
        for polygon in World::embedded()?.land(Band::Fine) {
            for ring in std::iter::once(polygon.exterior()).chain(polygon.interiors()) {
                draw(&mut ring.coords().map(|point| (point.x + turn, point.y)), &mut land);
                land.close();
            }
        }
        paint.set_color_rgba8(196, 188, 170, 255);
        if let Some(land) = land.finish() {
            map.fill_path(&land, &paint, FillRule::EvenOdd, Transform::identity(), None);
        }
    }
    let mut path = PathBuilder::new();
    draw(&mut line.iter().copied(), &mut path);
    paint.set_color_rgba8(190, 20, 40, 255);
    let stroke = Stroke { width: 2.0, ..Stroke::default() };
    if let Some(path) = path.finish() {
        map.stroke_path(&path, &paint, &stroke, Transform::identity(), None);
    }
    Ok(map.save_png(file)?)
}

fn position(name: &str) -> Result<LonLat, Box<dyn Error>> {
    let gazetteer = Gazetteer::embedded()?;
    let query = Query { name: name.to_owned(), limit: 1, ..Query::default() };
    let hit = gazetteer.search(&query).into_iter().next().ok_or_else(|| format!("{name} is not known"))?;
    Ok(gazetteer.entry(hit.entry).position)
}
