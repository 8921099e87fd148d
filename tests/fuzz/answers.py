"""What each reader of bytes from outside is asked, and whether its answer is a value. What it says of a refusal has to be fit to print."""

from __future__ import annotations

import json
import os
import re
import secrets
import socket
import tempfile
from base64 import urlsafe_b64encode
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import Any, cast

import click

import stackbook
import storybook
import strangers
import twophases
from blazon import (
    address,
    bake,
    base58,
    batch,
    canon,
    check,
    check_options,
    contrast,
    doctext,
    ed25519,
    founding,
    gathering,
    issueform,
    jsontext,
    judging,
    keyfiles,
    keylist,
    load,
    lookup,
    online,
    opened,
    options,
    pictures,
    pinning,
    png,
    prose,
    recipients,
    recount,
    render,
    rewriting,
    roster,
    scaffold,
    serving,
    shape,
    sheets,
    shell,
    signatures,
    signer,
    site,
    source,
    sshsig,
    svg,
    swap,
    tags,
    tosign,
    typeface,
    values,
)
from blazon.altering import Side
from blazon.check_against import check_against
from blazon.check_languages import languages_have_strings
from blazon.diagnostics import BlazonError, Place, Report
from blazon.dochtml import Writer
from blazon.entering import Entering
from blazon.gathering import Piece
from blazon.keys import verify
from blazon.lookup import Given
from blazon.model import Program
from blazon.online import Network
from blazon.outcome import Outcome, Verdict
from blazon.pinning import Pins
from blazon.source import Text
from strangers import NOW

Tree = Mapping[str, bytes]

_UNFIT = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")
_SECTION = re.compile(rb"^-- (.+) --\n", re.MULTILINE)
_TAG = re.compile("[a-z0-9]+(?:-[a-z0-9]+)*")
_TAGS = re.compile(
    r"</?(?:p|br|strong|em|code|pre|ul|ol|li|blockquote|hr|h[1-6])>|<a href=\"https://[^\"<>]*\" rel=\"[a-z ]+\">|</a>"
)
_DOC_TAGS = re.compile(
    r"</?(?:p|strong|em|code|pre|ul|ol|li|blockquote|hr|h[1-6]|a|b|i|del|ins|figure|figcaption|div|table|thead|tbody|tr|th|td)"
    r"(?: [a-z-]+=\"[^\"<>]*\")*>"
)
PASSPHRASE = "correct horse"
_SHARED = "/dev/shm"  # noqa: S108 - each file has a folder of its own


def words(data: bytes) -> str:
    """Bytes as somebody may type them: what is no UTF-8 comes through as half characters."""
    return data.decode("utf-8", "surrogateescape")


def said(report: Report) -> bool:
    """Whether nothing was refused; what was said can be printed, shown on a request, and sent as JSON."""
    for one in report:
        assert not _UNFIT.search(one.as_text()), "a diagnostic cannot be printed"
        assert "\n" not in one.as_annotation(), "a diagnostic breaks out of its line"
        json.dumps(one.as_json()).encode()
    return not report.failed


def answered(value: object, report: Report) -> bool:
    """Whether there is a value; where there is none, something was said about it."""
    assert value is not None or report.failed, "it is refused without a word"
    return said(report) and value is not None


def judged(outcomes: Iterable[Outcome]) -> bool:
    """Whether everything passed; every sentence can be kept."""
    found = list(outcomes)
    assert found, "there is no outcome"
    for one in found:
        one.sentence.encode()
    return all(one.verdict is Verdict.PASSED for one in found)


# Files of programs


def sections(tree: Tree) -> bytes:
    """A tree as one input."""
    return b"".join(b"-- %s --\n%s" % (path.encode("utf-8", "surrogateescape"), data) for path, data in tree.items())


def tree_of(data: bytes) -> Tree:
    """The tree that an input says."""
    _, *parts = _SECTION.split(data)
    return {words(path): content for path, content in zip(parts[::2], parts[1::2], strict=True)}


@cache
def base() -> Tree:
    """A small program in which nothing is wrong."""
    return {path: text.removeprefix("\n").encode() for path, text in storybook.base().items()}


