"""Interrupts commands in every way that a machine has: what is left is the old or the new, and the next run ends well.

    make crash

Each command runs in a child of a process that has everything imported and has run it once. The child counts what it does to files. At the
n-th operation it is killed, in the middle of a write too, the disk refuses to grow or turns read-only, or another command runs from begin to
end; or it runs on a real disk with room for n blocks, or n files, and no more; or the power of its disk fails. Then the command is given again, undisturbed.
"""

from __future__ import annotations

import argparse
import gc
import importlib
import os
import pkgutil
import shutil
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import partial
from multiprocessing import get_context
from multiprocessing.connection import Connection, wait
from pathlib import Path
from typing import Any

import company
import fulldisk
import interrupted
import powercut
import readonly
from jinja2 import Environment

import blazon
import disks
import mounts
import programs
import scenes
from blazon import cli
from scenes import Scene

NOT_RUN = 4
REFUSALS = {"mounts": mounts.refusal, "disks": disks.refusal}
_MOST_WRONG = 20


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of interruption: for each scene its points, where everything happens, and what it needs that not every user has.

    A scene's points come from a folder to work in and from how many of them are left out: what each is, and what is wrong there.
    """

    name: str
    scenes: Mapping[str, Callable[[Path, int], Iterator[tuple[str, str]]]]
    needs: str = ""


@dataclass(frozen=True, slots=True)
class Swept:
    """What became of a scene under one kind of interruption."""

    kind: str
    scene: str
    points: int
    wrong: Sequence[str]
    seconds: float


def _all(points: Callable[[Scene, Path, int], Iterator[tuple[str, str]]]) -> dict[str, Any]:
    """The points of each scene."""
    return {scene.name: partial(points, scene) for scene in scenes.SCENES}


def _some(points: Callable[[Scene, Path, int], Iterator[tuple[str, str]]]) -> dict[str, Any]:
    """The points of each scene whose folders are listed."""
    return {name: one for name, one in _all(points).items() if name in readonly.FOLDERS}


def _pairs(points: Callable[[Scene, Scene, Path, int], Iterator[tuple[str, str]]]) -> dict[str, Any]:
    """The points of each pair of commands."""
    return {f"{one.name} + {two.name}": partial(points, one, two) for one, two in scenes.PAIRS}


KINDS = (
    Kind("killed", _all(interrupted.killed)),
    Kind("cut off", _all(interrupted.cut)),
    Kind("refused", _all(interrupted.refused)),
    Kind("full disk", _all(fulldisk.full), needs="mounts"),
    Kind("no rights", _some(readonly.by_modes)),
    Kind("read-only", _some(readonly.by_mount), needs="mounts"),
    Kind("turned read-only", _all(readonly.turned), needs="mounts"),
    Kind("power cut", _all(powercut.cut), needs="disks"),
    Kind("one waits", _pairs(company.stopped)),
    Kind("together", _pairs(company.together)),
)


def sweep(kind: Kind, scene: str, every: int) -> Swept:
    """Take every n-th point of a scene, and stop where too much is wrong."""
    began, taken, wrong = time.perf_counter(), 0, list[str]()
    if kind.needs:
        mounts.be_alone()
    with _room() as place:
        for point, why in kind.scenes[scene](place, every):
            taken += 1
            if why:
                wrong.append(f"  {point}: {why}")
            if len(wrong) == _MOST_WRONG:
                break
    return Swept(kind.name, scene, taken, wrong, time.perf_counter() - began)


def swept(work: Sequence[tuple[Kind, str]], every: int, processes: int) -> Iterator[Swept]:
    """Sweep all there is, each in a process of its own and some at once, as they end."""
    waiting, running = [*work], list[Connection]()
    while waiting or running:
        while waiting and len(running) < processes:
            ours, theirs = get_context("fork").Pipe(duplex=False)
            get_context("fork").Process(target=_tell, args=(theirs, *waiting.pop(0), every)).start()
            theirs.close()
            running.append(ours)
        ready = wait(running)
        for one in [one for one in running if one in ready]:
            yield one.recv()
            running.remove(one)


def _tell(answer: Connection, kind: Kind, scene: str, every: int) -> None:
    """Sweep, and say what was found."""
    answer.send(sweep(kind, scene, every))


def table(found: Sequence[Swept]) -> Iterator[str]:
    """The figures, line by line: scenes by kinds of interruption, points and how many of them went wrong."""
    kinds = [kind.name for kind in KINDS if any(one.kind == kind.name for one in found)]
    names = [name for kind in KINDS for name in kind.scenes if any(one.scene == name for one in found)]
    rows = [
        ("", kinds),
        *(
            (name, [_cell(each for each in found if (each.kind, each.scene) == (kind, name)) for kind in kinds])
            for name in dict.fromkeys(names)
        ),
        ("in all", [_cell(each for each in found if each.kind == kind) for kind in kinds]),
    ]
    wide = [max(len(cells[place]) for _, cells in rows) for place in range(len(kinds))]
    for name, cells in rows:
        yield f"{name:26}" + "".join(f"{cell:>{width + 2}}" for cell, width in zip(cells, wide, strict=True))


def _cell(found: Iterable[Swept]) -> str:
    """A cell of the table."""
    parts = [*found]
    wrong = sum(len(one.wrong) for one in parts)
    return (f"{sum(one.points for one in parts):,}" if parts else "") + (f", {wrong} wrong" if wrong else "")


def prepare() -> None:
    """Load what commands load when they run, and build once, so that no child has to read and compile the same again."""
    for found in pkgutil.iter_modules(blazon.__path__):
        if found.name != "__main__":
            importlib.import_module(f"blazon.{found.name}")
    compiled, whole = dict[object, Any](), Environment.compile

    def once(self: Environment, *words: Any, **options: Any) -> Any:
        key = (words, *options.items())
        return compiled[key] if key in compiled else compiled.setdefault(key, whole(self, *words, **options))

    Environment.compile = once  # type: ignore[method-assign] # nine tenths of a build
    with tempfile.TemporaryDirectory() as place, suppress(SystemExit):
        cli.blazon(["-C", str(programs.small(Path(place))), "-q", "build", "--today", scenes.TODAY])
    gc.freeze()  # children share it


def main() -> int:
    """Sweep what was asked for, and print a table of it; what went wrong, and what could not be tried here, stands above."""
    asked = _asked()
    prepare()
    began = time.perf_counter()
    needed = {kind.needs for kind in asked.kinds if kind.needs}
    missing = {need: why for need in sorted(needed) if (why := REFUSALS[need]())}
    kinds = [kind for kind in asked.kinds if kind.needs not in missing]
    work = [(kind, scene) for kind in kinds for scene in kind.scenes if scene in (asked.scenes or [scene])]
    found = []
    for one in swept(work, asked.every, asked.processes):
        found.append(one)
        print(f"{one.scene}, {one.kind}: {one.points} points, {len(one.wrong)} wrong, {one.seconds:.0f} s", flush=True)
        print(*one.wrong, sep="\n", end="\n" if one.wrong else "", flush=True)
    print(*table(found), sep="\n")
    points, wrong = sum(one.points for one in found), sum(len(one.wrong) for one in found)
    print(f"{points:,} points, {wrong} wrong, {time.perf_counter() - began:.0f} s")
    for need, why in missing.items():
        print(
            f"NOT RUN for want of {need}: {', '.join(kind.name for kind in asked.kinds if kind.needs == need)}; {why}"
        )
    return 1 if wrong else NOT_RUN if missing.keys() - asked.without else 0


def _asked() -> argparse.Namespace:
    """What was asked for on the command line."""
    parser = argparse.ArgumentParser(description="Interrupts commands at each of their points.")
    parser.add_argument("scenes", nargs="*", help="names of scenes; all of them unless told")
    parser.add_argument("--every", type=int, default=1, help="take every n-th point only")
    parser.add_argument("--kind", action="append", help="take this kind only; may be repeated")
    parser.add_argument("--processes", type=int, default=2, help="how many to run at once")
    parser.add_argument("--without", nargs="*", choices=REFUSALS, default=[], help="what may be missing here")
    asked = parser.parse_args()
    asked.kinds = [kind for kind in KINDS if kind.name in (asked.kind or [kind.name])]
    return asked


@contextmanager
def _room() -> Iterator[Path]:
    """A folder for worlds, in memory where there is one: waiting for a disk shows nothing more."""
    memory = Path("/dev/shm")  # noqa: S108 - as above
    place = Path(tempfile.mkdtemp(dir=memory if memory.is_dir() else None))
    try:
        yield place
    finally:
        shutil.rmtree(place)


if __name__ == "__main__":
    os.nice(10)
    sys.exit(main())
