"""How an award is put into other places: their addresses, and the text to paste, escaped for each of their languages."""

from __future__ import annotations

import re
from datetime import datetime
from functools import lru_cache
from html import escape
from urllib.parse import quote

from blazon.views import BadgeShown
from blazon.words import Words

EMBED_WIDTH, EMBED_HEIGHT = 320, 180
LINKEDIN = "https://www.linkedin.com/profile/add"

_SPACE = re.compile(r"\s+")
# What CommonMark reads as markup within a line; each of them may stand behind a backslash (§2.4).
_MARKUP = re.compile(r"([\\`*_\[\]<>&|~$!])")


def linkedin(name: str, organization: str, issued: datetime, expires: datetime | None, url: str, identity: str) -> str:
    """The address that opens LinkedIn's form for a licence or certificate with what it asks for filled in."""
    ends = f"&expirationYear={expires.year}&expirationMonth={expires.month}" if expires else ""
    return (
        f"{LINKEDIN}?startTask=CERTIFICATION_NAME&name={_encoded(name)}&organizationName={_encoded(organization)}"
        f"&issueYear={issued.year}&issueMonth={issued.month}{ends}"
        f"&certUrl={quote(url, safe='')}&certId={quote(identity, safe='')}"
    )


def cv_line(words: Words, issuer: str, badge: BadgeShown, issued: datetime, expires: datetime | None, url: str) -> str:
    """An award as a line of a CV: badge, level, issuer, month and address; an award that runs out says until when."""
    date = words.month(issued)
    if expires is not None:
        date = words("share.span", start=date, end=words.month(expires))
    key = "share.cv_line_level" if badge.level else "share.cv_line"
    return words(key, badge=badge.name, level=badge.level, issuer=issuer, date=date, address=url)


def description(words: Words, issuer: str, name: str, badge: BadgeShown, issued: datetime) -> str:
    """An award in a sentence, and what its badge stands for: what the head of its page says."""
    return words("award.description", name=name, issuer=issuer, date=words.day(issued), summary=badge.summary)


def announcement(
    words: Words, issuer: str, name: str, badge: BadgeShown, issued: datetime, expires: datetime | None
) -> str:
    """The same, and whether the award runs out: what feeds tell."""
    ends = words("state.expires", date=words.day(expires)) if expires else words("state.never")
    return f"{description(words, issuer, name, badge, issued)} {ends}"


def frame(url: str, title: str) -> str:
    """HTML that shows the card of an award in a page of somebody else."""
    return (
        f'<iframe src="{_html(url)}" title="{_html(title)}" width="{EMBED_WIDTH}" height="{EMBED_HEIGHT}" '
        'style="border:0" loading="lazy"></iframe>'
    )


def picture(url: str, image: str, alt: str) -> str:
    """HTML of a picture that leads to an award."""
    return f'<a href="{_html(url)}"><img src="{_html(image)}" alt="{_html(alt)}" width="200" height="200"></a>'


def markdown(url: str, image: str, alt: str) -> str:
    """The same in Markdown. The addresses are ours and have no character that would end them."""
    label = _MARKUP.sub(r"\\\1", one_line(alt))
    return f"[![{label}]({image})]({url})"


def signature(url: str, image: str, alt: str, lines: tuple[str, ...], link: str) -> str:
    """HTML for the end of an e-mail: the picture beside lines of text, as a table since mail programs know little else."""
    first, *rest = map(_html, lines)
    text = "<br>".join([f"<strong>{first}</strong>", *rest, f'<a href="{_html(url)}">{_html(link)}</a>'])
    return (
        '<table role="presentation" cellpadding="0" cellspacing="0"><tr>'
        f'<td><a href="{_html(url)}"><img src="{_html(image)}" alt="{_html(alt)}" width="80" height="80" style="border:0"></a></td>'
        f'<td style="padding:0 12px">{text}</td></tr></table>'
    )


def one_line(text: str) -> str:
    """Text on one line, with single spaces."""
    return _SPACE.sub(" ", text).strip()


@lru_cache(maxsize=1024)
def _encoded(text: str) -> str:
    """Text as a value in an address; what a badge and its issuer are called comes back with every award."""
    return quote(text, safe="")


@lru_cache(maxsize=1024)
def _html(text: str) -> str:
    """Text on one line that means itself between tags and in quotes."""
    return escape(one_line(text))
