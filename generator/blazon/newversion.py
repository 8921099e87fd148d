"""A new version of a badge: what was awarded is kept beside it, and the awards say which version they are of."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from blazon import rewriting, schemas, values
from blazon.diagnostics import BlazonError, printable
from blazon.model import Achievement, Program

_NUMBER = re.compile(r"(?<=:)(\s*)[\"']?\d+[\"']?")


@dataclass(frozen=True, slots=True)
class Written:
    """A file that is written: its path, what it held before, or None for a new one, and what it holds then."""

    path: str
    before: bytes | None
    data: bytes


def version(program: Program, tree: Mapping[str, bytes], slug: str) -> list[Written]:
    """What keeps the badge as it is awarded today and opens its next version, in an order of which each step leaves a sound program.

    Raises BlazonError when there is no such badge, or its files are not as they should be.
    """
    badge = program.achievements.get(slug)
    if badge is None:
        hint = values.nearest(slug, program.achievements) or "name the folder of a badge in content/badges/."
        raise BlazonError(f'there is no badge called "{printable(slug)}".', hint, 2)
    if slug in program.broken or "version" in badge.unread:
        raise BlazonError(f'the badge "{slug}" cannot be read.', "see what is wrong with: blazon check", 1)
    folder = f"content/badges/{slug}"
    kept = f"{folder}/versions/{badge.version}"
    if f"{kept}.yaml" in tree:
        message = f"{kept}.yaml is already there."
        raise BlazonError(message, f'write "version: {badge.version + 1}" in {folder}/badge.yaml.', 1)
    pictures = [ending for ending in ("png", "svg") if f"{folder}/image.{ending}" in tree]
    return [
        *_named(program, tree, badge),
        *(Written(f"{kept}.{one}", None, tree[f"{folder}/image.{one}"]) for one in pictures),
        Written(f"{kept}.yaml", None, _deeper(f"{folder}/badge.yaml", f"{kept}.yaml", tree[f"{folder}/badge.yaml"])),
        _raised(f"{folder}/badge.yaml", tree[f"{folder}/badge.yaml"], badge.version + 1),
    ]


def _deeper(path: str, kept: str, data: bytes) -> bytes:
    """The badge's file for its place among the earlier versions: its first line leads to the schema from there."""
    line = schemas.editor_line("badge", path).encode()
    return schemas.editor_line("badge", kept).encode() + data[len(line) :] if data.startswith(line) else data


def _named(program: Program, tree: Mapping[str, bytes], badge: Achievement) -> Iterator[Written]:
    """The awards and claims of a badge that do not say which version they are of, saying it."""
    for award in program.awards:
        if award.achievement == badge.slug and award.version is None and award.erased is None:
            path = award.place.path
            line = f"version: {badge.version}\n"
            yield Written(path, tree[path], rewriting.below_field(path, tree[path], "badge", "version", line))


def _raised(path: str, data: bytes, number: int) -> Written:
    """The badge's file with its next number."""
    found, after = rewriting.parts(path, data)
    if "version" not in {part.name for part in found}:
        return Written(path, data, rewriting.below_field(path, data, "name", "version", f"version: {number}\n"))
    text = "".join(
        part.above + (_NUMBER.sub(rf"\g<1>{number}", part.text, count=1) if part.name == "version" else part.text)
        for part in found
    )
    return Written(path, data, (text + after).encode())
