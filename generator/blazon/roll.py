"""The awards that feeds, calendars and résumés tell: listed ones that stand, whatever day it is."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from blazon.address import Plan
from blazon.model import Brief, Program
from blazon.shelf import Shelf
from blazon.views import BadgeShown


@dataclass(frozen=True, slots=True)
class Entry:
    """A listed award in a file for machines; `address` is where its page answers."""

    id: str
    address: str
    name: str
    badge: BadgeShown
    issued: datetime
    expires: datetime | None


class Roll:
    """The listed awards that were neither withdrawn nor paused nor replaced, and lost no part, newest first.

    `date` is the day of the newest thing that happened to a listed award, or else of the first key: what has run out is
    measured by it, so that only a change of the content changes these files.
    """

    def __init__(self, program: Program, plan: Plan, shelf: Shelf) -> None:
        """The roll of a program."""
        self._plan = plan
        self._shelf = shelf
        self._program = program
        listed = [award for awards in shelf.listed.values() for award in awards]
        self.date = day(listed, plan)
        replaced = {award.supersedes for award in program.in_brief if award.issued and award.supersedes}
        standing = (award for award in listed if self._stands(award) and award.id not in replaced)
        self.awards = tuple(sorted(standing, key=lambda award: (award.issued, award.id), reverse=True))
        self._by_badge = _grouped(self.awards, lambda award: award.achievement)
        self._by_earner = _grouped(self.awards, lambda award: award.earner)

    def of_badge(self, slug: str) -> Sequence[Brief]:
        """The awards of a badge, newest first."""
        return self._by_badge.get(slug, ())

    def of_earner(self, slug: str) -> Sequence[Brief]:
        """The awards of an earner, newest first."""
        return self._by_earner.get(slug, ())

    def entries(self, awards: Iterable[Brief]) -> Iterator[Entry]:
        """Awards as they are told, made when they are needed."""
        return map(self._entry, awards)

    def current(self, awards: Iterable[Brief]) -> Iterator[Entry]:
        """Those that have not run out by the date of the roll."""
        return (entry for entry in self.entries(awards) if entry.expires is None or entry.expires > self.date)

    def _entry(self, award: Brief) -> Entry:
        """An award as it is told."""
        card = self._shelf.card(award)
        return Entry(award.id, self._plan.url(card.page), card.name, card.badge, card.issued, card.expires)

    def _stands(self, award: Brief) -> bool:
        """Whether an award was neither withdrawn nor paused, and lost no part; a pause that is over by the date of the roll counts no more."""
        hold = award.suspended
        if award.parts and self._shelf.is_incomplete(award):
            return False
        return award.revoked is None and (hold is None or (hold.until is not None and hold.until <= self.date))


def day(listed: Iterable[Brief], plan: Plan) -> datetime:
    """The day of the newest thing that happened to a listed award, or else of the first key."""
    news = (moment for award in listed for moment in (award.issued, award.revoked and award.revoked.on) if moment)
    return max(news, default=plan.founded)


def _grouped(awards: Iterable[Brief], key: Callable[[Brief], str]) -> Mapping[str, list[Brief]]:
    """Awards by what they have in common, in the order that they come in."""
    groups: dict[str, list[Brief]] = {}
    for award in awards:
        groups.setdefault(key(award), []).append(award)
    return groups
