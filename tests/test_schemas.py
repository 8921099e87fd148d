"""The schemas that editors get: equal to the fields that are read, accepting what check accepts, refusing each kind of mistake."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml

from blazon import fields, schemas, source
from blazon.diagnostics import Report
from blazon.records import Record

ROOT = Path(__file__).parents[1]
PROGRAMS = (ROOT, *sorted((ROOT / "tests" / "golden").glob("*/program")))
CORE = {  # what YAML 1.2 makes of text without quotes, as the extensions of editors read it
    "null": r"~|null|Null|NULL|",
    "bool": r"true|True|TRUE|false|False|FALSE",
    "int": r"[-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+",
    "float": r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?|[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN)",
}


class Editor(yaml.SafeLoader):
    """Reads YAML with the types of its version 1.2."""

    yaml_implicit_resolvers: dict[str, Any] = {}  # noqa: RUF012 - as PyYAML declares it


for _name, _shape in CORE.items():
    Editor.add_implicit_resolver(f"tag:yaml.org,2002:{_name}", re.compile(rf"^(?:{_shape})$"), None)
Editor.add_constructor("tag:yaml.org,2002:int", lambda _, node: _whole(str(node.value)))


def _whole(text: str) -> int:
    """A whole number of YAML 1.2, to which 012 is twelve."""
    return int(text, 0) if text[:2] in {"0o", "0x"} else int(text)


def judge(kind: str) -> jsonschema.Draft7Validator:
    """The judge of one kind of file."""
    loaded = json.loads((ROOT / schemas.path_of(kind)).read_text("utf-8"))
    return jsonschema.Draft7Validator(loaded, format_checker=jsonschema.FormatChecker())


def complaints(kind: str, text: str) -> list[str]:
    """What the judge says of a file's text."""
    seen = yaml.load(text, Editor)  # noqa: S506 - a safe loader
    return [f"{'/'.join(map(str, one.absolute_path))}: {one.message}" for one in judge(kind).iter_errors(seen)]


def kind_of(path: str) -> str:
    """The kind of a program's file."""
    match path.split("/"):
        case ["content", name]:
            return name.removesuffix(".yaml")
        case ["content", "badges", *_]:
            return "badge"
        case ["content", "earners", _, "earner.yaml"]:
            return "earner"
        case ["content", "earners", _, _]:
            return "award"
        case ["docs", _]:
            return "pages"
    return "root" if path == "keys/root.yaml" else "key"


FILES = [
    (program, path.relative_to(program).as_posix())
    for program in PROGRAMS
    for top in ("content", "keys", "docs")
    for path in sorted((program / top).rglob("*.yaml"))
]


def test_the_schemas_say_what_the_readers_read() -> None:
    there = {path.relative_to(ROOT).as_posix(): path.read_text("utf-8") for path in (ROOT / "schemas").iterdir()}
    assert there == schemas.files()
    assert set(schemas.KINDS) == {"site", "reviewers", "badge", "earner", "award", "key", "root", "pages"}


@pytest.mark.parametrize("kind", schemas.KINDS)
def test_each_schema_is_one(kind: str) -> None:
    jsonschema.Draft7Validator.check_schema(schemas.schema(kind))


@pytest.mark.parametrize(("program", "path"), FILES, ids=lambda one: str(one)[-60:])
def test_every_file_of_the_demo_and_of_the_golden_programs_is_accepted(program: Path, path: str) -> None:
    assert complaints(kind_of(path), (program / path).read_text("utf-8")) == []


@pytest.mark.parametrize("path", [path for program, path in FILES if program == ROOT], ids=lambda one: str(one)[-60:])
def test_every_file_of_the_demo_begins_with_the_line_that_leads_to_its_schema(path: str) -> None:
    assert (ROOT / path).read_text("utf-8").startswith(schemas.editor_line(kind_of(path), path))


def test_files_of_every_kind_were_judged() -> None:
    assert {kind_of(path) for _, path in FILES} == set(schemas.KINDS)
    assert any("\nerased:" in (program / path).read_text("utf-8") for program, path in FILES)


