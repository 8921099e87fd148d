"""The verifier that a reader's browser runs: our parts in JavaScript, and the table that Python signs with, in one plain script."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping

from blazon import shape
from blazon.address import Plan
from blazon.vocabulary import (
    BADGES_CONTEXT,
    CREDENTIALS_CONTEXT,
    EXTENSIONS_CONTEXT,
    OTHERS,
    RECORDS_CONTEXT,
    VOCABULARIES,
    WORDS,
    Properties,
    Property,
)

# The parts in reading order: each uses only what stands before it.
PARTS = (
    *("outcome", "json", "bytes", "ed25519", "quads", "canon", "shape"),
    *("picture", "authority", "validity", "verify", "bake", "state"),
)


def script(parts: Mapping[str, bytes]) -> bytes:
    """The verifier as a classic script, from the text of each of PARTS by name; it sets `blazon` and nothing else.

    Comments and indentation are left out: what a browser loads is a third shorter than what people read.
    """
    told = json.dumps(table(), ensure_ascii=True, separators=(",", ":"))
    body = "\n".join(_bare(parts[name].decode()) for name in PARTS)
    return f'(() => {{\n"use strict";\nconst TABLE = {told};\n{body}\n}})();\n'.encode()


def facts(plan: Plan, keys: bytes) -> bytes:
    """What a copy of the verifier goes by, as a script: the site's address, its issuer's identity, and the key document's bytes."""
    told = {"base": plan.base, "identity": plan.did, "document": plan.url(plan.key_document), "keys": keys.decode()}
    return f"globalThis.blazonIssuer={json.dumps(told, ensure_ascii=True, separators=(',', ':'))};\n".encode()


def table() -> dict[str, object]:
    """What the standards' contexts define and the one form that we accept, as JSON: the same that `canon` and `shape` go by.

    A property is its IRI, alone or followed by its range and by true when it holds many; a vocabulary names the one of
    the credentials inside it by its place, or says -1.
    """
    places = {id(vocabulary): index for index, vocabulary in enumerate(VOCABULARIES.values())}
    vocabularies = [
        {
            "context": list(context),
            "everywhere": _meanings(one.everywhere),
            "types": dict(one.types),
            "scoped": {name: _meanings(scope) for name, scope in one.scoped.items()},
            "credentials": one.credentials,
            "inner": places.get(id(one.inner), -1),
        }
        for context, one in VOCABULARIES.items()
    ]
    return {
        "contexts": [CREDENTIALS_CONTEXT, BADGES_CONTEXT, EXTENSIONS_CONTEXT, RECORDS_CONTEXT],
        "vocabularies": vocabularies,
        "words": WORDS,
        "others": OTHERS.split(),
        "form": {
            "lists": sorted(shape.LISTS),
            "plain_types": sorted(shape.PLAIN_TYPES),
            "objects": sorted(shape.OBJECTS),
            "never_mere": sorted(shape.NEVER_MERE),
            "numbers": sorted(shape.NUMBERS),
            "truths": sorted(shape.TRUTHS),
        },
        "schemas": shape.SCHEMAS,
    }


def _meanings(properties: Properties) -> dict[str, list[object]]:
    """What each term of a scope means."""
    return {term: list(_meaning(one)) for term, one in properties.items()}


def _meaning(one: Property) -> Iterator[object]:
    """A property's IRI, its range when it has one or holds many, and true when it holds many."""
    yield one.iri
    if one.range or one.many:
        yield one.range
    if one.many:
        yield True


def _bare(text: str) -> str:
    """A script without comments that have lines of their own, indentation and empty lines."""
    lines, inside = [], False
    for line in map(str.strip, text.splitlines()):
        if inside or line.startswith("/*"):
            inside = not line.endswith("*/")
        elif line and not line.startswith("//"):
            lines.append(line)
    return "\n".join(lines)
