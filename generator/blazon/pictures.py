"""Pictures: badges drawn from their art, QR codes, and the proof that a PNG from outside can be read."""

from __future__ import annotations

import io
import re
import sys
import warnings
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import count, pairwise
from typing import TYPE_CHECKING

from blazon import artwork, curves, png
from blazon.artwork import SIDE, Layer
from blazon.curves import Point, Polyline
from blazon.model import Art, Kind, Picture
from blazon.png import Colour

if TYPE_CHECKING:
    from PIL.ImageDraw import ImageDraw

_FINER = 4  # the PNG is drawn this many times larger and then reduced
_NOTHING: Colour = (0, 0, 0, 0)
_QUIET = 4
_DARK = re.compile("1+")
_OPAQUE = 255
_FAR = 4 * _OPAQUE**2
_TOLERANCE, _MOST_COLOURS = 14, 128  # how far colours may be apart and become one: less than can be seen on an edge
_MASK = 2  # of the eight masks the one that suits addresses best, by the standard's own penalties


@lru_cache(maxsize=256)
def draw(achievement_slug: str, kind: Kind, level: int, art: Art) -> Picture:
    """A badge's picture, drawn from its art: the same bytes each time. Level 0 has no ribbon.

    It is remembered, so that a preview draws only what changed.
    """
    drawing = artwork.layers(achievement_slug, kind, level, art)
    return Picture(_as_png(drawing), artwork.svg(drawing))


def readable_png(data: bytes) -> None:
    """Nothing, when Pillow can decode a PNG; raises ValueError with a sentence when it cannot, or has doubts."""
    from PIL import Image  # noqa: PLC0415, start-up stays cheap

    try:
        with warnings.catch_warnings(action="error"), Image.open(io.BytesIO(data), formats=["PNG"]) as picture:
            picture.load()
    except Exception as error:  # whatever a decoder stumbles over, the picture is what is wrong
        raise ValueError("the picture cannot be decoded; save it as a PNG again.") from error


def qr_path(text: str) -> tuple[int, str]:
    """A QR code: modules a side with a quiet zone of four around, and the dark ones as the path of an SVG.

    The path is the middle of each row, to be drawn as a line one module wide: a row's number is its middle.
    """
    data = text.encode()
    side, number = _CODES[len(data)].of(data)
    rows = format(number, f"0{side * side}b")
    lines = (_row(rows[row * side : (row + 1) * side], row + _QUIET) for row in range(side))
    return side + 2 * _QUIET, "".join(lines)


def _row(modules: str, row: int) -> str:
    """The dark modules of a row as lines, each of which begins where the one before ended."""
    pieces: list[str] = []
    pen = 0
    for run in _DARK.finditer(modules):
        pieces.append(
            f"m{run.start() - pen} 0h{run.end() - run.start()}"
            if pieces
            else f"M{run.start() + _QUIET} {row}h{run.end() - run.start()}"
        )
        pen = run.end()
    return "".join(pieces)


class _Codes:
    """The codes of texts of one length: with one mask, each module is a sum of the text's bits in GF(2).

    So a code that the library made can be added to others: the sum of three codes is the code of the three texts' sum.
    After some two hundred addresses every further one is such a sum, and costs next to nothing.
    """

    def __init__(self) -> None:
        """Nothing is known yet."""
        self._origin: tuple[int, int] | None = None
        self._steps: dict[int, tuple[int, int]] = {}  # by highest bit: a difference of texts, and that of their codes
        self._side = 0

    def of(self, data: bytes) -> tuple[int, int]:
        """The modules a side, and all modules as the bits of a number, the first one highest."""
        text = int.from_bytes(data, "big")
        if self._origin is None:
            self._side, code = _made(data)
            self._origin = text, code
        left, sum_of_codes = text ^ self._origin[0], self._origin[1]
        while left:
            step = self._steps.get(left.bit_length())
            if step is None:
                code = _made(data)[1]
                self._steps[left.bit_length()] = left, sum_of_codes ^ code
                return self._side, code
            left, sum_of_codes = left ^ step[0], sum_of_codes ^ step[1]
        return self._side, sum_of_codes


_CODES: defaultdict[int, _Codes] = defaultdict(_Codes)  # by length of the text


def _made(data: bytes) -> tuple[int, int]:
    """A code as the library makes it: modules a side, and all modules as the bits of a number."""
    from qrcode.constants import ERROR_CORRECT_M  # noqa: PLC0415, start-up stays cheap
    from qrcode.main import QRCode  # noqa: PLC0415
    from qrcode.util import MODE_8BIT_BYTE, QRData  # noqa: PLC0415

    code = QRCode(error_correction=ERROR_CORRECT_M, mask_pattern=_MASK)
    code.add_data(QRData(data, mode=MODE_8BIT_BYTE))
    code.make(fit=True)
    return code.modules_count, int("".join("1" if dark else "0" for row in code.modules for dark in row), 2)


