"""Whether a badge counts at a moment: its period, and its issuer's list of withdrawn awards (Bitstring Status List 1.0)."""

from __future__ import annotations

import re
import zlib
from base64 import urlsafe_b64decode
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from blazon import jsontext, shape
from blazon.authority import issuer_of, proofs_of, signed
from blazon.documents import day, moment
from blazon.jsontext import Unreadable, quoted
from blazon.lookup import Remembered, Sources
from blazon.outcome import Doubt, Ended, Failure, Outcome, Verdict, take, worst
from blazon.vocabulary import CREDENTIALS_CONTEXT

DATES = "dates"
STATUS = "status"

GRACE = timedelta(minutes=5)  # clocks differ; it helps only what is said to begin, never what has ended
LARGEST_LIST = 2 * 1024 * 1024
LARGEST_BITS = 1024 * 1024
SMALLEST_BITS = 131_072 // 8

_INDEX = re.compile(r"0|[1-9][0-9]{0,8}")
_BASE64URL = re.compile(r"u[A-Za-z0-9_-]+")
_GZIP = 31  # zlib's word for: one gzip member with a window of 32 KiB
_CONTEXT = (CREDENTIALS_CONTEXT,)
_MEANINGS = {"revocation": "it has been withdrawn by its issuer", "suspension": "its issuer has put it on hold"}

Document = Mapping[str, object]


@dataclass(frozen=True, slots=True)
class _Entry:
    """A badge's place in a status list."""

    url: str
    purpose: str
    index: int


def period(document: Document, now: datetime) -> Outcome:
    """The outcome of the step dates: every date is one, the document has begun, and it has not ended."""
    return take(DATES, lambda: _period(document, now))


def status(document: Document, sources: Sources, now: datetime) -> Outcome:
    """The outcome of the step status: what the issuer's list says about a badge, with the list's own date."""
    return take(STATUS, lambda: _status(document, sources, now))


def _period(document: Document, now: datetime) -> str:
    """What is to be said about dates that are in order."""
    odd = next((name for name, text in _dates(document) if moment(text) is None), None)
    if odd is not None:
        raise Failure(f"{quoted(odd)} is not a date in the form 2026-05-14T09:00:00Z.")
    start, end = moment(document.get("validFrom")), moment(document.get("validUntil"))
    if start is None:
        raise Failure("it does not say when it begins.")
    if end is not None and end <= start:
        raise Failure("it ends before it begins.")
    if end is not None and end < now:
        raise Ended(f"it expired on {day(end)}.")
    if start > now + GRACE:
        raise Failure(f"it is not valid yet: it starts on {day(start)}.")
    if any(made is not None and made > now + GRACE for made in _created(document)):
        raise Failure("it is said to be signed on a day that has not come.")
    return f"it counts from {day(start)} {f'to {day(end)}' if end else 'and does not expire'}."


def _status(document: Document, sources: Sources, now: datetime) -> str:
    """What is to be said about a badge that its issuer's list does not name."""
    if "credentialStatus" not in document:
        return "its issuer keeps no list in which it could be withdrawn."
    entry = _entry(document["credentialStatus"])
    listed, bits = _read(entry, document, sources, now)
    ended = _is_set(bits, entry.index)
    date = moment(listed.get("validFrom"))
    told = f"the issuer's list of {day(date)}" if date else "the issuer's list"
    if ended:
        raise Ended(f"{_MEANINGS[entry.purpose]}, says {told}.")
    return f"{told} does not name it."


def _read(entry: _Entry, document: Document, sources: Sources, now: datetime) -> tuple[dict[str, object], bytes]:
    """A list that can be relied on, and its bits; read once for all badges of an issuer that are looked at together."""

    def read() -> tuple[dict[str, object], bytes]:
        listed = _list(entry, document, sources, now)
        return listed, _bits(listed)

    if not isinstance(sources, Remembered):
        return read()
    return sources.made((entry.url, entry.purpose, issuer_of(document)), read)


def _dates(document: Document) -> list[tuple[str, object]]:
    """Every date in a credential, its subject and its proofs, with its name."""
    subject = document.get("credentialSubject")
    places = ((document, "validFrom validUntil awardedDate"), (subject, "activityStartDate activityEndDate"))
    found = [
        (name, place[name])
        for place, names in places
        if isinstance(place, Mapping)
        for name in names.split()
        if name in place
    ]
    return [*found, *(("created", one["created"]) for one in proofs_of(document) if "created" in one)]


