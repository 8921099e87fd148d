"""Verification: the hostile cases H1 to H35 of our security rules, each beside a badge that differs only in the hostile part and passes."""

from __future__ import annotations

import copy
import json
import socket
import time
import tracemalloc
import zlib
from base64 import urlsafe_b64encode
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

import pytest

from blazon import bake, base58, ed25519, fields, jsontext, keys, lookup, proof
from blazon.jsontext import Unreadable
from blazon.keys import Secret
from blazon.lookup import Given, Published, Several
from blazon.outcome import Outcome, Verdict, overall
from blazon.verify import MOST_ENDORSEMENTS, verify
from strangers import (
    ASSERTION,
    BASE,
    DID,
    KEY_DOCUMENT,
    METHOD,
    NOW,
    PNG,
    SECRET,
    STATUS_LIST,
    STRANGER,
    SVG,
    Change,
    Json,
    award,
    bits,
    changed,
    digest,
    encoded,
    multibase,
    png_chunk,
    put,
    seal,
    sources,
    status_list,
    text,
    vector,
    without,
)

PASSED, FAILED, UNDECIDED = Verdict.PASSED, Verdict.FAILED, Verdict.UNDECIDED
STEPS = ["readable", "format", "proof", "issuer", "dates", "status"]
ORDER = 2**252 + 27742317777372353535851937790883648493  # of Ed25519's base point (RFC 8032 §5.1)

AWARD = award()
EMBEDDED = jsontext.embeddable(AWARD)
COPY = jsontext.embeddable(vector("assertion-a7f3"))


def told(outcomes: tuple[Outcome, ...]) -> dict[str, Verdict]:
    """The verdict of each step that did not pass."""
    return {one.step: one.verdict for one in outcomes if one.verdict is not PASSED}


def look(document: Json | bytes, at: Given | None = None, now: datetime = NOW) -> dict[str, Verdict]:
    """What did not pass about a document."""
    data = document if isinstance(document, bytes) else text(document)
    return told(verify(data, at or sources(), now))


# What passes


@pytest.mark.parametrize("name", ["award-a7f3", "award-b81c"])
def test_the_examples_pass_every_step(name: str) -> None:
    outcomes = verify(text(vector(name)), sources(), NOW)
    assert [one.step for one in outcomes][:6] == STEPS
    assert told(outcomes) == {}
    assert overall(outcomes) is PASSED


def test_an_endorsement_inside_is_a_step_of_its_own() -> None:
    outcomes = verify(text(vector("award-b81c")), sources(), NOW)
    assert outcomes[-1] == Outcome("endorsement", PASSED, "an endorsement in it is signed by whoever gave it.")


@pytest.mark.parametrize(
    "data", [bake.bake_png(PNG, EMBEDDED, COPY), bake.bake_svg(SVG, EMBEDDED, COPY)], ids=["PNG", "SVG"]
)
def test_a_picture_passes_every_step(data: bytes) -> None:
    outcomes = verify(data, sources(), NOW)
    assert [one.step for one in outcomes] == [*STEPS, "picture", "hosted"]
    assert told(outcomes) == {}


def test_sentences_are_short_and_plain() -> None:
    outcomes = verify(bake.bake_png(PNG, EMBEDDED, COPY), sources(), NOW)
    assert [one.sentence for one in outcomes] == [
        "it is a credential inside a picture.",
        "every word in it is one that the standards define.",
        "it is unchanged since it was signed.",
        'the key that signed it is listed by "did:web:badges.example.org:academy".',
        "it counts from 1 March 2026 and does not expire.",
        "the issuer's list of 1 March 2026 does not name it.",
        "the picture is the one that was signed.",
        "the Open Badges 2.0 copy is what its issuer published.",
    ]


def test_the_second_key_of_an_issuer_is_as_good_as_the_first() -> None:
    document = vector("did")
    document["verificationMethod"][1]["publicKeyMultibase"] = ed25519.write(STRANGER.public)
    badge = seal(AWARD, STRANGER, verificationMethod=f"{DID}#key-2")
    assert look(badge, sources(keys=text(document))) == {}


def test_a_badge_without_a_status_entry_passes() -> None:
    assert look(award(without("credentialStatus")), sources(status=None)) == {}


# H1, H2: nothing can be changed


def test_a_flipped_bit_never_passes() -> None:
    data = jsontext.compact(vector("award-a7f3")).encode()
    for at in range(0, len(data) * 8, 7):
        flipped = bytearray(data)
        flipped[at >> 3] ^= 1 << (at & 7)
        assert overall(verify(bytes(flipped), sources(), NOW)) is not PASSED, at


@pytest.mark.parametrize(
    "data", [bake.bake_png(PNG, EMBEDDED, COPY), bake.bake_svg(SVG, EMBEDDED, COPY)], ids=["PNG", "SVG"]
)
def test_a_flipped_bit_in_a_picture_never_passes(data: bytes) -> None:
    at_hand = sources()
    for at in range(0, len(data) * 8, 29):
        flipped = bytearray(data)
        flipped[at >> 3] ^= 1 << (at & 7)
        assert overall(verify(bytes(flipped), at_hand, NOW)) is not PASSED, at


def test_a_deleted_byte_never_passes() -> None:
    data = jsontext.compact(vector("award-a7f3")).encode()
    for at in range(len(data)):
        assert overall(verify(data[:at] + data[at + 1 :], sources(), NOW)) is not PASSED, at


REPLACEMENTS: list[Any] = [
    None,
    True,
    False,
    0,
    1,
    -1,
    1.5,
    "",
    "x",
    "https://example.org/",
    [],
    {},
    ["x"],
    {"id": DID},
]


