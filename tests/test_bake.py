"""Baking is surgery: what goes in comes out, no other byte moves, and only the usual form is read."""

from __future__ import annotations

import zlib
from xml.etree import ElementTree as ET

import pytest

from blazon import bake, jsontext
from blazon.bake import Baked
from blazon.jsontext import Unreadable
from strangers import END, HEADER, PNG, SVG, png_chunk, vector

CREDENTIAL = jsontext.embeddable(vector("award-a7f3"))
ASSERTION = jsontext.embeddable(vector("assertion-a7f3"))
BAKED_PNG = bake.bake_png(PNG, CREDENTIAL, ASSERTION)
BAKED_SVG = bake.bake_svg(SVG, CREDENTIAL, ASSERTION)

NAMESPACE = 'xmlns="http://www.w3.org/2000/svg"'
OB3 = 'xmlns:openbadges="https://purl.imsglobal.org/ob/v3p0"'
OB2 = 'xmlns:openbadges="http://openbadges.org"'


def itxt(keyword: bytes, text: bytes, between: bytes = b"\0\0\0\0") -> bytes:
    return png_chunk(b"iTXt", keyword + b"\0" + between + text)


def png(*chunks: bytes) -> bytes:
    return b"".join((HEADER, *chunks, png_chunk(b"IDAT", zlib.compress(b"\0\0")), END))


def svg(inside: str, attributes: str = f"{NAMESPACE} {OB3}") -> bytes:
    return f"<svg {attributes}>{inside}</svg>".encode()


def carrier(text: str, name: str = "credential", attributes: str = "") -> str:
    return f"<openbadges:{name}{attributes}><![CDATA[{text}]]></openbadges:{name}>"


def test_a_png_gives_back_what_was_baked_into_it() -> None:
    assert bake.unbake_png(BAKED_PNG) == Baked(CREDENTIAL, ASSERTION, PNG)


def test_an_svg_gives_back_what_was_baked_into_it() -> None:
    assert bake.unbake_svg(BAKED_SVG) == Baked(CREDENTIAL, ASSERTION, SVG)


def test_the_chunks_of_a_png_stand_before_its_end() -> None:
    inserted = itxt(b"openbadges", ASSERTION.encode()) + itxt(b"openbadgecredential", CREDENTIAL.encode())
    assert PNG.removesuffix(END) + inserted + END == BAKED_PNG


def test_the_elements_of_an_svg_are_the_first_of_its_root() -> None:
    root = ET.fromstring(BAKED_SVG)  # noqa: S314 (our own text)
    assert [child.tag for child in root][:2] == [
        "{https://purl.imsglobal.org/ob/v3p0}credential",
        "{http://openbadges.org}assertion",
    ]
    assert (root[0].text, root[1].text) == (CREDENTIAL, ASSERTION)
    assert BAKED_SVG.startswith(SVG.partition(b">")[0] + f" {OB3}>\n<openbadges:credential><![CDATA[{{".encode())


def test_a_canvas_is_read_once_and_baked_many_times() -> None:
    for canvas, once in ((bake.prepare_png(PNG), bake.bake_png), (bake.prepare_svg(SVG), bake.bake_svg)):
        picture = PNG if once is bake.bake_png else SVG
        for text in ('{"a":1}', '{"b":"é"}'):
            assert canvas.bake(text, ASSERTION) == once(picture, text, ASSERTION)


@pytest.mark.parametrize(
    "picture",
    [
        b'<?xml version="1.0"?>\n<!-- > --><svg xmlns="http://www.w3.org/2000/svg"><g/></svg>',
        b"<s:svg xmlns:s='http://www.w3.org/2000/svg' id='a>b'></s:svg>",
        b'\xef\xbb\xbf<svg xmlns="http://www.w3.org/2000/svg">\n\n<g/>\n</svg>',
        b'<svg xmlns="http://www.w3.org/2000/svg"\n  id="a"\n  >\r\n<g><svg/></g></svg>\n<!-- end -->',
    ],
    ids=["declaration and comment", "prefix and a bracket in an attribute", "byte order mark", "line ends"],
)
def test_no_byte_of_an_svg_is_lost(picture: bytes) -> None:
    assert bake.unbake_svg(bake.bake_svg(picture, CREDENTIAL, ASSERTION)).picture == picture


@pytest.mark.parametrize("picture", [BAKED_PNG, png(png_chunk(b"tEXt", b"openbadges\0x"))], ids=["baked", "old form"])
def test_a_png_is_baked_only_once(picture: bytes) -> None:
    with pytest.raises(Unreadable, match="already"):
        bake.bake_png(picture, CREDENTIAL, ASSERTION)


@pytest.mark.parametrize(
    ("picture", "sentence"),
    [
        (BAKED_SVG, "already"),
        (b'<svg xmlns="http://www.w3.org/2000/svg"/>', "empty"),
        (b"<svg><g/></svg>", "not an SVG"),
        (b"<html/>", "not an SVG"),
        (b"<svg", "not well-formed"),
    ],
    ids=["baked", "empty", "no namespace", "HTML", "broken"],
)
def test_what_is_no_drawing_is_not_baked(picture: bytes, sentence: str) -> None:
    with pytest.raises(Unreadable, match=sentence):
        bake.bake_svg(picture, CREDENTIAL, ASSERTION)


