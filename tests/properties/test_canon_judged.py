"""Generated documents and graphs, canonicalized by us and by judges we did not write."""

from __future__ import annotations

from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import judges
from blazon import canon
from blazon.quads import Quad
from blazon.vocabulary import (
    BADGES_CONTEXT,
    CREDENTIALS_CONTEXT,
    GRAPH,
    IRI,
    TEXT,
    VOCABULARIES,
    WORD,
    WORDS,
    UnknownTerm,
)

CONTEXT = [CREDENTIALS_CONTEXT, BADGES_CONTEXT]
VOCABULARY = VOCABULARIES[CREDENTIALS_CONTEXT, BADGES_CONTEXT]
TYPES = sorted(VOCABULARY.types)

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
def nodes(draw: st.DrawFn, depth: int) -> dict[str, Any]:
    """A node with words that belong to its types."""
    types = draw(st.lists(st.sampled_from(TYPES), min_size=0, max_size=2, unique=True).filter(_compatible))
    node: dict[str, Any] = {"type": types} if types else {}
    if draw(st.booleans()):
        node["id"] = draw(addresses)
    terms = VOCABULARY.scope(tuple(types)).terms
    for term in draw(st.lists(st.sampled_from(sorted(terms)), max_size=5, unique=True)):
        node[term] = draw(_values(terms[term][1], depth))
    return node


def _compatible(types: list[str]) -> bool:
    """Whether a node may have all these types."""
    try:
        VOCABULARY.scope(tuple(types))
    except UnknownTerm:
        return False
    return True


def _values(meaning: str, depth: int) -> st.SearchStrategy[Any]:
    """One or more values for a property."""
    inner = nodes(depth - 1) if depth else st.nothing()
    if meaning == GRAPH:
        one: st.SearchStrategy[Any] = inner if depth else nodes(0)
    elif meaning == IRI:
        one = addresses | inner
    elif meaning == WORD:
        one = st.sampled_from(sorted(WORDS))
    elif meaning == TEXT:
        one = texts | st.booleans() | inner
    else:
        one = texts | numbers | st.booleans()
    return one | st.lists(one, min_size=1, max_size=3)


@settings(max_examples=2000, deadline=None, suppress_health_check=list(HealthCheck))
@given(nodes(3))
def test_documents_mean_what_the_judge_says_they_mean(node: dict[str, Any]) -> None:
    document = {"@context": CONTEXT, **node}
    assert canon.canonicalize(document) == judges.pyld_canonical(document)


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
