"""Statements about one thing in two places: a holder could move them about, and no signature would notice. So they are undecided."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable
from typing import Any

import pytest

from blazon import same_ids
from blazon.outcome import Verdict, overall
from blazon.verify import verify
from strangers import BASE, DID, NOW, Json, award, digest, put, seal, sources, text, vector

PNG = f"{BASE}badges/robotics-1/badge.png"
ACHIEVEMENT = f"{BASE}achievements/robotics-1.json"
SUBJECT = ("credentialSubject",)


def clash(document: Json) -> bool:
    """Whether a document says two things of one id."""
    return bool(same_ids.clash(document))


@pytest.mark.parametrize(
    "document", [award(), vector("award-a7f3"), vector("award-b81c")], ids=["ours", "a7f3", "b81c"]
)
def test_what_is_published_says_one_thing_of_each(document: Json) -> None:
    assert not clash(document)


def test_a_picture_cannot_lend_its_digest() -> None:
    moved = award()
    moved["credentialSubject"]["achievement"]["image"]["digestSRI"] = moved["relatedResource"][0]["digestSRI"]
    moved["relatedResource"][0]["digestSRI"] = digest(b"another picture")
    assert clash(moved)
    assert overall(verify(text(seal(moved)), sources(), NOW)) is Verdict.UNDECIDED


def test_an_endorsement_cannot_lend_what_else_it_says() -> None:
    lent = vector("award-b81c")
    evidence = {"id": DID, "type": ["Evidence", "Profile"], "name": "Example Academy", "official": "Royal"}
    lent["credentialSubject"]["achievement"]["endorsement"][0]["evidence"] = [evidence]
    taken = copy.deepcopy(lent)
    taken["issuer"]["official"] = "Royal"
    assert clash(lent)
    assert clash(taken)
    typed = vector("award-b81c")
    typed["credentialSubject"]["achievement"]["type"].append("EndorsementSubject")
    assert clash(typed)


def test_two_may_vouch_for_one_thing_and_one_for_two() -> None:
    document = vector("award-b81c")
    first = document["credentialSubject"]["achievement"]["endorsement"][0]
    second = copy.deepcopy(first)
    second["id"] = "urn:uuid:2"
    second["issuer"]["url"] = "https://league.example/"
    second["credentialSubject"]["endorsementComment"] = "Once more."
    document["credentialSubject"]["achievement"]["endorsement"].append(second)
    assert not clash(document)


@pytest.mark.parametrize(
    ("member", "value"),
    [
        ("url", f"{BASE}"),
        ("email", "badges@example.org"),
        ("name", "Example  Academy"),
        ("type", ["Profile", "Address"]),
    ],
)
def test_who_made_a_badge_takes_nothing_from_its_issuer(member: str, value: Any) -> None:
    document = vector("award-b81c")
    assert not clash(document)
    document["credentialSubject"]["achievement"]["creator"][member] = value
    assert clash(document)


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (put(DID, "issuer"), '"issuer" is written in an unusual way.'),
        (put(PNG, *SUBJECT, "achievement", "image"), '"image" is written in an unusual way.'),
        (put([{"id": PNG, "mediaType": "image/png"}], "relatedResource"), '"relatedResource" has no digest.'),
        (put({"a": 1}, "proof", 0, "created"), '"proof" says more than a proof has to say.'),
        (put(["x"], "proof", 0, "nonce"), '"proof" says more than a proof has to say.'),
    ],
)
def test_the_one_form_leaves_nothing_to_lend(change: Callable[[Json], None], told: str) -> None:
    document = award()
    change(document)
    outcomes = {one.step: one for one in verify(json.dumps(document).encode(), sources(), NOW)}
    assert (outcomes["format"].verdict, outcomes["format"].sentence) == (Verdict.UNDECIDED, told)


def test_awards_inside_a_transcript_are_held_to_what_is_around_them() -> None:
    inner = vector("award-a7f3")
    record = {"id": "urn:x", "issuer": inner["issuer"], "credentialSubject": {"verifiableCredential": [inner]}}
    assert not clash(record)
    assert clash({**record, "issuer": {**inner["issuer"], "email": "other@example.org"}})
    vouched = {
        **inner["issuer"],
        "endorsement": [vector("award-b81c")["credentialSubject"]["achievement"]["endorsement"][0]],
    }
    assert not clash({**record, "issuer": vouched})
    other = copy.deepcopy(inner)
    other["credentialSubject"]["achievement"]["name"] = "As it was called later"
    assert not clash({**record, "credentialSubject": {"verifiableCredential": [inner, other]}})
    assert ACHIEVEMENT in json.dumps(other)
