"""Programs with root keys, and lists of keys that these signed: as their owners make them, or as somebody else would like them."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from hashlib import sha256
from typing import Any

import storybook
from blazon import base58, ed25519, jsontext, keylist, rootmaking
from blazon.diagnostics import Report
from blazon.keys import Secret
from blazon.load import load

ROOT, LIST, KEY = "keys/root.yaml", "keys/list.json", "keys/key-1.yaml"
FIRST, SECOND, THIRD, NOBODY = (Secret(sha256(f"root key {number}".encode()).digest()) for number in range(4))
DAY = date(2026, 5, 20)

Tree = Mapping[str, bytes]
Json = dict[str, Any]


def public(secret: Secret) -> str:
    return ed25519.write(secret.public)


def roots(*secrets: Secret, threshold: int = 1) -> bytes:
    """The file of root keys."""
    return f"public_keys: [{', '.join(map(public, secrets))}]\nthreshold: {threshold}\n".encode()


def signed(tree: Tree, *secrets: Secret, day: date = DAY) -> dict[str, bytes]:
    """A tree after the holders of root keys have signed its list of keys, one after the other."""
    for secret in secrets:
        program = load(tree, Report())
        assert program is not None
        made = rootmaking.next_list(program, secret, day)
        tree = {**tree, LIST: keylist.write(made.after).encode()}
    return dict(tree)


def program(*secrets: Secret, threshold: int = 1) -> dict[str, bytes]:
    """The program of stories with these root keys, whose list nobody has signed."""
    files = {path: text.removeprefix("\n").encode() for path, text in storybook.base().items()}
    return {**files, ROOT: roots(*secrets, threshold=threshold)}


def document(tree: Tree) -> Json:
    """The list of a tree as a table."""
    found: Json = json.loads(tree[LIST])
    return found


def sealed(table: Json, *secrets: Secret) -> bytes:
    """A list that says anything, with signatures over it, written with nothing of ours but base58."""
    content = {name: value for name, value in table.items() if name != "signatures"}
    text = json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    message = b"blazon key list 1\n" + text.encode()
    signatures = [
        {"root": public(one), "signature": f"z{base58.encode(one.signer('').sign(message))}"} for one in secrets
    ]
    return jsontext.write({**content, "signatures": signatures}).encode()


def said(tree: Tree, before: Tree | None = None) -> list[str]:
    """What check says about a tree, one text for each mistake."""
    text = storybook.said(tree, before)
    return text.replace("\n  hint: ", " Hint: ").splitlines()
