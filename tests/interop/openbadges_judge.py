"""What 1EdTech's `openbadges` says about our Open Badges 2.0 documents: `python openbadges_judge.py CASES.json`.

Runs in an environment of its own: openbadges.txt. Its context of Open Badges 2.0 comes out of the package itself. It never says
of a hosted assertion that it is revoked: our revoked ones are refused for what they no longer hold.
"""

from __future__ import annotations

import json
import logging
import mimetypes
from collections.abc import Callable
from functools import partial
from http import HTTPStatus
from io import BytesIO
from typing import Any
from unittest import mock

import openbadges_bakery  # type: ignore[import-not-found] # not in the environment of the tests
import requests  # type: ignore[import-untyped]
from openbadges.verifier import openbadges_context, verify  # type: ignore[import-not-found]

import casebook
from casebook import Case, Casebook, Missing, Opinion, Verdict

VERIFIER = "OB2py"
BAKERY = "bakery"
CLOCK = "openbadges.verifier.tasks.validation.datetime"
ADAPTER = "requests.sessions.HTTPAdapter"
PICTURES = frozenset({"png2", "svg2"})


class Served:
    """All the network there is: takes the place of every adapter of `requests`."""

    def __init__(self, fetch: Callable[[str], tuple[bytes, str]]) -> None:
        """An adapter that answers by a function: the bytes at an address, and what kind they are."""
        self._fetch = fetch

    def send(self, request: Any, **_options: object) -> Any:
        """The answer to a request."""
        content, kind = self._fetch(request.url)
        answer = requests.Response()
        answer.status_code, answer.url, answer.request = HTTPStatus.OK, request.url, request
        answer.raw, answer.headers["Content-Type"], answer.encoding = BytesIO(content), kind, "utf-8"
        return answer

    def close(self) -> None:
        """Nothing is held open."""


def main() -> None:
    """Judge every case of ours, at the time that the cases name."""
    # Errors inside the verifier are in its report as well; here they would only come a second time.
    logging.getLogger("openbadges.verifier").setLevel(logging.CRITICAL)
    book = casebook.opened(__doc__)
    with mock.patch(CLOCK, casebook.clock(book.now)):
        for case in book.cases:
            if case.kind == "assertion":
                casebook.judged(case, VERIFIER, partial(hosted, book, case))
            elif case.kind in PICTURES:
                casebook.judged(case, VERIFIER, partial(picture, book, case))
                casebook.judged(case, BAKERY, partial(unbaked, case))


def hosted(book: Casebook, case: Case) -> Opinion:
    """What is said about the assertion at an address, where the case's own file is served."""
    if case.address is None:
        raise Missing("the case names no address")
    return _verified(book.serving(case.address, case.file), case.address, case.address)


def picture(book: Casebook, case: Case) -> Opinion:
    """What is said about a picture. It is looked through to the hosted assertion, which has to be the right one."""
    if case.same is None:
        raise Missing("the case names no document to compare with")
    with case.file.open("rb") as file:
        return _verified(book, file, json.loads(case.same.read_bytes())["id"])


def unbaked(case: Case) -> Opinion:
    """Whether what comes out of a picture is the hosted assertion."""
    with case.file.open("rb") as file:
        held = openbadges_bakery.unbake(file)
    if held is None:
        return Verdict.REFUSED, "nothing comes out of the picture"
    difference = casebook.differs(case, held)
    return (Verdict.REFUSED, difference) if difference else (Verdict.GOOD, "holds the hosted assertion")


def _verified(book: Casebook, given: object, wanted: str) -> Opinion:
    """The report on an address or a picture, in one word and with all that it complains about."""

    def fetch(address: str) -> tuple[bytes, str]:
        if address == openbadges_context.OPENBADGES_CONTEXT_V2_URI:
            return json.dumps(openbadges_context.OPENBADGES_CONTEXT_V2_DICT).encode(), "application/ld+json"
        kind, _ = mimetypes.guess_type(book.documents.get(address, ""))
        return book.fetch(address), kind or "application/octet-stream"

    with mock.patch(ADAPTER, partial(Served, fetch)):
        report = verify(given, use_cache=False, cache_backend=None)["report"]
    subject = report.get("validationSubject")
    told = "; ".join(f"{one['messageLevel']} {one['name']}: {one['result']}" for one in report["messages"])
    if subject != wanted:
        return Verdict.REFUSED, f"it looked at {subject}, not at {wanted}; {told}"
    if report["valid"]:
        return Verdict.GOOD, told or "valid, no complaint"
    errors = [one["result"] for one in report["messages"] if one["messageLevel"] == "ERROR"]
    expired = bool(errors) and all(" expired on " in error for error in errors)
    return Verdict.EXPIRED if expired else Verdict.REFUSED, told


if __name__ == "__main__":
    main()
