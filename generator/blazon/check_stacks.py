"""Rules for stacks: what they claim is assessed in their parts, and their awards name the awards that fill each level."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from blazon.check_awards import known_badge
from blazon.check_badges import stacks
from blazon.diagnostics import Report, listed
from blazon.model import Achievement, Award, Kind, Part, Program
from blazon.stacks import LEVELS_OF_A_STACK, filled, fitting, hides, levels_for, members, rows_for, under
from blazon.values import nearest


def stacks_claim_what_is_assessed(program: Program, report: Report) -> None:
    """Each competency of a stack is shown by a rubric row: its own, or one of a part that names a competency of the same id."""
    for stack in stacks(program):
        below = [program.achievements.get(slug) for slug in under(program, stack.slug)]
        if len(set(stack.levels)) < LEVELS_OF_A_STACK or any(
            one is None or one.unread & {"kind", "assessment", "competencies"} for one in below
        ):
            continue
        for competency in stack.competencies:
            if not rows_for(program, stack.slug, competency.id):
                report.error(
                    "unassessed-competency",
                    competency.place,
                    f'no part of this micro-credential assesses the competency "{competency.id}".',
                    hint=_assessed_in(program, stack),
                )


def parts_fill_their_stack(program: Program, report: Report) -> None:
    """The parts of a stack's award are issued awards of the same earner, no later than it, and each fills a level of its own."""
    by_id = _by_id(program)
    for award in program.whole(lambda one: bool(one.parts)):
        stack = known_badge(award, program)
        if stack is None or "kind" in stack.unread:
            continue
        if stack.kind is not Kind.MICRO_CREDENTIAL:
            message = (
                f'only an award of a micro-credential has "parts"; "{stack.slug}" is a badge of the kind {stack.kind}.'
            )
            report.error("bad-part", award.places["parts"], message, hint="delete the field")
            continue
        _refuse_unfit(award, stack, by_id, program, report)


def stacks_name_their_parts(program: Program, report: Report) -> None:
    """A stack's award says which awards fill its levels, so that readers can look at each."""
    held = _held(program)
    for award in program.awards:
        stack = known_badge(award, program)
        if award.parts or "parts" in award.unread or stack is None or stack.kind is not Kind.MICRO_CREDENTIAL:
            continue
        before = (one for one in held.get(award.earner, ()) if award.issued is None or one.issued <= award.issued)  # type: ignore[operator] # held awards are issued
        if found := filled(stack, before):
            entries = ", ".join(f"{{award: {one.id}}}" for one in found.values())
            message = f'this award of "{stack.slug}" does not say which awards it is made of.'
            report.warn(
                "no-parts", award.place, message, hint=f'add "parts: [{entries}]", unless it was published without'
            )


def stacks_keep_their_parts_hidden(program: Program, report: Report) -> None:
    """A stack's award gives no address of a part that its earner shows to fewer people than the stack."""
    by_id = _by_id(program)
    for award in program.in_brief:
        for part in award.parts:
            other = program.in_brief[by_id[part.award]] if part.award in by_id else None
            if other is None or part.private or other.erased is not None or not hides(program, other, award):
                continue
            shown = program.visibility_of(other)
            message = f'the credential of this award gives the address of the award "{part.award}", which is {shown}.'
            hint = 'add "private: true" to the part, unless this award was published like this before'
            report.warn("shown-part", part.places["award"], message, hint)


STACK_RULES = (
    stacks_claim_what_is_assessed,
    parts_fill_their_stack,
    stacks_keep_their_parts_hidden,
)


def _by_id(program: Program) -> Mapping[str, int]:
    """The places of awards among all by their ids; none where no award has parts."""
    if not any(award.parts for award in program.in_brief):
        return {}
    return {award.id: number for number, award in enumerate(program.in_brief) if award.id}


def _held(program: Program) -> dict[str, list[Award]]:
    """The issued awards of each earner that still count, first those that came first."""
    found: dict[str, list[Award]] = {}
    for award in program.awards:
        if award.issued is not None and award.id and award.revoked is None and award.erased is None:
            found.setdefault(award.earner, []).append(award)
    return {earner: sorted(awards, key=lambda one: (one.issued, one.id)) for earner, awards in found.items()}


