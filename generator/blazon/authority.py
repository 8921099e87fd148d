"""Who signed a document: its proofs, and whether the issuer answers for the keys behind them (VC Data Integrity 1.0, §4.5)."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping
from contextlib import suppress
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from blazon import base58, ed25519, jsontext, keys, proof, thefts
from blazon.documents import moment
from blazon.jsontext import Unreadable, quoted
from blazon.lookup import Remembered, Sources, home, key_document_url, remembered
from blazon.outcome import Doubt, Failure, Outcome, failed, passed, take, undecided, worst
from blazon.quads import Malformed, TooLarge
from blazon.vocabulary import UnknownTerm

PROOF = "proof"
ISSUER = "issuer"

MOST_PROOFS = 4
MOST_METHODS = 100
LARGEST_KEY_DOCUMENT = 64 * 1024

_SIGNATURE_SIZE = 64
_MEMBERS = frozenset({"type", "cryptosuite", "created", "verificationMethod", "proofPurpose", "proofValue"})
_WEB = re.compile("https?:", re.IGNORECASE)
_UPWARDS = re.compile(r"/(?:\.|%2e)+(?:/|$)", re.IGNORECASE)  # a step out of the folder that it seems to be in
_ENDS = ("expires", "revoked")  # of a key (Controlled Identifiers 1.0, §2.2)
_JWK_TYPES = frozenset({"JsonWebKey", "JsonWebKey2020"})
_UNKNOWN_SUITE = "it is signed in a way that we do not know."
_UNLISTED = "its issuer does not list the key that signed it."

Document = Mapping[str, object]


class UnlistedError(Failure):
    """The key document of an issuer does not list a key of that name."""


def signed(document: Document, sources: Sources, now: datetime) -> tuple[Outcome, Outcome]:
    """The outcomes of the steps proof and issuer at a moment; every proof in the document has to pass both."""
    proofs = proofs_of(document)
    if not proofs:
        return failed(PROOF, "it is not signed."), undecided(ISSUER, "without a signature nobody answers for it.")
    if len(proofs) > MOST_PROOFS:
        sentence = f"it has more than {MOST_PROOFS} signatures."
        return undecided(PROOF, sentence), undecided(ISSUER, sentence)
    pairs = [_judge(document, one, sources, now) for one in proofs]
    return worst(pair[0] for pair in pairs), worst(pair[1] for pair in pairs)


def signers(document: Document, sources: Remembered) -> list[str]:
    """The public keys that a document's proofs name, as far as its issuer lists them, as Multikeys.

    What they signed is for `signed` to say.
    """
    issuer, found = issuer_of(document), []
    for one in proofs_of(document)[:MOST_PROOFS]:
        method = one.get("verificationMethod")
        with suppress(Failure, Doubt):
            key = ("key", issuer, str(method))
            found.append(sources.made(key, lambda method=method: ed25519.write(_key(issuer, method, sources)[0])))  # type: ignore[misc]
    return found


def narrowed(issuer: str, keys: Collection[str], sources: Remembered) -> Document:
    """The key document of an issuer, in which some keys alone, named as Multikeys, are left. Raises Doubt where it cannot be read."""
    document = sources.made(("keys", issuer), lambda: _key_document(issuer, sources))
    return {**document, "verificationMethod": [one for one in _methods(document) if _multikey(one) in keys]}


def proofs_of(document: Document) -> list[dict[str, Any]]:
    """The proofs of a document, or nothing when what stands there is none."""
    found = document.get("proof")
    proofs = found if isinstance(found, list) else [found]
    objects = [one for one in proofs if isinstance(one, dict)]
    return objects if len(objects) == len(proofs) else []


def issuer_of(document: Document) -> str:
    """The identity of a document's issuer, or "" without one."""
    issuer = document.get("issuer")
    identity = issuer.get("id") if isinstance(issuer, dict) else issuer
    return identity if isinstance(identity, str) else ""


def at_home(document: Document) -> Outcome:
    """Whether an https identity lies below the issuer's own address."""
    issuer, profile, name = issuer_of(document), document.get("issuer"), document.get("id")
    base = home(issuer) or (profile.get("url") if isinstance(profile, dict) else None)
    if not isinstance(name, str) or not _WEB.match(name) or not isinstance(base, str):
        return passed(ISSUER, f"its identity is of no place, and its issuer is {quoted(issuer)}.")
    if name.startswith(base if base.endswith("/") else f"{base}/") and not _UPWARDS.search(name):
        return passed(ISSUER, f"it lives below the address of {quoted(issuer)}.")
    return failed(ISSUER, "its address is not one of its issuer's.")


def _judge(document: Document, one: Document, sources: Sources, now: datetime) -> tuple[Outcome, Outcome]:
    """The outcomes of proof and issuer for one proof; a key that its issuer does not allow still tells what was signed."""
    issuer, method = issuer_of(document), one.get("verificationMethod")
    try:
        key, answered = _key(issuer, method, sources)
    except UnlistedError:
        key, outcome = None, failed(ISSUER, thefts.told(document, issuer, str(method), sources) or _UNLISTED)
    except Failure as error:
        key, outcome = None, failed(ISSUER, str(error))
    except Doubt as error:
        key, outcome = None, undecided(ISSUER, str(error))
    else:
        outcome = take(ISSUER, lambda: answered(one, now))
    return take(PROOF, lambda: _proof(document, one, key)), outcome


