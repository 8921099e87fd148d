"""Who signed a document and where its issuer is at home, to the last word: what the corpus of whole badges does not tell apart."""

from __future__ import annotations

from functools import partial
from typing import Any

import pytest

from blazon import authority, ed25519, lookup
from blazon.authority import at_home, signed, signers
from blazon.jsontext import Unreadable
from blazon.lookup import Elsewhere, Given, Remembered
from blazon.outcome import Doubt, Outcome, Verdict
from hostile import AWARD, FAILED, METHOD_0, PASSED, UNDECIDED, key_document, proof_of, with_signature
from strangers import BASE, DID, METHOD, NOW, SECRET, STRANGER, Json, changed, put, seal, sources, text, vector

KEY = ed25519.write(SECRET.public)
OTHER = "its signature is not written as signatures are."
FOREIGN = f'it is signed in the name of somebody other than "{DID}".'


def with_method(method: object) -> Json:
    """The award whose proof names another key."""
    return changed(AWARD, put(method, "proof", 0, "verificationMethod"))


@pytest.mark.parametrize(
    ("issuer", "name", "verdict"),
    [
        (DID, f"{BASE}awards/a.json", PASSED),
        (DID, f"{BASE}../a.json", FAILED),
        (DID, f"{BASE}a/..", FAILED),
        (DID, f"{BASE}a/%2E./b", FAILED),
        (DID, f"{BASE}a/%2e/b", FAILED),
        (DID, f"{BASE}a..b/c", PASSED),
        (DID, "https://other.example/a", FAILED),
        (DID, "HTTPS://other.example/a", FAILED),
        (DID, "http://other.example/a", FAILED),
        ({"id": DID, "url": "https://other.example/"}, "https://other.example/a", FAILED),
        ({"id": "did:key:z6Mk", "url": "https://other.example/a"}, "https://other.example/a/b", PASSED),
        ({"id": "did:key:z6Mk", "url": "https://other.example/a"}, "https://other.example/ab", FAILED),
        ({"id": "did:key:z6Mk", "url": "https://other.example/a/"}, "https://other.example/a/b", PASSED),
        ({"id": "did:key:z6Mk", "url": "https://other.example/a/"}, "https://other.example/b", FAILED),
    ],
)
def test_a_web_identity_lies_below_the_address_of_its_issuer(issuer: Any, name: str, verdict: Verdict) -> None:
    found = at_home({"id": name, "issuer": issuer})
    identity = issuer["id"] if isinstance(issuer, dict) else issuer
    sentence = {
        PASSED: f'it lives below the address of "{identity}".',
        FAILED: "its address is not one of its issuer's.",
    }
    assert found == Outcome("issuer", verdict, sentence[verdict])


@pytest.mark.parametrize(
    ("issuer", "name"),
    [
        (DID, "urn:uuid:1"),
        (DID, None),
        (DID, 7),
        ("did:key:z6Mk", "https://other.example/a"),
        ({"id": "did:key:z6Mk", "url": 7}, "https://other.example/a"),
    ],
)
def test_an_identity_of_no_place_has_no_home(issuer: Any, name: object) -> None:
    identity = issuer["id"] if isinstance(issuer, dict) else issuer
    sentence = f'its identity is of no place, and its issuer is "{identity}".'
    assert at_home({"id": name, "issuer": issuer}) == Outcome("issuer", PASSED, sentence)


@pytest.mark.parametrize("issuer", [None, 7, [], {}, {"id": 7}])
def test_an_issuer_without_an_identity_is_nobody(issuer: object) -> None:
    assert authority.issuer_of({"issuer": issuer}) == ""
    nameless = {"issuer": issuer, "proof": [{"type": "DataIntegrityProof", "verificationMethod": "#key-1"}]}
    sentence = 'it is signed in the name of somebody other than "".'
    assert signed(nameless, sources(), NOW)[1] == Outcome("issuer", FAILED, sentence)


def test_four_signatures_are_looked_at_and_no_fifth() -> None:
    proofs = [proof_of(seal(AWARD, created=f"2026-03-0{day}T09:00:00Z")) for day in range(1, 6)]
    four, five = ({**AWARD, "proof": proofs[:number]} for number in (4, 5))
    assert [one.verdict for one in signed(four, sources(), NOW)] == [PASSED, PASSED]
    told = "it has more than 4 signatures."
    assert signed(five, sources(), NOW) == (Outcome("proof", UNDECIDED, told), Outcome("issuer", UNDECIDED, told))


def test_the_keys_of_a_document_are_those_that_its_issuer_lists() -> None:
    listed = key_document(put(ed25519.write(STRANGER.public), "verificationMethod", 1, "publicKeyMultibase"))
    known = lookup.remembered(sources(keys=listed))
    second = proof_of(seal(AWARD, STRANGER, verificationMethod=f"{DID}#key-2"))
    assert signers(AWARD, known) == [KEY]
    assert signers({**AWARD, "proof": [proof_of(AWARD), second]}, known) == [KEY, ed25519.write(STRANGER.public)]
    assert signers({**AWARD, "proof": [proof_of(AWARD)] * 4 + [second]}, known) == [KEY] * 4
    assert signers(with_method("did:web:other.example#key-1"), known) == []
    assert signers({**AWARD, "issuer": "did:example:1"}, known) == []
    assert signers(AWARD, Remembered(Given({}))) == []


