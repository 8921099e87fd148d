"""PNG files as bytes: their chunks, the gate for pictures from outside, and a writer for our own.

Sections named are those of the specification, https://www.w3.org/TR/png-3/. Data is expanded no further than the header says.
"""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate, islice, repeat
from typing import TypeAlias

from blazon import deflate
from blazon.diagnostics import counted, listed, printable

Colour: TypeAlias = tuple[int, int, int, int]  # red, green, blue, alpha

SIGNATURE = b"\x89PNG\r\n\x1a\n"
LARGEST_FILE = 1024 * 1024
SHORTEST_SIDE, LONGEST_SIDE = 32, 2000

_CLEAN_COPY = "write a clean copy with: optipng -snip -strip all -out clean.png image.png"
_ALLOWED = (b"IHDR", b"PLTE", b"tRNS", b"IDAT", b"IEND", b"sRGB", b"pHYs")
_FRAME, _HEADER = 12, 13  # bytes of a chunk's length, type and checksum; of a header's data
_RESOLUTION, _INTENT = 9, 1  # bytes of pHYs, of sRGB
_DEPTHS = {0: (1, 2, 4, 8, 16), 2: (8, 16), 3: (1, 2, 4, 8), 4: (8, 16), 6: (8, 16)}  # by colour type, section 11.2.1
_CHANNELS = {0: 1, 2: 3, 3: 1, 4: 2, 6: 4}  # by colour type, section 6.1
_PASSES = (  # of an interlaced picture: first column and row, and the steps between them, section 8.2
    *((0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2), (0, 1, 1, 2)),
)
_LAST_FILTER = 4
_PALETTE_TYPE = 3
_FEW = 16  # colours, whose numbers take four bits
_OPAQUE = 255
_OTHER_FORMATS = {
    b"GIF8": "a GIF",
    b"\xff\xd8\xff": "a JPEG",
    b"RIFF": "a WebP",
    b"%!PS": "an EPS",
    b"<": "a text in SVG or HTML",
}
_CREDENTIAL_KEYWORDS = (b"openbadges", b"openbadgecredential")
_REFUSED = {
    b"eXIf": "carries EXIF data, which can say where and by whom it was made",
    b"acTL": "is animated",
    b"fcTL": "is animated",
    b"fdAT": "is animated",
    b"tEXt": "carries text",
    b"zTXt": "carries compressed text",
    b"iTXt": "carries text",
    b"iCCP": "carries a colour profile, with which it can look different from program to program",
    b"gAMA": "carries a gamma value, with which it can look different from program to program",
    b"cHRM": "carries colour values, with which it can look different from program to program",
    b"tIME": "says when it was changed",
}


@dataclass(frozen=True, slots=True)
class Chunk:
    """One chunk of a PNG: its type, its data as stored, and whether its checksum is right."""

    type: bytes
    data: bytes
    intact: bool = True

    def as_bytes(self) -> bytes:
        """The chunk as it stands in a file, with a right checksum."""
        named = self.type + self.data
        return len(self.data).to_bytes(4, "big") + named + zlib.crc32(named).to_bytes(4, "big")


def chunks(data: bytes) -> tuple[Chunk, ...]:
    """The chunks of a PNG up to IEND; raises ValueError with a sentence when the file is not made of chunks."""
    if not data.startswith(SIGNATURE):
        raise ValueError(f"the file is {_format_of(data)}.")
    found: list[Chunk] = []
    at = len(SIGNATURE)
    while not found or found[-1].type != b"IEND":
        size = int.from_bytes(data[at : at + 4], "big")
        if at + size + _FRAME > len(data):
            raise ValueError("the PNG file ends too early: it is cut off or damaged.")
        named = data[at + 4 : at + 8 + size]
        checksum = data[at + 8 + size : at + _FRAME + size]
        found.append(Chunk(named[:4], named[4:], zlib.crc32(named) == int.from_bytes(checksum, "big")))
        at += size + _FRAME
    return tuple(found)


def size(data: bytes) -> tuple[int, int]:
    """Width and height as a PNG's header states them; raises ValueError with a sentence when there is none."""
    header = chunks(data)[0]
    if header.type != b"IHDR" or len(header.data) != _HEADER:
        raise ValueError("the PNG file does not begin with a header.")
    return int.from_bytes(header.data[:4], "big"), int.from_bytes(header.data[4:8], "big")


