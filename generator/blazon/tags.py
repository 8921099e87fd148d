"""Parts of addresses for words that people chose, such as the name of a skill: in any script, and the same for ever."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from hashlib import sha256
from unicodedata import normalize

MOST_LETTERS = 48
SHORT_DIGEST = 8

_SPACES = re.compile(r"[\s-]+")
_PLAIN = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_OTHER = re.compile(r"[^a-z0-9]+")


def tags(names: Iterable[str]) -> Mapping[str, str]:
    """A tag for each name. Names that differ in case, spaces and hyphens alone share one: they mean the same word.

    A tag depends on its own name and not on the others, so it stays when a name is added or goes. The exception are two
    names whose digests begin alike, which are then told apart by the whole digest.
    """
    words = {name: word(name) for name in names}
    short = {one: tag(one) for one in set(words.values())}
    taken: dict[str, int] = {}
    for one in short.values():
        taken[one] = taken.get(one, 0) + 1
    return {name: short[one] if taken[short[one]] == 1 else tag(one, 64) for name, one in words.items()}


def word(name: str) -> str:
    """A name as it is compared: `First  Aid` as `first-aid`."""
    return _SPACES.sub("-", normalize("NFKC", name).casefold()).strip("-")


def tag(one: str, digits: int = SHORT_DIGEST) -> str:
    """The tag of a compared name: itself when it can stand in an address, else its plain letters and a digest.

    `digits` is how many hex digits of the digest are said.
    """
    if _PLAIN.fullmatch(one) and len(one) <= MOST_LETTERS:
        return one
    bare = normalize("NFKD", one).encode("ascii", "ignore").decode()
    letters = _OTHER.sub("-", bare)[:MOST_LETTERS].strip("-")
    digest = sha256(one.encode()).hexdigest()[:digits]
    return f"{letters}-{digest}" if letters else digest
