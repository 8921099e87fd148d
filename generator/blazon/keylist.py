"""The numbered list of a program's signing keys, as its root keys sign it: the one form it has, and the very bytes that are signed.

A list is a JSON object. Signed are the line `blazon key list 1`, and then that object without its `signatures` in the form of RFC 8785.
Nothing else has such a signature: the proof of a badge is over 64 bytes, which are two digests.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from blazon import base58, ed25519, jsontext
from blazon.diagnostics import listed
from blazon.documents import Document, filled, moment, timestamp
from blazon.ed25519 import Verifies
from blazon.jsontext import Unreadable, quoted, text_of
from blazon.signatures import ISSUER, SIZE

LARGEST = 64 << 10
MOST_KEYS = 100
MOST_ROOTS = 20
MOST_NUMBER = 999_999
PREFIX = b"blazon key list 1\n"

_MOST_SIGNATURES = 2 * MOST_ROOTS  # those of root keys that were replaced count for whoever pinned one
_LONGEST = 1_000
_NAME = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9._-]{0,62}[A-Za-z0-9])?")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_MEMBERS = ("id", "issuer", "number", "date", "threshold", "roots", "keys", "signatures")
_OF_A_KEY = frozenset({"name", "key", "from"})
_ENDS = frozenset({"until", "compromised"})


@dataclass(frozen=True, slots=True)
class ListedKey:
    """A signing key as the list has it: the fragment of its id, the key as Multikey, and its time."""

    name: str
    key: str
    since: datetime
    until: datetime | None = None
    compromised: datetime | None = None

    @property
    def members(self) -> Document:
        """The key as an object of the list."""
        times = {"from": self.since, "until": self.until, "compromised": self.compromised}
        return filled(name=self.name, key=self.key, **{name: timestamp(time) for name, time in times.items()})


@dataclass(frozen=True, slots=True)
class KeyList:
    """A list of keys: where it is published and whose it is, its number and date, the root keys with how many of them have to
    sign, the signing keys, and the signatures, each with the root key that is said to have made it.
    """

    id: str
    issuer: str
    number: int
    date: str
    threshold: int
    roots: tuple[str, ...]
    keys: tuple[ListedKey, ...]
    signatures: tuple[tuple[str, bytes], ...] = ()

    @property
    def named(self) -> str:
        """The list as sentences name it: `list number 3 of 2026-11-20`."""
        return f"list number {self.number} of {self.date}"

    @property
    def content(self) -> Document:
        """What is signed, as an object."""
        return {
            "id": self.id,
            "issuer": self.issuer,
            "number": self.number,
            "date": self.date,
            "threshold": self.threshold,
            "roots": list(self.roots),
            "keys": [key.members for key in self.keys],
        }

    @property
    def message(self) -> bytes:
        """The bytes that root keys sign (RFC 8785, after a line that says for what)."""
        return PREFIX + jsontext.canonical(self.content).encode()

    def signers(self, verifies: Verifies) -> frozenset[str]:
        """The keys whose signatures are right, each once, whether they are root keys of the list or not."""
        message = self.message
        return frozenset(
            root for root, signature in self.signatures if verifies(ed25519.read(root), signature, message)
        )

    def without(self, root: str) -> KeyList:
        """The list without the signatures that a key is said to have made."""
        return replace(self, signatures=tuple(one for one in self.signatures if one[0] != root))

    def signed(self, root: str, signature: bytes) -> KeyList:
        """The list with one more signature."""
        return replace(self, signatures=(*self.signatures, (root, signature)))

    def same_as(self, other: KeyList) -> bool:
        """Whether two lists say the same, their numbers, dates and signatures aside."""
        return replace(self, number=0, date="", signatures=()) == replace(other, number=0, date="", signatures=())


def write(one: KeyList) -> str:
    """The text of a list's file."""
    signatures = [{"root": root, "signature": f"z{base58.encode(value)}"} for root, value in one.signatures]
    return jsontext.write({**one.content, "signatures": signatures})


