"""Small programs in every state that a page can be in, built as a whole: empty, one of everything, long, right to left, gone."""

from __future__ import annotations

import re
import shutil
from collections.abc import Mapping
from datetime import date
from pathlib import Path

import pytest

from blazon import publishing
from blazon.keys import Secret
from blazon.order import Order
from pagebook import seen
from programs import AWARD, BADGE, DEMO, small

TODAY = date(2026, 11, 23)
EARNER = "content/earners/priya-raman/earner.yaml"
LONG = "Donaudampfschifffahrtsgesellschaftskapitänsmützenabzeichen"
ARABIC = "الإسعافات الأولية في الرحلات"


def built(root: Path) -> Mapping[str, str]:
    """The pages of a program's site by path, as text; building it reports no error."""
    target = root / "dist"
    made = publishing.build(Order(root, target, TODAY), list[Secret], lambda _: None)
    assert not made.report.failed, [one.as_text() for one in made.report]
    return {path.relative_to(target).as_posix(): path.read_text("utf-8") for path in sorted(target.rglob("*.html"))}


def change(path: Path, pattern: str, to: str) -> None:
    """Replace what a pattern finds in a file, which must be there."""
    changed, count = re.subn(pattern, to, path.read_text("utf-8"))
    assert count, pattern
    path.write_text(changed, "utf-8")


def award_of(pages: Mapping[str, str], below: str = "") -> str:
    """What people read on the page of the only award, or on one below it."""
    found = [page for path, page in pages.items() if re.fullmatch(rf"awards/[^/]+/{below}index.html", path)]
    assert len(found) == 1
    return seen(found[0]).text


def listed(root: Path, name: str = "Priya Raman") -> None:
    """Let the earner of the only award be listed."""
    (root / EARNER).write_text(f"name: {name}\nlisted: true\nvisibility: public\n", "utf-8")


def test_an_empty_program_explains_itself(tmp_path: Path) -> None:
    for path in ("content/site.yaml", "keys/demo.yaml"):
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(DEMO / path, tmp_path / path)
    change(tmp_path / "content/site.yaml", r" +#.*\n +endorsements: .*\n", "")
    pages = built(tmp_path)
    for path in ("index.html", "badges/index.html"):
        assert "There is no badge here yet. A badge is a folder in the program's files" in seen(pages[path]).text
    assert "There is no badge to claim yet." in seen(pages["claim/index.html"]).text
    assert "Nobody asked to be listed yet." in seen(pages["earners/index.html"]).text
    assert not [path for path in pages if path.startswith(("awards/", "pathways/", "badges/kind/"))]
    assert 'id="search"' not in pages["badges/index.html"], "nothing to search"


def test_one_badge_without_an_award(tmp_path: Path) -> None:
    shutil.rmtree(small(tmp_path) / "content/earners")
    pages = built(tmp_path)
    badge = seen(pages[f"badges/{BADGE}/index.html"])
    assert "Not earned yet" in badge.text
    assert "Who holds it" not in badge.text
    assert "1 badge" in seen(pages["badges/index.html"]).text
    assert "1 badges" not in seen(pages["badges/index.html"]).text
    claim = next(one["href"] for one in badge.all("a") if "?badge=" in (one["href"] or ""))
    assert claim == f"../../claim/index.html?badge={BADGE}#for-{BADGE}"
    assert f'id="for-{BADGE}"' in pages["claim/index.html"]
    assert "No list here names it until you want that." in seen(pages["claim/index.html"]).text


def test_claiming_says_what_the_program_lists(tmp_path: Path) -> None:
    change(small(tmp_path) / "content/site.yaml", "visibility: unlisted", "visibility: public")
    text = seen(built(tmp_path)["claim/index.html"]).text
    assert "It is listed here unless you say that it should not be." in text
    assert "Write to badges@riverbend.example : which badge" in text
    assert "Or propose a file for it in riverbend-afterschool/badges , where" in text


def test_one_award_that_nobody_may_list(tmp_path: Path) -> None:
    pages = built(small(tmp_path))
    name = re.search(r"^name: (.+)$", (tmp_path / AWARD).read_text("utf-8"), re.MULTILINE)
    assert name
    assert "Recently awarded" not in seen(pages["index.html"]).text
    assert name[1] in award_of(pages)
    naming = [path for path, page in pages.items() if name[1] in seen(page).text]
    assert naming
    assert all(path.startswith("awards/") for path in naming)


def test_one_listed_earner_with_one_award(tmp_path: Path) -> None:
    listed(small(tmp_path))
    pages = built(tmp_path)
    assert "1 listed award" in seen(pages["earners/index.html"]).text
    assert "1 listed awards" not in seen(pages["earners/index.html"]).text
    assert "Nobody asked" not in seen(pages["earners/index.html"]).text
    earner = seen(pages["earners/priya-raman/index.html"]).text
    assert "Expired, withdrawn or replaced" not in earner
    assert "Pathways" not in earner.partition("Earner ")[2].partition("Awards")[0]
    assert "Recently awarded" in seen(pages["index.html"]).text