def refuse(data: bytes) -> str:
    """Why a picture from outside is not taken, in a sentence with what to do; "" when it is.

    Whether a program can decode it is asked afterwards, of `pictures.readable_png`.
    """
    if len(data) > LARGEST_FILE:
        return f"the picture has {counted(len(data), 'byte')}, more than {LARGEST_FILE:,}; make it smaller."
    try:
        found = chunks(data)
    except ValueError as error:
        return f"{str(error)[:-1]}; save the picture as a PNG again."
    if len(SIGNATURE) + sum(_FRAME + len(chunk.data) for chunk in found) != len(data):
        return f"there is something else behind the end of the PNG; {_CLEAN_COPY}."
    return next(filter(None, (rule(found) for rule in _RULES)), "")


def write(width: int, height: int, palette: Sequence[Colour], pixels: bytes, *, thorough: bool = True) -> bytes:
    """A PNG with a palette; pixels are numbers in it, one byte each, row by row from the top.

    Filters are left out: numbers of colours have no slope that a filter could make use of (section 12.7).
    Colours that are not opaque are best put first: the opacity of those behind the last of them is not written.
    Up to sixteen colours take half a byte each. What is not `thorough` is compressed faster and less.
    """
    few = len(palette) <= _FEW
    depth, size = (4, (width + 1) // 2) if few else (8, width)
    if few:
        pixels = _halved(pixels, width)
    rows = b"".join(b"\0" + pixels[at : at + size] for at in range(0, size * height, size))
    translucent = max((number for number, colour in enumerate(palette, start=1) if colour[3] < _OPAQUE), default=0)
    alphas = bytes(colour[3] for colour in palette[:translucent])
    packed = b"\x78\x01" + deflate.compress(rows, size + 1, thorough=thorough) + zlib.adler32(rows).to_bytes(4, "big")
    written = (
        Chunk(b"IHDR", width.to_bytes(4, "big") + height.to_bytes(4, "big") + bytes((depth, _PALETTE_TYPE, 0, 0, 0))),
        Chunk(b"PLTE", b"".join(bytes(colour[:3]) for colour in palette)),
        *((Chunk(b"tRNS", alphas),) if alphas else ()),
        Chunk(b"IDAT", packed),
        Chunk(b"IEND", b""),
    )
    return SIGNATURE + b"".join(chunk.as_bytes() for chunk in written)


def write_black(width: int, rows: Sequence[int]) -> bytes:
    """A PNG of one bit a pixel: a row is a number whose bits are its pixels, from the highest on, and those that are 1 are black.

    It is stored, not compressed: as small as it is, that saves next to nothing and takes no time.
    """
    size, spare = (width + 7) // 8, -width % 8
    light = (1 << width) - 1
    pixels = b"".join(
        ((light ^ row) << spare).to_bytes(size + 1) for row in rows
    )  # the first byte of a row says: no filter
    packed = b"\x78\x01" + deflate.stored(pixels) + zlib.adler32(pixels).to_bytes(4)
    header = width.to_bytes(4) + len(rows).to_bytes(4) + bytes((1, 0, 0, 0, 0))
    written = (Chunk(b"IHDR", header), Chunk(b"IDAT", packed), Chunk(b"IEND", b""))
    return SIGNATURE + b"".join(chunk.as_bytes() for chunk in written)


def _halved(pixels: bytes, width: int) -> bytes:
    """Pixels below 16, two in a byte; a row of odd width ends with half a byte to spare (section 7.2)."""
    if width % 2:
        pixels = b"".join(pixels[at : at + width] + b"\0" for at in range(0, len(pixels), width))
    return bytes.fromhex(pixels.hex()[1::2])


def _format_of(data: bytes) -> str:
    """What a file that is no PNG seems to be."""
    names = (name for start, name in _OTHER_FORMATS.items() if data.lstrip(b"\xef\xbb\xbf \r\n\t").startswith(start))
    return f"not a PNG but {next(names, 'something else')}"


def _header_is_sound(found: tuple[Chunk, ...]) -> str:
    """A picture begins with a header that has a size and a colour type as the standard knows them."""
    first = found[0]
    if first.type != b"IHDR" or len(first.data) != _HEADER:
        return "the PNG file does not begin with a header; save the picture as a PNG again."
    sides = int.from_bytes(first.data[:4], "big"), int.from_bytes(first.data[4:8], "big")
    if not all(SHORTEST_SIDE <= side <= LONGEST_SIDE for side in sides):
        width, height = sides
        return f"the picture is {width:,} × {height:,} pixels; make each side {SHORTEST_SIDE} to {LONGEST_SIDE:,} pixels long."
    depth, colour_type, compression, filtering, interlace = first.data[8:]
    if depth not in _DEPTHS.get(colour_type, ()) or compression or filtering or interlace > 1:
        return "the PNG file has a header that the standard does not know; save the picture as a PNG again."
    return ""


def _chunks_are_known(found: tuple[Chunk, ...]) -> str:
    """A picture is made of the chunks that draw it, and carries nothing else."""
    for chunk in found:
        if chunk.type in (b"tEXt", b"zTXt", b"iTXt") and chunk.data.partition(b"\0")[0] in _CREDENTIAL_KEYWORDS:
            return f"the picture already carries a credential: it is somebody's badge, not its artwork; {_CLEAN_COPY}."
        if chunk.type not in _ALLOWED:
            name = printable(chunk.type.decode("latin-1"))
            reason = _REFUSED.get(chunk.type, "carries more than its pixels")
            return f"the picture {reason} (chunk {name}); {_CLEAN_COPY}."
    return ""


def _chunks_are_intact(found: tuple[Chunk, ...]) -> str:
    """Every chunk has the checksum of what is in it."""
    damaged = [printable(chunk.type.decode("latin-1")) for chunk in found if not chunk.intact]
    return (
        f"the PNG file is damaged in {listed(damaged[:3], 'and')}; save the picture as a PNG again." if damaged else ""
    )


def _chunks_are_in_order(found: tuple[Chunk, ...]) -> str:
    """Chunks stand once and in the order of section 5.6; the data is in one piece or in pieces that follow each other."""
    types = [chunk.type for chunk in found]
    first, count = (types.index(b"IDAT"), types.count(b"IDAT")) if b"IDAT" in types else (0, 0)
    before, last = types[:first], types[first + count :]
    in_order = [one for one in before if one in (b"IHDR", b"PLTE", b"tRNS")]
    wrong = (
        not count
        or last != [b"IEND"]
        or found[-1].data
        or len(set(before)) != len(before)
        or in_order != [one for one in (b"IHDR", b"PLTE", b"tRNS") if one in in_order]
        or (b"sRGB" in before and b"PLTE" in before and before.index(b"sRGB") > before.index(b"PLTE"))
    )
    return "the PNG file has its parts in a wrong order; save the picture as a PNG again." if wrong else ""


def _sizes_are_right(found: tuple[Chunk, ...]) -> str:
    """Palette, opacity, resolution and rendering intent are as long as the colour type lets them be (section 11)."""
    held = {chunk.type: len(chunk.data) for chunk in found if chunk.type != b"IDAT"}
    colour_type = found[0].data[9]
    colours, rest = divmod(held.get(b"PLTE", 0), 3)
    opacities = {0: (2,), 2: (6,), _PALETTE_TYPE: range(1, colours + 1)}.get(colour_type, ())
    wrong = (
        rest
        or colours > 1 << (found[0].data[8] if colour_type == _PALETTE_TYPE else 8)
        or (b"PLTE" in held and (not colours or colour_type in (0, 4)))
        or (b"PLTE" not in held and colour_type == _PALETTE_TYPE)
        or (b"tRNS" in held and held[b"tRNS"] not in opacities)
        or held.get(b"sRGB", _INTENT) != _INTENT
        or held.get(b"pHYs", _RESOLUTION) != _RESOLUTION
    )
    return "the PNG file has a part of a wrong length; save the picture as a PNG again." if wrong else ""


def _pixels_are_complete(found: tuple[Chunk, ...]) -> str:
    """The data expands to the pixels that the header promises, no less and no more, each row with a filter that there is."""
    rows = [*_rows(found[0].data)]
    expected = sum(rows)
    expander = zlib.decompressobj()
    try:
        pixels = expander.decompress(b"".join(chunk.data for chunk in found if chunk.type == b"IDAT"), expected + 1)
    except zlib.error:
        return "the pixels of the PNG file are damaged; save the picture as a PNG again."
    if len(pixels) != expected or not expander.eof or expander.unused_data:
        return "the PNG file does not hold as many pixels as it says; save the picture as a PNG again."
    starts = accumulate(rows, initial=0)
    if any(pixels[start] > _LAST_FILTER for start in islice(starts, len(rows))):
        return "the pixels of the PNG file are damaged; save the picture as a PNG again."
    return ""


def _rows(header: bytes) -> Iterator[int]:
    """How many bytes each row of a picture has, its filter included; an interlaced one is seven pictures (section 8)."""
    width, height = int.from_bytes(header[:4], "big"), int.from_bytes(header[4:8], "big")
    bits = header[8] * _CHANNELS[header[9]]
    for left, top, across, down in _PASSES if header[12] else ((0, 0, 1, 1),):
        columns, lines = -(-max(width - left, 0) // across), -(-max(height - top, 0) // down)
        if columns:
            yield from repeat(1 + -(-columns * bits // 8), lines)


_RULES: tuple[Callable[[tuple[Chunk, ...]], str], ...] = (
    _header_is_sound,
    _chunks_are_known,
    _chunks_are_intact,
    _chunks_are_in_order,
    _sizes_are_right,
    _pixels_are_complete,
)
