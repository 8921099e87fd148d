"""The gate for PNG files, and our own writer. Each file that is refused has a twin that is taken."""

from __future__ import annotations

import io
import zlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from blazon import png
from blazon.png import SIGNATURE, Chunk

PALETTE = ((0, 0, 0, 0), (255, 255, 255, 178), (63, 72, 155, 255), (20, 33, 27, 255))
GOOD = png.write(40, 36, PALETTE, bytes((x + y) % 4 for y in range(36) for x in range(40)))
TRUE_COLOUR = b"\0\0\0\x28\0\0\0\x24\x08\x02\0\0\0"


def built(*chunks: Chunk) -> bytes:
    return SIGNATURE + b"".join(chunk.as_bytes() for chunk in chunks)


def parts() -> dict[str, Chunk]:
    return {chunk.type.decode(): chunk for chunk in png.chunks(GOOD)}


def inserted(*extra: Chunk, at: int = 1) -> bytes:
    chunks = png.chunks(GOOD)
    return built(*chunks[:at], *extra, *chunks[at:])


def with_header(**fields: int) -> bytes:
    at = {
        "width": (0, 4),
        "height": (4, 4),
        "depth": (8, 1),
        "colour": (9, 1),
        "compression": (10, 1),
        "filter": (11, 1),
        "interlace": (12, 1),
    }
    data = bytearray(png.chunks(GOOD)[0].data)
    for name, value in fields.items():
        start, size = at[name]
        data[start : start + size] = value.to_bytes(size, "big")
    return built(Chunk(b"IHDR", bytes(data)), *png.chunks(GOOD)[1:])


def with_pixels(pixels: bytes, **fields: int) -> bytes:
    header, *_ = png.chunks(with_header(**{"depth": 8, **fields}))
    return built(header, parts()["PLTE"], Chunk(b"IDAT", zlib.compress(pixels)), parts()["IEND"])


def test_a_picture_of_our_own_is_taken_and_read_by_others() -> None:
    assert png.refuse(GOOD) == ""
    assert png.size(GOOD) == (40, 36)
    with Image.open(io.BytesIO(GOOD)) as picture:
        assert picture.convert("RGBA").getpixel((1, 0)) == PALETTE[1]
        assert picture.convert("RGBA").tobytes() == b"".join(
            bytes(PALETTE[(x + y) % 4]) for y in range(36) for x in range(40)
        )


@settings(max_examples=60, deadline=None)
@given(st.integers(32, 60), st.integers(32, 60), st.data())
def test_what_is_written_is_what_others_read(width: int, height: int, data: st.DataObject) -> None:
    palette = data.draw(st.lists(st.tuples(*(st.integers(0, 255),) * 4), min_size=1, max_size=256))
    pixels = bytes(n % len(palette) for n in data.draw(st.binary(min_size=width * height, max_size=width * height)))
    written = png.write(width, height, palette, pixels)
    assert png.refuse(written) == ""
    with Image.open(io.BytesIO(written)) as picture:
        assert picture.convert("RGBA").tobytes() == b"".join(bytes(palette[n]) for n in pixels)


