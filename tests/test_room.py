"""How full a host is: a build says so, and warns while there is time to do something."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

import programs
from blazon import room
from blazon.diagnostics import Report
from blazon.order import Order
from blazon.publishing import Built, build


def built(order: Order) -> tuple[Built, list[str]]:
    made = build(order, list, lambda _awards: None)
    return made, [one.as_text().partition("\n")[0] for one in made.report]


def test_a_site_that_nearly_fills_its_host_is_warned_of_from_the_first_byte_too_much(tmp_path: Path) -> None:
    order = Order(programs.small(tmp_path), tmp_path / "dist", date(2026, 11, 20))
    made, said = built(order)
    assert said == []
    assert made.changes is not None
    size = made.changes.size
    assert built(replace(order, fullest=size))[1] == []
    message = f"the site has {room.amount(size)}; hosts such as GitHub Pages stop at 1 GB."
    made, said = built(replace(order, fullest=size - 1))
    assert said == [f"dist: warning: {message} [nearly-full]"]
    assert made.changes is not None


def test_where_warnings_stop_a_build_the_site_that_was_there_stays(tmp_path: Path) -> None:
    order = Order(programs.small(tmp_path), tmp_path / "dist", date(2026, 11, 20), strict=True)
    assert built(replace(order, fullest=0))[0].changes is None
    assert not order.target.exists()
    assert built(order)[0].changes is not None


@pytest.mark.parametrize("choice", ["baked", "on-demand"])
def test_the_way_out_that_is_not_taken_yet_is_named(tmp_path: Path, choice: str) -> None:
    order = Order(programs.small(tmp_path), tmp_path / "dist", date(2026, 11, 20), fullest=0)
    with (tmp_path / "content/site.yaml").open("a") as settings:
        settings.write(f"pictures: {choice}\n")
    (warning,) = built(order)[0].report
    assert ("pictures: on-demand" in warning.hint) == (choice == "baked")
    assert "a second program" in warning.hint


@pytest.mark.parametrize(("size", "warnings"), [(900_000_000, 0), (900_000_001, 1)])
def test_the_limit_is_900_megabytes(size: int, warnings: int) -> None:
    report = Report()
    room.warn(size, "dist", report)
    assert (report.warnings, report.errors) == (warnings, 0)


@pytest.mark.parametrize(
    ("size", "said"),
    [
        (0, "0.0 %"),
        (1_000_000, "0.1 %"),
        (250_400_000, "25.0 %"),
        (1_000_000_000, "100.0 %"),
        (2_345_000_000, "234.5 %"),
    ],
)
def test_how_full_a_host_is(size: int, said: str) -> None:
    assert room.told(size) == f"host: {said} full, when it takes 1 GB as GitHub Pages does"


@pytest.mark.parametrize(
    ("size", "said"),
    [
        (1, "1 byte"),
        (999, "999 bytes"),
        (1_000, "1 kB"),
        (999_499, "999 kB"),
        (1_000_000, "1.0 MB"),
        (999_900_000, "999.9 MB"),
        (1_000_000_000, "1 GB"),
        (1_250_000_000, "1.2 GB"),
        (10_000_000_000, "10 GB"),
    ],
)
def test_bytes_as_people_say_them(size: int, said: str) -> None:
    assert room.amount(size) == said
