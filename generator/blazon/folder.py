"""A site as a folder: written whole or not at all, held to what was published before, and read back by address."""

from __future__ import annotations

import errno
import os
import re
import stat
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from functools import lru_cache, partial
from itertools import chain
from pathlib import Path
from typing import Self

from blazon import disk, swap
from blazon.diagnostics import BlazonError, Place, Report, printable
from blazon.pieces import Files, Hands, Piece, Site

MOST_LISTED = 20
LARGEST_DOCUMENT = 8 << 20

_SIGNED = re.compile(
    r"awards/[^/]+/credential\.json|achievements/[^/]+\.json|endorsements/[^/]+\.json|ob2/badges/[^/]+\.json"
)
PATH = re.compile(r"(?:(?!\.\.?/)[A-Za-z0-9._~-]+/)*(?!\.\.?$)[A-Za-z0-9._~-]+")
_LOOK = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC


class _Effect(StrEnum):
    """What became of one file of the site."""

    NEW = "new"
    CHANGED = "changed"
    SAME = "same"


@dataclass(frozen=True, slots=True)
class Changes:
    """What a build did to a site: numbers of files, and bytes in all. Nothing was written when `written` is false.

    `again` is how many of the changed files are credentials that were signed again, and are otherwise the same.
    """

    new: int = 0
    changed: int = 0
    same: int = 0
    removed: int = 0
    size: int = 0
    again: int = 0
    written: bool = False

    @classmethod
    def counted(cls, tally: Counter[str], *, written: bool) -> Self:
        """The changes that a count of effects amounts to."""
        effects = (tally["new"], tally["changed"], tally["same"], tally["removed"])
        return cls(*effects, size=tally["size"], again=tally["again"], written=written)

    @property
    def files(self) -> int:
        """How many files the site has."""
        return self.new + self.changed + self.same


@dataclass(frozen=True, slots=True)
class LeftOut:
    """Files that a choice of a program leaves out of its site: their paths, where the choice stands, and what is said when some of
    them were published, of their number and then as a hint.
    """

    paths: re.Pattern[str]
    place: Place
    message: Callable[[int], str]
    hint: str


def is_signed(path: str) -> bool:
    """Whether a site path holds a document whose published bytes stay: a credential, or a definition one may name."""
    return _SIGNED.fullmatch(path) is not None


def is_credential(path: str) -> bool:
    """Whether a site path holds a credential."""
    return path.startswith("awards/") and is_signed(path)


def write_site(
    site: Site | Files,
    target: Path,
    address: str,
    *,
    root: Path,
    report: Report,
    accepted: Collection[str] = (),
    may_go: Callable[[str], bool] = lambda _path: False,
    left_out: LeftOut | None = None,
    keep: Callable[[str], bool] | None = is_signed,
    again: Callable[[str, bytes, bytes], bool] = lambda _path, _before, _after: False,
    fits: Callable[[int], bool] = lambda _size: True,
    done: Callable[[Changes], None] = lambda _changes: None,
    progress: Callable[[int, int], None] | None = None,
    hands: Hands = map,
) -> Changes:
    """Make the target folder hold exactly this site, whole or not at all, and say what changed.

    What was published stays: a lost address, or other bytes where `keep` says that bytes stay, is reported, and then the
    target is left as it was; `accepted` names addresses where that is meant, `may_go` tells paths, and what is `left_out` is told of
    once. With `keep` None nothing is compared.
    `again` tells, for a path, the bytes before and those now, whether they are the same document with another signature. `fits` tells, for
    the bytes of the whole site, whether it may be put in place, and `done` hears, before another build can begin, that it is. `hands` make the pieces, and after each of them `progress` hears how many files
    and credentials there are.
    """
    pieces = site.pieces if isinstance(site, Site) else [lambda: site]
    refusals = _Refusals(target.name, _Accepted(accepted, address), may_go, left_out, keep, report)
    before = swap.identity(target)
    try:
        with swap.claimed(target, root, address) as claim:
            taken = [one for one in pieces if isinstance(one, Taken)]
            _refuse_replaced(taken, claim)
            claim.keeps_spare = bool(taken)
            tally = _filled(hands(partial(_fill, _Filling(claim), refusals.keeps, again), pieces), refusals, progress)
            changes = _finish(tally, claim, refusals, fits, frozenset(path for one in taken for path in one.folders))
            if changes.written:
                done(changes)
            return changes
    except OSError as error:
        message = f"{printable(str(target))} could not be written: {(error.strerror or str(error)).lower()}."
        raise BlazonError(message, _what_stands(target, before)) from error


def _what_stands(target: Path, before: tuple[int, int] | None) -> str:
    """What there is after a build that the system refused to go on, which may be later than the new site took its place."""
    now = swap.identity(target)
    if now == before:
        return "the site that was there is untouched."
    if now is None:
        return "the site stands beside that place; build again, and it gets there."
    return "the new site is in its place; the next build removes what is left beside it."


