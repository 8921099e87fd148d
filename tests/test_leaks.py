"""Private keys that strayed into a program are found however they are written, and what only looks like one is not (row G1)."""

from __future__ import annotations

import json
import os
from base64 import b64encode, urlsafe_b64encode
from hashlib import sha256, sha512
from pathlib import Path
from textwrap import fill, indent

import pytest
from click.testing import CliRunner

from blazon import base58, cli, ed25519, leaks
from blazon.diagnostics import Place, Report
from blazon.keys import Secret
from mischief.attempts import lay_out

SEED = sha256(b"a key that strayed").digest()
PUBLIC = Secret(SEED).public
OTHER = sha256(b"a key of somebody else").digest()
DER = bytes.fromhex("302e020100300506032b657004220420")
DER_WITH_PUBLIC = bytes.fromhex("3051020101300506032b657004220420")
OPENSSH = b"openssh-key-v1\0\0\0\0\x04none\0\0\0\x04none" + bytes(16) + b"\0\0\0\x0bssh-ed25519"


def base64(data: bytes) -> str:
    return b64encode(data).decode()


def lines(text: str, width: int, margin: str = "") -> str:
    return indent(fill(text, width), margin)


def jwk(**members: str) -> str:
    return json.dumps({"kty": "OKP", "crv": "Ed25519", "x": urlsafe_b64encode(PUBLIC).decode().rstrip("="), **members})


def found(data: bytes | str, *publics: bytes) -> list[str]:
    """Where private keys are found in one file, of a program that has some keys."""
    report = Report()
    file = ("content/a.yaml", data.encode() if isinstance(data, str) else data)
    leaks.refuse_secrets([file], report, publics, lambda seed: Secret(seed).public)
    assert {one.code for one in report} <= {"secret-in-tree"}
    return [str(one.place) for one in report]


# What a seed looks like in text: found when it belongs to a key of the program.
OWN = {
    "in hex": SEED.hex(),
    "in hex with capitals": SEED.hex().upper(),
    "in hex after 0x": f"0x{SEED.hex()}",
    "in hex after a digit too many": f"0{SEED.hex()}",
    "in hex after a word and a hyphen": f"seed-{SEED.hex()}",
    "in hex with its public half": SEED.hex() + PUBLIC.hex(),
    "in hex behind its public half": PUBLIC.hex() + SEED.hex(),
    "in hex with its public half, amid much else": f"{'00' * 90}{SEED.hex()}{PUBLIC.hex()}{'ff' * 90}",
    "in hex with colons": SEED.hex(":"),
    "in hex with colons over lines": lines(SEED.hex(":").replace(":", ": "), 45, "    ").replace(": ", ":"),
    "in hex with spaces": SEED.hex(" "),
    "in hex with spaces between words": SEED.hex(" ", 4),
    "in hex with commas": SEED.hex(","),
    "in hex over lines": lines(SEED.hex(" "), 32).replace(" ", ""),
    "as an array of C": ", ".join(f"0x{byte:02x}" for byte in SEED),
    "as a string of C": "".join(f"\\x{byte:02x}" for byte in SEED),
    "in decimals": json.dumps(list(SEED)),
    "in decimals without gaps": json.dumps(list(SEED), separators=(",", ":")),
    "in decimals over lines": json.dumps(list(SEED), indent=12),
    "in decimals over a few lines": lines(", ".join(map(str, SEED)), 50, "    "),
    "in decimals, three digits each": ", ".join(f"{byte:03}" for byte in SEED),
    "in decimals of YAML": "".join(f"\n  - {byte}" for byte in SEED),
    "in decimals with spaces": f"[{' '.join(map(str, SEED))}]",
    "in decimals behind a number": f"32 {' '.join(map(str, SEED))}",
    "in decimals with its public half": json.dumps([*SEED, *PUBLIC]),
    "in decimals behind its public half": json.dumps([*PUBLIC, *SEED]),
    "in decimals with its public half, amid much else": json.dumps([*bytes(90), *SEED, *PUBLIC, *bytes(90)]),
    "in base64": base64(SEED),
    "in base64 without its end": base64(SEED).rstrip("="),
    "in base64 for addresses": urlsafe_b64encode(SEED).decode(),
    "in base64 with its public half": base64(SEED + PUBLIC),
    "in base64 over lines": "\n".join((base64(SEED)[:24], base64(SEED)[24:])),
    "in base64 over lines with a margin": "\n".join(("  " + base64(SEED)[:30], "  " + base64(SEED)[30:])),
    "in base64 with other line ends": "\r\n".join((base64(SEED)[:20], base64(SEED)[20:])),
    "in base64 over lines, amid much else": lines(" ".join(base64(bytes(50) + SEED + PUBLIC + bytes(50))), 121).replace(" ", ""),
    "in base58": base58.encode(SEED),
    "in base58 with its public half": base58.encode(SEED + PUBLIC),
    "in base58 after a path": f"keys/{base58.encode(SEED)}",
}  # fmt: skip

