"""The compressed formats we publish, written by our own code: the same bytes on every machine.

A compressor library's bytes differ between versions and builds; what anyone signs or compares must not depend on them.
Everything here is RFC 1951 (https://www.rfc-editor.org/rfc/rfc1951) and RFC 1952; any inflater reads it.
"""

from __future__ import annotations

import re
import zlib
from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from operator import itemgetter
from sys import maxsize
from typing import TypeAlias

Token: TypeAlias = int | tuple[int, int]  # a literal byte, or a match: length and distance
Code: TypeAlias = Mapping[int, str]  # symbol to bits, in the order in which they are written

_END = 256
_SHORTEST, _LONGEST, _FARTHEST = 3, 258, 32768
_LARGEST_STORED = 65535
_KEY, _TRIES, _WORTH_A_SEARCH = 6, 128, 64  # how hard repetitions are looked for: a search takes time
_FIXED, _DYNAMIC = "110", "101"  # the last block, and its type
_RUN = re.compile(rb"(.)\1*", re.DOTALL)
_SAME = re.compile(rb"\0{3,}")

_EXTRA_OF_LENGTHS = (*(0,) * 8, *(extra for extra in range(1, 6) for _ in range(4)))
_EXTRA_OF_DISTANCES = (0, 0, *(extra for extra in range(14) for _ in range(2)))
_LENGTH_STARTS = (*(3 + sum(1 << extra for extra in _EXTRA_OF_LENGTHS[:n]) for n in range(28)), _LONGEST)
_DISTANCE_STARTS = tuple(1 + sum(1 << extra for extra in _EXTRA_OF_DISTANCES[:n]) for n in range(30))
_LAST, _ZEROS, _MANY_ZEROS = (16, 3, 6, 2), (17, 3, 10, 3), (18, 11, 138, 7)  # symbol, least, most, width of the rest
_CODE_LENGTH_ORDER = (16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15)


def gzip(data: bytes) -> bytes:
    """Bytes as a gzip file: run lengths in one fixed-Huffman block, or stored when that is shorter."""
    fixed = _code((*(8,) * 144, *(9,) * 112, *(7,) * 24, *(8,) * 8))
    block = _packed(_FIXED, _runs(data), fixed, _code((5,) * 30))
    trailer = zlib.crc32(data).to_bytes(4, "little") + (len(data) & 0xFFFFFFFF).to_bytes(4, "little")
    return bytes.fromhex("1f8b08000000000000ff") + min(block, stored(data), key=len) + trailer


def compress(data: bytes, stride: int = 0, *, thorough: bool = True) -> bytes:
    """Bytes as one raw deflate block with codes made for them, or stored when that is shorter.

    With a stride, repetitions are looked for one row up before anywhere else: what pictures are made of.
    What is not `thorough` looks nowhere else: a large picture takes a third of the time, and a third more room.
    """
    tokens = list(_repetitions(data, stride, thorough=thorough))
    literals, distances = Counter((_END,)), Counter[int]()
    for token, times in Counter(tokens).items():
        if isinstance(token, int):
            literals[token] += times
        else:
            literals[_length_symbol(token[0])] += times
            distances[_distance_symbol(token[1])] += times
    of_literals, of_distances = _code_lengths(literals, 257, 15), _code_lengths(distances, 1, 15)
    header = _DYNAMIC + _described(of_literals, of_distances)
    return min(_packed(header, tokens, _code(of_literals), _code(of_distances)), stored(data), key=len)


def stored(data: bytes) -> bytes:
    """Bytes as stored blocks."""
    pieces = [data[at : at + _LARGEST_STORED] for at in range(0, len(data), _LARGEST_STORED)] or [b""]
    return b"".join(
        bytes([number == len(pieces)])
        + len(piece).to_bytes(2, "little")
        + (len(piece) ^ 0xFFFF).to_bytes(2, "little")
        + piece
        for number, piece in enumerate(pieces, start=1)
    )


