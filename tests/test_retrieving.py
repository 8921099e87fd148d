"""Signatures that a published site holds: which of them are kept, and that one odd document does not cost the others."""

from __future__ import annotations

from typing import Any

import pytest

from blazon import base58, proof, retrieving
from blazon.signatures import Signature
from strangers import DID, METHOD, SECRET, STRANGER, Json, award, changed, put, seal, text, vector, without

KEYS = {METHOD: SECRET.public}
NAME = vector("award-a7f3")["id"]
SECOND = f"{DID}#key-2"


def kept(*documents: bytes, keys: dict[str, bytes] = KEYS) -> dict[str, Signature]:
    return retrieving.retrieved(documents, keys)


def signature(document: Json, number: int = 0) -> Signature:
    """The signature that a document carries, put together by hand."""
    one = document["proof"][number]
    content = {name: value for name, value in document.items() if name != "proof"}
    payload = proof.payload(content, {name: value for name, value in one.items() if name != "proofValue"})
    return Signature(one["created"], one["verificationMethod"], payload.hex(), base58.decode(one["proofValue"][1:]))


def test_each_signature_is_kept_by_the_id_of_what_it_signs() -> None:
    one, other = award(), seal(vector("status-list"))
    assert kept(text(one), text(other)) == {NAME: signature(one), other["id"]: signature(other)}


def test_of_two_signatures_the_one_by_a_key_that_is_given_is_kept() -> None:
    both = award()
    both["proof"] += seal(both, STRANGER, verificationMethod=SECOND)["proof"]
    assert kept(text(both)) == {NAME: signature(both)}
    assert kept(text(both), keys={SECOND: STRANGER.public}) == {NAME: signature(both, 1)}


WELL = award()
OTHERS = award(put("urn:uuid:1b7a3a36-7f4e-4a41-8d6a-3f9d9c7f2f11", "id"))
ODD: dict[str, bytes] = {
    "nothing": b"",
    "no JSON": b"{",
    "a list": b"[]",
    "no proof": text(changed(WELL, without("proof"))),
    "an empty proof": text(changed(WELL, put({}, "proof"))),
    "by another key": text(seal(WELL, STRANGER)),
    "by a key that is not given": text(seal(WELL, verificationMethod=SECOND)),
    "changed since": text(changed(WELL, put("Somebody Else", "credentialSubject", "achievement", "name"))),
    "another day": text(changed(WELL, put("2026-03-02T09:00:00Z", "proof", 0, "created"))),
    "a value that is no text": text(changed(WELL, put(7, "proof", 0, "proofValue"))),
    "a value in other letters": text(changed(WELL, put("z0OIl", "proof", 0, "proofValue"))),
    "a short value": text(changed(WELL, put("z" + base58.encode(b"1" * 63), "proof", 0, "proofValue"))),
    "a word that nobody knows": text(changed(WELL, put("x", "unheardOf"))),
    "a name that stands twice": text(changed(WELL, put(NAME, "credentialSubject", "achievement", "id"))),
    "a node that is a text": text(changed(WELL, put("x", "credentialSubject"))),
    "without an id": text(seal(changed(WELL, without("id")))),
}  # fmt: skip


@pytest.mark.parametrize("name", ODD)
def test_what_does_not_count_is_passed_over_and_the_rest_is_kept(name: str) -> None:
    assert kept(ODD[name]) == {}
    assert kept(ODD[name], text(OTHERS)) == {OTHERS["id"]: signature(OTHERS)}


def test_a_document_has_at_most_8_mib() -> None:
    whole: Any = text(WELL)
    assert kept(whole.ljust(8 << 20)) == {NAME: signature(WELL)}
    assert kept(whole.ljust((8 << 20) + 1)) == {}
