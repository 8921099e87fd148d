"""The command that reviewers use: it shows a claim, asks what they say of it, signs that if they want, and writes it down."""

# ruff: noqa: PLC0415 - a command imports what it needs when it runs, so that the others start quickly

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from blazon.diagnostics import BlazonError, listed, printable
from blazon.living import case_of
from blazon.shell import PATH, USAGE, WELL, WRONG, Desk, at_desk, example, on_a_day

if TYPE_CHECKING:
    from blazon.afterwards import Case
    from blazon.appraising import Said
    from blazon.model import Achievement
    from blazon.scaffold import NewFile

T = TypeVar("T")

_EXAMPLE = "content/earners/sam-whitlock/youth-facilitation-3.yaml"


@dataclass(frozen=True, slots=True)
class _Typed:
    """What was said on the command line; None where nothing was, and then it is asked for."""

    reviewer: str | None
    conflict: str | None
    waived_by: str
    scores: tuple[str, ...]
    note: str | None
    decision: str | None


@click.command(epilog=example(f"blazon review {_EXAMPLE}", f"blazon review {_EXAMPLE} --sign ~/.ssh/id_ed25519"))
@click.argument("file", metavar="FILE")
@click.option("--reviewer", metavar="ID", help="Who reviews, by the name in content/reviewers.yaml.")
@click.option("--conflict", metavar="TEXT", help="A conflict of interest, or the word none.")
@click.option("--waived-by", default="", metavar="ID", help="The reviewer who set the conflict aside.")
@click.option("--score", "scores", multiple=True, metavar="ROW=LEVEL", help="The level of a row. May be repeated.")
@click.option("--note", metavar="TEXT", help="What was seen, what is asked for, or why it is declined.")
@click.option("--decision", type=click.Choice(["approve", "revise", "decline"]), help="What is decided.")
@click.option("--sign", "key", type=PATH, metavar="KEY", help="Sign with this SSH key, by ssh-keygen.")
@click.option("--issue", is_flag=True, help="Add the date of the decision, once enough have approved.")
@on_a_day
@at_desk
def review(desk: Desk, /, file: str, key: Path | None, today: date, *, issue: bool, **typed: Any) -> int:
    """Review the claim in FILE.

    It shows what was done, what shows it, and each row of the rubric, asks what you say of it, and adds that to the file.
    Nothing else in the file changes. What is said by options is not asked for; where nobody can be asked, all of it has to be.
    """
    from blazon import appraising, disk

    one = case_of(desk, file)
    badge, said = appraising.badge_of(one), _Typed(**typed)
    if issue and not any(typed.values()) and key is None and _is_enough(one):
        new = appraising.issued(one, _as_it_is(one), today)
    else:
        new = _reviewed(desk, one, badge, said, today, key)
        new = appraising.issued(one, new, today) if issue else new
    disk.replace_file(desk.root, one.path, one.data, new.text.encode())
    desk.say(f"changed {one.path}")
    _say_what_is_next(desk, appraising.read_again(one, new))
    return WELL


def _reviewed(desk: Desk, one: Case, badge: Achievement, typed: _Typed, today: date, key: Path | None) -> NewFile:
    """The claim's file with the review that somebody types."""
    from blazon import appraising, disk, sshkeygen
    from blazon.statement import NAMESPACE

    asks = sys.stdin.isatty()
    if not asks:
        _refuse_gaps(one, badge, typed)
    path = desk.at(key) if key else None
    if path is not None:
        disk.refuse_absent(path)
    said = _asked(desk, one, badge, typed, signs=path is not None) if asks else _given(one, badge, typed)
    appraising.refuse_half(one, said, signs=path is not None)
    sign = partial(sshkeygen.sign, path, NAMESPACE, asks) if path is not None else None
    new = appraising.reviewed(one, said, today, sign)
    if asks and None in (typed.reviewer, typed.conflict, typed.decision):
        desk.tell("", *_added(one, new))
        if not click.confirm(f"Add this to {one.path}?", default=True, err=True):
            raise BlazonError("nothing was done.", exit_code=WRONG)
    return new


def _refuse_gaps(one: Case, badge: Achievement, typed: _Typed) -> None:
    """Raise BlazonError where something has to be asked and nobody is there."""
    missing = {
        "--reviewer ID": typed.reviewer is None,
        "--conflict none": typed.conflict is None,
        "--decision approve": typed.decision is None,
    }
    gaps = [name for name, is_missing in missing.items() if is_missing]
    if not gaps:
        return
    rows = "".join(f" --score {row.id}=LEVEL" for row in badge.assessment.rubric if row.required and not typed.scores)
    hint = f"type: blazon review {one.path} --reviewer ID --conflict none --decision approve{rows} --note TEXT"
    raise BlazonError(f"nobody is there to be asked, and this is missing: {', '.join(gaps)}.", hint, USAGE)


