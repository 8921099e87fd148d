"""All limits: those that are tried at their edge, those of time that tests hold in another way, and numbers that limit no input."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import blazon
from limits import of_badges, of_pictures, of_programs, of_signing

GROUPS = {
    "A program": of_programs.LIMITS,
    "Pictures of a badge": of_pictures.LIMITS,
    "What `blazon verify` reads": of_badges.LIMITS,
    "Keys and signing": of_signing.LIMITS,
}

# Limits that have no edge which a test could stand on: what is limited, the number as people say it, and the tests.
OTHERS: dict[str, tuple[str, str, str]] = {
    "online.SECONDS": ("waiting for a document from the network", "10 seconds", "test_online.py::test_h33_no_answer_in_time_is_no_document"),
    "online.SECONDS_A_BADGE": ("waiting for all that one badge names", "60 seconds", "test_online.py::test_one_badge_may_not_take_for_ever"),
    "online._MOST_TRIED": ("addresses of a host that are tried", "4", "test_online.py::test_only_a_few_addresses_of_a_host_are_tried"),
    "cluster._SECONDS": ("waiting for the scheduler of a Dask cluster", "10 seconds", "test_cluster.py::test_a_scheduler_that_does_not_answer_is_named"),
    "shares.MOST_PARTS": ("parts of one build", "256", "test_shares.py::test_what_is_no_part_is_refused"),
    "canon.MOST_STEPS": ("steps to name the nodes of a document that have no id", "20,000", "test_hostile_graphs.py::test_statements_are_counted_and_not_only_paths"),
    "canon.MOST_ALIKE": ("nodes without an id that look alike to another", "64", "test_hostile_graphs.py::test_many_alike_neighbours_are_refused"),
    "canon.DEEPEST_PATH": ("such nodes in a row", "64", "test_hostile_graphs.py::test_a_long_chain_of_alike_nodes_is_refused"),
    "clr.LARGEST": ("transcript, which holds the newest awards that fit", "256 KiB", "test_clr.py"),
    "keys._MOST_PASSES": ("cost of a key file in passes", "1 to 10", "test_keys.py::test_an_absurd_cost_is_refused_before_it_is_paid"),
    "keys._MOST_MEMORY": ("cost of a key file in memory", "64 to 1,024 MiB", "test_keys.py::test_an_absurd_cost_is_refused_before_it_is_paid"),
    "tosign.MOST_TEXT": ("texts of a list for `blazon sign`", "96 MiB", "test_two_phases.py::test_a_list_is_full_at_some_point_and_the_next_one_goes_on"),
}  # fmt: skip

_SHOWN = "how much is shown or said at once"
_SAME = "the same limit as {}, where the bytes come by another way"
_OURS = "what we write ourselves, or read back of it"

# Numbers with the name of a limit that refuse nothing, and those that repeat another, with the reason.
NONE: dict[str, str] = {
    **dict.fromkeys(
        (
            "badge_view.MOST_HOLDERS", "certificate.MOST_REVIEWERS", "check_against.MOST_NAMED", "diagnostics.MOST_TOLD", "clr._MOST_ASSOCIATIONS", "feeds.MOST_ENTRIES",
            "folder.MOST_LISTED", "indexes.MOST_ADDRESSES", "judging._MOST_ISSUERS", "manual.LONGEST_LEAD", "manual.MOST_BESIDE", "manual.FEWEST_HEADINGS",
            "manual.MOST_HEADINGS", "markup.LARGEST", "pages.MOST_ON_THE_WAY", "prose.MOST_QUOTED", "recount._MOST_IN_TEXT", "signer.MOST_SHOWN", "tags.MOST_LETTERS",
            "values.MOST_CANDIDATES", "values.MOST_GUESSED",
        ),
        _SHOWN,
    ),
    **dict.fromkeys(
        (
            "batch._LARGEST", "clr._LONGEST_SIGNATURE", "comparing._LARGEST", "deflate._SHORTEST", "deflate._LONGEST", "deflate._LARGEST_STORED",
            "folder.LARGEST_DOCUMENT", "pictures._MOST_COLOURS", "pictures._MOST_DRAWN", "pictures._LARGEST_CARD", "recalling.LARGEST", "remembering.LARGEST", "resigning._LARGEST", "retrieving._LARGEST", "serving._ALIVE_SECONDS", "serving._LARGEST",
            "signatures.LARGEST", "tosign.LARGEST",
        ),
        _OURS,
    ),
    "aside.FEWEST": "how many awards are put aside, and none is refused",
    **dict.fromkeys(("online._MOST_KEPT", "lookup._MOST_MADE"), "how much is remembered for the next badge"),
    **dict.fromkeys(
        ("files.LARGEST_SEARCHED", "leaks._LONGEST", "spellings.LEAST", "spellings._LONGEST_BASE58", "spellings._SHORTEST_BASE58"),
        "how far private keys are looked for in files that are not read otherwise",
    ),
    **dict.fromkeys(("hands.FEWEST_AWARDS", "hands.MOST_PROCESSES"), "how many processes build a site"),
    "check_badges.SMALLEST_SIDE": "a warning about how a picture looks",
    "check_endorsements.LARGEST_CREDENTIAL": _SAME.format("verify.LARGEST_CREDENTIAL"),
    "gathering.LARGEST_DOCUMENT": _SAME.format("online.LARGEST_BODY"),
    "keylist._LONGEST": "the address of a list of keys, which keylist.LARGEST limits too",
    "keylist._MOST_SIGNATURES": "twice keylist.MOST_ROOTS",
    "keys._LEAST_MEMORY": "told with keys._MOST_MEMORY",
    "layout.MOST_BYTES_OF_PATH": _SAME.format("files.LONGEST_PATH"),
    "load_endorsements.LARGEST": _SAME.format("files.LARGEST"),
    "online._LONGEST_HOST": "what a name server takes, within online._LONGEST_ADDRESS",
    "quads.DEEPEST": _SAME.format("jsontext.DEEPEST"),
    "render._DEEPEST": "nesting of Markdown, which prose.MOST_MARKS reaches first",
    **dict.fromkeys(("shares.LARGEST_LIST", "shares.LARGEST_FILE"), _OURS),
    "scrutiny._LONGEST_SHOWN": _SHOWN,
    "shell._LONGEST_ADDRESS": "an e-mail address that is typed",
    "verify.MOST_AWARDS": "never reached: so many awards do not fit into verify.LARGEST_CREDENTIAL",
    "vocabulary.MOST_CREDENTIALS": "never reached: so many awards do not fit into verify.LARGEST_CREDENTIAL",
}  # fmt: skip

_NAME = re.compile(
    r"(?:^|_)(?:MOST|LARGEST|LONGEST|DEEPEST|SHORTEST|SMALLEST|FEWEST|FULLEST|LEAST|SECONDS|GRACE)(?:_|$)"
)
_HEAD = """\
# Limits

