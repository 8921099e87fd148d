"""Files one by one: those that somebody named, read narrowly; new ones, whole or not at all; secrets, outside of repositories."""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager, nullcontext, suppress
from pathlib import Path, PurePosixPath

from blazon import holding
from blazon.diagnostics import BlazonError, printable

LARGEST_TEXT = 64 << 10
LARGEST_SECRET = 64 << 10
LINK = "it is a link, and inside a folder none is followed"
READ = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC

_SECRET_MODE = 0o600
_NAMELESS = getattr(os, "O_TMPFILE", 0) if os.path.isdir("/proc/self/fd") else 0  # noqa: PTH112 - Linux names files later
_FOLDER = "it is a folder"


def read_given(path: Path, most: int) -> bytes:
    """The bytes of a file that somebody named on the command line, at most one more than `most`."""
    try:
        with path.open("rb") as file:
            return file.read(most + 1)
    except OSError as error:
        raise BlazonError(f"{printable(str(path))} cannot be read: {reason(error)}.", exit_code=2) from error


def read_plain(path: Path, most: int) -> tuple[bytes, int]:
    """The first bytes of a plain file and its permissions; a link is not followed, and OSError says why nothing came."""
    file = os.open(path, READ)
    try:
        status = os.fstat(file)
        if not stat.S_ISREG(status.st_mode):
            raise OSError(errno.EINVAL, "it is not a plain file")
        return os.read(file, min(most, status.st_size + 1)), stat.S_IMODE(status.st_mode)
    finally:
        os.close(file)


def refuse_absent(path: Path) -> None:
    """Raise BlazonError when there is nothing at a path that somebody named on the command line."""
    try:
        path.stat()
    except OSError as error:
        raise BlazonError(f"{printable(str(path))} cannot be read: {reason(error)}.", exit_code=2) from error


def walk_given(root: Path) -> Iterator[tuple[str, str]]:
    """The path of whatever is below a folder that somebody named, in order: for a plain file with "", else with why it is not read.

    Nothing is followed, and no more is in memory than the names in the folders on the way. A path begins with `root`.
    """
    waiting = [(str(root), "")]
    while waiting:
        path, why = waiting.pop()
        if why != _FOLDER and path != str(root):
            yield path, why
            continue
        try:
            with os.scandir(path) as entries:
                waiting += sorted(((entry.path, _kind(entry)) for entry in entries), reverse=True)
        except OSError as error:
            yield path, f"it cannot be read: {reason(error)}"


def _kind(entry: os.DirEntry[str]) -> str:
    """What an entry of a folder is: "" for a plain file, or why it is not read; _FOLDER for a folder."""
    if entry.is_symlink():
        return LINK
    if entry.is_dir(follow_symlinks=False):
        return _FOLDER
    return "" if entry.is_file(follow_symlinks=False) else "it is not a plain file"


def refuse_links(root: Path, path: str) -> None:
    """Raise BlazonError when a link lies on the way to a file of a program."""
    if (root / path).parent.resolve() != root.resolve() / PurePosixPath(path).parent:
        raise BlazonError(f"{printable(path)} lies behind a link, where we do not write.", exit_code=2)


def write_new(root: Path, path: str, text: str | bytes, *, lasting: bool = True) -> None:
    """Write a new file of a program, whole or not at all; a file that is already there stays as it is.

    No power failure takes a lasting one back; whoever writes many calls `keep_names` once for all.
    """
    place = root / path
    refuse_links(root, path)
    try:
        with new_folders(place.parent) as made:
            written = put_new(place, text.encode() if isinstance(text, str) else text)
            if lasting:
                keep_names(place.parent, *made)
    except OSError as error:
        raise _not_written(path, error) from error
    if not written:
        raise taken(path)


def taken(path: str) -> BlazonError:
    """The error for a new file whose name another one has."""
    return BlazonError(f"{printable(path)} is already there.", "choose another name, or edit that file.", 2)


def _not_written(path: str | Path, error: OSError) -> BlazonError:
    """The error for a new file that the system refused."""
    message = f"{printable(str(path))} could not be written: {reason(error)}."
    return BlazonError(message, "nothing of it was left behind.")


