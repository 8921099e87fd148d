"""Runs a reader over many inputs in a child process with limits, and says what it answered: a value, a refusal, or neither.

An input is known by its reader, a seed and a number, so whatever kills a child can be made again.
"""

from __future__ import annotations

import json
import mmap
import os
import resource
import signal
import struct
import sys
import time
import traceback
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

from bending import bent

SHORT_RUN, LONG_RUN = 500, 10_000  # inputs for each reader: in the tests, and in `make fuzz`
MEMORY = 512 << 20  # bytes that a reader may have, the program itself among them
SECONDS = 2.0  # of the processor, for one input
MOST_FAULTS = 10  # different ones; then a reader is left

_LIVE = struct.Struct("=QQQQQ")  # the number of the input, values, refusals, the slowest in nanoseconds and its number
_TRIES, _SLOW_TRIES = 400, 12  # of making a bad input smaller


@dataclass(frozen=True, slots=True)
class Reader:
    """A reader of bytes from outside: `read` gives True for a value and False for a refusal, or raises one of `answers`.

    `seeds` are inputs to be bent, `words` what the format is made of, `grow` makes an input from nothing. `found` once got no
    answer, and `refused` gets a refusal: they are read as they are.
    """

    name: str
    read: Callable[[bytes], bool]
    seeds: Sequence[bytes]
    words: Sequence[bytes] = ()
    grow: Callable[[Random], bytes] | None = None
    answers: tuple[type[Exception], ...] = ()
    found: Sequence[bytes] = ()
    refused: Sequence[bytes] = ()

    def given(self) -> Sequence[bytes]:
        """The inputs that are there and not made."""
        return (*self.found, *self.refused, *self.seeds)

    def input(self, seed: int, number: int) -> bytes:
        """The input of a number: first those that are there, all of them as they are."""
        if number < len(self.given()):
            return self.given()[number]
        random = Random(f"{seed} {self.name} {number}")
        grown = self.grow is not None and random.random() < 0.4
        data = self.grow(random) if grown and self.grow else random.choice(self.seeds)
        if grown and random.random() < 0.6:
            return data
        return (
            random.randbytes(random.randrange(64))
            if random.random() < 0.01
            else bent(random, data, self.seeds, self.words)
        )


@dataclass(frozen=True, slots=True)
class Fault:
    """An input that got no answer, what came in place of one, and where."""

    number: int
    what: str
    data: bytes


@dataclass(slots=True)
class Tally:
    """What a reader made of its inputs: milliseconds of the processor for the slowest, seconds for all, MiB at the most."""

    name: str
    inputs: int = 0
    values: int = 0
    refused: int = 0
    slowest: float = 0.0
    seconds: float = 0.0
    memory: int = 0
    faults: list[Fault] = field(default_factory=list)


def run(reader: Reader, seed: int, count: int) -> Tally:
    """What a reader makes of so many inputs. A child that was killed by one of them is followed by another, for those that are left."""
    tally, first = Tally(reader.name), 0
    while first < count and len(tally.faults) < MOST_FAULTS:
        live = mmap.mmap(-1, _LIVE.size)
        live[:] = _LIVE.pack(first, 0, 0, 0, 0)
        said, ended, used = _forked(lambda tell, at=first, live=live: _all(reader, seed, range(at, count), live, tell))  # type: ignore[misc]
        number, values, refused, slowest, _ = _LIVE.unpack(live)
        known = {one.what for one in tally.faults}
        tally.faults += [Fault(at, what, reader.input(seed, at)) for at, what in said if what not in known]
        tally.values, tally.refused = tally.values + values, tally.refused + refused
        tally.slowest, tally.memory = max(tally.slowest, slowest / 1e6), max(tally.memory, used.ru_maxrss >> 10)
        tally.seconds += used.ru_utime + used.ru_stime
        tally.inputs += number + 1 - first
        if ended:
            tally.faults.append(Fault(number, ended, reader.input(seed, number)))
        first = number + 1
    return tally


def verdict(reader: Reader, data: bytes) -> str:
    """What is wrong with the answer to one input, or "" when it is one."""
    said, ended, _ = _forked(lambda tell: _one(reader, data, tell))
    return ended or next((what for _, what in said), "")


