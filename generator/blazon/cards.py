"""The layout of social cards: the pictures that previews of links show, one for each version of a badge.

A card says what stands in the badge's file and who gives the badge. It knows no award and no person, and nothing that a later
day may change: whoever shows a card keeps it for months.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from blazon import typeface
from blazon.artwork import Layer, sewn
from blazon.curves import pair
from blazon.model import Achievement, Program
from blazon.threads import THREADS
from blazon.typeface import EM, Typeface
from blazon.words import Words

WIDTH, HEIGHT = 1200, 630

_INK, _INK_2, _ANY = "#14211b", "#45544d", "#000000"
_LEFT, _ROOM, _LINES = 560, 560, 3  # of text: where it begins, how wide it may be, and in how many lines
_NAME_SIZES = range(66, 39, -2)
_ART = 400  # a side of the badge's picture: as it is drawn, so that its lines stay sharp
_INSET, _CORNER, _STITCH, _GAP = 28, 22, 20, 14
_MIDDLE = 0.34  # of a letter's size: how high the middle of its capitals stands


@dataclass(frozen=True, slots=True)
class Print:
    """Something in one colour: its width and height, and what is drawn, from 0,0 at its top left; colours of layers do not count."""

    size: tuple[int, int]
    layers: tuple[Layer, ...]


@dataclass(frozen=True, slots=True)
class Placed:
    """A print on a card: its colour, how far it is from the left and from the top, and what is printed."""

    colour: str
    at: tuple[int, int]
    print: Print


@dataclass(frozen=True, slots=True)
class Card:
    """The colour of a card's ground, the square that the badge's picture fills (left, top, side), and what is printed around."""

    ground: str
    art: tuple[int, int, int]
    prints: tuple[Placed, ...]


@dataclass(frozen=True, slots=True)
class _Text:
    """Text in lines: its typeface, size, colour, how far its lines are apart, and what stays free above."""

    face: Typeface
    size: int
    colour: str
    lines: tuple[str, ...]
    leading: int
    above: int


class Cards:
    """Lays out the cards of a program in the letters of its theme."""

    def __init__(self, program: Program, theme: Mapping[str, bytes], words: Words) -> None:
        """The cards of a program; raises BlazonError when the theme's letters cannot be read."""
        self._program = program
        self._words = words
        self._display, self._bold, self._text = (_face(theme, name) for name in ("display", "bold", "text"))

    def of(self, achievement: Achievement) -> Card:
        """The card of a version of a badge. What the letters do not suffice for is left out; without text, the picture moves to the middle."""
        thread = THREADS[achievement.art.thread]
        texts = [text for text in self._texts(achievement, thread.text) if text]
        left = 80 if texts else (WIDTH - _ART) // 2
        border = Placed(thread.fill, (0, 0), _border())
        return Card(thread.tint, (left, (HEIGHT - _ART) // 2, _ART), (border, *_written(texts)))

    def _texts(self, achievement: Achievement, accent: str) -> Iterator[_Text | None]:
        """What a card says, from the top."""
        kind = self._words(f"kind.{achievement.kind}")
        stack, level = self._program.level_of(achievement.slug)
        if level:
            levels = len(self._program.achievements[stack].levels)
            kind = self._words("social.level", kind=kind, level=self._words("level.of", level=level, levels=levels))
        yield _set(self._bold, self._program.settings.issuer.name, (28,), 2, accent, 36, 0)
        yield _set(self._display, achievement.name, _NAME_SIZES, _LINES, _INK, 0, 20)
        yield _set(self._bold, kind, (28,), 1, _INK, 36, 22)
        yield _set(self._text, self._words("social.check"), (26,), 1, _INK_2, 36, 4)


def _face(theme: Mapping[str, bytes], name: str) -> Typeface:
    """One of the theme's typefaces, or one without letters when it has none."""
    path = f"letters/{name}.txt"
    return typeface.read(path, theme[path]) if path in theme else typeface.NOTHING


def _set(
    face: Typeface, text: str, sizes: range | tuple[int, ...], most: int, colour: str, leading: int, above: int
) -> _Text | None:
    """Text as it is set, or None when the typeface cannot write it."""
    if not face.can_write(text):
        return None
    size, lines = face.fitted(text, sizes, most, _ROOM)
    return _Text(face, size, colour, lines, leading or size * 9 // 8, above)


def _written(texts: list[_Text]) -> Iterator[Placed]:
    """Texts one below the other, half way down the card: a print for each line."""
    height = sum(len(text.lines) * text.leading + text.above for text in texts) - (texts[0].above if texts else 0)
    top = (HEIGHT - height) // 2 - (texts[0].above if texts else 0)
    for text in texts:
        top += text.above
        for line in text.lines:
            base = top + round(text.leading / 2 + text.size * _MIDDLE)
            yield Placed(text.colour, (_LEFT - text.size, base - text.size), _line(text.face, text.size, line))
            top += text.leading


def _line(face: Typeface, size: int, line: str) -> Print:
    """A line of letters: above its base line there is room for one letter, below for half of one, and at the sides for one each."""
    scale = size / EM
    letters = tuple(
        Layer(outline, fill=_ANY, pierced=True, scale=scale, shift=(size + x * scale, size))
        for x, outline in face.placed(line)
    )
    return Print((2 * size + math.ceil(face.width(line) * scale), size + size // 2), letters)


@cache
def _border() -> Print:
    """A running stitch around the card."""
    right, bottom, arc = WIDTH - _INSET, HEIGHT - _INSET, f"A{_CORNER} {_CORNER} 0 0 1 "
    path = (
        f"M{pair(_INSET + _CORNER, _INSET)}H{right - _CORNER}{arc}{pair(right, _INSET + _CORNER)}"
        f"V{bottom - _CORNER}{arc}{pair(right - _CORNER, bottom)}"
        f"H{_INSET + _CORNER}{arc}{pair(_INSET, bottom - _CORNER)}"
        f"V{_INSET + _CORNER}{arc}{pair(_INSET + _CORNER, _INSET)}"
    )
    return Print((WIDTH, HEIGHT), (sewn(path, _ANY, 5, (_STITCH, _GAP)),))
