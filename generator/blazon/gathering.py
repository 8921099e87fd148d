"""What `verify` was pointed at: files, folders, whole sites, addresses and standard input, as badges one after another."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from blazon import disk, folder, jsontext, lookup
from blazon.diagnostics import BlazonError, printable
from blazon.jsontext import Unreadable
from blazon.lookup import Elsewhere, Published, Remembered, Several, Sources
from blazon.outcome import Doubt
from blazon.verify import LARGEST_FILE

if TYPE_CHECKING:
    from blazon.online import Online

LARGEST_DOCUMENT = 2 << 20

_WEB = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*://")
_ENDINGS = frozenset({".json", ".png", ".svg"})
# What a site has for each award and each transcript: judged even where no badge is left in it.
_HOSTED = re.compile(r"awards/[^/]+/(?:credential\.json|badge\.(?:png|svg))|earners/[^/]+/transcript\.json")
_COMPANIONS = re.compile(
    r"awards/[^/]+/assertion\.json|ob2/.*"
)  # documents of version 2.0, which pictures are compared with
_MARKS = {
    ".json": (b"credentialSubject", b"VerifiableCredential", b'"https://w3id.org/openbadges/v2"'),
    ".png": (b"openbadge",),
    ".svg": (b"openbadges", b"purl.imsglobal.org/ob"),
}
# Documents beside badges: they are looked at when a badge names or carries them.
_OTHER_TYPES = frozenset(
    ["BitstringStatusListCredential", "EndorsementCredential", "BadgeClass", "Issuer", "Profile", "RevocationList"]
)
_CREDENTIAL = "credential.json"


@dataclass(frozen=True, slots=True)
class Piece:
    """A thing to judge: what to call it, its bytes or why there are none, and where to look up what it names.

    `found` says that it was found in a folder, so that nobody named it.
    """

    name: str
    data: bytes | None
    why: str
    sources: Sources
    found: bool = False


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What all pieces of one run share: documents that were handed over, the site that was named, and the network if wanted."""

    given: tuple[Sources, ...]
    site: Published | None
    online: Online | None

    def sources(self, own: Published | None = None) -> Sources:
        """Where a piece looks things up; `own` is the built site that it lies in, which answers for its own addresses."""
        sites = [one for one in (own, self.site) if one is not None]
        if self.online is None:
            return Remembered(Several((*self.given, *sites)))
        network = Elsewhere(own.base, self.online) if own else self.online
        return Several((*self.given, *sites, network))


def surroundings(site: Path | None, default: Path, given: Sequence[Path], online: Online | None) -> Surroundings:
    """Where documents are looked up. The default site counts where there is one and the network is not asked instead.

    Raises BlazonError when a file or the site that was named is none.
    """
    found: list[Sources] = []
    for path in given:
        try:
            found.append(lookup.given([disk.read_given(path, LARGEST_DOCUMENT)]))
        except Unreadable as error:
            message = f"{printable(str(path))} is no key document or status list: {error}"
            raise BlazonError(message, exit_code=2) from None
    try:
        built = lookup.published(folder.reader(site)) if site else None
    except Unreadable as error:
        raise BlazonError(f"{printable(str(site))} is no built site: {error}", "build it first.", 2) from None
    return Surroundings(tuple(found), built or (None if online else _site(default)), online)


@dataclass(frozen=True, slots=True)
class Targets:
    """What was typed, seen to be there: `at` gives the place of a path, `read_input` standard input."""

    typed: tuple[str, ...]
    at: Callable[[Path], Path]
    read_input: Callable[[int], bytes]

    def refuse(self, *, online: bool) -> None:
        """Raise BlazonError for an address without --online, and for a file or folder that is not there."""
        for one in self.typed:
            if _WEB.match(one):
                if not online:
                    message = f"{printable(one)} is an address, and the network is used only when you ask for it."
                    raise BlazonError(message, "add --online, or download the badge and name its file.", 2)
            elif one != "-":
                disk.refuse_absent(self.at(Path(one)))

    def pieces(self, around: Surroundings) -> Iterator[Piece | None]:
        """The badges one after another, and None for each file of a folder that is passed over."""
        for piece in self._pieces(around):
            if around.online is not None:
                around.online.begin()
            yield piece

    def _pieces(self, around: Surroundings) -> Iterator[Piece | None]:
        """The same, without telling the network where one ends and the next begins."""
        shared = around.sources()
        for one in self.typed:
            place = self.at(Path(one))
            if _WEB.match(one) and around.online is not None:
                around.online.begin()
                yield _asked(one, around.online, shared)
            elif one == "-":
                yield Piece(one, self.read_input(LARGEST_FILE), "", shared)
            elif place.is_dir():
                yield from _inside(place, Path(one), around)
            else:
                yield _read(place, Piece(one, None, "", shared))


def _asked(url: str, online: Online, sources: Sources) -> Piece:
    """The badge at an address; the address of an award's page stands for its credential."""
    page, mark, _ = url.partition("#")[0].partition("?")
    name = f"{page}{_CREDENTIAL}" if page.endswith("/") and not mark else url
    try:
        return Piece(name, online.document(name), "", sources)
    except Doubt as doubt:
        return Piece(name, None, str(doubt), sources)


def _read(path: Path, piece: Piece) -> Piece:
    """A piece with the bytes of its file."""
    try:
        return replace(piece, data=disk.read_given(path, LARGEST_FILE))
    except BlazonError as error:
        return replace(piece, why=error.message)


def _inside(root: Path, typed: Path, around: Surroundings) -> Iterator[Piece | None]:
    """The badges in a folder. A built site is looked up in itself, and what stands where it has a badge has to be one."""
    site = _site(root)
    sources, empty = around.sources(site), True
    for place, why in disk.walk_given(root):
        path = place.removeprefix(str(root)).removeprefix("/")
        ending = place[place.rfind(".") :].lower()
        if ending not in _ENDINGS and (not why or (site is None and why == disk.LINK)):
            yield None
            continue
        piece = Piece(str(typed / path), None, f"{why}.", sources, found=True)
        piece = piece if why else _read_inside(place, piece)
        if piece.data is None or _counts(path, piece.data, site):
            empty = False
            yield piece
        else:
            yield None
    if empty:
        yield Piece(str(typed), None, "there is no badge in this folder.", sources, found=True)


def _counts(path: str, data: bytes, site: Published | None) -> bool:
    """Whether a file of a folder is to be judged."""
    if site is not None and (_HOSTED.fullmatch(path) or _COMPANIONS.fullmatch(path)):
        return _HOSTED.fullmatch(path) is not None
    return _is_badge(path[path.rfind(".") :].lower(), data)


def _read_inside(place: str, piece: Piece) -> Piece:
    """A piece with the bytes of a plain file, which nothing leads away from."""
    try:
        return replace(piece, data=disk.read_plain(Path(place), LARGEST_FILE + 1)[0], why="")
    except OSError as error:
        return replace(piece, why=f"it cannot be read: {(error.strerror or str(error)).lower()}.")


def _site(root: Path) -> Published | None:
    """A folder as a built site, or None when it is none."""
    try:
        return lookup.published(folder.reader(root))
    except Unreadable:
        return None


def _is_badge(ending: str, data: bytes) -> bool:
    """Whether there is a badge in a file, or what may be one and cannot be read."""
    if not any(mark in data for mark in _MARKS[ending]):
        return False
    if ending != ".json":
        return True
    try:
        document = jsontext.parse(data)
    except Unreadable:
        return True
    kind = document.get("type")
    return "@context" in document and _OTHER_TYPES.isdisjoint(map(str, kind if isinstance(kind, list) else [kind]))
