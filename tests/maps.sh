#!/bin/sh
# Draws our reports with arrows in six sizes, letters as outlines, and measures the pictures: maps.sh PROGRAM FOLDER.
set -eu
program=$1
folder=$2
cd "$(dirname "$0")/.."
mkdir -p "$folder/stories"
for preset in wide article phone square og print2; do
    mkdir -p "$folder/$preset"
done
for report in examples/*.md tests/reports/*.md; do
    name=$(basename "$report" .md)
    story=$folder/stories/$name.json
    "$program" read "$report" --quiet > "$story"
    for preset in wide article phone square og print2; do
        svg=$folder/$preset/$name.svg
        "$program" map "$story" -o "$svg" --preset "$preset" --font outline --quiet
        # what has no arrow has little to measure
        grep -q 'id="\(inset-\(b-\)\{0,1\}\)\{0,1\}arrow-' "$svg" || rm "$svg"
    done
done
python3 tests/maps.py "$folder"
