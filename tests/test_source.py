"""YAML is read as text and places; what could surprise a reviewer is refused where it stands (security.md B1 to B14)."""

from __future__ import annotations

import time

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from blazon.diagnostics import BlazonError, Place, Report
from blazon.source import MOST_BYTES, MOST_DEPTH, MOST_KEYS, Sequence, Table, Text, parse, plain

PATH = "content/site.yaml"


def read(data: bytes | str) -> Table:
    """The table in a text that is accepted."""
    report = Report()
    table = parse(PATH, data.encode() if isinstance(data, str) else data, report)
    assert list(report) == []
    assert table is not None
    return table


def refusal(data: bytes | str) -> str:
    """The one diagnostic of a text that is refused."""
    report = Report()
    assert parse(PATH, data.encode() if isinstance(data, str) else data, report) is None
    (diagnostic,) = report
    assert diagnostic.hint
    return diagnostic.as_text().splitlines()[0].removeprefix(f"{PATH}:")


def values(table: Table) -> dict[str, str]:
    return {key: node.value for key, node in table.entries.items() if isinstance(node, Text)}


def test_places_are_counted_from_one_and_in_characters() -> None:
    table = read("# a comment\nname: Ada\nčlen: x\nlist:\n  - a\n  - {b: c}\n")
    assert table.place == Place(PATH, 2, 1)
    assert table.places_of_keys["name"] == Place(PATH, 2, 1)
    assert table.entries["name"] == Text("Ada", Place(PATH, 2, 7))
    assert table.entries["člen"] == Text("x", Place(PATH, 3, 7))
    entries = table.entries["list"]
    assert isinstance(entries, Sequence)
    assert [entry.place for entry in entries.entries] == [Place(PATH, 5, 5), Place(PATH, 6, 5)]


def test_long_text_keeps_its_lines_and_its_place() -> None:
    assert read("did: |\n  One.\n  Two.\n").entries["did"] == Text("One.\nTwo.\n", Place(PATH, 1, 6))
    assert values(read("did: >-\n  One.\n  Two.\n")) == {"did": "One. Two."}


def test_windows_line_ends_are_read_like_others() -> None:
    assert values(read("a: |\r\n  One.\r\n  Two.\r\nb: c\r\n")) == {"a": "One.\nTwo.\n", "b": "c"}


@pytest.mark.parametrize("written", ["NO", "1.10", "12:30", "010", "0x1F", "1_000", "~", "null", "2026-02-30", ".inf"])
def test_b5_scalars_are_read_as_written(written: str) -> None:
    assert values(read(f"a: {written}\n")) == {"a": written}


@pytest.mark.parametrize(
    ("data", "twin", "said"),
    [
        ("a: &x b", 'a: "&x b"', '1:4: error: "&x" is an anchor; each value is written out here. [yaml-anchor]'),
        ("a: *x", 'a: "*x"', '1:4: error: "*x" is an alias; each value is written out here. [yaml-anchor]'),
        ("*x : b", '"*x" : b', '1:1: error: "*x" is an alias; each value is written out here. [yaml-anchor]'),
        ("a: !foo b", 'a: "!foo b"', '1:4: error: "!foo" is a tag; fields have their types already. [yaml-tag]'),
        ("a: !!set {b}", "a: {b: c}", '1:4: error: "!!set" is a tag; fields have their types already. [yaml-tag]'),
        ("a: !!binary aGk=", "a: aGk=", '1:4: error: "!!binary" is a tag; fields have their types already. [yaml-tag]'),
        ("a: ! b", "a: b", '1:4: error: "!" is a tag; fields have their types already. [yaml-tag]'),
        ("<<: {a: b}", "a: <<", '1:1: error: "<<" merges tables; each value is written out here. [yaml-merge]'),
        (
            "a: b\n---\nc: d",
            "---\na: b\n...\n",
            '2:1: error: a second document begins here with "---"; a file holds one. [second-document]',
        ),
        ("? [a, b]\n: c", "? a\n: c", "1:3: error: a list stands where the name of a field belongs. [yaml-key]"),
        ("{a: b}: c", "a: {b: c}", "1:1: error: a table stands where the name of a field belongs. [yaml-key]"),
        (
            "a: b\nc: d\na: e",
            "a: b\nc: d\ne: e",
            '3:1: error: "a" stands twice: on line 1 and on line 3. [duplicate-key]',
        ),
        (
            'a: b\n"\\x61": c',
            'a: b\n"\\x62": c',
            '2:1: error: "a" stands twice: on line 1 and on line 2. [duplicate-key]',
        ),
        (
            "a: {b: 1, b: 2}",
            "a: {b: 1, c: 2}",
            '1:11: error: "b" stands twice: on line 1 and on line 1. [duplicate-key]',
        ),
        ("- a", "a: [a]", "1:1: error: the file holds a list where a table of fields belongs. [not-a-table]"),
        ("just text", "just: text", "1:1: error: the file holds text where a table of fields belongs. [not-a-table]"),
    ],
)
def test_b1_to_b13_tricks_are_refused_and_their_twins_are_not(data: str, twin: str, said: str) -> None:
    assert refusal(data) == said
    read(twin)


