"""The page about claiming: what its script is given, and where the claim of each host goes."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from typing import Any

import pytest

from blazon import slimming
from blazon.address import STATUS_LIST_ENTRIES
from blazon.claim_view import new_file
from blazon.model import Program, Repository
from blazon.prose import MOST_LINE, MOST_NAME, MOST_PARAGRAPH, MOST_TEXT, MOST_URL
from blazon.render import Theme
from blazon.values import ADDRESSES, DEVICES, MOST_SLUG
from pagebook import BADGES, EMPTY, FILES, PROGRAM, every_page, seen

SCRIPTS = {name: FILES[f"static/{name}.js"].decode() for name in ("claim", "claimfile", "claimways")}
SCRIPT_MOST = 8_192  # bytes, of one script as it is published
GITHUB = Repository("github", "academy/badges", "main")


def data(program: Program, language: str = "en") -> dict[str, Any]:
    """What the script of a program's claim page is given."""
    page = every_page(program, Theme(FILES, language))["claim/index.html"]
    block = page.partition('<script type="application/json" id="claim-data">')[2].partition("</script>")[0]
    found: dict[str, Any] = json.loads(block)
    return found


def kept_at(host: str) -> Program:
    """The program, kept at a host."""
    return replace(PROGRAM, settings=replace(PROGRAM.settings, repository=replace(GITHUB, host=host)))


@pytest.mark.parametrize(("host", "address"), [
    ("github", "https://github.com/academy/badges/new/main"),
    ("gitlab", "https://gitlab.com/academy/badges/-/new/main"),
    ("codeberg", "https://codeberg.org/academy/badges/_new/main"),
])  # fmt: skip
def test_each_host_begins_a_new_file_somewhere(host: str, address: str) -> None:
    program = kept_at(host)
    assert new_file(program.settings) == address
    found = data(program)
    assert (found["host"], found["new"]) == (host, address)
    issue = "https://github.com/academy/badges/issues/new?template=claim.yaml" if host == "github" else ""
    assert found["issue"] == issue
    page = seen(every_page(program)["claim/index.html"])
    assert (issue in {one.get("href") for one in page.all("a")}) is (host == "github")


def test_without_a_repository_a_claim_goes_by_hand() -> None:
    found = data(PROGRAM)
    assert (found["host"], found["new"], found["issue"], found["mail"]) == ("", "", "", "badges@example.org")
    page = every_page()["claim/index.html"]
    assert 'id="c-save"' in page
    assert 'id="c-go"' not in page


def test_a_contact_that_is_no_mail_address_gets_no_mail() -> None:
    settings = replace(PROGRAM.settings, contact="https://example.org/contact")
    program = replace(PROGRAM, settings=settings)
    assert data(program)["mail"] == ""
    assert 'id="c-mail"' not in every_page(program)["claim/index.html"]
    assert 'id="c-mail"' in every_page()["claim/index.html"]


def test_the_script_knows_what_each_badge_asks_for() -> None:
    badges = data(PROGRAM)["badges"]
    assert badges.keys() == {one.slug for one in BADGES if one.status == "active" and not one.levels}
    assert badges["second"] == {
        "version": 0,
        "told": True,
        "before": ["Leading: Foundations"],
        "evidence": [["A plan", "On paper.", "work", True], ["Extra", "", "", False]],
    }
    assert badges["camp"]["told"] is False


def test_a_claim_names_the_version_where_there_are_several() -> None:
    newer = replace(BADGES[0], version=2)
    versions = {**PROGRAM.versions, ("first", 2): newer}
    program = replace(PROGRAM, achievements={**PROGRAM.achievements, "first": newer}, versions=versions)
    assert data(program)["badges"]["first"]["version"] == 2
    assert data(program)["badges"]["second"]["version"] == 0


def test_places_are_drawn_in_a_list_that_is_less_than_half_full() -> None:
    assert data(PROGRAM)["first"] == 0
    half = [
        replace(PROGRAM.awards[-1], id=f"x{number}", status_index=number) for number in range(0, STATUS_LIST_ENTRIES, 2)
    ]
    assert data(replace(PROGRAM, awards=tuple(half)))["first"] == STATUS_LIST_ENTRIES


def test_no_award_is_named_to_the_script() -> None:
    text = json.dumps(data(PROGRAM))
    for one in PROGRAM.awards:
        assert one.id not in text
        assert not one.name or one.name not in text


def test_names_of_our_own_are_reserved() -> None:
    assert set(data(PROGRAM)["reserved"]) == ADDRESSES | DEVICES


def test_an_empty_program_has_no_form() -> None:
    page = every_page(EMPTY)["claim/index.html"]
    assert "claimer" not in page
    assert "claim-data" not in page


@pytest.mark.parametrize("language", ["en", "es", "ar"])
def test_the_script_has_every_text_that_it_says_and_no_other(language: str) -> None:
    spoken = set(re.findall(r"texts\.([a-z]+)", "".join(SCRIPTS.values())))
    rules = SCRIPTS["claimfile"] + SCRIPTS["claim"]
    texts = data(PROGRAM, language)["texts"]
    spoken |= {name for name in texts if re.search(rf'"{name}[" ]', rules)}
    assert texts.keys() == spoken
    assert {"again", "copied", "subject"} <= spoken


@pytest.mark.parametrize("name", SCRIPTS)
def test_a_script_keeps_to_its_weight(name: str) -> None:
    assert len(slimming.script(SCRIPTS[name]).encode()) <= SCRIPT_MOST


def test_the_script_has_the_limits_of_the_readers() -> None:
    rules = SCRIPTS["claimfile"]
    for most in (MOST_NAME, MOST_LINE, MOST_TEXT, MOST_URL, MOST_PARAGRAPH):
        assert f"text, {most})" in rules or f"part, {most})" in rules
    assert f"text.length > {MOST_SLUG} " in rules


def test_the_page_opens_with_the_badge_that_was_chosen() -> None:
    page = every_page()["badges/first/index.html"]
    assert 'href="../../claim/index.html?badge=first#for-first"' in page
    assert '<option value="first">' in every_page()["claim/index.html"]


def test_a_public_repository_is_said_to_be_one() -> None:
    warned = "Everybody can read what you hand in, and git keeps it for ever"
    assert warned not in seen(every_page(kept_at("github"))["claim/index.html"]).text
    open_one = kept_at("github")
    open_one = replace(open_one, settings=replace(open_one.settings, public_repository=True))
    assert warned in seen(every_page(open_one)["claim/index.html"]).text
