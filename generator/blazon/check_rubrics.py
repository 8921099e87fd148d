"""Rules for rubrics: what a badge claims is assessed, and its levels and scores make sense."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from blazon.check_badges import UNSCORED
from blazon.diagnostics import Place, Report, listed
from blazon.model import Achievement, Kind, Program, RubricRow
from blazon.results import is_possible
from blazon.values import nearest


def badges_say_what_they_show(program: Program, report: Report) -> None:
    """A badge names at least one competency, unless it stands for taking part or belonging."""
    for achievement in program.versions.values():
        if achievement.unread & {"kind", "competencies"} or achievement.competencies:
            continue
        if achievement.kind not in UNSCORED and not _lacks_assessment(achievement):
            report.error(
                "no-competency",
                achievement.places.get("competencies", achievement.place),
                f"a badge of the kind {achievement.kind} names what its holder can do.",
                hint='add "competencies:" with an id and a name',
            )


def assessment_fits_the_kind(program: Program, report: Report) -> None:
    """Participation is not assessed and says so; what claims a skill is assessed."""
    for achievement in program.versions.values():
        if achievement.unread & {"kind", "assessment"}:
            continue
        place = achievement.places.get("assessment", achievement.place)
        if achievement.kind is Kind.PARTICIPATION and not achievement.assessment.none:
            hint = 'write "none:" with the reason why nothing is assessed, or choose another kind'
            report.error("assessed-participation", place, "participation is recorded, not assessed.", hint)
        elif _lacks_assessment(achievement):
            message = f"a badge of the kind {achievement.kind} is assessed; this one says that nothing is."
            hint = 'write "method:" with how reviewers judge it, or choose the kind participation'
            report.error("must-assess", place, message, hint)


def rubrics_assess_what_is_claimed(program: Program, report: Report) -> None:
    """Rubric rows name competencies of their badge, and each competency is in a row."""
    for achievement in program.versions.values():
        if achievement.unread & {"competencies", "assessment"}:
            continue
        known = {competency.id for competency in achievement.competencies}
        for row in achievement.assessment.rubric:
            if row.competency and row.competency not in known:
                hint = nearest(row.competency, known, report) or _add_competency(row, known)
                message = f'there is no competency called "{row.competency}" in this badge.'
                report.error("unknown-competency", row.places["competency"], message, hint)
        if achievement.kind is not Kind.MICRO_CREDENTIAL and not _lacks_assessment(achievement):
            _refuse_unassessed(achievement, report)


def passes_can_be_reached(program: Program, report: Report) -> None:
    """The level or number that counts is one that a row has."""
    for achievement in program.versions.values():
        for row in achievement.assessment.rubric:
            if not row.levels and _is_upside_down(row):
                hint = f'write "min" below "max"; now they are {row.minimum} and {row.maximum}'
                report.error("bad-scale", row.place, "the lowest number of this row is not below its highest.", hint)
            elif row.pass_:
                refuse_score(row, row.pass_, row.places["pass"], report)


def refuse_score(row: RubricRow, score: str, place: Place, report: Report) -> bool:
    """Whether a score is none that a row can have, which is then reported."""
    if is_possible(row, score):
        return False
    if row.levels:
        names = [level.name for level in row.levels]
        hint = nearest(score, names, report) or f"its levels are {listed(names, 'and')}"
        report.error("unknown-level", place, f'the row "{row.id}" has no level called "{score}".', hint)
        return True
    bounds = f"from {row.minimum or 0} to {row.maximum}" if row.maximum else f"from {row.minimum or 0}"
    report.error("bad-score", place, f'"{score}" is no score in the row "{row.id}".', hint=f"write a number {bounds}")
    return True


def names_are_unique(program: Program, report: Report) -> None:
    """Competencies, rubric rows and the levels of a row each have a name of their own."""
    for achievement in program.versions.values():
        rubric = achievement.assessment.rubric
        for kind, things in (("competency", achievement.competencies), ("rubric row", rubric)):
            seen: set[str] = set()
            for thing in things:
                if thing.id in seen:
                    message = f'a {kind} called "{thing.id}" is there already.'
                    report.error("duplicate-name", thing.place, message, hint="choose another id")
                seen.add(thing.id)
        for row in rubric:
            if len({level.name for level in row.levels}) < len(row.levels):
                message = f'two levels of the row "{row.id}" have one name.'
                report.error("duplicate-name", row.places["levels"], message, hint="give each level a name of its own")


RUBRIC_RULES = (
    badges_say_what_they_show,
    assessment_fits_the_kind,
    rubrics_assess_what_is_claimed,
    passes_can_be_reached,
    names_are_unique,
)


def _lacks_assessment(achievement: Achievement) -> bool:
    """Whether a badge that claims something says that nothing is assessed."""
    return bool(achievement.assessment.none) and achievement.kind not in {*UNSCORED, Kind.MICRO_CREDENTIAL}


def _refuse_unassessed(achievement: Achievement, report: Report) -> None:
    """Say which competencies nobody looks at."""
    assessed = {row.competency for row in achievement.assessment.rubric}
    for competency in achievement.competencies:
        if competency.id not in assessed:
            report.error(
                "unassessed-competency",
                competency.place,
                f'nothing assesses the competency "{competency.id}".',
                hint=f'add "competency: {competency.id}" to a row of the rubric',
            )


def _add_competency(row: RubricRow, known: Iterable[str]) -> str:
    """The hint for a rubric row whose competency resembles none."""
    names = sorted(known)
    return (
        f"its competencies are {listed(names, 'and')}" if names else f'add "competencies:" with "id: {row.competency}"'
    )


def _is_upside_down(row: RubricRow) -> bool:
    """Whether a scale ends before it begins."""
    return bool(row.maximum) and Decimal(row.minimum or 0) >= Decimal(row.maximum)