def _created(document: Document) -> list[datetime | None]:
    """When each proof says that it was made."""
    return [moment(one.get("created")) for one in proofs_of(document)]


def _entry(value: object) -> _Entry:
    """A badge's place in a list, in the one form that we know (§2.1)."""
    if not isinstance(value, dict) or value.get("type") != "BitstringStatusListEntry":
        raise Doubt("it can be withdrawn in a way that we do not know.")
    url, purpose, index = (value.get(name) for name in ("statusListCredential", "statusPurpose", "statusListIndex"))
    if not isinstance(url, str) or not isinstance(purpose, str) or purpose not in _MEANINGS:
        raise Doubt("it can be withdrawn in a way that we do not know.")
    if value.get("statusSize", 1) != 1 or value.get("id") == url:
        raise Doubt("it can be withdrawn in a way that we do not know.")
    if not isinstance(index, str) or not _INDEX.fullmatch(index):
        raise Doubt("its place in the issuer's list is not a number.")
    return _Entry(url, purpose, int(index))


def _list(entry: _Entry, document: Document, sources: Sources, now: datetime) -> dict[str, object]:
    """The list that an entry names, when it is what it should be and the badge's own issuer signed it (§3.2)."""
    data = sources.document(entry.url)
    if data is None:
        raise Doubt("the issuer's list of withdrawn awards is not here.")
    try:
        listed = jsontext.parse(data, LARGEST_LIST)
    except Unreadable as error:
        raise Doubt(f"the issuer's list of withdrawn awards cannot be read: {error}") from None
    types, subject = listed.get("type"), listed.get("credentialSubject")
    if listed.get("id") != entry.url or not isinstance(types, list) or "BitstringStatusListCredential" not in types:
        raise Doubt("what is at the address of the issuer's list is another document.")
    if issuer_of(listed) != issuer_of(document):
        raise Doubt("the list of withdrawn awards is not from the issuer of the badge.")
    if not isinstance(subject, dict) or subject.get("type") != "BitstringStatusList":
        raise Doubt("the issuer's list of withdrawn awards is in a form that we do not know.")
    if subject.get("statusPurpose") != entry.purpose:
        raise Doubt("the issuer's list is for another purpose.")
    _rely((shape.judge(listed, _CONTEXT), period(listed, now)))
    _rely(signed(listed, sources, now))
    return listed


def _rely(outcomes: Iterable[Outcome]) -> None:
    """Doubt a list unless all that was found out about it passed."""
    wrong = worst(outcomes)
    if wrong.verdict is not Verdict.PASSED:
        raise Doubt(f"the issuer's list cannot be relied on: {wrong.sentence}")


def _bits(listed: Document) -> bytes:
    """The bits of a list: base64url of one gzip member, expanded no further than we need (§3.3, §3.4)."""
    subject = listed["credentialSubject"]
    text = subject.get("encodedList") if isinstance(subject, dict) else None
    if not isinstance(text, str) or not _BASE64URL.fullmatch(text) or len(text) % 4 == 2:  # noqa: PLR2004 (u and 4n + 1)
        raise Doubt("the issuer's list is not encoded as lists are.")
    expander = zlib.decompressobj(wbits=_GZIP)
    try:
        bits = expander.decompress(urlsafe_b64decode(text[1:] + "=" * (-(len(text) - 1) % 4)), LARGEST_BITS + 1)
    except zlib.error:
        raise Doubt("the issuer's list is not compressed as lists are.") from None
    if len(bits) > LARGEST_BITS:
        raise Doubt("the issuer's list is too long.")
    if not expander.eof or expander.unused_data:
        raise Doubt("the issuer's list is not compressed as lists are.")
    if len(bits) < SMALLEST_BITS:
        raise Doubt("the issuer's list is shorter than lists may be.")
    return bits


def _is_set(bits: bytes, index: int) -> bool:
    """Whether the bit of a place is set; place 0 is the highest bit of the first byte."""
    if index >= len(bits) * 8:
        raise Doubt("its place is beyond the end of the issuer's list.")
    return bool(bits[index >> 3] & (0x80 >> (index & 7)))
