"""Rules across files: each a small function whose name is the rule."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from blazon.check_awards import AWARD_RULES, nothing_is_dated_after
from blazon.check_badges import BADGE_RULES
from blazon.check_docs import documentation_holds_together
from blazon.check_documents import documents_can_be_verified
from blazon.check_endorsements import Signed, endorsements_hold
from blazon.check_keys import KEY_RULES
from blazon.check_languages import translations_fit
from blazon.check_minors import MINOR_RULES
from blazon.check_people import PEOPLE_RULES
from blazon.check_reviews import REVIEW_RULES
from blazon.check_roots import roots_hold
from blazon.check_rubrics import RUBRIC_RULES
from blazon.check_signatures import signatures_hold
from blazon.check_stacks import STACK_RULES
from blazon.diagnostics import Report
from blazon.ed25519 import Verifies
from blazon.model import Program

RULES: tuple[Callable[[Program, Report], None], ...] = (
    *BADGE_RULES,
    *RUBRIC_RULES,
    *PEOPLE_RULES,
    *KEY_RULES,
    *MINOR_RULES,
    *AWARD_RULES,
    *STACK_RULES,
    *REVIEW_RULES,
    translations_fit,
    documentation_holds_together,
)


def check(
    program: Program, report: Report, today: date, signed: Signed | None = None, verifies: Verifies | None = None
) -> None:
    """Hold a program to every rule; nothing may be dated after today. What nothing else is wrong with is composed and judged.

    `signed` looks at the signatures of endorsements and `verifies` at those of reviews and of the list of keys: neither takes a
    secret of the program's.
    """
    for rule in RULES:
        rule(program, report)
    nothing_is_dated_after(today, program, report)
    endorsements_hold(program, report, today, signed)
    signatures_hold(program, report, verifies)
    roots_hold(program, report, verifies)
    if not report.failed:
        documents_can_be_verified(program, report)
