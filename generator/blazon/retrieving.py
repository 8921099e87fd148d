"""Signatures that a published site holds, each verified with a key of the program before it is kept."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from blazon import base58, jsontext, proof
from blazon.authority import proofs_of
from blazon.jsontext import text_of
from blazon.keys import verify
from blazon.signatures import Signature

_LARGEST = 8 << 20


def retrieved(documents: Iterable[bytes], keys: Mapping[str, bytes]) -> dict[str, Signature]:
    """The signatures in published documents, by the id of what they sign, as far as they are by given keys.

    `keys` has the public half of each by its verification method. What cannot be read, is signed by somebody else or is not
    what was signed is passed over.
    """
    return {name: signature for data in documents for name, signature in _signed(data, keys)}


def _signed(data: bytes, keys: Mapping[str, bytes]) -> Iterator[tuple[str, Signature]]:
    """The id and the signature of a document, or nothing where there is none that counts."""
    try:
        document = jsontext.parse(data, _LARGEST)
        for one in proofs_of(document):
            method, value = text_of(one.get("verificationMethod")), base58.decode(text_of(one.get("proofValue"))[1:])
            content = {name: part for name, part in document.items() if name != "proof"}
            payload = proof.payload(content, {name: part for name, part in one.items() if name != "proofValue"})
            if method in keys and verify(keys[method], value, payload):
                yield text_of(content["id"]), Signature(text_of(one.get("created")), method, payload.hex(), value)
    except (ValueError, KeyError):  # what cannot be read, and a document without an id
        return