def _runs(data: bytes) -> Iterator[Token]:
    """Each run of equal bytes as a literal and matches at distance 1."""
    for run in _RUN.finditer(data):
        byte, again = data[run.start()], run.end() - run.start() - 1
        yield byte
        whole, rest = divmod(again, _LONGEST)
        yield from ((_LONGEST, 1),) * whole
        yield from ((rest, 1),) if rest >= _SHORTEST else (byte,) * rest


def _repetitions(data: bytes, stride: int, *, thorough: bool) -> Iterator[Token]:
    """Literals, and matches with what came before; a match waits when the one after it is longer."""
    past = _Past(data, stride, thorough=thorough)
    at, waiting = 0, None
    while at < len(data):
        length, distance = waiting or past.match(at)
        waiting = past.match(at + 1) if 0 < length < _WORTH_A_SEARCH and at + 1 < len(data) else None
        if not length or (waiting and waiting[0] > length):
            yield data[at]
            at += 1
            continue
        yield length, distance
        if waiting and thorough:
            past.note(range(at + 2, at + length))
        at, waiting = at + length, None


class _Equal:
    """Where bytes equal those that stand a distance before them, one stretch after the other."""

    __slots__ = ("_stretches", "distance", "end", "start")

    def __init__(self, difference: bytes, distance: int) -> None:
        """The stretches in what bytes differ from those before them."""
        self.distance = distance
        self.start = self.end = 0
        self._stretches = _SAME.finditer(difference, distance)

    def go_on(self, at: int) -> None:
        """Go on to the first stretch of which enough is left behind a place."""
        for stretch in self._stretches:
            self.start, self.end = stretch.span()
            if self.end - at >= _SHORTEST:
                return
        self.end = maxsize
        self.start = maxsize


class _Past:
    """What may be repeated: what stands right behind or about one row up, and where the same six bytes stood."""

    def __init__(self, data: bytes, stride: int, *, thorough: bool) -> None:
        """A past of bytes, in rows when there is a stride."""
        number = int.from_bytes(data, "big")
        wanted = {1, stride - 1, stride, stride + 1} if stride else {1}
        self._data = data
        self._enough = _WORTH_A_SEARCH if thorough else 0
        self._nearby = [
            _Equal((number ^ (number >> (8 * distance))).to_bytes(len(data), "big"), distance)
            for distance in sorted(wanted)
            if 0 < distance <= min(_FARTHEST, len(data) - 1)
        ]
        self._places: defaultdict[bytes, list[int]] = defaultdict(list)

    def match(self, at: int) -> tuple[int, int]:
        """The longest repetition found at a place, which is never before the last one: length and distance, or length 0."""
        longest, nearest = 0, 0
        for equal in self._nearby:
            if equal.end - at < _SHORTEST:
                equal.go_on(at)
            if equal.start <= at and longest < (length := min(equal.end - at, _LONGEST)):
                longest, nearest = length, equal.distance
        return (longest, nearest) if longest >= self._enough else self._searched(at, longest, nearest)

    def note(self, places: Iterable[int]) -> None:
        """Remember the six bytes at places, each after those before it."""
        by_bytes, data = self._places, self._data
        for at in places:
            by_bytes[data[at : at + _KEY]].append(at)

    def _searched(self, at: int, longest: int, nearest: int) -> tuple[int, int]:
        """The longest repetition where the same six bytes stood, when it is longer than one already found."""
        data = self._data
        places = self._places[data[at : at + _KEY]]
        before = places[-1 : -_TRIES - 1 : -1]
        places.append(at)
        most, farthest = min(_LONGEST, len(data) - at), at - _FARTHEST
        length = max(_KEY, longest + 1)
        for place in before:
            if length > most or place < farthest:
                break
            last = length - 1  # the byte that a longer repetition needs most often lacks
            if data[place + last] != data[at + last] or data[place : place + last] != data[at : at + last]:
                continue
            while length < most and data[place + length] == data[at + length]:
                length += 1
            longest, nearest = length, at - place
            length += 1
        return longest, nearest


def _length_symbol(length: int) -> int:
    """The symbol that a match's length is written with."""
    return _END + bisect_right(_LENGTH_STARTS, length)


def _distance_symbol(distance: int) -> int:
    """The symbol that a match's distance is written with."""
    return bisect_right(_DISTANCE_STARTS, distance) - 1


