"""A site in pieces: none needs another to be made first, so anybody may make any of them, in any order."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol, TypeAlias, TypeVar

Files: TypeAlias = Iterable[tuple[str, bytes]]
"""Relative POSIX paths and their bytes, each path once."""

Piece: TypeAlias = Callable[[], Files]
"""Makes some files of a site. It may be called in another process than the one it comes from."""

Task = TypeVar("Task")
Result = TypeVar("Result")


class Hands(Protocol):
    """What does a piece of work for each of several tasks, such as `map` or several processes."""

    def __call__(self, work: Callable[[Task], Result], tasks: Sequence[Task], /) -> Iterable[Result]:
        """The results, in any order, as soon as they are there."""
        ...


@dataclass(frozen=True, slots=True)
class Site:
    """The pieces of a site, which together have each of its paths once."""

    pieces: Sequence[Piece]

    def __iter__(self) -> Iterator[tuple[str, bytes]]:
        """All files, piece after piece."""
        for piece in self.pieces:
            yield from piece()
