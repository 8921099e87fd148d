"""Badges that others issued with the same suite are good as far as our words reach; what we do not know is undecided, never good."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from unittest import mock

import openbadgeslib_issue
import pytest
from openbadgeslib.ob3 import ldp

import casebook
from blazon.lookup import Given, given
from blazon.outcome import Outcome, Verdict, overall
from blazon.verify import verify
from strangers import Json, put, without

BAZAAR = Path(__file__).parent / "vectors" / "others"
NOW = datetime(2026, 11, 26, 12, tzinfo=UTC)
PASSED, FAILED, UNDECIDED = Verdict.PASSED, Verdict.FAILED, Verdict.UNDECIDED
KEYS = "https://issuer.example.org/.well-known/did.json"


@cache
def issued() -> dict[str, bytes]:
    """What openbadgeslib issues now."""
    frozen = casebook.clock(openbadgeslib_issue.CREATED)
    with mock.patch.object(ldp, "datetime", frozen):
        return openbadgeslib_issue.documents()


def theirs(*names: str) -> Given:
    """Documents of openbadgeslib's issuer; its key document answers for it."""
    return given([issued()["did.json"], *(issued()[name] for name in names)])


def told(outcomes: tuple[Outcome, ...]) -> dict[str, tuple[Verdict, str]]:
    """What did not pass."""
    return {one.step: (one.verdict, one.sentence) for one in outcomes if one.verdict is not PASSED}


@pytest.mark.parametrize("name", ["key.json", "web.json", "rich.json"])
def test_what_openbadgeslib_issues_is_good(name: str) -> None:
    assert told(verify(issued()[name], theirs(), NOW)) == {}


def test_its_status_list_is_read() -> None:
    assert told(verify(issued()["status.json"], theirs("list.json"), NOW)) == {}
    assert told(verify(issued()["status.json"], theirs(), NOW))["status"][0] is UNDECIDED


def test_what_was_changed_is_not_good() -> None:
    outcomes = verify(issued()["tampered.json"], theirs(), NOW)
    assert told(outcomes) == {"proof": (FAILED, "what it says is not what was signed.")}


def test_without_its_key_document_nothing_is_decided() -> None:
    outcomes = verify(issued()["web.json"], Given({}), NOW)
    assert overall(outcomes) is UNDECIDED
    assert set(told(outcomes)) == {"proof", "issuer"}


def test_its_pictures_are_undecided_and_say_why() -> None:
    outcomes = verify(issued()["baked.png"], theirs(), NOW)
    assert told(outcomes) == {"picture": (UNDECIDED, "its issuer has not signed what its picture looks like.")}
    outcomes = verify(issued()["baked.svg"], theirs(), NOW)
    assert told(outcomes) == {
        "readable": (UNDECIDED, "the picture carries a badge in a form that is not the usual one.")
    }


@pytest.mark.parametrize("name", ["db-key", "db-web", "db-status"])
def test_what_digital_bazaar_signs_is_good(name: str) -> None:
    at_hand = given([(BAZAAR / "did.json").read_bytes(), (BAZAAR / "status.json").read_bytes()])
    assert told(verify((BAZAAR / f"{name}.json").read_bytes(), at_hand, NOW)) == {}


def test_what_digital_bazaar_did_not_sign_is_not() -> None:
    at_hand = given([(BAZAAR / "did.json").read_bytes()])
    outcomes = verify((BAZAAR / "db-tampered.json").read_bytes(), at_hand, NOW)
    assert told(outcomes)["proof"] == (FAILED, "what it says is not what was signed.")


# What reaches beyond our words. openbadgeslib signs it again, so that nothing but the words is in the way.


def resigned(change: Callable[[Json], object]) -> bytes:
    """Openbadgeslib's badge with something else in it, which it signs."""
    document = json.loads(issued()["web.json"])
    del document["proof"]
    change(document)
    key = openbadgeslib_issue._key("openbadgeslib issues by did:web")
    method = f"{json.loads(issued()['did.json'])['id']}#key-1"
    signed = ldp.add_data_integrity_proof(document, key, method, created=openbadgeslib_issue.CREATED)
    return json.dumps(signed).encode()


def own_schema(document: Json) -> None:
    """Rules of somebody's own."""
    document["credentialSchema"][0]["id"] = "https://issuer.example.org/schema.json"


def refresh(document: Json) -> None:
    """A service of the extensions."""
    document["refreshService"] = {"id": "https://issuer.example.org/refresh", "type": "1EdTechCredentialRefresh"}


def old_list(document: Json) -> None:
    """The other way to withdraw."""
    document["credentialStatus"] = {"id": "https://issuer.example.org/revocations", "type": "1EdTechRevocationList"}


@pytest.mark.parametrize(
    ("change", "step", "told_"),
    [
        (own_schema, "format", "it follows rules of its own, which we do not know."),
        (refresh, "format", 'it says "refreshService" where we do not know what that means.'),
        (old_list, "status", "it can be withdrawn in a way that we do not know."),
        (without("credentialSchema"), "format", "it does not use the vocabulary that it is written in."),
        (
            put("en", "credentialSubject", "achievement", "otherIdentifier"),
            "format",
            '"otherIdentifier" is not a list.',
        ),
    ],
    ids=["own schema", "refresh", "old list", "no schema", "other form"],
)
def test_what_we_do_not_know_is_undecided(change: Callable[[Json], object], step: str, told_: str) -> None:
    outcomes = verify(resigned(change), theirs(), NOW)
    assert overall(outcomes) is UNDECIDED
    assert told(outcomes)[step] == (UNDECIDED, told_)


def test_a_context_that_nobody_signed_does_not_pass() -> None:
    ours = json.loads((BAZAAR / "db-web.json").read_bytes())
    at_hand = given([(BAZAAR / "did.json").read_bytes()])
    more = copy.deepcopy(ours)
    more["@context"].append("https://purl.imsglobal.org/spec/ob/v3p0/extensions.json")
    outcomes = verify(json.dumps(more).encode(), at_hand, NOW)
    assert told(outcomes) == {"format": (UNDECIDED, "it does not use the vocabulary that it is written in.")}
    assert told(verify(json.dumps(ours).encode(), at_hand, NOW)) == {}


def test_a_list_is_signed_with_its_order() -> None:
    rich = json.loads(issued()["rich.json"])
    values = rich["credentialSubject"]["achievement"]["resultDescription"][1]["allowedValue"]
    values.reverse()
    assert told(verify(json.dumps(rich).encode(), theirs(), NOW))["proof"][0] is FAILED
    values.reverse()
    values[0] = 7
    assert set(told(verify(json.dumps(rich).encode(), theirs(), NOW))) == {"format", "proof"}
