"""The catalogue: every badge once, filters that are pages of their own, and tags that stay."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest

from blazon import address, folder
from blazon.catalogue import FILTERS, Catalogue
from blazon.diagnostics import Report
from blazon.model import Achievement, Kind, Program
from blazon.publishing import may_go
from blazon.shelf import Shelf
from blazon.tags import tag, tags, word
from blazon.values import ADDRESSES
from blazon.views import Reference
from pagebook import PROGRAM, THEME, TODAY, badge, every_page, seen


def catalogue(program: Program = PROGRAM) -> Catalogue:
    """The catalogue of a program."""
    return Catalogue(Shelf(program, THEME.words, TODAY), THEME.words)


def program_of(*badges: Achievement) -> Program:
    """A program of these badges and no award."""
    found = {one.slug: one for one in badges}
    return replace(PROGRAM, achievements=found, versions={}, awards=())


@pytest.mark.parametrize(("name", "expected"), [
    ("planning", "planning"),
    ("First  Aid", "first-aid"),
    ("first-aid", "first-aid"),
    ("Health & safety", "health-safety-e0c8bb61"),
    ("C++", "c-cedb1bac"),
    ("Educación", "educacion-8a0f13b0"),
])  # fmt: skip
def test_a_tag_is_the_name_where_it_can_be(name: str, expected: str) -> None:
    assert tags([name]) == {name: expected}


@pytest.mark.parametrize("name", ["إسعافات أولية", "救急法", "ℵ", "🧵", "a" * 200, "-", "../../index", 'x" onload="'])
def test_a_tag_is_always_part_of_an_address(name: str) -> None:
    assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", tags([name])[name])
    assert len(tags([name])[name]) <= 57


def test_a_tag_does_not_depend_on_other_names() -> None:
    names = ["C", "C++", "C#", "c", "año", "ano", "アート"]
    together = tags(names)
    assert together == {name: tags([name])[name] for name in names}
    assert together == tags(reversed(names))
    assert together["C"] == together["c"] == "c"
    assert len(set(together.values())) == len(names) - 1


def test_tags_that_collide_are_told_apart() -> None:
    one, taken = "c++", tag("c++")
    assert tags([one, taken]) == {one: tag(word(one), 64), taken: tag(taken, 64)}
    assert len(set(tags([one, taken]).values())) == 2


@pytest.mark.parametrize("name", FILTERS)
def test_the_filters_are_no_names_for_badges(name: str) -> None:
    assert name in ADDRESSES
    assert address.badge_filter(name, "x") == f"badges/{name}/x/index.html"


def test_each_badge_stands_in_the_catalogue_once() -> None:
    page = seen(every_page()["badges/index.html"])
    assert "7 badges" in page.text
    cards = [one for one in page.all("li") if "data-kind" in one]
    assert len(cards) == catalogue().count + len(catalogue().retired) == 8
    links = [
        href for one in page.all("a") if (href := one["href"] or "").startswith("../badges/") and href.count("/") == 3
    ]
    assert len(links) == len(set(links))


def test_a_badge_in_two_stacks_stands_in_the_first() -> None:
    stacks = (
        badge("one", "One", kind=Kind.MICRO_CREDENTIAL, levels=("a", "b", "c")),
        badge("two", "Two", kind=Kind.MICRO_CREDENTIAL, levels=("a", "b", "d")),
    )
    found = catalogue(program_of(*(badge(slug, slug) for slug in "abcd"), *stacks))
    assert [[entry.badge.slug for entry in entries] for _, entries in found.families()] == [
        ["a", "b", "c", "one"],
        ["d", "two"],
    ]
    assert found.single() == ()


def test_a_badge_stands_alone_once_its_stack_is_retired() -> None:
    stack = badge("stack", "Stack", kind=Kind.MICRO_CREDENTIAL, levels=("a",), status="retired")
    found = catalogue(program_of(badge("a", "A"), stack))
    assert [entry.badge.slug for entry in found.single()] == ["a"]
    assert [entry.badge.slug for entry in found.retired] == ["stack"]


def test_a_filter_is_a_page_that_says_what_it_shows() -> None:
    pages = every_page()
    page = seen(pages["badges/kind/participation/index.html"])
    assert "Badges: Participation Took part; no skill was assessed." in page.text
    assert "1 badge" in page.text
    assert "Camp" in page.text
    assert "Points" not in page.text
    current = [one for one in page.all("a") if one.get("aria-current") and "data-filter" in one]
    assert [(one["data-filter"], one["data-tag"]) for one in current] == [("kind", "participation")]
    assert {"href": "../../../badges/index.html", "data-filter": ""} in page.all("a")
    assert "Badges for leading" in seen(pages["badges/skill/leading/index.html"]).text


def test_filters_leave_out_what_nobody_is_asked_for() -> None:
    pages = every_page()
    assert "badges/kind/identity/index.html" not in pages
    assert not [path for path in pages if path.startswith("badges/subject/")]
    assert catalogue(program_of(badge("draft", "Draft", status="draft"))).filters == dict.fromkeys(FILTERS, ())


def test_retired_badges_are_listed_apart() -> None:
    text = seen(every_page()["badges/skill/leading/index.html"]).text
    assert text.index("Retired badges") < text.index(" Old ")
    only = every_page(program_of(badge("old", "Old", status="retired", skills=("knots",))))
    assert "All of them are retired. Show all Retired badges" in seen(only["badges/skill/knots/index.html"]).text
    assert "(0)" in only["badges/index.html"]


def test_spellings_of_one_word_share_a_page() -> None:
    pages = every_page(
        program_of(badge("a", "A", skills=("First aid",)), badge("b", "B", skills=("first-aid", "FIRST AID")))
    )
    assert [path for path in pages if path.startswith("badges/skill/")] == ["badges/skill/first-aid/index.html"]
    assert "2 badges" in seen(pages["badges/skill/first-aid/index.html"]).text


@pytest.mark.parametrize("page", ["badges/second/index.html", f"awards/{PROGRAM.awards[1].id}/index.html"])
def test_skills_lead_to_their_pages(page: str) -> None:
    assert 'href="../../badges/skill/leading/index.html"' in every_page()[page]


def test_a_skill_of_an_earlier_version_stays_a_word() -> None:
    old, new = badge("a", "A", skills=("knots",)), badge("a", "A", version=2, skills=("ropes",))
    assert catalogue(program_of(new)).skills(old) == (Reference("knots"),)
    assert catalogue(program_of(new)).subject(old) == Reference("")


def test_search_waits_for_the_script() -> None:
    pages = every_page()
    for path in ("badges/index.html", "404.html"):
        box = next(one for one in seen(pages[path]).all("div") if one.get("id") == "search")
        assert "hidden" in box
        assert box["data-none"] == "No badge matches “{words}”."
    assert 'data-go="/academy/badges/index.html"' in pages["404.html"]
    assert "hidden" in next(one for one in seen(pages["badges/index.html"]).all("p") if one.get("id") == "all")
    assert "filter." not in pages["index.html"]


def test_a_list_goes_with_what_its_badges_have_in_common(tmp_path: Path) -> None:
    base, report = PROGRAM.settings.url, Report()
    first = [("badges/skill/knots/index.html", b"<p>"), ("index.html", b"<p>")]
    gone = may_go(PROGRAM)
    assert folder.write_site(first, tmp_path / "dist", base, root=tmp_path, report=report, may_go=gone).written
    assert folder.write_site(first[1:], tmp_path / "dist", base, root=tmp_path, report=report, may_go=gone).written
    assert not folder.write_site([("x.html", b"")], tmp_path / "dist", base, root=tmp_path, report=report).written


def test_the_names_that_are_taken_are_documented() -> None:
    page = (Path(__file__).parents[1] / "docs" / "reference" / "addresses.md").read_text("utf-8")
    told = page.partition("## Names that are taken")[2].split("\n\n")[2]
    assert set(re.split(r",\s+", told.strip())) == set(ADDRESSES)
