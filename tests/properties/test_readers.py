"""Every reader of bytes from outside gets five hundred odd inputs: each is answered by a value or a refusal (`make fuzz` in small)."""

from __future__ import annotations

import json
import subprocess
import sys
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from found import FOUND
from readers import READERS

FUZZ = Path(__file__).parents[1] / "fuzz" / "fuzz.py"
INPUTS = 500
SEED = 0  # what is new is for `make fuzz`: here nothing fails that did not fail before


@cache
def tallies() -> dict[str, Any]:
    """What every reader made of its inputs."""
    asked = [sys.executable, str(FUZZ), "--json", "--seed", str(SEED), "--inputs", str(INPUTS)]
    done = subprocess.run(asked, capture_output=True, text=True, check=False)
    assert done.stdout, done.stderr
    return {one["name"]: one for one in map(json.loads, done.stdout.splitlines())}


@pytest.mark.parametrize("name", READERS)
def test_every_input_is_answered(name: str) -> None:
    tally, share = tallies()[name], READERS[name].share
    assert tally["faults"] == []
    assert tally["values"] + tally["refused"] == tally["inputs"] == INPUTS // share
    assert tally["values"]
    assert tally["refused"]


@pytest.mark.parametrize(("reader", "what"), [(reader, what) for reader, found in FOUND.items() for what in found])
def test_what_once_got_no_answer_has_one(reader: str, what: str) -> None:
    one = READERS[reader]
    try:
        assert one.read(FOUND[reader][what]) in (True, False)
    except one.answers:
        return
