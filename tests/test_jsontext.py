"""The JSON gate: what it refuses, beside the nearest thing that it accepts; and how documents are written."""

from __future__ import annotations

import json
import time

import pytest

from blazon import jsontext
from blazon.jsontext import Unreadable
from strangers import vector

DEEP = 100_000

# What is refused, a part of the sentence, and a twin that is accepted.
PAIRS: dict[str, tuple[bytes, str, bytes]] = {
    "a byte order mark": (b"\xef\xbb\xbf{}", "byte order mark", b"{}"),
    "Latin-1": (b'{"a": "\xe9"}', "byte 8 is not UTF-8", '{"a": "é"}'.encode()),
    "UTF-16": ('{"a": 1}'.encode("utf-16-le"), "not JSON", b'{"a": 1}'),
    "text after the object": (b"{} x", "not JSON", b"{} \n"),
    "a second object": (b"{}{}", "not JSON", b"{}"),
    "nothing": (b"", "not JSON", b"{}"),
    "a list": (b"[{}]", "not an object", b'{"a": [{}]}'),
    "a text": (b'"a"', "not an object", b'{"a": "a"}'),
    "one key twice": (b'{"issuer": 1, "issuer": 1}', '"issuer" stands twice', b'{"issuer": 1, "Issuer": 1}'),
    "one key twice in two spellings": (
        rb'{"issuer": 1, "\u0069ssuer": 1}',
        '"issuer" stands twice',
        rb'{"issuer": 1, "\u0049ssuer": 1}',
    ),
    "one key twice further in": (b'{"a": [{"b": 1, "b": 2}]}', '"b" stands twice', b'{"a": [{"b": 1}, {"b": 2}]}'),
    "__proto__": (b'{"a": {"__proto__": 1}}', '"__proto__" is not allowed', b'{"a": {"proto": "__proto__"}}'),
    "constructor": (rb'{"constr\u0075ctor": 1}', '"constructor" is not allowed', b'{"constructors": 1}'),
    "prototype": (b'{"prototype": 1}', '"prototype" is not allowed', b'{"prototypes": 1}'),
    "a lone surrogate": (rb'{"a": "\ud800"}', "half a character", rb'{"a": "\ud83d\ude00"}'),
    "a lone surrogate in a key": (rb'{"a": [{"\udc00": 1}]}', "half a character", rb'{"a": [{"\u00e9": 1}]}'),
    "33 levels of lists and objects": (b'[{"a":' * 17 + b"}]" * 17, "more than 32", b'{"a":[' * 16 + b"]}" * 16),
    "33 levels": (b'{"a":' + b"[" * 32 + b"]" * 32 + b"}", "more than 32", b'{"a":' + b"[" * 31 + b"]" * 31 + b"}"),
    "100,000 levels": (b"[" * DEEP + b"]" * DEEP, "more than 32", b'{"a": "' + b"[" * DEEP + b'"}'),
    "100,000 objects in each other": (
        b'{"a":' * DEEP + b"1" + b"}" * DEEP,
        "more than 32",
        b'{"a":' * 32 + b"1" + b"}" * 32,
    ),
    "brackets that do not match": (b'{"a": [}]', "not JSON", b'{"a": []}'),
    "brackets that are not closed": (b'{"a": [', "do not match", b'{"a": "["}'),
    "a text without end": (b'{"a": "\\', "do not match", b'{"a": "\\\\"}'),
    "NaN": (b'{"a": NaN}', "NaN is not a JSON number", b'{"a": "NaN"}'),
    "an infinity": (b'{"a": -Infinity}', "-Infinity is not a JSON number", b'{"a": null}'),
    "1e400": (b'{"a": 1e400}', "1e400 is too large", b'{"a": 1e4}'),
    "1e300": (b'{"a": 1e300}', "1e300 is too large", b'{"a": 1e-300}'),
    "2^53": (b'{"a": 9007199254740992}', "is too large", b'{"a": 9007199254740991}'),
    "-2^53": (b'{"a": -9007199254740992}', "is too large", b'{"a": -9007199254740991}'),
    "5,000 digits": (b'{"a": ' + b"1" * 5000 + b"}", "is too large", b'{"a": "' + b"1" * 5000 + b'"}'),
    "a raw line end in a text": (b'{"a": "\n"}', "not JSON", rb'{"a": "\n"}'),
    "a comment": (b"{} // x", "not JSON", b"{}"),
    "a comma too many": (b'{"a": 1,}', "not JSON", b'{"a": 1}'),
    "single quotes": (b"{'a': 1}", "not JSON", b'{"a": 1}'),
    "full-width digits": ('{"a": １}'.encode(), "not JSON", b'{"a": 1}'),
}


