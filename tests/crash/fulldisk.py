"""Runs on a real disk that is full: there is room for so many blocks or files more, from none up to as many as are needed."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path

from mounts import Memory
from scenes import Scene
from staging import Stage, stage


def full(scene: Scene, place: Path, every: int) -> Iterator[tuple[str, str]]:
    """For each size of the disk: which, and what is wrong."""
    disk = Memory.at(place / "disk")
    try:
        one = stage(scene, place, disk.place / "world")
        yield from _until_enough(one, disk, disk.leave_blocks, "blocks", every)
        yield from _until_enough(one, disk, disk.leave_files, "files", every)
    finally:
        disk.end()


def _until_enough(
    one: Stage, disk: Memory, leave: Callable[[int], None], what: str, every: int
) -> Iterator[tuple[str, str]]:
    """Runs with more and more room, until one ends well."""
    for room in count(0, every):
        one.renew()
        leave(room)
        ended = one.run()
        disk.leave_plenty()
        yield f"room for {room} {what}", one.fault(ended)
        if ended.code == 0:
            return