def parts(schema: Any) -> Iterator[dict[str, Any]]:
    """Every schema inside a schema."""
    match schema:
        case dict():
            yield schema
            for one in schema.values():
                yield from parts(one)
        case list():
            for one in schema:
                yield from parts(one)


SHOWN = [
    pytest.param(part, id=f"{kind}-{number}")
    for kind in schemas.KINDS
    for number, part in enumerate(one for one in parts(schemas.schema(kind)) if isinstance(one.get("examples"), list))
]


@pytest.mark.parametrize("part", SHOWN)
def test_every_example_is_accepted_where_it_is_offered(part: dict[str, Any]) -> None:
    assert part["description"]
    for example in part["examples"]:
        jsonschema.Draft7Validator(part).validate(example)


def test_closed_fields_offer_their_words() -> None:
    badge: Any = schemas.schema("badge")["properties"]
    assert badge["kind"]["enum"][:2] == ["skill", "knowledge"]
    assert badge["version"]["examples"] == [1]
    assert "examples" not in badge["competencies"]
    assert badge["competencies"]["description"].endswith(" For example: [{id: first-response, …}]")


GOOD = {
    "site": "name: A\nurl: https://example.org/\ncontact: a@example.org\nissuer: {name: A, email: a@example.org}\n",
    "reviewers": "reviewers: {ada: {name: Ada, role: trainer}}\n",
    "badge": "name: A\nsummary: A.\nkind: skill\ncriteria: A.\nassessment: {none: A.}\n"
    "effort: {time: PT1H, mode: online, language: en}\n",
    "earner": "name: Ada\n",
    "award": "id: r6qlhtaxbe5jckv3xsjm33eyou\nstatus_index: 7\nbadge: a\n",
    "key": "public_key: z6MkmQqaGDjvPZ4JkDPRVMqSwGJr1paMutKXeh2cq6k4oVAh\nfrom: 2026-01-01\n",
}
BAD = [
    ("unknown field", "{good}nmae: A\n"),
    ("nothing written", "{good}{optional}:\n"),
    ("a list for text", "{good}{optional}: [[a]]\n"),
    ("a table for text", "{good}{optional}: {{x: {{y: z}}}}\n"),
    ("missing field", "{less}"),
    ("no table", "- a\n"),
]
OPTIONAL = {
    "site": "tagline",
    "reviewers": "policy",
    "badge": "cost",
    "earner": "about",
    "award": "did",
    "key": "note",
}


@pytest.mark.parametrize("kind", GOOD)
@pytest.mark.parametrize(("mistake", "text"), BAD)
def test_each_kind_of_mistake_is_refused_in_each_kind_of_file(kind: str, mistake: str, text: str) -> None:
    good = GOOD[kind]
    assert complaints(kind, good) == []
    less = good.partition("\n")[2] or "policy: {approvals: 1}\n"
    assert complaints(kind, text.format(good=good, less=less, optional=OPTIONAL[kind])), mistake


@pytest.mark.parametrize(
    ("kind", "line"),
    [
        ("badge", "status: actve"), ("badge", "version: 0"), ("badge", "version: one"), ("badge", "credit: a lot"),
        ("badge", "valid_for: 2Y"), ("badge", "skills: planning"), ("badge", "art: {thread: red}"),
        ("badge", "art: {icon: Star}"), ("badge", "translations: {english: {name: A}}"), ("badge", "levels: [A b]"),
        ("award", "issued: 2026"), ("award", "issued: May 2026"), ("award", "activity: {begin: 2026-01-01}"),
        ("award", "recipient: ada"), ("award", "evidence: [{url: https://example.org/}]"),
        ("award", "reviews: [{reviewer: ada, date: 2026-01-01, conflict: none, decision: yes}]"),
        ("award", "erased: {on: 2026-06-09}\nname: Ada"), ("earner", "listed: yes"), ("earner", "visibility: hidden"),
        ("site", "repository: {host: bitbucket, path: a/b}"), ("site", "theme_options: {accent: {a: b}}"),
        ("site", "theme_options: {Accent: b}"), ("key", "until: never"), ("reviewers", "policy: {approvals: many}"),
    ],
)  # fmt: skip
def test_values_of_another_kind_are_refused(kind: str, line: str) -> None:
    assert complaints(kind, f"{GOOD[kind]}{line}\n")