@dataclass(frozen=True, slots=True)
class Taken:
    """Folders and files of a site that is there, as a piece of the next one: their paths, and how much there is in all.

    `mark` tells that nobody has replaced the site since its folders were looked at.
    """

    site: Path
    mark: tuple[int, ...]
    folders: Sequence[str]
    loose: Sequence[str]
    files: int
    credentials: int
    size: int

    def __call__(self) -> Iterator[tuple[str, bytes]]:
        """The files, read."""
        inside = (path for top in self.folders for path in _files(str(self.site), f"{top}/"))
        for path in chain(self.loose, inside):
            yield path, disk.read_plain(self.site / path, LARGEST_DOCUMENT)[0]


@dataclass(slots=True)
class _Filled:
    """What became of the files of a piece: the count of each effect, and the paths that keep their bytes and would change."""

    tally: Counter[str] = field(default_factory=Counter)
    refused: list[str] = field(default_factory=list)


def _fill(
    filling: _Filling, keeps: Callable[[str], bool], again: Callable[[str, bytes, bytes], bool], piece: Piece
) -> _Filled:
    """Put the files of a piece into the fresh folder."""
    filled = _Filled()
    if isinstance(piece, Taken):
        filling.take(piece)
        counts = {_Effect.SAME: piece.files, "size": piece.size, "credentials": piece.credentials}
        filled.tally.update(counts)
        return filled
    for path, data in piece():
        effect = filling.put(path, data)
        filled.tally[effect] += 1
        filled.tally["size"] += len(data)
        filled.tally["credentials"] += is_credential(path)
        if effect is _Effect.CHANGED and keeps(path):
            if again(path, filling.before(path), data):
                filled.tally["again"] += 1
            else:
                filled.refused.append(path)
    return filled


def _filled(
    pieces: Iterable[_Filled], refusals: _Refusals, progress: Callable[[int, int], None] | None
) -> Counter[str]:
    """The count of all pieces; what is refused in them is reported in the order of paths."""
    tally: Counter[str] = Counter()
    refused: list[str] = []
    for piece in pieces:
        tally.update(piece.tally)
        refused += piece.refused
        if progress is not None:
            progress(sum(tally[effect] for effect in _Effect), tally["credentials"])
    for path in sorted(refused):
        refusals.changed(path)
    return tally


def _refuse_replaced(taken: Iterable[Taken], claim: swap.Claim) -> None:
    """Raise BlazonError when folders are to be taken from a site that another build has replaced."""
    if any(one.mark != swap.mark_of(claim.target) for one in taken):
        message = f"another build has written {printable(str(claim.target))} while this one was at work."
        raise BlazonError(message, "build again.")


def _finish(
    tally: Counter[str], claim: swap.Claim, refusals: _Refusals, fits: Callable[[int], bool], taken: Collection[str]
) -> Changes:
    """Swap the filled folder in when there is something new and nothing to refuse; folders that were taken over are not looked at."""
    for path in _removed(claim, taken):
        tally["removed"] += 1
        refusals.vanished(path)
    if refusals.any:
        refusals.close()
    if refusals.any or not fits(tally["size"]):
        return Changes.counted(tally, written=False)
    news = tally[_Effect.NEW] + tally[_Effect.CHANGED] + tally["removed"]
    if news or not claim.target.exists():
        claim.swap()
    return Changes.counted(tally, written=True)


def reader(folder: Path) -> Callable[[str], bytes | None]:
    """Reads the files of a built site by their paths; None for a path that no site has, and for whatever is not a plain file."""

    def read(path: str) -> bytes | None:
        if not PATH.fullmatch(path):
            return None
        parts = path.split("/")
        if any((folder / "/".join(parts[:n])).is_symlink() for n in range(1, len(parts))):
            return None
        try:
            return disk.read_plain(folder / path, LARGEST_DOCUMENT)[0]
        except OSError:
            return None

    return read


def listing(folder: Path) -> Iterator[str]:
    """The paths of all files in a folder, in order; links are files here."""
    return _files(str(folder))


