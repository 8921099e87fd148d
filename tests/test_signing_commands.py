"""Recording, signing and building by the commands: what they say, what they leave, what they refuse, and that no secret shows."""

from __future__ import annotations

import json
import re
import shutil
from base64 import b64encode, urlsafe_b64encode
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

import programs
from blazon import base58, check_against, cli, ed25519, signatures
from blazon.keys import Secret

TODAY = "2026-11-20"
SECRET = Secret(bytes(range(7, 39)))
DID = "did:web:riverbend.example:badges"
OTHER = "https://somebody.github.io/badges/"


@pytest.fixture
def demo(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name in ("BLAZON_SIGNING_KEY", "BLAZON_PASSPHRASE", "BLAZON_ISSUER"):
        monkeypatch.delenv(name, raising=False)
    return programs.small(tmp_path / "program")


@pytest.fixture
def program(demo: Path) -> Path:
    """A program with a key of its own."""
    (demo / "keys/demo.yaml").unlink()
    (demo / "keys/key-1.yaml").write_text(f"public_key: {ed25519.write(SECRET.public)}\nfrom: 2024-01-01\n")
    return demo


def run(program: Path, *arguments: str, secret: Secret | None = None) -> Result:
    environment = {"BLAZON_SIGNING_KEY": secret.one_line() if secret else None}
    return CliRunner().invoke(cli.blazon, ["-C", str(program), *arguments, "--today", TODAY], env=environment)


def files(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def sign(program: Path, *arguments: str) -> None:
    """Record and sign what is left."""
    assert run(program, "build", "--record", "requests.json").exit_code == 0
    result = run(program, "sign", "requests.json", "--issuer", DID, *arguments, secret=SECRET)
    assert result.exit_code == 0, result.output


def test_the_three_commands_make_the_site_of_one(program: Path) -> None:
    recorded = run(program, "build", "--record", "requests.json")
    assert (recorded.exit_code, recorded.stdout) == (0, "2 documents to sign: requests.json\n")
    assert f"next: blazon sign requests.json --issuer {DID}, then: blazon build" in recorded.stderr
    assert "requests.json holds what every award says, private ones too" in recorded.stderr
    assert sorted(path.name for path in program.iterdir()) == ["content", "keys", "requests.json"]
    signed = run(program, "sign", "requests.json", "--issuer", DID, secret=SECRET)
    assert re.fullmatch(r"signed 2 documents with key \S+: \S+/signatures.json has 2 now\n", signed.stdout)
    built = run(program, "build")
    assert built.exit_code == 0, built.output
    assert "verified the signatures of 1 award, which were made before" in built.stdout
    assert run(program, "build", "-o", "other", secret=SECRET).exit_code == 0
    (program / "signatures.json").unlink()
    assert run(program, "build", "-o", "in-place", secret=SECRET).exit_code == 0
    assert files(program / "dist") == files(program / "other") == files(program / "in-place")


def test_signatures_are_taken_from_files_that_are_named(program: Path) -> None:
    sign(program, "-o", "made.json")
    assert run(program, "build").exit_code == 3
    assert run(program, "build", "--signatures", "made.json").exit_code == 0
    whole = json.loads((program / "made.json").read_text())
    for number, name in enumerate(sorted(whole["signatures"])):
        part = {**whole, "signatures": {name: whole["signatures"][name]}}
        (program / f"part-{number}.json").write_text(json.dumps(part))
    both = ("--signatures", "part-0.json", "--signatures", "part-1.json")
    assert run(program, "build", *both, "--record", "requests.json").stdout == "0 documents to sign: requests.json\n"
    assert run(program, "build", *both).exit_code == 0
    shutil.move(program / "part-1.json", program / "signatures.json")
    assert run(program, "build", "--signatures", "part-0.json").exit_code == 0


def test_what_has_no_signature_is_counted_and_nothing_is_written(program: Path) -> None:
    sign(program)
    text = (program / programs.AWARD).read_text().replace("id: ", "id: second", 1)
    (program / programs.AWARD.replace(".yaml", "-2.yaml")).write_text(
        re.sub(r"status_index: \d+", "status_index: 5", text)
    )
    result = run(program, "build")
    assert result.exit_code == 3
    assert result.stderr.count("1 document has no signature, and no key that signs it was given.") == 1
    assert "BLAZON_SIGNING_KEY" in result.stderr
    assert "blazon build --record requests.json, then blazon sign requests.json" in result.stderr
    assert not (program / "dist").exists()
    assert run(program, "build", secret=SECRET).exit_code == 0  # what is left is signed in place
    assert run(program, "build", "--record", "requests.json").stdout == "1 document to sign: requests.json\n"


def test_without_any_signature_the_missing_key_is_told_at_once(program: Path) -> None:
    result = run(program, "build")
    assert result.exit_code == 3
    assert "there is no signing key" in result.stderr
    assert "sign elsewhere: blazon build --record requests.json" in result.stderr


def test_a_signature_that_does_not_fit_names_its_document(program: Path) -> None:
    sign(program)
    file = json.loads((program / "signatures.json").read_text())
    (name,) = (name for name in file["signatures"] if "/awards/" in name)
    entry = file["signatures"][name]
    entry["signature"] = "z" + base58.encode(Secret(bytes(32)).signer("").sign(bytes.fromhex(entry["sha256"])))
    (program / "signatures.json").write_text(json.dumps(file))
    result = run(program, "build")
    assert (result.exit_code, result.stdout) == (1, "")
    assert f"error: the signature of {name} does not fit what would be published." in result.stderr
    assert "hint: sign it again: blazon build --record requests.json" in result.stderr
    assert not (program / "dist").exists()
    sign(program)
    assert run(program, "build").exit_code == 0


def test_recording_checks_the_content_first(program: Path) -> None:
    text = (program / programs.AWARD).read_text()
    (program / programs.AWARD).write_text(text.replace(f"badge: {programs.BADGE}", "badge: nothing"))
    result = run(program, "build", "--record", "requests.json")
    assert result.exit_code == 1
    assert "[unknown-badge]" in result.stderr
    assert not (program / "requests.json").exists()


def test_the_demo_has_nothing_to_sign_and_needs_nobody(demo: Path) -> None:
    result = run(demo, "build", "--record", "requests.json")
    assert (result.exit_code, result.stdout) == (0, "0 documents to sign: requests.json\n")
    assert result.stderr.endswith("next: blazon build\n")
    assert json.loads((demo / "requests.json").read_text())["requests"] == []
    assert run(demo, "build").exit_code == 0


# signatures.json beside the content


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("{", "these signatures cannot be read: its brackets do not match"),
        (
            '{"version": 1, "issuer": "x", "signatures": {}}',
            'these signatures cannot be read: its "issuer" is no did:web',
        ),
        (
            signatures.write(signatures.Signatures("did:web:other.example", {})),
            f"these are signatures of did:web:other.example, and this program is {DID}",
        ),
    ],
)
def test_check_finds_signatures_that_are_none(program: Path, text: str, sentence: str) -> None:
    (program / "signatures.json").write_text(signatures.write(signatures.Signatures(DID, {})))
    assert run(program, "check").exit_code == 0
    (program / "signatures.json").write_text(text)
    for command in ("check", "build"):
        result = run(program, command)
        assert result.exit_code == 1
        assert f"signatures.json: error: {sentence}" in result.output
        assert "[bad-signatures]" in result.output


