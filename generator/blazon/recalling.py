"""What of the last site would be made again as it is: the files of earners with whom nothing changed, and pictures of badges.

It is never needed: whatever is wrong with what was kept, everything is made.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from hashlib import sha256
from itertools import groupby
from pathlib import Path
from typing import Any

from blazon import (
    __version__,
    address,
    disk,
    folder,
    gallery,
    glance,
    hands,
    jsontext,
    keyring,
    remembering,
    roll,
    swap,
)
from blazon.address import Plan
from blazon.diagnostics import Place
from blazon.files import Sources
from blazon.folder import Taken
from blazon.gallery import Gallery
from blazon.glance import Seen
from blazon.jsontext import Unreadable
from blazon.keys import DEMO_SEED, Secret, verify
from blazon.model import Brief, Program
from blazon.opened import Opened
from blazon.order import Order
from blazon.periods import expires
from blazon.pieces import Hands
from blazon.signatures import Known
from blazon.standing import has_page, is_listed

LARGEST = 64 << 20
UNREAD = (OSError, Unreadable, AttributeError, LookupError, TypeError, ValueError)
"""What is raised where nothing can be taken over."""

_EARNERS = "content/earners/"
_OWN_TEMPLATES = "templates/base/"
_MEANING = b"blazon: what a build remembers\n"
_EARNER = "/earner.yaml"
_FOLDERS_AT_ONCE = 250
OWN: Mapping[str, Any] = {
    **dict.fromkeys(("did", "role", "feedback", "summary", "alt"), ""),
    **dict.fromkeys(("evidence", "reviews"), ()),
    "scores": {},
    "place": Place(""),
    "places": {},
}
"""What only an award's own pages and documents tell of it."""


@dataclass(frozen=True, slots=True)
class Recalled:
    """What the next build is told: `code` stands for the program that builds, `common` for all that every earner's files depend on,
    `earners` for what only theirs depend on, by earner, and `rest` for all that the files of nobody depend on.

    `unchanged` are the earners whose files are taken over, and `is_same` tells that those of nobody are: by the `pieces`, which are these `parts` of the site, and `pictures` those that need not be drawn. What is
    kept is signed with the secret, and without one nothing is.
    """

    secret: Secret | None = None
    code: str = ""
    common: str = ""
    earners: Mapping[str, str] = field(default_factory=dict)
    rest: str = ""
    unchanged: frozenset[str] = frozenset()
    is_same: bool = False
    pieces: Sequence[Taken] = ()
    parts: Mapping[str, Seen] = field(default_factory=dict)
    pictures: Gallery = field(default_factory=Gallery)

    def told(self, site: Path, whole: str) -> bytes:
        """What is kept of a site that is in its place; `whole` is the digest of the marks in it. Raises OSError."""
        if self.secret is None:
            return b""
        read = folder.reader(site)
        pictures: dict[str, Sequence[str]] = {
            name: [gallery.digest(data) for path in paths if (data := read(path)) is not None]
            for name, paths in self.pictures.hung.items()
        }
        if self.is_same:
            pictures = {**self.pictures.known, **pictures}
        kept = {
            "site": whole,
            "code": self.code,
            "common": self.common,
            "earners": [*self.earners.values()],
            "rest": self.rest,
            "pictures": pictures,
        }
        text = jsontext.compact(kept).encode()
        return self.secret.signer("").sign(_MEANING + text).hex().encode() + b"\n" + text


