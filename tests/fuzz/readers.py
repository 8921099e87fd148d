"""Every reader of bytes from outside, in one table: the short properties and `make fuzz` are both made of it.

A reader of ours that is not run by one of these is found by a test (tests/test_fuzz.py), which looks for whatever opens bytes.
"""

from __future__ import annotations

import json
import zlib
from base64 import urlsafe_b64encode
from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import cache, partial
from pathlib import Path
from random import Random
from typing import Any

from nacl import pwhash
from nacl.secret import SecretBox

import answers
import growing
import hostile
import rootbook
import sshbook
import storybook
import strangers
import twophases
from answers import sections
from blazon import bake, ed25519, fields, issueform, jsontext, options, png, signatures, svg
from blazon.diagnostics import BlazonError
from blazon.jsontext import Unreadable
from blazon.outcome import Doubt
from blazon.quads import Malformed, TooLarge
from blazon.records import Record
from blazon.signer import Refused
from blazon.vocabulary import UnknownTerm
from found import FOUND
from harness import Reader
from refused import REFUSED

TESTS = Path(__file__).parents[1]
STORIES = tuple(storybook.read(path) for path in sorted(storybook.FOLDER.glob("[!_]*.txt")))
TREES = tuple(story.tree for story in STORIES) + tuple(story.twin for story in STORIES if story.twin)
PAGES = b"sections:\n  - title: Start\n    pages: [README.md]\n"
DOCUMENTED = {**answers.base(), "docs/pages.yaml": PAGES, "docs/README.md": b"# Title\n\nText.\n"}
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
    key = pwhash.argon2id.kdf(SecretBox.KEY_SIZE, answers.PASSPHRASE.encode(), salt, opslimit=1, memlimit=64 << 20)
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
        tree[random.choice((path, path, path, random.choice([*tree]), *_PATHS))] = data
    return sections(tree)


