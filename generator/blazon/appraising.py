"""A reviewer's word on a claim: what it must say, how it is written into the claim's file, and what the claim waits for then."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time
from textwrap import indent, wrap

from blazon import afterwards, load, rewriting
from blazon.afterwards import Case
from blazon.check_reviews import is_below
from blazon.check_rubrics import refuse_score
from blazon.claims import counting
from blazon.diagnostics import BlazonError, Place, Report, listed, printable
from blazon.model import Achievement, Policy, Review, Reviewer, RubricRow
from blazon.policy import approvals, policy_of
from blazon.scaffold import NewFile, scalar
from blazon.statement import statement
from blazon.values import nearest

Signing = Callable[[bytes], str]
"""Makes a signature over a message."""

DECISIONS = ("approve", "revise", "decline")
_WIDTH = 90


@dataclass(frozen=True, slots=True)
class Said:
    """What a reviewer says. `conflict` is "none" or what it is; scores go by rubric row."""

    reviewer: str
    decision: str
    conflict: str
    waived_by: str = ""
    scores: Mapping[str, str] = field(default_factory=dict)
    note: str = ""


def badge_of(one: Case) -> Achievement:
    """The badge of a claim that can be reviewed. Raises BlazonError for one that cannot: no badge, no reviewers, or decided already."""
    award = one.award
    if one.program.policy is None or not one.program.policy.reviewers:
        message = "content/reviewers.yaml names nobody who may review."
        raise BlazonError(message, 'add yourself and others there, below "reviewers:".', 1)
    if award.erased is not None:
        raise BlazonError("this award was erased; nothing is left to review.", exit_code=1)
    if award.issued is not None:
        message = f"this award was issued on {award.issued:%Y-%m-%d}, and what it rests on does not change any more."
        raise BlazonError(message, f"to withdraw it: blazon revoke {one.path}", 1)
    try:
        return one.program.achievement_of(award)
    except KeyError:
        message = f'there is no badge called "{printable(award.achievement)}" in that version.'
        if award.achievement not in one.program.achievements:
            message = f'there is no badge called "{printable(award.achievement)}".'
        raise BlazonError(message, "see what is wrong with: blazon check", 1) from None


def reviewer_of(one: Case, name: str) -> Reviewer:
    """Somebody who may review a claim. Raises BlazonError for whoever earned it or approved it already, and for an unknown name."""
    known = one.program.policy.reviewers if one.program.policy else {}
    if name == one.award.earner:
        raise BlazonError(f'"{printable(name)}" earned this award and cannot review it.', "ask another reviewer.", 1)
    if name not in known:
        hint = nearest(name, known) or f"the reviewers are {listed(known, 'and')}."
        raise BlazonError(f'there is no reviewer called "{printable(name)}".', hint, 1)
    if name in {review.reviewer for review in approvals(one.award)}:
        hint = "approvals come from different people; to say it otherwise, change or delete that review by hand."
        raise BlazonError(f'"{name}" has approved this award already.', hint, 1)
    return known[name]


def conflict_of(typed: str) -> str:
    """A conflict of interest as it is written in files, where the word none stands for none."""
    return "none" if typed.strip().strip(".").casefold() in ("none", "no") else typed.strip()


def score_of(row: RubricRow, typed: str) -> str:
    """A score for a row, from the name of a level, its number, or the number itself. Raises BlazonError for anything else."""
    names = [level.name for level in row.levels]
    by_name = {name.casefold(): name for name in names}
    score = by_name.get(typed.casefold(), typed)
    if typed.isascii() and typed.isdigit() and 1 <= int(typed) <= len(names):
        score = names[int(typed) - 1]
    report = Report()
    if refuse_score(row, score, Place(""), report):
        refused = next(iter(report))
        raise BlazonError(refused.message, refused.hint, 1)
    return score


def score_if_any(row: RubricRow, typed: str) -> str:
    """The same, or "" for nothing."""
    return score_of(row, typed.strip()) if typed.strip() else ""


def scores_of(achievement: Achievement, typed: tuple[str, ...]) -> dict[str, str]:
    """Scores by row, from texts such as `treatment=Meets`. Raises BlazonError for a row that is not there."""
    rows = {row.id: row for row in achievement.assessment.rubric}
    found = {}
    for one in typed:
        name, equals, level = one.partition("=")
        if name not in rows or not equals:
            known = f"its rows are {listed(rows, 'and')}." if rows else "leave --score out."
            message = f'the rubric of "{achievement.slug}" has no row called "{printable(name)}".'
            raise BlazonError(message, nearest(name, rows) or known, 1)
        found[name] = score_of(rows[name], level)
    return found


def refuse_half(one: Case, said: Said, *, signs: bool) -> None:
    """Raise BlazonError for a word that would not do: nothing that is asked, or an approval that would not count."""
    if said.decision == "approve":
        refuse_approval(one, said.scores, signs=signs)
    elif not said.note:
        raise BlazonError(f'"{said.decision}" needs a note: what is asked, or why.', "add --note.", 1)


def refuse_approval(one: Case, scores: Mapping[str, str], *, signs: bool) -> None:
    """Raise BlazonError for an approval with no level for a row, with too low a one, or without the signature that it needs."""
    badge = badge_of(one)
    for row in badge.assessment.rubric:
        if not row.required or not row.pass_ or row.id in one.award.scores:
            continue
        if row.id not in scores:
            raise BlazonError(f'the row "{row.id}" has no score.', f"add --score {row.id}=LEVEL.", 1)
        if is_below(row, scores[row.id]):
            message = f'"{scores[row.id]}" in the row "{row.id}" is below "{row.pass_}", which the badge asks for.'
            raise BlazonError(message, "ask for a revision: --decision revise, with a note.", 1)
    policy = policy_of(one.program, badge)
    if policy is not None and policy.evidence == "signed" and not signs:
        message = f'approvals of "{badge.slug}" are signed, and this one is not.'
        raise BlazonError(message, "add --sign with the file of your SSH key.", 1)


def reviewed(one: Case, said: Said, today: date, sign: Signing | None) -> NewFile:
    """The claim's file with one more review, every other byte as it was. Raises BlazonError when `check` would refuse it."""
    review = Review(
        said.reviewer,
        datetime.combine(today, time(), UTC),
        said.conflict,
        said.waived_by,
        said.scores,
        said.note,
        said.decision,
    )
    file = _with(one, review)
    award = read_again(one, file).award
    if sign is None or "reviews" in award.unread:
        afterwards.refuse_faults(one, file, today)
        return file
    message = statement(one.program, award, badge_of(one), award.reviews[-1])
    file = _with(one, replace(review, signature=sign(message)))
    afterwards.refuse_faults(one, file, today)
    return file


