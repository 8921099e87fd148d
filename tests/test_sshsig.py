"""SSH signatures and keys: what OpenSSH writes is read, and what is a byte away from it is not. OpenSSH itself is asked too."""

from __future__ import annotations

import json
import subprocess
from dataclasses import fields, replace
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

import sshbook
import storybook
from blazon import address, jsontext, site, sshsig
from blazon.diagnostics import Report
from blazon.keys import verify
from blazon.load import load
from blazon.model import Award, Evidence, Part, Party, Program, Recipient, Revocation
from blazon.sshsig import string
from blazon.statement import NAMESPACE, statement

MESSAGE = b'{"a":1}'
KIM = sshbook.secret_of("kim")
RSA = string(b"ssh-rsa") + string(b"\1\0\1") + string(b"\0" + b"\xc3" * 256)


def holds(text: str, message: bytes = MESSAGE) -> bool:
    """Whether a signature is kim's over a message, made for reviews."""
    try:
        signature = sshsig.read(text)
    except ValueError:
        return False
    right = verify(signature.key, signature.signature, signature.payload(message))
    return right and signature.key == KIM.public and signature.namespace == NAMESPACE


def made(**parts: bytes) -> str:
    """A signature with parts of its own."""
    found = {
        "magic": b"SSHSIG",
        "version": b"\0\0\0\1",
        "key": sshbook.public_blob(KIM.public),
        "namespace": NAMESPACE.encode(),
        "reserved": b"",
        "hash": b"sha512",
        "signature": string(b"ssh-ed25519") + string(bytes(64)),
        "end": b"",
    } | parts
    strings = b"".join(string(found[name]) for name in ("key", "namespace", "reserved", "hash", "signature"))
    return sshbook.armored(found["magic"] + found["version"] + strings + found["end"])


@pytest.mark.parametrize("algorithm", ["sha512", "sha256"])
def test_a_signature_is_read_and_holds_for_its_message_only(algorithm: str) -> None:
    text = sshbook.sign("kim", MESSAGE, algorithm=algorithm)
    assert holds(text)
    assert holds(text.removesuffix("\n"))
    assert not holds(text, MESSAGE + b"\n")
    assert not holds(sshbook.sign("ana", MESSAGE))
    assert not holds(sshbook.sign("kim", MESSAGE, namespace="file"))


def test_no_flipped_bit_passes() -> None:
    whole = sshbook.blob(KIM, MESSAGE)
    for position in range(len(whole)):
        for bit in range(8):
            flipped = bytearray(whole)
            flipped[position] ^= 1 << bit
            assert not holds(sshbook.armored(bytes(flipped))), (position, bit)


def test_no_part_of_a_signature_passes() -> None:
    whole = sshbook.blob(KIM, MESSAGE)
    assert not any(holds(sshbook.armored(whole[:size])) for size in range(len(whole)))
    assert not any(holds(sshbook.armored(whole + more)) for more in (b"\0", b"\0\0\0\0", whole))


@pytest.mark.parametrize(
    ("text", "why"),
    [
        (made(magic=b"SSHSIX"), "it is no SSH signature of version 1"),
        (made(version=b"\0\0\0\2"), "it is no SSH signature of version 1"),
        (made(reserved=b"x"), "something stands in it where nothing may stand yet"),
        (made(hash=b"sha1"), "its hash is neither sha512 nor sha256"),
        (made(end=b"\0"), "something stands after its end"),
        (made(key=RSA), "it is of an RSA key, and reviews are signed with Ed25519"),
        (made(key=string(b"ssh-ed25519") + string(KIM.public[:31])), "it has 31 bytes in place of 32"),
        (made(key=sshbook.public_blob(KIM.public) + b"\0"), "something stands after its end"),
        (made(key=sshbook.public_blob(bytes(32))), "it is one of the few keys that fit a signature on any message"),
        (made(key=string(b"sk-ssh-ed25519@openssh.com") + string(KIM.public)), "its key is not of the kind ssh-ed25519"),
        (made(signature=string(b"rsa-sha2-512") + string(bytes(64))), "it is of an RSA key, and reviews are signed with Ed25519"),
        (made(signature=string(b"ssh-ed25519") + string(bytes(63))), "it has 63 bytes in place of 64"),
        (made(signature=b""), "its key is not of the kind ssh-ed25519"),
        ("signed, Kim", "it is not written as ssh-keygen writes signatures"),
        (f" {made()}", "it is not written as ssh-keygen writes signatures"),
        (f"{made()}\n", "it is not written as ssh-keygen writes signatures"),
        (made().replace("U1NIU0lH", "U1NIU0l="), "it is not base64"),
        (made(end=b"\0\0").replace("A=\n", "B=\n"), "it is not base64 as everybody writes it"),
    ],
)  # fmt: skip
def test_what_is_wrong_with_a_signature_is_said(text: str, why: str) -> None:
    with pytest.raises(ValueError, match=why):
        sshsig.read(text)