def test_signatures_behind_a_link_are_not_read(program: Path) -> None:
    (program / "elsewhere").write_text(signatures.write(signatures.Signatures(DID, {})))
    (program / "signatures.json").symlink_to("elsewhere")
    result = run(program, "check")
    assert result.exit_code == 1
    assert "signatures.json cannot be read: it is a link." in result.stderr


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("{", "made.json cannot be read: its brackets do not match"),
        (
            signatures.write(signatures.Signatures("did:web:other.example", {})),
            "holds signatures of did:web:other.example",
        ),
    ],
)
def test_a_named_file_that_holds_none_of_ours_is_refused(program: Path, text: str, sentence: str) -> None:
    (program / "made.json").write_text(signatures.write(signatures.Signatures(DID, {})))
    assert run(program, "build", "--signatures", "made.json", secret=SECRET).exit_code == 0
    (program / "made.json").write_text(text)
    result = run(program, "build", "--signatures", "made.json", secret=SECRET)
    assert result.exit_code == 1
    assert sentence in result.stderr


def test_an_award_and_its_signature_come_in_one_request(program: Path, tmp_path: Path) -> None:
    base = Path(shutil.copytree(program, tmp_path / "base"))
    text = (program / programs.AWARD).read_text().replace("id: ", "id: second", 1)
    (program / programs.AWARD.replace(".yaml", "-2.yaml")).write_text(
        re.sub(r"status_index: \d+", "status_index: 5", text)
    )
    sign(program)
    (program / "requests.json").unlink()
    result = run(program, "check", "--against", str(base))
    assert result.exit_code == 0, result.output
    (program / "signatures.json").rename(program / "other.json")
    assert "[mixed-request]" in run(program, "check", "--against", str(base)).output
    assert not check_against.decides("signatures.json")
    assert check_against.decides("keys/signatures.json")


