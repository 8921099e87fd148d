"""A credential into a PNG or SVG, and out again: surgery on bytes, so that no other byte of the picture moves.

Open Badges 3.0 §5.3 (baked badges) and the Open Badges 2.0 baking specification: both versions live in one picture, the
3.0 credential and the 2.0 assertion each in its own PNG chunk or SVG element, and readers of either ignore the other.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import NoReturn, Protocol
from xml.parsers import expat

from blazon.jsontext import Unreadable

CREDENTIAL_KEYWORD = b"openbadgecredential"
ASSERTION_KEYWORD = b"openbadges"
CREDENTIAL_NAMESPACE = "https://purl.imsglobal.org/ob/v3p0"
ASSERTION_NAMESPACE = "http://openbadges.org"
_SVG_NAMESPACE = "http://www.w3.org/2000/svg"

_SIGNATURE = b"\x89PNG\r\n\x1a\n"
_IEND = b"\x00\x00\x00\x00IEND\xaeB`\x82"
_PLAIN = b"\0\0\0\0\0"  # iTXt: end of keyword, not compressed, method 0, no language, no translated keyword
_MOST_CHUNKS = 10_000
_MOST_ELEMENTS = 100_000
_LARGEST_DRAWING = 2 * 1024 * 1024
_DECLARATION = f' xmlns:openbadges="{CREDENTIAL_NAMESPACE}"'.encode()
_BEFORE_CREDENTIAL = b"\n<openbadges:credential><![CDATA["
_AFTER_CREDENTIAL = b"]]></openbadges:credential>"
_BETWEEN = (
    _AFTER_CREDENTIAL + b"\n<openbadges:assertion" + (f' xmlns:openbadges="{ASSERTION_NAMESPACE}"><![CDATA['.encode())
)
_AFTER_ASSERTION = b"]]></openbadges:assertion>"
_START_TAG = re.compile(rb"<(?:[^\"'>]|\"[^\"]*+\"|'[^']*+')*+>")
_CDATA = re.compile(rb"\s*<!\[CDATA\[(.*?)\]\]>\s*", re.DOTALL)
_SEPARATOR = "\x01"  # between the parts of a name, and impossible in XML, so that no namespace can pretend
_CARRIERS = {
    _SEPARATOR.join((CREDENTIAL_NAMESPACE, "credential", "openbadges")): "credential",
    _SEPARATOR.join((ASSERTION_NAMESPACE, "assertion", "openbadges")): "assertion",
}
_NAMESPACES = frozenset({CREDENTIAL_NAMESPACE, ASSERTION_NAMESPACE})
_TEXT_KINDS = frozenset({b"iTXt", b"tEXt", b"zTXt"})
_UNUSUAL = "the picture carries a badge in a form that is not the usual one."


class Unusual(Unreadable):
    """A picture whose badge stands in its place and is written in a way that we do not read; others may."""


@dataclass(frozen=True, slots=True)
class Baked:
    """What a baked picture holds: the 3.0 credential and the 2.0 assertion as text, and the picture without them."""

    credential: str | None
    assertion: str | None
    picture: bytes


class Canvas(Protocol):
    """A picture that has been read once and takes any number of credentials."""

    def bake(self, credential: str, assertion: str) -> bytes:
        """The picture with both texts inside, as `jsontext.embeddable` writes them; an empty assertion is left out."""


@dataclass(frozen=True, slots=True)
class PreparedPng:
    """A PNG that is ready for many credentials: everything before IEND, and the checksums of the chunks' first bytes."""

    before: bytes
    assertion_start: int
    credential_start: int

    def bake(self, credential: str, assertion: str) -> bytes:
        """The picture with both texts inside."""
        hosted = _text_chunk(ASSERTION_KEYWORD, self.assertion_start, assertion.encode()) if assertion else ()
        return b"".join(
            (
                self.before,
                *hosted,
                *_text_chunk(CREDENTIAL_KEYWORD, self.credential_start, credential.encode()),
                _IEND,
            )
        )


@dataclass(frozen=True, slots=True)
class PreparedSvg:
    """An SVG that is ready for many credentials: everything up to the end of the root's start tag, and what follows it."""

    before: bytes
    after: bytes

    def bake(self, credential: str, assertion: str) -> bytes:
        """The drawing with both texts inside.

        Raises ValueError for a text that would end its CDATA section; `jsontext.embeddable` never writes one.
        """
        if "]]>" in credential or "]]>" in assertion:
            raise ValueError("a text that holds ]]> cannot stand in a CDATA section")
        if not assertion:
            return b"".join(
                (self.before, credential.encode(), _AFTER_CREDENTIAL, self.after.removeprefix(_AFTER_ASSERTION))
            )
        texts = (credential.encode(), _BETWEEN, assertion.encode())
        return b"".join((self.before, *texts, self.after))


