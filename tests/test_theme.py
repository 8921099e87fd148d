"""Stitch itself: its fonts, what it weighs, its options, and how a program replaces parts of it."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest

from blazon import options
from blazon.diagnostics import BlazonError
from blazon.options import Option
from blazon.render import Theme
from blazon.threads import THREADS
from pagebook import FILES, PROGRAM, STITCH, THEME, every_page

DOCS = Path(__file__).parents[1] / "docs"
SHEET = FILES["static/stitch.css"].decode()
CSS_MOST = 14 * 1024  # what the style sheets of one page weigh together, in bytes
OF_ONE_PAGE = {"embed", "sheet", "share"}  # whose classes mean something else elsewhere
STATES = {"done", "here", "off"}  # of a level, which not every list of levels shows
FONTS = {path.removeprefix("static/fonts/"): data for path, data in FILES.items() if path.endswith(".woff2")}


def test_the_fonts_keep_to_their_weight() -> None:
    assert len(FONTS["besley.woff2"]) + len(FONTS["atkinson.woff2"]) <= 29 * 1024
    assert all(len(data) <= 15 * 1024 for data in FONTS.values())


def sheets_of(page: str) -> list[str]:
    """The style sheets of a page, by their names in the theme."""
    return re.findall(r'<link rel="stylesheet" href="[^"]*static/([\w/]+)\.[0-9a-f]{8}\.css">', page)


def styled(name: str) -> set[str]:
    """The classes that a style sheet has rules for."""
    rules = re.sub(r"/\*.*?\*/|\{[^{}]*\}", " ", FILES[f"static/{name}.css"].decode(), flags=re.DOTALL)
    return set(re.findall(r"\.([a-z][\w-]*)", rules))


def test_the_style_sheets_of_every_page_keep_to_their_weight() -> None:
    pages = {path: sheets_of(page) for path, page in every_page().items()}
    published = dict(THEME.static())
    weights = {tuple(one): sum(len(published[THEME.asset(f"{name}.css")]) for name in one) for one in pages.values()}
    assert len(weights) > 5
    assert {sheets: weight for sheets, weight in weights.items() if weight > CSS_MOST} == {}
    assert all(sheets for sheets in pages.values())


def test_a_page_has_the_style_sheets_that_its_classes_need() -> None:
    sheets = {path.removeprefix("static/").removesuffix(".css"): path for path in FILES if path.endswith(".css")}
    known = {name: styled(name) for name in sheets if name not in OF_ONE_PAGE}
    for path, page in every_page().items():
        linked = sheets_of(page)
        if "stitch" not in linked:
            continue
        used = {word for classes in re.findall(r'class="([^"]*)"', page) for word in classes.split()}
        missing = {word for name in known for word in used & known[name]} - set().union(STATES, *map(styled, linked))
        assert missing == set(), path


def test_every_class_that_is_styled_is_used() -> None:
    used = "\n".join(data.decode() for path, data in FILES.items() if path.endswith((".html", ".js")))
    words = set(re.findall(r"[\w-]+", used)) | {f"th-{name}" for name in THREADS}
    sized = {f"size-{size}" for size in range(1, 6)}
    for path in FILES:
        if path.endswith(".css"):
            assert styled(path.removeprefix("static/").removesuffix(".css")) - words - sized == set(), path


def test_every_font_is_a_woff2_and_is_used() -> None:
    assert set(FONTS) == set(re.findall(r"url\(fonts/([^)]+)\)", SHEET))
    assert len(FONTS) == 8
    assert all(data.startswith(b"wOF2") for data in FONTS.values())


@pytest.mark.parametrize("family", ["Besley", "Atkinson"])
@pytest.mark.parametrize(("letters", "part"), [
    ("az AZ 09 ~ \u00a0 ¡ ¿ « » é Ñ ü × – — ‘ ’ “ ” • … €", ""),
    ("À â ß ÿ ð œ ı ‚ „ ‹ ›", "-west"),
    ("ă Ć č ď đ ę ě ğ İ ľ ł ń ň ő ř ś ş š ţ ť ů ű ź ż ž ș ț", "-central"),
    ("ā ē ė ģ ī į ķ ŋ ŏ ũ ŭ ſ Ẁ ẞ ỳ", "-ext"),
])  # fmt: skip
def test_a_browser_asks_for_the_font_that_has_a_letter(family: str, letters: str, part: str) -> None:
    faces = re.findall(rf"font-family:{family};src:url\(fonts/([^)]+)\)[^}}]*unicode-range:([^}}]+)}}", SHEET)
    for letter in letters.replace(" ", ""):
        of_letter = [name for name, ranges in faces if any(_covers(one, ord(letter)) for one in ranges.split(","))]
        # One only: where a font comes too late, a browser would ask for the next one that says it has the letter.
        assert of_letter == [f"{family.lower()}{part}.woff2"], letter


@pytest.mark.parametrize("family", ["Besley", "Atkinson"])
def test_no_letter_is_in_two_fonts_of_a_family(family: str) -> None:
    ranges = re.findall(rf"font-family:{family};[^}}]*unicode-range:([^}}]+)}}", SHEET)
    assert len(ranges) == 4
    for code in range(0x20, 0x2100):
        assert sum(any(_covers(one, code) for one in blocks.split(",")) for blocks in ranges) <= 1, hex(code)


def _covers(block: str, code: int) -> bool:
    """Whether a block such as U+20-7F or U+131 has a letter."""
    first, _, last = block.removeprefix("U+").partition("-")
    return int(first, 16) <= code <= int(last or first, 16)


def test_each_font_brings_its_licence() -> None:
    for name in ("besley.txt", "atkinson-hyperlegible-next.txt"):
        text = FILES[f"static/fonts/{name}"].decode()
        assert "SIL OPEN FONT LICENSE Version 1.1" in text
        assert text.startswith("Copyright 2020")


def test_the_recipe_names_every_font() -> None:
    recipe = (Path(__file__).parent / "fonts" / "make_fonts.py").read_text("utf-8")
    assert set(re.findall(r'Face\("([^"]+)"', recipe)) == set(FONTS)
    assert not (STITCH / "static" / "fonts" / "source").exists()


def sided(sheet: str) -> list[str]:
    """Declarations that mean left or right, so that a page written from right to left would be lopsided."""
    named = re.findall(
        r"(?<![\w-])(?:(?:margin|padding|border|scroll-margin|scroll-padding)-(?:left|right)[\w-]*|left|right):[^;}]*"
        r"|(?<![\w-])(?:text-align|float|clear):(?:left|right)",
        sheet,
    )
    word = r"([^\s;{}]+)"
    four = re.findall(rf"(?<![\w-])((?:margin|padding|inset):{word} {word} {word} {word})(?=[;}}])", sheet)
    return named + [whole for whole, _, right, _, left in four if right != left]


def test_style_sheets_know_no_left_and_right() -> None:
    found = {path: sided(data.decode()) for path, data in FILES.items() if path.endswith(".css")}
    assert {path: said for path, said in found.items() if said} == {}
    wrong = (
        "a{padding:1px 2px 1px 0;margin-left:1px}b{right:0;text-align:left}i{inset:0 1px 0 1px;border-inline-start:0}"
    )
    assert len(sided(wrong)) == 4


def test_a_style_sheet_names_files_as_the_site_does() -> None:
    static = dict(THEME.static())
    sheet = static[THEME.asset("stitch.css")].decode()
    named = re.findall(r"url\(([^)]+)\)", sheet)
    assert len(named) == 8
    assert all(f"static/{name}" in static for name in named)


def test_a_style_sheet_further_down_finds_its_way_up() -> None:
    theme = Theme({**FILES, "static/more/own.css": b'a{background:url( "mark.svg" )}b{mask:url(#x)}'})
    sheet = dict(theme.static())[theme.asset("more/own.css")].decode()
    assert sheet == "a{background:url(../" + theme.asset("mark.svg").removeprefix("static/") + ")}b{mask:url(#x)}"


def test_a_changed_font_changes_the_sheet_s_address() -> None:
    changed = Theme({**FILES, "static/fonts/besley.woff2": b"wOF2"})
    assert changed.asset("stitch.css") != THEME.asset("stitch.css")
    assert changed.asset("cards.css") == THEME.asset("cards.css")


def test_a_style_sheet_that_names_a_missing_file_is_refused() -> None:
    with pytest.raises(BlazonError) as refused:
        Theme({**FILES, "static/own.css": b"a{background:url(mark.swg)}"})
    assert refused.value.message == 'the theme has no file called "static/mark.swg".'
    assert refused.value.hint == 'did you mean "mark.svg"?'


# Options.


def declared(text: str, below: str = "") -> dict[str, Option]:
    """The options that a theme.yaml declares, above another one."""
    return options.declared({"theme.yaml": text.encode()} | ({"base/theme.yaml": below.encode()} if below else {}))


def test_stitch_has_the_options_that_its_reference_names() -> None:
    table = re.findall(
        r"^\| `(\w+)` \| ([\w-]+) \|", (DOCS / "reference" / "themes.md").read_text("utf-8"), re.MULTILINE
    )
    assert {name: one.type for name, one in THEME.options.items()} == dict(table)


def test_every_option_has_a_value_when_nothing_is_chosen() -> None:
    assert options.values(THEME.options, {}) == {
        "accent": "spruce",
        "logo": "",
        "headline": "",
        "home_badges": (),
        "footer": "",
        "theme_switch": True,
    }


def test_what_a_program_chooses_takes_the_place_of_the_default() -> None:
    chosen = {"accent": ("rose",), "home_badges": ("camp", "cook"), "theme_switch": ("false",)}
    found = options.values(THEME.options, chosen)
    assert (found["accent"], found["home_badges"], found["theme_switch"]) == ("rose", ("camp", "cook"), False)


def test_a_default_alone_keeps_the_type_beneath() -> None:
    below = "options: {accent: {type: thread, default: spruce}, wide: {type: yes-no}}"
    found = declared("options: {accent: rose, motto: {type: text}}", below)
    assert found == {
        "accent": Option("thread", ("rose",)),
        "wide": Option("yes-no"),
        "motto": Option("text"),
    }
    assert options.values(found, {}) == {"accent": "rose", "wide": False, "motto": ""}


@pytest.mark.parametrize(("text", "said", "hint"), [
    ("options: {accent: {type: thred}}", 'theme.yaml:1:26 in the theme: "thred" is not one of', 'did you mean "thread"?'),
    ("options: {accent: {type: thread, default: pink}}", 'theme.yaml:1:11 in the theme: "pink" is not one of', "write "),
    ("options: {accent: {default: rose}}", 'theme.yaml:1:19 in the theme: an option needs the field "type".', 'add "type'),
    ("option: {}", 'theme.yaml:1:1 in the theme: a theme has no field "option".', 'did you mean "options"?'),
    ("options: {a: &x 1}", "theme.yaml:1:14 in the theme: ", ""),
])  # fmt: skip
def test_a_theme_yaml_that_says_what_cannot_be_is_refused(text: str, said: str, hint: str) -> None:
    with pytest.raises(BlazonError) as refused:
        declared(text)
    assert refused.value.message.startswith(said)
    assert refused.value.hint.startswith(hint)
    assert refused.value.exit_code == 1


def test_a_theme_without_theme_yaml_is_refused() -> None:
    with pytest.raises(BlazonError, match=re.escape("the theme has no theme.yaml.")):
        options.declared({})


def site_with(**chosen: tuple[str, ...]) -> dict[str, str]:
    """Every page of the pages' program with options."""
    return every_page(replace(PROGRAM, settings=replace(PROGRAM.settings, theme_options=chosen)))


