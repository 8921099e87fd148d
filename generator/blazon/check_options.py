"""What a program chooses of its theme's options: that they exist, and that their values lead somewhere."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from blazon.check_badges import refuse_unknown_badge
from blazon.diagnostics import Place, Report, listed
from blazon.model import Program
from blazon.options import declared
from blazon.prose import short
from blazon.values import nearest


def options_fit(program: Program, files: Mapping[str, bytes], report: Report) -> None:
    """What a program chooses under `theme_options` is an option of its theme, with a value that the option takes.

    Raises BlazonError as `declared` does.
    """
    options = declared(files)
    for name, written in program.settings.theme_options.items():
        place = program.settings.places.get(f"theme_options.{name}", program.settings.place)
        option = options.get(name)
        if option is None:
            known = f"its options are {listed(options, 'and')}" if options else "it has none; delete the line"
            hint = nearest(name, options, report) or known
            report.error("unknown-option", place, f'the theme has no option called "{short(name)}".', hint)
            continue
        value = option.value(written, place, report)
        if option.type == "badges" and isinstance(value, tuple):
            _refuse_absent(value, place, program, report)
        if option.type == "picture" and value:
            _refuse_missing(f"static/{value}", place, program, files, report)


def _refuse_absent(slugs: Iterable[str], place: Place, program: Program, report: Report) -> None:
    """Report names that are no badge's, and drafts, which have no page yet."""
    for slug in slugs:
        refuse_unknown_badge(slug, place, program, report)
        badge = program.achievements.get(slug)
        if badge is not None and badge.status == "draft":
            hint = f'write "status: active" in {badge.place.path}, once it is ready'
            report.error("draft-badge", place, f'"{slug}" is still a draft.', hint)


def _refuse_missing(path: str, place: Place, program: Program, files: Iterable[str], report: Report) -> None:
    """Report a file that the theme does not have."""
    if path not in files:
        near = nearest(path, (one for one in files if one.startswith("static/")), report)
        hint = near.replace("static/", "") or f"put it at themes/{program.settings.theme}/{path}"
        report.error("missing-file", place, f'the theme has no file called "{path}".', hint)
