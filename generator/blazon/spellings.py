"""Bytes that letters in a file may stand for: in hex, base64, base58 or as decimals, in one piece or with gaps and line ends between."""

from __future__ import annotations

import binascii
import re
from collections.abc import Iterator
from string import ascii_letters, digits, hexdigits

from blazon import base58

LEAST = 32  # bytes that are worth a look

_LETTERS = (ascii_letters + digits).encode()
_MARK = b"A"

_SHORTEST_BASE58, _LONGEST_BASE58 = 40, 88  # letters of 32 bytes, and of a seed with its public half
_PARTED_HEX = re.compile(
    rb"(?<![0-9A-Za-z])(?:(?:0[xX]|\\x)?(?:[0-9A-Fa-f]{2}){1,31}[:,; \t\r\n-]{1,12})+"
    rb"(?:0[xX]|\\x)?(?:[0-9A-Fa-f]{2}){1,31}(?![0-9A-Za-z])"
    rb"|(?:\\x[0-9A-Fa-f]{2}){32,}"
)
_PARTED_BASE64 = re.compile(rb"(?<![A-Za-z0-9+/_-])[A-Za-z0-9+/_-]{16,}(?:[ \t]*\r?\n[ \t]*[A-Za-z0-9+/_-]{4,})+")
_DECIMALS = re.compile(  # a number is read in one way alone: 01 in two would take two to the power of their count
    rb"(?<![0-9A-Za-z.])(?:(?>25[0-5]|2[0-4][0-9]|[01]?[0-9]{1,2})[:,; \t\r\n-]{1,40}+){31,}"
    rb"(?>25[0-5]|2[0-4][0-9]|[01]?[0-9]{1,2})(?![0-9A-Za-z.])"
)
_DECIMAL = re.compile(rb"[0-9]+")
_NO_DIGITS = re.compile(rb"0[xX]|\\x|[^0-9A-Fa-f]")


class Alphabet:
    """Some of all bytes, and the runs of them in a file."""

    def __init__(self, some: bytes) -> None:
        """The alphabet of some bytes; a space is not among those that matter."""
        self._marks = bytes(_MARK[0] if byte in some else 0 for byte in range(256))
        self._keeps = bytes(byte if byte in some else 0 for byte in range(256))

    def has_run(self, data: bytes, least: int) -> bool:
        """Whether a file has a run of so many letters."""
        return _MARK * least in data.translate(self._marks)

    def runs(self, data: bytes, least: int) -> set[bytes]:
        """The runs of a file that are long enough."""
        if not self.has_run(data, least):
            return set()
        return {run for run in data.translate(self._keeps).split(b"\0") if len(run) >= least}


_ANY = Alphabet(_LETTERS + b"+/-_")
_HEX, _BASE58 = Alphabet(hexdigits.encode()), Alphabet(base58.ALPHABET.encode())
_BASE64, _URLSAFE = Alphabet(_LETTERS + b"+/"), Alphabet(_LETTERS + b"-_")
_HEX_WITH_GAPS, _LINES = Alphabet(hexdigits.encode() + b"xX\\:,; \t\r\n-"), Alphabet(_LETTERS + b"+/-_ \t\r\n")


def read(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    """Each run of letters in a file that may stand for 32 bytes or more, with the bytes; the same run once for each way to read it."""
    if _ANY.has_run(data, _SHORTEST_BASE58):
        yield from _in_one_piece(data)
    for whole in _HEX_WITH_GAPS.runs(data, 2 * LEAST - 1):
        for one in _PARTED_HEX.finditer(whole):
            yield one[0], binascii.unhexlify(_NO_DIGITS.sub(b"", one[0]))
        for one in _DECIMALS.finditer(whole):
            yield one[0], bytes(map(int, _DECIMAL.findall(one[0])))
    for whole in _LINES.runs(data, _letters(LEAST) + 1):
        for one in _PARTED_BASE64.finditer(whole):
            yield one[0], _of_base64(b"".join(one[0].split()))


def _in_one_piece(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    """Runs of letters without gaps."""
    for run in _HEX.runs(data, 2 * LEAST):
        yield run, binascii.unhexlify(run[: len(run) // 2 * 2])
        yield run, binascii.unhexlify(run[len(run) % 2 :])
    for run in _BASE64.runs(data, _letters(LEAST)) | _URLSAFE.runs(data, _letters(LEAST)):
        yield run, _of_base64(run)
    for run in _BASE58.runs(data, _SHORTEST_BASE58):
        if len(run) <= _LONGEST_BASE58:
            yield run, base58.decode(run.decode("ascii"))


def _of_base64(letters: bytes) -> bytes:
    """The bytes of base64 in either alphabet; a last letter that no whole byte ends in is left out."""
    some = letters.replace(b"-", b"+").replace(b"_", b"/")
    if len(some) % 4 == 1:
        some = some[:-1]
    return binascii.a2b_base64(some + b"=" * (-len(some) % 4))


def _letters(size: int) -> int:
    """How many letters of base64 so many bytes take."""
    return -(-size * 8 // 6)
