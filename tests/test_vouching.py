"""Endorsements: made by others with a key of their own, put inside awards where they last, and told on pages as what they are."""

from __future__ import annotations

import json
import re
import shutil
from datetime import UTC, date, datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

import programs
from blazon import cli, ed25519, vouching
from blazon.keys import DEMO_SEED, Secret
from blazon.lookup import Given
from blazon.model import Endorsement
from blazon.opened import signed
from blazon.outcome import Verdict
from samples import LEVEL_2, NINE, vector

LEAGUE = Secret(sha256(b"a league").digest())
BADGE = f"content/badges/{programs.BADGE}"
NAME = "Riverbend League"
LASTING = vector("award-b81c.json")["credentialSubject"]["achievement"]["endorsement"][0]


@pytest.fixture
def program(tmp_path: Path) -> Path:
    """A small program."""
    return programs.small(tmp_path / "program")


@pytest.fixture
def key(tmp_path: Path) -> Path:
    """The league's key file."""
    path = tmp_path / "league.key"
    path.write_text(LEAGUE.one_line() + "\n")
    path.chmod(0o600)
    return path


def run(program: Path, *arguments: str) -> Result:
    """A command in the program's folder."""
    return CliRunner().invoke(cli.blazon, ["-C", str(program), *arguments])


def endorse(program: Path, key: Path, *more: str, day: str = "2026-06-10", what: str = programs.BADGE) -> Result:
    """An endorsement of the program's badge."""
    given = [what] if what else []
    return run(program, "endorse", *given, "--key", str(key), "--name", NAME, "--today", day, *more)


def name_it(program: Path, entry: str = "riverbend-league.json") -> None:
    """Add the endorsement to the badge's file."""
    path = program / BADGE / "badge.yaml"
    path.write_text(f"endorsements: [{entry}]\n{path.read_text()}")


def document(program: Path) -> dict[str, Any]:
    """The endorsement that was written."""
    found: dict[str, Any] = json.loads((program / BADGE / "riverbend-league.json").read_text())
    return found


def credential(program: Path) -> dict[str, Any]:
    """The award's credential in the built site."""
    (path,) = program.glob("dist/awards/*/credential.json")
    found: dict[str, Any] = json.loads(path.read_text())
    return found


def test_an_endorsement_is_signed_by_its_own_key_and_about_the_version(program: Path, key: Path) -> None:
    result = endorse(program, key, "--comment", "We *accept* it.", "--url", "https://league.example/")
    assert result.exit_code == 0, result.stderr
    assert result.stdout == f"wrote {BADGE}/riverbend-league.json\n"
    assert f'adds "endorsements: [riverbend-league.json]" to {BADGE}/badge.yaml' in result.stderr
    made = document(program)
    public = ed25519.write(LEAGUE.public)
    assert made["id"] == "https://riverbend.example/badges/endorsements/stem-night-lead-1-riverbend-league.json"
    assert made["issuer"] == {
        "id": f"did:key:{public}",
        "type": ["Profile"],
        "name": NAME,
        "url": "https://league.example/",
    }
    assert made["credentialSubject"] == {
        "id": "https://riverbend.example/badges/achievements/stem-night-lead-1.json",
        "type": ["EndorsementSubject"],
        "endorsementComment": "We *accept* it.",
    }
    assert made["validFrom"] == made["proof"][0]["created"] == "2026-06-10T00:00:00Z"
    assert signed(made).verdict is Verdict.PASSED
    assert LEAGUE.one_line() not in (program / BADGE / "riverbend-league.json").read_text()


def test_an_endorsement_stands_in_awards_that_come_after_it(program: Path, key: Path) -> None:
    endorse(program, key)
    name_it(program)
    assert run(program, "build", "--today", "2026-11-26").exit_code == 0
    assert credential(program)["credentialSubject"]["achievement"]["endorsement"] == [document(program)]
    hosted = program / "dist/endorsements/stem-night-lead-1-riverbend-league.json"
    assert json.loads(hosted.read_text()) == document(program)
    definition = json.loads((program / "dist/achievements/stem-night-lead-1.json").read_text())
    assert "endorsement" not in definition


@pytest.mark.parametrize(
    ("day", "more", "entry"),
    [
        ("2026-06-19", (), "riverbend-league.json"),  # the day of the award
        ("2026-07-01", (), "riverbend-league.json"),
        ("2026-06-10", ("--until", "2030-01-01"), "riverbend-league.json"),
        ("2026-06-10", (), "{file: riverbend-league.json, embed: false}"),
        ("2026-06-10", (), "{file: riverbend-league.json, since: 2026-07-01}"),
    ],
)
def test_what_was_published_stays_whoever_vouches_later(
    program: Path, key: Path, day: str, more: tuple[str, ...], entry: str
) -> None:
    assert run(program, "build", "--today", "2026-11-26").exit_code == 0
    before = credential(program)
    assert endorse(program, key, *more, day=day).exit_code == 0
    name_it(program, entry)
    result = run(program, "build", "--today", "2026-11-26")
    assert result.exit_code == 0, result.stderr
    assert credential(program) == before
    assert (program / "dist/endorsements/stem-night-lead-1-riverbend-league.json").exists()


