"""Keys that a checker knew before: what has to rest on them, and what root keys vouch for, whatever the issuer's address says."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest

from blazon import judging, pinning
from blazon.diagnostics import BlazonError
from blazon.gathering import Piece
from blazon.judging import Judged
from blazon.keys import Secret
from blazon.lookup import Published, Several
from blazon.outcome import Absent, Doubt, Verdict
from blazon.pinning import PIN, Pins
from rootbook import FIRST, NOBODY, SECOND, THIRD, public, sealed
from strangers import (
    BASE,
    DID,
    KEY_LIST,
    NOW,
    SECRET,
    STRANGER,
    Json,
    award,
    changed,
    put,
    seal,
    sources,
    status_list,
    text,
    vector,
    without,
)

OWN, OTHER = public(SECRET), public(STRANGER)
TABLE: Json = {
    "id": KEY_LIST,
    "issuer": DID,
    "number": 3,
    "date": "2026-11-20",
    "threshold": 1,
    "roots": [public(FIRST)],
    "keys": [{"name": "key-1", "key": OWN, "from": "2026-01-01T00:00:00Z"}],
}
NAMED = "list number 3 of 2026-11-20"


def judged(*pins: Secret, badge: Json | None = None, threshold: int = 1, number: int = 1, **documents: Any) -> Judged:
    """What is found out about a badge, an honest one unless told, with these keys in mind."""
    named = Pins(frozenset(map(public, pins)), threshold, number)
    return judging.judge(Piece("x", text(badge or award()), "", sources(**documents)), NOW, named)


def pin(found: Judged) -> tuple[Verdict, str]:
    """What the step pin says."""
    (outcome,) = [one for one in found.outcomes if one.step == PIN]
    assert found.outcomes[-1] is outcome
    return outcome.verdict, outcome.sentence


def step(found: Judged, name: str) -> Verdict:
    """The verdict of a step."""
    (outcome,) = [one for one in found.outcomes if one.step == name]
    return outcome.verdict


def listed(*changes: Any, by: tuple[Secret, ...] = (FIRST,)) -> bytes:
    """The list of keys, changed and then signed by root keys."""
    return sealed(changed(TABLE, *changes), *by)


def with_key(secret: Secret) -> bytes:
    """The issuer's key document as somebody makes it who holds its address and a key of their own."""
    return text(changed(vector("did"), put(public(secret), "verificationMethod", 0, "publicKeyMultibase")))


# Keys as they are typed


def test_one_root_key_and_any_list_are_enough_unless_told() -> None:
    assert pinning.named([], None, None) is None
    assert pinning.named([OWN, f"did:key:{OTHER}"], None, None) == Pins(frozenset({OWN, OTHER}), 1, 1)
    assert pinning.named([OWN, OTHER, OWN], 2, 7) == Pins(frozenset({OWN, OTHER}), 2, 7)
    assert Pins(frozenset()) == Pins(frozenset(), 1, 1)


@pytest.mark.parametrize(
    ("texts", "threshold", "number", "hint"),
    [
        ([], 1, None, "name those with --pin too."),
        ([], None, 1, "name those with --pin too."),
        (
            [OWN[:-1]],
            None,
            None,
            "give all letters of the key, z6Mk…: others can make a key with the same beginning and end.",
        ),
        ([OWN, OWN], 2, None, "name each of them with a --pin of its own."),
    ],
)
def test_what_is_typed_wrong_is_wrong_usage(
    texts: list[str], threshold: int | None, number: int | None, hint: str
) -> None:
    with pytest.raises(BlazonError) as caught:
        pinning.named(texts, threshold, number)
    assert (caught.value.hint, caught.value.exit_code) == (hint, 2)


# A key that signs badges


def test_all_that_was_found_rests_on_the_key_that_was_named() -> None:
    found = judged(SECRET)
    assert pin(found) == (Verdict.PASSED, "the key behind its signature is the one that you named.")
    assert found.verdict is Verdict.PASSED


