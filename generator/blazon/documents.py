"""What documents of both versions have in common: how a date is written, and that nothing empty is."""

from __future__ import annotations

from datetime import datetime

Document = dict[str, object]


def timestamp(moment: datetime | None) -> str:
    """A moment in UTC as every document writes it, `YYYY-MM-DDThh:mm:ssZ`, or "" where there is none."""
    return f"{moment.isoformat(timespec='seconds')[:19]}Z" if moment else ""


def filled(**members: object) -> Document:
    """An object without the members that say nothing: no `null`, no empty text, no empty list is ever published."""
    return {name: value for name, value in members.items() if value not in (None, "", [])}
