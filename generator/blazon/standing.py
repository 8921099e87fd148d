"""How an award stands on a day: the bad news that its records tell. Good news is never among it, since only a check can know."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from enum import StrEnum

from blazon.model import Brief, Program, Visibility


class Standing(StrEnum):
    """One thing that records say about an award, worst first."""

    WITHDRAWN = "withdrawn"
    ON_HOLD = "on-hold"
    INCOMPLETE = "incomplete"
    REPLACED = "replaced"
    EXPIRED = "expired"
    UNCHECKED = "unchecked"


def standings(
    award: Brief, ends: datetime | None, today: date, *, replaced: bool, incomplete: bool = False
) -> tuple[Standing, ...]:
    """What there is to say about an award at the start of a day, worst first; never empty.

    `incomplete` says that it is a stack's and lost a part.
    """
    now = datetime.combine(today, time(), UTC)
    news = (
        (Standing.WITHDRAWN, award.revoked is not None),
        (Standing.ON_HOLD, _is_held(award, now)),
        (Standing.INCOMPLETE, incomplete),
        (Standing.REPLACED, replaced),
        (Standing.EXPIRED, ends is not None and ends <= now),
    )
    return tuple(standing for standing, so in news if so) or (Standing.UNCHECKED,)


def has_files(program: Program, award: Brief) -> bool:
    """Whether an award's files answer at their addresses: it was issued, nothing of it is erased, and its earner does not hide it."""
    if award.issued is None or award.erased is not None:
        return False
    return program.visibility_of(award) in (Visibility.PUBLIC, Visibility.UNLISTED)


def is_private(program: Program, award: Brief) -> bool:
    """Whether an award has an encrypted page and nothing else: it was issued, and its earner made it private and has a key."""
    if award.issued is None or award.erased is not None:
        return False
    return program.visibility_of(award) is Visibility.PRIVATE and program.page_key_of(award) != ""


def has_page(program: Program, award: Brief) -> bool:
    """Whether an award's address shows it, to everybody or to whoever has the key."""
    return has_files(program, award) or is_private(program, award)


def is_listed(program: Program, award: Brief) -> bool:
    """Whether other pages may name an award: it has a page, and its earner made it public."""
    return has_files(program, award) and program.visibility_of(award) is Visibility.PUBLIC


def _is_held(award: Brief, now: datetime) -> bool:
    """Whether an award is paused at a moment."""
    hold = award.suspended
    return hold is not None and hold.since <= now and (hold.until is None or hold.until > now)
