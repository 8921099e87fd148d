"""Runs commands and says what each took: wall time, processor time, peak memory, and what the command itself says it took."""

from __future__ import annotations

import json
import statistics
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import NamedTemporaryFile

MEASURED = Path(__file__).with_name("measured.py")


@dataclass(frozen=True, slots=True)
class Cost:
    """What one run took. `peak` is the memory in KiB of the largest process; `inner` are the seconds without start-up, on the clock and
    of the processor, where the command tells them.
    """

    wall: float
    processor: float
    peak: int
    inner: float
    inner_processor: float
    items: int

    @property
    def each(self) -> float:
        """Seconds for one item."""
        return (self.inner or self.wall) / self.items

    @property
    def each_processor(self) -> float:
        """Processor seconds for one item; 0 where the command tells its time but not this."""
        return (self.inner_processor if self.inner else self.processor) / self.items


@dataclass(frozen=True, slots=True)
class Work:
    """A command that is measured, and how many awards or credentials it works on.

    `before` puts its place in order and `after` looks at what it made, both unmeasured; `after` raises CommandFailed.
    """

    command: Sequence[str]
    items: int
    before: Callable[[], object] = lambda: None
    after: Callable[[], object] = lambda: None


class CommandFailed(Exception):
    """A command that could not do its work; the text is the end of what it said."""


def run(work: Work) -> Cost:
    """What a command takes. Raises CommandFailed when it fails, is not there, or made too little."""
    work.before()
    with NamedTemporaryFile() as report:
        command = [sys.executable, "-I", "-S", str(MEASURED), report.name, *work.command]
        done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False)
        if done.returncode:
            raise CommandFailed(" ".join(done.stdout.split())[-300:] or f"it ended with {done.returncode}")
        work.after()
        inner, inner_processor = _inner(done.stdout)
        return Cost(**json.load(report), inner=inner, inner_processor=inner_processor, items=work.items)


def interleaved(works: Mapping[str, Work], rounds: int) -> tuple[dict[str, Cost], dict[str, str]]:
    """The median costs of each work, all run in turns, so that a busy minute meets all of them; and why some have none."""
    costs: dict[str, list[Cost]] = {}
    failures: dict[str, str] = {}
    for _ in range(rounds):
        for name, work in works.items():
            if name in failures:
                continue
            try:
                costs.setdefault(name, []).append(run(work))
            except CommandFailed as error:
                failures[name] = str(error)
    return {name: _median(found) for name, found in costs.items() if name not in failures}, failures


def python(script: str, *arguments: object, environment: Path | None = None) -> list[str]:
    """The command for a script beside this file, by our own Python or by that of another environment."""
    folder = Path(__file__).parent
    interpreter = environment / "bin/python" if environment else folder.parents[1] / ".venv/bin/python"
    return [str(interpreter), str(folder / script), *map(str, arguments)]


def _median(costs: Sequence[Cost]) -> Cost:
    """The median of each figure, and the highest peak."""
    return Cost(
        statistics.median(one.wall for one in costs),
        statistics.median(one.processor for one in costs),
        max(one.peak for one in costs),
        statistics.median(one.inner for one in costs),
        statistics.median(one.inner_processor for one in costs),
        costs[0].items,
    )


def _inner(said: str) -> tuple[float, float]:
    """The seconds and processor seconds that a script tells in its last line, as a stopwatch writes it; 0 for what it does not tell."""
    last = said.strip().splitlines()[-1:]
    try:
        told = json.loads(last[0]) if last else {}
    except ValueError:
        told = {}
    if not isinstance(told, dict):
        return 0.0, 0.0
    return float(told.get("seconds", 0)), float(told.get("processor", 0))