def test_a_text_that_would_end_its_section_is_not_baked() -> None:
    with pytest.raises(ValueError, match="CDATA"):
        bake.bake_svg(SVG, '{"a":"]]>"}', ASSERTION)


# Hostile PNG, a part of the sentence, and a twin that is read.
PNGS: dict[str, tuple[bytes, str, bytes]] = {
    "two credentials": (
        png(itxt(b"openbadgecredential", b"{}"), itxt(b"openbadgecredential", b"{}")),
        "two credentials",
        png(itxt(b"openbadgecredential", b"{}"), itxt(b"openbadges", b"{}")),
    ),
    "a credential in tEXt": (
        png(png_chunk(b"tEXt", b"openbadgecredential\0{}")),
        "not the usual",
        png(png_chunk(b"tEXt", b"Comment\0{}")),
    ),
    "an assertion in zTXt": (
        png(png_chunk(b"zTXt", b"openbadges\0\0" + zlib.compress(b"{}"))),
        "not the usual",
        png(png_chunk(b"zTXt", b"Comment\0\0" + zlib.compress(b"{}"))),
    ),
    "a compressed credential": (
        png(itxt(b"openbadgecredential", zlib.compress(b"{}"), b"\1\0\0\0")),
        "not the usual",
        png(itxt(b"Comment", zlib.compress(b"{}"), b"\1\0\0\0")),
    ),
    "a keyword in other letters": (
        png(itxt(b"OpenBadgeCredential", b"{}")),
        "not the usual",
        png(itxt(b"openbadgecredential", b"{}")),
    ),
    "a language": (
        png(itxt(b"openbadgecredential", b"{}", b"\0\0en\0\0")),
        "not the usual",
        png(itxt(b"openbadgecredential", b"{}")),
    ),
    "a credential after the end": (
        PNG + itxt(b"openbadgecredential", b"{}"),
        "after the end",
        PNG,
    ),
    "a page after the end": (PNG + b"<html>", "after the end", PNG),
    "an end with content": (PNG.removesuffix(END) + png_chunk(b"IEND", b"x"), "after the end", PNG),
    "a wrong checksum": (BAKED_PNG[:-1] + b"x", "checksum", BAKED_PNG),
    "a wrong checksum in a credential": (BAKED_PNG.replace(b"a7f3", b"a7f4", 1), "checksum", BAKED_PNG),
    "no end": (PNG.removesuffix(END), "in the middle", PNG),
    "cut short": (PNG[:-3], "in the middle", PNG),
    "a chunk of two gigabytes": (
        HEADER + b"\x7f\xff\xff\xffIDAT",
        "in the middle",
        PNG,
    ),
    "10,001 parts": (
        png(*[png_chunk(b"tEXt", b"a\0")] * 10_000),
        "more than 10,000",
        png(*[png_chunk(b"tEXt", b"a\0")] * 1000),
    ),
    "no header": (PNG[:8] + END, "one header", HEADER + END),
    "two headers": (HEADER + HEADER[8:] + END, "one header", HEADER + END),
    "not UTF-8": (
        png(itxt(b"openbadgecredential", b"\xff")),
        "not UTF-8",
        png(itxt(b"openbadgecredential", "é".encode())),
    ),
    "a JPEG": (b"\xff\xd8\xff\xe0", "not a PNG", PNG),
}


@pytest.mark.parametrize("name", PNGS)
def test_a_hostile_png_is_refused(name: str) -> None:
    hostile, sentence, _ = PNGS[name]
    with pytest.raises(Unreadable, match=sentence):
        bake.unbake_png(hostile)


@pytest.mark.parametrize("name", PNGS)
def test_the_twin_of_a_hostile_png_is_read(name: str) -> None:
    assert bake.unbake_png(PNGS[name][2]).picture.startswith(HEADER)


