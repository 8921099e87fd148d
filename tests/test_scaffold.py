"""New files: good names from whatever was typed, values that read back as written, and text that passes the checks."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from blazon import check, files, keymaking, load, newbadge, scaffold, schemas, source
from blazon.address import STATUS_LIST_ENTRIES
from blazon.diagnostics import BlazonError, Report
from blazon.keys import Secret
from blazon.model import Kind, Program
from blazon.policy import policy_of
from blazon.scaffold import Named

ROOT = Path(__file__).parents[1]
TODAY = date(2026, 11, 20)


def counting(start: int = 0) -> scaffold.Random:
    """Random bytes that are not: each call gives the next number."""
    seen = iter(range(start, 1 << 30))
    return lambda size: next(seen).to_bytes(size, "big")


@pytest.fixture(scope="module")
def demo() -> dict[str, bytes]:
    return dict(files.read_tree(ROOT, Report()))


def said(tree: dict[str, bytes]) -> list[str]:
    report = Report()
    program = load.load(tree, report)
    assert program is not None
    check.check(program, report, TODAY)
    return [one.as_text() for one in report]


def loaded(tree: dict[str, bytes]) -> Program:
    program = load.load(tree, Report())
    assert program is not None
    return program


def adding(tree: dict[str, bytes], *new: scaffold.NewFile) -> dict[str, bytes]:
    assert not tree.keys() & {one.path for one in new}
    return {**tree, **{one.path: one.text.encode() for one in new}}


@pytest.mark.parametrize(
    ("argument", "title", "slug", "name"),
    [
        ("Bicycle Repair", "", "bicycle-repair", "Bicycle Repair"),
        ("bicycle-repair", "", "bicycle-repair", "Bicycle repair"),
        ("repair", "Bicycle Repair", "repair", "Bicycle Repair"),
        ("Zoë O'Brien-Łukasz", "", "zoe-obrien-lukasz", "Zoë O'Brien-Łukasz"),
        ("Straße & Brücke", "", "strasse-brucke", "Straße & Brücke"),
        ("R2", "", "r2", "R2"),
        ("layla", "ليلى حداد", "layla", "ليلى حداد"),
    ],
)
def test_names_come_from_what_was_typed(argument: str, title: str, slug: str, name: str) -> None:
    assert scaffold.named(argument, title) == Named(slug, name)


def test_a_persons_name_has_capitals() -> None:
    assert scaffold.person("maya-okafor") == Named("maya-okafor", "Maya Okafor")
    assert scaffold.person("bell-hooks", "bell hooks") == Named("bell-hooks", "bell hooks")


@pytest.mark.parametrize(
    ("argument", "title"),
    [
        ("ليلى", ""),
        ("", ""),
        ("...", ""),
        ("con", ""),
        ("verify", ""),
        ("earner", ""),
        ("x" * 65, ""),
        ("x", "a\u202eb"),
        ("x", "a\nb"),
        ("x", "\x1b[31m"),
        ("x", "y" * 201),
    ],
)
def test_what_cannot_be_a_name_is_wrong_usage(argument: str, title: str) -> None:
    with pytest.raises(BlazonError) as caught:
        scaffold.named(argument, title)
    assert caught.value.exit_code == 2
    assert "\x1b" not in caught.value.message
    assert "\u202e" not in caught.value.message


hostile = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Zl", "Zp"]), min_size=1, max_size=30)


@given(
    hostile
    | st.sampled_from(["no", "~", "1.10", "- x", "a: b", "a #b", '"', "'", "&a", "*a", "!!x", "{{ x }}", "%x", "|"])
)
def test_every_value_reads_back_as_it_was_typed(text: str) -> None:
    if set(text) & set("\ufeff\ufffe\uffff\x85"):
        return
    report = Report()
    table = source.parse("x.yaml", f"name: {scaffold.scalar(text)}\n".encode(), report)
    assert [*report] == []
    assert table is not None
    found = table.entries["name"]
    assert isinstance(found, source.Text)
    assert found.value == text


@pytest.mark.parametrize("kind", [kind for kind in Kind if kind is not Kind.MICRO_CREDENTIAL])
@pytest.mark.parametrize("level", [0, 1, 2, 3])
def test_a_new_badge_passes_as_it_is(demo: dict[str, bytes], kind: Kind, level: int) -> None:
    new = newbadge.badge(scaffold.named("Bicycle: Repair"), kind, level)
    assert said(adding(demo, new)) == said(demo)


def test_a_stack_and_its_levels_pass_together(demo: dict[str, bytes]) -> None:
    name = scaffold.named("Bicycle Repair")
    stack = newbadge.badge(name, Kind.MICRO_CREDENTIAL)
    levels = [newbadge.badge(name, Kind.SKILL, level) for level in (1, 2, 3)]
    assert [one.path.split("/")[2] for one in levels] == [f"bicycle-repair-{level}" for level in (1, 2, 3)]
    tree = adding(demo, stack, *levels)
    assert said(tree) == said(demo)
    assert loaded(tree).level_of("bicycle-repair-2") == ("bicycle-repair", 2)
    assert loaded(tree).achievements["bicycle-repair-3"].name == "Bicycle Repair: Application"
    uncommented = {path: data.replace(b"# requires: ", b"requires: ") for path, data in tree.items()}
    assert said(uncommented) == said(demo)


@pytest.mark.parametrize("typed", ["repair-2", "repair", "Repair 2"])
def test_the_number_of_a_level_is_not_said_twice(typed: str) -> None:
    new = newbadge.badge(scaffold.named(typed), Kind.SKILL, 2)
    assert new.path == "content/badges/repair-2/badge.yaml"
    assert 'name: "Repair: Practice"' in new.text


def test_a_new_earner_passes_as_it_is(demo: dict[str, bytes]) -> None:
    new = scaffold.earner(scaffold.person("Zoë: O'Brien"))
    tree = adding(demo, new)
    assert said(tree) == said(demo)
    assert loaded(tree).earners["zoe-obrien"].name == "Zoë: O'Brien"


def test_a_new_award_is_a_claim_and_an_award_once_reviewed(demo: dict[str, bytes]) -> None:
    program = loaded(demo)
    for badge in program.achievements.values():
        claim = scaffold.award(program, demo, scaffold.person("newcomer"), badge.slug, TODAY, counting())
        tree = adding(demo, claim)
        new = [line for line in said(tree) if line not in said(demo)]
        assert all("[waiting]" in line for line in new), new
        text = re.sub(r"^# (reviews:|  - |    |issued:|waiver:)", r"\1", claim.text, flags=re.MULTILINE)
        tree[claim.path] = text.encode()
        new = [line for line in said(tree) if line not in said(demo)]
        if badge.requires or badge.levels or badge.status == "draft":
            continue
        policy = policy_of(program, badge)
        signed = policy is not None and policy.evidence == "signed"  # nobody can sign for the reviewers
        assert signed == any("[unsigned-review]" in line for line in new), new
        assert all("[no-feedback]" in line or (signed and "[unsigned-review]" in line) for line in new), new
        issued = [award.issued for award in loaded(tree).awards if award.earner == "newcomer"]
        assert [moment and moment.date() for moment in issued] == [TODAY]


def test_an_award_carries_the_name_that_the_earner_chose(demo: dict[str, bytes]) -> None:
    program = loaded(demo)
    known = scaffold.award(program, demo, scaffold.person("jiri-vanek"), "stem-night-lead", TODAY, counting())
    assert f"name: {program.earners['jiri-vanek'].name}\n" in known.text
    typed = scaffold.award(program, demo, scaffold.person("Somebody New"), "stem-night-lead", TODAY, counting())
    assert typed.path == "content/earners/somebody-new/stem-night-lead.yaml"
    assert "name: Somebody New\n" in typed.text


def test_an_award_says_when_it_was_done(demo: dict[str, bytes]) -> None:
    program, who = loaded(demo), scaffold.person("newcomer", "New C. Omer")
    said = scaffold.award(
        program, demo, who, "stem-night-lead", TODAY, counting(), (date(2026, 3, 2), date(2026, 4, 10))
    )
    assert "\nactivity:\n  start: 2026-03-02\n  end: 2026-04-10\n" in said.text
    assert "name: New C. Omer\n" in said.text or 'name: "New C. Omer"\n' in said.text
    begun = scaffold.award(program, demo, who, "stem-night-lead", TODAY, counting(), (date(2026, 3, 2), None))
    assert "\nactivity:\n  start: 2026-03-02\n\n" in begun.text
    assert "# activity: {" in scaffold.award(program, demo, who, "stem-night-lead", TODAY, counting()).text


def test_a_second_award_of_a_badge_gets_a_name_of_its_own(demo: dict[str, bytes]) -> None:
    tree = dict(demo)
    for number in ("", "-2", "-3"):
        new = scaffold.award(loaded(demo), tree, scaffold.person("newcomer"), "stem-night-lead", TODAY, counting())
        assert new.path == f"content/earners/newcomer/stem-night-lead{number}.yaml"
        tree[new.path] = new.text.encode()


def test_an_award_of_an_unknown_badge_is_wrong_usage(demo: dict[str, bytes]) -> None:
    with pytest.raises(BlazonError, match="no badge called") as caught:
        scaffold.award(loaded(demo), demo, scaffold.person("ada"), "stem-night-leed", TODAY, counting())
    assert caught.value.exit_code == 2
    assert "stem-night-lead" in caught.value.hint


def test_reviewers_that_may_not_approve_are_not_suggested(demo: dict[str, bytes]) -> None:
    program = loaded(demo)
    assert program.policy is not None
    first, second = list(program.policy.reviewers)[:2]
    alone = {name: one for name, one in program.policy.reviewers.items() if name in (first, second)}
    alone[second] = replace(alone[second], badges=("some-other",))
    small = replace(program, policy=replace(program.policy, reviewers=alone))
    text = scaffold.award(small, demo, scaffold.person("ada"), "stem-night-lead", TODAY, counting()).text
    assert re.findall(r"reviewer: (\S+)", text) == [first, "somebody-in-reviewers-yaml"]
    text = scaffold.award(small, demo, scaffold.person(first), "stem-night-lead", TODAY, counting()).text
    assert first not in re.findall(r"reviewer: (\S+)", text)


def test_ids_have_128_random_bits_and_indices_are_free() -> None:
    assert re.fullmatch(r"[a-z2-7]{26}", scaffold.award_id(bytes))
    assert scaffold.award_id(lambda size: b"\xff" * size) == "7" * 25 + "4"
    places = scaffold.Places({0, 1, 3}, counting())
    assert [places.draw(), places.draw()] == [2, 4]
    assert scaffold.Places(range(STATUS_LIST_ENTRIES // 2), counting()).draw() == STATUS_LIST_ENTRIES
    last = scaffold.Places(range(1, STATUS_LIST_ENTRIES // 2), counting())
    assert last.draw() == 0
    assert last.draw() > STATUS_LIST_ENTRIES


def test_taken_indices_are_found_in_broken_files_too() -> None:
    tree = {
        "content/earners/a/x.yaml": b"id: a\nstatus_index: 12\n",
        "content/earners/a/y.yaml": b"\tbroken: [\nstatus_index: '13'\n",
        "content/earners/a/z.yaml": b"did: |\n  status_index: 14\n",
        "content/badges/a/badge.yaml": b"status_index: 15\n",
    }
    assert scaffold.taken(tree) == {12, 13}


def test_new_files_begin_with_the_line_that_editors_find_their_schema_by(demo: dict[str, bytes]) -> None:
    secret = Secret(bytes(range(32)))
    key = scaffold.NewFile("keys/key-1.yaml", keymaking.public_text("keys/key-1.yaml", secret, TODAY))
    claim = scaffold.award(loaded(demo), demo, scaffold.person("ada-okafor"), "site-mentor", TODAY, counting())
    badge = newbadge.badge(Named("weaving", "Weaving"), Kind.SKILL)
    for file, kind in (
        (badge, "badge"),
        (scaffold.earner(Named("ada", "Ada")), "earner"),
        (claim, "award"),
        (key, "key"),
    ):
        assert file.text.startswith(schemas.editor_line(kind, file.path))
        up = file.text.partition("\n")[0].count("../")
        assert up == file.path.count("/")