def smallest(reader: Reader, fault: Fault) -> bytes:
    """An input that is as short as may be and gets the same in place of an answer."""
    data, tries = fault.data, _SLOW_TRIES if "seconds" in fault.what else _TRIES
    if verdict(reader, data) != fault.what:
        return data  # it needs what came before it
    piece = max(1, len(data) // 2)
    while tries > 0:
        shorter = next(
            (one for one in _shorter(data, piece) if (tries := tries - 1) >= 0 and verdict(reader, one) == fault.what),
            None,
        )
        if shorter is not None:
            data = shorter
        elif piece == 1:
            break
        piece = min(piece if shorter is not None else piece // 2, max(1, len(data) // 2))
    return data


def _shorter(data: bytes, piece: int) -> Iterator[bytes]:
    """An input without each of its pieces of some length in turn."""
    return (data[:at] + data[at + piece :] for at in range(0, len(data), piece))


def _forked(
    work: Callable[[Callable[[int, str], None]], None],
) -> tuple[list[tuple[int, str]], str, resource.struct_rusage]:
    """Do work in a child with limits: what it told, by the number of an input; what killed it, or ""; and what it used."""
    sys.stdout.flush()
    ear, mouth = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(ear)
        with suppress(BaseException):
            _limit()
            with os.fdopen(mouth, "w", encoding="utf-8", buffering=1) as pipe:
                work(lambda number, what: print(json.dumps([number, what]), file=pipe))
            os._exit(0)
        os._exit(70)
    os.close(mouth)
    with os.fdopen(ear, encoding="utf-8") as pipe:
        told = [(number, what) for number, what in map(json.loads, pipe)]
    _, status, used = os.wait4(child, 0)
    return told, _death(os.waitstatus_to_exitcode(status)), used


def _limit() -> None:
    """Give this process no more than it may have; what takes too long kills it, in the middle of C code too."""
    for kind in (resource.RLIMIT_AS, resource.RLIMIT_DATA):
        resource.setrlimit(kind, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    signal.signal(signal.SIGPROF, signal.SIG_DFL)
    with open(os.devnull, "r+b") as nothing:  # noqa: PTH123 - a device
        for one in (0, 1, 2):
            os.dup2(nothing.fileno(), one)


def _death(code: int) -> str:
    """What killed a child, by its exit code."""
    if code == -signal.SIGPROF:
        return f"no answer after {SECONDS:.0f} seconds of the processor"
    return "" if code == 0 else f"the process died: {signal.Signals(-code).name if code < 0 else code}"


def _all(reader: Reader, seed: int, numbers: range, live: mmap.mmap, tell: Callable[[int, str], None]) -> None:
    """Read the inputs of some numbers, and keep account where the parent sees it."""
    values = refused = slowest = slow = 0
    told = set[str]()
    for number in numbers:
        data = reader.input(seed, number)
        live[:] = _LIVE.pack(number, values, refused, slowest, slow)
        before = time.process_time_ns()
        answer, what = _answer(reader, data)
        spent = time.process_time_ns() - before
        values, refused = values + (answer is True), refused + (answer is False)
        if spent > slowest:
            slowest, slow = spent, number
        if what and what not in told:
            told.add(what)
            tell(number, what)
        if len(told) == MOST_FAULTS:
            break
        live[:] = _LIVE.pack(number, values, refused, slowest, slow)


def _one(reader: Reader, data: bytes, tell: Callable[[int, str], None]) -> None:
    """Read one input."""
    _, what = _answer(reader, data)
    if what:
        tell(0, what)


def _answer(reader: Reader, data: bytes) -> tuple[bool | None, str]:
    """The answer to an input; None, with what came in place of it, where there is none."""
    signal.setitimer(signal.ITIMER_PROF, SECONDS)
    try:
        return reader.read(data), ""
    except reader.answers:
        return False, ""
    except MemoryError:
        return None, f"more than {MEMORY >> 20} MiB of memory"
    except BaseException as error:  # noqa: BLE001 - whatever it is, it is no answer
        return None, _told(error)
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)


def _told(error: BaseException) -> str:
    """An exception and where it was raised, without what it says of the input: so the same one is told once."""
    frames = traceback.extract_tb(error.__traceback__)
    ours = next((one for one in reversed(frames) if "/blazon/" in one.filename), frames[-1])
    here = Path(frames[-1].filename).parent == Path(__file__).parent
    own = f": {error}" if isinstance(error, AssertionError) and here else ""
    return f"{type(error).__name__}{own} in {ours.filename.rpartition('/')[2]}:{ours.lineno} {ours.name}"
