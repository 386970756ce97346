"""Where ships can be, as a bit a cell: geodata/build/grid.bin.

Rows from north to south, cells from west to east, the highest bit of a byte first. A cell is water
when its middle is not land, or lies in a lake that ships use; canals, straits and rivers too narrow
for the grid are carved after tables/passages.csv. Ponds that the grid cuts off from any sea are
filled: nothing sails there. Made from what the other recipes wrote.
"""

import csv
import json
import pathlib
from collections import Counter

import numpy as np
import scipy.ndimage

GEODATA = pathlib.Path(__file__).resolve().parent.parent
BUILD = GEODATA / "build"
WIDTH, HEIGHT = 10_800, 5_400  # a thirtieth of a degree
SCALE = 100_000
SMALLEST_SEA = 400  # cells; smaller water is a pond
CELL = 360 / WIDTH


def inside(lines):
    """Even-odd fill of closed lines: a scan along the middle of every row."""
    a = np.vstack([np.asarray(line[:-1], dtype=float) for line in lines if len(line) > 1]) / SCALE
    b = np.vstack([np.asarray(line[1:], dtype=float) for line in lines if len(line) > 1]) / SCALE
    # Row r has its middle at 90 - (r + 1/2) cells; an edge crosses rows first ≤ r < last.
    first = np.ceil((90 - np.maximum(a[:, 1], b[:, 1])) / CELL - 0.5).astype(int)
    last = np.ceil((90 - np.minimum(a[:, 1], b[:, 1])) / CELL - 0.5).astype(int)
    count = last - first
    edge = np.repeat(np.arange(len(a)), count)
    row = np.arange(len(edge)) - np.repeat(np.cumsum(count) - count, count) + first[edge]
    lat = 90 - (row + 0.5) * CELL
    share = (lat - a[edge, 1]) / (b[edge, 1] - a[edge, 1])
    lon = a[edge, 0] + share * (b[edge, 0] - a[edge, 0])
    column = np.clip(np.ceil((lon + 180) / CELL - 0.5).astype(int), 0, WIDTH)
    keep = (row >= 0) & (row < HEIGHT)
    toggles = np.zeros((HEIGHT, WIDTH + 1), dtype=np.uint16)
    np.add.at(toggles, (row[keep], column[keep]), 1)
    return (np.cumsum(toggles, axis=1)[:, :WIDTH] % 2).astype(bool)


def carve(water, line):
    """Cells along a line, each sharing a side with the next."""
    points = [((x + 180) / CELL, (90 - y) / CELL) for x, y in line]
    for (x1, y1), (x2, y2) in zip(points, points[1:]):
        steps = int(max(abs(x2 - x1), abs(y2 - y1)) * 8) + 1
        last = None
        for step in range(steps + 1):
            x, y = int(x1 + (x2 - x1) * step / steps), int(y1 + (y2 - y1) * step / steps)
            water[y, x] = True
            if last and last[0] != x and last[1] != y:
                water[last[1], x] = True
            last = (x, y)


def without_ponds(water):
    """Only water that goes on for SMALLEST_SEA cells, side to side, and past 180 degrees."""
    labels, count = scipy.ndimage.label(np.hstack([water, water[:, :1]]))
    size = np.bincount(labels.ravel(), minlength=count + 1)
    west, east = labels[:, 0], labels[:, -1]
    for a, b in set(zip(west.tolist(), east.tolist())):
        if a and b:
            size[a] = size[b] = max(size[a], size[b])
    size[0] = 0
    return (size >= SMALLEST_SEA)[labels[:, :WIDTH]]


def main():
    fine = json.loads((BUILD / "fine.json").read_text())
    sides = Counter(arc if arc >= 0 else ~arc for rings in fine["pieces"] for ring in rings for arc in ring)
    water = ~inside([line for arc, line in enumerate(fine["arcs"]) if sides[arc] == 1])
    with (GEODATA / "tables/lakes.csv").open(encoding="utf-8", newline="") as opened:
        ships = {row["name"] for row in csv.DictReader(opened) if row["ships"] == "yes"}
    lakes = json.loads((BUILD / "lakes-fine.json").read_text(encoding="utf-8"))
    water |= inside([line for lake in lakes if lake["name"] in ships for line in lake["lines"]])
    with (GEODATA / "tables/passages.csv").open(encoding="utf-8", newline="") as opened:
        for row in csv.DictReader(opened):
            carve(water, [tuple(map(float, pair.split())) for pair in row["line"].split(",")])
    whole = water.sum()
    water = without_ponds(water)
    print(f"{whole - water.sum()} cells of ponds filled")
    (BUILD / "grid.bin").write_bytes(np.packbits(water).tobytes())
    print(f"grid.bin: {WIDTH} x {HEIGHT}, {water.mean():.1%} of cells are water")


if __name__ == "__main__":
    main()
