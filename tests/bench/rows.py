"""The rows of the table: which work is set against which, and what is wanted of it."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from running import Cost

HEAD = f"{'':64} {'ours':>10} {'beside':>10} {'ratio':>8} {'on cpu':>8}  wanted"


@dataclass(frozen=True, slots=True)
class Row:
    """Two works whose costs for one award are compared; `wanted` is the ratio that is worked towards, never a condition."""

    group: str
    title: str
    ours: str
    other: str
    wanted: str = ""

    def line(self, costs: Mapping[str, Cost], failures: Mapping[str, str]) -> str:
        """The row as text: milliseconds for one award on both sides and their ratio, or why there is none."""
        for name in (self.ours, self.other):
            if name in failures:
                return f"{self.title:64} cannot be measured: {failures[name]}"
        ours, other = costs[self.ours], costs[self.other]
        told = ours.each_processor and other.each_processor
        cpu = _ratio(ours.each_processor / other.each_processor) if told else ""
        return (
            f"{self.title:64} {ours.each * 1000:7.3f} ms {other.each * 1000:7.3f} ms {_ratio(ours.each / other.each):>8} "
            f"{cpu:>8}  {self.wanted}"
        ).rstrip()


ROWS = (
    Row("build", "full build / Hugo, the same pages, nothing signed", "blazon", "hugo", "≤ 1.0 at 10,000"),
    Row("build", "full build / signatures, digests, the same bytes written", "blazon", "floor", "≤ 6"),
    Row("build", "full build / @digitalbazaar/vc, the signatures alone", "blazon", "sign vc", "≤ 1/25"),
    Row("changes", "nothing changed / full build", "nothing", "blazon", "≤ 1/40, no byte written"),
    Row("changes", "one award changed / full build", "award", "blazon", "≤ 1/20 at 10,000"),
    Row("changes", "one award changed / Hugo over its last site", "award", "hugo award", "≤ 1/15 at 10,000"),
    Row("changes", "one award changed / Hugo that watches", "award", "hugo watch"),
    Row("changes", "a sentence of the theme changed / full build", "string", "blazon"),
    Row("changes", "a badge changed / full build", "badge", "blazon"),
    Row(
        "sign", "canonicalize and sign / openbadgeslib, its signer class", "sign", "sign openbadgeslib class", "≤ 1/100"
    ),
    Row("sign", "canonicalize and sign / openbadgeslib, adding a proof", "sign", "sign openbadgeslib"),
    Row("sign", "canonicalize and sign / @digitalbazaar/vc, eddsa-rdfc-2022", "sign", "sign vc", "≤ 1/40"),
    Row("sign", "canonicalize and sign / PyLD and PyNaCl", "sign", "sign pyld"),
    Row("pages", "full build / Pelican, as many Markdown pages", "blazon", "pelican"),
    Row("bake", "bake a PNG / openbadges-bakery", "bake png", "bakery png"),
    Row("bake", "bake an SVG / openbadges-bakery", "bake svg", "bakery svg"),
    Row("dask", "full build on a Dask cluster of two workers / without one", "dask", "blazon"),
)


def chosen(groups: Collection[str]) -> tuple[Row, ...]:
    """The rows of the groups that were asked for, all rows where none was."""
    return tuple(row for row in ROWS if not groups or row.group in groups)


def works(rows: Collection[Row]) -> list[str]:
    """The works that rows need, each once: whole builds first, so that what is changed is there."""
    return list(
        dict.fromkeys(name for row in rows for name in sorted((row.ours, row.other), key=lambda one: one != "blazon"))
    )


def account(name: str, cost: Cost) -> str:
    """What one work took in all, as text; start-up is what it did not tell as its work."""
    start = f"{cost.wall - cost.inner:8.2f} s" if cost.inner else f"{'':>10}"
    return f"{name:28} {cost.items:8,} {cost.wall:9.2f} s {start} {cost.processor:9.2f} s {cost.peak / 1024:7.0f} MiB"


ACCOUNT = f"{'work':28} {'awards':>8} {'wall':>11} {'start-up':>10} {'on cpu':>11} {'peak':>11}"


def _ratio(value: float) -> str:
    """A ratio as people say it: 1/57 or 2.3."""
    return f"{value:.2f}" if value > 0.5 else f"1/{1 / value:,.1f}" if value > 0.1 else f"1/{1 / value:,.0f}"
