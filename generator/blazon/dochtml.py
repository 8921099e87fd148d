"""Documentation as HTML: the blocks of a text written out by our own hand, every word in them escaped."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from html import escape

from blazon import doctext
from blazon.doclinks import identity
from blazon.doctext import Block, Code, Heading, Listing, Paragraph, Quote, Rule, Span, Spans, Table

_LEVELS = 6
_SHORT = 28  # a line of code that fits the narrowest phone
_PROMPT = "$ "
_OUT = ' rel="noopener noreferrer"'


@dataclass(frozen=True, slots=True)
class Shown:
    """A picture as a page shows it."""

    source: str
    width: int
    height: int


@dataclass(slots=True)
class Writer:
    """Writes blocks of one page. `link` gives a link's address, and `picture` what is known of a picture; None leaves the words.

    `labels` are the patterns for the names of regions that scroll, by what is in them.
    """

    title: str
    link: Callable[[str], str | None]
    picture: Callable[[str], Shown | None]
    labels: Mapping[str, Callable[[str], str]]
    level: int = 1
    under: str = ""
    named: Counter[str] = field(default_factory=Counter)

    def html(self, blocks: Sequence[Block]) -> str:
        """Blocks as HTML."""
        return "\n".join(map(self._block, blocks))

    def _block(self, block: Block) -> str:
        """One block."""
        match block:
            case Heading():
                html = self._heading(block)
            case Paragraph():
                html = f"<p>{self._spans(block.spans)}</p>"
            case Code():
                html = self._code(block)
            case Listing():
                html = self._listing(block)
            case Quote():
                html = f"<blockquote>\n{self.html(block.blocks)}\n</blockquote>"
            case Table():
                html = self._table(block)
            case Rule():
                html = "<hr>"
        return html

    def _heading(self, block: Heading) -> str:
        """A heading that is a link to itself; none is more than one level below the one before."""
        self.level = max(2, min(block.level, self.level + 1, _LEVELS))
        self.under = doctext.plain(block.spans)
        slug, tag = escape(identity(block.slug)), f"h{self.level}"
        return f'<{tag} id="{slug}"><a href="#{slug}">{self._spans(block.spans, linked=False)}</a></{tag}>'

    def _listing(self, block: Listing) -> str:
        """A list; an item of one paragraph has none around it."""
        tag = "ul" if block.start is None else "ol"
        begins = f' start="{block.start}"' if block.start not in (None, 1) else ""
        return f"<{tag}{begins}>\n{''.join(map(self._item, block.items))}</{tag}>"

    def _item(self, blocks: Sequence[Block]) -> str:
        """An item of a list."""
        match blocks:
            case [Paragraph(spans), *rest] if not any(isinstance(one, Paragraph) for one in rest):
                return f"<li>{self._spans(spans)}{self.html(rest)}</li>\n"
        return f"<li>{self.html(blocks)}</li>\n"

    def _code(self, block: Code) -> str:
        """Fenced code, with the name of its file above it; what is typed at a prompt stands out from what is answered."""
        lines = block.text.split("\n")
        inside = "\n".join(map(_LINES.get(block.language, escape), lines))
        caption = f"<figcaption>{escape(block.title)}</figcaption>\n" if block.title else ""
        scrolls = any(len(line) > _SHORT for line in lines)
        region = self._region("code", block.title or self.under or self.title) if scrolls else ""
        return f'<figure class="code">\n{caption}<pre{region}><code>{inside}\n</code></pre>\n</figure>'

    def _table(self, block: Table) -> str:
        """A table that may scroll sideways in a region of its own."""
        head = "".join(f'<th scope="col">{self._spans(cell)}</th>' if cell else "<td></td>" for cell in block.head)
        top = f"<thead><tr>{head}</tr></thead>\n" if any(block.head) else ""
        rows = "".join(f"<tr>{''.join(self._cells(row))}</tr>\n" for row in block.rows)
        region = self._region("table", self.under or self.title)
        return f'<div class="scroll"{region}>\n<table>\n{top}<tbody>\n{rows}</tbody>\n</table>\n</div>'

    def _cells(self, row: Sequence[Spans]) -> Iterator[str]:
        """The cells of a row."""
        yield from (f"<td>{self._spans(cell)}</td>" for cell in row)

    def _region(self, kind: str, title: str) -> str:
        """The attributes of a region that scrolls and can be reached by keyboard, with a name that no other has."""
        name = self.labels[kind](title)
        self.named[name] += 1
        count = self.named[name]
        told = f"{name} ({count})" if count > 1 else name
        return f' role="region" aria-label="{escape(told)}" tabindex="0"'

    def _spans(self, spans: Spans, *, linked: bool = True) -> str:
        """Spans of text; without `linked`, links leave their words."""
        return "".join(self._span(one, linked=linked) for one in spans)

    def _span(self, one: Span, *, linked: bool) -> str:
        """One span."""
        match one.kind:
            case "code":
                return f"<code>{escape(one.text)}</code>"
            case "strong" | "em":
                return f"<{one.kind}>{self._spans(one.inside, linked=linked)}</{one.kind}>"
            case "link":
                href = self.link(one.target) if linked else None
                words = self._spans(one.inside, linked=False)
                return words if href is None else f'<a href="{escape(href)}"{_outside(href)}>{words}</a>'
            case "image":
                return self._image(one)
        return escape(one.text)

    def _image(self, one: Span) -> str:
        """A picture, or its words where there is none."""
        shown = self.picture(one.target)
        if shown is None:
            return escape(one.text)
        size = f'width="{shown.width}" height="{shown.height}"'
        return f'<img src="{escape(shown.source)}" alt="{escape(one.text)}" {size} loading="lazy">'


def _typed(line: str) -> str:
    """A line at a terminal: the prompt before what is typed is not copied with it."""
    if line.startswith(_PROMPT):
        return f"<i>$ </i><b>{escape(line[len(_PROMPT) :])}</b>"
    return escape(line)


def _changed(line: str) -> str:
    """A line of a change to a file: what goes and what comes is told by more than its colour."""
    tag = {"-": "del", "+": "ins"}.get(line[:1], "")
    return f"<{tag}>{escape(line)}</{tag}>" if tag else escape(line)


_LINES = {"console": _typed, "diff": _changed}


def _outside(href: str) -> str:
    """What a link that leaves the site says besides."""
    return _OUT if href.startswith("https://") else ""
