"""The sheet of an award: what it says, how long names are set, and that it prints on one side of either paper."""

from __future__ import annotations

import re
import shutil
import subprocess
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from blazon.certificate import columns, size
from blazon.model import Achievement, Award, Program, Revocation
from pagebook import FILES, PROGRAM, THEME, award, badge, day, every_page, seen

BROWSER = shutil.which("chromium")
LATIN = "Wilhelmina-Alexandrina Bartholomew Featherstonehaugh " * 3 + "of the Riverbend Towns, the younger one"
LONGEST = {
    "latin": LATIN[:200],
    "one word": "Donaudampfschifffahrtsgesellschaft" * 6,
    "arabic": ("عبد الرحمن بن محمد بن إبراهيم الأنصاري " * 6)[:200],
    "chinese": ("河曲課後學習網絡的青年引導員" * 16)[:200],
}


def sheet(name: str = "Ada", title: str = "Leading", **values: object) -> str:
    """The certificate of one award of a program that has nothing else."""
    one = award("one", "ada", "leading", 2, **{"name": name, **values})
    return every_page(program_of(one, badge("leading", title)))[f"awards/{one.id}/certificate/index.html"]


def program_of(one: Award, achievement: Achievement) -> Program:
    """A program of one badge and one award of it."""
    return replace(PROGRAM, achievements={achievement.slug: achievement}, versions={}, earners={}, awards=(one,))


def test_a_sheet_says_what_was_earned() -> None:
    text = seen(every_page()[f"awards/{PROGRAM.awards[1].id}/certificate/index.html"]).text
    assert (
        "Example Academy This certifies that Ada earned Leading: Practice Level 2 of 3: does it with guidance" in text
    )
    assert "Issued 14 May 2026 · Expires 14 May 2028 ." in text
    assert "Reviewed by A. R. and Bob" in text
    assert "Paper is not proof: check it at the address." in text
    assert f"https://badges.example.org/academy/awards/{PROGRAM.awards[1].id}/" in text


@pytest.mark.parametrize(("values", "expected"), [
    ({"revoked": Revocation(day(2026, 6, 1), "x")}, "Withdrawn by the issuer. Do not rely on this sheet."),
    ({"expires": day(2026, 6, 1)}, "Expired on 1 June 2026 . Do not rely on this sheet."),
])  # fmt: skip
def test_bad_news_runs_across_the_sheet(values: dict[str, Any], expected: str) -> None:
    page = sheet(**values)
    assert expected in seen(page).text
    assert 'class="sheet gone"' in page


def test_a_sheet_that_runs_out_later_has_the_words_for_it() -> None:
    page = seen(sheet(expires=day(2027, 1, 1)))
    assert "Expired on 1 January 2027. Do not rely on this sheet." in {one.get("data-then") for one in page.all("p")}


def test_a_sheet_without_an_end_says_so() -> None:
    one = award("one", "ada", "leading", 2)
    pages = every_page(program_of(one, badge("leading", "Leading", valid_for=None)))
    assert "Does not expire." in seen(pages[f"awards/{one.id}/certificate/index.html"]).text


@pytest.mark.parametrize("flag", ["demo", "preview"])
def test_paper_says_that_it_is_not_the_real_thing(flag: str) -> None:
    page = every_page(demo=flag == "demo", preview=flag == "preview")
    article = page[f"awards/{PROGRAM.awards[1].id}/certificate/index.html"].partition("<article")[2]
    assert "so it proves nothing." in article


def test_many_reviewers_are_counted() -> None:
    reviews = tuple(replace(PROGRAM.awards[0].reviews[0], reviewer=f"Person {number}") for number in range(5))
    assert "Reviewed by Person 0, Person 1, Person 2 and 2 more" in seen(sheet(reviews=reviews)).text


def test_certificates_are_kept_out_of_searches() -> None:
    assert '<meta name="robots" content="noindex">' in sheet()


@pytest.mark.parametrize(("text", "wide", "expected"), [
    ("Ada", 3, 1),
    ("a" * 25, 25, 2),
    ("愛" * 25, 50, 3),
    ("e\u0301" * 24, 24, 1),
    ("a" * 200, 200, 5),
])  # fmt: skip
def test_longer_names_are_set_smaller(text: str, wide: int, expected: int) -> None:
    assert columns(text) == wide
    assert size(text) == expected


@pytest.mark.skipif(BROWSER is None, reason="there is no Chromium to print with")
@pytest.mark.parametrize("paper", ["A4", "Letter"])
@pytest.mark.parametrize("script", ["short", *LONGEST])
def test_a_sheet_prints_on_one_side(tmp_path: Path, script: str, paper: str) -> None:
    name = LONGEST.get(script, "Ada")
    page = sheet(name, name, revoked=Revocation(day(2026, 6, 1), "x"))
    target = tmp_path / "awards/x/certificate/index.html"
    target.parent.mkdir(parents=True)
    target.write_text(page, "utf-8")
    for path, data in THEME.static():
        (tmp_path / path).parent.mkdir(exist_ok=True)
        (tmp_path / path).write_bytes(data.replace(b"size:landscape", f"size:{paper} landscape".encode()))
    for path in re.findall(r'src="\.\./\.\./\.\./(badges/[^"]+\.svg)"', page):
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text('<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"/>', "utf-8")
    printed = tmp_path / "sheet.pdf"
    command = [str(BROWSER), "--headless", "--no-sandbox", "--disable-gpu", "--no-pdf-header-footer"]
    subprocess.run([*command, f"--print-to-pdf={printed}", target.as_uri()], check=True, capture_output=True)
    data = printed.read_bytes()
    width, height = map(float, re.search(rb"/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]", data).groups())  # type: ignore[union-attr]
    assert len(re.findall(rb"/Type\s*/Page\b", data)) == 1
    assert (round(width), round(height)) == {"A4": (842, 595), "Letter": (792, 612)}[paper]


def test_the_code_on_paper_is_large_enough_to_scan() -> None:
    rules = FILES["static/sheet.css"].decode()
    wide = float(re.search(r"\.sheet \.qr\{width:([\d.]+)cqw", rules)[1])  # type: ignore[index]
    quiet = 8 / 37
    assert wide / 100 * 279.4 * (1 - quiet) >= 25


def test_j7_what_a_newer_unicode_finds_wide_is_wide_on_every_python() -> None:
    assert columns("\u2630\u268a\u4dc0\U0001d300\U0001d360") == 10
    assert columns("\u262f\u2690") == 2
