"""Documentation as it is written: Markdown read into blocks that know their lines, in time that grows with the text alone.

What is read is what GitHub shows of headings, paragraphs, lists, quotes, tables, fenced code, links, pictures, code and emphasis.
All else, HTML above all, is text.
"""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TypeAlias

MOST_DEPTH = 8
MOST_PARAGRAPH = 8_000

_HEADING = re.compile(r"(#{1,6})[ \t]+(.*?)(?:[ \t]+#+)?[ \t]*")
_FENCE = re.compile(r"( {0,3})(`{3,}|~{3,})[ \t]*([^`]*)")
_ITEM = re.compile(r"( {0,3})([-*+]|\d{1,9}[.)])(?:( {1,4})(?=\S)|[ \t]*$)")
_RULE = re.compile(r"(?:-{3,}|\*{3,}|_{3,})[ \t]*")
_QUOTE = re.compile(r" {0,3}> ?")
_DASHES = re.compile(r"[ \t]*\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*\|?[ \t]*")
_BAR = re.compile(r"(?<!\\)\|")
_TICKS = re.compile(r"(?<!`)`+(?!`)")
_MARKS = re.compile(r"\\[!-/:-@\[-`{-~]|`+|!?\[|\*\*|\*|_|\]")
_TARGET = re.compile(r"\(([^()\s]*)\)")
_ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])")
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
        return (one for one in self._spans() if one.kind in ("link", "image"))

    def code_spans(self) -> Iterator[str]:
        """Every piece of code between words."""
        return (one.text for one in self._spans() if one.kind == "code")

    def _spans(self) -> Iterator[Span]:
        """Every span in it, with those inside others."""
        for spans in _texts(self.blocks):
            yield from _all(spans)


@lru_cache(maxsize=1024)
def read(text: str) -> Document:
    """The document that a text is."""
    reader = _Reader()
    lines = [(number, line.expandtabs(4)) for number, line in enumerate(text.replace("\r\n", "\n").split("\n"), 1)]
    blocks = tuple(reader.blocks(lines, 0))
    return Document(blocks, tuple(reader.headings))


def plain(spans: Spans) -> str:
    """The words of spans alone."""
    return " ".join("".join(one.text or plain(one.inside) for one in spans if one.kind != "image").split())


@dataclass(slots=True)
class _Reader:
    """Reads lines into blocks, and keeps the headings on the way."""

    headings: list[Heading] = field(default_factory=list)
    seen: dict[str, int] = field(default_factory=dict)

    def blocks(self, lines: Lines, depth: int) -> Iterator[Block]:
        """The blocks that lines make."""
        at = 0
        block: Block
        while at < len(lines):
            number, line = lines[at]
            if not line.strip():
                at += 1
            elif found := _FENCE.fullmatch(line):
                block, at = _code(lines, at, found)
                yield block
            elif found := _HEADING.fullmatch(line):
                yield self._heading(found, number)
                at += 1
            elif _RULE.fullmatch(line):
                yield Rule()
                at += 1
            elif depth < MOST_DEPTH and _QUOTE.match(line):
                end = _end(lines, at, _QUOTE)
                inner = [(number, _QUOTE.sub("", line, count=1)) for number, line in lines[at:end]]
                yield Quote(tuple(self.blocks(inner, depth + 1)))
                at = end
            elif depth < MOST_DEPTH and _ITEM.match(line):
                block, at = self._listing(lines, at, depth)
                yield block
            elif at + 1 < len(lines) and "|" in line and _DASHES.fullmatch(lines[at + 1][1]):
                block, at = _table(lines, at)
                yield block
            else:
                end = _end_of_paragraph(lines, at, depth)
                yield Paragraph(inline("\n".join(line.strip() for _, line in lines[at:end]), number))
                at = end

    def _heading(self, found: re.Match[str], line: int) -> Heading:
        """A heading with a slug that no heading before it has."""
        spans = inline(found[2], line)
        slug = _NO_SLUG.sub("", plain(spans).lower()).replace(" ", "-") or "section"
        count = self.seen[slug] = self.seen.get(slug, -1) + 1
        heading = Heading(len(found[1]), spans, f"{slug}-{count}" if count else slug, line)
        self.headings.append(heading)
        return heading

    def _listing(self, lines: Lines, at: int, depth: int) -> tuple[Listing, int]:
        """The list that begins at a line, and the line after it."""
        first = _ITEM.match(lines[at][1])
        assert first is not None  # noqa: S101 (the caller looked)
        kind, items = first[2][-1], []
        while at < len(lines) and (found := _ITEM.match(lines[at][1])) and found[2][-1] == kind:
            inner, at = _item(lines, at, found)
            items.append(tuple(self.blocks(inner, depth + 1)))
            after = at
            while after < len(lines) and not lines[after][1].strip():
                after += 1
            if after < len(lines) and _ITEM.match(lines[after][1]):
                at = after
        start = int(first[2][:-1]) if first[2][:-1] else None
        return Listing(tuple(items), start), at


