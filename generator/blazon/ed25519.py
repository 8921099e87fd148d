"""Which 32 bytes are an Ed25519 public key that means anything, and how such a key is written as a Multikey."""

from __future__ import annotations

import re
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Callable
from functools import lru_cache
from typing import TypeAlias

from blazon import base58

KEY_SIZE = 32
PUBLIC_PREFIX = b"\xed\x01"  # multicodec ed25519-pub
SECRET_PREFIX = b"\x80\x26"  # multicodec ed25519-priv

Verifies: TypeAlias = Callable[[bytes, bytes, bytes], bool]
"""Whether an Ed25519 signature is right: public key, signature, payload."""

_JWK_VALUE = re.compile(r"[A-Za-z0-9_-]{43}")

_P = 2**255 - 19
_D = -121665 * pow(121666, -1, _P) % _P
_ROOT_OF_MINUS_ONE = pow(2, (_P - 1) // 4, _P)


@lru_cache(maxsize=64)
def read(multibase: str) -> bytes:
    """The 32 bytes of a public key written as `z6Mk…` (Multikey, `z` and base58 of the prefix and the key).

    Raises ValueError, with half a sentence, for anything else and for keys that any message can be signed for.
    """
    if not multibase.startswith("z"):
        raise ValueError('it does not begin with "z"')
    data = base58.decode(multibase[1:])
    if data.startswith(SECRET_PREFIX):
        raise ValueError("it is a secret key")
    if not data.startswith(PUBLIC_PREFIX):
        raise ValueError("it is not an Ed25519 key (those begin with z6Mk)")
    key = data[len(PUBLIC_PREFIX) :]
    if len(key) != KEY_SIZE:
        raise ValueError(f"it has {len(key)} bytes in place of {KEY_SIZE}")
    refuse_point(key)
    return key


def read_jwk(jwk: object) -> bytes:
    """The 32 bytes of a public key written as a JSON Web Key (RFC 8037 §2). Raises ValueError as `read` does."""
    if not isinstance(jwk, dict) or (jwk.get("kty"), jwk.get("crv")) != ("OKP", "Ed25519"):
        raise ValueError("it is not an Ed25519 key")
    uses = jwk.get("key_ops", ["verify"])
    if jwk.get("use", "sig") != "sig" or not isinstance(uses, list) or "verify" not in uses:
        raise ValueError("it is not for signatures")
    if jwk.get("alg", "EdDSA") not in ("EdDSA", "Ed25519"):
        raise ValueError("it is for another way of signing")
    if "d" in jwk:
        raise ValueError("it is a secret key")
    text = jwk.get("x")
    if not isinstance(text, str) or not _JWK_VALUE.fullmatch(text):
        raise ValueError("it is not written as keys are")
    key = urlsafe_b64decode(text + "=")
    if urlsafe_b64encode(key).decode("ascii") != text + "=":
        raise ValueError("it is not in canonical form")
    refuse_point(key)
    return key


def write(key: bytes) -> str:
    """A public key as Multikey: `z6Mk…`."""
    return "z" + base58.encode(PUBLIC_PREFIX + key)


def fingerprint(multikey: str) -> str:
    """A public key's text as people compare it: its first and last letters; "" for no key."""
    return multikey and f"{multikey[:8]}…{multikey[-6:]}"


def refuse_point(key: bytes) -> None:
    """Raise ValueError, with half a sentence, unless 32 bytes encode a usable point of the curve (RFC 8032 §5.1.3)."""
    y = int.from_bytes(key, "little") & ((1 << 255) - 1)
    if y >= _P:
        raise ValueError("it is not in canonical form")
    if y in _LOW_ORDER:
        raise ValueError("it is one of the few keys that fit a signature on any message")
    if _root((y * y - 1) * pow(_D * y * y + 1, -1, _P) % _P) is None:
        raise ValueError("it is no point of the curve")


def _root(square: int) -> int | None:
    """A square root modulo 2^255 - 19, or None where there is none."""
    root = pow(square, (_P + 3) // 8, _P)
    for candidate in (root, root * _ROOT_OF_MINUS_ONE % _P):
        if candidate * candidate % _P == square % _P:
            return candidate
    return None


def _low_order() -> frozenset[int]:
    """The y coordinates of the eight points whose order divides 8.

    Orders 1, 2 and 4 have y = 1, -1 and 0. Doubling a point of order 8 gives y = 0, so x² = -y² there; put into
    the curve's equation -x² + y² = 1 + dx²y² this is dy⁴ + 2y² - 1 = 0.
    """
    found = {0, 1, _P - 1}
    discriminant = _root(1 + _D)
    for sign in (1, -1):
        y = _root((sign * (discriminant or 0) - 1) * pow(_D, -1, _P) % _P)
        if y is not None:
            found |= {y, _P - y}
    return frozenset(found)


_LOW_ORDER = _low_order()
