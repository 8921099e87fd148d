"""Limits of the artwork that a badge brings."""

from __future__ import annotations

import zlib
from collections.abc import Callable

from blazon import png, svg
from blazon.png import Chunk
from limits.limit import Limit


def refused(gate: Callable[[bytes], str], picture: Callable[[int], bytes]) -> Callable[[int], list[str]]:
    """Looks at a picture that is made of a number; a sentence says why it is not taken."""
    return lambda number: [sentence] if (sentence := gate(picture(number))) else []


def large_png(size: int) -> bytes:
    """A PNG of so many bytes: its pixels are stored as they are, and it is filled up with blocks and chunks that hold nothing."""
    packed = zlib.compress(bytes(1001 * 1000), level=0)
    header = Chunk(b"IHDR", (1000).to_bytes(4) + (1000).to_bytes(4) + bytes((8, 0, 0, 0, 0)))
    nothing = Chunk(b"IDAT", b"").as_bytes()
    left = size - len(png.SIGNATURE + header.as_bytes() + nothing + packed + Chunk(b"IEND", b"").as_bytes())
    blocks = next(number for number in range(len(nothing)) if (left - 5 * number) % len(nothing) == 0)
    data = Chunk(b"IDAT", packed[:2] + b"\0\0\0\xff\xff" * blocks + packed[2:]).as_bytes()
    more = nothing * ((left - 5 * blocks) // len(nothing))
    return png.SIGNATURE + header.as_bytes() + data + more + Chunk(b"IEND", b"").as_bytes()


def sided(width: int, height: int) -> bytes:
    """A PNG with sides of these lengths."""
    return png.write(width, height, ((0, 0, 0, 255),), bytes(width * height))


def drawn(inside: str) -> bytes:
    """A drawing."""
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 64 64">{inside}</svg>'.encode()


def nested(number: int) -> bytes:
    """A drawing of elements inside each other."""
    return drawn("<g>" * (number - 1) + "</g>" * (number - 1))


def repeated(number: int) -> bytes:
    """A drawing of so many elements, most of them by repeating a hundred."""
    times, rest = divmod(number, 100)
    return drawn('<g id="x">' + "<g/>" * 98 + "</g>" + '<use href="#x"/>' * (times - 1) + "<g/>" * rest)


LIMITS = [
    Limit("PNG", "png.LARGEST_FILE", png.LARGEST_FILE, "more than 1,048,576", refused(png.refuse, large_png), "bytes"),
    Limit("shortest width of a PNG", "png.SHORTEST_SIDE", png.SHORTEST_SIDE, "make each side", refused(png.refuse, lambda number: sided(number, 40)), "pixels", least=True),
    Limit("shortest height of a PNG", "png.SHORTEST_SIDE", png.SHORTEST_SIDE, "make each side", refused(png.refuse, lambda number: sided(40, number)), "pixels", least=True),
    Limit("longest width of a PNG", "png.LONGEST_SIDE", png.LONGEST_SIDE, "make each side", refused(png.refuse, lambda number: sided(number, 40)), "pixels"),
    Limit("longest height of a PNG", "png.LONGEST_SIDE", png.LONGEST_SIDE, "make each side", refused(png.refuse, lambda number: sided(40, number)), "pixels"),
    Limit("SVG", "svg.LARGEST_FILE", svg.LARGEST_FILE, "more than 262,144", refused(svg.refuse, lambda number: drawn("<g/>").ljust(number)), "bytes"),
    Limit("elements of an SVG", "svg.MOST_ELEMENTS", svg.MOST_ELEMENTS, "more than 5,000 elements", refused(svg.refuse, lambda number: drawn("<g/>" * (number - 1)))),
    Limit("elements that an SVG draws, repeated ones too", "svg.MOST_DRAWN", svg.MOST_DRAWN, "by repeating them", refused(svg.refuse, repeated)),
    Limit("nesting of an SVG", "svg.DEEPEST", svg.DEEPEST, "nested deeper than 32", refused(svg.refuse, nested)),
]  # fmt: skip
