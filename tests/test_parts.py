"""The parts of a stack's award: what of them is signed, in which order they are made, and what becomes of them."""

from __future__ import annotations

import json
from base64 import b64encode
from datetime import UTC, datetime
from hashlib import sha256

import stackbook
from blazon import lookup
from blazon.altering import Side
from blazon.check_against import check_against
from blazon.diagnostics import Report
from blazon.parts import in_order
from blazon.verify import verify
from stackbook import ADA, FIRST, SECOND, STACK, THIRD

HIDDEN = "name: Ada Example\nvisibility: public\nawards: {makers-1: {visibility: withheld}}\n"
ERASED = f"id: {FIRST}\nstatus_index: 7\nerased: {{on: 2026-06-01}}\n"
PRIVATE = f"  - award: {FIRST}\n    private: true\n"


def digest(data: bytes) -> str:
    """The digest of a file as documents write it."""
    return "sha256-" + b64encode(sha256(data).digest()).decode()


def test_a_stack_names_each_part_with_the_digest_of_its_published_credential() -> None:
    built = stackbook.plain()
    names = {FIRST: "Makers 1", SECOND: "Soldering", THIRD: "Makers 3"}
    assert stackbook.credential(built, STACK)["evidence"] == [
        {
            "id": f"https://badges.example.org/awards/{award}/credential.json",
            "type": ["Evidence"],
            "name": name,
            "genre": "Award",
            "digestSRI": digest(built[f"awards/{award}/credential.json"]),
        }
        for award, name in names.items()
    ]


def test_a_part_that_is_private_is_named_without_its_address() -> None:
    files = stackbook.tree() | {f"{ADA}earner.yaml": HIDDEN.encode()}
    text = files[f"{ADA}makers.yaml"].decode()
    files[f"{ADA}makers.yaml"] = text.replace(f"  - award: {FIRST}\n", PRIVATE).encode()
    built = stackbook.site(files)
    assert f"awards/{FIRST}/credential.json" not in built
    published = stackbook.plain()[f"awards/{FIRST}/credential.json"]
    assert stackbook.credential(built, STACK)["evidence"][0] == {
        "type": ["Evidence"],
        "name": "Makers 1",
        "genre": "Award",
        "digestSRI": digest(published),
    }
    assert FIRST not in built[f"awards/{STACK}/index.html"].decode()
    assert "<strong>Makers 1</strong>" in stackbook.page(built, STACK)


def test_what_becomes_of_a_part_changes_nothing_that_the_stack_signed() -> None:
    plain = stackbook.plain()[f"awards/{STACK}/credential.json"]
    withdrawn = stackbook.site(stackbook.tree(makers_1="revoked: {on: 2026-06-05, reason: Not hers.}\n"))
    assert withdrawn[f"awards/{STACK}/credential.json"] == plain
    hidden = stackbook.site(stackbook.tree() | {f"{ADA}earner.yaml": HIDDEN.encode()})
    assert f"awards/{FIRST}/credential.json" not in hidden
    assert hidden[f"awards/{STACK}/credential.json"] == plain
    kept = f"  - award: {FIRST}\n    name: Makers 1\n    sha256: {sha256(_published(FIRST)).hexdigest()}\n"
    files = stackbook.tree(makers="waiver: She knew it.\n") | {f"{ADA}makers-1.yaml": ERASED.encode()}
    text = files[f"{ADA}makers.yaml"].decode().replace(f"  - award: {FIRST}\n", kept)
    erased = stackbook.site(files | {f"{ADA}makers.yaml": text.encode()})
    assert erased[f"awards/{STACK}/credential.json"] == plain


def test_a_page_says_that_a_part_was_withdrawn() -> None:
    assert "A part of this stack was withdrawn" not in stackbook.page(stackbook.plain(), STACK)
    built = stackbook.site(
        stackbook.tree(makers_1="revoked: {on: 2026-06-05, reason: Not hers.}\n")
        | {f"{ADA}earner.yaml": b"name: Ada Example\nvisibility: public\nlisted: true\n"}
    )
    page = stackbook.page(built, STACK)
    band = page[page.index('data-told="incomplete"') :].partition("</div></div>")[0]
    assert "A part of this stack was withdrawn" in band
    assert f'<a href="../{FIRST}/index.html">Makers 1</a>' in band
    assert "Incomplete" in built[f"awards/{STACK}/embed/index.html"].decode()
    assert "A part of this stack was withdrawn" in built[f"awards/{STACK}/certificate/index.html"].decode()
    assert "Incomplete" in built["earners/ada/index.html"].decode()
    assert STACK not in built["feed.xml"].decode()


def test_a_page_says_that_a_part_was_erased() -> None:
    kept = f"  - award: {FIRST}\n    name: Makers 1\n    sha256: {'0' * 64}\n"
    files = stackbook.tree(makers="waiver: She knew it.\n") | {f"{ADA}makers-1.yaml": ERASED.encode()}
    text = files[f"{ADA}makers.yaml"].decode().replace(f"  - award: {FIRST}\n", kept)
    page = stackbook.page(stackbook.site(files | {f"{ADA}makers.yaml": text.encode()}), STACK)
    assert "A part of this stack no longer stands" in page
    assert "<bdi>Makers 1</bdi>" in page
    assert f"{FIRST}/" not in page


def test_parts_come_before_their_stack_and_nothing_else_moves() -> None:
    awards = stackbook.program(stackbook.tree()).awards
    assert [one.slug for one in awards] == ["makers-1", "makers-3", "makers", "soldering"]
    assert [one.slug for one in in_order(awards)] == ["makers-1", "makers-3", "soldering", "makers"]
    assert in_order(awards[:2]) == list(awards[:2])