_PATHS = (
    *("content/earners/CON/a.yaml", "content/earners/ada/../x.yaml", "content/earners/Ada/a.yaml", "content/badges/x/image.png", "keys/é.yaml"),
    *("content/badges/soldering/versions/1.yaml", "content/badges/soldering/versions/2.svg", "content/badges/soldering/image.svg", "docs/a.md"),
    *("content/badges/soldering/image.png", "docs/pages.yaml", "content/x.json", "content/badges/soldering/x.json", "a/\udcff", "keys/key-2.yaml"),
)  # fmt: skip
_TREE_WORDS = encoded("-- ", " --\n", "content/", "earners/", "ada/", "badges/", ".yaml", ".json", *_PATHS)
_YAML_WORDS = encoded("  ", "- ", ": ", "|\n", ">\n", "[", "{", '"', "# c\n", "? ", "&a ", "*a", "!!str ", "<<: ", "---\n", "...\n", "%YAML 1.1\n", "\t")  # fmt: skip
_JSON_WORDS = encoded('{"', '":', '",', '"a"', "[]", "{}", "null", "1e5", "\\u0069", "\\ud83d", "@id", '"proof"', '"id"', '"type"', "did:web:", "z", "Z", "T")  # fmt: skip
_PNG_WORDS = (
    *(strangers.png_chunk(kind, b"") for kind in (b"IDAT", b"IEND", b"tRNS", b"acTL", b"eXIf", b"iTXt")),
    *(b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tEXt", b"iTXt", b"zTXt", b"openbadges", b"openbadgecredential", b"\0\0\0\0", b"\x7f\xff\xff\xff"),
)  # fmt: skip
_SVG_WORDS = encoded(*growing._ATTRIBUTES, *growing._BETWEEN, *growing._BEFORE, *growing._ELEMENTS, "</g>", "<g>", "</svg>", "/>", "<![CDATA[", "]]>")  # fmt: skip
_HTTP_WORDS = encoded("HTTP/1.1 ", "302 Found", "200 OK", "\r\n", "Location: ", "https://", "//[", "Content-Length: ", "Transfer-Encoding: chunked\r\n", ":", "0\r\n\r\n")  # fmt: skip
_GET_WORDS = encoded("GET ", "HEAD ", " HTTP/1.1\r\n", "Host: 127.0.0.1:PORT", "//[", "http://[", "%00", "%2e%2e/", "/__blazon__/events", "\r\n", "/badges/", "?", "#")  # fmt: skip
_MARKDOWN_WORDS = encoded(*growing._PIECES)


def _pictures() -> tuple[bytes, ...]:
    """Small pictures that the gate takes, and badges."""
    palette = ((0, 0, 0, 0), (255, 255, 255, 178), (63, 72, 155, 255))
    own = png.write(40, 36, palette, bytes((x + y) % 3 for y in range(36) for x in range(40)))
    rgb = strangers.png_chunk(b"IHDR", bytes.fromhex("00000020000000200802000000")) + strangers.png_chunk(
        b"IDAT", zlib.compress(bytes(97 * 32))
    )
    return own, own.replace(b"IEND", b"IEND"), b"\x89PNG\r\n\x1a\n" + rgb + strangers.END


def _drawings() -> tuple[bytes, ...]:
    """Drawings that the gate takes."""
    return tuple(data for data in (*files(".svg"), *corpus(".svg"), strangers.SVG) if not svg.refuse(data))[:20] or (
        strangers.SVG,
    )


def _baked() -> tuple[bytes, bytes]:
    """A badge in both kinds of picture."""
    texts = jsontext.embeddable(strangers.award()), jsontext.embeddable(strangers.vector("assertion-a7f3"))
    return bake.bake_png(strangers.PNG, *texts), bake.bake_svg(strangers.SVG, *texts)


def _of_files() -> Iterator[Reader]:
    """What lies in a program's repository."""
    sites, badges, awards = (files(f"/{name}") for name in ("site.yaml", "badge.yaml", "soldering.yaml"))
    trees = tuple(dict.fromkeys(map(sections, TREES)))
    grown = {name: growing.yaml_of([*record.fields]) for name, record in _RECORDS.items()}
    yield Reader("YAML", answers.yaml, files(".yaml"), _YAML_WORDS, grown["badge"])
    yield Reader(
        "YAML changed by a command",
        answers.edited,
        (_EDITED, *files(".yaml")),
        _YAML_WORDS,
        grown["award"],
        (BlazonError,),
    )
    yield Reader("tree of a program", answers.program, trees, (*_TREE_WORDS, *_YAML_WORDS), grown_tree)
    yield Reader("tree of a request", answers.request, trees, (*_TREE_WORDS, *_YAML_WORDS), grown_tree, (BlazonError,))
    yield Reader("tree that is built", answers.built, trees, (*_TREE_WORDS, *_YAML_WORDS), grown_tree)
    for name, path, seeds in (
        ("site", "content/site.yaml", sites),
        ("badge", "content/badges/soldering/badge.yaml", badges),
        ("award", "content/earners/ada/soldering.yaml", awards),
        ("erased award", "content/earners/ada/soldering.yaml", files("ada/erased.yaml") or awards),
        ("earner", "content/earners/ada/earner.yaml", files("/earner.yaml")),
        ("reviewers", "content/reviewers.yaml", files("/reviewers.yaml")),
        ("key", "keys/key-1.yaml", files("keys/key-1.yaml")),
    ):
        record = _RECORDS[name]
        yield Reader(
            f"file of a program: {name}", answers.file_in(path), seeds, (*examples(record), *_YAML_WORDS), grown[name]
        )
    rooted = rootbook.signed(rootbook.program(rootbook.FIRST), rootbook.FIRST)
    named, listed = rooted[rootbook.ROOT], rooted[rootbook.LIST]
    yield Reader(
        "file of a program: root keys",
        answers.file_in(rootbook.ROOT, rooted),
        (named,),
        (*examples(fields.ROOTS), *_YAML_WORDS),
        grown["root keys"],
    )
    yield Reader(
        "file of a program: list of keys",
        answers.file_in(rootbook.LIST, rooted),
        (listed,),
        _JSON_WORDS,
        partial(growing.changed_json, data=listed),
    )
    yield from _of_documents_in_files()
    theme = storybook.THEME
    yield Reader(
        "options of a theme", answers.theme_options, (theme[options.FILE],), _YAML_WORDS, grown["theme"], (BlazonError,)
    )
    yield Reader(
        "strings of a theme",
        answers.theme_file("strings/en.yaml"),
        (theme["strings/en.yaml"],),
        _YAML_WORDS,
        answers=(BlazonError,),
    )
    yield Reader(
        "style of a theme",
        answers.theme_file("static/own.css"),
        (theme["static/stitch.css"],),
        encoded("url(", "//", ")", "@import", "/*", '"'),
        answers=(BlazonError,),
    )
    yield Reader(
        "letters of a theme",
        answers.letters,
        encoded("I 339 M86 0l0-668l167 0l0 668z\nA 500 M0 0h9\nd 9\na 9\nAd -20\n"),
        encoded(" M", "0 ", "\n", "##"),
        answers=(BlazonError,),
    )


def _of_documents_in_files() -> Iterator[Reader]:
    """Endorsements, documentation and pictures that lie in a program's repository."""
    named = "content/badges/soldering/"
    endorsed = {
        **answers.base(),
        f"{named}badge.yaml": answers.base()[f"{named}badge.yaml"] + b"endorsements: [league.json]\n",
    }
    drawn = {**answers.base(), f"{named}badge.yaml": answers.base()[f"{named}badge.yaml"] + b"image: {alt: A patch}\n"}
    with_svg, with_png = (
        {**drawn, f"{named}image.{one}": data} for one, data in (("svg", _drawings()[0]), ("png", _pictures()[0]))
    )
    pages = (*files("docs/pages.yaml"), PAGES)
    texts = (
        *files(".md"),
        *(path.read_bytes() for path in sorted((TESTS.parent / "docs" / "how").glob("*.md"))),
        *_MARKDOWN,
    )
    yield Reader(
        "file of a program: endorsement",
        answers.file_in(f"{named}league.json", endorsed),
        (*files("soldering/good.json", "soldering/school.json"), *documents()),
        _JSON_WORDS,
        growing.json_of,
    )
    yield Reader(
        "file of a program: PNG",
        answers.file_in(f"{named}image.png", with_svg),
        _pictures(),
        _PNG_WORDS,
        growing.png_of,
    )
    yield Reader(
        "file of a program: SVG",
        answers.file_in(f"{named}image.svg", with_png),
        _drawings(),
        _SVG_WORDS,
        growing.svg_of,
    )
    yield Reader(
        "file of a program: pages",
        answers.file_in("docs/pages.yaml", DOCUMENTED),
        pages,
        _YAML_WORDS,
        growing.yaml_of(["title", "sections", "pages", "language"]),
    )
    yield Reader(
        "file of a program: page",
        answers.file_in("docs/README.md", DOCUMENTED),
        texts,
        _MARKDOWN_WORDS,
        growing.markdown_of,
    )
    yield Reader("page of documentation", answers.documentation, texts, _MARKDOWN_WORDS, growing.markdown_of)
    yield Reader("PNG of a badge", answers.picture, _pictures(), _PNG_WORDS, growing.png_of)
    yield Reader("SVG of a badge", answers.drawing, _drawings(), _SVG_WORDS, growing.svg_of)


def _of_texts() -> Iterator[Reader]:
    """What people write."""
    addresses = encoded(
        "https://example.org/a?b=c#d",
        "did:web:example.org%3A8080:a",
        f"did:key:{_KEY}",
        "http://data.europa.eu/esco/skill/1",
    )
    names = encoded(
        "Ada Okafor",
        "Иван Петров",
        "李小龙",
        "نور",
        "2026-05-14",
        "2026-05-14T09:00:00Z",
        "P1Y2M",
        "1.5",
        "true",
        "en",
        "ada@example.org",
        sshbook.line_of(REVIEWER),
        _KEY,
    )
    yield Reader("Markdown", answers.markdown, _MARKDOWN, _MARKDOWN_WORDS, growing.markdown_of)
    yield Reader("address", answers.value, addresses, encoded(*growing._PARTS), growing.address_of)
    yield Reader("name, date, number or key", answers.value, names, encoded(*growing._SIGNS), growing.words_of)
    yield Reader(
        "words at a command",
        answers.typed,
        (*names, *addresses),
        encoded(*growing._SIGNS, *growing._PARTS),
        growing.words_of,
    )


def _of_documents() -> Iterator[Reader]:
    """Documents, and what they are made of."""
    graph = json.loads(requested())["requests"][0]["document"]
    jwk = json.dumps(
        {"kty": "OKP", "crv": "Ed25519", "x": hostile.WEB_X, "use": "sig", "key_ops": ["verify"], "alg": "EdDSA"}
    ).encode()
    signature = sshbook.sign(REVIEWER, b"message").encode()
    letters = encoded("1", "z", "l", "0", "z6Mk")
    yield Reader("JSON", answers.json_text, documents(), _JSON_WORDS, growing.json_of, (Unreadable,))
    yield Reader(
        "document to be made canonical",
        answers.canonical,
        documents(),
        _JSON_WORDS,
        growing.json_of,
        (Unreadable, UnknownTerm, Malformed, TooLarge),
    )
    yield Reader(
        "N-Quads",
        answers.statements,
        encoded("\n".join(graph) + "\n"),
        encoded("_:b0", "_:c14n1", " .\n", "<", '"', "\\u0041"),
        answers=(Unreadable, TooLarge),
    )
    yield Reader("base58", answers.base_58, encoded(_KEY[1:], "111", ""), letters, growing.words_of, (ValueError,))
    yield Reader(
        "public key",
        answers.public_key,
        encoded(_KEY, strangers.SECRET.one_line()),
        letters,
        growing.words_of,
        (ValueError,),
    )
    yield Reader(
        "JSON Web Key", answers.web_key, (jwk,), _JSON_WORDS, partial(growing.changed_json, data=jwk), (ValueError,)
    )
    yield Reader(
        "line of an SSH key",
        answers.ssh_key,
        encoded(sshbook.line_of(REVIEWER)),
        encoded("ssh-rsa", " ", "AAAA", "=", "+"),
        answers=(ValueError,),
    )
    yield Reader(
        "signature by SSH",
        answers.ssh_signature,
        (signature,),
        encoded("=\n", "-----", "AAAA", "\r\n"),
        answers=(ValueError,),
    )


def _of_strangers() -> Iterator[Reader]:
    """What verify is given."""
    good, (in_png, in_svg) = strangers.text(strangers.award()), _baked()
    keys, bits = answers.around()[strangers.KEY_DOCUMENT], zlib.compress(strangers.bits(), wbits=31)
    copy, status = answers.around()[strangers.ASSERTION], answers.around()[strangers.STATUS_LIST]
    token = b"eyJhbGciOiJFZERTQSJ9.e30.c2ln"
    badges = (token, *(data for data in corpus(".json", ".png", ".svg", ".bin") if len(data) < 20_000))
    listed = encoded("u" + urlsafe_b64encode(bits).decode().rstrip("="))
    yield Reader(
        "badge of any form",
        answers.badge,
        (good, in_png, in_svg, *badges),
        (*_JSON_WORDS, *_PNG_WORDS, *_SVG_WORDS),
        partial(growing.changed_json, data=good),
    )
    yield Reader(
        "badge in a PNG", answers.baked_png, (in_png, *corpus(".png")[:40]), _PNG_WORDS, growing.png_of, (Unreadable,)
    )
    yield Reader(
        "badge in an SVG", answers.baked_svg, (in_svg, *corpus(".svg")[:40]), _SVG_WORDS, growing.svg_of, (Unreadable,)
    )
    yield Reader(
        "badge that its issuer signed",
        answers.signed_badge,
        documents(),
        _JSON_WORDS,
        partial(growing.changed_json, data=good),
        (Unreadable, UnknownTerm, Malformed, TooLarge, LookupError),
    )
    yield Reader(
        "key document",
        answers.beside(strangers.KEY_DOCUMENT),
        (keys, *corpus(".bin")[:1]),
        _JSON_WORDS,
        partial(growing.changed_json, data=keys),
    )
    yield Reader(
        "status list",
        answers.beside(strangers.STATUS_LIST),
        (status,),
        _JSON_WORDS,
        partial(growing.changed_json, data=status),
    )
    yield Reader("bits of a status list", answers.status_bits, (bits,), (b"\x1f\x8b\x08\0",), growing.gzip_of)
    yield Reader(
        "text of a status list", answers.status_text, listed, encoded("u", "H4sI", "=", "-", "_"), answers=(Malformed,)
    )
    yield Reader(
        "document of version 2.0",
        answers.beside(strangers.ASSERTION),
        (copy,),
        _JSON_WORDS,
        partial(growing.changed_json, data=copy),
    )
    yield Reader(
        "document that is handed over", answers.handed_over, (keys, status), _JSON_WORDS, growing.json_of, (Unreadable,)
    )
    yield Reader("file of a built site", answers.built_site, (keys, *badges), _JSON_WORDS, growing.json_of)
    yield Reader("answer of a host", answers.host_answer, _ANSWERS, _HTTP_WORDS, answers=(Doubt,))
    yield Reader("question of a browser", answers.preview, _QUESTIONS, _GET_WORDS)


def _of_keepers() -> Iterator[Reader]:
    """What those get who hold the key, and what programs are sent."""
    listed, stored = requested(), signatures.write(twophases.stack().signed([twophases.SECRET])).encode()
    event = json.dumps(
        {"action": "opened", "issue": {"body": forms()[0].decode(), "labels": [{"name": "claim"}]}}
    ).encode()
    events = tuple(path.read_bytes() for path in sorted((TESTS / "workflows" / "events").glob("*.json")))
    table = encoded(
        "name,badge,did,reviewer,date,conflict,evidence 1 title,evidence 1 url,score joints,email\nBo,soldering,Soldered.,kim,2026-05-30,none,Photo of the joints,https://example.org/a,Good,bo@example.org\n"
    )
    note = json.dumps([["content/a"], {"content/a/x.yaml": "0" * 64}]).encode()
    mark = b"This folder was made by blazon. It is replaced as a whole when the site below is built again.\nhttps://badges.example.org/\n"
    yield Reader(
        "signatures.json",
        answers.signature_list,
        (stored,),
        _JSON_WORDS,
        partial(growing.changed_json, data=stored),
        (Unreadable,),
    )
    signed = rootbook.signed(rootbook.program(rootbook.FIRST), rootbook.FIRST)[rootbook.LIST]
    yield Reader(
        "list of keys",
        answers.key_list,
        (signed,),
        _JSON_WORDS,
        partial(growing.changed_json, data=signed),
        (Unreadable,),
    )
    yield Reader(
        "requests.json",
        answers.requests,
        (listed,),
        _JSON_WORDS,
        partial(growing.changed_json, data=listed),
        (Unreadable, Refused, BlazonError),
    )
    yield Reader(
        "key file",
        answers.key_file,
        (protected(), strangers.SECRET.one_line().encode(), b"\xff"),
        encoded("z", "1", " MiB"),
        mostly_cheap,
        (BlazonError,),
    )
    yield Reader(
        "event of an issue",
        answers.issue,
        (event, *events),
        _JSON_WORDS,
        partial(growing.changed_json, data=event),
        (BlazonError,),
    )
    yield Reader(
        "form of an issue",
        answers.issue_body,
        forms(),
        encoded("### ", "### Badge\n\n", "- ", " (private): ", "https://", "_No response_", "- [x] "),
        answers=(BlazonError,),
    )
    yield Reader(
        "table of people",
        answers.sheet,
        (*table, b"PK\3\4" + bytes(40)),
        encoded(*growing._CELLS, *growing._HEADINGS, ",", ";", "\n", '"'),
        growing.csv_of,
    )
    yield Reader(
        "note of a killed run",
        answers.unfinished,
        (note, b"[[], {}]", mark),
        _JSON_WORDS,
        growing.json_of,
        (BlazonError,),
    )


_EDITED = b"name: A\npublished:\n  1:\n    slug: b\nreviews:\n  - reviewer: kim\nissued: 2026-05-31\n"
_KEY = "z6MkmQqaGDjvPZ4JkDPRVMqSwGJr1paMutKXeh2cq6k4oVAh"
_MARKDOWN = encoded("Plan *two* sessions.\n\n1. one\n2. `two`\n\n> [three](https://example.org/)\n\n## Four\n", "a\n\n    code\n\n- b\n  - c\n", "**a** _b_ <b>")  # fmt: skip
_ANSWERS = encoded(
    'HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 8\r\n\r\n{"a": 1}',
    "HTTP/1.1 302 Found\r\nLocation: /b\r\n\r\n",
    "HTTP/1.1 200 OK\r\nContent-Type: image/png\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n",
)
_QUESTIONS = encoded(
    "GET /badges/ HTTP/1.1\r\nHost: localhost:PORT\r\n\r\n",
    "HEAD / HTTP/1.1\r\nHost: 127.0.0.1:PORT\r\n\r\n",
    "GET /badges/a HTTP/1.1\r\nHost: localhost:PORT\r\n\r\n",
    "GET /__blazon__/events HTTP/1.1\r\nHost: localhost:PORT\r\n\r\n",
)
_RECORDS: Mapping[str, Record[Any]] = {
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


READERS = {
    one.name: replace(
        one,
        found=tuple(FOUND.get(one.name, {}).values()),
        refused=(REFUSED[one.name],) if one.name in REFUSED else (),
    )
    for part in (_of_files, _of_texts, _of_documents, _of_strangers, _of_keepers)
    for one in part()
}
