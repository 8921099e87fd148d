"""What an issuer tells of keys that were stolen: which words of its report count, and where a new copy is (H36)."""

from __future__ import annotations

from typing import Any

import pytest

from blazon import thefts
from blazon.lookup import Given, Remembered
from blazon.outcome import Doubt
from strangers import BASE, COMPROMISED_KEYS, DID, METHOD, text

KEY = {"id": METHOD, "compromised": "2026-06-20"}
PAGE = f"{BASE}awards/a7f3/"
AWARD = {"id": f"{PAGE}credential.json"}


def told(report: object, document: object = AWARD) -> str | None:
    """What is told of the key of a document when its issuer's report is such a one."""
    data = report if isinstance(report, bytes) else text(report)  # type: ignore[arg-type]
    return thefts.told(document, DID, METHOD, Given({COMPROMISED_KEYS: data}))  # type: ignore[arg-type]


def report(*keys: object, **changes: object) -> dict[str, Any]:
    return {"issuer": DID, "keys": [*keys], **changes}


def sentence(place: str) -> str:
    return f"its issuer reports the key that signed it as stolen since 20 June 2026: ask for a new copy at {place}."


@pytest.mark.parametrize(
    ("name", "place"),
    [
        (f"{PAGE}credential.json", PAGE),
        (f"{BASE}awards/a_B~-9/credential.json", f"{BASE}awards/a_B~-9/"),
        (f"{PAGE}assertion.json", BASE),
        (f"{BASE}awards/a/b/credential.json", BASE),
        (f"{BASE}awards//credential.json", BASE),
        ("https://elsewhere.example.org/awards/a7f3/credential.json", BASE),
        ("awards/a7f3/credential.json", BASE),
        ("urn:uuid:0", BASE),
        (None, BASE),
        (7, BASE),
    ],
)
def test_h36_a_new_copy_is_at_the_page_of_the_award_or_at_the_issuers(name: object, place: str) -> None:
    assert told(report(KEY), {"id": name}) == sentence(place)


def test_h36_only_the_issuers_own_report_about_that_key_counts() -> None:
    other = {"id": f"{DID}#key-2", "compromised": "2026-06-20"}
    assert told(report(other, KEY)) == sentence(PAGE)
    assert told(report(other)) is None
    assert told(report(KEY, issuer="did:web:elsewhere.example.org")) is None
    assert told({"keys": [KEY]}) is None


@pytest.mark.parametrize(
    "odd",
    [b"", b"{", b"[]", {"issuer": DID}, report(keys={"id": METHOD}), report(7), report({**KEY, "compromised": 7})],
)
def test_h36_a_report_in_another_form_says_nothing(odd: object) -> None:
    assert told(odd) is None


def test_h36_a_report_has_at_most_a_hundred_keys_and_64_kib() -> None:
    more = [{"id": f"{DID}#key-{number}", "compromised": "2026-06-20"} for number in range(2, 101)]
    assert told(report(KEY, *more)) == sentence(PAGE)
    assert told(report(KEY, KEY, *more)) is None
    whole = text(report(KEY))
    assert told(whole.ljust(65_536)) == sentence(PAGE)
    assert told(whole.ljust(65_537)) is None


def test_h36_a_report_that_cannot_be_reached_says_nothing() -> None:
    class Unreachable:
        def document(self, url: str) -> bytes | None:
            raise Doubt(f"{url} did not answer.")

    assert thefts.told(AWARD, DID, METHOD, Unreachable()) is None


def test_h36_a_report_is_read_once_for_all_badges_of_a_run() -> None:
    asked = []

    class Asked:
        def document(self, url: str) -> bytes | None:
            asked.append(url)
            return text(report(KEY))

    shared = Remembered(Asked())
    assert [thefts.told(AWARD, DID, METHOD, shared) for _ in range(3)] == [sentence(PAGE)] * 3
    assert asked == [COMPROMISED_KEYS]
