"""A document to canonical N-Quads: RDFC-1.0 (RDF Dataset Canonicalization, W3C 2024) with SHA-256 and a work limit.

Most documents need only the first step, in which every blank node has a hash of its own. What a document shares with
others (its achievement, its issuer) is prepared once; the full algorithm takes over whenever two hashes are equal.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import sha256

from blazon.quads import Quad, Shared, TooLarge, expand, share

MOST_STEPS = 20_000  # statements looked at and labels walked over; a graph that needs more is a trap, not a document
MOST_ALIKE = 64  # nodes that another one sees in the same way
DEEPEST_PATH = 64  # nodes without an id that are looked at for the sake of each other
_TOO_LONG = "naming the nodes without an id would take too long"


@dataclass(frozen=True, slots=True, eq=False)
class Prepared:
    """A shared node with its finished lines, and its blank nodes with their first-degree hashes."""

    shared: Shared
    parts: _Parts
    hashes: Mapping[str, str]


@dataclass(slots=True)
class _Parts:
    """Quads by what is still to be done: lines that are finished, and those that await the labels of blank nodes.

    A tail is a line without its subject, a head one without its object, each with the blank node that belongs there; a
    link has blank nodes in any other way.
    """

    lines: list[str] = field(default_factory=list)
    tails: list[tuple[str, str]] = field(default_factory=list)
    heads: list[tuple[str, str]] = field(default_factory=list)
    links: list[Quad] = field(default_factory=list)


def prepare(node: Mapping[str, object], context: Sequence[str], name: str) -> Prepared:
    """A node that many documents have in common, ready to be merged into each of them.

    Raises what `quads.share` raises.
    """
    shared = share(node, context, name)
    parts = _parted(shared.quads)
    parts.lines.sort()
    return Prepared(shared, parts, _first_degree(parts))


def canonicalize(document: Mapping[str, object], prepared: Sequence[Prepared] = ()) -> str:
    """A document's canonical N-Quads, one statement a line, each line ended by LF.

    `prepared` nodes are recognised in the document by identity. Raises quads.Malformed, quads.TooLarge and
    vocabulary.UnknownTerm.
    """
    expansion = expand(document, [one.shared for one in prepared])
    parts = _parted(expansion.quads)
    hashes = _first_degree(parts)
    for one in prepared:
        if one.shared in expansion.met:
            parts.lines += one.parts.lines
            parts.tails += one.parts.tails
            parts.heads += one.parts.heads
            parts.links += one.parts.links
            hashes |= one.hashes
    return _finished(parts, hashes)


def canonicalize_quads(quads: Iterable[Quad]) -> str:
    """The canonical N-Quads of any quads in N-Quads form, by the full algorithm (RDFC-1.0 §4.4.3).

    Raises quads.TooLarge when naming the blank nodes takes more than MOST_STEPS.
    """
    parts = _parted(dict.fromkeys(quads))
    return _finished(parts, _first_degree(parts))


def _finished(parts: _Parts, hashes: Mapping[str, str]) -> str:
    """All lines under canonical labels, without duplicates, sorted by code point."""
    labels = _simple_labels(hashes) or _Canonicalizer(parts.links, hashes).labels()
    lines = [*dict.fromkeys(parts.lines)]  # the others were told apart as quads
    lines += [labels[label] + tail for label, tail in parts.tails]
    lines += [f"{head}{labels[label]} .\n" for label, head in parts.heads]
    lines += [_line(_relabelled(quad, labels)) for quad in parts.links]
    lines.sort()
    return "".join(lines)


def _parted(quads: Iterable[Quad]) -> _Parts:
    """Quads by what is still to be done."""
    parts = _Parts()
    for quad in quads:
        subject, predicate, value, graph = quad
        named, settled = subject[0] != "_", value[0] != "_"
        if named and settled and graph[:1] != "_":
            parts.lines.append(_line(quad))
        elif graph or not (named or settled):
            parts.links.append(quad)
        elif settled:
            parts.tails.append((subject, f" {predicate} {value} .\n"))
        else:
            parts.heads.append((value, f"{subject} {predicate} "))
    return parts


def _line(quad: Quad) -> str:
    """A quad as a line of N-Quads."""
    subject, predicate, value, graph = quad
    return f"{subject} {predicate} {value} {graph} .\n" if graph else f"{subject} {predicate} {value} .\n"


def _is_blank(term: str) -> bool:
    """Whether a term is a blank node; a literal begins with a quotation mark, an address with a bracket."""
    return term[:1] == "_"


def _blank_nodes(quad: Quad) -> set[str]:
    """The blank nodes that a quad mentions."""
    return {term for term in (quad[0], quad[2], quad[3]) if _is_blank(term)}


def _relabelled(quad: Quad, labels: Mapping[str, str]) -> Quad:
    """A quad with other names for its blank nodes."""
    subject, predicate, value, graph = quad
    return labels.get(subject, subject), predicate, labels.get(value, value), labels.get(graph, graph)


def _first_degree(parts: _Parts) -> dict[str, str]:
    """The hash of each blank node from the quads that mention it (RDFC-1.0 §4.6)."""
    lines: dict[str, list[str]] = {}
    for label, tail in parts.tails:
        lines.setdefault(label, []).append("_:a" + tail)
    for label, head in parts.heads:
        lines.setdefault(label, []).append(head + "_:a .\n")
    for quad in parts.links:
        for label in _blank_nodes(quad):
            lines.setdefault(label, []).append(_line(_masked(quad, label)))
    return {label: _hash("".join(sorted(own))) for label, own in lines.items()}


def _masked(quad: Quad, label: str) -> Quad:
    """A quad in which one blank node is `_:a` and every other `_:z`."""
    subject, predicate, value, graph = (
        term if not _is_blank(term) else "_:a" if term == label else "_:z" for term in quad
    )
    return subject, predicate, value, graph


def _simple_labels(hashes: Mapping[str, str]) -> dict[str, str]:
    """Canonical labels when every hash is its node's own, else nothing."""
    by_hash = {value: label for label, value in hashes.items()}
    if len(by_hash) < len(hashes):
        return {}
    return {by_hash[value]: f"_:c14n{number}" for number, value in enumerate(sorted(by_hash))}


