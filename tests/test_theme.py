"""Stitch itself: its fonts, what it weighs, its options, and how a program replaces parts of it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from blazon.diagnostics import BlazonError
from blazon.render import Theme
from pagebook import FILES, STITCH, THEME

SHEET = FILES["static/stitch.css"].decode()
FONTS = {path.removeprefix("static/fonts/"): data for path, data in FILES.items() if path.endswith(".woff2")}


def test_the_fonts_and_the_first_style_sheet_keep_to_their_weight() -> None:
    base = len(FONTS["besley.woff2"]) + len(FONTS["atkinson.woff2"])
    assert base <= 29 * 1024
    assert len(SHEET) <= 12 * 1024
    assert all(len(data) <= 15 * 1024 for data in FONTS.values())


def test_every_font_is_a_woff2_and_is_used() -> None:
    assert set(FONTS) == set(re.findall(r"url\(fonts/([^)]+)\)", SHEET))
    assert len(FONTS) == 4
    assert all(data.startswith(b"wOF2") for data in FONTS.values())


def test_each_font_brings_its_licence() -> None:
    for name in ("besley.txt", "atkinson-hyperlegible-next.txt"):
        text = FILES[f"static/fonts/{name}"].decode()
        assert "SIL OPEN FONT LICENSE Version 1.1" in text
        assert text.startswith("Copyright 2020")


def test_the_recipe_names_every_font() -> None:
    recipe = (Path(__file__).parent / "fonts" / "make_fonts.py").read_text("utf-8")
    assert set(re.findall(r'Face\("([^"]+)"', recipe)) == set(FONTS)
    assert not (STITCH / "static" / "fonts" / "source").exists()


def test_a_style_sheet_names_files_as_the_site_does() -> None:
    static = dict(THEME.static())
    sheet = static[THEME.asset("stitch.css")].decode()
    named = re.findall(r"url\(([^)]+)\)", sheet)
    assert len(named) == 4
    assert all(f"static/{name}" in static for name in named)


def test_a_style_sheet_further_down_finds_its_way_up() -> None:
    theme = Theme({**FILES, "static/more/own.css": b'a{background:url( "mark.svg" )}b{mask:url(#x)}'})
    sheet = dict(theme.static())[theme.asset("more/own.css")].decode()
    assert sheet == "a{background:url(../" + theme.asset("mark.svg").removeprefix("static/") + ")}b{mask:url(#x)}"


def test_a_changed_font_changes_the_sheet_s_address() -> None:
    changed = Theme({**FILES, "static/fonts/besley.woff2": b"wOF2"})
    assert changed.asset("stitch.css") != THEME.asset("stitch.css")
    assert changed.asset("pages.css") == THEME.asset("pages.css")


def test_a_style_sheet_that_names_a_missing_file_is_refused() -> None:
    with pytest.raises(BlazonError) as refused:
        Theme({**FILES, "static/own.css": b"a{background:url(mark.swg)}"})
    assert refused.value.message == 'the theme has no file called "static/mark.swg".'
    assert refused.value.hint == 'did you mean "mark.svg"?'
