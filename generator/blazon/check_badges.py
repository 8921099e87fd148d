"""Rules for badges: what they name exists, and what they claim is assessed."""

from __future__ import annotations

from collections.abc import Iterator
from hashlib import sha256

from blazon import icons, png, svg
from blazon.diagnostics import Place, Report, listed
from blazon.model import Achievement, Kind, Picture, Program
from blazon.stacks import LEVELS_OF_A_STACK, under
from blazon.values import nearest

SMALLEST_SIDE = 400
UNSCORED = (Kind.PARTICIPATION, Kind.IDENTITY)


def refuse_unknown_badge(slug: str, place: Place, program: Program, report: Report) -> None:
    """Report a name that is no badge's; a badge that failed to load still counts as one."""
    if slug not in program.achievements and slug not in program.broken:
        hint = nearest(slug, program.achievements, report)
        report.error("unknown-badge", place, f'there is no badge called "{slug}".', hint or _known(program))


def stacks(program: Program) -> list[Achievement]:
    """The micro-credentials as they are awarded today."""
    return [
        one for one in program.achievements.values() if one.kind is Kind.MICRO_CREDENTIAL and "kind" not in one.unread
    ]


def badges_name_known_badges(program: Program, report: Report) -> None:
    """Levels, slots, requirements and successors are badges that this repository defines, and not the badge itself."""
    for achievement in program.versions.values():
        for slug, place in _named(achievement):
            if slug == achievement.slug:
                report.error("self-reference", place, "a badge cannot name itself here.", hint="name another badge")
            else:
                refuse_unknown_badge(slug, place, program, report)


def stacks_have_three_levels(program: Program, report: Report) -> None:
    """A micro-credential, and nothing else, is made of three badges in order."""
    for achievement in program.versions.values():
        if achievement.unread & {"kind", "levels", "counts"}:
            continue
        if achievement.kind is not Kind.MICRO_CREDENTIAL:
            _refuse_levels(achievement, report)
        elif len(achievement.levels) != LEVELS_OF_A_STACK or len(set(achievement.levels)) != LEVELS_OF_A_STACK:
            report.error(
                "stack-levels",
                achievement.places.get("levels", achievement.place),
                f"a micro-credential has {LEVELS_OF_A_STACK} different levels, and this one has {len(set(achievement.levels))}.",
                hint=f'write "levels: [{achievement.slug}-1, {achievement.slug}-2, {achievement.slug}-3]"',
            )


def levels_are_single_badges(program: Program, report: Report) -> None:
    """Taking part cannot stand for a level; another stack can, as long as it is not made of this one."""
    for stack in stacks(program):
        slots = [(slug, stack.places.get(f"levels.{index}", stack.place)) for index, slug in enumerate(stack.levels)]
        for slug, place in [*slots, *((slot.badge, slot.place) for slot in stack.counts)]:
            part = program.achievements.get(slug)
            if part is None or "kind" in part.unread or slug == stack.slug:
                continue
            if part.kind is Kind.MICRO_CREDENTIAL and stack.slug in under(program, slug):
                message = f'"{slug}" is itself made of "{stack.slug}", so nobody could ever earn either.'
                report.error("stack-cycle", place, message, hint="take one of the two out of the other")
            elif part.kind is Kind.PARTICIPATION:
                report.error(
                    "not-a-level",
                    place,
                    f'"{slug}" is a badge of the kind {part.kind}, which cannot stand for a level.',
                    hint="name a badge for which something was assessed",
                )


def levels_show_more_each_time(program: Program, report: Report) -> None:
    """Level 1 is about knowing, level 2 about practice, level 3 about work: each asks for what shows that."""
    for stack in stacks(program):
        for number, slug in enumerate(stack.levels, start=1):
            part = program.achievements.get(slug)
            if part is not None and part.kind is not Kind.MICRO_CREDENTIAL:  # its own levels are held to the same
                _refuse_thin_level(stack, part, number, report)


def assessed_badges_say_what_counts(program: Program, report: Report) -> None:
    """Earners and reviewers are told what counts as evidence, where something is assessed; levels have a stricter rule."""
    levels = {slug for stack in stacks(program) for slug in stack.levels[1:]}
    for achievement in program.achievements.values():
        if (
            achievement.unread & {"kind", "assessment", "evidence"}
            or achievement.evidence
            or achievement.slug in levels
        ):
            continue
        if not achievement.assessment.none and achievement.kind is not Kind.MICRO_CREDENTIAL:
            report.warn(
                "no-evidence",
                achievement.places.get("evidence", achievement.place),
                "nothing says what counts as evidence.",
                hint='add "evidence:" with a line for each thing a reviewer should see',
            )


