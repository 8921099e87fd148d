"""Rules for reviews: who approved, whether that counts, and what was scored."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal

from blazon.check_awards import known_badge
from blazon.check_rubrics import refuse_score
from blazon.check_signatures import again
from blazon.claims import counting, is_in_office
from blazon.diagnostics import Place, Report, listed
from blazon.model import Achievement, Award, Policy, Program, Review, Reviewer, RubricRow
from blazon.policy import approvals, is_impartial, last_words, policy_of
from blazon.results import is_number, results
from blazon.values import nearest


def reviews_are_in_order(program: Program, report: Report) -> None:
    """Those who review are known, may review this award, and approve it once; and enough of them do."""
    if program.policy is None:
        return
    for award in program.awards:
        if award.erased is not None or "reviews" in award.unread:
            continue
        badge = known_badge(award, program)
        policy = policy_of(program, badge) if badge else None
        reviewers = program.policy.reviewers
        refused = [review for review in award.reviews if _refuse_person(review, award, reviewers, report)]
        if badge is None or policy is None or badge.unread & {"kind", "reviewers"}:
            continue
        known = [review for review in approvals(award) if review.reviewer in reviewers and review not in refused]
        refused += [one for one in known if _refuse_approval(one, reviewers[one.reviewer], badge, policy, report)]
        refused += _refuse_repetition(award, report)
        _count(award, policy, refused, report)


def scores_fit_the_rubric(program: Program, report: Report) -> None:
    """Scores are for rows that the rubric has, at levels that the row has, and an issued award reaches what is asked."""
    for award in program.awards:
        badge = known_badge(award, program)
        if badge is None or "assessment" in badge.unread or award.unread & {"scores", "reviews"}:
            continue
        rows = {row.id: row for row in badge.assessment.rubric}
        faults = [_refuse_entry(row, score, place, badge, rows, report) for row, score, place in _scores(award)]
        if not any(faults) and award.issued is not None:
            _refuse_results(award, badge, report)


def reviews_come_in_time(program: Program, report: Report) -> None:
    """A review follows the work that it is about and comes before the award; what one person says follows in its order."""
    for award in program.awards:
        before: dict[str, Review] = {}
        for review in award.reviews:
            earlier = before.setdefault(review.reviewer, review)
            before[review.reviewer] = review
            day, place = review.date.date(), review.places["date"]
            if earlier.date > review.date:
                message = f'"{review.reviewer}" said something above that is dated later, {earlier.date:%Y-%m-%d}.'
                report.error("date-order", place, message, hint="keep what one person says in the order of its dates")
            if award.issued is not None and day > award.issued.date():
                message = f"this review is dated {day}, after the award was issued on {award.issued:%Y-%m-%d}."
                report.error("late-review", place, message, hint='correct the date, or "issued"')
            if award.ended is not None and review.decision == "approve" and day < award.ended.date():
                message = f"this approval is dated {day}, before the activity ended on {award.ended:%Y-%m-%d}."
                report.warn("early-review", place, message, hint='correct the date, or the end of "activity"')


REVIEW_RULES = (reviews_are_in_order, reviews_come_in_time, scores_fit_the_rubric)


def _refuse_person(review: Review, award: Award, reviewers: Mapping[str, Reviewer], report: Report) -> bool:
    """Whether somebody is no reviewer of this award, which is then reported."""
    if review.reviewer not in reviewers:
        hint = nearest(review.reviewer, reviewers, report) or "add them to content/reviewers.yaml, or correct the name"
        report.error("unknown-reviewer", review.place, f'there is no reviewer called "{review.reviewer}".', hint)
        return True
    if review.reviewer == award.earner:
        message = f'"{review.reviewer}" earned this award and cannot review it.'
        report.error("own-award", review.place, message, hint="ask another reviewer")
        return True
    if review.waived_by and review.waived_by not in reviewers:
        hint = nearest(review.waived_by, reviewers, report) or "name a reviewer"
        place = (
            review.places["conflict.waived_by"] if "conflict.waived_by" in review.places else review.places["conflict"]
        )
        report.error("unknown-reviewer", place, f'there is no reviewer called "{review.waived_by}".', hint)
        return True
    if review.waived_by in {review.reviewer, award.earner}:
        message = f'"{review.waived_by}" cannot waive this conflict.'
        report.error("own-waiver", review.places["conflict"], message, hint="let somebody decide who has no part in it")
        return True
    return False


def _refuse_approval(review: Review, reviewer: Reviewer, badge: Achievement, policy: Policy, report: Report) -> bool:
    """Whether an approval is one that the policy does not admit, which is then reported."""
    if policy.roles and reviewer.role not in policy.roles:
        message = f'"{reviewer.id}" has the role {reviewer.role}; "{badge.slug}" asks for {listed(policy.roles)}.'
        report.error("reviewer-role", review.place, message, hint="ask a reviewer in that role")
    elif reviewer.badges and badge.slug not in reviewer.badges:
        message = f'"{reviewer.id}" does not review "{badge.slug}".'
        hint = (
            f"their badges are {listed(reviewer.badges, 'and')}; ask somebody else, or add it in content/reviewers.yaml"
        )
        report.error("reviewer-role", review.place, message, hint)
    elif not is_in_office(reviewer, review.date):
        message = f'"{reviewer.id}" was no reviewer on {review.date:%Y-%m-%d}.'
        hint = 'correct the date, or "from" and "until" in content/reviewers.yaml'
        report.error("reviewer-dates", review.places["date"], message, hint)
    elif policy.evidence == "signed" and not review.signature:
        message = "this approval is not signed, and the policy asks for signatures."
        report.error("unsigned-review", review.place, message, again(review.place.path))
    else:
        return False
    return True


def _refuse_repetition(award: Award, report: Report) -> list[Review]:
    """The approvals that somebody gave before approving once more, which is reported where they do.

    Who asked for a revision in between may approve again: the last word counts.
    """
    before: dict[str, Review] = {}
    repeated = []
    for review in award.reviews:
        earlier = before.get(review.reviewer)
        if earlier is not None and earlier.decision == review.decision == "approve":
            repeated.append(earlier)
            message = f'"{review.reviewer}" has approved this award already.'
            hint = "delete one of the two reviews; approvals come from different people"
            report.error("approved-twice", review.place, message, hint)
        before[review.reviewer] = review
    return repeated


def _count(award: Award, policy: Policy, refused: list[Review], report: Report) -> None:
    """Compare the approvals that count with those needed; what was reported already counts, so as not to say it twice."""
    approving = approvals(award)
    impartial = counting(award)
    counted = {id(review) for review in (*impartial, *refused) if review.decision == "approve"}
    if len(counted) >= policy.approvals or "issued" in award.unread:
        return
    partial = [review.reviewer for review in approving if not is_impartial(review)]
    counts = f"{len(impartial)} of {policy.approvals} approvals"
    why = f"; a conflict of interest that nobody waived keeps {listed(partial, 'and')} from counting" if partial else ""
    if award.issued is None:
        _wait(award, f"{counts}{why}", report)
        return
    if refusing := [f'"{review.reviewer}"' for review in last_words(award) if review.decision != "approve"]:
        why = f"{why}; the last word of {listed(refusing, 'and')} is no approval"
    hint = 'add the missing reviews, or take "issued" away until they are there'
    report.error("too-few-approvals", award.places["issued"], f"this award has {counts}{why}.", hint)


def _wait(award: Award, counts: str, report: Report) -> None:
    """Say what a claim waits for: more approvals, what somebody asked for, or nothing, since it was declined."""
    place = award.places.get("reviews", award.place)
    said: dict[str, list[str]] = {}
    for review in last_words(award):
        said.setdefault(review.decision, []).append(f'"{review.reviewer}"')
    if "decline" in said:
        hint = "take the file away, or let them review it again"
        report.warn("declined", place, f"declined by {listed(said['decline'], 'and')}; {counts}.", hint)
    elif "revise" in said:
        hint = f"do what the note asks for; then they review it again: blazon review {award.place.path}"
        report.warn("returned", place, f"returned for revision by {listed(said['revise'], 'and')}; {counts}.", hint)
    else:
        hint = 'when they are there, add "issued:" with the date'
        report.warn("waiting", place, f"waiting: {counts}.", hint)


def _scores(award: Award) -> Iterator[tuple[str, str, Place]]:
    """Every score in an award: row, level or number, and where it stands."""
    yield from ((row, score, award.places[f"scores.{row}"]) for row, score in award.scores.items())
    for review in award.reviews:
        yield from ((row, score, review.places[f"scores.{row}"]) for row, score in review.scores.items())


def _refuse_entry(
    row: str, score: str, place: Place, badge: Achievement, rows: Mapping[str, RubricRow], report: Report
) -> bool:
    """Whether a score fits no row, or none of its levels, which is then reported."""
    if row in rows:
        return refuse_score(rows[row], score, place, report)
    known = f"its rows are {listed(rows, 'and')}" if rows else "delete the score"
    report.error(
        "unknown-row",
        place,
        f'the rubric of "{badge.slug}" has no row called "{row}".',
        nearest(row, rows, report) or known,
    )
    return True


def _refuse_results(award: Award, badge: Achievement, report: Report) -> None:
    """Say which rows an issued award has no result for, or too low a one."""
    reached = {row.id: score for row, score in results(award, badge)}
    for row in badge.assessment.rubric:
        if not row.required or not row.pass_:
            continue
        if row.id not in reached:
            place = award.places.get("scores", award.places.get("reviews", award.place))
            message = f'the row "{row.id}" of the rubric has no score.'
            report.error("missing-score", place, message, hint=f'add "{row.id}:" to the scores of each approval')
        elif is_below(row, reached[row.id]):
            message = f'"{reached[row.id]}" in the row "{row.id}" is below "{row.pass_}", which the badge asks for.'
            report.error("below-pass", _place_of(award, row.id), message, hint="ask for a revision before it is issued")


def is_below(row: RubricRow, score: str) -> bool:
    """Whether a score is lower than the one that counts; a pass that the row does not have is reported elsewhere."""
    if not row.levels:
        return is_number(row.pass_) and Decimal(score) < Decimal(row.pass_)
    names = [level.name for level in row.levels]
    return row.pass_ in names and names.index(score) < names.index(row.pass_)


def _place_of(award: Award, row: str) -> Place:
    """Where the score that decides a row stands, or the first one for it."""
    places = (award.places, *(review.places for review in approvals(award)))
    return next(found[f"scores.{row}"] for found in places if f"scores.{row}" in found)
