"""Who makes the pieces of a site: this process alone, or several that are forked from it and so know all that it knows.

Nothing is handed to them but the numbers of pieces, so a secret key never leaves memory; what comes back is small.
"""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from threading import Thread
from typing import TYPE_CHECKING, Any

from blazon.diagnostics import BlazonError
from blazon.pieces import Hands, Result, Task

if TYPE_CHECKING:
    from multiprocessing.connection import Connection

FEWEST_AWARDS = 300  # below that, processes cost more than they save
AWARDS_FOR_A_PICTURE = 100  # whose files take about as long as drawing the picture and the social card of a badge
MOST_PROCESSES = 32


def chosen(awards: int, pictures: int, wanted: int = 0) -> Hands:
    """The hands for so many awards, and so many pictures of badges that have to be drawn.

    They are as many processes as are wanted, or with 0 as many as this machine has processors if that pays.
    """
    if sys.platform != "linux":  # elsewhere a process that was forked may not use the libraries of the system
        return map
    pays = awards + pictures * AWARDS_FOR_A_PICTURE >= FEWEST_AWARDS
    number = wanted or (len(os.sched_getaffinity(0)) if pays else 1)
    return Forked(min(number, MOST_PROCESSES)) if number > 1 else map


@dataclass(frozen=True, slots=True)
class Forked:
    """So many processes, for one piece of work."""

    number: int

    def __call__(self, work: Callable[[Task], Result], tasks: Sequence[Task], /) -> Iterator[Result]:
        """The results, as soon as they are there. Raises BlazonError when a process dies, and what the work raises.

        However it ends, no process is left: each of them hears when this end of a pipe is closed, even by a death.
        """
        from concurrent.futures import ProcessPoolExecutor, as_completed  # noqa: PLC0415 - small builds start quickly
        from concurrent.futures.process import BrokenProcessPool  # noqa: PLC0415 - as above
        from multiprocessing import get_context  # noqa: PLC0415 - as above

        context = get_context("fork")
        hearing, life = context.Pipe(duplex=False)
        begun = (work, tasks, hearing, life)
        with hearing, ProcessPoolExecutor(self.number, context, _begin, begun) as executor, life:
            futures = [executor.submit(_do, number) for number in range(len(tasks))]
            try:
                for one in as_completed(futures):
                    yield one.result()
            except BrokenProcessPool as error:
                message = "a process of the build ended before its work was done; perhaps there was not enough memory."
                raise BlazonError(message, "build in one process: blazon build --processes 1") from error


_work: dict[str, Any] = {}
"""In a process that was forked: what it does, and all tasks."""


def _begin(work: Callable[[Any], Any], tasks: Sequence[Any], hearing: Connection, life: Connection) -> None:
    """Begin a forked process. What interrupts the build is for the one that it was forked from to hear."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    life.close()
    Thread(target=_end_with, args=(hearing,), daemon=True).start()
    _work.update(work=work, tasks=tasks)


def _do(number: int) -> Any:
    """The result of one task."""
    return _work["work"](_work["tasks"][number])


def _end_with(hearing: Connection) -> None:
    """End at once when the other end of a pipe is closed."""
    hearing.poll(None)
    os._exit(1)
