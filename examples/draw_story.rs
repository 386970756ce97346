//! Draws a story from its JSON: `draw_story STORY.json PRESET THEME OUT.png|OUT.svg|OUT.pdf|OUT.webp`.

use dateline::map::{self, MapOptions, Size, Theme};
use dateline::story::Story;

fn main() -> anyhow::Result<()> {
    let arguments: Vec<String> = std::env::args().collect();
    let [_, story, preset, theme, out] = arguments.as_slice() else {
        anyhow::bail!("usage: draw_story STORY.json PRESET THEME OUT.png|OUT.svg|OUT.pdf|OUT.webp");
    };
    let story = Story::from_json(serde_json::from_str(&std::fs::read_to_string(story)?)?)?;
    let options = MapOptions {
        size: Size::preset(preset).ok_or_else(|| anyhow::anyhow!("{preset:?} is not a preset"))?,
        theme: Theme::named(theme).ok_or_else(|| anyhow::anyhow!("{theme:?} is not a theme"))?,
        ..MapOptions::default()
    };
    let scene = map::draw(&story, &options)?;
    let bytes = match out.rsplit('.').next() {
        Some("svg") => map::svg::render(&scene).into_bytes(),
        Some("pdf") => map::pdf::render(&scene),
        Some("webp") => map::webp::render(&scene),
        _ => map::png::render(&scene),
    };
    std::fs::write(out, bytes)?;
    Ok(())
}
