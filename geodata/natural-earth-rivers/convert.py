"""Named rivers in two bands: geodata/build/rivers-{fine,coarse}.json.

The source lost its accents to question marks: tables/river-names.csv says what reports call a
river; other names with a question mark are left out.
"""

import csv
import json
import os
import pathlib
from collections import defaultdict

import numpy as np
import shapefile
import shapely
import shapely.geometry

GEODATA = pathlib.Path(__file__).resolve().parent.parent
DOWNLOADS = pathlib.Path(os.environ.get("DATELINE_DOWNLOADS", GEODATA / "downloads"))
SOURCE = DOWNLOADS / "unpacked/natural-earth-rivers/usr/share/magics/10m/ne_10m_rivers_lake_centerlines.shp"
BUILD = GEODATA / "build"
SCALE = 100_000
BANDS = {"fine": (0.002, 12), "coarse": (0.02, 5)}  # simplified by degrees; the highest rank taken


def main():
    BUILD.mkdir(exist_ok=True)
    reader = shapefile.Reader(str(SOURCE), encoding="cp1252", encodingErrors="replace")
    fields = {f[0].lower(): f[0] for f in reader.fields[1:]}
    with (GEODATA / "tables/river-names.csv").open(encoding="utf-8", newline="") as opened:
        known = {row["source"]: row["name"] for row in csv.DictReader(opened)}
    groups = defaultdict(list)
    for item in reader.iterShapeRecords():
        if not item.shape.points:
            continue
        row = item.record.as_dict()
        name = (row.get(fields.get("name_en", "")) or row[fields["name"]] or "").strip()
        name = known.get(name, name)
        if "?" in name or "(" in name:
            name = name.split("(")[0].strip() if "?" not in name else ""
        in_lake = "lake" in row[fields["featurecla"]].lower()
        groups[(int(row[fields["scalerank"]]), name, in_lake)].append(shapely.geometry.shape(item.shape.__geo_interface__))
    for band, (tolerance, highest) in BANDS.items():
        rows = []
        for (rank, name, in_lake), lines in sorted(groups.items()):
            if rank > highest:
                continue
            course = shapely.line_merge(shapely.union_all(lines)).simplify(tolerance)
            parts = []
            for part in getattr(course, "geoms", [course]):
                points = np.rint(np.asarray(part.coords)[:, :2] * SCALE).astype(int)
                if len(points) > 1:
                    parts.append(points.tolist())
            if parts:
                rows.append({"name": name, "rank": rank, "in_lake": in_lake, "lines": parts})
        path = BUILD / f"rivers-{band}.json"
        path.write_text(json.dumps(rows, ensure_ascii=False, separators=(",", ":")), encoding="utf-8")
        print(f"{path.name}: {len(rows)} rivers, {sum(len(l) for r in rows for l in r['lines'])} points")


if __name__ == "__main__":
    main()