# What is a private key whoever it belongs to.
ANYBODYS = {
    "in PEM": "-----BEGIN PRIVATE KEY-----",
    "in PEM for OpenSSH": "-----BEGIN OPENSSH PRIVATE KEY-----",
    "in PEM for another curve": "-----BEGIN EC PRIVATE KEY-----",
    "in PEM with a passphrase": "-----BEGIN ENCRYPTED PRIVATE KEY-----",
    "of PuTTY": "PuTTY-User-Key-File-3: ssh-ed25519",
    "in our key file": "blazon-secret-key-1",
    "as Multikey": Secret(OTHER).one_line(),
    "as Multikey without its first letter": Secret(OTHER).one_line()[1:],
    "as JWK": jwk(d=urlsafe_b64encode(OTHER).decode().rstrip("=")),
    "as JWK in a string": json.dumps(jwk(d=urlsafe_b64encode(OTHER).decode().rstrip("="))),
    "as JWK in YAML": f"kty: OKP\n  d: {urlsafe_b64encode(OTHER).decode().rstrip('=')}",
    "as JWK of another curve": json.dumps({"d": urlsafe_b64encode(OTHER).decode().rstrip("="), "kty": "EC"}),
    "in PKCS #8 and base64": base64(DER + OTHER),
    "in PKCS #8 with its public half": base64(DER_WITH_PUBLIC + OTHER + b"\x81\x21\0" + PUBLIC),
    "in PKCS #8 and hex": (DER + OTHER).hex(),
    "in PKCS #8 and base64 over lines": "\n".join((base64(DER + OTHER)[:32], base64(DER + OTHER)[32:])),
    "of OpenSSH without its first line": base64(OPENSSH + bytes(60)),
}

INNOCENT = {
    "a public key in PEM": f"-----BEGIN PUBLIC KEY-----\n{base64(bytes.fromhex('302a300506032b6570032100') + PUBLIC)}\n",
    "a signature of SSH": f"-----BEGIN SSH SIGNATURE-----\n{base64(b'SSHSIG' + PUBLIC * 3)}\n-----END SSH SIGNATURE-----",
    "a public key of SSH": f"ssh-ed25519 {base64(b'..ssh-ed25519..' + PUBLIC)}",
    "a public key as Multikey": ed25519.write(PUBLIC),
    "a public key in hex, base64 and base58": f"{PUBLIC.hex()} {base64(PUBLIC)} {base58.encode(PUBLIC)}",
    "a public key in hex with colons": PUBLIC.hex(":"),
    "a public key as JWK": jwk(),
    "a public key as JWK beside another d": f'{{"d": "{"a" * 43}", "key": {jwk()}}}',
    "a public key in decimals": json.dumps(list(PUBLIC)),
    "numbers": json.dumps([number * 7 % 1000 for number in range(500)]),
    "numbers that are no bytes": json.dumps([*SEED[:16], 256, *SEED[16:]]),
    "numbers with fractions": json.dumps([number / 8 for number in SEED]),
    "days": "\n".join(f"2026-01-{day:02}" for day in range(1, 32)),
    "an identity": f"did:key:{ed25519.write(PUBLIC)}#{ed25519.write(PUBLIC)}",
    "a signature": base58.encode(sha512(b"signed").digest()),
    "digests": f"{sha256(b'').hexdigest()} sha256-{base64(sha256(b'').digest())} {sha512(b'').hexdigest()}",
    "a lock file": "\n".join(f"    --hash=sha256:{sha256(bytes([one])).hexdigest()} \\" for one in range(20)),
    "a lock file of npm": f'"integrity": "sha512-{base64(sha512(b"").digest())}"',
    "a program that speaks of keys": "PRIVATE KEY, openssh-key-v1, PuTTY, z3u2, kty and d: all of them are words",
    "what only begins like a Multikey": "z3u2" + "1" * 44,
    "a seed of no key in keys/": f"{OTHER.hex()} {base64(OTHER)} {base58.encode(OTHER)} {list(OTHER)}",
    "no more than a part of a seed": f"{SEED.hex()[:-2]} {base64(SEED)[:-3]} {list(SEED[:-1])}",
    "long prose": "a word and another word without any mark between them all " * 50,
    "a long line of hex": "00112233445566778899aabbccddeeff" * 500,
}  # fmt: skip


