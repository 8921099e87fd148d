"""Builds two programs in many environments, signed in place and in two phases, and says where a byte differs.

make repro

The programs are the demo, and the one that uses every field of every file. The environments are this Python's, and newer ones
where tests/repro/pythons.sh finds them. Each builds both programs in both ways; one hash stands for all paths, modes and bytes.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from hashlib import sha256
from pathlib import Path

import everything
from blazon.keys import DEMO_SEED, Secret

ROOT = Path(__file__).parents[2]
PYTHONS = Path(__file__).with_name("pythons.sh")
TODAY = "2026-11-26"
PROGRAMS = {
    "demo": ("did:web:riverbend.example:badges", (Secret(DEMO_SEED),)),
    "everything": ("did:web:everything.example", everything.SECRETS),
}
ENVIRONMENTS: tuple[dict[str, str], ...] = (
    {},
    {"TZ": "Pacific/Kiritimati"},
    {"TZ": "America/Adak"},
    {"TZ": "nowhere"},
    {"LC_ALL": "C"},
    {"LC_ALL": "POSIX", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
    {"LC_ALL": "tr_TR.UTF-8", "LANGUAGE": "tr"},
    {"PYTHONHASHSEED": "0"},
    {"PYTHONHASHSEED": "1"},
    {"PYTHONHASHSEED": "4294967295"},
    {"PYTHONOPTIMIZE": "2"},
    {"UMASK": "077"},
    {"UMASK": "000"},
    {"FOLDER": "/"},
    {"ORDER": "reversed"},
)
# What a newer Python is tried in, each with everything at once that could move a byte.
ELSEWHERE: tuple[dict[str, str], ...] = (
    {},
    {"LC_ALL": "tr_TR.UTF-8", "LANGUAGE": "tr", "PYTHONHASHSEED": "1", "FOLDER": "/"},
    {"TZ": "America/Adak", "UMASK": "077", "ORDER": "reversed", "PYTHONHASHSEED": "0"},
)


def pythons(place: Path) -> Iterator[str]:
    """This Python, and those that the registry offers; what it does not offer is said."""
    yield sys.executable
    found = subprocess.run([PYTHONS, place], stdout=subprocess.PIPE, text=True, check=True)
    for line in found.stdout.splitlines():
        if line.startswith("/"):
            yield line
        else:
            print(line)


def written(name: str, place: Path) -> Path:
    """A program of its own files, before it is built."""
    if name == "everything":
        everything.write(place)
        return place
    for folder in ("content", "keys", "docs"):
        shutil.copytree(ROOT / folder, place / folder)
    return place


def built(name: str, place: Path, python: str, environment: Mapping[str, str]) -> set[str]:
    """The hashes of a site that is built in an environment: one, where signing in place and in two phases make the same."""
    first = written(name, place / "first")
    paths = sorted((path for path in first.rglob("*") if path.is_file()), reverse="ORDER" in environment)
    hashes = set()
    for way in ("in place", "in two phases"):
        root = place / way
        for path in paths:  # the order in which a folder lists its files is often that of their making
            (root / path.relative_to(first)).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(path, root / path.relative_to(first))
        _build(name, root, python, environment, apart=way != "in place")
        hashes.add(_hash(root / "dist"))
    return hashes


def _build(name: str, root: Path, python: str, environment: Mapping[str, str], *, apart: bool) -> None:
    """Build a program, with the key at hand or with signatures that were made apart from it."""
    issuer, secrets = PROGRAMS[name]
    mask, folder = int(environment.get("UMASK", "022"), 8), environment.get("FOLDER", str(root))
    bare = {key: value for key, value in os.environ.items() if not key.startswith("BLAZON_")}
    known = {**bare, "PYTHONPATH": str(ROOT / "generator"), **environment}
    keys = []
    for number, secret in enumerate(secrets):
        path = root.with_name(f"{root.name} {number}.key")
        path.touch(0o600)
        path.write_text(f"{secret.one_line()}\n")
        keys += ["--key-file", str(path)]

    def run(*words: str) -> None:
        command = [python, "-m", "blazon", "-C", str(root), "-q", *words, "--today", TODAY]
        done = subprocess.run(command, env=known, umask=mask, cwd=folder, capture_output=True, text=True, check=False)
        if done.returncode:
            raise RuntimeError(f"{' '.join(words)} ended with {done.returncode}: {done.stderr}")

    if not apart:
        run("build", *keys)
        return
    requests, signed = str(root / "requests.json"), str(root / "signed.json")
    run("build", "--record", requests)
    run("sign", requests, *keys, "--issuer", issuer, "-o", signed)
    run("build", "--signatures", signed)


def _hash(site: Path) -> str:
    """One hash of every path, mode and byte of a site."""
    found = sha256()
    for path in sorted(site.rglob("*")):
        data = path.read_bytes() if path.is_file() else b""
        found.update(repr((path.relative_to(site).as_posix(), path.stat().st_mode, data)).encode())
    return found.hexdigest()


def compare(name: str, places: list[tuple[str, dict[str, str]]]) -> int:
    """Build a program in each place, and say which ones differ from the first; how many do."""

    def one(place: tuple[str, dict[str, str]]) -> set[str]:
        with tempfile.TemporaryDirectory() as folder:
            return built(name, Path(folder), *place)

    with ThreadPoolExecutor(os.cpu_count()) as pool:
        hashes = list(pool.map(one, places))
    first = min(hashes[0])
    strange = [place for place, found in zip(places, hashes, strict=True) if found != {first}]
    print(
        f"{name}: {len(places)} environments, each in place and in two phases; {len(strange)} with other bytes; {first[:16]}"
    )
    for python, environment in strange:
        print(f"  {Path(python).name} {environment}")
    return len(strange)


def main() -> int:
    """Build each program in each environment on each Python."""
    with tempfile.TemporaryDirectory() as folder:
        found = [*pythons(Path(folder))]
        for python in found:
            told = "import sys, unicodedata as u, zlib; print(sys.version.split()[0], u.unidata_version, zlib.ZLIB_RUNTIME_VERSION)"
            version = subprocess.run([python, "-c", told], capture_output=True, text=True, check=True).stdout.split()
            print("Python {}, Unicode {}, zlib {}".format(*version))
        places = [
            (python, one) for python in found for one in (ELSEWHERE if python != sys.executable else ENVIRONMENTS)
        ]
        return 1 if sum([compare(name, places) for name in PROGRAMS]) else 0


if __name__ == "__main__":
    os.nice(10)
    sys.exit(main())
