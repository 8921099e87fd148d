"""Every story is told as written: the mistake is found where it is, and the same program put right has none."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest
from click.testing import CliRunner

import guard
from blazon import cli
from storybook import FOLDER, TODAY, base, read, said

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


@pytest.mark.parametrize("path", STORIES, ids=lambda path: path.stem)
def test_the_command_tells_each_story_as_it_is_told_here(path: Path, tmp_path: Path) -> None:
    """From files on a disk, of which none is changed, and with the base in a folder of its own."""
    story = read(path)
    words = ["-C", str(laid(tmp_path / "now", story.tree)), "check", "--today", TODAY.isoformat()]
    if story.before is not None:
        words += ["--against", str(laid(tmp_path / "before", story.before))]
    with guard.only(tmp_path / "nothing"):
        result = CliRunner().invoke(cli.blazon, words)
    said, _, _ = result.stdout.rstrip("\n").rpartition("\n")
    assert said == story.expected
    assert result.exit_code == int(": error: " in story.expected)


def laid(root: Path, tree: Mapping[str, bytes]) -> Path:
    """A folder with the files of a tree."""
    for path, data in tree.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_bytes(data)
    return root
