"""What holds for every test: nothing is asked from the network, nothing fails for want of speed, and nearly all are alone with their memory."""

from __future__ import annotations

import tempfile
from collections.abc import Generator
from pathlib import Path

import pytest
from hypothesis import settings

import guard
from reach import NEEDED

# Machines are busy at times; what is too slow is found by `make bench` and by tests that count work.
settings.register_profile("patient", deadline=None)
settings.load_profile("patient")

guard.listen()


def pytest_addoption(parser: pytest.Parser) -> None:
    """One option of ours."""
    parser.addoption("--alone", action="store_true", help="leave tests alone that reach.py lets reach further, too")


@pytest.hookimpl(wrapper=True)
def _alone(item: pytest.Item) -> Generator[None]:
    """Nothing but its own memory and temporary files is in reach of a test and its fixtures, where they need no more."""
    if Path(item.path).stem in NEEDED and not item.config.getoption("--alone"):
        return (yield)
    with guard.only(tempfile.gettempdir()):
        return (yield)


pytest_runtest_setup = pytest_runtest_call = pytest_runtest_teardown = _alone
