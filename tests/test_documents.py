"""The examples of the standards come out of the model, proofs included."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import pytest

import judges
from blazon import address, canon, ob2, ob3, proof, status
from blazon.documents import Document, filled, timestamp
from blazon.model import Achievement, Award, Evidence, Published, Recipient, Review, Suspension
from blazon.ob3 import Digests
from samples import A7F3, B81C, C99D, LEVEL_1, LEVEL_2, NINE, PLAN, PROGRAM, SECRET, SETTINGS, vector

SIGNER = SECRET.signer("did:web:badges.example.org:academy#key-1")
DIGESTS = Digests("aa" * 32, "bb" * 32)


def _credential(award: Award, badge: Achievement, review: str = "") -> dict[str, Any]:
    """An award's unsigned credential."""
    issuer = ob3.profile(PLAN, SETTINGS.issuer)
    return ob3.credential(PLAN, award, badge, issuer, ob3.achievement(PLAN, badge, "en"), DIGESTS, review)


@pytest.mark.parametrize(
    ("award", "badge", "name"),
    [(A7F3, LEVEL_1, "award-a7f3.json"), (B81C, LEVEL_2, "award-b81c.json")],
)
def test_the_examples_come_out_with_their_proofs(award: Award, badge: Achievement, name: str) -> None:
    assert proof.sign(_credential(award, badge), SIGNER, NINE) == vector(name)


def test_the_status_list_comes_out_with_its_proof() -> None:
    ((path, (document, date)),) = status.documents(PLAN, PROGRAM.awards).items()
    assert path == "status/revocation-1.json"
    assert proof.sign(document, SIGNER, date) == vector("status-list.json")


def test_what_is_shared_by_a_badge_changes_no_signature() -> None:
    issuer, node = ob3.profile(PLAN, SETTINGS.issuer), ob3.achievement(PLAN, LEVEL_2, "en")
    prepared = [canon.prepare(issuer, ob3.CONTEXT, "issuer"), canon.prepare(node, ob3.CONTEXT, "achievement")]
    document = ob3.credential(PLAN, B81C, LEVEL_2, issuer, node, DIGESTS, "")
    assert proof.sign(document, SIGNER, NINE, prepared) == vector("award-b81c.json")


def test_the_2_0_documents_are_the_examples() -> None:
    shown = replace(A7F3, evidence=(Evidence("The robot", "https://example.org/work/42", "Built in February."),))
    ours = ob2.assertion(PLAN, shown, LEVEL_1)
    assert {**ours, "image": f"{PLAN.base}awards/a7f3/badge.png"} == vector("assertion-a7f3.json")
    assert ob2.assertion(PLAN, C99D, LEVEL_1) == vector("assertion-c99d-revoked.json")
    assert ob2.revocation_list(PLAN, PROGRAM.awards) == vector("revocations.json")
    issuer = replace(SETTINGS.issuer, image="https://badges.example.org/academy/img/logo.png")
    assert ob2.issuer(PLAN, issuer) == vector("issuer.json")


def test_an_assertion_leaves_its_picture_to_its_badge() -> None:
    assert "image" not in ob2.assertion(PLAN, A7F3, LEVEL_1)
    picture = {"id": PLAN.url(address.badge_png(LEVEL_1)), "caption": LEVEL_1.alt}
    assert ob2.badge_class(PLAN, LEVEL_1, "en")["image"] == picture


def test_the_2_0_badge_is_the_example() -> None:
    alignment = replace(LEVEL_2.competencies[0].alignment[0], code="")
    badge = replace(LEVEL_1, competencies=(replace(LEVEL_2.competencies[0], alignment=(alignment,)),))
    assert ob2.badge_class(PLAN, badge, "en") == vector("badge-class.json")


def test_pictures_and_review_are_bound_by_digest() -> None:
    badge = replace(LEVEL_1, published=Published())
    found = _credential(A7F3, badge, review="cc" * 32)["relatedResource"]
    assert [one["id"].removeprefix(PLAN.base) for one in found] == [
        "badges/robotics-1/badge.png",
        "badges/robotics-1/badge.svg",
        "awards/a7f3/review.json",
    ]
    assert found[0]["digestSRI"] == "sha256-qqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqo="


def test_a_pinned_picture_stays_as_it_was_signed() -> None:
    pinned = replace(LEVEL_1, published=Published("", "dd" * 32))
    assert [one["mediaType"] for one in _credential(A7F3, pinned)["relatedResource"]] == ["image/png"]


def test_an_award_names_its_earner_only_as_agreed() -> None:
    nameless = _credential(replace(A7F3, recipient=None), LEVEL_1)["credentialSubject"]
    assert nameless["id"] == "https://badges.example.org/academy/awards/a7f3/#earner"
    assert "identifier" not in nameless
    named = _credential(replace(A7F3, recipient=None, name="Ada"), LEVEL_1)["credentialSubject"]
    assert named["name"] == "Ada"
    assert "id" not in named
    held = Recipient(id="did:key:z6Mkrx6XCGj6xQgvh79NshhXq6ovcZWQXFzkYoKREeMGLzpP")
    assert _credential(replace(A7F3, recipient=held), LEVEL_1)["credentialSubject"]["id"] == held.id
    assert ob2.assertion(PLAN, replace(A7F3, recipient=held), LEVEL_1)["recipient"] == {
        "type": "url",
        "hashed": False,
        "identity": held.id,
    }


