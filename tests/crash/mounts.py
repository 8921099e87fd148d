"""File systems of a process's own: in memory and of a size, or read-only. Nobody else sees them, and they end with the process."""

from __future__ import annotations

import ctypes
import os
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

_LIBRARY = ctypes.CDLL(None, use_errno=True)
_NEW_MOUNTS, _NEW_USER = 0x20000, 0x10000000
_READ_ONLY, _AGAIN, _BIND, _ALL_BELOW, _PRIVATE = 1, 32, 4096, 16384, 1 << 18
_PLENTY = "size=64m,nr_inodes=20000"


def be_alone() -> None:
    """Give this process mounts of its own; OSError where the system does not allow that."""
    user, group = os.geteuid(), os.getegid()
    _call("unshare", _NEW_MOUNTS | (_NEW_USER if user else 0))
    if user:
        Path("/proc/self/setgroups").write_text("deny", encoding="ascii")
        Path("/proc/self/uid_map").write_text(f"0 {user} 1", encoding="ascii")
        Path("/proc/self/gid_map").write_text(f"0 {group} 1", encoding="ascii")
    _mount(None, Path("/"), None, _ALL_BELOW | _PRIVATE)


def refusal() -> str:
    """Why the system does not let this user mount anything; empty where it does."""
    return why_not(lambda place: Memory.at(place).end())


def why_not(act: Callable[[Path], object]) -> str:
    """Why something cannot be done in an empty folder with mounts of one's own; empty where it can. A child tries it."""
    answer, tell = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            be_alone()
            with tempfile.TemporaryDirectory() as place:
                act(Path(place))
        except OSError as error:
            os.write(tell, str(error).encode())
        finally:
            os._exit(0)
    os.close(tell)
    os.waitpid(child, 0)
    with os.fdopen(answer) as pipe:
        return pipe.read()


@dataclass(frozen=True, slots=True)
class Memory:
    """A file system in memory, whose size can change while it is used."""

    place: Path

    @classmethod
    def at(cls, place: Path) -> Memory:
        """A new one, with plenty of room, at a place that becomes a folder."""
        place.mkdir(exist_ok=True)
        _mount("tmpfs", place, "tmpfs", 0, _PLENTY)
        return cls(place)

    def leave_plenty(self) -> None:
        """Give it back all its room."""
        self._resize(_PLENTY)

    def leave_blocks(self, number: int) -> None:
        """Leave room for so many blocks of bytes more; each file that is not empty takes one at least."""
        found = os.statvfs(self.place)
        self._resize(f"size={(found.f_blocks - found.f_bfree + number) * found.f_frsize}")

    def leave_files(self, number: int) -> None:
        """Leave room for so many files and folders more."""
        found = os.statvfs(self.place)
        self._resize(f"nr_inodes={found.f_files - found.f_ffree + number}")

    def end(self) -> None:
        """Take it away, with all that is in it."""
        unmount(self.place)

    def _resize(self, options: str) -> None:
        """Change it while it is there."""
        _mount("tmpfs", self.place, "tmpfs", _AGAIN, options)


def write_protect(place: Path) -> None:
    """Let nothing below a folder be changed, by a mount over it; files that are open stay as they are."""
    _mount(str(place), place, None, _BIND)
    _mount(None, place, None, _AGAIN | _BIND | _READ_ONLY)


def unmount(place: Path) -> None:
    """Take away what is mounted at a place."""
    _call("umount2", os.fsencode(place), 0)


def _mount(what: str | None, place: Path, kind: str | None, flags: int, options: str | None = None) -> None:
    """Call the system's mount."""
    words = [None if one is None else os.fsencode(one) for one in (what, place, kind, options)]
    _call("mount", *words[:3], ctypes.c_ulong(flags), words[3])


def _call(name: str, *words: object) -> None:
    """Call a function of the C library that answers 0; OSError where it does not."""
    if getattr(_LIBRARY, name)(*words):
        raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()), name)
