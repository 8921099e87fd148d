"""The book of rows is true: no row is missing, what it names exists, and hostile cases are many and have twins."""

from __future__ import annotations

import json
import re
from functools import cache
from itertools import chain
from pathlib import Path

import pytest

from mischief import with_files, with_pictures, with_text
from mischief.rows import ROWS, WITHOUT
from mischief.rules import RULES
from mischief.rules import WITHOUT as NO_CASE

HERE = Path(__file__).parent
SIZES = {"A": 14, "B": 14, "C": 16, "E": 13, "F": 10, "G": 8, "K": 5, "H": 36, "I": 5, "L": 3, "J": 18}
ATTEMPTS = [*with_files.ATTEMPTS, *with_text.ATTEMPTS, *with_pictures.ATTEMPTS]
CORPUS = json.loads((HERE / "corpus/cases.json").read_bytes())
STORIES = [path.read_text() for path in (HERE / "stories").glob("[!_]*.txt")]


@cache
def source(name: str) -> str:
    return (HERE / name).read_text()


def test_no_row_is_missing() -> None:
    rows = {f"{group}{number}" for group, size in SIZES.items() for number in range(1, size + 1)}
    assert rows == ROWS.keys() | WITHOUT.keys()
    assert not ROWS.keys() & WITHOUT.keys()


@pytest.mark.parametrize("row", ROWS)
def test_a_row_has_cases_and_what_is_named_exists(row: str) -> None:
    numbered = [one.row for one in ATTEMPTS if one.row == row] + [
        one for case in CORPUS for one in case.get("rows", []) if one == row
    ]
    named = ROWS[row][1:]
    assert numbered or named
    assert [one for one in named if not exists(one)] == []


def exists(case: str) -> bool:
    """Whether there is a case: a routine, a row, a test, or a file that is all cases."""
    if case.startswith("make "):
        return f"\n{case.removeprefix('make ')}: " in source("../Makefile")
    if case.startswith("row "):
        return case.removeprefix("row ") in ROWS
    file, _, test = case.partition("::")
    if file.startswith("test_"):
        return re.search(rf"^def {test}\(", source(file), re.MULTILINE) is not None
    return (HERE / file).is_file() and (not test or f"\ndef {test}(" in source(file))


def test_a_test_with_the_number_of_a_row_is_named_there() -> None:
    """`test_j1_j2_it_is_so` belongs to both rows, and `test_a4_to_a8_it_is_so` to five."""
    left = []
    for path in HERE.glob("test_*.py"):
        for name in re.findall(r"^def (test_[a-l]\d\w+)\(", source(path.name), re.MULTILINE):
            left += [(row, name) for row in rows_of(name) if f"{path.name}::{name}" not in ROWS[row]]
    assert left == []


def rows_of(name: str) -> list[str]:
    """The rows that the name of a test begins with."""
    rows = []
    for first, last in re.findall(r"(?:_|_and_)([a-l]\d+)(?:_to_[a-l](\d+))?(?=_)", name):
        group, number = first[0].upper(), int(first[1:])
        rows += [f"{group}{one}" for one in range(number, int(last or number) + 1)]
    return rows


@pytest.mark.parametrize(("section", "rule"), [(section, rule) for section, rules in RULES.items() for rule in rules])
def test_a_rule_has_cases_and_what_is_named_exists(section: str, rule: tuple[str, ...]) -> None:
    promise, *cases = rule
    assert promise, section
    assert cases, promise
    assert [one for one in cases if not exists(one)] == []


def test_no_section_of_the_rules_is_missing() -> None:
    sections = [name.partition(" ")[0] for name in (*RULES, *NO_CASE)]
    assert sorted(set(sections)) == sorted(f"3.{number}" for number in range(1, 12))


# Rows that no rule speaks of: values that mean nothing, and what holds for all that the verifiers find.
OF_NO_RULE = {"B6", "B7", "B10", "B14", "F10", "H1", "H2", "H10", "H35", "I1", "I5"}


def test_every_row_belongs_to_a_rule() -> None:
    cases = {case for rules in RULES.values() for rule in rules for case in rule}
    assert ROWS.keys() - {case.removeprefix("row ") for case in cases} == OF_NO_RULE


def test_hostile_cases_are_many_and_most_of_all() -> None:
    """Twins are not counted: each stands beside a case that is."""
    refused = [text for text in STORIES if not re.search(r"^-- expected --\n*(?:-- |\Z)", text, re.MULTILINE)]
    hostile = len(ATTEMPTS) + len(refused) + sum(case["verdict"] != "passed" for case in CORPUS)
    assert hostile >= 300
    assert hostile / (len(ATTEMPTS) + len(STORIES) + len(CORPUS)) >= 0.7


def test_every_attempt_has_a_name_and_a_twin_of_its_own() -> None:
    assert len({str(one) for one in ATTEMPTS}) == len(ATTEMPTS)
    assert all(dict(one.changes) != dict(one.twin) for one in ATTEMPTS)


def test_every_bad_badge_has_a_good_twin() -> None:
    good = {case["name"] for case in CORPUS if case["verdict"] == "passed"}
    assert {case["twin"] for case in CORPUS if case["verdict"] != "passed"} <= good
    assert set(chain.from_iterable(case.get("rows", []) for case in CORPUS)) <= ROWS.keys()
