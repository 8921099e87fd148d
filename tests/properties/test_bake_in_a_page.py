"""What a page bakes is what a build bakes, byte for byte, whatever the picture and the documents; and what a build refuses, a page refuses."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

import bakebook
from blazon import bake, jsontext
from blazon.jsontext import Unreadable
from strangers import END, HEADER, PNG, SVG, award, vector

NODE = shutil.which("node")

pytestmark = pytest.mark.skipif(NODE is None, reason="needs Node.js")
many = settings(max_examples=300, deadline=None)


def published(document: Any) -> str:
    """A document as the text of its file."""
    return jsontext.hosted(document).decode()


ASSERTION = published(vector("assertion-a7f3"))


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> Iterator[bakebook.Bake]:
    assert NODE is not None
    with bakebook.page(NODE, tmp_path_factory.mktemp("baker")) as baked:
        yield baked


def built(picture: bytes, credential: Any, assertion: Any) -> bytes:
    """What a build bakes."""
    bakes = bake.bake_png if picture.startswith(b"\x89") else bake.bake_svg
    return bakes(picture, jsontext.embeddable(credential), jsontext.embeddable(assertion))


def texts(credential: Any, assertion: Any) -> tuple[str, str]:
    """What a page has of two documents: one as it stands in the page itself, and one as its file."""
    return jsontext.embeddable(credential), published(assertion)


def readable(*documents: Any) -> bool:
    """Whether documents pass the gate for JSON, which every published one does."""
    try:
        return all(jsontext.parse(jsontext.hosted(one)) is not None for one in documents)
    except Unreadable:
        return False


@many
@given(bakebook.PNGS | bakebook.SVGS, bakebook.DOCUMENTS, bakebook.DOCUMENTS)
def test_a_page_bakes_the_bytes_of_a_build(
    page: bakebook.Bake, picture: bytes, credential: Any, assertion: Any
) -> None:
    assume("]]>" not in picture.decode("latin-1").replace("<![CDATA[<]]>", ""))
    assume(readable(credential, assertion) and assertion.get("revoked") is not True)
    assert page(picture, *texts(credential, assertion)) == built(picture, credential, assertion)


@many
@given(bakebook.DOCUMENTS)
def test_it_does_not_matter_which_text_of_a_document_a_page_has(page: bakebook.Bake, document: Any) -> None:
    assume(readable(document) and document.get("revoked") is not True)
    both = {page(PNG, one, two) for one in texts(document, document) for two in texts(document, document)}
    assert both == {built(PNG, document, document)}


@many
@given(bakebook.PNGS | bakebook.SVGS, st.integers(0, 2**16), st.binary(max_size=6), st.integers(0, 6))
def test_what_a_build_refuses_a_page_refuses(
    page: bakebook.Bake, picture: bytes, at: int, instead: bytes, gap: int
) -> None:
    start = at % len(picture)
    damaged = picture[:start] + instead + picture[start + gap :]
    assume(damaged.startswith((b"\x89", b"<")))
    try:
        right: bytes | None = built(damaged, {"a": "{<}"}, {})
    except Unreadable:
        right = None
    assert page(damaged, '{"a":"{<}"}', "{}\n") == right


@pytest.mark.parametrize("picture", [PNG, SVG], ids=["PNG", "SVG"])
def test_a_picture_is_baked_as_it_was_signed_for(page: bakebook.Bake, picture: bytes) -> None:
    signed = award()
    baked = page(picture, published(signed), ASSERTION)
    assert baked == built(picture, signed, vector("assertion-a7f3"))
    assert baked is not None
    assert page(baked, published(signed), ASSERTION) is None


@pytest.mark.parametrize(
    "picture",
    [
        HEADER + END,
        SVG.replace(b"M0", b"M1"),
        b"<!doctype html><title>404</title>",
        b"",
        PNG[:-1],
        PNG + b"\n",
    ],
    ids=["another PNG", "another SVG", "a page of the host", "nothing", "cut", "more"],
)
def test_another_picture_than_the_one_that_was_signed_for_is_refused(page: bakebook.Bake, picture: bytes) -> None:
    assert page(picture, published(award()), ASSERTION) is None


@pytest.mark.parametrize(
    "assertion",
    ["<!doctype html><title>404</title>", "", "[]", '{"id": "a", "id": "b"}', '{"revoked": true}'],
    ids=["a page of the host", "nothing", "a list", "a name twice", "withdrawn"],
)
def test_what_is_no_assertion_or_was_withdrawn_is_refused(page: bakebook.Bake, assertion: str) -> None:
    assert page(PNG, published(award()), assertion) is None
    assert page(PNG, published(award())[1:], ASSERTION) is None
