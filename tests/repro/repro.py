"""Builds one program in many environments, and says where a byte differs.

make repro
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from hashlib import sha256
from pathlib import Path

import programs

TODAY = "2026-11-20"
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


def built(place: Path, environment: dict[str, str]) -> str:
    """One hash of every path, mode and byte of the site that is built in an environment."""
    first, root = programs.small(place / "first"), place / "program"
    paths = sorted((path for path in first.rglob("*") if path.is_file()), reverse="ORDER" in environment)
    for path in paths:  # the order in which a folder lists its files is often that of their making
        (root / path.relative_to(first)).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(path, root / path.relative_to(first))
    command = [sys.executable, "-m", "blazon", "-C", str(root), "-q", "build", "--today", TODAY]
    mask, folder = int(environment.get("UMASK", "022"), 8), environment.get("FOLDER", str(place))
    subprocess.run(command, env={**os.environ, **environment}, umask=mask, cwd=folder, check=True)
    found = sha256()
    for path in sorted((root / "dist").rglob("*")):
        data = path.read_bytes() if path.is_file() else b""
        found.update(repr((path.relative_to(root).as_posix(), path.stat().st_mode, data)).encode())
    return found.hexdigest()


def main() -> int:
    """Build in each environment, and say which ones differ from the first."""
    hashes = {}
    for environment in ENVIRONMENTS:
        with tempfile.TemporaryDirectory() as place:
            hashes[str(environment)] = built(Path(place), dict(environment))
    first = next(iter(hashes.values()))
    strange = [name for name, one in hashes.items() if one != first]
    print(f"{len(hashes)} environments, {len(strange)} with other bytes; {first[:16]}")
    for name in strange:
        print(f"  {name}")
    return 1 if strange else 0


if __name__ == "__main__":
    os.nice(10)
    sys.exit(main())
