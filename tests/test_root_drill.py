"""A signing key is stolen, and then the address too: who pinned the root key is told the truth, and learns what a pin does not catch."""

from __future__ import annotations

import json
import shutil
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

import programs
from blazon import cli, ed25519, proof
from blazon.keys import Secret, parse_secret

STOLEN, THIEFS = Secret(b"s" * 32), Secret(b"t" * 32)
BASE = "https://badges.example.org/club/"
METHOD = "did:web:badges.example.org:club#key-1"
TODAY = "2026-06-20"


def run(root: Path, *arguments: str | Path) -> Result:
    """Type a command in a folder."""
    return CliRunner().invoke(cli.blazon, ["-C", str(root), *map(str, arguments)])


def done(root: Path, *arguments: str | Path) -> str:
    """What a command said that went well."""
    result = run(root, *arguments)
    assert result.exit_code == 0, result.output
    return result.output


def key_file(path: Path, secret: Secret) -> Path:
    """The file of a secret."""
    path.write_text(secret.one_line() + "\n")
    path.chmod(0o600)
    return path


def begun(root: Path, secret: Secret) -> Path:
    """A program at the address, whose first key is a given one."""
    programs.small(root)
    (root / "keys/demo.yaml").unlink()
    (root / "keys/key-1.yaml").write_text(f"public_key: {ed25519.write(secret.public)}\nfrom: 2024-01-01\n")
    settings = root / "content/site.yaml"
    lines = [f"url: {BASE}" if line.startswith("url:") else line for line in settings.read_text().splitlines()]
    settings.write_text("\n".join(lines) + "\n")
    return root


def rooted(root: Path, secret: Secret) -> str:
    """The root key of a program, which has signed the list of its keys; the site is built with a secret."""
    place = root.parent
    done(root, "key", "root", place / "root.key", "--no-passphrase")
    assert "wrote keys/list.json: number 1, 1 key" in done(
        root, "key", "list", "--key-file", place / "root.key", "--today", TODAY
    )
    done(root, "build", "--key-file", key_file(place / "signing.key", secret), "--today", TODAY)
    (found,) = json.loads((root / "keys/list.json").read_bytes())["roots"]
    return str(found)