def _packed(header: str, tokens: Iterable[Token], literals: Code, distances: Code) -> bytes:
    """A block: its header, its tokens, its end."""
    tokens = tuple(tokens)
    spelled = {token: _spelled(token, literals, distances) for token in set(tokens)}
    bits = "".join((header, *map(spelled.__getitem__, tokens), literals[_END]))
    return int(bits[::-1], 2).to_bytes((len(bits) + 7) // 8, "little")


def _spelled(token: Token, literals: Code, distances: Code) -> str:
    """The bits of a token."""
    if isinstance(token, int):
        return literals[token]
    length, distance = _length_symbol(token[0]), _distance_symbol(token[1])
    beyond_length = token[0] - _LENGTH_STARTS[length - _END - 1]
    beyond_distance = token[1] - _DISTANCE_STARTS[distance]
    return (
        literals[length]
        + _bits(beyond_length, (*_EXTRA_OF_LENGTHS, 0)[length - _END - 1])
        + distances[distance]
        + _bits(beyond_distance, _EXTRA_OF_DISTANCES[distance])
    )


def _bits(number: int, width: int) -> str:
    """A number as bits, lowest first."""
    return format(number, f"0{width}b")[::-1] if width else ""


def _code(lengths: Sequence[int]) -> Code:
    """The canonical code with these lengths (RFC 1951, 3.2.2); length 0 is a symbol without a code."""
    code, value, last = {}, 0, 0
    for length, symbol in sorted((length, symbol) for symbol, length in enumerate(lengths) if length):
        value <<= length - last
        code[symbol] = format(value, f"0{length}b")
        value, last = value + 1, length
    return code


def _code_lengths(counts: Mapping[int, int], least: int, limit: int) -> tuple[int, ...]:
    """The lengths of the best code in which none is above the limit, for symbols from 0 to the last one used.

    Package-merge (Larmore and Hirschberg 1990). A code is never left with one symbol: some inflaters refuse that.
    """
    used = {symbol: count for symbol, count in counts.items() if count}
    for spare in (0, 1):
        if len(used) <= 1:
            used.setdefault(spare, 0)
    leaves = [(count, (symbol,)) for symbol, count in sorted(used.items())]
    packages: list[tuple[int, tuple[int, ...]]] = []
    for _ in range(limit):
        merged = sorted(leaves + packages, key=itemgetter(0))
        packages = [(a[0] + b[0], a[1] + b[1]) for a, b in zip(merged[::2], merged[1::2], strict=False)]
    lengths = Counter(symbol for package in packages[: len(used) - 1] for symbol in package[1])
    return tuple(lengths[symbol] for symbol in range(max(least, *(symbol + 1 for symbol in used))))


def _described(literals: Sequence[int], distances: Sequence[int]) -> str:
    """Both codes as the header of a dynamic block (RFC 1951, 3.2.7)."""
    steps = list(_abbreviated((*literals, *distances)))
    lengths = _code_lengths(Counter(symbol for symbol, _, _ in steps), 19, 7)
    code = _code(lengths)
    ordered = [lengths[symbol] for symbol in _CODE_LENGTH_ORDER]
    written = max(4, *(place for place, length in enumerate(ordered, start=1) if length))
    sizes = _bits(len(literals) - 257, 5) + _bits(len(distances) - 1, 5) + _bits(written - 4, 4)
    return (
        sizes
        + "".join(_bits(length, 3) for length in ordered[:written])
        + "".join(code[symbol] + _bits(extra, width) for symbol, extra, width in steps)
    )


def _abbreviated(lengths: Sequence[int]) -> Iterator[tuple[int, int, int]]:
    """Code lengths with their repetitions folded: symbol, extra number, and how many bits that has."""
    for length, group in groupby(lengths):
        left = len(list(group))
        if length:
            yield length, 0, 0
            left -= 1
        while left >= _SHORTEST:
            symbol, least, most, width = _LAST if length else _ZEROS if left <= _ZEROS[2] else _MANY_ZEROS
            times = min(left, most)
            yield symbol, times - least, width
            left -= times
        yield from ((length, 0, 0),) * left
