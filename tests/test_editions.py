"""The pages of badges in other languages: which there are, how they lead to each other, and in which language each text is said to be."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from functools import cache
from html.parser import HTMLParser
from pathlib import Path

import pytest

from blazon import files, load, tongues
from blazon.diagnostics import Report
from blazon.model import Achievement, Program, Translation, Wording
from blazon.render import Theme
from blazon.tellings import telling
from pagebook import BADGES, BASE, FILES, PROGRAM, THEME, badge, every_file, every_page, seen

ROOT = Path(__file__).parents[1]
ENGLISH, SPANISH, ARABIC = "family-voices/", "family-voices/es/", "family-voices/ar/"
PARTLY = "shared-kitchen/ar/"
VOID = {"meta", "link", "img", "br", "hr", "input", "path", "circle", "wbr"}


@cache
def demo() -> Program:
    """The program in content/."""
    report = Report()
    program = load.load(files.read_tree(ROOT, report), report)
    assert program is not None
    return program


@cache
def pages() -> dict[str, str]:
    """The pages of the demo's badges by their folder below `badges/`."""
    return {path[7:-10]: page for path, page in every_page(demo()).items() if path.startswith("badges/")}


def translated() -> list[tuple[str, str]]:
    """The badges of the demo that are translated, each with a language."""
    return [(slug, language) for slug, one in demo().achievements.items() for language in one.translations]


@dataclass
class Spoken(HTMLParser):
    """What a page says, each text with the language and the direction that the tags around it give it."""

    around: list[tuple[str, str, str]] = field(default_factory=lambda: [("", "", "")])
    said: list[tuple[str, str, str]] = field(default_factory=list)

    def __post_init__(self) -> None:
        """An empty page."""
        super().__init__()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note a tag; the words of a picture are said in its language."""
        found = dict(attrs)
        here = (
            tag,
            found.get("lang") or self.around[-1][1],
            found.get("dir") or ("auto" if tag == "bdi" else self.around[-1][2]),
        )
        if found.get("alt"):
            self.said.append((str(found["alt"]), *here[1:]))
        if tag not in VOID:
            self.around.append(here)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Leave out the lines of drawings, which close themselves."""

    def handle_endtag(self, tag: str) -> None:
        """Note that a tag ends."""
        assert self.around.pop()[0] == tag

    def handle_data(self, data: str) -> None:
        """Note text that people read."""
        tag, language, direction = self.around[-1]
        if data.strip() and tag not in {"script", "title"}:
            self.said.append((" ".join(data.split()), language, direction))


def spoken(page: str) -> list[tuple[str, str, str]]:
    """Every text of a page with its language and direction, in order."""
    reader = Spoken()
    reader.feed(page)
    reader.close()
    return reader.said


def texts(one: Achievement, names: frozenset[str]) -> Iterator[str]:
    """The texts of these names that pages show as they are; Markdown is left out, and so are links."""
    for name in sorted(names):
        found: object = one.assessment if name.startswith(("rubric", "method", "none")) else one
        for part in name.split("."):
            found = found[int(part)] if part.isdigit() else getattr(found, "pass_" if part == "pass" else part)  # type: ignore[index]
        if isinstance(found, str) and "\n" not in found:
            yield found


def test_the_demo_tells_three_badges_in_spanish_and_two_in_arabic() -> None:
    languages = [language for _, language in translated()]
    assert languages.count("es") >= 3
    assert languages.count("ar") >= 2


def test_each_translation_has_a_page_and_nothing_else_has() -> None:
    found = {tuple(path.strip("/").split("/")) for path in pages()}
    slugs = set(demo().achievements)
    assert {one for one in found if len(one) == 2 and one[0] in slugs} == set(translated())
    assert not any(len(one) > 2 for one in found)


