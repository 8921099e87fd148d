"""Which competency each badge of a stack shows, and in which row of its rubric: what a pathway's page tells in a table."""

from __future__ import annotations

from collections.abc import Iterator

from blazon.model import Achievement, Competency, Program
from blazon.shelf import Shelf
from blazon.stacks import levels_for, members, rows_for, under
from blazon.views import MatrixColumn, MatrixRow, MatrixShown


def matrix(program: Program, shelf: Shelf, stack: Achievement) -> MatrixShown:
    """A row for each competency, those that the stack names first; a column for each badge that it is made of."""
    slugs = list(dict.fromkeys(members(stack)))
    columns = [
        MatrixColumn(badge, level)
        for slug in slugs
        if (badge := shelf.badge_called(slug))
        for level in levels_for(stack, slug)[:1]
    ]
    own = {one.id: one.name for one in stack.competencies}
    names = own | {one.id: one.name for one in _below(program, stack) if one.id not in own}
    rows = (
        MatrixRow(
            name=name,
            own=slug in own,
            cells=tuple(tuple(row.name for row in rows_for(program, column.badge.slug, slug)) for column in columns),
        )
        for slug, name in names.items()
    )
    return MatrixShown(tuple(columns), tuple(row for row in rows if any(row.cells)))


def _below(program: Program, stack: Achievement) -> Iterator[Competency]:
    """The competencies of the badges that a stack is made of."""
    for slug in under(program, stack.slug)[1:]:
        badge = program.achievements.get(slug)
        yield from badge.competencies if badge else ()
