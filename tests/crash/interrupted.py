"""Runs to which something happens at one of their own file operations: they are killed, cut off, or refused by the disk."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from pathlib import Path

from points import How

from scenes import Scene
from staging import Stage, stage


def killed(scene: Scene, place: Path, every: int) -> Iterator[tuple[str, str]]:
    """Killed right before each operation: which one, and what is wrong."""
    one = stage(scene, place)
    for number in range(1, len(one.operations) + 1, every):
        one.renew()
        yield one.named(number), one.fault_of_death(-signal.SIGKILL, one.run(How.KILLED, number))


def cut(scene: Scene, place: Path, every: int) -> Iterator[tuple[str, str]]:
    """Killed in the middle of what is written into each file."""
    one = stage(scene, place)
    for number in _opened(one)[::every]:
        one.renew()
        yield one.named(number), one.fault_of_death(-signal.SIGXFSZ, one.run(How.CUT, number))


def refused(scene: Scene, place: Path, every: int) -> Iterator[tuple[str, str]]:
    """Told that the disk is full at each operation, and in the middle of what is written into each file."""
    one = stage(scene, place)
    told = [(How.REFUSED, number) for number in range(1, len(one.operations) + 1)]
    for how, number in (told + [(How.HALF, number) for number in _opened(one)])[::every]:
        one.renew()
        yield f"{one.named(number)}, {how}", one.fault(one.run(how, number))


def _opened(one: Stage) -> list[int]:
    """The operations that open a file to write into it."""
    return [number for number, operation in enumerate(one.operations, 1) if operation.event == "open"]