@pytest.mark.parametrize("form", [pytest.param(text, id=name) for name, text in OWN.items()])
def test_g1_the_seed_of_a_key_in_keys_is_found(form: str) -> None:
    assert len(found(f"name: Ada\nnote: {form}\n", PUBLIC)) == 1
    assert found(f"name: Ada\nnote: {form}\n", Secret(OTHER).public) == [], "nobody can tell it from a digest"


@pytest.mark.parametrize("form", [pytest.param(text, id=name) for name, text in ANYBODYS.items()])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-16-be", "utf-32-le"])
def test_g1_a_private_key_is_found_whoever_it_belongs_to(form: str, encoding: str) -> None:
    assert len(found(f"name: Ada\nnote: {form}\n".encode(encoding))) == 1


@pytest.mark.parametrize("text", [pytest.param(text, id=name) for name, text in INNOCENT.items()])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_what_is_no_private_key_is_left_alone(text: str, encoding: str) -> None:
    assert found(f"{text}\n".encode(encoding), PUBLIC) == []


@pytest.mark.parametrize("form", ["in hex", "in base64", "in base58", "in hex with colons", "in decimals"])
def test_a_seed_is_found_in_wide_text(form: str) -> None:
    assert len(found(OWN[form].encode("utf-16"), PUBLIC)) == 1


def test_a_place_is_said_once_and_the_value_never() -> None:
    pem = f"-----BEGIN PRIVATE KEY-----\n{base64(DER + SEED)}\n-----END PRIVATE KEY-----\n"
    own = jwk(d=urlsafe_b64encode(SEED).decode().rstrip("="))
    text = f"one: 1\n{pem}two: {SEED.hex()}\n\nthree: {own}\n"
    assert found(text, PUBLIC) == [
        "content/a.yaml:2:1",
        "content/a.yaml:5:6",
        f"content/a.yaml:7:{8 + own.index(chr(34) + 'd' + chr(34)) + 1}",
    ]
    report = Report()
    leaks.refuse_secrets([("a.yaml", text.encode())], report, {PUBLIC}, lambda seed: Secret(seed).public)
    said = "".join(one.as_text() + one.as_annotation() + json.dumps(one.as_json()) for one in report)
    assert not [part for part in (SEED.hex(), base64(SEED)[:20], base64(DER + SEED)[-20:]) if part in said]


@pytest.mark.parametrize(
    "data",
    [
        SEED,
        SEED + PUBLIC,
        PUBLIC + SEED,
        SEED + b"\n",
        b"\xff" * 1001 + SEED + PUBLIC + b"\xfe" * 77,
        b"\xff" * 1001 + DER + OTHER,
        b"\xff" * 1001 + OPENSSH,
    ],
    ids=["seed", "both", "both, turned", "line end", "both amid much", "PKCS #8 amid much", "OpenSSH amid much"],
)
def test_g1_a_key_is_found_in_a_file_that_is_no_text(data: bytes) -> None:
    assert found(data, PUBLIC) == ["content/a.yaml"]


@pytest.mark.parametrize("data", [OTHER, PUBLIC, OTHER + PUBLIC, bytes(5000), os.urandom(5000), b"", PUBLIC * 40])
def test_a_file_that_is_no_text_and_no_key_is_left_alone(data: bytes) -> None:
    assert found(data, PUBLIC) == []


def test_the_first_key_is_found_among_many() -> None:
    many = [Secret(sha256(bytes([one])).digest()).public for one in range(50)]
    assert len(found(SEED.hex(), *many, PUBLIC)) == 1
    assert found(SEED.hex(), *many) == []


