"""A document to quads: what is said of words out of place, where each limit is, and that the judge agrees on numbers and transcripts."""

from __future__ import annotations

import copy
import json
from pathlib import Path
from typing import Any

import pytest

import judges
from blazon import canon, quads
from blazon.quads import Malformed, TooLarge
from blazon.vocabulary import BADGES_CONTEXT, CREDENTIALS_CONTEXT, RECORDS_CONTEXT, UnknownTerm

BADGES = [CREDENTIALS_CONTEXT, BADGES_CONTEXT]
RECORDS = [CREDENTIALS_CONTEXT, RECORDS_CONTEXT, BADGES_CONTEXT]
AWARD = json.loads((Path(__file__).parent / "vectors/standards/award-a7f3.json").read_text("utf-8"))
ISSUER = {"id": "urn:x:issuer", "type": ["Profile"], "name": "Example Academy"}


def node(**members: Any) -> dict[str, Any]:
    """A document with an id and little else."""
    return {"@context": BADGES, "id": "urn:x:document", **members}


def award(**members: Any) -> dict[str, Any]:
    """The award of the standards' example without a proof."""
    return {**{name: value for name, value in copy.deepcopy(AWARD).items() if name != "proof"}, **members}


def record(**members: Any) -> dict[str, Any]:
    """A transcript with an award inside, whose parts name the same context as the award, and one that names another."""
    association = {"type": "Association", "associationType": "isChildOf", "sourceId": "urn:x:a", "targetId": "urn:x:b"}
    inner = {**copy.deepcopy(AWARD), "issuer": ISSUER}
    return {
        "@context": RECORDS,
        "id": "urn:x:transcript",
        "type": ["VerifiableCredential", "ClrCredential"],
        "issuer": ISSUER,
        "credentialSubject": {
            "type": ["ClrSubject"],
            "identifier": [{"type": "IdentityObject", "identityHash": "Ada", "hashed": False}],
            "verifiableCredential": [inner],
            "association": [association],
            "achievement": [{"id": "urn:x:a", "type": "Achievement", "name": "A"}],
        },
        "validFrom": "2026-03-01T09:00:00Z",
        **members,
    }


def unknown(document: dict[str, Any]) -> tuple[str, str, bool]:
    """What is said of a word that has no place in a document, which word it is, and whether a standard has it elsewhere."""
    with pytest.raises(UnknownTerm) as caught:
        quads.expand(document)
    return str(caught.value), caught.value.term, caught.value.defined


def beyond(document: dict[str, Any]) -> str:
    """What is said of a document that is too large."""
    with pytest.raises(TooLarge) as caught:
        quads.expand(document)
    return str(caught.value)


@pytest.mark.parametrize(
    ("document", "word", "where", "defined"),
    [
        (node(colour="red"), "colour", "a node without a type", False),
        (node(type="Profile", caption="x"), "caption", "a node of type Profile", True),
        (node(type=["Profile", "Image"], tag="x"), "tag", "a node of type Profile, Image", True),
        (node(type=["Colour"]), "Colour", "type", False),
        (node(type=["DataIntegrityProof"], proofPurpose="fun"), "fun", "proofPurpose", False),
        ({"id": "urn:x:y"}, "@context", "document", True),
        (node(image={"@context": ["urn:x:y"], "id": "urn:x:z"}), "@context", "an inner object", True),
        (node(image={"@context": [CREDENTIALS_CONTEXT], "id": "urn:x:z"}), "@context", "an inner object", True),
        (node(image={"@context": RECORDS, "id": "urn:x:z"}), "@context", "an inner object", True),
        (
            award(proof=[{"@context": RECORDS, "type": "DataIntegrityProof"}]),
            "@context",
            "an inner object",
            True,
        ),
    ],
)
def test_a_word_out_of_place_is_named_with_its_place(
    document: dict[str, Any], word: str, where: str, defined: bool
) -> None:
    assert unknown(document) == (f'"{word}" is not a term we know in {where}', word, defined)


def test_a_context_may_be_said_again_inside() -> None:
    inner = {"@context": BADGES, "id": "urn:x:z", "type": "Image", "caption": "A robot"}
    assert canon.canonicalize(node(image=inner)) == judges.pyld_canonical(node(image=inner))
    proof = {"@context": BADGES, "type": "DataIntegrityProof", "cryptosuite": "eddsa-rdfc-2022"}
    assert canon.canonicalize(award(proof=[proof])) == judges.pyld_canonical(award(proof=[proof]))


def test_a_transcript_is_brought_into_the_form_of_the_judge() -> None:
    assert canon.canonicalize(record()) == judges.pyld_canonical(record())


def test_a_transcript_speaks_its_own_words_again_after_an_award_inside() -> None:
    subject = record()["credentialSubject"]
    assert list(subject).index("verifiableCredential") < list(subject).index("association")
    subject["verifiableCredential"].append({**subject["verifiableCredential"][0], "@context": BADGES})
    words = {"verifiableCredential": {"@context": BADGES, "type": "ClrSubject"}}
    assert canon.canonicalize(record(credentialSubject=subject))
    assert unknown(record(credentialSubject={**subject, **words}))[1] == "ClrSubject"


