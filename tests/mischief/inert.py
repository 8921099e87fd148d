"""A program in which every text of every file ends in markup, a template and the end of a script, and its twin in which it ends in letters."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest

import everything
from blazon import fields, values
from blazon.records import Either, Listing, Made, Mapped, Record

NAME = ' <script>alert(1)</script> " onmouseover="alert(1) {{ 7*7 }}{% include "x" %} </script><!--'
TEXT = f"\n\n<img src=x onerror=alert(1)> <svg/onload=alert(1)>{NAME}\n\n# Head {{: onclick=alert(1)}}\n"
_HARMLESS = str.maketrans("<>\"{}%'", "abcdefg")
# Words that other files repeat, or that are numbers.
_REPEATED = ("scores", "pass", "levels.name")
_EARNERS = ("brackets", "stacker", "fates")

Say = Callable[[str], str]


def hostile(end: str) -> str:
    """What texts end in."""
    return end


def harmless(end: str) -> str:
    """The same with letters for every sign that has a meaning somewhere."""
    return end.translate(_HARMLESS)


def write(root: Path, say: Say, monkeypatch: pytest.MonkeyPatch) -> None:
    """Write the program that uses everything, each of its texts with what is said at its end."""
    tables = {path: table for path, table in everything._files().items() if _is_kept(path)}
    spoiled = {
        path: table if "erased" in table else _spoiled(_record(path), table, say) for path, table in tables.items()
    }
    with monkeypatch.context() as patched:
        patched.setattr(everything, "_files", lambda: spoiled)
        everything.write(root)


def _is_kept(path: str) -> bool:
    """Whether a file is one of the few earners' that are enough here, or no earner's at all."""
    return not path.startswith("content/earners/") or path.split("/")[2] in _EARNERS


def _record(path: str) -> Record[Any]:
    """The fields of a file."""
    match path.split("/"):
        case ["content", "badges", *_]:
            return fields.FILES["content/badges/<badge>/badge.yaml"]
        case ["content", "earners", _, "earner.yaml"]:
            return fields.FILES["content/earners/<earner>/earner.yaml"]
        case ["content", "earners", *_]:
            return fields.FILES["content/earners/<earner>/<award>.yaml"]
        case ["keys", name] if name != "root.yaml":
            return fields.FILES["keys/<name>.yaml"]
    return fields.FILES[path]


def _spoiled(reader: Any, value: Any, say: Say, where: str = "") -> Any:
    """A value in which every text that people choose freely has another end."""
    match reader, value:
        case Record(), Mapping():
            below = reader.fields
            return {name: _spoiled(below[name].reader, one, say, f"{where}.{name}") for name, one in value.items()}
        case Listing(), list():
            return [_spoiled(reader.entry, one, say, where) for one in value]
        case Mapped(), Mapping():
            return {name: _spoiled(reader.value, one, say, where) for name, one in value.items()}
    inner = _inside(reader, value)
    return _ended(reader, value, say, where) if inner is None else _spoiled(inner, value, say, where)


def _inside(reader: Any, value: Any) -> Any:
    """The reader inside another one that reads a single value, or None where there is none."""
    match reader:
        case Listing():
            return reader.entry
        case Either():
            return reader.table if isinstance(value, Mapping) else reader.text
        case Made():
            return reader.of
    return None


def _ended(reader: Any, value: Any, say: Say, where: str) -> Any:
    """A value with another end, where it is a text that people choose freely."""
    if where.endswith(_REPEATED):
        return value
    if reader in (values.NAME, values.LINE):
        return value + say(NAME)
    return value + say(TEXT) if reader is values.MARKDOWN else value
