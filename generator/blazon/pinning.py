"""Keys that whoever checks a badge knew before: they have to have signed it, or as root keys the list that names the key which did.

Whoever holds an issuer's address can list any key there. What was found with known keys in mind rests on nothing at that address.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from blazon import address, authority, ed25519, jsontext, keylist
from blazon.authority import Document, issuer_of, proofs_of
from blazon.diagnostics import BlazonError, counted
from blazon.documents import moment
from blazon.jsontext import Unreadable
from blazon.keylist import KeyList
from blazon.keys import verify
from blazon.lookup import Given, Remembered, Several, answers_for, home, key_document_url
from blazon.outcome import Absent, Doubt, Failure, Outcome, Verdict, failed, passed, undecided
from blazon.verify import examine

PIN = "pin"

_DID_WEB = "did:web:"


@dataclass(frozen=True, slots=True)
class Pins:
    """The keys that were named, as Multikeys. Where they are root keys: how many of them have to have signed the list of keys, and
    the smallest number that it may have.
    """

    keys: frozenset[str]
    threshold: int = 1
    number: int = 1

    @property
    def one(self) -> str:
        """One of them in a sentence."""
        return "the one that you named" if len(self.keys) == 1 else "one of those that you named"


@dataclass(frozen=True, slots=True)
class Pinned:
    """What was found out about a badge: the steps and the keys that signed it, and with named keys in mind the step pin."""

    outcomes: tuple[Outcome, ...]
    keys: list[str]
    outcome: Outcome | None = None


@dataclass(frozen=True, slots=True)
class Badge:
    """A badge that was looked at, as its issuer's address has it: its file, its credential, what each step found, and where its
    documents are at what moment.
    """

    data: bytes
    credential: Document
    outcomes: tuple[Outcome, ...]
    sources: Remembered
    now: datetime

    @property
    def issuer(self) -> str:
        """The identity of its issuer."""
        return issuer_of(self.credential)


def named(texts: Sequence[str], threshold: int | None, number: int | None) -> Pins | None:
    """The keys that were named, which have to be named whole. Raises BlazonError for what is no key, and for limits without keys."""
    if not texts and (threshold or number):
        raise BlazonError("--pin-threshold and --pin-number are about root keys.", "name those with --pin too.", 2)
    keys = set()
    for text in texts:
        key = text.removeprefix("did:key:")
        try:
            keys.add(ed25519.write(ed25519.read(key)))
        except ValueError as error:
            hint = "give all letters of the key, z6Mk…: others can make a key with the same beginning and end."
            raise BlazonError(f"--pin: this is not a key: {error}.", hint, 2) from None
    if threshold and threshold > len(keys):
        message = f"--pin-threshold asks for {threshold} root keys, and {counted(len(keys), 'key')} "
        message += "is named." if len(keys) == 1 else "are named."
        raise BlazonError(message, "name each of them with a --pin of its own.", 2)
    return Pins(frozenset(keys), threshold or 1, number or 1) if keys else None


def look(badge: Badge, pins: Pins) -> Pinned:
    """What is found out about a badge when nothing else is known of its issuer than some keys."""
    keys = authority.signers(badge.credential, badge.sources)
    if keys and pins.keys.issuperset(keys):
        return Pinned(badge.outcomes, keys, _rests_on(pins, badge))
    other = _by_another(keys, pins)
    if not badge.issuer.startswith(_DID_WEB) or _lists_one(pins, badge):
        return Pinned(badge.outcomes, keys, other)
    try:
        found = badge.sources.made(("key list", badge.issuer), lambda: _list(badge, pins))
        _vouched(badge.credential, found)
    except Absent:
        return Pinned(badge.outcomes, keys, other)
    except Failure as error:
        return Pinned(badge.outcomes, keys, failed(PIN, str(error)))
    except Doubt as doubt:
        sentence = f"{other.sentence} Whether you named a root key that vouches for this one is not known: {doubt}"
        return Pinned(badge.outcomes, keys, undecided(PIN, sentence))
    return _by_list(badge, found, pins)


def _by_another(keys: Sequence[str], pins: Pins) -> Outcome:
    """What is said where the keys that were named did not sign, and no list says more."""
    if not keys:
        return undecided(PIN, f"we do not know which key signed it, so it cannot be compared with {pins.one}.")
    return failed(PIN, f"it is signed by another key than {pins.one}: {', '.join(keys)}.")


def _lists_one(pins: Pins, badge: Badge) -> bool:
    """Whether the issuer's own key document has one of the keys that were named, which then is no root key."""
    try:
        return bool(authority.narrowed(badge.issuer, pins.keys, badge.sources)["verificationMethod"])
    except (Doubt, Failure):
        return False


