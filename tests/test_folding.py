"""Folded pages have the bytes of whole ones, whatever stands in them and whatever a theme does; what looks into a hole is refused."""

from __future__ import annotations

import operator
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import Markup

import everything
from blazon import files, folding, load
from blazon.address import lay_out
from blazon.check import check
from blazon.diagnostics import BlazonError, Report
from blazon.folding import Fold, Folds, Hole, Layout, Refused, plain
from blazon.model import Program
from blazon.opened import signed
from blazon.pages import Pages
from blazon.render import Theme
from blazon.standing import has_page, is_private
from mischief import inert

REPOSITORY = Path(__file__).parents[1]
THEME = files.read_theme(REPOSITORY, "stitch")
WHEN = datetime(2026, 3, 4, 5, 6, 7, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class One:
    """Something that has a name, a note, a moment, a kind, and files."""

    name: str
    note: str = ""
    when: datetime = WHEN
    kind: str = "plain"
    files: tuple[str, ...] = ()
    secret: str = ""


@dataclass(frozen=True, slots=True)
class Place:
    """The page that something stands on."""

    path: str = "awards/abc/index.html"


class Spelled(str):
    """Text of a type of its own."""

    __slots__ = ()


LAYOUT = Layout(
    own=("one.name", "one.note", "one.when", "page.path"), same=("one.kind",), fixed=("part",), rows=("one.files",)
)


def part(template: str, /, **values: object) -> str:
    """A part of a page."""
    return Markup("<i>{}</i>").format(f"{template} {values}")


def values(one: One, **more: object) -> dict[str, object]:
    """What a template of these tests is given."""
    return {"one": one, "page": Place(f"awards/{len(one.name)}/index.html"), "to": "../{}".format, "part": part, **more}


@contextmanager
def counted(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """Every page that is made from a fold."""
    made: list[str] = []
    filled = Fold.filled

    def noted(fold: Fold, root: object) -> str:
        made.append(filled(fold, root))
        return made[-1]

    with monkeypatch.context() as patched:
        patched.setattr(Fold, "filled", noted)
        patched.setattr(folding, "OFTEN", 1)
        yield made


def shown(theme: Theme, one: One, *, folded: bool) -> bytes | str:
    """A page, or what is said of the theme's mistake."""
    try:
        given = values(one)
        return theme.folded("x.html", LAYOUT, **given) if folded else theme.page("x.html", **given)
    except BlazonError as error:
        return str(error)


def agrees(template: str, monkeypatch: pytest.MonkeyPatch, *ones: One) -> bool:
    """Whether the template was folded, once its pages have been seen to be what they are when made whole."""
    theme = Theme({**THEME, "templates/x.html": template.encode()}, "en")
    with counted(monkeypatch) as made:
        for one in ones:
            assert shown(theme, one, folded=True) == shown(theme, one, folded=False)
        return len(made) >= len(ones)


GOOD = [
    One("Amara"),
    One("Bea <b>&\"'"),
    One("A name that is much longer than the others were"),
    One("ß % {0} \\1"),
    One("ab"),
]

SIMPLE = [
    "{{ one.name }} and {{ one.name }}",
    '{% set name %}<bdi>{{ one.name }}</bdi>{% endset %}{{ name }}{{ "award.did"|t(name=name) }}',
    '{{ one.when|date }} {{ one.when|day }} {{ one.when.strftime("%Y-%m-%d %%") }}',
    "{{ one.name|markdown }}",
    "{{ one.name|urlencode }} 100% %s {0}",
    "{% if one.name %}{{ one.name }}{% else %}nobody{% endif %}{% if one.note %}{{ one.note }}{% endif %}",
    '{{ to(one.name) }} {{ to("index.html") }} {{ to("awards/5/x") }} {{ to("awards/") }}',
    "{% macro m(x) %}<p>{{ x }}</p>{% endmacro %}{{ m(one.name) }}{{ m(m(one.name)) }}",
    '{{ part("a.html", x=one.name) }}{{ part("a.html", x=1) }}',
    "{{ one.files == () }}{{ one.files|first|default('none')|upper }}",
    '{% if one.kind == "plain" %}{{ one.name }}{% endif %}',
    "{{ one.files|length }}{% for file in one.files %}{{ file }}{% endfor %}",
]
CURIOUS = [
    "{{ one.name|upper }}",
    "{{ one.name|length }}",
    "{{ one.name[:3] }}",
    "{{ one.name[0] }}",
    "{% for letter in one.name %}{{ letter }}.{% endfor %}",
    '{% if one.name == "Amara" %}it is her{% endif %}',
    '{% if "a" in one.name %}a{% endif %}',
    "{% if one.name < 'B' %}early{% endif %}",
    "{% if one.when.year > 2020 %}late{% endif %}",
    "{{ one.name.upper() }}",
    "{{ one.name + '!' }}",
    "{{ one.name * 2 }}",
    "{{ one.name|safe }}",
    "{{ one.name|forceescape }}",
    "{{ one.name|replace('a', 'b') }}",
    "{{ one.name|truncate(3) }}",
    "{{ one.name|string }}",
    "{{ one.name is string }}",
    "{{ one.name|default('x') }}",
    "{{ one.name|tojson }}",
    "{{ [one.name, 'b']|sort|join }}",
    "{{ [one.name]|map('upper')|join }}",
    "{{ {one.name: 1, 'Amara': 2}|length }}",
    "{{ '%s'|format(one.name) }}{{ '%.2s' % one.name }}{{ 'x{}'.format(one.name) }}",
    "{{ [one.name] }}{{ {'a': one.name} }}",
    "{{ one }}",
    "{{ one == one }}",
    "{{ one.secret }}{{ one.name }}",
    "{% if one.secret is defined %}{{ one.name }}{% endif %}",
    "{{ one['name']|title }}",
    "{{ 'award.approved'|t(count=one.name) }}",
    "{% set a, b = one.name %}{{ a }}",
    "{{ range(one.name|length)|list }}",
    "{{ part('x', x=[one.name]) }}",
    "{{ one.name() }}",
    "{{ one.nothing }}",
    "{% set ns = namespace(x=one.name) %}{{ ns.x|upper }}",
    '{{ "<b>" ~ one.name }}',
    "{% if page.path == 'awards/5/index.html' %}five{% endif %}",
    "{% autoescape false %}{{ one.name }}{% endautoescape %}",
    "{% set x = one.name ~ '' %}{% autoescape false %}{{ x }}{% endautoescape %}",
]
WRAPPED = [
    "{{ name|upper }}",
    "{{ name|length > 30 }}",
    "{{ name[:9] }}",
    "{{ name[3:] }}",
    "{{ name[0] }}",
    "{% for letter in name %}{{ letter }}.{% endfor %}",
    "{% if name == '<b>ab</b>' %}it is{% endif %}",
    "{% if 'ab' in name %}a{% endif %}",
    "{% if name in ['<b>ab</b>'] %}a{% endif %}",
    "{% if '<b>ab</b>' in [name] %}a{% endif %}",
    "{{ name.upper() }}{{ name.join(['x', 'y']) }}",
    "{{ ', '.join([name]) }}{{ 'x'.startswith(name) }}",
    "{{ name + '!' }}",
    "{{ name * 2 }}",
    "{{ name % () }}",
    "{{ name|striptags }}",
    "{{ name|safe }}",
    "{{ name|urlencode }}",
    "{{ name|markdown }}",
    "{{ name|truncate(5) }}",
    "{{ [name, '<b>Zoe</b>']|sort|join }}",
    "{{ [name, name]|unique|list|length }}",
    "{{ {name: 1, '<b>ab</b>': 2}|length }}",
    "{{ {'a': name}.values()|map('upper')|join }}",
    "{{ {'a': name}.values()|sort|join }}",
    "{{ name is lower }}",
    "{{ [name] }}",
    "{{ '%.4s' % name }}{{ '%s'|format(name) }}",
    "{% filter upper %}{{ name }}{% endfilter %}",
    "{% set a, b, *c = 'abc' %}{% set a, b = name %}{{ a }}",
    "{% for a, b in [name] %}{{ a }}{% endfor %}",
    "{{ part('x', x=name) }}",
    "{{ to(name) }}",
    "{{ name|t }}",
    "{% macro m(x) %}{{ x|upper }}{% endmacro %}{{ m(name) }}",
    "{% macro m() %}{{ caller()|upper }}{% endmacro %}{% call m() %}{{ name }}{% endcall %}",
    "{% macro m(x) %}{{ x }}{% endmacro %}{{ m(name)|upper }}{{ (name ~ 'x')|length }}",
    "{% set ns = namespace(x='') %}{% set ns.x = name %}{{ ns.x|upper }}",
    "{% if loop is not defined %}{% for x in [1, 2] %}{{ loop.changed(name) }}{{ loop.cycle(name, 'x')|upper }}{% endfor %}{% endif %}",
    "{{ ('x' if name else 'y') ~ ((name or 'x')|upper) }}",
    "{{ 'award.did'|t(name=name)|upper }}",
]


@pytest.mark.parametrize("template", SIMPLE)
def test_a_template_that_only_writes_values_out_is_folded(template: str, monkeypatch: pytest.MonkeyPatch) -> None:
    assert agrees(template, monkeypatch, *GOOD)


@pytest.mark.parametrize("template", CURIOUS)
def test_a_template_that_looks_into_values_says_what_it_always_did(
    template: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert not agrees(template, monkeypatch, *GOOD)


@pytest.mark.parametrize("template", WRAPPED)
def test_so_does_one_that_looks_into_markup_with_values_in_it(template: str, monkeypatch: pytest.MonkeyPatch) -> None:
    wrapped = "{% set name %}<b>{{ one.name }}</b>{% endset %}"
    assert not agrees(wrapped + template, monkeypatch, *GOOD)


@given(names=st.lists(st.text(max_size=20), min_size=2, max_size=6), notes=st.lists(st.text(max_size=20), min_size=6))
def test_no_text_gets_out_of_its_hole(names: list[str], notes: list[str]) -> None:
    text = (
        '{{ one.name }}{% if one.note %}<p title="{{ one.note }}">{{ one.note|markdown }}</p>{% endif %}{{ one.kind }}'
    )
    theme = Theme({**THEME, "templates/x.html": text.encode()}, "en")
    with pytest.MonkeyPatch.context() as patch, counted(patch):
        for name, note in zip(names * 2, notes, strict=False):
            one = One(name, note)
            assert shown(theme, one, folded=True) == shown(theme, one, folded=False)


@pytest.mark.parametrize("text", ["\x1d0\x1d", "\x1d", "a\x1d1\x1db", "\x1d99\x1d"])
def test_a_text_that_is_a_mark_is_a_text(text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    for ones in ([One(text), One("x"), One(text)], [One("x"), One(text)], [One("x", kind=text), One("y", kind=text)]):
        agrees("{{ one.name }}{{ one.kind }}{% set n %}{{ one.name }}{% endset %}{{ n }}", monkeypatch, *ones)


USES: list[Callable[[Any], object]] = [
    *(str, repr, format, len, iter, hash, int, float, list, next, abs),
    *(lambda hole: hole == "x", lambda hole: hole != "x", lambda hole: hole < "x", lambda hole: hole > "x"),
    *(lambda hole: hole[0], lambda hole: hole[:3], lambda hole: "x" in hole, lambda hole: hole in ["x", "y"]),
    *(lambda hole: hole + "x", lambda hole: "x" + hole, lambda hole: hole * 2, lambda hole: f"{hole:>9}"),
    *(lambda hole: f"{hole}", lambda hole: {hole: 1}, lambda hole: hole(), lambda hole: hole.strip()),
    *(lambda hole: hole.upper(), lambda hole: hole.attribute("upper"), operator.index),
    *(lambda hole: hole.attribute("strftime"), plain, lambda hole: plain([("x", {"y": hole})]), bool),
]


@pytest.mark.parametrize("use", USES)
def test_a_hole_refuses_to_be_looked_into(use: Callable[[Any], object]) -> None:
    with pytest.raises((Refused, TypeError, AttributeError)):
        use(Hole([], lambda _: "x"))


def test_a_hole_is_filled_as_a_template_would_write_the_value() -> None:
    marked: list[Hole] = []
    hole = Hole(marked, operator.attrgetter("name"), "Amara")
    text = Markup("<p>{}</p>{}").format(hole, hole.then(len))
    assert hole
    assert Fold(text, marked).filled(One("<i>")) == "<p>&lt;i&gt;</p>3"
    with pytest.raises(Refused):
        Fold(text[:-1], marked)


def test_a_value_that_stands_in_several_places_is_asked_for_once() -> None:
    marked: list[Hole] = []
    asked: list[object] = []

    def make(value: object) -> object:
        asked.append(value)
        return value

    hole = Hole(marked, make)
    text = Markup('<p title="{}">{}</p>').format(hole, hole)
    assert Fold(text, marked).filled("A & B") == '<p title="A &amp; B">A &amp; B</p>'
    assert asked == ["A & B"]


@pytest.mark.parametrize(
    "value", ["plain", "", "<", ">", "&", '"', "'", Markup("<b>&</b>"), Spelled("<i>"), 5, None, WHEN]
)
def test_a_value_of_any_kind_is_escaped_as_a_template_does_it(value: object) -> None:
    marked: list[Hole] = []
    text = Markup("<p>{}</p>").format(Hole(marked, lambda given: given))
    assert Fold(text, marked).filled(value) == Markup("<p>{}</p>").format(value)


def test_shapes_are_forgotten_so_that_memory_stays_flat(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(folding, "OFTEN", 1)
    folds = Folds(lambda _, **given: f"{given['one'].kind}", lambda _, **given: f"{given['one'].attribute('kind')}")
    for number in range(1000):
        folds.page("x.html", LAYOUT, values(One("x", kind=str(number))))
    assert len(folds._shapes) <= 256
    assert SimpleNamespace(**values(One("x"))).one.name == "x"


def read(root: Path) -> Program:
    """A program, checked."""
    report = Report()
    program = load.load(files.read_tree(root, report), report)
    assert program is not None
    check(program, report, everything.TODAY, signed)
    return program


def all_alike(program: Program, root: Path, monkeypatch: pytest.MonkeyPatch) -> int:
    """How many pages were made from folds, of awards whose pages are all what they are when made whole."""
    theme = {**files.read_theme(root, program.settings.theme), "static/issuer.js": b""}
    plan, looks = lay_out(program, Report()), [Theme(theme, program.settings.language) for _ in range(2)]
    awards = [award for award in program.awards if has_page(program, award) and not is_private(program, award)]
    plan, looks = lay_out(program, Report()), [Theme(theme, program.settings.language) for _ in range(2)]
    pages, others = (
        Pages(program, plan, one, everything.TODAY, qr=lambda _: "data:image/png;base64,") for one in looks
    )
    whole = [dict(others.awards.of(award, '{"a": "</script>"}')) for award in awards]
    with counted(monkeypatch) as made:
        for _ in range(2):
            for award, expected in zip(awards, whole, strict=True):
                assert dict(pages.awards.of(award, '{"a": "</script>"}')) == expected
    return len(made)


def test_all_awards_of_the_demo_are_what_they_are_when_made_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    assert all_alike(read(REPOSITORY), REPOSITORY, monkeypatch) > 100


@pytest.mark.parametrize("say", [inert.hostile, inert.harmless])
def test_so_are_those_that_use_everything_and_are_hostile(
    say: inert.Say, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    inert.write(tmp_path, say, monkeypatch)
    assert all_alike(read(tmp_path), tmp_path, monkeypatch) > 10
