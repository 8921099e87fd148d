"""Hands every badge of the tests of `verify` to the browser's verifier too, and says where the two differ: `make judges`."""

from __future__ import annotations

import sys
from collections import Counter

import twojudges
from blazon.render import Theme
from pagebook import FILES

TESTS = (
    "corpus",
    "negatives",
    "verify",
    "clr",
    "same_ids",
    "hostile_graphs",
    "conformance",
    "others",
    "vectors",
    "keys",
    "demo",
)


def main() -> None:
    """Prints how many cases there are by verdict, each disagreement and each finding without words; ends with 1 then."""
    cases = twojudges.recorded([f"tests/test_{name}.py" for name in TESTS])
    *answers, ((check, bare),) = twojudges.in_browser((case.line for case in cases), "--time")
    wrong = list(twojudges.disagreements(cases, answers))
    by_hand = list(twojudges.in_browser((case.line for case in cases), "--without-ed25519"))
    wrong += twojudges.disagreements(cases, by_hand)
    told = Theme(FILES, "en").words.below("verdict")
    wrong += sorted(
        f"{key}: there are no words for it"
        for key in {one[2] for answer in answers for one in answer}
        if f"verdict.found.{key}" not in told
    )
    for line in wrong:
        print(line)
    worst = Counter(
        next((v for v in ("failed", "undecided") if v in {one[1] for one in case.steps}), "passed") for case in cases
    )
    print(
        f"{len(cases):,} badges ({', '.join(f'{count:,} {verdict}' for verdict, count in worst.most_common())}),",
        end=" ",
    )
    print(f"{sum(len(case.steps) for case in cases):,} steps, {len(wrong)} disagreements")
    print(f"{len(by_hand):,} of them once more as in a browser without Ed25519")
    print(f"one check {float(check):.1f} ms in the median, a bare Ed25519 call {float(bare):.1f} ms")
    sys.exit(bool(wrong))


if __name__ == "__main__":
    main()