@contextmanager
def new_folders(folder: Path, mode: int = 0o777) -> Iterator[Sequence[Path]]:
    """Make a folder and those on the way to it, and say which folders got new ones; they are taken away again when what they are for goes wrong."""
    missing = [one for one in (folder, *folder.parents) if not one.exists()]
    try:
        folder.mkdir(mode, parents=True, exist_ok=True)
        yield [one.parent for one in missing]
    except BaseException:
        for one in missing:
            with suppress(OSError):  # somebody else may have put something there
                one.rmdir()
        raise


def keep_names(*folders: Path) -> None:
    """Wait until the names in some folders are on the disk, so that no power failure takes back what we say is written."""
    for folder in dict.fromkeys(folders):
        with suppress(OSError):  # some systems cannot; there is nothing wrong with the files
            file = os.open(folder, os.O_RDONLY | os.O_CLOEXEC)
            try:
                os.fsync(file)
            finally:
                os.close(file)


def put_new(place: Path, data: bytes, mode: int = 0o666) -> bool:
    """Write a new file that gets its name when it is whole: a run that is killed leaves no half of one. False when the name is taken."""
    if os.path.lexists(place):
        return False
    try:
        file = os.open(place.parent, os.O_WRONLY | _NAMELESS | os.O_CLOEXEC, mode)
    except OSError as error:
        if error.errno not in (errno.EOPNOTSUPP, errno.EISDIR, errno.EINVAL):
            raise
        _put_beside(place, data, mode)  # a system without nameless files
        return True
    try:
        _fill(file, data, mode)
        os.link(f"/proc/self/fd/{file}", place, src_dir_fd=file, follow_symlinks=True)
    finally:
        os.close(file)
    return True


def _put_beside(place: Path, data: bytes, mode: int) -> None:
    """Write a new file under another name beside its place first."""
    with _beside(place, mode) as file:
        _fill(file, data, mode)


@contextmanager
def _beside(place: Path, mode: int) -> Iterator[int]:
    """A file to be filled beside a place, which takes the place once all of it is there; what a killed run left beside it goes first."""
    fresh = place.with_name(f".{place.name}.new")
    fresh.unlink(missing_ok=True)
    file = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC, mode)
    try:
        try:
            yield file
        finally:
            os.close(file)
        fresh.replace(place)
        keep_names(place.parent)
    finally:
        fresh.unlink(missing_ok=True)


def _fill(file: int, data: bytes, mode: int) -> None:
    """Write all bytes of an open file to the disk; a secret's permissions do not depend on who writes it."""
    if mode == _SECRET_MODE:
        os.fchmod(file, mode)
    rest = memoryview(data)
    while rest:
        rest = rest[os.write(file, rest) :]
    os.fsync(file)


def replace_file(root: Path, path: str, before: bytes, data: bytes) -> None:
    """Write a file of a program anew, whole or not at all; one that is no more what was read stays as it is."""
    place = root / path
    refuse_links(root, path)
    if read_plain(place, LARGEST_TEXT + 1)[0] != before:
        raise BlazonError(f"{printable(path)} changed while it was read.", "try again.")
    try:
        mode = stat.S_IMODE(os.lstat(place).st_mode)
        with _beside(place, 0o644) as file:
            os.fchmod(file, mode)
            _fill(file, data, mode)
    except OSError as error:
        message = f"{printable(path)} could not be written: {reason(error)}."
        raise BlazonError(message, "the file is as it was.") from error


def put_over(place: Path, data: bytes, mode: int) -> None:
    """Write a file of our own, whole or not at all, in place of one that is there. Raises OSError."""
    with _beside(place, mode) as file:
        _fill(file, data, mode)


def write_whole(path: Path, pieces: Iterable[str]) -> None:
    """Write a file that somebody named on the command line, whole or not at all, in place of one that is there."""
    try:
        with _beside(path, 0o666) as file, os.fdopen(file, "wb", closefd=False) as opened:
            opened.writelines(piece.encode() for piece in pieces)
            opened.flush()
            os.fsync(file)
    except OSError as error:
        message = f"{printable(str(path))} could not be written: {reason(error)}."
        raise BlazonError(message, "what was there is as it was.") from error