RESOLUTION, INTENT = Chunk(b"pHYs", bytes(9)), Chunk(b"sRGB", b"\0")
TAKEN = {
    "resolution": inserted(RESOLUTION),
    "rendering intent": inserted(INTENT),
    "both": inserted(INTENT, RESOLUTION),
    "data in two pieces": built(
        *png.chunks(GOOD)[:3],
        Chunk(b"IDAT", parts()["IDAT"].data[:9]),
        Chunk(b"IDAT", parts()["IDAT"].data[9:]),
        parts()["IEND"],
    ),
    "no opacity": built(parts()["IHDR"], parts()["PLTE"], parts()["IDAT"], parts()["IEND"]),
    "true colour": built(Chunk(b"IHDR", TRUE_COLOUR), Chunk(b"IDAT", zlib.compress(bytes(121 * 36))), parts()["IEND"]),
    "largest side": with_pixels(bytes(2001 * 2000), width=2000, height=2000),
    "smallest side": with_pixels(bytes(33 * 32), width=32, height=32),
    "interlaced": with_pixels(bytes(6 * 5 + 6 * 5 + 11 * 4 + 11 * 9 + 21 * 9 + 21 * 18 + 41 * 18), interlace=1),
    "two bits a pixel": with_pixels(bytes(11 * 36), depth=2),
    "every filter": with_pixels(bytes((n // 41 % 5) * (n % 41 == 0) for n in range(41 * 36))),
}
TEXT = b"\0\0\0\0\0{}"
REFUSED = {
    "E1 a huge picture": (with_header(width=20_000, height=20_000), "20,000 × 20,000 pixels"),
    "one side too long": (with_header(width=2001), "2,001 × 36"),
    "one side too short": (with_header(height=31), "40 × 31"),
    "no side": (with_header(width=0), "0 × 36"),
    "E2 a header and no data": (
        built(with_size := Chunk(b"IHDR", b"\0\0\xc3\x50\0\0\xc3\x50\x08\x02\0\0\0"), parts()["IEND"]),
        "50,000",
    ),
    "a header and nothing": (built(with_size), "ends too early"),
    "E3 text that expands": (
        inserted(Chunk(b"zTXt", b"Comment\0\0" + zlib.compress(bytes(9_000_000)))),
        "compressed text (chunk zTXt)",
    ),
    "E4 a zip behind the end": (GOOD + b"PK\x03\x04", "behind the end"),
    "E4 a byte behind the end": (GOOD + b"\0", "behind the end"),
    "E5 a wrong checksum": (GOOD[:-20] + bytes([GOOD[-20] ^ 1]) + GOOD[-19:], "damaged in IDAT"),
    "E5 truncated": (GOOD[:-30], "ends too early"),
    "E5 no end": (built(*png.chunks(GOOD)[:-1]), "ends too early"),
    "E5 an endless chunk": (SIGNATURE + b"\x7f\xff\xff\xff" + GOOD[12:], "ends too early"),
    "E6 animated": (inserted(Chunk(b"acTL", bytes(8)), at=2), "is animated"),
    "E7 GIF": (b"GIF89a" + bytes(60), "not a PNG but a GIF"),
    "E7 JPEG": (b"\xff\xd8\xff\xe0" + bytes(60), "not a PNG but a JPEG"),
    "E7 HTML": (b"\n<!doctype html><p>", "not a PNG but a text in SVG or HTML"),
    "E7 EPS": (b"%!PS-Adobe-3.0", "not a PNG but an EPS"),
    "E7 nothing": (b"", "not a PNG"),
    "E8 a credential": (inserted(Chunk(b"iTXt", b"openbadgecredential" + TEXT), at=4), "already carries a credential"),
    "E8 an assertion": (inserted(Chunk(b"tEXt", b"openbadges\0{}")), "already carries a credential"),
    "E9 EXIF": (inserted(Chunk(b"eXIf", b"MM\0*")), "optipng -snip -strip all"),
    "a text": (inserted(Chunk(b"tEXt", b"Author\0me")), "carries text"),
    "a colour profile": (inserted(Chunk(b"iCCP", b"x\0\0x")), "colour profile"),
    "an unknown chunk": (inserted(Chunk(b"zz\x1b[", b"")), "(chunk zz\\x1b[)"),
    "resolution twice": (inserted(RESOLUTION, RESOLUTION), "wrong order"),
    "palette behind the data": (
        built(parts()["IHDR"], parts()["IDAT"], parts()["PLTE"], parts()["IEND"]),
        "wrong order",
    ),
    "opacity before the palette": (
        built(parts()["IHDR"], parts()["tRNS"], parts()["PLTE"], parts()["IDAT"], parts()["IEND"]),
        "wrong order",
    ),
    "data interrupted": (built(*png.chunks(GOOD)[:4], RESOLUTION, *png.chunks(GOOD)[3:]), "wrong order"),
    "intent behind the palette": (inserted(INTENT, at=2), "wrong order"),
    "no data": (built(*png.chunks(GOOD)[:3], parts()["IEND"]), "wrong order"),
    "no header": (built(*png.chunks(GOOD)[1:]), "does not begin with a header"),
    "end with data": (built(*png.chunks(GOOD)[:4], Chunk(b"IEND", b"PK")), "wrong order"),
    "no palette": (built(parts()["IHDR"], parts()["IDAT"], parts()["IEND"]), "wrong length"),
    "half a colour": (
        built(parts()["IHDR"], Chunk(b"PLTE", bytes(8)), parts()["IDAT"], parts()["IEND"]),
        "wrong length",
    ),
    "more opacities than colours": (
        built(parts()["IHDR"], Chunk(b"PLTE", bytes(3)), *png.chunks(GOOD)[2:]),
        "wrong length",
    ),
    "more colours than the depth": (with_header(depth=1), "wrong length"),
    "a short resolution": (inserted(Chunk(b"pHYs", bytes(8))), "wrong length"),
    "an unknown depth": (with_header(depth=3), "header that the standard does not know"),
    "an unknown colour type": (with_header(colour=1), "header that the standard does not know"),
    "an unknown compression": (with_header(compression=1), "header that the standard does not know"),
    "an unknown interlacing": (with_header(interlace=2), "header that the standard does not know"),
    "E5 no pixels": (with_pixels(b""), "as many pixels as it says"),
    "E5 a pixel too few": (with_pixels(bytes(41 * 36 - 1)), "as many pixels as it says"),
    "E5 a pixel too many": (with_pixels(bytes(41 * 36 + 1)), "as many pixels as it says"),
    "E5 data that expands": (with_pixels(bytes(90_000_000)), "as many pixels as it says"),
    "E5 interlaced and not": (with_pixels(bytes(41 * 36), interlace=1), "as many pixels as it says"),
    "E5 an unknown filter": (with_pixels(bytes(41 * 35) + b"\5" + bytes(40)), "pixels of the PNG file are damaged"),
    "E5 no compressed data": (
        built(*png.chunks(GOOD)[:3], Chunk(b"IDAT", b"garbage"), parts()["IEND"]),
        "pixels of the PNG file are damaged",
    ),
    "E5 a wrong sum": (
        built(*png.chunks(GOOD)[:3], Chunk(b"IDAT", parts()["IDAT"].data[:-1] + b"x"), parts()["IEND"]),
        "pixels of the PNG file are damaged",
    ),
    "E4 a zip behind the pixels": (
        built(*png.chunks(GOOD)[:3], Chunk(b"IDAT", parts()["IDAT"].data + b"PK"), parts()["IEND"]),
        "as many pixels as it says",
    ),
    "too many bytes": (GOOD + bytes(1024 * 1024), "more than 1,048,576"),
}


@pytest.mark.parametrize("name", TAKEN)
def test_a_clean_picture_is_taken(name: str) -> None:
    assert png.refuse(TAKEN[name]) == ""


@pytest.mark.parametrize("name", REFUSED)
def test_a_picture_with_more_than_its_pixels_is_refused(name: str) -> None:
    data, part = REFUSED[name]
    sentence = png.refuse(data)
    assert part in sentence
    assert sentence.endswith(".")
    assert sentence.isprintable()


@settings(max_examples=500, deadline=None)
@given(st.integers(0, len(GOOD) - 1), st.integers(1, 255))
def test_a_changed_byte_never_passes(at: int, change: int) -> None:
    damaged = GOOD[:at] + bytes([GOOD[at] ^ change]) + GOOD[at + 1 :]
    assert png.refuse(damaged)


@settings(max_examples=500, deadline=None)
@given(
    st.lists(
        st.tuples(st.sampled_from([*parts(), "sRGB", "pHYs", "tEXt", "abcd"]), st.binary(max_size=30)), max_size=6
    ),
    st.binary(max_size=20),
)
def test_the_gate_always_answers(pieces: list[tuple[str, bytes]], rest: bytes) -> None:
    for start in (b"", SIGNATURE):
        data = start + b"".join(Chunk(name.encode(), held).as_bytes() for name, held in pieces) + rest
        assert isinstance(png.refuse(data), str)


def test_a_file_without_a_header_has_no_size() -> None:
    with pytest.raises(ValueError, match="does not begin with a header"):
        png.size(built(parts()["IEND"]))
