"""Whether a site answers as it was built: what must be there after a deployment is fetched from its own address, and compared."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from blazon import address, folder, jsontext, lookup
from blazon.diagnostics import BlazonError, printable
from blazon.jsontext import Unreadable, quoted
from blazon.lookup import Published
from blazon.online import Seen
from blazon.outcome import Doubt

_GOOD, _MISSING = 200, (404, 410)
_PAUSES = (2.0, 4.0, 8.0, 16.0, 30.0)  # seconds; the last one again and again
_OF_EVERY_SITE = (
    address.HOME,
    address.ISSUER,
    address.REVOCATIONS,
    "did.json",
    ".well-known/did.json",
    address.KEY_LIST,
    address.COMPROMISED_KEYS,
)
_OF_AN_AWARD = ("index.html", "credential.json", "assertion.json", "badge.png", "badge.svg")
_LIST = re.compile(r"status/[^/]+\.json")
_CREDENTIAL = re.compile(r"(awards/[^/]+/)credential\.json")
_TYPES = {".json": "application/json", ".svg": "image/svg+xml", ".html": "text/html"}


@dataclass(frozen=True, slots=True)
class Expected:
    """A file of a built site and the address at which it has to answer."""

    url: str
    path: str
    data: bytes

    @property
    def type(self) -> str:
        """The media type without which others cannot use it, or "" where any will do."""
        return next((kind for ending, kind in _TYPES.items() if self.path.endswith(ending)), "")


@dataclass(frozen=True, slots=True)
class Fault:
    """An address that does not answer as it should: a sentence, what is likely wrong, and whether nothing came from the network."""

    url: str
    sentence: str
    hint: str = ""
    unreachable: bool = False


@dataclass(frozen=True, slots=True)
class Confirmed:
    """How many addresses were looked at, how many of them fit, what is wrong with the others, and what is worth to be known of those
    that fit.
    """

    addresses: int
    fitting: int
    faults: tuple[Fault, ...]
    notes: tuple[Fault, ...]


def expected(root: Path) -> list[Expected]:
    """What must answer: key document, status lists, issuer, home page, and the newest award in all its forms.

    Raises BlazonError when the folder is no built site.
    """
    try:
        site = lookup.published(folder.reader(root))
        found = [_file(site, path) for path in _wanted(list(folder.listing(root)), site.read)]
    except Unreadable as error:
        message = f"{printable(str(root))} is no built site: {error}"
        raise BlazonError(message, "name the folder that was deployed, such as dist/.", 2) from None
    return [one for one in found if one is not None]


def home(wanted: Sequence[Expected]) -> str:
    """The address of the site that files belong to; every site has a key document."""
    first = wanted[0]
    return first.url.removesuffix(first.path.removesuffix("index.html"))


def confirm(
    wanted: Sequence[Expected],
    ask: Callable[[str], Seen],
    seconds: float,
    clock: Callable[[], float],
    sleep: Callable[[str, float], None],
) -> Confirmed:
    """Ask until every address fits or the time is over, with growing pauses; what fits is not asked again.

    `sleep` is told how it stands and for how many seconds to wait. `ask` raises Doubt when nothing comes.
    """
    ends, pauses = clock() + seconds, iter(_PAUSES)
    left, notes = list(wanted), list[Fault]()
    while True:
        seen = [(one, *_looked(one, ask)) for one in left]
        notes += [note for _, fault, found in seen if fault is None for note in found]
        faults = [fault for _, fault, _ in seen if fault is not None]
        left = [one for one, fault, _ in seen if fault is not None]
        pause = min(next(pauses, _PAUSES[-1]), ends - clock())
        if not left or pause <= 0:
            told = [one for one in faults if not one.unreachable]
            told += _together([one for one in faults if one.unreachable])
            return Confirmed(len(wanted), len(wanted) - len(left), tuple(told), tuple(_together(notes)))
        sleep(f"{len(wanted) - len(left)} of {len(wanted)} addresses answer as they were built", pause)


def _wanted(paths: Sequence[str], read: Callable[[str], bytes | None]) -> Iterator[str]:
    """The paths that are looked at, among those of a site."""
    there = {*paths}
    yield from (path for path in _OF_EVERY_SITE if path in there)
    yield from filter(_LIST.fullmatch, paths)
    if newest := _newest(paths, read):
        yield from (newest + name for name in _OF_AN_AWARD if newest + name in there)


def _newest(paths: Sequence[str], read: Callable[[str], bytes | None]) -> str:
    """The folder of the award that was issued last, "" where there is none; of those of one moment the last by name."""
    found = []
    for path in paths:
        if match := _CREDENTIAL.fullmatch(path):
            credential = jsontext.parse(read(path) or b"{}")
            found.append((str(credential.get("validFrom")), match[1]))
    return max(found, default=("", ""))[1]


def _file(site: Published, path: str) -> Expected | None:
    """A file of a site with its address."""
    data = site.read(path)
    return None if data is None else Expected(site.base + path.removesuffix("index.html"), path, data)


def _looked(one: Expected, ask: Callable[[str], Seen]) -> tuple[Fault | None, list[Fault]]:
    """What is wrong with the answer of an address, and what is worth to be known of it."""
    try:
        seen = ask(one.url)
    except Doubt as why:
        hint = "look whether the host is up, and whether its name leads to it"
        return Fault(one.url, f"nothing came: {why}.", hint, unreachable=True), []
    return _compared(one, seen), list(_notes(one, seen))


def _compared(one: Expected, seen: Seen) -> Fault | None:
    """What is wrong with an answer, if anything."""
    if seen.status in _MISSING:
        return Fault(one.url, f"it is missing: the host answered with {seen.status}.", _why_missing(one))
    if seen.status != _GOOD:
        return Fault(one.url, f"the host answered with {seen.status}.", "look at what the host says of the deployment")
    if seen.data != one.data:
        return _difference(one, seen)
    if one.type and not _is_of(seen.type, one.type):
        shown = quoted(seen.type) if seen.type else "no type"
        hint = f'let the host send {one.path[one.path.rfind(".") :]} files as {one.type}; the file "_headers" says it to some'
        return Fault(one.url, f"it comes as {shown}, and has to be {one.type}.", hint)
    return None


def _why_missing(one: Expected) -> str:
    """What is likely wrong when an address is missing."""
    if one.path.startswith("."):
        return (
            "folders whose name begins with a dot were left out: upload with hidden files (include-hidden-files: true)"
        )
    return (
        "the deployment is not there yet, or the host shows the site at another address than that in content/site.yaml"
    )


def _difference(one: Expected, seen: Seen) -> Fault:
    """How an answer differs from what was built, and why that may be."""
    if one.path.endswith(".html") and one.data.strip() in seen.data:
        hint = "switch off what it adds to pages, such as counting visits or hiding addresses"
        return Fault(one.url, "the host adds something of its own to the page.", hint)
    sentence = f"it is not what was built: {len(seen.data):,} bytes in place of {len(one.data):,}."
    return Fault(one.url, sentence, "the host still shows an earlier deployment: wait, or clear its cache")


def _is_of(found: str, wanted: str) -> bool:
    """Whether a media type is as good as the one that is wanted."""
    return found == wanted or (
        wanted == "application/json" and found.startswith("application/") and found.endswith("+json")
    )


def _notes(one: Expected, seen: Seen) -> Iterator[Fault]:
    """What is worth to be known of an answer that fits."""
    if seen.url and seen.url != one.url:
        hint = "not every verifier follows: let the host answer at the address in content/site.yaml itself"
        yield Fault(one.url, f"it leads on to {seen.url}.", hint)
    if one.path.endswith(".json") and not seen.open_to_all:
        hint = 'verifiers in pages of others cannot read it: let the host send "Access-Control-Allow-Origin: *"'
        yield Fault(one.url, "other sites may not read it.", hint)


def _together(found: Sequence[Fault]) -> Iterator[Fault]:
    """What is said of several addresses in the same words as one, which names the first."""
    same: dict[tuple[str, str], list[Fault]] = {}
    for note in found:
        key = note.hint, note.hint if note.sentence.startswith("other") else note.sentence
        same.setdefault(key, []).append(note)
    for alike in same.values():
        more = f" (and {len(alike) - 1} more)" if alike[1:] else ""
        yield replace(alike[0], url=f"{alike[0].url}{more}")
