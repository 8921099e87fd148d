"""What tells whether files changed without opening them: one digest of the marks that the system keeps of each."""

from __future__ import annotations

import hashlib
import os
import stat
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import chain
from operator import attrgetter
from pathlib import Path
from types import MappingProxyType

from blazon import disk
from blazon.pieces import Hands

_TICK = 2_000_000_000  # nanoseconds within which some file systems give two changes the same time
_PARTS_AT_ONCE, _MANY_PARTS = 200, 5_000  # of a site: what is looked at in one go, and when more than one may look
_MADE_BY_RUNNING = "__pycache__"
_INSTALLED = (".dist-info", ".egg-info")


class Unclear(Exception):
    """A link leads out of what is looked at, so that marks tell too little."""


def of_sources(root: Path, tops: Iterable[str], besides: Iterable[Path], ours: str, began: int) -> str:
    """A digest of the files at the top of a program, of all that is below its folders `tops`, and below the folders `besides`.

    A file that changed after `began`, or shortly before, may change again and have the same marks: of those the bytes count as well.
    The file of the name `ours` at the top does not count. Raises Unclear, and OSError when something cannot be read.
    """
    digest = hashlib.sha256()
    for path, status in _sources(root, tops, besides, ours):
        if stat.S_ISDIR(status.st_mode):
            digest.update(_line(path, status.st_mode))
            continue
        late = status.st_ctime_ns >= began - _TICK and stat.S_ISREG(status.st_mode)
        times = (status.st_mtime_ns, status.st_ctime_ns)
        marks = (status.st_mode, status.st_size, status.st_ino, *times)
        digest.update(_line(path, *marks, _digest(path) if late else ""))
    return digest.hexdigest()


def of_code() -> str:
    """A digest of the bytes of this very package, whoever edits it in place."""
    digest, top = hashlib.sha256(), str(Path(__file__).parent)
    for path, status in _walk(top):
        if stat.S_ISREG(status.st_mode):
            digest.update(_line(path[len(top) :], _digest(path)))
    return digest.hexdigest()


@dataclass(frozen=True, slots=True)
class Seen:
    """A part of a site as it is: a digest of the marks in it, how many files it has, and their bytes in all."""

    digest: str
    files: int
    size: int


def parts_of_site(
    folder: Path, hands: Hands = map, known: Mapping[str, Seen] = MappingProxyType({})
) -> dict[str, Seen]:
    """What is in each part of a folder that a build filled, by its path: in each folder below one of its folders, and "" for the rest.

    Several hands pay where there are many; parts that are known are not looked at. When a file got its last name does not count: unchanged files are given new ones by the
    next build. Raises OSError when something cannot be read.
    """
    rest, parts = _Sum(), list[str]()
    for name, status in _entries(str(folder)):
        rest.add(name, status)
        if stat.S_ISDIR(status.st_mode):
            for below, one in _entries(f"{folder}/{name}"):
                path = f"{name}/{below}"
                rest.add(path, one)
                if stat.S_ISDIR(one.st_mode) and path not in known:
                    parts.append(path)
    some = [parts[begun : begun + _PARTS_AT_ONCE] for begun in range(0, len(parts), _PARTS_AT_ONCE)]
    found = {**known, "": rest.seen()}
    for seen in (hands if len(parts) >= _MANY_PARTS else map)(partial(_parts, str(folder)), some):
        found |= seen
    return found


def loose_files(folder: Path) -> dict[str, int]:
    """The files of a site that are in none of its parts, with their sizes. Raises OSError when it cannot be read."""
    found: dict[str, int] = {}
    with os.scandir(folder) as entries:
        tops = sorted((entry.name, entry.is_dir(follow_symlinks=False)) for entry in entries)
    for below in ("", *(f"{name}/" for name, is_folder in tops if is_folder)):
        with os.scandir(f"{folder}/{below}") as entries:
            files = [one for one in entries if not one.is_dir(follow_symlinks=False)]
        found |= {f"{below}{one.name}": one.stat(follow_symlinks=False).st_size for one in files}
    return found


