"""A pathway's page: which level shows what, and how far people are."""

from __future__ import annotations

import re

import stackbook
from stackbook import ADA, STACK, THIRD

LISTED = "name: Ada Example\nvisibility: public\nlisted: true\n"


def page(built: dict[str, bytes], path: str = "pathways/makers/index.html") -> str:
    return built[path].decode()


def cells(html: str) -> list[list[str]]:
    """The rows of the table as text, its heading first."""
    table = html.partition("<table")[2].partition("</table>")[0]
    rows = re.findall(r"<tr>(.*?)</tr>", table, re.DOTALL)
    plain = [[re.sub(r"<[^>]+>", " ", cell) for cell in re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row)] for row in rows]
    return [[" ".join(cell.split()) for cell in row] for row in plain]


def test_a_table_tells_which_row_of_which_level_shows_a_competency() -> None:
    html = page(stackbook.plain())
    assert cells(html) == [
        ["Competency", "Level 1 Makers 1", "Level 2 Soldering", "Level 3 Makers 3"],
        ["Make (named by the whole)", "–", "Joints", "–"],
        ["Know", "Know", "–", "–"],
        ["Work", "–", "–", "Work"],
    ]
    assert '<div class="scroll" role="region" aria-label="What each level shows: Makers" tabindex="0">' in html


def test_a_badge_that_counts_has_a_column_and_a_stack_shows_what_its_parts_show() -> None:
    files = stackbook.tree()
    badge = files["content/badges/makers/badge.yaml"].decode()
    files["content/badges/saw/badge.yaml"] = files["content/badges/makers-3/badge.yaml"].replace(b"Work", b"Saw")
    above = badge.replace("name: Makers", "name: Masters").replace("[makers-1, soldering, makers-3]", "[a, b, makers]")
    above = above.replace("{badge: makers-1, level: 3}", "{badge: saw, level: 2}")
    files["content/badges/a/badge.yaml"] = files["content/badges/makers-1/badge.yaml"]
    practice = files["content/badges/makers-1/badge.yaml"].replace(
        b"{name: Notes}", b"{name: Notes, setting: practice}"
    )
    files["content/badges/b/badge.yaml"] = practice
    files["content/badges/masters/badge.yaml"] = above.encode()
    html = page(stackbook.site(files), "pathways/masters/index.html")
    assert (
        cells(html)[:2]
        == [
            ["Competency", "Level 1 Makers 1", "Level 2 Makers 1", "Level 3 Makers", "Level 2 Makers 3"],
            ["Make (named by the whole)", "–", "–", "Joints", "–"],
        ]
        or cells(html)[0][-1] == "Level 2 Saw"
    )
    assert ["Know", "Know", "Know", "Know", "–"] in cells(html)


def test_those_who_are_listed_are_told_with_how_far_they_are() -> None:
    assert "How far earners are" not in page(stackbook.plain())
    files = stackbook.tree() | {f"{ADA}earner.yaml": LISTED.encode()}
    whole = stackbook.site(files)
    html = page(whole).partition('id="way"')[2]
    assert "3 of 3 levels." in html
    assert "All levels are done." in html
    assert f'<a href="../../awards/{STACK}/index.html">Awarded as a whole on' in html
    assert "Awarded as a whole on" in page(whole, "earners/ada/index.html")
    del files[f"{ADA}makers.yaml"], files[f"{ADA}makers-3.yaml"]
    html = page(stackbook.site(files)).partition('id="way"')[2]
    assert "2 of 3 levels. Next: Makers 3." in html
    assert "Awarded as a whole" not in html


def test_a_stack_that_lost_a_part_says_so_where_its_earner_is_told() -> None:
    files = stackbook.tree(makers_3="revoked: {on: 2026-06-05, reason: Not hers.}\n")
    built = stackbook.site(files | {f"{ADA}earner.yaml": LISTED.encode()})
    for path in ("earners/ada/index.html", "pathways/makers/index.html"):
        html = page(built, path)
        assert "2 of 3 levels." in html
        assert '<strong class="word late">A part of this stack was withdrawn</strong>' in html
    assert THIRD in page(built, "earners/ada/index.html")
