"""The demo as a stranger gets it: complete, the same bytes everywhere, accepted by verify and by nobody once altered."""

from __future__ import annotations

import json
import os
import random
import re
import subprocess
import sys
from collections import Counter
from datetime import UTC, datetime
from html import unescape
from pathlib import Path
from typing import Any

import pytest

import judges
import sshbook
from blazon import canon, folder, lookup
from blazon.becoming import Shown
from blazon.diagnostics import Report
from blazon.opened import open_program
from blazon.pages import Pages
from blazon.plaintext import plain
from blazon.render import Theme
from blazon.verify import Verdict, overall, verify

ROOT = Path(__file__).parents[1]
FORMS = ("credential.json", "badge.png", "badge.svg")
NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
MACHINE_FILES = {*FORMS, "assertion.json"}


def _built(target: Path, today: str = "2026-11-23", **environment: str) -> Path:
    """The demo site, built by the command in an environment of its own."""
    command = [
        sys.executable,
        "-m",
        "blazon",
        "-q",
        "-C",
        str(ROOT),
        "build",
        "-o",
        str(target),
        "--today",
        today,
    ]
    subprocess.run(command, check=True, capture_output=True, env={**os.environ, **environment}, cwd=target.parent)
    return target


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demo site."""
    return _built(tmp_path_factory.mktemp("demo") / "dist")


def _awards(site: Path) -> list[Path]:
    """The folders of the awards that have files, in order: a private one and an erased one have a page alone."""
    return sorted(path.parent for path in (site / "awards").glob("*/credential.json"))


def _credential(award: Path) -> dict[str, Any]:
    """An award's signed credential."""
    loaded: dict[str, Any] = json.loads((award / "credential.json").read_text("utf-8"))
    return loaded


def test_fourteen_awards_have_their_machine_files(site: Path) -> None:
    awards = _awards(site)
    assert len(awards) >= 14
    for award in awards:
        assert {path.name for path in award.iterdir()} >= MACHINE_FILES | {"index.html"}


def test_the_demo_shows_every_state_that_a_file_can_make(site: Path) -> None:
    pages = [(award / "index.html").read_text("utf-8") for award in _awards(site)]
    headlines = [words for page in pages for words in re.findall(r"<strong[^>]*>([A-Z][a-z]+ (?:by|on|hold))\b", page)]
    counted = Counter(headlines)
    assert counted.keys() >= {"Signed by", "Withdrawn by", "On hold", "Expired on", "Replaced by"}
    assert (counted["Withdrawn by"], counted["Expired on"], counted["Replaced by"]) == (1, 1, 1)


def test_a_private_and_an_erased_award_have_a_page_and_nothing_else(site: Path) -> None:
    alone = sorted(path for path in (site / "awards").iterdir() if {*path.iterdir()} == {path / "index.html"})
    titles = [re.findall("<h1>(.+)</h1>", (path / "index.html").read_text("utf-8"))[0] for path in alone]
    assert sorted(titles) == ["This award is private", "This award was deleted"]


def test_every_page_says_that_it_is_a_demo(site: Path) -> None:
    pages = sorted(site.rglob("*.html"))
    assert len(pages) > 30
    said = {"es": "Esto es una demostración.", "ar": "هذا عرض تجريبي."}
    for page in pages:
        assert said.get(page.parent.name, "This is a demo.") in page.read_text("utf-8"), page


@pytest.mark.parametrize(
    "environment",
    [
        {"TZ": "Pacific/Kiritimati", "LC_ALL": "C", "PYTHONHASHSEED": "1"},
        {"TZ": "America/St_Johns", "LC_ALL": "C.UTF-8", "PYTHONHASHSEED": "4242"},
    ],
)
def test_the_same_repository_gives_the_same_bytes(site: Path, tmp_path: Path, environment: dict[str, str]) -> None:
    again = _built(tmp_path / "dist", **environment)
    ours = {path.relative_to(site): path.read_bytes() for path in site.rglob("*") if path.is_file()}
    assert {path.relative_to(again): path.read_bytes() for path in again.rglob("*") if path.is_file()} == ours


def test_another_day_changes_pages_only(site: Path, tmp_path: Path) -> None:
    later = _built(tmp_path / "dist", today="2036-11-23")
    changed = {
        path.relative_to(site).as_posix()
        for path in site.rglob("*")
        if path.is_file() and path.read_bytes() != (later / path.relative_to(site)).read_bytes()
    }
    assert changed
    assert {Path(path).suffix for path in changed} == {".html"}


def test_building_twice_changes_nothing(site: Path) -> None:
    before = {path: (path.stat().st_mtime_ns, path.stat().st_ino) for path in site.rglob("*")}
    _built(site)
    assert {path: (path.stat().st_mtime_ns, path.stat().st_ino) for path in site.rglob("*")} == before


def _failed(site: Path, form: str) -> dict[str, set[str]]:
    """The steps that awards do not pass, by award; those that pass every step are left out."""
    sources = lookup.published(folder.reader(site))
    judged = {award.name: verify((award / form).read_bytes(), sources, NOW) for award in _awards(site)}
    return {
        name: {one.step for one in outcomes if one.verdict is not Verdict.PASSED}
        for name, outcomes in judged.items()
        if overall(outcomes) is not Verdict.PASSED
    }


