"""A document to quads: the table of terms turns JSON into RDF, without a JSON-LD processor.

This is JSON-LD 1.1 expansion and deserialization to RDF (JSON-LD 1.1 API §5.1, §8.1) for documents whose contexts are
one of the lists that `vocabulary` knows, and stricter: what those algorithms drop or repair without a word is refused.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from blazon.vocabulary import (
    BOOLEAN,
    DEFINED,
    DOUBLE,
    GRAPH,
    INTEGER,
    IRI,
    LIST,
    NODE,
    RDF,
    TEXT,
    WORD,
    WORDS,
    UnknownTerm,
    Vocabulary,
    vocabulary_of,
)

Quad = tuple[str, str, str, str]
"""Subject, predicate, object and graph as N-Quads writes them; blank nodes are `_:` and a label, the default graph is ""."""

MOST_QUADS = 1_000
MOST_BLANK_NODES = 100
DEEPEST = 32

_ABSOLUTE = re.compile(
    r"(?:https|did):[!#-;=?-\[\]_a-z~]+"  # nearly all, and by far the quickest to see
    r"|[A-Za-z][A-Za-z0-9+.-]*:[^\x00-\x20<>\"{}|^`\\\x7f-\xa0\ud800-\udfff]+",
)
_SPECIAL = re.compile('[\x00-\x1f"\\\\\x7f\ud800-\udfff\ufffe\uffff]')  # what a literal cannot hold as it is
_UNSIGNABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
_ESCAPES = str.maketrans({"\\": "\\\\", '"': '\\"', "\t": "\\t", "\n": "\\n", "\r": "\\r"})
_REFERENCES = frozenset({IRI, WORD, GRAPH, NODE})
_TYPE, _FIRST, _REST, _NIL = (f"<{RDF}{name}>" for name in ("type", "first", "rest", "nil"))
_DECIMALS = 4  # Python and JavaScript write numbers of no more decimals alike


class Malformed(ValueError):
    """A document that says something in a form that a signature would not cover; the sentence says what."""


class TooLarge(ValueError):
    """A document beyond the limits of this reader; it is not refused for what it says."""


@dataclass(frozen=True, slots=True, eq=False)
class Shared:
    """A node that many documents have in common, made into quads once.

    `node` is the very object that stands in the documents; it is recognised by identity, never by value.
    """

    node: Mapping[str, object]
    subject: str
    quads: tuple[Quad, ...]


class Expansion:
    """The quads of one document, made by walking it once."""

    def __init__(self, vocabulary: Vocabulary, shared: Sequence[Shared] = (), prefix: str = "b") -> None:
        """An expansion that knows the terms of a vocabulary; blank nodes are labelled with the prefix and a number."""
        self.quads: dict[Quad, None] = {}  # a set that keeps its order: saying a thing twice says it once
        self.met: list[Shared] = []
        self._vocabulary = vocabulary
        self._shared = {id(one.node): one for one in shared}
        self._prefix = prefix
        self._labels = 0
        self._most_quads = MOST_QUADS * vocabulary.credentials
        self._most_labels = MOST_BLANK_NODES * vocabulary.credentials

    def node(self, value: Mapping[str, object], graph: str = "", depth: int = 0) -> str:
        """Add a node object and all below it; its subject comes back.

        Raises Malformed, TooLarge, or UnknownTerm for a term or type that is not in the table.
        """
        known = self._shared.get(id(value))
        if known is not None and not graph:
            self.met.append(known)
            return known.subject
        if depth > DEEPEST:
            raise TooLarge("the document is nested too deeply")
        subject = _iri("id", value["id"]) if "id" in value else self._blank()
        types = _types(value)
        scope = self._vocabulary.scope(types)
        quads = self.quads
        for iri in scope.types:
            quads[subject, _TYPE, iri, graph] = None
        for term, content in value.items():
            known_term = scope.terms.get(term)
            if known_term is None:
                self._syntax(term, content, types, depth)
                continue
            predicate, meaning, datatype = known_term
            if meaning == LIST:
                quads[subject, predicate, self._list(term, content, graph), graph] = None
                continue
            for one in _each(term, content) if isinstance(content, list) else (content,):
                if isinstance(one, str):
                    plain = meaning not in _REFERENCES and not _SPECIAL.search(one)
                    found = f'"{one}"{datatype}' if plain else _text(term, meaning, one)
                else:
                    found = self._object(term, meaning, one, graph, depth + 1)
                quads[subject, predicate, found, graph] = None
        if len(quads) > self._most_quads:
            raise TooLarge(f"the document makes more than {self._most_quads:,} statements")
        return subject

    def _list(self, term: str, content: object, graph: str) -> str:
        """The first node of a list of texts, whose order is signed (JSON-LD 1.1 API §8.1.4)."""
        texts = _each(term, content) if isinstance(content, list) else [content]
        nodes = [*(self._blank() for _ in texts), _NIL]
        for node, rest, one in zip(nodes, nodes[1:], texts, strict=False):
            if not isinstance(one, str):
                raise Malformed(f'"{term}" is not a list of texts')
            self.quads[node, _FIRST, _text(term, TEXT, one), graph] = None
            self.quads[node, _REST, rest, graph] = None
        return nodes[0]

    def _syntax(self, term: str, content: object, types: Sequence[str], depth: int) -> None:
        """Let a word pass that belongs to JSON-LD itself: an id, a type, and a `@context` that says the same again."""
        if term == "@context":
            if depth and vocabulary_of(content) is not self._vocabulary:
                raise UnknownTerm("@context", "an inner object", defined=True)
        elif term not in {"id", "type"}:
            raise UnknownTerm(term, _where(types), defined=term in DEFINED)

    def _object(self, term: str, meaning: str, value: object, graph: str, depth: int) -> str:
        """A value that is not text as the object of a quad; what is below it is added on the way."""
        if meaning == GRAPH:
            inner = self._blank()
            self.node(_node(term, value), inner, depth)
            return inner
        if not isinstance(value, Mapping):
            return _number(term, meaning, value)
        if meaning not in {TEXT, IRI, NODE}:
            raise Malformed(f'"{term}" is an object where a value belongs')
        if "@context" not in value:
            return self.node(value, graph, depth)
        around, own = self._vocabulary, vocabulary_of(value["@context"])
        if own is None or (own is not around and own is not around.inner):
            raise UnknownTerm("@context", "an inner object", defined=True)
        self._vocabulary = own
        subject = self.node(value, graph, depth)
        self._vocabulary = around
        return subject

    def _blank(self) -> str:
        """A fresh blank node."""
        if self._labels >= self._most_labels:
            raise TooLarge(f"the document has more than {self._most_labels:,} nodes without an id")
        self._labels += 1
        return f"_:{self._prefix}{self._labels}"


def expand(document: Mapping[str, object], shared: Sequence[Shared] = ()) -> Expansion:
    """The expansion of a whole document, whose `@context` says which vocabulary it speaks.

    Raises Malformed, TooLarge, or UnknownTerm; an unknown list of contexts is an UnknownTerm called `@context`.
    """
    vocabulary = vocabulary_of(document.get("@context"))
    if vocabulary is None:
        raise UnknownTerm("@context", "document", defined=True)
    expansion = Expansion(vocabulary, shared)
    expansion.node(document)
    return expansion


def share(node: Mapping[str, object], context: Sequence[str], name: str) -> Shared:
    """A node with an id, expanded once for all documents of these contexts; `name` keeps its blank nodes apart.

    Raises what `expand` raises, and Malformed when the node has no id.
    """
    vocabulary = vocabulary_of(list(context))
    if vocabulary is None:
        raise UnknownTerm("@context", "document", defined=True)
    if "id" not in node:
        raise Malformed("a shared node needs an id")
    expansion = Expansion(vocabulary, prefix=name)
    subject = expansion.node(node, depth=1)
    return Shared(node, subject, tuple(expansion.quads))


def _types(value: Mapping[str, object]) -> tuple[str, ...]:
    """The types of a node, as a tuple of words."""
    types = value.get("type", ())
    if isinstance(types, str):
        return (types,)
    if not isinstance(types, (list, tuple)) or (not types and "type" in value):
        raise Malformed('"type" is a word or a list of words')
    for name in types:
        if not isinstance(name, str):
            raise Malformed('"type" is a word or a list of words')
    return tuple(types)


def _where(types: Sequence[str]) -> str:
    """A node's types as a sentence names them."""
    return f"a node of type {', '.join(types)}" if types else "a node without a type"


