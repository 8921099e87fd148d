"""Several new files at once: all of them or none, also when the run that writes them is killed half-way."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from hashlib import sha256
from pathlib import Path, PurePosixPath

from blazon import disk, holding
from blazon.diagnostics import BlazonError, printable

NOTE = ".blazon-unfinished"

_MODE = 0o600  # git keeps no such mode: a note that came with a repository is never believed
_LARGEST = 64 << 20


def write_all_new(root: Path, new: Iterable[tuple[str, str | bytes]]) -> None:
    """Write new files of a program, all of them or none: when one cannot be written, those before it are taken away again.

    A note says what is being written, as long as it is; where a killed run left one, `take_back` heeds it.
    """
    files = [(path, text.encode() if isinstance(text, str) else text) for path, text in new]
    if names := [path for path, _ in files if os.path.lexists(root / path)]:
        raise disk.taken(names[0])
    try:
        with disk.new_folders(root) as made, holding.alone(root), _noted(root, files):
            for path, data in files:
                disk.write_new(root, path, data, lasting=False)
            above = (root / folder for path, _ in files for folder in PurePosixPath(path).parents)
            disk.keep_names(*above, *made)
    except OSError as error:
        message = f"the files could not be written: {disk.reason(error)}."
        raise BlazonError(message, "nothing of them was left behind.") from error


def take_back(root: Path) -> None:
    """Take away what a killed run wrote and did not finish; a file that somebody changed since stays."""
    if not os.path.lexists(root / NOTE):
        return
    with holding.alone(root):
        _undo(root, *_read(root / NOTE))
        (root / NOTE).unlink()


def settle(root: Path) -> None:
    """Take back what a killed run did not finish, before a program is read; raises BlazonError when another run is writing into it."""
    if root.is_dir():
        with holding.looking(root):
            pass
    take_back(root)


@contextmanager
def _noted(root: Path, files: Sequence[tuple[str, bytes]]) -> Iterator[None]:
    """Keep a note of new files until all are written; when that goes wrong, nothing of them stays."""
    above = dict.fromkeys(str(one) for path, _ in files for one in reversed(PurePosixPath(path).parents[:-1]))
    folders = [one for one in above if not os.path.lexists(root / one)]
    digests = {path: sha256(data).hexdigest() for path, data in files}
    if not disk.put_new(root / NOTE, json.dumps([folders, digests]).encode(), _MODE):
        raise _in_the_way(root / NOTE)
    disk.keep_names(root)
    try:
        yield
    except BaseException:
        _undo(root, folders, digests)
        raise
    finally:
        (root / NOTE).unlink(missing_ok=True)
        disk.keep_names(root)


def _undo(root: Path, folders: Sequence[str], digests: dict[str, str]) -> None:
    """Remove those files that have exactly the bytes that were to be written, and the folders made for them."""
    for path, digest in digests.items():
        place = root / path
        disk.refuse_links(root, path)
        with suppress(OSError):  # it was never written
            place.with_name(f".{place.name}.new").unlink(missing_ok=True)
            if sha256(disk.read_plain(place, _LARGEST)[0]).hexdigest() == digest:
                place.unlink()
    for folder in reversed(folders):
        disk.refuse_links(root, folder)
        with suppress(OSError):  # it was never made, or somebody has put something there
            (root / folder).rmdir()


def _read(place: Path) -> tuple[list[str], dict[str, str]]:
    """The folders and the digests of files in a note; raises BlazonError when it is not one that we wrote here."""
    try:
        data, mode = disk.read_plain(place, _LARGEST)
        folders, digests = json.loads(data)
        digests = dict(digests)
        within = all(map(_is_within, (*folders, *digests)))
    except (OSError, ValueError, TypeError, RecursionError) as error:
        raise _in_the_way(place) from error
    if mode != _MODE or not within:
        raise _in_the_way(place)
    return folders, digests


def _is_within(path: str) -> bool:
    """Whether a path of a note can be one of a file or a folder below the program; raises TypeError when it is no text."""
    pure = PurePosixPath(path)
    return path.isprintable() and pure.name != "" and not pure.is_absolute()


def _in_the_way(place: Path) -> BlazonError:
    """The error for a note that is not one of ours."""
    return BlazonError(f"{printable(str(place))} is in the way, and not ours to remove.", "look at it and remove it.")
