"""Which key signs what: each has its time, and one that somebody else may have is replaced by another."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from blazon.model import VerificationMethod


def in_force(key: VerificationMethod, moment: datetime) -> bool:
    """Whether a key may sign at a moment: within its time, and never once it was compromised."""
    return key.compromised is None and _within(key, moment)


def key_for(keys: Collection[VerificationMethod], moment: datetime) -> VerificationMethod | None:
    """The key that signs what is dated at a moment, or None: of those of that time the newest, or the one that replaces it."""
    for key in _of_the_time(keys, moment):
        found = standing_for(keys, key)
        if in_force(found, signed_at(found, moment)):
            return found
    return None


def first_key_for(keys: Collection[VerificationMethod], moment: datetime) -> VerificationMethod | None:
    """The key that signed what is dated at a moment before any was compromised, or None."""
    return next(iter(_of_the_time(keys, moment)), None)


def standing_for(keys: Collection[VerificationMethod], key: VerificationMethod) -> VerificationMethod:
    """The key itself, or the last of those that replace it one after the other; still a compromised one when nothing replaces that."""
    by_replaced = {name: one for one in keys for name in one.replaces}
    seen = set[str]()
    while key.compromised is not None and key.name in by_replaced and key.name not in seen:
        seen.add(key.name)
        key = by_replaced[key.name]
    return key


def signed_at(key: VerificationMethod, moment: datetime) -> datetime:
    """When a key signs what is dated at a moment: then, or at its own beginning when it replaces the key of that time."""
    return max(moment, key.since)


def _of_the_time(keys: Collection[VerificationMethod], moment: datetime) -> list[VerificationMethod]:
    """The keys of a time, compromised ones too, the newest first."""
    return sorted((key for key in keys if _within(key, moment)), key=lambda one: (one.since, one.name), reverse=True)


def _within(key: VerificationMethod, moment: datetime) -> bool:
    """Whether a moment lies between the dates of a key."""
    return key.since <= moment and (key.until is None or moment < key.until)
