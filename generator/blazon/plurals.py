"""Which plural form a language uses for a whole number: the cardinal rules of Unicode's CLDR, as far as they concern whole numbers."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TypeAlias

Rule: TypeAlias = Callable[[int], str]
"""From a number, 0 or more, to one of CLDR's words: zero, one, two, few, many, other."""

_MILLION = 1_000_000


def category(language: str, number: int) -> str:
    """The plural category of a number, 0 or more, in the language of a tag; languages without a rule here count as English does."""
    return _rule(language)(number)


def categories(language: str) -> frozenset[str]:
    """Every category that whole numbers have in a language."""
    rule = _rule(language)
    return frozenset(rule(number) for number in (*range(200), _MILLION))


def _rule(language: str) -> Rule:
    """The rule of a language, whatever its country and script."""
    return _RULES.get(language.partition("-")[0], _one)


def _one(number: int) -> str:
    """English, German, Dutch and most others: 1 stands alone."""
    return "one" if number == 1 else "other"


def _same(number: int) -> str:  # noqa: ARG001 (as every rule)
    """Chinese, Japanese, Indonesian: no number changes the words."""
    return "other"


def _none_or_one(number: int) -> str:
    """Persian, Hindi, Bengali: 0 and 1 together."""
    return "one" if number in (0, 1) else "other"


def _one_and_millions(number: int) -> str:
    """Spanish, Italian, Catalan: 1 stands alone, and whole millions need a preposition."""
    return _millions(number) or _one(number)


def _few_and_millions(number: int) -> str:
    """French and Portuguese: 0 and 1 together, and whole millions."""
    return _millions(number) or _none_or_one(number)


def _millions(number: int) -> str:
    """The category of whole millions, or "" for any other number."""
    return "many" if number and number % _MILLION == 0 else ""


def _russian(number: int) -> str:
    """Russian, Ukrainian, Belarusian: the last digit decides, but for 11 to 14."""
    return "one" if number % 10 == 1 and number % 100 != 11 else _few_or_many(number)  # noqa: PLR2004


def _polish(number: int) -> str:
    """Polish: as Russian, but only 1 itself stands alone."""
    return "one" if number == 1 else _few_or_many(number)


def _few_or_many(number: int) -> str:
    """2 to 4 in the last place, but for 12 to 14, and the rest."""
    return "few" if number % 10 in (2, 3, 4) and number % 100 not in (12, 13, 14) else "many"


def _czech(number: int) -> str:
    """Czech and Slovak: 1, then 2 to 4."""
    return {1: "one", 2: "few", 3: "few", 4: "few"}.get(number, "other")


def _hebrew(number: int) -> str:
    """Hebrew: 1 and 2 stand alone."""
    return {1: "one", 2: "two"}.get(number, "other")


def _arabic(number: int) -> str:
    """Arabic: 0, 1 and 2 stand alone; then the last two digits decide: 03 to 10, 11 to 99, and 00 to 02."""
    if number in (0, 1, 2):
        return ("zero", "one", "two")[number]
    return "few" if 3 <= number % 100 <= 10 else "many" if number % 100 > 10 else "other"  # noqa: PLR2004


_RULES: Mapping[str, Rule] = {
    "ar": _arabic,
    **dict.fromkeys(("bn", "fa", "hi"), _none_or_one),
    **dict.fromkeys(("be", "ru", "uk"), _russian),
    **dict.fromkeys(("ca", "es", "it"), _one_and_millions),
    **dict.fromkeys(("cs", "sk"), _czech),
    **dict.fromkeys(("fr", "pt"), _few_and_millions),
    "he": _hebrew,
    **dict.fromkeys(("id", "ja", "ko", "ms", "th", "zh"), _same),
    "pl": _polish,
}
