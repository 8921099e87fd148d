"""The interface in every language that Stitch has: complete, with the plural forms and dates of the language."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import asdict
from datetime import date
from functools import cache

import pytest

from blazon import plurals
from blazon.model import Duration
from blazon.render import Theme
from pagebook import FILES, PROGRAM, every_page, seen

CATEGORIES = ("zero", "one", "two", "few", "many", "other")
LANGUAGES = sorted(path[8:-5] for path in FILES if path.startswith("strings/"))
OTHERS = [language for language in LANGUAGES if language != "en"]
THEMES = {language: Theme(FILES, language) for language in LANGUAGES}
TEXTS = {language: dict(theme.words._texts) for language, theme in THEMES.items()}

# Unicode CLDR 48, "Language Plural Rules", cardinal: category and some whole numbers of it.
RULES: dict[str, dict[str, tuple[int, ...]]] = {
    "en": {"one": (1,), "other": (0, 2, 3, 10, 11, 21, 100, 101, 1_000_000)},
    "es": {"one": (1,), "many": (1_000_000, 2_000_000), "other": (0, 2, 3, 10, 11, 21, 100, 101, 1_000_001)},
    "ar": {
        "zero": (0,),
        "one": (1,),
        "two": (2,),
        "few": (3, 4, 10, 103, 110, 1003),
        "many": (11, 12, 26, 99, 111, 199, 1011),
        "other": (100, 101, 102, 200, 202, 1000, 1_000_000),
    },
    "fr": {"one": (0, 1), "many": (1_000_000,), "other": (2, 3, 11, 100)},
    "nl": {"one": (1,), "other": (0, 2, 11, 21)},
    "zh": {"other": (0, 1, 2, 100)},
    "fa": {"one": (0, 1), "other": (2, 11)},
    "he": {"one": (1,), "two": (2,), "other": (0, 3, 20, 22)},
    "ru": {"one": (1, 21, 101), "few": (2, 4, 22, 104), "many": (0, 5, 11, 12, 14, 19, 100, 111, 1_000_000)},
    "pl": {"one": (1,), "few": (2, 4, 22, 104), "many": (0, 5, 11, 12, 14, 21, 101, 112)},
    "cs": {"one": (1,), "few": (2, 3, 4), "other": (0, 5, 11, 22)},
}


def is_form(name: str) -> bool:
    """Whether something is the name of a plural form: a category, or a number."""
    return name in CATEGORIES or name.isdigit()


def texts(language: str) -> dict[str, dict[str, str]]:
    """The texts of a language by name, each with its plural forms, or with the one form "" when it has none."""
    below: dict[str, set[str]] = {}
    for key in TEXTS[language]:
        below.setdefault(key.rpartition(".")[0], set()).add(key.rpartition(".")[2])
    counted = {name for name, ends in below.items() if "other" in ends and all(map(is_form, ends))}
    found: dict[str, dict[str, str]] = {}
    for key, text in TEXTS[language].items():
        stem, _, form = key.rpartition(".")
        found.setdefault(stem if stem in counted else key, {})[form if stem in counted else ""] = text
    return found


def gaps(forms: dict[str, str]) -> set[str]:
    """The names that stand in braces in a text's forms."""
    return {gap for text in forms.values() for gap in re.findall(r"\{(\w+)\}", text)}


@pytest.mark.parametrize("language", OTHERS)
def test_a_language_has_every_text_and_no_other(language: str) -> None:
    ours, theirs = texts("en"), texts(language)
    assert ours.keys() - theirs.keys() == set(), "these are not translated"
    assert theirs.keys() - ours.keys() == set(), "these are not used"


@pytest.mark.parametrize("language", OTHERS)
def test_a_language_has_every_gap_and_no_other(language: str) -> None:
    ours, theirs = texts("en"), texts(language)
    assert {name: gaps(theirs[name]) for name in ours} == {name: gaps(forms) for name, forms in ours.items()}
    for name, forms in theirs.items():
        for form, text in forms.items():
            named = set(re.findall(r"\{(\w+)\}", text)) | (
                {"count"} if form not in ("", "few", "many", "other") else set()
            )
            assert named >= gaps(ours[name]) - ({"done"} if form == "zero" else set()), f"{name}.{form}"


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_counted_text_has_a_form_for_each_category(language: str) -> None:
    alone = {"zero": "0", "one": "1", "two": "2"}
    for name, forms in texts(language).items():
        if "" not in forms:
            missing = {one for one in plurals.categories(language) if one not in forms and alone.get(one) not in forms}
            assert missing <= {"other"}, name
            assert "other" in forms, name
            assert forms.keys() & set(CATEGORIES) <= plurals.categories(language) | {"other"}, name


@pytest.mark.parametrize("language", OTHERS)
def test_no_text_was_left_in_english(language: str) -> None:
    ours, theirs = texts("en"), texts(language)
    same = {name for name, forms in theirs.items() for text in forms.values() if text in ours[name].values()}
    words = {name for name in same if re.search(r"[A-Za-z]{3}", re.sub(r"\{\w+\}", "", "".join(ours[name].values())))}
    assert words <= {"share.linkedin", "verify.verifierplus", "verify.oneedtech"}