@pytest.mark.parametrize(
    ("directive", "column"),
    [("%YAML 1.2", 1), ("%YAML 9.9", 1), ("%TAG ! tag:example.org,2026:", 1), ("%FOO bar", 5)],
)
def test_directives_are_refused(directive: str, column: int) -> None:
    said = f'1:{column}: error: a line that begins with "%" is a directive; none is needed. [yaml-directive]'
    assert refusal(f"{directive}\n---\na: b\n") == said


def test_b3_nothing_runs() -> None:
    said = refusal("a: !!python/object/apply:os.system [touch /tmp/blazon-was-here]")
    assert said.startswith('1:4: error: "!!python/object/apply:os.system" is a tag')


def test_b1_and_b2_bombs_are_refused_at_once() -> None:
    aliases = "a0: &a0 [x, x, x, x, x, x, x, x, x]\n" + "".join(
        f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]\n" for n in range(1, 10)
    )
    merges = "a: &a {x: 1}\nb: {<<: [*a, *a, *a, *a, *a, *a, *a, *a]}\n"
    start = time.perf_counter()
    assert "[yaml-anchor]" in refusal(aliases)
    assert "[yaml-anchor]" in refusal(merges)
    assert time.perf_counter() - start < 1


@pytest.mark.parametrize("brackets", ["[" * 60_000, "{" * 60_000, "a: " + "[" * 60_000, "? " * 30_000, "- " * 30_000])
def test_b8_brackets_are_refused_at_once(brackets: str) -> None:
    start = time.perf_counter()
    assert "[yaml-" in refusal(brackets)
    assert time.perf_counter() - start < 1


def test_nesting_and_keys_are_counted() -> None:
    def nested(depth: int) -> str:
        return "a: " + "[" * depth + "]" * depth

    def wide(keys: int) -> str:
        return "".join(f"k{number}: v\n" for number in range(keys))

    read(nested(MOST_DEPTH - 1))
    assert refusal(nested(MOST_DEPTH)) == f"1:{3 + MOST_DEPTH}: error: this is nested more than 16 deep. [yaml-depth]"
    read(wide(MOST_KEYS))
    assert refusal(wide(MOST_KEYS + 1)) == "201:1: error: this table has more than 200 keys. [yaml-keys]"


def test_nesting_is_counted_anew_after_each_value() -> None:
    def after(inner: int) -> str:
        return "a: [[], [], " + "[" * inner + "]" * inner + "]"

    read(after(MOST_DEPTH - 2))
    assert "[yaml-depth]" in refusal(after(MOST_DEPTH - 1))


WRITE = 'write its fields, one "name: value" a line'


@pytest.mark.parametrize(
    ("data", "hint"),
    [
        (b"a: " + b"x" * MOST_BYTES, "shorten it, and keep long documents elsewhere with a link to them"),
        (b"\xff", 'save the file again with the encoding "UTF-8"'),
        ("\ufeffa: b", 'save the file again with the encoding "UTF-8", without "BOM"'),
        ("a: \x07", "delete it; lines end with LF or CR LF, and tab is the only other control character"),
        ("a: b\n---\nc: d", 'delete the "---" line, or move what follows to a file of its own'),
        ("- a", WRITE),
        ("", WRITE),
        ("a: &x b", 'write the value itself, or put the text in quotes if "&" belongs to it'),
        ("a: *x", 'write the value itself, or put the text in quotes if "*" belongs to it'),
        ("a: !x b", 'delete the tag, or put the text in quotes if "!" belongs to it'),
        ("a: " + "[" * 20, "no field needs that; put the text in quotes if its brackets belong to it"),
        ("[a]: b", 'write a field as "name: value"'),
        ("a: b\na: c", "delete one of them"),
        ("<<: a", "write the fields themselves"),
        ("".join(f"k{number}: v\n" for number in range(MOST_KEYS + 1)), "no table needs that many"),
        ("%YAML 1.2\n---\na: b", 'delete it, and the "---" after it'),
    ],
)
def test_each_refusal_says_what_to_do(data: bytes | str, hint: str) -> None:
    report = Report()
    parse(PATH, data.encode() if isinstance(data, str) else data, report)
    assert [one.hint for one in report] == [hint]


def test_b11_only_plain_utf8_is_read() -> None:
    assert refusal("name: Jiří\nb: x".encode("iso8859-2")) == ("1:9: error: this is not UTF-8 text. [not-utf8]")
    assert refusal("a: č".encode() + b"\xe9") == "1:5: error: this is not UTF-8 text. [not-utf8]"
    assert refusal("a: b\nčau: č".encode() + b"\xe9") == "2:7: error: this is not UTF-8 text. [not-utf8]"
    assert refusal("a: b".encode("utf-16")) == "1:1: error: this is not UTF-8 text. [not-utf8]"
    assert refusal("a: b".encode("utf-16-le")) == (
        "1:2: error: here is a character that cannot be seen (U+0000). [control-character]"
    )
    assert refusal("\ufeffa: b") == "1:1: error: the file begins with a byte order mark. [byte-order-mark]"