def test_keys_are_read_with_and_without_a_comment() -> None:
    line = sshbook.line_of("kim")
    assert sshsig.read_key(line) == sshsig.read_key(f"{line} kim's laptop, the old one") == KIM.public
    assert sshsig.write_key(KIM.public) == line


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("ssh-rsa AAAA kim", "it is an RSA key, and reviews are signed with Ed25519"),
        ("ssh-ed25519", "its key is not of the kind ssh-ed25519"),
        (sshbook.line_of("kim").removeprefix("ssh-ed25519 "), "it does not begin with ssh-ed25519"),
        (sshbook.line_of("kim").replace(" ", "  "), "its key is not of the kind ssh-ed25519"),
        (sshbook.line_of("kim") + "A", "it is not base64"),
        (sshbook.line_of("kim") + "AAAA", "something stands after its end"),
        (sshbook.line_of("kim")[:-4], "it is cut off"),
        (sshsig.write_key(bytes(32)), "it is one of the few keys that fit a signature on any message"),
        (sshsig.write_key(b"\xff" * 32), "it is not in canonical form"),
        (sshsig.write_key((2).to_bytes(32, "little")), "it is no point of the curve"),
    ],
)
def test_what_is_wrong_with_a_key_is_said(line: str, why: str) -> None:
    with pytest.raises(ValueError, match=why):
        sshsig.read_key(line)


# What is signed


def program() -> Program:
    """The program of the stories."""
    report = Report()
    found = load({path: text.removeprefix("\n").encode() for path, text in storybook.base().items()}, report)
    assert found is not None
    return found


def test_the_statement_is_what_it_was() -> None:
    one = program()
    (award,) = one.awards
    text = statement(one, award, one.achievement_of(award), award.reviews[0]).decode()
    assert text == (
        '{"award":{"badge":"soldering","did":"Soldered ten joints.",'
        '"earner":"737b8f232f8a5c576ca722e6d3655dffac8ae09d51b2406a8081042b10cd44c3","id":"r6qlhtaxbe5jckv3xsjm33eyou",'
        '"name":"Ada Example","status_index":41873,"version":1},"form":"blazon-review-1","issuer":"Example Makers",'
        '"review":{"conflict":"none","date":"2026-05-30T00:00:00Z","decision":"approve","reviewer":"kim","scores":{"joints":"Good"}}}'
    )


# What comes after the review, what the earner decides, where things stand in files, and what the badge tells.
LATER = frozenset(
    [
        "slug",
        "reviews",
        "feedback",
        "issued",
        "revoked",
        "suspended",
        "supersedes",
        "erased",
        "place",
        "places",
        "unread",
    ]
)
DAY = datetime(2026, 5, 1, tzinfo=UTC)
OTHER: dict[str, Any] = {
    "id": "z6qlhtaxbe5jckv3xsjm33eyou",
    "status_index": 5,
    "evidence": (Evidence("A photo"),),
    "scores": {"joints": "Good"},
    "parts": (Part("gpqs45z552uhrim7ptspdg7h3a"),),
    "recipient": Recipient(id="https://ada.example.org/"),
    "source": Party("https://school.example/", "School"),
    "credit": Decimal(1),
    **dict.fromkeys(("started", "ended", "expires"), DAY),
    **dict.fromkeys(
        ("earner", "name", "did", "role", "summary", "alt", "prior_learning", "waiver", "term", "locale"), "Other"
    ),
}


def said(award: Award, number: int = 0, **changes: Any) -> bytes:
    """What the signature of a review is over, with changes to the badge."""
    one = program()
    return statement(one, award, replace(one.achievements["soldering"], **changes), award.reviews[number])


@pytest.fixture(scope="module")
def award() -> Award:
    """The award of the stories."""
    return program().awards[0]


