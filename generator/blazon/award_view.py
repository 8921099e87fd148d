"""What the page of one award shows: its record, how it stands, who reviewed it, and where its files are."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from blazon import address
from blazon.address import Plan
from blazon.catalogue import Catalogue
from blazon.model import Achievement, Award, Evidence, Program
from blazon.outlets import cv_line
from blazon.policy import approvals, policy_of
from blazon.rubrics import reached_rows
from blazon.shelf import Shelf
from blazon.views import AwardPage, Reference, ReviewerShown
from blazon.words import Words

Qr = Callable[[str], str]
"""From an address to its QR code: modules a side, and the dark ones as a path."""


def award_shown(
    program: Program, plan: Plan, shelf: Shelf, catalogue: Catalogue, words: Words, award: Award, qr: Qr | None
) -> AwardPage:
    """What the page of a published award shows."""
    achievement = program.achievement_of(award)
    card = shelf.card(award)
    clean = plan.url(card.page)
    return AwardPage(
        card=card,
        record=award,
        badge=card.badge,
        name=card.name,
        standings=shelf.standings(award),
        replaced_by=shelf.newer(award),
        replaces=shelf.older(award),
        earner=Reference(card.name, address.earner_page(award.earner) if award.earner in shelf.listed else ""),
        evidence=tuple(map(_evidence, award.evidence)),
        parts=tuple(shelf.parts(award)),
        results=reached_rows(achievement, award),
        reviewers=tuple(reviewers_shown(program, award)),
        one_approval=_one_approval(program, achievement),
        proof=_proof(program, achievement),
        feedback=award.feedback if _shows_feedback(program, award) else "",
        skills=catalogue.skills(achievement),
        pathway=shelf.pathway_of(award),
        address=clean,
        credential_address=plan.url(address.credential(award)),
        qr=qr(clean) if qr else "",
        certificate=address.certificate(award),
        files=_files(program, award),
        file_name=f"{award.achievement}-{award.earner}",
        share=address.share_page(award),
        cv_line=cv_line(words, program.settings.issuer.name, card.badge, card.issued, card.expires, clean),
        early=shelf.is_early(award),
    )


def _evidence(evidence: Evidence) -> Evidence:
    """Evidence as it is shown: of a private piece nothing but its title and what kind of thing it is."""
    if not evidence.private:
        return evidence
    return Evidence(title=evidence.title, kind=evidence.kind, setting=evidence.setting, private=True)


def reviewers_shown(program: Program, award: Award) -> Iterator[ReviewerShown]:
    """Who approved an award, under the names that they chose to show."""
    known = program.policy.reviewers if program.policy else {}

    def shown_as(reviewer: str) -> str:
        person = known.get(reviewer)
        return (person.shown_as or person.name) if person else reviewer

    for review in approvals(award):
        person = known.get(review.reviewer)
        yield ReviewerShown(
            role=person.role.replace("-", " ") if person else "",
            name=shown_as(review.reviewer),
            date=review.date,
            conflict="" if review.conflict == "none" else review.conflict,
            waived_by=shown_as(review.waived_by) if review.waived_by else "",
            signed=bool(review.signature),
        )


def _one_approval(program: Program, achievement: Achievement) -> str:
    """Why one approval is enough for a badge, or "" when more are needed: every award page says so."""
    policy = policy_of(program, achievement)
    return policy.reason if policy and policy.approvals == 1 else ""


def _proof(program: Program, achievement: Achievement) -> str:
    """What shows that the reviews of a badge's awards took place: stated, signed or host."""
    policy = policy_of(program, achievement)
    return policy.evidence if policy else "stated"


def _shows_feedback(program: Program, award: Award) -> bool:
    """Whether the earner agreed that the feedback is shown."""
    earner = program.earners.get(award.earner)
    chosen = earner.awards.get(award.slug) if earner else None
    return chosen is not None and chosen.feedback


def _files(program: Program, award: Award) -> dict[str, str]:
    """The files for machines of an award, by what they are."""
    files = {
        "credential": address.credential(award),
        "assertion": address.assertion(award),
        **address.award_pictures(program, award),
    }
    return {**files, "review": address.review(award)} if award.reviews else files