def program_of(tree: Tree, report: Report) -> Program | None:
    """What check makes of a tree."""
    program = load.load(tree, report, opened._public_half)
    if program is not None:
        check.check(program, report, storybook.TODAY, opened.signed, verify)
        check_options.options_fit(program, storybook.THEME, report)
        languages_have_strings(program, storybook.THEME, report)
        address.lay_out(program, report)
    return program


def program(data: bytes) -> bool:
    """A whole tree."""
    report = Report()
    return answered(program_of(tree_of(data), report), report)


def file_in(path: str, around: Tree | None = None) -> Callable[[bytes], bool]:
    """One file of a program that is sound otherwise."""

    def read(data: bytes) -> bool:
        report = Report()
        return answered(program_of({**(base() if around is None else around), path: data}, report), report)

    return read


def built(data: bytes) -> bool:
    """A tree that check takes can be built, whatever stands in it."""
    report = Report()
    tree = {path: content for path, content in tree_of(data).items() if not path.startswith("keys/")}
    found = program_of({**tree, "keys/key-1.yaml": stackbook.tree()["keys/key-1.yaml"]}, report)
    if found is None or not said(report):
        return False
    plan = address.lay_out(found, Report())
    made = dict(site.publish(found, plan, [stackbook.SECRET], _theme(), storybook.TODAY))
    assert made, "nothing is built"
    return True


@cache
def _theme() -> Tree:
    """The theme of the stories."""
    return storybook.THEME


def request(data: bytes) -> bool:
    """A tree as a request against the small program: what check says of it, and what diff tells of it in each form."""
    report, now = Report(), Report()
    tree = tree_of(data)
    after, before = load.load(tree, now), load.load(base(), Report())
    if after is None or before is None:
        return answered(after, now)
    sides = Side(before, base()), Side(after, tree)
    check_against(*sides, report)
    found = contrast.contrast(*sides, _theme(), storybook.TODAY)
    lines = recount.recounted(found, now, "text")
    assert not any(_UNFIT.search(line) or "\n" in line for line in lines), "a line of diff cannot be printed"
    "".join(recount.recounted(found, now, "markdown")).encode()
    json.loads("".join(recount.recounted(found, now, "json")))
    return said(report)


def yaml(data: bytes) -> bool:
    """A file in YAML."""
    report = Report()
    table = source.parse("a.yaml", data, report)
    if table is not None:
        json.dumps(source.plain(table), ensure_ascii=False).encode()
    return answered(table, report)


def edited(data: bytes) -> bool:
    """A file in YAML that a command changes: one field and nothing else, or it is refused."""
    path, taken = "a.yaml", 0
    edits: tuple[Callable[[], bytes], ...] = (
        lambda: rewriting.with_field(path, data, "issued", "\nissued: 2026-05-31\n"),
        lambda: rewriting.with_entry(path, data, "reviews", "reviewer: kim\ndate: 2026-05-30\n"),
        lambda: rewriting.without_field(path, data, "issued"),
        lambda: rewriting.below_field(path, data, "name", "about", "about: A line.\n"),
        lambda: rewriting.with_text(path, data, "name", '"Other"'),
        lambda: rewriting.with_values(path, data, "published", "1", {"slug": "a", "sha256": "none"}),
    )
    for edit in edits:
        with suppress(BlazonError):
            report = Report()
            assert source.parse(path, edit(), report) is not None, "a changed file cannot be read"
            taken += 1
    return taken == len(edits)


def theme_file(path: str) -> Callable[[bytes], bool]:
    """One file of a theme."""

    def read(data: bytes) -> bool:
        look = render.Theme({**_bare_theme(), path: data})
        assert isinstance(dict(look.static()), dict)
        return True

    return read


@cache
def _bare_theme() -> Tree:
    """The theme of the stories with no more than a style needs, and one string."""
    needed = (path for path in _theme() if path == options.FILE or path.startswith("static/fonts/"))
    return {**{path: _theme()[path] for path in needed}, "strings/en.yaml": b"nav: {badges: Badges}\n"}


def theme_options(data: bytes) -> bool:
    """What a theme lets programs choose, and a program that chooses nothing."""
    declared = options.declared({**_theme(), options.FILE: data})
    return isinstance(options.values(declared, {}), dict)


