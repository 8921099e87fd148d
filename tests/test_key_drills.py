"""A key is lost, or changed in time: what it signed stays good, another one signs what is new, and no check is weakened for it."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

import stackbook
from blazon import cli, ed25519, retrieving
from blazon.keys import Secret

FIRST = Secret(b"l" * 32)
TODAY, LATER = "2026-06-20", "2026-06-25"


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
    """A program with a stack and its parts, published with its first key; a copy of it lies in `before`."""
    for name in ("BLAZON_SIGNING_KEY", "BLAZON_PASSPHRASE", "BLAZON_ISSUER"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    root = tmp_path / "program"
    for path, data in stackbook.tree().items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_bytes(data)
    (root / "keys/key-1.yaml").write_text(f"public_key: {ed25519.write(FIRST.public)}\nfrom: 2026-01-01\n")
    key = tmp_path / "first.key"
    key.write_text(FIRST.one_line() + "\n")
    key.chmod(0o600)
    done(root, "build", "--key-file", key, "--today", TODAY)
    shutil.copytree(root, tmp_path / "before")
    return root


def credentials(root: Path) -> dict[str, bytes]:
    """The published credentials of a program, by the ids of their awards."""
    return {path.parent.name: path.read_bytes() for path in root.glob("dist/awards/*/credential.json")}


def signers(published: dict[str, bytes]) -> dict[str, str]:
    """The names of the keys that signed credentials."""
    return {name: json.loads(data)["proof"][0]["verificationMethod"][-5:] for name, data in published.items()}


def methods(root: Path) -> list[str]:
    """The keys of the published key document."""
    return [
        one["publicKeyMultibase"]
        for one in json.loads((root / "dist/.well-known/did.json").read_bytes())["verificationMethod"]
    ]


def put_away(root: Path, day: str) -> None:
    """Say until when the first key signed."""
    key = root / "keys/key-1.yaml"
    key.write_text(f"{key.read_text()}until: {day}\n")


def given(root: Path, day: str) -> str:
    """One more award of a badge, dated as told; its id."""
    first = (root / stackbook.FILES[stackbook.FIRST]).read_text()
    name = "n" * 26
    text = first.replace(stackbook.FIRST, name)
    old = next(line for line in text.splitlines() if line.startswith("issued:"))
    index = next(line for line in text.splitlines() if line.startswith("status_index:"))
    text = text.replace(old, f"issued: {day}").replace(index, "status_index: 77")
    (root / stackbook.ADA / "once-more.yaml").write_text(text)
    return name


@pytest.mark.parametrize("lost", [True, False])
def test_what_a_key_signed_is_published_without_its_secret_and_another_key_signs_what_is_new(
    program: Path, tmp_path: Path, *, lost: bool
) -> None:
    before, second = credentials(program), tmp_path / "second.key"
    if lost:
        (tmp_path / "first.key").unlink()
        assert done(program, "key", "keep") == "took 5 signatures from dist: signatures.json has 5 now\n"
    done(program, "key", "new", second, "--no-passphrase", "--today", TODAY)
    put_away(program, TODAY if lost else LATER)  # in a planned change both are in force for a while
    done(program, "check", "--against", tmp_path / "before", "--today", TODAY)
    award = given(program, TODAY)
    keys: list[str | Path] = (
        ["--key-file", second] if lost else ["--key-file", second, "--key-file", tmp_path / "first.key"]
    )
    done(program, "build", *keys, "--today", TODAY)
    after = credentials(program)
    assert signers(after) == dict.fromkeys(before, "key-1") | {award: "key-2"}
    assert {name: after[name] for name in before} == before
    done(program, "verify", program / "dist")
    both = methods(program)
    for name in (stackbook.FIRST, award):
        picture = (program / f"dist/awards/{name}/badge.png", "--site", program / "dist")
        done(program, "verify", *picture, "--pin", both[0], "--pin", both[1])
        stranger = run(program, "verify", *picture, "--pin", ed25519.write(Secret(b"o" * 32).public))
        assert stranger.exit_code == 1, stranger.output


def test_a_key_that_was_put_away_signs_nothing_that_is_dated_later(program: Path, tmp_path: Path) -> None:
    put_away(program, TODAY)
    given(program, "2026-06-19")
    done(program, "check", "--today", LATER)
    given(program, TODAY)
    refused = run(program, "check", "--today", LATER)
    assert (refused.exit_code, "no key was in force on 2026-06-20. [no-key-in-force]" in refused.output) == (1, True)
    done(program, "key", "new", tmp_path / "second.key", "--no-passphrase", "--today", TODAY)
    alone = run(program, "build", "--key-file", tmp_path / "first.key", "--today", LATER)
    assert (alone.exit_code, 'the key "key-1" is retired since 2026-06-20' in alone.output) == (3, True)


def test_no_signature_is_kept_that_is_not_right_and_what_is_kept_already_stays(program: Path, tmp_path: Path) -> None:
    place = program / f"dist/awards/{stackbook.FIRST}/credential.json"
    place.write_bytes(place.read_bytes().replace(b"2026-", b"2025-"))
    (program / "dist/strange.json").write_text('{"proof": {"verificationMethod": "did:web:a#b", "proofValue": "z0"}}')
    assert "took 4 signatures" in done(program, "key", "keep")
    kept = (program / "signatures.json").read_bytes()
    assert "took 0 signatures from dist: signatures.json has 4 now" in done(program, "key", "keep")
    assert (program / "signatures.json").read_bytes() == kept
    assert "took 1 signature from" in done(program, "key", "keep", tmp_path / "before/dist")


def emptied(root: Path) -> None:
    """Take away the documents of a site."""
    for one in root.glob("dist/**/*.json"):
        one.unlink()


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (
            emptied,
            "there is nothing in",
        ),
        (lambda root: (root / "signatures.json").write_text("{}"), "signatures.json cannot be read"),
        (
            lambda root: (root / "signatures.json").write_text(
                '{"version": 1, "issuer": "did:web:b.example", "signatures": {}}'
            ),
            "holds signatures of did:web:b.example",
        ),
        (lambda root: (root / "content/site.yaml").write_text("name: Nothing\n"), "the content cannot be read"),
    ],
)
def test_what_cannot_be_kept_is_told(program: Path, change: object, sentence: str) -> None:
    assert callable(change)
    change(program)
    refused = run(program, "key", "keep")
    assert (refused.exit_code, sentence in refused.output) == (1, True), refused.output


def test_a_compromised_key_leaves_nothing_to_keep(program: Path) -> None:
    (program / "keys/key-1.yaml").write_text((program / "keys/key-1.yaml").read_text() + "compromised: 2026-06-20\n")
    assert run(program, "key", "keep").exit_code == 1


@pytest.mark.parametrize(
    "data", [b"", b"{", b"[]", b"{}", b'{"proof": 1}', b'{"proof": {}}', b'{"proof": {"proofValue": "z!"}}']
)
def test_what_is_no_signed_document_is_passed_over(data: bytes) -> None:
    assert retrieving.retrieved([data], {"": FIRST.public}) == {}
