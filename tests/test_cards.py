"""Social cards: what stands on them, how large they are, and that they are the same on every machine."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import replace
from hashlib import sha256

import pytest
from PIL import Image, ImageChops

from blazon import address, cards, pictures, png
from blazon.cards import Card, Cards
from blazon.model import Achievement, Art, Kind, Program
from blazon.render import Theme
from blazon.threads import THREADS
from blazon.typeface import Typeface
from pagebook import FILES, PROGRAM, THEME, badge

Shown = list[tuple[str, str]]  # colour and text of each line


def card(one: Achievement, program: Program = PROGRAM) -> Card:
    return Cards(program, FILES, THEME.words).of(one)


def drawn(one: Achievement, art: bytes = b"") -> bytes:
    return pictures.draw_card(card(one), art or pictures.draw(one.slug, one.kind, 0, one.art).png)


def pixels(data: bytes) -> Image.Image:
    with Image.open(io.BytesIO(data)) as picture:
        return picture.convert("RGB")


def written(
    monkeypatch: pytest.MonkeyPatch, one: Achievement, program: Program = PROGRAM, language: str = "en"
) -> Shown:
    """The lines of a card with their colours, read where they are turned into outlines."""
    lines: list[str] = []
    placed = Typeface.placed

    def noted(face: Typeface, line: str) -> Iterator[tuple[int, str]]:
        lines.append(line)
        return placed(face, line)

    monkeypatch.setattr(Typeface, "placed", noted)
    prints = Cards(program, FILES, Theme(FILES, language).words).of(one).prints[1:]
    return list(zip((found.colour for found in prints), lines, strict=True))


def test_a_card_says_who_gives_which_badge_of_what_kind(monkeypatch: pytest.MonkeyPatch) -> None:
    thread = THREADS["indigo"]
    assert written(monkeypatch, badge("camping", "Camping")) == [
        (thread.text, "Example Academy"),
        ("#14211b", "Camping"),
        ("#14211b", "Skill"),
        ("#45544d", "Check it on the award page"),
    ]
    assert card(badge("camping", "Camping")).ground == thread.tint


def test_a_card_of_a_level_says_which(monkeypatch: pytest.MonkeyPatch) -> None:
    lines = [text for _, text in written(monkeypatch, PROGRAM.achievements["second"])]
    assert lines == ["Example Academy", "Leading:", "Practice", "Skill · Level 2 of 3", "Check it on the award page"]


def test_a_card_speaks_the_language_of_its_program(monkeypatch: pytest.MonkeyPatch) -> None:
    lines = [text for _, text in written(monkeypatch, badge("camping", "Acampada"), language="es")]
    assert lines[1:] == ["Acampada", "Destreza", "Compruébelo en la página del reconocimiento"]


def test_text_that_the_letters_cannot_write_is_left_out(monkeypatch: pytest.MonkeyPatch) -> None:
    lines = [text for _, text in written(monkeypatch, badge("camping", "الإسعافات الأولية"))]
    assert lines == ["Example Academy", "Skill", "Check it on the award page"]
    settings = PROGRAM.settings
    unwritable = replace(PROGRAM, settings=replace(settings, issuer=replace(settings.issuer, name="شبكة النهر")))
    bare = Cards(unwritable, FILES, Theme(FILES, "ar").words).of(badge("camping", "الإسعافات الأولية"))
    assert len(bare.prints) == 1  # the border
    left, top, side = bare.art
    assert (left + side / 2, top + side / 2) == (600, 315)


def test_a_theme_without_letters_has_cards_without_text() -> None:
    theme = {path: data for path, data in FILES.items() if not path.startswith("letters/")}
    assert len(Cards(PROGRAM, theme, THEME.words).of(badge("camping", "Camping")).prints) == 1


@pytest.mark.parametrize(
    "name",
    ["I", "Wwwwwwww " * 9, "Donaudampfschifffahrtselektrizitätenhauptbetriebswerk", "Ågnęs Łódź " * 5, "jjj ggg"],
)
def test_text_stays_beside_the_picture_and_within_the_border(name: str) -> None:
    shown = pixels(drawn(badge("camping", name.strip())))
    right = shown.crop((520, 40, 1160, 590))
    bounds = ImageChops.difference(right, Image.new("RGB", right.size, shown.getpixel((0, 0)))).getbbox()
    assert bounds
    assert bounds[0] >= 30
    assert bounds[1] >= 30
    assert bounds[2] <= 605
    assert bounds[3] <= 520


@pytest.mark.parametrize("kind", Kind)
def test_a_card_is_a_small_picture_of_the_size_that_previews_show(kind: Kind) -> None:
    made = drawn(badge("camping", "Youth Facilitation: In the Field", kind=kind))
    assert png.size(made) == (1200, 630) == (cards.WIDTH, cards.HEIGHT)
    assert len(made) <= 70_000
    assert png.refuse(made) == ""
    pictures.readable_png(made)


def test_a_card_has_the_ground_border_and_picture_of_its_badge() -> None:
    shown = pixels(drawn(badge("camping", "Camping", art=Art("lagoon", "tent"))))
    thread = THREADS["lagoon"]
    colours = {name: tuple(bytes.fromhex(getattr(thread, name)[1:])) for name in ("tint", "fill", "field")}
    assert shown.getpixel((4, 4)) == colours["tint"]
    assert {shown.getpixel((x, 28)) for x in range(80, 400)} >= {colours["tint"], colours["fill"]}
    assert shown.getpixel((80 + 215, 315 - 110)) == colours["field"]


def test_letters_have_holes() -> None:
    shown = pixels(drawn(badge("o", "O")))
    ground, middle = shown.getpixel((0, 0)), (560 + 26, 301)
    around = [shown.getpixel((x, middle[1])) for x in range(555, 625)]
    inks = [x for x, pixel in enumerate(around) if pixel == (0x14, 0x21, 0x1B)]
    assert any(around[x] == ground for x in range(inks[0], inks[-1]))


def noise(colours: int, side: int = 500) -> bytes:
    """A picture that nothing compresses: a photograph's worst case."""
    data = b"".join(sha256(n.to_bytes(4, "big")).digest() for n in range(side * side * 3 // 32 + 1))
    picture = Image.frombytes("RGB", (side, side), data[: side * side * 3])
    written = io.BytesIO()
    (picture if colours > 256 else picture.quantize(colours)).save(written, "PNG")
    return written.getvalue()


@pytest.mark.parametrize("colours", [16, 200, 100_000])
def test_a_card_is_small_whatever_picture_a_badge_brings(colours: int) -> None:
    made = drawn(badge("own", "Own"), noise(colours))
    assert len(made) <= 70_000
    assert len({pixels(made).getpixel((x, 315)) for x in range(100, 480)}) > 2


def test_a_card_is_the_same_on_every_machine() -> None:
    one = badge("camping", "Youth Facilitation: In the Field", art=Art("rose", "tent"))
    made = drawn(one)
    pictures.draw_card.cache_clear()
    pictures._covered.cache_clear()
    assert drawn(one) == made
    assert sha256(made).hexdigest() == "5ddc34c3633a1b22c17433570ef6737967058914050dd3571f7a5a677b0f7d48"


def test_each_version_of_a_badge_has_a_card_and_no_award_has() -> None:
    one = badge("camping", "Camping")
    assert address.card_picture(one) == "badges/camping/card.png"
    assert address.card_picture(replace(one, version=2)) == "badges/camping/card-2.png"
