#!/usr/bin/env python3
"""Measures drawn maps from their SVGs alone: which names lie over what, how long arrows are, where ships go.

    maps.py FOLDER      FOLDER/PRESET/NAME.svg, each drawn with `--font outline`, so that letters are shapes

Nothing of the program is asked: not its scene, not its lint. Prints a table of presets, then every failure by name;
ends with 1 where a bar is missed. Needs Python 3.9 and nothing else. `make maps` draws our reports and runs it.
"""

import math
import re
import sys
import xml.etree.ElementTree as xml
from dataclasses import dataclass, field
from pathlib import Path

SVG = "{http://www.w3.org/2000/svg}"
# What must hold.
LEAST_ARROW = 60.0  # px at 1x, outside insets
LESSER_SHARE = 0.02  # of names of countries, waters and towns for bearings
ON_LAND = 0.05  # of a ship's way
# Boxes that only touch do not overlap; outlines are rounded to tenths of a px.
TOUCH = 0.5
STORY = {"story", "arrow"}
LESSER = {"country", "water", "city"}


# ── Paths ──


def lines_of(data):
    """Path data as polylines: a list of lists of points; curves in eight pieces."""
    tokens = re.findall(r"[A-Za-z]|[-+]?(?:\d+\.?\d*|\.\d+)(?:e[-+]?\d+)?", data)
    out, line, at, start, command = [], [], (0.0, 0.0), (0.0, 0.0), ""
    i = 0

    def number():
        nonlocal i
        i += 1
        return float(tokens[i - 1])

    def point(relative):
        x, y = number(), number()
        return (at[0] + x, at[1] + y) if relative else (x, y)

    while i < len(tokens):
        if tokens[i].isalpha():
            command = tokens[i]
            i += 1
            if command in "Zz":
                line.append(start)
                at = start
                continue
        relative, kind = command.islower(), command.upper()
        if kind == "M":
            at = start = point(relative)
            line = [at]
            out.append(line)
            command = "l" if relative else "L"
            continue
        if not line or line[-1] != at:
            line = [at]
            out.append(line)
        if kind == "L":
            at = point(relative)
            line.append(at)
        elif kind == "H":
            x = number()
            at = (at[0] + x if relative else x, at[1])
            line.append(at)
        elif kind == "V":
            y = number()
            at = (at[0], at[1] + y if relative else y)
            line.append(at)
        elif kind in "QC":
            hull = [at] + [point(relative) for _ in range(2 if kind == "Q" else 3)]
            for step in range(1, 9):
                ring = hull
                while len(ring) > 1:
                    t = step / 8
                    ring = [(a[0] + t * (b[0] - a[0]), a[1] + t * (b[1] - a[1])) for a, b in zip(ring, ring[1:])]
                line.append(ring[0])
            at = hull[-1]
        else:
            raise ValueError(f"{command!r} is no command of a path that maps have")
    return out


@dataclass
class Box:
    """What lies between two corners."""

    x0: float
    y0: float
    x1: float
    y1: float

    @staticmethod
    def around(points):
        xs, ys = [p[0] for p in points], [p[1] for p in points]
        return Box(min(xs), min(ys), max(xs), max(ys))

    def meets(self, other):
        return (
            min(self.x1, other.x1) - max(self.x0, other.x0) > TOUCH
            and min(self.y1, other.y1) - max(self.y0, other.y0) > TOUCH
        )

    def covers(self, other):
        return (
            self.x0 <= other.x0 + TOUCH
            and self.y0 <= other.y0 + TOUCH
            and self.x1 >= other.x1 - TOUCH
            and self.y1 >= other.y1 - TOUCH
        )

    def far(self, p):
        return math.hypot(max(self.x0 - p[0], 0, p[0] - self.x1), max(self.y0 - p[1], 0, p[1] - self.y1))


def dense(line, step=1.0):
    """A line as points no more than `step` px apart."""
    out = line[:1]
    for a, b in zip(line, line[1:]):
        parts = max(1, math.ceil(math.dist(a, b) / step))
        out += [(a[0] + (b[0] - a[0]) * k / parts, a[1] + (b[1] - a[1]) * k / parts) for k in range(1, parts + 1)]
    return out


def length(line):
    return sum(math.dist(a, b) for a, b in zip(line, line[1:]))


class Ground:
    """Rings by the rows of px that they cross: inside is where a line to the left crosses an odd number of sides."""

    def __init__(self, rings):
        self.rows = {}
        for ring in rings:
            for a, b in zip(ring, ring[1:]):
                for row in range(math.floor(min(a[1], b[1])), math.floor(max(a[1], b[1])) + 1):
                    self.rows.setdefault(row, []).append((a, b))

    def holds(self, p):
        inside = False
        for (ax, ay), (bx, by) in self.rows.get(math.floor(p[1]), ()):
            if (ay > p[1]) != (by > p[1]) and p[0] > ax + (p[1] - ay) * (bx - ax) / (by - ay):
                inside = not inside
        return inside


