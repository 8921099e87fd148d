"""The file operations of a run, counted from inside; the run is killed, cut off or refused at the n-th of them."""

from __future__ import annotations

import errno
import json
import os
import resource
import signal
import sys
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any, NoReturn

_WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT
_NAMED = (
    "os.mkdir",
    "os.rename",
    "os.remove",
    "os.rmdir",
    "os.link",
    "os.symlink",
    "os.chmod",
    "os.utime",
    "os.truncate",
)
_GROWING = ("open", "os.mkdir", "os.link", "write", "fsync")
_CALLS = ("renameat2", "syncfs")
_HALF = 7


class How(StrEnum):
    """What happens at an operation."""

    COUNTED = "counted"
    KILLED = "killed before it"
    CUT = "killed in the middle of what it writes"
    REFUSED = "the disk is full from it on"
    STOPPED = "stopped before it"
    HALF = "the disk is full seven bytes after it"


@dataclass(frozen=True, slots=True)
class Operation:
    """A file operation: what is called, and where."""

    event: str
    place: str

    def __str__(self) -> str:
        """As a person reads it."""
        return f"{self.event} {self.place}"


@dataclass(frozen=True, slots=True)
class Ended:
    """How a run ended: its exit code, negative for a signal; what it did and what it said."""

    code: int
    operations: tuple[Operation, ...]
    said: str


class _Watch:
    """Counts the operations of this process below a folder, and lets one thing happen at one of them."""

    def __init__(self, world: Path, how: How, number: int) -> None:
        """Nothing happened yet."""
        self._world, self._how, self._number = str(world), how, number
        self.seen: list[Operation] = []

    def begin(self) -> None:
        """From here on every operation is seen: by the interpreter's own events, and by wrapping the calls that have none."""
        os.write = self._wrapped(os.write, "write")
        os.fsync = self._wrapped(os.fsync, "fsync")
        os.fchmod = self._wrapped(os.fchmod, "fchmod")
        sys.addaudithook(self._hear)

    def _wrapped(self, call: Callable[..., Any], name: str) -> Callable[..., Any]:
        """A call that is seen before it is made."""

        def seen(file: int, *rest: Any) -> Any:
            self._see(name, f"file {file}")
            return call(file, *rest)

        return seen

    def _hear(self, event: str, details: tuple[Any, ...]) -> None:
        """Pick out what changes files."""
        if event == "open":
            path, _, flags = details
            if not isinstance(path, int) and flags & _WRITING and os.fsdecode(path).startswith(self._world):
                self._see(event, os.fsdecode(path))
        elif event in _NAMED:
            self._see(
                event, " ".join(os.fsdecode(one) for one in details if isinstance(one, (str, bytes, os.PathLike)))
            )
        elif event == "ctypes.dlsym" and details[1] in _CALLS:  # heard right before it is called
            self._see("call", details[1])

    def _see(self, event: str, place: str) -> None:
        """Count an operation, and act when it is the one."""
        self.seen.append(Operation(event, place.replace(f"{self._world}/", "")))
        if len(self.seen) < self._number or self._how is How.COUNTED:
            return
        if self._how is How.REFUSED:
            if event in _GROWING:
                raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        elif len(self.seen) == self._number:
            self._end()

    def _end(self) -> None:
        """Die now, or with the first byte too many; or make the system refuse that byte."""
        if self._how is How.KILLED:
            os.kill(os.getpid(), signal.SIGKILL)
        if self._how is How.STOPPED:
            os.kill(os.getpid(), signal.SIGSTOP)
            return
        if self._how is How.CUT:
            signal.signal(signal.SIGXFSZ, signal.SIG_DFL)
        resource.setrlimit(resource.RLIMIT_FSIZE, (_HALF, _HALF))


@dataclass(frozen=True, slots=True)
class Running:
    """A child that is at it, and the pipes on which it tells what it did and what it said."""

    child: int
    operations: int
    said: int

    def stopped(self) -> bool:
        """Wait until the child has stopped itself; False when it ended before."""
        return os.WIFSTOPPED(os.waitpid(self.child, os.WUNTRACED)[1])

    def go_on(self) -> None:
        """Let a stopped child continue."""
        os.kill(self.child, signal.SIGCONT)

    def kill(self) -> None:
        """Let it die, and wait until it has."""
        os.kill(self.child, signal.SIGKILL)
        os.waitpid(self.child, 0)

    def close(self) -> None:
        """Hear no more of it."""
        os.close(self.operations)
        os.close(self.said)

    def ended(self) -> Ended:
        """Wait for the end."""
        operations, text = _all_of(self.operations), _all_of(self.said)
        code = os.waitstatus_to_exitcode(os.waitpid(self.child, 0)[1])
        found = tuple(Operation(*one) for one in json.loads(operations or b"[]"))
        return Ended(code, found, text.decode(errors="replace"))


def begin(act: Callable[[], object], world: Path, how: How = How.COUNTED, number: int = 0) -> Running:
    """A child that acts, in which something happens at its n-th file operation."""
    ours, theirs = os.pipe()
    said, saying = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(ours)
        os.close(said)
        _live(act, _Watch(world, how, number), theirs, saying)
    os.close(theirs)
    os.close(saying)
    return Running(child, ours, said)


def run(act: Callable[[], object], world: Path, how: How = How.COUNTED, number: int = 0) -> Ended:
    """How an act ends in a process of its own, in which something happens at its n-th file operation."""
    return begin(act, world, how, number).ended()


def _live(act: Callable[[], object], watch: _Watch, operations: int, saying: int) -> NoReturn:
    """The whole life of a child: it acts, tells what it did, and never returns."""
    code = 99
    try:
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        os.dup2(saying, 1)
        os.dup2(saying, 2)
        tell = os.write
        watch.begin()
        try:
            act()
        except SystemExit as ended:
            code = ended.code if isinstance(ended.code, int) else 98
        sys.stdout.flush()
        sys.stderr.flush()
        data = memoryview(json.dumps([(one.event, one.place) for one in watch.seen]).encode())
        while data:
            data = data[tell(operations, data) :]
    finally:
        os._exit(code)


def _all_of(file: int) -> bytes:
    """Everything that comes out of a pipe."""
    with os.fdopen(file, "rb") as pipe:
        return pipe.read()
