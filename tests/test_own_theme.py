"""A program's own theme, as the how-to tells it: every example of that page is built, and its mistake is made."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

import programs
from blazon import cli

HOW_TO = (Path(__file__).parents[1] / "docs" / "how-to" / "override-a-template.md").read_text("utf-8")
EXAMPLES = re.findall(r"^```(\w*)\n(.*?)^```$", HOW_TO, re.MULTILINE | re.DOTALL)
AWARD, BADGE = (text for kind, text in EXAMPLES if kind == "html")
(WORDS,) = (text for kind, text in EXAMPLES if kind == "yaml")
(SAID,) = (text for kind, text in EXAMPLES if not kind)


@pytest.fixture
def program(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name in ("BLAZON_SIGNING_KEY", "BLAZON_PASSPHRASE", "NO_COLOR"):
        monkeypatch.delenv(name, raising=False)
    return programs.small(tmp_path / "program")


def build(program: Path) -> Result:
    return CliRunner().invoke(cli.blazon, ["-C", str(program), "build", "--today", "2026-11-23"])


def own(program: Path, path: str, text: str, theme: str = "stitch") -> None:
    """Put a file into the program's own theme."""
    place = program / "themes" / theme / path
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_text(text, encoding="utf-8")


def page(program: Path, pattern: str) -> str:
    """One built page."""
    return next((program / "dist").glob(pattern)).read_text("utf-8")


def test_a_template_extends_the_one_it_replaces(program: Path) -> None:
    own(program, "templates/award.html", AWARD)
    assert build(program).exit_code == 0
    award = page(program, "awards/*/index.html")
    assert "keeps this page as long as the award counts." in award
    assert 'class="plate' in award
    assert "keeps this page" not in page(program, "badges/*/index.html")


def test_a_part_is_replaced_and_shows_the_one_beneath(program: Path) -> None:
    own(program, "templates/parts/below.html", '<p>Ours.</p>{% include "base/parts/below.html" %}')
    assert build(program).exit_code == 0
    assert '<p>Ours.</p><footer class="site">' in page(program, "index.html").replace("\n", "")


def test_a_style_sheet_is_added_to_one_kind_of_page(program: Path) -> None:
    own(program, "templates/badge.html", BADGE)
    own(program, "static/ours.css", "h1{letter-spacing:0}")
    assert build(program).exit_code == 0
    (sheet,) = (program / "dist/static").glob("ours.*.css")
    assert f'<link rel="stylesheet" href="../../static/{sheet.name}">' in page(program, "badges/*/index.html")
    assert "ours." not in page(program, "index.html")


def test_a_static_file_and_a_sentence_are_replaced(program: Path) -> None:
    own(program, "static/mark.svg", '<svg xmlns="http://www.w3.org/2000/svg"/>')
    own(program, "strings/en.yaml", WORDS)
    assert build(program).exit_code == 0
    (mark,) = (program / "dist/static").glob("mark.*.svg")
    assert mark.read_text() == '<svg xmlns="http://www.w3.org/2000/svg"/>'
    home = page(program, "index.html")
    assert ">Three steps to a badge</h2>" in home
    assert f"static/{mark.name}" in home


def test_a_made_up_name_ends_the_build_with_line_and_hint(program: Path) -> None:
    own(program, "templates/award.html", AWARD.replace("issuer.name", "isuer.name"))
    result = build(program)
    assert result.exit_code == 1
    assert SAID.strip() in result.stderr


def test_a_theme_of_another_name_takes_what_it_lacks_from_stitch(program: Path) -> None:
    settings = program / "content/site.yaml"
    text = settings.read_text("utf-8").replace("theme: stitch", "theme: ours")
    text = text.replace("  accent: lagoon\n", "  motto: Well done\n")
    settings.write_text(text, "utf-8")
    own(program, "theme.yaml", "options: {motto: {type: text}, accent: rose}\n", theme="ours")
    own(
        program,
        "templates/about.html",
        '{% extends "base/about.html" %}{% block main %}<h1>{{ site.options.motto }}</h1>{% endblock %}',
        theme="ours",
    )
    assert build(program).exit_code == 0
    about = page(program, "about/index.html")
    assert "<h1>Well done</h1>" in about
    assert 'class="th-rose"' in about


def test_an_option_is_checked_before_anything_is_built(program: Path) -> None:
    settings = program / "content/site.yaml"
    settings.write_text(settings.read_text("utf-8").replace("accent: lagoon", "acent: lagoon"), "utf-8")
    result = build(program)
    assert result.exit_code == 1
    assert 'the theme has no option called "acent". [unknown-option]' in result.stderr + result.stdout
    assert not (program / "dist").exists()


def test_letters_of_cards_are_replaced_one_file_at_a_time(program: Path) -> None:
    assert build(program).exit_code == 0
    card = program / "dist/badges" / programs.BADGE / "card.png"
    before = card.read_bytes()
    own(program, "static/fonts/besley.woff2", "no letters of cards")
    assert build(program).exit_code == 0
    assert card.read_bytes() == before
    own(program, "letters/display.txt", "S 500 M0 0l0-700l300 0z\n")
    assert build(program).exit_code == 0
    assert len(card.read_bytes()) < len(before) - 1_000  # the badge's name is left out, the rest stays
    own(program, "letters/display.txt", "S 500 M0 0l0-700l300 0z\nT wide\n")
    result = build(program)
    assert result.exit_code == 1
    assert "letters/display.txt in the theme: line 2 is neither a letter nor a pair of letters." in result.stderr
    assert 'write a letter, its width, and its outline: "I 339' in result.stderr
