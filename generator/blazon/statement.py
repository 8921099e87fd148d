"""What a reviewer's signature covers: one text that differs as soon as the award, or what the reviewer said of it, differs.

It is published beside the signature, so nothing stands in it that pages keep to themselves: of private evidence only its
title, kind, setting and digest, and no feedback.
"""

from __future__ import annotations

from hashlib import sha256

from blazon import jsontext
from blazon.documents import Document, filled, timestamp
from blazon.model import Achievement, Award, Evidence, Program, Review

NAMESPACE = "blazon-review"
FORM = "blazon-review-1"


def statement(program: Program, award: Award, achievement: Achievement, review: Review) -> bytes:
    """The bytes that a review's signature is over: canonical JSON (RFC 8785) of the award and of the review without it.

    `issued`, and what may be added to an award later, is left out: it comes after the review.
    """
    return jsontext.canonical(
        {
            "form": FORM,
            "issuer": program.settings.issuer.name,
            "award": _award(award, achievement),
            "review": said(review),
        }
    ).encode()


def said(review: Review) -> Document:
    """What a review says."""
    return filled(
        reviewer=review.reviewer,
        date=timestamp(review.date),
        decision=review.decision,
        conflict=review.conflict,
        waived=review.waived_by,
        scores=dict(review.scores) or None,
        note=review.note,
    )


def _award(award: Award, achievement: Achievement) -> Document:
    """What an award states. Whose folder it lies in is bound by a digest, since the folder's name may be a person's, and so are
    the awards that it is made of, since some of them may be private.
    """
    recipient, source = award.recipient, award.source
    return filled(
        id=award.id,
        status_index=award.status_index,
        earner=sha256(f"{award.id}/{award.earner}".encode()).hexdigest(),
        badge=achievement.slug,
        version=achievement.version,
        name=award.name,
        did=award.did,
        role=award.role,
        start=timestamp(award.started),
        end=timestamp(award.ended),
        evidence=[_evidence(one) for one in award.evidence],
        scores=dict(award.scores) or None,
        parts=[sha256(one.award.encode()).hexdigest() for one in award.parts],
        expires=timestamp(award.expires),
        recipient=recipient and filled(hash=recipient.hash, salt=recipient.salt, id=recipient.id),
        summary=award.summary,
        alt=award.alt,
        source=source and filled(id=source.id, name=source.name),
        prior_learning=award.prior_learning,
        waiver=award.waiver,
        credit="" if award.credit is None else str(award.credit),
        term=award.term,
        locale=award.locale,
    )


def _evidence(one: Evidence) -> Document:
    """A piece of evidence; of a private one what is published anyway."""
    shown = {} if one.private else {"url": one.url, "text": one.text, "about": one.description, "for": one.audience}
    return filled(
        title=one.title, kind=one.kind, setting=one.setting, sha256=one.sha256, private=one.private or None, **shown
    )