def test_h24_a_status_list_by_another_key_of_the_issuer_does_not_count_beside_a_named_key() -> None:
    """Who holds the address lists a key of their own, and signs with it that nothing was withdrawn."""
    taken = text(changed(vector("did"), put(OTHER, "verificationMethod", 1, "publicKeyMultibase")))
    replaced = text(seal(vector("status-list"), STRANGER, verificationMethod=f"{DID}#key-2"))
    found = judged(SECRET, keys=taken, status=replaced)
    assert step(found, "status") is Verdict.PASSED, "its address says so"
    assert pin(found) == (
        Verdict.UNDECIDED,
        (
            "the key behind its signature is the one that you named, and what the step status found rests on another key of its "
            "issuer: if you know that too, name both."
        ),
    )
    assert found.verdict is Verdict.UNDECIDED
    both = judged(SECRET, STRANGER, keys=taken, status=replaced)
    assert pin(both) == (Verdict.PASSED, "the key behind its signature is one of those that you named.")
    assert both.verdict is Verdict.PASSED


def test_what_was_wrong_without_named_keys_stays_wrong_and_says_nothing_of_the_key() -> None:
    found = judged(SECRET, status=status_list(put("2020-01-01T00:00:00Z", "validUntil")))
    assert (step(found, "status"), pin(found)[0]) == (Verdict.UNDECIDED, Verdict.PASSED)


def test_an_issuer_that_is_a_key_needs_no_document() -> None:
    issuer = f"did:key:{OWN}"
    badge = award(put(issuer, "issuer", "id"), put("urn:uuid:1b7a3a36-7f4e-4a41-8d6a-3f9d9c7f2f11", "id"))
    badge = seal(without_status(badge), verificationMethod=f"{issuer}#{OWN}")
    assert pin(judged(SECRET, badge=badge)) == (
        Verdict.PASSED,
        "the key behind its signature is the one that you named.",
    )
    assert pin(judged(STRANGER, badge=badge, listed=listed()))[0] is Verdict.FAILED


def test_every_key_that_signed_is_told_where_none_was_named() -> None:
    document = text(changed(vector("did"), put(OTHER, "verificationMethod", 1, "publicKeyMultibase")))
    badge = award()
    badge["proof"] += seal(badge, STRANGER, verificationMethod=f"{DID}#key-2")["proof"]
    site = Published(BASE, {"did.json": document}.get)
    found = judging.judge(Piece("x", text(badge), "", site), NOW, Pins(frozenset({public(FIRST)})))
    assert pin(found) == (
        Verdict.FAILED,
        f"it is signed by another key than the one that you named: {OWN}, {OTHER}.",
    )


def test_a_preview_has_no_keys_to_compare() -> None:
    issuer = "did:web:preview.invalid"
    badge = seal(changed(award(), put(issuer, "issuer", "id")), verificationMethod=f"{issuer}#key-1")
    verdict, sentence = pin(judged(FIRST, badge=badge))
    assert verdict is Verdict.UNDECIDED
    assert sentence.startswith(
        "we do not know which key signed it, so it cannot be compared with the one that you named."
    )


def without_status(badge: Json) -> Json:
    return changed(badge, without("credentialStatus"))


def test_a_key_that_its_issuer_lists_is_no_root_key() -> None:
    """Nobody is asked for a list then, so a source that knows nothing but trouble does not matter."""
    document = text(changed(vector("did"), put(public(FIRST), "verificationMethod", 1, "publicKeyMultibase")))
    found = judged(FIRST, keys=document, listed=listed())
    assert pin(found) == (Verdict.FAILED, f"it is signed by another key than the one that you named: {OWN}.")


# A root key


def test_a_badge_by_a_key_on_the_list_of_a_pinned_root_key_passes() -> None:
    found = judged(FIRST, listed=listed())
    assert pin(found) == (
        Verdict.PASSED,
        f"it is signed by a key for which the root key that you named vouches ({NAMED}).",
    )
    assert found.verdict is Verdict.PASSED
    assert found.issuer is not None
    assert found.issuer.keys == (OWN,)


def test_with_a_list_the_issuers_own_key_document_is_not_needed() -> None:
    assert judged(FIRST, listed=listed(), keys=None).verdict is Verdict.PASSED
    assert judged(FIRST, listed=listed(), keys=with_key(STRANGER)).verdict is Verdict.PASSED


