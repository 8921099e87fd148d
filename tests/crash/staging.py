"""A scene that is ready to be interrupted, again and again, and the verdict on what an interrupted run left."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path

import points
from points import Ended, How, Operation

import scenes
from scenes import Scene, State

REFUSED = 3


@dataclass(frozen=True, slots=True)
class Stage:
    """A scene with its states: what there is before, what there is after an undisturbed run, and what that run does."""

    scene: Scene
    before: Path
    world: Path
    old: State
    new: State
    operations: Sequence[Operation]
    judged: dict[bytes, str] = field(default_factory=dict)

    def renew(self) -> None:
        """Put the world back to what it was before."""
        scenes.fresh(self.before, self.world)
        self.scene.settle(self.world)

    def run(self, how: How = How.COUNTED, number: int = 0) -> Ended:
        """The command, once more."""
        return points.run(self.scene.act(self.world), self.world, how, number)

    def named(self, number: int) -> str:
        """The n-th operation, as a person reads it."""
        return f"operation {number} ({self.operations[number - 1]})"

    def fault(self, ended: Ended) -> str:
        """What is wrong with a run that could not go on and ended by itself: it says so, takes back all it did, and the next run ends well."""
        found = scenes.state(self.world)
        if ended.code == 0 and found == self.new:
            return ""  # nothing that it wanted was refused
        if ended.code != REFUSED:
            return f"it ended with {ended.code}: {ended.said}"
        if found != self.old and not self._is_part_way(found):
            return f"it left {difference(self.old, found)}"
        return self.fault_of_the_next(found)

    def fault_of_death(self, code: int, ended: Ended) -> str:
        """What is wrong with a run that had to die with a code: what is there is the old or the new, and the next run ends well."""
        found = scenes.state(self.world)
        if ended.code != code and (ended.code or found != self.new):
            return f"it ended with {ended.code}: {ended.said}"
        return self.fault_of_state(found) or self.fault_of_the_next(found)

    def fault_of_state(self, state: State) -> str:
        """What is wrong with what an interrupted run left, leaving aside what is ours to clear."""
        found = scenes.without_ours(state)
        if found in (self.old, self.new):
            return ""
        if self.scene.elsewhere and found == {path: data for path, data in self.old.items() if not _in_dist(path)}:
            return ""  # between the two renames, with a note for the next run
        if self._is_part_way(found):
            return ""
        if not self.scene.whole and all(self.old.get(path, data) == data for path, data in found.items()):
            strange = {path for path in found if path not in self.old and found[path] != self.new.get(path)}
            if not strange and found.keys() >= self.old.keys():
                return ""
        return f"neither the old state nor the new: {difference(self.new, found)}"

    def _is_part_way(self, state: State) -> bool:
        """Whether a command that changes one file after the other has changed some, from which the same command goes on."""
        found = scenes.without_ours(state)
        each = all(data in (self.old.get(path), self.new.get(path)) for path, data in found.items())
        return self.scene.by_steps and each and found.keys() >= self.old.keys()

    def fault_of_words(self, said: str, state: State) -> str:
        """What is wrong with what a run says about the site that is there now."""
        found = scenes.without_ours(state)
        if ("is untouched." in said and found != self.old) or ("is in its place;" in said and found != self.new):
            return f"it is not true that {said}"
        return ""

    def fault_of_the_next(self, found: State) -> str:
        """What is wrong with the next run; where the same was left before, it is not given once more."""
        key = sha256(repr(sorted(found.items())).encode()).digest()
        if key not in self.judged:
            self.judged[key] = self._of_another(found)
        return self.judged[key]

    def _of_another(self, found: State) -> str:
        """What is wrong with another run, when it is given."""
        done = scenes.without_ours(found) == self.new
        ended = self.run()
        after = scenes.state(self.world)
        if scenes.without_ours(after) != after:
            return f"the next run left {difference(scenes.without_ours(after), after)}"
        if done and not self.scene.again:  # it was finished, and the command that comes next makes more, or says so
            return "" if self.new.items() <= after.items() else f"the next run changed {difference(self.new, after)}"
        if ended.code:
            return f"the next run ended with {ended.code}: {ended.said}"
        return "" if after == self.new else f"the next run made {difference(self.new, after)}"


def stage(scene: Scene, place: Path, world: Path | None = None) -> Stage:
    """A scene that is ready to be interrupted: what it begins with lies in a place, and it runs there too unless told."""
    before, world = place / "before", world or place / "world"
    scene.prepare(before)
    scenes.fresh(before, world)
    scene.settle(world)
    old = scenes.state(world)
    ended = points.run(scene.act(world), world)
    new = scenes.state(world)
    if ended.code or not ended.operations or scenes.without_ours(new) != new:
        raise RuntimeError(f"{scene.name}: an undisturbed run ended with {ended.code}: {ended.said}")
    return Stage(scene, before, world, old, new, ended.operations)


def difference(wanted: State, found: State) -> str:
    """The first few paths in which two states differ."""
    paths = sorted(path for path in wanted.keys() | found.keys() if wanted.get(path) != found.get(path))
    signs = {(True, True): "~", (True, False): "-", (False, True): "+"}
    return " ".join(f"{signs[path in wanted, path in found]}{path}" for path in paths[:5]) + f" ({len(paths)} in all)"


def _in_dist(path: str) -> bool:
    """Whether a path lies in the built site."""
    return path.startswith("program/dist/")
