"""Languages: translations fit the badges that they translate, and the theme has words for the pages around them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from blazon import tongues
from blazon.diagnostics import Place, Report, listed
from blazon.model import Achievement, Program, Translation, Wording
from blazon.prose import short
from blazon.values import nearest

PLAIN = ("curriculum", "subject", "audience", "format", "cost", "funding", "prior_learning", "quality")
LISTS = ("evidence", "skills", "accepted_by", "recognised_by")


def translations_fit(program: Program, report: Report) -> None:
    """What a translation translates is there: parts with ids by their ids, lists entry by entry."""
    for achievement in program.versions.values():
        if "translations" not in achievement.unread:
            for language, words in achievement.translations.items():
                _hold_to_badge(achievement, words, report)
                if language == program.settings.language:
                    report.warn(
                        "own-language",
                        _place(achievement, language),
                        f'"{language}" is the language of the program itself, so this translation gets no page.',
                        hint='write the words into the fields of the badge, or say in content/site.yaml which "language" they are in',
                    )


def languages_have_strings(program: Program, paths: Iterable[str], report: Report) -> None:
    """The languages of a site are among those that its theme speaks, given the paths of the theme's files."""
    paths, settings = frozenset(paths), program.settings
    known = tongues.spoken(paths)
    named = [("language", settings.language)]
    named += [(f"languages.{index}", language) for index, language in enumerate(settings.languages)]
    for field, language in named:
        if not tongues.strings_of(paths, language):
            place = settings.places.get(field, settings.place)
            near = nearest(language, known, report)
            own = f"themes/{settings.theme}/strings/{language}.yaml"
            hint = f"{near}{' ' * bool(near)}its languages are {listed(known, 'and')}; for another one, add {own}"
            report.error("no-strings", place, f'the theme has no text in the language "{language}".', hint)
    for achievement in program.achievements.values():
        for language in achievement.translations:
            if language != settings.language and (hint := _unspoken(program, paths, language)):
                message = f'the page around this translation will be in "{settings.language}".'
                report.warn("no-strings", _place(achievement, language), message, hint)
    _warn_of_unused(program, paths, report)


def _unspoken(program: Program, paths: frozenset[str], language: str) -> str:
    """What to do so that the pages in a language speak it, or "" when they do."""
    settings = program.settings
    if not tongues.strings_of(paths, language):
        return f"the theme has no text in it; add themes/{settings.theme}/strings/{language}.yaml, or leave it so"
    if not tongues.offered(settings.languages, language):
        return f'add "{language}" to "languages" in content/site.yaml'
    return ""


def _warn_of_unused(program: Program, paths: frozenset[str], report: Report) -> None:
    """Say that a language is offered in which there is nothing."""
    settings = program.settings
    translated = {language for one in program.achievements.values() for language in one.translations}
    for index, language in enumerate(settings.languages):
        known = language != settings.language and tongues.strings_of(paths, language)
        if known and not any(tongues.offered((language,), one) for one in translated):
            report.warn(
                "unused-language",
                settings.places.get(f"languages.{index}", settings.place),
                f'no badge is translated to "{language}", so no page is in it.',
                hint='add "translations:" to a badge, or delete the language here',
            )


def _hold_to_badge(one: Achievement, words: Translation, report: Report) -> None:
    """Report what a translation has and the badge has not."""
    for name in PLAIN:
        if getattr(words, name) and not getattr(one, name) and name not in one.unread:
            hint = "add it to the badge, or delete it here"
            _refuse(words.places[name], f'the badge has no "{name}" that this could translate.', hint, report)
    for name in LISTS:
        own, theirs = getattr(one, name), getattr(words, name)
        if theirs and len(theirs) != len(own) and name not in one.unread:
            message = f'the badge has {len(own)} under "{name}", and this translation has {len(theirs)}.'
            later = '; "{}" stands for one that is not translated yet' if name == "evidence" else ""
            hint = f"write one for each, in the same order{later}"
            _refuse(words.places[name], message, hint, report)
    if "competencies" not in one.unread:
        _hold_to_ids("competency", words.competencies, {own.id for own in one.competencies}, report)
    if "assessment" not in one.unread:
        _hold_to_rubric(one, words, report)


def _hold_to_rubric(one: Achievement, words: Translation, report: Report) -> None:
    """Report rows that the badge's rubric has not, rows with other levels, and an assessment of another sort."""
    rows = {row.id: row for row in one.assessment.rubric}
    _hold_to_ids("rubric row", words.assessment.rubric, rows, report)
    for told in words.assessment.rubric:
        if told.id in rows and told.levels and len(told.levels) != len(rows[told.id].levels):
            message = f"the row has {len(rows[told.id].levels)} levels, and this translation has {len(told.levels)}."
            hint = 'write one for each, in the same order; "{}" stands for one that is not translated yet'
            _refuse(told.place, message, hint, report)
    for name in ("method", "none"):
        if getattr(words.assessment, name) and not getattr(one.assessment, name):
            message = f'the badge has no "{name}" that this could translate.'
            hint = "the assessment of a badge has one of the two in every language"
            _refuse(words.places.get(f"assessment.{name}", words.places["assessment"]), message, hint, report)


def _hold_to_ids(noun: str, told: Sequence[Wording], known: Iterable[str], report: Report) -> None:
    """Report ids that the badge has not, and such as stand twice."""
    known, seen = set(known), set()
    for one in told:
        if one.id in seen:
            _refuse(one.place, f'the {noun} "{one.id}" is translated twice.', "keep one of the two", report)
        elif one.id not in known:
            hint = nearest(one.id, sorted(known), report) or f"its ids are {listed(sorted(known), 'and')}"
            _refuse(one.place, f'the badge has no {noun} called "{short(one.id)}".', hint, report)
        seen.add(one.id)


def _refuse(place: Place, message: str, hint: str, report: Report) -> None:
    """Report something in a translation."""
    report.error("bad-translation", place, message, hint)


def _place(achievement: Achievement, language: str) -> Place:
    """Where a translation stands."""
    return achievement.places.get(f"translations.{language}", achievement.place)
