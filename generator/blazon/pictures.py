"""Pictures: badges drawn from their art, QR codes, and the proof that a PNG from outside can be read."""

from __future__ import annotations

import io
import sys
import warnings
from base64 import b64encode
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import chain, count, pairwise
from typing import TYPE_CHECKING, cast

from blazon import artwork, curves, png
from blazon.artwork import PIXELS, SIDE, Layer
from blazon.cards import HEIGHT, WIDTH, Card, Print
from blazon.curves import Point, Polyline
from blazon.model import Art, Kind, Picture
from blazon.png import Colour

if TYPE_CHECKING:
    from PIL.Image import Image
    from PIL.ImageDraw import ImageDraw

_FINER, _FINER_LETTERS = 2, 4  # a badge and what is printed on a card are drawn this many times larger and then reduced
_NOTHING: Colour = (0, 0, 0, 0)
_QUIET = 4
_OPAQUE = 255
_FAR = 4 * _OPAQUE**2
_TOLERANCE, _MOST_COLOURS = 24, 128  # how far colours may be apart and become one: less than can be seen on an edge
_TOLERANCE_DRAWN, _MOST_DRAWN = 64, 16  # the same of a drawing, whose own colours stay as they are
_COARSER = 8  # how much farther apart they may be when there are still too many
_MANY = 8192  # colours, more of which a picture has only when it is a photograph or the like
_SIMPLER = ((64, 1), (24, 1), (12, 1), (64, 3))  # colours, and pixels that are one: the last leaves any card small
_LARGEST_CARD = 70_000  # bytes
_FIRST_BITS = 0xF8F8F8F8
_STEPS = 8  # from the ground of a card to the colour of a letter: more cannot be seen on its edge
_MASK = 2  # of the eight masks the one that suits addresses best, by the standard's own penalties


@lru_cache(maxsize=256)
def draw(achievement_slug: str, kind: Kind, level: int, art: Art) -> Picture:
    """A badge's picture, drawn from its art: the same bytes each time. Level 0 has no ribbon.

    It is remembered, so that a preview draws only what changed.
    """
    drawing = artwork.layers(achievement_slug, kind, level, art)
    return Picture(_as_png(drawing), artwork.svg(drawing))


@lru_cache(maxsize=256)
def draw_card(card: Card, art: bytes) -> bytes:
    """A social card as a PNG with a palette; `art` is the badge's picture, a PNG that has been proved to be readable.

    A picture that would make the card too large, such as a photograph, is shown in fewer colours, or coarser.
    """
    inlaid = _inlaid(art, card)
    simpler = (_simplified(inlaid, colours, coarse) for colours, coarse in _SIMPLER)
    pictures = simpler if inlaid.getcolors(_MANY) is None else chain((inlaid,), simpler)
    return next(data for picture in pictures if len(data := _printed(card, picture)) <= _LARGEST_CARD)


def _inlaid(art: bytes, card: Card) -> Image:
    """A badge's picture as large as it is on a card, on the card's ground."""
    from PIL import Image  # noqa: PLC0415, start-up stays cheap

    side = card.art[2]
    with Image.open(io.BytesIO(art), formats=["PNG"]) as picture:
        ground = Image.new("RGBA", (side, side), card.ground)
        ground.alpha_composite(picture.convert("RGBA").resize((side, side), Image.Resampling.BICUBIC))
    return ground


def _simplified(picture: Image, colours: int, coarse: int) -> Image:
    """A picture in so many colours, and in squares of so many pixels a side."""
    from PIL import Image  # noqa: PLC0415, start-up stays cheap

    small = picture.convert("RGB").reduce(coarse).quantize(colours, Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE)
    return small.convert("RGBA").resize(picture.size, Image.Resampling.NEAREST)


def _printed(card: Card, inlaid: Image) -> bytes:
    """A card with a picture in its place, and everything that is printed on it."""
    from PIL import Image  # noqa: PLC0415, start-up stays cheap

    palette = {_colour(card.ground, 1): 0}
    canvas = Image.new("L", (WIDTH, HEIGHT))
    canvas.paste(_numbered(inlaid, palette), card.art[:2])
    for placed in card.prints:
        covered = _covered(placed.print)
        steps = [palette.setdefault(colour, len(palette)) for colour in _mixed(card.ground, placed.colour)]
        inked = covered.point([0] + [_OPAQUE] * _OPAQUE)
        canvas.paste(covered.point(steps + [0] * (_OPAQUE - _STEPS)), placed.at, inked)
    return png.write(WIDTH, HEIGHT, list(palette), canvas.tobytes(), thorough=False)