def _item(lines: Lines, at: int, found: re.Match[str]) -> tuple[Lines, int]:
    """The lines of a list's item without what is before them, and the line after it."""
    width = found.end() if found[3] else found.end(2) + 1
    inner = [(lines[at][0], lines[at][1][width:])]
    at += 1
    blank = False
    while at < len(lines):
        number, line = lines[at]
        indent = len(line) - len(line.lstrip())
        if line.strip() and indent < width and (blank or _ITEM.match(line) or _starts(line)):
            break
        inner.append((number, line[min(indent, width) :]))
        blank = not line.strip()
        at += 1
    while len(inner) > 1 and not inner[-1][1].strip():
        inner.pop()
        at -= 1
    return inner, at


def _code(lines: Lines, at: int, found: re.Match[str]) -> tuple[Code, int]:
    """The code between a fence and the one that closes it, or the end; and the line after it."""
    indent, fence = len(found[1]), found[2]
    inside = []
    at += 1
    while at < len(lines):
        closing = lines[at][1].strip()
        if closing.startswith(fence) and not closing.strip(fence[0]):
            at += 1
            break
        line = lines[at][1]
        inside.append(line[min(indent, len(line) - len(line.lstrip())) :])
        at += 1
    language, _, title = found[3].strip().partition(" ")
    return Code("\n".join(inside), language, title.strip()), at


def _table(lines: Lines, at: int) -> tuple[Table, int]:
    """The table that begins at a line, each row with as many cells as its head; and the line after it."""
    head = _cells(*lines[at])
    rows = []
    at += 2
    while at < len(lines) and lines[at][1].strip() and not _starts(lines[at][1]):
        cells = _cells(*lines[at])[: len(head)]
        rows.append((*cells, *((),) * (len(head) - len(cells))))
        at += 1
    return Table(head, tuple(rows)), at


def _cells(number: int, line: str) -> tuple[Spans, ...]:
    """The cells of a row; a bar that belongs to a cell stands behind a backslash."""
    inner = line.strip().removeprefix("|")
    if inner.endswith("|") and not inner.endswith("\\|"):
        inner = inner[:-1]
    return tuple(inline(cell.strip().replace("\\|", "|"), number) for cell in _BAR.split(inner))


def _starts(line: str) -> bool:
    """Whether a line begins something that ends a paragraph; of numbered lists, only one that begins with 1 does."""
    item = _ITEM.match(line)
    if item is not None and item[2][:-1] in ("", "1") and item[3]:
        return True
    return any((_HEADING.fullmatch(line), _FENCE.fullmatch(line), _QUOTE.match(line), _RULE.fullmatch(line)))


def _end(lines: Lines, at: int, wanted: re.Pattern[str]) -> int:
    """The first line that does not begin as the one at `at` does."""
    while at < len(lines) and wanted.match(lines[at][1]):
        at += 1
    return at


def _end_of_paragraph(lines: Lines, at: int, depth: int) -> int:
    """The line after a paragraph."""
    at += 1
    while at < len(lines) and lines[at][1].strip() and (depth >= MOST_DEPTH or not _starts(lines[at][1])):
        at += 1
    return at


def inline(text: str, line: int = 0, depth: int = 0) -> Spans:
    """Text of one block as spans; `line` is the one it begins in. What is too long or too deep stays as it was written."""
    if depth > MOST_DEPTH or len(text) > MOST_PARAGRAPH or not _MARKS.search(text):
        return (Span("text", text),) if text else ()
    return tuple(_Inline(text, line, depth).spans())