# Where the host shows the site


def test_the_demo_moves_to_its_host(demo: Path) -> None:
    assert run(demo, "build", "--host", OTHER.removesuffix("/")).exit_code == 0
    (page,) = (demo / "dist").glob("awards/*/credential.json")
    assert json.loads(page.read_text())["id"].startswith(f"{OTHER}awards/")
    assert run(demo, "build", "--base-url", OTHER, "-o", "other").exit_code == 0
    assert files(demo / "dist") == files(demo / "other")
    assert run(demo, "build", "--host", OTHER, "--record", "requests.json").stdout.startswith("0 documents")


def test_any_other_program_stays_where_it_is(program: Path) -> None:
    own = "https://riverbend.example/badges"
    for address in (own, f"{own}/"):
        assert run(program, "build", "--host", address, secret=SECRET).exit_code == 0
    for more in ((), ("--record", "requests.json")):
        result = run(program, "build", "--host", OTHER, *more, secret=SECRET)
        assert (result.exit_code, result.stdout) == (1, "")
        assert f"the host shows this site at {OTHER}, and content/site.yaml says {own}/." in result.stderr
        assert f'before the first award, write "url: {OTHER}"' in result.stderr
    assert not (program / "requests.json").exists()


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("--host", OTHER, "--base-url", OTHER), "--base-url and --host both say where the site answers."),
        (("--host", "somewhere"), "--host: "),
    ],
)
def test_a_host_that_is_none_is_wrong_usage(demo: Path, arguments: tuple[str, ...], sentence: str) -> None:
    result = run(demo, "build", *arguments)
    assert result.exit_code == 2
    assert sentence in result.stderr


# The secret


def test_the_secret_is_nowhere(program: Path) -> None:
    seed = SECRET.seed
    forms = {
        SECRET.one_line().encode(),
        base58.encode(seed).encode(),
        seed.hex().encode(),
        seed.hex().upper().encode(),
        b64encode(seed).rstrip(b"="),
        urlsafe_b64encode(seed).rstrip(b"="),
        seed,
    }
    said = ""
    for command in (
        ("build", "--record", "requests.json"),
        ("sign", "requests.json", "--issuer", DID),
        ("build",),
        ("check",),
        ("sign", "requests.json", "--issuer", "did:web:evil.example", "-o", "none.json"),
        ("build", "--host", OTHER),
    ):
        said += run(program, *command, secret=SECRET).output
    found = {"what was said": said.encode(), **files(program)}
    assert {"requests.json", "signatures.json", "dist/index.html"} <= found.keys()
    assert [(path, form) for path, data in found.items() for form in forms if form in data] == []
    assert any(ed25519.write(SECRET.public).encode() in data for data in found.values())
