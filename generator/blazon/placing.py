"""The places of a record's fields, held small: a program may have a hundred thousand awards, and each has some thirty of them."""

from __future__ import annotations

from array import array
from collections.abc import Iterator, Mapping
from functools import lru_cache

from blazon.diagnostics import Place


class Places(Mapping[str, Place]):
    """Places in one file by the names of fields; records with the same fields share the names."""

    __slots__ = ("_names", "_numbers", "_path")

    def __init__(self, places: Mapping[str, Place]) -> None:
        """The same places, all of which are in one file."""
        self._path = next(iter(places.values())).path if places else ""
        self._names = _shared(tuple(places))
        self._numbers = array("I", [number for one in places.values() for number in (one.line, one.column)])

    def __repr__(self) -> str:
        """The same for the same places, so that two records can be told apart by what they say."""
        return f"Places({dict(self)})"

    def __getitem__(self, name: str) -> Place:
        """The place of a field; raises KeyError when there is none."""
        if name not in self._names:
            raise KeyError(name)
        line, column = self._numbers[2 * self._names.index(name) :][:2]
        return Place(self._path, line, column)

    def __contains__(self, name: object) -> bool:
        """Whether a field has a place."""
        return name in self._names

    def __iter__(self) -> Iterator[str]:
        """The names of fields in the order of their file."""
        return iter(self._names)

    def __len__(self) -> int:
        """How many fields have a place."""
        return len(self._names)


@lru_cache(maxsize=1024)
def _shared(names: tuple[str, ...]) -> tuple[str, ...]:
    """Names that many records have, once."""
    return names