def letters(data: bytes) -> bool:
    """A file of letters of a theme, and a card's line written with them."""
    face = typeface.read("letters.txt", data)
    line = "Ada"
    if face.can_write(line):
        face.fitted(line, (40, 20), 2, 300)
        assert list(face.placed(line)) is not None
    return True


# Texts


def markdown(data: bytes) -> bool:
    """Long text, as a page shows it: no tag but those of a short list."""
    text = data.decode("utf-8", "replace")
    html = str(render.markdown.__wrapped__(text))
    assert not set("<>") & set(_TAGS.sub("", html)), "a tag gets into a page"
    return prose.fault_in_markdown(text) is None


def documentation(data: bytes) -> bool:
    """A page of documentation, as a site shows it."""
    document = doctext.read.__wrapped__(data.decode("utf-8", "replace"))
    labels = {"code": "code of {}".format, "table": "table of {}".format}
    html = Writer(document.title, lambda target: target, lambda _: None, labels).html(document.blocks)
    assert "<" not in _DOC_TAGS.sub("", html), "a tag gets into a page"
    return bool(document.title)


def value(data: bytes) -> bool:
    """A text where a name, a date, an address, a key or another value stands: each kind of value is asked."""
    text, taken = Text(data.decode("utf-8", "replace"), Place("a.yaml", 1, 1)), False
    for kind in _values():
        report = Report()
        found = kind.read(text, report)
        taken |= answered(found, report)
    assert _TAG.fullmatch(tags.tag(tags.word(text.value))), "a tag cannot stand in an address"
    return taken


@cache
def _values() -> tuple[values.Value[Any], ...]:
    """Every kind of value that is written as text."""
    kinds = [one for one in vars(values).values() if isinstance(one, values.Value)]
    return (*kinds, values.whole(0, 131_071), values.choice("true", "none"))


def typed(data: bytes) -> bool:
    """What somebody types at a command: a name, a day, a key, an e-mail address, the address of a site."""
    text, taken, printed = words(data), 0, list[str]()
    asked: tuple[Callable[[], object], ...] = (
        lambda: scaffold.named(text),
        lambda: scaffold.person("ada", text),
        lambda: pinning.named([text], None, None),
        lambda: recipients.hashed(text, secrets.token_bytes),
        lambda: founding.empty({"content/site.yaml": base()["content/site.yaml"]}, text, ""),
        lambda: founding.empty({"content/site.yaml": base()["content/site.yaml"]}, "", text),
        lambda: shell.Day().convert(text, None, None),
    )
    for one in asked:
        try:
            taken += bool(one())
        except BlazonError as error:
            error.message.encode("utf-8", "surrogateescape")
        except click.UsageError as error:
            printed.append(error.message)
    assert not any(map(_UNFIT.search, printed)), "what is said cannot be printed"
    return taken > 0


# Pictures


def picture(data: bytes) -> bool:
    """A badge's own PNG: what the gate takes can be decoded or is refused, and a credential goes into it and out again."""
    if png.refuse(data):
        return False
    with suppress(ValueError):
        pictures.readable_png(data)
    assert min(png.size(data)) >= png.SHORTEST_SIDE
    baked = bake.bake_png(data, "{}", "{}")
    assert bake.unbake_png(baked) == bake.Baked("{}", "{}", data), "a credential does not come out again"
    return True


def drawing(data: bytes) -> bool:
    """A badge's own SVG, likewise."""
    if svg.refuse(data):
        return False
    baked = bake.bake_svg(data, "{}", "{}")
    assert bake.unbake_svg(baked) == bake.Baked("{}", "{}", data), "a credential does not come out again"
    return True


def baked_png(data: bytes) -> bool:
    """What a PNG carries."""
    return bake.unbake_png(data).credential is not None


def baked_svg(data: bytes) -> bool:
    """What an SVG carries."""
    return bake.unbake_svg(data).credential is not None


# Documents


def json_text(data: bytes) -> bool:
    """An object in JSON; what is read and written again is the same."""
    document = jsontext.parse(data)
    for text in (jsontext.write(document), jsontext.compact(document), jsontext.embeddable(document)):
        assert jsontext.same(jsontext.parse(text.encode()), document), "what was written is read as something else"
    return True