@dataclass(slots=True)
class _Inline:
    """Reads the spans of one text; brackets, code and emphasis are paired before, in one pass."""

    text: str
    line: int
    depth: int
    pairs: dict[int, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Find which mark closes which."""
        open_brackets: list[int] = []
        runs: dict[str, deque[int]] = {}
        for ticks in _TICKS.finditer(self.text):
            runs.setdefault(ticks[0], deque()).append(ticks.start())
        at = 0
        while found := _MARKS.search(self.text, at):
            at, mark = found.end(), found[0]
            if mark[0] == "`":
                left = runs.get(mark, deque())
                while left and left[0] <= found.start():
                    left.popleft()
                if left:
                    self.pairs[found.start()] = left[0]
                    at = left[0] + len(mark)
            elif mark[-1] == "[":
                open_brackets.append(found.end() - 1)
            elif mark == "]" and open_brackets:
                self.pairs[open_brackets.pop()] = found.start()

    def spans(self) -> Iterator[Span]:
        """The spans of the text, in order."""
        at = shown = 0
        while found := _MARKS.search(self.text, at):
            span, end = self._span(found)
            if span is None:
                at = found.end()
                continue
            if found.start() > shown:
                yield Span("text", self.text[shown : found.start()])
            yield span
            at = shown = end
        if shown < len(self.text):
            yield Span("text", self.text[shown:])

    def _span(self, found: re.Match[str]) -> tuple[Span | None, int]:
        """The span that begins with a mark, if one does, and where it ends."""
        mark, start, end = found[0], found.start(), found.end()
        if mark[0] == "\\":
            return Span("text", mark[1]), end
        if mark[0] == "`":
            close = self.pairs.get(start)
            return (None, end) if close is None else (_code_span(self.text[end:close]), close + len(mark))
        if mark[-1] == "[":
            return self._link(end - 1, "image" if mark[0] == "!" else "link")
        return (None, end) if mark == "]" else self._emphasis(mark, start, end)

    def _link(self, opened: int, kind: str) -> tuple[Span | None, int]:
        """The link or picture whose words begin at a bracket."""
        close = self.pairs.get(opened)
        target = _TARGET.match(self.text, close + 1) if close is not None else None
        if close is None or target is None:
            return None, opened + 1
        line = self.line + self.text.count("\n", 0, opened)
        words, leads = self.text[opened + 1 : close], _ESCAPED.sub(r"\1", target[1])
        if kind == "image":
            return Span(kind, " ".join(_ESCAPED.sub(r"\1", words).split()), (), leads, line), target.end()
        return Span(kind, "", inline(words, line, self.depth + 1), leads, line), target.end()

    def _emphasis(self, mark: str, start: int, end: int) -> tuple[Span | None, int]:
        """The emphasis that a mark begins: it stands before a word, and the same mark after one ends it."""
        if not self._opens(mark, start, end):
            return None, end
        close = self._closing(mark, end)
        if close < 0:
            return None, end
        kind = "strong" if mark == "**" else "em"
        line = self.line + self.text.count("\n", 0, start)
        return Span(kind, "", inline(self.text[end:close], line, self.depth + 1)), close + len(mark)

    def _opens(self, mark: str, start: int, end: int) -> bool:
        """Whether a mark stands where emphasis may begin."""
        after, before = self.text[end : end + 1], self.text[start - 1 : start] if start else ""
        return bool(after) and not after.isspace() and not (mark == "_" and before.isalnum())

    def _closes(self, mark: str, start: int, end: int) -> bool:
        """Whether a mark stands where emphasis may end."""
        return not self.text[start - 1].isspace() and not (mark == "_" and self.text[end : end + 1].isalnum())

    def _closing(self, mark: str, at: int) -> int:
        """Where emphasis ends, or -1; code on the way is passed over."""
        for _ in range(MOST_DEPTH * 4):
            found = _MARKS.search(self.text, at)
            if found is None:
                return -1
            at = found.end()
            if found[0][0] == "`":
                at = self.pairs.get(found.start(), at - len(found[0])) + len(found[0])
            elif found[0] == mark and self._closes(mark, found.start(), at):
                return found.start()
        return -1


def _code_span(text: str) -> Span:
    """A span of code, without the space that keeps a backtick in it apart from the marks."""
    text = text.replace("\n", " ")
    if len(text) > 2 and text[0] == text[-1] == " " and text.strip():  # noqa: PLR2004 (a space on either side)
        text = text[1:-1]
    return Span("code", text)


def codes(blocks: Sequence[Block]) -> Iterator[Code]:
    """All fenced code in some blocks."""
    for block in blocks:
        match block:
            case Code():
                yield block
            case Listing():
                for item in block.items:
                    yield from codes(item)
            case Quote():
                yield from codes(block.blocks)


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