def write_outside(path: Path, data: bytes) -> None:
    """Write a file for somebody else to a place that only its owner can read; another file that is there stays as it is."""
    with new_folders(path.parent, 0o700) as made:
        written = put_new(path, data, _SECRET_MODE)
        keep_names(path.parent, *made)
    if not written and (path.is_symlink() or not path.is_file() or path.read_bytes() != data):
        message = f"{printable(str(path))} is already there, and is another file."
        raise BlazonError(message, "move it away, or name another folder.", 2)


def write_secret(path: Path, text: str, root: Path) -> None:
    """Write a secret to a new file that only its owner can read, outside the repository of the program at root."""
    with secret_for(path, "", text, root):
        pass


@contextmanager
def secret_for(path: Path, public: str, text: str, root: Path) -> Iterator[None]:
    """Write a secret as `write_secret` does, but let it have its name only when its public half is written.

    Until then it stands beside its place, in a file that is called after both; where a run was killed, `finish_secrets` goes on.
    Raises BlazonError when another run is at the same folder.
    """
    if repository(root) in (place := path.parent.resolve(), *place.parents):
        message = "a secret never lies inside the repository."
        raise BlazonError(message, "name a file elsewhere, for example in your home folder.", 2)
    fresh = path.with_name(f".{path.name}.{public}.new")
    try:
        with new_folders(path.parent, 0o700) as made, holding.alone(path.parent):
            _refuse_taken_secret(path, "name another file.")
            fresh.unlink(missing_ok=True)  # its public half is nowhere
            put_new(fresh, text.encode("ascii"), _SECRET_MODE)
            keep_names(path.parent, *made)
            try:
                yield
            except Exception:  # who is interrupted may have written the public half, and goes on as who was killed
                fresh.unlink(missing_ok=True)
                raise
            _name_secret(fresh, path)
    except OSError as error:
        raise _not_written(path, error) from error


def _refuse_taken_secret(path: Path, hint: str) -> None:
    """Raise BlazonError when there is something where a secret is to be."""
    if os.path.lexists(path):
        raise BlazonError(f"{printable(str(path))} is already there, and a key is never overwritten.", hint, 2)


def _name_secret(fresh: Path, path: Path) -> None:
    """Let a secret have its name, now that its public half is written."""
    _refuse_taken_secret(path, "move it away and give the command again, which finishes the key that was begun.")
    try:
        fresh.rename(path)
    except OSError as error:
        message = f"{printable(str(path))} could not get its name: {reason(error)}."
        raise BlazonError(message, "give the command again, which finishes the key that was begun.") from error
    keep_names(path.parent)


def finish_secrets(path: Path, publics: Collection[str]) -> list[Path]:
    """Let secrets have their names whose public halves were written by a run that was killed; the files that have them now.

    Where a run for `path` was killed before that, what it left is removed: nobody ever saw that key. Raises BlazonError when another
    run is at the same folder.
    """
    finished = []
    with holding.alone(path.parent) if path.parent.is_dir() else nullcontext():
        for fresh in sorted(path.parent.glob(".*.new")):
            name, _, public = fresh.name[1 : -len(".new")].rpartition(".")
            place = path.with_name(name) if name else path
            if public in publics and not os.path.lexists(place):
                finished.append(fresh.rename(place))
            elif public not in publics and name == path.name and public[:4] == "z6Mk":
                fresh.unlink()
    return finished


def read_secret(path: Path) -> str:
    """The text of a key file, one character for each byte; a link, or a file that others can read, is refused.

    Folders on the way may be links: whoever can change those can change the file too.
    """
    shown = printable(str(path))
    try:
        data, mode = read_plain(path, LARGEST_SECRET + 1)
    except OSError as error:
        why = "it is a link" if path.is_symlink() else reason(error)
        raise BlazonError(f"the key file {shown} cannot be read: {why}.", "name the file itself.") from error
    if mode != _SECRET_MODE:
        raise BlazonError(f"the key file {shown} has the mode {mode:04o}.", f"type: chmod 600 {shown}")
    if len(data) > LARGEST_SECRET:
        raise BlazonError(f"{shown} is not a key file.", "a key file comes from: blazon key new")
    return data.decode("latin-1")


def repository(root: Path) -> Path:
    """The top folder of the repository that a program lies in, or the program's own folder."""
    place = root.resolve()
    return next((folder for folder in (place, *place.parents) if (folder / ".git").exists()), place)


def reason(error: OSError) -> str:
    """Why the system refused, in its own words."""
    return (error.strerror or type(error).__name__).lower()
