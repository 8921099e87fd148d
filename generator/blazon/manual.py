"""The pages of a program's documentation, each with the list of all others and the way to the next."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache, partial
from itertools import takewhile

from blazon import address, doctext, png, tongues
from blazon.check_docs import shown
from blazon.dochtml import Shown, Writer
from blazon.doclinks import Lead, Links, identity
from blazon.doctext import Block, Document, Heading
from blazon.frame import Frame, Rendered, first_page, linker, near
from blazon.model import DocPage, Docs, DocSection, Repository
from blazon.prose import short
from blazon.render import Theme, written
from blazon.views import DocSectionShown, DocShown, Reference, To
from blazon.words import Words

LONGEST_LEAD = 200
MOST_BESIDE = 12  # with more pages, a section's list is higher than a screen
FEWEST_HEADINGS = 3
MOST_HEADINGS = 24  # with more of them, a page's contents name the sections alone
_BOX = re.compile(
    rb'viewBox\s*=\s*["\']\s*[-\d.]+[\s,]+[-\d.]+[\s,]+(\d{1,6}(?:\.\d{1,6})?)[\s,]+(\d{1,6}(?:\.\d{1,6})?)\s*["\']'
)
_SVG_SIDE = 512


class Manual:
    """Makes the pages of some documentation."""

    def __init__(self, docs: Docs, repository: Repository | None, theme: Theme, frame: Frame) -> None:
        """The manual of a program; its regions are named in its own language where the theme speaks it."""
        self._docs = docs
        self._links = Links(docs, repository)
        self._frame = frame
        self._words = theme.words
        own = docs.language and docs.language != theme.words.language
        self._language = docs.language if own else ""
        self._told = theme.speaking(docs.language).words if own and theme.speaks(docs.language) else theme.words
        self._size = lru_cache(maxsize=256)(self._measured)

    def files(self) -> Iterator[Rendered]:
        """Every page in order, then the pictures that they show."""
        pages = self._docs.pages
        around = zip((None, *pages), pages, (*pages[1:], None), strict=False)
        sections = [section for section in self._docs.sections for _ in section.pages]
        for section, (before, page, after) in zip(sections, around, strict=True):
            yield self._page(section, page, before, after)
        for path in shown(self._docs, self._links):
            yield address.docs_picture(path), self._docs.pictures[path]

    def _page(self, section: DocSection, page: DocPage, before: DocPage | None, after: DocPage | None) -> Rendered:
        """One page."""
        document, path = doctext.read(page.text), address.docs_page(page.path)
        title = document.title
        start = Reference(self._words("docs.title"), first_page(self._docs))
        landing = _reference(section.pages[0])
        between = (Reference(section.title, landing.path),) if landing.path not in (path, start.path) else ()
        head = self._frame.page(
            path,
            title,
            short(document.lead, LONGEST_LEAD) or title,
            crumbs=(Reference(title),) if path == start.path else (start, *between, Reference(title)),
        )
        first, rest = self._written(page, document, near(linker("../" * path.count("/")), path))
        doc = DocShown(
            title=title,
            id=identity(document.headings[0].slug),
            head=written(first),
            rest=written(rest),
            contents=_contents(document),
            language=self._language,
            direction=tongues.direction(self._language) if self._language else "",
            sections=tuple(map(partial(_section_shown, section), self._docs.sections)),
            brief=len(section.pages) <= MOST_BESIDE,
            previous=_reference(before) if before else None,
            next=_reference(after) if after else None,
        )
        return self._frame.render("docs.html", head, doc=doc)

    def _written(self, page: DocPage, document: Document, to: To) -> tuple[str, str]:
        """What stands on a page above its first section, and the sections."""
        writer = Writer(
            document.title,
            partial(self._href, page, to),
            partial(self._picture, page, to),
            {"code": partial(_named, self._told, "docs.code"), "table": partial(_named, self._told, "docs.table")},
        )
        below = document.blocks[1:]
        above: Sequence[Block] = tuple(takewhile(lambda block: not isinstance(block, Heading), below))
        return writer.html(above), writer.html(below[len(above) :])

    def _href(self, page: DocPage, to: To, target: str) -> str | None:
        """The address of a link on a page."""
        found = self._links.follow(page, target)
        if not isinstance(found, Lead):
            return None
        return found.url or _within(page, to, found)

    def _picture(self, page: DocPage, to: To, target: str) -> Shown | None:
        """A picture on a page."""
        found = self._links.picture(page, target)
        return Shown(to(address.docs_picture(found)), *self._size(found)) if isinstance(found, str) else None

    def _measured(self, path: str) -> tuple[int, int]:
        """The width and the height of a picture."""
        data = self._docs.pictures[path]
        if path.endswith(".png"):
            return png.size(data)
        box = _BOX.search(data)
        return (round(float(box[1])), round(float(box[2]))) if box else (_SVG_SIDE, _SVG_SIDE)


def _within(page: DocPage, to: To, found: Lead) -> str:
    """The address of a page of the site, or of a heading; one on the same page is named alone."""
    if found.heading and found.path == address.docs_page(page.path):
        return f"#{found.heading}"
    return to(found.path) + (f"#{found.heading}" if found.heading else "")


def _named(words: Words, key: str, title: str) -> str:
    """The name of a region."""
    return words(key, title=title)


def _reference(page: DocPage) -> Reference:
    """A page by its title."""
    return Reference(doctext.read(page.text).title, address.docs_page(page.path))


def _section_shown(current: DocSection, section: DocSection) -> DocSectionShown:
    """A section in the list of all: with its pages where one of them is shown."""
    first, *others = section.pages
    here = section is current
    pages = tuple(map(_reference, others)) if here else ()
    return DocSectionShown(section.title, address.docs_page(first.path), here, pages)


def _contents(document: Document) -> tuple[Reference, ...]:
    """The headings of a page as links, when there are enough of them to look for one; a great many are in the order of their words."""
    inner = [one for one in document.headings if one.level > 1]
    if len(inner) > MOST_HEADINGS:
        inner = [one for one in inner if one.level == inner[0].level]
    if len(inner) > MOST_HEADINGS:
        inner.sort(key=lambda one: one.slug)
    if len(inner) < FEWEST_HEADINGS:
        return ()
    return tuple(Reference(doctext.plain(one.spans), f"#{identity(one.slug)}") for one in inner)