@pytest.mark.parametrize("character", ["\0", "\x1b", "\x7f", "\x85", "\u2028", "\u2029", "\ufeff", "\ufffe", "\r"])
def test_characters_that_hide_are_refused(character: str) -> None:
    said = refusal(f"a: b\nc: d{character}e: f\n")
    assert said == f"2:5: error: here is a character that cannot be seen (U+{ord(character):04X}). [control-character]"


def test_a_character_that_hides_is_found_on_the_first_place_of_a_line() -> None:
    said = "error: here is a character that cannot be seen (U+0007). [control-character]"
    assert refusal("\x07a: b") == f"1:1: {said}"
    assert refusal("\n\x07a: b") == f"2:1: {said}"


def test_tabs_are_read_inside_text() -> None:
    assert values(read("a: b\tc\n")) == {"a": "b\tc"}


def test_b12_half_characters_are_refused() -> None:
    assert refusal('a: "\\ud800"') == "1:7: error: this escape stands for no character. [yaml-syntax]"
    assert values(read('a: "\\U0001F600"')) == {"a": "\U0001f600"}


@pytest.mark.parametrize("data", [b"", b"\n\n", b"# nothing yet\n", b"---\n...\n# x\n"])
def test_b14_an_empty_file_is_told_what_is_missing(data: bytes) -> None:
    assert refusal(data) == " error: the file has no fields: it is empty, or all of it is comments. [empty-file]"


def test_a11_large_files_are_not_read() -> None:
    read(b"a: b #" + b"x" * (MOST_BYTES - 6))
    said = refusal(b"a: b #" + b"x" * (MOST_BYTES - 5))
    assert said == " error: this file has 65,537 bytes; at most 65,536 are read. [file-too-large]"


@pytest.mark.parametrize(
    ("data", "said"),
    [
        ("a: b: c", "1:5: error: a colon with a space after it does not belong here."),
        ("a: - b", "1:4: error: a list cannot begin on this line."),
        ('a: "b', "1:4: error: a quotation mark opened here is not closed."),
        ("a: [b, c\nd: e\n", "1:4: error: a bracket opened here is not closed."),
        ("a: b\nc d\ne: f\n", "2:1: error: this line has no colon after its field name."),
        ("a:\n  - b\n  c: d\n", '3:3: error: this line stands where the next "- " of a list is expected.'),
        ("a:\n  b: c\n d: e\n", "3:2: error: this line is not indented like its neighbours, or has no field name."),
        ("a:\n\tb: c\n", "2:1: error: a value cannot begin with this character."),
        ("a: @b", "1:4: error: a value cannot begin with this character."),
        ("a: ,b", "1:4: error: here a value or a field name is expected."),
        ('a: "\\q"', "1:5: error: inside double quotes a backslash begins an escape, and this one is unknown."),
        ('a: "\\x0"', "1:7: error: this escape stands for no character."),
        ("a: b\n...\nc: d\n", '3:1: error: nothing may follow a line of "...".'),
        ("a: |999\n b\n", "1:6: error: this cannot be read as YAML: did not find expected comment or line break."),
    ],
)
def test_syntax_errors_are_put_in_plain_words(data: str, said: str) -> None:
    assert refusal(data) == f"{said} [yaml-syntax]"


def test_without_the_c_parser_nothing_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr(yaml, "CSafeLoader")
    with pytest.raises(BlazonError) as caught:
        parse(PATH, b"a: b", Report())
    wanted = "PyYAML is installed without its C parser (libyaml), which this program needs to read files safely."
    hint = 'install PyYAML from a wheel: pip install --force-reinstall --only-binary ":all:" pyyaml'
    assert (caught.value.message, caught.value.hint) == (wanted, hint)


def test_a_plain_value_is_what_was_read_without_its_places() -> None:
    assert plain(read("a: b\nc: [d, {e: [f]}, []]\n")) == {"a": "b", "c": ["d", {"e": ["f"]}, []]}


@settings(max_examples=500, deadline=None)
@given(
    st.binary(max_size=300)
    | st.text(max_size=300).map(str.encode)
    | st.text("[]{}:,-?&*!|>'\"%#\n ab", max_size=200).map(str.encode)
)
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    report = Report()
    table = parse(PATH, data, report)
    assert (table is None) == (len(report) == 1)


def test_reading_is_fast() -> None:
    data = b"".join(b"field%d: some text that is not very long\n" % number for number in range(20))
    start = time.perf_counter()
    for _ in range(200):
        read(data)
    assert (time.perf_counter() - start) / 200 < 0.002
