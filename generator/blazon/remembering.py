"""What the last build was made from and what it said, so that the same build need not be made again.

It is a small file beside the site, and it is never needed: whatever is wrong with it, everything is built.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path
from types import MappingProxyType
from typing import Any

from blazon import __version__, disk, files, glance, hands, jsontext, signatures, swap
from blazon.diagnostics import Place, Report, printable
from blazon.glance import Seen
from blazon.jsontext import Unreadable
from blazon.keys import Secret
from blazon.order import Order

LARGEST = 1 << 20

_TOPS = ("content", "keys", *files.OTHERS)
MODE = 0o600  # git keeps no such mode: a file that came with a repository is never believed
_CODE = re.compile(r"[a-z0-9-]{1,64}")


@dataclass(frozen=True, slots=True)
class Said:
    """What a build said when it was done: warnings, the number of files it was made from, two sentences, and how large the site is."""

    report: Report
    sources: int
    sentences: Sequence[str]
    files: int
    size: int


def unchanged(order: Order, secrets: Callable[[], Sequence[Secret]]) -> Said | None:
    """What the last build said, when the same build would be made from the same files and keys and its site is as it was written.

    None when anything may be different, or nothing is remembered. The secrets are asked for last, as a build does.
    """
    place = swap.record_of(order.target)
    if not order.began or place is None:
        return None
    try:
        data, mode = disk.read_plain(place, LARGEST)
        digest, text = data.split(b"\n", 2)[:2]
        if mode != MODE or digest != _seal(text) or not swap.is_settled(order.target):
            return None
        kept = jsontext.parse(text, LARGEST - 1)
        said, keys, since = _said(kept), kept["keys"], _number(kept["began"], 2**63)
        same = kept["sources"] == sources(order, since) and kept["site"] == _site(order)
    except (OSError, Unreadable, glance.Unclear, LookupError, TypeError, ValueError):
        return None
    return said if same and keys == _publics(secrets()) else None


def sources(order: Order, began: int) -> str:
    """A digest of all that a build is made from but the secrets. Raises OSError or glance.Unclear when it cannot be told."""
    root, place = order.root.resolve(), swap.record_of(order.target) or order.target
    named = [sha256(disk.read_given(path, signatures.LARGEST)).hexdigest() for path in order.signatures]
    wanted = repr(replace(order, root=root, target=place, signatures=(), processes=0, executor="", began=0))
    besides = sorted({files.shipped_themes(), Path(__file__).parent})
    ours = place.name if place.parent.resolve() == root else ""
    seen = glance.of_sources(root, _TOPS, besides, ours, began)
    return _digest([__version__, *glance.installed(), wanted, *named, seen])


def _site(order: Order, known: Mapping[str, Seen] = MappingProxyType({})) -> str:
    """A digest of the marks of the site that is there. Raises OSError when it cannot be read."""
    several = hands.chosen(hands.FEWEST_AWARDS, 0, order.processes)
    return glance.whole(glance.parts_of_site(order.target, several, known))


def begun(order: Order) -> str:
    """The digest of what a build is about to be made from; "" when nothing is to be remembered of it."""
    if not order.began:
        return ""
    try:
        return sources(order, order.began)
    except (OSError, glance.Unclear):
        return ""


def remember(
    order: Order,
    made_from: str,
    secrets: Sequence[Secret],
    said: Said,
    recalled: Callable[[str], bytes] = lambda _site: b"",
    known: Mapping[str, Seen] = MappingProxyType({}),
) -> None:
    """Keep what a build was made from and what it said, once its site is in its place; where that cannot be kept, it is not.

    `recalled` gives, for the digest of the site, what else is kept: it stands behind the rest, and is not looked at here. Parts of the
    site that are `known` were taken over from the last one.
    """
    place = swap.record_of(order.target)
    if not made_from or place is None:
        return
    try:
        site = _site(order, known)
        kept = {
            "began": str(order.began),
            "sources": made_from,
            "site": site,
            "keys": _publics(secrets),
            "said": _written(said),
        }
        text = jsontext.compact(kept).encode()
        if len(text) < LARGEST // 2:
            disk.put_over(place, b"\n".join((_seal(text), text, recalled(site))), MODE)
    except (OSError, ValueError):  # a full disk, or a name of half a character: the next build is a whole one
        return


def _seal(text: bytes) -> bytes:
    """What stands before the rest of the file, and tells whether it is as it was written."""
    return sha256(text).hexdigest().encode()


def _publics(secrets: Sequence[Secret]) -> list[str]:
    """The public halves of the keys that sign."""
    return [one.public.hex() for one in secrets]


def _digest(parts: Sequence[str]) -> str:
    """One digest of several texts."""
    return sha256(jsontext.compact(parts).encode("utf-8", "surrogateescape")).hexdigest()


def _written(said: Said) -> dict[str, object]:
    """What was said, as JSON."""
    report = [
        [one.code, one.place.path, one.place.line, one.place.column, one.message, one.hint] for one in said.report
    ]
    return {
        "report": report,
        "sources": said.sources,
        "sentences": list(said.sentences),
        "files": said.files,
        "size": said.size,
    }


def _said(kept: dict[str, Any]) -> Said:
    """What was said, from JSON. Raises LookupError, TypeError or ValueError when it is anything else."""
    said, report = kept["said"], Report()
    for code, path, line, column, message, hint in said["report"]:
        if not _CODE.fullmatch(code):
            raise ValueError(code)
        place = Place(_text(path), _number(line), _number(column))
        report.warn(code, place, _text(message), _text(hint))
    sentences = [printable(_text(one)) for one in said["sentences"]]
    return Said(report, _number(said["sources"]), sentences, _number(said["files"]), _number(said["size"]))


def _text(value: object) -> str:
    """A value that is a text. Raises TypeError for any other."""
    if not isinstance(value, str):
        raise TypeError(value)
    return value


def _number(value: object, most: int = jsontext.LARGEST_INTEGER) -> int:
    """A number from 0 to `most`, which may be written as a text. Raises TypeError or ValueError for anything else."""
    number = int(value) if isinstance(value, str) and value.isascii() and value.isdecimal() else value
    if not isinstance(number, int) or isinstance(number, bool):
        raise TypeError(value)
    if not 0 <= number <= most:
        raise ValueError(value)
    return number