def canonical(data: bytes) -> bool:
    """A document in its canonical form, and whether it has the form of a badge."""
    document = jsontext.parse(data)
    shape.judge(document, tuple(map(str, cast("Any", strangers.vector("award-a7f3"))["@context"])))
    return bool(canon.canonicalize(document))


def statements(data: bytes) -> bool:
    """Statements in N-Quads, in canonical form."""
    return bool(canon.canonicalize_quads(tosign.quads(data.decode("utf-8", "replace"))))


def base_58(data: bytes) -> bool:
    """Text in base58, which is the one text for its bytes."""
    text = data.decode("utf-8", "replace")
    assert base58.encode(base58.decode(text)) == text, "two texts stand for the same bytes"
    return True


def public_key(data: bytes) -> bool:
    """A public key as Multikey."""
    text = data.decode("utf-8", "replace")
    assert ed25519.write(ed25519.read.__wrapped__(text)) == text, "two texts stand for the same key"
    return True


def web_key(data: bytes) -> bool:
    """A public key as JSON Web Key."""
    return bool(ed25519.read_jwk(jsontext.parse(data)))


def ssh_key(data: bytes) -> bool:
    """The line of an SSH key."""
    return bool(sshsig.read_key(data.decode("utf-8", "replace")))


def ssh_signature(data: bytes) -> bool:
    """A signature by SSH."""
    return bool(sshsig.read(data.decode("utf-8", "replace")).payload(b"message"))


# What verify is given


@cache
def around() -> Mapping[str, bytes]:
    """The documents around the standards' example."""
    return strangers.sources().documents


def badge(data: bytes) -> bool:
    """A badge of any form."""
    found = judging.judge(
        Piece("a", data, "", Given(around())), NOW, Pins(frozenset({ed25519.write(strangers.SECRET.public)}))
    )
    return judged(found.outcomes)


def signed_badge(data: bytes) -> bool:
    """A badge in which its issuer says odd things, and signs them."""
    document = jsontext.parse(data, 256 * 1024)
    found = judging.judge(Piece("a", strangers.text(strangers.seal(document)), "", Given(around())), NOW)
    return judged(found.outcomes)


def beside(url: str) -> Callable[[bytes], bool]:
    """A document that a good badge names, by its address."""

    def read(data: bytes) -> bool:
        found = judging.judge(Piece("a", _good(), "", Given({**around(), url: data})), NOW)
        return judged(found.outcomes)

    return read


@cache
def _good() -> bytes:
    """A good badge, in a picture with its copy of version 2.0."""
    texts = jsontext.embeddable(strangers.award()), jsontext.embeddable(strangers.vector("assertion-a7f3"))
    return bake.bake_png(strangers.PNG, *texts)


def status_bits(data: bytes) -> bool:
    """The bits of a status list that is signed as it should be."""
    text = "u" + urlsafe_b64encode(data).decode().rstrip("=")
    return beside(strangers.STATUS_LIST)(strangers.status_list(strangers.put(text, "credentialSubject", "encodedList")))


def status_text(data: bytes) -> bool:
    """The text of a status list that is signed as it should be."""
    change = strangers.put(data.decode("utf-8", "replace"), "credentialSubject", "encodedList")
    return beside(strangers.STATUS_LIST)(strangers.status_list(change))


def handed_over(data: bytes) -> bool:
    """A key document or a status list that was handed over."""
    return bool(lookup.given([data]).documents)


def built_site(data: bytes) -> bool:
    """The key document of a folder that may be a built site, and what a file of it counts for."""
    with suppress(jsontext.Unreadable):
        lookup.published(lambda _: data).document("https://badges.example.org/a")
    return sum(gathering._is_badge(ending, data) for ending in (".json", ".png", ".svg")) > 0


# What the one with the key is given


def signature_list(data: bytes) -> bool:
    """The file of signatures, which is written again as it is."""
    found = signatures.read(data)
    assert signatures.read(signatures.write(found).encode()) == found, "what was written is read as something else"
    return True


def key_list(data: bytes) -> bool:
    """The list of keys that root keys sign, which is written again as it is."""
    found = keylist.read(data)
    assert keylist.read(keylist.write(found).encode()) == found, "what was written is read as something else"
    return bool(found.signers(verify))


