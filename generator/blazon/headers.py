"""The file `_headers`, from which some hosts (Netlify, Cloudflare Pages) learn what to send with each file; others show it as text.

Rules add up where more than one fits a path, and neither host takes one back. So what embedded cards must not get is never
said of everything.
"""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urlsplit

PATH = "_headers"

_EVERYTHING = ("X-Content-Type-Options: nosniff", "Referrer-Policy: strict-origin-when-cross-origin")
_OPEN = ("Access-Control-Allow-Origin: *",)
_UNFRAMED = ("Content-Security-Policy: frame-ancestors 'none'",)

# Every page but the cards at awards/<id>/embed/, which are made for frames.
_PAGES = (
    *("", "index.html", "404.html", "about/*", "badges/*", "claim/*", "docs/*", "earners/*", "pathways/*", "review/*"),
    *("verify/*", "awards/:award/", "awards/:award/index.html", "awards/:award/certificate/*", "awards/:award/share/*"),
)
# What programs at other addresses fetch; the pictures carry credentials.
_MACHINES = (
    *("did.json", ".well-known/did.json", "index.json", "achievements/*", "endorsements/*", "ob2/*", "status/*"),
    *("awards/:award/credential.json", "awards/:award/assertion.json", "awards/:award/review.json"),
    *("awards/:award/oembed.json", "awards/:award/badge.png", "awards/:award/badge.svg"),
    *("earners/:earner/transcript.json", "earners/:earner/resume.json"),
)
_TYPES = {
    "feed.xml": "application/atom+xml",
    "badges/:badge/feed.xml": "application/atom+xml",
    "earners/:earner/feed.xml": "application/atom+xml",
    "expiries.ics": "text/calendar; charset=utf-8",
    "earners/:earner/vcard.vcf": "text/vcard; charset=utf-8",
    "earners/:earner/cv.txt": "text/plain; charset=utf-8",
}


def text(base: str, more: tuple[str, ...] = ()) -> str:
    """The rules for a site at a base address, where other programs fetch more than from every site: paths count from the host's
    root, also where the site stands below it.
    """
    return "\n".join(_lines(urlsplit(base).path, (*more, *_MACHINES))) + "\n"


def _lines(root: str, machines: tuple[str, ...]) -> Iterator[str]:
    """The lines of the file."""
    yield "# For hosts that read this file; it has to stand at the root of what they publish."
    yield from _rule(f"{root}*", _EVERYTHING)
    for path in _PAGES:
        yield from _rule(f"{root}{path}", _UNFRAMED)
    for path in machines:
        yield from _rule(f"{root}{path}", _OPEN)
    for path, kind in _TYPES.items():
        yield from _rule(f"{root}{path}", (*_OPEN, f"Content-Type: {kind}"))


def _rule(path: str, headers: tuple[str, ...]) -> Iterator[str]:
    """One rule: a path, and below it what is sent."""
    yield path
    yield from (f"  {one}" for one in headers)
