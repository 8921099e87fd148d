"""Durations on the calendar."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from blazon.model import Duration
from blazon.periods import expires, later
from samples import A7F3, LEVEL_1, NINE


@pytest.mark.parametrize(
    ("duration", "moment"),
    [
        (Duration(years=2), datetime(2026, 1, 31, tzinfo=UTC)),
        (Duration(months=1), datetime(2024, 2, 29, tzinfo=UTC)),
        (Duration(months=11), datetime(2024, 12, 31, tzinfo=UTC)),
        (Duration(years=1, months=1), datetime(2025, 2, 28, tzinfo=UTC)),
        (Duration(weeks=1, days=1, hours=1, minutes=1), datetime(2024, 2, 8, 1, 1, tzinfo=UTC)),
    ],
)
def test_a_duration_moves_a_date(duration: Duration, moment: datetime) -> None:
    assert later(datetime(2024, 1, 31, tzinfo=UTC), duration) == moment


def test_the_calendar_ends() -> None:
    with pytest.raises(OverflowError):
        later(NINE, Duration(years=9000))


def test_an_award_runs_out_when_its_badge_or_it_says() -> None:
    assert expires(A7F3, LEVEL_1) is None
    assert expires(A7F3, replace(LEVEL_1, valid_for=Duration(years=2))) == NINE.replace(year=2028)
    assert expires(replace(A7F3, expires=NINE), replace(LEVEL_1, valid_for=Duration(years=2))) == NINE
    assert expires(replace(A7F3, issued=None), replace(LEVEL_1, valid_for=Duration(years=2))) is None