@pytest.fixture
def program(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A program at the address whose signing key is about to be stolen."""
    for name in ("BLAZON_SIGNING_KEY", "BLAZON_PASSPHRASE", "BLAZON_ISSUER"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    (tmp_path / "honest").mkdir()
    return begun(tmp_path / "honest/program", STOLEN)


@pytest.fixture
def pinned(program: Path) -> str:
    """The root key, as whoever checks the program's badges has it."""
    return rooted(program, STOLEN)


@pytest.fixture
def thiefs(tmp_path: Path, program: Path) -> Path:
    """The site that a thief of the address makes, with keys and a root key of their own."""
    (tmp_path / "thief").mkdir()
    root = begun(tmp_path / "thief/program", THIEFS)
    rooted(root, THIEFS)
    assert program.parent != root.parent
    return root / "dist"


def forged(site: Path, secret: Secret, to: Path) -> Path:
    """An award that nobody decided, signed with a secret at a date that the thief likes."""
    said = {name: value for name, value in credential(site).items() if name != "proof"}
    said["name"] = "An award that nobody decided"
    signed = proof.sign(said, secret.signer(METHOD), datetime(2025, 2, 1, tzinfo=UTC))
    to.write_text(json.dumps(signed))
    return to


def badge(site: Path) -> Path:
    """The credential of a site's only award."""
    return next((site / "awards").glob("*/credential.json"))


def credential(site: Path) -> dict[str, Any]:
    """What it says."""
    found: dict[str, Any] = json.loads(badge(site).read_bytes())
    return found


def checked(file: Path, site: Path, *pins: str) -> Result:
    """A check by somebody to whom the issuer's address shows a site."""
    return run(file.parent, "verify", file, "--site", site, *pins)


def copied(site: Path, to: Path) -> Path:
    """A copy of a site, for a thief to change."""
    return Path(shutil.copytree(site, to))


def followed(program: Path) -> None:
    """The runbook for a stolen key, in a program with a root key."""
    place = program.parent
    said = done(program, "key", "compromised", "key-1", place / "new.key", "--no-passphrase", "--today", TODAY)
    assert "\n  let whoever holds a root key sign the list of keys: blazon key list --key-file FILE\n" in said
    refused = run(program, "check", "--today", TODAY)
    assert (refused.exit_code, refused.output.count("[stale-key-list]")) == (1, 1)
    done(program, "key", "list", "--key-file", place / "root.key", "--today", TODAY)
    done(program, "build", "--key-file", place / "new.key", "--today", TODAY)


def test_honest_badges_pass_and_say_by_which_list(program: Path, pinned: str) -> None:
    found = checked(badge(program / "dist"), program / "dist", "--pin", pinned)
    assert (found.exit_code, f"vouches (list number 1 of {TODAY})." in found.output) == (0, True), found.output
    done(program, "verify", "dist", "--pin", pinned)
    handed = [program / "dist" / name for name in ("keys.json", "status/revocation-1.json")]
    options = [word for path in handed for word in ("--document", path)]
    done(program.parent, "verify", badge(program / "dist"), *options, "--pin", pinned)


def test_a_stolen_secret_is_worth_nothing_after_the_next_list(program: Path, pinned: str, tmp_path: Path) -> None:
    forgery = forged(program / "dist", STOLEN, tmp_path / "forged.json")
    assert checked(forgery, program / "dist", "--pin", pinned).exit_code == 0, "until somebody says so"
    followed(program)
    found = checked(forgery, program / "dist", "--pin", pinned)
    assert found.exit_code == 1
    assert f"the key that signed it is compromised, as a root key vouches (list number 2 of {TODAY})." in found.output
    assert f"(list number 2 of {TODAY})" in done(program, "-v", "verify", "dist", "--pin", pinned)


def test_a_stolen_secret_and_a_stolen_address_together_are_caught(program: Path, pinned: str, tmp_path: Path) -> None:
    """The thief shows the key document of before, and forges with the stolen key."""
    taken = copied(program / "dist", tmp_path / "taken")
    forgery = forged(taken, STOLEN, tmp_path / "forged.json")
    followed(program)
    shutil.copy(program / "dist/keys.json", taken)
    assert checked(forgery, taken).exit_code == 0, "nothing at the address tells"
    found = checked(forgery, taken, "--pin", pinned)
    assert (found.exit_code, "is compromised, as a root key vouches" in found.output) == (1, True)
    (taken / "keys.json").unlink()
    assert checked(forgery, taken, "--pin", pinned).exit_code == 1


def test_an_old_list_is_caught_by_who_knows_a_later_number(program: Path, pinned: str, tmp_path: Path) -> None:
    """What a pin alone does not catch: the list of before the theft is as well signed as it ever was."""
    taken = copied(program / "dist", tmp_path / "taken")
    forgery = forged(taken, STOLEN, tmp_path / "forged.json")
    followed(program)
    assert checked(forgery, taken, "--pin", pinned).exit_code == 0
    found = checked(forgery, taken, "--pin", pinned, "--pin-number", "2")
    assert found.exit_code == 1
    assert f"is an old one: list number 1 of {TODAY}, and you know of number 2." in found.output
    done(program, "verify", "dist", "--pin", pinned, "--pin-number", "2")


@pytest.mark.parametrize("shown", ["their own list", "the honest list", "no list"])
def test_a_stolen_address_alone_is_worth_nothing(
    program: Path, pinned: str, thiefs: Path, tmp_path: Path, shown: str
) -> None:
    assert checked(badge(thiefs), thiefs).exit_code == 0, "who pinned nothing believes the address"
    if shown == "the honest list":
        shutil.copy(program / "dist/keys.json", thiefs)
    elif shown == "no list":
        (thiefs / "keys.json").unlink()
    assert checked(badge(thiefs), thiefs, "--pin", pinned).exit_code == 1
    kept = tmp_path / "kept.json"
    shutil.copy(badge(program / "dist"), kept)
    assert checked(kept, thiefs, "--pin", pinned).exit_code == (3 if shown == "the honest list" else 1)


def test_after_a_rotation_badges_of_before_and_after_pass(program: Path, pinned: str, tmp_path: Path) -> None:
    kept = tmp_path / "kept.json"
    shutil.copy(badge(program / "dist"), kept)
    place = program.parent
    with (program / "keys/key-1.yaml").open("a") as file:
        file.write("until: 2026-06-21\n")
    said = done(program, "key", "new", place / "new.key", "--no-passphrase", "--today", "2026-06-21")
    assert "\n  let whoever holds a root key sign the list of keys: blazon key list --key-file FILE\n" in said
    done(program, "key", "list", "--key-file", place / "root.key", "--today", "2026-06-21")
    done(
        program, "build", "--key-file", place / "new.key", "--key-file", place / "signing.key", "--today", "2026-06-21"
    )
    (status,) = [json.loads(path.read_bytes()) for path in (program / "dist/status").glob("revocation-*.json")]
    assert status["proof"][0]["verificationMethod"].endswith("#key-2")
    done(program, "verify", "dist", "--pin", pinned)
    assert checked(kept, program / "dist", "--pin", pinned).exit_code == 0
    first = ed25519.write(STOLEN.public)
    assert checked(kept, program / "dist", "--pin", first).exit_code == 3, "the status list is by the key of today"
    second = ed25519.write(parse_secret((place / "new.key").read_text()).public)
    assert checked(kept, program / "dist", "--pin", first, "--pin", second).exit_code == 0


def test_who_pinned_the_root_key_of_before_is_taken_along(program: Path, pinned: str) -> None:
    place = program.parent
    done(program, "key", "root", place / "second.key", "--no-passphrase")
    file = program / "keys/root.yaml"
    file.write_text("".join(line for line in file.read_text().splitlines(keepends=True) if pinned not in line))
    for key in ("root.key", "second.key"):
        done(program, "key", "list", "--key-file", place / key, "--today", TODAY)
    done(program, "build", "--key-file", place / "signing.key", "--today", TODAY)
    (second,) = json.loads((program / "keys/list.json").read_bytes())["roots"]
    assert f"its issuer has another root key by now: {second}." in done(
        program, "-v", "verify", "dist", "--pin", pinned
    )
    done(program, "verify", "dist", "--pin", second)
