"""Base58 as Bitcoin and Multibase write it: bytes as letters and digits that cannot be mistaken for each other."""

from __future__ import annotations

MOST_LETTERS = 200

_CHUNK_PAIRS = 5
_CHUNK = 58 ** (2 * _CHUNK_PAIRS)

ALPHABET = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"
_PAIRS = [first + second for first in ALPHABET for second in ALPHABET]
_VALUES = {letter: value for value, letter in enumerate(ALPHABET)}


def encode(data: bytes) -> str:
    """Bytes in base58; each leading zero byte is a leading `1`."""
    number = int.from_bytes(data, "big")
    letters = []
    while number:
        number, chunk = divmod(number, _CHUNK)  # few divisions of large numbers, many of small ones
        for _ in range(_CHUNK_PAIRS):
            chunk, remainder = divmod(chunk, 58 * 58)
            letters.append(_PAIRS[remainder])
    zeros = len(data) - len(data.lstrip(b"\0"))
    return ALPHABET[0] * zeros + "".join(reversed(letters)).lstrip(ALPHABET[0])


def decode(text: str) -> bytes:
    """The bytes that base58 text stands for; every text of the alphabet encodes back to itself.

    Raises ValueError for a character outside the alphabet, and for text longer than anything we read.
    """
    if len(text) > MOST_LETTERS:
        raise ValueError("it is too long")
    number = 0
    for letter in text:
        if letter not in _VALUES:
            raise ValueError(f"{letter!r} is no base58 character")
        number = number * 58 + _VALUES[letter]
    zeros = len(text) - len(text.lstrip(ALPHABET[0]))
    return b"\0" * zeros + number.to_bytes((number.bit_length() + 7) // 8, "big")
