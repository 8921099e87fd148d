"""Which key signs what, and what is refused before anything is written."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest

from blazon import ed25519, keyring
from blazon.diagnostics import BlazonError
from blazon.documents import Document
from blazon.keyring import Keyring, is_demo, key_document
from blazon.keys import DEMO_SEED, Secret
from blazon.model import VerificationMethod
from blazon.vocabulary import CREDENTIALS_CONTEXT
from samples import DID, KEY_1, NINE, PLAN, PROGRAM, SECRET, TODAY, vector

OTHER = Secret(b"\2" * 32)
DEMO = Secret(DEMO_SEED)


WORDS: Document = {
    "@context": [CREDENTIALS_CONTEXT],
    "id": f"{PLAN.base}words",
    "type": ["VerifiableCredential"],
    "issuer": DID,
    "credentialSubject": {"id": f"{PLAN.base}subject"},
}


def signed(document: Mapping[str, Any]) -> tuple[str, str]:
    """By which method a document is signed, and when."""
    made = document["proof"][0]
    return made["verificationMethod"], made["created"]


def day(year: int, month: int = 1) -> datetime:
    """The first of a month."""
    return datetime(year, month, 1, tzinfo=UTC)


def _keyring(keys: Sequence[VerificationMethod], *secrets: Secret, today: date = TODAY) -> Keyring:
    """A keyring of the sample program with other keys."""
    return Keyring(replace(PROGRAM, keys=tuple(keys)), PLAN, secrets, today)


def test_the_key_document_is_the_example() -> None:
    second = ed25519.read("z6Mku5NDs6wfoUC8v6CSnWFht4oQuobymAe7V1pmxzDvhGJe")
    methods = (VerificationMethod("key-2", second, day(2026, 6)), KEY_1)
    assert key_document(PLAN, methods) == vector("did.json")


def test_a_retired_key_is_listed_as_the_others_are() -> None:
    assert key_document(PLAN, [replace(KEY_1, until=day(2026, 2))]) == key_document(PLAN, [KEY_1])


def test_a_compromised_key_leaves_the_key_document() -> None:
    stolen = replace(KEY_1, compromised=day(2026, 2))
    assert key_document(PLAN, [stolen])["verificationMethod"] == []


def test_each_date_has_its_key() -> None:
    old = replace(KEY_1, name="old", since=day(2024), until=day(2026))
    new = VerificationMethod("new", OTHER.public, day(2026))
    ring = _keyring([old, new], OTHER, SECRET)
    assert signed(ring.sign(WORDS, day(2025))) == (f"{DID}#old", "2025-01-01T00:00:00Z")
    assert signed(ring.sign(WORDS, day(2026))) == (f"{DID}#new", "2026-01-01T00:00:00Z")
    assert signed(ring.sign_today(WORDS, day(2025))) == (f"{DID}#new", "2026-01-01T00:00:00Z")


def test_a_date_whose_secret_was_not_given_is_refused() -> None:
    old = replace(KEY_1, name="old", since=day(2024), until=day(2026))
    ring = _keyring([old, VerificationMethod("new", OTHER.public, day(2026))], OTHER)
    with pytest.raises(BlazonError, match='is signed by the key "old", and its secret was not given'):
        ring.sign(WORDS, day(2025))


def test_a_date_without_key_is_refused() -> None:
    with pytest.raises(BlazonError, match="no key in keys/ signs what is dated 2020-01-01"):
        _keyring([KEY_1], SECRET).sign(WORDS, day(2020))


@pytest.mark.parametrize(
    ("keys", "secrets", "sentence"),
    [
        ((), (SECRET,), "there is no public key"),
        ((KEY_1,), (), "there is no signing key"),
        ((KEY_1,), (OTHER,), "the public half of the signing key is not in keys/"),
        ((replace(KEY_1, until=day(2026, 6)),), (SECRET,), 'the key "key-1" is retired since 2026-06-01'),
        ((replace(KEY_1, compromised=day(2026, 6)),), (SECRET,), 'the key "key-1" is marked as compromised'),
    ],
)
def test_secrets_that_do_not_fit_are_refused(
    keys: tuple[VerificationMethod, ...],
    secrets: tuple[Secret, ...],
    sentence: str,
) -> None:
    with pytest.raises(BlazonError, match=sentence) as refused:
        _keyring(keys, *secrets)
    assert refused.value.exit_code == 3
    assert refused.value.hint


def test_a_key_that_does_not_verify_what_it_signs_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keyring, "verify", lambda *_: False)
    with pytest.raises(BlazonError, match="does not verify what it signed"):
        _keyring([KEY_1], SECRET)


def test_the_demo_needs_no_secret() -> None:
    demo = VerificationMethod("demo", DEMO.public, day(2024))
    program = replace(PROGRAM, keys=(demo,))
    assert is_demo(program)
    assert signed(Keyring(program, PLAN, (), TODAY).sign(WORDS, NINE))[0] == f"{DID}#demo"
    assert not is_demo(PROGRAM)
    assert not is_demo(replace(PROGRAM, keys=(demo, KEY_1)))
