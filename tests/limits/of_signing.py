"""Limits of keys, of what is signed elsewhere, and of the list of keys."""

from __future__ import annotations

import json
import tempfile
from dataclasses import replace
from pathlib import Path
from typing import Any

import rootbook
from blazon import disk, keylist, signer, tosign
from blazon.diagnostics import BlazonError
from blazon.jsontext import Unreadable
from blazon.keys import Secret
from blazon.signatures import Signatures
from blazon.tosign import Request
from limits.limit import Limit
from rootbook import FIRST
from twophases import SECRET, TODAY, stack


def secret(number: int) -> list[str]:
    """What is said of a file for a key with so many bytes."""
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder, "key")
        place.write_bytes(b"z" * number)
        place.chmod(0o600)
        try:
            disk.read_secret(place)
        except BlazonError as error:
            return [error.message]
        return []


def requested(number: int) -> list[str]:
    """Why a list of so many documents is not signed."""
    whole = stack().recorded()
    one = whole.requests[0]

    def numbered(name: int) -> Request:
        url = f"https://badges.example.org/status/revocation-{name}.json"
        document = "".join(sorted(one.document.replace(one.id, url).splitlines(keepends=True)))
        return replace(one, id=url, document=document, sha256="")

    entries = tuple(map(numbered, range(1, number + 1)))
    try:
        signer.sign(replace(whole, requests=entries), Signatures(whole.issuer, {}), [SECRET], TODAY)
    except signer.Refused as error:
        return list(error.reasons)
    return []


def listed(**members: Any) -> list[str]:
    """Why a list of keys with other members cannot be read."""
    table = json.loads(rootbook.signed(rootbook.program(FIRST), FIRST)[rootbook.LIST])
    return read(json.dumps({**table, **members}).encode())


def read(data: bytes) -> list[str]:
    """Why a list of keys cannot be read."""
    try:
        keylist.read(data)
    except Unreadable as error:
        return [str(error)]
    return []


def padded(number: int) -> list[str]:
    """Why a list of keys of so many bytes cannot be read."""
    return read(rootbook.signed(rootbook.program(FIRST), FIRST)[rootbook.LIST].ljust(number))


def some_keys(number: int) -> list[str]:
    """Public keys that are different."""
    return [rootbook.public(Secret(one.to_bytes(32))) for one in range(number)]


def with_keys(number: int) -> list[str]:
    """Why a list of so many keys cannot be read."""
    named = enumerate(some_keys(number))
    return listed(keys=[{"name": f"key-{one}", "key": key, "from": "2026-01-01T00:00:00Z"} for one, key in named])


def with_roots(number: int) -> list[str]:
    """Why a list of so many root keys cannot be read."""
    return listed(roots=some_keys(number))


LIMITS = [
    Limit("file with a secret key", "disk.LARGEST_SECRET", disk.LARGEST_SECRET, "is not a key file", secret, "bytes"),
    Limit("documents in a list for `blazon sign`", "tosign.MOST", tosign.MOST, "at most 10,000 are signed", requested),
    Limit("list of keys", "keylist.LARGEST", keylist.LARGEST, "longer than", padded, "bytes"),
    Limit("keys in a list of keys", "keylist.MOST_KEYS", keylist.MOST_KEYS, "1 to 100 entries", with_keys),
    Limit("root keys in a list of keys", "keylist.MOST_ROOTS", keylist.MOST_ROOTS, "1 to 20 entries", with_roots),
    Limit("number of a list of keys", "keylist.MOST_NUMBER", keylist.MOST_NUMBER, "number", lambda number: listed(number=number)),
]  # fmt: skip
