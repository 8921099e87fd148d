"""Rules for awards: each is one of a kind, tells what was done, and has its dates in order."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, datetime

from blazon.check_badges import UNSCORED, refuse_unknown_badge, stacks
from blazon.diagnostics import Place, Report, listed
from blazon.model import Achievement, Award, Brief, Kind, Program
from blazon.stacks import LEVELS_OF_A_STACK, fitting
from blazon.values import nearest

_DRAWN_ID = re.compile("[a-z2-7]{26}")


def known_badge(award: Brief, program: Program) -> Achievement | None:
    """The version of the badge that an award names, or None when there is none, which one rule reports."""
    current = program.achievements.get(award.achievement)
    if current is None or award.version is None:
        return current
    return program.versions.get((award.achievement, award.version))


def awards_name_known_badges(program: Program, report: Report) -> None:
    """An award names a badge that this repository defines, and its version when there are several."""
    numbers: dict[str, list[int]] = {}
    for slug, number in sorted(program.versions):
        numbers.setdefault(slug, []).append(number)
    for award in program.awards:
        slug, versions = award.achievement, numbers.get(award.achievement, [])
        if not slug:
            continue
        if not versions:
            refuse_unknown_badge(slug, award.places["badge"], program, report)
        elif slug in program.broken or "version" in program.achievements[slug].unread:
            continue
        elif award.version is None and len(versions) > 1 and "version" not in award.unread:
            message = f'"{slug}" has the versions {listed(map(str, versions), "and")}; this award does not say which.'
            report.error("missing-version", award.places["badge"], message, hint=f'add "version: {versions[-1]}"')
        elif award.version is not None and award.version not in versions:
            message = f'"{slug}" has no version {award.version}.'
            hint = f"its versions are {listed(map(str, versions), 'and')}"
            report.error("unknown-version", award.places["version"], message, hint)


def drafts_are_not_awarded(program: Program, report: Report) -> None:
    """A badge that is still a draft is not awarded."""
    for award in program.awards:
        badge = known_badge(award, program)
        if badge is not None and badge.status == "draft" and award.issued is not None:
            message = f'"{badge.slug}" is still a draft.'
            hint = f'write "status: active" in {badge.place.path}, once it is ready'
            report.error("draft-badge", award.places["badge"], message, hint)


def award_ids_are_unique(program: Program, report: Report) -> None:
    """No two awards have one id; one that was drawn by a tool cannot be guessed."""
    seen: dict[str, int] = {}
    for number, award in enumerate(program.in_brief):
        if not award.id:
            continue
        other = seen.setdefault(award.id, number)
        if other != number:
            message = f"this id is taken by {program.awards[other].places['id']}."
            hint = "copy a fresh one from what blazon new award draws"
            report.error("duplicate-id", program.awards[number].places["id"], message, hint)
        elif not _DRAWN_ID.fullmatch(award.id):
            report.warn(
                "short-id",
                program.awards[number].places["id"],
                f'"{award.id}" can be guessed, and so can the address of the award.',
                hint="let blazon new award draw it, unless the award was published with this id before",
            )


def status_indices_are_unique(program: Program, report: Report) -> None:
    """No two awards share a place in the status list."""
    seen: dict[int, int] = {}
    for number, award in enumerate(program.in_brief):
        if award.status_index < 0:
            continue
        other = seen.setdefault(award.status_index, number)
        if other != number:
            message = f"this status index is taken by {program.awards[other].places['status_index']}."
            hint = "copy a fresh one from what blazon new award draws"
            report.error("duplicate-index", program.awards[number].places["status_index"], message, hint)


def awards_tell_what_was_done(program: Program, report: Report) -> None:
    """Where something is assessed, an award says what the earner did."""
    for award in _living(program):
        badge = known_badge(award, program)
        if badge is None or award.did or "did" in award.unread or badge.unread & {"kind", "assessment"}:
            continue
        if badge.kind not in UNSCORED and not badge.assessment.none:
            message = f'an award of "{badge.slug}" needs the field "did".'
            report.error("missing-field", award.place, message, hint='add "did:" with what the earner did')


def awards_name_their_earner(program: Program, report: Report) -> None:
    """Every award has a name to show: its own, or the one in earner.yaml."""
    for award in _living(program):
        if award.name or "name" in award.unread or award.earner in program.earners:
            continue
        if f"content/earners/{award.earner}/earner" not in program.broken:
            hint = f'add "name:", or write content/earners/{award.earner}/earner.yaml with one'
            report.error("missing-field", award.place, 'an award without earner.yaml needs the field "name".', hint)


def dates_follow_each_other(program: Program, report: Report) -> None:
    """What ends has begun, and what is withdrawn was given."""
    for award in program.awards:
        for later, latter, earlier, former in _orders(award):
            if latter is None or former is None or latter > former:
                continue
            if latter < former or later == "expires":  # what ends as it begins never counted
                place = award.places.get(later, award.places.get(later.partition(".")[0], award.place))
                how = "before" if latter < former else "not after"
                message = f'"{later}" ({latter:%Y-%m-%d}) is {how} "{earlier}" ({former:%Y-%m-%d}).'
                report.error("date-order", place, message, hint="exchange the two dates, or correct one")


def nothing_is_dated_after(today: date, program: Program, report: Report) -> None:
    """What is recorded has happened: no decision is dated tomorrow."""
    for award in program.awards:
        for place, moment in _recorded(award):
            if moment is not None and moment.date() > today:
                message = f"{moment:%Y-%m-%d} is in the future; today is {today}."
                report.error("future-date", place, message, hint="write the day on which it was decided")


def replacements_fit(program: Program, report: Report) -> None:
    """An award replaces one of the same earner, for the same badge or the one that the badge succeeded."""
    by_id = {award.id: award for award in program.in_brief if award.id}
    for number, award in enumerate(program.in_brief):
        if not award.supersedes:
            continue
        place = program.awards[number].places["supersedes"]
        other = by_id.get(award.supersedes)
        if other is None:
            hint = nearest(award.supersedes, by_id, report) or "copy the id from the file of the award that is replaced"
            report.error("unknown-award", place, f'there is no award with the id "{award.supersedes}".', hint)
        elif why := _misfit(award, other, program):
            report.error("bad-replacement", place, why, hint="name an award of the same earner and badge")


def requirements_are_met(program: Program, report: Report) -> None:
    """Who gets a badge holds those that come before it, and who gets a stack holds its levels; or a waiver says why not.

    What was erased since an award was issued may have been what it needed: nothing says so any more, and the award stays.
    """
    held: dict[str, set[str]] = {}
    erased: dict[str, list[datetime]] = {}
    for award in program.awards:
        if award.issued is not None or "issued" in award.unread:
            held.setdefault(award.earner, set()).add(award.achievement)
        if award.erased is not None:
            erased.setdefault(award.earner, []).append(award.erased)
    for award in _living(program):
        badge = known_badge(award, program)
        if badge is None or award.issued is None or award.waiver or "waiver" in award.unread:
            continue
        known = (slugs & program.achievements.keys() for slugs in _required(badge))
        missing = [slugs for slugs in known if slugs and not slugs & held[award.earner]]
        if len(missing) <= sum(moment >= award.issued for moment in erased.get(award.earner, ())):
            continue
        for slugs in missing:
            names = listed(f'"{slug}"' for slug in sorted(slugs))
            report.error(
                "missing-requirement",
                award.places["badge"],
                f'"{badge.slug}" needs the badge {names} first.',
                hint='award that one, or add "waiver:" with why it was not needed',
            )


def level_three_comes_with_feedback(program: Program, report: Report) -> None:
    """Work at the highest level is answered: the earner gets feedback."""
    highest = {stack.levels[-1]: stack.slug for stack in stacks(program) if len(stack.levels) == LEVELS_OF_A_STACK}
    for award in _living(program):
        badge = known_badge(award, program)
        if award.issued is None or award.feedback or "feedback" in award.unread or award.achievement not in highest:
            continue
        if badge is None or badge.kind is Kind.MICRO_CREDENTIAL:  # a stack in a stack, whose own last level gets it
            continue
        message = f'this is the last level of "{highest[award.achievement]}", and the earner gets no feedback.'
        report.warn(
            "no-feedback", award.place, message, hint='add "feedback:"; it is shown only when the earner says so'
        )


RULES_ACROSS_AWARDS = (award_ids_are_unique, status_indices_are_unique, replacements_fit)

AWARD_RULES = (
    awards_name_known_badges,
    drafts_are_not_awarded,
    awards_tell_what_was_done,
    awards_name_their_earner,
    dates_follow_each_other,
    requirements_are_met,
    level_three_comes_with_feedback,
)


def _living(program: Program) -> Iterator[Award]:
    """The awards that are not erased."""
    return (award for award in program.awards if award.erased is None)


def _orders(award: Award) -> Iterator[tuple[str, datetime | None, str, datetime | None]]:
    """Pairs of dates of which the first must not come before the second."""
    revoked, suspended = award.revoked, award.suspended
    yield "activity.end", award.ended, "activity.start", award.started
    yield "expires", award.expires, "issued", award.issued
    yield "revoked.on", revoked.on if revoked else None, "issued", award.issued
    yield "suspended.from", suspended.since if suspended else None, "issued", award.issued
    if suspended:
        yield "suspended.until", suspended.until, "suspended.from", suspended.since


def _recorded(award: Award) -> Iterator[tuple[Place, datetime | None]]:
    """The dates on which something was decided about an award."""
    if award.issued is not None:
        yield award.places["issued"], award.issued
    if award.revoked is not None:
        yield award.places["revoked.on"], award.revoked.on
    if award.erased is not None:
        yield award.places["erased.on"], award.erased
    yield from ((review.places["date"], review.date) for review in award.reviews)


def _misfit(award: Brief, other: Brief, program: Program) -> str:
    """Why an award cannot replace another, or nothing."""
    if other is award:
        return "an award cannot replace itself."
    if other.earner != award.earner:
        return f'the award with that id belongs to "{other.earner}".'
    slug, seen = other.achievement, set[str]()
    while slug and slug != award.achievement and slug not in seen:
        seen.add(slug)
        badge = program.achievements.get(slug)
        slug = badge.successor if badge else ""
    if slug == award.achievement or not other.achievement or not award.achievement:
        return ""
    return f'the award with that id is for another badge, "{other.achievement}".'


def _required(badge: Achievement) -> Iterator[set[str]]:
    """The badges that come before one: of each set, any."""
    yield from ({slug} for slug in badge.requires if slug != badge.slug)
    if badge.kind is Kind.MICRO_CREDENTIAL:
        for number in range(1, len(badge.levels) + 1):
            yield set(fitting(badge, number))
