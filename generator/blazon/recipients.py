"""Whose an award is, by the salted hash of an e-mail address. The address itself is written nowhere."""

from __future__ import annotations

from collections.abc import Callable
from hashlib import sha256

from blazon import values
from blazon.diagnostics import BlazonError
from blazon.model import Recipient

SALT_SIZE = 16
GUESSABLE = "whoever guesses the address can confirm it: the hash hides it from readers, not from guessers"


def hashed(typed: str, random: Callable[[int], bytes]) -> Recipient:
    """A recipient for an e-mail address: SHA-256 of the address in lower case and a fresh salt (Open Badges 3.0, §B.1.14).

    `random` gives that many random bytes; the salt is 128 of its bits in hex. Raises BlazonError, which never repeats the
    address, for anything that is none.
    """
    address = typed.strip().lower()
    if not values.is_email(address):
        raise BlazonError("this is not an e-mail address.", "type it like ada@example.org", 2)
    salt = random(SALT_SIZE).hex()
    return Recipient(hash=f"sha256${sha256((address + salt).encode()).hexdigest()}", salt=salt)


def text(recipient: Recipient) -> str:
    """The lines of an award's file that name a recipient by hash."""
    return f"recipient:\n  hash: {recipient.hash}\n  salt: {recipient.salt}\n"
