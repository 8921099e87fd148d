"""The files of a program as far as a walk through folders looks at them: their names matter, and not what they say."""

from __future__ import annotations

from pathlib import Path

AWARD = "content/earners/ada/soldering.yaml"


def plant(root: Path) -> Path:
    """Put the few files that every program has below a folder."""
    for path in ("content/site.yaml", AWARD, "keys/key-1.yaml"):
        put(root, path)
    return root


def put(root: Path, path: str, data: bytes = b"name: x\n") -> Path:
    """Put one file, and the folders around it, below a folder; where it is."""
    place = root / path
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_bytes(data)
    return place
