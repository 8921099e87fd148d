"""Badges, keys, lists and pictures that must not pass, by their rows in our security rules, and the verdict of each step that does not."""

from __future__ import annotations

import json
from base64 import urlsafe_b64encode
from typing import Any

from blazon import bake, base58, ed25519, jsontext
from blazon.keys import Secret
from blazon.outcome import Verdict
from strangers import (
    ASSERTION,
    BASE,
    DID,
    METHOD,
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
    png_chunk,
    put,
    seal,
    status_list,
    text,
    vector,
    without,
)

PASSED, FAILED, UNDECIDED = Verdict.PASSED, Verdict.FAILED, Verdict.UNDECIDED

ORDER = 2**252 + 27742317777372353535851937790883648493  # of Ed25519's base point (RFC 8032 §5.1)

AWARD = award()

EMBEDDED = jsontext.embeddable(AWARD)

COPY = jsontext.embeddable(vector("assertion-a7f3"))


def at(document: Any, path: tuple[str | int, ...]) -> Any:
    """The value at a path."""
    for step in path:
        document = document[step]
    return document


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

# Everything that is signed by the issuer itself, and still does not pass.
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

ENDORSEMENT = ("credentialSubject", "achievement", "endorsement", 0)

B81C = vector("award-b81c")

ENDORSEMENTS: dict[str, tuple[tuple[Change, ...], Verdict]] = {
    "changed": ((put("Accepted for any league.", *ENDORSEMENT, "credentialSubject", "endorsementComment"),), FAILED),
    "not signed": ((without(*ENDORSEMENT, "proof"), without(*ENDORSEMENT, "@context")), FAILED),
    "about something else": ((put(f"{BASE}achievements/other.json", *ENDORSEMENT, "credentialSubject", "id"),), FAILED),
    "in the name of somebody else": ((put("did:web:league.example", *ENDORSEMENT, "issuer", "id"),), FAILED),
    "as good as it was": ((), PASSED),
}

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


def poison(width: int, depth: int) -> list[Json]:
    """Nodes without an id that differ in nothing."""
    return [
        {"type": ["Alignment"], "targetName": "x", **({"alignment": poison(width, depth - 1)} if depth else {})}
        for _ in range(width)
    ]


def own_key(secret: Secret = SECRET, method: str = "") -> Json:
    """A badge whose issuer is a did:key."""
    name = f"did:key:{ed25519.write(secret.public)}"
    document = changed(AWARD, put(name, "issuer", "id"), without("credentialStatus"))
    return seal(document, SECRET, verificationMethod=method or f"{name}#{name.removeprefix('did:key:')}")


ISSUER = f"{BASE}issuer.json"
ADDRESS = {ISSUER: text(json.loads(jsontext.compact(vector("did")).replace(DID, ISSUER)))}


def addressed() -> Json:
    """A badge whose issuer is an address."""
    document = changed(AWARD, put(ISSUER, "issuer", "id"), without("credentialStatus"))
    return seal(document, verificationMethod=f"{ISSUER}#key-1")


def at_part(number: int) -> str:
    """The address of a part of a stack."""
    return f"{BASE}awards/p{number}/credential.json"


def a_part(number: int, *changes: Change) -> bytes:
    """A part of a stack, whose place in the status list is its number."""
    place = put(str(number), "credentialStatus", "statusListIndex")
    return text(award(put(at_part(number), "id"), place, *changes))


def names(number: int, data: bytes, **members: Any) -> Json:
    """A part as a stack names it among its evidence."""
    named = {"id": at_part(number), "type": ["Evidence"], "name": f"Level {number}", "genre": "Award"}
    return {**named, "digestSRI": digest(data), **members}


def hidden(number: int) -> Json:
    """A part as a stack names it without its address."""
    return {name: value for name, value in names(number, b"hidden %d" % number).items() if name != "id"}


def made_of(*parts: Json) -> bytes:
    """The award of a stack with these parts."""
    return text(award(put(list(parts), "evidence")))


PART_1, PART_2 = a_part(1), a_part(2)
_STACK_IN = a_part(3, put([names(1, PART_1)], "evidence"))
_DEEP = a_part(4, put([names(3, _STACK_IN)], "evidence"))
_EXPIRED = a_part(1, put("2026-06-01T00:00:00Z", "validUntil"))
_FOREIGN = text(seal(json.loads(PART_1), STRANGER))
WITHDRAWN_PART = status_list(subject("encodedList", encoded(bits(1))))

# Stacks by name: the award, the documents beside it, and the verdict of each step that does not pass.
STACKS: dict[str, tuple[bytes, dict[str, bytes | None], dict[str, Verdict]]] = {
    "whose parts stand": (
        made_of(names(1, PART_1), names(2, PART_2)),
        {at_part(1): PART_1, at_part(2): PART_2},
        {},
    ),
    "with a part that is not public": (made_of(names(1, PART_1), hidden(2)), {at_part(1): PART_1}, {}),
    "whose part has run out": (made_of(names(1, _EXPIRED)), {at_part(1): _EXPIRED}, {}),
    "in a stack": (made_of(names(3, _STACK_IN)), {at_part(1): PART_1, at_part(3): _STACK_IN}, {}),
    "with evidence of another site": (made_of(names(1, PART_1, id="https://other.example/credential.json")), {}, {}),
    "with evidence that is not fixed": (
        made_of({name: value for name, value in names(1, PART_1).items() if name != "digestSRI"}),
        {},
        {},
    ),
    "whose part was changed": (
        made_of(names(1, PART_1), names(2, PART_2)),
        {at_part(1): PART_1, at_part(2): PART_2 + b" "},
        {"part": FAILED},
    ),
    "whose part was withdrawn": (
        made_of(names(1, PART_1), names(2, PART_2)),
        {at_part(1): PART_1, at_part(2): PART_2, STATUS_LIST: WITHDRAWN_PART},
        {"part": FAILED},
    ),
    "in a stack that lost a part": (
        made_of(names(3, _STACK_IN)),
        {at_part(1): PART_1, at_part(3): _STACK_IN, STATUS_LIST: WITHDRAWN_PART},
        {"part": FAILED},
    ),
    "whose part somebody else signed": (made_of(names(1, _FOREIGN)), {at_part(1): _FOREIGN}, {"part": FAILED}),
    "whose part does not answer": (made_of(names(1, PART_1)), {}, {"part": UNDECIDED}),
    "whose part is no badge": (made_of(names(1, b"[]")), {at_part(1): b"[]"}, {"part": UNDECIDED}),
    "with another sort of digest": (
        made_of(names(1, PART_1, digestSRI="sha512-" + "A" * 86 + "==")),
        {at_part(1): PART_1},
        {"part": UNDECIDED},
    ),
    "in a stack in a stack": (
        made_of(names(4, _DEEP)),
        {at_part(1): PART_1, at_part(3): _STACK_IN, at_part(4): _DEEP},
        {"part": UNDECIDED},
    ),
    "of seven parts": (made_of(*map(hidden, range(1, 8))), {}, {"part": UNDECIDED}),
}
