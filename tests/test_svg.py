"""The gate for SVG files. Each file that is refused has a twin that is taken."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from blazon import svg

XLINK = ' xmlns:xlink="http://www.w3.org/1999/xlink"'


def drawn(inside: str, root: str = "") -> bytes:
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 64 64"{root}>{inside}</svg>'.encode()


def nested(depth: int) -> bytes:
    return drawn("<g>" * (depth - 1) + "</g>" * (depth - 1))


def repeated(times: int, depth: int) -> bytes:
    steps = "".join(f'<g id="s{n}">' + f'<use href="#s{n + 1}"/>' * times + "</g>" for n in range(depth))
    return drawn(f'<defs>{steps}<path id="s{depth}" d="M0 0h9"/></defs><use href="#s0"/>')


PAIRS = {
    "E10 script": ("<script>1</script>", "<title>1</title>", "no script"),
    "E10 event": ('<g onload="x()"/>', '<g fill="red"/>', "attribute “onload”"),
    "E10 foreign object": ("<foreignObject/>", "<g/>", "holds no page"),
    "E10 link": ('<a href="javascript:x()"><g/></a>', "<g><g/></g>", "no links"),
    "E10 link in a use": ('<use href="javascript:x()"/>', '<g id="x"/><use href="#x"/>', "an id in the same file"),
    "E10 animation": ('<g><animate attributeName="x"/></g>', "<g><g/></g>", "stands still"),
    "E11 remote reference": (
        '<use href="https://e.example/a.svg#x"/>',
        '<g id="x"/><use href="#x"/>',
        "an id in the same file",
    ),
    "E11 remote xlink": (
        '<use xlink:href="//e.example/#x"/>',
        '<g id="x"/><use xlink:href="#x"/>',
        "an id in the same file",
    ),
    "E11 data reference": (
        '<use href="data:image/svg+xml,x"/>',
        '<g id="x"/><use href="#x"/>',
        "an id in the same file",
    ),
    "E11 remote colour": ('<g fill="url(https://e.example/#x)"/>', '<g fill="url(#x)"/>', "url(#id) in the same file"),
    "E11 remote colour, shouted": (
        '<g fill="URL( https://e.example )"/>',
        '<g fill="#fff"/>',
        "url(#id) in the same file",
    ),
    "E11 remote colour, escaped": (
        '<g fill="\\75rl(https://e.example)"/>',
        "<g fill=\"url('#x')\"/>",
        "url(#id) in the same file",
    ),
    "E11 remote colour, after a local one": (
        '<g fill="url(#x) url(http://e.example)"/>',
        '<g fill="url(#x) #fff"/>',
        "url(#id) in the same file",
    ),
    "E11 image set": ('<g mask="image-set(&quot;a.png&quot; 1x)"/>', '<g fill="rgb(1, 2, 3)"/>', "names a colour"),
    "E11 style element": ("<style>g{}</style>", "<desc>g{}</desc>", "as attributes"),
    "E11 style attribute": ('<g style="fill:red"/>', '<g fill="red"/>', "as attributes"),
    "picture": ('<image href="#x"/>', '<g id="x"/>', "no other picture"),
    "filter": ('<filter id="x"/>', '<pattern id="x"/>', "element “filter”"),
    "base": ('<g xml:base="https://e.example"/>', '<g xml:space="preserve"/>', "attribute “base”"),
    "class": ('<g class="x"/>', '<g id="x"/>', "attribute “class”"),
    "another namespace": (
        '<g xmlns="http://www.w3.org/1999/xhtml"/>',
        '<g xmlns="http://www.w3.org/2000/svg"/>',
        "namespace",
    ),
    "an editor's namespace": ('<g xmlns:i="http://e.example/i" i:x="1"/>', "<g/>", "plain SVG"),
    "E8 a credential": (
        '<openbadges:credential xmlns:openbadges="https://purl.imsglobal.org/ob/v3p0"/>',
        "<desc>credential</desc>",
        "a credential",
    ),
    "a word that only credentials have": (
        "<title>openbadges</title>",
        "<title>open badges</title>",
        "take that word out",
    ),
    "a comment that a reader takes for a credential": (
        "<g/><!--<openbadges:credential>-->",
        "<g/><!--<credential>-->",
        "take",
    ),
    "a picture inside a picture": ("<svg/>", "<g/>", "one svg element"),
    "an entity that nobody defined": ("<title>&x;</title>", "<title>&amp;</title>", "not well-formed"),
    "a group left open": ("<g>", "<g/>", "not well-formed"),
    "a control character in a name": ('<g a\x7fb="1"/>', "<g/>", "not well-formed"),
}


@pytest.mark.parametrize("name", PAIRS)
def test_what_is_not_drawing_is_refused_and_its_twin_taken(name: str) -> None:
    hostile, harmless, part = PAIRS[name]
    sentence = svg.refuse(drawn(hostile, XLINK))
    assert part in sentence
    assert sentence.endswith(".")
    assert sentence.isprintable()
    assert svg.refuse(drawn(harmless, XLINK)) == ""


@pytest.mark.parametrize(
    ("start", "part"),
    [
        ("<!DOCTYPE svg>", "DOCTYPE"),
        ('<!DOCTYPE svg [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]>', "DOCTYPE"),
        ('<!DOCTYPE svg SYSTEM "file:///etc/passwd">', "DOCTYPE"),
        ('<?xml-stylesheet href="https://e.example/a.css"?>', "xml-stylesheet"),
        ('<?xml version="1.0" encoding="UTF-7"?>', "UTF-7"),
    ],
)
def test_e12_what_reaches_beyond_the_file_is_refused(start: str, part: str) -> None:
    assert part in svg.refuse(start.encode() + drawn("<g/>"))
    assert svg.refuse(b'<?xml version="1.0" encoding="utf-8"?>\n<!-- a note -->' + drawn("<g/>")) == ""


def test_e13_depth_and_number_have_a_limit() -> None:
    began = time.perf_counter()
    assert svg.refuse(nested(32)) == ""
    assert "nested deeper than 32" in svg.refuse(nested(33))
    assert "nested deeper than 32" in svg.refuse(nested(5001))
    assert svg.refuse(drawn("<g/>" * 4999)) == ""
    assert "more than 5,000 elements" in svg.refuse(drawn("<g/>" * 5000))
    assert time.process_time() - began < 1


def test_a_small_file_cannot_draw_a_huge_picture() -> None:
    assert svg.refuse(repeated(10, 3)) == ""
    assert "by repeating them" in svg.refuse(repeated(10, 9))
    assert "in a circle" in svg.refuse(drawn('<g id="x"><use href="#x"/></g>'))
    assert "in a circle" in svg.refuse(drawn('<mask id="x"><g mask="url(#x)"/></mask>'))
    many = '<g fill="url(#x)"/>' * 4000
    assert svg.refuse(drawn('<linearGradient id="x">' + "<stop/>" * 20 + f"</linearGradient>{many}")) == ""


def test_a_file_that_is_large_or_of_another_kind_is_refused() -> None:
    assert "more than 262,144" in svg.refuse(drawn("<g/>" + " " * 262_144))
    assert svg.refuse(drawn("<g/>" + " " * 262_000)) == ""
    assert "UTF-8" in svg.refuse(drawn("<g/>").decode().encode("utf-16"))
    assert "element “html”" in svg.refuse(b"<html/>")
    assert "not well-formed" in svg.refuse(b"")
    assert svg.refuse(drawn("")) == svg.refuse(drawn("text")) == "the SVG draws nothing; draw the badge in it."
    assert "not well-formed" in svg.refuse(b"\x89PNG"[1:])


@pytest.mark.parametrize("value", ["a" * 250_000, "(" * 250_000, "url(#" * 50_000, " " * 250_000, "-(" * 120_000])
def test_no_value_keeps_the_gate_busy(value: str) -> None:
    began = time.process_time()
    svg.refuse(drawn(f'<path d="{value}"/>'))
    assert time.process_time() - began < 1


FRAGMENTS = st.sampled_from(
    ["<g", ">", "</g>", "/>", ' fill="', '"', "url(", "#x)", ' href="#x"', ' id="x"', "<use", "&#x41;", "<![CDATA[", "]]>", "<!--", "-->",
     "<!DOCTYPE", "<?", " xmlns:a='b'", "\ufeff", "<svg", "\0", "é"]
)  # fmt: skip


@settings(max_examples=600, deadline=None)
@given(st.lists(FRAGMENTS, max_size=12).map("".join), st.binary(max_size=8))
def test_the_gate_always_answers(inside: str, rest: bytes) -> None:
    assert isinstance(svg.refuse(drawn(inside)), str)
    assert isinstance(svg.refuse(inside.encode() + rest), str)
