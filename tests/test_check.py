"""Rules across files, where a story would be too long: the stories have the rest."""

from __future__ import annotations

import base64
import json
import time
from datetime import date
from hashlib import sha256

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import storybook
from blazon import png
from blazon.check import RULES, check
from blazon.diagnostics import Report
from blazon.load import load
from blazon.model import Program
from blazon.policy import policy_of

AWARD = "content/earners/ada/soldering.yaml"
BADGE = "content/badges/soldering/badge.yaml"
SVG = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 512 512"><circle cx="256" cy="256" r="200"/></svg>'


ROW = "    - {id: wires, name: Wires, competency: wires, required: false, levels: [{name: Good}]}\n"
VALUES = (
    "", "soldering", "2026-02-30", "[a]", "{a: b}", "true", "-1", "Good", "none", "percent", "participation", "ada", "kim", "60",
    "{on: 2026-05-31}", "[soldering, ada, kim]", "micro-credential", "draft", "did:web:a.b", "~", "'x: y'", "x: y", "compass",
)  # fmt: skip


def tree(**changes: bytes) -> dict[str, bytes]:
    """The base program of the stories."""
    return {path: text.removeprefix("\n").encode() for path, text in storybook.base().items()} | changes


def program_of(files: dict[str, bytes]) -> Program:
    """The program in a tree that can be read."""
    report = Report()
    program = load(files, report)
    assert program is not None
    assert [one.as_text() for one in report] == []
    return program


def codes(files: dict[str, bytes], today: date = storybook.TODAY) -> list[str]:
    """What check says about a tree, by code."""
    report = Report()
    check(program_of(files), report, today)
    return [one.code for one in report]


def test_every_rule_says_what_it_is() -> None:
    assert len({rule.__name__ for rule in RULES}) == len(RULES)
    assert all(rule.__doc__ for rule in RULES)


def unread(files: dict[str, bytes]) -> list[str]:
    """The codes of what could not even be read."""
    report = Report()
    load(files, report)
    return [one.code for one in report]


def test_pictures_are_looked_at() -> None:
    folder = "content/badges/soldering"
    badge = tree()[BADGE] + b"image: {alt: A joint}\n"
    picture = png.write(400, 400, [(0, 0, 0, 255)], bytes(400 * 400))
    good = tree() | {BADGE: badge, f"{folder}/image.png": picture, f"{folder}/image.svg": SVG}
    assert codes(good) == []
    bad = good | {f"{folder}/image.png": b"GIF89a", f"{folder}/image.svg": SVG.replace(b"<circle", b"<script")}
    assert codes(bad) == ["bad-picture", "bad-picture"]
    small = good | {f"{folder}/image.png": png.write(400, 390, [(0, 0, 0, 255)], bytes(400 * 390))}
    assert codes(small) == ["picture-size"]


def test_a_pinned_picture_is_the_one_that_is_here() -> None:
    folder = "content/badges/soldering"
    picture = png.write(400, 400, [(0, 0, 0, 255)], bytes(400 * 400))
    files = {f"{folder}/image.png": picture, f"{folder}/image.svg": SVG}
    pinned = "image: {alt: A joint}\npublished: {picture: %s}\n"
    good = tree() | files | {BADGE: tree()[BADGE] + (pinned % sha256(picture).hexdigest()).encode()}
    assert codes(good) == []
    assert codes(good | {BADGE: tree()[BADGE] + (pinned % ("0" * 64)).encode()}) == ["other-picture"]


def test_an_earlier_version_keeps_its_own_picture() -> None:
    folder = "content/badges/soldering"
    pictures = [png.write(400, 400, [(shade, 0, 0, 255)], bytes(400 * 400)) for shade in (1, 2)]
    badge = tree()[BADGE] + b"image: {alt: A joint}\n"
    good = tree() | {
        BADGE: badge + b"version: 2\n",
        AWARD: tree()[AWARD] + b"version: 1\n",
        f"{folder}/versions/1.yaml": badge,
        f"{folder}/image.png": pictures[1],
        f"{folder}/image.svg": SVG,
        f"{folder}/versions/1.png": pictures[0],
        f"{folder}/versions/1.svg": SVG,
    }
    assert codes(good) == []
    versions = program_of(good).versions
    kept = [one.picture for one in (versions["soldering", 1], versions["soldering", 2])]
    assert [one.png for one in kept if one is not None] == pictures
    assert codes(good | {f"{folder}/versions/1.png": b"GIF89a"}) == ["bad-picture"]
    assert unread(good | {f"{folder}/versions/3.png": pictures[0]}) == ["unknown-file"]
    without = {path: data for path, data in good.items() if path != f"{folder}/versions/1.svg"}
    assert unread(without) == ["missing-picture"]


