"""Secrets that strayed into the tree: private keys in every form that we know, found before they are published."""

from __future__ import annotations

import binascii
import re
from base64 import urlsafe_b64decode
from collections.abc import Callable, Collection, Mapping

from blazon import base58
from blazon.diagnostics import Place, Report
from blazon.ed25519 import KEY_SIZE, SECRET_PREFIX

_KNOWN = re.compile(
    rb"(?P<pem>-----BEGIN (?:[A-Z0-9]+ )*PRIVATE KEY)|(?P<ours>blazon-secret-key)"
    rb"|(?P<multibase>z3u2[1-9A-HJ-NP-Za-km-z]{40,46})",
)
_SEEDS = re.compile(
    rb"(?<![0-9A-Za-z+/_-])(?:(?:0x)?(?P<hex>[0-9a-fA-F]{64,192})|(?P<base64>[A-Za-z0-9+/_-]{43,128})={0,2})"
    rb"(?![0-9A-Za-z+/_=-])"
)


def refuse_secrets(
    tree: Mapping[str, bytes],
    report: Report,
    publics: Collection[bytes],
    public_half: Callable[[bytes], bytes] | None,
) -> None:
    """Report every private key in a tree, without showing it.

    `public_half` makes a public key from a seed: with it, seeds of the program's own keys are found in hex and base64.
    """
    for path, data in tree.items():
        for found in _KNOWN.finditer(data):
            if found.lastgroup != "multibase" or _is_secret(found[0].decode("ascii")):
                _report(path, data, found.start(), report)
        if public_half is None or not publics:
            continue
        for found in _SEEDS.finditer(data):
            if any(public_half(seed) in publics for seed in _seeds(found)):
                _report(path, data, found.start(), report)


def _is_secret(text: str) -> bool:
    """Whether text is a secret key in Multikey form."""
    data = base58.decode(text[1:])
    return data.startswith(SECRET_PREFIX) and len(data) == len(SECRET_PREFIX) + KEY_SIZE


def _seeds(found: re.Match[bytes]) -> set[bytes]:
    """What may be a seed in hex or base64: its first 32 bytes, which the public half may follow, and its last 32 (PKCS #8)."""
    try:
        if found["hex"]:
            data = binascii.unhexlify(found["hex"])
        else:
            text = found["base64"].replace(b"+", b"-").replace(b"/", b"_")
            data = urlsafe_b64decode(text + b"=" * (-len(text) % 4))
    except binascii.Error:  # no number of whole bytes has that many characters
        return set()
    return {data[:KEY_SIZE], data[-KEY_SIZE:]}


def _report(path: str, data: bytes, start: int, report: Report) -> None:
    """Say where a private key stands; its value is not shown."""
    place = Place(path, data.count(b"\n", 0, start) + 1, start - data.rfind(b"\n", 0, start))
    report.error(
        "secret-in-tree",
        place,
        "a private key stands here; whoever reads it can issue badges in your name.",
        hint="take it out of git's history too, make another with: blazon key new, and mark this one compromised in keys/",
    )
