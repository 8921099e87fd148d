"""Hands every small change of three badges in three forms to both judges: none may pass that does not say the same. `make mutants`."""

from __future__ import annotations

import argparse
import json
import os
import sys
from base64 import b64encode
from collections import Counter
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field

import mutation
import sampling
import twojudges
from blazon.outcome import overall
from blazon.verify import verify
from mutation import Badge, Splice
from strangers import NOW

SHARE = 10_000


@dataclass(slots=True)
class Tally:
    """What came of some changes of a badge: how many of which verdict, how many that passed say the same, and what was wrong."""

    name: str
    verdicts: Counter[str] = field(default_factory=Counter)
    same: int = 0
    wrong: list[str] = field(default_factory=list)

    def add(self, other: Tally) -> None:
        """Counts those of another in."""
        self.verdicts += other.verdicts
        self.same += other.same
        self.wrong += other.wrong


def main() -> None:
    """Prints a line for each badge, all that was wrong, and the sum; ends with 1 if anything was, or if there were too few."""
    reader = argparse.ArgumentParser(description=__doc__)
    reader.add_argument("--sample", type=int, help="at most so many changes of each badge, evenly spread")
    most = reader.parse_args().sample
    tallies: dict[str, Tally] = {}
    with ProcessPoolExecutor(os.cpu_count()) as pool:
        for tally in pool.map(judged, *zip(*_shares(most), strict=True)):
            tallies.setdefault(tally.name, Tally(tally.name)).add(tally)
    for tally in tallies.values():
        print(f"{tally.name}: {_counted(tally)}")
    everything = Tally("all")
    for tally in tallies.values():
        everything.add(tally)
    for line in everything.wrong[:20]:
        print(line)
    print(f"{everything.verdicts.total():,} changed badges: {_counted(everything)}")
    few = [tally.name for tally in tallies.values() if tally.verdicts.total() < (most or 15_000)]
    if few:
        print(f"too few: {', '.join(few)}")
    sys.exit(bool(everything.wrong or few))


def _counted(tally: Tally) -> str:
    """A tally in words."""
    counts = ", ".join(f"{tally.verdicts[name]:,} {name}" for name in ("failed", "undecided", "passed"))
    return f"{counts}; {tally.same:,} of those that passed say the same; {len(tally.wrong):,} wrong"


def _shares(most: int | None) -> Iterator[tuple[int, int, int | None]]:
    """Parts of the work: the number of a badge, and which of its changes."""
    for number, badge in enumerate(mutation.badges()):
        count = len(_chosen(badge, most))
        yield from ((number, start, most) for start in range(0, count, SHARE))


def _chosen(badge: Badge, most: int | None) -> Sequence[Splice]:
    everything = mutation.mutants(badge)
    return everything if most is None else sampling.sample(everything, most)


def judged(number: int, start: int, most: int | None) -> Tally:
    """What both judges say of some changes of a badge."""
    badge = mutation.badges()[number]
    splices = _chosen(badge, most)[start : start + SHARE]
    tally = Tally(f"{badge.name} {badge.form}")
    answers = twojudges.in_browser(_lines(badge, splices))
    for splice, answer in zip(splices, answers, strict=True):
        data = splice.applied(badge.data)
        outcomes = verify(data, badge.sources, NOW)
        verdict = overall(outcomes)
        tally.verdicts[verdict] += 1
        steps = [[one.step, one.verdict.value] for one in outcomes]
        if steps != [one[:2] for one in answer]:
            tally.wrong.append(f"{tally.name}: {splice}:\n  python  {steps}\n  browser {answer}")
        if verdict == "passed":
            if mutation.says_the_same(badge, data):
                tally.same += 1
            else:
                tally.wrong.append(f"{tally.name}: {splice}: passed, and says something else")
    return tally


def _lines(badge: Badge, splices: Sequence[Splice]) -> Iterator[str]:
    """A badge and its changes for the other judge."""
    kept = json.loads(twojudges.Case(badge.data, dict(badge.sources.documents), NOW).line)
    yield json.dumps({**kept, "keep": True})
    for one in splices:
        yield json.dumps({"at": one.at, "count": one.count, "put": b64encode(one.put).decode()})


if __name__ == "__main__":
    main()