WRITTEN = ["no", "yes", "012", "12:30", "1_000", "true", "1e3", "0x1F", "2026-05-14", "1.50", "-1", ".inf", "0o7"]


@pytest.mark.parametrize("value", WRITTEN)
def test_text_without_quotes_is_text_whatever_an_editor_takes_it_for(value: str) -> None:
    line = f"name: {value}\n"
    assert complaints("earner", line) == []
    report = Report()
    table = source.parse("content/earners/a/earner.yaml", line.encode(), report)
    assert table is not None
    assert fields.EARNER.read(table, report) == {"name": value}
    assert not report


@pytest.mark.parametrize(
    ("kind", "line"),
    [
        ("badge", "version: 2"), ("badge", 'version: "2"'), ("badge", "credit: 1.5"), ("badge", "skills: [2026, true]"),
        ("badge", "successor: 2026"), ("badge", "code: 012"), ("badge", "valid_for: ever"),
        ("badge", "translations: {no: {name: A}}"), ("award", "issued: 2026-05-14T09:00:00Z"), ("award", "locale: no"),
        ("award", "scores: {treatment: 80}"), ("award", "recipient: did:web:example.org"),
        ("award", "recipient: {id: did:web:example.org}"), ("site", "theme_options: {accent: brick}"),
        ("site", "theme_options: {home_badges: [a, b], theme_switch: false}"), ("earner", "listed: true"),
    ],
)  # fmt: skip
def test_what_check_accepts_is_accepted(kind: str, line: str) -> None:
    text = f"{GOOD[kind]}{line}\n"
    assert complaints(kind, text) == []
    report = Report()
    table = source.parse("x.yaml", text.encode(), report)
    assert table is not None
    record: Record[Any] = fields.FILES[schemas.KINDS[kind]]
    record.read(table, report)
    assert not report


def test_an_erased_award_has_its_own_fields() -> None:
    assert complaints("award", "id: a\nstatus_index: 7\nerased: {on: 2026-06-09}\n") == []
    assert complaints("award", "id: a\nerased: {on: 2026-06-09}\n") == [": 'status_index' is a required property"]


def test_vs_code_knows_the_schema_of_every_file() -> None:
    settings = json.loads((ROOT / ".vscode/settings.json").read_text("utf-8"))["yaml.schemas"]
    for _, path in FILES:
        found = {name for name, globs in settings.items() if _matches(globs, path)}
        assert found == {f"./{schemas.path_of(kind_of(path))}"}, path
    recommended = json.loads((ROOT / ".vscode/extensions.json").read_text("utf-8"))
    assert recommended == {"recommendations": ["redhat.vscode-yaml"]}


def _matches(globs: str | list[str], path: str) -> bool:
    """Whether patterns hold for a path; one that begins with ! takes away."""
    listed = [globs] if isinstance(globs, str) else globs
    shapes = [(one.startswith("!"), re.escape(one.lstrip("!")).replace(r"\*", "[^/]*")) for one in listed]
    hits = [taken for taken, shape in shapes if re.fullmatch(shape, path)]
    return bool(hits) and not any(hits)


@pytest.mark.parametrize(
    ("kind", "path"),
    [("site", "content/site.yaml"), ("badge", "content/badges/a/versions/1.yaml"), ("key", "keys/a.yaml")],
)
def test_the_first_line_of_a_file_leads_to_its_schema(tmp_path: Path, kind: str, path: str) -> None:
    line = schemas.editor_line(kind, path)
    name = line.removeprefix("# yaml-language-server: $schema=").rstrip("\n")
    assert (tmp_path / path).parent.joinpath(name).resolve() == (tmp_path / schemas.path_of(kind)).resolve()
