"""Keys: text forms, key files, strictness of signatures, and what errors never say."""

from __future__ import annotations

import subprocess
import sys
from hashlib import sha256

import pytest
from nacl import bindings
from nacl.exceptions import CryptoError

from blazon import base58, ed25519, keys
from blazon.diagnostics import BlazonError
from blazon.keys import Secret

SEED = sha256(b"sample key 1").digest()
SECRET = Secret(SEED)
ORDER = 2**252 + 27742317777372353535851937790883648493  # of Ed25519's base point (RFC 8032 §5.1)


def _counting(size: int) -> bytes:
    """Bytes where random ones are asked for."""
    return bytes(range(size))


@pytest.fixture(scope="module")
def key_file() -> str:
    """A protected key file."""
    return keys.protect(SECRET, "correct horse", _counting)


def test_public_keys_are_multikeys() -> None:
    assert SECRET.public.hex() == "6762fa2b45a2bd310c0c8c709549fa70af673a59bda5105faa88347660a3eaa2"
    text = ed25519.write(SECRET.public)
    assert text == "z6MkmQqaGDjvPZ4JkDPRVMqSwGJr1paMutKXeh2cq6k4oVAh"
    assert ed25519.read(text) == SECRET.public
    assert ed25519.fingerprint(text) == "z6MkmQqa…k4oVAh"


def test_a_passphrase_may_be_bytes_that_are_no_text() -> None:
    protected = keys.protect(SECRET, "\udcff", _counting)
    assert keys.unprotect(protected, "\udcff") == SECRET


def test_a_secret_survives_its_one_line_form() -> None:
    assert keys.parse_secret(SECRET.one_line()) == SECRET
    assert keys.parse_secret(SECRET.one_line() + "\n") == SECRET


@pytest.mark.parametrize(
    "text",
    [
        "",
        "\n",
        SEED.hex(),
        SECRET.one_line() + "\n\n",
        " " + SECRET.one_line(),
        SECRET.one_line()[:-1],
        "z" + base58.encode(b"\x80\x26" + SEED + b"x"),
        "z" + base58.encode(b"\xed\x01" + SEED),
        "z" + "0" * 47,
    ],
)
def test_anything_else_is_refused_and_not_repeated(text: str) -> None:
    with pytest.raises(BlazonError) as refused:
        keys.parse_secret(text)
    assert refused.value.exit_code == 3
    assert refused.value.hint
    assert not text.strip() or text.strip() not in refused.value.message + refused.value.hint


def test_a_secret_shows_itself_nowhere() -> None:
    shown = repr(SECRET) + repr(SECRET.signer("did:web:x#k"))
    assert SEED.hex() not in shown
    assert repr(SEED)[2:-1] not in shown
    assert SECRET.one_line() not in shown


def test_a_seed_has_32_bytes() -> None:
    with pytest.raises(BlazonError, match="wrong length"):
        Secret(b"short")


def test_signatures_verify_and_nothing_else_does() -> None:
    signature = SECRET.signer("did:web:x#k").sign(b"payload")
    assert keys.verify(SECRET.public, signature, b"payload")
    assert not keys.verify(SECRET.public, signature, b"payloae")
    assert not keys.verify(SECRET.public, signature[:63], b"payload")
    assert not keys.verify(SECRET.public, signature + b"\0", b"payload")
    assert not keys.verify(SECRET.public[:31], signature, b"payload")
    assert not keys.verify(SECRET.public, signature[32:] + signature[:32], b"payload")


def test_a_signature_has_one_form() -> None:
    signature = SECRET.signer("").sign(b"payload")
    malleable = int.from_bytes(signature[32:], "little") + ORDER
    assert not keys.verify(SECRET.public, signature[:32] + malleable.to_bytes(32, "little"), b"payload")


@pytest.mark.parametrize(
    "public", [b"\1" + bytes(31), bytes(32), b"\xec" + b"\xff" * 30 + b"\x7f", b"\xee" + b"\xff" * 30 + b"\x7f"]
)
def test_a_key_of_low_order_or_odd_form_verifies_nothing(public: bytes) -> None:
    assert not keys.verify(public, b"\1" + bytes(63), b"payload")


def test_a_key_file_opens_with_its_passphrase_only(key_file: str) -> None:
    assert keys.is_protected(key_file)
    assert not keys.is_protected(SECRET.one_line())
    assert keys.unprotect(key_file, "correct horse") == SECRET
    assert SEED.hex() not in key_file
    with pytest.raises(BlazonError) as wrong:
        keys.unprotect(key_file, "wrong horse")
    assert wrong.value.message == "the key file cannot be opened: the passphrase is wrong or the file is damaged."


@pytest.mark.parametrize("cost", ["3 passes, 1048576 MiB", "3 passes, 63 MiB", "0 passes, 64 MiB", "11 passes, 64 MiB"])
def test_an_absurd_cost_is_refused_before_it_is_paid(key_file: str, cost: str) -> None:
    with pytest.raises(BlazonError, match="cannot be opened"):
        keys.unprotect(key_file.replace("3 passes, 64 MiB", cost), "correct horse")


_LITTLE_MEMORY = """
import resource, sys
from blazon import keys
from blazon.diagnostics import BlazonError
resource.setrlimit(resource.RLIMIT_AS, (500 << 20, 500 << 20))
try:
    keys.unprotect(sys.argv[1], "correct horse")
except BlazonError as error:
    print(error.message, error.hint, sep="|")
"""


def test_g5_a_key_file_that_asks_for_more_memory_than_there_is_says_so(key_file: str) -> None:
    command = [sys.executable, "-c", _LITTLE_MEMORY, key_file.replace("3 passes, 64 MiB", "1 passes, 1024 MiB")]
    said = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    wanted = "the key file asks for 1024 MiB of memory, and there are not so many."
    assert said == f"{wanted}|close other programs, or open it on another machine.\n"


def test_a_sealed_text_opens_with_its_key_and_its_address() -> None:
    box = keys.sealed(SEED, b"a page", "https://example.org/a/")
    opened = bindings.crypto_aead_xchacha20poly1305_ietf_decrypt
    assert opened(box[24:], b"https://example.org/a/", box[:24], SEED) == b"a page"
    assert keys.sealed(SEED, b"a page", "https://example.org/a/") == box
    nonces = {
        keys.sealed(*words)[:24]
        for words in [
            (SEED, b"a page", "https://example.org/a/"),
            (SEED, b"a pagf", "https://example.org/a/"),
            (SEED, b"/a page", "https://example.org/a"),
            (bytes(32), b"a page", "https://example.org/a/"),
        ]
    }
    assert len(nonces) == 4
    with pytest.raises(CryptoError):
        opened(box[24:], b"https://example.org/b/", box[:24], SEED)
