"""Pictures and documents to bake, odd ones among them, and the baker of our pages as a process beside the tests."""

from __future__ import annotations

import json
import subprocess
from base64 import b64decode, b64encode
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from hypothesis import strategies as st

from blazon import browser, jsontext
from blazon.files import read_verifier
from strangers import END, HEADER, png_chunk

BAKER = Path(__file__).parent / "browser/bake.mjs"

Bake = Callable[[bytes, str, str], bytes | None]

TEXTS = st.text(st.characters(codec="utf-8"), max_size=20)
_numbers = st.integers(-jsontext.LARGEST_INTEGER, jsontext.LARGEST_INTEGER) | st.floats(-1e15, 1e15)
_values: st.SearchStrategy[Any] = st.recursive(
    st.none() | st.booleans() | _numbers | TEXTS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(TEXTS, inner, max_size=4),
    max_leaves=10,
)
DOCUMENTS = st.dictionaries(TEXTS, _values, max_size=5)

_kinds = st.sampled_from([b"IDAT", b"tEXt", b"iTXt", b"pHYs", b"abCd"])
_chunks = st.builds(png_chunk, _kinds, st.binary(max_size=40)).filter(lambda chunk: b"badge" not in chunk.lower())
PNGS = st.lists(_chunks, max_size=5).map(lambda chunks: b"".join((HEADER, *chunks, END)))

_xml = st.text(st.sampled_from(" \n\tabcé>\"'"), max_size=20)
_elements = st.sampled_from(
    ["<g/>", "<g>é</g>", "<!-- <x> -->", "<![CDATA[<]]>", "<a:b xmlns:a='u'/>", "<?p >?>", "&lt;"]
)
_inner = st.lists(_xml | _elements, max_size=6).map("".join)
_attributes = st.sampled_from(["", " ", "\n", ' a="&gt;>"', ' a=\'"\' b=">" ', "\t"])
SVGS = st.builds(
    lambda prolog, attributes, inner, epilog: (
        f'{prolog}<svg xmlns="http://www.w3.org/2000/svg"{attributes}>{inner}</svg>{epilog}'.encode()
    ),
    st.sampled_from(["", '<?xml version="1.0" encoding="UTF-8"?>\n', "\n<!-- > -->"]),
    _attributes,
    _inner,
    st.sampled_from(["", "\n", "<!-- -->"]),
)


@contextmanager
def page(node: str, work: Path) -> Iterator[Bake]:
    """What bakes as a page does, from a picture and the texts of two published documents; it gives None where the page refuses."""
    script = work / "verifier.js"
    script.write_bytes(browser.script(read_verifier()))
    with subprocess.Popen([node, str(BAKER), str(script)], stdin=subprocess.PIPE, stdout=subprocess.PIPE) as baker:
        assert baker.stdin is not None
        assert baker.stdout is not None
        given, told = baker.stdin, baker.stdout

        def baked(picture: bytes, credential: str, assertion: str) -> bytes | None:
            asked = {"picture": b64encode(picture).decode(), "credential": credential, "assertion": assertion}
            given.write(json.dumps(asked).encode() + b"\n")
            given.flush()
            answer = json.loads(told.readline())
            return None if answer is None else b64decode(answer)

        yield baked
        given.close()
