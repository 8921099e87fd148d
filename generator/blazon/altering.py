"""What an edit would alter of what was published: the documents of both sides, composed without a key and compared."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields, is_dataclass, replace
from datetime import UTC, datetime
from enum import Enum
from functools import cached_property
from hashlib import sha256
from typing import Any

from blazon import address, jsontext, ob2, ob3, site, vouching
from blazon.address import Plan
from blazon.diagnostics import Place
from blazon.model import Achievement, Award, Profile, Program, VerificationMethod
from blazon.ob3 import Digests
from blazon.succession import key_for

_NO_DAY = datetime.min.replace(tzinfo=UTC)  # no document of an award is dated by the first key
_NOT_MEANT = frozenset({"place", "places", "unread"})


@dataclass(frozen=True)
class Side:
    """A program on one side of a comparison: what it says, and the bytes or digests of its files by path."""

    program: Program
    files: Mapping[str, bytes]

    @cached_property
    def plan(self) -> Plan:
        """Where its site answers."""
        return address.plan_of(self.program)

    @cached_property
    def by_id(self) -> Mapping[str, Award]:
        """Its awards and claims by their ids."""
        return {award.id: award for award in self.program.awards if award.id}


@dataclass(frozen=True, slots=True)
class Made:
    """All that the documents of one award are made of."""

    plan: Plan
    issuer: Profile
    language: str
    badge: Achievement
    level: int
    key: VerificationMethod | None
    review: str
    award: Award


def made(side: Side, award: Award) -> Made:
    """What the documents of an issued award are made of; raises KeyError when it names a badge that is not there."""
    program, plan = side.program, side.plan
    badge = program.achievement_of(award)
    assert award.issued is not None  # noqa: S101 (it was issued)
    review = sha256(jsontext.hosted(site.review_record(program, plan, award))).hexdigest() if award.reviews else ""
    return Made(
        plan=replace(plan, founded=_NO_DAY),
        issuer=vouching.issuer_at(program.settings.issuer, award.issued),
        language=program.settings.language,
        badge=vouching.badge_at(badge, award.issued),
        level=program.level_of(badge.slug)[1],
        key=key_for(program.keys, award.issued),
        review=review,
        award=award,
    )


def documents(one: Made) -> str:
    """The unsigned documents of an award as text, with the key that signs them: what may never change once published.

    The picture stands for itself: its digest is taken of what it is drawn from.
    """
    plan = one.plan
    badge = site.described(one.badge, one.level)
    node = ob3.achievement(plan, badge, one.language)
    bare = ob3.achievement(plan, replace(badge, endorsements=()), one.language)
    issuer = ob3.profile(plan, one.issuer)
    key = [plan.verification_method(one.key.name), one.key.public.hex()] if one.key else []
    return jsontext.compact(
        {
            "credential": ob3.credential(plan, one.award, badge, issuer, node, _digests(one), one.review),
            "assertion": ob2.whole_assertion(plan, one.award, badge),
            "achievement": ob3.achievement_document(bare),
            "badge": ob2.badge_class(plan, badge, one.language),
            "key": key,
        }
    )


def _digests(one: Made) -> Digests:
    """What stands for the digests of a badge's picture: the same for the same picture, and only for that."""
    picture = one.badge.picture
    if picture is None:
        drawn = repr((one.badge.slug, one.badge.kind, one.level, meaning(one.badge.art))).encode()
        return Digests(sha256(b"png" + drawn).hexdigest(), sha256(b"svg" + drawn).hexdigest())
    return Digests(sha256(picture.png).hexdigest(), sha256(picture.svg).hexdigest())


@dataclass(frozen=True, slots=True)
class Cause:
    """Why documents would change: the field that was edited and where it stands. A `kind` is site, badge, stack, key, review or award."""

    kind: str
    name: str
    place: Place


def causes(before: Made, after: Made, now: Program) -> list[Cause]:
    """The edits that alter the documents of an award, each on its own; none when the documents stay as they are."""
    if before == after:
        return []
    whole = documents(before)
    if whole == documents(after):
        return []
    edits = list(_edits(before, after, now))
    found = [cause for cause, changed in edits if documents(replace(before, **changed)) != whole]
    other = [cause for cause in found if cause.kind != "review"]  # the record of a review repeats some of the rest
    return other or found or [cause for cause, _ in edits]


def _edits(before: Made, after: Made, now: Program) -> Iterator[tuple[Cause, dict[str, Any]]]:
    """What was edited of what an award is made of: why its documents might change, and only that change."""
    settings, award, badge, key = now.settings, after.award, after.badge, after.key
    for name, part in (("url", "plan"), ("language", "language"), ("issuer", "issuer")):
        cause = Cause("site", name, settings.places.get(name, settings.place))
        yield cause, {part: getattr(after, part)}
    for name in _edited(before.badge, badge):
        written = _WRITTEN.get(name, name)
        edit = replace(before.badge, **{name: getattr(badge, name)})
        yield Cause("badge", written, badge.places.get(written, badge.place)), {"badge": edit}
    stack = now.achievements.get(now.level_of(badge.slug)[0])
    place = stack.places.get("levels", stack.place) if stack else badge.place
    yield Cause("stack", "levels", place), {"level": after.level}
    yield Cause("key", key.name if key else "", key.place if key else Place("keys")), {"key": key}
    yield Cause("review", "reviews", award.places.get("reviews", award.place)), {"review": after.review}
    for name in _edited(before.award, award):
        edited = replace(before.award, **{name: getattr(award, name)})
        yield Cause("award", name, award.places.get(name, award.place)), {"award": edited}


_WRITTEN = {"alt": "image", "picture": "image"}


def _edited(before: Any, after: Any) -> Iterator[str]:
    """The fields of two records that do not mean the same."""
    for one in fields(before):
        if one.name not in _NOT_MEANT and meaning(getattr(before, one.name)) != meaning(getattr(after, one.name)):
            yield one.name


def meaning(value: Any) -> Any:
    """A value without the places where it stands, to be compared with another."""
    if is_dataclass(value):
        return {one.name: meaning(getattr(value, one.name)) for one in fields(value) if one.name not in _NOT_MEANT}
    if isinstance(value, Mapping):
        return {key: meaning(one) for key, one in value.items()}
    if isinstance(value, tuple):
        return tuple(map(meaning, value))
    return value.value if isinstance(value, Enum) else value
