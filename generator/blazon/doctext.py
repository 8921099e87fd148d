"""Documentation as it is written: Markdown read into blocks that know their lines. The only module that knows markdown-it.

What is read is CommonMark with tables. HTML is text.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache, lru_cache
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.token import Token

_NO_SLUG = re.compile(r"[^\w\- ]")


@dataclass(frozen=True, slots=True)
class Span:
    """A piece of text: `kind` is text, code, strong, em, link or image. `target` is where a link or picture leads."""

    kind: str
    text: str = ""
    inside: tuple[Span, ...] = ()
    target: str = ""
    line: int = 0


Spans: TypeAlias = tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading; `slug` is what links call it."""

    level: int
    spans: Spans
    slug: str
    line: int


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph."""

    spans: Spans


@dataclass(frozen=True, slots=True)
class Code:
    """Fenced code; `language` and `title` are the words behind the fence."""

    text: str
    language: str = ""
    title: str = ""


@dataclass(frozen=True, slots=True)
class Listing:
    """A list, numbered from `start` or with bullets when that is None."""

    items: tuple[tuple[Block, ...], ...]
    start: int | None = None


@dataclass(frozen=True, slots=True)
class Quote:
    """A quotation."""

    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A table; all cells of `head` are empty where it has none."""

    head: tuple[Spans, ...]
    rows: tuple[tuple[Spans, ...], ...]


@dataclass(frozen=True, slots=True)
class Rule:
    """A line across."""


Block: TypeAlias = Heading | Paragraph | Code | Listing | Quote | Table | Rule
Lines: TypeAlias = Sequence[tuple[int, str]]


@dataclass(frozen=True, slots=True)
class Document:
    """A text: its blocks in order, and all its headings, each with a slug of its own."""

    blocks: tuple[Block, ...]
    headings: tuple[Heading, ...]

    @property
    def title(self) -> str:
        """The words of its first heading."""
        return plain(self.headings[0].spans) if self.headings else ""

    @property
    def lead(self) -> str:
        """The words of its first paragraph."""
        return next((plain(one.spans) for one in self.blocks if isinstance(one, Paragraph)), "")

    def links(self) -> Iterator[Span]:
        """Every link and picture in it."""
        return (one for one in self.spans() if one.kind in ("link", "image"))

    def spans(self) -> Iterator[Span]:
        """Every span in it, with those inside others."""
        for spans in _texts(self.blocks):
            yield from _all(spans)


@lru_cache(maxsize=1024)
def read(text: str) -> Document:
    """The document that a text is."""
    reader = _Reader(_markdown().parse(text))
    blocks = tuple(reader.blocks(""))
    return Document(blocks, tuple(reader.headings))


@cache
def _markdown() -> MarkdownIt:
    """What reads Markdown into tokens; where a link leads is left as it was written, for `doclinks` to judge."""
    from markdown_it import MarkdownIt  # noqa: PLC0415 - programs without documentation need not wait for it

    reader = MarkdownIt("commonmark", {"html": False}).enable("table")
    reader.normalizeLink = _as_written  # type: ignore[assignment,method-assign]
    reader.validateLink = bool  # type: ignore[assignment,method-assign]
    return reader


def _as_written(target: str) -> str:
    """Where a link leads, as it stands in the text."""
    return target


def plain(spans: Spans) -> str:
    """The words of spans alone."""
    return " ".join("".join(one.text or plain(one.inside) for one in spans if one.kind != "image").split())