def prepare_png(picture: bytes) -> PreparedPng:
    """A badge's own PNG, read once for all its awards.

    Raises Unreadable when it is not a whole PNG, or carries a credential already.
    """
    for kind, data, _, _ in _chunks(picture):
        if kind in _TEXT_KINDS and _is_ours(data):
            raise Unreadable("the picture already carries a credential.")
    return PreparedPng(
        picture[: -len(_IEND)],
        zlib.crc32(b"iTXt" + ASSERTION_KEYWORD + _PLAIN),
        zlib.crc32(b"iTXt" + CREDENTIAL_KEYWORD + _PLAIN),
    )


def prepare_svg(picture: bytes) -> PreparedSvg:
    """A badge's own SVG, read once for all its awards.

    Raises Unreadable when it is not well-formed or empty, or mentions Open Badges already.
    """
    if b"openbadges" in picture:
        raise Unreadable("the picture already carries a credential.")
    end = _Outline(picture).root_end
    if picture[end - 2 : end] == b"/>":
        raise Unreadable("the picture is empty.")
    return PreparedSvg(picture[: end - 1] + _DECLARATION + b">" + _BEFORE_CREDENTIAL, _AFTER_ASSERTION + picture[end:])


def bake_png(picture: bytes, credential: str, assertion: str) -> bytes:
    """A PNG with a credential and an assertion inside. Raises what `prepare_png` raises."""
    return prepare_png(picture).bake(credential, assertion)


def bake_svg(picture: bytes, credential: str, assertion: str) -> bytes:
    """An SVG with a credential and an assertion inside. Raises what `prepare_svg` raises, and ValueError."""
    return prepare_svg(picture).bake(credential, assertion)


def unbake_png(data: bytes) -> Baked:
    """What a PNG carries, and the PNG without it.

    Raises Unreadable when the file is damaged, or carries its badge in any other than the one usual way.
    """
    texts: dict[bytes, str] = {}
    kept = [_SIGNATURE]
    for kind, content, start, end in _chunks(data):
        if kind in _TEXT_KINDS and _is_ours(content):
            keyword, text = _carried(kind, content)
            if keyword in texts:
                raise Unreadable("the picture carries two credentials.")
            texts[keyword] = text
        else:
            kept.append(data[start:end])
    return Baked(texts.get(CREDENTIAL_KEYWORD), texts.get(ASSERTION_KEYWORD), b"".join(kept))


def unbake_svg(data: bytes) -> Baked:
    """What an SVG carries, and the SVG without it.

    Raises Unreadable when the file is damaged, or carries its badge in any other than the one usual way; Unusual when all
    that is unusual is how the text is written.
    """
    outline = _Outline(data)
    texts: dict[str, str] = {}
    kept = [data[: outline.root_end]]
    if outline.carriers and kept[0].endswith(_DECLARATION + b">"):
        kept[0] = kept[0].removesuffix(_DECLARATION + b">") + b">"
    at = outline.root_end
    for name, start, end in outline.carriers:
        if name in texts:
            raise Unreadable("the picture carries two credentials.")
        texts[name] = _cdata(data[start:end])
        between = data[at:start]
        kept.append(b"" if between == b"\n" else between)  # the line break that we put before an element goes with it
        at = end
    picture = b"".join((*kept, data[at:]))
    if b"<openbadges:" in picture:
        raise Unreadable("the picture carries a second credential where no reader looks.")
    return Baked(texts.get("credential"), texts.get("assertion"), picture)


def _text_chunk(keyword: bytes, start: int, text: bytes) -> tuple[bytes, ...]:
    """The parts of an iTXt chunk (PNG, third edition, §11.3.3.4); `start` is the checksum of all before the text."""
    size = len(keyword) + len(_PLAIN) + len(text)
    return size.to_bytes(4), b"iTXt", keyword, _PLAIN, text, zlib.crc32(text, start).to_bytes(4)


