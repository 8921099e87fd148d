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
    rb"(?<![0-9A-Za-z+/_-])(?:(?P<hex>[0-9a-fA-F]{64})|(?P<base64>[A-Za-z0-9+/_-]{43})=?)(?![0-9A-Za-z+/_=-])"
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
            if public_half(_seed(found)) in publics:
                _report(path, data, found.start(), report)


def _is_secret(text: str) -> bool:
    """Whether text is a secret key in Multikey form."""
    data = base58.decode(text[1:])
    return data.startswith(SECRET_PREFIX) and len(data) == len(SECRET_PREFIX) + KEY_SIZE


def _seed(found: re.Match[bytes]) -> bytes:
    """The 32 bytes that hex or base64 text stands for."""
    if found["hex"]:
        return binascii.unhexlify(found["hex"])
    return urlsafe_b64decode(found["base64"].replace(b"+", b"-").replace(b"/", b"_") + b"=")


def _report(path: str, data: bytes, start: int, report: Report) -> None:
    """Say where a private key stands; its value is not shown."""
    place = Place(path, data.count(b"\n", 0, start) + 1, start - data.rfind(b"\n", 0, start))
    report.error(
        "secret-in-tree",
        place,
        "a private key stands here; whoever reads it can issue badges in your name.",
        hint="take it out of git's history too, make another with: blazon key new, and mark this one compromised in keys/",
    )
