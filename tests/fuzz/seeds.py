"""Good inputs of readers, and the words that their formats are made of: from stories, the corpus and a golden site, or made here."""

from __future__ import annotations

import zlib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

from nacl import pwhash
from nacl.secret import SecretBox

import answers_of_files
import answers_of_keepers
import growing
import storybook
import strangers
import twophases
from answers_of_files import sections
from blazon import bake, ed25519, fields, issueform, jsontext, options, png, svg
from blazon.records import Record

TESTS = Path(__file__).parents[1]
STORIES = tuple(storybook.read(path) for path in sorted(storybook.FOLDER.glob("[!_]*.txt")))
TREES = tuple(story.tree for story in STORIES) + tuple(story.twin for story in STORIES if story.twin)
PAGES = b"sections:\n  - title: Start\n    pages: [README.md]\n"
DOCUMENTED = {**answers_of_files.base(), "docs/pages.yaml": PAGES, "docs/README.md": b"# Title\n\nText.\n"}
REVIEWER = "rosa-alvarez"


def files(*endings: str) -> tuple[bytes, ...]:
    """The files of all stories whose paths end in one of these, each once."""
    found = dict.fromkeys(data for tree in TREES for path, data in tree.items() if path.endswith(endings))
    return tuple(found)


def corpus(*endings: str) -> tuple[bytes, ...]:
    """The files of the corpus and of a golden site with these endings, which are not large."""
    found = (path for folder in ("corpus", "golden/academy/site") for path in sorted((TESTS / folder).rglob("*")))
    return tuple(
        dict.fromkeys(path.read_bytes() for path in found if path.suffix in endings and path.stat().st_size < 64 << 10)
    )


def encoded(*texts: str) -> tuple[bytes, ...]:
    """Texts as bytes."""
    return tuple(one.encode("utf-8", "surrogateescape") for one in texts)


def documents() -> tuple[bytes, ...]:
    """Documents in JSON."""
    return corpus(".json")


def examples(record: Record[Any]) -> tuple[bytes, ...]:
    """The name of each field of a file, and what may stand there."""
    return tuple(f"{name}: {one.example}\n".encode() for name, one in record.fields.items()) + encoded(*record.fields)


@cache
def protected() -> bytes:
    """A key file that is opened quickly."""
    secret, salt = strangers.SECRET, bytes(16)
    key = pwhash.argon2id.kdf(
        SecretBox.KEY_SIZE, answers_of_keepers.PASSPHRASE.encode(), salt, opslimit=1, memlimit=64 << 20
    )
    box = bytes(SecretBox(key).encrypt(secret.seed, bytes(SecretBox.NONCE_SIZE)))
    public = ed25519.write(secret.public)
    return f"blazon-secret-key-1\npublic: {public}\nargon2id: 1 passes, 64 MiB\nsalt: {salt.hex()}\nbox: {box.hex()}\n".encode()


def mostly_cheap(random: Random) -> bytes:
    """A key file that is mostly refused by its form, since opening one takes long on purpose."""
    lines = protected().split(b"\n")
    costs = (
        "0 passes, 64 MiB",
        "1 passes, 63 MiB",
        "10 passes, 99999999 MiB",
        "11 passes, 1024 MiB",
        "1 passes, 64 MiB",
        "1 passes, 500 MiB",
    )
    lines[2] = b"argon2id: " + random.choice(costs).encode()
    at = random.randrange(len(lines))
    lines[at] = random.choice((lines[at][:-1], lines[at] + b"0", lines[at].upper(), b"", lines[at], lines[at]))
    return random.choice((b"\n", b"\n", b"\n", b"\r\n")).join(lines)


def forms() -> tuple[bytes, ...]:
    """The body of an issue, filled in."""
    said = {
        "badge": "soldering",
        "name": "Bo Example",
        "did": "Soldered.",
        "start": "2026-03-02",
        "evidence": "- Photo of the joints: https://example.org/a",
    }
    parts = [f"### {one.label}\n\n{said.get(one.id, '_No response_')}" for one in issueform.QUESTIONS]
    return encoded("\n\n".join((*parts, f"### Consent\n\n- [X] {issueform.CONSENT}")))


def requested() -> bytes:
    """The list of what has to be signed of a program."""
    return twophases.written(twophases.stack().recorded()).encode()


def grown_tree(random: Random) -> bytes:
    """A tree with files of several stories, at their own paths or at others."""
    tree = dict(random.choice(TREES))
    for _ in range(random.choice((1, 1, 2, 4))):
        path, data = random.choice([*random.choice(TREES).items()])
        tree[random.choice((path, path, path, random.choice([*tree]), *PATHS))] = data
    return sections(tree)