def _as_png(drawing: tuple[Layer, ...]) -> bytes:
    """A drawing as a PNG with a palette, transparent around the patch."""
    from PIL import Image, ImageDraw  # noqa: PLC0415, start-up stays cheap

    colours = [_NOTHING, *dict.fromkeys(_colour(name, one.opacity) for one in drawing for name in _inks(one))]
    canvas = Image.new("P", (SIDE * _FINER, SIDE * _FINER))
    canvas.putpalette(bytes(channel for colour in colours for channel in colour), "RGBA")
    pen = ImageDraw.Draw(canvas)
    for layer in drawing:
        _paint(pen, layer, colours)
    words = memoryview(canvas.convert("RGBA").reduce(_FINER).tobytes()).cast("I")
    palette, numbers = _palette(Counter(words))
    return png.write(SIDE, SIDE, palette, bytes(map(numbers.__getitem__, words)))


def _inks(layer: Layer) -> tuple[str, ...]:
    """The colours that a layer is painted with."""
    return tuple(filter(None, (layer.fill, layer.stroke)))


def _colour(name: str, opacity: float) -> Colour:
    """A colour such as `#3f489b` as red, green, blue and alpha."""
    red, green, blue = bytes.fromhex(name[1:])
    return red, green, blue, round(255 * opacity)


def _paint(pen: ImageDraw, layer: Layer, colours: Sequence[Colour]) -> None:
    """Draw one layer with the numbers of its colours."""
    tolerance = (0.005 if layer.count else 0.05) / layer.scale  # stitches fall into place where lengths are exact
    polylines = tuple(_placed(layer, one) for one in curves.flatten(layer.path, tolerance))
    if layer.fill:
        number = colours.index(_colour(layer.fill, layer.opacity))
        for polyline in polylines:
            pen.polygon(_whole(polyline), fill=number)
    if layer.stroke:
        number = colours.index(_colour(layer.stroke, layer.opacity))
        half = (layer.width * layer.scale * _FINER - 1) / 2  # Pillow paints the boundary too: one pixel more
        for polyline in polylines:
            _stroke(pen, layer, polyline, half, number)


def _placed(layer: Layer, polyline: Polyline) -> Polyline:
    """A polyline where it falls on the large canvas."""
    (x, y), size = layer.shift, layer.scale * _FINER
    left, top = (x + SIDE / 2) * _FINER, (y + SIDE / 2) * _FINER
    return tuple((a * size + left, b * size + top) for a, b in polyline)


def _stroke(pen: ImageDraw, layer: Layer, polyline: Polyline, half: float, number: int) -> None:
    """Draw a line, half its width to either side: whole, or in dashes."""
    for piece in _stitches(layer, polyline) if layer.count else (polyline,):
        if layer.flat:
            pen.polygon(_whole(_bar(piece[0], piece[-1], half)), fill=number)
            continue
        for start, end in pairwise(piece):
            if start != end:
                pen.polygon(_whole(_bar(start, end, half)), fill=number)
        for x, y in piece:
            pen.ellipse(_whole(((x - half, y - half), (x + half, y + half))), fill=number)


def _stitches(layer: Layer, polyline: Polyline) -> Iterator[Polyline]:
    """The pieces of a line that are sewn."""
    stretch = curves.length(polyline) / layer.count / sum(layer.dash)
    return curves.dashes(polyline, layer.dash[0] * stretch, layer.dash[1] * stretch)


def _whole(points: Polyline) -> list[tuple[int, int]]:
    """Points in whole pixels: what a library makes of fractions is its own affair, and may change."""
    return [(int(x), int(y)) for x, y in points]


def _bar(start: Point, end: Point, half: float) -> Polyline:
    """The four corners of a straight stroke."""
    (a, b), (c, d) = start, end
    far = curves.distance(start, end) / half
    x, y = (b - d) / far, (c - a) / far
    return (a + x, b + y), (c + x, d + y), (c - x, d - y), (a - x, b - y)


def _palette(counts: Mapping[int, int]) -> tuple[list[Colour], dict[int, int]]:
    """A palette for pixels read as numbers, and each one's place in it: a rare colour takes that of a near, frequent one.

    Opaque colours come last, and stay opaque.
    """
    ranked = sorted(
        (channels[3] == _OPAQUE, -times, channels, pixel)
        for pixel, times in counts.items()
        for channels in (pixel.to_bytes(4, sys.byteorder),)
    )
    for tolerance in count(_TOLERANCE):
        chosen: list[tuple[int, ...]] = []
        places = {}
        for _, _, channels, pixel in ranked:
            distances = [_distance(channels, other) for other in chosen]
            nearest = min(distances, default=_FAR)
            if nearest > tolerance**2:
                places[pixel] = len(chosen)
                chosen.append(tuple(channels))
            else:
                places[pixel] = distances.index(nearest)
        if len(chosen) <= _MOST_COLOURS:
            break
    return [(red, green, blue, alpha) for red, green, blue, alpha in chosen], places


def _distance(one: Sequence[int], other: Sequence[int]) -> int:
    """How far apart two colours are where they are seen; an opaque one is far from any other."""
    if (one[3] == _OPAQUE) != (other[3] == _OPAQUE):
        return _FAR
    seen = zip(one[:3], other[:3], strict=True)
    return sum((a * one[3] // _OPAQUE - b * other[3] // _OPAQUE) ** 2 for a, b in seen) + (one[3] - other[3]) ** 2
