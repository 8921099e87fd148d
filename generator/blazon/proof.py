"""Adds a Data Integrity proof to a document, and says what a proof signs (VC Data Integrity 1.0; eddsa-rdfc-2022, §3.2)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import lru_cache
from hashlib import sha256
from typing import Any

from blazon import base58
from blazon.canon import Prepared, canonicalize
from blazon.documents import timestamp
from blazon.keys import Shown, Signer

SUITE = "eddsa-rdfc-2022"

Document = Mapping[str, Any]

_MARK = "0000-00-00T00:00:00Z"


def payload(document: Document, options: Document, prepared: Sequence[Prepared] = ()) -> bytes:
    """The 64 bytes that a proof signs: SHA-256 of the canonical options, then of the canonical document.

    `document` has no proof, `options` no `proofValue`. Raises quads.Malformed, quads.TooLarge, vocabulary.UnknownTerm.
    """
    configuration = canonicalize({"@context": document["@context"], **options})
    return signed_bytes(configuration, canonicalize(document, prepared))


def signed_bytes(options: str, document: str) -> bytes:
    """The 64 bytes that are signed for two canonical texts."""
    return sha256(options.encode()).digest() + sha256(document.encode()).digest()


@lru_cache(maxsize=64)
def _around_created(context: tuple[str, ...], verification_method: str) -> tuple[str, str]:
    """The canonical options of our proofs before and after the date, which is all that differs between them."""
    options = {**_options(verification_method, _MARK), "@context": list(context)}
    before, after = canonicalize(options).split(_MARK)
    return before, after


def _options(verification_method: str, created: str) -> dict[str, str]:
    """The members of a proof but for its value."""
    return {
        "type": "DataIntegrityProof",
        "cryptosuite": SUITE,
        "created": created,
        "verificationMethod": verification_method,
        "proofPurpose": "assertionMethod",
    }


def sign(document: Document, signer: Signer, created: datetime, prepared: Sequence[Prepared] = ()) -> dict[str, object]:
    """The document with one proof in an array of one, made at `created` (UTC).

    The same document, date and key give the same bytes. Raises what `payload` raises.
    """
    options = _options(signer.verification_method, timestamp(created))
    before, after = _around_created(tuple(document["@context"]), signer.verification_method)
    configuration, text = before + options["created"] + after, canonicalize(document, prepared)
    shown = Shown(document["id"], options["created"], configuration, text)
    signature = signer.sign(signed_bytes(configuration, text), shown)
    return {**document, "proof": [{**options, "proofValue": "z" + base58.encode(signature)}]}