def test_an_older_endorsement_that_comes_late_is_refused_with_what_it_would_change(program: Path, key: Path) -> None:
    assert run(program, "build", "--today", "2026-11-26").exit_code == 0
    endorse(program, key)
    name_it(program)
    result = run(program, "build", "--today", "2026-11-26")
    assert result.exit_code == 1
    assert "[changed-credential]" in result.stderr


def test_a_published_endorsement_stays(program: Path, key: Path) -> None:
    endorse(program, key, day="2026-07-01")
    name_it(program)
    assert run(program, "build", "--today", "2026-11-26").exit_code == 0
    path = program / BADGE / "riverbend-league.json"
    path.unlink()
    endorse(program, key, "--comment", "Other words.", day="2026-07-01")
    result = run(program, "build", "--today", "2026-11-26")
    assert result.exit_code == 1
    assert "dist/endorsements/stem-night-lead-1-riverbend-league.json: error: this was published" in result.stderr


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"type": ["VerifiableCredential"]}, "it is another kind of document."),
        (
            {"id": "https://riverbend.example/badges/endorsements/con.json"},
            "its id is no name of a file.",
        ),
    ],
)
def test_what_is_no_endorsement_is_refused(program: Path, key: Path, change: dict[str, Any], told: str) -> None:
    endorse(program, key)
    name_it(program)
    path = program / BADGE / "riverbend-league.json"
    path.write_text(json.dumps({**document(program), **change}))
    result = run(program, "check", "--today", "2026-11-26")
    assert result.exit_code == 1
    assert told in result.stdout


def test_an_earner_does_not_vouch_for_a_badge(program: Path, key: Path) -> None:
    endorse(program, key)
    name_it(program)
    award = program / programs.AWARD
    award.write_text(
        re.sub(r"recipient:\n(?:  .*\n)+", f"recipient: did:key:{ed25519.write(LEAGUE.public)}\n", award.read_text())
    )
    result = run(program, "check", "--today", "2026-11-26")
    assert result.exit_code == 1
    assert "the program or one of its earners has signed it; somebody else has to vouch." in result.stdout


def test_an_altered_endorsement_is_refused(program: Path, key: Path) -> None:
    endorse(program, key, "--comment", "We accept it.")
    name_it(program)
    path = program / BADGE / "riverbend-league.json"
    path.write_text(path.read_text().replace("We accept it.", "We accept everything."))
    result = run(program, "check", "--today", "2026-11-26")
    assert result.exit_code == 1
    assert "this endorsement cannot be published: what it says is not what was signed." in result.stdout


def test_an_issuer_is_endorsed_too(program: Path, key: Path) -> None:
    result = endorse(program, key, "--issuer", what="")
    assert result.stdout == "wrote content/riverbend-league.json\n"
    site = program / "content/site.yaml"
    site.write_text(site.read_text().replace("issuer:\n", "issuer:\n  endorsements: [riverbend-league.json]\n"))
    assert run(program, "build", "--today", "2026-11-26").exit_code == 0
    made = json.loads((program / "content/riverbend-league.json").read_text())
    assert made["credentialSubject"]["id"] == "did:web:riverbend.example:badges"
    assert credential(program)["issuer"]["endorsement"] == [made]
    about = (program / "dist/about/index.html").read_text()
    assert "Who vouches for Riverbend Afterschool Network" in about
    assert "endorsements/issuer-riverbend-league.json" in about


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("--issuer",), "say what is endorsed: a badge, or --issuer."),
        (("--comment", "Ask kim@example.org"), "--comment: this text has an e-mail address"),
        (("--url", "http://league.example/"), "--url: "),
        (("--until", "2026-06-10"), "--until: 2026-06-10 is not after today."),
    ],
)
def test_what_could_not_be_published_is_not_signed(
    program: Path, key: Path, arguments: tuple[str, ...], told: str
) -> None:
    result = endorse(program, key, *arguments)
    assert result.exit_code == 2
    assert told in result.stderr
    assert not (program / BADGE / "riverbend-league.json").exists()


def test_a_name_that_cannot_be_shown_is_not_signed(program: Path, key: Path) -> None:
    result = run(program, "endorse", programs.BADGE, "--key", str(key), "--name", "Lea\u202egue")
    assert result.exit_code == 2
    assert "cannot be a name" in result.stderr


