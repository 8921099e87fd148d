"""What must hold on every page of the demo, in each language, as it is built: laws of one page, laws of a site, and a page that breaks each."""

from __future__ import annotations

import re
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from itertools import pairwise
from pathlib import Path
from typing import TypeAlias

import pytest

from blazon import files, load
from blazon.diagnostics import Report
from blazon.standing import has_files, is_listed
from pagebook import Seen

sys.path.append(str(Path(__file__).parent / "audit"))
import demobook

ROOT = Path(__file__).parents[1]
RIGHT_TO_LEFT = {"ar", "fa", "he", "ur"}
DATA = {"application/json", "application/ld+json"}
LOADED = {
    "img": ("src", "srcset"),
    "script": ("src",),
    "source": ("src", "srcset"),
    "iframe": ("src",),
    "video": ("src", "poster"),
    "audio": ("src",),
    "object": ("data",),
    "embed": ("src",),
    "input": ("src",),
    "image": ("href", "xlink:href"),
    "use": ("href", "xlink:href"),
    "form": ("action",),
    "button": ("formaction",),
    "base": ("href",),
}
# Links that a browser does not follow by itself.
NAMES_ONLY = {"canonical", "alternate"}
OUTSIDE = re.compile(r"\s*(?:[a-z][a-z0-9+.-]*:|//)", re.IGNORECASE)
# A page never says that an award is good: that is for a check to say. How long awards count is no verdict.
VERDICTS = {
    "en": re.compile(r"\b(?:valid(?! for \d)|verified|genuine|authentic|trustworthy)\b", re.IGNORECASE),
    "es": re.compile(
        r"\b(?:válid[oa]s?|verificad[oa]s?|(?<!no se ha )comprobad[oa]s?|genuin[oa]s?|auténtic[oa]s?)\b", re.IGNORECASE
    ),
    "ar": re.compile(r"(?<!\w)(?:ال)?(?:صالح|صحيح|موثّ?ق|أصلي|أصيل)(?:ة|ان|تان|ون|ات)?(?!\w)"),
}

Laws: TypeAlias = dict[str, Callable[[Seen, str], Iterator[str]]]


def read(text: str) -> Seen:
    """A page as a browser sees it."""
    page = Seen()
    page.feed(text)
    page.close()
    return page


def one_heading(page: Seen, language: str) -> Iterator[str]:  # noqa: ARG001
    """A page has one h1, and no heading more than one level below the one before."""
    levels = [int(tag[1]) for tag, _ in page.tags if re.fullmatch(r"h[1-6]", tag)]
    if levels.count(1) != 1 or levels[0] != 1:
        yield f"headings {levels} do not begin with the only h1"
    yield from (f"h{after} after h{before}" for before, after in pairwise(levels) if after > before + 1)


def in_its_language(page: Seen, language: str) -> Iterator[str]:
    """A page names its language and the way it is written."""
    root = page.all("html")[0]
    direction = "rtl" if language in RIGHT_TO_LEFT else "ltr"
    if (root.get("lang"), root.get("dir")) != (language, direction):
        yield f"{root}, not {language} and {direction}"


def has_a_title(page: Seen, language: str) -> Iterator[str]:  # noqa: ARG001
    """A page has one title with words in it."""
    titles = [data for tag, data in page.texts if tag == "title"]
    if len(titles) != 1 or not titles[0].strip():
        yield f"titles {titles}"


def tells_what_pictures_show(page: Seen, language: str) -> Iterator[str]:  # noqa: ARG001
    """A picture has a text, be it empty; a drawing in the page has one or is hidden from readers of the screen."""
    yield from (f"{one.get('src')} has no alt" for one in page.all("img") if one.get("alt") is None)
    for one in page.all("svg"):
        if one.get("aria-hidden") != "true" and not one.get("aria-label"):
            yield "a drawing without a name"


def brings_no_style(page: Seen, language: str) -> Iterator[str]:  # noqa: ARG001
    """A page has its rules in style sheets."""
    yield from ("a style element" for _ in page.all("style"))
    yield from (f"{tag} has a style" for tag, values in page.tags if "style" in values)


def brings_no_script(page: Seen, language: str) -> Iterator[str]:  # noqa: ARG001
    """A page has its scripts in files; a script element without one is data."""
    for tag, values in page.tags:
        yield from (f"{tag} has {name}" for name in values if name.startswith("on"))
        for name in ("href", "src", "action", "formaction"):
            if (values.get(name) or "").strip().lower().startswith("javascript:"):
                yield f"{tag} has {values[name]}"
        if tag == "script" and not values.get("src") and values.get("type") not in DATA:
            yield "an inline script"


def loads_nothing_from_outside(page: Seen, language: str) -> Iterator[str]:  # noqa: ARG001
    """A browser that shows a page asks nobody but the site."""
    for tag, values in page.tags:
        names = LOADED.get(tag, ())
        if tag == "link" and not NAMES_ONLY & set((values.get("rel") or "").split()):
            names = ("href",)
        for name in names:
            parts = (values.get(name) or "").split(",") if name == "srcset" else [values.get(name) or ""]
            yield from (f"{tag} loads {one}" for one in parts if OUTSIDE.match(one) and not one.startswith("data:"))
        if tag == "meta" and (values.get("http-equiv") or "").lower() == "refresh":
            yield "a page that leads away by itself"


