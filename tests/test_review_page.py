"""The page of open claims: what each lacks, and that it names nobody who did not ask to be listed."""

from __future__ import annotations

from dataclasses import replace

import pytest

from blazon.address import REVIEW
from blazon.claims import missing_evidence
from blazon.model import (
    Award,
    Earner,
    EarnerAward,
    Evidence,
    EvidenceRequirement,
    Policy,
    Repository,
    Review,
    ReviewPolicy,
    Visibility,
)
from pagebook import HOSTILE, POLICY, PROGRAM, Seen, award, badge, day, every_page, page_of, seen

ASKS = Review("bob", day(2026, 5, 3), "none", decision="revise", note="Show the *plan* of Kay.")
APPROVES = Review("ann", day(2026, 5, 1), "none", scores={"plan": "Meets"})
CLAIM = award("my-claim", "kay", "first", 13, name="Kay Claim", issued=None, reviews=())
LISTED = Earner("kay", "Kay Example", listed=True, visibility=Visibility.PUBLIC)


def page_with(*claims: Award, earner: Earner | None = None, **settings: object) -> Seen:
    """The page of a program that has only these claims."""
    earners = {"kay": earner} if earner else {}
    changed = replace(PROGRAM.settings, **settings)  # type: ignore[arg-type]
    return seen(every_page(replace(PROGRAM, awards=claims, earners=earners, settings=changed))[REVIEW])


def test_it_says_that_no_claim_is_open_and_is_kept_out_of_searches() -> None:
    page = page_with()
    assert "No claim is open." in page.text
    assert [one["content"] for one in page.all("meta") if one.get("name") == "robots"] == ["noindex"]
    assert page.all("time") == []
    pages = every_page()
    assert REVIEW not in pages["index.html"]
    assert f"../{REVIEW}" in pages["about/index.html"]


def test_a_claim_says_what_it_lacks_and_who_can_help() -> None:
    page = page_with(replace(CLAIM, reviews=(replace(APPROVES, scores={}),)))
    assert "Waiting for approvals" in page.text
    assert "1 of 2" in page.text
    assert "A plan" in page.text  # the evidence that the badge asks for
    assert "Extra" not in page.text  # which it does not need
    assert "Planning" in page.text  # the row without a score
    assert "Bob" in page.text
    assert "coach" in page.text
    assert "A. R." not in page.text  # who approved it, and whose own name is never shown
    (since,) = page.all("time")
    assert since["datetime"] == "2026-05-01"
    assert len([values for _, values in page.tags if "data-age" in values]) == 1


def test_an_earner_who_is_not_listed_is_not_named() -> None:
    repository = Repository("github", "owner/badges")
    unlisted = replace(LISTED, awards={"my-claim": EarnerAward(Visibility.UNLISTED)})
    for earner in (None, replace(LISTED, listed=False), replace(LISTED, visibility=None), unlisted):
        page = page_with(replace(CLAIM, reviews=(ASKS,)), earner=earner, repository=repository)
        assert "my-claim" in page.text
        assert "Returned to the earner" in page.text
        assert not [one for one in page.all("a") if "content/earners" in (one["href"] or "")]
        assert "Kay" not in page.text
        assert "plan of" not in page.text


@pytest.mark.parametrize(
    ("host", "address"),
    [
        ("github", "https://github.com/owner/badges/blob/main/content/earners/kay/my-claim.yaml"),
        ("gitlab", "https://gitlab.com/owner/badges/-/blob/main/content/earners/kay/my-claim.yaml"),
        ("codeberg", "https://codeberg.org/owner/badges/src/branch/main/content/earners/kay/my-claim.yaml"),
    ],
)
def test_who_is_listed_is_named_with_what_is_asked_and_the_file(host: str, address: str) -> None:
    claim = replace(CLAIM, reviews=(APPROVES, ASKS))
    claim = replace(claim, place=replace(claim.place, path="content/earners/kay/my-claim.yaml"))
    page = page_with(claim, earner=LISTED, repository=Repository(host, "owner/badges"))
    for text in ("Returned to the earner", "Kay Example", "Show the plan of Kay.", "1 of 2"):
        assert text in page.text
    assert address in {one["href"] for one in page.all("a")}


def test_what_is_enough_waits_for_its_date() -> None:
    page = page_with(replace(CLAIM, achievement="second", reviews=(APPROVES,)))
    assert "Approved by enough" in page.text
    assert "1 of 1" in page.text


@pytest.mark.parametrize("visibility", [Visibility.PRIVATE, Visibility.WITHHELD])
def test_what_is_private_is_counted_only(visibility: Visibility) -> None:
    page = page_with(CLAIM, replace(CLAIM, id="other"), earner=replace(LISTED, visibility=visibility))
    assert "2 claims are not shown" in page.text
    assert "my-claim" not in page.text


def test_what_was_declined_or_issued_or_erased_is_no_open_claim() -> None:
    declined = replace(CLAIM, reviews=(APPROVES, replace(ASKS, decision="decline")))
    page = page_with(declined, PROGRAM.awards[0], PROGRAM.awards[-1])
    assert "No claim is open." in page.text


def test_what_people_wrote_is_text() -> None:
    plain = page_with(replace(CLAIM, reviews=(ASKS,)), earner=LISTED)
    page = page_with(replace(CLAIM, reviews=(replace(ASKS, note=HOSTILE),)), earner=replace(LISTED, name=HOSTILE))
    assert len(page.all("script")) == len(plain.all("script"))
    assert not [values for _, values in page.tags if "onmouseover" in values]


@pytest.mark.parametrize(
    ("evidence", "said"),
    [
        ("stated", "As stated in this record."),
        ("host", "Stated in this record; the host keeps a list of its own."),
        ("signed", "Each approval is signed: the record."),
    ],
)
def test_an_award_s_page_says_what_shows_that_the_review_took_place(evidence: str, said: str) -> None:
    policy = ReviewPolicy(Policy(evidence=evidence), reviewers=POLICY.reviewers)
    page = page_of(replace(PROGRAM, policy=policy), "first")
    assert f'<a href="review.json">{said}</a>' in page
    assert " · signed</span>" not in page


def test_who_signed_is_marked() -> None:
    first = PROGRAM.awards[0]
    reviews = (replace(first.reviews[0], signature="looked at by check"), *first.reviews[1:])
    page = page_of(replace(PROGRAM, awards=(replace(first, reviews=reviews),)), "first")
    assert page.count(" · signed</span>") == 1


@pytest.mark.parametrize(
    ("evidence", "missing"),
    [
        ((), ["Plan", "Photo", "Anything"]),
        ((Evidence("photo"), Evidence("PLAN")), ["Anything"]),
        ((Evidence("Mine", setting="work"),), ["Photo", "Anything"]),
        ((Evidence("Mine", setting="training"),), ["Plan", "Photo"]),
        ((Evidence("A"), Evidence("B"), Evidence("C")), []),
        ((Evidence("A", setting="work"), Evidence("B", setting="work"), Evidence("C", setting="work")), ["Photo"]),
    ],
)  # fmt: skip
def test_evidence_is_found_by_name_or_by_setting(evidence: tuple[Evidence, ...], missing: list[str]) -> None:
    wanted = (
        EvidenceRequirement("Plan", setting="work"),
        EvidenceRequirement("Photo", setting="practice"),
        EvidenceRequirement("Anything"),
        EvidenceRequirement("More", required=False),
    )
    found = missing_evidence(replace(CLAIM, evidence=evidence), badge("one", "One", evidence=wanted))
    assert [one.name for one in found] == missing