def test_how_often_a_seed_is_tried_grows_with_the_file_and_no_faster() -> None:
    """The dearest part is to make a public key of what may be a seed, so that is counted: for text made to keep us busy too."""
    for text in (
        "0 " * 9000,
        "ab " * 9000,
        "ab\n" * 9000,
        "7, " * 9000,
        f"{list(OTHER)}\n" * 200,
        f"{OTHER.hex()}\n" * 400,
        f"{base64(OTHER)}\n" * 600,
        "A" * 27000,
    ):
        tried: list[bytes] = []

        def public_half(seed: bytes, tried: list[bytes] = tried) -> bytes:
            tried.append(seed)
            return Secret(seed).public

        leaks.refuse_secrets([("a", text.encode())], Report(), {PUBLIC}, public_half)
        assert len(tried) <= len(text) // 40


SECRET_LINE = Secret(OTHER).one_line() + "\n"


def check(root: Path) -> tuple[int, str]:
    result = CliRunner().invoke(cli.blazon, ["-C", str(root), "check", "--today", "2026-06-01"])
    assert OTHER.hex() not in result.output
    assert SECRET_LINE.strip() not in result.output
    return result.exit_code, result.output


@pytest.mark.parametrize(
    "path",
    [
        ".env", "notes.txt", "id_ed25519", "keys/key-1.yaml", "themes/own/static/site.js", "docs/how-we-sign.md",
        "docs/old/key.bak", ".github/workflows/publish.yml",
    ],
)  # fmt: skip
def test_g1_a_key_is_found_wherever_git_would_publish_it(tmp_path: Path, path: str) -> None:
    lay_out(tmp_path, {})
    assert check(tmp_path)[0] == 0, "the twin"
    place = tmp_path / path
    place.parent.mkdir(parents=True, exist_ok=True)
    before = place.read_text() if place.exists() else ""
    place.write_text(f"{before}# {SECRET_LINE}")
    code, said = check(tmp_path)
    assert (code, said.count("[secret-in-tree]")) == (1, 1)
    assert f"{path}:{before.count(chr(10)) + 1}:3: error: a private key stands here" in said


@pytest.mark.parametrize("path", [".git/config", "dist/index.html", ".venv/lib/key.pem", "node_modules/one/key.pem"])
def test_what_git_does_not_publish_is_not_searched(tmp_path: Path, path: str) -> None:
    lay_out(tmp_path, {path: SECRET_LINE})
    assert check(tmp_path)[0] == 0


def test_the_search_follows_nothing_and_waits_for_nothing(tmp_path: Path) -> None:
    root = tmp_path / "program"
    lay_out(root, {})
    (tmp_path / "outside.txt").write_text(SECRET_LINE)
    (root / "linked.txt").symlink_to("../outside.txt")
    (root / "docs").symlink_to("..")
    (root / ".github").mkdir()
    (root / ".github/linked").symlink_to("../..")
    os.mkfifo(root / ".github/pipe")
    os.mkfifo(root / "pipe")
    assert check(root)[0] == 0


def test_of_a_large_file_beside_the_content_the_first_bytes_are_searched(tmp_path: Path) -> None:
    lay_out(tmp_path, {"video.mp4": b"\xff" * (1 << 20) + SECRET_LINE.encode()})
    assert check(tmp_path)[0] == 0
    (tmp_path / "video.mp4").write_bytes(b"\xff" * 1000 + SECRET_LINE.encode() + b"\xff" * (1 << 20))
    assert check(tmp_path)[0] == 1


def test_a_file_that_cannot_be_read_is_not_passed_over(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    lay_out(tmp_path, {"notes.txt": "mine\n"})
    really = os.open

    def refusing(path: str | Path, *rest: int, **named: int) -> int:
        if str(path).endswith("notes.txt"):
            raise PermissionError(13, "Permission denied")
        return really(path, *rest, **named)

    monkeypatch.setattr(os, "open", refusing)
    code, said = check(tmp_path)
    assert (code, "notes.txt cannot be read: permission denied" in said) == (3, True)


def test_a_place_has_no_line_in_a_file_that_is_no_text() -> None:
    report = Report()
    leaks.refuse_secrets([("keys/raw", DER + OTHER)], report)
    assert [one.place for one in report] == [Place("keys/raw")]
