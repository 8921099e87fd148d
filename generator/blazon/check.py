"""Rules across files: each a small function whose name is the rule."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import TypeAlias

from blazon.aside import in_turns
from blazon.check_awards import AWARD_RULES, RULES_ACROSS_AWARDS, nothing_is_dated_after
from blazon.check_badges import BADGE_RULES
from blazon.check_docs import documentation_holds_together
from blazon.check_documents import awards_can_be_verified, badges_can_be_verified
from blazon.check_endorsements import Signed, endorsements_hold
from blazon.check_keys import KEY_RULES, a_key_is_in_force_for_each_award
from blazon.check_languages import translations_fit
from blazon.check_minors import MINOR_RULES, RULES_FOR_AWARDS_OF_MINORS
from blazon.check_people import PEOPLE_RULES, private_awards_have_a_key
from blazon.check_reviews import REVIEW_RULES
from blazon.check_roots import roots_hold
from blazon.check_rubrics import RUBRIC_RULES
from blazon.check_signatures import signatures_hold
from blazon.check_stacks import STACK_RULES, stacks_name_their_parts
from blazon.diagnostics import Report
from blazon.ed25519 import Verifies
from blazon.model import Program

Rule: TypeAlias = Callable[[Program, Report], None]

RULES: tuple[Rule, ...] = (
    *BADGE_RULES,
    *RUBRIC_RULES,
    *PEOPLE_RULES,
    *KEY_RULES,
    *MINOR_RULES,
    *RULES_ACROSS_AWARDS,
    *STACK_RULES,
    translations_fit,
    documentation_holds_together,
)
"""What holds of a program as a whole."""

RULES_IN_TURNS: tuple[Rule, ...] = (
    a_key_is_in_force_for_each_award,
    private_awards_have_a_key,
    *RULES_FOR_AWARDS_OF_MINORS,
    *AWARD_RULES,
    stacks_name_their_parts,
    *REVIEW_RULES,
)
"""What holds of the awards of each earner, whatever others have."""


def check(
    program: Program, report: Report, today: date, signed: Signed | None = None, verifies: Verifies | None = None
) -> None:
    """Hold a program to every rule; nothing may be dated after today. What nothing else is wrong with is composed and judged.

    `signed` looks at the signatures of endorsements and `verifies` at those of reviews and of the list of keys: neither takes a
    secret of the program's.
    """
    for rule in RULES:
        rule(program, report)
    endorsements_hold(program, report, today, signed)
    roots_hold(program, report, verifies)
    for some in in_turns(program):
        for rule in RULES_IN_TURNS:
            rule(some, report)
        nothing_is_dated_after(today, some, report)
        signatures_hold(some, report, verifies)
    if not report.failed:
        measured = badges_can_be_verified(program, report)
        for some in in_turns(program):
            awards_can_be_verified(some, measured, report)
