"""Keys: public ones as Multikey text, secret ones in memory only, and the Signer port. The only module that knows PyNaCl."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from hashlib import blake2b, sha256
from typing import NamedTuple, Protocol

from nacl import bindings, pwhash
from nacl.exceptions import CryptoError
from nacl.secret import SecretBox
from nacl.signing import SigningKey, VerifyKey

from blazon import base58, ed25519
from blazon.diagnostics import BlazonError
from blazon.ed25519 import SECRET_PREFIX

SEED_SIZE = 32
KEY_FILE_TITLE = "blazon-secret-key-1"

DEMO_PHRASE = "blazon demo key: published for everyone, so it proves nothing"
DEMO_SEED = sha256(DEMO_PHRASE.encode()).digest()

_MIB = 1024 * 1024
_PASSES, _MEMORY = 3, 64  # passes and MiB: half a second on a small machine
_MOST_PASSES, _LEAST_MEMORY, _MOST_MEMORY = 10, 64, 1024
_ONE_LINE = re.compile(r"(z[1-9A-HJ-NP-Za-km-z]{40,60})(?:\r?\n)?")
_KEY_FILE = re.compile(
    rf"{KEY_FILE_TITLE}\npublic: (z6Mk[1-9A-HJ-NP-Za-km-z]{{44}})\nargon2id: (\d{{1,6}}) passes, (\d{{1,8}}) MiB\n"
    r"salt: ([0-9a-f]{32})\nbox: ([0-9a-f]{144})\n",
)
_UNREADABLE = "the key file cannot be opened: the passphrase is wrong or the file is damaged."


class Shown(NamedTuple):
    """What a signature is over, as a person can read it: a document's id and date, and both canonical texts."""

    id: str
    created: str
    options: str
    document: str


class Signer(Protocol):
    """Signs documents on behalf of one verification method."""

    @property
    def verification_method(self) -> str:
        """The id of the method, as it stands in `did.json`."""

    def sign(self, payload: bytes, shown: Shown) -> bytes:
        """The 64 bytes of an Ed25519 signature (RFC 8032) over the payload, which is what `shown` says."""


@dataclass(frozen=True, slots=True)
class Secret:
    """An Ed25519 seed of 32 bytes; it never appears in a representation or an error."""

    seed: bytes = field(repr=False)

    def __post_init__(self) -> None:
        """Refuse a seed of another length."""
        if len(self.seed) != SEED_SIZE:
            raise BlazonError("the signing key has the wrong length.", "make one with: blazon key new")

    @property
    def public(self) -> bytes:
        """The 32 bytes of the public half."""
        return bytes(SigningKey(self.seed).verify_key)

    def one_line(self) -> str:
        """The secret as Multikey text: `z`, base58btc of the prefix 8026 and the seed (Controlled Identifiers 1.0 §2.2.2)."""
        return "z" + base58.encode(SECRET_PREFIX + self.seed)

    def signer(self, verification_method: str) -> InPlace:
        """A signer that holds this secret and signs in place."""
        return InPlace(verification_method, SigningKey(self.seed))


@dataclass(frozen=True, slots=True)
class InPlace:
    """Signs with a key that it holds."""

    verification_method: str
    key: SigningKey = field(repr=False)

    def sign(self, payload: bytes, _: Shown | None = None) -> bytes:
        """The signature over the payload, whatever it says."""
        return self.key.sign(payload).signature


def verify(public: bytes, signature: bytes, payload: bytes) -> bool:
    """Whether an Ed25519 signature is right (RFC 8032 §5.1.7).

    libsodium refuses what the RFC leaves open: S ≥ L, keys and R of low order, and keys that are not canonical.
    """
    try:
        VerifyKey(public).verify(payload, signature)
    except (CryptoError, ValueError):
        return False
    return True


def parse_secret(text: str) -> Secret:
    """The secret in its one-line form, with at most one line end after it.

    Raises BlazonError, which never repeats what was given.
    """
    hint = "it is one line that begins with z; make one with: blazon key new --no-passphrase"
    found = _ONE_LINE.fullmatch(text)
    if found is None:
        raise BlazonError("the signing key is not in the form that we expect.", hint)
    data = base58.decode(found[1][1:])
    if data[:2] != SECRET_PREFIX or len(data) != len(SECRET_PREFIX) + SEED_SIZE:
        raise BlazonError("the signing key is not in the form that we expect.", hint)
    return Secret(data[2:])


def sealed(key: bytes, text: bytes, address: str) -> bytes:
    """A text that only a key opens, bound to its address: nonce, then XChaCha20-Poly1305 (draft-irtf-cfrg-xchacha-03, §2).

    The nonce is derived from key, text and address, so that the same page is the same bytes; two texts never share one.
    """
    named = address.encode()
    nonce = blake2b(
        len(named).to_bytes(4, "big") + named + text, key=key, digest_size=24, person=b"blazon-page-1"
    ).digest()
    box: bytes = bindings.crypto_aead_xchacha20poly1305_ietf_encrypt(text, named, nonce, key)
    return nonce + box


def is_protected(text: str) -> bool:
    """Whether a text is a key file that asks for a passphrase, be it damaged: it has several lines, and a bare key has one."""
    return "\n" in text.rstrip("\n")


def protect(secret: Secret, passphrase: str, random: Callable[[int], bytes]) -> str:
    """A key file: the seed in a SecretBox whose key is Argon2id of the passphrase.

    `random` gives that many random bytes.
    """
    salt = random(pwhash.argon2id.SALTBYTES)
    box = SecretBox(_stretched(passphrase, salt, _PASSES, _MEMORY))
    sealed = bytes(box.encrypt(secret.seed, random(SecretBox.NONCE_SIZE)))
    return (
        f"{KEY_FILE_TITLE}\npublic: {ed25519.write(secret.public)}\n"
        f"argon2id: {_PASSES} passes, {_MEMORY} MiB\nsalt: {salt.hex()}\nbox: {sealed.hex()}\n"
    )


def unprotect(text: str, passphrase: str) -> Secret:
    """The secret in a key file.

    Raises BlazonError with one and the same message for a wrong passphrase and for damage of any kind; another one where the
    file asks, within our limits, for more memory than there is.
    """
    found = _KEY_FILE.fullmatch(text)
    if found is None:
        raise BlazonError(_UNREADABLE)
    passes, memory = int(found[2]), int(found[3])
    if not 1 <= passes <= _MOST_PASSES or not _LEAST_MEMORY <= memory <= _MOST_MEMORY:
        raise BlazonError(_UNREADABLE)
    key = _stretched(passphrase, bytes.fromhex(found[4]), passes, memory)
    try:
        secret = Secret(SecretBox(key).decrypt(bytes.fromhex(found[5])))
    except CryptoError:
        raise BlazonError(_UNREADABLE) from None
    if ed25519.write(secret.public) != found[1]:
        raise BlazonError(_UNREADABLE)
    return secret


def _stretched(passphrase: str, salt: bytes, passes: int, memory: int) -> bytes:
    """A key of 32 bytes from a passphrase by Argon2id (RFC 9106) with that many MiB; raises BlazonError where there are not so many."""
    typed = passphrase.encode(errors="surrogateescape")  # an environment may hold bytes that are no UTF-8
    try:
        return pwhash.argon2id.kdf(SecretBox.KEY_SIZE, typed, salt, opslimit=passes, memlimit=memory * _MIB)
    except RuntimeError as error:  # libsodium has no other reason
        message = f"the key file asks for {memory} MiB of memory, and there are not so many."
        raise BlazonError(message, "close other programs, or open it on another machine.") from error
