"""The form that a document must have so that its signature covers everything it says.

RDF forgets much of JSON: whether one value stood in a list, whether an address stood in an object, how often a value was
said. Two documents that differ only so have the same signature. We accept the one form of the standards' schemas
(Open Badges 3.0, §F.1) and call every other one undecided, so that what we accepted is what was signed.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from blazon import canon, same_ids
from blazon.jsontext import ordered, quoted, text_of
from blazon.outcome import Outcome, failed, passed, undecided
from blazon.quads import Malformed, TooLarge
from blazon.vocabulary import BADGES_CONTEXT, CREDENTIALS_CONTEXT, EXTENSIONS_CONTEXT, UnknownTerm

STEP = "format"

LISTS = frozenset({
    "alignment", "allowedValue", "association", "credentialSchema", "endorsement", "evidence", "otherIdentifier", "proof",
    "related", "relatedResource", "result", "rubricCriterionLevel", "tag", "termsOfUse", "verifiableCredential",
})  # fmt: skip
PLAIN_TYPES = frozenset({
    "1EdTechJsonSchemaValidator2019", "Association", "BitstringStatusList", "BitstringStatusListEntry",
    "DataIntegrityProof", "GeoCoordinates", "IdentifierEntry", "IdentityObject", "Image",
})  # fmt: skip
OBJECTS = frozenset({"criteria", "relatedResource"})  # objects that need no type, and are never a mere address
NEVER_MERE = frozenset({"image", "issuer"})  # nor are these, but for the issuer of a list
NUMBERS = frozenset({"creditsAvailable", "creditsEarned", "statusSize"})
TRUTHS = frozenset({"hashed", "partial"})
_PARTICULAR = OBJECTS | NEVER_MERE | NUMBERS | TRUTHS  # words that not every text or number can follow
SCHEMAS = "https://purl.imsglobal.org/spec/ob/v3p0/schema/json/ob_v3p0_"  # the rules that this module knows
_INSIDE = [CREDENTIALS_CONTEXT, BADGES_CONTEXT]  # what a credential inside another document speaks


def judge(document: Mapping[str, object], context: Sequence[str]) -> Outcome:
    """Whether a document uses exactly these contexts, only words that they define, and the one form that we know."""
    if document.get("@context") != list(context):
        return undecided(STEP, "it is written in a vocabulary that we do not know.")
    if said := _odd_proof(document):  # before anything is canonicalized: a proof is a graph, and could be a large one
        return undecided(STEP, said)
    outcome = _understood({name: value for name, value in document.items() if name != "proof"})
    said = next(_oddities(document, context, "", 0), "") or same_ids.clash(document) if outcome is None else ""
    if said:
        return undecided(STEP, said)
    return outcome or passed(STEP, "every word in it is one that the standards define.")


def _understood(document: Mapping[str, object]) -> Outcome | None:
    """Why a document without its proof cannot be understood, or None when it can."""
    try:
        canon.canonicalize(document)
    except UnknownTerm as error:
        if error.defined:
            return undecided(STEP, f"it says {quoted(error.term)} where we do not know what that means.")
        return failed(STEP, f"it says {quoted(error.term)}, a word that no standard defines.")
    except (Malformed, TooLarge) as error:
        return undecided(STEP, f"{error}.")
    return None


def _odd_proof(value: object) -> str:
    """A sentence about a proof, anywhere in a document, that says more than a proof has to say; "" without one."""
    if isinstance(value, str):
        return ""
    if isinstance(value, list):
        return next(filter(None, map(_odd_proof, value)), "")
    if not isinstance(value, dict):
        return ""
    found = value.get("proof", [])
    for one in found if isinstance(found, list) else [found]:
        if isinstance(one, dict) and not all(isinstance(member, str) for member in one.values()):
            return quoted("proof") + " says more than a proof has to say."
    return next(filter(None, (_odd_proof(one) for name, one in value.items() if name != "proof")), "")


def _oddities(value: object, context: Sequence[str], term: str, depth: int) -> Iterator[str]:
    """Sentences about what a signature would not notice, in an object or list and all below it."""
    if isinstance(value, list):
        if len(value) > 1 and len({ordered(one) for one in value}) < len(value):
            yield f"{quoted(term)} says the same thing twice."
        for one in value:
            yield from _oddities(one, context, term, depth)
    elif isinstance(value, dict):
        yield from _odd_node(value, context, term, depth)
        for name, one in value.items():
            if name != "@context":
                yield from _odd_member(value, name, one, context, depth)
    elif (
        term in OBJECTS
        or (term in NEVER_MERE and BADGES_CONTEXT in context)
        or (term in TRUTHS and not isinstance(value, bool))
    ):
        yield f"{quoted(term)} is written in an unusual way."
    elif term in NUMBERS and isinstance(value, str | bool):
        yield f"{quoted(term)} is not a number."


def _odd_member(
    node: Mapping[str, object], name: str, one: object, context: Sequence[str], depth: int
) -> Iterator[str]:
    """Sentences about one member of an object, and all below it."""
    if isinstance(one, list) != _is_list(name, node) and not _is_proof(name, one):
        yield f"{quoted(name)} {'is' if isinstance(one, list) else 'is not'} a list."
    if name in _PARTICULAR or not isinstance(one, str):  # any other text is as good as any
        yield from _oddities(one, context, name, depth + 1)


def _odd_node(node: Mapping[str, object], context: Sequence[str], term: str, depth: int) -> Iterator[str]:
    """Sentences about one object: it says what it is, a profile says its name, and a credential its contexts."""
    if depth == 0 and (EXTENSIONS_CONTEXT in context) != ("credentialSchema" in node):
        yield "it does not use the vocabulary that it is written in."  # else anybody could add one that nobody signed
    if term == "credentialSchema" and not text_of(node.get("id")).startswith(SCHEMAS):
        yield "it follows rules of its own, which we do not know."
    if term not in OBJECTS and not node.get("type"):
        yield f"{quoted(term)} does not say what it is."
    if (
        term == "relatedResource" and "type" in node
    ):  # its id is often the id of another object, whose type this would repeat
        yield f"{quoted(term)} says what it is, and should not."
    types = node.get("type")
    if isinstance(types, list) and "Profile" in types and "name" not in node:
        yield f"{quoted(term)} has no name."
    if term == "relatedResource" and "digestSRI" not in node:
        yield f"{quoted(term)} has no digest."
    expected = list(context) if depth == 0 else _INSIDE if "proof" in node else None
    if node.get("@context") != expected:
        yield f"{quoted(term)} is written in a vocabulary of its own."


def _is_proof(name: str, value: object) -> bool:
    """Whether a member is a proof of its own: it says nothing that is signed, and many issuers put no list around it."""
    return name == "proof" and isinstance(value, dict)


def _is_list(name: str, node: Mapping[str, object]) -> bool:
    """Whether a member of an object is a list in the standards' schemas."""
    types = node.get("type")
    if name == "type":
        return PLAIN_TYPES.isdisjoint(map(str, types if isinstance(types, list) else [types]))
    if name == "identifier":
        return types != "IdentifierEntry"
    if name == "resultDescription":
        return types != ["Result"]
    return name in LISTS
