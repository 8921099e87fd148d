"""What a test may touch: a hook that hears of every file and socket of the process, and stops it at what it has no business with."""

from __future__ import annotations

import ipaddress
import os
import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any

_ASKING = {"socket.connect", "socket.getaddrinfo", "socket.gethostbyname", "socket.sendto"}
# A process that is forked hears of its events as this one does, so it may come to be.
_STARTING = {"subprocess.Popen", "os.system", "os.exec", "os.posix_spawn", "os.spawn", "os.forkpty"}
# How many of the first arguments of an event are paths that it changes.
_CHANGING = {
    **dict.fromkeys(("os.mkdir", "os.remove", "os.rmdir", "os.truncate", "os.chmod", "os.chown", "os.utime"), 1),
    **dict.fromkeys(("os.rename", "os.link"), 2),
}
_WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND
_EVERYBODYS = re.compile(r"/dev/|/proc/[0-9]+/fd/")
_CACHE = re.compile(r"/(?:__pycache__|\.hypothesis|\.pytest_cache)(?:/|$)")


@dataclass(slots=True)
class Watch:
    """What may be changed is below some folders; what was opened, and what went too far, is kept."""

    folders: tuple[str, ...]
    opened: list[str] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)

    def allows(self, place: str) -> bool:
        """Whether a file may be changed."""
        return any(f"{place}/".startswith(f"{folder}/") for folder in self.folders)


_watches: list[Watch] = []


@contextmanager
def only(*folders: Path | str) -> Iterator[Watch]:
    """Forbid every socket, every other program, and any change outside some folders; what was tried is an error at the end too, whoever caught the first one."""
    watch = Watch(tuple(map(os.path.realpath, folders)))
    _watches.append(watch)
    try:
        yield watch
    finally:
        _watches.remove(watch)
    if watch.wrong:
        raise AssertionError(f"a test went too far: {watch.wrong}")


def is_here(host: object) -> bool:
    """Whether a host is this machine, by an address that needs no look-up."""
    try:
        return ipaddress.ip_address(str(host)).is_loopback
    except ValueError:
        return host in {"localhost", None, ""}


def _hear(event: str, arguments: tuple[Any, ...]) -> None:
    """Every event of the process."""
    if event in _ASKING:
        _refuse_the_network(event, arguments)
    if not _watches:
        return
    if event.startswith("socket.") or event in _STARTING:
        _refuse(_watches, event)
    elif event == "open":
        _hear_of_a_file(*arguments)
    elif event in _CHANGING:
        for path in arguments[: _CHANGING[event]]:
            _refuse_outside(event, path, arguments[-1])
    elif event == "os.symlink":
        _refuse_outside(event, arguments[1])
    if event in {"os.symlink", "os.rename"}:
        _followed.cache_clear()


def _refuse_the_network(event: str, arguments: tuple[Any, ...]) -> None:
    """Stop whoever asks another machine; sockets of files are no network."""
    target = arguments[1] if event in {"socket.connect", "socket.sendto"} else arguments[0]
    host = target[0] if isinstance(target, tuple) else target
    if isinstance(target, (str, bytes)) and event in {"socket.connect", "socket.sendto"}:
        return
    if not is_here(host):
        raise AssertionError(f"a test asked the network for {host!r}")


def _hear_of_a_file(path: object, _mode: object, flags: int) -> None:
    """A file is opened, by a path or by the number of one that is open already."""
    if isinstance(path, int):
        return
    for watch in _watches:
        watch.opened.append(_place(path))
    if flags & _WRITING:
        _refuse_outside("open", path)


def _refuse_outside(event: str, path: object, within: object = None) -> None:
    """Stop whoever changes a file outside the folders that are theirs; `within` may be the number of an open folder."""
    if isinstance(path, int):
        return
    place = _place(path, f"/proc/self/fd/{within}" if isinstance(within, int) and within > 0 else "")
    if not _EVERYBODYS.match(place) and not _CACHE.search(place):
        _refuse([watch for watch in _watches if not watch.allows(place)], f"{event} {place}")


def _refuse(watches: list[Watch], what: str) -> None:
    """Keep what was tried, and stop it where some watch forbids it."""
    for watch in watches:
        watch.wrong.append(what)
    if watches:
        raise AssertionError(f"a test may not do this: {what} (modules that have to are listed in tests/reach.py)")


def _place(path: object, folder: str = "") -> str:
    """Where a path leads from a folder or from here, links in its folders followed and the last one not."""
    given = os.path.join(os.getcwd(), folder, os.fsdecode(path))  # type: ignore[arg-type] # noqa: PTH109, PTH118 - some 40,000 times a module
    around, _, name = given.rstrip("/").rpartition("/")
    return f"{_followed(around or '/')}/{name}" if name not in {"", ".", ".."} else _followed(given)


@lru_cache(maxsize=4096)
def _followed(folder: str) -> str:
    """Where a folder is, links followed; remembered until a link comes or something moves."""
    return os.path.realpath(folder).rstrip("/")


def listen() -> None:
    """Hear of every event of this process, and refuse other machines, for as long as it lives."""
    sys.addaudithook(_hear)