@pytest.mark.parametrize(("lines", "sentence", "word"), [
    ("revoked:\n  on: 2026-07-09\n  reason: Awarded to the wrong person.\n", "Withdrawn by the issuer", "Withdrawn"),
    ("expires: 2026-11-01\n", "Expired on 1 November 2026", "Expired"),
    ("suspended:\n  from: 2026-11-01\n  reason: We look into it.\n", "On hold", "On hold"),
])  # fmt: skip
def test_bad_news_is_on_every_page_of_the_award(tmp_path: Path, lines: str, sentence: str, word: str) -> None:
    path = small(tmp_path) / AWARD
    path.write_text(path.read_text("utf-8") + lines, "utf-8")
    listed(tmp_path)
    pages = built(tmp_path)
    assert sentence in award_of(pages)
    assert sentence in award_of(pages, "certificate/")
    assert "Do not rely on this sheet." in award_of(pages, "certificate/")
    assert f"Check it {word}" in award_of(pages, "embed/")
    assert "has not been checked" not in award_of(pages)
    assert word in seen(pages["earners/priya-raman/index.html"]).text


def test_an_award_that_was_deleted_leaves_a_page_that_names_nobody(tmp_path: Path) -> None:
    path = small(tmp_path) / AWARD
    before = built(tmp_path)
    kept = [line for line in path.read_text("utf-8").splitlines() if line.startswith(("id:", "status_index:"))]
    path.write_text("\n".join((*kept, "erased:", "  on: 2026-10-01")) + "\n", "utf-8")
    pages = built(tmp_path)
    gone = {name for name in before if name not in pages}
    assert gone == {name for name in before if re.match(r"awards/[^/]+/[a-z]+/", name)}
    assert "This award was deleted Its earner asked for it, and it was deleted on 1 October 2026" in award_of(pages)
    assert not [name for name, page in pages.items() if "Priya" in page]


def test_a_retired_badge_says_what_follows_it(tmp_path: Path) -> None:
    badges = small(tmp_path) / "content/badges"
    shutil.copytree(badges / BADGE, badges / "next-night-lead")
    change(badges / "next-night-lead/badge.yaml", r"(?m)^name: .*$", "name: Next Night Lead")
    with (badges / BADGE / "badge.yaml").open("a", encoding="utf-8") as file:
        file.write("status: retired\nsuccessor: next-night-lead\n")
    pages = built(tmp_path)
    page = seen(pages[f"badges/{BADGE}/index.html"])
    assert "This badge is retired" in page.text
    assert "The badge that follows it: Next Night Lead" in page.text
    assert "Claim this badge" not in page.text
    assert f"for-{BADGE}" not in pages["claim/index.html"]
    catalogue = seen(pages["badges/index.html"]).text
    assert "1 badge" in catalogue
    assert catalogue.index("Next Night Lead") < catalogue.index("Retired badges") < catalogue.index("STEM Night Lead")


def test_names_from_right_to_left_stand_on_their_own(tmp_path: Path) -> None:
    change(small(tmp_path) / f"content/badges/{BADGE}/badge.yaml", r"(?m)^name: .*$", f"name: {ARABIC}")
    change(tmp_path / f"content/badges/{BADGE}/badge.yaml", r"(?m)^subject: .*$", f"subject: {ARABIC}")
    listed(tmp_path, ARABIC)
    pages = built(tmp_path)
    award = next(page for path, page in pages.items() if re.fullmatch(r"awards/[^/]+/index.html", path))
    assert f"<h1><bdi>{ARABIC}</bdi></h1>" in award
    subjects = [path for path in pages if path.startswith("badges/subject/")]
    assert re.fullmatch(r"badges/subject/[0-9a-f]{8}/index.html", subjects[0])
    assert f"<bdi>{ARABIC}</bdi>" in pages[subjects[0]].partition("<h1>")[2].partition("</h1>")[0]


def test_long_names_are_shown_in_full(tmp_path: Path) -> None:
    name = f"{LONG} {LONG}"
    change(small(tmp_path) / f"content/badges/{BADGE}/badge.yaml", r"(?m)^name: .*$", f"name: {name}")
    listed(tmp_path, name)
    pages = built(tmp_path)
    for below in ("", "certificate/", "embed/", "share/"):
        assert award_of(pages, below).count(name) >= (1 if below == "share/" else 2)
    assert name in seen(pages["badges/index.html"]).text


def test_a_missing_page_is_the_same_at_any_depth(tmp_path: Path) -> None:
    page = seen(built(small(tmp_path))["404.html"])
    found = [one.get("href") or one.get("src") or "" for one in page.all("a", "link", "script")]
    inside = [link for link in found if not link.startswith(("#", "mailto:", "http"))]
    assert inside
    assert all(link.startswith("/badges/") for link in inside), "the base path of the demo"
