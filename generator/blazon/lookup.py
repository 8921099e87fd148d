"""Where a verifier finds the documents that a badge names: a built site, or files that somebody handed over. Never the network."""

from __future__ import annotations

import re
from collections import OrderedDict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Protocol, TypeVar

from blazon import jsontext
from blazon.jsontext import Unreadable
from blazon.outcome import Doubt

T = TypeVar("T")

_DID_WEB = re.compile(
    r"did:web:([a-z0-9](?:[a-z0-9.-]*[a-z0-9])?)(%3A[0-9]{1,5})?((?::[A-Za-z0-9_~-][A-Za-z0-9._~-]*)*)"
)
_HTTPS = re.compile(r"https://[a-z0-9][a-z0-9.-]*(?::[0-9]{1,5})?/[A-Za-z0-9._~/-]*")
_PATH = re.compile(r"(?:[A-Za-z0-9_~-][A-Za-z0-9._~-]*/)*[A-Za-z0-9_~-][A-Za-z0-9._~-]*")
_WELL_KNOWN = ".well-known/did.json"
_MOST_MADE = 32


class Sources(Protocol):
    """Answers for addresses."""

    def document(self, url: str) -> bytes | None:
        """The bytes at an address, or None when this source has nothing there. Raises Doubt to say why it has nothing."""


@dataclass(frozen=True, slots=True)
class Published:
    """A built site: addresses below its base are its files. `read` gives a file by its path, or None."""

    base: str
    read: Callable[[str], bytes | None]

    def document(self, url: str) -> bytes | None:
        """The file of the site at an address; a path that is not plainly one of ours is not looked for."""
        path = url.removeprefix(self.base)
        if not url.startswith(self.base) or not (path == _WELL_KNOWN or _PATH.fullmatch(path)):
            return None
        return self.read(path)


@dataclass(frozen=True, slots=True)
class Given:
    """Documents that somebody handed over, by the address at which each says it lives."""

    documents: Mapping[str, bytes]

    def document(self, url: str) -> bytes | None:
        """The document that names this address as its own."""
        return self.documents.get(url)


@dataclass(frozen=True, slots=True)
class Several:
    """Sources that are asked in turn."""

    sources: tuple[Sources, ...]

    def document(self, url: str) -> bytes | None:
        """The first answer."""
        answers = (source.document(url) for source in self.sources)
        return next((answer for answer in answers if answer is not None), None)


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """A source for whatever does not lie below an address: a site that is looked at whole answers for itself."""

    base: str
    source: Sources

    def document(self, url: str) -> bytes | None:
        """What the source has, or None for an address of the site's own."""
        return None if url.startswith(self.base) else self.source.document(url)


class Remembered:
    """A source for one run at one moment: what was made of a document is kept, so that nothing is read and checked once more
    for each badge. What was not used for long is forgotten, so a run over many badges stays small.
    """

    def __init__(self, sources: Sources) -> None:
        """Nothing is known yet."""
        self.behind = sources
        self._made: OrderedDict[tuple[str, ...], object] = OrderedDict()

    def document(self, url: str) -> bytes | None:
        """What the source behind it has."""
        return self.behind.document(url)

    def made(self, key: tuple[str, ...], make: Callable[[], T]) -> T:
        """What was made under a key, or the doubt that was left."""
        if key not in self._made:
            try:
                self._made[key] = make()
            except Doubt as doubt:
                self._made[key] = doubt
            if len(self._made) > _MOST_MADE:
                self._made.popitem(last=False)
        self._made.move_to_end(key)
        found = self._made[key]
        if isinstance(found, Doubt):
            raise type(found)(*found.args)
        return found  # type: ignore[return-value] # one key is made in one way


def remembered(sources: Sources) -> Remembered:
    """A source that remembers, or the very one when it does already."""
    return sources if isinstance(sources, Remembered) else Remembered(sources)


def answers_for(sources: Sources, base: str) -> bool:
    """Whether among some sources is the built site of an address, so that what is not in there is not published."""
    match sources:
        case Published():
            return sources.base == base
        case Several():
            return any(answers_for(one, base) for one in sources.sources)
        case Remembered():
            return answers_for(sources.behind, base)
    return False


def published(read: Callable[[str], bytes | None]) -> Published:
    """A built site, whose base address is told by its own key document.

    Raises Unreadable when there is no key document, or none that names a did:web.
    """
    data = read("did.json") or read(_WELL_KNOWN)
    if data is None:
        raise Unreadable("there is no did.json in this folder, so it is not a built site.")
    base = home(str(jsontext.parse(data).get("id")))
    if base is None:
        raise Unreadable("the did.json in this folder does not say whose it is.")
    return Published(base, read)


def given(files: Iterable[bytes]) -> Given:
    """Key documents and status lists that were handed over as files.

    Raises Unreadable for a file that is not JSON or has no id that leads to an address.
    """
    found: dict[str, bytes] = {}
    for data in files:
        name = jsontext.parse(data).get("id")
        url = key_document_url(name) if isinstance(name, str) else None
        if url is None:
            raise Unreadable("it has no id that leads to an address.")
        found[url] = data
    return Given(found)


def key_document_url(issuer: str) -> str | None:
    """The address of an issuer's key document (did:web, "Read (Resolve)"); an https identity is its own address."""
    if _HTTPS.fullmatch(issuer):
        return issuer
    base = home(issuer)
    if base is None:
        return None
    return base + ("did.json" if ":" in issuer.removeprefix("did:web:") else _WELL_KNOWN)


def home(issuer: str) -> str | None:
    """The address below which everything of an issuer lives, ending with a slash, or None when its identity tells none."""
    found = _DID_WEB.fullmatch(issuer)
    if found:
        host, port, path = found.groups()
        return f"https://{host}{(port or '').replace('%3A', ':')}/{path[1:].replace(':', '/')}{'/' if path else ''}"
    if _HTTPS.fullmatch(issuer):
        return issuer[: issuer.rindex("/") + 1]
    return None