# ── A picture: the map, or an inset ──


@dataclass
class Label:
    text: str
    kind: str
    box: Box


@dataclass
class Arrow:
    id: str
    line: list
    half: float
    at_sea: bool


@dataclass
class Picture:
    frame: Box = None
    labels: list = field(default_factory=list)
    arrows: list = field(default_factory=list)
    badges: list = field(default_factory=list)
    land: Ground = None
    lakes: Ground = None
    # land that is opened along a ship's way: points of the strokes of water, with half of their width
    channels: list = field(default_factory=list)
    is_inset: bool = False

    def is_dry(self, p):
        return (
            self.land.holds(p)
            and not self.lakes.holds(p)
            and not any(box.far(p) <= half and any(math.dist(p, q) <= half for q in way) for box, way, half in self.channels)
        )


def paths(group):
    return [e for e in group.iter(SVG + "path") if e.get("d")]


INSETS = ("inset", "inset-b")
# What ids inside insets begin with.
INSET = r"^inset-(?:b-)?"


def first_box(group):
    return Box.around([p for line in lines_of(paths(group)[0].get("d")) for p in line])


def read(groups, is_inset):
    """A picture from its groups, by their names."""
    picture = Picture(is_inset=is_inset)
    named = {}
    for group in groups:
        named.setdefault(re.sub(INSET, "", group.get("id", "")), []).append(group)
    rim = named["frame" if is_inset else "furniture"][0]
    picture.frame = first_box(rim)
    sea = paths(named["sea"][0])[0].get("fill")
    filled = [p for p in paths(named["land"][0]) if p.get("fill") != "none"]
    rings = lambda dry: [line for p in filled if (p.get("fill") != sea) == dry for line in lines_of(p.get("d"))]
    # the first is all land, others are countries upon it
    picture.land = Ground(lines_of(filled[0].get("d")) if filled else [])
    picture.lakes = Ground(rings(False))
    for path in (p for group in named.get("channels", []) for p in paths(group)):
        if path.get("class") == "channel" and path.get("stroke") == sea:
            way = [p for line in lines_of(path.get("d")) for p in dense(line)]
            picture.channels.append((Box.around(way), way, float(path.get("stroke-width")) / 2))
    heads = [[p for line in lines_of(path.get("d")) for p in line] for group in named.get("heads", []) for path in paths(group)]
    trunks, shafts = {}, []
    for path in (p for group in named.get("arrows", []) for p in paths(group) if p.get("id")):
        name = re.sub(INSET, "", path.get("id"))
        line = max(lines_of(path.get("d")), key=length)
        if name.startswith("trunk-"):
            trunks[name.removeprefix("trunk-")] = line
        else:
            shafts.append((name.removeprefix("arrow-"), line, float(path.get("stroke-width")) / 2, path.get("class") == "at-sea"))
    for name, line, half, at_sea in shafts:
        trunk = trunks.get(re.sub(r"-\d+$", "", name), trunks.get(name, []))
        # the head goes on where the shaft ends: of several that end near, its own is the nearest
        (ax, ay), (bx, by) = line[max(0, len(line) - 4)], line[-1]
        d = math.dist((ax, ay), (bx, by)) or 1.0
        off = lambda head: math.dist((sum(p[0] for p in head) / len(head), sum(p[1] for p in head) / len(head)), (bx, by))
        own = min(heads, key=off, default=[])
        # within 60 degrees of where the shaft leads: the tip, no wing
        is_ahead = lambda p: 2 * ((p[0] - bx) * (bx - ax) + (p[1] - by) * (by - ay)) > d * math.dist(p, (bx, by))
        ahead = [p for p in own if math.dist(p, (bx, by)) < 30 and is_ahead(p)]
        tip = max(ahead, key=lambda p: math.dist(p, (bx, by)), default=(bx, by))
        picture.arrows.append(Arrow(name, trunk + line + [tip], half, at_sea))
    for group in named.get("labels", []):
        disc = None
        for element in group:
            kind = element.get("class")
            if element.tag == SVG + "text" and kind:
                raise ValueError("letters must be outlines: draw with --font outline")
            if element.tag != SVG + "path" or not element.get("d"):
                continue
            points = [p for line in lines_of(element.get("d")) for p in line]
            words = element.get("aria-label")
            if kind:
                picture.labels.append(Label(words, kind, Box.around(points)))
            elif words and words.isdigit() and disc:
                # a badge is a disc with a number on it
                picture.badges.append(((disc.x0 + disc.x1) / 2, (disc.y0 + disc.y1) / 2, (disc.x1 - disc.x0) / 2))
            disc = Box.around(points)
    return picture


