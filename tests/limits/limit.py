"""What a limit is: a number in the code, and a way to say what answers to something of any size."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

KIB, MIB = 1 << 10, 1 << 20


@dataclass(frozen=True, slots=True)
class Limit:
    """Something that has a limit, and where its number stands in the code: `source.MOST_KEYS`.

    `tried` says what is said of something with this number: nothing at the limit, and with one more (or one less where `least`)
    something that has the `answer` in it. `lowered` is the number that it is tried with where the real one takes minutes.
    """

    what: str
    code: str
    number: int
    answer: str
    tried: Callable[[int], Iterable[str]]
    unit: str = ""
    least: bool = False
    lowered: int = 0

    def __str__(self) -> str:
        """How a test is called."""
        return self.what

    @property
    def said(self) -> str:
        """The number as people say it: `64 KiB`, `2,000`."""
        if self.unit == "bytes":
            return _bytes(self.number)
        return f"{self.number:,} {self.unit}".strip()


def _bytes(number: int) -> str:
    """A number of bytes: `64 KiB` where it is a round one."""
    for size, name in ((MIB, "MiB"), (KIB, "KiB")):
        if number % size == 0:
            return f"{number // size:,} {name}"
    return f"{number:,} bytes"