def test_a_logo_takes_the_place_of_the_patch() -> None:
    pages = site_with(logo=("mark.svg",))
    assert all(
        f'<img src="{up(path)}{THEME.asset("mark.svg")}" alt="" height="40"' in page for path, page in framed(pages)
    )
    assert not any('<svg class="mark"' in page for _, page in framed(pages))
    assert all('<svg class="mark"' in page for _, page in framed(site_with()))


def test_a_line_is_added_to_the_foot_of_every_page() -> None:
    pages = site_with(footer=("Part of <the> towns.",))
    assert all('<p dir="auto">Part of &lt;the&gt; towns.</p>' in page for _, page in framed(pages))


def test_the_home_page_shows_the_chosen_badges_first_on_its_plate() -> None:
    home = site_with(home_badges=("camp",))["index.html"]
    grid = home.partition('id="badges"')[2].partition("</section>")[0]
    assert re.findall(r'href="badges/([\w-]+)/', grid) == ["camp"]
    assert 'src="badges/camp/badge.svg"' in home.partition("<h1>")[0]


def test_readers_choose_between_light_and_dark_unless_the_program_does_not_want_it() -> None:
    for path, page in framed(site_with()):
        assert f'<script defer src="{up(path)}{THEME.asset("look.js")}"></script>' in page
        assert re.search(r'<p class="look" id="look" hidden><label>Colours <select>', page)
    for _, page in framed(site_with(theme_switch=("false",))):
        assert "look." not in page
        assert 'id="look"' not in page


def test_the_sheet_follows_the_choice() -> None:
    for look in ("light", "dark"):
        assert f"[data-theme={look}]{{color-scheme:{look}}}" in SHEET
    assert SHEET.index(":root{\ncolor-scheme") < SHEET.index("[data-theme=") < SHEET.index("@media print")


def framed(pages: dict[str, str]) -> list[tuple[str, str]]:
    """The pages that stand in the site's frame, with their paths."""
    found = [(path, page) for path, page in pages.items() if path.endswith(".html") and '<header class="site">' in page]
    assert found
    return found


def up(path: str) -> str:
    """The way from a page to the root of the site."""
    return "/academy/" if path == "404.html" else "../" * path.count("/")
