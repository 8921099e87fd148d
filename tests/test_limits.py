"""Each limit stands where the reference says it does: what is just at it is taken, what is just beyond it is not (security.md §4)."""

from __future__ import annotations

import re
from importlib import import_module
from itertools import chain
from pathlib import Path
from typing import Any

import pytest

from limits import book
from limits.limit import Limit

HERE = Path(__file__).parent
LIMITS = list(chain.from_iterable(book.GROUPS.values()))


@pytest.mark.parametrize("limit", LIMITS, ids=str)
def test_what_is_just_at_a_limit_is_taken_and_what_is_just_beyond_is_not(limit: Limit) -> None:
    number = limit.lowered or limit.number
    assert list(limit.tried(number)) == []
    said = list(limit.tried(number - 1 if limit.least else number + 1))
    assert any(limit.answer in one for one in said), said


def test_no_number_of_the_code_is_missing_in_the_book() -> None:
    """A new one is tried in one of the lists of limits, or stands in NONE of tests/limits/book.py with the reason why it refuses nothing."""
    tried = {one.code for one in LIMITS} - {"records.Listing"}
    assert set(book.numbers()) - tried - book.OTHERS.keys() - book.NONE.keys() == set()
    assert (tried | book.OTHERS.keys() | book.NONE.keys()) - set(book.numbers()) == set()
    assert not tried & (book.OTHERS.keys() | book.NONE.keys())


def test_every_number_of_our_security_rules_is_a_limit_of_the_program() -> None:
    """Section 4 of those rules, in its order."""
    said = {(one.code, one.said) for one in LIMITS} | {(code, number) for code, (_, number, _) in book.OTHERS.items()}
    assert said >= {
        ("files.MOST_FILES", "200,000"),
        ("check_against.MOST_ADDED", "2,000"),
        ("source.MOST_BYTES", "64 KiB"),
        ("disk.LARGEST_TEXT", "64 KiB"),
        ("files.LONGEST_PATH", "200 bytes"),
        ("files.DEEPEST_PATH", "6"),
        ("source.MOST_DEPTH", "16"),
        ("source.MOST_KEYS", "200"),
        ("png.LARGEST_FILE", "1 MiB"),
        ("svg.LARGEST_FILE", "256 KiB"),
        ("png.SHORTEST_SIDE", "32 pixels"),
        ("png.LONGEST_SIDE", "2,000 pixels"),
        ("verify.LARGEST_CREDENTIAL", "256 KiB"),
        ("verify.LARGEST_FILE", "8 MiB"),
        ("authority.LARGEST_KEY_DOCUMENT", "64 KiB"),
        ("authority.MOST_METHODS", "100"),
        ("online.LARGEST_BODY", "2 MiB"),
        ("online.SECONDS", "10 seconds"),
        ("validity.LARGEST_BITS", "1 MiB"),
        ("authority.MOST_PROOFS", "4"),
        ("room.FULLEST", "900,000,000 bytes"),
    }


def value(code: str) -> Any:
    """A number of the program."""
    module, _, name = code.partition(".")
    return getattr(import_module(f"blazon.{module}"), name)


def test_the_numbers_are_those_of_the_program() -> None:
    for limit in LIMITS:
        if isinstance(found := value(limit.code), int):
            assert limit.number == found, limit.code
    for code, (_, said, _) in book.OTHERS.items():
        found = int(value(code))
        assert {f"{found:,}", f"{found >> 10:,} KiB", f"{found >> 20:,} MiB"} & {said, *said.split(" ")}, code


@pytest.mark.parametrize("code", book.OTHERS)
def test_a_limit_without_an_edge_has_a_test(code: str) -> None:
    file, _, test = book.OTHERS[code][2].partition("::")
    assert re.search(rf"^def {test}\(" if test else "^def test_", (HERE / file).read_text(), re.MULTILINE)
