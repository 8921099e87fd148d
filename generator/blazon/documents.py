"""What documents of both versions have in common: how a date is written, and that nothing empty is."""

from __future__ import annotations

import re
from datetime import UTC, datetime

_MOMENT = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})T([0-9]{2}):([0-9]{2}):([0-9]{2})Z")
_MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)

Document = dict[str, object]


def timestamp(moment: datetime | None) -> str:
    """A moment in UTC as every document writes it, `YYYY-MM-DDThh:mm:ssZ`, or "" where there is none."""
    return f"{moment.isoformat(timespec='seconds')[:19]}Z" if moment else ""


def moment(text: object) -> datetime | None:
    """The moment that a text says in the one form `YYYY-MM-DDThh:mm:ssZ`, or None."""
    found = _MOMENT.fullmatch(text) if isinstance(text, str) else None
    if found is None:
        return None
    year, month, day, hour, minute, second = map(int, found.groups())
    try:
        return datetime(year, month, day, hour, minute, second, tzinfo=UTC)
    except ValueError:
        return None


def day(one: datetime) -> str:
    """A date as people read it: `1 March 2026`."""
    return f"{one.day} {_MONTHS[one.month - 1]} {one.year}"


def filled(**members: object) -> Document:
    """An object without the members that say nothing: no `null`, no empty text, no empty list is ever published."""
    return {name: value for name, value in members.items() if value not in (None, "", [])}