def test_a_policy_is_chosen_from_the_nearest_to_the_furthest() -> None:
    reviewers = b"""
policy:
  approvals: 4
  roles: [assessor]
  evidence: host
  kinds: {skill: {approvals: 3}}
  badges: {soldering: {approvals: 2, roles: [lead]}}
reviewers:
  kim: {name: Kim Example, role: assessor}
"""
    files = tree() | {"content/reviewers.yaml": reviewers}
    program = program_of(files)
    chosen = policy_of(program, program.achievements["soldering"])
    assert chosen is not None
    assert (chosen.approvals, chosen.roles, chosen.evidence) == (2, ("lead",), "host")
    program = program_of(files | {"content/reviewers.yaml": reviewers.replace(b"soldering:", b"sawing:")})
    chosen = policy_of(program, program.achievements["soldering"])
    assert chosen is not None
    assert (chosen.approvals, chosen.roles) == (3, ("assessor",))
    program = program_of(files | {BADGE: tree()[BADGE] + b"reviewers: {approvals: 5}\n"})
    chosen = policy_of(program, program.achievements["soldering"])
    assert chosen is not None
    assert (chosen.approvals, chosen.roles, chosen.evidence) == (5, ("lead",), "host")


def test_without_reviewers_there_is_no_policy() -> None:
    files = tree()
    del files["content/reviewers.yaml"]
    program = program_of(files)
    assert policy_of(program, program.achievements["soldering"]) is None


@pytest.mark.parametrize(("today", "expected"), [(date(2026, 5, 30), ["future-date"]), (date(2026, 5, 31), [])])
def test_today_is_an_argument(today: date, expected: list[str]) -> None:
    assert codes(tree(), today) == expected


def test_reviews_revocations_and_erasures_are_not_dated_tomorrow() -> None:
    revoked = tree()[AWARD].replace(b"05-30", b"06-02", 1) + b"revoked: {on: 2026-06-03, reason: Issued in error.}\n"
    assert codes(tree() | {AWARD: revoked}) == ["future-date", "late-review", "future-date"]
    erased = b"id: r6qlhtaxbe5jckv3xsjm33eyou\nstatus_index: 1\nerased: {on: 2026-06-02}\n"
    assert codes(tree() | {AWARD: erased}) == ["future-date"]


def test_a_stack_is_awarded_to_who_holds_its_levels_or_what_fills_them() -> None:
    badge = tree()[BADGE]
    stack = b"""
name: Makers
summary: Makes things.
kind: micro-credential
levels: [one, two, three]
counts: [{badge: soldering, level: 2}]
criteria: Earn all levels.
competencies: [{id: joints, name: Make}]
assessment: {none: The levels are assessed.}
effort: {time: PT9H, mode: blended, language: en}
"""
    levels = {
        f"content/badges/{slug}/badge.yaml": badge.replace(b"setting: practice", b"setting: work")
        for slug in ("one", "three")
    }
    levels |= {"content/badges/two/badge.yaml": badge, "content/badges/makers/badge.yaml": stack}

    def award(slug: str, badge_slug: str) -> dict[str, bytes]:
        number = base64.b32encode(sha256(slug.encode()).digest()).decode().lower()[:26]
        data = tree()[AWARD].replace(b"badge: soldering", f"badge: {badge_slug}".encode())
        data = data.replace(b"r6qlhtaxbe5jckv3xsjm33eyou", number.encode())
        data = data.replace(b"41873", str(len(badge_slug) * 1_000 + ord(slug[0])).encode()) + b"feedback: Well done.\n"
        if badge_slug == "makers":
            data = b"\n".join(line for line in data.split(b"\n") if b"scores" not in line and b"joints:" not in line)
        return {f"content/earners/ada/{slug}.yaml": data}

    held = tree() | levels | award("one", "one") | award("three", "three") | award("makers", "makers")
    assert codes(held) == ["no-parts"]
    del held["content/earners/ada/one.yaml"]
    assert codes(held) == ["no-parts", "missing-requirement"]


