"""What a build answers that reads what an earlier one left: its record, its parts, and the signatures of its site."""

from __future__ import annotations

import json
import tempfile
from datetime import date
from functools import cache
from hashlib import sha256
from pathlib import Path

from answers_of_keepers import fast
from blazon import ed25519, glance, recalling, remembering, retrieving, shares, swap
from blazon.keys import DEMO_SEED, Secret
from blazon.order import Order
from goldens import HERE

SITE = HERE / "newcomer" / "site"
BASE = "https://badges.example.org/"
TODAY = date(2026, 6, 1)
PAGE = b"<!doctype html><body></body>"
_BUILD = shares.Build("7" * 64, BASE, TODAY, 1)
_ONE = shares.Part(1, 1)

HEAD = json.dumps(dict(_BUILD.document(_ONE))).encode()
PIECE = json.dumps({"index.html": sha256(PAGE).hexdigest()}).encode()
RECORD = json.dumps(
    {
        "began": "1780000000000000000",
        "sources": "SOURCES",
        "site": "SITE",
        "keys": [],
        "said": {
            "report": [["nearly-full", "dist", 1, 1, "this is nearly full.", "make it smaller"]],
            "sources": 3,
            "sentences": ["3 awards"],
            "files": 1,
            "size": 28,
        },
    }
).encode()
RECALLED = json.dumps(
    {
        "site": "7" * 64,
        "code": "8" * 64,
        "common": "9" * 64,
        "earners": ["a" * 64],
        "rest": "b" * 64,
        "pictures": {"c" * 64: ["d" * 64, "e" * 64]},
    }
).encode()


def recalled(data: bytes) -> bool:
    """What the last build kept to take files over, signed as it should be."""
    secret = Secret(DEMO_SEED)
    signature = secret.signer("").sign(b"blazon: what a build remembers\n" + data).hex().encode()
    return bool(recalling.read(b"\n".join((b"seal", b"{}", signature, data)), secret.public))


def record(data: bytes) -> bool:
    """What the last build was made from, with a seal that fits; SOURCES and SITE stand for the right digests."""
    order = _built()
    place = swap.record_of(order.target)
    assert place is not None
    began = 1_780_000_000_000_000_000
    text = data.replace(b"SOURCES", remembering.sources(order, began).encode())
    text = text.replace(b"SITE", glance.whole(glance.parts_of_site(order.target)).encode())
    place.unlink(missing_ok=True)
    place.touch(mode=0o600)
    place.write_bytes(sha256(text).hexdigest().encode() + b"\n" + text)
    return remembering.unchanged(order, list) is not None


@cache
def _built() -> Order:
    """A program with a site, as far as looking at them goes."""
    root = Path(tempfile.mkdtemp(dir=fast()))
    for path in ("content/site.yaml", "dist/index.html"):
        (root / path).parent.mkdir()
        (root / path).write_bytes(PAGE)
    return Order(root, root / "dist", TODAY, began=1)


def list_of_part(data: bytes) -> bool:
    """The list of a part, beside a piece that is as it was made."""
    return _merged(data, PIECE)


def list_of_piece(data: bytes) -> bool:
    """The list of a piece, in a part that is as it was made."""
    return _merged(HEAD, data)


def _merged(head: bytes, piece: bytes) -> bool:
    """The site of one part: nothing in it but what was listed."""
    with tempfile.TemporaryDirectory(dir=fast()) as folder:
        place = Path(folder, "part")
        (place / shares.LISTS).mkdir(parents=True)
        (place / "index.html").write_bytes(PAGE)
        (place / swap.MARK).touch()
        (place / shares.LISTS / "part.json").write_bytes(head)
        (place / shares.LISTS / "0.json").write_bytes(piece)
        site = dict(shares.together([place], _BUILD))
        assert site == {"index.html": PAGE}, "a site was made that is no part's"
        return True


def published(data: bytes) -> bool:
    """A document of a published site, from which signatures are taken."""
    return bool(retrieving.retrieved([data], _keys()))


@cache
def _keys() -> dict[str, bytes]:
    """The keys of a program by their addresses."""
    document = json.loads((SITE / ".well-known" / "did.json").read_bytes())
    return {one["id"]: ed25519.read(one["publicKeyMultibase"]) for one in document["verificationMethod"]}


def credentials() -> tuple[bytes, ...]:
    """The credentials of a published site."""
    return tuple(path.read_bytes() for path in sorted(SITE.glob("awards/*/credential.json")))