PATHS = (
    *("content/earners/CON/a.yaml", "content/earners/ada/../x.yaml", "content/earners/Ada/a.yaml", "content/badges/x/image.png", "keys/é.yaml"),
    *("content/badges/soldering/versions/1.yaml", "content/badges/soldering/versions/2.svg", "content/badges/soldering/image.svg", "docs/a.md"),
    *("content/badges/soldering/image.png", "docs/pages.yaml", "content/x.json", "content/badges/soldering/x.json", "a/\udcff", "keys/key-2.yaml"),
)  # fmt: skip
TREE_WORDS = encoded("-- ", " --\n", "content/", "earners/", "ada/", "badges/", ".yaml", ".json", *PATHS)
YAML_WORDS = encoded("  ", "- ", ": ", "|\n", ">\n", "[", "{", '"', "# c\n", "? ", "&a ", "*a", "!!str ", "<<: ", "---\n", "...\n", "%YAML 1.1\n", "\t")  # fmt: skip
JSON_WORDS = encoded('{"', '":', '",', '"a"', "[]", "{}", "null", "1e5", "\\u0069", "\\ud83d", "@id", '"proof"', '"id"', '"type"', "did:web:", "z", "Z", "T")  # fmt: skip
PNG_WORDS = (
    *(strangers.png_chunk(kind, b"") for kind in (b"IDAT", b"IEND", b"tRNS", b"acTL", b"eXIf", b"iTXt")),
    *(b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tEXt", b"iTXt", b"zTXt", b"openbadges", b"openbadgecredential", b"\0\0\0\0", b"\x7f\xff\xff\xff"),
)  # fmt: skip
SVG_WORDS = encoded(*growing._ATTRIBUTES, *growing._BETWEEN, *growing._BEFORE, *growing._ELEMENTS, "</g>", "<g>", "</svg>", "/>", "<![CDATA[", "]]>")  # fmt: skip
HTTP_WORDS = encoded("HTTP/1.1 ", "302 Found", "200 OK", "\r\n", "Location: ", "https://", "//[", "Content-Length: ", "Transfer-Encoding: chunked\r\n", ":", "0\r\n\r\n")  # fmt: skip
GET_WORDS = encoded("GET ", "HEAD ", " HTTP/1.1\r\n", "Host: 127.0.0.1:PORT", "//[", "http://[", "%00", "%2e%2e/", "/__blazon__/events", "\r\n", "/badges/", "?", "#")  # fmt: skip
MARKDOWN_WORDS = encoded(*growing._PIECES)


def pictures() -> tuple[bytes, ...]:
    """Small pictures that the gate takes, and badges."""
    palette = ((0, 0, 0, 0), (255, 255, 255, 178), (63, 72, 155, 255))
    own = png.write(40, 36, palette, bytes((x + y) % 3 for y in range(36) for x in range(40)))
    rgb = strangers.png_chunk(b"IHDR", bytes.fromhex("00000020000000200802000000")) + strangers.png_chunk(
        b"IDAT", zlib.compress(bytes(97 * 32))
    )
    return own, b"\x89PNG\r\n\x1a\n" + rgb + strangers.END


def drawings() -> tuple[bytes, ...]:
    """Drawings that the gate takes."""
    return tuple(data for data in (*files(".svg"), *corpus(".svg"), strangers.SVG) if not svg.refuse(data))[:20] or (
        strangers.SVG,
    )


def baked() -> tuple[bytes, bytes]:
    """A badge in both kinds of picture."""
    texts = jsontext.embeddable(strangers.award()), jsontext.embeddable(strangers.vector("assertion-a7f3"))
    return bake.bake_png(strangers.PNG, *texts), bake.bake_svg(strangers.SVG, *texts)


EDITED = b"name: A\npublished:\n  1:\n    slug: b\nreviews:\n  - reviewer: kim\nissued: 2026-05-31\n"
KEY = "z6MkmQqaGDjvPZ4JkDPRVMqSwGJr1paMutKXeh2cq6k4oVAh"
MARKDOWN = encoded("Plan *two* sessions.\n\n1. one\n2. `two`\n\n> [three](https://example.org/)\n\n## Four\n", "a\n\n    code\n\n- b\n  - c\n", "**a** _b_ <b>")  # fmt: skip
ANSWERS = encoded(
    'HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 8\r\n\r\n{"a": 1}',
    "HTTP/1.1 302 Found\r\nLocation: /b\r\n\r\n",
    "HTTP/1.1 200 OK\r\nContent-Type: image/png\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n",
)
QUESTIONS = encoded(
    "GET /badges/ HTTP/1.1\r\nHost: localhost:PORT\r\n\r\n",
    "HEAD / HTTP/1.1\r\nHost: 127.0.0.1:PORT\r\n\r\n",
    "GET /badges/a HTTP/1.1\r\nHost: localhost:PORT\r\n\r\n",
    "GET /__blazon__/events HTTP/1.1\r\nHost: localhost:PORT\r\n\r\n",
)
RECORDS: Mapping[str, Record[Any]] = {
    "site": fields.SITE,
    "badge": fields.BADGE,
    "award": fields.AWARD,
    "erased award": fields.ERASED_AWARD,
    "earner": fields.EARNER,
    "reviewers": fields.REVIEWERS,
    "key": fields.KEY,
    "root keys": fields.ROOTS,
    "theme": options.OPTIONS,
}
