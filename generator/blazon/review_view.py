"""What the page of open claims shows. A claim is work that is not published, so it names nobody who is not listed by their own wish."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, time

from blazon.claims import counting, is_in_office, may_review, missing_evidence, newest_date, unscored
from blazon.hosting import shown_at
from blazon.model import Award, Policy, Program, Review, Settings, Visibility
from blazon.policy import last_words, policy_of
from blazon.shelf import Shelf
from blazon.views import ClaimShown

STATES = ("returned", "waiting", "ready")


def claims_shown(program: Program, shelf: Shelf, today: date) -> list[ClaimShown]:
    """The open claims that may be shown, longest without a change first; what was declined is not among them."""
    shown = [_claim(program, shelf, award, today) for award in _open(program) if not _is_hidden(program, award)]
    return sorted(shown, key=lambda one: (one.since is None, one.since or datetime.min.replace(tzinfo=UTC)))


def claims_hidden(program: Program) -> int:
    """How many open claims are not shown, since nothing of their earners' awards is."""
    return sum(_is_hidden(program, award) for award in _open(program))


def claim_state(program: Program, award: Award) -> str:
    """How far a claim is: one of STATES, or "" when it was declined or its earner wants nobody to find it."""
    decisions = _decisions(award)
    if "decline" in decisions or _is_hidden(program, award):
        return ""
    policy = policy_of(program, program.achievement_of(award)) or Policy(0)
    return "returned" if "revise" in decisions else "ready" if len(counting(award)) >= policy.approvals else "waiting"


def _open(program: Program) -> Iterator[Award]:
    """The claims that wait for something."""
    claims = program.whole(lambda award: award.issued is None and award.erased is None)
    return (award for award in claims if "decline" not in _decisions(award))


def _is_hidden(program: Program, award: Award) -> bool:
    """Whether an earner wants nobody to find a claim."""
    return program.visibility_of(award) in (Visibility.PRIVATE, Visibility.WITHHELD)


def _decisions(award: Award) -> set[str]:
    """What the last words of reviewers are."""
    return {review.decision for review in last_words(award)}


def _claim(program: Program, shelf: Shelf, award: Award, today: date) -> ClaimShown:
    """A claim with what it lacks."""
    achievement = program.achievement_of(award)
    policy = policy_of(program, achievement) or Policy(0)
    earner = program.earners.get(award.earner)
    is_named = earner is not None and earner.listed and program.visibility_of(award) is Visibility.PUBLIC
    approved = len(counting(award))
    state = claim_state(program, award)
    asked = [review for review in last_words(award) if review.decision == "revise"] if is_named else []
    rows = unscored(award, achievement) if approved else ()
    return ClaimShown(
        name=program.name_of(award) if is_named else "",
        slug=award.slug,
        file=_file(program.settings, award) if is_named else "",
        badge=shelf.badge(achievement),
        is_linked=achievement.slug in shelf.achievements,
        since=newest_date(award),
        state=state,
        approved=approved,
        needed=policy.approvals,
        reviewers=() if state == "ready" else tuple(_able(program, award, policy, today)),
        missing=tuple(wanted.name for wanted in missing_evidence(award, achievement)),
        rows=tuple(row.name for row in rows),
        asked=tuple((_shown_as(program, review), review.note) for review in asked),
    )


def _file(settings: Settings, award: Award) -> str:
    """The address of a claim's file at the host of the repository, or "" where that is not known."""
    kept = settings.repository
    return shown_at(kept, award.place.path) if kept else ""


def _able(program: Program, award: Award, policy: Policy, today: date) -> Iterator[tuple[str, str]]:
    """Who may still approve a claim today, with their roles."""
    now = datetime.combine(today, time(), UTC)
    done = {review.reviewer for review in counting(award)}
    for one in may_review(program, program.achievement_of(award), policy, award.earner):
        if one.id not in done and is_in_office(one, now):
            yield one.shown_as or one.name, one.role.replace("-", " ")


def _shown_as(program: Program, review: Review) -> str:
    """The name of a reviewer on pages."""
    one = program.policy.reviewers.get(review.reviewer) if program.policy else None
    return (one.shown_as or one.name) if one else review.reviewer
