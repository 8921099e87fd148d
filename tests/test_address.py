"""Addresses: what they are, and what happens when two files want the same."""

from __future__ import annotations

from dataclasses import replace

import pytest

from blazon import address
from blazon.address import did_web, lay_out
from blazon.diagnostics import Place, Report
from blazon.model import Published
from samples import A7F3, LEVEL_1, LEVEL_2, PLAN, PROGRAM


@pytest.mark.parametrize(
    ("url", "did", "document"),
    [
        ("https://badges.example.org/academy/", "did:web:badges.example.org:academy", "did.json"),
        ("https://badges.example.org/", "did:web:badges.example.org", ".well-known/did.json"),
        ("https://localhost:8443/a/b/", "did:web:localhost%3A8443:a:b", "did.json"),
    ],
)
def test_the_issuer_follows_from_the_base_address(url: str, did: str, document: str) -> None:
    settings = replace(PROGRAM.settings, url=url)
    plan = lay_out(replace(PROGRAM, settings=settings), Report())
    assert did_web(url) == did == plan.did
    assert plan.key_document == document


def test_folders_are_addressed_without_index() -> None:
    assert PLAN.url(address.HOME) == "https://badges.example.org/academy/"
    assert PLAN.url(address.award_page(A7F3)) == "https://badges.example.org/academy/awards/a7f3/"
    assert PLAN.url(address.credential(A7F3)) == "https://badges.example.org/academy/awards/a7f3/credential.json"


def test_versions_have_documents_and_pictures_of_their_own() -> None:
    second = replace(LEVEL_1, version=2, published=Published())
    assert address.achievement_document(second) == "achievements/robotics-1-2.json"
    assert address.badge_class(second) == "ob2/badges/robotics-1-2.json"
    assert address.badge_png(second) == "badges/robotics-1/badge-2.png"
    assert address.badge_svg(LEVEL_1) == "badges/robotics-1/badge.svg"


def test_two_files_cannot_have_one_address() -> None:
    place = Place("content/badges/robotics-2/badge.yaml", 1, 1)
    taken = replace(LEVEL_2, published=LEVEL_1.published, place=place)
    report = Report()
    lay_out(replace(PROGRAM, versions={("robotics-1", 1): LEVEL_1, ("robotics-2", 1): taken}), report)
    (found,) = report
    assert (found.code, found.place) == ("address-taken", place)
    assert found.hint
    twin = Report()
    lay_out(PROGRAM, twin)
    assert not len(twin)
