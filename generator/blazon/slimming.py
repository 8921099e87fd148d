"""Style sheets and scripts as browsers get them: without the comments, indentation and empty lines that are for their authors."""

from __future__ import annotations

import re

_STRING_OR_COMMENT = re.compile(r"\"(?:\\.|[^\"\\\n])*\"|'(?:\\.|[^'\\\n])*'|url\([^)\"']*\)|/\*.*?\*/", re.DOTALL)
_APART = frozenset("\n\t {};")  # what may stand before a comment that goes, so that it parts no words
_KEPT = re.compile(r"/\*!|licen[cs]e|copyright", re.IGNORECASE)


def sheet(text: str) -> str:
    """A style sheet without comments, but for those about a licence, and without what begins and ends its lines.

    A string that goes on in the next line keeps its sheet as it is.
    """
    if "\\\n" in text:
        return text
    return "\n".join(filter(None, map(str.strip, _STRING_OR_COMMENT.sub(_uncommented, text).split("\n"))))


def script(text: str) -> str:
    """A script without comments that have lines of their own, but for those about a licence, and without indentation.

    Where lines may be part of a string, everything stays as it is.
    """
    if "`" in text or "\\\n" in text:
        return text
    return "\n".join(line for line in map(str.strip, text.split("\n")) if line and not _is_comment(line))


def _uncommented(found: re.Match[str]) -> str:
    """What is left of a comment; strings and addresses are left as they are."""
    text, before = found[0], found.string[: found.start()][-1:]
    return "" if text.startswith("/*") and before in {"", *_APART} and not _KEPT.search(text) else text


def _is_comment(line: str) -> bool:
    """Whether a line of a script is nothing but a comment that can go; one that ends an older comment cannot."""
    return line.startswith("//") and "*/" not in line and not _KEPT.search(line)