def _rests_on(pins: Pins, badge: Badge) -> Outcome:
    """Whether all that was found out about a badge by a key that was named stays so when the issuer has no other key."""
    signed = f"the key behind its signature is {pins.one}"
    if badge.issuer.startswith("did:key:"):
        return passed(PIN, f"{signed}.")
    key = ("pinned", badge.issuer)
    sources = badge.sources.made(
        key, lambda: _with_keys(badge, authority.narrowed(badge.issuer, pins.keys, badge.sources))
    )
    for before, after in zip(badge.outcomes, examine(badge.data, sources, badge.now).outcomes, strict=True):
        if before.verdict is Verdict.PASSED and after.verdict is not Verdict.PASSED:
            rest = f"what the step {before.step} found rests on another key of its issuer: if you know that too, name both."
            return undecided(PIN, f"{signed}, and {rest}")
    return passed(PIN, f"{signed}.")


def _list(badge: Badge, pins: Pins) -> KeyList:
    """The list of an issuer's keys, which root keys that were named have signed.

    Raises Absent where the issuer has none, Doubt where it is not here or cannot be read, and Failure where it is not to be relied on.
    """
    base = home(badge.issuer) or ""
    url = f"{base}{address.KEY_LIST}"
    data = badge.sources.document(url)
    if data is None:
        missing = Absent if answers_for(badge.sources, base) else Doubt
        raise missing(f"its issuer's list of keys, {address.KEY_LIST}, is not here.")
    try:
        found = keylist.read(data)
    except Unreadable as error:
        raise Doubt(f"its issuer's list of keys cannot be read: {error}") from None
    if (found.issuer, found.id) != (badge.issuer, url):
        raise Failure("what is at the address of its issuer's list of keys is the list of somebody else.")
    right = found.signers(verify)
    if not right & pins.keys:
        raise Failure(f"no key that you named has signed it, nor its issuer's list of keys ({found.named}).")
    if (number := len(right & pins.keys)) < pins.threshold:
        message = f"of the root keys that you named, {number} {'has' if number == 1 else 'have'} signed its issuer's list of keys"
        raise Failure(f"{message} ({found.named}), and not {pins.threshold}.")
    if len(right.intersection(found.roots)) < found.threshold:
        raise Failure(f"its issuer's list of keys ({found.named}) has fewer signatures than it asks for.")
    if found.number < pins.number:
        raise Failure(f"its issuer's list of keys is an old one: {found.named}, and you know of number {pins.number}.")
    return found


def _vouched(credential: Document, found: KeyList) -> None:
    """Raise Failure unless a list has every key that signed a credential, and each signed in its time."""
    keys = {f"{found.issuer}#{key.name}": key for key in found.keys}
    for one in proofs_of(credential):
        key = keys.get(str(one.get("verificationMethod")))
        if key is None:
            raise Failure(f"the key that signed it is not on the list that a root key vouches for ({found.named}).")
        if key.compromised is not None:
            raise Failure(f"the key that signed it is compromised, as a root key vouches ({found.named}).")
        made = moment(one.get("created"))
        if made is None or made < key.since or (key.until is not None and made >= key.until):
            raise Failure(
                f"it is not signed in the time for which a root key vouches for the key that signed it ({found.named})."
            )


def _by_list(badge: Badge, found: KeyList, pins: Pins) -> Pinned:
    """What is found out about a badge when its issuer has the keys of a list, and no others."""
    sources = badge.sources.made(("listed", badge.issuer), lambda: _with_keys(badge, _key_document(found)))
    outcomes = examine(badge.data, sources, badge.now).outcomes
    proof = next(one for one in outcomes if one.step == authority.PROOF)
    if proof.verdict is Verdict.PASSED:
        outcome = passed(PIN, _praise(found, pins))
    else:
        sentence = f"it is not shown to be signed by the key that a root key vouches for ({found.named})."
        outcome = Outcome(PIN, proof.verdict, sentence)
    return Pinned(outcomes, authority.signers(badge.credential, sources), outcome)


def _praise(found: KeyList, pins: Pins) -> str:
    """What is said of a badge by a key on a list that root keys vouch for."""
    signed = found.signers(verify) & pins.keys
    who = (
        "the root key that you named vouches"
        if len(signed) == 1
        else f"{len(signed)} of the root keys that you named vouch"
    )
    if signed.isdisjoint(found.roots):
        others = "has other root keys by now" if len(found.roots) > 1 else "has another root key by now"
        return f"it is signed by a key for which {who} ({found.named}); its issuer {others}: {', '.join(found.roots)}."
    return f"it is signed by a key for which {who} ({found.named})."


def _key_document(found: KeyList) -> Document:
    """A list of keys as a key document, without those that are compromised."""
    methods = [
        {
            "id": f"{found.issuer}#{key.name}",
            "type": "Multikey",
            "controller": found.issuer,
            "publicKeyMultibase": key.key,
        }
        for key in found.keys
        if key.compromised is None
    ]
    return {
        "id": found.issuer,
        "verificationMethod": methods,
        "assertionMethod": [method["id"] for method in methods],
    }


def _with_keys(badge: Badge, document: Document) -> Remembered:
    """The documents around a badge with another key document of its issuer."""
    url = key_document_url(badge.issuer) or ""
    return Remembered(Several((Given({url: jsontext.compact(document).encode()}), badge.sources)))