def _numbered(picture: Image, palette: dict[Colour, int]) -> Image:
    """A picture as numbers of colours, which are added to a palette."""
    from PIL import Image  # noqa: PLC0415, start-up stays cheap

    places, colours = _places(picture)
    numbers = [palette.setdefault(colour, len(palette)) for colour in colours]
    of_pixels = {pixel: numbers[place] for pixel, place in places.items()}
    pixels = memoryview(picture.tobytes()).cast("I")
    return Image.frombytes("L", picture.size, bytes(map(of_pixels.__getitem__, pixels)))


@lru_cache(maxsize=256)
def _covered(one: Print) -> Image:
    """How much of each pixel a print covers, in steps from 0; most lines stand on more than one card."""
    from PIL import Image, ImageDraw  # noqa: PLC0415, start-up stays cheap

    canvas = Image.new("L", (one.size[0] * _FINER_LETTERS, one.size[1] * _FINER_LETTERS))
    pen = ImageDraw.Draw(canvas)
    for layer in one.layers:
        _paint(pen, layer, (0, 0), _FINER_LETTERS, lambda _name, _opacity: _OPAQUE)
    return canvas.reduce(_FINER_LETTERS).point([(level * _STEPS + _OPAQUE // 2) // _OPAQUE for level in range(256)])


def _mixed(ground: str, colour: str) -> Iterator[Colour]:
    """The colours from a ground to another colour, in steps."""
    start, end = _colour(ground, 1)[:3], _colour(colour, 1)[:3]
    for step in range(_STEPS + 1):
        rounded = ((a * (_STEPS - step) + b * step + _STEPS // 2) // _STEPS for a, b in zip(start, end, strict=True))
        yield cast("Colour", (*rounded, _OPAQUE))


def readable_png(data: bytes) -> None:
    """Nothing, when Pillow can decode a PNG; raises ValueError with a sentence when it cannot, or has doubts."""
    from PIL import Image  # noqa: PLC0415, start-up stays cheap

    try:
        with warnings.catch_warnings(action="error"), Image.open(io.BytesIO(data), formats=["PNG"]) as picture:
            picture.load()
    except Exception as error:  # whatever a decoder stumbles over, the picture is what is wrong
        raise ValueError("the picture cannot be decoded; save it as a PNG again.") from error


def qr_code(text: str) -> str:
    """A QR code with a quiet zone of four around, one pixel a module, as the address of a PNG that is written in the address itself."""
    data = text.encode()
    side, modules = _CODES[len(data)].of(data)
    row = (1 << side) - 1
    rows = (modules >> at & row for at in range(side * (side - 1), -1, -side))
    quiet = (0,) * _QUIET
    width = side + 2 * _QUIET
    picture = png.write_black(width, (*quiet, *(dark << _QUIET for dark in rows), *quiet))
    return "data:image/png;base64," + b64encode(picture).decode("ascii")


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
    code.make(fit=False)  # it fits the smallest size anyway, where none is given
    return code.modules_count, int("".join("1" if dark else "0" for row in code.modules for dark in row), 2)


def _as_png(drawing: tuple[Layer, ...]) -> bytes:
    """A drawing as a PNG with a palette, transparent around the patch."""
    from PIL import Image, ImageDraw  # noqa: PLC0415, start-up stays cheap

    colours = [_NOTHING, *dict.fromkeys(_colour(name, one.opacity) for one in drawing for name in _inks(one))]
    canvas = Image.new("P", (PIXELS * _FINER, PIXELS * _FINER))
    canvas.putpalette(bytes(channel for colour in colours for channel in colour), "RGBA")
    pen = ImageDraw.Draw(canvas)
    finer = PIXELS * _FINER / SIDE
    for layer in drawing:
        _paint(pen, layer, (SIDE / 2, SIDE / 2), finer, lambda name, opacity: colours.index(_colour(name, opacity)))
    words = memoryview(canvas.convert("RGBA").reduce(_FINER).tobytes()).cast("I")
    palette, numbers = _palette(Counter(words), colours, _TOLERANCE_DRAWN, _MOST_DRAWN)
    return png.write(PIXELS, PIXELS, palette, bytes(map(numbers.__getitem__, words)))


def _inks(layer: Layer) -> tuple[str, ...]:
    """The colours that a layer is painted with."""
    return tuple(filter(None, (layer.fill, layer.stroke)))


def _colour(name: str, opacity: float) -> Colour:
    """A colour such as `#3f489b` as red, green, blue and alpha."""
    red, green, blue = bytes.fromhex(name[1:])
    return red, green, blue, round(255 * opacity)


def _paint(pen: ImageDraw, layer: Layer, origin: Point, finer: float, number: Callable[[str, float], int]) -> None:
    """Draw one layer so many times larger, given where its point 0,0 falls and the number of a colour and opacity."""
    tolerance = (0.005 if layer.count else 0.05) / layer.scale  # stitches fall into place where lengths are exact
    polylines = tuple(_placed(layer, origin, finer, one) for one in curves.flatten(layer.path, tolerance))
    if layer.fill:
        fill = number(layer.fill, layer.opacity)
        for polyline, inked in _outlines(polylines) if layer.pierced else ((one, True) for one in polylines):
            pen.polygon(_whole(polyline), fill=fill if inked else 0)
    if layer.stroke:
        half = (layer.width * layer.scale * finer - 1) / 2  # Pillow paints the boundary too: one pixel more
        for polyline in polylines:
            _stroke(pen, layer, polyline, half, number(layer.stroke, layer.opacity))


def _outlines(polylines: Sequence[Polyline]) -> Iterator[tuple[Polyline, bool]]:
    """Outlines, those within others later, and whether each is inked: a hole runs around the other way than the largest."""
    found = sorted(((curves.area(one), one) for one in polylines), key=lambda pair: -abs(pair[0]))
    for area, polyline in found:
        yield polyline, area * found[0][0] > 0


def _placed(layer: Layer, origin: Point, finer: float, polyline: Polyline) -> Polyline:
    """A polyline where it falls on the large canvas."""
    (x, y), size = layer.shift, layer.scale * finer
    left, top = (x + origin[0]) * finer, (y + origin[1]) * finer
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


def _palette(
    counts: Mapping[int, int], kept: Sequence[Colour] = (), tolerance: int = _TOLERANCE, most: int = _MOST_COLOURS
) -> tuple[list[Colour], dict[int, int]]:
    """A palette for pixels read as numbers, and each one's place in it: a rare colour takes that of a near, frequent one.

    Colours that are `kept` stay what they are, however near. Opaque colours come last, and stay opaque.
    """
    ranked = sorted(
        (channels[3] == _OPAQUE, -times, channels, pixel)
        for pixel, times in counts.items()
        for channels in (pixel.to_bytes(4, sys.byteorder),)
    )
    seen = [(_seen(channels), channels, pixel) for _, _, channels, pixel in ranked]
    for apart in count(tolerance, _COARSER):
        chosen: list[tuple[int, ...]] = list(kept)
        shown = [_seen(bytes(one)) for one in kept]
        places = {}
        for one, channels, pixel in seen:
            distances = [_distance(one, other) for other in shown]
            nearest = min(distances, default=_FAR)
            if nearest > apart**2:
                places[pixel] = len(chosen)
                chosen.append(tuple(channels))
                shown.append(one)
            else:
                places[pixel] = distances.index(nearest)
        if len(chosen) <= most:
            break
    used = sorted(set(places.values()), key=lambda place: (chosen[place][3] == _OPAQUE, place))
    order = {place: number for number, place in enumerate(used)}
    palette = [(red, green, blue, alpha) for red, green, blue, alpha in map(chosen.__getitem__, used)]
    return palette, {pixel: order[place] for pixel, place in places.items()}


def _seen(channels: bytes) -> tuple[int, ...]:
    """A colour as it is seen on black; an opaque one is far from any other."""
    red, green, blue, alpha = channels
    return red * alpha // _OPAQUE, green * alpha // _OPAQUE, blue * alpha // _OPAQUE, alpha


def _distance(one: tuple[int, ...], other: tuple[int, ...]) -> int:
    """How far apart two colours are where they are seen, squared."""
    if (one[3] == _OPAQUE) != (other[3] == _OPAQUE):
        return _FAR
    return (one[0] - other[0]) ** 2 + (one[1] - other[1]) ** 2 + (one[2] - other[2]) ** 2 + (one[3] - other[3]) ** 2


def _places(canvas: Image) -> tuple[dict[int, int], list[Colour]]:
    """A place in a palette for each pixel of a large picture, and the palette.

    Of colours whose channels begin with the same bits, the most frequent stands for all: so there are fewer to compare.
    """
    counted = cast("list[tuple[int, tuple[int, ...]]]", canvas.getcolors(canvas.width * canvas.height))
    standing: dict[int, int] = {}
    counts: Counter[int] = Counter()
    alike = {}
    for times, channels in sorted(counted, reverse=True):
        pixel = int.from_bytes(bytes(channels), sys.byteorder)
        alike[pixel] = standing.setdefault(pixel & _FIRST_BITS, pixel)
        counts[alike[pixel]] += times
    palette, places = _palette(counts)
    return {pixel: places[one] for pixel, one in alike.items()}, palette