class _Refusals:
    """Collects what must not happen to published addresses; names the first few and counts the rest."""

    def __init__(
        self,
        folder: str,
        accepted: _Accepted,
        may_go: Callable[[str], bool],
        left_out: LeftOut | None,
        keep: Callable[[str], bool] | None,
        report: Report,
    ) -> None:
        """No refusal so far."""
        self._number = 0
        self._missing = 0
        self._left_out = left_out
        self._keep = keep
        self._folder = folder
        self._accepted = accepted
        self._may_go = may_go
        self._report = report

    @property
    def any(self) -> bool:
        """Whether something is refused."""
        return self._number + self._missing > 0

    def keeps(self, path: str) -> bool:
        """Whether the bytes at a path stay."""
        return self._keep is not None and self._keep(path)

    def changed(self, path: str) -> None:
        """A signed document would have other bytes."""
        message = "this was published and signed, and would change."
        hint = f"publish the change under a new version or award, or build with: --accept-change {path}"
        self._add("changed-credential", path, message, hint)

    def vanished(self, path: str) -> None:
        """A published address would answer no more."""
        if self._keep is None or path.startswith("static/") or self._may_go(path):
            return
        if self._left_out and self._left_out.paths.fullmatch(path):
            self._missing += path not in self._accepted
            return
        message = "this address was published, and would vanish."
        self._add("vanished-address", path, message, f"bring it back, or build with: --accept-change {path}")

    def close(self) -> None:
        """Say how many were not named, and what to do when nothing was ever published."""
        if self._left_out and self._missing:
            left = self._left_out
            self._report.error("vanished-address", left.place, left.message(self._missing), left.hint)
        rest = max(self._number - MOST_LISTED, 0)
        message = f"the site in {self._folder} is kept as it was" + (
            f"; {rest:,} more changes are like these." if rest else "."
        )
        hint = f"if it was never published, remove the folder {self._folder} and build again."
        self._report.error("published-site-kept", Place(self._folder), message, hint)

    def _add(self, code: str, path: str, message: str, hint: str) -> None:
        """Report one refusal, unless it was accepted."""
        if path in self._accepted:
            return
        self._number += 1
        if self._number <= MOST_LISTED:
            self._report.error(code, Place(f"{self._folder}/{path}"), message, hint)


class _Accepted:
    """Addresses as people write them, as the site paths that they stand for: a slash at the end for all below, a star for any one name."""

    def __init__(self, addresses: Iterable[str], base: str) -> None:
        """What is accepted of the site at a base address."""
        paths = [address.removeprefix(base).removeprefix("/") or "index.html" for address in addresses]
        self._exact = frozenset(path for path in paths if "*" not in path)
        self._below = tuple(path for path in self._exact if path.endswith("/"))
        alike = [re.escape(path).replace(r"\*", "[^/]+") for path in paths if "*" in path]
        self._alike = re.compile("|".join(f"{one}.*" if one.endswith("/") else one for one in alike) or "(?!)")

    def __contains__(self, path: str) -> bool:
        """Whether a path is accepted."""
        return path in self._exact or path.startswith(self._below) or self._alike.fullmatch(path) is not None


class _Filling:
    """Fills a fresh folder file by file, and knows which old file each one follows."""

    def __init__(self, claim: swap.Claim) -> None:
        """A filling that has not begun."""
        self._fresh = str(claim.fresh)
        self._old = str(claim.target)
        self._spare = str(claim.spare)
        self._folder: str | None = None
        self._comparable = False
        self._is_comparable = lru_cache(maxsize=64)(partial(_leads_nowhere_else, self._old))
        self._has_spare = swap.is_ours(claim.spare)
        self._is_spare = lru_cache(maxsize=64)(partial(_leads_nowhere_else, self._spare))

    def put(self, path: str, data: bytes) -> _Effect:
        """Put one file into the fresh folder: linked when the old site has the same bytes, else written."""
        if not PATH.fullmatch(path) or path == swap.MARK:
            raise ValueError(f"no file of a site can be called {path!r}")
        folder = path.rpartition("/")[0]
        if folder != self._folder:
            self._enter(folder)
        fresh, old = f"{self._fresh}/{path}", f"{self._old}/{path}"
        before = _holds(old, data) if self._comparable else None
        if not (before and _link(old, fresh)):
            _write(fresh, data)
        return _Effect.NEW if before is None else _Effect.SAME if before else _Effect.CHANGED

    def take(self, taken: Taken) -> None:
        """Bring some of the old site into the fresh one: files are linked, and folders moved from the spare one where they are the same there."""
        for path in taken.loose:
            _make(f"{self._fresh}/{path}".rpartition("/")[0])
            _again(f"{self._old}/{path}", f"{self._fresh}/{path}")
        for top in taken.folders:
            old, fresh, spare = (f"{place}/{top}" for place in (self._old, self._fresh, self._spare))
            _make(fresh.rpartition("/")[0])
            if self._has_spare and self._is_spare(top.rpartition("/")[0]) and _is_same(old, spare):
                os.rename(spare, fresh)  # noqa: PTH104 - as above
            else:
                os.mkdir(fresh)  # noqa: PTH102 - as above
                _take(old, fresh)

    def before(self, path: str) -> bytes:
        """The bytes that the old site has at a path, or nothing when they are not to be had."""
        try:
            return disk.read_plain(Path(self._old, path), LARGEST_DOCUMENT)[0]
        except OSError:
            return b""

    def _enter(self, folder: str) -> None:
        """Go to another folder, the next files' own; a link in the old site is never followed to compare."""
        _make(f"{self._fresh}/{folder}")
        self._comparable = self._is_comparable(folder)
        self._folder = folder


