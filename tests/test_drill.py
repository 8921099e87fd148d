"""A key is stolen, and the runbook followed: honest awards count again, forged ones never, whatever date they have (rows F1, G3, G7, H36)."""

from __future__ import annotations

import json
import shutil
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

import stackbook
from blazon import address, cli, ed25519, files, load, proof
from blazon.diagnostics import Report
from blazon.keys import Secret

STOLEN = Secret(b"s" * 32)
FORGED_ID = "f" * 26
TODAY = "2026-06-20"


def run(root: Path, *arguments: str | Path) -> Result:
    """Type a command in a program's folder."""
    return CliRunner().invoke(cli.blazon, ["-C", str(root), *map(str, arguments)])


def done(root: Path, *arguments: str | Path) -> str:
    """What a command said that went well."""
    result = run(root, *arguments)
    assert result.exit_code == 0, result.output
    return result.output


@pytest.fixture
def program(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A program with a stack and its parts, published with a key that is about to be stolen."""
    for name in ("BLAZON_SIGNING_KEY", "BLAZON_PASSPHRASE", "BLAZON_ISSUER"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    root = tmp_path / "program"
    for path, data in stackbook.tree().items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_bytes(data)
    (root / "keys/key-1.yaml").write_text(f"public_key: {ed25519.write(STOLEN.public)}\nfrom: 2026-01-01\n")
    key = tmp_path / "old.key"
    key.write_text(STOLEN.one_line() + "\n")
    key.chmod(0o600)
    done(root, "build", "--key-file", key, "--today", TODAY)
    shutil.copytree(root, tmp_path / "before")
    return root


def forged(root: Path, day: datetime) -> bytes:
    """An award that nobody decided, made with the stolen secret and the real functions, dated as the thief likes."""
    honest = credential(root, stackbook.FIRST)
    text = json.dumps({name: one for name, one in honest.items() if name not in {"proof", "credentialStatus"}})
    said = json.loads(text.replace(stackbook.FIRST, FORGED_ID))
    said["validFrom"] = f"{day:%Y-%m-%dT%H:%M:%SZ}"
    program = load.load(files.read_tree(root, Report()), Report())
    assert program is not None
    method = address.plan_of(program).verification_method("key-1")
    return json.dumps(proof.sign(said, STOLEN.signer(method), day)).encode()


def credential(root: Path, award: str) -> Mapping[str, Any]:
    """The published credential of an award."""
    found: Mapping[str, Any] = json.loads((root / f"dist/awards/{award}/credential.json").read_bytes())
    return found


def verdict(root: Path, path: Path) -> int:
    """How a check ends that looks things up in the site as it is now."""
    return run(root, "verify", path, "--site", root / "dist").exit_code


def sign(root: Path, key: Path) -> None:
    """Sign elsewhere what has to be signed."""
    done(root, "build", "--record", "requests.json", "--today", TODAY)
    done(root, "sign", "requests.json", "--issuer", "did:web:badges.example.org", "--key-file", key, "--today", TODAY)


@pytest.mark.parametrize("phases", [1, 2])
def test_after_the_runbook_honest_awards_count_and_forged_ones_do_not(
    program: Path, tmp_path: Path, phases: int
) -> None:
    forgeries = [tmp_path / "early.json", tmp_path / "late.json"]
    for path, day in zip(forgeries, (datetime(2026, 2, 1, tzinfo=UTC), datetime(2026, 6, 20, tzinfo=UTC)), strict=True):
        path.write_bytes(forged(program, day))
    assert [verdict(program, one) for one in forgeries] == [0, 0], "until somebody says so, the thief is believed"
    if phases > 1:
        sign(program, tmp_path / "old.key")
    before = {name: credential(program, name) for name in (stackbook.FIRST, stackbook.STACK)}
    said = done(program, "key", "compromised", "key-1", tmp_path / "new.key", "--no-passphrase", "--today", TODAY)
    assert "4 awards are signed again" in said
    done(program, "check", "--today", TODAY)
    if phases > 1:
        assert json.loads((program / "signatures.json").read_bytes())["signatures"] == {}
        sign(program, tmp_path / "new.key")
    keys: list[str | Path] = ["--key-file", tmp_path / "new.key"] if phases == 1 else []
    said = done(program, "build", *keys, "--today", TODAY)
    assert "note: 4 published awards are signed again, since key-1 is compromised" in said
    said = done(program, "check", "--against", tmp_path / "before", "--today", TODAY)
    assert "note: 4 published awards are signed again, since key-1 is compromised" in said
    done(program, "verify", program / "dist")
    assert [verdict(program, one) for one in forgeries] == [1, 1]
    for copy in (tmp_path / f"before/dist/awards/{stackbook.FIRST}/badge.png", *forgeries):
        said = run(program, "verify", copy, "--site", program / "dist").output
        name = FORGED_ID if copy in forgeries else stackbook.FIRST
        place = f"https://badges.example.org/awards/{name}/"
        reported = (
            f"its issuer reports the key that signed it as stolen since 20 June 2026: ask for a new copy at {place}."
        )
        assert (verdict(program, copy), said.count(reported)) == (1, 1), said
    for name, old in before.items():
        new = credential(program, name)
        assert new["validFrom"] == old["validFrom"]
        assert new["proof"][0]["created"] == "2026-06-20T00:00:00Z", "no signature is older than its key"
        assert new["proof"][0]["verificationMethod"].endswith("#key-2")


def test_whatever_else_changes_is_still_refused(program: Path, tmp_path: Path) -> None:
    done(program, "key", "compromised", "key-1", tmp_path / "new.key", "--no-passphrase", "--today", TODAY)
    award = program / f"{stackbook.ADA}makers-1.yaml"
    award.write_text(award.read_text().replace("did: Did it.", "did: Did more."))
    against = run(program, "check", "--against", tmp_path / "before", "--today", TODAY)
    assert (against.exit_code, "[changed-award]" in against.output) == (1, True)
    built = run(program, "build", "--key-file", tmp_path / "new.key", "--today", TODAY)
    assert (built.exit_code, built.output.count("[changed-credential]")) == (1, 1)


def test_a_dry_run_writes_nothing_and_a_second_run_has_nothing_to_do(program: Path, tmp_path: Path) -> None:
    command = ("key", "compromised", "key-1", "--today", TODAY)
    keys = program / "keys"
    before = {path.name: path.read_bytes() for path in keys.iterdir()}
    assert "4 awards are signed again" in done(program, *command, "--dry-run")
    assert {path.name: path.read_bytes() for path in keys.iterdir()} == before
    done(program, *command, tmp_path / "new.key", "--no-passphrase")
    again = run(program, *command)
    assert (again.exit_code, 'and "key-2" signs in its place already' in again.output) == (1, True)
    other = run(program, *command, "--since", "2026-06-01")
    assert (other.exit_code, "is marked as compromised since 2026-06-20 already" in other.output) == (2, True)
    ahead = run(program, "key", "compromised", "key-2", "--today", TODAY, "--since", "2026-07-01")
    assert (ahead.exit_code, "is in the future" in ahead.output) == (2, True)
    nobody = run(program, "key", "compromised", "kye-1", "--today", TODAY)
    assert (nobody.exit_code, 'did you mean "key-1"?' in nobody.output) == (2, True)


def test_a_run_that_was_killed_half_way_goes_on(program: Path, tmp_path: Path) -> None:
    command = ("key", "compromised", "key-1", tmp_path / "new.key", "--no-passphrase", "--today", TODAY)
    unmarked = (program / "keys/key-1.yaml").read_text()
    done(program, *command)
    (program / "keys/key-1.yaml").write_text(unmarked)
    half = run(program, "check", "--today", TODAY)
    assert (half.exit_code, "[bad-succession]" in half.output) == (1, True)
    assert "wrote keys/key-1.yaml\n" in done(program, *command)
    assert not (program / "keys/key-3.yaml").exists()
    done(program, "check", "--today", TODAY)


def test_a_key_that_is_marked_by_hand_has_none_in_its_place_until_the_command_writes_it_down(
    program: Path, tmp_path: Path
) -> None:
    done(program, "key", "new", tmp_path / "second.key", "--no-passphrase", "--today", "2026-06-18")
    marked = program / "keys/key-1.yaml"
    marked.write_text(f"{marked.read_text()}compromised: 2026-06-20\n")
    for words in (("check",), ("build", "--key-file", tmp_path / "second.key")):
        refused = run(program, *words, "--today", TODAY)
        assert (refused.exit_code, refused.output.count("[no-successor]")) == (1, 1), refused.output
    assert "type: blazon key compromised key-1 --dry-run" in refused.output
    assert "4 awards are signed again" in done(program, "key", "compromised", "key-1", "--dry-run", "--today", TODAY)
    assert "wrote keys/key-2.yaml" in done(program, "key", "compromised", "key-1", "--today", TODAY)
    done(program, "check", "--today", TODAY)


def test_another_key_in_force_takes_the_place_and_may_be_stolen_in_turn(program: Path, tmp_path: Path) -> None:
    done(program, "key", "new", tmp_path / "second.key", "--no-passphrase", "--today", "2026-06-18")
    assert "wrote keys/key-2.yaml" in done(program, "key", "compromised", "key-1", "--today", TODAY)
    assert "replaces: key-1\n" in (program / "keys/key-2.yaml").read_text()
    done(program, "build", "--key-file", tmp_path / "second.key", "--today", TODAY)
    third = tmp_path / "third.key"
    done(program, "key", "compromised", "key-2", third, "--no-passphrase", "--today", "2026-06-25")
    done(program, "build", "--key-file", third, "--today", "2026-06-25")
    signed = credential(program, stackbook.FIRST)["proof"][0]
    assert signed["verificationMethod"].endswith("#key-3")
    assert signed["created"] == "2026-06-25T00:00:00Z"
    listed = json.loads((program / "dist/.well-known/did.json").read_bytes())["verificationMethod"]
    assert [one["id"].rpartition("#")[2] for one in listed] == ["key-3"]
    stolen = json.loads((program / "dist/compromised-keys.json").read_bytes())
    assert stolen["id"] == "https://badges.example.org/compromised-keys.json"
    told = [(one["id"][-5:], one["compromised"], one["replacedBy"][-5:]) for one in stolen["keys"]]
    assert told == [("key-1", "2026-06-20", "key-3"), ("key-2", "2026-06-25", "key-3")]
    assert stolen["keys"][0]["publicKeyMultibase"] == ed25519.write(STOLEN.public)
