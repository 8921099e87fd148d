"""A build that is not alone: another one writes the same site meanwhile, or the folders may not be written."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import points
import scenes
from points import How
from scenes import Scene, State, by_name

NOBODY = 65534
LOCKED = (
    ("first build", "program"),
    ("rebuild with a change", "program"),
    ("rebuild with a change", "program/dist"),
    ("record", "program"),
    ("sign", "program"),
    ("import", "program"),
    ("import", "program/content/earners"),
    ("key new", "home"),
    ("key new", "program/keys"),
    ("init", "home"),
    ("revoke", "program/content/earners/priya-raman"),
    ("new badge", "program/content/badges"),
)


def read_only(place: Path) -> Iterator[tuple[str, str]]:
    """For each command whose folder may not be written: its name, and what is wrong."""
    place.chmod(0o755)
    for number, (name, folder) in enumerate(LOCKED):
        scene, world = by_name(name), place / str(number) / "world"
        scene.prepare(world)
        for path in (place / str(number), world, *world.rglob("*")):
            os.chown(path, NOBODY, NOBODY) if os.geteuid() == 0 else None
        (world / folder).chmod(0o555)
        old = scenes.state(world)
        ended = points.run(_as_nobody(scene, world), world)
        new = scenes.state(world)
        (world / folder).chmod(0o755)
        wrong = f"it ended with {ended.code}: {ended.said}" if ended.code != 3 else ""
        yield f"{name} in a read-only {folder}", wrong or ("" if new == old else "it changed something")


def _as_nobody(scene: Scene, world: Path) -> Callable[[], object]:
    """A command, given by somebody without rights."""

    def act() -> None:
        if os.geteuid() == 0:
            os.setgroups([])
            os.setgid(NOBODY)
            os.setuid(NOBODY)
        scene.act(world)()

    return act


def two_at_once(place: Path, every: int) -> Iterator[tuple[int, str]]:
    """For each operation at which a rebuild stops while another program builds into its folder: its number, and what is wrong."""
    scene, before, world = by_name("rebuild with a change"), place / "before", place / "world"
    scene.prepare(before)
    other = scenes.other_program(before)
    sites = []
    for one in (scene, other):
        scenes.fresh(before, world)
        found = points.run(one.act(world), world)
        sites.append(_site(scenes.state(world)))
    for number in range(1, len(found.operations) + 40, every):
        scenes.fresh(before, world)
        old = _site(scenes.state(world))
        first = points.begin(scene.act(world), world, How.STOPPED, number)
        stopped = first.stopped()
        second = points.run(other.act(world), world)
        meanwhile = _site(scenes.without_ours(scenes.state(world)))
        if not stopped:
            return
        first.go_on()
        ended = first.ended()
        after = scenes.state(world)
        wrong = ""
        if {ended.code, second.code} not in ({0}, {0, 3}):
            wrong = f"they ended with {ended.code} and {second.code}: {ended.said}{second.said}"
        elif meanwhile not in (old, *sites) or _site(after) != sites[ended.code != 0]:
            wrong = "the site is neither the one nor the other"
        elif scenes.without_ours(after) != after:
            wrong = "something was left"
        yield number, wrong


def _site(found: State) -> State:
    """The built site in a state."""
    return {path: one for path, one in found.items() if path.startswith("program/dist/")}