def test_a_key_document_is_narrowed_to_the_keys_that_are_named() -> None:
    document = vector("did")
    first, *_ = document["verificationMethod"]
    unusable = {**first, "id": f"{DID}#key-3", "publicKeyMultibase": "zzz"}
    listed = put(["a word", unusable, *document["verificationMethod"]], "verificationMethod")
    known = Remembered(sources(keys=key_document(listed)))
    assert authority.narrowed(DID, [KEY], known) == {**document, "verificationMethod": [first]}
    assert authority.narrowed(DID, [ed25519.write(STRANGER.public)], known)["verificationMethod"] == []
    with pytest.raises(Doubt, match=r"^the key document of .* is not here\.$"):
        authority.narrowed(DID, [KEY], Remembered(Given({})))


@pytest.mark.parametrize("value", [7, None, ["z"]])
def test_a_signature_that_is_no_text_fails(value: Any) -> None:
    assert signed(with_signature(value), sources(), NOW)[0] == Outcome("proof", FAILED, OTHER)


@pytest.mark.parametrize(
    ("method", "sentence"),
    [
        (7, FOREIGN),
        (None, FOREIGN),
        (DID, FOREIGN),
        (f"{DID}:x#key-1", FOREIGN),
        (f"{DID}#key-9", "its issuer does not list the key that signed it."),
    ],
)
def test_a_key_is_named_after_its_issuer(method: object, sentence: str) -> None:
    assert signed(with_method(method), sources(), NOW)[1] == Outcome("issuer", FAILED, sentence)


@pytest.mark.parametrize("methods", [7, None, "x", {}])
def test_a_key_document_lists_keys_or_is_not_understood(methods: object) -> None:
    data = key_document(put(methods, "verificationMethod"))
    sentence = "the key document does not list keys in a form that we know."
    assert signed(AWARD, sources(keys=data), NOW)[1] == Outcome("issuer", UNDECIDED, sentence)


def test_a_hundred_keys_are_looked_through_and_no_more() -> None:
    first, *_ = vector("did")["verificationMethod"]
    others: list[Any] = ["a word", *({**first, "id": f"{DID}#other-{number}"} for number in range(98))]
    hundred = key_document(put([*others, first], "verificationMethod"))
    assert [one.verdict for one in signed(AWARD, sources(keys=hundred), NOW)] == [PASSED, PASSED]
    more = key_document(put([*others, first, first], "verificationMethod"))
    assert signed(AWARD, sources(keys=more), NOW)[1].verdict is UNDECIDED


def test_a_key_that_is_listed_twice_is_none() -> None:
    data = key_document(put([vector("did")["verificationMethod"][0]] * 2, "verificationMethod"))
    assert signed(AWARD, sources(keys=data), NOW)[1].verdict is FAILED
    assert at_key(key_document()) is PASSED


def at_key(data: bytes) -> Verdict:
    """What is found about the issuer of the award with a key document."""
    return signed(AWARD, sources(keys=data), NOW)[1].verdict


@pytest.mark.parametrize("kind", ["Multikey", "JsonWebKey", "JsonWebKey2020"])
def test_a_key_has_the_form_of_its_type(kind: str) -> None:
    assert (at_key(key_document(put(kind, *METHOD_0, "type"))) is PASSED) == (kind == "Multikey")


def test_a_preview_says_so() -> None:
    name = "did:web:preview.invalid"
    document = {**AWARD, "issuer": name, "proof": [{**proof_of(AWARD), "verificationMethod": f"{name}#key-1"}]}
    sentence = "it comes from a preview: its issuer has an address that cannot exist."
    assert signed(document, Given({}), NOW)[1] == Outcome("issuer", FAILED, sentence)


# Where documents come from


def test_a_site_that_answers_for_itself_is_not_asked_elsewhere() -> None:
    given = Given({f"{BASE}a": b"1", "https://other.example/a": b"2"})
    source = Elsewhere(BASE, given)
    assert source.document(f"{BASE}a") is None
    assert source.document("https://other.example/a") == b"2"


def test_what_was_made_is_remembered_and_so_is_a_doubt() -> None:
    known, asked = Remembered(Given({})), list[int]()

    def make(number: int) -> int:
        asked.append(number)
        if number < 0:
            raise Doubt("below zero")
        return number

    for _ in range(2):
        assert known.made(("x",), lambda: make(7)) == 7
        with pytest.raises(Doubt, match=r"^below zero$"):
            known.made(("y",), lambda: make(-1))
    assert asked == [7, -1]


def test_what_was_not_used_for_longest_is_forgotten_first() -> None:
    known, asked = Remembered(Given({})), list[int]()
    for number in [*range(32), 0, 32, 0, 2, 1]:
        known.made((str(number),), partial(asked.append, number))
    assert asked == [*range(33), 1]


@pytest.mark.parametrize(
    ("files", "sentence"),
    [
        ({}, "there is no did.json in this folder, so it is not a built site."),
        ({"did.json": b'{"id": "urn:x:y"}'}, "the did.json in this folder does not say whose it is."),
    ],
)
def test_a_folder_that_is_no_site_is_told_why(files: dict[str, bytes], sentence: str) -> None:
    with pytest.raises(Unreadable) as caught:
        lookup.published(files.get)
    assert str(caught.value) == sentence


def test_a_file_without_an_address_is_told_so() -> None:
    with pytest.raises(Unreadable, match=r"^it has no id that leads to an address\.$"):
        lookup.given([text(vector("did")), b'{"id": "urn:x:y"}'])


@pytest.mark.parametrize(
    ("issuer", "home"),
    [
        (DID, BASE),
        ("did:web:a.example", "https://a.example/"),
        ("https://a.example/b/issuer.json", "https://a.example/b/"),
        ("https://a.example/", "https://a.example/"),
        (METHOD, None),
    ],
)
def test_what_an_issuer_has_lies_below_its_home(issuer: str, home: str | None) -> None:
    assert lookup.home(issuer) == home
