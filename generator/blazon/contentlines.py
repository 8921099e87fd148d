"""Content lines of calendars and cards: text escaped, long lines folded (RFC 5545 §3.1 and §3.3.11; RFC 6350 §3.2 and §3.4)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import datetime

from blazon.documents import timestamp

WIDEST = 75  # octets of a line without its end

_CONTROL = re.compile(r"[\x00-\x09\x0b-\x1f\x7f]+")
_BREAK = re.compile(r"\r\n?|[\u0085\u2028\u2029]")
_ESCAPED = str.maketrans({"\\": "\\\\", ";": "\\;", ",": "\\,", "\n": "\\n"})


def text(value: str) -> str:
    """A text value: backslash, semicolon, comma and line break escaped, other control characters as spaces."""
    return _CONTROL.sub(" ", _BREAK.sub("\n", value)).translate(_ESCAPED)


def moment(when: datetime) -> str:
    """A moment in UTC: `20260514T000000Z` (RFC 5545 §3.3.5; RFC 6350 §4.3.5)."""
    return timestamp(when).replace("-", "").replace(":", "")


def written(lines: Iterable[str]) -> bytes:
    """Content lines as a file: UTF-8, folded where they are longer than WIDEST octets, each ended by CR LF."""
    whole = bytearray()
    for line in lines:
        for part in _folded(line.encode()):
            whole += part + b"\r\n"
    return bytes(whole)


def _folded(line: bytes) -> Iterator[bytes]:
    """A line in pieces of at most WIDEST octets, never within a character; all but the first begin with a space."""
    start, room, lead = 0, WIDEST, b""
    while len(line) - start > room:
        end = start + room
        while line[end] & 0xC0 == 0x80:  # noqa: PLR2004 - the middle of a character in UTF-8
            end -= 1
        yield lead + line[start:end]
        start, room, lead = end, WIDEST - 1, b" "
    yield lead + line[start:]