def names_things_once(page: Seen, language: str) -> Iterator[str]:  # noqa: ARG001
    """No two parts of a page have the same id."""
    counted = Counter(values["id"] for _, values in page.tags if values.get("id"))
    yield from (f'{count} parts are called "{name}"' for name, count in counted.items() if count > 1)


def gives_no_verdict(page: Seen, language: str) -> Iterator[str]:
    """No page says that anything was checked and found good: not to readers, not to machines, not in what scripts show."""
    shown = [data for tag, data in page.texts if tag != "script"]
    kept = ("alt", "title", "aria-label", "content")
    named = [values[name] or "" for _, values in page.tags for name in values if name in kept or name[:5] == "data-"]
    for said in (*shown, *named):
        yield from (f'"{found[0]}" in "{said.strip()[:60]}"' for found in VERDICTS[language].finditer(said))
        if language != "en":
            yield from (f'"{found[0]}" in "{said.strip()[:60]}"' for found in VERDICTS["en"].finditer(said))


LAWS: Laws = {
    law.__name__: law
    for law in (
        one_heading,
        in_its_language,
        has_a_title,
        tells_what_pictures_show,
        brings_no_style,
        brings_no_script,
        loads_nothing_from_outside,
        names_things_once,
        gives_no_verdict,
    )
}

GOOD = """<!doctype html><html lang="en" dir="ltr"><head><title>A page</title><link rel="canonical" href="https://a.example/">
<link rel="stylesheet" href="a.css"><script defer src="a.js"></script></head><body><h1>A</h1><h2 id="b">B</h2>
<p>Valid for 2 years. It has not been checked.</p><img src="a.png" alt=""><a href="https://b.example/">b</a><h3>C</h3><h2>D</h2>
<script type="application/json">{"valid": 1}</script></body></html>"""

# What a law has to notice: its name, and what becomes of the good page.
BROKEN = (
    ("one_heading", "<h3>C</h3>", "<h1>C</h1>"),
    ("one_heading", "<h1>A</h1>", ""),
    ("one_heading", "<h3>C</h3>", "<h4>C</h4>"),
    ("in_its_language", ' lang="en"', ""),
    ("in_its_language", ' lang="en"', ' lang="es"'),
    ("in_its_language", 'dir="ltr"', 'dir="rtl"'),
    ("has_a_title", "<title>A page</title>", ""),
    ("has_a_title", "A page", " "),
    ("tells_what_pictures_show", ' alt=""', ""),
    ("tells_what_pictures_show", "<h3>", "<svg></svg><h3>"),
    ("brings_no_style", "<h3>", '<h3 style="color:red">'),
    ("brings_no_style", "</head>", "<style>p{color:red}</style></head>"),
    ("brings_no_script", "<h3>", '<h3 onclick="go()">'),
    ("brings_no_script", "</body>", "<script>go()</script></body>"),
    ("brings_no_script", "https://b.example/", "JavaScript:go()"),
    ("loads_nothing_from_outside", "a.png", "https://b.example/a.png"),
    ("loads_nothing_from_outside", "a.css", "//b.example/a.css"),
    ("loads_nothing_from_outside", "a.js", "http://b.example/a.js"),
    ("loads_nothing_from_outside", 'src="a.png"', 'src="a.png" srcset="a.png 1x,https://b.example/a.png 2x"'),
    ("loads_nothing_from_outside", "</head>", '<meta http-equiv="refresh" content="0"></head>'),
    ("names_things_once", "<h3>", '<h3 id="b">'),
    ("gives_no_verdict", "not been checked", "been verified"),
    ("gives_no_verdict", 'alt=""', 'alt="A genuine badge"'),
    ("gives_no_verdict", "<h3>", '<h3 data-then="Valid">'),
)


@pytest.mark.parametrize(("law", "part", "instead"), BROKEN)
def test_a_page_that_breaks_a_law_is_noticed(law: str, part: str, instead: str) -> None:
    assert GOOD.count(part) >= 1
    assert list(LAWS[law](read(GOOD.replace(part, instead, 1)), "en"))


@pytest.mark.parametrize("law", LAWS)
def test_a_good_page_breaks_no_law(law: str) -> None:
    assert not list(LAWS[law](read(GOOD), "en"))


@pytest.mark.parametrize(
    ("language", "word"), [("es", "Esta insignia es válida."), ("ar", "هذه الشارة صالحة."), ("ar", "موثّق")]
)
def test_verdicts_of_other_languages_are_noticed(language: str, word: str) -> None:
    assert list(gives_no_verdict(read(f"<p>{word}</p>"), language))
    assert list(gives_no_verdict(read("<p>It is valid.</p>"), language))
    assert not list(gives_no_verdict(read("<p>Válida desde. متاح لصالح.</p>"), "en"))


