"""What the sheet of an award says, and how large: names of any length and script have to fit on one side of paper."""

from __future__ import annotations

import re
from unicodedata import combining, east_asian_width

from blazon.views import AwardPage, SheetShown
from blazon.words import Words

MOST_REVIEWERS = 3
_WIDE = frozenset("WF")
_WIDENED = re.compile(
    "[\u2630-\u2637\u268a-\u268f\u4dc0-\u4dff\U0001d300-\U0001d356\U0001d360-\U0001d376]"
)  # by Unicode 16
_STEPS = (24, 48, 90, 160)
_STACK = 3


def sheet_shown(award: AwardPage, issuer: str, words: Words) -> SheetShown:
    """The sheet of an award."""
    badge = award.badge
    if badge.level:
        told = f"certificate.level.{badge.level}" if badge.levels == _STACK else "level.of"
        stands = words(told, level=badge.level, levels=badge.levels)
    else:
        stands = words(f"kind.{badge.kind}")
    names = list(dict.fromkeys(reviewer.name for reviewer in award.reviewers))
    more = len(names) - MOST_REVIEWERS
    if more > 0:
        names = [*names[:MOST_REVIEWERS], words("certificate.more", count=more)]
    return SheetShown(
        stands=stands,
        reviewers=words.all_of(names),
        name_size=size(award.name),
        badge_size=size(badge.name),
        issuer_size=size(issuer),
    )


def size(text: str) -> int:
    """How a text is set: 1 is the largest size, 5 the smallest, which holds the longest name that a file may have."""
    wide = columns(text)
    return next((number for number, most in enumerate(_STEPS, 1) if wide <= most), len(_STEPS) + 1)


def columns(text: str) -> int:
    """About how wide a text is, in Latin letters: a Chinese, Japanese or Korean one counts for two, a mark on another for none."""
    if text.isascii():
        return len(text)
    return sum(0 if combining(letter) else 2 if _is_wide(letter) else 1 for letter in text)


def _is_wide(letter: str) -> bool:
    """Whether a letter takes the room of two, in the eyes of any Python: those know Unicode 14 to 16."""
    return east_asian_width(letter) in _WIDE or _WIDENED.fullmatch(letter) is not None
