"""Inputs that no reader expects: good ones with some of their bytes changed. Each is made again from a number."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from random import Random

LONGEST = 1 << 20  # bytes of an input; what is longer is refused by its size, which tests of each limit show

_ODD = (
    *(b"\0", b"\xff", b"\x80", b"\r", b"\n", b"\n\n", b"\t", b" ", b'"', b"'", b"\\", b"/", b"<", b">", b"&", b"{", b"}", b"[", b"]"),
    *(b"(", b")", b":", b",", b";", b"#", b"%", b"%00", b"*", b"&a", b"!", b"|", b"~", b"-", b"--", b"---", b"@", b"`", b"$", b"="),
    *(b"0", b"-1", b"1e400", b"NaN", b"9007199254740993", b"99999999999999999999", b"true", b"null", b"\\u0000", b"\\ud800"),
    *("é".encode(), "e\u0301".encode(), "\u202e".encode(), "\u200b".encode(), "\u2028".encode(), "\ufeff".encode(), "\uffff".encode()),
    *("٣".encode(), "७".encode(), "ﷺ".encode(), "ß".encode(), "İ".encode(), "👩‍🔬".encode(), b"\xed\xa0\x80", b"\xf4\x90\x80\x80", b"\xc0\xaf"),
)  # fmt: skip
_NUMBERS = (0, 1, -1, 2, 31, 32, 64, 127, 128, 255, 256, 2000, 2001, 32767, 65535, 65536, 2**31 - 1, 2**31, 2**53, 2**64, 10**30)  # fmt: skip
_DIGITS = b"0123456789"

Change = Callable[[Random, bytes, Sequence[bytes]], bytes]


def bent(random: Random, data: bytes, others: Sequence[bytes], words: Sequence[bytes]) -> bytes:
    """An input with one change or a few, mostly one; `others` is what may be put into it, `words` what its format is made of."""
    while True:
        change = random.choices(_CHANGES, _WEIGHTS)[0]
        data = change(random, data, others if change is _spliced else (*words, *_ODD) if change in _WORDED else ())
        if random.random() < 0.4 or len(data) > LONGEST:
            return data[:LONGEST]


def _cut(random: Random, data: bytes) -> tuple[int, int]:
    """Where a piece begins and ends; most pieces are short."""
    start = random.randint(0, len(data))
    return start, min(
        len(data),
        start + int(random.expovariate(1 / 12)) if random.random() < 0.8 else random.randint(start, len(data)),
    )


def _flipped(random: Random, data: bytes, _: Sequence[bytes]) -> bytes:
    """A bit is another."""
    if not data:
        return b"\0"
    at = random.randrange(len(data))
    return data[:at] + bytes((data[at] ^ 1 << random.randrange(8),)) + data[at + 1 :]


def _replaced(random: Random, data: bytes, _: Sequence[bytes]) -> bytes:
    """Some bytes are others."""
    start, end = _cut(random, data)
    return data[:start] + random.randbytes(random.randint(0, 8)) + data[end:]


def _shortened(random: Random, data: bytes, _: Sequence[bytes]) -> bytes:
    """A piece is missing, or everything behind a place."""
    start, end = _cut(random, data)
    return data[:start] + (b"" if random.random() < 0.1 else data[end:])


def _repeated(random: Random, data: bytes, _: Sequence[bytes]) -> bytes:
    """A piece stands there more than once, at times very often."""
    start, end = _cut(random, data)
    times = random.choice((1, 1, 1, 2, 3, 10, 40, 300, 5000))
    return data[:end] + data[start:end] * min(times, (1 << 17) // max(1, end - start)) + data[end:]


def _moved(random: Random, data: bytes, _: Sequence[bytes]) -> bytes:
    """A piece stands somewhere else."""
    start, end = _cut(random, data)
    piece, rest = data[start:end], data[:start] + data[end:]
    at = random.randint(0, len(rest))
    return rest[:at] + piece + rest[at:]


def _spliced(random: Random, data: bytes, others: Sequence[bytes]) -> bytes:
    """A piece of another input stands in place of one of its own."""
    other = random.choice(others)
    (start, end), (first, last) = _cut(random, data), _cut(random, other)
    return data[:start] + other[first:last] + data[end:]


def _worded(random: Random, data: bytes, words: Sequence[bytes]) -> bytes:
    """A word of the format stands where none stood, or in place of something."""
    start, end = _cut(random, data)
    return data[:start] + random.choice(words) + data[end if random.random() < 0.5 else start :]


def _named(random: Random, data: bytes, words: Sequence[bytes]) -> bytes:
    """One word of the format stands in place of another, wherever that stands or once."""
    there = [one for one in words if one in data]
    if not there:
        return _worded(random, data, words)
    return data.replace(random.choice(there), random.choice(words), random.choice((1, 1, -1)))


def _counted(random: Random, data: bytes, _: Sequence[bytes]) -> bytes:
    """A number is another."""
    starts = [at for at, one in enumerate(data) if one in _DIGITS and (at == 0 or data[at - 1] not in _DIGITS)]
    if not starts:
        return _flipped(random, data, ())
    start = end = random.choice(starts)
    while end < len(data) and data[end] in _DIGITS:
        end += 1
    return data[:start] + str(random.choice((*_NUMBERS, random.randrange(3000)))).encode() + data[end:]


_CHANGES: tuple[Change, ...] = (_flipped, _replaced, _shortened, _repeated, _moved, _spliced, _worded, _named, _counted)
_WEIGHTS = (2, 2, 3, 2, 1, 3, 4, 3, 2)
_WORDED = (_worded, _named)
