"""Changed badges: a sample of all small changes of three badges in three forms; `make mutants` tries all of them, in a browser too."""

from __future__ import annotations

import pytest

import mutation
import sampling
from blazon.outcome import Verdict, overall
from blazon.verify import verify
from mutation import Badge, Splice
from strangers import NOW

BADGES = {f"{badge.name} {badge.form}": badge for badge in mutation.badges()}
SAMPLE = 400


@pytest.mark.parametrize("name", BADGES)
def test_the_unchanged_badge_passes(name: str) -> None:
    badge = BADGES[name]
    assert overall(verify(badge.data, badge.sources, NOW)) is Verdict.PASSED


@pytest.mark.parametrize("name", BADGES)
def test_no_changed_badge_passes_that_says_something_else(name: str) -> None:
    badge = BADGES[name]
    everything = mutation.mutants(badge)
    assert len(everything) >= 15_000
    for splice in sampling.sample(everything, SAMPLE):
        data = splice.applied(badge.data)
        if overall(verify(data, badge.sources, NOW)) is Verdict.PASSED:
            assert mutation.says_the_same(badge, data), splice


@pytest.mark.parametrize("name", BADGES)
def test_no_changed_value_passes_that_says_something_else(name: str) -> None:
    badge = BADGES[name]
    values = [splice for splice in mutation.mutants(badge) if splice.count == len(badge.data)]
    assert len(values) > 2000
    for splice in sampling.sample(values, SAMPLE):
        data = splice.applied(badge.data)
        if overall(verify(data, badge.sources, NOW)) is Verdict.PASSED:
            assert mutation.says_the_same(badge, data), splice


def test_a_splice_is_what_it_says() -> None:
    assert Splice(1, 1, b"").applied(b"abc") == b"ac"
    assert Splice(0, 3, b"x").applied(b"abc") == b"x"
    assert [one.applied(b"a") for one in mutation.flips(b"a")] == [b"`", b"c", b"e", b"i", b"q", b"A", b"!", b"\xe1"]
    assert str(Splice(1, 1, b"x")) == "1 bytes at 1 become b'x'"


def test_a_sample_is_spread_from_the_first_to_the_last() -> None:
    everything = [Splice(number, 0, b"") for number in range(1000)]
    assert [one.at for one in sampling.sample(everything, 4)] == [0, 333, 666, 999]
    assert sampling.sample(everything, 1000) == everything


def test_what_says_the_same_is_told_from_what_does_not() -> None:
    badge = BADGES["plain JSON"]
    assert _same(badge, badge.data.replace(b'"type":', b'"type" :'))
    assert _same(badge, badge.data.replace(b"Robotics", rb"\u0052obotics"))
    assert not _same(badge, badge.data.replace(b"Robotics", b"Sobotics"))
    assert not _same(badge, badge.data.replace(b'"hashed":true', b'"hashed":1'))


def _same(badge: Badge, data: bytes) -> bool:
    assert data != badge.data
    return mutation.says_the_same(badge, data)
