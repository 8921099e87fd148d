"""What a YAML parser complains about, in plain words: where it is, what is wrong, and what to type."""

from __future__ import annotations

from blazon.diagnostics import Place, Report

# For these the place that helps is where the thing began, not where the parser gave up.
_BEGUN_EARLIER = ("unexpected end of stream", "',' or", "expected ':'")

# What libyaml says, what we say instead, and what to type.
_SENTENCES = (
    (
        "mapping values are not allowed",
        "a colon with a space after it does not belong here.",
        'put text that has one in quotes, such as "Robots: part one"; or check the spaces before this line',
    ),
    (
        "block sequence entries are not allowed",
        "a list cannot begin on this line.",
        'begin the list on the next line, with "- " before each entry',
    ),
    (
        "could not find expected ':'",
        "this line has no colon after its field name.",
        'write a field as "name: value", and indent text that continues below it',
    ),
    (
        "did not find expected key",
        "this line is not indented like its neighbours, or has no field name.",
        "give fields of one table the same number of spaces before them",
    ),
    (
        "did not find expected '-' indicator",
        'this line stands where the next "- " of a list is expected.',
        "give all entries of one list the same number of spaces before them",
    ),
    (
        "did not find expected ',' or",
        "a bracket opened here is not closed.",
        "close it, or put the text in quotes if the bracket belongs to it",
    ),
    (
        "unexpected end of stream",
        "a quotation mark opened here is not closed.",
        "close it at the end of the text",
    ),
    (
        "invalid Unicode character",
        "this escape stands for no character.",
        "type the character itself instead of the escape",
    ),
    (
        "escape",
        "inside double quotes a backslash begins an escape, and this one is unknown.",
        "use single quotes, or write the backslash twice",
    ),
    (
        "hexdecimal",
        "this escape stands for no character.",
        "type the character itself instead of the escape",
    ),
    (
        "<document start>",
        'nothing may follow a line of "...".',
        "delete that line",
    ),
    (
        "cannot start any token",
        "a value cannot begin with this character.",
        "put the text in quotes; indent with spaces, not tabs",
    ),
    (
        "node content",
        "here a value or a field name is expected.",
        "put the text in quotes",
    ),
)


def report_syntax(
    path: str, problem: str | None, found: tuple[int, int] | None, begun: tuple[int, int] | None, report: Report
) -> None:
    """Say what the parser could not read: `found` is where it gave up, `begun` where the thing it was reading begins."""
    problem = problem or ""
    if begun is not None and any(fragment in problem for fragment in _BEGUN_EARLIER):
        found = begun
    place = Place(path, *(found or ()))
    if "directive" in problem or "incompatible YAML document" in problem:
        report.error(
            "yaml-directive",
            place,
            'a line that begins with "%" is a directive; none is needed.',
            hint='delete it, or put the text in quotes if "%" belongs to it',
        )
        return
    for fragment, sentence, hint in _SENTENCES:
        if fragment in problem:
            report.error("yaml-syntax", place, sentence, hint)
            return
    hint = 'write fields as "name: value", with spaces before nested ones'
    report.error("yaml-syntax", place, f"this cannot be read as YAML: {problem}.", hint)
