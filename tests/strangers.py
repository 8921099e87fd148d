"""Badges as a stranger meets them: the standards' examples, signed again after any change, with the documents around them."""

from __future__ import annotations

import copy
import json
import zlib
from base64 import b64encode, urlsafe_b64encode
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

from blazon import base58, jsontext, proof
from blazon.keys import Secret
from blazon.lookup import Given

BASE = "https://badges.example.org/academy/"
DID = "did:web:badges.example.org:academy"
METHOD = f"{DID}#key-1"
KEY_DOCUMENT = f"{BASE}did.json"
STATUS_LIST = f"{BASE}status/revocation-1.json"
KEY_LIST = f"{BASE}keys.json"
COMPROMISED_KEYS = f"{BASE}compromised-keys.json"
ASSERTION = f"{BASE}awards/a7f3/assertion.json"
NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
SECRET = Secret(sha256(b"sample key 1").digest())
STRANGER = Secret(sha256(b"a stranger").digest())
VECTORS = Path(__file__).parent / "vectors" / "standards"

Json = dict[str, Any]
Change = Callable[[Json], None]


def png_chunk(kind: bytes, content: bytes) -> bytes:
    """A whole PNG chunk."""
    return len(content).to_bytes(4) + kind + content + zlib.crc32(kind + content).to_bytes(4)


HEADER = b"\x89PNG\r\n\x1a\n" + png_chunk(b"IHDR", bytes.fromhex("00000001000000010800000000"))
END = png_chunk(b"IEND", b"")
PNG = HEADER + png_chunk(b"IDAT", zlib.compress(b"\0\0")) + END
SVG = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 64 64" >\n  <path d="M0 0h64"/>\n</svg>\n'


def vector(name: str) -> Json:
    """An example document of this project's description of the standards."""
    document: Json = json.loads((VECTORS / f"{name}.json").read_bytes())
    return document


def seal(document: Mapping[str, Any], secret: Secret = SECRET, **changes: Any) -> Json:
    """A document signed again; changes replace members of the proof before it is made."""
    content = {name: value for name, value in document.items() if name != "proof"}
    options = {
        "type": "DataIntegrityProof",
        "cryptosuite": "eddsa-rdfc-2022",
        "created": "2026-03-01T09:00:00Z",
        "verificationMethod": METHOD,
        "proofPurpose": "assertionMethod",
        **changes,
    }
    signature = secret.signer(METHOD).sign(proof.payload(content, options))
    return {**content, "proof": [{**options, "proofValue": "z" + base58.encode(signature)}]}


def digest(picture: bytes) -> str:
    """The digest of a picture as a credential carries it."""
    return "sha256-" + b64encode(sha256(picture).digest()).decode()


def award(*changes: Change) -> Json:
    """Award a7f3 with the digests of our pictures, changed before it is signed."""
    document = copy.deepcopy(vector("award-a7f3"))
    folder = f"{BASE}badges/robotics-1/"
    document["relatedResource"] = [
        {"id": f"{folder}badge.png", "digestSRI": digest(PNG), "mediaType": "image/png"},
        {"id": f"{folder}badge.svg", "digestSRI": digest(SVG), "mediaType": "image/svg+xml"},
    ]
    for change in changes:
        change(document)
    return seal(document)


def put(value: Any, *path: str | int) -> Change:
    """A change that puts a value at a path."""

    def change(document: Json) -> None:
        place: Any = document
        for step in path[:-1]:
            place = place[step]
        place[path[-1]] = value

    return change


def without(*path: str | int) -> Change:
    """A change that takes away what is at a path."""

    def change(document: Json) -> None:
        place: Any = document
        for step in path[:-1]:
            place = place[step]
        del place[path[-1]]

    return change


def changed(document: Json, *changes: Change) -> Json:
    """A copy of a document with changes that nobody signed."""
    other = copy.deepcopy(document)
    for change in changes:
        change(other)
    return other


def text(document: Json) -> bytes:
    """A document as a file."""
    return jsontext.write(document).encode()


def bits(*places: int, size: int = 16_384) -> bytes:
    """The bits of a status list."""
    found = bytearray(size)
    for place in places:
        found[place >> 3] |= 0x80 >> (place & 7)
    return bytes(found)


def multibase(data: bytes) -> str:
    """Bytes as base64url without padding, and the letter that says so."""
    return "u" + urlsafe_b64encode(data).decode().rstrip("=")


def encoded(data: bytes) -> str:
    """Bits as a status list carries them."""
    return multibase(zlib.compress(data, wbits=31))


def status_list(*changes: Change, secret: Secret = SECRET) -> bytes:
    """The status list, changed before it is signed."""
    return text(seal(changed(vector("status-list"), *changes), secret))


def sources(**documents: bytes | None) -> Given:
    """What a verifier has at hand: `keys`, `status` and `assertion`, each of which may be replaced or (None) be missing, and `listed`,
    the list of keys that root keys signed, where it is given.
    """
    usual: dict[str, bytes | None] = {
        "keys": text(vector("did")),
        "status": text(vector("status-list")),
        "assertion": text(vector("assertion-a7f3")),
        **documents,
    }
    addresses = {"keys": KEY_DOCUMENT, "status": STATUS_LIST, "assertion": ASSERTION, "listed": KEY_LIST}
    return Given({addresses[name]: data for name, data in usual.items() if data is not None})
