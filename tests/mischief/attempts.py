"""What an attempt is: something that a stranger puts into a program, where that is refused, and a twin without the hostile part."""

from __future__ import annotations

import os
import socket
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

import storybook

AWARD = "content/earners/ada/soldering.yaml"
BADGE = "content/badges/soldering/badge.yaml"
SITE = "content/site.yaml"
KEY = "keys/key-1.yaml"
TODAY = "2026-06-01"

Put = Callable[[Path], object]
Changes = Mapping[str, str | bytes | Put | None]


@dataclass(frozen=True, slots=True)
class Attempt:
    """What differs from the base program by path (None is gone), and the places and codes that `check` answers with.

    `row` is the row of our security rules. The twin is what differs in the same program without the hostile part.
    """

    row: str
    sentence: str
    changes: Changes
    expected: tuple[str, ...]
    twin: Changes

    def __str__(self) -> str:
        """How a test is called."""
        return f"{self.row} {self.sentence}"


def in_field(row: str, sentence: str, path: str, text: str, hostile: str, harmless: str, *expected: str) -> Attempt:
    """An attempt with fields of one file, written over the others: `text` has {} where the two sides differ."""
    sides = (laid(path, text.replace("{}", value)) for value in (hostile, harmless))
    changed, twin = ({path: side} for side in sides)
    return Attempt(row, sentence, changed, tuple(f"{path}:{one}" for one in expected), twin)


def named(row: str, sentence: str, hostile: str, harmless: str, code: str, text: str = "name: Ada\n") -> Attempt:
    """An attempt with the name of a file; the place is the name, or what stands before the last space of the code."""
    place, _, word = code.rpartition(" ")
    return Attempt(row, sentence, {hostile: text}, (f"{place or hostile} {word}",), {harmless: text})


def laid(path: str, text: str) -> str:
    """Fields over those that the base program has in a file."""
    return storybook._merged(f"{text}\n", storybook.base()[path])


def lay_out(root: Path, changes: Changes) -> None:
    """Write the base program with changes below a folder."""
    base = {path: text.removeprefix("\n") for path, text in storybook.base().items()}
    put_all(root, {**base, **changes})


def put_all(root: Path, changes: Changes) -> None:
    """Put files below a folder."""
    for path, put in changes.items():
        if put is None:
            continue
        place = root / path
        place.parent.mkdir(parents=True, exist_ok=True)
        if callable(put):
            put(place)
        else:
            place.write_bytes(put.encode() if isinstance(put, str) else put)


def link(target: str) -> Put:
    """A symbolic link."""
    return lambda place: place.symlink_to(target)


def pipe(place: Path) -> None:
    """A named pipe, from which reading waits for ever."""
    os.mkfifo(place)


def plug(place: Path) -> None:
    """A socket that lies in a folder."""
    here = Path.cwd()
    os.chdir(place.parent)  # the whole path may be longer than a socket's may be
    try:
        with socket.socket(socket.AF_UNIX) as one:
            one.bind(place.name)
    finally:
        os.chdir(here)


def executable(text: str) -> Put:
    """A file that may be run."""

    def put(place: Path) -> None:
        place.write_text(text)
        place.chmod(0o755)

    return put


def hollow(size: int) -> Put:
    """A file that is as long as it is said to be, and takes no room."""

    def put(place: Path) -> None:
        with place.open("wb") as file:
            file.truncate(size)

    return put