def _given(one: Case, badge: Achievement, typed: _Typed) -> Said:
    """What somebody says of a claim, all of it by options."""
    from blazon import appraising

    return appraising.Said(
        appraising.reviewer_of(one, typed.reviewer or "").id,
        typed.decision or "",
        appraising.conflict_of(typed.conflict or ""),
        typed.waived_by,
        appraising.scores_of(badge, typed.scores),
        typed.note or "",
    )


def _asked(desk: Desk, one: Case, badge: Achievement, typed: _Typed, *, signs: bool) -> Said:
    """What somebody says of a claim, once they have seen it; what was said by options is not asked for."""
    from blazon import appraising, showing

    if None in (typed.reviewer, typed.conflict, typed.decision):
        desk.tell(*showing.claim(one, badge))
    find = partial(appraising.reviewer_of, one)
    reviewer = find(typed.reviewer) if typed.reviewer is not None else _ask("Your name in content/reviewers.yaml", find)
    conflict = typed.conflict or _ask("A conflict of interest, or none", str, default="none")
    conflict = appraising.conflict_of(conflict)
    waived_by = typed.waived_by
    if conflict != "none" and typed.conflict is None and not waived_by:
        waived_by = _ask("Who set it aside (leave it empty for nobody)", str, default="")
    scores = appraising.scores_of(badge, typed.scores)
    decision = typed.decision or ""
    if typed.decision is None:
        scores = _ask_scores(desk, badge, scores)
        desk.tell("", *showing.CHECKLIST, "")
        read = partial(_decision, one, scores, signs)
        decision = _ask("Decision (approve, revise, decline)", read)
    note = (
        typed.note
        if typed.note is not None
        else _ask(_NOTES[decision], str, default="" if decision == "approve" else None)
    )
    return appraising.Said(reviewer.id, decision, conflict, waived_by, scores, note)


_NOTES = {
    "approve": "A note: what you saw (may be empty)",
    "revise": "What is asked of the earner",
    "decline": "Why it is declined",
}


def _ask_scores(desk: Desk, badge: Achievement, known: Mapping[str, str]) -> dict[str, str]:
    """A score for each row of the rubric; a row that is left empty has none."""
    from blazon import appraising, showing

    scores = dict(known)
    for row in badge.assessment.rubric:
        if row.id in scores:
            continue
        desk.tell("", *showing.row(row))

        if score := _ask(f"{row.id} (empty for no score)", partial(appraising.score_if_any, row), default=""):
            scores[row.id] = score
    return scores


def _decision(one: Case, scores: Mapping[str, str], signs: bool, text: str) -> str:
    """A decision that the scores allow, from its word or the beginning of it."""
    from blazon import appraising

    found = [one for one in appraising.DECISIONS if text and one.startswith(text.strip().lower())]
    if len(found) != 1:
        raise BlazonError(f"write {listed(appraising.DECISIONS)}.")
    if found == ["approve"]:
        appraising.refuse_approval(one, scores, signs=signs)
    return found[0]


def _ask(question: str, read: Callable[[str], T], default: str | None = None) -> T:
    """What somebody at the terminal answers; what cannot be read is asked for once more."""

    def convert(text: str) -> T:
        try:
            return read(text)
        except BlazonError as error:
            raise click.UsageError(f"{error.message} {error.hint}".strip()) from None

    answer: T = click.prompt(question, default=default, show_default=bool(default), value_proc=convert, err=True)
    return answer


def _added(one: Case, new: NewFile) -> list[str]:
    """The lines that a review adds to a file."""
    before = one.data.decode().splitlines()
    after = new.text.splitlines()
    same = next((n for n, (old, line) in enumerate(zip(before, after, strict=False)) if old != line), len(before))
    return [printable(line) for line in after[same : same + len(after) - len(before)]]


def _as_it_is(one: Case) -> NewFile:
    """A claim's file, unchanged."""
    from blazon.scaffold import NewFile

    return NewFile(one.path, one.data.decode())


def _is_enough(one: Case) -> bool:
    """Whether enough have approved a claim."""
    from blazon import appraising

    counts, needed = appraising.counted(one)
    return counts >= needed


def _say_what_is_next(desk: Desk, one: Case) -> None:
    """Tell how many approvals a claim has now, and what to type."""
    from blazon import appraising

    if one.award.issued is not None:
        desk.tell(f"next: propose the change; it is issued on {one.award.issued:%Y-%m-%d} once that is merged")
        return
    counts, needed = appraising.counted(one)
    said = f"{counts} of {needed} approvals"
    if counts >= needed:
        desk.tell(f"{said}: enough", f"next: blazon review {one.path} --issue")
    else:
        desk.tell(said, "next: propose the change")