@pytest.mark.parametrize("name", ["achievement", "association", "identifier", "verifiableCredential"])
def test_what_a_transcript_names_is_never_text(name: str) -> None:
    with pytest.raises(Malformed) as caught:
        quads.expand(record(credentialSubject={"type": ["ClrSubject"], name: ["urn:x:y"]}))
    assert str(caught.value) == f'"{name}" is not an object'


def test_an_empty_or_other_value_of_a_word_of_the_standards_is_malformed() -> None:
    for value in (7, {"id": "urn:x:y"}):
        with pytest.raises(Malformed):
            quads.expand(node(type="DataIntegrityProof", proofPurpose=value))


@pytest.mark.parametrize("value", [True, False, 0, 7, -3, 0.5, 0.001, 1234.5, -0.25, 10.75])
@pytest.mark.parametrize("term", ["name", "version", "creditsAvailable"])
def test_a_number_or_truth_value_has_the_type_that_the_judge_gives_it(term: str, value: float) -> None:
    document = node(type="Achievement", **{term: value})
    assert canon.canonicalize(document) == judges.pyld_canonical(document)


def test_a_whole_number_is_an_integer_whatever_its_spelling() -> None:
    whole = node(type="Achievement", version=100)
    assert canon.canonicalize(node(type="Achievement", version=100.0)) == judges.pyld_canonical(whole)


@pytest.mark.parametrize(
    "address",
    ["https://example.org/a", "did:web:example.org#key-1", "urn:x:y", "mailto:ada@example.org", "a+b-c.d:e", "x:é"],
)
def test_an_absolute_address_is_written_as_it_is(address: str) -> None:
    assert canon.canonicalize(node(image=address)) == judges.pyld_canonical(node(image=address))


@pytest.mark.parametrize("address", ["", ":", "x:", "1x:y", "x:a b", "x:<", 'x:"', "x:\u00a0", "https://a\\b", "/a"])
def test_what_is_no_absolute_address_is_malformed(address: str) -> None:
    with pytest.raises(Malformed, match=r'^"image" is not an absolute address$'):
        quads.expand(node(image=address))


def test_what_follows_a_list_with_an_order_is_read_too() -> None:
    described = node(type="ResultDescription", allowedValue=["a"], name="Mark")
    assert canon.canonicalize(described) == judges.pyld_canonical(described)


def test_nodes_without_an_id_are_counted_from_the_first() -> None:
    def blank(number: int) -> dict[str, Any]:
        return node(
            evidence=[{"type": "Evidence", "name": str(one)} for one in range(number)], type="VerifiableCredential"
        )

    assert len(quads.expand(blank(100)).quads) == 301
    assert beyond(blank(101)) == "the document has more than 100 nodes without an id"


def test_entries_of_a_list_are_counted_even_when_they_are_alike() -> None:
    assert len(quads.expand(node(name=["a"] * 1_000)).quads) == 1
    assert beyond(node(name=["a"] * 1_001)) == "a list has more than 1,000 entries"


def _deep(depth: int) -> dict[str, Any]:
    """A node with others inside each other, so many in all."""
    one: dict[str, Any] = {"id": "urn:x:0", "type": "Achievement"}
    for number in range(1, depth):
        one = {"id": f"urn:x:{number}", "type": "Achievement", "creator": one}
    return one


def test_a_shared_node_may_be_as_deep_as_it_may_be_in_a_document() -> None:
    assert quads.share(_deep(32), BADGES, "x").subject == "<urn:x:31>"
    with pytest.raises(TooLarge, match=r"^the document is nested too deeply$"):
        quads.share(_deep(33), BADGES, "x")
    assert quads.expand({"@context": BADGES, **_deep(33)})
    assert beyond({"@context": BADGES, **_deep(34)}) == "the document is nested too deeply"


def test_a_shared_node_needs_a_known_context_and_an_id() -> None:
    with pytest.raises(Malformed, match=r"^a shared node needs an id$"):
        quads.share({"type": ["Profile"]}, BADGES, "x")
    with pytest.raises(UnknownTerm) as caught:
        quads.share(ISSUER, ["urn:x:y"], "x")
    assert (str(caught.value), caught.value.term) == ('"@context" is not a term we know in document', "@context")
    assert caught.value.defined
    with pytest.raises(UnknownTerm, match="an inner object"):
        quads.share({"@context": RECORDS, **ISSUER}, BADGES, "x")
    assert quads.share({"@context": BADGES, **ISSUER}, BADGES, "x").quads == quads.share(ISSUER, BADGES, "x").quads


def test_a_shared_node_is_met_where_it_stands_and_written_out_inside_a_graph() -> None:
    issuer = dict(ISSUER)
    document = record(issuer=issuer)
    document["credentialSubject"]["verifiableCredential"][0]["issuer"] = issuer
    shared = quads.share(issuer, RECORDS, "x")
    assert quads.expand(document, [shared]).met == [shared, shared]
    assert quads.expand(record(), [shared]).met == []
    prepared = canon.prepare(issuer, RECORDS, "x")
    assert canon.canonicalize(document, [prepared]) == canon.canonicalize(document)

    achievement = {"id": "urn:x:a", "type": ["Achievement"], "name": "A"}
    proof = {"type": "DataIntegrityProof", "name": "x", "image": achievement}
    both = award(evidence=[{"type": ["Evidence"], "image": achievement}], proof=[proof])
    assert canon.canonicalize(both, [canon.prepare(achievement, BADGES, "x")]) == judges.pyld_canonical(both)
