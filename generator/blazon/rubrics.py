"""Rubrics as tables: what reviewers look at, and what an award reached."""

from __future__ import annotations

from blazon.model import Achievement, Award, RubricRow, Scale
from blazon.results import results
from blazon.views import ResultShown, RubricCell, RubricRowShown, RubricShown


def rubric_shown(achievement: Achievement) -> RubricShown:
    """A badge's rubric; it has columns when all rows share the names of their levels."""
    rows = achievement.assessment.rubric
    names = {tuple(level.name for level in row.levels) for row in rows}
    shared = names.pop() if len(names) == 1 else ()
    return RubricShown(shared, tuple(map(_row_shown, rows)))


def reached_rows(achievement: Achievement, award: Award) -> tuple[ResultShown, ...]:
    """What an award reached in each rubric row that was scored."""
    return tuple(_result_shown(row, reached) for row, reached in results(award, achievement))


def _row_shown(row: RubricRow) -> RubricRowShown:
    """One row of a rubric; the cells from the lowest level that passes on are marked."""
    order = [level.name for level in row.levels]
    lowest = order.index(row.pass_) if row.pass_ in order else len(order)
    cells = (
        RubricCell(level.name, level.description, passes=number >= lowest) for number, level in enumerate(row.levels)
    )
    return RubricRowShown(row.name, row.required, tuple(cells), row.pass_, _scale(row), row.maximum)


def _result_shown(row: RubricRow, reached: str) -> ResultShown:
    """What was reached in one row."""
    order = [level.name for level in row.levels]
    number = order.index(reached) + 1 if reached in order else 0
    description = row.levels[number - 1].description if number else ""
    return ResultShown(row.name, reached, description, number, len(order), row.pass_, _scale(row), row.maximum)


def _scale(row: RubricRow) -> str:
    """How a row is scored, as strings name it."""
    return {Scale.PERCENT: "percent", Scale.POINTS: "points"}.get(row.scale, "levels")