def recall(order: Order, opened: Opened, tree: Sources, secrets: Sequence[Secret], known: Known) -> Recalled:
    """What of the site that is there can be taken over, now that a program has been opened."""
    program, plan = opened.program, opened.plan
    secret = secrets[0] if secrets else Secret(DEMO_SEED) if keyring.is_demo(program) else None
    if not order.began or order.executor or order.part is not None or secret is None:
        return Recalled()
    code = _digest([__version__, *glance.installed(), glance.of_code()])
    common = _digest([code, *_common(order, opened, tree, secrets)])
    earners = dict(_earners(program, plan, tree, known))
    rest = _digest([common, *_rest(program, plan, tree, known)])
    now = Recalled(secret, code, common, earners, rest)
    several = hands.chosen(hands.FEWEST_AWARDS, 0, order.processes)
    try:
        kept, parts, mark = _kept(order, secret, several)
        loose = glance.loose_files(order.target)
    except UNREAD:
        return now
    before = frozenset(kept["earners"] if kept["common"] == common else ())
    unchanged = frozenset(earner for earner, digest in earners.items() if digest in before)
    is_same = kept["rest"] == rest
    folders = [path for path, whose in _folders(program, parts) if whose in unchanged or (is_same and not whose)]
    pieces = tuple(_pieces(order.target, mark, folders, parts, loose if is_same else {}))
    taken = {path: parts[path] for path in folders}
    pictures = Gallery(folder.reader(order.target), kept["pictures"] if kept["code"] == code else {})
    return replace(now, unchanged=unchanged, is_same=is_same, pieces=pieces, parts=taken, pictures=pictures)


def _kept(order: Order, secret: Secret, several: Hands) -> tuple[dict[str, Any], Mapping[str, Seen], tuple[int, ...]]:
    """What was kept of the site that is there, when the site is as it was written; with it, what is in its parts, and its mark.

    Raises one of UNREAD when nothing can be taken over.
    """
    place, mark = swap.record_of(order.target), swap.mark_of(order.target)
    if place is None:
        raise ValueError(order.target)
    data, mode = disk.read_plain(place, LARGEST)
    if mode != remembering.MODE:
        raise ValueError(place)
    kept = read(data, secret.public)
    parts = glance.parts_of_site(order.target, several)
    if kept["site"] != glance.whole(parts):
        raise ValueError(order.target)
    return kept, parts, mark


def read(data: bytes, public: bytes) -> dict[str, Any]:
    """What the record of a build kept, when whoever holds the secret half of a key signed it.

    Raises one of UNREAD when it is anything else.
    """
    signature, _, text = data.partition(b"\n")[2].partition(b"\n")[2].partition(b"\n")
    if not verify(public, bytes.fromhex(signature.decode()), _MEANING + text):
        raise ValueError(signature)
    kept: dict[str, Any] = jsontext.parse(text, LARGEST)
    texts = [kept[name] for name in ("site", "code", "common", "rest")]
    if not all(map(_are_texts, (texts, kept["earners"], *kept["pictures"].values()))):
        raise ValueError(texts)
    return kept


def _common(order: Order, opened: Opened, tree: Sources, secrets: Sequence[Secret]) -> Iterator[str]:
    """What the files of every earner may depend on: all but the files of earners, in digests.

    How often badges were earned counts where a theme has templates of its own, which may show it anywhere.
    """
    program = opened.program
    yield from (f"{path} {tree.digest(path).hex()}" for path in sorted(tree) if not path.startswith(_EARNERS))
    yield from (f"{path} {gallery.digest(data)}" for path, data in sorted(opened.theme.items()))
    yield f"{order.today} {opened.plan.base} {order.host}"
    yield from (secret.public.hex() for secret in secrets)
    earned = Counter(
        award.achievement for award in program.in_brief if award.issued and not (award.erased or award.revoked)
    )
    shown = any(path.startswith(_OWN_TEMPLATES) for path in opened.theme)
    yield from (f"{slug} {number if shown else ''}" for slug, number in sorted(earned.items()))