@pytest.mark.parametrize("language", RULES)
def test_plural_rules_are_those_of_cldr(language: str) -> None:
    for category, numbers in RULES[language].items():
        assert {plurals.category(language, number) for number in numbers} == {category}
    assert plurals.categories(language) == set(RULES[language])
    assert plurals.category(f"{language}-Latn-001", 1) == plurals.category(language, 1)


@pytest.mark.parametrize(("language", "words"), [
    ("en", "14 May 2026"), ("es", "14 de mayo de 2026"), ("ar", "14 مايو 2026"),
])  # fmt: skip
def test_dates_are_words_of_the_language(language: str, words: str) -> None:
    assert THEMES[language].words.day(date(2026, 5, 14)) == words
    assert len({THEMES[language].words.day(date(2026, month, 1)) for month in range(1, 13)}) == 12


@pytest.mark.parametrize(("language", "span", "words"), [
    ("es", Duration(hours=12), "12 horas"),
    ("es", Duration(years=1, months=6, days=1), "1 año, 6 meses y 1 día"),
    ("es", Duration(hours=1, minutes=30), "1 hora y 30 minutos"),
    ("ar", Duration(years=2), "سنتين"),
    ("ar", Duration(years=3), "3 سنوات"),
    ("ar", Duration(days=11), "11 يومًا"),
    ("ar", Duration(days=100), "100 يوم"),
    ("ar", Duration(hours=1, minutes=30), "ساعة واحدة و30 دقيقة"),
    ("ar", Duration(years=1, months=6, days=1), "سنة واحدة، 6 أشهر ويوم واحد"),
])  # fmt: skip
def test_durations_are_words_of_the_language(language: str, span: Duration, words: str) -> None:
    assert THEMES[language].words.duration(span) == words


@pytest.mark.parametrize(("language", "count", "words"), [
    ("en", 0, "0 badges"), ("en", 1, "1 badge"), ("en", 100, "100 badges"),
    ("es", 0, "0 insignias"), ("es", 1, "1 insignia"), ("es", 2, "2 insignias"), ("es", 11, "11 insignias"),
    ("es", 100, "100 insignias"),
    ("ar", 0, "لا شارات"), ("ar", 1, "شارة واحدة"), ("ar", 2, "شارتان"), ("ar", 3, "3 شارات"), ("ar", 11, "11 شارة"),
    ("ar", 100, "100 شارة"),
])  # fmt: skip
def test_a_count_is_said_as_the_language_says_it(language: str, count: int, words: str) -> None:
    assert THEMES[language].words("badges.count", count=count) == words


# Names, files and commands, which are the same in every language.
SAME = re.compile(
    r"LinkedIn|VerifierPlus|Digital Credentials Consortium|1EdTech|vc\.1ed\.tech|blazon (?:verify|review) .*|[a-z]+\.json|did:web:.*|z6Mk\S+|(?:ab)+…"
)
SHOWN = ("alt", "title", "aria-label", "placeholder", "data-then")
HEAD = ("description", "og:title", "og:description", "og:site_name", "og:image:alt")


def words_of(value: object) -> Iterator[str]:
    """Every text in a program, without the signs of Markdown."""
    match value:
        case str():
            yield " ".join(re.sub(r"[*`_]", "", value).split())
        case dict():
            yield from (text for pair in value.items() for part in pair for text in words_of(part))
        case list() | tuple() | set() | frozenset():
            yield from (text for part in value for text in words_of(part))


CONTENT = " ".join(words_of(asdict(PROGRAM)))


@cache
def shown(language: str) -> dict[str, frozenset[str]]:
    """What the pages of a program in every state say to people, by path; addresses are left out."""
    found = {}
    for path, text in every_page(PROGRAM, THEMES[language], demo=True).items():
        page = seen(text)
        said = [data for tag, data in page.texts if tag != "script"]
        said += [values.get(name) or "" for _, values in page.tags for name in SHOWN]
        said += [one["content"] or "" for one in page.all("meta") if (one.get("name") or one.get("property")) in HEAD]
        found[path] = frozenset(" ".join(one.split()) for one in said if not re.search(r"://|@", one))
    return found


def is_content(text: str) -> bool:
    """Whether a text is made of the program's own words."""
    parts = re.split(r" – | · |^[,،] ", re.sub(r"[*`_]", "", text))
    roles = (
        {reviewer.role.replace("-", " ") for reviewer in PROGRAM.policy.reviewers.values()} if PROGRAM.policy else set()
    )
    return all(part in CONTENT or part in roles for part in parts)


@pytest.mark.parametrize("language", OTHERS)
def test_pages_in_every_state_have_no_english_left_but_the_program_s_own(language: str) -> None:
    left = {
        (path, text)
        for path, texts_of_page in shown(language).items()
        for text in texts_of_page & shown("en")[path]
        if re.search(r"[A-Za-z]{3}", text) and not SAME.fullmatch(text) and not is_content(text)
    }
    assert len(shown(language)) > 40
    assert left == set()


def test_english_that_is_left_is_noticed() -> None:
    assert not is_content("How it was assessed")
    assert "How it was assessed" in {text for page in shown("en").values() for text in page}


def test_lists_have_the_comma_of_the_language() -> None:
    said = {language: {text for page in shown(language).values() for text in page} for language in LANGUAGES}
    assert ", coach" in said["en"]
    assert "، coach" in said["ar"]
    assert ", coach" not in said["ar"]