def braces(times: int) -> str:
    """Evidence of a few words and many braces, which are written out in full inside pictures."""
    text = "\n\n".join(["{" * 3_900] * 4)
    return "evidence:\n" + "".join(f'  - {{title: "{number}", text: {json.dumps(text)}}}\n' for number in range(times))


@pytest.mark.parametrize(("times", "expected"), [(2, []), (3, ["unverifiable"])])
def test_a_credential_is_no_longer_than_verifiers_read(times: int, expected: list[str]) -> None:
    assert codes(tree() | {AWARD: tree()[AWARD] + braces(times).encode()}) == expected


def test_one_entry_of_a_framework_may_stand_for_two_competencies() -> None:
    alignment = "    alignment: {framework: ESCO, name: Solder, url: https://esco.example/1}\n"
    more = f"    alignment: []\n  - id: wires\n    name: Join wires\n{alignment}"
    badge = tree()[BADGE].decode().replace("    name: Solder a joint\n", f"    name: Solder a joint\n{more}")
    badge = badge.replace("    alignment: []\n", alignment).replace("    - id: joints\n", ROW + "    - id: joints\n", 1)
    assert codes(tree() | {BADGE: badge.encode()}) == []
    (alone,) = program_of(tree() | {BADGE: badge.encode()}).achievements["soldering"].alignments
    assert alone.name == "Solder"


@pytest.mark.parametrize("day", [date.min, date.max])
def test_any_day_may_be_today(day: date) -> None:
    report = Report()
    check(program_of(tree()), report, day)
    assert {one.code for one in report} == ({"future-date"} if day == date.min else set())


def test_ten_thousand_awards_are_checked_in_seconds() -> None:
    data = tree()[AWARD]
    awards = {}
    for number in range(2_000):
        name = base64.b32encode(sha256(str(number).encode()).digest()).lower()[:26]
        text = data.replace(b"r6qlhtaxbe5jckv3xsjm33eyou", name).replace(b"41873", str(50_000 + number).encode())
        awards[f"content/earners/e{number}/soldering.yaml"] = text
    start = time.process_time()
    assert codes(tree() | awards) == []
    assert time.process_time() - start < 12


@settings(max_examples=300, deadline=None)
@given(st.data())
def test_whatever_people_write_is_judged(data: st.DataObject) -> None:
    files = tree() | {"content/earners/ada/earner.yaml": b"name: Ada\nawards:\n  soldering: {visibility: public}\n"}
    for _ in range(data.draw(st.integers(1, 4))):
        path = data.draw(st.sampled_from(sorted(files)))
        lines = files[path].decode().splitlines()
        here = data.draw(st.integers(0, max(len(lines) - 1, 0)))
        match data.draw(st.sampled_from(["delete", "repeat", "value", "borrow"])):
            case "delete" if lines:
                del lines[here]
            case "repeat" if lines:
                lines.insert(here, lines[data.draw(st.integers(0, len(lines) - 1))])
            case "value" if lines:
                name = lines[here].partition(":")[0]
                lines[here] = f"{name}: {data.draw(st.sampled_from(VALUES))}"
            case _:
                other = files[data.draw(st.sampled_from(sorted(files)))].decode().splitlines()
                lines.insert(here, data.draw(st.sampled_from(other or [""])))
        files[path] = "\n".join(lines).encode()
    report = Report()
    program = load(files, report)
    if program is not None:
        check(program, report, storybook.TODAY)
    assert all(one.message.endswith((".", "?")) and one.hint for one in report)


def test_a_tree_full_of_mistakes_is_refused_in_seconds() -> None:
    badge, award = tree()[BADGE], tree()[AWARD]
    badges = {f"content/badges/badge-{number}/badge.yaml": badge for number in range(300)}
    awards = {
        f"content/earners/e{number}/soldering.yaml": award.replace(
            b"badge: soldering", f"badge: badgee-{number}".encode()
        )
        for number in range(2_000)
    }
    start = time.process_time()
    report = Report()
    program = load(tree() | badges | awards, report)
    assert program is not None
    check(program, report, storybook.TODAY)
    assert len(report) >= 2_000
    assert time.process_time() - start < 12
