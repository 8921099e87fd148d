"""Makes the fonts of Stitch from two registry packages: the same bytes each time (docs/decisions has the reasons).

Not part of `make check`: it needs tools that nothing else needs. To run it again:

    npm install --prefix build/fonts --ignore-scripts @fontsource/besley@5.3.0 @fontsource-variable/atkinson-hyperlegible-next@5.3.0
    python -m venv build/fonts/tools
    build/fonts/tools/bin/pip install fonttools==4.68.0 brotli==1.2.1
    build/fonts/tools/bin/python tests/fonts/make_fonts.py build/fonts/node_modules themes/stitch/static/fonts

Afterwards `git diff` shows nothing, or exactly what was changed in this file.
"""

from __future__ import annotations

import hashlib
import io
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from fontTools import subset, version
from fontTools.ttLib import TTFont
from fontTools.ttLib.scaleUpem import scale_upem
from fontTools.ttLib.tables.otBase import ValueRecord
from fontTools.varLib import instancer

TOOLS = "4.68.0"
BESLEY, ATKINSON = "@fontsource/besley/", "@fontsource-variable/atkinson-hyperlegible-next/"
SOURCES = {  # what the packages held when the committed files were made
    f"{BESLEY}files/besley-latin-700-normal.woff2": "a8912ec40d8bdbb18fae8fdc1561098d9c66b0c9add847545faf12c02fee9edf",
    f"{BESLEY}files/besley-latin-ext-700-normal.woff2": "406a81edfe47c1f28f923bcf986fc08bb85bd9240320bee72f484f21ba1013d0",
    f"{ATKINSON}files/atkinson-hyperlegible-next-latin-wght-normal.woff2": "18b2a1a39a2fa298b0ba5390aca68462669826c90925656f1c1f6796e0e1bbaf",
    f"{ATKINSON}files/atkinson-hyperlegible-next-latin-ext-wght-normal.woff2": "7dae0c6c66af1aec82e096186aeb1f0e6fa36ab8061ed65422f2b7daf4dd93f3",
}
LICENCES = {"besley.txt": f"{BESLEY}LICENSE", "atkinson-hyperlegible-next.txt": f"{ATKINSON}LICENSE"}


def _letters(*blocks: tuple[int, int]) -> str:
    """The letters of blocks, each given by its first and its last."""
    return "".join(chr(code) for first, last in blocks for code in range(first, last + 1))


# Each letter is in one file, and the style sheet asks for a file only where a page has a letter of it.
MARKS = "\u00a0¡¿«»–—‘’“”…·•×©®ªº°€£"
ASCII = _letters((0x20, 0x7E))
BASE = ASCII + MARKS + "ÁÉÍÓÚÜÑáéíóúüñ"
WEST = "ÀÂÃÄÅÆÇÈÊËÌÎÏÐÒÔÕÖØŒÙÛÝÞßàâãäåæçèêëìîïðòôõöøœùûýþÿ‹›‚„ı"
CENTRAL = _letters(
    (0x102, 0x111), (0x118, 0x11F), (0x130, 0x130), (0x139, 0x148), (0x150, 0x165), (0x16E, 0x17E), (0x218, 0x21B)
)
OTHERS = _letters((0x100, 0x17F), (0x1E80, 0x1E85), (0x1E9E, 0x1E9E), (0x1EF2, 0x1EF3))
EXTENDED = "".join(letter for letter in OTHERS if letter not in CENTRAL + WEST)

# Tables that a browser can do without once features are few and hinting is gone: it computes what they would tell.
NEEDLESS = ("GDEF", "GSUB", "HVAR", "MVAR", "STAT", "avar", "gasp", "prep", "DSIG")
UNITS = 512  # an em: a tenth of a pixel in our largest heading
FAINT = 0.01  # kerning below a hundredth of an em is not seen


@dataclass(frozen=True, slots=True)
class Face:
    """One file to make: its name, where it comes from, its letters, and the weights it keeps (0 when it has only one)."""

    name: str
    source: str
    letters: str
    weights: tuple[int, int] = (0, 0)


_SOURCES = tuple(SOURCES)
FACES = (
    Face("besley.woff2", _SOURCES[0], BASE),
    Face("besley-west.woff2", _SOURCES[0], WEST),
    Face("besley-central.woff2", _SOURCES[1], CENTRAL),
    Face("besley-ext.woff2", _SOURCES[1], EXTENDED),
    Face("atkinson.woff2", _SOURCES[2], BASE, (400, 700)),
    Face("atkinson-west.woff2", _SOURCES[2], WEST, (400, 700)),
    Face("atkinson-central.woff2", _SOURCES[3], CENTRAL, (400, 700)),
    Face("atkinson-ext.woff2", _SOURCES[3], EXTENDED, (400, 700)),
)


def reduced(font: TTFont, face: Face, units: int = UNITS) -> TTFont:
    """A font with the letters and weights of a face, kerning and nothing else; an em has so many units."""
    options = subset.Options()
    options.hinting = False
    options.layout_features = ["kern"]
    options.name_IDs = [1, 2]
    options.notdef_outline = False
    options.glyph_names = False
    subsetter = subset.Subsetter(options)
    subsetter.populate(text=face.letters)
    subsetter.subset(font)
    if any(face.weights):
        font = instancer.instantiateVariableFont(font, {"wght": face.weights})
    scale_upem(font, units)
    if "GPOS" in font:
        for record in _pairs(font["GPOS"].table):
            simplify(record, round(FAINT * units))
    for table in NEEDLESS:
        if table in font:
            del font[table]
    return font


def _pairs(table: Any) -> Iterator[Any]:
    """The kerning pairs of a font; each subtable is told that a pair has one number."""
    for lookup in table.LookupList.Lookup:
        for wrapped in lookup.SubTable:
            subtable = getattr(wrapped, "ExtSubTable", wrapped)
            subtable.ValueFormat1, subtable.ValueFormat2 = 4, 0
            if subtable.Format == 1:
                yield from (record for pairs in subtable.PairSet for record in pairs.PairValueRecord)
            else:
                yield from (record for row in subtable.Class1Record for record in row.Class2Record)


def simplify(record: Any, least: int) -> None:
    """One distance for all weights, and none below the least that can be seen."""
    distance = getattr(record.Value1, "XAdvance", 0) or 0
    record.Value1 = ValueRecord()
    record.Value1.XAdvance = distance if abs(distance) >= least else 0
    record.Value2 = None


def as_woff2(font: TTFont) -> bytes:
    """A font as a file for browsers, without the time at which it was made."""
    font.flavor, font.recalcTimestamp = "woff2", False
    written = io.BytesIO()
    font.save(written)
    return written.getvalue()


def check(packages: Path) -> None:
    """Stop when the tools or the packages are others than those of the recipe."""
    if version != TOOLS:
        sys.exit(f"fonttools is {version}; the recipe is for {TOOLS}")
    for name, digest in SOURCES.items():
        found = hashlib.sha256((packages / name).read_bytes()).hexdigest()
        if found != digest:
            sys.exit(f"{name} is another one: {found}")


def main(packages: Path, target: Path) -> None:
    """Make all files; stop before the first when the tools or the packages are others."""
    check(packages)
    target.mkdir(parents=True, exist_ok=True)
    for face in FACES:
        data = as_woff2(reduced(TTFont(packages / face.source, recalcTimestamp=False), face))
        (target / face.name).write_bytes(data)
        print(f"{face.name}: {len(data):,} bytes")
    for name, source in LICENCES.items():
        (target / name).write_bytes((packages / source).read_bytes())


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