def _assessed_in(program: Program, stack: Achievement) -> str:
    """The hint for a competency that no part shows: the ids that parts do show."""
    badges = (program.achievements[slug] for slug in under(program, stack.slug))
    known = sorted({row.competency for badge in badges for row in badge.assessment.rubric if row.competency})
    return f"use the id of one that its parts assess: {listed(known, 'or')}" if known else "add rubrics to its levels"


def _refuse_unfit(award: Award, stack: Achievement, by_id: Mapping[str, int], program: Program, report: Report) -> None:
    """Say which parts of an award fill no level, and which levels nothing fills."""
    fit = []
    for part in award.parts:
        other = program.awards[by_id[part.award]] if part.award in by_id else None
        if other is None:
            hint = nearest(part.award, by_id, report) or "copy the id from the file of the award that fills the level"
            report.error("unknown-award", part.places["award"], f'there is no award with the id "{part.award}".', hint)
        elif why := _misfit(award, other, stack):
            report.error("bad-part", part.places["award"], why, hint=f"name one for {_named(members(stack))}")
        elif other.erased is not None and not (part.name and part.sha256):
            hint = 'add "name:" and "sha256:", the name and the digest that its credential had in the published site'
            message = f'the award "{part.award}" was erased, and the credential of this one binds its digest.'
            report.error("erased-part", part.places["award"], message, hint)
        else:
            fit.append((part, other))
    if len(fit) == len(award.parts):
        _refuse_crowded(award, stack, fit, report)


def _misfit(award: Award, other: Award, stack: Achievement) -> str:
    """Why an award can be no part of another, or nothing."""
    if other.place == award.place:
        return "an award cannot be a part of itself."
    if other.earner != award.earner:
        return f'the award with that id belongs to "{other.earner}".'
    if other.erased is not None or other.unread & {"issued", "badge"}:
        return ""
    if not levels_for(stack, other.achievement):
        return f'the award with that id is for "{other.achievement}", which fills no level of "{stack.slug}".'
    return _too_late(award, other)


def _too_late(award: Award, other: Award) -> str:
    """Why an award could not be a part of another on the day on which that was issued, or nothing."""
    if other.issued is None:
        return "the award with that id is a claim and was not issued yet."
    if award.issued is None:
        return ""
    if other.issued > award.issued:
        return f"the award with that id was issued later ({other.issued:%Y-%m-%d}) than this one."
    if other.revoked is not None and other.revoked.on <= award.issued:
        return f"the award with that id was withdrawn ({other.revoked.on:%Y-%m-%d}) before this one was issued."
    return ""


def _refuse_crowded(award: Award, stack: Achievement, fit: list[tuple[Part, Award]], report: Report) -> None:
    """Say which parts stand for a level that another one fills, and which levels are left."""
    whole = [other for _, other in fit if other.erased is None]
    taken = filled(stack, whole)
    places = {id(one) for one in taken.values()}
    for part, other in fit:
        if other.erased is None and id(other) not in places:
            message = f'the level that "{other.achievement}" fills has another part already.'
            report.error("bad-part", part.places["award"], message, hint="name one award for each level")
    erased = len(fit) - len(whole)
    left = [number for number in range(1, len(stack.levels) + 1) if number not in taken]
    if len(left) > erased and not award.waiver and "waiver" not in award.unread:
        message = f'nothing fills level {listed(map(str, left), "and")} of "{stack.slug}" here.'
        wanted = dict.fromkeys(slug for number in left for slug in fitting(stack, number))
        hint = f'add an award of {_named(wanted)}, or "waiver:" with why it was not needed'
        report.error("missing-part", award.places["parts"], message, hint)


def _named(slugs: Iterable[str]) -> str:
    """Badges by their names, each once."""
    return listed((f'"{slug}"' for slug in dict.fromkeys(slugs)), "or")