@pytest.mark.parametrize("form", FORMS)
def test_verify_passes_all_but_the_withdrawn_and_the_expired_award(site: Path, form: str) -> None:
    withdrawn = ["status"] if form == "credential.json" else ["hosted", "status"]
    assert sorted(map(sorted, _failed(site, form).values())) == sorted([["dates"], withdrawn])


@pytest.mark.parametrize("form", FORMS)
def test_one_changed_byte_is_never_passed(site: Path, form: str) -> None:
    sources = lookup.published(folder.reader(site))
    failed = _failed(site, form)
    chance = random.Random(form)  # noqa: S311 (the same bytes in every run)
    tried = 0
    for award in (award for award in _awards(site) if award.name not in failed):
        data = (award / form).read_bytes()
        for position in (chance.randrange(len(data)) for _ in range(20)):
            changed = bytearray(data)
            changed[position] ^= 1 << chance.randrange(8)
            if form.endswith(".json") and _same_value(changed, data):
                continue
            tried += 1
            assert overall(verify(bytes(changed), sources, NOW)) is not Verdict.PASSED, (award.name, position)
    assert tried > 200


def _same_value(changed: bytearray, data: bytes) -> bool:
    """Whether two files hold the same JSON value, such as one with another space between two members."""
    try:
        return bool(json.loads(changed) == json.loads(data))
    except ValueError:
        return False


def test_every_signed_document_means_what_the_judge_says(site: Path) -> None:
    signed = [_credential(award) for award in _awards(site)]
    signed.append(json.loads((site / "status" / "revocation-1.json").read_text("utf-8")))
    for credential in signed:
        document = {name: value for name, value in credential.items() if name != "proof"}
        assert judges.undefined_terms(document) == []
        assert canon.canonicalize(document) == judges.pyld_canonical(document)


def test_no_address_of_a_person_is_published(site: Path) -> None:
    for path in site.rglob("*"):
        if path.suffix in {".html", ".json", ".svg"}:
            text = path.read_text("utf-8").replace("badges@riverbend.example", "").replace("@context", "")
            assert "@riverbend.example" not in text, path


def test_nothing_is_asked_from_elsewhere(site: Path) -> None:
    for path in site.rglob("*.html"):
        text = path.read_text("utf-8")
        assert text.index("Content-Security-Policy") < text.index("<title>")
        for attribute in ('src="http', 'src="//', "<iframe", "<style", ' style="', "@import"):
            assert attribute not in text, (path, attribute)


def test_the_demo_shows_claims_and_reviews_of_every_sort(site: Path) -> None:
    page = (site / "review/index.html").read_text("utf-8")
    assert "Youth Facilitation: Application" in page  # one approval of two
    assert "Waiting for approvals" in page
    assert "Returned to the earner" in page
    assert "Please add the page of the minutes" in page
    assert "Minutes of the meeting" in page  # what is missing
    awards = [(award / "index.html").read_text("utf-8") for award in _awards(site)]
    assert any("set aside by Ngozi Adeyemi" in page for page in awards)
    (signed,) = [page for page in awards if "Each approval is signed" in page]
    assert signed.count(" · signed</span>") == 2
    assert "As stated in this record." not in signed


def test_signed_reviews_of_the_demo_are_those_that_its_published_keys_make(site: Path) -> None:
    records = [json.loads(path.read_text("utf-8")) for path in sorted(site.glob("awards/*/review.json"))]
    signed = [review for record in records for review in record["reviews"] if "signature" in review]
    assert [review["reviewer"] for review in signed] == ["callum-reid", "tuan-nguyen"]
    for review in signed:
        assert review["key"] == sshbook.line_of(review["reviewer"])
        assert review["signature"] == sshbook.sign(review["reviewer"], review["signed"].encode())


def test_every_address_is_known_without_making_the_site(site: Path) -> None:
    _, opened = open_program(ROOT, Report(), NOW.date())
    assert opened is not None
    words = Theme(opened.theme, "en").words
    listed = list(Shown.of(opened.program, words, NOW.date()).paths)
    made = {path.relative_to(site).as_posix() for path in site.rglob("*") if path.is_file()}
    assert {path for path in made if not path.startswith("static/")} - {".blazon"} == {*listed}


def test_what_a_reviewer_is_told_of_an_award_stands_on_its_page(site: Path) -> None:
    _, opened = open_program(ROOT, Report(), NOW.date())
    assert opened is not None
    pages = Pages(opened.program, opened.plan, Theme(opened.theme, "en"), NOW.date())
    awards = {path.name for path in _awards(site)}
    kinds: Counter[bool] = Counter()
    for award in opened.program.awards:
        if award.id in awards and award.issued:
            page, told = (site / "awards" / award.id / "index.html").read_text("utf-8"), pages.awards.told(award)
            head = unescape(re.findall('<meta name="description" content="([^"]*)"', page)[0])
            kinds[told.startswith(head)] += 1
            assert told.removeprefix(head).strip() in plain(page)
    assert min(kinds[True], kinds[False]) > 3
