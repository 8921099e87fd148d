"""The published vectors of the cryptosuite come out of our own code."""

from __future__ import annotations

import json
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from blazon import base58, canon, ed25519, keys
from blazon.vocabulary import CREDENTIALS_CONTEXT

PUBLISHED: dict[str, Any] = json.loads((Path(__file__).parent / "vectors/w3c/eddsa-rdfc-2022.json").read_text("utf-8"))
SECRET = keys.parse_secret(PUBLISHED["privateKeyMultibase"])
VECTORS = pytest.mark.parametrize("vector", PUBLISHED["vectors"], ids=lambda vector: vector["name"])


def test_the_key_pair_belongs_together() -> None:
    assert ed25519.write(SECRET.public) == PUBLISHED["publicKeyMultibase"]
    assert SECRET.one_line() == PUBLISHED["privateKeyMultibase"]


@VECTORS
def test_options_have_the_published_digest(vector: dict[str, Any]) -> None:
    configuration = canon.canonicalize({"@context": [CREDENTIALS_CONTEXT], **vector["options"]})
    assert sha256(configuration.encode()).hexdigest() == vector["payload"][:64]


@VECTORS
def test_statements_in_any_order_have_the_published_digest(vector: dict[str, Any]) -> None:
    shuffled = [line.replace("_:c14n", "_:any") for line in reversed(vector["statements"])]
    parts = [line.removesuffix(" .").split(" ", 2) for line in shuffled]
    canonical = canon.canonicalize_quads([(subject, predicate, value, "") for subject, predicate, value in parts])
    assert canonical.splitlines() == vector["statements"]
    assert sha256(canonical.encode()).hexdigest() == vector["payload"][64:]


@VECTORS
def test_signatures_are_the_published_ones(vector: dict[str, Any]) -> None:
    payload = bytes.fromhex(vector["payload"])
    signature = SECRET.signer(vector["options"]["verificationMethod"]).sign(payload)
    assert "z" + base58.encode(signature) == vector["proofValue"]
    assert keys.verify(ed25519.read(PUBLISHED["publicKeyMultibase"]), signature, payload)
