"""Everything that strangers try with the files of a program is refused where it stands, and harms nothing on the way."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

import guard
from blazon import cli
from mischief import with_files, with_pictures, with_text
from mischief.attempts import TODAY, Attempt, Changes, lay_out

ATTEMPTS = [*with_files.ATTEMPTS, *with_text.ATTEMPTS, *with_pictures.ATTEMPTS]


def check(root: Path, changes: Changes) -> tuple[Result, list[str], list[str]]:
    """What the command says of the base program with changes, and the files that it opened; it may change none."""
    root.mkdir()
    lay_out(root, changes)
    with guard.only(root.parent / "nothing") as watch:
        result = CliRunner().invoke(cli.blazon, ["-C", str(root), "check", "--format", "json", "--today", TODAY])
    found = json.loads(result.stdout)["diagnostics"]
    said = [(":".join(str(one[key]) for key in ("path", "line", "column") if one[key]), one["code"]) for one in found]
    return result, [f"{place} {code}" for place, code in said], watch.opened


@pytest.mark.parametrize("attempt", ATTEMPTS, ids=str)
def test_an_attempt_is_refused_and_its_twin_is_not(attempt: Attempt, tmp_path: Path) -> None:
    result, said, opened = check(tmp_path / "hostile", attempt.changes)
    assert said == sorted(attempt.expected)
    assert result.exit_code == 1
    links = [place for place in map(Path, attempt.changes) if (tmp_path / "hostile" / place).is_symlink()]
    assert "/etc/passwd" not in opened
    assert not any(path.startswith(str(tmp_path / "hostile" / one)) for one in links for path in opened)
    result, said, _ = check(tmp_path / "twin", attempt.twin)
    assert (result.exit_code, said) == (0, [])
