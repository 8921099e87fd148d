"""What is baked comes out again, byte for byte, whatever the picture and the document; and no bytes make a reader stumble."""

from __future__ import annotations

import json
import zlib
from contextlib import suppress
from typing import Any

from hypothesis import assume, given, settings
from hypothesis import strategies as st

import bakebook
from blazon import bake, jsontext
from blazon.bake import Baked
from blazon.jsontext import Unreadable
from blazon.verify import Verdict, overall, verify
from strangers import HEADER, NOW, PNG, SVG, award, sources, text, vector

many = settings(max_examples=500, deadline=None)


@many
@given(bakebook.PNGS, bakebook.DOCUMENTS, bakebook.DOCUMENTS)
def test_what_goes_into_a_png_comes_out(picture: bytes, credential: Any, assertion: Any) -> None:
    texts = jsontext.embeddable(credential), jsontext.embeddable(assertion)
    baked = bake.bake_png(picture, *texts)
    assert bake.unbake_png(baked) == Baked(*texts, picture)
    assert json.loads(texts[0]) == credential


@many
@given(bakebook.SVGS, bakebook.DOCUMENTS, bakebook.DOCUMENTS)
def test_what_goes_into_an_svg_comes_out(picture: bytes, credential: Any, assertion: Any) -> None:
    assume("]]>" not in picture.decode().replace("<![CDATA[<]]>", ""))
    texts = jsontext.embeddable(credential), jsontext.embeddable(assertion)
    baked = bake.bake_svg(picture, *texts)
    assert bake.unbake_svg(baked) == Baked(*texts, picture)


@many
@given(bakebook.DOCUMENTS)
def test_what_is_written_is_read(document: dict[str, Any]) -> None:
    assume(not {"__proto__", "constructor", "prototype"} & set(document))
    for written in (jsontext.write(document), jsontext.compact(document), jsontext.embeddable(document)):
        with suppress(Unreadable):  # a forbidden name further in
            assert jsontext.parse(written.encode()) == document


@many
@given(
    st.binary(max_size=200)
    | bakebook.TEXTS.map(str.encode)
    | st.text(st.sampled_from('{}[]",:\\u0d8e1-.'), max_size=40).map(str.encode)
)
def test_the_gate_answers_whatever_it_is_given(data: bytes) -> None:
    with suppress(Unreadable):
        assert jsontext.parse(data) == json.loads(data)


BADGE = award()
TEXTS = jsontext.embeddable(BADGE), jsontext.embeddable(vector("assertion-a7f3"))
FILES = (text(BADGE), bake.bake_png(PNG, *TEXTS), bake.bake_svg(SVG, *TEXTS))
SOURCES = sources()


def _damaged(file: bytes, at: int, instead: bytes, gap: int) -> bytes:
    """A file with some of its bytes replaced."""
    start = at % len(file)
    return file[:start] + instead + file[start + gap :]


@many
@given(st.sampled_from(FILES), st.integers(0, 2**16), st.binary(max_size=6), st.integers(0, 6))
def test_a_damaged_badge_never_passes(file: bytes, at: int, instead: bytes, gap: int) -> None:
    damaged = _damaged(file, at, instead, gap)
    assume(_content(damaged) != _content(file))
    assert overall(verify(damaged, SOURCES, NOW)) is not Verdict.PASSED


@many
@given(
    st.binary(max_size=300),
    st.sampled_from([b"", b"\x89PNG\r\n\x1a\n", HEADER, b"<svg", b"<", b"{", b'{"proof":', b"eyJ.."]),
)
def test_any_bytes_have_an_outcome(data: bytes, before: bytes) -> None:
    assert overall(verify(before + data, SOURCES, NOW)) is not Verdict.PASSED


@many
@given(bakebook.PNGS, st.integers(0, 2**16), st.binary(max_size=6), st.integers(0, 6))
def test_a_damaged_picture_is_read_or_refused(picture: bytes, at: int, instead: bytes, gap: int) -> None:
    for damaged in (_damaged(picture, at, instead, gap), _damaged(FILES[1], at, instead, gap)):
        with suppress(Unreadable):
            assert zlib.crc32(bake.unbake_png(damaged).picture)


@many
@given(bakebook.SVGS, st.integers(0, 2**16), st.text(max_size=6), st.integers(0, 6))
def test_a_damaged_drawing_is_read_or_refused(picture: bytes, at: int, instead: str, gap: int) -> None:
    for damaged in (
        _damaged(picture, at, instead.encode(errors="replace"), gap),
        _damaged(FILES[2], at, b"<" * gap, gap),
    ):
        with suppress(Unreadable):
            assert bake.unbake_svg(damaged).picture


def _content(file: bytes) -> object:
    """What a file says and shows: equal for two files that differ only in how their JSON is spelt."""
    try:
        if file.startswith(b"\x89"):
            baked = bake.unbake_png(file)
        elif file.startswith(b"<"):
            baked = bake.unbake_svg(file)
        else:
            return jsontext.ordered(jsontext.parse(file))
        parsed = (jsontext.parse((one or "").encode()) for one in (baked.credential, baked.assertion))
        return *map(jsontext.ordered, parsed), baked.picture
    except Unreadable:
        return file
