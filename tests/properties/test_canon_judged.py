"""Generated documents and graphs, canonicalized by us and by judges we did not write."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import HealthCheck, example, given, reject, settings
from hypothesis import strategies as st

import judges
from blazon import canon
from blazon.quads import Quad, TooLarge
from blazon.vocabulary import (
    BADGES_CONTEXT,
    CREDENTIALS_CONTEXT,
    GRAPH,
    IRI,
    LIST,
    NODE,
    TEXT,
    VOCABULARIES,
    WORD,
    WORDS,
    UnknownTerm,
    Vocabulary,
)

BADGES = [CREDENTIALS_CONTEXT, BADGES_CONTEXT]

# Control characters and noncharacters are refused by us before a judge sees them; the judges differ on them.
texts = st.text(
    st.characters(exclude_categories=("Cs", "Cc"), exclude_characters="\ufffe\uffff") | st.sampled_from('\t\n\r"\\'),
    max_size=12,
)
addresses = st.sampled_from(
    ["urn:x:1", "urn:x:2", "https://example.org/a", "https://example.org/a#b", "did:web:example.org"]
)
numbers = st.integers(-1000, 1000) | st.integers(-99999, 99999).map(lambda n: n / 100).filter(lambda n: n != round(n))


@st.composite
def nodes(draw: st.DrawFn, vocabulary: Vocabulary, depth: int) -> dict[str, Any]:
    """A node with words that belong to its types."""
    names = st.lists(st.sampled_from(sorted(vocabulary.types)), min_size=0, max_size=2, unique=True)
    types = draw(names.filter(lambda types: _compatible(vocabulary, types)))
    node: dict[str, Any] = {"type": types} if types else {}
    if draw(st.booleans()):
        node["id"] = draw(addresses)
    terms = vocabulary.scope(tuple(types)).terms
    for term in draw(st.lists(st.sampled_from(sorted(terms)), max_size=5, unique=True)):
        node[term] = draw(_values(vocabulary, terms[term][1], depth))
    return node


def _compatible(vocabulary: Vocabulary, types: list[str]) -> bool:
    """Whether a node may have all these types."""
    try:
        vocabulary.scope(tuple(types))
    except UnknownTerm:
        return False
    return True


def _values(vocabulary: Vocabulary, meaning: str, depth: int) -> st.SearchStrategy[Any]:
    """One or more values for a property."""
    inner = nodes(vocabulary, depth - 1) if depth else st.nothing()
    if depth and vocabulary.inner is not None:
        inner |= nodes(vocabulary.inner, depth - 1).map(lambda node: {"@context": BADGES, **node})
    if meaning == GRAPH:
        one: st.SearchStrategy[Any] = nodes(vocabulary, max(depth - 1, 0))
    elif meaning == NODE:
        one = inner if depth else nodes(vocabulary, 0)
    elif meaning == LIST:
        one = texts
    elif meaning == IRI:
        one = addresses | inner
    elif meaning == WORD:
        one = st.sampled_from(sorted(WORDS))
    elif meaning == TEXT:
        one = texts | st.booleans() | inner
    else:
        one = texts | numbers | st.booleans()
    return one | st.lists(one, min_size=1, max_size=3)


def _document(context: tuple[str, ...]) -> st.SearchStrategy[dict[str, Any]]:
    """A document with the words of these contexts."""
    return nodes(VOCABULARIES[context], 3)


@pytest.mark.timeout(1200)  # the judge is slow
@settings(max_examples=2000, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.sampled_from(sorted(VOCABULARIES)).flatmap(lambda context: st.tuples(st.just(context), _document(context))))
@example((("https://www.w3.org/ns/credentials/v2",), {"description": "", "digestSRI": ["true", True]}))
def test_documents_mean_what_the_judge_says_they_mean(found: tuple[tuple[str, ...], dict[str, Any]]) -> None:
    context, node = found
    document = {"@context": list(context), **node}
    try:
        ours = canon.canonicalize(document)
    except TooLarge:  # graphs that look alike in many ways are refused, which is a case of its own
        reject()
    assert ours == judges.pyld_canonical(document)


labels = st.integers(0, 5).map("_:n{}".format)
names = labels | st.sampled_from(["<urn:a>", "<urn:b>"])
quads: st.SearchStrategy[Quad] = st.tuples(
    names,
    st.sampled_from(["<urn:p>", "<urn:q>"]),
    names | st.just('"text"'),
    st.just("") | names,
)


@settings(max_examples=2000, deadline=None)
@given(st.lists(quads, max_size=12))
def test_graphs_get_the_labels_that_the_judge_gives(graph: list[Quad]) -> None:
    assert canon.canonicalize_quads(graph) == judges.oxigraph_canonical(judges.as_text(graph))
