"""What readers of a stranger's badge, and of the documents beside it, answer."""

from __future__ import annotations

from base64 import urlsafe_b64encode
from collections.abc import Callable, Mapping
from contextlib import suppress
from functools import cache

import strangers
from answers import judged
from blazon import bake, ed25519, gathering, jsontext, judging, lookup
from blazon.gathering import Piece
from blazon.lookup import Given
from blazon.pinning import Pins
from strangers import NOW


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


def stolen_keys(data: bytes) -> bool:
    """What an issuer tells of stolen keys, asked about a key that it does not list: that lets nothing pass."""
    none_listed = strangers.text({**strangers.vector("did"), "verificationMethod": [], "assertionMethod": []})
    documents = {**around(), strangers.KEY_DOCUMENT: none_listed, strangers.COMPROMISED_KEYS: data}
    outcomes = judging.judge(Piece("a", _good(), "", Given(documents)), NOW).outcomes
    assert not judged(outcomes), "a key that is not listed lets a badge pass"
    return any("as stolen since" in one.sentence for one in outcomes)


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
