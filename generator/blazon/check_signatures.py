"""Rules for the signatures of reviews: each is its reviewer's own, made for reviews, over this award and this review."""

from __future__ import annotations

from blazon import sshsig
from blazon.check_awards import known_badge
from blazon.diagnostics import Report
from blazon.ed25519 import Verifies
from blazon.layout import REVIEWERS
from blazon.model import Program, Review
from blazon.prose import short
from blazon.statement import NAMESPACE, statement


def signatures_hold(program: Program, report: Report, verifies: Verifies | None) -> None:
    """Every signature of a review is what it seems to be; without `verifies` nobody does the arithmetic."""
    if "content/reviewers" in program.broken:
        return
    known = program.policy.reviewers if program.policy else {}
    for award in program.awards:
        badge = known_badge(award, program)
        if badge is None or award.unread or award.erased is not None:
            continue
        for review in award.reviews:
            if review.signature and (program.policy is None or review.reviewer in known):
                message = statement(program, award, badge, review)
                keys = known[review.reviewer].keys if review.reviewer in known else ()
                _refuse(review, keys, message, report, verifies)


def again(path: str) -> str:
    """The hint for a review that has to be given once more."""
    return f"delete this review and give it again: blazon review {path} --sign KEY"


def _refuse(review: Review, keys: tuple[bytes, ...], message: bytes, report: Report, verifies: Verifies | None) -> None:
    """Report a signature that does not count; `keys` are those of whoever reviewed."""
    place = review.places["signature"]
    if not keys:
        sentence = f'"{review.reviewer}" has no key in {REVIEWERS} to compare this signature with.'
        report.error("bad-signature", place, sentence, hint='add "key:" with the line in their .pub file')
    elif fault := _fault(review, keys, message, verifies):
        report.error("bad-signature", place, f"this signature does not count: {fault}.", again(place.path))


def _fault(review: Review, keys: tuple[bytes, ...], message: bytes, verifies: Verifies | None) -> str:
    """Why a signature does not count, in half a sentence; "" when it does."""
    try:
        signature = sshsig.read(review.signature)
    except ValueError as error:
        return str(error)
    if signature.key not in keys:
        return f'it is by another key than that of "{review.reviewer}"'
    if signature.namespace != NAMESPACE:
        return f'it was made for "{short(signature.namespace)}", and reviews are signed for "{NAMESPACE}"'
    if verifies is not None and not verifies(signature.key, signature.signature, signature.payload(message)):
        return "something else was signed; the award or the review has changed since"
    return ""
