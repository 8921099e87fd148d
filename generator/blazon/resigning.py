"""What is signed again because its key was compromised: which awards that is, and that nothing else of them changes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from blazon import address, jsontext
from blazon.address import Plan
from blazon.jsontext import Unreadable
from blazon.model import Brief, Program
from blazon.succession import first_key_for

_LARGEST = 8 << 20


@dataclass(frozen=True)
class Again:
    """What a program signs again, since the key of its day is compromised."""

    program: Program
    plan: Plan

    @cached_property
    def methods(self) -> frozenset[str]:
        """The methods of keys that are compromised."""
        return frozenset(self.plan.verification_method(key.name) for key in self.program.keys if key.compromised)

    @cached_property
    def awards(self) -> Mapping[str, Brief]:
        """The issued awards whose key is compromised, and the stacks that name the digest of one of those, by id."""
        issued = {one.id: one for one in self.program.in_brief if one.issued and not one.erased}
        found = {name: one for name, one in issued.items() if self._was_signed_by_one(one)}
        stacks = [one for one in issued.values() if one.parts and one.id not in found] if found else []
        while more := [one for one in stacks if one.id not in found and any(part.award in found for part in one.parts)]:
            found |= {one.id: one for one in more}
        return found

    def only_signed_again(self, path: str, before: bytes, after: bytes) -> bool:
        """Whether the credential at a path of the site is the one that was published, but for its signature and what hangs on it.

        That is the digest, in the award of a stack, of a part that is signed again.
        """
        name = path.removeprefix("awards/").removesuffix("/credential.json")
        award = self.awards.get(name)
        if award is None or path != address.credential(award):
            return False
        try:
            old, new = jsontext.parse(before, _LARGEST), jsontext.parse(after, _LARGEST)
        except Unreadable:
            return False
        parts = [part.award in self.awards for part in award.parts]
        if not any(parts) and not self._is_by_one(old):
            return False
        return jsontext.same(_without_signature(old, parts), _without_signature(new, parts))

    def of_the_signatures(self, known: Mapping[str, str]) -> Iterator[str]:
        """The ids of documents whose signatures count no more; `known` gives the method of each that there is."""
        stacks = {self.plan.url(address.credential(one)) for one in self.awards.values() if one.parts}
        yield from (name for name, method in known.items() if method in self.methods or name in stacks)

    def _was_signed_by_one(self, award: Brief) -> bool:
        """Whether the key of an award's day is compromised."""
        key = first_key_for(self.program.keys, award.issued) if award.issued else None
        return key is not None and key.compromised is not None

    def _is_by_one(self, document: Mapping[str, Any]) -> bool:
        """Whether a document has one signature, by a compromised key."""
        proofs = document.get("proof")
        return (
            isinstance(proofs, list)
            and len(proofs) == 1
            and isinstance(proofs[0], dict)
            and proofs[0].get("verificationMethod") in self.methods
        )


def _without_signature(document: Mapping[str, Any], parts: list[bool]) -> dict[str, Any]:
    """A credential without its proof, and of a stack without the digests of those parts that are signed again.

    Parts are the last of the evidence, in the order in which the award names them.
    """
    left = {name: value for name, value in document.items() if name != "proof"}
    evidence = left.get("evidence")
    if not parts or not isinstance(evidence, list) or len(evidence) < len(parts):
        return left
    own, found = evidence[: -len(parts)], evidence[-len(parts) :]
    bare = [_without_digest(one) if again else one for one, again in zip(found, parts, strict=True)]
    return {**left, "evidence": [*own, *bare]}


def _without_digest(one: object) -> object:
    """A piece of evidence without its digest."""
    return {name: value for name, value in one.items() if name != "digestSRI"} if isinstance(one, dict) else one