def pictures(path):
    """The map of a file and its insets, with the boxes of the insets."""
    root = xml.parse(path).getroot()
    top = [g for g in root if g.tag == SVG + "g"]
    insets = [read(list(g), True) for g in top if g.get("id") in INSETS]
    main = read([g for g in top if g.get("id") not in INSETS], False)
    return main, insets


# ── What is measured ──


def measure(path):
    """Counts, and failures as (what, words)."""
    main, insets = pictures(path)
    counts = {"story": 0, "lesser": 0, "arrows": 0, "ships": 0}
    found = []
    shortest, on_land = math.inf, 0.0
    for picture in [main] + insets:
        where = " (inset)" if picture.is_inset else ""
        bad_lesser = set()

        def tell(label, words, other=None):
            both = [one for one in (label, other) if one is not None]
            bad_lesser.update(id(one) for one in both if one.kind in LESSER)
            kind = "story" if any(one.kind in STORY for one in both) else "lesser"
            found.append((kind, f"“{label.text}” {words}{where}"))

        for at, label in enumerate(picture.labels):
            counts["story" if label.kind in STORY else "lesser"] += 1
            for other in picture.labels[at + 1 :]:
                if label.box.meets(other.box):
                    tell(label, f"lies over “{other.text}”", other)
            if not picture.frame.covers(label.box):
                tell(label, "is cut by the frame")
            if not picture.is_inset and any(inset.frame.meets(label.box) for inset in insets):
                tell(label, "lies under an inset")
            if any(label.box.far((x, y)) < r - TOUCH for x, y, r in picture.badges):
                tell(label, "lies under a badge")
            for arrow in picture.arrows:
                # a name may touch the arrow that begins or ends at its place
                own = min(label.box.far(arrow.line[0]), label.box.far(arrow.line[-1])) < 14
                inner = Box(label.box.x0 + TOUCH, label.box.y0 + TOUCH, label.box.x1 - TOUCH, label.box.y1 - TOUCH)
                if not own and any(inner.far(p) < arrow.half - TOUCH for p in dense(arrow.line)):
                    tell(label, f"lies over the arrow {arrow.id}")
        counts["bad"] = counts.get("bad", 0) + len(bad_lesser)
        if picture.is_inset and not picture.arrows and not any(label.kind in STORY for label in picture.labels):
            found.append(("inset", "an inset shows nothing of the story"))
        for arrow in picture.arrows:
            counts["arrows"] += 1
            if not picture.is_inset:
                shortest = min(shortest, length(arrow.line))
                if length(arrow.line) < LEAST_ARROW - TOUCH:
                    found.append(("short", f"the arrow {arrow.id} is {length(arrow.line):.0f} px long"))
            if arrow.at_sea:
                counts["ships"] += 1
                way = dense(arrow.line)
                share = sum(picture.is_dry(p) for p in way) / len(way)
                on_land = max(on_land, share)
                if share >= ON_LAND:
                    found.append(("ship", f"{share:.0%} of the ship's arrow {arrow.id} lie on land{where}"))
    return counts, found, shortest, on_land


def main():
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    folder = Path(sys.argv[1])
    presets = sorted(p for p in folder.iterdir() if p.is_dir())
    failures, fails = [], False
    head = f"{'preset':10}{'maps':>6}{'story names':>13}{'overlap':>9}{'lesser names':>14}{'overlap':>9}{'arrows':>8}"
    print(head + f"{'short':>7}{'shortest':>10}{'ships':>7}{'on land':>9}{'most':>7}")
    for preset in presets:
        sums, kinds, shortest, on_land = {}, {}, math.inf, 0.0
        maps = sorted(preset.glob("*.svg"))
        for path in maps:
            counts, found, least, most = measure(path)
            shortest, on_land = min(shortest, least), max(on_land, most)
            for key, value in counts.items():
                sums[key] = sums.get(key, 0) + value
            for kind, words in found:
                kinds[kind] = kinds.get(kind, 0) + 1
                failures.append(f"{preset.name}/{path.stem}: {kind}: {words}")
        if not maps:
            continue
        lesser = sums["bad"] / max(1, sums["lesser"])
        row = f"{preset.name:10}{len(maps):6}{sums['story']:13}{kinds.get('story', 0):9}{sums['lesser']:14}{lesser:9.1%}"
        row += f"{sums['arrows']:8}{kinds.get('short', 0):7}{shortest:10.1f}{sums['ships']:7}{kinds.get('ship', 0):9}{on_land:7.0%}"
        print(row)
        fails |= any(kinds.get(kind) for kind in ("story", "inset", "short", "ship")) or lesser > LESSER_SHARE
    print()
    print("\n".join(failures) or "nothing lies over anything")
    sys.exit(fails)


if __name__ == "__main__":
    main()
