"""The power fails while a run waits at an operation: what the system had not yet written to the disk is lost, and the disk is mounted anew."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import points
from points import How

import scenes
from disks import Disk, Lost
from scenes import Scene
from staging import Stage, stage

_EACH = 4
_DECIDING = {"os.rename", "call"}


def cut(scene: Scene, place: Path, every: int) -> Iterator[tuple[str, str]]:
    """The power fails before operations and after the last: where and what was lost, and what is wrong with what is there.

    Files are written alike, so it fails before each fourth operation, around every one that renames or flushes, and at the end.
    """
    one = stage(scene, place, place / "disk/world")
    shutil.rmtree(one.world)
    made = place / "made"
    shutil.copytree(one.before, made / "world", symlinks=True)
    disk = Disk.holding(made, place / "image")
    for number in _numbers(one)[::every]:
        for lost in Lost:
            disk.renew(one.world.parent)
            scene.settle(one.world)
            disk.flush()
            try:
                yield f"{_where(one, number)}, {lost}", _fault(one, disk, number, lost)
            finally:
                disk.unmount()


def _numbers(one: Stage) -> list[int]:
    """The operations before which the power fails; the one after the last is the end."""
    last = len(one.operations) + 1
    deciding = {number for number, operation in enumerate(one.operations, 1) if operation.event in _DECIDING}
    return sorted({*range(1, last, _EACH), *deciding, *(number + 1 for number in deciding), last})


def _fault(one: Stage, disk: Disk, number: int, lost: Lost) -> str:
    """What is wrong with a run that waits at an operation when the power fails, or with the run after it."""
    running = points.begin(one.scene.act(one.world), one.world, How.STOPPED, number)
    alive = running.stopped()
    disk.lose(lost)
    if alive:
        running.kill()
    running.close()
    disk.mount_again()
    found = scenes.state(one.world)
    if not alive and one.scene.lasting and found != one.new:
        return "it had ended well, and what it did is lost"
    return one.fault_of_state(found) or one.fault_of_the_next(found)


def _where(one: Stage, number: int) -> str:
    """An operation as a person reads it; the one after the last is the end."""
    return one.named(number) if number <= len(one.operations) else "its end"