def places(value: object, path: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:
    """The path to every value in a document."""
    if path:
        yield path
    if isinstance(value, dict):
        for name, one in value.items():
            yield from places(one, (*path, name))
    elif isinstance(value, list):
        for number, one in enumerate(value):
            yield from places(one, (*path, number))


def at(document: Any, path: tuple[str | int, ...]) -> Any:
    """The value at a path."""
    for step in path:
        document = document[step]
    return document


def mutants(document: Json) -> Iterator[tuple[str, Json]]:
    """A document with each value removed, replaced, wrapped and extended in turn."""
    for path in places(document):
        value = at(document, path)
        yield f"without {path}", changed(document, without(*path))
        for other in (*REPLACEMENTS, [value], {"id": value}, {"@value": value}, str(value), json.dumps(value)):
            yield f"{path} = {other!r}", changed(document, put(other, *path))
        if isinstance(value, list):
            for other in (*value, "x", {}, []):
                yield f"{path} and {other!r}", changed(document, put([*value, other], *path))
            yield f"{path} unwrapped", changed(document, put(value[0], *path))
        elif isinstance(value, dict):
            names = (
                "@index",
                "@foo",
                "@id",
                "@type",
                "undefined",
                "name",
                "description",
                "type",
                "@context",
                "image",
                "tag",
            )
            for name in names:
                for other in (None, [], "x", "Image", document["@context"]):
                    if name not in value:
                        yield f"{path} with {name} {other!r}", changed(document, put(other, *path, name))


def with_list_of_proofs(value: Any) -> Any:
    """A value in which each proof stands in a list: one on its own says the same, and many issuers write it so."""
    if isinstance(value, list):
        return [with_list_of_proofs(one) for one in value]
    if not isinstance(value, dict):
        return value
    return {
        name: [one] if name == "proof" and isinstance(one, dict) else with_list_of_proofs(one)
        for name, one in value.items()
    }


@pytest.mark.parametrize("document", [vector("award-a7f3"), vector("award-b81c"), AWARD], ids=["a7f3", "b81c", "ours"])
def test_a_changed_value_never_passes(document: Json) -> None:
    original = jsontext.ordered(document)
    at_hand = sources()
    for name, mutant in mutants(document):
        if jsontext.ordered(with_list_of_proofs(mutant)) != original:
            assert overall(verify(json.dumps(mutant).encode(), at_hand, NOW)) is not PASSED, name


# H3 to H25, H27 to H36: one case, one expectation


def proof_of(badge: Json) -> Json:
    """The first proof of a badge."""
    found: Json = badge["proof"][0]
    return found


def signature_of(badge: Json) -> bytes:
    """The 64 bytes of a badge's signature."""
    return base58.decode(proof_of(badge)["proofValue"][1:])


def with_signature(value: str) -> Json:
    """The badge with another signature."""
    return changed(AWARD, put(value, "proof", 0, "proofValue"))


SIGNATURE = signature_of(AWARD)
PLUS_ORDER = SIGNATURE[:32] + (int.from_bytes(SIGNATURE[32:], "little") + ORDER).to_bytes(32, "little")

UNSIGNED_CHANGES: dict[str, tuple[Json, dict[str, Verdict]]] = {
    "H3 no proof": (changed(AWARD, without("proof")), {"proof": FAILED, "issuer": UNDECIDED}),
    "H3 an empty list": (changed(AWARD, put([], "proof")), {"proof": FAILED, "issuer": UNDECIDED}),
    "H3 a text": (changed(AWARD, put("x", "proof")), {"format": UNDECIDED, "proof": FAILED, "issuer": UNDECIDED}),
    "H4 the proof of another award": (changed(AWARD, put(vector("award-b81c")["proof"], "proof")), {"proof": FAILED}),
    "H5 signed by another key": (seal(AWARD, STRANGER), {"proof": FAILED}),
    "H5 a key that is not listed": (
        seal(AWARD, verificationMethod=f"{DID}#key-9"),
        {"proof": UNDECIDED, "issuer": FAILED},
    ),
    "H7 a key on another host": (
        seal(AWARD, verificationMethod="did:web:other.example#key-1"),
        {"proof": UNDECIDED, "issuer": FAILED},
    ),
    "H8 another purpose": (seal(AWARD, proofPurpose="authentication"), {"proof": FAILED}),
    "H9 an unknown suite": (seal(AWARD, cryptosuite="eddsa-jcs-2022"), {"proof": UNDECIDED}),
    "H9 an old suite": (
        changed(AWARD, put("Ed25519Signature2020", "proof", 0, "type")),
        {"format": UNDECIDED, "proof": UNDECIDED},
    ),
    "H11 another context": (
        changed(AWARD, put("https://www.w3.org/2018/credentials/v1", "@context", 0)),
        {"format": UNDECIDED, "proof": UNDECIDED},
    ),
    "H11 another order": (
        changed(AWARD, put(AWARD["@context"][::-1], "@context")),
        {"format": UNDECIDED, "proof": UNDECIDED},
    ),
    "H11 one more": (
        changed(AWARD, put([*AWARD["@context"], "https://example.org/"], "@context")),
        {"format": UNDECIDED, "proof": UNDECIDED},
    ),
    "H12 an inline context": (
        changed(AWARD, put([*AWARD["@context"], {"name": "https://example.org/"}], "@context")),
        {"format": UNDECIDED, "proof": UNDECIDED},
    ),
    "H12 an inline context inside": (
        changed(AWARD, put({"name": "https://example.org/"}, "credentialSubject", "@context")),
        {"format": UNDECIDED, "proof": UNDECIDED},
    ),
    "H12 the same contexts inside": (
        changed(AWARD, put(AWARD["@context"], "credentialSubject", "@context")),
        {"format": UNDECIDED},
    ),
    "H13 an undefined term": (
        changed(AWARD, put("A", "credentialSubject", "grade")),
        {"format": FAILED, "proof": UNDECIDED},
    ),
    "H14 null": (changed(AWARD, put(None, "validUntil")), {"format": UNDECIDED, "proof": UNDECIDED, "dates": FAILED}),
    "H14 an empty list": (changed(AWARD, put([], "evidence")), {"format": UNDECIDED, "proof": UNDECIDED}),
    "H14 an index": (
        changed(AWARD, put("a", "credentialSubject", "@index")),
        {"format": FAILED, "proof": UNDECIDED},
    ),
    "H14 something with an at sign": (
        changed(AWARD, put("a", "credentialSubject", "@foo")),
        {"format": FAILED, "proof": UNDECIDED},
    ),
    "a word twice in a list": (
        changed(AWARD, put(["robotics", "robotics"], "credentialSubject", "achievement", "tag")),
        {"format": UNDECIDED},
    ),
    "H16 base64": (with_signature("u" + proof_of(AWARD)["proofValue"][1:]), {"proof": FAILED}),
    "H16 a space": (with_signature(proof_of(AWARD)["proofValue"] + " "), {"proof": FAILED}),
    "H16 a zero": (with_signature(proof_of(AWARD)["proofValue"][:-1] + "0"), {"proof": FAILED}),
    "H16 63 bytes": (with_signature("z" + base58.encode(SIGNATURE[:-1])), {"proof": FAILED}),
    "H16 65 bytes": (with_signature("z" + base58.encode(SIGNATURE + b"\0")), {"proof": FAILED}),
    "H16 a leading one": (with_signature("z1" + base58.encode(SIGNATURE)), {"proof": FAILED}),
    "H17 S and the order": (with_signature("z" + base58.encode(PLUS_ORDER)), {"proof": FAILED}),
    "an earlier proof": (
        changed(AWARD, put("urn:uuid:1", "proof", 0, "previousProof")),
        {"proof": UNDECIDED},
    ),
    "five proofs": (
        changed(AWARD, put(AWARD["proof"] * 5, "proof")),
        {"format": UNDECIDED, "proof": UNDECIDED, "issuer": UNDECIDED},
    ),
    "a second proof that is wrong": (
        changed(AWARD, put([*AWARD["proof"], proof_of(seal(AWARD, STRANGER))], "proof")),
        {"proof": FAILED},
    ),
}


@pytest.mark.parametrize("name", UNSIGNED_CHANGES)
def test_hostile_changes(name: str) -> None:
    badge, expected = UNSIGNED_CHANGES[name]
    assert look(badge) == expected


def test_two_right_proofs_pass() -> None:
    second = proof_of(seal(AWARD, created="2026-03-02T09:00:00Z"))
    assert look(changed(AWARD, put([*AWARD["proof"], second], "proof"))) == {}


# Everything that is signed by the issuer itself, and still does not pass; the twin of all of them is AWARD.
SIGNED: dict[str, tuple[Change, dict[str, Verdict]]] = {
    "H20 expired a second ago": (put("2026-11-23T11:59:59Z", "validUntil"), {"dates": FAILED}),
    "H20 begins in an hour": (put("2026-11-23T13:00:00Z", "validFrom"), {"dates": FAILED}),
    "ends before it begins": (put("2026-02-01T09:00:00Z", "validUntil"), {"dates": FAILED}),
    "never begins": (without("validFrom"), {"dates": FAILED}),
    "H25 a place out of range": (put("131072", "credentialStatus", "statusListIndex"), {"status": UNDECIDED}),
    "H25 a negative place": (put("-1", "credentialStatus", "statusListIndex"), {"status": UNDECIDED}),
    "H25 a place with an exponent": (put("1e5", "credentialStatus", "statusListIndex"), {"status": UNDECIDED}),
    "H25 a place with zeros": (put("007", "credentialStatus", "statusListIndex"), {"status": UNDECIDED}),
    "H25 a place in other digits": (put("７", "credentialStatus", "statusListIndex"), {"status": UNDECIDED}),
    "H25 a place that is a number": (put(7, "credentialStatus", "statusListIndex"), {"status": UNDECIDED}),
    "H22 withdrawn": (put("77", "credentialStatus", "statusListIndex"), {"status": FAILED}),
    "another kind of list": (put("refresh", "credentialStatus", "statusPurpose"), {"status": UNDECIDED}),
    "two bits an entry": (put(2, "credentialStatus", "statusSize"), {"status": UNDECIDED}),
    "the list's address as the entry's": (put(STATUS_LIST, "credentialStatus", "id"), {"status": UNDECIDED}),
    "a list somewhere else": (
        put("https://other.example/list.json", "credentialStatus", "statusListCredential"),
        {"status": UNDECIDED},
    ),
    "H29 an identity elsewhere": (put("https://other.example/awards/a7f3/credential.json", "id"), {"issuer": FAILED}),
    "H29 an identity beside": (put("https://badges.example.org/academyx/a.json", "id"), {"issuer": FAILED}),
    "a host that begins like ours": (put("https://badges.example.org.evil.example/", "id"), {"issuer": FAILED}),
    "not a badge": (put(["VerifiableCredential"], "type"), {"format": UNDECIDED}),
    "a type in a list where a word belongs": (
        put(["Image"], "credentialSubject", "achievement", "image", "type"),
        {"format": UNDECIDED},
    ),
    "somebody else": (
        put("did:web:other.example", "issuer", "id"),
        {"proof": UNDECIDED, "issuer": FAILED, "status": UNDECIDED},
    ),
    "criteria as an address": (
        put("https://badges.example.org/academy/badges/robotics-1/", "credentialSubject", "achievement", "criteria"),
        {"format": UNDECIDED},
    ),
    "truth as a text": (put("true", "credentialSubject", "identifier", 0, "hashed"), {"format": UNDECIDED}),
}


@pytest.mark.parametrize("name", SIGNED)
def test_what_the_issuer_signed_may_still_not_pass(name: str) -> None:
    change, expected = SIGNED[name]
    assert look(award(change)) == expected


BAD_DATES = (
    *("2026-03-01T09:00:00+00:00", "2026-03-01T09:00:00z", "2026-03-01T09:00:00", "2026-03-01", "2026-03-01T24:00:00Z"),
    *(
        "2026-03-01T09:00:60Z",
        "2026-W09-7T09:00:00Z",
        "２０２６-03-01T09:00:00Z",
        "2026-02-30T09:00:00Z",
        " 2026-03-01T09:00:00Z",
    ),
    *(
        "2026-03-01T09:00:00Z\n",
        "2026-3-1T9:00:00Z",
        "0000-01-01T00:00:00Z",
        "2026-03-01T09:00:00.5Z",
        "March 2026",
        "",
    ),
)


@pytest.mark.parametrize("date", BAD_DATES)
def test_h21_a_date_in_another_form_fails(date: str) -> None:
    assert look(award(put(date, "validFrom"))) == {"dates": FAILED}
    assert look(award(put(date, "awardedDate"))) == {"dates": FAILED}
    assert look(seal(AWARD, created=date)) == {"dates": FAILED}


def test_clocks_may_differ_by_five_minutes_for_what_begins_and_not_for_what_ends() -> None:
    begins = award(put("2026-11-23T12:04:59Z", "validFrom"))
    assert look(begins) == {}
    assert look(begins, now=NOW - timedelta(seconds=2)) == {"dates": FAILED}
    ends = award(put("2026-11-23T12:00:00Z", "validUntil"))
    assert look(ends) == {}
    assert look(ends, now=NOW + timedelta(seconds=1)) == {"dates": FAILED}
    assert look(seal(AWARD, created="2026-11-23T13:00:00Z")) == {"dates": FAILED}


def test_the_zone_of_now_does_not_matter() -> None:
    assert look(AWARD, now=datetime.fromisoformat("2026-11-23T23:00:00+11:00")) == {}


# Keys


def key_document(*changes: Change) -> bytes:
    """The key document, changed."""
    return text(changed(vector("did"), *changes))


def multikey(data: bytes) -> str:
    """Bytes as a Multikey."""
    return "z" + base58.encode(data)


METHOD_0 = ("verificationMethod", 0)
LOW_ORDER = bytes.fromhex("0100000000000000000000000000000000000000000000000000000000000000")
TOO_LARGE_Y = bytes.fromhex("eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f")

WEB_X = urlsafe_b64encode(SECRET.public).decode().rstrip("=")


def web_key(**members: str) -> bytes:
    """The key document with its first key as a JSON Web Key, which has these members too."""
    jwk = {"kty": "OKP", "crv": "Ed25519", "x": WEB_X, **members}
    return key_document(
        put("JsonWebKey2020", *METHOD_0, "type"),
        put(jwk, *METHOD_0, "publicKeyJwk"),
        without(*METHOD_0, "publicKeyMultibase"),
    )


def ended(name: str, moment: object, *changes: Change) -> bytes:
    """The key document whose first key expires or is revoked at a moment."""
    return key_document(put(moment, *METHOD_0, name), *changes)


ENDED = {"issuer": UNDECIDED, "status": UNDECIDED}
LATE = {"issuer": FAILED, "status": UNDECIDED}

KEY_DOCUMENTS: dict[str, tuple[bytes | None, dict[str, Verdict]]] = {
    "H6 not for stating": (
        key_document(put([f"{DID}#key-2"], "assertionMethod")),
        {"issuer": FAILED, "status": UNDECIDED},
    ),
    "H6 no list at all": (key_document(without("assertionMethod")), {"issuer": FAILED, "status": UNDECIDED}),
    "H36 the key was taken out": (
        key_document(without(*METHOD_0)),
        {"proof": UNDECIDED, "issuer": FAILED, "status": UNDECIDED},
    ),
    "H5 another key under its name": (
        key_document(put(ed25519.write(STRANGER.public), *METHOD_0, "publicKeyMultibase")),
        {"proof": FAILED, "status": UNDECIDED},
    ),
    "another controller": (
        key_document(put("did:web:other.example", *METHOD_0, "controller")),
        {"issuer": FAILED, "status": UNDECIDED},
    ),
    "another type of key": (
        key_document(put("Ed25519VerificationKey2020", *METHOD_0, "type")),
        {"issuer": FAILED, "status": UNDECIDED},
    ),
    "a JSON Web Key that is none": (
        key_document(put("JsonWebKey", *METHOD_0, "type")),
        {"proof": UNDECIDED, "issuer": FAILED, "status": UNDECIDED},
    ),
    "a JSON Web Key of another curve": (
        web_key(crv="X25519"),
        {"proof": UNDECIDED, "issuer": FAILED, "status": UNDECIDED},
    ),
    "a JSON Web Key that is secret": (web_key(d="AAAA"), {"proof": UNDECIDED, "issuer": FAILED, "status": UNDECIDED}),
    "a JSON Web Key that is too long": (
        web_key(x="A" * 44),
        {"proof": UNDECIDED, "issuer": FAILED, "status": UNDECIDED},
    ),
    "a JSON Web Key with bits to spare": (
        web_key(x=WEB_X[:-1] + chr(ord(WEB_X[-1]) + 1)),
        {"proof": UNDECIDED, "issuer": FAILED, "status": UNDECIDED},
    ),
    "a JSON Web Key for something else": (
        web_key(use="enc"),
        {"proof": UNDECIDED, "issuer": FAILED, "status": UNDECIDED},
    ),
    "a JSON Web Key that does not verify": (
        web_key(key_ops="sign"),
        {"proof": UNDECIDED, "issuer": FAILED, "status": UNDECIDED},
    ),
    "a JSON Web Key for another way of signing": (
        web_key(alg="ES256"),
        {"proof": UNDECIDED, "issuer": FAILED, "status": UNDECIDED},
    ),
    "a JSON Web Key of low order": (web_key(x="A" * 43), {"proof": UNDECIDED, "issuer": FAILED, "status": UNDECIDED}),
    "two keys of one name": (
        key_document(put(METHOD, "verificationMethod", 1, "id")),
        {"proof": UNDECIDED, "issuer": FAILED, "status": UNDECIDED},
    ),
    "H18 a key of low order": (
        key_document(put(multikey(b"\xed\x01" + LOW_ORDER), *METHOD_0, "publicKeyMultibase")),
        {"proof": UNDECIDED, "issuer": FAILED, "status": UNDECIDED},
    ),
    "H18 a key beyond the field": (
        key_document(put(multikey(b"\xed\x01" + TOO_LARGE_Y), *METHOD_0, "publicKeyMultibase")),
        {"proof": UNDECIDED, "issuer": FAILED, "status": UNDECIDED},
    ),
    "H19 another kind of key": (
        key_document(put(multikey(b"\xec\x01" + SECRET.public), *METHOD_0, "publicKeyMultibase")),
        {"proof": UNDECIDED, "issuer": FAILED, "status": UNDECIDED},
    ),
    "H19 33 bytes": (
        key_document(put(multikey(b"\xed\x01" + SECRET.public + b"\0"), *METHOD_0, "publicKeyMultibase")),
        {"proof": UNDECIDED, "issuer": FAILED, "status": UNDECIDED},
    ),
    "a key that was revoked after it signed": (ended("revoked", "2026-06-01T00:00:00Z"), ENDED),
    "a key that came to its end after it signed": (ended("expires", "2026-06-01T00:00:00Z"), ENDED),
    "a key that comes to its end this second": (ended("expires", "2026-11-23T12:00:00Z"), ENDED),
    "a key whose end cannot be read": (ended("expires", "2027-06-01"), ENDED),
    "a key whose end is no text": (ended("revoked", None), ENDED),
    "a key that was revoked before it signed": (ended("revoked", "2026-02-01T00:00:00Z"), LATE),
    "a key that came to its end the second it signed": (ended("expires", "2026-03-01T09:00:00Z"), LATE),
    "a key with two ends, one before it signed": (
        ended("expires", "2026-06-01T00:00:00Z", put("2026-02-01T00:00:00Z", *METHOD_0, "revoked")),
        LATE,
    ),
    "missing": (None, {"proof": UNDECIDED, "issuer": UNDECIDED, "status": UNDECIDED}),
    "somebody else's": (
        key_document(put("did:web:other.example", "id")),
        {"proof": UNDECIDED, "issuer": UNDECIDED, "status": UNDECIDED},
    ),
    "not JSON": (b"<html>", {"proof": UNDECIDED, "issuer": UNDECIDED, "status": UNDECIDED}),
    "too long": (
        key_document(put("x" * 70_000, "note")),
        {"proof": UNDECIDED, "issuer": UNDECIDED, "status": UNDECIDED},
    ),
    "101 keys": (
        key_document(put([{}] * 101, "verificationMethod")),
        {"proof": UNDECIDED, "issuer": UNDECIDED, "status": UNDECIDED},
    ),
}


@pytest.mark.parametrize("name", KEY_DOCUMENTS)
def test_hostile_key_documents(name: str) -> None:
    data, expected = KEY_DOCUMENTS[name]
    assert look(AWARD, sources(keys=data)) == expected


def test_a_key_may_be_a_json_web_key() -> None:
    assert look(AWARD, sources(keys=web_key())) == {}


def test_a_key_may_have_an_end_that_is_still_to_come() -> None:
    assert look(AWARD, sources(keys=ended("expires", "2026-11-23T12:00:01Z"))) == {}
    assert look(AWARD, sources(keys=ended("revoked", "2027-01-01T00:00:00Z"))) == {}


def test_a_proof_that_says_no_date_may_come_after_the_end_of_its_key() -> None:
    content = {name: value for name, value in AWARD.items() if name != "proof"}
    options = {name: value for name, value in proof_of(AWARD).items() if name not in {"created", "proofValue"}}
    signature = SECRET.signer(METHOD).sign(proof.payload(content, options))
    undated = {**content, "proof": [{**options, "proofValue": "z" + base58.encode(signature)}]}
    found = look(undated, sources(keys=ended("expires", "2027-01-01T00:00:00Z")))
    assert found["issuer"] is UNDECIDED
    assert "issuer" not in look(undated)


def test_a_key_document_may_say_more_than_we_read() -> None:
    assert look(AWARD, sources(keys=key_document(put([], "service"), put("x", "note")))) == {}


def test_h18_a_signature_that_fits_every_message_fits_none() -> None:
    badge = with_signature("z" + base58.encode(LOW_ORDER + bytes(32)))
    data = key_document(put(multikey(b"\xed\x01" + LOW_ORDER), *METHOD_0, "publicKeyMultibase"))
    assert look(badge, sources(keys=data))["issuer"] is FAILED
    assert look(badge)["proof"] is FAILED
    assert not keys.verify(LOW_ORDER, LOW_ORDER + bytes(32), b"any message")


def own_key(secret: Secret = SECRET, method: str = "") -> Json:
    """A badge whose issuer is a did:key."""
    name = f"did:key:{ed25519.write(secret.public)}"
    document = changed(AWARD, put(name, "issuer", "id"), without("credentialStatus"))
    return seal(document, SECRET, verificationMethod=method or f"{name}#{name.removeprefix('did:key:')}")


def test_an_issuer_may_be_a_key() -> None:
    assert look(own_key(), Given({})) == {}
    assert look(own_key(STRANGER), Given({})) == {"proof": FAILED}
    other = f"did:key:{ed25519.write(SECRET.public)}#key-1"
    assert look(own_key(method=other), Given({})) == {"proof": UNDECIDED, "issuer": FAILED}


def test_an_issuer_may_be_an_address() -> None:
    name = f"{BASE}issuer.json"
    document = json.loads(jsontext.compact(vector("did")).replace(DID, name))
    badge = seal(
        changed(AWARD, put(name, "issuer", "id"), without("credentialStatus")), verificationMethod=f"{name}#key-1"
    )
    assert look(badge, Given({name: text(document)})) == {}
    assert look(badge, Given({})) == {"proof": UNDECIDED, "issuer": UNDECIDED}


def test_k5_a_preview_is_never_valid() -> None:
    name = "did:web:preview.invalid:academy"
    badge = json.loads(jsontext.compact(AWARD).replace(DID, name).replace("badges.example.org", "preview.invalid"))
    badge = seal(changed(badge, without("credentialStatus")), verificationMethod=f"{name}#key-1")
    document = json.loads(jsontext.compact(vector("did")).replace(DID, name))
    assert look(badge, lookup.given([text(document)])) == {"proof": UNDECIDED, "issuer": FAILED}


# Status lists


def subject(name: str, value: Any) -> Change:
    """A change to what a status list is about."""
    return put(value, "credentialSubject", name)


STATUS_LISTS: dict[str, bytes | None] = {
    "H23 missing": None,
    "H23 of an older issuer": status_list(put("did:web:old.example", "issuer")),
    "H24 unsigned": text(changed(vector("status-list"), without("proof"))),
    "H24 altered": text(changed(vector("status-list"), subject("encodedList", encoded(bits())))),
    "H24 signed by somebody else": status_list(secret=STRANGER),
    "H24 of another address": status_list(put(f"{BASE}status/revocation-2.json", "id")),
    "H24 another purpose": status_list(subject("statusPurpose", "suspension")),
    "H24 past its end": status_list(put("2026-11-23T11:59:59Z", "validUntil")),
    "not begun": status_list(put("2026-12-01T00:00:00Z", "validFrom")),
    "another type": status_list(put(["VerifiableCredential"], "type")),
    "another context": text(changed(vector("status-list"), put(AWARD["@context"], "@context"))),
    "not JSON": b"<html>",
    "too few entries": status_list(subject("encodedList", encoded(bits(size=16_383)))),
    "too many entries": status_list(subject("encodedList", encoded(bits(size=1024 * 1024 + 1)))),
    "not base64url": status_list(subject("encodedList", encoded(bits()) + "=")),
    "another base": status_list(subject("encodedList", "m" + encoded(bits())[1:])),
    "cut short": status_list(subject("encodedList", encoded(bits())[:-8])),
    "not gzip": status_list(subject("encodedList", "uAAAA")),
}


@pytest.mark.parametrize("name", STATUS_LISTS)
def test_a_status_list_that_cannot_be_relied_on_decides_nothing(name: str) -> None:
    assert look(AWARD, sources(status=STATUS_LISTS[name])) == {"status": UNDECIDED}


@pytest.mark.parametrize(
    "data",
    [
        status_list(),
        status_list(subject("encodedList", encoded(bits()))),
        status_list(subject("encodedList", encoded(bits(41_872, 41_874)))),
        status_list(subject("encodedList", encoded(bits(size=1024 * 1024)))),
        status_list(put("2026-11-23T12:00:01Z", "validUntil")),
        status_list(subject("ttl", "300000")),
    ],
    ids=["the example", "empty", "neighbours", "as long as allowed", "ends in a second", "more words"],
)
def test_a_status_list_that_does_not_name_the_badge(data: bytes) -> None:
    assert look(AWARD, sources(status=data)) == {}


def test_two_gzip_members_are_one_too_many() -> None:
    member = zlib.compress(bits(), wbits=31)
    two = status_list(subject("encodedList", multibase(member + member)))
    trailing = status_list(subject("encodedList", multibase(member + b"x")))
    one = status_list(subject("encodedList", multibase(member)))
    assert look(AWARD, sources(status=two)) == {"status": UNDECIDED}
    assert look(AWARD, sources(status=trailing)) == {"status": UNDECIDED}
    assert look(AWARD, sources(status=one)) == {}


def test_h22_withdrawn_and_on_hold_are_said_with_the_date_of_the_list() -> None:
    named = status_list(subject("encodedList", encoded(bits(41_873))))
    outcome = verify(text(AWARD), sources(status=named), NOW)[5]
    assert outcome == Outcome(
        "status", FAILED, "it has been withdrawn by its issuer, says the issuer's list of 1 March 2026."
    )
    held = award(put("suspension", "credentialStatus", "statusPurpose"))
    paused = status_list(subject("statusPurpose", "suspension"), subject("encodedList", encoded(bits(41_873))))
    outcome = verify(text(held), sources(status=paused), NOW)[5]
    assert outcome == Outcome(
        "status", FAILED, "its issuer has put it on hold, says the issuer's list of 1 March 2026."
    )
    free = status_list(subject("statusPurpose", "suspension"), subject("encodedList", encoded(bits())))
    assert look(held, sources(status=free)) == {}


def test_h26_a_list_that_explodes_is_not_expanded() -> None:
    packer = zlib.compressobj(9, wbits=-15)
    megabyte = packer.compress(bytes(1024 * 1024)) + packer.flush(zlib.Z_FULL_FLUSH)
    bomb = b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\xff" + megabyte * 1024 + b"\x03\x00" + bytes(8)
    data = status_list(subject("encodedList", multibase(bomb)))
    assert len(data) > 1_000_000
    tracemalloc.start()
    began = time.perf_counter()
    assert look(AWARD, sources(status=data)) == {"status": UNDECIDED}
    assert time.perf_counter() - began < 2
    assert tracemalloc.get_traced_memory()[1] < 64 * 1024 * 1024
    tracemalloc.stop()


# Pictures

OTHER_PNG = PNG.replace(PNG[-12:], png_chunk(b"tEXt", b"Comment\0another") + PNG[-12:])

PICTURES: dict[str, tuple[bytes, dict[str, Verdict]]] = {
    "H27 another PNG": (bake.bake_png(OTHER_PNG, EMBEDDED, COPY), {"picture": FAILED}),
    "H27 another SVG": (bake.bake_svg(SVG.replace(b"h64", b"h65"), EMBEDDED, COPY), {"picture": FAILED}),
    "a space more": (
        bake.bake_svg(SVG, EMBEDDED, COPY).replace(b"\n<openbadges", b"\n <openbadges", 1),
        {"picture": FAILED},
    ),
    "H28 two credentials": (
        bake.bake_png(PNG, EMBEDDED, COPY).replace(
            PNG[-12:], png_chunk(b"iTXt", b"openbadgecredential\0\0\0\0\0{}") + PNG[-12:]
        ),
        {"readable": FAILED},
    ),
    "H28 one in an old chunk": (
        bake.bake_png(PNG, EMBEDDED, COPY).replace(PNG[-12:], png_chunk(b"tEXt", b"openbadges\0{}") + PNG[-12:]),
        {"readable": FAILED},
    ),
    "H28 one after the end": (
        bake.bake_png(PNG, EMBEDDED, COPY) + png_chunk(b"iTXt", b"openbadgecredential\0\0\0\0\0{}"),
        {"readable": FAILED},
    ),
    "nothing inside": (PNG, {"readable": FAILED}),
    "nothing inside a drawing": (SVG, {"readable": FAILED}),
    "the copy of another award": (
        bake.bake_png(PNG, EMBEDDED, COPY.replace("awards/a7f3/", "awards/b81c/")),
        {"hosted": FAILED},
    ),
    "a copy that was changed": (
        bake.bake_png(PNG, EMBEDDED, COPY.replace("2026-03-01", "2025-03-01")),
        {"hosted": FAILED},
    ),
    "a copy that is no JSON": (bake.bake_png(PNG, EMBEDDED, "{"), {"hosted": FAILED}),
    "a copy without an address": (bake.bake_png(PNG, EMBEDDED, "{}"), {"hosted": FAILED}),
    "a copy that is an address": (bake.bake_png(PNG, EMBEDDED, ASSERTION), {"hosted": UNDECIDED}),
    "a credential that is no JSON": (bake.bake_png(PNG, "{", COPY), {"readable": FAILED}),
}


@pytest.mark.parametrize("name", PICTURES)
def test_hostile_pictures(name: str) -> None:
    data, expected = PICTURES[name]
    assert told(verify(data, sources(), NOW)) == expected


DIGESTS: dict[str, tuple[Change, Verdict]] = {
    "none": (without("relatedResource"), UNDECIDED),
    "for the other form only": (without("relatedResource", 0), UNDECIDED),
    "another algorithm": (put("sha512-" + "A" * 86 + "==", "relatedResource", 0, "digestSRI"), UNDECIDED),
    "of something else": (put(digest(SVG), "relatedResource", 0, "digestSRI"), FAILED),
    "of two PNG": (
        put(
            [{"id": f"{BASE}{name}.png", "digestSRI": digest(PNG), "mediaType": "image/png"} for name in "ab"],
            "relatedResource",
        ),
        UNDECIDED,
    ),
}


@pytest.mark.parametrize("name", DIGESTS)
def test_the_digest_of_a_picture_decides(name: str) -> None:
    change, verdict = DIGESTS[name]
    data = bake.bake_png(PNG, jsontext.embeddable(award(change)), COPY)
    assert look(data) == {"picture": verdict}


def test_a_later_version_of_a_badge_has_its_number_in_the_name_of_its_picture() -> None:
    badge = award(put(f"{BASE}badges/robotics-1/badge-2.png", "relatedResource", 0, "id"))
    assert look(bake.bake_png(PNG, jsontext.embeddable(badge), COPY)) == {}


HOSTED: dict[str, tuple[bytes | None, Verdict]] = {
    "missing": (None, UNDECIDED),
    "not JSON": (b"<html>", UNDECIDED),
    "withdrawn": (
        text({"@context": "https://w3id.org/openbadges/v2", "type": "Assertion", "id": ASSERTION, "revoked": True}),
        FAILED,
    ),
    "another": (text(changed(vector("assertion-a7f3"), put("2025-01-01T00:00:00Z", "issuedOn"))), FAILED),
    "true as 1": (text(changed(vector("assertion-a7f3"), put(1, "recipient", "hashed"))), FAILED),
}


@pytest.mark.parametrize("name", HOSTED)
def test_the_copy_of_version_2_is_compared_with_its_original(name: str) -> None:
    original, verdict = HOSTED[name]
    assert look(bake.bake_png(PNG, EMBEDDED, COPY), sources(assertion=original)) == {"hosted": verdict}


def test_a_withdrawn_original_is_called_so() -> None:
    original = HOSTED["withdrawn"][0]
    outcome = verify(bake.bake_png(PNG, EMBEDDED, COPY), sources(assertion=original), NOW)[-1]
    assert outcome.sentence == "the Open Badges 2.0 document says that it has been withdrawn."


def test_the_order_of_keys_in_the_original_does_not_matter() -> None:
    turned = dict(reversed(vector("assertion-a7f3").items()))
    assert look(bake.bake_png(PNG, EMBEDDED, COPY), sources(assertion=text(turned))) == {}


@pytest.mark.parametrize(
    "data",
    [
        text(vector("assertion-a7f3")),
        PNG.replace(PNG[-12:], png_chunk(b"iTXt", b"openbadges\0\0\0\0\0" + COPY.encode()) + PNG[-12:]),
    ],
    ids=["JSON", "PNG"],
)
def test_version_2_alone_is_never_enough(data: bytes) -> None:
    assert look(data) == {"readable": UNDECIDED}
    assert look(data, Given({})) == {"readable": UNDECIDED, "hosted": UNDECIDED}


# Endorsements

ENDORSEMENT = ("credentialSubject", "achievement", "endorsement", 0)
B81C = vector("award-b81c")

ENDORSEMENTS: dict[str, tuple[tuple[Change, ...], Verdict]] = {
    "changed": ((put("Accepted for any league.", *ENDORSEMENT, "credentialSubject", "endorsementComment"),), FAILED),
    "not signed": ((without(*ENDORSEMENT, "proof"), without(*ENDORSEMENT, "@context")), FAILED),
    "about something else": ((put(f"{BASE}achievements/other.json", *ENDORSEMENT, "credentialSubject", "id"),), FAILED),
    "in the name of somebody else": ((put("did:web:league.example", *ENDORSEMENT, "issuer", "id"),), FAILED),
    "as good as it was": ((), PASSED),
}


@pytest.mark.parametrize("name", ENDORSEMENTS)
def test_endorsements_are_checked_though_the_badge_is_signed(name: str) -> None:
    changes, verdict = ENDORSEMENTS[name]
    badge = seal(changed(B81C, *changes))
    assert told(verify(text(badge), sources(), NOW)) == ({} if verdict is PASSED else {"endorsement": verdict})


def test_an_endorsement_by_somebody_whose_keys_we_lack_decides_nothing() -> None:
    endorsement = changed(
        at(B81C, ENDORSEMENT),
        put("did:web:league.example", "issuer", "id"),
    )
    endorsement = seal(endorsement, STRANGER, verificationMethod="did:web:league.example#key-1")
    badge = seal(changed(B81C, put(endorsement, *ENDORSEMENT)))
    assert told(verify(text(badge), sources(), NOW)) == {"endorsement": UNDECIDED}


def test_a_program_cannot_have_more_endorsements_than_are_looked_at() -> None:
    assert 2 * fields.MOST_ENDORSEMENTS <= MOST_ENDORSEMENTS


def test_twenty_endorsements_are_looked_at() -> None:
    endorsement = at(B81C, ENDORSEMENT)
    many = [{**endorsement, "id": f"{BASE}endorsements/{number}.json"} for number in range(21)]
    badge = changed(B81C, put(many, *ENDORSEMENT[:-1]))
    assert overall(verify(text(badge), sources(), NOW)) is not PASSED


# Reading

UNREADABLE: dict[str, bytes] = {
    "H15 a key twice": text(AWARD).replace(b'"validFrom"', rb'"\u0069ssuer": "did:web:other.example", "validFrom"', 1),
    "H30 too long": b" " * (8 * 1024 * 1024) + b"{}",
    "a credential of 256 KiB and more": text(AWARD).replace(b"line-following", b"x" * 262_144, 1),
    "H31 100,000 deep": b'{"a":' * 100_000,
    "H31 NaN": text(AWARD).replace(b'"version": "1"', b'"version": NaN'),
    "H31 1e400": text(AWARD).replace(b'"version": "1"', b'"version": 1e400'),
    "H31 2^53 + 1": text(AWARD).replace(b'"version": "1"', b'"version": 9007199254740993'),
    "H31 a lone surrogate": text(AWARD).replace(b'"version": "1"', rb'"version": "\ud800"'),
    "H31 a byte order mark": b"\xef\xbb\xbf" + text(AWARD),
    "H31 text after the object": text(AWARD) + b"x",
    "I4 __proto__": text(AWARD).replace(b'"version"', b'"__proto__": {}, "version"'),
    "I4 constructor": text(AWARD).replace(b'"version"', b'"constructor": {}, "version"'),
    "nothing": b"",
    "a list": b"[" + text(AWARD) + b"]",
    "a JPEG": b"\xff\xd8\xff\xe0",
    "a page": b"<!DOCTYPE html><html></html>",
    "H10 no algorithm": b"eyJhbGciOiJub25lIn0.e30.",
    "H10 the public key as a secret": b"eyJhbGciOiJIUzI1NiJ9.e30.AAAA",
    "H10 a key of its own": b"eyJhbGciOiJFZERTQSIsImp3ayI6e319.e30.AAAA",
    "something like a token": b"a.b.c",
}


@pytest.mark.parametrize("name", UNREADABLE)
def test_what_cannot_be_read_fails(name: str) -> None:
    began = time.perf_counter()
    assert look(UNREADABLE[name]) == {"readable": FAILED}
    assert time.perf_counter() - began < 2


def test_a_token_signed_with_a_key_is_undecided() -> None:
    assert look(b"eyJhbGciOiJFZERTQSJ9.e30.AAAA") == {"readable": UNDECIDED}


def test_spaces_around_a_credential_do_not_matter() -> None:
    assert look(b"\n " + text(AWARD) + b"\r\n") == {}


@pytest.mark.parametrize("name", ["did", "status-list", "issuer", "badge-class", "revocations"])
def test_another_document_is_not_a_badge(name: str) -> None:
    assert overall(verify(text(vector(name)), sources(), NOW)) is not PASSED


# Work and isolation


def poison(width: int, depth: int) -> list[Json]:
    """Nodes without an id that differ in nothing."""
    return [
        {"type": ["Alignment"], "targetName": "x", **({"alignment": poison(width, depth - 1)} if depth else {})}
        for _ in range(width)
    ]


@pytest.mark.parametrize("shape", [(8, 0), (99, 0), (9, 1), (4, 2), (2, 5), (1, 25)])
def test_h32_alike_nodes_take_no_time(shape: tuple[int, int]) -> None:
    badge = changed(AWARD, put(poison(*shape), "credentialSubject", "achievement", "alignment"))
    began = time.perf_counter()
    assert overall(verify(text(badge), sources(), NOW)) is not PASSED
    assert time.perf_counter() - began < 2


def test_h32_nodes_that_point_to_each_other_are_undecided() -> None:
    names = [f"_:n{number}" for number in range(8)]
    related = [
        {"id": name, "type": ["Related"], "related": [other for other in names if other != name]} for name in names
    ]
    badge = changed(AWARD, put(related, "credentialSubject", "achievement", "related"))
    assert look(badge) == {"format": UNDECIDED, "proof": UNDECIDED}


def test_h34_no_socket_is_opened(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("a socket")

    monkeypatch.setattr(socket, "socket", refuse)
    assert look(bake.bake_png(PNG, EMBEDDED, COPY)) == {}
    assert look(AWARD, Given({})) == {"proof": UNDECIDED, "issuer": UNDECIDED, "status": UNDECIDED}


def test_h35_all_bad_news_is_told() -> None:
    named = status_list(subject("encodedList", encoded(bits(41_873))))
    badge = changed(award(put("2026-06-01T00:00:00Z", "validUntil")), put("Robotics, level 3", "name"))
    assert look(badge, sources(status=named)) == {"proof": FAILED, "dates": FAILED, "status": FAILED}


def test_nothing_at_hand_decides_nothing() -> None:
    assert overall(verify(text(AWARD), Given({}), NOW)) is UNDECIDED
    assert overall(()) is UNDECIDED


# Where documents come from


def test_a_built_site_answers_for_its_own_addresses() -> None:
    files = {"did.json": text(vector("did")), "status/revocation-1.json": text(vector("status-list"))}
    site = lookup.published(files.get)
    assert site.base == BASE
    assert site.document(KEY_DOCUMENT) == files["did.json"]
    for url in (
        "did.json",
        f"{BASE}../did.json",
        f"{BASE}a/../did.json",
        f"{BASE}/did.json",
        f"{BASE}did.json?x",
        f"{BASE}%64id.json",
        BASE,
    ):
        assert site.document(url) is None
    assert told(verify(text(AWARD), Several((Given({}), site)), NOW)) == {}


def test_a_site_at_the_root_keeps_its_keys_in_a_dot_folder() -> None:
    files = {".well-known/did.json": b'{"id": "did:web:badges.example.org"}'}
    site = lookup.published(files.get)
    assert site.base == "https://badges.example.org/"
    assert site.document("https://badges.example.org/.well-known/did.json") == files[".well-known/did.json"]
    assert Published(site.base, {".git/config": b""}.get).document("https://badges.example.org/.git/config") is None


@pytest.mark.parametrize("files", [{}, {"did.json": b"{}"}, {"did.json": b'{"id": "did:web:a/b"}'}, {"did.json": b"x"}])
def test_another_folder_is_not_a_site(files: dict[str, bytes]) -> None:
    with pytest.raises(Unreadable):
        lookup.published(files.get)


def test_files_are_given_under_their_own_names() -> None:
    found = lookup.given([text(vector("did")), text(vector("status-list"))])
    assert set(found.documents) == {KEY_DOCUMENT, STATUS_LIST}
    assert look(AWARD, found) == {}
    for data in (b"{}", b"x", b'{"id": "urn:uuid:1"}', b'{"id": 1}'):
        with pytest.raises(Unreadable):
            lookup.given([data])


@pytest.mark.parametrize(
    ("issuer", "url"),
    [
        ("did:web:badges.example.org:academy", "https://badges.example.org/academy/did.json"),
        ("did:web:badges.example.org", "https://badges.example.org/.well-known/did.json"),
        ("did:web:badges.example.org%3A8443", "https://badges.example.org:8443/.well-known/did.json"),
        ("did:web:badges.example.org%3A8443:a:b", "https://badges.example.org:8443/a/b/did.json"),
        ("https://badges.example.org/issuer.json", "https://badges.example.org/issuer.json"),
        ("did:web:badges.example.org:..", None),
        ("did:web:badges.example.org:a%2Fb", None),
        ("did:web:badges.example.org/a", None),
        ("did:web:user@badges.example.org", None),
        ("did:web:", None),
        ("did:example:1", None),
        ("http://badges.example.org/issuer.json", None),
    ],
)
def test_where_an_issuers_keys_are(issuer: str, url: str | None) -> None:
    assert lookup.key_document_url(issuer) == url


def test_the_first_source_that_answers_is_believed() -> None:
    assert Several((Given({"a": b"1"}), Given({"a": b"2", "b": b"3"}))).document("a") == b"1"
    assert Several((Given({"a": b"1"}), Given({"b": b"3"}))).document("b") == b"3"
    assert Several(()).document("a") is None


def test_verifying_changes_nothing() -> None:
    before = copy.deepcopy(AWARD)
    look(AWARD)
    assert before == AWARD
