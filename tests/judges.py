"""Judges that we did not write: a full JSON-LD processor with the standards' own contexts, and another RDFC-1.0."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from functools import cache
from hashlib import sha256
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pyoxigraph
from pyld import jsonld

from blazon.quads import Quad
from blazon.vocabulary import BADGES_CONTEXT, CREDENTIALS_CONTEXT, EXTENSIONS_CONTEXT, RECORDS_CONTEXT

_FILES = {
    CREDENTIALS_CONTEXT: ("credentials-v2.json", "59955ced6697d61e03f2b2556febe5308ab16842846f5b586d7f1f7adec92734"),
    BADGES_CONTEXT: (
        "ob-v3p0-context-3.0.3.json",
        "3d34f4d4ef1bce691106e63798beb5e7b862ba841423f5ee1e53ab7ddf3bca84",
    ),
    RECORDS_CONTEXT: (
        "clr_context_2.0.1.json",
        "880f1902d4158f2f33ce06af41b90719977cd1ea337a9de2e41edb3ff5e543d6",
    ),
    EXTENSIONS_CONTEXT: ("ob-v3p0-extensions.json", "87c06c81bc2317663bf288d740d94fddd2818c4342b186270ff6371dfaa63f93"),
}
UNDEFINED = "urn:undefined#"


@cache
def context(url: str) -> dict[str, Any]:
    """A standard's context, from a package that ships it, pinned by digest."""
    spec = find_spec("openbadgeslib")
    assert spec is not None
    assert spec.submodule_search_locations is not None
    name, digest = _FILES[url]
    data = (Path(spec.submodule_search_locations[0]) / "ob3" / "contexts" / name).read_bytes()
    assert sha256(data).hexdigest() == digest
    loaded: dict[str, Any] = json.loads(data)
    return loaded


def _load(url: str, _options: object) -> dict[str, Any]:
    """A document loader that knows the pinned contexts and nothing else."""
    return {"contextUrl": None, "documentUrl": url, "document": context(url), "contentType": "application/ld+json"}


def pyld_canonical(document: Mapping[str, Any]) -> str:
    """The canonical N-Quads of a document by PyLD, after its quads are made a set: it keeps a quad twice that is said by a text and by a value."""
    options = {"algorithm": "URDNA2015", "format": "application/n-quads", "documentLoader": _load}
    text: str = jsonld.normalize(document, options)
    lines = text.splitlines()
    if len(set(lines)) < len(lines):
        return pyld_canonical_quads(jsonld.to_rdf(document, {"format": "application/n-quads", "documentLoader": _load}))
    return text


def pyld_canonical_quads(n_quads: str) -> str:
    """The canonical N-Quads of N-Quads by PyLD, which counts a quad twice that names a blank node twice, where RDFC-1.0 does not."""
    options = {"algorithm": "URDNA2015", "format": "application/n-quads", "inputFormat": "application/n-quads"}
    text: str = jsonld.normalize(n_quads, options)
    return text


def undefined_terms(document: Mapping[str, Any]) -> list[str]:
    """The terms of a document that no context defines in their place."""
    contexts = [*document["@context"], {"@vocab": UNDEFINED}]
    expanded = json.dumps(jsonld.expand({**document, "@context": contexts}, {"documentLoader": _load}))
    return [part.split('"')[0] for part in expanded.split(UNDEFINED)[1:]]


def oxigraph_canonical(n_quads: str) -> str:
    """The canonical N-Quads of N-Quads by pyoxigraph's RDFC-1.0; where several graphs have blank names, it differs from PyLD now and then."""
    dataset = pyoxigraph.Dataset(pyoxigraph.parse(n_quads, format=pyoxigraph.RdfFormat.N_QUADS))
    dataset.canonicalize(pyoxigraph.CanonicalizationAlgorithm.RDFC_1_0)
    data = pyoxigraph.serialize(dataset, format=pyoxigraph.RdfFormat.N_QUADS)
    assert data is not None
    return "".join(sorted(f"{line}\n" for line in data.decode().split("\n") if line))


def as_text(quads: Iterable[Quad]) -> str:
    """Quads as N-Quads text."""
    return "".join(f"{' '.join(filter(None, quad))} .\n" for quad in quads)
