"""Attempts with the pictures of a badge (rows E of our security rules)."""

from __future__ import annotations

import zlib

from blazon import bake, png
from blazon.png import Chunk
from limits.of_pictures import drawn, nested, sided
from mischief.attempts import BADGE, Attempt, Changes, laid

PNG, SVG = (f"content/badges/soldering/image.{ending}" for ending in ("png", "svg"))
WHOLE = sided(400, 400)
GOOD: Changes = {BADGE: laid(BADGE, "image: {alt: A soldered joint}"), PNG: WHOLE, SVG: drawn("<g/>")}
HEADER, *REST = png.chunks(WHOLE)
END = Chunk(b"IEND", b"").as_bytes()


def in_png(row: str, sentence: str, data: bytes) -> Attempt:
    """An attempt with a PNG beside a good drawing."""
    return Attempt(row, sentence, {**GOOD, PNG: data}, (f"{PNG} bad-picture",), GOOD)


def in_svg(row: str, sentence: str, hostile: str | bytes, harmless: str = "<g/>") -> Attempt:
    """An attempt with what stands in a drawing, or with the whole of it, beside a good PNG."""
    data = hostile if isinstance(hostile, bytes) else drawn(hostile)
    return Attempt(row, sentence, {**GOOD, SVG: data}, (f"{SVG} bad-picture",), {**GOOD, SVG: drawn(harmless)})


def with_chunk(kind: bytes, data: bytes = b"") -> bytes:
    """The good PNG with a chunk more behind its header."""
    return png.SIGNATURE + b"".join(one.as_bytes() for one in (HEADER, Chunk(kind, data), *REST))


def headed(width: int, height: int, *chunks: Chunk) -> bytes:
    """A PNG whose header says how large it is, with some other chunks."""
    header = Chunk(b"IHDR", width.to_bytes(4) + height.to_bytes(4) + bytes((1, 0, 0, 0, 0)))
    return png.SIGNATURE + b"".join(one.as_bytes() for one in (header, *chunks, Chunk(b"IEND", b"")))


ATTEMPTS = [
    in_png("E1", "a picture is huge in a small file", headed(20_000, 20_000, Chunk(b"IDAT", zlib.compress(bytes(1 << 20), 9) * 40))),
    in_png("E2", "a header promises what is not there", headed(50_000, 50_000)),
    in_png("E2", "a header says that nothing is there", headed(0, 400)),
    in_png("E3", "a picture has text that expands", with_chunk(b"zTXt", b"Comment\0\0" + zlib.compress(bytes(10 << 20), 9))),
    in_png("E3", "pixels expand to more than there are", headed(400, 400, Chunk(b"IDAT", zlib.compress(bytes(10 << 20), 9)))),
    in_png("E4", "a page stands behind a picture", WHOLE + b"<html><script>alert(1)</script></html>"),
    in_png("E4", "an archive stands behind a picture", WHOLE + b"PK\x03\x04" + bytes(100)),
    in_png("E5", "a checksum is wrong", WHOLE.replace(END, END[:-1] + b"\0")),
    in_png("E5", "a picture is cut off", WHOLE[: len(WHOLE) // 2]),
    in_png("E5", "a picture has no end", WHOLE.removesuffix(END)),
    in_png("E5", "a chunk says that it has two gigabytes", png.SIGNATURE + b"\x7f\xff\xff\xffIHDR"),
    in_png("E6", "a picture moves", with_chunk(b"acTL", bytes(8))),
    *(
        in_png("E7", f"{what} is called a PNG", data)
        for what, data in (("a GIF", b"GIF89a" + bytes(20)), ("a JPEG", b"\xff\xd8\xff\xe0" + bytes(20)), ("a page", b"<!DOCTYPE html><html></html>"), ("an EPS", b"%!PS-Adobe-3.0 EPSF-3.0\n"), ("nothing", b""))
    ),
    in_png("E8", "a picture is somebody's badge", bake.bake_png(WHOLE, "{}", "{}")),
    in_png("E9", "a picture says where it was taken", with_chunk(b"eXIf", b"MM\0*" + bytes(20))),
    in_png("E9", "a picture has a profile of colours", with_chunk(b"iCCP", b"x\0\0" + zlib.compress(b"x"))),
    in_svg("E8", "a drawing is somebody's badge", bake.bake_svg(drawn("<g/>"), "{}", "{}")),
    in_svg("E10", "a drawing runs a script", "<script>alert(1)</script>", "<title>alert(1)</title>"),
    in_svg("E10", "a drawing acts when it is loaded", '<g onload="alert(1)"/>', '<g fill="red"/>'),
    in_svg("E10", "a drawing holds a page", "<foreignObject/>"),
    in_svg("E10", "a drawing leads to a script", '<a href="javascript:alert(1)"><g/></a>', "<g><g/></g>"),
    in_svg("E10", "a drawing moves", '<g><animate attributeName="x"/></g>', "<g><g/></g>"),
    in_svg("E11", "a drawing uses another site", '<use href="https://example.org/a.svg#x"/>', '<g id="x"/><use href="#x"/>'),
    in_svg("E11", "a drawing asks another site for a colour", '<g fill="url(https://example.org/#x)"/>', '<g fill="url(#x)"/>'),
    in_svg("E11", "a drawing has a sheet of styles", "<style>@import url(https://example.org/a.css)</style>", "<desc>a sheet</desc>"),
    in_svg("E11", "an element has styles", '<g style="fill: red"/>', '<g fill="red"/>'),
    in_svg("E11", "a drawing shows another picture", '<image href="https://example.org/a.png"/>'),
    *(
        in_svg("E12", f"a drawing has {what}", start.encode() + drawn("<g/>"))
        for what, start in (("a type", "<!DOCTYPE svg>"), ("entities that grow", '<!DOCTYPE svg [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;">]>'), ("a file of the system", '<!DOCTYPE svg SYSTEM "file:///etc/passwd">'), ("a sheet beside it", '<?xml-stylesheet href="https://example.org/a.css"?>'))
    ),
    in_svg("E13", "a drawing has 5,001 groups in each other", nested(5_001)),
    in_svg("E13", "a drawing has 5,001 elements", "<g/>" * 5_000, "<g/>" * 4_999),
]  # fmt: skip
