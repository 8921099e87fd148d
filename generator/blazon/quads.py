"""A document to quads: the table of terms turns JSON into RDF, without a JSON-LD processor.

This is JSON-LD 1.1 expansion and deserialization to RDF (JSON-LD 1.1 API §5.1, §8.1) for documents whose contexts are
one of the lists that `vocabulary` knows, and stricter: what those algorithms drop or repair without a word is refused.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from blazon.vocabulary import (
    BOOLEAN,
    DEFINED,
    DOUBLE,
    GRAPH,
    INTEGER,
    IRI,
    RDF_TYPE,
    TEXT,
    WORD,
    WORDS,
    Property,
    UnknownTerm,
    Vocabulary,
    vocabulary_of,
)

Quad = tuple[str, str, str, str]
"""Subject, predicate, object and graph as N-Quads writes them; blank nodes are `_:` and a label, the default graph is ""."""

MOST_QUADS = 1_000
MOST_BLANK_NODES = 100
DEEPEST = 32

_ABSOLUTE = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[^\x00-\x20<>\"{}|^`\\\x7f-\xa0\ud800-\udfff]+")
_UNSIGNABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
_ESCAPES = str.maketrans({"\\": "\\\\", '"': '\\"', "\t": "\\t", "\n": "\\n", "\r": "\\r"})
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
        subject = self._subject(value)
        types = _types(value)
        properties = self._vocabulary.properties(types)
        for name in types:
            self._add(subject, RDF_TYPE, f"<{self._vocabulary.types[name]}>", graph)
        for term, content in value.items():
            if term in {"id", "type"}:
                continue
            if term == "@context":
                _same_context(content, self._vocabulary, depth)
                continue
            meaning = properties.get(term)
            if meaning is None:
                raise UnknownTerm(term, _where(types), defined=term in DEFINED)
            for one in _each(term, content):
                self._property(subject, term, meaning, one, graph, depth)
        return subject

    def _property(self, subject: str, term: str, meaning: Property, value: object, graph: str, depth: int) -> None:
        """Add one value of one property."""
        if meaning.range == GRAPH:
            inner = self._blank()
            self.node(_node(term, value), inner, depth + 1)
            self._add(subject, meaning.iri, inner, graph)
        elif isinstance(value, Mapping):
            if meaning.range not in {TEXT, IRI}:
                raise Malformed(f'"{term}" is an object where a value belongs')
            self._add(subject, meaning.iri, self.node(value, graph, depth + 1), graph)
        else:
            self._add(subject, meaning.iri, _term(term, meaning.range, value), graph)

    def _subject(self, value: Mapping[str, object]) -> str:
        """The name of a node: its id, or a blank node."""
        if "id" not in value:
            return self._blank()
        return _iri("id", value["id"])

    def _blank(self) -> str:
        """A fresh blank node."""
        if self._labels >= MOST_BLANK_NODES:
            raise TooLarge(f"the document has more than {MOST_BLANK_NODES} nodes without an id")
        self._labels += 1
        return f"_:{self._prefix}{self._labels}"

    def _add(self, subject: str, predicate: str, value: str, graph: str) -> None:
        """Add one quad."""
        if len(self.quads) >= MOST_QUADS:
            raise TooLarge(f"the document makes more than {MOST_QUADS} statements")
        self.quads[subject, f"<{predicate}>", value, graph] = None


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


def _same_context(context: object, vocabulary: Vocabulary, depth: int) -> None:
    """Let a `@context` pass at the top, or inside when it says the same again."""
    if depth and vocabulary_of(context) is not vocabulary:
        raise UnknownTerm("@context", "an inner object", defined=True)


def _types(value: Mapping[str, object]) -> tuple[str, ...]:
    """The types of a node, as a tuple of words."""
    match value.get("type", ()):
        case str(name):
            return (name,)
        case [*names] if names or "type" not in value:
            if all(isinstance(name, str) for name in names):
                return tuple(str(name) for name in names)
        case ():
            return ()
    raise Malformed('"type" is a word or a list of words')


def _where(types: Sequence[str]) -> str:
    """A node's types as a sentence names them."""
    return f"a node of type {', '.join(types)}" if types else "a node without a type"


def _each(term: str, content: object) -> Iterator[object]:
    """The values of a property: one, or those of a list that is neither empty nor nested."""
    if not isinstance(content, list | tuple):
        yield content
        return
    if not content:
        raise Malformed(f'"{term}" is an empty list, which a signature does not cover')
    for one in content:
        if isinstance(one, list | tuple):
            raise Malformed(f'"{term}" is a list inside a list')
        yield one


def _node(term: str, value: object) -> Mapping[str, object]:
    """A value that has to be an object."""
    if not isinstance(value, Mapping):
        raise Malformed(f'"{term}" is not an object')
    return value


def _term(term: str, meaning: str, value: object) -> str:
    """A JSON value as the object of a quad: an address, or a literal with its datatype (JSON-LD 1.1 API §8.2)."""
    if meaning == IRI:
        return _iri(term, value)
    if meaning == WORD:
        if not isinstance(value, str) or value not in WORDS:
            raise UnknownTerm(str(value), term, defined=False)
        return f"<{WORDS[value]}>"
    match value:
        case bool():
            return _literal(term, "true" if value else "false", meaning or BOOLEAN)
        case str():
            return _literal(term, value, meaning)
        case int():
            return _literal(term, str(value), meaning or INTEGER)
        case float():
            return _number(term, value, meaning)
    raise Malformed(f'"{term}" is empty' if value is None else f'"{term}" is not a value')


def _number(term: str, value: float, meaning: str) -> str:
    """A number that is not whole, in canonical form (JSON-LD 1.1 API §8.6); a whole one is an integer whatever its spelling."""
    if value == round(value):
        return _literal(term, str(int(value)), meaning or INTEGER)
    if round(value, _DECIMALS) != value:
        raise Malformed(f'"{term}" has more than four decimals')
    digits, exponent = f"{value:.15E}".split("E")
    mantissa = digits.rstrip("0")
    return _literal(term, f"{mantissa}{'0' if mantissa[-1] == '.' else ''}E{int(exponent)}", meaning or DOUBLE)


def _literal(term: str, value: str, datatype: str) -> str:
    """A literal as canonical N-Quads writes it (RDF 1.2 N-Quads §4.2)."""
    if _UNSIGNABLE.search(value):
        raise Malformed(f'"{term}" contains a character that cannot be signed')
    quoted = f'"{value.translate(_ESCAPES)}"'
    return f"{quoted}^^<{datatype}>" if datatype else quoted


def _iri(term: str, value: object) -> str:
    """An absolute address or name, in angle brackets."""
    if not isinstance(value, str):
        raise Malformed(f'"{term}" is not an address')
    if not _ABSOLUTE.fullmatch(value):
        raise Malformed(f'"{term}" is not an absolute address')
    return f"<{value}>"