@pytest.mark.parametrize(("slug", "language"), translated())
def test_a_page_says_what_it_is_and_which_others_there_are(slug: str, language: str) -> None:
    page = seen(pages()[f"{slug}/{language}/"])
    assert (page.all("html")[0]["lang"], page.all("html")[0]["dir"]) == (language, tongues.direction(language))
    others = {"en": f"{BASE}badges/{slug}/", "x-default": f"{BASE}badges/{slug}/"}
    others |= {other: f"{BASE}badges/{slug}/{other}/" for other in demo().achievements[slug].translations}
    (canonical,) = (one["href"] for one in page.all("link") if one.get("rel") == "canonical")
    assert canonical == others[language]
    for other in ("", *demo().achievements[slug].translations):
        links = [
            one for one in seen(pages()[f"{slug}/{other}/" if other else f"{slug}/"]).all("link") if "hreflang" in one
        ]
        assert {one["hreflang"]: one["href"] for one in links} == others
        assert len(links) == len(others)
        assert all(one["rel"] == "alternate" for one in links)
    told = {one["property"]: one["content"] for one in page.all("meta") if "property" in one}
    assert told["og:url"] == canonical
    assert (told["og:title"] or "").startswith(f"{demo().achievements[slug].translations[language].name} – ")
    assert told["og:locale"] == {"es": "es_ES", "ar": "ar_EG"}[language]
    assert '<meta property="og:locale:alternate" content="en_US">' in pages()[f"{slug}/{language}/"]


def test_every_edition_is_in_the_map_of_the_site() -> None:
    located = every_file(demo())["sitemap.xml"].decode()
    for slug, language in translated():
        assert f"<loc>{BASE}badges/{slug}/{language}/</loc>" in located


def test_the_switcher_names_each_language_in_its_own_words() -> None:
    page = pages()[ARABIC]
    (switcher,) = re.findall(r'<nav class="tongues".*?</nav>', page, re.DOTALL)
    assert 'aria-label="بلغات أخرى"' in switcher
    for language, folder, name in (("en", "", "English"), ("es", "es/", "Español")):
        link = f'<a href="../{folder}index.html" hreflang="{language}">{name}</a>'
        assert f'<bdi lang="{language}">{link}</bdi>' in switcher
    assert '<bdi lang="ar"><strong aria-current="true">العربية</strong></bdi>' in switcher
    assert '<a href="ar/index.html" hreflang="ar">' in pages()[ENGLISH]


def test_a_badge_without_translations_has_one_page_and_says_nothing_of_languages() -> None:
    page = pages()["trail-first-aid/"]
    assert not re.search(r"hreflang|og:locale|tongues|editions", page)


@pytest.mark.parametrize(("slug", "language"), translated())
def test_every_text_of_a_badge_is_in_the_language_it_is_said_to_be_in(slug: str, language: str) -> None:
    told = telling(demo().achievements[slug], language)
    by_text: dict[str, set[tuple[str, str]]] = {}
    for text, spoken_in, direction in spoken(pages()[f"{slug}/{language}/"]):
        by_text.setdefault(text, set()).add((spoken_in, direction))
    translated, kept = list(texts(told.badge, told.told)), list(texts(told.badge, told.kept))
    assert len(translated) > 5
    own = {"auto", tongues.direction(language)}
    for text in translated:
        assert {found[0] for found in by_text[text]} == {language}, text
        assert {found[1] for found in by_text[text]} <= own, text
    for text in kept:
        assert by_text[text] == {("en", "ltr")}, text


def test_a_translation_that_lacks_parts_says_so_and_marks_them() -> None:
    notice = "لم تُترجم بعض أجزاء هذه الصفحة بعد"
    assert telling(demo().achievements["shared-kitchen"], "ar").kept
    assert not telling(demo().achievements["family-voices"], "ar").kept
    assert [path for path, page in pages().items() if notice in page] == [PARTLY]
    page = pages()[PARTLY]
    assert re.search(r'<div class="prose" lang="en" dir="ltr">\s*<ul>\s*<li>Clean hands', page)
    assert '<li lang="en" dir="ltr"><strong>Handle food safely</strong>' in page
    assert '<span class="hint" lang="ar" dir="rtl">من الممارسة</span>' in page
    assert re.search(r'<li lang="en" dir="ltr"><a href="[^"]+" rel="[^"]+">Dates for the workshop</a></li>', page)
    assert re.search(r'<div class="prose" dir="auto">\s*<ul>\s*<li>احضر', page)


