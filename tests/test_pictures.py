"""Pictures as files: badges drawn, QR codes, and PNG files proved to be readable."""

from __future__ import annotations

import base64
import io
import random
import zlib

import pytest
from PIL import Image

from blazon import pictures, png, svg
from blazon.model import Art, Kind

LETTERS = "abcdefghijklmnopqrstuvwxyz234567"


@pytest.mark.parametrize(("kind", "level"), [(Kind.MICRO_CREDENTIAL, 3), (Kind.SKILL, 0), (Kind.KNOWLEDGE, 0)])
def test_a_badge_is_drawn_the_same_each_time(kind: Kind, level: int) -> None:
    drawn = pictures.draw("youth-facilitation", kind, level, Art("plum", "people"))
    assert drawn == pictures.draw("youth-facilitation", kind, level, Art("plum", "people"))
    assert png.refuse(drawn.png) == ""
    assert svg.refuse(drawn.svg) == ""
    assert png.size(drawn.png) == (400, 400)
    assert len(drawn.png) <= 16 * 1024
    pictures.readable_png(drawn.png)


def test_a_badge_is_transparent_around_and_has_the_colours_of_its_thread() -> None:
    drawn = pictures.draw("wiring", Kind.PARTICIPATION, 0, Art("lagoon", "check"))
    with Image.open(io.BytesIO(drawn.png)) as picture:
        pixels = picture.convert("RGBA")
    assert [pixels.getpixel(corner) for corner in ((0, 0), (399, 0), (0, 399), (399, 399))] == [(0, 0, 0, 0)] * 4
    assert pixels.getpixel((200, 125)) == (0x0F, 0x7C, 0x9C, 255)  # the field, above the icon
    assert pixels.getpixel((187, 234)) == (255, 255, 255, 255)  # the icon
    assert pixels.getpixel((200, 38)) == (0x05, 0x4E, 0x64, 255)  # the edge, within its stitches


def matrix(address: str) -> list[list[bool]]:
    head, _, written = address.partition(",")
    assert head == "data:image/png;base64"
    with Image.open(io.BytesIO(base64.b64decode(written, validate=True)), formats=["PNG"]) as picture:
        assert picture.mode == "1"
        light = picture.convert("L").tobytes()
    side = picture.width
    assert picture.height == side
    return [[not one for one in light[at : at + side]] for at in range(0, side * side, side)]


def test_codes_that_were_added_up_are_those_that_the_library_makes() -> None:
    qrcode = pytest.importorskip("qrcode")
    draw = random.Random(7)  # noqa: S311, no secret is drawn
    for number in range(400):
        text = "https://riverbend.example/badges/awards/" + "".join(draw.choices(LETTERS, k=26)) + "/"
        made = pictures.qr_code(text)
        if number < 380 and number % 40:
            continue
        code = qrcode.QRCode(error_correction=qrcode.ERROR_CORRECT_M, border=4, mask_pattern=2)
        code.add_data(text, optimize=0)
        assert matrix(made) == [list(map(bool, row)) for row in code.get_matrix()]


def test_a_code_does_not_depend_on_those_before_it(monkeypatch: pytest.MonkeyPatch) -> None:
    texts = [f"https://e.example/{name}/" for name in ("one", "two", "six", "ten", "ürn", "0ne")]
    known = [pictures.qr_code(text) for text in texts]
    monkeypatch.setattr(pictures, "_CODES", type(pictures._CODES)(pictures._Codes))
    assert [pictures.qr_code(text) for text in reversed(texts)] == known[::-1]


def test_a_code_has_a_quiet_zone() -> None:
    cells = matrix(pictures.qr_code("https://e.example/"))
    assert cells[4][4:11] == [True] * 7
    assert not any(any(row[:4] + row[-4:]) for row in cells)
    assert not any(map(any, cells[:4] + cells[-4:]))


def test_a_picture_that_cannot_be_decoded_is_refused() -> None:
    good = png.write(32, 32, [(1, 2, 3, 255)], bytes(1024))
    pictures.readable_png(good)
    chunks = list(png.chunks(good))
    for data in (b"", zlib.compress(bytes(5)), b"\x78\x01\xff"):
        broken = png.SIGNATURE + b"".join(
            (png.Chunk(b"IDAT", data) if chunk.type == b"IDAT" else chunk).as_bytes() for chunk in chunks
        )
        assert "pixels" in png.refuse(broken)  # the gate has seen it before, without a decoder
        with pytest.raises(ValueError, match="cannot be decoded"):
            pictures.readable_png(broken)


def test_only_png_is_decoded() -> None:
    file = io.BytesIO()
    Image.new("RGB", (40, 40)).save(file, "GIF")
    with pytest.raises(ValueError, match="cannot be decoded"):
        pictures.readable_png(file.getvalue())