How much the program reads, and what it answers beyond that. Each of these limits is tried by a test with something that is just at it, and is taken, and something that is one more, and is not.
A program of 100,000 awards stays below all of them.

This page is made from the program itself: `make reference` writes it anew.
"""

_FOOT = """\
## Time and memory

`make limits` hands files and whole folders that have to be refused to a process of their own, and measures it: a file costs at most 2 seconds, a folder at most 10, and neither more than
512 MiB of memory.
"""


def page() -> str:
    """The page of all limits."""
    parts = [_HEAD]
    for title, limits in GROUPS.items():
        rows = [f"| {one.what} | {'at least ' * one.least}{one.said} | {_answer(one.answer)} |" for one in limits]
        parts.append("\n".join([f"## {title}\n", "| What | Limit | Beyond it |", "|---|---|---|", *rows, ""]))
    rows = [f"| {what} | {number} |" for what, number, _ in OTHERS.values()]
    parts.append("\n".join(["## Further limits\n", "| What | Limit |", "|---|---|", *rows, ""]))
    return "\n".join([*parts, _FOOT])


def _answer(answer: str) -> str:
    """What is answered, with a link where it is a diagnostic: `step verdict` of a check, a code, or words of a sentence."""
    if re.fullmatch(r"[a-z]+ (?:failed|undecided)", answer):
        return "`{}`: {}".format(*answer.split(" "))
    if re.fullmatch(r"[a-z]+(?:-[a-z]+)+", answer):
        return f"[`{answer}`](diagnostics.md#{answer})"
    return f"“… {answer} …”"


def numbers() -> Iterator[str]:
    """Every number of the package that has the name of a limit: `source.MOST_KEYS`."""
    for path in sorted(Path(blazon.__file__).parent.glob("*.py")):
        for node in ast.parse(path.read_text("utf-8")).body:
            targets = node.targets if isinstance(node, ast.Assign) else []
            for name in (one for target in targets for one in ast.walk(target) if isinstance(one, ast.Name)):
                if _NAME.search(name.id):
                    yield f"{path.stem}.{name.id}"