def shared_titles(pages: Mapping[str, Seen]) -> Iterator[str]:
    """Titles that two pages below one folder have which searches may find; awards apart, since somebody may hold two of a badge."""
    found = [(path, page) for path, page in pages.items() if not is_hidden(page) and not path.startswith("awards/")]
    counted = Counter(
        (path.partition("/")[0], data) for path, page in found for tag, data in page.texts if tag == "title"
    )
    yield from (
        f'{count} pages of {folder} are called "{title}"' for (folder, title), count in counted.items() if count > 1
    )


def is_hidden(page: Seen) -> bool:
    """Whether a page asks searches to leave it out."""
    return any(one.get("name") == "robots" and "noindex" in (one.get("content") or "") for one in page.all("meta"))


def wrongly_found(pages: Mapping[str, Seen], unlisted: frozenset[str], told: frozenset[str]) -> Iterator[str]:
    """Pages that searches may find though nobody listed them, or that the map of the site names though they hide.

    `unlisted` are the folders of awards and earners that are not listed, `told` the paths in the map of the site.
    """
    for path, page in pages.items():
        below = any(path.startswith(folder) for folder in unlisted)
        if below and not is_hidden(page):
            yield f"{path} is not listed, and searches may find it"
        if path in told and (below or is_hidden(page)):
            yield f"{path} is hidden, and in the map of the site"


def test_laws_of_a_site_notice_what_breaks_them() -> None:
    seen, hidden = read(GOOD), read(GOOD.replace("</head>", '<meta name="robots" content="noindex"></head>'))
    assert list(shared_titles({"a/b.html": seen, "a/c.html": seen}))
    assert not list(shared_titles({"a/b.html": seen, "a/c.html": hidden, "b/c.html": seen}))
    assert list(wrongly_found({"awards/a/index.html": seen}, frozenset({"awards/a/"}), frozenset()))
    assert list(wrongly_found({"awards/a/index.html": hidden}, frozenset(), frozenset({"awards/a/index.html"})))
    assert not list(wrongly_found({"awards/a/index.html": hidden}, frozenset({"awards/a/"}), frozenset()))


@pytest.fixture(scope="module", params=demobook.LANGUAGES)
def built(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> tuple[str, Path, Path]:
    """The demo in a language: the language, the program and its site, built by the command."""
    language, work = request.param, tmp_path_factory.mktemp("hold")
    root, target = demobook.translated(work / "program", language), work / "dist"
    command = [
        sys.executable,
        "-m",
        "blazon",
        "-q",
        "-C",
        str(root),
        "build",
        "-o",
        str(target),
        "--today",
        "2026-11-23",
    ]
    subprocess.run(command, check=True, capture_output=True)
    return language, root, target


def language_of(path: str, language: str) -> str:
    """The language of a page: the site's, but for a page of a badge in another one, which is named in its path."""
    found = re.fullmatch(r"badges/(?!kind/|skill/|subject/)[^/]+/([a-z]{2,3}(?:-[A-Za-z0-9]+)*)/index\.html", path)
    return found[1] if found else language


def test_every_page_of_the_demo_keeps_the_laws(built: tuple[str, Path, Path]) -> None:
    language, root, target = built
    pages = {one.relative_to(target).as_posix(): read(one.read_text("utf-8")) for one in sorted(target.rglob("*.html"))}
    assert len(pages) > 100
    broken = [
        f"{path}: {name}: {said}"
        for path, page in pages.items()
        for name, law in LAWS.items()
        if name != "gives_no_verdict" or not path.startswith("docs/")  # documentation explains what verdicts there are
        for said in law(page, language_of(path, language))
    ]
    base = "https://riverbend.example/badges/"
    located = re.findall(r"<loc>([^<]+)</loc>", (target / "sitemap.xml").read_text("utf-8"))
    told = frozenset(f"{one.removeprefix(base)}index.html" for one in located)
    unlisted = unlisted_in(root)
    assert any(path.startswith(folder) for path in pages for folder in unlisted)
    assert told <= pages.keys()
    broken += [*shared_titles(pages), *wrongly_found(pages, unlisted, told)]
    assert not broken, "\n".join(broken)


def unlisted_in(root: Path) -> frozenset[str]:
    """The folders of a program's site whose awards and earners nobody listed."""
    report = Report()
    program = load.load(files.read_tree(root, report), report)
    assert program is not None
    awards = {f"awards/{one.id}/" for one in program.awards if has_files(program, one) and not is_listed(program, one)}
    earners = {f"earners/{slug}/" for slug, one in program.earners.items() if not one.listed}
    return frozenset(awards | earners)


def test_style_sheets_load_nothing_from_outside(built: tuple[str, Path, Path]) -> None:
    for sheet in built[2].rglob("*.css"):
        assert not re.search(r"(?:url\(|@import)\s*[\"']?\s*(?:[a-z]+:)?//", sheet.read_text("utf-8"), re.IGNORECASE)
