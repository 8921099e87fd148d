"""The list of what has to be signed, which a person can read, and how a text on it is finished with earlier signatures.

A text may say `{signature of ID}` where the value of a proof belongs, and `{digest of ID}` where the digest of a published
file does; ID is the id of a document that stands earlier in the list.
"""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from hashlib import sha256

from blazon import base58, jsontext
from blazon.canon import canonicalize_quads
from blazon.jsontext import Unreadable
from blazon.quads import Quad
from blazon.vocabulary import BADGES_CONTEXT, CREDENTIALS_CONTEXT, RDF, RECORDS_CONTEXT, VOCABULARIES

VERSION = 1
MOST = 10_000  # documents in one list
LARGEST = 256 << 20
MOST_TEXT = 96 << 20  # bytes of texts in one list, which take more room in its file

AWARD, LIST, TRANSCRIPT = "award", "status list", "transcript"

_TYPES = VOCABULARIES[CREDENTIALS_CONTEXT, RECORDS_CONTEXT, BADGES_CONTEXT].types
_KINDS = {
    frozenset(f"<{_TYPES[word]}>" for word in ("VerifiableCredential", name)): kind
    for name, kind in {
        "OpenBadgeCredential": AWARD,
        "BitstringStatusListCredential": LIST,
        "ClrCredential": TRANSCRIPT,
    }.items()
}
_MEMBERS = ("id", "kind", "created", "verificationMethod", "sha256", "options", "document", "file")
_MULTIBASE, _SRI = "<https://w3id.org/security#multibase>", "<https://www.w3.org/2018/credentials#sriString>"
_VALUE = r"z[1-9A-HJ-NP-Za-km-z]{60,90}|sha256-[A-Za-z0-9+/]{43}=|\{(?:signature|digest) of [^\"\\{}]+\}"
_IN_QUADS = re.compile(rf'"({_VALUE})"(\^\^(?:{re.escape(_MULTIBASE)}|{re.escape(_SRI)}) )')
_IN_FILE = re.compile(rf'"(proofValue|digestSRI)":"({_VALUE})"')
_BLANK, _IRI = r"_:[A-Za-z0-9]+", r"<[^\x00-\x20<>\"{}|^`\\]+>"
_LITERAL = rf'"(?:[^"\\\n\r]|\\[tbnrf"\\])*+"(?:\^\^{_IRI})?'
_QUAD = re.compile(rf"({_IRI}|{_BLANK}) ({_IRI}) ({_IRI}|{_BLANK}|{_LITERAL})(?: ({_IRI}|{_BLANK}))? \.")


@dataclass(frozen=True, slots=True)
class Request:
    """A document that has to be signed: what it is, and its canonical texts.

    `sha256` is the 64 bytes to sign in hex, or "" while the text waits for earlier signatures. `file` is what will be
    published, for a document whose digest another one names, or "".
    """

    id: str
    kind: str
    created: str
    method: str
    options: str
    document: str
    sha256: str = ""
    file: str = ""


@dataclass(frozen=True, slots=True)
class Requests:
    """What has to be signed for an issuer, each document after those that it names, and its public keys by method.

    `left` is how many more did not fit into one list.
    """

    issuer: str
    keys: Mapping[str, str]
    requests: tuple[Request, ...]
    left: int = 0


def signature_of(name: str) -> str:
    """What stands for the signature of a document."""
    return f"{{signature of {name}}}"


def digest_of(name: str) -> str:
    """What stands for the digest of a document's file."""
    return f"{{digest of {name}}}"


def integrity(data: bytes) -> str:
    """The digest of a file as a subresource integrity value."""
    return "sha256-" + b64encode(sha256(data).digest()).decode("ascii")


def exchanged(document: str, values: Mapping[str, str]) -> str:
    """A canonical text in which proof values and digests are exchanged for others, as far as those are given."""
    return _IN_QUADS.sub(lambda found: f'"{values.get(found[1], found[1])}"{found[2]}', document)


def exchanged_in_file(file: str, values: Mapping[str, str]) -> str:
    """The same in the file of a document."""
    return _IN_FILE.sub(lambda found: f'"{found[1]}":"{values.get(found[2], found[2])}"', file)


def waits(document: str) -> list[str]:
    """What in a text still stands for something."""
    return [found[1] for found in _IN_QUADS.finditer(document) if found[1].startswith("{")]


