"""What a claim still lacks: approvals, people to give them, evidence that its badge asks for, scores."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from blazon.model import Achievement, Award, EvidenceRequirement, Policy, Program, Review, Reviewer, RubricRow
from blazon.policy import approvals, is_impartial


def counting(award: Award) -> list[Review]:
    """The approvals that count."""
    return [review for review in approvals(award) if is_impartial(review)]


def may_review(program: Program, achievement: Achievement, policy: Policy, earner: str) -> Iterator[Reviewer]:
    """Those whose approval of an award of a badge to an earner would count, whatever their dates."""
    for one in program.policy.reviewers.values() if program.policy else ():
        fits = not policy.roles or one.role in policy.roles
        if one.id != earner and fits and (not one.badges or achievement.slug in one.badges):
            yield one


def is_in_office(reviewer: Reviewer, moment: datetime) -> bool:
    """Whether somebody was a reviewer at a moment; dates the wrong way round are reported elsewhere."""
    since, until = reviewer.since, reviewer.until
    if since is not None and until is not None and until <= since:
        return True
    return (since is None or since <= moment) and (until is None or moment < until)


def missing_evidence(award: Award, achievement: Achievement) -> tuple[EvidenceRequirement, ...]:
    """What a badge asks for and nothing in a claim stands for: neither by its name, nor as another thing from the same setting."""
    left = list(award.evidence)
    named = {one.title.casefold(): one for one in reversed(left)}
    unnamed = []
    for wanted in (one for one in achievement.evidence if one.required):
        found = named.pop(wanted.name.casefold(), None)
        if found is None:
            unnamed.append(wanted)
        else:
            left.remove(found)
    missing = []
    for wanted in sorted(unnamed, key=lambda one: not one.setting):  # who asks for any setting takes what is left
        found = next((one for one in left if not wanted.setting or one.setting in ("", wanted.setting)), None)
        if found is None:
            missing.append(wanted)
        else:
            left.remove(found)
    return tuple(one for one in achievement.evidence if one in missing)


def unscored(award: Award, achievement: Achievement) -> tuple[RubricRow, ...]:
    """The rows of a rubric that an award needs and that no approval has scored yet."""
    scored = {*award.scores, *(row for review in approvals(award) for row in review.scores)}
    return tuple(row for row in achievement.assessment.rubric if row.required and row.pass_ and row.id not in scored)


def newest_date(award: Award) -> datetime | None:
    """The latest date in a claim's file, of its activity or of a review: since then nothing that is written there has happened."""
    dates = (award.started, award.ended, *(review.date for review in award.reviews))
    return max((date for date in dates if date is not None), default=None)
