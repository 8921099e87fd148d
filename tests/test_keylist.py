"""The list of keys as bytes: one form, one meaning, and a signature over all of it (security.md §3.5)."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from nacl.signing import VerifyKey

import rootbook
from blazon import base58, ed25519, jsontext, keylist
from blazon.jsontext import Unreadable
from blazon.keys import DEMO_SEED, Secret, verify
from rootbook import FIRST, NOBODY, SECOND, THIRD, Json, public

TREE = rootbook.signed(rootbook.program(FIRST, SECOND), FIRST)
DATA = TREE[rootbook.LIST]
OTHER = public(Secret(DEMO_SEED))


def test_a_list_is_what_its_text_says() -> None:
    one = keylist.read(DATA)
    assert keylist.write(one).encode() == DATA
    assert one.named == "list number 1 of 2026-05-20"
    assert one.signers(verify) == {public(FIRST)}


def test_a_stranger_checks_a_list_in_a_few_lines() -> None:
    """Nothing of ours but base58 is needed."""
    table = json.loads(DATA)
    (made,) = table.pop("signatures")
    text = json.dumps(table, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    key, signature = (base58.decode(made[name][1:]) for name in ("root", "signature"))
    assert VerifyKey(key[2:]).verify(b"blazon key list 1\n" + text.encode(), signature)


def test_a_list_cannot_be_taken_for_what_the_proof_of_a_badge_signs() -> None:
    message = keylist.read(DATA).message
    assert message.startswith(b"blazon key list 1\n{")
    assert len(message) > 64


def test_no_bit_of_a_list_can_be_flipped() -> None:
    """Whatever is read says the same, or is not signed."""
    original, accepted = json.loads(DATA), 0
    for place in range(len(DATA) * 8):
        data = bytearray(DATA)
        data[place >> 3] ^= 1 << (place & 7)
        try:
            one = keylist.read(bytes(data))
        except Unreadable:
            continue
        if public(FIRST) in one.signers(verify):
            assert json.loads(data) == original  # a blank became another blank
            accepted += 1
    assert accepted < len(DATA)


def test_one_root_key_that_signs_twice_counts_once() -> None:
    table = rootbook.document(TREE)
    table["signatures"] *= 2
    one = keylist.read(jsontext.write(table).encode())
    assert len(one.signatures) == 2
    assert one.signers(verify) == {public(FIRST)}


def test_a_signature_under_the_name_of_another_counts_for_nobody() -> None:
    table = rootbook.document(TREE)
    table["signatures"][0]["root"] = public(SECOND)
    assert keylist.read(jsontext.write(table).encode()).signers(verify) == frozenset()


def test_white_space_and_the_order_of_members_do_not_matter() -> None:
    table = rootbook.document(TREE)
    other = json.dumps(dict(reversed(table.items()))).encode()
    assert keylist.read(other) == keylist.read(DATA)


def put(value: Any, *path: str | int) -> Callable[[Json], None]:
    def change(table: Any) -> None:
        for step in path[:-1]:
            table = table[step]
        table[path[-1]] = value

    return change


ENTRY = {"name": "key-2", "key": OTHER, "from": "2026-01-01T00:00:00Z"}
FAULTS = {
    "a member more": (put("x", "note"), "its members are not id, issuer, number"),
    "a key without from": (lambda table: table["keys"][0].pop("from"), "has other members"),
    "an issuer of another method": (put("did:key:z6Mk", "issuer"), 'its "issuer" is no did:web'),
    "an id that is no address": (put("http://badges.example.org/keys.json", "id"), 'its "id" is no address'),
    "an id in other letters": (put("https://bädges.example/", "id"), 'its "id" is no address'),
    "a number as text": (put("1", "number"), 'its "number" is no number from 1 to 999,999'),
    "number zero": (put(0, "number"), 'its "number" is no number'),
    "a number that is true": (put(True, "number"), 'its "number" is no number'),
    "a number with a fraction": (put(1.5, "number"), 'its "number" is no number'),
    "threshold above": (put(3, "threshold"), 'its "threshold" is no number from 1 to 2'),
    "threshold zero": (put(0, "threshold"), 'its "threshold" is no number'),
    "no day": (put("2026-02-30", "date"), 'its "date" is no day'),
    "a moment for a day": (put("2026-05-20T00:00:00Z", "date"), 'its "date" is no day'),
    "no roots": (put([], "roots"), 'its "roots" are no list of 1 to 20 entries'),
    "no keys": (put([], "keys"), 'its "keys" are no list of 1 to 100 entries'),
    "keys as a table": (put({}, "keys"), 'its "keys" are no list'),
    "a root twice": (put([public(FIRST)] * 2, "roots"), "each key has one job"),
    "a root that is a list": (put([public(SECOND)], "roots", 1), 'a key in "roots" cannot be used'),
    "a key that is a root": (put(public(FIRST), "keys", 0, "key"), "each key has one job"),
    "a name twice": (lambda table: table["keys"].append(ENTRY | {"name": "key-1"}), "each name stands once"),
    "a name with a hash": (put("a#b", "keys", 0, "name"), 'cannot be called "a#b"'),
    "a key that is none": (put("z6Mk", "keys", 0, "key"), 'a key in "keys" cannot be used'),
    "a key of low order": (
        put(ed25519.write(b"\1" + bytes(31)), "keys", 0, "key"),
        "one of the few keys that fit a signature on any message",
    ),
    "a secret key": (put(NOBODY.one_line(), "roots", 0), "it is a secret key"),
    "a time without seconds": (put("2026-01-01", "keys", 0, "from"), "is not in the form"),
    "an end that is null": (put(None, "keys", 0, "until"), "is not in the form"),
    "a signature without root": (lambda table: table["signatures"][0].pop("root"), "other members than root"),
    "a signature in hex": (put("00" * 64, "signatures", 0, "signature"), "is not written as signatures are"),
    "a signature with 0": (put("z0", "signatures", 0, "signature"), "is not written as signatures are"),
    "a short signature": (put("z11", "signatures", 0, "signature"), "is not written as signatures are"),
    "a signature that is a number": (put(1, "signatures", 0, "signature"), "is not written as signatures are"),
    "signatures as text": (put("x", "signatures"), 'its "signatures" are no list of 0 to 40 entries'),
}


@pytest.mark.parametrize("name", FAULTS)
def test_what_is_not_written_as_lists_are_is_not_read(name: str) -> None:
    change, sentence = FAULTS[name]
    table = rootbook.document(TREE)
    change(table)
    with pytest.raises(Unreadable) as refused:
        keylist.read(rootbook.sealed(table, FIRST) if "signature" not in name else jsontext.write(table).encode())
    assert sentence in str(refused.value)


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"", "it is not JSON"),
        (b"[]", "but not an object"),
        (DATA + b"{}", "it is not JSON"),
        (b"\xef\xbb\xbf" + DATA, "byte order mark"),
        (DATA.replace(b'"number"', b'"number": 1, "n\\u0075mber"'), '"number" stands twice'),
        (DATA.replace(b'"date"', b'"__proto__": {}, "date"'), "is not allowed"),
        (DATA.replace(b'"number": 1', b'"number": 1e400'), "is too large"),
        (DATA.replace(b'"number": 1', b'"number": NaN'), "is not a JSON number"),
        (DATA.replace(b"key-1", b"\\ud800"), "half a character"),
        (DATA.replace(b'"keys"', b'"a": ' + b"[" * 40 + b"]" * 40 + b', "keys"'), "nested more than 32 deep"),
        (DATA + b" " * (keylist.LARGEST - len(DATA) + 1), "it is longer than 65,536 bytes"),
    ],
)
def test_h31_json_that_two_readers_may_understand_differently_is_not_read(data: bytes, sentence: str) -> None:
    with pytest.raises(Unreadable) as refused:
        keylist.read(data)
    assert sentence in str(refused.value)


def test_a_list_of_a_hundred_keys_is_read_and_one_of_more_is_not() -> None:
    table = rootbook.document(TREE)
    entries = [
        {"name": f"key-{number}", "key": public(Secret(number.to_bytes(32))), "from": "2026-01-01T00:00:00Z"}
        for number in range(1, keylist.MOST_KEYS + 2)
    ]
    assert len(keylist.read(rootbook.sealed({**table, "keys": entries[:-1]}, FIRST, SECOND, THIRD)).keys) == 100
    with pytest.raises(Unreadable, match='its "keys" are no list of 1 to 100 entries'):
        keylist.read(rootbook.sealed({**table, "keys": entries}, FIRST))
