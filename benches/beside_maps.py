"""Beside others: the reference map drawn by MapServer and Mapnik and by Dateline, one core, the same lines.

    make bench-maps        builds, fetches the peers into target/beside-maps, draws, prints the table

Without root: MapServer comes as Debian's packages, unpacked and not installed; Mapnik as its wheel. What cannot be had
is said and left out. The peers get our own base map (`reference_map write`), projected to Mercator beforehand and with
spatial indexes, so that they only read, clip and draw; `reference/report.md` says what is on the map.
"""

import json
import math
import os
import shutil
import statistics
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
HOME = ROOT / "target/beside-maps"
DATA = HOME / "data"
VENV = HOME / "venv"
DEBS = HOME / "mapserver"
WIDTH, HEIGHT = 1200, 800
BOX = (20, 25, 140, 65)
MAPNIK, SHAPES = "mapnik==4.3.2", "pyshp==3.1.6"
DEBIAN = ["python3-mapscript", "mapserver-bin"]
SEA, LAND, COAST, BORDER, INK, RED = "#dce7ed", "#f3f0ea", "#9fb0ba", "#9a968d", "#22282c", "#c4312a"
EARTH = 6378137.0


def mercator(lon, lat):
    lat = max(min(lat, 85.0511287798066), -85.0511287798066)
    return EARTH * math.radians(lon), EARTH * math.log(math.tan(math.pi / 4 + math.radians(lat) / 2))


def extent():
    """The box, widened to the picture's shape, in metres of Mercator."""
    (west, south), (east, north) = mercator(*BOX[:2]), mercator(*BOX[2:])
    scale = max((east - west) / WIDTH, (north - south) / HEIGHT)
    x, y = (west + east) / 2, (south + north) / 2
    return x - scale * WIDTH / 2, y - scale * HEIGHT / 2, x + scale * WIDTH / 2, y + scale * HEIGHT / 2


def tiles():
    half = math.pi * EARTH
    for z in range(6):
        side = 2 * half / 2**z
        for y in range(2**z):
            for x in range(2**z):
                west, north = x * side - half, half - y * side
                yield z, (west, north - side, west + side, north)


def is_fine(z, box):
    """Dateline's own rule: the finer outlines where a px is less than 4 km."""
    metres = (box[2] - box[0]) / 256
    return metres / math.cosh((box[1] + box[3]) / 2 / EARTH) < 4000


# What the peers draw -------------------------------------------------------------------------------------------------


def shapes():
    """Our GeoJSON as shapefiles in Mercator."""
    import shapefile

    kinds = {"land": shapefile.POLYGON, "coast": shapefile.POLYLINE, "borders": shapefile.POLYLINE}
    kinds |= {"arrows": shapefile.POLYLINE, "places": shapefile.POINT}
    for path in sorted(DATA.glob("*.geojson")):
        kind = kinds[path.stem.split("-")[0]]
        with shapefile.Writer(str(path.with_suffix("")), shapeType=kind, encoding="utf-8") as out:
            out.field("name", "C", size=40)
            for feature in json.loads(path.read_text(encoding="utf-8"))["features"]:
                lines = feature["geometry"]["coordinates"]
                if kind == shapefile.POINT:
                    out.point(*mercator(*lines))
                elif kind == shapefile.POLYGON:
                    out.poly([ring(line, at > 0) for at, line in enumerate(lines)])
                else:
                    out.line([[mercator(*p) for p in lines]])
                out.record(feature["properties"].get("name", ""))


def ring(line, is_hole):
    points = [mercator(*p) for p in line]
    area = sum(a[0] * b[1] - b[0] * a[1] for a, b in zip(points, points[1:]))
    return points[::-1] if (area > 0) != is_hole else points


