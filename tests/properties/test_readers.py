"""Every reader of bytes from outside gets five hundred odd inputs: each is answered by a value or a refusal (`make fuzz` in small)."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from found import FOUND
from harness import LONG_RUN, SHORT_RUN
from readers import READERS
from refused import REFUSED

FUZZ = Path(__file__).parents[1] / "fuzz" / "fuzz.py"
GROUPS = 4  # of readers, which processors share
SEED = 0  # what is new is for `make fuzz`: here nothing fails that did not fail before


def told(*arguments: str) -> dict[str, Any]:
    """What readers made of their inputs, by name."""
    asked = [sys.executable, str(FUZZ), "--json", "--seed", str(SEED), *arguments]
    done = subprocess.run(asked, capture_output=True, text=True, check=False)
    assert done.stdout, done.stderr
    return {one["name"]: one for one in map(json.loads, done.stdout.splitlines())}


@pytest.mark.timeout(900)  # much for a busy machine
@pytest.mark.parametrize("group", range(GROUPS))
def test_every_input_is_answered(group: int) -> None:
    names = [*READERS][group::GROUPS]
    tallies = told("--inputs", str(SHORT_RUN), *names)
    assert [*tallies] == names
    for one in tallies.values():
        assert one["faults"] == [], one
        assert one["values"] + one["refused"] == one["inputs"] == SHORT_RUN >= 500, one
        assert min(one["values"], one["refused"]) > 0, one


def test_a_reader_of_the_long_run_gets_ten_thousand_inputs() -> None:
    """The short run shows that no reader gets fewer than another."""
    assert told("base58")["base58"]["inputs"] == LONG_RUN >= 10_000


@pytest.mark.parametrize("name", READERS)
def test_what_a_reader_is_given_holds_a_value_and_a_refusal(name: str) -> None:
    reader = READERS[name]
    found = set()
    for data in reader.given():
        try:
            found.add(reader.read(data))
        except reader.answers:
            found.add(False)
        if len(found) == 2:
            return
    pytest.fail(f"every input that is given to {name} is answered by {found}")


def test_whatever_has_a_name_is_given_to_a_reader() -> None:
    assert {*FOUND, *REFUSED} <= {*READERS}


@pytest.mark.parametrize(("reader", "what"), [(reader, what) for reader, found in FOUND.items() for what in found])
def test_what_once_got_no_answer_has_one(reader: str, what: str) -> None:
    one = READERS[reader]
    try:
        assert one.read(FOUND[reader][what]) in (True, False)
    except one.answers:
        return
