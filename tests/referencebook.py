"""Writes docs/reference/files.md and schemas/ from the fields that the readers use, so that they cannot say anything else."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from blazon import schemas
from blazon.fields import ERASED_AWARD, FILES
from blazon.records import Either, Listing, Made, Mapped, Record

ROOT = Path(__file__).parents[1]
PAGE = ROOT / "docs" / "reference" / "files.md"

_HEAD = """\
# Files and their fields

The files that a program writes. Fields marked * are required. Long text is Markdown without HTML or images; dates are `2026-05-14` or
`2026-05-14T09:00:00Z`; every name of a file or folder is lower-case words joined by `-`. Nothing but these files belongs in `content/` and
`keys/`, and pictures: `image.png` and `image.svg` beside a `badge.yaml`, or `versions/<n>.png` and `.svg` for an earlier version.
`docs/` is yours; only a program that has `docs/pages.yaml` publishes pages from it.

This page is made from the program itself: `make reference` writes it anew.
"""

_PLACES = {
    "content/site.yaml": "Who issues, where it is published, how it looks.",
    "content/reviewers.yaml": "Who may approve what, and how many of them.",
    "content/badges/<badge>/badge.yaml": "A badge as it is awarded today; `versions/<n>.yaml` beside it has an earlier version, with the same fields.",
    "content/earners/<earner>/earner.yaml": "The earner's own page: theirs to change, never signed. It may be absent.",
    "content/earners/<earner>/<award>.yaml": "One award: proposed, reviewed, merged. Without `issued` it is a claim.",
    "docs/pages.yaml": "The documentation that the site publishes under `/docs/`: which Markdown files below `docs/`, in which order. A site without this file has none.",
    "keys/<name>.yaml": "A public key with its dates. Its name is part of its address.",
}


def text() -> str:
    """The whole page."""
    parts = [_HEAD]
    for path, record in FILES.items():
        parts += [f"## `{path}`\n\n{_PLACES[path]}\n", _table(record), *_inner(record)]
    parts += ["## An erased award\n\nWhat is left of an award's file when its earner asked for it to be erased.\n"]
    parts += [_table(ERASED_AWARD), *_inner(ERASED_AWARD)]
    return "\n".join(parts)


def _table(record: Record[Any]) -> str:
    """The fields of a record."""
    rows = [
        f"| `{field.name}`{' *' if field.required else ''} | {field.help} | {_code(field.example)} |"
        for field in record.fields.values()
    ]
    return "\n".join(["| Field | What it says | Example |", "|---|---|---|", *rows, ""])


def _inner(record: Record[Any], path: str = "") -> Iterator[str]:
    """The tables of records inside a record, each under the name of its field."""
    for field in record.fields.values():
        below = f"{path}{field.name}"
        for inner in _records(field.reader):
            yield f"### `{below}`\n"
            yield _table(inner)
            yield from _inner(inner, f"{below}.")


def _records(reader: Any) -> Iterator[Record[Any]]:
    """The records that a field's reader leads to."""
    match reader:
        case Record():
            yield reader
        case Listing():
            yield from _records(reader.entry)
        case Mapped():
            yield from _records(reader.value)
        case Either():
            yield from _records(reader.text)
            yield from _records(reader.table)
        case Made():
            yield from _records(reader.of)


def _code(example: str) -> str:
    """An example as code in a cell."""
    return f"`{example.replace('|', chr(92) + '|')}`" if example else ""


if __name__ == "__main__":
    PAGE.write_text(text(), "utf-8")
    for path, schema in schemas.files().items():
        (ROOT / path).write_text(schema, "utf-8")
    sys.stdout.write(f"wrote {PAGE} and schemas/\n")