# Hostile SVG, a part of the sentence, and a twin that is read.
SVGS: dict[str, tuple[bytes, str, bytes]] = {
    "two credentials": (
        svg(carrier("{}") + carrier("{}")),
        "two credentials",
        svg(carrier("{}") + carrier("{}", "assertion", f" {OB2}")),
    ),
    "a document type": (
        b"<!DOCTYPE svg>" + svg(carrier("{}")),
        "document type",
        b"<!-- DOCTYPE svg -->" + svg(carrier("{}")),
    ),
    "an entity bomb": (
        b'<!DOCTYPE svg [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>' + svg("&b;"),
        "document type",
        svg("&amp;"),
    ),
    "a file of this machine": (
        b'<!DOCTYPE svg [<!ENTITY a SYSTEM "file:///etc/passwd">]>' + svg("&a;"),
        "document type",
        svg("&amp;"),
    ),
    "an unknown entity": (svg("&b;"), "well-formed", svg("&lt;")),
    "a verify attribute": (
        svg(carrier("{}", attributes=' verify="https://badges.example.org/"')),
        "not the usual",
        svg(carrier("{}")),
    ),
    "an empty element with a verify attribute": (
        svg('<openbadges:assertion verify="https://badges.example.org/"/>', f"{NAMESPACE} {OB2}"),
        "not the usual",
        svg(carrier("{}", "assertion"), f"{NAMESPACE} {OB2}"),
    ),
    "no CDATA": (svg("<openbadges:credential>{}</openbadges:credential>"), "not the usual", svg(carrier("{}"))),
    "two sections": (svg(carrier("{ ]]><![CDATA[ }")), "not the usual", svg(carrier("{  }"))),
    "text beside the section": (
        svg("<openbadges:credential>x<![CDATA[{}]]></openbadges:credential>"),
        "not the usual",
        svg("<openbadges:credential>\n<![CDATA[{}]]>\n</openbadges:credential>"),
    ),
    "another prefix": (
        svg(
            "<b:credential><![CDATA[{}]]></b:credential>",
            f'{NAMESPACE} xmlns:b="https://purl.imsglobal.org/ob/v3p0"',
        ),
        "not the usual",
        svg("<b:credential><![CDATA[{}]]></b:credential>", f'{NAMESPACE} xmlns:b="https://other.example/"'),
    ),
    "another namespace": (
        svg(carrier("{}"), f'{NAMESPACE} xmlns:openbadges="https://other.example/"'),
        "not the usual",
        svg(carrier("{}")),
    ),
    "an assertion called a credential": (
        svg(carrier("{}"), f"{NAMESPACE} {OB2}"),
        "not the usual",
        svg(carrier("{}", "assertion"), f"{NAMESPACE} {OB2}"),
    ),
    "a credential in a group": (svg(f"<g>{carrier('{}')}</g>"), "not the usual", svg(f"<g/>{carrier('{}')}")),
    "a credential in a comment": (
        svg(f"{carrier('{}')}<!--{carrier('[]')}-->"),
        "where no reader looks",
        svg(f"{carrier('{}')}<!-- openbadges -->"),
    ),
    "after the root": (svg("") + b"<svg/>", "well-formed", svg("") + b"<!-- -->"),
    "UTF-16": (svg(carrier("{}")).decode().encode("utf-16"), "not UTF-8", svg(carrier("{}"))),
    "UTF-16 without a mark": (svg(carrier("{}")).decode().encode("utf-16-le"), "not UTF-8", svg(carrier("{}"))),
    "another encoding": (
        b'<?xml version="1.0" encoding="ISO-8859-1"?>' + svg("<g/>").replace(b"<g/>", b"\xe9"),
        "not UTF-8",
        b'<?xml version="1.0" encoding="ISO-8859-1"?>' + svg("é"),
    ),
    "100,001 elements": (svg("<g/>" * 100_001), "more than 100,000", svg("<g/>" * 1000)),
    "two megabytes": (svg(" " * 2 * 1024 * 1024), "longer than", svg(" " * 1024 * 1024)),
    "nothing": (b"", "well-formed", svg("")),
}


@pytest.mark.parametrize("name", SVGS)
def test_a_hostile_svg_is_refused(name: str) -> None:
    hostile, sentence, _ = SVGS[name]
    with pytest.raises(Unreadable, match=sentence):
        bake.unbake_svg(hostile)


@pytest.mark.parametrize("name", SVGS)
def test_the_twin_of_a_hostile_svg_is_read(name: str) -> None:
    assert b"<svg" in bake.unbake_svg(SVGS[name][2]).picture


def test_a_png_from_another_tool_is_read() -> None:
    baked = png(itxt(b"openbadgecredential", b'{"a": 1}'))
    assert bake.unbake_png(baked) == Baked('{"a": 1}', None, PNG)


def test_an_svg_from_another_tool_is_read() -> None:
    baked = svg(f"\n  <g/>\n  {carrier('{}', 'assertion')}\n", f"{OB2} {NAMESPACE}")
    assert bake.unbake_svg(baked) == Baked(None, "{}", svg("\n  <g/>\n  \n", f"{OB2} {NAMESPACE}"))


@pytest.mark.parametrize("picture", [SVG, svg("<g/>")], ids=["plain", "with an unused namespace"])
def test_an_unbaked_svg_is_its_own_picture(picture: bytes) -> None:
    assert bake.unbake_svg(picture) == Baked(None, None, picture)


def test_an_unbaked_png_is_its_own_picture() -> None:
    assert bake.unbake_png(PNG) == Baked(None, None, PNG)


def test_a_drawing_takes_a_credential_without_a_copy_and_no_text_that_ends_its_section() -> None:
    baked = bake.bake_svg(SVG, "{}", "")
    assert bake.unbake_svg(baked) == bake.Baked("{}", None, SVG)
    for texts in (("]]>", ""), ("{}", "]]>")):
        with pytest.raises(ValueError, match=r"^a text that holds ]]> cannot stand in a CDATA section$"):
            bake.bake_svg(SVG, *texts)
