"""Stacks: which badges can stand for a level, which awards fill the levels of one, and which rows show a competency."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import TypeVar

from blazon.model import Achievement, Brief, Kind, Program, RubricRow, Visibility
from blazon.periods import expires
from blazon.standing import Standing, standings

LEVELS_OF_A_STACK = 3

Known = TypeVar("Known", bound=Brief)


def fitting(stack: Achievement, level: int) -> tuple[str, ...]:
    """The badges that can stand for a level: its own first, then those that count for it."""
    own = stack.levels[level - 1 : level]
    return (*own, *(slot.badge for slot in stack.counts if slot.level == level))


def levels_for(stack: Achievement, slug: str) -> list[int]:
    """The levels for which a badge can stand, the one that it is first."""
    own = [level for level, name in enumerate(stack.levels, 1) if name == slug]
    return [*own, *(slot.level for slot in stack.counts if slot.badge == slug and slot.level <= len(stack.levels))]


def filled(stack: Achievement, awards: Iterable[Known]) -> dict[int, Known]:
    """As many levels as awards can fill, each with one: who comes first keeps a place, and moves when that helps another."""
    taken: dict[int, Known] = {}

    def placed(award: Known, tried: set[int]) -> bool:
        for level in levels_for(stack, award.achievement):
            if level in tried:
                continue
            tried.add(level)
            if level not in taken or placed(taken[level], tried):
                taken[level] = award
                return True
        return False

    for award in awards:
        placed(award, set())
    return dict(sorted(taken.items()))


def standing_of(program: Program, awards: Sequence[Known], today: date) -> Iterator[tuple[Known, Standing]]:
    """An earner's issued awards, each with how it stands on a day: only one of which nothing bad is known counts towards a stack."""
    found = [award for award in awards if award.issued is not None and award.erased is None]
    replaced = {award.supersedes for award in found if award.supersedes}
    by_id = {award.id: award for award in awards}
    for award in found:
        ends, gone = expires(award, program.achievement_of(award)), bool(lost(award, by_id))
        yield award, standings(award, ends, today, replaced=award.id in replaced, incomplete=gone)[0]


def lost(award: Brief, by_id: Mapping[str, Brief]) -> list[Brief]:
    """The parts of a stack's award that were withdrawn or erased, or are stacks that lost one: it is complete no more."""
    found = (by_id[part.award] for part in award.parts if part.award in by_id)
    return [part for part in found if part.revoked or part.erased or (part is not award and lost(part, by_id))]


def hides(program: Program, part: Brief, award: Brief) -> bool:
    """Whether the credential of a stack's award would tell the address of a part that its earner shows to fewer people."""
    order = list(Visibility)
    seen = program.visibility_of(part)
    hidden = seen in (Visibility.PRIVATE, Visibility.WITHHELD)
    return hidden or order.index(seen) > order.index(program.visibility_of(award))


def rows_for(program: Program, slug: str, competency: str) -> list[RubricRow]:
    """The rubric rows of a badge that show a competency; those of the badges that it is made of, when it is a stack."""
    badges = (program.achievements.get(name) for name in under(program, slug))
    rows = (row for badge in badges if badge for row in badge.assessment.rubric)
    return [row for row in rows if row.competency == competency]


def under(program: Program, slug: str) -> list[str]:
    """A badge and all that it is made of: its levels and what counts for them, theirs too, each once."""
    found: dict[str, None] = {}
    left = [slug]
    while left:
        name = left.pop(0)
        if name not in found:
            found[name] = None
            badge = program.achievements.get(name)
            left += members(badge) if badge and badge.kind is Kind.MICRO_CREDENTIAL else []
    return list(found)


def members(stack: Achievement) -> list[str]:
    """The badges that a stack is made of: its levels in order, then those that count for one."""
    return [*stack.levels, *(slot.badge for slot in stack.counts)]