def _each(term: str, content: list[object]) -> list[object]:
    """The values of a property with a list of them, which is neither empty nor nested."""
    if not content:
        raise Malformed(f'"{term}" is an empty list, which a signature does not cover')
    if len(content) > MOST_QUADS:
        raise TooLarge(f"a list has more than {MOST_QUADS:,} entries")
    if any(isinstance(one, list) for one in content):
        raise Malformed(f'"{term}" is a list inside a list')
    return content


def _node(term: str, value: object) -> Mapping[str, object]:
    """A value that has to be an object."""
    if not isinstance(value, Mapping):
        raise Malformed(f'"{term}" is not an object')
    return value


def _text(term: str, meaning: str, value: str) -> str:
    """A JSON string as the object of a quad: a literal with its datatype, an address, or a word of the standards.

    Literals are as canonical N-Quads writes them (RDF 1.2 N-Quads §4.2).
    """
    if meaning in _REFERENCES:
        return _reference(term, meaning, value)
    if _SPECIAL.search(value):
        if _UNSIGNABLE.search(value):
            raise Malformed(f'"{term}" contains a character that cannot be signed')
        value = value.translate(_ESCAPES)
    return f'"{value}"^^<{meaning}>' if meaning else f'"{value}"'


def _reference(term: str, meaning: str, value: str) -> str:
    """A JSON string that names something: an address, or a word of the standards."""
    if meaning == IRI:
        return _iri(term, value)
    if meaning in {GRAPH, NODE}:
        raise Malformed(f'"{term}" is not an object')
    if value not in WORDS:
        raise UnknownTerm(value, term, defined=False)
    return f"<{WORDS[value]}>"


def _number(term: str, meaning: str, value: object) -> str:
    """A JSON number or truth value as a literal (JSON-LD 1.1 API §8.2); a whole number is an integer whatever its spelling."""
    if meaning in _REFERENCES:
        raise Malformed(f'"{term}" is not an address')
    match value:
        case bool():
            return _text(term, meaning or BOOLEAN, "true" if value else "false")
        case int():
            return _text(term, meaning or INTEGER, str(value))
        case float() if value == round(value):
            return _text(term, meaning or INTEGER, str(round(value)))
        case float() if round(value, _DECIMALS) == value:
            digits, exponent = f"{value:.15E}".split("E")
            mantissa = digits.rstrip("0")
            return _text(term, meaning or DOUBLE, f"{mantissa}{'0' if mantissa[-1] == '.' else ''}E{int(exponent)}")
        case float():
            raise Malformed(f'"{term}" has more than four decimals')
    raise Malformed(f'"{term}" is empty' if value is None else f'"{term}" is not a value')


def _iri(term: str, value: object) -> str:
    """An absolute address or name, in angle brackets."""
    if not isinstance(value, str):
        raise Malformed(f'"{term}" is not an address')
    if not _ABSOLUTE.fullmatch(value):
        raise Malformed(f'"{term}" is not an absolute address')
    return f"<{value}>"
