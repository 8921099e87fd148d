"""The record of how an award was reviewed, which lies beside it: whether it is the one whose digest is signed in the award.

It is looked at where it is at hand. An award stands without it, so one that is not here leaves nothing undecided.
"""

from __future__ import annotations

import re
from base64 import b64decode
from collections.abc import Mapping
from hashlib import sha256

from blazon.jsontext import text_of
from blazon.lookup import Sources
from blazon.outcome import Doubt, Outcome, failed, passed

REVIEW = "review"
FILE = "review.json"

_DIGEST = re.compile(r"sha256-([A-Za-z0-9+/]{43}=)")


def look(credential: Mapping[str, object], sources: Sources) -> Outcome | str | None:
    """What comes of the record of a credential's review: an outcome, or why it was not looked at; None when none is named."""
    own = text_of(credential.get("id"))
    url = own[: own.rfind("/") + 1] + FILE
    resources = credential.get("relatedResource")
    found = [one for one in (resources if isinstance(resources, list) else []) if _is(one, url)]
    if not found or not own:
        return None
    digest = _DIGEST.fullmatch(text_of(found[0].get("digestSRI")))
    if len(found) > 1 or digest is None:
        return "what is signed about the record of its review is in a form that we do not know."
    try:
        record = sources.document(url)
    except Doubt as doubt:
        return str(doubt)
    if record is None:
        return "the record of its review is not here."
    if sha256(record).digest() != b64decode(digest[1]):
        return failed(REVIEW, "the record of its review is not the one that was signed.")
    return passed(REVIEW, "the record of its review is the one that was signed.")


def _is(one: object, url: str) -> bool:
    """Whether a related resource is at an address."""
    return isinstance(one, dict) and one.get("id") == url