def _proof(document: Document, one: Document, key: bytes | None) -> str:
    """What is to be said about a proof that fits the document and the key (EdDSA Cryptosuites 1.0, §3.2.2)."""
    if one.get("type") != "DataIntegrityProof" or one.get("cryptosuite") != proof.SUITE:
        raise Doubt(_UNKNOWN_SUITE)
    if one.get("proofPurpose") != "assertionMethod":
        raise Failure("it is signed for another purpose than to state something.")
    signature = _signature(one.get("proofValue"))
    if not _MEMBERS.issuperset(one):
        raise Doubt(_UNKNOWN_SUITE)
    if key is None:
        raise Doubt("there is no key to check the signature with.")
    content = {name: value for name, value in document.items() if name != "proof"}
    options = {name: value for name, value in one.items() if name != "proofValue"}
    try:
        payload = proof.payload({"@context": None, **content}, options)
    except (UnknownTerm, Malformed, TooLarge):
        raise Doubt("what it says cannot be brought into the form that is signed.") from None
    if not keys.verify(key, signature, payload):
        raise Failure("what it says is not what was signed.")
    return "it is unchanged since it was signed."


def _signature(text: object) -> bytes:
    """The 64 bytes of a proof value, written in the one way that encodes back to itself."""
    if isinstance(text, str) and text.startswith("z"):
        with suppress(ValueError):
            signature = base58.decode(text[1:])
            if len(signature) == _SIGNATURE_SIZE and base58.encode(signature) == text[1:]:
                return signature
    raise Failure("its signature is not written as signatures are.")


def _key(issuer: str, method: object, sources: Sources) -> tuple[bytes, Callable[[Document, datetime], str]]:
    """The key that a verification method names, and a look at whether the issuer answers for a proof by it at a moment."""
    if not isinstance(method, str) or not issuer or method.partition("#")[0] != issuer or "#" not in method:
        raise Failure(f"it is signed in the name of somebody other than {quoted(issuer)}.")
    if issuer.startswith("did:key:"):
        text = issuer.removeprefix("did:key:")
        if method != f"{issuer}#{text}":
            raise Failure(_UNLISTED)
        return _public(text), lambda _one, _now: "the issuer is the key itself; who holds it is for you to know."
    document = remembered(sources).made(("keys", issuer), lambda: _key_document(issuer, sources))
    found = [one for one in _methods(document) if one.get("id") == method]
    if len(found) != 1:
        raise UnlistedError(_UNLISTED)
    return _listed(found[0]), lambda one, now: _answered(document, found[0], issuer, one, now)


def _key_document(issuer: str, sources: Sources) -> Document:
    """The key document of an issuer who has one (Controlled Identifiers 1.0, §3.2)."""
    url = key_document_url(issuer)
    if url is None:
        raise Doubt(f"we do not know how to find the keys of {quoted(issuer)}.")
    if (urlsplit(url).hostname or "").endswith(".invalid"):
        raise Failure("it comes from a preview: its issuer has an address that cannot exist.")
    data = sources.document(url)
    if data is None:
        raise Doubt(f"the key document of {quoted(issuer)} is not here.")
    try:
        document = jsontext.parse(data, LARGEST_KEY_DOCUMENT)
    except Unreadable as error:
        raise Doubt(f"the key document of {quoted(issuer)} cannot be read: {error}") from None
    if document.get("id") != issuer:
        raise Doubt(f"the key document is not that of {quoted(issuer)}.")
    return document


def _methods(document: Document) -> list[Document]:
    """The verification methods of a key document."""
    methods = document.get("verificationMethod")
    if not isinstance(methods, list) or len(methods) > MOST_METHODS:
        raise Doubt("the key document does not list keys in a form that we know.")
    return [one for one in methods if isinstance(one, dict)]


def _multikey(method: Document) -> str:
    """The key of a verification method as a Multikey, "" for one that cannot be used."""
    try:
        return ed25519.write(_listed(method))
    except Failure:
        return ""


def _listed(method: Document) -> bytes:
    """The 32 bytes of a key in a key document, in the form that its type has (Controlled Identifiers 1.0, §2.2)."""
    if str(method.get("type")) in _JWK_TYPES:
        return _usable(ed25519.read_jwk, method.get("publicKeyJwk"))
    return _public(method.get("publicKeyMultibase"))


def _public(multibase: object) -> bytes:
    """The 32 bytes of a public key that can be used."""
    return _usable(ed25519.read, str(multibase))


def _usable(read: Callable[[Any], bytes], key: object) -> bytes:
    """What a reader makes of a key."""
    try:
        return read(key)
    except ValueError as error:
        raise Failure(f"its key cannot be used: {error}.") from None


def _answered(document: Document, entry: Document, issuer: str, one: Document, now: datetime) -> str:
    """What is to be said about a listed key that may sign what its issuer states (Controlled Identifiers 1.0, §3.3)."""
    if str(entry.get("type")) not in {"Multikey", *_JWK_TYPES} or entry.get("controller") != issuer:
        raise Failure("the key that signed it is listed, but not as the issuer's own.")
    allowed = document.get("assertionMethod")
    if not isinstance(allowed, list) or entry.get("id") not in allowed:
        raise Failure("the key that signed it is listed, but not for signing badges.")
    made, ends = moment(one.get("created")), [moment(entry[name]) for name in _ENDS if name in entry]
    if made is not None and any(end is not None and made >= end for end in ends):
        raise Failure("it was signed after its key had come to an end.")
    if any(end is None or made is None or now >= end for end in ends):
        raise Doubt("the key that signed it has come to an end, and we cannot tell what came before.")
    return f"the key that signed it is listed by {quoted(issuer)}."