@pytest.mark.parametrize("name", PAIRS)
def test_the_gate_refuses(name: str) -> None:
    hostile, sentence, _ = PAIRS[name]
    began = time.process_time()
    with pytest.raises(Unreadable, match=sentence.replace("(", r"\(")):
        jsontext.parse(hostile)
    assert time.process_time() - began < 2


@pytest.mark.parametrize("name", PAIRS)
def test_the_gate_accepts_the_twin(name: str) -> None:
    twin = PAIRS[name][2]
    assert jsontext.parse(twin) == json.loads(twin)


def test_the_gate_has_a_limit() -> None:
    filled = b'{"a": "' + b"x" * 91 + b'"}'
    assert jsontext.parse(filled, limit=100)
    with pytest.raises(Unreadable, match="longer than 100 bytes"):
        jsontext.parse(filled + b" ", limit=100)


@pytest.mark.parametrize(
    "hostile",
    [
        b"[" * jsontext.LONGEST,
        b'{"a":"' + b'\\"' * (jsontext.LONGEST // 2 - 8),
        b'{"a":1' + b"0" * (jsontext.LONGEST - 8) + b"}",
        b"[}" * (jsontext.LONGEST // 2),
    ],
    ids=["open brackets", "a text without end", "a long number", "mismatched brackets"],
)
def test_eight_megabytes_are_refused_in_time(hostile: bytes) -> None:
    began = time.process_time()
    with pytest.raises(Unreadable):
        jsontext.parse(hostile)
    assert time.process_time() - began < 2


def test_numbers_are_what_a_browser_makes_of_them() -> None:
    parsed = jsontext.parse(b'{"a": 3.0, "b": 1.50, "c": -0.0, "d": 1E2}')
    assert [repr(value) for value in parsed.values()] == ["3", "1.5", "0", "100"]


def test_files_of_people_have_a_line_for_each_part() -> None:
    assert jsontext.write({"é": ["b", {}], "c": 1.5}) == '{\n  "é": [\n    "b",\n    {}\n  ],\n  "c": 1.5\n}\n'


def test_files_of_a_site_have_no_space_that_says_nothing() -> None:
    assert jsontext.hosted({"é d": ["b", {}], "c": 1.5}) == '{"é d":["b",{}],"c":1.5}\n'.encode()


@pytest.mark.parametrize("name", ["award-a7f3", "award-b81c", "did", "status-list", "issuer"])
def test_both_forms_say_the_same(name: str) -> None:
    document = vector(name)
    assert jsontext.parse(jsontext.write(document).encode()) == document
    assert jsontext.parse(jsontext.hosted(document)) == document


def test_a_number_without_value_cannot_be_written() -> None:
    for write in (jsontext.write, jsontext.hosted):
        with pytest.raises(ValueError, match="Out of range"):
            write({"a": float("nan")})


def test_embedded_text_suits_both_pictures() -> None:
    document = {"a": '{x} <b> & ]]> \\ " \uffff é', "{": [{}], "\\": {"}\\": "\\{"}}
    embedded = jsontext.embeddable(document)
    assert json.loads(embedded) == document
    assert not set("<>&\uffff\n") & set(embedded)
    assert embedded.count("{") == embedded.count("}") == 3  # the objects', and none in a text
    assert "é" in embedded


def test_embedded_text_without_braces_is_the_compact_one() -> None:
    document = vector("award-a7f3")
    assert jsontext.embeddable(document) == jsontext.compact(document)


def test_equal_values_are_the_same_in_any_order() -> None:
    assert jsontext.same({"a": 1, "b": [1, 2]}, {"b": [1, 2], "a": 1})
    assert not jsontext.same({"b": [1, 2]}, {"b": [2, 1]})
    assert not jsontext.same({"a": 1}, {"a": True})


def test_long_text_is_cut_in_sentences() -> None:
    assert jsontext.quoted("x" * 60) == f'"{"x" * 60}"'
    assert jsontext.quoted("x" * 61) == f'"{"x" * 59}…"'