def requests(data: bytes) -> bool:
    """The list of what has to be signed."""
    found = tosign.read(data)
    before = signatures.Signatures("did:web:badges.example.org", {})
    return bool(signer.sign(found, before, [twophases.SECRET], twophases.TODAY)) or not found.requests


def key_file(data: bytes) -> bool:
    """A file with a secret key."""
    with tempfile.TemporaryDirectory(dir=_fast()) as folder:
        path = Path(folder) / "a.key"
        path.touch(mode=0o600)
        path.write_bytes(data)
        return bool(keyfiles.read(path, lambda _: PASSPHRASE))


def _fast() -> str | None:
    """A place for files that are soon gone."""
    return _SHARED if os.access(_SHARED, os.W_OK) else None


def unfinished(data: bytes) -> bool:
    """The note of a run that was killed, and the mark of a built site."""
    with tempfile.TemporaryDirectory(dir=_fast()) as folder:
        root = Path(folder)
        (root / swap.MARK).write_bytes(data)
        swap.marked(root).encode()
        note = root / batch.NOTE
        note.touch(mode=0o600)
        note.write_bytes(data)
        batch.take_back(root)
        assert not note.exists(), "the note is still there"
        return True


# What others send


@cache
def _loaded() -> Program:
    """The small program."""
    found = load.load(base(), Report())
    assert found is not None
    return found


def _entered(entries: list[roster.Entry], report: Report) -> bool:
    """New awards; whatever file is made of them can be read."""
    made = Entering(_loaded(), dict(base()), secrets.token_bytes, hash_email=True).enter(
        entries, storybook.TODAY, report
    )
    for one in made.files if made else ():
        reading = Report()
        assert source.parse(one.path, one.text.encode(), reading) is not None, "a file that was made cannot be read"
    return answered(made, report)


def issue(data: bytes) -> bool:
    """The event of an issue."""
    report = Report()
    entry = issueform.entry(data, _loaded(), report)
    return answered(entry, report) and entry is not None and _entered([entry], report)


def issue_body(data: bytes) -> bool:
    """What somebody wrote into the form of an issue."""
    event = {"action": "opened", "issue": {"body": data.decode("utf-8", "replace"), "labels": [{"name": "claim"}]}}
    return issue(json.dumps(event).encode())


def sheet(data: bytes) -> bool:
    """A table of people."""
    report = Report()
    found = sheets.read("roster.csv", data, report)
    if found is None:
        return answered(found, report)
    return _entered(roster.entries(found, "dmy", report), report)


class Unsecured:
    """Talks to a host without TLS."""

    def wrap_socket(self, line: socket.socket, **_: object) -> socket.socket:
        """The line as it is."""
        return line


def host_answer(data: bytes) -> bool:
    """What a host answers, again and again where it leads on."""

    def connect(_address: str, _seconds: float) -> socket.socket:
        ours, theirs = socket.socketpair()
        theirs.sendall(data[: 64 << 10])
        theirs.shutdown(socket.SHUT_WR)
        kept.append(theirs)
        return ours

    kept: list[socket.socket] = []
    network = Network(lambda _: ["93.184.216.34"], connect, cast("Any", Unsecured()))
    asked = online.Online(network)
    asked.begin()
    try:
        return bool(asked.document("https://example.org/a")) or True
    finally:
        for line in kept:
            line.close()


def preview(data: bytes) -> bool:
    """What a browser asks of a preview, and hangs up."""
    ours, theirs = socket.socketpair()
    with ours:
        port = str(_server().server_port).encode()
        theirs.sendall(data.replace(b"PORT", port)[: 64 << 10])
        theirs.close()
        try:
            serving._Handler(ours, ("127.0.0.1", 1), _server())
        except ConnectionError:  # nobody listens any more
            return True
    return False


@cache
def _server() -> serving.Server:
    """A preview of a folder with a page."""
    folder = Path(tempfile.mkdtemp(dir=_fast()))
    (folder / "index.html").write_text("<!doctype html><body></body>")
    server = serving.Server(0, folder)
    server.stage.show((), "/badges/")
    return server