MAPFILE = """MAP
SIZE {width} {height}
EXTENT {extent}
UNITS METERS
IMAGECOLOR "{sea}"
SHAPEPATH "{data}"
FONTSET "{data}/fonts.list"
MAXSIZE 4096
OUTPUTFORMAT NAME "rgb" DRIVER "AGG/PNG" IMAGEMODE RGB FORMATOPTION "COMPRESSION=1" END
OUTPUTFORMAT NAME "palette" DRIVER "AGG/PNG" IMAGEMODE RGB FORMATOPTION "COMPRESSION=1"
  FORMATOPTION "QUANTIZE_FORCE=ON" FORMATOPTION "QUANTIZE_COLORS=256" END
IMAGETYPE "rgb"
SYMBOL NAME "head" TYPE VECTOR FILLED TRUE ANCHORPOINT 1 0.5 POINTS 0 0 3 1 0 2 0 0 END END
SYMBOL NAME "dot" TYPE ELLIPSE FILLED TRUE POINTS 1 1 END END
{layers}
END
"""


def layer(name, kind, file, body, status="ON"):
    return f'LAYER NAME "{name}" TYPE {kind} STATUS {status} DATA "{file}" {body} END\n'


def mapfile():
    out = ""
    for band, status in (("coarse", "ON"), ("fine", "OFF")):
        out += layer(f"land-{band}", "POLYGON", f"land-{band}", f'CLASS STYLE COLOR "{LAND}" END END', status)
        for name, color in (("coast", COAST), ("borders", BORDER)):
            style = f'CLASS STYLE COLOR "{color}" WIDTH 0.8 END END'
            out += layer(f"{name}-{band}", "LINE", f"{name}-{band}", style, status)
    shaft = f'STYLE COLOR "{RED}" WIDTH 2.5 PATTERN 11 3.3 END END'
    head = f'STYLE GEOMTRANSFORM "end" COLOR "{RED}" SYMBOL "head" SIZE 9 ANGLE AUTO END'
    out += layer("arrows", "LINE", "arrows", f"CLASS {shaft} {head} END")
    dot = f'STYLE SYMBOL "dot" COLOR "#ffffff" OUTLINECOLOR "{INK}" SIZE 9 WIDTH 1.8 END'
    label = f'LABEL TYPE TRUETYPE FONT "noto" SIZE 10.5 COLOR "{INK}" OUTLINECOLOR "#ffffff" OUTLINEWIDTH 3 '
    label += "POSITION AUTO BUFFER 2 PARTIALS FALSE END"
    out += layer("places", "POINT", "places", f'LABELITEM "name" CLASS {dot} {label} END')
    (DATA / "fonts.list").write_text(f"noto {ROOT}/assets/fonts/NotoSans-SemiBold.ttf\n")
    box = " ".join(map(str, extent()))
    text = MAPFILE.format(width=WIDTH, height=HEIGHT, extent=box, sea=SEA, data=DATA, layers=out)
    (DATA / "map.map").write_text(text)


def style(name, rules):
    return f'<Style name="{name}"><Rule>{rules}</Rule></Style>\n'


