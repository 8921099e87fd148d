"""Two runs at once in one world: started together, or one of them waiting at an operation while the other runs from begin to end."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import points
from points import Ended, How, Running

import scenes
from scenes import Scene, State
from staging import REFUSED, difference

_DELAYS = 12


@dataclass(frozen=True, slots=True)
class Pair:
    """Two commands, and the worlds that they make where neither disturbs the other: one alone, or one after the other."""

    commands: tuple[Scene, Scene]
    before: Path
    world: Path
    alone: tuple[State, State]
    both: tuple[State, State]
    operations: int
    seconds: float

    def fault(self, codes: Sequence[int], said: str) -> str:
        """What is wrong with how two runs ended, with what they left, or with what comes when the one that was refused is given again."""
        found = scenes.state(self.world)
        if not any(codes):
            return "" if found in self.both else f"both ended well, and made {difference(self.both[1], found)}"
        refused = codes.index(REFUSED) if REFUSED in codes else 0
        if sorted(codes) != [0, REFUSED]:
            return f"they ended with {codes[0]} and {codes[1]}: {said}"
        if found != self.alone[1 - refused]:
            return (
                f"{self.commands[refused].name} was refused, and there is {difference(self.alone[1 - refused], found)}"
            )
        again = points.run(self.commands[refused].act(self.world), self.world)
        found = scenes.state(self.world)
        if again.code or found != self.both[1 - refused]:
            return f"given again, it ended with {again.code}: {again.said}{difference(self.both[1 - refused], found)}"
        return ""


def pair(first: Scene, second: Scene, place: Path) -> Pair:
    """Two commands that are ready to be given at once."""
    before, world = place / "before", place / "world"
    first.prepare(before)
    made, operations, seconds = list[State](), 0, 0.0
    for order in ((first,), (second,), (first, second), (second, first)):
        scenes.fresh(before, world)
        began = time.perf_counter()
        ends = [points.run(one.act(world), world) for one in order]
        seconds = max(seconds, time.perf_counter() - began)
        made.append(scenes.state(world))
        operations = operations or len(ends[0].operations)
        if any(one.code for one in ends):
            raise RuntimeError(f"{first.name} and {second.name}, undisturbed: {ends}")
    return Pair((first, second), before, world, (made[0], made[1]), (made[2], made[3]), operations, seconds)


def stopped(first: Scene, second: Scene, place: Path, every: int) -> Iterator[tuple[str, str]]:
    """The first command stops at each of its operations until the second has ended: at which, and what is wrong."""
    one = pair(first, second, place)
    for number in range(1, one.operations + 1, every):
        scenes.fresh(one.before, one.world)
        running = points.begin(first.act(one.world), one.world, How.STOPPED, number)
        running.stopped()
        other = points.run(second.act(one.world), one.world)
        running.go_on()
        yield f"stopped at operation {number}", _fault(one, running.ended(), other)


def together(first: Scene, second: Scene, place: Path, every: int) -> Iterator[tuple[str, str]]:
    """Both commands begin together, the one or the other a little later: by how much, and what is wrong."""
    one = pair(first, second, place)
    for number in range(-_DELAYS, _DELAYS + 1, every):
        scenes.fresh(one.before, one.world)
        late = one.seconds * number / _DELAYS / 2
        running = list[Running]()
        for command in (first, second) if late >= 0 else (second, first):
            running.append(points.begin(command.act(one.world), one.world))
            time.sleep(abs(late) * (len(running) == 1))
        ends = [each.ended() for each in running]
        yield f"{late:+.3f} s", _fault(one, *(ends if late >= 0 else reversed(ends)))


def _fault(one: Pair, first: Ended, second: Ended) -> str:
    """What is wrong after two runs."""
    return one.fault((first.code, second.code), first.said + second.said)