def _hash(text: str) -> str:
    """SHA-256 of a text, in lower-case hex."""
    return sha256(text.encode()).hexdigest()


@dataclass(slots=True)
class _Issuer:
    """Gives labels to blank nodes in the order in which they are asked for (RDFC-1.0 §4.5)."""

    prefix: str
    issued: dict[str, str] = field(default_factory=dict)

    def issue(self, label: str) -> str:
        """The label's new name; the same one when asked again."""
        return self.issued.setdefault(label, f"{self.prefix}{len(self.issued)}")

    def copy(self) -> _Issuer:
        """An issuer that goes on from here on its own."""
        return _Issuer(self.prefix, dict(self.issued))


class _Canonicalizer:
    """RDFC-1.0 §4.4.3 from step 4 on: names for blank nodes that the first hash leaves alike."""

    def __init__(self, links: Iterable[Quad], hashes: Mapping[str, str]) -> None:
        """What the algorithm starts from: the quads that tie blank nodes to others, and the first-degree hashes."""
        self._mentions: dict[str, list[Quad]] = {}
        for quad in links:
            for label in _blank_nodes(quad):
                self._mentions.setdefault(label, []).append(quad)
        self._hashes = hashes
        self._canonical = _Issuer("_:c14n")
        self._steps = 0
        self._depth = 0

    def labels(self) -> dict[str, str]:
        """The canonical label of each blank node."""
        alike: dict[str, list[str]] = {}
        for label, value in self._hashes.items():
            alike.setdefault(value, []).append(label)
        for value in sorted(alike):
            if len(alike[value]) == 1:
                self._canonical.issue(alike[value][0])
        for value in sorted(alike):
            if len(alike[value]) > 1:
                self._name_alike(alike[value])
        return self._canonical.issued

    def _name_alike(self, labels: Sequence[str]) -> None:
        """Name the blank nodes that share one first-degree hash (§4.4.3 step 5)."""
        results: list[tuple[str, _Issuer]] = []
        for label in labels:
            if label not in self._canonical.issued:
                issuer = _Issuer("_:b")
                issuer.issue(label)
                results.append(self._n_degree(label, issuer))
        for _, issuer in sorted(results, key=lambda result: result[0]):
            for label in issuer.issued:
                self._canonical.issue(label)

    def _related(self, label: str, quad: Quad, issuer: _Issuer, position: str) -> str:
        """The hash of a blank node as another one sees it (§4.7)."""
        known = self._canonical.issued.get(label) or issuer.issued.get(label) or self._hashes[label]
        predicate = "" if position == "g" else quad[1]
        return _hash(f"{position}{predicate}{known}")

    def _neighbours(self, label: str, issuer: _Issuer) -> dict[str, list[str]]:
        """The blank nodes that share a quad with this one, by the hash of how they are related (§4.8 step 3)."""
        neighbours: dict[str, list[str]] = {}
        mentions = self._mentions.get(label, ())
        self._count(len(mentions))
        for quad in mentions:
            for position, term in (("s", quad[0]), ("o", quad[2]), ("g", quad[3])):
                if _is_blank(term) and term != label:
                    neighbours.setdefault(self._related(term, quad, issuer, position), []).append(term)
        return neighbours

    def _n_degree(self, label: str, issuer: _Issuer) -> tuple[str, _Issuer]:
        """The hash of a blank node from all that can be reached from it, and the issuer that came out (§4.8)."""
        text = ""
        neighbours = self._neighbours(label, issuer)
        self._depth += 1
        if self._depth > DEEPEST_PATH or any(len(alike) > MOST_ALIKE for alike in neighbours.values()):
            raise TooLarge(_TOO_LONG)
        for related in sorted(neighbours):
            chosen = ""
            chosen_issuer = issuer
            for order in _orders(Counter(neighbours[related])):
                path, walked = self._path(order, issuer, chosen)
                if path and (not chosen or path < chosen):
                    chosen, chosen_issuer = path, walked
            text += related + chosen
            issuer = chosen_issuer
        self._depth -= 1
        return _hash(text), issuer

    def _count(self, steps: int) -> None:
        """Count work, and give up on a graph that takes too much of it."""
        self._steps += steps
        if self._steps > MOST_STEPS:
            raise TooLarge(_TOO_LONG)

    def _path(self, order: Sequence[str], issuer: _Issuer, chosen: str) -> tuple[str, _Issuer]:
        """The path of one order of neighbours, or "" as soon as it cannot beat the chosen one (§4.8 step 5.4)."""
        self._count(1 + len(order))
        walked = issuer.copy()
        path = ""
        unnamed: list[str] = []
        for label in order:
            if label in self._canonical.issued:
                path += self._canonical.issued[label]
            else:
                if label not in walked.issued:
                    unnamed.append(label)
                path += walked.issue(label)
            if _beaten(path, chosen):
                return "", walked
        for label in unnamed:
            result, inner = self._n_degree(label, walked)
            path += walked.issue(label) + f"<{result}>"
            walked = inner
            if _beaten(path, chosen):
                return "", walked
        return path, walked


def _orders(labels: Counter[str]) -> Iterator[list[str]]:
    """Every order of labels that differs from the others: one that is met several times is not exchanged with itself."""
    if not labels:
        yield []
    for label in list(labels):
        rest = labels - Counter((label,))
        for order in _orders(rest):
            yield [label, *order]


def _beaten(path: str, chosen: str) -> bool:
    """Whether a path that is still growing can no longer come before the chosen one."""
    return bool(chosen) and len(path) >= len(chosen) and path > chosen
