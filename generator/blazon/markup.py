"""Text of others inside the Markdown that GitHub shows: it means itself, and nothing in it comes to life.

Behind Markdown, GitHub looks at the text of a page once more for names, numbers of issues, addresses and commits, whatever was
escaped before. A character that nobody sees keeps those apart; inside `<code>` it does not look.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from itertools import accumulate

from blazon.diagnostics import printable

LARGEST = 900_000  # bytes; GitHub takes 1 MiB for what one step says

_NUMBER = 32  # bytes that are enough for a number and the ends of two lines
_MARKUP = re.compile(r"[\\`*_{}\[\]<>#|~$&@:!\"]")
_NOTHING = "&#8203;"  # a space without width
# A name or an address, a number of an issue, the beginning of an address or of an emoji, and what looks like a commit.
_ALIVE = re.compile(r"[@#](?=\S)|:(?=\S)|\bwww(?=\.)|\bgh-(?=\d)|[0-9a-f]{6}(?=[0-9a-f])", re.IGNORECASE)
_RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff]")


def text(words: str) -> str:
    """Text on one line that is read as it stands; what runs from right to left does not turn its surroundings."""
    shown = printable(words)
    parts, end = [], 0
    for found in _ALIVE.finditer(shown):
        parts += [_entities(shown[end : found.end()]), _NOTHING]
        end = found.end()
    escaped = "".join((*parts, _entities(shown[end:])))
    return f"\u2068{escaped}\u2069" if _RIGHT_TO_LEFT.search(shown) else escaped


def code(words: str) -> str:
    """Text on one line to be copied."""
    return f"<code>{_entities(printable(words))}</code>" if words else ""


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> list[str]:
    """The lines of a table whose cells are Markdown."""
    return [_row(head), _row(["---"] * len(head)), *map(_row, rows)]


def fitted(lines: Sequence[str], left_out: str, most: int = LARGEST) -> list[str]:
    """As many lines as fit into so many bytes. When some do not, `left_out` comes last, with their number in the place of `{}`."""
    ends = list(accumulate(len(line.encode()) + 1 for line in lines))
    if not ends or ends[-1] <= most:
        return list(lines)
    number = bisect_right(ends, most - len(left_out.encode()) - _NUMBER)
    return [*lines[:number], "", left_out.format(f"{len(lines) - number:,}")]


def _row(cells: Sequence[str]) -> str:
    """One row of a table."""
    return f"| {' | '.join(cells)} |"


def _entities(shown: str) -> str:
    """Text with every character by its number that Markdown or HTML takes for more than itself."""
    return _MARKUP.sub(lambda found: f"&#{ord(found[0])};", shown)
