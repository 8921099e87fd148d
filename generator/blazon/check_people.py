"""Rules for reviewers and earners: who may approve, and what earners decide."""

from __future__ import annotations

from collections.abc import Iterator

from blazon.check_badges import UNSCORED, refuse_unknown_badge
from blazon.diagnostics import Place, Report
from blazon.layout import REVIEWERS
from blazon.model import Policy, Program, Visibility
from blazon.values import nearest

ENOUGH_APPROVALS = 2


def programs_say_who_approves(program: Program, report: Report) -> None:
    """A program that awards badges says who may approve them."""
    if program.policy is None and "content/reviewers" not in program.broken:
        message = "nothing says who may approve awards."
        report.warn(
            "no-review-policy", Place(REVIEWERS), message, hint=f"write {REVIEWERS} with a policy and reviewers"
        )


def few_approvals_have_a_reason(program: Program, report: Report) -> None:
    """Fewer than two approvals are explained, except where nothing is assessed."""
    for policy in _policies(program):
        if policy.approvals < ENOUGH_APPROVALS and not policy.reason:
            report.error(
                "missing-reason",
                policy.places.get("approvals", policy.place),
                f"fewer than {ENOUGH_APPROVALS} approvals need a reason, which every award page shows.",
                hint='add "reason:" beside "approvals"',
            )


def policies_name_known_badges(program: Program, report: Report) -> None:
    """Policies and reviewers are for badges that this repository defines."""
    if program.policy is None:
        return
    for slug in program.policy.badges:
        refuse_unknown_badge(slug, program.policy.places[f"badges.{slug}"], program, report)
    for reviewer in program.policy.reviewers.values():
        for index, slug in enumerate(reviewer.badges):
            refuse_unknown_badge(slug, reviewer.places[f"badges.{index}"], program, report)


def roles_are_held_by_somebody(program: Program, report: Report) -> None:
    """A role that a policy asks for is the role of a reviewer."""
    if program.policy is None:
        return
    held = {reviewer.role for reviewer in program.policy.reviewers.values()}
    seen: set[Place] = set()
    for policy in (program.policy.default, *_policies(program)):
        for index, role in enumerate(policy.roles):
            place = policy.places.get(f"roles.{index}", policy.place)
            if role in held or place in seen:
                continue
            seen.add(place)
            hint = nearest(role, held, report) or "give a reviewer this role, or choose another"
            report.error("unknown-role", place, f'no reviewer has the role "{role}".', hint)


def reviewers_come_before_they_go(program: Program, report: Report) -> None:
    """The dates of reviewers are in order."""
    people = program.policy.reviewers.values() if program.policy else ()
    for reviewer in people:
        if reviewer.since and reviewer.until and reviewer.until <= reviewer.since:
            _refuse_order(reviewer.places["until"], "until", "from", report)


def earners_decide_about_their_awards(program: Program, report: Report) -> None:
    """What an earner says about an award is about one that they have."""
    held: dict[str, set[str]] = {}
    for award in program.in_brief:
        held.setdefault(award.earner, set()).add(award.slug)
    for earner in program.earners.values():
        own = held.get(earner.slug, set())
        for slug in earner.awards:
            if slug not in own and f"content/earners/{earner.slug}/{slug}" not in program.broken:
                hint = nearest(slug, own, report) or "use the name of the award's file, without .yaml"
                report.error(
                    "unknown-award",
                    earner.places[f"awards.{slug}"],
                    f'"{earner.slug}" has no award called "{slug}".',
                    hint,
                )


def git_tells_what_pages_hide(program: Program, report: Report) -> None:
    """In a public repository nothing is hidden, whatever pages do."""
    if not program.settings.public_repository:
        return
    hint = "keep such records in a private repository; what was once public in git stays public"
    if program.settings.visibility is not Visibility.PUBLIC:
        message = f"this repository is public: {program.settings.visibility} awards can be found in it."
        place = program.settings.places.get("visibility", program.settings.place)
        report.warn("public-repository", place, message, hint)
    for earner in program.earners.values():
        settings = ((earner.awards[slug].visibility, f"awards.{slug}") for slug in earner.awards)
        for visibility, field in ((earner.visibility, "visibility"), *settings):
            place = earner.places.get(field, earner.place)
            if visibility in {Visibility.PRIVATE, Visibility.WITHHELD}:
                message = f'"{visibility}" hides nothing here: the repository is public.'
                report.warn("public-repository", place, message, hint)


def private_awards_have_a_key(program: Program, report: Report) -> None:
    """Where an earner wants private pages there is a key for each, since without one there is nothing that could open it."""
    for award in program.awards:
        if award.issued is None or award.erased is not None or program.visibility_of(award) is not Visibility.PRIVATE:
            continue
        earner = program.earners.get(award.earner)
        if program.page_key_of(award) or (earner and earner.unread):
            continue
        message = "this award is private and has no key, so it has no page at all."
        report.warn("no-page-key", award.place, message, hint=f"draw one with: blazon private {award.place.path}")


PEOPLE_RULES = (
    programs_say_who_approves,
    few_approvals_have_a_reason,
    policies_name_known_badges,
    roles_are_held_by_somebody,
    reviewers_come_before_they_go,
    earners_decide_about_their_awards,
    git_tells_what_pages_hide,
)


def _policies(program: Program) -> Iterator[Policy]:
    """Every policy that asks for something to be assessed: the program's, those of kinds and badges, the badges' own."""
    if program.policy is not None:
        yield program.policy.default
        yield from (policy for kind, policy in program.policy.kinds.items() if kind not in UNSCORED)
        yield from program.policy.badges.values()
    yield from (one.reviewers for one in program.versions.values() if one.reviewers is not None)


def _refuse_order(place: Place, later: str, earlier: str, report: Report) -> None:
    """Say that two dates of a record are the wrong way round."""
    report.error(
        "date-order", place, f'"{later}" is not after "{earlier}".', hint="exchange the two dates, or correct one"
    )