LATER = "2026-03-01T09:00:01Z"
FAULTS: Mapping[str, tuple[bytes, str]] = {
    "signed by nobody": (listed(by=()), f"no key that you named has signed it, nor its issuer's list of keys ({NAMED})."),
    "signed by another": (
        listed(put([public(NOBODY)], "roots"), by=(NOBODY,)),
        f"no key that you named has signed it, nor its issuer's list of keys ({NAMED}).",
    ),
    "changed after it was signed": (
        listed().replace(b'"number": 3', b'"number": 4'),
        "no key that you named has signed it, nor its issuer's list of keys (list number 4 of 2026-11-20).",
    ),
    "of another issuer": (
        listed(put("did:web:badges.example.org:other", "issuer")),
        "what is at the address of its issuer's list of keys is the list of somebody else.",
    ),
    "from another address": (
        listed(put(f"{BASE}other/keys.json", "id")),
        "what is at the address of its issuer's list of keys is the list of somebody else.",
    ),
    "too few signatures for itself": (
        listed(put([public(FIRST), public(SECOND)], "roots"), put(2, "threshold")),
        f"its issuer's list of keys ({NAMED}) has fewer signatures than it asks for.",
    ),
    "without the key": (
        listed(put("key-9", "keys", 0, "name")),
        f"the key that signed it is not on the list that a root key vouches for ({NAMED}).",
    ),
    "a key that was compromised, whatever day the badge has": (
        listed(put("2026-11-01T00:00:00Z", "keys", 0, "compromised")),
        f"the key that signed it is compromised, as a root key vouches ({NAMED}).",
    ),
    "a key that began later": (
        listed(put(LATER, "keys", 0, "from")),
        f"it is not signed in the time for which a root key vouches for the key that signed it ({NAMED}).",
    ),
    "a key that ended before": (
        listed(put("2026-03-01T09:00:00Z", "keys", 0, "until")),
        f"it is not signed in the time for which a root key vouches for the key that signed it ({NAMED}).",
    ),
    "another key of that name": (
        listed(put(OTHER, "keys", 0, "key")),
        f"it is not shown to be signed by the key that a root key vouches for ({NAMED}).",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", FAULTS)
def test_the_part_that_is_wrong_is_told(name: str) -> None:
    data, sentence = FAULTS[name]
    found = judged(FIRST, listed=data)
    assert pin(found) == (Verdict.FAILED, sentence)
    assert found.verdict is Verdict.FAILED


def test_the_time_of_a_key_has_its_first_moment_and_not_its_last() -> None:
    times = (put("2026-03-01T09:00:00Z", "keys", 0, "from"), put(LATER, "keys", 0, "until"))
    assert judged(FIRST, listed=listed(*times)).verdict is Verdict.PASSED


def test_a_list_that_cannot_be_read_leaves_it_open() -> None:
    verdict, sentence = pin(judged(FIRST, listed=b"{}"))
    assert verdict is Verdict.UNDECIDED
    assert sentence.startswith(
        f"it is signed by another key than the one that you named: {OWN}. Whether you named a root key that vouches for this one is "
        "not known: its issuer's list of keys cannot be read: its members "
    )


def test_where_nobody_has_the_list_it_is_open_and_where_the_site_has_none_it_is_not() -> None:
    assert pin(judged(FIRST))[0] is Verdict.UNDECIDED
    site = Published(BASE, lambda path: text(vector("did")) if path == "did.json" else None)
    elsewhere = Published("https://badges.example.org/", site.read)
    for source, verdict in ((site, Verdict.FAILED), (elsewhere, Verdict.UNDECIDED)):
        piece = Piece("x", text(award()), "", Several((sources(), source)))
        assert pin(judging.judge(piece, NOW, Pins(frozenset({public(FIRST)}))))[0] is verdict


@pytest.mark.parametrize(("why", "verdict"), [(Absent, Verdict.FAILED), (Doubt, Verdict.UNDECIDED)])
def test_what_a_host_says_it_has_not_is_no_list(why: type[Doubt], verdict: Verdict) -> None:
    class Host:
        def document(self, url: str) -> bytes | None:
            if url == KEY_LIST:
                raise why("it is not there.")
            return sources().document(url)

    piece = Piece("x", text(award()), "", Host())
    assert pin(judging.judge(piece, NOW, Pins(frozenset({public(FIRST)}))))[0] is verdict


def test_a_badge_that_was_changed_is_not_praised() -> None:
    badge = changed(award(), put("Somebody Else", "credentialSubject", "achievement", "name"))
    found = judged(FIRST, badge=badge, listed=listed())
    assert (step(found, "proof"), pin(found)[0]) == (Verdict.FAILED, Verdict.FAILED)


def test_with_a_pinned_root_key_the_status_list_is_by_a_key_on_the_list_too() -> None:
    taken = text(changed(vector("did"), put(OTHER, "verificationMethod", 1, "publicKeyMultibase")))
    replaced = text(seal(vector("status-list"), STRANGER, verificationMethod=f"{DID}#key-2"))
    found = judged(FIRST, keys=taken, status=replaced, listed=listed())
    assert (step(found, "status"), pin(found)[0]) == (Verdict.UNDECIDED, Verdict.PASSED)
    assert found.verdict is Verdict.UNDECIDED
    second = {"name": "key-2", "key": OTHER, "from": "2026-01-01T00:00:00Z"}
    both = listed(put([*TABLE["keys"], second], "keys"))
    assert judged(FIRST, keys=taken, status=replaced, listed=both).verdict is Verdict.PASSED
    stolen = listed(put([*TABLE["keys"], {**second, "compromised": "2026-11-01T00:00:00Z"}], "keys"))
    assert judged(FIRST, keys=taken, status=replaced, listed=stolen).verdict is Verdict.UNDECIDED


def test_every_key_behind_a_badge_is_on_the_list() -> None:
    document = text(changed(vector("did"), put(OTHER, "verificationMethod", 1, "publicKeyMultibase")))
    badge = award()
    badge["proof"] += seal(badge, STRANGER, verificationMethod=f"{DID}#key-2")["proof"]
    assert pin(judged(FIRST, badge=badge, keys=document, listed=listed()))[0] is Verdict.FAILED


def test_a_badge_without_a_signature_is_not_signed_by_a_key_on_the_list() -> None:
    found = judged(FIRST, badge={name: value for name, value in award().items() if name != "proof"}, listed=listed())
    assert pin(found)[0] is Verdict.FAILED


def test_a_badge_that_does_not_say_when_it_was_signed_is_in_no_time() -> None:
    badge = award()
    del badge["proof"][0]["created"]
    assert pin(judged(FIRST, badge=badge, listed=listed()))[0] is Verdict.FAILED


# Several root keys


def test_as_many_root_keys_vouch_as_were_asked_for() -> None:
    three = put([public(one) for one in (FIRST, SECOND, THIRD)], "roots")
    two = listed(three, put(2, "threshold"), by=(FIRST, THIRD))
    everybody = (FIRST, SECOND, THIRD)
    found = judged(*everybody, threshold=2, listed=two)
    assert pin(found) == (
        Verdict.PASSED,
        f"it is signed by a key for which 2 of the root keys that you named vouch ({NAMED}).",
    )
    thief = listed(by=(FIRST,))
    assert pin(judged(*everybody, threshold=2, listed=thief)) == (
        Verdict.FAILED,
        f"of the root keys that you named, 1 has signed its issuer's list of keys ({NAMED}), and not 2.",
    )
    assert judged(FIRST, listed=thief).verdict is Verdict.PASSED, "who pins one root key believes that one"
    twice = listed(three, by=(FIRST, FIRST))
    assert pin(judged(*everybody, threshold=2, listed=twice))[0] is Verdict.FAILED
    some = pin(judged(*everybody, threshold=3, listed=two))[1]
    assert some.startswith("of the root keys that you named, 2 have signed ")


def test_a_root_key_that_was_replaced_says_by_which() -> None:
    handed = listed(put([public(SECOND)], "roots"), by=(FIRST, SECOND))
    found = judged(FIRST, listed=handed)
    assert pin(found) == (
        Verdict.PASSED,
        (
            f"it is signed by a key for which the root key that you named vouches ({NAMED}); its issuer has another root key by now: "
            f"{public(SECOND)}."
        ),
    )
    several = listed(put([public(SECOND), public(THIRD)], "roots"), by=(FIRST, SECOND))
    assert pin(judged(FIRST, listed=several))[1].endswith(
        f"; its issuer has other root keys by now: {public(SECOND)}, {public(THIRD)}."
    )


def test_an_old_list_is_known_by_its_number() -> None:
    assert judged(FIRST, number=3, listed=listed()).verdict is Verdict.PASSED
    assert pin(judged(FIRST, number=4, listed=listed())) == (
        Verdict.FAILED,
        f"its issuer's list of keys is an old one: {NAMED}, and you know of number 4.",
    )