def _earners(program: Program, plan: Plan, tree: Sources, known: Known) -> Iterator[tuple[str, str]]:
    """Each earner with a digest of what only their files depend on; none for those whose awards have to do with another's."""
    own: defaultdict[str, list[str]] = defaultdict(list)
    for path in tree:
        if path.startswith(_EARNERS):
            earner, _, name = path.removeprefix(_EARNERS).partition("/")
            own[earner].append(f"{name} {tree.digest(path).hex()}")
    entangled = set(_entangled(program.in_brief))
    day = roll.day((award for award in program.in_brief if is_listed(program, award)), plan)
    for earner, awards in groupby(program.in_brief, key=lambda award: award.earner):
        if earner not in entangled:
            told = [
                f"{_on(program, award, day)} {_signed(plan.url(address.credential(award)), known)}" for award in awards
            ]
            yield (
                earner,
                _digest([earner, *sorted(own[earner]), *told, _signed(plan.url(address.transcript(earner)), known)]),
            )


def _entangled(awards: Sequence[Brief]) -> Iterator[str]:
    """The earners of awards that name an award of another earner, and those of the awards that are named."""
    owners = {award.id: award.earner for award in awards}
    for award in awards:
        for named in (award.supersedes, *(part.award for part in award.parts)):
            if owners.get(named, award.earner) != award.earner:
                yield from (award.earner, owners[named])


def _on(program: Program, award: Brief, day: datetime) -> str:
    """Whether an award has run out, and whether its pause is over, on the day of the roll: résumés and feeds tell."""
    ends = None if award.erased or not award.issued else expires(award, program.achievement_of(award))
    pause = award.suspended.until if award.suspended else None
    return f"{ends is not None and ends <= day} {pause is not None and pause <= day}"


def _signed(name: str, known: Known) -> str:
    """The signatures that are known of a document."""
    return " ".join(f"{one.created} {one.method} {one.sha256} {one.value.hex()}" for one in known.get(name, ()))


def _rest(program: Program, plan: Plan, tree: Sources, known: Known) -> Iterator[str]:
    """What the files that are nobody's own may depend on, besides what is common to all: lists, feeds, pages of badges.

    Of an award that has a page it is everything but what only its own pages and documents tell.
    """
    for award in program.awards:
        if has_page(program, award):
            yield f"{replace(award, **OWN)} {is_listed(program, award)} {program.visibility_of(award)}"
        else:
            yield f"{award.place.path} {tree.digest(award.place.path).hex()}"
    for path in sorted(tree):
        if path.startswith(_EARNERS) and path.endswith(_EARNER):
            yield f"{path} {tree.digest(path).hex()}"
    for name in sorted(known):
        if not address.is_of_somebody(name.removeprefix(plan.base)):
            yield f"{name} {_signed(name, known)}"


def _folders(program: Program, parts: Mapping[str, Seen]) -> Iterator[tuple[str, str]]:
    """The folders of a site, and whose they are: an earner's, or "" for nobody's own."""
    owners = {f"awards/{award.id}": award.earner for award in program.in_brief if has_page(program, award)}
    owners |= {f"earners/{award.earner}": award.earner for award in program.in_brief}
    return ((path, owners.get(path, "")) for path in parts if path)


def _pieces(
    target: Path,
    mark: tuple[int, ...],
    folders: Sequence[str],
    parts: Mapping[str, Seen],
    loose: Mapping[str, int],
) -> Iterator[Taken]:
    """Folders and loose files of the site that is there, as pieces of the next one."""
    files = {path: size for path, size in loose.items() if path != swap.MARK}
    yield Taken(target, mark, (), tuple(files), len(files), 0, sum(files.values()))
    for begun in range(0, len(folders), _FOLDERS_AT_ONCE):
        some = folders[begun : begun + _FOLDERS_AT_ONCE]
        number = sum(parts[path].files for path in some)
        size = sum(parts[path].size for path in some)
        credentials = sum(path.startswith(address.AWARDS) for path in some)
        yield Taken(target, mark, tuple(some), (), number, credentials, size)


def _are_texts(value: object) -> bool:
    """Whether a value is a list of texts."""
    return isinstance(value, list) and all(isinstance(one, str) for one in value)


def _digest(parts: Iterable[str]) -> str:
    """One digest of several texts."""
    return sha256(jsontext.compact([*parts]).encode("utf-8", "surrogateescape")).hexdigest()
