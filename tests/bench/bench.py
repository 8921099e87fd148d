"""What our work costs beside peers and beside the floor, in one run: ratios, since machines differ.

Run with `make bench`. AWARDS='100 1000' chooses the sizes of the generated programs, ROUNDS=3 how often all works are run in turns,
ROWS='build changes sign pages bake dask growth disk stages pictures' what is measured. README.md beside this file says what each peer does.
"""

from __future__ import annotations

import os
import statistics
import sys
import tempfile
from collections.abc import Mapping
from itertools import pairwise
from pathlib import Path
from time import perf_counter

sys.path.insert(0, str(Path(__file__).parents[1]))

import stages
from blazon import files, pictures
from blazon.cards import Cards
from blazon.diagnostics import Report
from blazon.load import load
from blazon.render import Theme
from ground import COUNTED, ROOT, Ground, of_an_award
from rows import ACCOUNT, HEAD, ROWS, account, chosen, works
from running import Cost, interleaved

SIZES = "100 1000 10000"
ROUNDS = "3"
OTHERS = ("growth", "disk", "stages", "pictures")


def main() -> None:
    """Print the tables of each size, then how costs grow from one size to the next."""
    sizes = sorted(map(int, os.environ.get("AWARDS", SIZES).split()))
    rounds = int(os.environ.get("ROUNDS", ROUNDS))
    groups = os.environ.get("ROWS", "").split()
    known = {row.group for row in ROWS} | set(OTHERS)
    if unknown := set(groups) - known:
        sys.exit(f"there is no row {', '.join(sorted(unknown))}; there are: {', '.join(sorted(known))}")
    asked = set(groups) or known
    costs: dict[int, dict[str, Cost]] = {}
    for size in sizes:
        with tempfile.TemporaryDirectory() as folder:
            costs[size] = at_size(Path(folder), size, rounds, asked)
    if "growth" in asked and len(costs) > 1:
        growth(costs)
    if "pictures" in asked:
        drawing(rounds)


def at_size(folder: Path, size: int, rounds: int, asked: set[str]) -> dict[str, Cost]:
    """Print what there is to say of one size; the costs of each work."""
    ground = Ground(folder, size)
    rows = chosen(asked)
    names = works(rows)
    if "blazon" not in names and asked & {"growth", "disk"}:
        names = ["blazon", *names]
    print(f"\n{size:,} awards, medians of {rounds}; milliseconds for one award")
    costs, failures = interleaved({name: ground.works[name]() for name in names}, rounds)
    if rows:
        print(HEAD)
    for row in rows:
        print(row.line(costs, failures))
    if costs:
        print(f"\n{ACCOUNT}")
    for name, cost in costs.items():
        print(account(name, cost))
    besides(ground, size, costs)
    if "disk" in asked and "blazon" in costs:
        disk(ground, size)
    if "stages" in asked:
        by_stage(ground.program, folder / "by-stage", size)
    return costs


def besides(ground: Ground, size: int, costs: Mapping[str, Cost]) -> None:
    """Print what no ratio tells."""
    if "nothing" in costs:
        print(f"\nfiles written when nothing changed: {ground.touched():,}")
    if costs.keys() >= {"blazon", "dask"}:
        more = costs["dask"].each - costs["blazon"].each
        print(f"\nmilliseconds that a cluster takes more for one award: {more * 1000:.2f}")
    if costs.keys() >= {"blazon", "hugo"}:
        ours, theirs = ground.pages_of_both()
        print(f"\nbytes of pages for one award: {ours / size:,.0f}, and {theirs / size:,.0f} by Hugo")


def disk(ground: Ground, size: int) -> None:
    """Print the bytes of a built site for one award, by kind of file: sums of sizes, blocks not rounded up."""
    kinds = ground.bytes_by_kind()
    parts = of_an_award(kinds)
    counted = sum(parts[part] for part in COUNTED)
    print(f"\nbytes on disk for one award: {counted / size:,.0f} with its {', '.join(COUNTED)}   wanted ≤ 45,000")
    for part, found in parts.items():
        print(f"  {part:34} {found / size:10,.0f}")
    print(f"with all pages of its own: {sum(parts.values()) / size:,.0f}")
    print(f"with its part of the whole site: {sum(kinds.values()) / size:,.0f}")
    for kind, found in kinds.items():
        print(f"  {kind:34} {found / size:10,.0f}")


def growth(costs: dict[int, dict[str, Cost]]) -> None:
    """Print how the time for one award, and the peak, change from each size to the next."""
    sizes = list(costs)
    print("\ngrowth: time for one award, and peak memory   wanted ≤ 1.15 from 10,000 to 100,000, and ≤ 200 MiB at both")
    for small, large in pairwise(sizes):
        for name in ("blazon", "hugo", "floor"):
            if name in costs[small] and name in costs[large]:
                one, other = costs[small][name], costs[large][name]
                print(
                    f"  {name:8} {small:9,} to {large:9,} awards   {other.each / one.each:5.2f} x   "
                    f"{one.peak / 1024:6.0f} to {other.peak / 1024:6.0f} MiB"
                )


def by_stage(program: Path, target: Path, size: int) -> None:
    """Print where the time of a build goes. Pages of awards are rendered per award, all others per badge, earner or site."""
    pictures.draw.cache_clear()  # a size that was measured before has drawn the same badges
    pictures.draw_card.cache_clear()
    seconds = stages.measure(program, target)
    whole = sum(seconds.values())
    print(f"\nby stage, {whole / size * 1000:.2f} ms an award with the clock running")
    for stage, spent in seconds.items():
        print(f"  {stage:34} {spent / size * 1000:8.3f} ms an award   {spent / whole:5.1%}")
    rendering = sum(spent for stage, spent in seconds.items() if stage.startswith("render"))
    print(f"  {'rendering in all':34} {rendering / size * 1000:8.3f} ms an award   {rendering / whole:5.1%}")


def drawing(rounds: int) -> None:
    """Print what it takes to draw the pictures of badges, and their social cards, each anew."""
    program = load(files.read_tree(ROOT, Report()), Report())
    assert program is not None
    theme = files.read_theme(ROOT / "themes", "stitch")
    laid_out = Cards(program, theme, Theme(theme).words)
    badges = list(program.achievements.values())[:4]
    taken: dict[str, list[float]] = {"a badge's picture": [], "its social card": []}
    for _ in range(rounds):
        pictures.draw.cache_clear()
        start = perf_counter()
        art = {one.slug: pictures.draw(one.slug, one.kind, 0, one.art).png for one in badges}
        taken["a badge's picture"].append(perf_counter() - start)
        pictures.draw_card.cache_clear()
        start = perf_counter()
        for one in badges:
            pictures.draw_card(laid_out.of(one), art[one.slug])
        taken["its social card"].append(perf_counter() - start)
    print(f"\npictures of {len(badges)} badges")
    for name, times in taken.items():
        print(f"  {name:34} {statistics.median(times) / len(badges) * 1000:8.1f} ms a badge")


if __name__ == "__main__":
    main()
