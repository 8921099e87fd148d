"""Every small change of a badge: bits flipped, bytes taken away, and each value removed, replaced, wrapped and extended."""

from __future__ import annotations

import copy
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import Any

from blazon import bake, folder, jsontext, lookup
from blazon.lookup import Given
from hostile import AWARD, B81C, COPY, at
from strangers import BASE, PNG, SVG, Json, digest, put, seal, sources, text, without

NEWCOMER = Path(__file__).parent / "golden" / "newcomer" / "site"
FORMS = ("JSON", "PNG", "SVG")


@dataclass(frozen=True, slots=True)
class Badge:
    """A good badge in one form: its file, the picture without it, the credential, its 2.0 copy as text, and what is at hand."""

    name: str
    form: str
    data: bytes
    picture: bytes
    credential: Json
    assertion: str
    sources: Given

    def wrapped(self, document: Json) -> bytes:
        """A file like this one with another credential in it."""
        if self.form == "JSON":
            return json.dumps(document, ensure_ascii=False).encode()
        baker = bake.bake_png if self.form == "PNG" else bake.bake_svg
        return baker(self.picture, jsontext.embeddable(document), self.assertion)


@dataclass(frozen=True, slots=True)
class Splice:
    """A change of a file: so many bytes from here on give way to others."""

    at: int
    count: int
    put: bytes

    def __str__(self) -> str:
        return f"{self.count} bytes at {self.at} become {self.put[:80]!r}"

    def applied(self, data: bytes) -> bytes:
        """The changed file."""
        return data[: self.at] + self.put + data[self.at + self.count :]


def badges() -> list[Badge]:
    """Three badges in three forms: a built one, one of our description of the standards, and one with an endorsement inside."""
    copied = json.loads(COPY.replace("/a7f3/", "/b81c/"))
    endorsed = Given({**sources().documents, str(copied["id"]): text(copied)})
    related = [
        {"id": f"{BASE}badges/robotics-2/badge.{kind}", "digestSRI": digest(data), "mediaType": f"image/{media}"}
        for kind, media, data in (("png", "png", PNG), ("svg", "svg+xml", SVG))
    ]
    with_pictures = copy.deepcopy(B81C)
    put(related, "relatedResource")(with_pictures)
    return [
        *_built(next(NEWCOMER.glob("awards/*/credential.json")).parent),
        *_baked("plain", AWARD, COPY, sources()),
        *_baked("endorsed", seal(with_pictures), jsontext.embeddable(copied), endorsed),
    ]


def _baked(name: str, document: Json, assertion: str, at_hand: Given) -> Iterator[Badge]:
    """A badge with the smallest pictures there are."""
    credential = jsontext.embeddable(document)
    yield Badge(name, "JSON", jsontext.compact(document).encode(), b"", document, assertion, at_hand)
    yield Badge(name, "PNG", bake.bake_png(PNG, credential, assertion), PNG, document, assertion, at_hand)
    yield Badge(name, "SVG", bake.bake_svg(SVG, credential, assertion), SVG, document, assertion, at_hand)


def _built(award: Path) -> Iterator[Badge]:
    """An award of the golden site of a newcomer, with the pictures that were drawn for it."""
    site = lookup.published(folder.reader(NEWCOMER))
    documents = {
        f"{site.base}{path.relative_to(NEWCOMER).as_posix()}": path.read_bytes() for path in NEWCOMER.rglob("*.json")
    }
    document, at_hand = json.loads((award / "credential.json").read_bytes()), Given(documents)
    data = {form: (award / name).read_bytes() for form, name in zip(FORMS, _NAMES, strict=True)}
    png, svg = bake.unbake_png(data["PNG"]), bake.unbake_svg(data["SVG"])
    yield Badge("built", "JSON", data["JSON"], b"", document, "", at_hand)
    yield Badge("built", "PNG", data["PNG"], png.picture, document, png.assertion or "", at_hand)
    yield Badge("built", "SVG", data["SVG"], svg.picture, document, svg.assertion or "", at_hand)


