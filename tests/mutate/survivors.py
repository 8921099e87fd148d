"""Small mistakes that no test can see, each with its reason: `survivors.toml`, where an entry names a line as it stands, and its changes."""

from __future__ import annotations

import tomllib
from pathlib import Path

BOOK = Path(__file__).parent / "survivors.toml"

Key = tuple[str, str, str]
"""A module, a line without its indentation, and a change, as `Mutant.key` has them."""


def explained() -> dict[Key, str]:
    """Why a mutant may survive, by its key."""
    entries = tomllib.loads(BOOK.read_text("utf-8")).get("survivor", [])
    return {(one["module"], one["line"], change): one["why"] for one in entries for change in one["changes"]}
