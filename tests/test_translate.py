"""Translations as the how-to tells them: its examples are checked and built, and its mistakes are made."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

import programs
from blazon import cli

ROOT = Path(__file__).parents[1]
HOW_TO = (ROOT / "docs" / "how-to" / "translate.md").read_text("utf-8")
EXAMPLES = re.findall(r"^```(\w*)\n(.*?)^```$", HOW_TO, re.MULTILINE | re.DOTALL)
BADGE, VARIETY, SETTING = (text for kind, text in EXAMPLES if kind == "yaml")
COMMANDS, SAID = (text for kind, text in EXAMPLES if not kind)
FILE = f"content/badges/{programs.BADGE}/badge.yaml"
PAGE = f"badges/{programs.BADGE}/es/index.html"


@pytest.fixture
def program(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name in ("BLAZON_SIGNING_KEY", "BLAZON_PASSPHRASE", "NO_COLOR"):
        monkeypatch.delenv(name, raising=False)
    return programs.small(tmp_path / "program")


def run(program: Path, command: str) -> Result:
    today = ["--today", "2026-11-23"]
    return CliRunner().invoke(cli.blazon, ["-C", str(program), *command.split()[1:], *today])


def add(program: Path, path: str, text: str) -> None:
    """Write text at the end of a file, which may be new."""
    place = program / path
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_text((place.read_text("utf-8") if place.exists() else "") + text, "utf-8")


def test_a_badge_is_translated_in_part(program: Path) -> None:
    add(program, FILE, BADGE)
    results = [run(program, command) for command in COMMANDS.splitlines()]
    assert [result.exit_code for result in results] == [0, 0]
    assert "translation" not in "".join(result.output for result in results)
    page = (program / "dist" / PAGE).read_text("utf-8")
    assert '<html lang="es" dir="ltr"' in page
    assert "Hay partes de esta página que todavía no se han traducido." in page
    assert "<strong>Plan y presupuesto</strong>" in page
    assert '<li lang="en" dir="ltr"><strong>Safety sheet</strong>' in page
    assert page.count("Todavía no") == 1
    assert '<th scope="row"><span>Mesas</span>' in page
    assert '<th scope="row"><span lang="en" dir="ltr">Safety</span>' in page
    assert 'href="index.html"' not in page  # a page does not lead to itself
    assert '<a href="../index.html" hreflang="en">English</a>' in page
    english = (program / f"dist/badges/{programs.BADGE}/index.html").read_text("utf-8")
    assert '<a href="es/index.html" hreflang="es">Español</a>' in english
    told = json.loads((program / f"dist/achievements/{programs.BADGE}-1.es.json").read_text("utf-8"))
    assert (told["name"], told["inLanguage"]) == ("Responsable de noche STEM", "es")


def test_what_the_badge_does_not_have_is_an_error(program: Path) -> None:
    add(program, FILE, BADGE.replace("id: event-planning", "id: event-planing"))
    result = run(program, "blazon check")
    assert result.exit_code == 1
    assert SAID.strip() in result.output


def test_a_published_badge_is_translated_in_a_new_version(program: Path) -> None:
    assert run(program, "blazon build").exit_code == 0
    credential = next((program / "dist").glob("awards/*/credential.json"))
    signed = credential.read_bytes()
    before = (program / FILE).read_text("utf-8")
    add(program, FILE, BADGE)
    refused = run(program, "blazon build")
    assert refused.exit_code == 1
    assert "this was published and signed, and would change. [changed-credential]" in refused.output
    earlier = program / FILE.replace("badge.yaml", "versions/1.yaml")
    earlier.parent.mkdir()
    earlier.write_text(before, "utf-8")
    (program / FILE).write_text(f"version: 2\n{before}{BADGE}", "utf-8")
    award = program / programs.AWARD
    award.write_text(award.read_text("utf-8").replace("\nbadge: ", "\nversion: 1\nbadge: "), "utf-8")
    assert run(program, "blazon build").exit_code == 0
    assert credential.read_bytes() == signed
    assert (program / "dist" / PAGE).exists()


def test_a_theme_learns_a_language_and_a_variety(program: Path) -> None:
    shutil.copytree(ROOT / "themes/stitch/strings", program / "themes/stitch/strings")
    (program / "themes/stitch/strings/es.yaml").unlink()
    (program / "themes/stitch/strings/ar.yaml").unlink()
    dutch = program / "themes/stitch/strings/en.yaml"
    dutch.rename(dutch.with_name("nl.yaml"))
    add(program, "themes/stitch/strings/es-MX.yaml", VARIETY)
    add(program, FILE, "translations:\n  nl: {name: Wetenschapsavond}\n  es-MX: {name: Noche de ciencia}\n")
    assert "no-strings" not in run(program, "blazon check").output
    assert run(program, "blazon build").exit_code == 0
    page = (program / f"dist/badges/{programs.BADGE}/nl/index.html").read_text("utf-8")
    assert '<html lang="nl" dir="ltr"' in page
    page = (program / f"dist/badges/{programs.BADGE}/es-MX/index.html").read_text("utf-8")
    assert '<html lang="es-MX" dir="ltr"' in page
    assert ">Verificar</a>" in page
    assert ">Insignias</a>" in page


def test_a_language_without_words_keeps_the_frame_and_check_warns(program: Path) -> None:
    add(program, FILE, "translations:\n  nl: {name: Wetenschapsavond}\n")
    result = run(program, "blazon check")
    assert result.exit_code == 0
    assert 'warning: the page around this translation will be in "en". [no-strings]' in result.output


def test_fewer_languages_are_offered(program: Path) -> None:
    add(program, FILE, "translations:\n  es: {name: Noche de ciencia}\n  ar: {name: ليلة العلوم}\n")
    add(program, "content/site.yaml", SETTING)
    result = run(program, "blazon check")
    assert result.exit_code == 0
    assert result.output.count("[no-strings]") == 1
    assert 'hint: add "ar" to "languages" in content/site.yaml' in result.output


def test_a_site_in_a_language_without_words_is_an_error(program: Path) -> None:
    settings = program / "content/site.yaml"
    settings.write_text(re.sub(r"(?m)^language: .*$", "language: nl", settings.read_text("utf-8")), "utf-8")
    result = run(program, "blazon check")
    assert result.exit_code == 1
    assert 'error: the theme has no text in the language "nl". [no-strings]' in result.output