def whole(parts: Mapping[str, Seen]) -> str:
    """One digest of all parts of a site."""
    lines = sorted(f"{path}\0{one.digest}\n" for path, one in parts.items())
    return hashlib.sha256(os.fsencode("".join(lines))).hexdigest()


def installed() -> list[str]:
    """Which Python runs, and which packages of which versions it finds."""
    names = {name for place in sys.path if os.path.isdir(place) for name in os.listdir(place)}  # noqa: PTH112, PTH208 - names only
    return [sys.version, *sorted(name for name in names if name.endswith(_INSTALLED))]


def _sources(
    root: Path, tops: Iterable[str], besides: Iterable[Path], ours: str
) -> Iterator[tuple[str, os.stat_result]]:
    """The files at the top of a program, and everything below some folders, in order; no link is among them."""
    with os.scandir(root) as entries:
        top = {entry.name: (entry.path, entry.stat(follow_symlinks=False)) for entry in entries if entry.name != ours}
    yield from sorted(one for one in top.values() if not stat.S_ISDIR(one[1].st_mode))
    for folder in [*(root / name for name in tops if name in top), *besides]:
        for path, status in chain([(str(folder), os.lstat(folder))], _walk(str(folder))):
            if stat.S_ISLNK(status.st_mode):
                raise Unclear(path)
            yield path, status


def _walk(folder: str) -> Iterator[tuple[str, os.stat_result]]:
    """Everything below a folder with its marks, always in the same order; nothing is followed, and what running Python leaves is left out."""
    waiting = [folder]
    while waiting:
        with os.scandir(waiting.pop()) as entries:
            found = sorted(entries, key=attrgetter("name"))
        for entry in found:
            if entry.name != _MADE_BY_RUNNING:
                yield entry.path, entry.stat(follow_symlinks=False)
        waiting += [
            one.path for one in reversed(found) if one.name != _MADE_BY_RUNNING and one.is_dir(follow_symlinks=False)
        ]


class _Sum:
    """The marks of some entries of a site, and how many files are among them."""

    def __init__(self) -> None:
        """Nothing was seen yet."""
        self._lines: list[str] = []
        self._files = 0
        self._size = 0

    def add(self, path: str, status: os.stat_result) -> None:
        """Count an entry; of a folder only its permissions are a mark."""
        if stat.S_ISDIR(status.st_mode):
            self._lines.append(f"{path}\0{status.st_mode}\n")
            return
        marks = f"{status.st_mode} {status.st_size} {status.st_ino} {status.st_mtime_ns}"
        self._lines.append(f"{path}\0{marks}\n")
        self._files += 1
        self._size += status.st_size

    def seen(self) -> Seen:
        """What was seen."""
        digest = hashlib.sha256(os.fsencode("".join(self._lines))).hexdigest()
        return Seen(digest, self._files, self._size)


def _parts(folder: str, parts: Sequence[str]) -> dict[str, Seen]:
    """What is in some parts of a site, by their paths."""
    return {part: _part(f"{folder}/{part}") for part in parts}


def _part(top: str) -> Seen:
    """What is below a folder."""
    found, waiting = _Sum(), [""]
    while waiting:
        below = waiting.pop()
        for name, status in _entries(f"{top}/{below}"):
            found.add(f"{below}{name}", status)
            if stat.S_ISDIR(status.st_mode):
                waiting.append(f"{below}{name}/")
    return found.seen()


def _entries(folder: str) -> list[tuple[str, os.stat_result]]:
    """The names in a folder with their marks, in order; nothing is followed."""
    with os.scandir(folder) as entries:
        return sorted([(entry.name, entry.stat(follow_symlinks=False)) for entry in entries])


def _digest(path: str) -> str:
    """The digest of a file's bytes."""
    with open(os.open(path, disk.READ), "rb") as file:  # noqa: PTH123 - it is open, and no link was followed
        return hashlib.file_digest(file, "sha256").hexdigest()


def _line(*parts: object) -> bytes:
    """Some marks as bytes that no other marks give: no path has a zero byte in it."""
    return os.fsencode("\0".join(map(str, parts)) + "\0\n")
