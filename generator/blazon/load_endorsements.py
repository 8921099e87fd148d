"""Endorsements to model: the signed JSON beside a file that names it, as it is. Whether it holds is judged elsewhere."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from blazon import jsontext
from blazon.diagnostics import Place, Report
from blazon.model import Endorsement

LARGEST = 256 * 1024


def read_endorsements(
    named: Iterable[Endorsement], files: Mapping[str, str], tree: Mapping[str, bytes], report: Report
) -> tuple[Endorsement, ...]:
    """The endorsements that a file names, with their documents; `files` are the paths beside it by name.

    One that is missing or cannot be read is reported and left out.
    """
    read = (_read(one, files.get(f"{one.name}.json"), tree, report) for one in named)
    return tuple(one for one in read if one is not None)


def refuse_unnamed(files: Mapping[str, str], named: Iterable[str], where: str, report: Report) -> None:
    """Report JSON files that nothing names; `where` is the field that could, such as `endorsements` of badge.yaml."""
    for name, path in files.items():
        if name.removesuffix(".json") not in named:
            hint = f'add "- {name}" to the {where}, or delete the file'
            report.error("unknown-file", Place(path), "no field names this file.", hint)


def _read(one: Endorsement, path: str | None, tree: Mapping[str, bytes], report: Report) -> Endorsement | None:
    """An endorsement with the JSON object in its file."""
    if path is None:
        message = f'there is no file "{one.name}.json" beside this one.'
        report.error("missing-file", one.place, message, hint="put it there, or delete this line")
        return None
    try:
        return replace(one, document=jsontext.parse(tree[path], LARGEST))
    except jsontext.Unreadable as error:
        message = f"this endorsement cannot be read: {error}"
        report.error("bad-json", Place(path), message, hint="ask its issuer for a fresh copy")
        return None