def mapnik_xml():
    mercator_ref = "epsg:3857"
    styles = style("land", f'<PolygonSymbolizer fill="{LAND}"/>')
    styles += style("coast", f'<LineSymbolizer stroke="{COAST}" stroke-width="0.8"/>')
    styles += style("borders", f'<LineSymbolizer stroke="{BORDER}" stroke-width="0.8"/>')
    shaft = f'<LineSymbolizer stroke="{RED}" stroke-width="2.5" stroke-dasharray="11,3.3"/>'
    styles += style("arrows", shaft)  # without heads: markers at the end of lines are not drawn by 4.3.2
    dot = f'<MarkersSymbolizer fill="white" stroke="{INK}" stroke-width="1.8" width="9" height="9" allow-overlap="true" ignore-placement="true"/>'
    label = f'<TextSymbolizer face-name="Noto Sans SemiBold Regular" size="14" fill="{INK}" halo-fill="white" halo-radius="1.5" '
    label += 'placement-type="simple" placements="NE,SE,NW,SW,N,S,E,W" dx="6" dy="6">[name]</TextSymbolizer>'
    styles += style("places", dot + label)

    def layer(file):
        source = f'<Parameter name="type">shape</Parameter><Parameter name="file">{DATA}/{file}.shp</Parameter>'
        name = file.split("-")[0]
        head = f'<Layer name="{file}" srs="{mercator_ref}"><StyleName>{name}</StyleName>'
        return f"{head}<Datasource>{source}</Datasource></Layer>\n"

    bases = {band: [f"{name}-{band}" for name in ("land", "coast", "borders")] for band in ("coarse", "fine")}
    maps = {"map": [*bases["coarse"], "arrows", "places"], "tiles": bases["coarse"] + bases["fine"]}
    for file, layers in maps.items():
        fonts = f'font-directory="{ROOT}/assets/fonts"'
        head = f'<Map srs="{mercator_ref}" background-color="{SEA}" buffer-size="64" {fonts}>'
        (DATA / f"{file}.xml").write_text("\n".join([head, styles, *map(layer, layers), "</Map>\n"]))


# The peers, each in a process of its own -----------------------------------------------------------------------------


def timed_ms(call, least=25, seconds=2.0):
    """The median and the least of many."""
    call()
    times, begun = [], time.perf_counter()
    while len(times) < least or time.perf_counter() - begun < seconds:
        start = time.perf_counter()
        call()
        times.append((time.perf_counter() - start) * 1000)
    return [statistics.median(times), min(times)]


def all_tiles(draw):
    every = list(tiles())
    for z, box in every:  # warm
        draw(z, box)
    best = math.inf
    for _ in range(2):
        start = time.perf_counter()
        for z, box in every:
            draw(z, box)
        best = min(best, time.perf_counter() - start)
    return len(every) / best


def peer_mapserver():
    import mapscript

    board = mapscript.mapObj(str(DATA / "map.map"))
    rows = []
    for look, words in (("rgb", "RGB, zlib 1"), ("palette", "256 colours")):
        board.selectOutputFormat(look)
        png = board.draw().getBytes()
        (HOME / f"mapserver-{look}.png").write_bytes(png)
        ms = timed_ms(lambda: board.draw().getBytes())
        rows.append({"program": f"MapServer {mapscript.MS_VERSION} ({words})", "ms": ms, "bytes": len(png)})
    board.selectOutputFormat("rgb")
    board.setSize(256, 256)
    for name in ("arrows", "places"):
        board.getLayerByName(name).status = mapscript.MS_OFF
    pairs = [(board.getLayerByName(f"{n}-coarse"), board.getLayerByName(f"{n}-fine")) for n in ("land", "coast", "borders")]

    def draw(z, box):
        fine = is_fine(z, box)
        for coarse_layer, fine_layer in pairs:
            coarse_layer.status = mapscript.MS_OFF if fine else mapscript.MS_ON
            fine_layer.status = mapscript.MS_ON if fine else mapscript.MS_OFF
        board.setExtent(*box)
        return board.draw().getBytes()

    rows[0]["tiles"] = all_tiles(draw)
    return rows


def peer_mapnik():
    import mapnik

    mapnik.register_fonts(str(ROOT / "assets/fonts"))
    board = mapnik.Map(WIDTH, HEIGHT)
    mapnik.load_map(board, str(DATA / "map.xml"))
    board.zoom_to_box(mapnik.Box2d(*extent()))

    def still(look):
        image = mapnik.Image(board.width, board.height)
        mapnik.render(board, image)
        return image.to_string(look)

    rows = []
    for look, words in (("png8:z=1", "256 colours, zlib 1"), ("png32:z=1", "RGBA, zlib 1"), ("png", "as it comes")):
        png = still(look)
        (HOME / f"mapnik-{look.split(':')[0]}.png").write_bytes(png)
        rows.append({"program": f"Mapnik {mapnik.version_string()} ({words})", "ms": timed_ms(lambda: still(look)), "bytes": len(png)})
    board = mapnik.Map(256, 256)
    mapnik.load_map(board, str(DATA / "tiles.xml"))
    of = {layer.name: layer for layer in board.layers}
    bases = ("land", "coast", "borders")

    def draw(z, box):
        fine = is_fine(z, box)
        for name in bases:
            of[f"{name}-coarse"].active, of[f"{name}-fine"].active = not fine, fine
        board.zoom_to_box(mapnik.Box2d(*box))
        return still("png8:z=1")

    rows[0]["tiles"] = all_tiles(draw)
    return rows


