"""Inputs that a reader refuses, where its good ones are all that it was given: so each has seen one of either kind before inputs are bent."""

from __future__ import annotations

from collections.abc import Mapping

_STEERING = "Ada \u202e".encode()

REFUSED: Mapping[str, bytes] = {
    "file of a program: root keys": b"keys: 7\n",
    "file of a program: list of keys": b"{}",
    "file of a program: PNG": b"GIF89a",
    "file of a program: SVG": b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><script/></svg>',
    "PNG of a badge": b"GIF89a",
    "SVG of a badge": b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><script/></svg>',
    "options of a theme": b"options: {a: &b c}\n",
    "strings of a theme": b"nav: &a b\n",
    "style of a theme": b"@import 'https://example.org/a.css';\n",
    "letters of a theme": b"A\n",
    "Markdown": b"![a](b.png)",
    "address": _STEERING,
    "name, date, number or key": _STEERING,
    "words at a command": b"\0",
    "N-Quads": b"no statement\n",
    "base58": b"0OIl",
    "JSON Web Key": b'{"kty": "OKP", "crv": "Ed25519", "x": "AA"}',
    "line of an SSH key": b"ssh-rsa AAAA",
    "signature by SSH": b"-----BEGIN SSH SIGNATURE-----\nAAAA\n-----END SSH SIGNATURE-----\n",
    "list of stolen keys": b"{}",
    "status list": b"{}",
    "bits of a status list": b"\x1f\x8b\x08\0",
    "text of a status list": b"z",
    "document of version 2.0": b"{}",
    "document that is handed over": b"[]",
    "question of a browser": b"",
    "signatures.json": b"{}",
    "list of keys": b"{}",
    "requests.json": b"{}",
    "record of the last build": b"{}",
    "what the last build kept to be taken over": b"{}",
    "list of a part": b"{}",
    "list of a piece": b'{"a.html": ""}',
    "published document whose signature is kept": b"{}",
    "form of an issue": b"### Badge\n\n_No response_\n",
}
