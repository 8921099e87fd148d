"""Our own deflate is read by everybody's inflate, and is the same on every machine."""

from __future__ import annotations

import gzip
import zlib
from base64 import urlsafe_b64decode, urlsafe_b64encode
from hashlib import sha256
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from blazon import deflate

# The list of the standard's example: entry 77 is set, and nothing else.
PUBLISHED = (
    "H4sIAAAAAAAA_2OAARaGUTAKRsEoGAWjYBSMglEwCkbBKBgFo2AUjIJRMApGwSgYBaNgFIyCUTAKRsEoGAWjYBSMglEwCkbBKBgFo2AUjIJRMApGwSgYBaNgFIyC"
    "UTAKRsEoGAWjYBSMglEwCkbBKBgFo2AUDBAAAK5Si0UAQAAA"
)
ALTERNATIVES = (
    b"",
    b"\0",
    b"\0\0\0",
    b"\xff",
    b"ab",
    b"abc" * 90,
    bytes(range(256)),
    b"\0" * 300,
    b"\x90" * 259,
    b"\0" * 40_000,
)
PIECES = st.lists(st.one_of(st.sampled_from(ALTERNATIVES), st.binary(max_size=40)), max_size=12).map(b"".join)


def test_the_published_example_is_reproduced() -> None:
    bits = bytearray(16_384)
    bits[9] = 0x04
    assert urlsafe_b64encode(deflate.gzip(bytes(bits))).decode().rstrip("=") == PUBLISHED
    assert gzip.decompress(urlsafe_b64decode(PUBLISHED + "=" * (-len(PUBLISHED) % 4))) == bits


def test_a_list_that_does_not_repeat_is_stored() -> None:
    noise = b"".join(pairs[0] for pairs in pairwise(sha256(bytes([n % 256, n // 256])).digest() for n in range(513)))
    assert len(noise) == 16_384
    assert len(deflate.gzip(noise)) == 16_407
    assert deflate.gzip(noise)[10:11] == b"\x01"


@pytest.mark.parametrize("size", [0, 1, 2, 3, 4, 258, 259, 260, 261, 262, 517, 65_535, 65_536, 131_072])
@pytest.mark.parametrize("byte", [b"\0", b"\x8f", b"\x90", b"\xff"])
def test_runs_of_every_length_come_back(size: int, byte: bytes) -> None:
    assert gzip.decompress(deflate.gzip(byte * size)) == byte * size
    assert zlib.decompress(deflate.compress(byte * size), -15) == byte * size


@settings(max_examples=500, deadline=None)
@given(PIECES)
def test_gzip_comes_back(data: bytes) -> None:
    packed = deflate.gzip(data)
    assert gzip.decompress(packed) == data
    assert len(packed) <= len(data) + 18 + 5 * (len(data) // 65_535 + 1)


@settings(max_examples=500, deadline=None)
@given(PIECES, st.sampled_from((0, 1, 2, 3, 7, 256, 513, 40_000)), st.booleans())
def test_compressed_bytes_come_back(data: bytes, stride: int, thorough: bool) -> None:
    packed = deflate.compress(data, stride, thorough=thorough)
    reader = zlib.decompressobj(-15)
    assert reader.decompress(packed) == data
    assert reader.eof
    assert not reader.unused_data


def test_codes_of_very_uneven_counts_stay_within_the_limit() -> None:
    sizes = [1, 1]
    while len(sizes) < 22:
        sizes.append(sizes[-1] + sizes[-2])
    lengths = deflate._code_lengths(dict(enumerate(sizes)), 1, 15)
    assert max(lengths) == 15
    assert sum(2**-length for length in lengths) == 1


def test_the_same_bytes_on_every_machine() -> None:
    rows = b"".join(bytes((x * y // 40) % 7 for x in range(101)) for y in range(80))
    assert (
        sha256(deflate.compress(rows, 101)).hexdigest()
        == "0c8b50d132964ce8dabdb17f5140aca230d80eedcfa262a894c9bfbba0a96466"
    )
    assert (
        sha256(deflate.compress(rows, 101, thorough=False)).hexdigest()
        == "44b1127c94ead49b39531541b18b70e781dea0be04786c468bab75469ba91f22"
    )


def test_what_is_not_thorough_finds_what_stands_above_and_nothing_else() -> None:
    row = bytes(range(200))
    assert len(deflate.compress(row * 50, 200, thorough=False)) < 400
    assert len(deflate.compress(row * 50, 77, thorough=False)) > 5_000
    assert len(deflate.compress(row * 50, 77)) < 400
