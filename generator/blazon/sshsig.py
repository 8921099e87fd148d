"""Signatures and public keys as OpenSSH writes them (PROTOCOL.sshsig, RFC 4253 §6.6, RFC 8709), with Ed25519 and nothing else.

Read strictly: what is one byte longer, shorter or different is refused. Whether a signature is right is not decided here.
"""

from __future__ import annotations

import binascii
import re
from base64 import b64decode, b64encode
from dataclasses import dataclass
from hashlib import sha256, sha512

from blazon import ed25519

SIGNATURE_SIZE = 64

_MAGIC = b"SSHSIG"
_VERSION = b"\0\0\0\1"
_KIND = "ssh-ed25519"
_HASHES = {b"sha256": sha256, b"sha512": sha512}
_ARMOR = re.compile(r"-----BEGIN SSH SIGNATURE-----\n((?:[A-Za-z0-9+/=]{1,76}\n)+)-----END SSH SIGNATURE-----\n?")


@dataclass(frozen=True, slots=True)
class Signature:
    """A signature that could be read: the 32 bytes of its key, what it was made for, the name of its hash, and its 64 bytes."""

    key: bytes
    namespace: str
    algorithm: bytes
    signature: bytes

    def payload(self, message: bytes) -> bytes:
        """What was really signed when the signature is over a message: its hash, and for what it was made."""
        parts = (self.namespace.encode("latin-1"), b"", self.algorithm, _HASHES[self.algorithm](message).digest())
        return _MAGIC + b"".join(map(string, parts))


def read(text: str) -> Signature:
    """A signature from the text that `ssh-keygen -Y sign` prints. Raises ValueError, with half a sentence, for anything else."""
    armored = _ARMOR.fullmatch(text)
    if armored is None:
        raise ValueError("it is not written as ssh-keygen writes signatures")
    data = _decoded(armored[1].replace("\n", ""))
    if not data.startswith(_MAGIC + _VERSION):
        raise ValueError("it is no SSH signature of version 1")
    key, namespace, reserved, algorithm, signature = _strings(data[len(_MAGIC + _VERSION) :], 5)
    if reserved:
        raise ValueError("something stands in it where nothing may stand yet")
    if algorithm not in _HASHES:
        raise ValueError("its hash is neither sha512 nor sha256")
    return Signature(_key(key), namespace.decode("latin-1"), algorithm, _bare(signature, SIGNATURE_SIZE))


def read_key(line: str) -> bytes:
    """The 32 bytes of a public key from the line in its .pub file. Raises ValueError, with half a sentence, for anything else."""
    kind, _, rest = line.partition(" ")
    if kind == "ssh-rsa":
        raise ValueError("it is an RSA key, and reviews are signed with Ed25519")
    if kind != _KIND:
        raise ValueError(f"it does not begin with {_KIND}")
    return _key(_decoded(rest.partition(" ")[0]))


def write_key(key: bytes) -> str:
    """A public key as a line, without the comment that may follow it."""
    return f"{_KIND} {b64encode(string(_KIND.encode()) + string(key)).decode('ascii')}"


def string(data: bytes) -> bytes:
    """Bytes with their number before them (RFC 4251 §5)."""
    return len(data).to_bytes(4, "big") + data


def _strings(data: bytes, count: int) -> list[bytes]:
    """As many strings as that, which fill the bytes to their end."""
    found = []
    for _ in range(count):
        end = 4 + int.from_bytes(data[:4], "big")
        if len(data) < max(4, end):
            raise ValueError("it is cut off")
        found.append(data[4:end])
        data = data[end:]
    if data:
        raise ValueError("something stands after its end")
    return found


def _key(data: bytes) -> bytes:
    """The bytes of a public key that means anything."""
    key = _bare(data, ed25519.KEY_SIZE)
    ed25519.refuse_point(key)
    return key


def _bare(data: bytes, size: int) -> bytes:
    """What follows the name of its kind in a key or a signature."""
    kind = data[4 : 4 + int.from_bytes(data[:4], "big")]
    if kind == b"ssh-rsa" or kind.startswith(b"rsa-"):
        raise ValueError("it is of an RSA key, and reviews are signed with Ed25519")
    if kind != _KIND.encode():
        raise ValueError(f"its key is not of the kind {_KIND}")
    _, bare = _strings(data, 2)
    if len(bare) != size:
        raise ValueError(f"it has {len(bare)} bytes in place of {size}")
    return bare


def _decoded(text: str) -> bytes:
    """The bytes that base64 text stands for, which has to be the one text for them."""
    try:
        data = b64decode(text, validate=True)
    except binascii.Error:
        raise ValueError("it is not base64") from None
    if b64encode(data).decode("ascii") != text:
        raise ValueError("it is not base64 as everybody writes it")
    return data
