"""What may be said of one thing in two places of a document.

To a signature two objects with one id are one node: a member may be moved from one to the other and nothing is noticed. So
objects with one id have to be alike, but for a few pairs that take nothing from each other.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from blazon.jsontext import ordered, quoted

_RESOURCE = frozenset({"id", "digestSRI", "mediaType"})
_IMAGE = frozenset({"id", "type", "caption"})
_PARTY = frozenset({"id", "type", "name"})
_ENDORSED = frozenset({"id", "type", "endorsementComment"})
_INSIDE = frozenset({"endorsement", "verifiableCredential"})  # whole documents with proofs of their own

Node = Mapping[str, object]


def clash(document: Node) -> str:
    """A sentence about two objects of a document with one id that could take from each other; "" when there are none.

    Endorsements, and the credentials inside a transcript, have proofs of their own and are looked at one by one elsewhere:
    here they are held to what is around them, and not to each other.
    """
    around: dict[str, list[Node]] = {}
    for node in _nodes(document, inside=False):
        if why := _refused(node, around):
            return why
        around.setdefault(str(node["id"]), []).append(node)
    for node in _nodes(document, inside=True):
        if why := _refused(node, around, apart="endorsement"):
            return why
    return ""


def _refused(node: Node, around: Mapping[str, list[Node]], apart: str = "") -> str:
    """A sentence about an object that could take from one with the same id."""
    for other in around.get(str(node["id"]), ()):
        if not (_alike(node, other, apart) or _apart(node, other) or _apart(other, node)):
            return f"{quoted(str(node['id']))} is said to be two different things."
    return ""


def _nodes(value: object, *, inside: bool, within: bool = False) -> Iterator[Node]:
    """The objects with an id in a document: those inside signed documents in it, or those around them."""
    if isinstance(value, list):
        for one in value:
            if not isinstance(one, str):
                yield from _nodes(one, inside=inside, within=within)
    elif isinstance(value, Mapping):
        if isinstance(value.get("id"), str) and within is inside:
            yield value
        for name, one in value.items():
            if not isinstance(one, str):  # most are, and a call for each costs more than all the rest
                yield from _nodes(one, inside=inside, within=within or name in _INSIDE)


def _alike(one: Node, other: Node, apart: str) -> bool:
    """Whether two objects are the same, whatever stands in one member of theirs."""
    return ordered({**one, apart: None}) == ordered({**other, apart: None}) if apart else ordered(one) == ordered(other)


def _apart(one: Node, other: Node) -> bool:
    """Whether the first object says of something what the second has no place for."""
    if one.get("type") == ["EndorsementSubject"]:
        return one.keys() <= _ENDORSED and "EndorsementSubject" not in _types(other)
    if "type" not in one:
        return one.keys() <= _RESOURCE and other.get("type") == "Image" and other.keys() <= _IMAGE
    # Who made a badge may be who issues it, and is named there without an address.
    profiles = one.get("type") == other.get("type") == ["Profile"]
    return profiles and one.keys() == _PARTY and one["name"] == other.get("name")


def _types(node: Node) -> list[object]:
    """The types of an object."""
    types = node.get("type")
    return types if isinstance(types, list) else [types]
