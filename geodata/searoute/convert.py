"""The network of sea lanes: geodata/build/lanes.json."""

import json
import math
import os
import pathlib

GEODATA = pathlib.Path(__file__).resolve().parent.parent
DOWNLOADS = pathlib.Path(os.environ.get("DATELINE_DOWNLOADS", GEODATA / "downloads"))
SOURCE = DOWNLOADS / "unpacked/searoute/searoute-1.6.0/searoute/data/marnet_searoute.geojson"
BUILD = GEODATA / "build"
SCALE = 100_000


def metres(a, b):
    """Over the sphere."""
    (x1, y1), (x2, y2) = ((math.radians(v / SCALE) for v in p) for p in (a, b))
    h = math.sin((y2 - y1) / 2) ** 2 + math.cos(y1) * math.cos(y2) * math.sin((x2 - x1) / 2) ** 2
    return round(2 * 6_371_008.8 * math.asin(math.sqrt(h)))


def main():
    BUILD.mkdir(exist_ok=True)
    nodes, edges, passes = {}, {}, []
    features = json.loads(SOURCE.read_text(encoding="utf-8"))["features"]
    for feature in features:
        name = feature["properties"].get("passage") or feature["properties"].get("pass")
        if name and name not in passes:
            passes.append(name)
        number = passes.index(name) + 1 if name else 0
        lines = feature["geometry"]["coordinates"]
        for line in lines if feature["geometry"]["type"] == "MultiLineString" else [lines]:
            points = [(round(((x + 180) % 360 - 180 if abs(x) > 180 else x) * SCALE), round(y * SCALE)) for x, y, *_ in line]
            for a, b in zip(points, points[1:]):
                ends = tuple(sorted(nodes.setdefault(p, len(nodes)) for p in (a, b)))
                if ends[0] != ends[1]:
                    edges[ends] = (metres(a, b), number)
    rows = {"nodes": [list(p) for p in nodes], "edges": [[*e, *v] for e, v in sorted(edges.items())], "passes": passes}
    (BUILD / "lanes.json").write_text(json.dumps(rows, ensure_ascii=False, separators=(",", ":")), encoding="utf-8")
    print(f"lanes.json: {len(nodes)} nodes, {len(edges)} edges, passes {passes}")


if __name__ == "__main__":
    main()