def test_every_field_of_an_award_is_signed_or_comes_later() -> None:
    assert {field.name for field in fields(Award)} - LATER == OTHER.keys() | {"achievement", "version"}


@pytest.mark.parametrize("name", OTHER)
def test_whatever_an_award_states_is_signed(award: Award, name: str) -> None:
    assert said(replace(award, **{name: OTHER[name]})) != said(award)


def test_the_badge_and_its_version_are_signed_however_the_award_names_it(award: Award) -> None:
    assert len({said(award), said(award, slug="sawing"), said(award, version=2)}) == 3
    assert said(replace(award, version=1)) == said(award)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("reviewer", "ana"),
        ("date", DAY),
        ("conflict", "A friend."),
        ("waived_by", "ana"),
        ("scores", {"joints": "Cold"}),
        ("note", "Well done."),
        ("decision", "decline"),
    ],
)
def test_whatever_a_review_says_is_signed(award: Award, name: str, value: Any) -> None:
    changed = replace(award.reviews[0], **{name: value})
    assert said(replace(award, reviews=(changed,))) != said(award)
    assert {field.name for field in fields(changed)} == {
        *("reviewer", "date", "conflict", "waived_by", "scores", "note", "decision"),
        *("signature", "place", "places"),
    }


@pytest.mark.parametrize("name", [field.name for field in fields(Evidence)])
def test_all_of_evidence_is_signed_and_nothing_secret_of_what_is_private(award: Award, name: str) -> None:
    one = Evidence("Photo")
    value: Any = True if name == "private" else "ab" * 32
    other = replace(one, **{name: value})
    assert said(replace(award, evidence=(one,))) != said(replace(award, evidence=(other,)))
    secret = replace(other, private=True)
    is_shown = name in {"title", "kind", "setting", "sha256", "private"}
    assert (
        said(replace(award, evidence=(secret,))) != said(replace(award, evidence=(replace(one, private=True),)))
    ) is (is_shown and name != "private")


def test_what_comes_later_is_not_signed(award: Award) -> None:
    later = replace(award, issued=None, feedback="Well done.", revoked=Revocation(DAY, "A mistake."), supersedes="x")
    assert said(later) == said(award)
    assert said(replace(award, reviews=award.reviews[:1])) == said(award)


def test_the_name_of_an_earner_s_folder_is_not_in_it(award: Award) -> None:
    assert b"maria-secret" not in said(replace(award, earner="maria-secret"))


# OpenSSH itself


@pytest.fixture(scope="module")
def key(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A key that ssh-keygen made; its public half is beside it."""
    path = tmp_path_factory.mktemp("ssh") / "key"
    subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", "a comment", "-f", path], check=True)
    return path


def test_what_ssh_keygen_signs_is_read(key: Path) -> None:
    for options in ([], ["-O", "hashalg=sha256"]):
        command = ["ssh-keygen", "-q", "-Y", "sign", "-n", NAMESPACE, *options, "-f", str(key)]
        text = subprocess.run(command, input=MESSAGE, capture_output=True, check=True).stdout.decode()
        signature = sshsig.read(text)
        assert signature.key == sshsig.read_key(key.with_suffix(".pub").read_text().rstrip("\n"))
        assert verify(signature.key, signature.signature, signature.payload(MESSAGE))


def test_a_stranger_checks_a_published_review_with_ssh_keygen(award: Award, tmp_path: Path) -> None:
    one = program()
    signed = replace(award.reviews[0], note="Zoë – “good” \U0001f9f5\n\tsaid she.")
    signed = replace(
        signed, signature=sshbook.sign("kim", statement(one, award, one.achievements["soldering"], signed))
    )
    record = site.review_record(one, address.plan_of(one), replace(award, reviews=(signed, award.reviews[1])))
    review, unsigned = json.loads(jsontext.write(record))["reviews"]
    assert unsigned.keys().isdisjoint({"signature", "key", "signed"})
    # As docs/reference/reviews.md says.
    (tmp_path / "signature").write_text(review["signature"])
    (tmp_path / "allowed").write_text(f"{review['reviewer']} {review['key']}\n")
    command = ["ssh-keygen", "-Y", "verify", "-f", "allowed", "-I", "kim", "-n", "blazon-review", "-s", "signature"]
    for message, code in ((review["signed"].encode(), 0), (review["signed"].encode() + b" ", 255)):
        found = subprocess.run(command, input=message, cwd=tmp_path, capture_output=True, check=False)
        assert found.returncode == code, found
