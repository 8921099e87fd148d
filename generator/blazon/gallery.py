"""Pictures that the last site has, and that would be drawn again as they are."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import sha256


@dataclass(frozen=True, slots=True)
class Gallery:
    """Finds pictures by what they are drawn from; `hung` has all that were asked for, with their paths.

    `read` gives the bytes that the last site has at a path, and `known` the digests that they had when they were drawn. Drawing the same
    thing gives the same bytes, as long as nobody changes the program that draws.
    """

    read: Callable[[str], bytes | None] = lambda _path: None
    known: Mapping[str, Sequence[str]] = field(default_factory=dict)
    hung: dict[str, tuple[str, ...]] = field(default_factory=dict)

    def find(self, drawn_from: object, *paths: str) -> tuple[bytes, ...]:
        """The pictures at some paths, if they were drawn from this; or none."""
        name = sha256(repr((drawn_from, paths)).encode()).hexdigest()
        self.hung[name] = paths
        digests = self.known.get(name, ())
        found = [self.read(path) for path in paths] if digests else []
        right = [digest(data) for data in found if data is not None] == [*digests]
        return tuple(data for data in found if data is not None) if right else ()


def digest(data: bytes) -> str:
    """What tells a picture from all others."""
    return sha256(data).hexdigest()
