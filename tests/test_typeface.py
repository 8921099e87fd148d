"""Letters as outlines: what can be written, how wide it is, and where its lines end."""

from __future__ import annotations

import pytest

from blazon import curves, typeface
from blazon.diagnostics import BlazonError
from pagebook import FILES

NAMES = ("display", "bold", "text")
LETTERS = b"""\
## A comment.
  250
A 600 M0 0l300-700l300 700z
B 500 M0 0l0-700l500 0l0 700zM100-100l300 0l0-200l-300 0z
\xc3\x84 600 A M200-800l0-100l200 0l0 100z
V 600 M0-700l300 700l300-700z
- 300 M0-300l300 0l0 100l-300 0z
\xe2\x80\xa6 900 M0 0l0-100l900 0l0 100z
AV -100
VA -100
"""
FACE = typeface.read("letters/own.txt", LETTERS)


def shipped(name: str) -> typeface.Typeface:
    return typeface.read(f"letters/{name}.txt", FILES[f"letters/{name}.txt"])


def test_pairs_stand_nearer_and_accents_are_drawn_over_their_letter() -> None:
    assert FACE.width("AVA") == 600 * 3 - 200
    assert [x for x, _ in FACE.placed("AVA")] == [0, 500, 1000]
    assert FACE.outlines["Ä"].startswith(FACE.outlines["A"] + "M200")
    assert [x for x, _ in FACE.placed("A B")] == [0, 850]


def test_text_is_written_whole_or_not_at_all() -> None:
    assert FACE.can_write("AV BÄ")
    assert not FACE.can_write("ABC")
    assert not FACE.can_write("")
    assert not typeface.NOTHING.can_write(" ")


def test_text_takes_the_first_size_at_which_it_has_room() -> None:
    assert FACE.fitted("BB BB BB", (10, 8, 6), 1, 35) == (10, ("BB BB BB",))
    assert FACE.fitted("BB BB BB", (10, 8, 6), 1, 28) == (8, ("BB BB BB",))
    assert FACE.fitted("BB BB BB", (10, 8, 6), 2, 25) == (10, ("BB", "BB BB"))
    assert FACE.fitted("BB-BB BB", (10, 8, 6), 3, 14) == (10, ("BB-", "BB", "BB"))


def test_lines_are_about_as_long_as_each_other_and_never_too_long() -> None:
    assert FACE.fitted("B B B BBBB", (10,), 2, 30) == (10, ("B B B", "BBBB"))
    for room in range(21, 80):
        size, lines = FACE.fitted("BBBB B BB ABA BBB V", (10,), 4, room)
        assert size == 10
        assert all(FACE.width(line) * size <= room * typeface.EM for line in lines), room


def test_text_without_room_is_cut_at_a_word_if_it_can_be() -> None:
    assert FACE.fitted("BB BB BB", (10,), 1, 25) == (10, ("BB…",))
    assert FACE.fitted("BB - BB BB", (10,), 1, 25) == (10, ("BB…",))
    assert FACE.fitted("BBBBBBBB", (10,), 3, 25) == (10, ("BBB…",))
    plain = typeface.read("letters/own.txt", b"B 500 M0 0l0-700l500 0z\n")
    assert plain.fitted("BBBBBBBB", (10,), 3, 25) == (10, ("BBBBB",))


@pytest.mark.parametrize("name", NAMES)
def test_the_shipped_letters_write_what_badges_are_called(name: str) -> None:
    face = shipped(name)
    for text in ("Youth Facilitation: In the Field", "“C#” & 100 % – ¿qué?", "Señal Ångström Łódź Çağ Øre", "·…"):
        assert face.can_write(text), text
    assert not face.can_write("الإسعافات")
    assert not face.can_write("急救")
    assert face.width("AV") < face.width("A") + face.width("V")


@pytest.mark.parametrize("name", NAMES)
def test_the_shipped_letters_are_outlines_that_close(name: str) -> None:
    face = shipped(name)
    assert len(face.outlines) > 280
    for letter, outline in face.outlines.items():
        for polyline in curves.flatten(outline, 1):
            assert polyline[0] == polyline[-1], letter
            assert all(-400 <= x <= 1700 and -1300 <= y <= 500 for x, y in polyline), letter


@pytest.mark.parametrize(
    "line",
    ["A", "A wide", "A 600 m0 0z", "A 600 B M0 0z", "A 600 M0 0<z", "AV near", "A 600 M" + "0" * 20_001, "AVA -10"],
)
def test_a_line_that_cannot_be_read_is_named(line: str) -> None:
    with pytest.raises(BlazonError) as caught:
        typeface.read("letters/own.txt", f"## ours\n\n{line}\n".encode())
    assert str(caught.value) == "letters/own.txt in the theme: line 3 is neither a letter nor a pair of letters."
    assert caught.value.hint.startswith("write a letter, its width, and its outline:")
