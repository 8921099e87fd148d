"""Runs in folders that may not be written: by their modes, by a mount, or all at once in the middle of a run."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import points
from points import How

import mounts
import scenes
from scenes import Scene
from staging import REFUSED, Stage, difference, stage

_NOBODY = 65534
# For each command the folders that it has to write into.
FOLDERS = {
    "first build": ("program",),
    "rebuild with a change": ("program", "program/dist"),
    "record": ("program",),
    "sign": ("program",),
    "import": ("program", "program/content/earners"),
    "key new": ("home", "program/keys"),
    "init": ("home",),
    "revoke": ("program/content/earners/priya-raman",),
    "new badge": ("program/content/badges",),
}


def by_modes(scene: Scene, place: Path, every: int) -> Iterator[tuple[str, str]]:
    """For each folder that a command has to write into, and that its modes protect: which, and what is wrong."""
    place.chmod(0o755)
    one = stage(scene, place)
    for folder in FOLDERS[scene.name][::every]:
        one.renew()
        for path in (one.world, *one.world.rglob("*")):
            os.chown(path, _NOBODY, _NOBODY) if os.geteuid() == 0 else None
        (one.world / folder).chmod(0o555)
        yield f"{folder} of the mode 555", _fault(one, _as_nobody(one))
        (one.world / folder).chmod(0o755)


def by_mount(scene: Scene, place: Path, every: int) -> Iterator[tuple[str, str]]:
    """For each folder that a command has to write into, on a read-only mount: which, and what is wrong with this run or the next."""
    one = stage(scene, place)
    for folder in FOLDERS[scene.name][::every]:
        one.renew()
        mounts.write_protect(one.world / folder)
        wrong = _fault(one, scene.act(one.world))
        mounts.unmount(one.world / folder)
        yield f"{folder} on a read-only mount", wrong or one.fault_of_the_next(scenes.state(one.world))


def turned(scene: Scene, place: Path, every: int) -> Iterator[tuple[str, str]]:
    """The disk turns read-only while a command waits at an operation: which one, and what is wrong with this run or the next."""
    one = stage(scene, place)
    for number in range(1, len(one.operations) + 1, every):
        one.renew()
        running = points.begin(scene.act(one.world), one.world, How.STOPPED, number)
        running.stopped()
        mounts.write_protect(one.world)
        running.go_on()
        ended = running.ended()
        mounts.unmount(one.world)
        found = scenes.state(one.world)
        wrong = f"it ended with {ended.code}: {ended.said}" if ended.code not in {0, REFUSED} else ""
        wrong = wrong or one.fault_of_words(ended.said, found)
        yield one.named(number), wrong or one.fault_of_state(found) or one.fault_of_the_next(found)


def _fault(one: Stage, act: Callable[[], object]) -> str:
    """What is wrong with a run that may not write: it says so, and changes nothing."""
    old = scenes.state(one.world)
    ended = points.run(act, one.world)
    if ended.code != REFUSED:
        return f"it ended with {ended.code}: {ended.said}"
    found = scenes.state(one.world)
    return "" if found == old else f"it left {difference(old, found)}"


def _as_nobody(one: Stage) -> Callable[[], object]:
    """A command, given by somebody without rights."""

    def act() -> None:
        if os.geteuid() == 0:
            os.setgroups([])
            os.setgid(_NOBODY)
            os.setuid(_NOBODY)
        one.scene.act(one.world)()

    return act