_NAMES = ("credential.json", "badge.png", "badge.svg")


def mutants(badge: Badge) -> Sequence[Splice]:
    """All changes of a badge: those of its bytes, then those of its values."""
    whole = len(badge.data)
    values = (Splice(0, whole, badge.wrapped(one)) for one in changed_values(badge.credential))
    return [*chain(flips(badge.data), deletions(badge.data), values)]


def flips(data: bytes) -> Iterator[Splice]:
    """Each bit turned over."""
    for place, byte in enumerate(data):
        yield from (Splice(place, 1, bytes([byte ^ 1 << bit])) for bit in range(8))


def deletions(data: bytes) -> Iterator[Splice]:
    """Each byte taken away."""
    return (Splice(at, 1, b"") for at in range(len(data)))


REPLACEMENTS: list[Any] = [
    None,
    True,
    False,
    0,
    1,
    -1,
    1.5,
    "",
    "x",
    "https://example.org/",
    [],
    {},
    ["x"],
    {"id": "did:web:badges.example.org:academy"},
]
NAMES = (
    *("@index", "@foo", "@id", "@type", "undefined", "name", "description", "type", "@context", "image", "tag"),
    *("evidence", "validUntil", "credentialStatus", "__proto__"),
)


def changed_values(document: Json) -> Iterator[Json]:
    """The document with each value removed, replaced, wrapped and extended in turn."""
    for path in places(document):
        value = at(document, path)
        yield _changed(document, path, without(*path))
        for other in (*REPLACEMENTS, [value], {"id": value}, {"@value": value}, str(value), json.dumps(value)):
            yield _changed(document, path, put(other, *path))
        if isinstance(value, list):
            for other in (*value, "x", {}, []):
                yield _changed(document, path, put([*value, other], *path))
            if value:
                yield _changed(document, path, put(value[0], *path))
                yield _changed(document, path, put(value[::-1], *path))
        elif isinstance(value, dict):
            for name in NAMES:
                for other in (None, [], "x", "Image", document["@context"]):
                    if name not in value:
                        yield _changed(document, path, put(other, *path, name))


def _changed(document: Json, path: tuple[str | int, ...], change: Any) -> Json:
    """A copy of a document, changed on a path; the rest is shared with the document."""
    found: Json = _opened(document, path)
    change(found)
    return found


def _opened(value: Any, path: tuple[str | int, ...]) -> Any:
    """A value that may be changed on a path."""
    if not isinstance(value, (dict, list)):
        return value
    fresh = copy.copy(value)
    if path:
        fresh[path[0]] = _opened(value[path[0]], path[1:])  # type: ignore[index]
    return fresh


def places(value: object, path: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:
    """The path to every value in a document."""
    if path:
        yield path
    if isinstance(value, dict):
        for name, one in value.items():
            yield from places(one, (*path, name))
    elif isinstance(value, list):
        for number, one in enumerate(value):
            yield from places(one, (*path, number))


def says_the_same(badge: Badge, data: bytes) -> bool:
    """Whether a changed file carries the same credential, read as a value; no signature covers the order in a list (JSON-LD 1.1, §4.3)."""
    if badge.form != "JSON":
        carried = (bake.unbake_png if badge.form == "PNG" else bake.unbake_svg)(data).credential
        data = (carried or "{}").encode()
    return jsontext.same(_plain(jsontext.parse(data)), _plain(badge.credential))


def _plain(value: Any) -> Any:
    """A value with each proof in a list, where it may stand alone too, and each list in one order."""
    if isinstance(value, list):
        return sorted(map(_plain, value), key=jsontext.ordered)
    if not isinstance(value, dict):
        return value
    return {
        name: _plain([one] if name == "proof" and isinstance(one, dict) else one) if name != "@context" else one
        for name, one in value.items()
    }