def read(data: bytes) -> KeyList:
    """The list in a file; whose signatures are right is for `signers` to say.

    Raises Unreadable, with a sentence, for anything that is not written as we write it: what we do not understand in it, a root
    key may have meant.
    """
    table: dict[str, Any] = jsontext.parse(data, LARGEST)
    if set(table) != set(_MEMBERS):
        raise Unreadable(f"its members are not {listed(_MEMBERS, 'and')}.")
    if not ISSUER.fullmatch(text_of(table["issuer"])):
        raise Unreadable('its "issuer" is no did:web.')
    address = text_of(table["id"])
    if not address.isascii() or not address.startswith("https://") or len(address) > _LONGEST:
        raise Unreadable('its "id" is no address.')
    roots = tuple(_key(one, "roots") for one in _list(table, "roots", MOST_ROOTS))
    keys = tuple(_listed(one) for one in _list(table, "keys", MOST_KEYS))
    _refuse_repeated((*roots, *(one.key for one in keys)), "each key has one job, and stands once")
    _refuse_repeated((one.name for one in keys), "each name stands once")
    return KeyList(
        id=address,
        issuer=table["issuer"],
        number=_number(table, "number", MOST_NUMBER),
        date=_day(table["date"]),
        threshold=_number(table, "threshold", len(roots)),
        roots=roots,
        keys=keys,
        signatures=tuple(_signature(one) for one in _list(table, "signatures", _MOST_SIGNATURES, least=0)),
    )


def _list(table: Document, name: str, most: int, least: int = 1) -> list[Any]:
    """The entries of a list that has neither too few nor too many."""
    found = table[name]
    if not isinstance(found, list) or not least <= len(found) <= most:
        raise Unreadable(f'its "{name}" are no list of {least} to {most} entries.')
    return found


def _number(table: Document, name: str, most: int) -> int:
    """A whole number from 1 on."""
    found = table[name]
    if type(found) is not int or not 1 <= found <= most:
        raise Unreadable(f'its "{name}" is no number from 1 to {most:,}.')
    return found


def _day(text: object) -> str:
    """A day of the calendar."""
    if isinstance(text, str) and _DAY.fullmatch(text):
        try:
            return date.fromisoformat(text).isoformat()
        except ValueError:
            pass
    raise Unreadable('its "date" is no day such as 2026-05-14.')


def _key(text: object, where: str) -> str:
    """A public key as Multikey."""
    try:
        ed25519.read(text_of(text))
    except ValueError as error:
        raise Unreadable(f'a key in "{where}" cannot be used: {error}.') from None
    return text_of(text)


def _listed(entry: object) -> ListedKey:
    """A signing key."""
    if not isinstance(entry, dict) or not _OF_A_KEY <= set(entry) <= _OF_A_KEY | _ENDS:
        raise Unreadable('a key in "keys" has other members than name, key, from, until and compromised.')
    if not _NAME.fullmatch(text_of(entry["name"])):
        raise Unreadable(f'a key in "keys" cannot be called {quoted(text_of(entry["name"]))}.')
    times = {name: moment(entry[name]) for name in ("from", *sorted(_ENDS)) if name in entry}
    since = times["from"]
    if since is None or None in times.values():
        raise Unreadable(f"a time of the key {quoted(entry['name'])} is not in the form 2026-05-14T09:00:00Z.")
    return ListedKey(entry["name"], _key(entry["key"], "keys"), since, times.get("until"), times.get("compromised"))


def _signature(entry: object) -> tuple[str, bytes]:
    """A signature with the key that is said to have made it."""
    if not isinstance(entry, dict) or set(entry) != {"root", "signature"}:
        raise Unreadable("a signature has other members than root and signature.")
    root, text = _key(entry["root"], "signatures"), text_of(entry["signature"])
    try:
        value = base58.decode(text[1:]) if text[:1] == "z" else b""
    except ValueError:
        value = b""
    if len(value) != SIZE:
        raise Unreadable("a signature is not written as signatures are.")
    return root, value


def _refuse_repeated(texts: Iterable[str], rule: str) -> None:
    """Refuse what stands twice."""
    seen: set[str] = set()
    for text in texts:
        if text in seen:
            raise Unreadable(f"{quoted(text)} stands in it twice; {rule}.")
        seen.add(text)
