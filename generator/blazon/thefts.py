"""What an issuer tells of keys that were stolen: read only once a key is not among those that it lists, so it lets nothing pass."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime

from blazon import jsontext
from blazon.documents import day, moment
from blazon.jsontext import Unreadable
from blazon.lookup import Remembered, Sources, home, remembered
from blazon.outcome import Doubt

PATH = "compromised-keys.json"
LARGEST = 64 * 1024
MOST_KEYS = 100

_AWARD = re.compile(r"(awards/[A-Za-z0-9_~-]+/)credential\.json")

Document = Mapping[str, object]


def told(document: Document, issuer: str, method: str, sources: Sources) -> str | None:
    """The sentence about the key of a document whose issuer reports it as stolen, or None: then nothing is known about it."""
    base = home(issuer) or ""  # whoever has a list of keys has an address
    kept = remembered(sources)
    since = kept.made(("stolen", issuer), lambda: _reported(base, issuer, kept)).get(method)
    if since is None:
        return None
    return f"its issuer reports the key that signed it as stolen since {day(since)}: ask for a new copy at {_place(document, base)}."


def _reported(base: str, issuer: str, sources: Remembered) -> dict[str, datetime]:
    """Since when keys are stolen, by verification method; of a list that is absent or in another form, nothing."""
    try:
        data = sources.document(f"{base}{PATH}")
        document = jsontext.parse(data, LARGEST) if data else {}
    except (Doubt, Unreadable):
        return {}
    entries = document.get("keys")
    if document.get("issuer") != issuer or not isinstance(entries, list) or len(entries) > MOST_KEYS:
        return {}
    found = {
        str(one.get("id")): moment(f"{one.get('compromised')}T00:00:00Z") for one in entries if isinstance(one, dict)
    }
    return {method: since for method, since in found.items() if since is not None}


def _place(document: Document, base: str) -> str:
    """Where a new copy is: at the page of the award when the document is one of the issuer's, or else at its home page."""
    name = document.get("id")
    found = _AWARD.fullmatch(name.removeprefix(base)) if isinstance(name, str) and name.startswith(base) else None
    return base + (found[1] if found else "")
