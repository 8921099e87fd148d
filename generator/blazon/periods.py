"""How long things count: durations on the calendar, and the moment an award runs out."""

from __future__ import annotations

from calendar import monthrange
from datetime import MAXYEAR, datetime, timedelta

from blazon.model import Achievement, Brief, Duration


def later(moment: datetime, duration: Duration) -> datetime:
    """A moment moved on by a duration; a day that the month does not have becomes its last one.

    Raises OverflowError when the calendar ends before that (in the year 9999).
    """
    months = moment.year * 12 + moment.month - 1 + duration.years * 12 + duration.months
    year, month = divmod(months, 12)
    if year > MAXYEAR:
        raise OverflowError("the calendar ends in the year 9999")
    day = min(moment.day, monthrange(year, month + 1)[1])
    clock = timedelta(weeks=duration.weeks, days=duration.days, hours=duration.hours, minutes=duration.minutes)
    return moment.replace(year=year, month=month + 1, day=day) + clock


def iso(duration: Duration) -> str:
    """A duration as ISO 8601 writes it: `P2Y`, `PT1H30M`."""
    days = {"Y": duration.years, "M": duration.months, "W": duration.weeks, "D": duration.days}
    clock = {"H": duration.hours, "M": duration.minutes}
    date, time = ("".join(f"{amount}{unit}" for unit, amount in part.items() if amount) for part in (days, clock))
    return f"P{date}T{time}" if time else f"P{date or '0D'}"


def expires(award: Brief, achievement: Achievement) -> datetime | None:
    """When an award runs out: what the award says, or else its date and how long the badge counts; None when it never does."""
    if award.expires is not None or award.issued is None or achievement.valid_for is None:
        return award.expires
    return later(award.issued, achievement.valid_for)