def test_a_stack_can_be_a_part_of_a_stack() -> None:
    files = stackbook.tree()
    badge = files["content/badges/makers/badge.yaml"].replace(b"[makers-1, soldering, makers-3]", b"[a, b, makers]")
    badge = badge.replace(b"counts: [{badge: makers-1, level: 3}]", b"counts: []").replace(
        b"name: Makers", b"name: Masters"
    )
    for slug, other in (("a", "makers-1"), ("b", "soldering")):
        files[f"content/badges/{slug}/badge.yaml"] = files[f"content/badges/{other}/badge.yaml"]
    masters = f"id: {'m' * 26}\nstatus_index: 20\nbadge: masters\nname: Ada Example\ndid: It.\nissued: 2026-06-01\nwaiver: W.\n"
    files |= {
        "content/badges/masters/badge.yaml": badge,
        f"{ADA}a.yaml": f"{masters}parts: [{{award: {STACK}}}]\n".encode(),
    }
    built = stackbook.site(files)
    (part,) = stackbook.credential(built, "m" * 26)["evidence"]
    assert part["digestSRI"] == digest(built[f"awards/{STACK}/credential.json"])
    files[f"{ADA}makers-1.yaml"] += b"revoked: {on: 2026-06-05, reason: Not hers.}\n"
    page = stackbook.page(stackbook.site(files), "m" * 26)
    assert "A part of this stack no longer stands" in page


def against(before: dict[str, bytes], after: dict[str, bytes]) -> list[str]:
    """The codes of what is said about a change of the program."""
    report = Report()
    check_against(Side(stackbook.program(before), before), Side(stackbook.program(after), after), report)
    return [one.code for one in report]


def test_a_part_stays_what_it_was_and_keeps_its_digest_once_it_is_erased() -> None:
    before = stackbook.tree(makers="waiver: She knew it.\n")
    erased = before | {f"{ADA}makers-1.yaml": ERASED.encode()}
    text = before[f"{ADA}makers.yaml"].decode()
    line = f"  - award: {FIRST}\n"
    kept = text.replace(line, f"{line}    name: Makers 1\n    sha256: {'0' * 64}\n")
    assert against(before, erased | {f"{ADA}makers.yaml": kept.encode()}) == []
    assert against(before, before | {f"{ADA}makers.yaml": text.replace(line, "").encode()}) == ["changed-award"]
    private = text.replace(line, PRIVATE)
    assert against(before, before | {f"{ADA}makers.yaml": private.encode()}) == ["changed-award"]
    later = erased | {f"{ADA}makers.yaml": kept.encode()}
    other = kept.replace("0" * 64, "1" * 64)
    assert against(later, later | {f"{ADA}makers.yaml": other.encode()}) == ["changed-award"]


def test_a_stack_that_lost_a_part_is_in_no_transcript() -> None:
    listed = {f"{ADA}earner.yaml": b"name: Ada Example\nvisibility: public\nlisted: true\ntranscript: true\n"}
    whole = stackbook.site(stackbook.tree() | listed)
    assert STACK in whole["earners/ada/transcript.json"].decode()
    revoked = stackbook.tree(makers_1="revoked: {on: 2026-06-05, reason: Not hers.}\n")
    left = stackbook.site(revoked | listed)["earners/ada/transcript.json"]
    held = json.loads(left)["credentialSubject"]["verifiableCredential"]
    assert [one["name"] for one in held] == ["Soldering", "Makers 3"]
    outcomes = verify(left, lookup.published(stackbook.site(revoked | listed).get), datetime(2026, 6, 20, tzinfo=UTC))
    assert {one.verdict for one in outcomes} == {"passed"}


def verdict(built: dict[str, bytes], award: str) -> list[tuple[str, str]]:
    """What a stranger finds out about an award's parts, with the whole site at hand."""
    data = built[f"awards/{award}/credential.json"]
    outcomes = verify(data, lookup.published(built.get), datetime(2026, 6, 20, tzinfo=UTC))
    return [(one.verdict, one.sentence) for one in outcomes if one.step == "part"]


def test_verify_says_that_a_withdrawn_part_leaves_the_stack_incomplete() -> None:
    stands = [("passed", f'its part "{name}" stands.') for name in ("Makers 1", "Soldering", "Makers 3")]
    assert verdict(stackbook.plain(), STACK) == stands
    built = stackbook.site(stackbook.tree(makers_1="revoked: {on: 2026-06-05, reason: Not hers.}\n"))
    (first, *others) = verdict(built, STACK)
    assert others == stands[1:]
    assert first[0] == "failed"
    assert first[1].startswith(
        'its part "Makers 1" does not hold, and the stack is no longer complete: it has been withdrawn'
    )


def test_verify_does_not_look_at_what_is_not_public_and_does_not_know_what_is_gone() -> None:
    files = stackbook.tree() | {f"{ADA}earner.yaml": HIDDEN.encode()}
    text = files[f"{ADA}makers.yaml"].decode()
    files[f"{ADA}makers.yaml"] = text.replace(f"  - award: {FIRST}\n", PRIVATE).encode()
    assert verdict(stackbook.site(files), STACK)[0] == (
        "passed",
        'its part "Makers 1" is not public and was not looked at.',
    )
    built = stackbook.site(stackbook.tree() | {f"{ADA}earner.yaml": HIDDEN.encode()})
    assert verdict(built, STACK)[0][0] == "undecided"


def _published(award: str) -> bytes:
    """The bytes of an award's credential."""
    return stackbook.plain()[f"awards/{award}/credential.json"]
