"""Ed25519: signatures, points and keys that no strict verifier accepts, made here; each differs in one thing from a badge that passes."""

from __future__ import annotations

import pytest

from blazon import base58, ed25519, keys
from blazon.outcome import Verdict
from blazon.verify import verify
from hostile import FAILED, METHOD_0, SIGNATURE, UNDECIDED, key_document, multikey, with_signature
from hostile import ORDER as L
from strangers import NOW, SECRET, put, sources, text

P = 2**255 - 19  # the field (RFC 8032 §5.1)
D = -121665 * pow(121666, -1, P) % P
R, S = SIGNATURE[:32], int.from_bytes(SIGNATURE[32:], "little")
SIGN = 1 << 255  # the bit of an encoding that tells the sign of x

# The eight points whose order divides 8, and every other way to write them: y above the field, and a sign where x is 0.
EIGHTH = 0x05FC536D880238B13933C6D305ACDFD5F098EFF289F4C345B027B2C28F95E826  # y of a point of order 8
LOW_Y = {"order 1": 1, "order 2": P - 1, "order 4": 0, "order 8": EIGHTH, "order 8, the other": P - EIGHTH}
LOW_ORDER = {
    **{f"{name}{', signed' if sign else ''}": y | sign for name, y in LOW_Y.items() for sign in (0, SIGN)},
    **{
        f"{name}, above the field{', signed' if sign else ''}": y + P | sign
        for name, y in LOW_Y.items()
        if y + P < SIGN
        for sign in (0, SIGN)
    },
}
ABOVE = {f"y = p + {extra}{', signed' if sign else ''}": P + extra | sign for extra in range(19) for sign in (0, SIGN)}


def written(number: int) -> bytes:
    """32 bytes, the least significant first."""
    return number.to_bytes(32, "little")


def outcome(signature: bytes, key: bytes = SECRET.public) -> dict[str, Verdict]:
    """What did not pass about the award with this signature, if its issuer lists this key."""
    badge = with_signature("z" + base58.encode(signature))
    data = key_document(put(multikey(b"\xed\x01" + key), *METHOD_0, "publicKeyMultibase"))
    found = verify(text(badge), sources(keys=data), NOW)
    return {one.step: one.verdict for one in found if one.verdict is not Verdict.PASSED}


def test_the_twin_of_all_of_them_passes() -> None:
    assert outcome(SIGNATURE) == {}


def test_the_points_are_what_their_names_say() -> None:
    x_squared = (EIGHTH * EIGHTH - 1) * pow(D * EIGHTH * EIGHTH + 1, -1, P) % P
    doubled_y = (EIGHTH * EIGHTH + x_squared) * pow(1 - D * x_squared * EIGHTH * EIGHTH, -1, P) % P
    assert pow(x_squared, (P - 1) // 2, P) == 1
    assert doubled_y == 0  # twice a point of order 8 has order 4
    assert len({number % SIGN % P for number in LOW_ORDER.values()}) == len(LOW_Y)
    assert len(LOW_ORDER) == 14


@pytest.mark.parametrize("times", [times for times in range(1, 17) if S + times * L < 1 << 256])
def test_s_with_the_order_added_is_refused(times: int) -> None:
    assert outcome(R + written(S + times * L)) == {"proof": FAILED}


@pytest.mark.parametrize("number", [L, L + 1, 2 * L, (1 << 253) - 1, 1 << 255, (1 << 256) - 1])
def test_s_of_the_order_and_more_is_refused(number: int) -> None:
    assert outcome(R + written(number)) == {"proof": FAILED}


@pytest.mark.parametrize("bit", [253, 254, 255])
def test_a_high_bit_of_s_is_refused(bit: int) -> None:
    assert outcome(R + written(S | 1 << bit)) == {"proof": FAILED}


@pytest.mark.parametrize("name", LOW_ORDER)
@pytest.mark.parametrize("scalar", [0, 1, S], ids=["S = 0", "S = 1", "the right S"])
def test_r_of_low_order_is_refused(name: str, scalar: int) -> None:
    assert outcome(written(LOW_ORDER[name]) + written(scalar)) == {"proof": FAILED}


@pytest.mark.parametrize("name", ABOVE)
def test_r_above_the_field_is_refused(name: str) -> None:
    assert outcome(written(ABOVE[name]) + SIGNATURE[32:]) == {"proof": FAILED}


@pytest.mark.parametrize("name", LOW_ORDER)
def test_a_key_of_low_order_is_refused(name: str) -> None:
    key = written(LOW_ORDER[name])
    for signature in (SIGNATURE, key + bytes(32), written(1) + bytes(32)):
        found = outcome(signature, key)
        assert found["issuer"] is FAILED
        assert found["proof"] in {FAILED, UNDECIDED}
        assert not keys.verify(key, signature, b"any message")


@pytest.mark.parametrize("name", ABOVE)
def test_a_key_above_the_field_is_refused(name: str) -> None:
    key = written(ABOVE[name])
    assert outcome(SIGNATURE, key)["issuer"] is FAILED
    assert not keys.verify(key, SIGNATURE, b"any message")


def test_a_key_that_is_no_point_is_refused() -> None:
    no_point = next(y for y in range(2, 100) if not _on_curve(y))
    assert outcome(SIGNATURE, written(no_point))["issuer"] is FAILED


def _on_curve(y: int) -> bool:
    x_squared = (y * y - 1) * pow(D * y * y + 1, -1, P) % P
    return pow(x_squared, (P - 1) // 2, P) in {0, 1}


@pytest.mark.parametrize("size", range(64))
def test_a_signature_cut_short_is_refused(size: int) -> None:
    assert outcome(SIGNATURE[:size]) == {"proof": FAILED}


@pytest.mark.parametrize("more", [b"\0", b"\0\0", SIGNATURE])
def test_a_signature_with_something_after_it_is_refused(more: bytes) -> None:
    assert outcome(SIGNATURE + more) == {"proof": FAILED}


@pytest.mark.parametrize("size", [0, 1, 16, 31, 33, 64])
def test_a_key_of_another_size_is_refused(size: int) -> None:
    key = (SECRET.public * 2)[:size]
    assert outcome(SIGNATURE, key)["issuer"] is FAILED
    with pytest.raises(ValueError, match="byte"):
        ed25519.read(multikey(b"\xed\x01" + key))


def test_every_part_of_a_signature_counts() -> None:
    for bit in range(0, 512, 3):
        bent = bytearray(SIGNATURE)
        bent[bit >> 3] ^= 1 << (bit & 7)
        assert outcome(bytes(bent)) == {"proof": FAILED}