def icons_exist(program: Program, report: Report) -> None:
    """What is drawn on a badge is one of the drawings that we have."""
    for achievement in program.versions.values():
        icon = achievement.art.icon
        if icon not in icons.names():
            hint = nearest(icon, icons.names(), report) or f"the icons are {listed(icons.names(), 'and')}"
            report.error("unknown-icon", achievement.places["art.icon"], f'there is no icon called "{icon}".', hint)


def pictures_can_be_published(program: Program, report: Report) -> None:
    """A badge's own artwork is a plain picture: nothing in it moves, asks another site, or hides."""
    for picture, name in _own_pictures(program):
        for ending, fault in (("png", png.refuse(picture.png)), ("svg", svg.refuse(picture.svg))):
            if fault:
                why, _, advice = fault.rpartition("; ")
                report.error("bad-picture", Place(f"{name}.{ending}"), f"{why}.", hint=advice.removesuffix("."))


def pictures_are_square_and_large(program: Program, report: Report) -> None:
    """A badge's own artwork looks right wherever a badge is shown."""
    for picture, name in _own_pictures(program):
        if png.refuse(picture.png):
            continue
        width, height = png.size(picture.png)
        if width != height or width < SMALLEST_SIDE:
            message = f"the picture has {width} × {height} pixels."
            hint = f"badges look right from {SMALLEST_SIDE} × {SMALLEST_SIDE} pixels on, as high as they are wide"
            report.warn("picture-size", Place(f"{name}.png"), message, hint)


def pictures_are_those_that_were_signed(program: Program, report: Report) -> None:
    """Where a badge says which picture its awards were signed with, that is the picture it has."""
    for achievement in program.versions.values():
        pinned, picture = achievement.published.picture, achievement.picture
        if pinned in {"", "none"} or picture is None or sha256(picture.png).hexdigest() == pinned:
            continue
        report.warn(
            "other-picture",
            achievement.places.get("published", achievement.place),
            f'awards of "{achievement.slug}" are signed for another picture than the one that is here.',
            hint="their pictures will not pass a check; bring back the picture that was published",
        )


BADGE_RULES = (
    badges_name_known_badges,
    stacks_have_three_levels,
    levels_are_single_badges,
    levels_show_more_each_time,
    assessed_badges_say_what_counts,
    icons_exist,
    pictures_can_be_published,
    pictures_are_square_and_large,
    pictures_are_those_that_were_signed,
)


def _own_pictures(program: Program) -> Iterator[tuple[Picture, str]]:
    """Each picture that a program brings, with its path but for the ending; versions that share one are named once."""
    for (slug, version), achievement in program.versions.items():
        current = program.achievements.get(slug)
        if achievement.picture is None:
            continue
        if achievement is current:
            yield achievement.picture, f"content/badges/{slug}/image"
        elif current is None or achievement.picture is not current.picture:
            yield achievement.picture, f"content/badges/{slug}/versions/{version}"


def _known(program: Program) -> str:
    """The hint for a name that resembles no badge."""
    return (
        f"the badges are {listed(sorted(program.achievements)[:12], 'and')}"
        if program.achievements
        else "make one with: blazon new badge"
    )


def _named(achievement: Achievement) -> Iterator[tuple[str, Place]]:
    """The badges that a badge names, and where."""
    for field, slugs in (("levels", achievement.levels), ("requires", achievement.requires)):
        for index, slug in enumerate(slugs):
            yield slug, achievement.places[f"{field}.{index}"]
    if achievement.successor:
        yield achievement.successor, achievement.places["successor"]
    for slot in achievement.counts:
        yield slot.badge, slot.place


def _refuse_levels(achievement: Achievement, report: Report) -> None:
    """Say that levels stand in a badge that is no stack."""
    for field in ("levels", "counts"):
        if field in achievement.places:
            message = f'only a micro-credential has "{field}"; this is a badge of the kind {achievement.kind}.'
            hint = 'write "kind: micro-credential", or delete the field'
            report.error("stack-levels", achievement.places[field], message, hint)


def _refuse_thin_level(stack: Achievement, part: Achievement, number: int, report: Report) -> None:
    """Say what a badge lacks to be the level that it is."""
    setting = {2: "practice", 3: "work"}.get(number, "")
    if not setting:
        if not part.curriculum and "curriculum" not in part.unread:
            message = f'this is level 1 of "{stack.slug}", and nothing says what is covered.'
            report.error("thin-level", part.place, message, hint='add "curriculum:"')
        return
    settings = {requirement.setting for requirement in part.evidence if requirement.required}
    if number <= LEVELS_OF_A_STACK and setting not in settings and "evidence" not in part.unread:
        report.error(
            "thin-level",
            part.places.get("evidence", part.place),
            f'this is level {number} of "{stack.slug}", and it asks for no evidence from {setting}.',
            hint=f'add "setting: {setting}" to the evidence that comes from there',
        )
