"""What profiles ask for: each thing that a badge does not say is named once, with the field that says it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from click.testing import CliRunner

import everything
import programs
import stackbook
from blazon import cli
from blazon.check_profiles import OF_THE_SITE, PROFILES, profile_fits
from blazon.diagnostics import Report
from blazon.load import load
from storybook import base

BADGE = "content/badges/soldering/badge.yaml"
SAID = {
    "program": {
        "training": "training: [{title: T, url: https://example.org/}]",
        "subject": "subject: Electronics",
        "audience": "audience: Everybody",
        "format": "format: micro-badge",
        "cost": "cost: Free",
        "funding": "funding: Paid for by the sites",
        "credit": 'credit: "0"',
        "skills": "skills: [soldering]",
        "valid_for": "valid_for: ever",
        "recognised_by": "recognised_by: [All sites]",
        "prior_learning": "prior_learning: A course counts.",
        "see_also": "see_also: [{title: T, url: https://example.org/}]",
    },
    "trusted": {
        "subject": "subject: Electronics",
        "code": "code: S1",
        "skills": "skills: [soldering]",
        "valid_for": "valid_for: ever",
        "recognised_by": "recognised_by: [All sites]",
    },
    "eu": {
        "credit": 'credit: "1"',
        "credit_unit": "credit_unit: ECTS",
        "eqf": "eqf: 4",
        "quality": "quality: A visit.",
    },
}
ALIGNED = "    alignment: {framework: ESCO, name: solder, url: https://example.org/s}\n"


def warned(profile: str, *lines: str, aligned: bool = True, site: str = "") -> list[str]:
    """The hints for the one badge of the stories, with more lines in its file."""
    files = {path: text.removeprefix("\n") for path, text in base().items()}
    badge = files[BADGE].replace(
        "    name: Solder a joint\n", f"    name: Solder a joint\n{ALIGNED if aligned else ''}"
    )
    files[BADGE] = badge + "".join(f"{line}\n" for line in lines)
    files["content/site.yaml"] = (
        files["content/site.yaml"].replace(
            "  email: badges@example.org\n",
            "  email: badges@example.org\n  country: Ireland\n  description: A club.\n  url: https://example.org/\n",
        )
        + site
    )
    report = Report()
    program = load({path: text.encode() for path, text in files.items()}, report)
    assert program is not None
    assert not report.failed
    profile_fits(program, profile, report)
    assert {one.code for one in report} <= {"profile"}
    return [one.hint for one in report]


@pytest.mark.parametrize("profile", PROFILES)
def test_a_badge_that_says_everything_is_not_warned_of(profile: str) -> None:
    assert warned(profile, *SAID[profile].values()) == []


@pytest.mark.parametrize(("profile", "field"), [(profile, field) for profile, said in SAID.items() for field in said])
def test_each_field_that_is_missing_is_named(profile: str, field: str) -> None:
    left = [line for name, line in SAID[profile].items() if name != field]
    hints = warned(profile, *left)
    assert len(hints) == 1
    assert f'"{field}:' in hints[0]


@pytest.mark.parametrize("profile", ["program", "trusted"])
def test_a_competency_without_a_framework_is_named(profile: str) -> None:
    (hint,) = warned(profile, *SAID[profile].values(), aligned=False)
    assert hint == 'add "alignment:" to the competencies that have none'


def test_the_program_can_say_for_all_badges_how_quality_is_assured() -> None:
    said = [line for name, line in SAID["eu"].items() if name != "quality"]
    assert warned("eu", *said, site="quality: The council visits.\n") == []


def test_who_accepts_a_credit_is_asked_where_there_is_one() -> None:
    said = [line for name, line in SAID["program"].items() if name != "credit"]
    assert warned("program", *said, 'credit: "2"') == ['add "accepted_by:"']
    assert warned("program", *said, 'credit: "2"', "accepted_by: [A college]") == []


@pytest.mark.parametrize("profile", OF_THE_SITE)
def test_the_program_itself_is_asked_too(profile: str) -> None:
    report = Report()
    profile_fits(stackbook.program(stackbook.tree()), profile, report)
    of_the_site = [one for one in report if one.place.path == "content/site.yaml"]
    assert len(of_the_site) == len(OF_THE_SITE[profile])


@pytest.mark.parametrize("profile", PROFILES)
def test_a_program_that_uses_every_field_lacks_little(profile: str, tmp_path: Path) -> None:
    everything.write(tmp_path)
    result = CliRunner().invoke(
        cli.blazon, ["-C", str(tmp_path), "check", "--profile", profile, "--today", "2026-11-26"]
    )
    assert {line.partition("which ")[2] for line in result.stdout.splitlines() if "[profile]" in line} <= {
        '"plain" does not say. [profile]'
    }


def test_a_profile_warns_and_strict_makes_errors_of_it(tmp_path: Path) -> None:
    root = programs.small(tmp_path)
    arguments = ["-C", str(root), "check", "--profile", "eu", "--today", "2026-11-20"]
    result = CliRunner().invoke(cli.blazon, arguments)
    assert result.exit_code == 0
    assert 'the profile "eu" asks for the level (EQF)' in result.stdout
    assert CliRunner().invoke(cli.blazon, [*arguments, "--strict"]).exit_code == 1
    assert "[profile]" not in CliRunner().invoke(cli.blazon, arguments[:3]).stdout
    assert CliRunner().invoke(cli.blazon, [*arguments[:4], "us"]).exit_code == 2


def test_a_badge_page_shows_what_profiles_ask_for() -> None:
    badge = "content/badges/makers/badge.yaml"
    said = (
        'credit: "1.5"\ncredit_unit: ECTS\naccepted_by: [Lakeside College, Hilltop College]\n'
        "prior_learning: A course counts.\neqf: 4\nquality: A visit a year.\n"
    )
    files = stackbook.tree()
    site = files["content/site.yaml"].replace(
        b"  name: Example Makers\n", b"  name: Example Makers\n  country: Ireland\n"
    )
    built = stackbook.site(
        files | {badge: files[badge] + said.encode(), "content/site.yaml": site + b"quality: In general.\n"}
    )
    page = built["badges/makers/index.html"].decode()
    facts = dict(re.findall(r"<dt>([^<]*)</dt><dd[^>]*>(.*?)</dd>", page))
    assert facts["Credit"] == "1.5 ECTS"
    assert re.sub(r"<[^>]*>", "|", facts["Credit accepted by"]) == (
        "|Lakeside College|||Hilltop College|||This is what the issuer says.|"
    )
    assert facts["Prior learning"] == "A course counts."
    assert facts["European level"] == "Level 4 of the European Qualifications Framework"
    assert facts["Quality assurance"] == "A visit a year."
    assert facts["Country or region"] == "Ireland"
    other = built["badges/makers-1/index.html"].decode()
    assert '<dt>Quality assurance</dt><dd dir="auto">In general.</dd>' in other
    for document in ("achievements/makers-1.json", "ob2/badges/makers-1.json"):
        assert not re.search("Lakeside|A course counts|visit a year|Ireland", built[document].decode())


def test_participation_says_that_it_cannot_stand_for_a_level() -> None:
    talk = (
        "name: Talk\nsummary: Listened.\nkind: participation\ncriteria: Listen.\nassessment: {none: Nobody asked.}\n"
        "effort: {time: PT1H, mode: online, language: en}\n"
    )
    built = stackbook.site(stackbook.tree() | {"content/badges/talk/badge.yaml": talk.encode()})
    page = built["badges/talk/index.html"].decode()
    assert "It cannot stand for a level of a micro-credential." in page
    assert "Took part; no skill was assessed." in page
    assert "cannot stand for a level" not in built["badges/makers-1/index.html"].decode()
