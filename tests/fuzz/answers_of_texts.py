"""What readers of texts, pictures and documents answer."""

from __future__ import annotations

import re
import secrets
from collections.abc import Callable
from contextlib import suppress
from functools import cache
from typing import Any, cast

import click

import strangers
from answers import UNFIT, answered, words
from answers_of_files import base
from blazon import (
    bake,
    base58,
    canon,
    doctext,
    ed25519,
    founding,
    jsontext,
    pictures,
    pinning,
    png,
    prose,
    recipients,
    render,
    scaffold,
    shape,
    shell,
    sshsig,
    svg,
    tags,
    tosign,
    values,
)
from blazon.diagnostics import BlazonError, Place, Report
from blazon.dochtml import Writer
from blazon.source import Text

_TAG = re.compile("[a-z0-9]+(?:-[a-z0-9]+)*")
_TAGS = re.compile(
    r"</?(?:p|br|strong|em|code|pre|ul|ol|li|blockquote|hr|h[1-6])>|<a href=\"https://[^\"<>]*\" rel=\"[a-z ]+\">|</a>"
)
_DOC_TAGS = re.compile(
    r"</?(?:p|strong|em|code|pre|ul|ol|li|blockquote|hr|h[1-6]|a|b|i|del|ins|figure|figcaption|div|table|thead|tbody|tr|th|td)"
    r"(?: [a-z-]+=\"[^\"<>]*\")*>"
)


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
    assert not any(map(UNFIT.search, printed)), "what is said cannot be printed"
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
