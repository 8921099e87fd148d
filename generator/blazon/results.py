"""What an award reached in each row of its badge's rubric, read from the reviews or from what was agreed on."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from blazon.model import Achievement, Award, Review, RubricRow
from blazon.policy import approvals


def results(award: Award, achievement: Achievement) -> Iterator[tuple[RubricRow, str]]:
    """Each scored row with the level's name or the number: what the award itself says, or the lowest that an approval gave."""
    for row in achievement.assessment.rubric:
        reached = award.scores.get(row.id) or _lowest(row, approvals(award))
        if reached:
            yield row, reached


def _lowest(row: RubricRow, approving: list[Review]) -> str:
    """The lowest score that approvals gave in a row, or "" when none did: nothing more was agreed on."""
    scores = [review.scores[row.id] for review in approving if row.id in review.scores]
    if not scores:
        return ""
    if not row.levels:
        return min(scores, key=Decimal)
    order = [level.name for level in row.levels]
    return min(scores, key=order.index)
