"""What each stage of one build costs: time spent in it and in nothing that it calls and that is a stage of its own."""

from __future__ import annotations

import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from functools import wraps
from pathlib import Path
from typing import Any
from unittest.mock import patch

from blazon import bake, check, files, folder, load, pictures, publishing, site
from blazon.issuing import Issuing
from blazon.keys import DEMO_SEED, Secret
from blazon.order import Order
from blazon.render import Theme
from blazon.shell import today

_STAGES: tuple[tuple[object, str, str], ...] = (
    (files, "read_tree", "read files"),
    (load, "load", "load"),
    (check, "check", "check"),
    (pictures, "draw", "draw badges"),
    (pictures, "draw_card", "draw social cards"),
    (Issuing, "credential", "compose, canonicalize, sign"),
    (bake.PreparedPng, "bake", "bake PNG"),
    (bake.PreparedSvg, "bake", "bake SVG"),
    (pictures, "qr_code", "QR codes"),
    (site, "publish", "other documents, values of pages"),
    (folder, "write_site", "write"),
)


class Clock:
    """Processor seconds by stage. While an inner stage runs, the clock of the one around it stands still."""

    def __init__(self) -> None:
        """A clock that nothing was measured with yet."""
        self.seconds: defaultdict[str, float] = defaultdict(float)
        self._running: list[str] = []
        self._since = time.process_time()

    @contextmanager
    def stage(self, name: str) -> Iterator[None]:
        """Count what happens inside as a stage's."""
        self._turn()
        self._running.append(name)
        try:
            yield
        finally:
            self._turn()
            self._running.pop()

    def _turn(self) -> None:
        """Give the time since the last turn to the stage that was running."""
        now = time.process_time()
        if self._running:
            self.seconds[self._running[-1]] += now - self._since
        self._since = now

    def timed(self, work: Callable[..., Any], name: str) -> Callable[..., Any]:
        """The same work, counted; of work that streams, each piece."""

        @wraps(work)
        def counted(*values: Any, **named: Any) -> Any:
            with self.stage(name):
                found = work(*values, **named)
            return self._streamed(found, name) if isinstance(found, Iterator) else found

        return counted

    def timed_by_template(self, render: Callable[..., Any]) -> Callable[..., Any]:
        """Rendering, counted by template."""

        @wraps(render)
        def counted(theme: Theme, template: str, /, **values: Any) -> Any:
            with self.stage(f"render {template}"):
                return render(theme, template, **values)

        return counted

    def _streamed(self, pieces: Iterator[Any], name: str) -> Iterator[Any]:
        """The pieces of a stream, each counted while it is made."""
        end = object()
        while True:
            with self.stage(name):
                piece = next(pieces, end)
            if piece is end:
                return
            yield piece


def measure(root: Path, target: Path) -> dict[str, float]:
    """Processor seconds by stage of one build in this process, the dearest first. The clock itself costs about a microsecond a call."""
    clock = Clock()
    order = Order(root, target, today(), processes=1)
    with ExitStack() as patched:
        for owner, name, stage in _STAGES:
            patched.enter_context(patch.object(owner, name, clock.timed(getattr(owner, name), stage)))
        patched.enter_context(patch.object(Theme, "fragment", clock.timed_by_template(Theme.fragment)))
        with clock.stage("everything else"):
            built = publishing.build(order, lambda: [Secret(DEMO_SEED)], lambda _: None)
    assert built.changes is not None, [one.as_text() for one in built.report]
    return dict(sorted(clock.seconds.items(), key=lambda item: -item[1]))
