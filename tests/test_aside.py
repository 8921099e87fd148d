"""Awards that are put aside say the same as those that are held, wherever they are read, and memory holds little of each."""

from __future__ import annotations

import errno
import pickle
import tempfile
from collections.abc import Sequence
from dataclasses import fields
from functools import partial
from pathlib import Path

import pytest

import everything
from blazon import aside, files, site
from blazon.diagnostics import BlazonError, Report
from blazon.hands import Forked
from blazon.load import load
from blazon.model import Aside, Award, Brief
from richbook import rich
from storybook import FOLDER, read, said

STORIES = sorted(path for path in FOLDER.glob("*.txt") if not path.name.startswith("_"))


@pytest.fixture(scope="module")
def awards() -> Sequence[Award]:
    return rich().program.awards


@pytest.fixture
def put_aside(awards: Sequence[Award], monkeypatch: pytest.MonkeyPatch) -> Sequence[Award]:
    monkeypatch.setattr(aside, "FEWEST", 0)
    return aside.put_aside(iter(awards))


def open_files() -> int:
    """How many files this process has open."""
    return len(list(Path("/proc/self/fd").iterdir()))


def name_and_place(awards: Sequence[Award], number: int) -> tuple[str, str]:
    return awards[number].name, awards[number].place.path


def test_a_few_awards_are_held_as_they_are(awards: Sequence[Award], monkeypatch: pytest.MonkeyPatch) -> None:
    assert 1 < len(awards) < aside.FEWEST
    assert aside.put_aside(iter(awards)) == awards
    monkeypatch.setattr(aside, "FEWEST", len(awards) + 1)
    assert isinstance(aside.put_aside(awards), tuple)
    monkeypatch.setattr(aside, "FEWEST", len(awards))
    assert isinstance(aside.put_aside(awards), Aside)


def test_what_is_put_aside_is_read_as_it_was(awards: Sequence[Award], put_aside: Sequence[Award]) -> None:
    assert len(put_aside) == len(awards)
    assert list(put_aside) == list(awards)
    assert (put_aside[0], put_aside[-1], put_aside[2:7]) == (awards[0], awards[-1], awards[2:7])
    assert (put_aside[5:5], put_aside[3:2], put_aside[:]) == ((), (), awards)
    with pytest.raises(IndexError):
        put_aside[len(awards)].id.upper()


def test_all_that_is_known_in_brief_is_what_the_award_says(awards: Sequence[Award], put_aside: Sequence[Award]) -> None:
    assert isinstance(put_aside, Aside)
    names = [one.name for one in fields(Brief)]
    for brief, award in zip(put_aside.in_brief, awards, strict=True):
        assert [getattr(brief, name) for name in names] == [getattr(award, name) for name in names]


def test_several_processes_read_at_once(put_aside: Sequence[Award], awards: Sequence[Award]) -> None:
    numbers = list(range(len(awards))) * 20
    found = Forked(2)(partial(name_and_place, put_aside), numbers)
    assert sorted(found) == sorted(name_and_place(awards, number) for number in numbers)


def test_awards_reach_a_process_that_was_not_forked(put_aside: Sequence[Award], awards: Sequence[Award]) -> None:
    received = pickle.loads(pickle.dumps(put_aside))  # noqa: S301 - our own
    assert isinstance(received, Aside)
    assert list(received) == list(awards)
    assert isinstance(put_aside, Aside)
    assert received.in_brief == put_aside.in_brief


def test_nothing_is_left_of_what_was_put_aside(
    awards: Sequence[Award], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(aside, "FEWEST", 0)
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    before = open_files()
    held = aside.put_aside(awards)
    assert open_files() == before + 1
    assert not list(tmp_path.iterdir())
    del held
    assert open_files() == before


def test_a_full_disk_is_told(awards: Sequence[Award], monkeypatch: pytest.MonkeyPatch) -> None:
    def full() -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(aside, "FEWEST", 0)
    monkeypatch.setattr(tempfile, "TemporaryFile", full)
    with pytest.raises(BlazonError) as caught:
        aside.put_aside(awards)
    message = "there is no room to put awards aside in a temporary file: no space left on device."
    assert (caught.value.message, caught.value.exit_code) == (message, 3)
    assert "TMPDIR" in caught.value.hint


def test_every_award_has_its_turn_once_with_all_of_its_earner() -> None:
    program = rich().program
    for least in (1, 3, len(program.awards), 1_000):
        turns = list(aside.in_turns(program, least))
        assert [award for some in turns for award in some.awards] == list(program.awards)
        earners = [{award.earner for award in some.awards} for some in turns]
        assert sum(map(len, earners)) == len(set.union(*earners))
        assert all(len(some.awards) >= least for some in turns[:-1])


@pytest.mark.parametrize("path", STORIES, ids=lambda path: path.stem)
def test_every_story_is_told_alike_when_awards_are_put_aside(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(aside, "FEWEST", 0)
    monkeypatch.setattr(aside, "AT_ONCE", 1)
    story = read(path)
    assert said(story.tree, story.before) == story.expected


def test_the_site_is_the_same_when_awards_are_put_aside(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(aside, "FEWEST", 0)
    monkeypatch.setattr(site, "AWARDS_IN_A_PIECE", 1)
    everything.write(tmp_path)
    report = Report()
    program = load(files.read_tree(tmp_path, report), report)
    assert program is not None
    assert isinstance(program.awards, Aside)
    theme = files.read_theme(tmp_path, program.settings.theme)
    made = site.publish(program, rich().plan, everything.SECRETS, theme, everything.TODAY)
    assert dict(made) == rich().site
