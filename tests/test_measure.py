"""What measures the cost of refusing tells a refusal from another answer, and what costs too much from what does not."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from limits import measure
from limits.costly import CASES

ONE = next(one for one in CASES if one.name == "nesting of 17")


def test_a_refusal_that_costs_little_is_right_and_one_that_costs_more_is_named(tmp_path: Path) -> None:
    cost = measure.measured(ONE, tmp_path / "laid")
    assert cost.faults(ONE) == []
    assert (cost.seconds, cost.memory) > (0.02, 10)  # a Python costs that much
    assert replace(cost, seconds=2.01).faults(ONE) == ["took too long"]
    assert replace(cost, seconds=2.01).faults(replace(ONE, kind="tree")) == []
    assert replace(cost, seconds=10.01).faults(replace(ONE, kind="tree")) == ["took too long"]
    assert replace(cost, memory=513).faults(ONE) == ["took too much memory"]


def test_the_memory_of_a_command_is_its_own_and_not_that_of_the_one_who_measures(tmp_path: Path) -> None:
    held = b"x" * (100 << 20)
    assert measure.measured(ONE, tmp_path / "little").memory < 100
    much = replace(ONE, words=("-c", f"import sys; held = b'x' * {len(held)}; sys.exit('[yaml-depth]')"))
    assert measure.measured(much, tmp_path / "much").memory > 100


def test_another_answer_than_the_refusal_is_named(tmp_path: Path) -> None:
    for number, other in enumerate((replace(ONE, says="[yaml-keys]"), replace(ONE, ends_with=3))):
        (fault,) = measure.measured(other, tmp_path / str(number)).faults(other)
        assert fault.startswith("ended with 1: ")
        assert "yaml-depth" in fault


def test_every_case_has_a_name_of_its_own() -> None:
    assert len({str(one) for one in CASES}) == len(CASES) >= 39
