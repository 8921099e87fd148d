"""Inputs that once got no answer, by reader and by what was wrong: each is read again on every run of the tests."""

from __future__ import annotations

from collections.abc import Mapping

_SMALL = b"-- content/site.yaml --\nname: A\n"
_DRAWING = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9">%s</svg>'

FOUND: Mapping[str, Mapping[str, bytes]] = {
    "file of a program: key": {
        "each of many numbers could be read in two ways": b"note: 2026" + b"-01" * 30 + b"-x\n",
    },
    "file of a program: root keys": {
        "there was no root key, and no threshold": b"public_keys: []",
    },
    "page of documentation": {
        "it was strong within strong within strong": b"# A\n\n" + b"_" * 8000 + b"a" + b"_" * 8000 + b"\n",
    },
    "Markdown": {
        "a hidden character stood before too many brackets": b"\x02\n\n> " + b"[" * 3_700,
    },
    "record of the last build": {
        "it named no keys": b'{"began": "1", "sources": "SOURCES", "site": "SITE", "said": {"report": [], "sources": 1, "sentences": [], "files": 1, "size": 1}}',
    },
    "tree of a request": {
        "the picture of a badge was no picture": (
            _SMALL + b"-- content/badges/soldering/badge.yaml --\nname: B\n"
            b"-- content/badges/soldering/image.svg --\nx\n-- content/badges/soldering/image.png --\nx\n"
        ),
        "an approval gave a level that the badge does not have": (
            _SMALL
            + b"-- content/earners/ada/s.yaml --\nid: you\nstatus_index: 41873\nbadge: soldering\nname: B\nissued: 2026-05-31\n"
            b"reviews:\n  - {reviewer: kim, date: 2026-05-30, conflict: none, scores: {joints: 60.5}}\n"
        ),
    },
    "SVG of a badge": {
        "the gate took an empty drawing, into which no credential fits": b'<svg xmlns="http://www.w3.org/2000/svg"/>',
        "the gate took a drawing that speaks of openbadges": _DRAWING % b"<title>openbadges</title><path/>",
    },
    "key file": {
        "Argon2id got less memory than the file asks for": (
            b"blazon-secret-key-1\npublic: z6MkmQqaGDjvPZ4JkDPRVMqSwGJr1paMutKXeh2cq6k4oVAh\nargon2id: 1 passes, 1000 MiB\n"
            + b"salt: %s\nbox: %s\n" % (b"0" * 32, b"0" * 144)
        ),
    },
    "table of people": {
        "somebody got one badge in a thousand rows": b"name,badge\n" + b"Bo,soldering\n" * 1_500,
    },
    "event of an issue": {
        "a label was called by an object": b'{"action":"opened","issue":{"labels":[{"name":{"a":"b"}}]}}',
    },
    "note of a killed run": {
        "digests were a list": b"[[], []]",
        "a note was an object": b'{"a": [], "b": []}',
        "brackets were nested deeply": b"[" * 100_000,
        "a path had a zero in it": b'[["a\\u0000b"], {}]',
        "a path had half a character": b'[["\\ud800"], {}]',
        "a path was the program itself": b'[["."], {"": ""}]',
    },
    "question of a browser": {
        "an address had half a number of version 6": b"GET http://[ HTTP/1.1\r\nHost: localhost:PORT\r\n\r\n",
        "a name was too long for the disk": b"GET /badges/%s HTTP/1.1\r\nHost: localhost:PORT\r\n\r\n" % (b"a" * 300),
    },
}