def test_private_evidence_shows_its_title_and_digest_only() -> None:
    private = Evidence(
        "Photos",
        "https://example.org/p",
        "Two children paint.",
        "Their faces can be seen.",
        sha256="ee" * 32,
        setting="work",
        audience="The parents",
        private=True,
    )
    (shown,) = _credential(replace(A7F3, evidence=(private,)), LEVEL_1)["evidence"]
    assert shown == {
        "type": ["Evidence"],
        "name": "Photos",
        "description": "Setting: work.",
        "digestSRI": "sha256-7u7u7u7u7u7u7u7u7u7u7u7u7u7u7u7u7u7u7u7u7u4=",
    }
    whole = ob2.whole_assertion(PLAN, replace(A7F3, evidence=(private,)), LEVEL_1)
    assert whole["evidence"] == [{"name": "Photos"}]


def test_the_lowest_approving_score_counts() -> None:
    reviews = (
        Review("amy", NINE, "none", scores={"design": "Expert", "score": "91"}),
        Review("ben", NINE, "none", scores={"design": "Proficient", "score": "100"}),
        Review("cy", NINE, "none", scores={"design": "Emerging"}, decision="revise"),
    )
    found = _credential(replace(B81C, scores={}, reviews=reviews), LEVEL_2)["credentialSubject"]["result"]
    assert [one.get("achievedLevel", one.get("value")) for one in found] == [
        "https://badges.example.org/academy/achievements/robotics-2.json#design-2",
        "91",
    ]


def test_a_badge_in_another_language_points_back() -> None:
    node = ob3.achievement(PLAN, LEVEL_2, "en")
    translated = ob3.translation(PLAN, LEVEL_2, node, "en", "nl")
    assert translated["id"] == "https://badges.example.org/academy/achievements/robotics-2.nl.json"
    assert translated["related"] == [
        {"id": node["id"], "type": ["Related"], "inLanguage": "en", "version": "1"},
    ]


def test_a_suspended_award_is_not_revoked() -> None:
    paused = replace(A7F3, suspended=Suspension(NINE, "We look into it."))
    assert ob2.assertion(PLAN, paused, LEVEL_1) == ob2.assertion(PLAN, A7F3, LEVEL_1)
    ((_, (document, _)),) = status.documents(PLAN, [paused]).items()
    subject: Any = document["credentialSubject"]
    assert subject["encodedList"] == status.encoded(status.bitstring([]))


def test_a_status_index_past_a_list_opens_the_next() -> None:
    far = replace(A7F3, status_index=131_072 + 5)
    entry: Any = _credential(far, LEVEL_1)["credentialStatus"]
    assert entry["statusListIndex"] == "5"
    assert entry["statusListCredential"].endswith("status/revocation-2.json")
    assert list(status.documents(PLAN, [far])) == ["status/revocation-1.json", "status/revocation-2.json"]


def test_an_empty_program_has_an_empty_list_dated_by_its_first_key() -> None:
    ((_, (document, date)),) = status.documents(PLAN, []).items()
    assert date == PLAN.founded
    assert document["validFrom"] == "2026-03-01T09:00:00Z"


def test_erased_awards_keep_their_bit() -> None:
    erased = Award("x", "ada", "x" * 26, 3, "", erased=datetime(2026, 5, 1, tzinfo=UTC))
    ((_, (document, date)),) = status.documents(PLAN, [erased]).items()
    subject: Any = document["credentialSubject"]
    assert subject["encodedList"] == status.encoded(status.bitstring([3]))
    assert date == erased.erased


@pytest.mark.parametrize("award", [A7F3, B81C])
def test_every_word_we_sign_is_defined_in_its_place(award: Award) -> None:
    badge = LEVEL_1 if award is A7F3 else LEVEL_2
    everything = replace(
        award,
        term="Spring",
        role="Lead",
        expires=NINE,
        credit=Decimal(2),
        evidence=(Evidence("A", "https://example.org/a", "b", "c", "aa" * 32, "d", "work", "e"),),
    )
    document = _credential(everything, replace(badge, published=Published(), alt="x"), "cc" * 32)
    assert judges.undefined_terms(document) == []
    assert canon.canonicalize(document) == judges.pyld_canonical(document)


def test_the_other_documents_define_every_word() -> None:
    node = ob3.achievement(PLAN, LEVEL_2, "en")
    assert judges.undefined_terms(ob3.achievement_document(node)) == []
    assert judges.undefined_terms(ob3.translation(PLAN, LEVEL_2, node, "en", "nl")) == []


def test_nothing_empty_is_published() -> None:
    empty: Document = filled(a=None, b="", c=[], d=0, e=False)
    assert empty == {"d": 0, "e": False}
    assert timestamp(None) == ""
