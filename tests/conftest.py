"""What holds for every test: nothing is asked from the network, and nothing fails for want of speed. Some tests are alone with their memory."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator

import pytest
from hypothesis import settings

import guard

# Machines are busy at times; what is too slow is found by `make bench` and by tests that count work.
settings.register_profile("patient", deadline=None)
settings.load_profile("patient")

guard.listen()

# Tests that hand hostile bytes to what reads them: no socket, no other program, and no file changed but temporary ones.
ALONE = {
    "test_bake",
    "test_canon",
    "test_corpus",
    "test_hostile_graphs",
    "test_inert",
    "test_jsontext",
    "test_load",
    "test_markup",
    "test_negatives",
    "test_png",
    "test_prose",
    "test_render",
    "test_source",
    "test_stories",
    "test_svg",
    "test_verify",
}


@pytest.fixture(autouse=True)
def _alone(request: pytest.FixtureRequest) -> Iterator[None]:
    """Nothing but its own memory and temporary files is in reach of a test that needs no more."""
    if request.module.__name__ not in ALONE:
        yield
        return
    with guard.only(tempfile.gettempdir()):
        yield
