"""Places held small are the places that they were."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

import generated
from blazon import files, load
from blazon.diagnostics import Place, Report
from blazon.placing import Places

PLACES = {"name": Place("a.yaml", 1, 7), "levels": Place("a.yaml", 2), "levels.0": Place("a.yaml", 70_000, 4_000_000)}


def test_places_are_what_they_were_in_the_order_of_their_file() -> None:
    held = Places(PLACES)
    assert list(held.items()) == list(PLACES.items())
    assert held == PLACES
    assert held != Places({**PLACES, "name": Place("a.yaml", 1, 8)})
    assert held.get("levels") == PLACES["levels"]
    assert ("levels" in held, "level" in held, len(held), len(Places({}))) == (True, False, 3, 0)
    assert held.get("level") is None
    with pytest.raises(KeyError, match="level"):
        held["level"]


def test_the_same_places_are_told_in_the_same_words() -> None:
    one, same, other = (Places({"level": Place("a.yaml", line, 3)}) for line in (1, 1, 2))
    assert repr(one) == repr(same)
    assert repr(one) != repr(other)


def test_awards_with_the_same_fields_share_names_and_short_texts(tmp_path: Path) -> None:
    generated.write(tmp_path, 20)
    report = Report()
    program = load.load(files.read_tree(tmp_path, report), report)
    assert program is not None
    reviews = [review for award in program.awards for review in award.reviews]
    assert len({id(review.decision) for review in reviews}) == 1
    assert len({id(name) for award in program.awards for name in award.places if name == "status_index"}) == 1
    assert len({id(award.unread) for award in program.awards}) == 1


def test_places_take_a_fraction_of_a_table() -> None:
    many = {f"field-{number}": Place("a.yaml", number, 3) for number in range(30)}
    held = Places(many)
    table = sys.getsizeof(many) + sum(map(sys.getsizeof, many.values()))
    assert sys.getsizeof(held) + sys.getsizeof(held._numbers) < table / 5