def test_nobody_is_endorsed_who_is_not_there(program: Path, key: Path) -> None:
    result = endorse(program, key, what="stem-night")
    assert result.exit_code == 2
    assert result.stderr == 'error: there is no badge called "stem-night".\n  hint: did you mean "stem-night-lead"?\n'
    assert endorse(program, key, what="").exit_code == 2
    shutil.rmtree(program / "content")
    result = endorse(program, key)
    assert result.exit_code != 0


def test_a_program_does_not_vouch_for_itself(program: Path, tmp_path: Path) -> None:
    path = tmp_path / "own.key"
    path.write_text(Secret(DEMO_SEED).one_line() + "\n")
    path.chmod(0o600)
    result = endorse(program, path)
    assert result.exit_code == 2
    assert "this is the program's own key, and nobody vouches for themselves." in result.stderr
    assert "blazon key new --endorser" in result.stderr


def test_an_endorsement_is_never_overwritten(program: Path, key: Path) -> None:
    endorse(program, key)
    before = document(program)
    result = endorse(program, key, "--comment", "Again.")
    assert result.exit_code == 2
    assert "is already there" in result.stderr
    assert document(program) == before


def test_the_badge_page_says_who_vouches_and_what_nobody_here_knows(program: Path, key: Path) -> None:
    endorse(program, key, "--comment", "<script>alert(1)</script> & *fine*", "--until", "2026-09-01")
    name_it(program)
    for day, told in (("2026-08-01", "It counts until"), ("2026-11-26", "It ended on")):
        assert run(program, "build", "--today", day).exit_code == 0
        page = (program / f"dist/badges/{programs.BADGE}/index.html").read_text()
        section = re.search(r'<section aria-labelledby="vouch">.*?</section>', page, re.DOTALL)
        assert section is not None
        assert NAME in section[0]
        assert f"signed with the key {ed25519.fingerprint(ed25519.write(LEAGUE.public))}" in section[0]
        assert f"Only {NAME} can tell you whether that key is theirs." in section[0]
        assert told in section[0]
        assert "<script>" not in section[0]
        assert "<em>fine</em>" in section[0]


def test_elsewhere_nobody_has_endorsed_anything(program: Path, key: Path) -> None:
    endorse(program, key)
    name_it(program)
    result = run(program, "build", "-o", "other", "--base-url", "https://other.example/x/", "--today", "2026-11-26")
    assert result.exit_code == 0, result.stderr
    assert not (program / "other/endorsements").exists()


def test_an_endorser_makes_a_key_that_the_program_does_not_get(program: Path, tmp_path: Path) -> None:
    path = tmp_path / "mine.key"
    result = run(program, "key", "new", str(path), "--endorser", "--no-passphrase")
    assert result.exit_code == 0, result.stderr
    assert sorted(one.name for one in (program / "keys").iterdir()) == ["demo.yaml"]
    assert path.stat().st_mode & 0o777 == 0o600
    assert path.read_text().strip() not in result.stdout
    assert endorse(program, path).exit_code == 0


# The rule behind it


def doc(**changes: object) -> dict[str, object]:
    """The example's endorsement with other members."""
    return {**LASTING, **changes}


def test_what_lasts_is_known_by_its_key_and_has_no_end() -> None:
    assert vouching.lasts(LASTING)
    assert not vouching.lasts(doc(validUntil="2030-01-01T00:00:00Z"))
    assert not vouching.lasts(doc(credentialStatus={"id": "https://league.example/#1"}))
    assert not vouching.lasts(doc(issuer={"id": "did:web:league.example"}))
    assert not vouching.lasts(doc(issuer="did:web:league.example"))
    assert not vouching.lasts(doc(issuer=7))


def test_an_award_has_the_endorsements_of_its_day() -> None:
    one = Endorsement("league", LASTING)  # of 10 January 2026
    assert vouching.inside([one], NINE) == (one,)
    assert vouching.inside([one], datetime(2026, 1, 10, tzinfo=UTC)) == ()
    assert vouching.inside([one], None) == (one,)
    assert vouching.inside([Endorsement("league", LASTING, embed=False)], NINE) == ()
    assert vouching.badge_at(LEVEL_2, NINE).endorsements == LEVEL_2.endorsements
    assert vouching.badge_at(LEVEL_2, datetime(2025, 1, 1, tzinfo=UTC)).endorsements == ()


def test_a_key_is_at_hand_only_where_it_is_the_name() -> None:
    assert signed(LASTING).verdict is Verdict.PASSED
    assert signed(doc(name="Other")).verdict is Verdict.FAILED
    elsewhere = doc(issuer={**LASTING["issuer"], "id": "did:web:league.example"})
    elsewhere["proof"] = [{**LASTING["proof"][0], "verificationMethod": "did:web:league.example#1"}]
    assert signed(elsewhere).verdict is Verdict.UNDECIDED
    assert Given({}).document("https://league.example/.well-known/did.json") is None
    assert date(2026, 1, 10) < NINE.date()
