#!/usr/bin/env python3
"""Cuts the Noto Sans of other scripts down to the letters that names on maps need.

    python3 geodata/noto-scripts/convert.py DOWNLOADS BUILD

Arabic, Hebrew, Devanagari and Thai keep all letters of their script and what shaping needs; Chinese, Japanese and
Korean keep the characters of the names at hand: BUILD/names.tsv (geodata/names) and BUILD/tables.json (countries and
units). Writes assets/fonts/. Needs fonttools.
"""

import json
import pathlib
import shutil
import sys

from fontTools import subset

HERE = pathlib.Path(__file__).resolve().parent
TARGET = HERE.parents[1] / "assets" / "fonts"
DOWNLOADS = pathlib.Path(sys.argv[1])
BUILD = pathlib.Path(sys.argv[2])

# Letters and marks of the living languages, joiners, the space, the dotted circle that a mark alone stands on.
COMMON = [0x20, 0xA0, 0x200C, 0x200D, 0x25CC]
LETTERS = {
    "Arabic": [*range(0x600, 0x700), 0xFD3E, 0xFD3F],
    "Hebrew": [*range(0x591, 0x5F5), 0x20AA],
    "Devanagari": [*range(0x900, 0x980), 0x20B9],
    "Thai": [*range(0xE00, 0xE60)],
}
FEATURES = (
    "init medi med2 fina fin2 fin3 isol rlig liga calt ccmp locl mark mkmk kern curs dist "
    "nukt akhn rphf rkrf pref blwf half pstf vatu cjct pres abvs blws psts haln abvm blwm cfar"
).split()
EAST = {"SC": "zh", "JP": "ja", "KR": "ko"}


def used(language):
    """The characters beyond Latin of all names in a language."""
    names = [line.rstrip("\n").split("\t") for line in (BUILD / "names.tsv").open(encoding="utf-8")]
    tables = json.loads((BUILD / "tables.json").read_text())
    said = [name for _, lang, name in names if lang == language]
    said += [row["names"].get(language, "") for row in tables["countries"] + tables["units"]]
    letters = {ord(letter) for name in said for letter in name if ord(letter) >= 0x2E80}
    kana = range(0x3041, 0x30FF) if language == "ja" else []
    return sorted(letters.union(kana, range(0x3001, 0x3003), range(0x3008, 0x3010)))


def cut(folder, name, weight, unicodes, features):
    sort = {"Regular": "400Regular", "SemiBold": "600SemiBold"}[weight]
    source = folder / sort / f"NotoSans{name}_{sort}.ttf"
    options = subset.Options(
        layout_features=features, hinting=False, recalc_timestamp=False, notdef_outline=True, name_IDs=[0, 1, 2, 3, 4, 5, 6, 13, 14],
    )
    options.drop_tables += ["DSIG", "STAT", "vhea", "vmtx", "VORG", "BASE"]
    font = subset.load_font(source, options)
    subsetter = subset.Subsetter(options)
    subsetter.populate(unicodes=unicodes)
    subsetter.subset(font)
    out = TARGET / f"NotoSans{name}-{weight}.ttf"
    subset.save_font(font, out, options)
    print(f"{out.name}: {len(font.getGlyphOrder())} glyphs, {out.stat().st_size} bytes")


for name in ["Arabic", "Hebrew", "Devanagari", "Thai", "SC", "JP", "KR"]:
    folder = DOWNLOADS / "unpacked/noto-scripts" / f"@expo-google-fonts-noto-sans-{name.lower()}" / "package"
    for weight in ["Regular", "SemiBold"]:
        if name in EAST:
            cut(folder, name, weight, used(EAST[name]), [])
        else:
            cut(folder, name, weight, COMMON + LETTERS[name], FEATURES)
    licence = "CJK" if name in EAST else name
    shutil.copyfile(folder / "LICENSE_FONT", TARGET / f"OFL-{licence}.txt")
