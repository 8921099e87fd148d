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
    """The lowest score that approvals gave in a row, or "" when none did: nothing more was agreed on. What the row cannot have is no score."""
    said = (review.scores[row.id] for review in approving if row.id in review.scores)
    scores = [score for score in said if is_possible(row, score)]
    if not scores:
        return ""
    if not row.levels:
        return min(scores, key=Decimal)
    order = [level.name for level in row.levels]
    return min(scores, key=order.index)


def is_possible(row: RubricRow, score: str) -> bool:
    """Whether a row can have a score: the name of one of its levels, or a number of its scale."""
    if row.levels:
        return score in [level.name for level in row.levels]
    return is_number(score) and Decimal(row.minimum or 0) <= Decimal(score) <= Decimal(row.maximum or "1e9")


def is_number(text: str) -> bool:
    """Whether a score is written as a number."""
    return text.isascii() and text.replace(".", "", 1).isdigit() and not text.startswith(".") and not text.endswith(".")
