"""A preview as a folder: written whole or not at all, where nothing else is, and worth nothing as proof (row K5)."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

import programs
from blazon import cli

TODAY = "2026-11-20"
BANNER = "This is a preview. It is signed with a throwaway key, so it proves nothing."
BADGE = f"content/badges/{programs.BADGE}/badge.yaml"


@pytest.fixture
def program(tmp_path: Path) -> Path:
    return programs.small(tmp_path / "program")


def run(program: Path, *arguments: str | Path) -> Result:
    return CliRunner().invoke(cli.blazon, ["-C", str(program), *map(str, arguments)])


def files(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_it_is_a_whole_site_that_says_on_every_page_what_it_is(program: Path, tmp_path: Path) -> None:
    result = run(program, "preview", "-o", tmp_path / "shown")
    assert (result.exit_code, result.stderr) == (0, "")
    assert "signed with a throwaway key: this preview proves nothing\n" in result.stdout
    assert run(program, "build", "--today", TODAY).exit_code == 0
    shown, built = (
        {re.sub(r"issuer\.[0-9a-f]+\.js", "issuer.js", path) for path in files(folder)}
        for folder in (tmp_path / "shown", program / "dist")
    )
    assert shown == built
    pages = [*(tmp_path / "shown").rglob("*.html")]
    assert len(pages) > 10
    assert [page for page in pages if BANNER not in page.read_text()] == []
    assert json.loads((tmp_path / "shown/did.json").read_bytes())["id"] == "did:web:preview.invalid:badges"


@pytest.mark.parametrize("kind", ["credential.json", "badge.png", "badge.svg"])
def test_k5_a_badge_of_a_preview_never_passes(program: Path, tmp_path: Path, kind: str) -> None:
    shown = tmp_path / "shown"
    assert run(program, "preview", "-o", shown).exit_code == 0
    assert run(program, "build", "--today", TODAY).exit_code == 0
    award = next((program / "dist/awards").iterdir()).name
    for target in ((shown / "awards" / award / kind,), ("--site", shown, shown / "awards" / award / kind), (shown,)):
        result = run(program, "verify", *target)
        assert result.exit_code == 1
        assert "it comes from a preview: its issuer has an address that cannot exist." in result.stdout
    assert run(program, "verify", program / "dist/awards" / award / kind).exit_code == 0


def test_what_is_not_a_preview_is_left_alone(program: Path, tmp_path: Path) -> None:
    other = tmp_path / "other"
    other.mkdir()
    (other / "letter.txt").write_text("mine")
    assert run(program, "build", "--today", TODAY).exit_code == 0
    for target in (other, program / "dist", program, program / "content"):
        before = files(target)
        result = run(program, "preview", "-o", target)
        assert (result.exit_code, files(target) == before) == (2, True)
        assert "is not replaced" in result.stderr
    (other / "letter.txt").unlink()
    assert run(program, "preview", "-o", other).exit_code == 0
    assert run(program, "preview", "-o", other).exit_code == 0


def test_mistakes_are_said_and_leave_what_is_there(program: Path, tmp_path: Path) -> None:
    shown = tmp_path / "shown"
    assert run(program, "preview", "-o", shown).exit_code == 0
    before = files(shown)
    yaml = program / BADGE
    right = yaml.read_text()
    yaml.write_text(right.replace("name: ", "nam: ", 1))
    result = run(program, "preview", "-o", shown)
    assert result.exit_code == 1
    assert f"{BADGE}:" in result.stderr
    assert "[unknown-field]" in result.stderr
    assert result.stdout == ""
    assert files(shown) == before
    yaml.write_text(right)
    assert run(program, "preview", "-o", shown).exit_code == 0


@pytest.mark.parametrize("option", ["--open", "--no-reload"])
def test_it_is_written_or_shown_and_not_both(program: Path, tmp_path: Path, option: str) -> None:
    result = run(program, "preview", "-o", tmp_path / "shown", option)
    assert result.exit_code == 2
    assert "a preview that is written with -o is not shown as well" in result.stderr
    assert not (tmp_path / "shown").exists()


def test_it_says_nothing_when_it_is_told_to_be_quiet(program: Path, tmp_path: Path) -> None:
    result = CliRunner().invoke(cli.blazon, ["-q", "-C", str(program), "preview", "-o", str(tmp_path / "shown")])
    assert (result.exit_code, result.output) == (0, "")