def test_what_is_never_translated_is_marked_too() -> None:
    said = {text: (language, direction) for text, language, direction in spoken(pages()[ARABIC])}
    assert said["Riverbend Afterschool Network"] == ("en", "auto")
    assert said["Partner with families"] == ("en", "ltr")
    assert said["The people, places and organisations on this site are invented."] == ("en", "auto")
    assert said["English"][0] == "en"
    assert 'lang="en"' not in pages()["trail-first-aid/"].replace('<html lang="en"', "")


def test_other_badges_are_called_as_they_are_in_the_language() -> None:
    page = pages()["snack-safety/es/"]
    assert '<a href="../../../badges/shared-kitchen/es/index.html">Cocina compartida</a>' in page
    kitchen = replace(demo().achievements["shared-kitchen"], translations={})
    achievements = {**demo().achievements, "shared-kitchen": kitchen}
    program = replace(demo(), achievements=achievements, awards=())
    page = every_page(program)["badges/snack-safety/es/index.html"]
    assert '<a href="../../../badges/shared-kitchen/index.html" lang="en">Shared Kitchen</a>' in page


def test_skills_and_subject_lead_where_the_badges_own_do() -> None:
    page = pages()[SPANISH]
    assert '<a href="../../../badges/skill/listening/index.html">escucha</a>' in page
    assert '<a href="../../../badges/subject/families/index.html">Familias</a>' in page


