"""JSON as text: one strict gate for what comes in, one way of writing for what goes out.

Python's and JavaScript's own readers disagree about equal keys, large numbers and broken characters, and both accept
more than the standard. The gate refuses whatever two readers might understand differently (RFC 8259; RFC 7493, I-JSON).
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from math import isfinite
from typing import NoReturn

LONGEST = 8 * 1024 * 1024
DEEPEST = 32
LARGEST_INTEGER = 2**53 - 1

_LONG = 60  # characters of a document that a sentence repeats
_BOM = b"\xef\xbb\xbf"
_FORBIDDEN = frozenset({"__proto__", "constructor", "prototype"})  # in a browser these reach behind the object
_STRING = r'"(?:[^"\\]++|\\.)*+"'
_STRINGS = re.compile(_STRING, re.DOTALL)
_NOT_BRACKETS = re.compile(
    _STRING + r'?+|[^\[\]{}"]++', re.DOTALL
)  # a string without end goes to the end: no second look
_WITHOUT_BRACES = re.compile(r'(?:[^"]++|"(?:[^"\\{}]++|\\.)*+")*+', re.DOTALL)
_EMBEDDED = tuple((character, f"\\u{ord(character):04x}") for character in "<>&\u2028\u2029\ufffe\uffff")


class Unreadable(ValueError):
    """Bytes that are not what they should be; the message is one plain sentence."""


def parse(data: bytes, limit: int = LONGEST) -> dict[str, object]:
    """The JSON object that bytes hold; every object in it is a dict, every array a list.

    Raises Unreadable for anything but one object in UTF-8 with unique keys, finite numbers and at most DEEPEST levels.
    """
    if len(data) > limit:
        raise Unreadable(f"it is longer than {limit:,} bytes.")
    if data.startswith(_BOM):
        raise Unreadable("it begins with a byte order mark.")
    try:
        text = data.decode()
    except UnicodeDecodeError as error:
        raise Unreadable(f"byte {error.start + 1:,} is not UTF-8.") from None
    _refuse_depth(text)
    try:
        document = json.loads(
            text,
            object_pairs_hook=_table,
            parse_int=_integer,
            parse_float=_number,
            parse_constant=_constant,
        )
    except json.JSONDecodeError as error:
        raise Unreadable(f"it is not JSON: see line {error.lineno:,}, column {error.colno:,}.") from None
    if not isinstance(document, dict):
        raise Unreadable("it is JSON, but not an object.")
    if "\\u" in text:
        _refuse_surrogates(document)
    return document


def write(document: Mapping[str, object]) -> str:
    """A document as people read it and compare its lines: two spaces a level, characters as they are, one line end after it."""
    return json.dumps(document, ensure_ascii=False, indent=2, allow_nan=False) + "\n"


def hosted(document: Mapping[str, object]) -> bytes:
    """A document as a file of a site, which machines read: without a space between its parts, one line end after it."""
    return f"{compact(document)}\n".encode()


def compact(document: object) -> str:
    """A JSON value without a space between its parts."""
    return json.dumps(document, ensure_ascii=False, separators=(",", ":"), allow_nan=False)


def canonical(document: object) -> str:
    """A JSON value in the one form of RFC 8785, as long as its keys are ASCII and its numbers whole."""
    return json.dumps(document, ensure_ascii=False, separators=(",", ":"), sort_keys=True)


def embeddable(document: Mapping[str, object]) -> str:
    """A document as one text that suits a PNG chunk, a CDATA section and a script element of a page.

    Braces inside strings are escaped, because a reader of pictures counts them, and so is what XML or HTML would notice.
    """
    text = compact(document)
    for character, escape in _EMBEDDED:
        text = text.replace(character, escape)
    if _WITHOUT_BRACES.fullmatch(text):
        return text
    return _STRINGS.sub(_escape_braces, text)


def same(one: object, other: object) -> bool:
    """Whether two JSON values are equal; the order of keys does not count, and 1 is not true."""
    return ordered(one) == ordered(other)


def ordered(value: object) -> str:
    """A JSON value as text that does not depend on the order of keys."""
    return json.dumps(value, sort_keys=True)


def text_of(value: object) -> str:
    """A value that is a text; "" for any other."""
    return value if isinstance(value, str) else ""


def quoted(text: str) -> str:
    """Text from a document as our sentences quote it, cut when it is long."""
    return f'"{_shortened(text)}"'


def _refuse_depth(text: str) -> None:
    """Refuse deep nesting before a reader that calls itself has to bear it.

    Each pass takes away the innermost pairs, so what is left after DEEPEST passes is deeper, or does not match.
    """
    brackets = _NOT_BRACKETS.sub("", text).replace("{", "[").replace("}", "]")
    for _ in range(DEEPEST):
        brackets = brackets.replace("[]", "")
    if brackets.strip('"'):
        raise Unreadable(f"its brackets do not match, or are nested more than {DEEPEST} deep.")


def _table(pairs: list[tuple[str, object]]) -> dict[str, object]:
    """The members of an object, whose names are unique after unescaping and harmless in a browser."""
    table = dict(pairs)
    if len(table) != len(pairs):
        seen: set[str] = set()
        twice = next(name for name, _ in pairs if name in seen or seen.add(name))  # type: ignore[func-returns-value]
        raise Unreadable(f"{quoted(twice)} stands twice in one object.")
    if not _FORBIDDEN.isdisjoint(table):
        raise Unreadable(f"{quoted(min(_FORBIDDEN.intersection(table)))} is not allowed as a name.")
    return table


def _integer(text: str) -> int:
    """A whole number that every reader holds exactly."""
    if len(text) > len(str(-LARGEST_INTEGER)) or abs(int(text)) > LARGEST_INTEGER:
        raise Unreadable(f"the number {_shortened(text)} is too large.")
    return int(text)


def _number(text: str) -> float:
    """A number with a fraction or an exponent, within the same bounds; 3.0 is 3, as it is in a browser."""
    number = float(text)
    if not isfinite(number) or abs(number) > LARGEST_INTEGER:
        raise Unreadable(f"the number {_shortened(text)} is too large.")
    return int(number) if number.is_integer() else number


def _constant(text: str) -> NoReturn:
    """Refuse NaN and the infinities, which Python reads though they are not JSON."""
    raise Unreadable(f"{text} is not a JSON number.")


def _shortened(text: str) -> str:
    """The beginning of a long text."""
    return text if len(text) <= _LONG else f"{text[: _LONG - 1]}…"


def _refuse_surrogates(document: object) -> None:
    """Refuse half characters, which only an escape can bring in."""
    try:
        json.dumps(document, ensure_ascii=False).encode()
    except UnicodeEncodeError:
        raise Unreadable("it contains half a character (a lone surrogate).") from None


def _escape_braces(match: re.Match[str]) -> str:
    """A JSON string with its braces as escapes."""
    return match[0].replace("{", "\\u007b").replace("}", "\\u007d")
