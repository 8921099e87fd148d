"""How a finished folder takes the place of an old one in one move, whatever happens on the way."""

from __future__ import annotations

import ctypes
import errno
import fcntl
import os
import shutil
import stat
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from blazon import disk
from blazon.diagnostics import BlazonError, printable

MARK = ".blazon"
RECORD = ".blazon-record"

_MARK_LINE = "This folder was made by blazon. It is replaced as a whole when the site below is built again."
_SOURCES = ("content", "keys", "themes", ".git", ".github")
_AT_FDCWD = -100
_RENAME_EXCHANGE = 2


@dataclass(slots=True)
class Claim:
    """A folder to be replaced, and the fresh one beside it that is being filled; both belong to this process for now.

    The site before the last one may be left, as `spare`: its folders can be moved, where they are the same again. With
    `keeps_spare` the one that is replaced is left for the next build in the same way.
    """

    target: Path
    fresh: Path
    spare: Path
    keeps_spare: bool = False

    def swap(self) -> None:
        """Put the fresh folder in the place of the target, which keeps its name at every moment where the system can."""
        _flush(self.fresh)
        if not os.path.lexists(self.target):
            self.fresh.rename(self.target)
        elif not _exchange(self.fresh, self.target):
            note, old = _beside(self.target, "note"), _beside(self.target, "old")
            note.touch()  # from here on, the next run finishes what this one cannot
            self.target.rename(old)
            self.fresh.rename(self.target)
            note.unlink()


@contextmanager
def claimed(target: Path, root: Path, address: str) -> Iterator[Claim]:
    """A target that this process alone may replace with a site of some address; what killed runs left is cleared.

    Raises BlazonError when the target is not ours to replace, or another build is at it.
    """
    target = _replaceable(target, root)
    target.parent.mkdir(parents=True, exist_ok=True)
    with _locked(_beside(target, "lock"), target):
        claim = Claim(target, _beside(target, "new"), _beside(target, "spare"))
        _finish(claim)
        _refuse_foreign(target, address)
        mask = os.umask(0o022)  # a web server of another user has to read what we write
        try:
            claim.fresh.mkdir()
            (claim.fresh / MARK).write_text(f"{_MARK_LINE}\n{address}\n", encoding="utf-8")
            yield claim
        finally:
            os.umask(mask)
            _leave_spare(claim)
            _finish(claim)


def record_of(target: Path) -> Path | None:
    """Where a build keeps beside a target what it was made from; None for a path that cannot be a target."""
    named = Path(os.path.abspath(target))  # noqa: PTH100 - as below
    return _beside(named, "record") if named.name else None


def is_settled(target: Path) -> bool:
    """Whether no run that was killed, and none that goes on, has left anything beside a target."""
    return not any(os.path.lexists(_beside(target, what)) for what in ("lock", "new", "old", "note"))


def identity(folder: Path) -> tuple[int, int] | None:
    """What tells a folder from another that takes its name; None where there is none."""
    try:
        status = os.lstat(folder)
    except OSError:
        return None
    return status.st_dev, status.st_ino


def mark_of(folder: Path) -> tuple[int, ...]:
    """What tells a folder from itself after it had another name; no two are the same. Raises OSError where there is none."""
    status = os.lstat(folder)
    return status.st_dev, status.st_ino, status.st_ctime_ns


def is_ours(folder: Path) -> bool:
    """Whether a folder, and no link to one, is a site that we made, or was one."""
    return not folder.is_symlink() and marked(folder) != ""


def marked(folder: Path) -> str:
    """The address of the site that a folder of ours holds; empty when the folder is not ours."""
    try:
        lines = disk.read_plain(folder / MARK, 4096)[0].decode("utf-8").split("\n")
    except (OSError, UnicodeDecodeError):
        return ""
    return lines[1] if lines[0] == _MARK_LINE and len(lines) > 1 else ""


def _replaceable(target: Path, root: Path) -> Path:
    """The target's real path, unless it is a place that no site may ever replace."""
    named = Path(os.path.abspath(target))  # noqa: PTH100 - resolve() would follow the target itself
    real = named.parent.resolve() / named.name
    top = root.resolve()
    home = Path(os.path.expanduser("~")).resolve()  # noqa: PTH111 - Path.home() raises where nobody has a home
    if real in (top, *top.parents, home, *home.parents):
        raise _refused(target, "it holds more than a site")
    if any(real.is_relative_to(top / name) for name in _SOURCES):
        raise _refused(target, "it is a part of the program")
    if real.is_symlink():
        raise _refused(target, "it is a link")
    return real


