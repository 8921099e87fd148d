"""An earner's e-mail address becomes a hash, and is written nowhere."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path

import pytest
from click.testing import CliRunner

import programs
from blazon import cli, recipients
from blazon.diagnostics import BlazonError
from blazon.model import Recipient

ADDRESS = "Priya.Raman@Example.org"


def salt(size: int) -> bytes:
    """Random bytes that are not."""
    return bytes(range(size))


def test_the_hash_is_of_the_address_in_lower_case_and_its_salt() -> None:
    # The standards' example: ada@example.org with the salt of award a7f3.
    found = recipients.hashed(f"  {ADDRESS}\n", salt)
    assert found.salt == "000102030405060708090a0b0c0d0e0f"
    plain = f"priya.raman@example.org{found.salt}"
    assert found == Recipient(f"sha256${sha256(plain.encode()).hexdigest()}", found.salt)


def test_each_award_has_a_salt_of_its_own() -> None:
    drawn = iter([b"a" * 16, b"b" * 16])
    one, other = (recipients.hashed(ADDRESS, lambda _: next(drawn)) for _ in range(2))
    assert one.hash != other.hash


@pytest.mark.parametrize(
    "typed", ["", "ada", "ada@", "@example.org", "ada@example", "a b@example.org", "ä@example.org"]
)
def test_what_is_no_address_is_refused_and_not_repeated(typed: str) -> None:
    with pytest.raises(BlazonError) as found:
        recipients.hashed(typed, salt)
    assert found.value.message == "this is not an e-mail address."
    assert found.value.exit_code == 2


def test_the_command_reads_standard_input_and_prints_what_to_write() -> None:
    result = CliRunner().invoke(cli.blazon, ["recipient"], input=f"{ADDRESS}\n")
    assert result.exit_code == 0
    lines = result.stdout.splitlines()
    assert lines[0] == "recipient:"
    assert lines[1].startswith("  hash: sha256$")
    assert lines[2].startswith("  salt: ")
    assert "example.org" not in result.output.lower()
    assert "whoever guesses the address can confirm it" in result.stderr


def test_endless_input_is_no_address() -> None:
    result = CliRunner().invoke(cli.blazon, ["recipient"], input="a" * 100_000)
    assert result.exit_code == 2
    assert "this is not an e-mail address." in result.stderr


def test_a_new_award_can_name_its_earner_by_hash(tmp_path: Path) -> None:
    root = programs.small(tmp_path / "program")
    arguments = ["-C", str(root), "new", "award", "priya-raman", programs.BADGE, "--email"]
    result = CliRunner().invoke(cli.blazon, arguments, input=f"{ADDRESS}\n")
    assert result.exit_code == 0, result.stderr
    (path,) = (root / "content/earners/priya-raman").glob("*-2.yaml")
    text = path.read_text()
    assert "recipient:\n  hash: sha256$" in text
    assert "@" not in text
    assert CliRunner().invoke(cli.blazon, ["-C", str(root), "check", "--today", "2026-11-26"]).exit_code == 0


def test_without_an_address_nothing_is_written(tmp_path: Path) -> None:
    root = programs.small(tmp_path / "program")
    arguments = ["-C", str(root), "new", "award", "priya-raman", programs.BADGE, "--email"]
    assert CliRunner().invoke(cli.blazon, arguments, input="nobody\n").exit_code == 2
    assert not list((root / "content/earners/priya-raman").glob("*-2.yaml"))