def issued(one: Case, file: NewFile, today: date) -> NewFile:
    """A claim's file with the date of the decision. Raises BlazonError when too few have approved it."""
    text = rewriting.with_field(one.path, file.text.encode(), "issued", f"\nissued: {today}\n").decode()
    dated = NewFile(one.path, text)
    afterwards.refuse_faults(one, dated, today)
    return dated


def read_again(one: Case, file: NewFile) -> Case:
    """The case of a claim whose file has changed."""
    tree = {**one.tree, file.path: file.text.encode()}
    program = load.load(tree, Report())
    assert program is not None  # noqa: S101 - only one award has changed
    return afterwards.case(program, tree, file.path)


def counted(one: Case) -> tuple[int, int]:
    """How many approvals of a claim count, and how many it needs."""
    policy = policy_of(one.program, badge_of(one)) or Policy(0)
    return len(counting(one.award)), policy.approvals


def entry(review: Review) -> str:
    """A review as the lines of an entry in a list of them."""
    lines = [f"reviewer: {review.reviewer}", f"date: {review.date:%Y-%m-%d}"]
    if review.waived_by:
        lines += ["conflict:", f"  text: {scalar(review.conflict)}", f"  waived_by: {review.waived_by}"]
    else:
        lines.append(f"conflict: {scalar(review.conflict)}")
    lines.append(f"decision: {review.decision}")
    if review.scores:
        lines += ["scores:", *(f"  {row}: {scalar(score)}" for row, score in review.scores.items())]
    if review.note:
        lines.append(f"note: {_folded(review.note)}")
    if review.signature:
        lines.append(f"signature: |\n{indent(review.signature.rstrip(), '  ')}")
    return "\n".join(lines) + "\n"


def _with(one: Case, review: Review) -> NewFile:
    """The claim's file with one more review."""
    return NewFile(one.path, rewriting.with_entry(one.path, one.data, "reviews", entry(review)).decode())


def _folded(text: str) -> str:
    """Long text as lines that a reader of YAML joins again, or on one line."""
    lines = wrap(text, _WIDTH, break_long_words=False, break_on_hyphens=False)
    if len(lines) < 2 or " ".join(lines) != text:  # noqa: PLR2004 - nothing to fold
        return scalar(text)
    return ">-\n" + indent("\n".join(lines), "  ")
