"""Which awards are revoked, said the way verifiers read it: Bitstring Status Lists (W3C 2025) of 131,072 places each."""

from __future__ import annotations

from base64 import urlsafe_b64encode
from collections.abc import Iterable
from datetime import datetime

from blazon import address, deflate
from blazon.address import STATUS_LIST_ENTRIES, Plan
from blazon.documents import Document, timestamp
from blazon.model import Brief
from blazon.vocabulary import CREDENTIALS_CONTEXT


def bitstring(places: Iterable[int]) -> bytes:
    """The bits of a list, place 0 being the highest bit of the first byte (Bitstring Status List §3.3)."""
    bits = bytearray(STATUS_LIST_ENTRIES // 8)
    for place in places:
        bits[place >> 3] |= 0x80 >> (place & 7)
    return bytes(bits)


def encoded(bits: bytes) -> str:
    """Bits as `encodedList`: `u`, then base64url without padding of gzip."""
    return "u" + urlsafe_b64encode(deflate.gzip(bits)).decode("ascii").rstrip("=")


def ends(award: Brief) -> datetime | None:
    """When an award stopped counting for ever, or None: revoked or erased."""
    return award.revoked.on if award.revoked else award.erased


def documents(plan: Plan, awards: Iterable[Brief]) -> dict[str, tuple[Document, datetime]]:
    """The unsigned status lists and their dates by path: one for each list that an award has its place in, always the first.

    A list is dated by its newest revocation, or else by the first award in it, so that a build needs no clock.
    """
    places: dict[int, set[int]] = {1: set()}
    dates: dict[int, datetime] = {}
    started: dict[int, datetime] = {}
    for award in awards:
        number = address.status_list_number(award.status_index)
        revoked = places.setdefault(number, set())
        ended = ends(award)
        begun = ended if award.issued is None else award.issued
        if begun is not None:
            started[number] = min(started.get(number, begun), begun)
        if ended is not None:
            revoked.add(award.status_index % STATUS_LIST_ENTRIES)
            dates[number] = max(dates.get(number, ended), ended)
    dates = {**started, **dates}
    return {
        address.status_list(number): (_document(plan, number, revoked, date), date)
        for number, revoked in sorted(places.items())
        for date in (dates.get(number, plan.founded),)
    }


def _document(plan: Plan, number: int, revoked: Iterable[int], date: datetime) -> Document:
    """One list as a credential that is not yet signed."""
    url = plan.url(address.status_list(number))
    return {
        "@context": [CREDENTIALS_CONTEXT],
        "id": url,
        "type": ["VerifiableCredential", "BitstringStatusListCredential"],
        "issuer": plan.did,
        "validFrom": timestamp(date),
        "credentialSubject": {
            "id": f"{url}#list",
            "type": "BitstringStatusList",
            "statusPurpose": "revocation",
            "encodedList": encoded(bitstring(revoked)),
        },
    }
