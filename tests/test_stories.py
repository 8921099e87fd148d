"""Every story is told as written: the mistake is found where it is, and the same program put right has none."""

from __future__ import annotations

import pytest

from storybook import FOLDER, base, read, said

STORIES = sorted(path for path in FOLDER.glob("*.txt") if not path.name.startswith("_"))


def test_base_has_no_mistakes() -> None:
    assert said({path: text.removeprefix("\n").encode() for path, text in base().items()}) == ""


@pytest.mark.parametrize("path", STORIES, ids=lambda path: path.stem)
def test_story(path: object) -> None:
    story = read(path)  # type: ignore[arg-type]
    assert said(story.tree, story.before) == story.expected


@pytest.mark.parametrize(
    "path", [path for path in STORIES if "-- twin: " in path.read_text(encoding="utf-8")], ids=lambda path: path.stem
)
def test_twin(path: object) -> None:
    story = read(path)  # type: ignore[arg-type]
    assert story.twin is not None
    assert said(story.twin, story.before) == ""


def test_every_story_that_something_is_said_about_has_a_twin() -> None:
    """A mistake that is found proves little where everything is refused."""
    assert [path.stem for path in STORIES if (story := read(path)).expected and story.twin is None] == []
