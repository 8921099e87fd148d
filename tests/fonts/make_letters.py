"""Makes the letters of social cards from the same packages as the fonts: outlines that are drawn without a font library.

Not part of `make check`. Set up what make_fonts.py says, and then:

    build/fonts/tools/bin/pip install skia-pathops==0.9.2
    build/fonts/tools/bin/python tests/fonts/make_letters.py build/fonts/node_modules themes/stitch/letters

Afterwards `git diff` shows nothing, or exactly what was changed in this file.
"""

from __future__ import annotations

import sys
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from fontTools.pens.basePen import BasePen
from fontTools.ttLib import TTFont
from fontTools.ttLib.removeOverlaps import removeOverlaps
from fontTools.varLib import instancer
from make_fonts import ASCII, BASE, CENTRAL, EXTENDED, SOURCES, WEST, Face, check, reduced

PARTS = (BASE + WEST, CENTRAL + EXTENDED)  # as the packages divide them
BESLEY, ATKINSON = (
    tuple(Face("", source, letters, weights) for source, letters in zip(sources, PARTS, strict=True))
    for sources, weights in (([*SOURCES][:2], (0, 0)), ([*SOURCES][2:], (400, 700)))
)
SETS = {  # a file of letters: the faces that it takes its letters from, and its weight among theirs
    "display.txt": (BESLEY, 0),
    "bold.txt": (ATKINSON, 700),
    "text.txt": (ATKINSON, 400),
}
UNITS = 1000
SLIGHT = 20  # kerning below a fiftieth of an em is left out
HEAD = """\
## Letters for social cards: {font}, weight {weight}, under the SIL Open Font License 1.1 (static/fonts/{licence}).
## Made by tests/fonts/make_letters.py; docs/reference/themes.md says how to read it.
"""
NAMES = (("Besley", "besley.txt"), ("Atkinson Hyperlegible Next", "atkinson-hyperlegible-next.txt"))


def opened(packages: Path, face: Face, weight: int) -> TTFont:
    """A font with the letters of a face in one weight, without outlines that overlap."""
    font = reduced(TTFont(packages / face.source, recalcTimestamp=False), face, UNITS)
    if weight:
        font = instancer.instantiateVariableFont(font, {"wght": weight})
    removeOverlaps(font)
    return font


class Outline(BasePen):  # type: ignore[misc]  # the library brings no types
    """A pen that writes each outline as a path of relative lines and quadratic curves, with y growing downwards."""

    def __init__(self, glyphs: Any) -> None:
        """A pen at 0,0."""
        super().__init__(glyphs)
        self.outlines: list[str] = []
        self._at = (0, 0)

    def _step(self, command: str, *points: tuple[float, float]) -> None:
        """Write a command; its points are counted from the last one of the command before."""
        x, y = self._at
        whole = [(round(a), -round(b)) for a, b in points]
        numbers = [str(number) for a, b in whole for number in (a - x, b - y)]
        self.outlines[-1] += command + " ".join(numbers).replace(" -", "-")
        self._at = whole[-1]

    def _moveTo(self, pt: tuple[float, float]) -> None:  # noqa: N802
        self._at = (0, 0)
        self.outlines.append("")
        self._step("M", pt)

    def _lineTo(self, pt: tuple[float, float]) -> None:  # noqa: N802
        self._step("l", pt)

    def _qCurveToOne(self, pt1: tuple[float, float], pt2: tuple[float, float]) -> None:  # noqa: N802
        self._step("q", pt1, pt2)

    def _closePath(self) -> None:  # noqa: N802
        self.outlines[-1] += "z"


def letters(fonts: list[TTFont]) -> Iterator[str]:
    """A line for each letter: itself, its width, the letter whose outline is a part of its own if there is one, its outline."""
    written: dict[str, set[str]] = {}
    for font in fonts:
        glyphs = font.getGlyphSet()
        for code, name in sorted(font.getBestCmap().items()):
            pen = Outline(glyphs)
            glyphs[name].draw(pen)
            base = max(
                (one for one, outlines in written.items() if outlines and outlines <= set(pen.outlines)),
                key=lambda one: sum(map(len, written[one])),
                default="",
            )
            written[chr(code)] = set(pen.outlines)
            rest = "".join(one for one in pen.outlines if one not in written.get(base, ()))
            yield " ".join(filter(None, (chr(code), str(round(glyphs[name].width)), base, rest)))


def kerning(font: TTFont) -> Iterator[str]:
    """A line for each pair of letters that stands nearer or farther than its widths say; letters with accents do without."""
    names = {name: chr(code) for code, name in font.getBestCmap().items() if chr(code) in ASCII and code > ord(" ")}
    seen: dict[tuple[str, str], int] = {}
    for lookup in font["GPOS"].table.LookupList.Lookup if "GPOS" in font else ():
        found: dict[tuple[str, str], int] = {}
        for wrapped in lookup.SubTable:
            for pair, distance in pairs(getattr(wrapped, "ExtSubTable", wrapped), names):
                found.setdefault(pair, distance)
        for pair, distance in found.items():
            seen[pair] = seen.get(pair, 0) + distance
    for (one, other), distance in sorted(seen.items()):
        if abs(distance) >= SLIGHT:
            yield f"{one}{other} {distance}"


def pairs(table: Any, names: dict[str, str]) -> Iterator[tuple[tuple[str, str], int]]:
    """The pairs of one subtable by their letters."""
    covered = [name for name in table.Coverage.glyphs if name in names]
    if table.Format == 1:
        for name, found in zip(table.Coverage.glyphs, table.PairSet, strict=True):
            for record in found.PairValueRecord:
                if name in names and record.SecondGlyph in names:
                    yield (names[name], names[record.SecondGlyph]), record.Value1.XAdvance
        return
    seconds = defaultdict(list)
    for name in names:
        seconds[table.ClassDef2.classDefs.get(name, 0)].append(name)
    for first in covered:
        row = table.Class1Record[table.ClassDef1.classDefs.get(first, 0)]
        for number, record in enumerate(row.Class2Record):
            for second in seconds[number]:
                yield (names[first], names[second]), getattr(record.Value1, "XAdvance", 0) or 0


def main(packages: Path, target: Path) -> None:
    """Make all files; stop before the first when the tools or the packages are others."""
    check(packages)
    target.mkdir(parents=True, exist_ok=True)
    for file, (faces, weight) in SETS.items():
        fonts = [opened(packages, face, weight) for face in faces]
        name, licence = NAMES[bool(weight)]
        lines = [*letters(fonts), *kerning(fonts[0])]
        text = HEAD.format(font=name, weight=weight or 700, licence=licence) + "\n".join(lines) + "\n"
        (target / file).write_text(text, "utf-8")
        print(f"{file}: {len(text.encode()):,} bytes")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
