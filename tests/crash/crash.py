"""Kills commands at each of their file operations, and fills the disk at each: what is left is the old or the new, and the next run ends well.

    make crash

Each command runs in a child of a process that has everything imported and has run it once. The child counts what it does to files, and at the
n-th operation it is killed, in the middle of a write too, or the disk refuses to grow. Then the command is given again, undisturbed.
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
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import Any

import company
import points
import scenes
from jinja2 import Environment
from points import Ended, How, Operation
from scenes import Scene, State

import blazon
import programs
from blazon import cli

_DIED = {How.KILLED: -9, How.CUT: -25}


@dataclass(frozen=True, slots=True)
class Stage:
    """A scene with its states: what there is before, what there is after an undisturbed run, and what that run does."""

    scene: Scene
    place: Path
    old: State
    new: State
    operations: Sequence[Operation]
    judged: dict[bytes, str] = field(default_factory=dict)

    @property
    def world(self) -> Path:
        """Where the command runs."""
        return self.place / "world"

    def run(self, how: How = How.COUNTED, number: int = 0) -> Ended:
        """The command, once more."""
        return points.run(self.scene.act(self.world), self.world, how, number)

    def points(self) -> Iterator[tuple[How, int]]:
        """Everything that is going to happen."""
        for number, one in enumerate(self.operations, 1):
            yield How.KILLED, number
            yield How.REFUSED, number
            if one.event == "open":
                yield How.CUT, number
                yield How.HALF, number


def stage(scene: Scene, place: Path) -> Stage:
    """A scene that is ready to be interrupted."""
    before, world = place / "before", place / "world"
    scene.prepare(before.rename(world) if before.exists() else world)
    shutil.move(world, before)
    scenes.fresh(before, world)
    old = scenes.state(world)
    ended = points.run(scene.act(world), world)
    new = scenes.state(world)
    if ended.code or not ended.operations or scenes.without_ours(new) != new:
        raise RuntimeError(f"{scene.name}: an undisturbed run ended with {ended.code}: {ended.said}")
    return Stage(scene, place, old, new, ended.operations)


def fault(one: Stage, how: How, number: int) -> tuple[str, str]:
    """What became of an interrupted run in a word, and what is wrong with it, if anything is."""
    scenes.fresh(one.place / "before", one.world)
    ended = one.run(how, number)
    found = scenes.state(one.world)
    wrong = _of_the_end(one, how, ended, found) or _of_the_state(one, scenes.without_ours(found))
    if not wrong:
        wrong = _of_the_next(one, found)
    kept = scenes.without_ours(found)
    return "old" if kept == one.old else "new" if kept == one.new else "between", wrong


def _of_the_end(one: Stage, how: How, ended: Ended, found: State) -> str:
    """What is wrong with how an interrupted run ended."""
    if how is How.KILLED:
        return "" if ended.code == _DIED[how] else f"it ended with {ended.code}"
    if ended.code == 0 and found == one.new:
        return ""  # nothing that it wrote afterwards was too long
    if how is How.CUT:
        return "" if ended.code == _DIED[how] else f"it ended with {ended.code}: {ended.said}"
    if ended.code != 3:
        return f"it ended with {ended.code}: {ended.said}"
    if found != one.old:
        return f"it left {_difference(one.old, found)}"
    return ""


def _of_the_state(one: Stage, found: State) -> str:
    """What is wrong with what an interrupted run left, leaving aside what is ours to clear."""
    if found in (one.old, one.new):
        return ""
    if one.scene.elsewhere and found == {path: data for path, data in one.old.items() if not _in_dist(path)}:
        return ""  # between the two renames, with a note for the next run
    if not one.scene.whole and all(one.old.get(path, data) == data for path, data in found.items()):
        strange = {path for path in found if path not in one.old and found[path] != one.new.get(path)}
        if not strange and found.keys() >= one.old.keys():
            return ""
    return f"neither the old state nor the new: {_difference(one.new, found)}"


def _of_the_next(one: Stage, found: State) -> str:
    """What is wrong with the next run; where the same was left before, it is not given once more."""
    key = sha256(repr(sorted(found.items())).encode()).digest()
    if key not in one.judged:
        one.judged[key] = _of_another(one, found)
    return one.judged[key]


def _of_another(one: Stage, found: State) -> str:
    """What is wrong with another run, when it is given."""
    done = scenes.without_ours(found) == one.new
    ended = one.run()
    after = scenes.state(one.world)
    if scenes.without_ours(after) != after:
        return f"the next run left {_difference(scenes.without_ours(after), after)}"
    if done and not one.scene.again:  # it was finished, and the command that comes next makes more, or says so
        return "" if one.new.items() <= after.items() else f"the next run changed {_difference(one.new, after)}"
    if ended.code:
        return f"the next run ended with {ended.code}: {ended.said}"
    return "" if after == one.new else f"the next run made {_difference(one.new, after)}"


def _in_dist(path: str) -> bool:
    """Whether a path lies in the built site."""
    return path.startswith("program/dist/")


def _difference(wanted: State, found: State) -> str:
    """The first few paths in which two states differ."""
    paths = sorted(path for path in wanted.keys() | found.keys() if wanted.get(path) != found.get(path))
    signs = {(True, True): "~", (True, False): "-", (False, True): "+"}
    return " ".join(f"{signs[path in wanted, path in found]}{path}" for path in paths[:5]) + f" ({len(paths)} in all)"


def sweep(scene: Scene, every: int = 1, most: int = 20) -> tuple[Counter[str], list[str]]:
    """The figures of a scene, and a sentence for each point at which something is wrong."""
    with _room() as place:
        one = stage(scene, place)
        tally, wrong = Counter(operations=len(one.operations)), list[str]()
        for how, number in list(one.points())[::every]:
            became, why = fault(one, how, number)
            tally[became] += 1
            tally["points"] += 1
            if why:
                wrong.append(f"{scene.name}: operation {number} ({one.operations[number - 1]}), {how}: {why}")
            if len(wrong) == most:
                break
        return tally, wrong


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
    """Sweep what was asked for, print a line for each command, and say where something is wrong."""
    parser = argparse.ArgumentParser(description="Interrupts commands at each of their file operations.")
    parser.add_argument("scenes", nargs="*", help="names of scenes; all of them unless told")
    parser.add_argument("--every", type=int, default=1, help="take every n-th point only")
    asked = parser.parse_args()
    prepare()
    failed = 0
    for scene in scenes.SCENES:
        if asked.scenes and scene.name not in asked.scenes:
            continue
        began = time.perf_counter()
        tally, wrong = sweep(scene, asked.every)
        failed += len(wrong)
        left = ", ".join(f"{tally[name]} {name}" for name in ("old", "between", "new"))
        took = time.perf_counter() - began
        print(
            f"{scene.name:22} {tally['operations']:5} operations {tally['points']:6} points: {left}; {len(wrong)} wrong; {took:.0f} s",
            flush=True,
        )
        for line in wrong:
            print(f"  {line}")
    if not asked.scenes:
        failed += in_company(asked.every)
    return 1 if failed else 0


def in_company(every: int) -> int:
    """How often something is wrong where folders are read-only, and where two builds are at it."""
    with _room() as place:
        locked = [*company.read_only(place)]
    with _room() as place:
        stops = [*company.two_at_once(place, every)]
    faults = [f"{name}: {why}" for name, why in locked if why]
    faults += [f"two builds, one stopped at operation {number}: {why}" for number, why in stops if why]
    print(
        f"read-only folders      {len(locked)} commands; two builds at once, one stopped at {len(stops)} points; {len(faults)} wrong"
    )
    for line in faults:
        print(f"  {line}")
    return len(faults)


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
