"""A source of Pelican: a Markdown page for each page that an award has, with the text of ours."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from itertools import cycle, islice
from pathlib import Path

import hugo

_SETTINGS = """\
SITENAME = "Riverbend Afterschool Network"
SITEURL = ""
PATH = "."
PAGE_PATHS = ["pages"]
ARTICLE_PATHS = ["articles"]
STATIC_PATHS = []
DIRECT_TEMPLATES = []
THEME = "simple"
FEED_ALL_ATOM = CATEGORY_FEED_ATOM = TRANSLATION_FEED_ATOM = AUTHOR_FEED_ATOM = AUTHOR_FEED_RSS = None
TIMEZONE = "UTC"
PAGE_URL = "{slug}/"
PAGE_SAVE_AS = "{slug}/index.html"
DISPLAY_PAGES_ON_MENU = False
"""
_BLOCKS = {"p", "li", "dt", "dd", "h1", "h2", "h3", "div", "section"}


def write(site: Path, awards: int, target: Path) -> None:
    """Write the pages of so many awards, with the texts of the awards of a site in turn."""
    (target / "pages").mkdir(parents=True)
    (target / "articles").mkdir()
    (target / "settings.py").write_text(_SETTINGS, "utf-8")
    folders = sorted((site / "awards").iterdir())
    for number, folder in enumerate(islice(cycle(folders), awards)):
        for path in hugo.PAGES.values():
            name = f"{number}-{Path(path).parent.name or 'award'}"
            text = _markdown((folder / path).read_text("utf-8"))
            (target / "pages" / f"{name}.md").write_text(f"Title: {name}\nSlug: {name}\n\n{text}\n", "utf-8")


def _markdown(page: str) -> str:
    """The text of a page's body, a paragraph for each block."""
    reader = _Text()
    reader.feed(page[page.index("<body") :])
    return "\n\n".join(filter(None, map(str.strip, "".join(reader.pieces).split("\n\n"))))


class _Text(HTMLParser):
    """The text of HTML as Markdown, as far as headings, links and paragraphs."""

    def __init__(self) -> None:
        """Nothing read yet."""
        super().__init__()
        self.pieces: list[str] = []
        self._links: list[str] = []
        self._silent = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Begin a block, a heading or a link."""
        self._silent = self._silent or tag == "script"
        if tag in _BLOCKS:
            self.pieces.append("\n\n" + {"h1": "# ", "h2": "## ", "h3": "### ", "li": "- "}.get(tag, ""))
        elif tag == "a":
            self._links.append(dict(attrs).get("href") or "")
            self.pieces.append("[")

    def handle_endtag(self, tag: str) -> None:
        """End a block or a link."""
        self._silent = self._silent and tag != "script"
        if tag in _BLOCKS:
            self.pieces.append("\n\n")
        elif tag == "a" and self._links:
            self.pieces.append(f"]({self._links.pop()})")

    def handle_data(self, data: str) -> None:
        """Text, but not that of scripts."""
        if not self._silent:
            self.pieces.append(re.sub(r"\s+", " ", data))