def _refuse_foreign(target: Path, address: str) -> None:
    """Raise when the target is anything but an empty folder or an earlier build of the same site."""
    if not os.path.lexists(target):
        return
    if not target.is_dir():
        raise _refused(target, "it is not a folder")
    if not any(target.iterdir()):
        return
    found = marked(target)
    if not found:
        raise _refused(target, "we did not make it")
    if found != address:
        raise _refused(target, f"it holds the site of {printable(found)}, and this one is {address}")
    if not os.access(target, os.W_OK):
        raise BlazonError(f"{printable(str(target))} may not be written.", f"type: chmod u+w {printable(str(target))}")


def _refused(target: Path, reason: str) -> BlazonError:
    """The error for a target that is left alone."""
    message = f"{printable(str(target))} is not replaced: {reason}."
    return BlazonError(message, "name an empty or a new folder with -o, or remove that one yourself.", 2)


def _beside(target: Path, what: str) -> Path:
    """The path beside a target where we keep a thing of our own while we work."""
    return target.with_name(f".{target.name}.blazon-{what}")


@contextmanager
def _locked(path: Path, target: Path) -> Iterator[None]:
    """Hold a lock file; the lock itself dies with its process, so a file left by a killed run means nothing."""
    while True:
        file = os.open(path, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW | os.O_CLOEXEC, 0o600)
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            if _is_open(path, file):
                break
        except BlockingIOError:
            os.close(file)
            message = f"another build is writing {printable(str(target))}."
            raise BlazonError(message, "wait until it has ended, then build again.") from None
        os.close(file)  # the file was removed by the build that held it: take the new one
    try:
        yield
    finally:
        path.unlink(missing_ok=True)
        os.close(file)


def _is_open(path: Path, file: int) -> bool:
    """Whether an open file is still the one of that name."""
    try:
        return os.path.samestat(os.lstat(path), os.fstat(file))
    except FileNotFoundError:
        return False


def _finish(claim: Claim) -> None:
    """Bring a swap to its end that a killed run began, and remove what it left."""
    note, old = _beside(claim.target, "note"), _beside(claim.target, "old")
    if note.exists():
        if not os.path.lexists(claim.target):
            (claim.fresh if claim.fresh.exists() else old).rename(claim.target)
        note.unlink()
    _clear(claim.fresh)
    _clear(old)


def _leave_spare(claim: Claim) -> None:
    """Keep what is in the place of the fresh folder after a swap, and clear what is left of the spare one before it; one that is not ours stays."""
    if is_ours(claim.spare):
        _clear(claim.spare)
    if claim.keeps_spare and is_ours(claim.fresh) and not os.path.lexists(claim.spare):
        claim.fresh.rename(claim.spare)


def _clear(folder: Path) -> None:
    """Remove a folder beside the target if it is ours: empty, or marked. The mark goes last, so a killed removal can be resumed."""
    try:
        if not stat.S_ISDIR(os.lstat(folder).st_mode):
            raise _in_the_way(folder)
    except FileNotFoundError:
        return
    names = os.listdir(folder)  # noqa: PTH208 - names are what is compared
    if names and MARK not in names:
        raise _in_the_way(folder)
    for name in names:
        path = folder / name
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path)
        elif name != MARK:
            path.unlink()
    (folder / MARK).unlink(missing_ok=True)
    folder.rmdir()


def _in_the_way(folder: Path) -> BlazonError:
    """The error for a path of ours that somebody else has taken."""
    return BlazonError(f"{printable(str(folder))} is in the way, and not ours to remove.", "look at it and remove it.")


def _exchange(first: Path, second: Path) -> bool:
    """Let two folders trade their names in one call; False where the system has no such call (Linux: renameat2)."""
    call = getattr(ctypes.CDLL(None, use_errno=True), "renameat2", None) if sys.platform == "linux" else None
    if call is None:
        return False
    call.argtypes = (ctypes.c_int, ctypes.c_char_p, ctypes.c_int, ctypes.c_char_p, ctypes.c_uint)
    if call(_AT_FDCWD, os.fsencode(first), _AT_FDCWD, os.fsencode(second), _RENAME_EXCHANGE) == 0:
        return True
    number = ctypes.get_errno()
    if number in (errno.ENOSYS, errno.EINVAL, errno.EOPNOTSUPP):
        return False
    raise OSError(number, os.strerror(number), str(second))


def _flush(folder: Path) -> None:
    """Wait until everything written is on the disk: once per site, not once per file."""
    call = getattr(ctypes.CDLL(None, use_errno=True), "syncfs", None) if sys.platform == "linux" else None
    if call is None:
        os.sync()
        return
    file = os.open(folder, os.O_RDONLY | os.O_CLOEXEC)
    try:
        if call(file):
            raise OSError(number := ctypes.get_errno(), os.strerror(number), str(folder))
    finally:
        os.close(file)