class _Reader:
    """Reads tokens into blocks, and keeps the headings on the way."""

    def __init__(self, tokens: Sequence[Token]) -> None:
        """Nothing is read yet."""
        self.headings: list[Heading] = []
        self._seen: dict[str, int] = {}
        self._tokens = iter(tokens)
        self._made: dict[str, Callable[[Token], Block]] = {
            "heading_open": self._heading,
            "paragraph_open": lambda token: Paragraph(self._text(token.type)),
            "bullet_list_open": self._listing,
            "ordered_list_open": self._listing,
            "blockquote_open": lambda _: Quote(tuple(self.blocks("blockquote_close"))),
            "table_open": self._table,
            "fence": _code,
            "code_block": _code,
            "hr": lambda _: Rule(),
        }

    def blocks(self, end: str) -> Iterator[Block]:
        """The blocks up to the token that ends what they are in."""
        for token in self._tokens:
            if token.type == end:
                return
            yield self._made[token.type](token)

    def _text(self, opened: str) -> Spans:
        """The spans of a block whose first token was read, up to its last."""
        closed, spans = opened.replace("_open", "_close"), Spans()
        for token in self._tokens:
            if token.type == closed:
                break
            spans = _spans(token)
        return spans

    def _heading(self, token: Token) -> Heading:
        """A heading with a slug that no heading before it has."""
        spans = self._text(token.type)
        slug = _NO_SLUG.sub("", plain(spans).lower()).replace(" ", "-") or "section"
        count = self._seen[slug] = self._seen.get(slug, -1) + 1
        heading = Heading(int(token.tag[1]), spans, f"{slug}-{count}" if count else slug, _line(token))
        self.headings.append(heading)
        return heading

    def _listing(self, token: Token) -> Listing:
        """A list, with the blocks of its items."""
        closed, items = token.type.replace("_open", "_close"), []
        for item in self._tokens:
            if item.type == closed:
                break
            items.append(tuple(self.blocks("list_item_close")))
        start = None if token.type == "bullet_list_open" else int(token.attrs.get("start", 1))
        return Listing(tuple(items), start)

    def _table(self, _: Token) -> Table:
        """A table; its first row is its head."""
        rows: list[list[Spans]] = []
        for token in self._tokens:
            if token.type == "table_close":
                break
            if token.type == "tr_open":
                rows.append([])
            elif token.type in ("th_open", "td_open"):
                rows[-1].append(self._text(token.type))
        return Table(tuple(rows[0]), tuple(map(tuple, rows[1:])))


def _code(token: Token) -> Code:
    """Code; the words behind its fence are its language and the name of its file."""
    language, _, title = token.info.strip().partition(" ")
    return Code(token.content.removesuffix("\n"), language, title.strip())


def _line(token: Token) -> int:
    """The line in which a token begins."""
    return token.map[0] + 1 if token.map else 0


def _spans(token: Token) -> Spans:
    """The spans of a text, nested as their tokens are; what is strong within something strong is no stronger."""
    line, open_, depths = _line(token), [_Open()], Counter[str]()
    for one in token.children or ():
        depths[one.tag] += one.nesting
        if one.type.endswith("_open"):
            if depths[one.tag] == 1:
                open_.append(_Open(one, line if one.type == "link_open" else 0))
        elif one.type.endswith("_close"):
            if depths[one.tag] == 0:
                closed = open_.pop()
                open_[-1].add(closed.span())
        elif one.type in ("softbreak", "hardbreak"):
            line += 1
            open_[-1].add(Span("text", "\n"))
        elif one.type == "image":
            words = plain(_spans(one)) if one.children else ""
            open_[-1].add(Span("image", words, (), str(one.attrs["src"]), line))
        elif one.content:
            open_[-1].add(Span("code" if one.type == "code_inline" else "text", one.content))
    return tuple(open_[0].inside)


@dataclass(slots=True)
class _Open:
    """A span whose end is still to come, or the whole text."""

    token: Token | None = None
    line: int = 0
    inside: list[Span] = field(default_factory=list)

    def add(self, span: Span) -> None:
        """Add a span, to the text before it if both are text."""
        if self.inside and span.kind == self.inside[-1].kind == "text":
            span = Span("text", self.inside.pop().text + span.text)
        self.inside.append(span)

    def span(self) -> Span:
        """The span, once its end was reached."""
        assert self.token is not None  # noqa: S101 (only the whole text has none)
        kind = self.token.type.removesuffix("_open")
        return Span(kind, "", tuple(self.inside), str(self.token.attrs.get("href", "")), self.line)


def _texts(blocks: Sequence[Block]) -> Iterator[Spans]:
    """Every text in some blocks."""
    for block in blocks:
        match block:
            case Heading() | Paragraph():
                yield block.spans
            case Listing():
                for item in block.items:
                    yield from _texts(item)
            case Quote():
                yield from _texts(block.blocks)
            case Table():
                yield from block.head
                for row in block.rows:
                    yield from row


def _all(spans: Spans) -> Iterator[Span]:
    """Spans and those inside them."""
    for one in spans:
        yield one
        yield from _all(one.inside)