def _leads_nowhere_else(site: str, folder: str) -> bool:
    """Whether a folder of a site and all around it are folders, and not links to others."""
    around = not folder or _leads_nowhere_else(site, folder.rpartition("/")[0])
    return around and _is_folder(f"{site}/{folder}".rstrip("/"))


def _is_same(one: str, other: str) -> bool:
    """Whether two folders have the same files under the same names."""
    try:
        found, there = _names(one), _names(other)
    except (FileNotFoundError, NotADirectoryError):
        return False
    inside = (name for name, (_, is_folder) in found.items() if is_folder)
    return found == there and all(_is_same(f"{one}/{name}", f"{other}/{name}") for name in inside)


def _names(folder: str) -> dict[str, tuple[int, bool]]:
    """What is in a folder: of a file its number, of another folder its permissions."""
    with os.scandir(folder) as entries:
        return {
            one.name: (one.stat(follow_symlinks=False).st_mode, True)
            if one.is_dir(follow_symlinks=False)
            else (one.inode(), False)
            for one in entries
        }


def _make(folder: str) -> None:
    """Make a folder, and what is around it, where they are not there yet."""
    try:
        os.mkdir(folder)  # noqa: PTH102 - several times an award: strings are cheaper
    except FileExistsError:
        return
    except FileNotFoundError:
        _make(folder.rpartition("/")[0])
        _make(folder)


def _removed(claim: swap.Claim, taken: Collection[str]) -> Iterator[str]:
    """The paths of the old site that the filled folder has no more, in order."""
    for path in _files(str(claim.target), without=taken):
        if path != swap.MARK and not os.path.isfile(f"{claim.fresh}/{path}"):  # noqa: PTH113 - a million times
            yield path


def _is_folder(path: str) -> bool:
    """Whether a path is a folder itself, and not a link to one."""
    try:
        return stat.S_ISDIR(os.lstat(path).st_mode)
    except FileNotFoundError:
        return False


def _holds(path: str, data: bytes) -> bool | None:
    """Whether a file has these bytes; None when there is no such file."""
    try:
        file = os.open(path, _LOOK)
    except FileNotFoundError:
        return None
    except OSError as error:
        if error.errno in (errno.ELOOP, errno.ENXIO):  # a link or a socket: whatever it is, it is not our file
            return False
        raise
    try:
        status = os.fstat(file)
        if stat.S_ISDIR(status.st_mode):
            return None
        return stat.S_ISREG(status.st_mode) and status.st_size == len(data) and os.read(file, len(data) + 1) == data
    finally:
        os.close(file)


def _link(old: str, fresh: str) -> bool:
    """Give an unchanged file a second name in the fresh folder; False where the file system cannot."""
    try:
        os.link(old, fresh, follow_symlinks=False)
    except FileExistsError:
        raise ValueError(f"two files of the site share the path {fresh}") from None
    except OSError:
        return False
    return True


def _take(old: str, fresh: str) -> None:
    """Give all files in a folder a second name in a fresh one, which is there."""
    with os.scandir(old) as entries:
        for entry in entries:
            path = f"{fresh}/{entry.name}"
            if entry.is_dir(follow_symlinks=False):
                os.mkdir(path)  # noqa: PTH102 - as above
                _take(entry.path, path)
            else:
                _again(entry.path, path)


def _again(old: str, fresh: str) -> None:
    """Give a file a second name; where the file system cannot, copy it."""
    if not _link(old, fresh):
        _write(fresh, disk.read_plain(Path(old), LARGEST_DOCUMENT)[0])


def _write(path: str, data: bytes) -> None:
    """Write a file that is not there yet."""
    try:
        file = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC, 0o644)
    except FileExistsError:
        raise ValueError(f"two files of the site share the path {path}") from None
    try:
        rest = memoryview(data)
        while rest:
            rest = rest[os.write(file, rest) :]
    finally:
        os.close(file)


def _files(folder: str, below: str = "", without: Collection[str] = ()) -> Iterator[str]:
    """The paths of all files in a folder that may not be there, in order, but for some folders in it; links are files here."""
    try:
        with os.scandir(f"{folder}/{below}") as entries:
            found = sorted((entry.name, entry.is_dir(follow_symlinks=False)) for entry in entries)
    except FileNotFoundError:
        return
    for name, is_folder in found:
        if not is_folder:
            yield f"{below}{name}"
        elif f"{below}{name}" not in without:
            yield from _files(folder, f"{below}{name}/", without)
