"""The parts of a stack's award as its documents name them: evidence, bound by the digest of each part's own credential."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from blazon import address
from blazon.address import Plan
from blazon.model import Award, Evidence, Part, Program

GENRE = "Award"


def with_parts(
    program: Program, plan: Plan, award: Award, by_id: Mapping[str, Award], digest: Callable[[Award], str]
) -> Award:
    """An award whose evidence ends with its parts; `digest` gives the SHA-256 of a part's published credential."""
    if not award.parts:
        return award
    found = (_evidence(program, plan, part, by_id[part.award], digest) for part in award.parts)
    return replace(award, evidence=(*award.evidence, *found))


def in_order(awards: Sequence[Award]) -> list[Award]:
    """An earner's awards, each stack after its parts, and everything else where it was."""
    by_id = {award.id: award for award in awards}
    found: dict[str, Award] = {}

    def add(award: Award, above: frozenset[str]) -> None:
        for part in award.parts:
            if part.award in by_id and part.award not in above:
                add(by_id[part.award], above | {award.id})
        found.setdefault(award.id, award)

    for award in awards:
        add(award, frozenset({award.id}))
    return list(found.values())


def _evidence(program: Program, plan: Plan, part: Part, award: Award, digest: Callable[[Award], str]) -> Evidence:
    """A part as a piece of evidence; of one that was erased the stack's own file says what was signed."""
    gone = award.erased is not None
    return Evidence(
        title=part.name if gone else program.achievement_of(award).name,
        url="" if part.private else plan.url(address.credential(award)),
        sha256=part.sha256 if gone else digest(award),
        kind=GENRE,
        private=part.private,
    )
