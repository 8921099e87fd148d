"""The two sides of a comparison, read from their folders: what a program says, and what decides how its awards are made."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

from blazon import disk, files, load, swap
from blazon.altering import Side
from blazon.check_against import decides
from blazon.diagnostics import BlazonError, Report, printable
from blazon.model import Award, Program

_LEFT_BEHIND = ("/__pycache__/", "/node_modules/")
_LARGEST = 16 << 20


def side(root: Path, tree: Mapping[str, bytes], program: Program) -> Side:
    """A program that was read from a folder as one side of a comparison."""
    return Side(program, {**dict(_machinery(root)), **tree})


def base(root: Path, now: Side | None = None) -> Side:
    """What a program was, from a folder with the files of that time. Awards whose files are the same `now` are not read twice.

    Raises BlazonError, since nothing can be said without it, when it cannot be read in full.
    """
    report = Report()
    hint = "name the folder with the files that were accepted last; blazon check has to be able to read them."
    try:
        tree = files.read_tree(root, report)
        same = _same_awards(tree, now) if now else {}
        program = load.load({path: data for path, data in tree.items() if path not in same}, report) if tree else None
    except BlazonError as error:
        raise BlazonError(f"there is nothing to compare with: {error.message}", hint) from error
    unread = program is None or program.broken or any(one.unread for one in program.awards)
    if program is None or unread:
        first = next((one.as_text().partition("\n")[0] for one in report), "nothing is in it.")
        raise BlazonError(f"what is in {printable(str(root))} cannot be compared with: {first}", hint)
    awards = sorted((*program.awards, *same.values()), key=lambda award: award.place.path)
    return side(root, tree, replace(program, awards=tuple(awards)))


def _same_awards(tree: Mapping[str, bytes], now: Side) -> dict[str, Award]:
    """The awards of a program whose files were the same before, by path: what a file says does not depend on others."""
    paths = ((award.place.path, award) for award in now.program.awards if not award.unread)
    return {path: award for path, award in paths if tree.get(path) == now.files[path]}


def _machinery(root: Path) -> Iterator[tuple[str, bytes]]:
    """The files around the content that decide how awards are made, by path, each with a digest.

    What a build remembers is none of them: one that came with a request is never believed.
    """
    for top in sorted(root.iterdir()):
        if top.is_symlink() or top.is_file():
            if decides(top.name) and not top.name.endswith(swap.RECORD):
                yield top.name, _digest(top)
        elif decides(f"{top.name}/x"):
            for found, why in disk.walk_given(top):
                if not any(part in found for part in _LEFT_BEHIND):
                    yield Path(found).relative_to(root).as_posix(), why.encode() or _digest(Path(found))


def _digest(path: Path) -> bytes:
    """What tells whether a file is another one."""
    if path.is_symlink():
        return f"a link to {path.readlink()}".encode()
    return sha256(disk.read_given(path, _LARGEST)).digest()
