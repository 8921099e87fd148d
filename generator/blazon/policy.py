"""Who must approve an award: the policy that applies to a badge, and which reviews count towards it."""

from __future__ import annotations

from dataclasses import replace

from blazon.model import Achievement, Award, Policy, Program, Review


def policy_of(program: Program, achievement: Achievement) -> Policy | None:
    """The policy for awards of a badge: the badge's own, else the program's for it or its kind; None when nobody wrote one."""
    stated = program.policy
    if stated is None:
        return None
    fallback = stated.badges.get(achievement.slug) or stated.kinds.get(achievement.kind) or stated.default
    own = achievement.reviewers
    if own is None:
        return fallback
    return replace(own, roles=own.roles or fallback.roles, evidence=fallback.evidence)


def last_words(award: Award) -> list[Review]:
    """Of each reviewer the last review."""
    return list({review.reviewer: review for review in award.reviews}.values())


def approvals(award: Award) -> list[Review]:
    """The reviews that approve an award: of each reviewer the last one, when that is what it says."""
    return [review for review in last_words(award) if review.decision == "approve"]


def is_impartial(review: Review) -> bool:
    """Whether a review counts in spite of what its reviewer says about conflicts: there is none, or somebody waived it."""
    return review.conflict == "none" or bool(review.waived_by)
