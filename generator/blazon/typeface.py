"""Letters as outlines, from files of a theme: text that is drawn without a font library, and is the same on every machine."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations, pairwise

from blazon.diagnostics import BlazonError

EM = 1000  # the unit of widths and outlines: as many make up the size of the letters
MORE = "…"

_LETTER = re.compile(r"(.) (\d{1,5})(?: (\S)(?= |$))?(?: (M[MmLlHhVvQqCcZz0-9. -]{1,20000}))?")
_PAIR = re.compile(r"(\S\S) (-?\d{1,5})")
_PIECE = re.compile(r" *[^ -]+-*| *-+")  # a line may end behind each of them
_LOOSE = " ,;:–-"  # what does not stand before an ellipsis


@dataclass(frozen=True, slots=True, eq=False)
class Typeface:
    """Letters in one weight: how wide they are, their outlines on the base line, and how much nearer some pairs stand."""

    widths: Mapping[str, int]
    outlines: Mapping[str, str]
    pairs: Mapping[str, int]

    def can_write(self, text: str) -> bool:
        """Whether there is a letter for every character; letters that join or turn round need more than this knows."""
        return bool(text) and all(letter in self.widths for letter in text)

    def width(self, text: str) -> int:
        """How wide text is that can be written."""
        near = (self.pairs.get(one + other, 0) for one, other in pairwise(text))
        return sum(map(self.widths.__getitem__, text)) + sum(near)

    def placed(self, text: str) -> Iterator[tuple[int, str]]:
        """The outlines of text that can be written, each with its place to the right of the first letter's."""
        for at, letter in enumerate(text):
            if outline := self.outlines[letter]:
                start = self.width(text[: at + 1]) - self.widths[letter]
                yield start, outline

    def fitted(self, text: str, sizes: Sequence[int], most: int, room: int) -> tuple[int, tuple[str, ...]]:
        """Text in as many lines as may be, at the first of some sizes at which they are no wider than the room.

        Lines are about as long as each other. Where no size does it, the last one, and as much of the text as has room.
        """
        pieces = _PIECE.findall(text)
        for size in sizes:
            lines = self._filled(pieces, room * EM // size)
            if len(lines) <= most and self._widest(lines) <= room * EM // size:
                return size, self._balanced(pieces, len(lines), room * EM // size)
        return sizes[-1], self._shortened(text, pieces, most, room * EM // sizes[-1])

    def _widest(self, lines: Sequence[str]) -> int:
        """The width of the widest line."""
        return max(map(self.width, lines))

    def _filled(self, pieces: Sequence[str], room: int) -> tuple[str, ...]:
        """Lines that take as many pieces as they have room for, and one if it has no room."""
        lines = [""]
        for piece in pieces:
            if lines[-1] and self.width(lines[-1] + piece) > room:
                lines.append("")
            lines[-1] = (lines[-1] + piece).lstrip()
        return tuple(lines)

    def _balanced(self, pieces: Sequence[str], count: int, room: int) -> tuple[str, ...]:
        """The pieces in so many lines that are about as wide as each other, and no wider than the room."""
        ways = (
            tuple("".join(pieces[start:end]).strip() for start, end in pairwise((0, *breaks, len(pieces))))
            for breaks in combinations(range(1, len(pieces)), count - 1)
        )
        widths = {lines: [self.width(line) for line in lines] for lines in ways}
        fitting = (lines for lines, found in widths.items() if max(found) <= room)
        return min(fitting, key=lambda lines: sum(width**2 for width in widths[lines]))

    def _shortened(self, text: str, pieces: Sequence[str], most: int, room: int) -> tuple[str, ...]:
        """The beginning of text, up to a word if it can be, and an ellipsis."""
        more = MORE if self.can_write(MORE) else ""
        for count in range(len(pieces) - 1, 0, -1):
            kept = "".join(pieces[:count]).rstrip(_LOOSE) + more
            lines = self._filled(_PIECE.findall(kept), room)
            if len(lines) <= most and self._widest(lines) <= room:
                return lines
        ends = (end for end in range(len(text), 0, -1) if self.width(text[:end] + more) <= room)
        return (text[: next(ends, 1)].rstrip(_LOOSE) + more,)


NOTHING = Typeface({}, {}, {})


@lru_cache(maxsize=8)
def read(path: str, data: bytes) -> Typeface:
    """A typeface from a file of letters; raises BlazonError with the line that cannot be read."""
    widths: dict[str, int] = {}
    outlines: dict[str, str] = {}
    pairs: dict[str, int] = {}
    for number, line in enumerate(data.decode("utf-8", "replace").splitlines(), start=1):
        if not line or line.startswith("##"):
            continue
        if found := _LETTER.fullmatch(line):
            letter, width, base, outline = found.groups(default="")
            if not base or base in outlines:
                widths[letter], outlines[letter] = int(width), outlines.get(base, "") + outline
                continue
        elif found := _PAIR.fullmatch(line):
            pairs[found[1]] = int(found[2])
            continue
        raise BlazonError(
            f"{path} in the theme: line {number} is neither a letter nor a pair of letters.",
            'write a letter, its width, and its outline: "I 339 M86 0l0-668l167 0l0 668z"',
            exit_code=1,
        )
    return Typeface(widths, outlines, pairs)
