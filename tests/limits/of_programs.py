"""Limits of what people put into a program: its files, their fields, the tables and events that become files."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path

import storybook
from blazon import check_against, density, fields, files, issueform, prose, records, room, sheets, source, values
from blazon.diagnostics import BlazonError, Place, Report
from blazon.prose import Fault
from limits.limit import Limit
from mischief.attempts import AWARD, SITE, hollow, laid


def on_disk(path: str, size: int = 10, most: int = files.MOST_FILES, more: int = 0) -> list[str]:
    """The codes for a file of a size among the files of a program, and so many empty ones more."""
    with tempfile.TemporaryDirectory() as folder:
        root, report = Path(folder), Report()
        for one in (path, *(f"content/earners/{number}.yaml" for number in range(more))):
            (root / one).parent.mkdir(parents=True, exist_ok=True)
            hollow(size)(root / one)
        files.read_tree(root, report, most)
        return [one.code for one in report]


def in_theme(size: int) -> list[str]:
    """What is said of a theme with a file of a size."""
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder, "themes/mine/static/film")
        place.parent.mkdir(parents=True)
        hollow(size)(place)
        try:
            files.read_theme(Path(folder), "mine")
        except BlazonError as error:
            return [error.message]
        return []


def of_length(start: str, end: str) -> Callable[[int], list[str]]:
    """Looks at a path of a length, in folders with names that are short enough."""

    def tried(number: int) -> list[str]:
        return on_disk(f"{start}{'a' * (number - len(start) - len(end))}{end}")

    return tried


def of_depth(number: int) -> list[str]:
    """The codes for a path of so many names."""
    return on_disk("/".join(("content", *"abcdefghijk"[: number - 2], "x.yaml")))


def added(number: int) -> list[str]:
    """The codes for a request that adds so many files."""
    return requested({f"content/{one}.yaml": 1 for one in range(number)})


def weighed(path: str, each: int = 0) -> Callable[[int], list[str]]:
    """Looks at the sizes of two files, one of a kind, which have so many bytes together beside those that each of them may have."""

    def tried(number: int) -> list[str]:
        report = Report()
        files.too_much({path: number - 7 + each, f"content/more/{path}": 7 + each}, report)
        return [one.code for one in report]

    return tried


def dense(number: int) -> list[str]:
    """The codes for two files which hold so many values beside those that each of them may have."""
    values = number + 2 * density.MOST_VALUES_A_FILE
    report = Report()
    density.too_dense({"content/a.yaml": b"," * (values - 9), "content/b.json": b"[" * 9}, report)
    return [one.code for one in report]


def rich(number: int) -> list[str]:
    """The codes for a thousand files with so many values each, beside those that a program may have in any case."""
    values = {f"content/{one}.yaml": b"\n" * number for one in range(1_000)}
    report = Report()
    density.too_dense(
        {**values, "content/site.yaml": b":" * (density.MOST_VALUES + density.MOST_VALUES_A_FILE)}, report
    )
    return [one.code for one in report]


def long(number: int) -> list[str]:
    """The codes for a thousand files of so many bytes, beside those that a program may have in any case."""
    report = Report()
    sizes = {f"content/{one}.yaml": number for one in range(1_000)}
    files.too_much({**sizes, "content/site.yaml": files.MOST_READ + files.MOST_READ_A_FILE}, report)
    return [one.code for one in report]


def requested(sizes: Mapping[str, int]) -> list[str]:
    """The codes for a request that brings files of these sizes."""
    report = Report()
    check_against.little_is_added({}, sizes, report)
    return [one.code for one in report]


def parsed(text: Callable[[int], str]) -> Callable[[int], list[str]]:
    """Looks at a file whose text is made of a number."""

    def tried(number: int) -> list[str]:
        report = Report()
        source.parse(AWARD, text(number).encode(), report)
        return [one.code for one in report]

    return tried


def told(changes: dict[str, str]) -> list[str]:
    """The codes of what is said about the base program with other files."""
    tree = {path: text.removeprefix("\n").encode() for path, text in {**storybook.base(), **changes}.items()}
    lines = storybook.said(tree).splitlines()
    return [line.rpartition("[")[2].rstrip("]") for line in lines if not line.startswith("  hint")]


def in_site(text: Callable[[int], str]) -> Callable[[int], list[str]]:
    """Looks at the base program with fields of site.yaml that are made of a number."""
    return lambda number: told({SITE: laid(SITE, text(number))})


def slug(number: int) -> list[str]:
    """The codes for an earner whose folder has a name of so many letters."""
    base = storybook.base()
    return [
        code
        for code in told({AWARD: "", f"content/earners/{'a' * number}/soldering.yaml": base[AWARD]})
        if code == "bad-name"
    ]


def faulty(fault: Callable[[str], Fault | None], text: Callable[[int], str]) -> Callable[[int], list[str]]:
    """Looks at a text that is made of a number."""

    def tried(number: int) -> list[str]:
        found = fault(text(number))
        return [found.code] if found else []

    return tried


def listed(most: int) -> Callable[[int], list[str]]:
    """Looks at a list of so many entries."""

    def tried(number: int) -> list[str]:
        report, place = Report(), Place(SITE)
        entries = tuple(source.Text(f"entry {one}", place) for one in range(number))
        records.Listing(values.LINE, most).read(source.Sequence(entries, place), report)
        return [one.code for one in report]

    return tried


def sheet(text: Callable[[int], str]) -> Callable[[int], list[str]]:
    """Looks at a table that is made of a number."""

    def tried(number: int) -> list[str]:
        report = Report()
        sheets.read("roster.csv", text(number).encode(), report)
        return [one.code for one in report]

    return tried


def event(number: int) -> list[str]:
    """What is said of an event of so many bytes."""
    text = '{"action": "opened", "issue": {"labels": [{"name": "claim"}], "body": "'
    try:
        issueform._body(f'{text.ljust(number - 3, "a")}"}}}}'.encode())
    except BlazonError as error:
        return [error.message]
    return []


def full(number: int) -> list[str]:
    """The codes for a site of so many bytes."""
    report = Report()
    room.warn(number, "dist", report)
    return [one.code for one in report]


LIMITS = [
    Limit("files of a program", "files.MOST_FILES", files.MOST_FILES, "too-many-files", lambda number: on_disk("content/a.yaml", 10, 20, number - 1), lowered=20),
    Limit("YAML and JSON of a program", "files.MOST_READ", files.MOST_READ, "program-too-large", weighed("content/a.yaml", files.MOST_READ_A_FILE), "bytes"),
    Limit("YAML and JSON of a program, for each such file beside that", "files.MOST_READ_A_FILE", files.MOST_READ_A_FILE, "program-too-large", long, "bytes"),
    Limit("values in YAML and JSON of a program", "density.MOST_VALUES", density.MOST_VALUES, "program-too-large", dense),
    Limit("values in YAML and JSON of a program, for each such file beside that", "density.MOST_VALUES_A_FILE", density.MOST_VALUES_A_FILE, "program-too-large", rich),
    Limit("pictures and pages of a program", "files.MOST_COPIED", files.MOST_COPIED, "program-too-large", weighed("content/badges/a/image.png"), "bytes"),
    Limit("files that one request adds", "check_against.MOST_ADDED", check_against.MOST_ADDED, "too-many-added", added),
    Limit("YAML that one request writes", "check_against.MOST_WRITTEN", check_against.MOST_WRITTEN, "too-many-added", lambda number: requested({AWARD: number}), "bytes"),
    Limit("path of a file", "files.LONGEST_PATH", files.LONGEST_PATH, "bad-name", of_length(f"content/{'b' * 100}/", ".yaml"), "bytes"),
    Limit("path of a file, in names", "files.DEEPEST_PATH", files.DEEPEST_PATH, "bad-name", of_depth),
    Limit("name of a badge, an earner, an award or a key", "values.MOST_SLUG", values.MOST_SLUG, "bad-name", slug, "characters"),
    Limit("file in YAML, as a file", "disk.LARGEST_TEXT", 65_536, "file-too-large", lambda number: on_disk(AWARD, number), "bytes"),
    Limit("file in YAML, as text", "source.MOST_BYTES", source.MOST_BYTES, "file-too-large", parsed(lambda number: "name: A\n#".ljust(number, "a")), "bytes"),
    Limit("endorsement", "files.LARGEST", files.LARGEST[".json"], "file-too-large", lambda number: on_disk("content/badges/a/x.json", number), "bytes"),
    Limit("SVG, as a file", "files.LARGEST", files.LARGEST[".svg"], "file-too-large", lambda number: on_disk("content/badges/a/image.svg", number), "bytes"),
    Limit("PNG, as a file", "files.LARGEST", files.LARGEST[".png"], "file-too-large", lambda number: on_disk("content/badges/a/image.png", number), "bytes"),
    Limit("page of documentation", "files.LARGEST_PAGE", files.LARGEST_PAGE, "file-too-large", lambda number: on_disk("content/x.md", number), "bytes"),
    Limit("file of a theme", "files.LARGEST_THEME_FILE", files.LARGEST_THEME_FILE, "is larger than", in_theme, "bytes"),
    Limit("nesting of YAML", "source.MOST_DEPTH", source.MOST_DEPTH, "yaml-depth", parsed(lambda number: f"a: {'[' * (number - 1)}{']' * (number - 1)}")),
    Limit("keys of a table in YAML", "source.MOST_KEYS", source.MOST_KEYS, "yaml-keys", parsed(lambda number: "".join(f"k{one}: a\n" for one in range(number)))),
    Limit("entries of a list", "records.Listing", records.Listing(values.LINE).most, "too-long", listed(records.Listing(values.LINE).most)),
    Limit("endorsements of a badge, and of the issuer", "fields.MOST_ENDORSEMENTS", fields.MOST_ENDORSEMENTS, "too-long", listed(fields.MOST_ENDORSEMENTS)),
    Limit("name or title", "prose.MOST_NAME", prose.MOST_NAME, "too-long", faulty(prose.fault_in_name, lambda number: "a" * number), "characters"),
    Limit("line of text", "prose.MOST_LINE", prose.MOST_LINE, "too-long", faulty(prose.fault_in_line, lambda number: "a" * number), "characters"),
    Limit("long text", "prose.MOST_TEXT", prose.MOST_TEXT, "too-long", faulty(prose.fault_in_markdown, lambda number: ("a" * 999 + "\n\n") * (number // 1001) + "a" * (number % 1001)), "characters"),
    Limit("paragraph of long text", "prose.MOST_PARAGRAPH", prose.MOST_PARAGRAPH, "too-long", faulty(prose.fault_in_markdown, lambda number: "a" * number), "characters"),
    *(
        Limit(f"{name} in a paragraph", "prose.MOST_MARKS", prose.MOST_MARKS, "too-long", faulty(prose.fault_in_markdown, lambda number, mark=mark: f"{mark} " * number))  # type: ignore[misc]
        for mark, name in (("[", "opening brackets"), ("<", "less-than signs"), ("`", "backticks"))
    ),
    Limit("address", "prose.MOST_URL", prose.MOST_URL, "bad-url", faulty(prose.fault_in_url, lambda number: "https://example.org/".ljust(number, "a")), "characters"),
    Limit("marks on one letter of a name", "prose.MOST_COMBINING", prose.MOST_COMBINING, "combining-marks", faulty(prose.fault_in_name, lambda number: "x" + "\u0323" * number)),
    Limit("table for `blazon import`", "sheets.MOST_BYTES", sheets.MOST_BYTES, "file-too-large", sheet(lambda number: "a,b\n".ljust(number, "a")), "bytes"),
    Limit("rows of such a table", "sheets.MOST_ROWS", sheets.MOST_ROWS, "too-many-rows", sheet(lambda number: "a,b\n" + "1,2\n" * number)),
    Limit("rows of such a table, empty ones too", "sheets.MOST_LINES", sheets.MOST_LINES, "bad-csv", sheet(lambda number: "a,b" + "\n" * number)),
    Limit("cells of a row", "sheets.MOST_COLUMNS", sheets.MOST_COLUMNS, "bad-csv", sheet(lambda number: "a" + ",a" * (number - 1))),
    Limit("event of an issue for `blazon claim`", "issueform.MOST_BYTES", issueform.MOST_BYTES, "cannot be read", event, "bytes"),
    Limit("site of which a build warns", "room.FULLEST", room.FULLEST, "nearly-full", full, "bytes"),
]  # fmt: skip