# The whole -----------------------------------------------------------------------------------------------------------


def run(*words, env=None, quiet=True):
    out = subprocess.PIPE if quiet else None
    return subprocess.run([str(w) for w in words], check=True, stdout=out, stderr=out, env=env, text=True).stdout


def cold_ms(words, env=None, times=9):
    taken = []
    for _ in range(times):
        begun = time.perf_counter()
        run(*words, env=env)
        taken.append((time.perf_counter() - begun) * 1000)
    return statistics.median(taken)


def mapserver_env():
    libraries = sorted({str(path.parent) for path in DEBS.rglob("*.so*")} | {str(DEBS / "usr/lib/x86_64-linux-gnu")})
    return os.environ | {
        "LD_LIBRARY_PATH": ":".join(libraries),
        "PYTHONPATH": str(DEBS / "usr/lib/python3/dist-packages"),
    }


def fetch_mapserver():
    """Debian's packages that are not installed, unpacked beside each other."""
    if any(DEBS.rglob("_mapscript*.so")):
        return
    shutil.rmtree(DEBS, ignore_errors=True)
    folder = DEBS / "debs"
    folder.mkdir(parents=True)
    plan = run("apt-get", "install", "--simulate", "--no-install-recommends", *DEBIAN)
    names = [line.split()[1] for line in plan.splitlines() if line.startswith("Inst ")]
    subprocess.run(["apt-get", "download", *names], check=True, cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    for deb in sorted(folder.glob("*.deb")):
        run("dpkg", "-x", deb, DEBS)


def python_of_debian():
    """MapServer's module is built for Debian's own Python."""
    version = next(DEBS.rglob("_mapscript*.so")).name.split("cpython-")[1].split("-")[0]
    for name in ("/usr/bin/python3", f"python{version[0]}.{version[1:]}", sys.executable):
        if shutil.which(name) and run(name, "-c", "import sys; print(sys.version_info[0], sys.version_info[1], sep='')").strip() == version:
            return name
    raise RuntimeError(f"no Python {version[0]}.{version[1:]}, for which Debian's mapscript is built")


def attempt(name, work, missing):
    try:
        return work()
    except (subprocess.CalledProcessError, OSError, RuntimeError, StopIteration) as error:
        words = (getattr(error, "stderr", None) or str(error)).strip().splitlines()
        missing.append(f"{name}: {words[-1] if words else error}")
        return []


def mapserver():
    fetch_mapserver()
    env = mapserver_env()
    for path in sorted(DATA.glob("*.shp")):
        run(DEBS / "usr/bin/shptree", path, env=env)
    rows = json.loads(run(python_of_debian(), __file__, "peer", "mapserver", env=env))
    command = [DEBS / "usr/bin/map2img", "-m", DATA / "map.map", "-o", HOME / "cold.png"]
    rows[0]["cold"] = cold_ms(command, env=env)
    return rows


def mapnik():
    tools = next(VENV.rglob("shapeindex")).parent
    env = os.environ | {"LD_LIBRARY_PATH": str(tools.parent / "lib")}
    for path in sorted(DATA.glob("*.shp")):
        run(tools / "shapeindex", path, env=env)
    rows = json.loads(run(VENV / "bin/python", __file__, "peer", "mapnik"))
    command = [tools / "mapnik-render", "--xml", DATA / "map.xml", "--img", HOME / "cold.png"]
    command += ["--map-width", WIDTH, "--map-height", HEIGHT]
    command += ["--plugins-dir", tools.parent / "lib/mapnik/input", "--fonts-dir", ROOT / "assets/fonts"]
    rows[2]["cold"] = cold_ms(command, env=env)
    return rows


def dateline(program, example, seconds):
    times = json.loads(run(example, "times"))
    cold = [program, "--quiet", "map", ROOT / "benches/reference/report.md", "--size", f"{WIDTH}x{HEIGHT}"]
    cold += ["--bbox", ",".join(map(str, BOX)), "-o", HOME / "cold.png"]
    version = run(program, "--version").strip().replace("dateline", "Dateline")
    alone, page = f"{version}, the map alone", f"{version}, the page: title, steps, legend, map"
    rows = [
        {"program": alone, "ms": times["alone_png_ms"], "bytes": times["alone_png_bytes"], "tiles": times["tiles_a_second"]},
        {"program": page, "ms": times["page_png_ms"], "bytes": times["page_png_bytes"], "cold": cold_ms(cold)},
        {"program": f"{version}, the page, in a new frame each time", "ms": times["moved_png_ms"], "bytes": None},
        {"program": f"{alone}, in a new frame each time", "ms": times["moved_alone_png_ms"], "bytes": None},
        {"program": f"{alone}, SVG", "ms": times["alone_svg_ms"], "bytes": times["alone_svg_bytes"]},
        {"program": f"{page}, SVG", "ms": times["page_svg_ms"], "bytes": times["page_svg_bytes"]},
    ]
    held = [json.loads(line) for line in run(example, "memory", seconds).splitlines()]
    return rows, held


def main():
    program, example = Path(sys.argv[1]).resolve(), Path(sys.argv[2]).resolve()
    seconds = sys.argv[3] if len(sys.argv) > 3 else "60"
    DATA.mkdir(parents=True, exist_ok=True)
    if not (VENV / "bin/python").exists():
        run(sys.executable, "-m", "venv", VENV)
    run(VENV / "bin/pip", "install", "--quiet", SHAPES)
    run(example, "write", DATA)
    for picture in DATA.glob("dateline-*"):
        picture.replace(HOME / picture.name)
    run(VENV / "bin/python", __file__, "shapes")
    mapfile()
    mapnik_xml()
    missing, rows = [], []
    rows += attempt("MapServer", mapserver, missing)
    if attempt("Mapnik", lambda: [run(VENV / "bin/pip", "install", "--quiet", MAPNIK)], missing):
        rows += attempt("Mapnik", mapnik, missing)
    ours, held = dateline(program, example, seconds)

    def cell(value, form):
        return "–" if value is None else format(value, form)

    print(f"{'program':66} {'warm ms':>8} {'least':>8} {'bytes':>8} {'cold ms':>8} {'tiles/s':>8}")
    for row in rows + ours:
        cells = (*(cell(ms, "8.1f") for ms in row["ms"]), cell(row["bytes"], "8,"), cell(row.get("cold"), "8.0f"), cell(row.get("tiles"), "8.0f"))
        print(f"{row['program']:66}", *(f"{text:>8}" for text in cells))
    print("Dateline's memory:", ", ".join(f"{h['resident_mb']:.0f} MB after {h['renders']:,} renders" for h in held))
    for words in missing:
        print("could not be had:", words)
    print(f"pictures: {HOME}/*.png")


if __name__ == "__main__":
    if sys.argv[1:2] == ["peer"]:
        print(json.dumps({"mapserver": peer_mapserver, "mapnik": peer_mapnik}[sys.argv[2]]()))
    elif sys.argv[1:2] == ["shapes"]:
        shapes()
    else:
        main()
