"""Every diagnostic code has a paragraph in the reference, and a story or test in which it is said; every command that is told exists."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import click
import pytest

import referencebook
from blazon import cli
from blazon.fields import FILES

ROOT = Path(__file__).parent.parent
REFERENCE = (ROOT / "docs" / "reference" / "diagnostics.md").read_text(encoding="utf-8")

# Where codes stand in the sources: reported at once, or as the first of what a rule answers.
_CODES = re.compile(
    r"""(?:\.error|\.warn|Fault|_RefusedError|_add)\(\s*"([a-z0-9-]+)"|return "([a-z]+(?:-[a-z]+)*)", f?["']"""
)


def codes() -> list[str]:
    """The codes that the sources of the package report."""
    sources = "\n".join(
        path.read_text(encoding="utf-8") for path in sorted((ROOT / "generator" / "blazon").glob("*.py"))
    )
    return sorted({code or other for code, other in _CODES.findall(sources)})


def told() -> str:
    """All stories and tests in one text."""
    paths = [*(ROOT / "tests").rglob("*.txt"), *(ROOT / "tests").rglob("*.py")]
    return "\n".join(path.read_text(encoding="utf-8") for path in sorted(paths) if path != Path(__file__))


TOLD = told()


@pytest.mark.parametrize("code", codes())
def test_code_has_a_paragraph(code: str) -> None:
    assert re.search(rf"^## {code}\n\n\S", REFERENCE, re.MULTILINE)


@pytest.mark.parametrize("code", codes())
def test_code_is_said_in_a_story_or_test(code: str) -> None:
    is_said = re.search(rf'["\[]{code}[\]" ]', TOLD) is not None
    assert is_said, f"no story or test says {code}"


def test_the_reference_has_no_other_codes() -> None:
    headings = re.findall(r"^## (\S+)$", REFERENCE, re.MULTILINE)
    assert len(headings) == len(set(headings))
    assert set(headings) == set(codes())


def test_the_reference_of_files_is_what_the_readers_read() -> None:
    assert referencebook.PAGE.read_text("utf-8") == referencebook.text()
    assert all(field.help for record in FILES.values() for field in record.fields.values())


COMMANDS = [
    (path.name, line)
    for path in (ROOT / "README.md", *sorted((ROOT / "docs" / "how-to").glob("*.md")))
    for line in path.read_text("utf-8").splitlines()
    if line.removeprefix("$ ").startswith("blazon ")
]


@pytest.mark.parametrize(("page", "line"), COMMANDS)
def test_a_command_that_a_page_tells_exists_with_its_options(page: str, line: str) -> None:
    command: click.Command = cli.blazon
    words = shlex.split(line.removeprefix("$ "))[1:]
    while isinstance(command, click.Group):
        command = command.commands[words.pop(0)]
    known = {option for parameter in command.params for option in parameter.opts}
    assert {word for word in words if word.startswith("--")} <= known, page


def test_pages_tell_commands() -> None:
    assert {page for page, _ in COMMANDS} >= {"README.md", "vouch-for-a-badge.md", "publish-a-transcript.md"}
