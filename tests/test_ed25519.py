"""Public keys that any message could be signed for, and base58 that says one thing in one way."""

from __future__ import annotations

import os

import pytest
from hypothesis import given
from hypothesis import strategies as st
from nacl.signing import SigningKey

from blazon import base58, ed25519

P = 2**255 - 19
# The order of the eight points of low order is found here by adding each to itself, not by trusting the module's list.
D = -121665 * pow(121666, -1, P) % P


@given(st.binary(max_size=80))
def test_base58_says_bytes_in_one_way(data: bytes) -> None:
    assert base58.decode(base58.encode(data)) == data


@given(st.text("123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz", max_size=80))
def test_base58_of_the_alphabet_encodes_back_to_itself(text: str) -> None:
    assert base58.encode(base58.decode(text)) == text


@pytest.mark.parametrize("text", ["0", "O", "I", "l", " z", "z\n", "é", "1" * 201])
def test_base58_refuses_what_is_not_of_the_alphabet(text: str) -> None:
    with pytest.raises(ValueError, match=r"it is too long|no base58 character"):
        base58.decode(text)


def test_keys_that_pynacl_makes_are_read() -> None:
    for _ in range(50):
        key = bytes(SigningKey(os.urandom(32)).verify_key)
        assert ed25519.read(ed25519.write(key)) == key
        assert ed25519.write(key).startswith("z6Mk")


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("u7QFnYvorsqK9", 'does not begin with "z"'),
        ("z", "not an Ed25519 key"),
        ("z0", "no base58 character"),
        ("z" + base58.encode(b"\xec\x01" + bytes(32)), "not an Ed25519 key"),
        ("z" + base58.encode(b"\x80\x26" + bytes(32)), "secret key"),
        ("z" + base58.encode(b"\xed\x01" + bytes(31)), "31 bytes"),
        ("z" + base58.encode(b"\xed\x01" + bytes(33)), "33 bytes"),
        ("z" + base58.encode(b"\xed\x01" + P.to_bytes(32, "little")), "not in canonical form"),
        ("z" + base58.encode(b"\xed\x01" + (P + 1).to_bytes(32, "little")), "not in canonical form"),
        ("z" + base58.encode(b"\xed\x01" + b"\xff" * 32), "not in canonical form"),
        ("z" + base58.encode(b"\xed\x01" + (2).to_bytes(32, "little")), "no point of the curve"),
    ],
)
def test_other_texts_are_refused_with_half_a_sentence(text: str, why: str) -> None:
    with pytest.raises(ValueError, match=why):
        ed25519.read(text)


def test_points_of_low_order_are_refused_with_either_sign() -> None:
    refused = 0
    for y in _low_order():
        for sign in (0, 1):
            with pytest.raises(ValueError, match="fit a signature on any message"):
                ed25519.refuse_point((y | sign << 255).to_bytes(32, "little"))
            refused += 1
    assert refused == 10


def _low_order() -> set[int]:
    """The y coordinates of the points that eight times themselves are the neutral point, found by doubling."""
    root = pow(2, (P - 1) // 4, P)
    candidates = {0, 1, P - 1}
    for inner in (1, -1):
        square_of_one_plus_d = pow(1 + D, (P + 3) // 8, P)
        if square_of_one_plus_d**2 % P != (1 + D) % P:
            square_of_one_plus_d = square_of_one_plus_d * root % P
        y_squared = (inner * square_of_one_plus_d - 1) * pow(D, -1, P) % P
        y = pow(y_squared, (P + 3) // 8, P)
        for candidate in (y, y * root % P):
            if candidate * candidate % P == y_squared:
                candidates |= {candidate, P - candidate}
    return {y for y in candidates if _is_neutral(_doubled(_doubled(_doubled(_point(y)))))}


def _point(y: int) -> tuple[int, int]:
    """A point of the curve with this y."""
    x_squared = (y * y - 1) * pow(D * y * y + 1, -1, P) % P
    x = pow(x_squared, (P + 3) // 8, P)
    if x * x % P != x_squared:
        x = x * pow(2, (P - 1) // 4, P) % P
    assert x * x % P == x_squared
    return x, y


def _doubled(point: tuple[int, int]) -> tuple[int, int]:
    """A point added to itself (RFC 8032, section 5.1.4, in affine coordinates)."""
    x, y = point
    product = D * x * x * y * y
    return 2 * x * y * pow(1 + product, -1, P) % P, (y * y + x * x) * pow(1 - product, -1, P) % P


def _is_neutral(point: tuple[int, int]) -> bool:
    return point == (0, 1)
