"""Who makes pieces of a site elsewhere: any executor of `concurrent.futures`, to whose processes no signing key goes.

A process gets the commission of a build once, and after that only tasks. It keeps the last commission, by its digest: one that
has another, because it began later, says so, and gets this one with the same task again.
"""

from __future__ import annotations

import pickle
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Executor, Future, wait
from dataclasses import dataclass
from functools import partial
from hashlib import sha256
from threading import Lock
from typing import TypeAlias, cast

from blazon import __version__
from blazon.diagnostics import BlazonError
from blazon.pieces import Piece, Result, Task
from blazon.site import Awards, Commission, Errand, Workplace

IN_FLIGHT = 2  # tasks for each process: one that it does, and one that waits

Made: TypeAlias = list[tuple[str, bytes]]


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """Hands that send what can be sent to an executor of so many processes, and do the rest of the work here."""

    executor: Executor
    processes: int

    def __call__(self, work: Callable[[Task], Result], tasks: Sequence[Task], /) -> Iterator[Result]:
        """The results of the work on pieces of a site, in any order. Raises what a task raises.

        Few tasks are under way at once, so that memory does not grow with the number of awards.
        """
        errands = [one for one in tasks if isinstance(one, Errand)]
        here: list[Task] = [one for one in tasks if not isinstance(one, Errand)]
        if not errands:
            yield from map(work, here)
            return
        post = _Post(self.executor, errands[0].commission)
        left, under_way, fresh = iter(errands), dict[Future[Made | None], Awards](), self.processes
        while True:
            while len(under_way) < IN_FLIGHT * self.processes and (errand := next(left, None)):
                awards = errand.task()
                if awards.known:
                    under_way[post.send(awards, whole=fresh > 0)] = awards
                    fresh -= 1
                else:
                    here.append(cast("Task", errand))
            if here:
                yield work(here.pop())
            elif not under_way:
                return
            for future in wait(under_way, timeout=0 if here else None, return_when=FIRST_COMPLETED).done:
                awards, made = under_way.pop(future), future.result()
                if made is None:
                    under_way[post.send(awards, whole=True)] = awards
                else:
                    yield work(cast("Task", cast("Piece", partial(iter, made))))


class _Post:
    """Sends tasks of one commission."""

    def __init__(self, executor: Executor, commission: Commission) -> None:
        """Nothing is sent yet."""
        self._executor = executor
        self._state = pickle.dumps(commission)
        self._digest = sha256(self._state).hexdigest()

    def send(self, awards: Awards, *, whole: bool) -> Future[Made | None]:
        """Send a task, and the commission as well when it is sent whole."""
        state = self._state if whole else b""
        return self._executor.submit(do, __version__, self._digest, state, pickle.dumps(awards))


_here = Lock()
_places: dict[str, Workplace] = {}
"""In a process elsewhere: where tasks are done, by the digest of the last commission."""


def do(version: str, digest: str, state: bytes, task: bytes) -> Made | None:
    """The files of a task; None where its commission is not known and was not sent.

    Raises BlazonError when the sender has another version of blazon, and when a signature does not fit.
    """
    if version != __version__:
        message = f"a process elsewhere has blazon {__version__}, and this is {version}."
        raise BlazonError(message, "install the same version everywhere.")
    with _here:
        if digest not in _places:
            if not state:
                return None
            _places.clear()
            _places[digest] = Workplace(pickle.loads(state))  # noqa: S301 - from the sender, who chose this code too
        return list(_places[digest].files(pickle.loads(task)))  # noqa: S301 - as above
