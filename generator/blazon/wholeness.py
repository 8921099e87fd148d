"""Whether a stack is complete: the parts that its evidence names are what it signed, and none of them was withdrawn.

A part is evidence with a digest: the address of a `credential.json` below the issuer's own, or of the genre Award without one.
"""

from __future__ import annotations

import re
from base64 import b64decode
from collections.abc import Callable, Iterable, Iterator, Mapping
from hashlib import sha256

from blazon import jsontext
from blazon.authority import issuer_of
from blazon.jsontext import Unreadable, quoted, text_of
from blazon.lookup import Sources, home
from blazon.outcome import Doubt, Ended, Failure, Outcome, Verdict, only_ended, passed, take, undecided, worst

PART = "part"
MOST_PARTS = 6
DEEPEST = 2  # a stack in a stack
LARGEST_PART = 256 * 1024

_GENRE = "Award"
_DIGEST = re.compile(r"sha256-([A-Za-z0-9+/]{43}=)")

Document = Mapping[str, object]
Stands = Callable[[Document], Iterable[Outcome]]
"""What is found out about a part as if it stood alone, but for its dates: what was shown stays shown when an award runs out."""


def parts(document: Document, sources: Sources, stands: Stands, depth: int = 1) -> Iterator[Outcome]:
    """The outcomes of the step part, one for each part that a credential names."""
    found = list(_named(document))
    if len(found) > MOST_PARTS:
        yield undecided(PART, f"it names more than {MOST_PARTS} parts.")
        return
    for one in found:
        name = quoted(text_of(one.get("name")))
        if "id" not in one:
            yield passed(PART, f"its part {name} is not public and was not looked at.")
        elif depth > DEEPEST:
            yield undecided(PART, f"its part {name} lies deeper in other parts than we look.")
        else:
            yield take(PART, lambda one=one, name=name: _part(one, name, sources, stands, depth))  # type: ignore[misc]


def _named(document: Document) -> Iterator[Document]:
    """The evidence of a credential that is a part of it."""
    evidence, base = document.get("evidence"), home(issuer_of(document))
    for one in evidence if isinstance(evidence, list) else []:
        if not isinstance(one, dict) or "digestSRI" not in one:
            continue
        url = one.get("id")
        ours = isinstance(url, str) and base is not None and url.startswith(base) and url.endswith("/credential.json")
        if ours or ("id" not in one and one.get("genre") == _GENRE):
            yield one


def _part(one: Document, name: str, sources: Sources, stands: Stands, depth: int) -> str:
    """What is to be said about a part that is as it was and was not withdrawn."""
    digest = _DIGEST.fullmatch(text_of(one.get("digestSRI")))
    if digest is None:
        raise Doubt(f"what is signed about its part {name} is in a form that we do not know.")
    data = sources.document(text_of(one.get("id")))
    if data is None:
        raise Doubt(f"its part {name} is not here, so nobody can tell whether the stack is complete.")
    if b64decode(digest[1]) != sha256(data).digest():
        raise Failure(f"its part {name} is not what it was; the stack is no longer complete.")
    try:
        document = jsontext.parse(data, LARGEST_PART)
    except Unreadable as error:
        raise Doubt(f"its part {name} cannot be read: {error}") from None
    found = (*stands(document), *parts(document, sources, stands, depth + 1))
    outcome = worst(found)
    if outcome.verdict is Verdict.FAILED:
        raise (Ended if only_ended(found) else Failure)(
            f"its part {name} does not hold, and the stack is no longer complete: {outcome.sentence}"
        )
    if outcome.verdict is Verdict.UNDECIDED:
        raise Doubt(f"whether its part {name} holds could not be decided: {outcome.sentence}")
    return f"its part {name} stands."