def test_machines_are_told_the_language() -> None:
    for path, language, name in ((ENGLISH, "en", "Family Voices"), (SPANISH, "es", "Voces de las familias")):
        (data,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', pages()[path], re.DOTALL)
        document = json.loads(data)
        assert (document["inLanguage"], document["name"]) == (language, name)
        assert document["url"] == f"{BASE}badges/{path}"


SMALL = Translation(name="Extra en español", summary="Sabe más.")


def program(*languages: str, words: Translation = SMALL, language: str = "es") -> Program:
    """A program that offers languages, with one translated badge."""
    one = replace(badge("extra", "Extra"), translations={language: words})
    achievements = {**{one.slug: one for one in BADGES}, "extra": one}
    settings = replace(PROGRAM.settings, languages=languages)
    return replace(PROGRAM, settings=settings, achievements=achievements, versions={(one.slug, 1): one}, awards=())


@pytest.mark.parametrize(
    ("one", "language"),
    [(program("en"), "es"), (program("en", "nl", language="nl"), "nl")],
    ids=["not offered", "without strings"],
)
def test_a_page_whose_language_is_not_spoken_has_the_frame_of_the_site(one: Program, language: str) -> None:
    page = every_page(one)[f"badges/extra/{language}/index.html"]
    assert seen(page).all("html")[0]["lang"] == "en"
    assert "Parts of this page have not been translated yet." in page
    assert f'<bdi lang="{language}">Extra en español</bdi></h1>' in page
    assert f'<p class="lead" lang="{language}" dir="ltr">Sabe más.</p>' in page
    assert f'"inLanguage":"{language}"' in page
    assert "<strong>Lead</strong>" in page


def test_a_whole_translation_in_the_frame_of_the_site_is_partly_told() -> None:
    one = replace(demo(), settings=replace(demo().settings, languages=("en",)))
    page = every_page(one)["badges/family-voices/es/index.html"]
    assert "Parts of this page have not been translated yet." in page
    assert '<li dir="auto" lang="es"><a href="../../../badges/skill/listening/index.html">escucha</a></li>' in page


def test_skills_and_reasons_that_are_not_translated_are_marked() -> None:
    page = every_page(program())["badges/extra/es/index.html"]
    assert re.search(r'<li dir="auto" lang="en"><a href="[^"]+">leading</a></li>', page)
    camp = replace(next(one for one in BADGES if one.slug == "camp"), translations={"es": SMALL})
    achievements = {**PROGRAM.achievements, "camp": camp}
    page = every_page(replace(PROGRAM, achievements=achievements, awards=()))["badges/camp/es/index.html"]
    assert '<bdi lang="en" dir="ltr">It was a camp.</bdi>' in page


def test_a_page_is_in_a_variety_when_its_language_is_offered() -> None:
    page = every_page(program("es", language="es-MX"))["badges/extra/es-MX/index.html"]
    assert seen(page).all("html")[0]["lang"] == "es-MX"
    assert "Español (MX)" in page
    assert '<meta property="og:locale" content="es_MX">' in page
    assert ">Lo que demuestra<" in page


def test_two_pages_of_one_name_are_told_apart() -> None:
    page = every_page(program(words=replace(SMALL, name="")))["badges/extra/es/index.html"]
    assert "<title>Extra (Español) – " in page
    assert '<h1><bdi lang="en">Extra</bdi></h1>' in page


def test_the_program_s_own_language_gets_no_second_page() -> None:
    assert not [path for path in every_page(program(language="en")) if path.startswith("badges/extra/en")]


def test_links_and_lists_of_a_translation_take_the_place_of_the_badge_s_own() -> None:
    words = replace(SMALL, evidence=(Wording(), Wording(name="Algo más")), skills=("dirigir", "planificar"))
    told = telling(replace(badge("extra", "Extra"), translations={"es": words}), "es")
    assert [one.name for one in told.badge.evidence] == ["A plan", "Algo más"]
    assert told.badge.skills == ("dirigir", "planificar")
    assert told.badge.training == badge("extra", "Extra").training
    assert {"evidence.0.name", "evidence.0.description", "training"} <= told.kept
    assert {"evidence.1.name", "skills.0", "skills.1"} <= told.told
    assert "evidence.1.description" not in told.kept | told.told


def test_a_level_is_named_once_for_all_rows() -> None:
    plan = Wording("plan", "Plan", levels=(Wording(name="Aún no"), Wording(name="Cumple"), Wording(name="Más allá")))
    care = Wording("care", "Cuidado", levels=(Wording(description="Poco."), Wording(), Wording()))
    words = replace(SMALL, assessment=replace(SMALL.assessment, rubric=(care, plan)))
    told = telling(replace(badge("extra", "Extra"), translations={"es": words}), "es").badge.assessment.rubric
    assert [row.name for row in told] == ["Plan", "Cuidado"]
    assert [[level.name for level in row.levels] for row in told] == [["Aún no", "Cumple", "Más allá"]] * 2
    assert told[0].pass_ == "Cumple"
    assert told[1].levels[0].description == "Poco."


@pytest.mark.parametrize(("language", "direction"), [
    ("en", "ltr"), ("ar", "rtl"), ("fa-AF", "rtl"), ("az", "ltr"), ("az-Arab", "rtl"), ("ur-Latn", "ltr"), ("he", "rtl"),
])  # fmt: skip
def test_a_language_is_written_in_a_direction(language: str, direction: str) -> None:
    assert tongues.direction(language) == direction


@pytest.mark.parametrize(("language", "name", "locale"), [
    ("es", "Español", "es_ES"), ("pt", "Português", "pt_BR"), ("pt-PT", "Português (Portugal)", "pt_PT"), ("en", "English", "en_US"),
    ("es-MX", "Español (MX)", "es_MX"), ("zh-Hant", "繁體中文", "zh_TW"), ("zh-Hant-HK", "繁體中文 (HK)", "zh_HK"), ("nl", "Nederlands", "nl_NL"),
    ("sr-Latn", "Srpski", "sr_RS"), ("ar", "العربية", "ar_EG"), ("tlh", "tlh", ""),
])  # fmt: skip
def test_a_language_has_a_name_and_a_locale(language: str, name: str, locale: str) -> None:
    assert (tongues.own_name(language), tongues.locale(language)) == (name, locale)


def test_varieties_are_offered_with_their_language() -> None:
    assert tongues.offered((), "nl")
    assert tongues.offered(("es",), "es-MX")
    assert not tongues.offered(("es-MX",), "es")
    assert not tongues.offered(("en",), "es")


def test_a_variety_says_what_its_language_says_but_for_its_own() -> None:
    theme = Theme({**FILES, "strings/es-MX.yaml": b"nav:\n  badges: Distintivos\n"})
    assert theme.speaks("es-AR")
    assert theme.speaking("es-AR").words("nav.badges") == "Insignias"
    assert theme.speaking("es-MX").words("nav.badges") == "Distintivos"
    assert theme.speaking("es-MX").words("nav.verify") == "Comprobar"
    assert theme.words("nav.badges") == THEME.words("nav.badges") == "Badges"
    assert not theme.speaks("nl")
