"""A build in parts: each makes its share of the pieces and lists what it made, so that parts are put together only when all are there.

A part is a folder of files of the site, with lists beside them: one of the part, and one for each of its pieces.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from hashlib import sha256
from pathlib import Path

from blazon import __version__, disk, folder, jsontext, swap
from blazon.diagnostics import BlazonError, listed, printable
from blazon.jsontext import Unreadable
from blazon.pieces import Piece, Site

LISTS = ".blazon-part/"
LARGEST_LIST = 64 << 20
LARGEST_FILE = 1 << 30
MOST_PARTS = 256

_HEAD = f"{LISTS}part.json"
_PART = re.compile(r"([1-9][0-9]{0,2})/([1-9][0-9]{0,2})")
_WRONG = 1
_USAGE = 2
_NAMED = 8  # missing parts that are named


@dataclass(frozen=True, slots=True)
class Part:
    """Which part of how many: the third of sixteen is 3/16."""

    number: int
    of: int

    def __str__(self) -> str:
        """The part as somebody types it."""
        return f"{self.number}/{self.of}"


@dataclass(frozen=True, slots=True)
class Build:
    """What all parts of a build have in common: the digest of what is built, where to, for which day, and how many pieces."""

    program: str
    address: str
    today: date
    pieces: int

    def document(self, part: Part) -> Mapping[str, object]:
        """What the list of a part says."""
        return {
            "blazon": __version__,
            "program": self.program,
            "address": self.address,
            "today": self.today.isoformat(),
            "pieces": self.pieces,
            "part": part.number,
            "of": part.of,
        }


def read(text: str) -> Part:
    """A part as somebody types it. Raises BlazonError for what is none."""
    found = _PART.fullmatch(text)
    part = Part(*map(int, found.groups())) if found else Part(1, 0)
    if not part.number <= part.of <= MOST_PARTS:
        message = f"{printable(text)} is no part of a build."
        raise BlazonError(message, f"type it as --part 3/16, with at most {MOST_PARTS} parts.", _USAGE)
    return part


def digest(*files: Mapping[str, bytes]) -> str:
    """The SHA-256 of mappings of path to bytes, in hex."""
    listed = [{path: sha256(one[path]).hexdigest() for path in sorted(one)} for one in files]
    return sha256(json.dumps(listed).encode()).hexdigest()


def share(site: Site, part: Part, build: Build) -> Site:
    """The pieces of one part, each with a list of its files, and the list of the part."""
    own = [partial(_listed, number, site.pieces[number]) for number in _numbers(part, len(site.pieces))]
    head = jsontext.write(build.document(part)).encode()
    return Site([lambda: [(_HEAD, head)], *own])


def _numbers(part: Part, pieces: int) -> range:
    """The numbers of the pieces that belong to a part: every so many, so that parts are about as much work."""
    return range(part.number - 1, pieces, part.of)


def _listed(number: int, piece: Piece) -> Iterator[tuple[str, bytes]]:
    """The files of a piece, and then the list of them."""
    digests = {}
    for path, data in piece():
        digests[path] = sha256(data).hexdigest()
        yield path, data
    yield _list(number), jsontext.write(digests).encode()


def _list(number: int) -> str:
    """The path of the list of a piece."""
    return f"{LISTS}{number}.json"


def together(folders: Sequence[Path], wanted: Build) -> Site:
    """The site that parts in these folders make up; the number of pieces that are wanted does not count.

    Raises BlazonError, before any file of theirs is read, when a part is missing, is there twice, is of another build or is
    not as it was made; and later for a file with other bytes.
    """
    heads = [(place, *_head(place)) for place in folders]
    if not heads:
        raise BlazonError("no part was named.", "type: blazon merge part-1 part-2 -o dist", _USAGE)
    (first, one, common), parts = heads[0], dict[int, Path]()
    for place, part, build in heads:
        _compare(place, part, build, wanted)
        if (build.pieces, part.of) != (common.pieces, one.of):
            message = f"{_named(place)} is one of {part.of} parts, and {_named(first)} one of {one.of}."
            raise _again(message, place, Part(min(part.number, one.of), one.of))
        if part.number in parts:
            message = f"{_named(parts[part.number])} and {_named(place)} are both part {part}."
            raise BlazonError(message, "name each part once.", _WRONG)
        parts[part.number] = place
    _refuse_missing(parts, one.of)
    owners: dict[str, Path] = {}
    by_number = sorted(parts.items())
    return Site([made for n, place in by_number for made in _pieces(place, Part(n, one.of), common.pieces, owners)])


def _refuse_missing(parts: Mapping[int, Path], of: int) -> None:
    """Raise BlazonError when a part is not there."""
    missing = [Part(number, of) for number in range(1, of + 1) if number not in parts]
    if missing:
        have = "part is" if len(missing) == 1 else "parts are"
        message = f"{len(missing)} of {of} {have} not there: {listed(map(str, missing[:_NAMED]), 'and')}."
        raise BlazonError(
            message, f"make it with: blazon build --part {missing[0]} -o part-{missing[0].number}", _WRONG
        )


def _pieces(place: Path, part: Part, pieces: int, owners: dict[str, Path]) -> Iterator[Piece]:
    """The pieces in the folder of a part, which has exactly the files that its lists name; `owners` are the folders by path."""
    expected = {swap.MARK, _HEAD}
    for number in _numbers(part, pieces):
        found = _document(place, _list(number), part)
        for path, value in found.items():
            if (
                not isinstance(value, str)
                or not folder.PATH.fullmatch(path)
                or path.startswith(LISTS)
                or path == swap.MARK
            ):
                raise _again(f"{_named(place)} lists a file that no site has: {printable(path)}.", place, part)
            if path in owners:
                message = f"{path} is in {_named(owners[path])} and in {_named(place)}."
                raise _again(message, place, part)
            owners[path] = place
        expected |= {_list(number), *found}
        yield partial(_files, place, part, {path: str(value) for path, value in found.items()})
    there = set(folder.listing(place))
    if lost := sorted(expected - there):
        raise _again(f"{_named(place)} lacks {printable(lost[0])}.", place, part)
    if foreign := sorted(there - expected):
        raise _again(f"{_named(place)} has a file that is not of its part: {printable(foreign[0])}.", place, part)


def _files(place: Path, part: Part, digests: Mapping[str, str]) -> Iterator[tuple[str, bytes]]:
    """The files of a piece as they were listed."""
    for path, expected in digests.items():
        data = _read(place / path)
        if data is None or sha256(data).hexdigest() != expected:
            raise _again(f"{_named(place)}/{path} is not as it was made.", place, part)
        yield path, data


def _read(path: Path) -> bytes | None:
    """The bytes of a file, or None when it is no plain file or larger than any that we write."""
    try:
        return disk.read_plain(path, LARGEST_FILE)[0]
    except OSError:
        return None


def _head(place: Path) -> tuple[Part, Build]:
    """Which part a folder holds, of which build."""
    found = _document(place, _HEAD, None)
    try:
        part = Part(_number(found["part"]), _number(found["of"]))
        build = Build(
            jsontext.text_of(found["program"]),
            jsontext.text_of(found["address"]),
            date.fromisoformat(jsontext.text_of(found["today"])),
            _number(found["pieces"]),
        )
        right = 1 <= part.number <= part.of <= MOST_PARTS
    except (KeyError, ValueError, TypeError):
        right = False
    if not right:
        message = f"{_named(place)} holds no part that can be read."
        raise BlazonError(message, "make it again with: blazon build --part", _WRONG)
    if found.get("blazon") != __version__:
        message = (
            f"{_named(place)} was made by blazon {printable(str(found.get('blazon')))}, and this is {__version__}."
        )
        raise _again(message, place, part)
    return part, build


def _number(value: object) -> int:
    """A whole number that is not negative. Raises ValueError for anything else."""
    if type(value) is not int or not 0 <= value < 1 << 31:
        raise ValueError
    return value


def _compare(place: Path, part: Part, build: Build, wanted: Build) -> None:
    """Raise BlazonError for a part of another site than is put together."""
    name = _named(place)
    if build.address != wanted.address:
        raise _again(
            f"{name} is a part of the site of {printable(build.address)}, and this one is {wanted.address}.",
            place,
            part,
        )
    if build.today != wanted.today:
        message = f"{name} was made for {build.today}, and this is {wanted.today}."
        raise BlazonError(message, f"put it together for that day: blazon merge --today {build.today}", _WRONG)
    if build.program != wanted.program:
        raise _again(f"{name} was made of other files than are here.", place, part)


def _document(place: Path, path: str, part: Part | None) -> Mapping[str, object]:
    """A list in the folder of a part."""
    try:
        return jsontext.parse(disk.read_plain(place / path, LARGEST_LIST)[0], LARGEST_LIST)
    except (OSError, Unreadable) as error:
        if part is None:
            message = f"{_named(place)} holds no part of a build."
            raise BlazonError(message, "make one with: blazon build --part 1/4 -o part-1", _WRONG) from error
        raise _again(f"{_named(place)} lacks a list of its files: {path}.", place, part) from error


def _named(place: Path) -> str:
    """A folder as messages name it."""
    return printable(str(place))


def _again(message: str, place: Path, part: Part) -> BlazonError:
    """The error for a part that has to be made again."""
    return BlazonError(message, f"make it again with: blazon build --part {part} -o {_named(place)}", _WRONG)
