"""Signatures that were made before: the file that keeps them, one line each, and which of them fits what is signed."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import TypeAlias

from blazon import base58, jsontext
from blazon.jsontext import Unreadable

FILE = "signatures.json"
VERSION = 1
LARGEST = 64 << 20

SIZE = 64  # bytes of a signature, and of what is signed

ISSUER = re.compile(r"did:web:[A-Za-z0-9.%:_-]{1,500}")
_MEMBERS = {
    "created": re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z"),
    "verificationMethod": re.compile(r"did:web:[A-Za-z0-9.%:_#-]{1,600}"),
    "sha256": re.compile(rf"[0-9a-f]{{{2 * SIZE}}}"),
    "signature": re.compile(r"z[1-9A-HJ-NP-Za-km-z]{64,88}"),
}


@dataclass(frozen=True, slots=True)
class Signature:
    """A signature with what it is over: the date and method of its proof, and the 64 bytes in hex."""

    created: str
    method: str
    sha256: str
    value: bytes


@dataclass(frozen=True, slots=True)
class Signatures:
    """The signatures of an issuer by the id of what was signed."""

    issuer: str
    by_id: Mapping[str, Signature]


Known: TypeAlias = Mapping[str, tuple[Signature, ...]]
"""The signatures that several files hold, by the id of what was signed."""

NOTHING_KNOWN: Known = MappingProxyType({})


def together(files: Iterable[Signatures]) -> Known:
    """What several files hold."""
    found: dict[str, tuple[Signature, ...]] = {}
    for file in files:
        for name, one in file.by_id.items():
            found[name] = (*found.get(name, ()), one)
    return found


def without(known: Known, methods: Collection[str]) -> Known:
    """What is known but for the signatures made with some methods."""
    left = {name: tuple(one for one in found if one.method not in methods) for name, found in known.items()}
    return {name: found for name, found in left.items() if found}


def read(data: bytes) -> Signatures:
    """The signatures in a file. Raises Unreadable, with a sentence that repeats nothing but a name."""
    table = jsontext.parse(data, LARGEST)
    entries = table.get("signatures")
    if table.get("version") != VERSION:
        raise Unreadable(f'its "version" is not {VERSION}.')
    if not isinstance(entries, dict) or set(table) != {"version", "issuer", "signatures"}:
        raise Unreadable('it has other members than "version", "issuer" and "signatures".')
    issuer = jsontext.text_of(table["issuer"])
    if not ISSUER.fullmatch(issuer):
        raise Unreadable('its "issuer" is no did:web.')
    return Signatures(issuer, {name: _entry(name, entry) for name, entry in entries.items()})


def write(signatures: Signatures) -> str:
    """The text of a file: sorted, one signature a line, so that a difference shows what was added."""
    lines = [f"{jsontext.compact(name)}: {_line(one)}" for name, one in sorted(signatures.by_id.items())]
    head = f'{{\n"version": {VERSION},\n"issuer": {jsontext.compact(signatures.issuer)},\n"signatures": {{\n'
    return head + ",\n".join(lines) + ("\n}\n}\n" if lines else "}\n}\n")


def _entry(name: str, entry: object) -> Signature:
    """One signature."""
    if not isinstance(entry, dict) or set(entry) != set(_MEMBERS):
        raise Unreadable(f"the entry {jsontext.quoted(name)} has other members than {', '.join(_MEMBERS)}.")
    for member, form in _MEMBERS.items():
        if not form.fullmatch(jsontext.text_of(entry[member])):
            raise Unreadable(f'"{member}" of {jsontext.quoted(name)} is not in the form that we write.')
    value = base58.decode(entry["signature"][1:])
    if len(value) != SIZE:
        raise Unreadable(f'"signature" of {jsontext.quoted(name)} is not in the form that we write.')
    return Signature(entry["created"], entry["verificationMethod"], entry["sha256"], value)


def _line(one: Signature) -> str:
    """A signature on one line."""
    members = {
        "created": one.created,
        "verificationMethod": one.method,
        "sha256": one.sha256,
        "signature": "z" + base58.encode(one.value),
    }
    return jsontext.compact(members)
