"""Where the links of a built site lead: each address inside it is one of its files, and each fragment an id of that page."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from html import unescape
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urldefrag, urljoin, urlsplit

# Attributes that hold one address.
_ADDRESSES = {"href", "src", "poster", "data", "action", "cite"}
_TEXTS = {".css", ".html", ".ics", ".json", ".txt", ".vcf", ".xml"}
_MARKED, _FOLDED = {".html", ".xml"}, {".ics", ".vcf"}  # where characters are references, and lines are folded
# What documents name because the addresses of others begin so.
_BEGINNINGS = {"awards/"}
# Identifiers that are no pages: the issuer's own names for things, which nobody opens.
_NAMES = re.compile(r"#(?:earner|key-|demo)")


@dataclass
class Links(HTMLParser):
    """The addresses that a page holds, with the tag and attribute of each, and the ids that others can lead to."""

    found: list[tuple[str, str]] = field(default_factory=list)
    ids: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        """A page of which nothing was read yet."""
        super().__init__()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note what a tag leads to, and what it is called."""
        values = {name: value or "" for name, value in attrs}
        self.ids.add(values.get("id", ""))
        self.found += ((f"{tag}[{name}]", value) for name, value in values.items() if name in _ADDRESSES)
        self.found += ((f"{tag}[srcset]", one.split()[0]) for one in values.get("srcset", "").split(",") if one.strip())
        if tag == "meta" and values.get("content", "").startswith("https://"):
            self.found.append((f"meta[{values.get('property') or values.get('name')}]", values["content"]))


@cache
def links_of(text: str) -> Links:
    """What a page holds."""
    links = Links()
    links.feed(text)
    links.close()
    return links


def broken(site: Path, base: str) -> Iterator[tuple[str, str, str, str, str]]:
    """Every address inside a built site that leads nowhere: page, "links", rule, place and address.

    `base` is the address that the site answers at, which ends with a slash.
    """
    files = {path.relative_to(site).as_posix(): path for path in sorted(site.rglob("*")) if path.is_file()}
    pages = {name: links_of(path.read_text("utf-8")) for name, path in files.items() if path.suffix == ".html"}
    for name, links in pages.items():
        own = base + (name.removesuffix("index.html") if name != "404.html" else "nothing/is/here/")
        for place, address in links.found:
            here = urljoin(own if name != "404.html" else base + name, address) if address.startswith("#") else ""
            rule = fault(here or urljoin(own, address), base, files, pages)
            if rule and not (rule == "outside-base" and "//" in address):
                yield name, "links", rule, place, address
    yield from _in_texts(files, base, pages)


def _in_texts(
    files: Mapping[str, Path], base: str, pages: Mapping[str, Links]
) -> Iterator[tuple[str, str, str, str, str]]:
    """Addresses of the site that stand in the text of feeds, data and style sheets, or between the tags of pages."""
    whole = re.compile(re.escape(base) + r"[^\s\"'<>\\)\]}|,;]*")
    for name, path in files.items():
        if path.suffix not in _TEXTS:
            continue
        text = path.read_bytes().decode("utf-8")
        text = (
            unescape(text) if path.suffix in _MARKED else text.replace("\r\n ", "") if path.suffix in _FOLDED else text
        )
        for address in sorted({one.rstrip(".:") for one in whole.findall(text)}):
            plain = re.sub(_NAMES, "#", address)
            rule = fault(urldefrag(plain).url if path.suffix != ".html" else plain, base, files, pages)
            begins = path.suffix == ".json" and address.removeprefix(base) in _BEGINNINGS
            if rule and not begins:
                yield name, "links", f"text-{rule}", "text", address


def fault(address: str, base: str, files: Mapping[str, Path], pages: Mapping[str, Links]) -> str:
    """What is wrong with an address, nothing if it leads outside or to where something is."""
    plain, fragment = urldefrag(address)
    if not plain.startswith(base):
        own = urlsplit(base)
        parts = urlsplit(plain)
        return "outside-base" if (parts.scheme, parts.netloc) == (own.scheme, own.netloc) and own.path != "/" else ""
    name = unquote(urlsplit(plain).path.removeprefix(urlsplit(base).path))
    target = f"{name}index.html" if not name or name.endswith("/") else name
    if target not in files:
        return "no-file"
    if fragment and target in pages and unquote(fragment) not in pages[target].ids:
        return "no-fragment"
    return ""