def _chunks(data: bytes) -> Iterator[tuple[bytes, bytes, int, int]]:
    """The chunks of a whole PNG: kind, content, and where the chunk starts and ends (PNG, third edition, §5.3)."""
    if not data.startswith(_SIGNATURE):
        raise Unreadable("it is not a PNG.")
    at = len(_SIGNATURE)
    kind = b""
    number = 0
    while kind != b"IEND":
        number += 1
        if number > _MOST_CHUNKS:
            raise Unreadable(f"the picture has more than {_MOST_CHUNKS:,} parts.")
        size = int.from_bytes(data[at : at + 4])
        end = at + 12 + size
        if end > len(data):
            raise Unreadable("the picture ends in the middle.")
        kind = data[at + 4 : at + 8]
        if zlib.crc32(data[at + 4 : end - 4]).to_bytes(4) != data[end - 4 : end]:
            raise Unreadable("the picture is damaged: a checksum is wrong.")
        if (number == 1) != (kind == b"IHDR"):
            raise Unreadable("the picture does not begin with its one header.")
        yield kind, data[at + 8 : end - 4], at, end
        at = end
    if at != len(data) or not data.endswith(_IEND):
        raise Unreadable("there is something after the end of the picture.")


def _is_ours(content: bytes) -> bool:
    """Whether a text chunk's keyword is one of ours, however it is spelt."""
    keyword = content.partition(b"\0")[0]
    return keyword.strip().lower() in {CREDENTIAL_KEYWORD, ASSERTION_KEYWORD}


def _carried(kind: bytes, content: bytes) -> tuple[bytes, str]:
    """Keyword and text of a chunk that carries a badge."""
    keyword, _, rest = content.partition(b"\0")
    plain = keyword in {CREDENTIAL_KEYWORD, ASSERTION_KEYWORD} and rest.startswith(_PLAIN[1:])
    if kind != b"iTXt" or not plain:
        raise Unreadable(_UNUSUAL)
    return keyword, _text(rest[len(_PLAIN) - 1 :])


def _text(data: bytes, what: str = "the badge inside the picture") -> str:
    """Bytes as text."""
    try:
        return data.decode()
    except UnicodeDecodeError:
        raise Unreadable(f"{what} is not UTF-8.") from None


def _cdata(element: bytes) -> str:
    """The text of an element whose whole content is one CDATA section."""
    end = element.rindex(b"</") if b"</" in element else 0
    start = _START_TAG.match(element)
    found = _CDATA.fullmatch(element, start.end(), end) if start and start.end() <= end else None
    if found is None or b"]]>" in found[1]:
        raise Unusual(_UNUSUAL)
    return _text(found[1])


class _Outline:
    """Where a drawing's root and its credentials are, found by expat, which also sees that the XML is well-formed."""

    def __init__(self, data: bytes) -> None:
        """The outline of a drawing. Raises Unreadable for what is not plain, well-formed SVG in UTF-8."""
        if len(data) > _LARGEST_DRAWING:
            raise Unreadable(f"the picture is longer than {_LARGEST_DRAWING:,} bytes.")
        if "\0" in _text(data, "it"):  # expat would recognise UTF-16 and count its bytes, whatever we tell it
            raise Unreadable("it is not UTF-8.")
        self.root_end = 0
        self.carriers: list[tuple[str, int, int]] = []
        self._data = data
        self._open: list[tuple[str, int]] = []
        self._elements = 0
        self._parser = parser = expat.ParserCreate("UTF-8", _SEPARATOR)
        parser.namespace_prefixes = True
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.StartDoctypeDeclHandler = self._doctype
        try:
            parser.Parse(data, True)
        except expat.ExpatError as error:
            raise Unreadable(f"it is not well-formed XML: see line {error.lineno:,}.") from None

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        """Note the root, and each element that carries a badge; there is one place and one form for it."""
        start = self._parser.CurrentByteIndex
        self._elements += 1
        if self._elements > _MOST_ELEMENTS:
            raise Unreadable(f"the picture has more than {_MOST_ELEMENTS:,} elements.")
        parts = name.split(_SEPARATOR)
        if not self._open:
            if parts[0] != _SVG_NAMESPACE or parts[1:2] != ["svg"]:
                raise Unreadable("it is XML, but not an SVG.")
            tag = _START_TAG.match(self._data, start)
            self.root_end = tag.end() if tag else start
        elif (parts[0] in _NAMESPACES or parts[2:] == ["openbadges"]) and (
            name not in _CARRIERS or len(self._open) > 1 or attributes
        ):
            raise Unreadable(_UNUSUAL)
        self._open.append((name, start))

    def _end(self, name: str) -> None:
        """Note where an element that carries a badge ends."""
        _, start = self._open.pop()
        if name in _CARRIERS:
            end = self._data.index(b">", self._parser.CurrentByteIndex) + 1
            self.carriers.append((_CARRIERS[name], start, end))

    def _doctype(self, *_: object) -> NoReturn:
        """Refuse a document type, and with it every entity."""
        raise Unreadable("it declares a document type, which a picture has no use for.")
