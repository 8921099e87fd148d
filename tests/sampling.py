"""A part of many things, when there is no time for all of them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

One = TypeVar("One")


def sample(everything: Sequence[One], most: int) -> Sequence[One]:
    """So many of them, evenly spread, the first and the last among them."""
    if len(everything) <= most:
        return everything
    return [everything[number * (len(everything) - 1) // (most - 1)] for number in range(most)]