def quads(text: str) -> list[Quad]:
    """The statements of a text in canonical N-Quads. Raises Unreadable for a line that is none."""
    found = []
    for number, line in enumerate(text.split("\n")[:-1], 1):
        parts = _QUAD.fullmatch(line)
        if parts is None:
            raise Unreadable(f"line {number:,} is not N-Quads.")
        found.append((parts[1], parts[2], parts[3], parts[4] or ""))
    if not found or not text.endswith("\n"):
        raise Unreadable("it does not end with a line end.")
    return found


def kind_of(name: str, statements: list[Quad]) -> str:
    """What kind of document a text is, by the types of what has its id; "" for one that we do not publish."""
    wanted = f"<{name}>", f"<{RDF}type>"
    return _KINDS.get(frozenset(quad[2] for quad in statements if quad[:2] == wanted and not quad[3]), "")


class Finisher:
    """Finishes the texts of a list, in its order, with the signatures that were made on the way."""

    def __init__(self) -> None:
        """Nothing was signed yet."""
        self._values: dict[str, str] = {}

    def finished(self, request: Request) -> Request:
        """A request whose text is whole and canonical.

        Raises Unreadable when it is not, quads.TooLarge when naming its nodes takes too long.
        """
        document = exchanged(request.document, self._values)
        if missing := waits(document):
            raise Unreadable(f"it needs the {missing[0][1:-1]}, which does not come before it.")
        canonical = canonicalize_quads(quads(document))
        if canonical != document and not waits(request.document):
            raise Unreadable("its text is not canonical.")
        return replace(request, document=canonical)

    def signed(self, request: Request, signature: bytes) -> None:
        """Keep the signature of a request for those that need it."""
        self._values[signature_of(request.id)] = "z" + base58.encode(signature)
        if request.file:
            file = exchanged_in_file(request.file, self._values)
            self._values[digest_of(request.id)] = integrity(file.encode())


def read(data: bytes) -> Requests:
    """The list in a file. Raises Unreadable."""
    table = jsontext.parse(data, LARGEST)
    if table.get("version") != VERSION:
        raise Unreadable(f'its "version" is not {VERSION}.')
    entries, keys = table.get("requests"), table.get("keys")
    if not isinstance(entries, list) or not isinstance(keys, dict):
        raise Unreadable('it has no list called "requests", or no table called "keys".')
    named = {method: jsontext.text_of(key) for method, key in keys.items()}
    requests = tuple(_request(number, entry) for number, entry in enumerate(entries, 1))
    return Requests(jsontext.text_of(table.get("issuer")), named, requests)


def write(requests: Requests) -> Iterator[str]:
    """The text of a list, piece by piece, with each statement on a line of its own."""
    keys = jsontext.compact(dict(requests.keys))
    yield f'{{\n"version": {VERSION},\n"issuer": {jsontext.compact(requests.issuer)},\n"keys": {keys},\n"requests": ['
    for number, one in enumerate(requests.requests):
        yield ",\n" if number else "\n"
        yield _written(one)
    yield "\n]\n}\n"


def _request(number: int, entry: object) -> Request:
    """One entry of a list."""
    if not isinstance(entry, dict) or not {"options", "document"} <= set(entry) <= set(_MEMBERS):
        raise Unreadable(f"entry {number:,} has other members than {', '.join(_MEMBERS)}.")
    texts = {name: _lines(number, entry[name]) for name in ("options", "document")}
    plain = {name: jsontext.text_of(entry.get(name)) for name in _MEMBERS if name not in texts}
    return Request(method=plain.pop("verificationMethod"), **plain, **texts)


def _lines(number: int, value: object) -> str:
    """A text that is written as a list of its lines."""
    if not isinstance(value, list) or not all(isinstance(line, str) and "\n" not in line for line in value):
        raise Unreadable(f"a text of entry {number:,} is not a list of lines.")
    return "".join(f"{line}\n" for line in value)


def _written(one: Request) -> str:
    """One entry of a list."""
    plain = {
        "id": one.id,
        "kind": one.kind,
        "created": one.created,
        "verificationMethod": one.method,
        "sha256": one.sha256,
        "file": one.file,
    }
    members = [f' "{name}": {jsontext.compact(value)}' for name, value in plain.items() if value]
    for name, text in (("options", one.options), ("document", one.document)):
        lines = ",\n".join(f"  {jsontext.compact(line)}" for line in text.split("\n")[:-1])
        members.append(f' "{name}": [\n{lines}\n ]' if lines else f' "{name}": []')
    return "{\n" + ",\n".join(members) + "\n}"
