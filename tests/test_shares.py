"""A site built in parts is the one that is built at once; a part that is missing, strange or damaged is refused by its name."""

from __future__ import annotations

import json
import shutil
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

import programs
from blazon import publishing, shares, site
from blazon.diagnostics import BlazonError
from blazon.folder import listing
from blazon.keys import DEMO_SEED, Secret
from blazon.order import Order
from blazon.shares import Part

TODAY = date(2026, 11, 20)
LIST = ".blazon-part/part.json"


def build(order: Order) -> dict[str, bytes]:
    made = publishing.build(order, lambda: [Secret(DEMO_SEED)], lambda _awards: None)
    assert made.changes is not None, [one.as_text() for one in made.report]
    return files(order.target)


def files(folder: Path) -> dict[str, bytes]:
    return {path: (folder / path).read_bytes() for path in listing(folder)}


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small program, its site, and the site in two parts."""
    root = programs.small(tmp_path_factory.mktemp("parts") / "program")
    order = Order(root, root / "dist", TODAY, processes=1)
    build(order)
    for number in (1, 2):
        build(replace(order, target=root / f"part-{number}", part=Part(number, 2)))
    return root


@pytest.fixture
def root(made: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(made, tmp_path / "program"))


def merge(root: Path, *names: str, today: date = TODAY) -> dict[str, bytes]:
    order = Order(root, root / "merged", today, processes=1)
    done = publishing.merge(order, [root / name for name in names], lambda _awards: None)
    assert done.changes is not None, [one.as_text() for one in done.report]
    return files(root / "merged")


def refusal(root: Path, *names: str, today: date = TODAY) -> tuple[str, str]:
    """What is said when parts are refused: message and hint, without the way to the folder. No site is there then."""
    with pytest.raises(BlazonError) as caught:
        merge(root, *names, today=today)
    assert not (root / "merged").exists()
    return caught.value.message.replace(f"{root}/", ""), caught.value.hint.replace(f"{root}/", "")


def change(place: Path, **members: object) -> None:
    place.write_text(json.dumps({**json.loads(place.read_text()), **members}))


def test_two_parts_are_the_site(root: Path) -> None:
    assert merge(root, "part-2", "part-1") == files(root / "dist")


def test_the_demo_in_seven_parts_is_the_demo(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(site, "AWARDS_IN_A_PIECE", 3)
    order = Order(programs.DEMO, tmp_path / "whole", TODAY, processes=1)
    for number in range(1, 8):
        build(replace(order, target=tmp_path / f"{number}", part=Part(number, 7)))
    places = [tmp_path / f"{number}" for number in range(1, 8)]
    done = publishing.merge(replace(order, target=tmp_path / "merged"), places, lambda _awards: None)
    assert done.changes is not None
    assert files(tmp_path / "merged") == build(order)


@pytest.mark.parametrize("text", ["0/4", "5/4", "1", "1/0", "1/257", "a/b", "-1/4", "1/2/3"])
def test_what_is_no_part_is_refused(text: str) -> None:
    with pytest.raises(BlazonError) as caught:
        shares.read(text)
    assert (caught.value.message, caught.value.exit_code) == (f"{text} is no part of a build.", 2)
    assert caught.value.hint == "type it as --part 3/16, with at most 256 parts."
    assert shares.read("3/16") == Part(3, 16)


def test_parts_that_are_missing_or_there_twice_are_named(root: Path) -> None:
    assert refusal(root) == ("no part was named.", "type: blazon merge part-1 part-2 -o dist")
    hint = "make it with: blazon build --part 2/2 -o part-2"
    assert refusal(root, "part-1") == ("1 of 2 part is not there: 2/2.", hint)
    assert refusal(root, "part-1", "part-1") == ("part-1 and part-1 are both part 1/2.", "name each part once.")


def test_a_folder_that_is_no_part_is_named(root: Path) -> None:
    hint = "make one with: blazon build --part 1/4 -o part-1"
    assert refusal(root, "dist", "part-2") == ("dist holds no part of a build.", hint)
    change(root / "part-1" / LIST, part="one")
    hint = "make it again with: blazon build --part"
    assert refusal(root, "part-1", "part-2") == ("part-1 holds no part that can be read.", hint)


@pytest.mark.parametrize(
    ("member", "value", "message"),
    [
        ("blazon", "9.9", "part-1 was made by blazon 9.9, and this is"),
        ("program", "0" * 64, "part-1 was made of other files than are here."),
        (
            "address",
            "https://other.example/",
            "part-1 is a part of the site of https://other.example/, and this one is",
        ),
        ("pieces", 3, "part-2 is one of 2 parts, and part-1 one of 2."),
    ],
)
def test_a_part_of_another_build_is_refused(root: Path, member: str, value: object, message: str) -> None:
    change(root / "part-1" / LIST, **{member: value})
    said, hint = refusal(root, "part-1", "part-2")
    assert said.startswith(message)
    assert hint == f"make it again with: blazon build --part {message[5]}/2 -o {message[:6]}"


def test_another_day_says_how_to_type_it(root: Path) -> None:
    said = (
        "part-1 was made for 2026-11-20, and this is 2026-11-21.",
        "put it together for that day: blazon merge --today 2026-11-20",
    )
    assert refusal(root, "part-1", "part-2", today=date(2026, 11, 21)) == said


AGAIN = "make it again with: blazon build --part 1/2 -o part-1"


def test_a_file_that_was_changed_removed_or_added_is_named(root: Path) -> None:
    place = root / "part-1"
    (place / "extra.html").write_bytes(b"x")
    assert refusal(root, "part-1", "part-2") == ("part-1 has a file that is not of its part: extra.html.", AGAIN)
    (place / "extra.html").unlink()
    page = (place / "index.html").read_bytes()
    (place / "index.html").write_bytes(page + b" ")
    assert refusal(root, "part-1", "part-2") == ("part-1/index.html is not as it was made.", AGAIN)
    (place / "index.html").unlink()
    assert refusal(root, "part-1", "part-2") == ("part-1 lacks index.html.", AGAIN)
    (place / "index.html").symlink_to(root / "dist/index.html")
    assert refusal(root, "part-1", "part-2") == ("part-1/index.html is not as it was made.", AGAIN)
    (place / ".blazon-part/0.json").unlink()
    assert refusal(root, "part-1", "part-2") == ("part-1 lacks a list of its files: .blazon-part/0.json.", AGAIN)


@pytest.mark.parametrize("path", ["../away.html", "/etc/away", ".blazon-part/9.json", ".blazon"])
def test_a_list_that_leads_elsewhere_is_refused(root: Path, path: str) -> None:
    change(root / "part-1/.blazon-part/0.json", **{path: "0" * 64})
    assert refusal(root, "part-1", "part-2") == (f"part-1 lists a file that no site has: {path}.", AGAIN)


def test_a_path_in_two_parts_is_refused(root: Path) -> None:
    change(root / "part-2/.blazon-part/1.json", **{"index.html": "0" * 64})
    said = ("index.html is in part-1 and in part-2.", AGAIN.replace("1/2", "2/2").replace("part-1", "part-2"))
    assert refusal(root, "part-1", "part-2") == said


def test_a_part_never_takes_the_place_of_a_site(root: Path) -> None:
    order = Order(root, root / "dist", TODAY, processes=1, part=Part(1, 2))
    with pytest.raises(BlazonError, match="dist is not replaced: it holds the site of"):
        build(order)
    with pytest.raises(BlazonError, match="part-1 is not replaced: it holds the site of"):
        build(replace(order, target=root / "part-1", part=None))
