"""Adds a Data Integrity proof to a document, and says what a proof signs (VC Data Integrity 1.0; eddsa-rdfc-2022, §3.2)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from hashlib import sha256

from blazon import base58
from blazon.canon import Prepared, canonicalize
from blazon.keys import Signer

SUITE = "eddsa-rdfc-2022"

Document = Mapping[str, object]


def payload(document: Document, options: Document, prepared: Sequence[Prepared] = ()) -> bytes:
    """The 64 bytes that a proof signs: SHA-256 of the canonical options, then of the canonical document.

    `document` has no proof, `options` no `proofValue`. Raises quads.Malformed, quads.TooLarge, vocabulary.UnknownTerm.
    """
    configuration = canonicalize({"@context": document["@context"], **options})
    return _digest(configuration) + _digest(canonicalize(document, prepared))


def sign(document: Document, signer: Signer, created: datetime, prepared: Sequence[Prepared] = ()) -> dict[str, object]:
    """The document with one proof in an array of one, made at `created` (UTC).

    The same document, date and key give the same bytes. Raises what `payload` raises.
    """
    options = {
        "type": "DataIntegrityProof",
        "cryptosuite": SUITE,
        "created": created.strftime("%Y-%m-%dT%H:%M:%SZ"),
        "verificationMethod": signer.verification_method,
        "proofPurpose": "assertionMethod",
    }
    signature = signer.sign(payload(document, options, prepared))
    return {**document, "proof": [{**options, "proofValue": "z" + base58.encode(signature)}]}


def _digest(text: str) -> bytes:
    """SHA-256 of a text in UTF-8: 32 bytes."""
    return sha256(text.encode()).digest()
