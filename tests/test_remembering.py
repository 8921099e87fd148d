"""What a build remembers for the next one: it saves work, and never changes what is built or refused."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from hashlib import sha256
from pathlib import Path

import pytest

import programs
from blazon import glance, remembering, swap
from blazon.hands import Forked
from blazon.keys import DEMO_SEED, Secret
from blazon.order import Order
from blazon.publishing import build

TODAY = date(2026, 11, 20)
THEME = "themes/stitch/static/note.txt"


def order_of(root: Path, **choices: object) -> Order:
    return replace(Order(root, root / "dist", TODAY, began=time.time_ns()), **choices)  # type: ignore[arg-type]


def same_again(order: Order) -> bool:
    return remembering.unchanged(order, list) is not None


def record_of(order: Order) -> Path:
    place = swap.record_of(order.target)
    assert place is not None
    return place


def site_of(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def make(order: Order) -> None:
    made = build(order, list, lambda _awards: None)
    assert made.changes is not None, [one.as_text() for one in made.report]


@pytest.fixture
def order(tmp_path: Path) -> Order:
    root = programs.small(tmp_path / "program")
    order = order_of(root)
    make(order)
    return order


def test_what_was_built_once_need_not_be_built_again(order: Order) -> None:
    said = remembering.unchanged(order, list)
    assert said is not None
    assert said.sentences[0] == "Riverbend Afterschool Network: 1 badge, 1 earner, 1 award"
    assert said.files == len(site_of(order.target)) - 1  # the mark is no file of the site
    assert record_of(order).stat().st_mode & 0o777 == 0o600


def test_no_byte_of_the_program_and_no_name_of_a_person_is_kept(order: Order) -> None:
    text = record_of(order).read_text()
    assert "priya" not in text.lower()
    assert "z6Mk" not in text


def test_without_a_moment_nothing_is_believed_and_nothing_kept(order: Order) -> None:
    record_of(order).unlink()
    make(replace(order, began=0))
    assert not record_of(order).exists()
    make(order)
    assert not same_again(replace(order, began=0))


def test_warnings_are_said_again(tmp_path: Path) -> None:
    order = order_of(programs.small(tmp_path / "program"), fullest=0)
    made = build(order, list, lambda _awards: None)
    said = remembering.unchanged(order, list)
    assert said is not None
    assert [*said.report] == [*made.report]
    assert said.report.warnings == 1
    assert not same_again(replace(order, strict=True))


@pytest.mark.parametrize(
    "choice",
    [{"today": TODAY + timedelta(1)}, {"base": "https://elsewhere.example/"}, {"accepted": ("x",)}, {"fullest": 1}],
)
def test_another_order_is_another_build(order: Order, choice: dict[str, object]) -> None:
    assert not same_again(replace(order, **choice))  # type: ignore[arg-type]
    assert same_again(replace(order, processes=2))


def test_another_key_is_another_build(order: Order) -> None:
    assert remembering.unchanged(order, lambda: [Secret(bytes(32))]) is None
    assert remembering.unchanged(order, lambda: [Secret(DEMO_SEED)]) is None


def rewrite(path: str, old: str, new: str) -> Callable[[Path], None]:
    def edit(root: Path) -> None:
        text = (root / path).read_text()
        assert old in text
        (root / path).write_text(text.replace(old, new, 1))

    return edit


def add(path: str, text: str = "x\n") -> Callable[[Path], None]:
    def edit(root: Path) -> None:
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(text)

    return edit


EDITS: dict[str, Callable[[Path], None]] = {
    "an award": rewrite(programs.AWARD, "issued: ", "issued:  "),
    "a badge": rewrite(f"content/badges/{programs.BADGE}/badge.yaml", "\n", "\n# a remark\n"),
    "what an earner chose": add("content/earners/priya-raman/earner.yaml", "name: Priya Raman\n"),
    "a remark in the settings": rewrite("content/site.yaml", "\n", "\n# a remark\n"),
    "a theme": add(THEME),
    "a theme again": rewrite(THEME, "x", "y"),
    "a theme that is gone": lambda root: (root / THEME).unlink(),
    "a file beside the content": add("README.md"),
    "a page that is not listed": add("docs/page.md"),
    "a key": rewrite("keys/demo.yaml", "\n", "\n\n"),
    "a folder": lambda root: (root / "content/earners/nobody").mkdir(),
    "the bytes of a page": rewrite("dist/index.html", "<html", "<HTML"),
    "a page that is gone": lambda root: (root / "dist/index.html").unlink(),
    "a page that is not ours": add("dist/extra.html"),
}


def test_each_edit_is_seen_and_the_site_is_what_a_build_into_an_empty_folder_gives(
    order: Order, tmp_path: Path
) -> None:
    for what, edit in EDITS.items():
        edit(order.root)
        assert not same_again(order), what
        order = order_of(order.root, accepted=("extra.html",) if "ours" in what else ())
        make(order)
        assert same_again(order), what
    fresh = order_of(order.root, target=tmp_path / "fresh", began=0)
    make(fresh)
    assert site_of(order.target) == site_of(fresh.target)


def test_several_processes_see_what_one_sees(order: Order, monkeypatch: pytest.MonkeyPatch) -> None:
    alone = glance.parts_of_site(order.target)
    monkeypatch.setattr(glance, "_MANY_PARTS", 0)
    monkeypatch.setattr(glance, "_PARTS_AT_ONCE", 1)
    assert glance.parts_of_site(order.target, Forked(2)) == alone
    written = [path for path in order.target.rglob("*") if path.is_file()]
    assert sum(one.files for one in alone.values()) == len(written)
    assert sum(one.size for one in alone.values()) == sum(path.stat().st_size for path in written)


def test_an_edit_of_the_same_length_within_one_tick_of_the_clock_is_seen(order: Order) -> None:
    path = order.root / programs.AWARD
    before = path.stat()
    path.write_bytes(path.read_bytes().replace(b"priya", b"pryia", 1))
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))
    frozen = path.stat()
    since = frozen.st_ctime_ns
    one = remembering.sources(order, since)
    path.write_bytes(path.read_bytes().replace(b"pryia", b"priya", 1))
    assert remembering.sources(order, since) != one


def test_a_secret_that_strayed_in_is_found_although_nothing_else_changed(order: Order) -> None:
    (order.root / "notes.txt").write_text(Secret(DEMO_SEED).one_line())
    assert not same_again(order)


def test_a_link_among_the_sources_is_never_remembered(order: Order) -> None:
    (order.root / "themes").symlink_to(order.root / "content")
    make(order_of(order.root))
    assert not same_again(order)


@pytest.mark.parametrize("what", ["lock", "new", "old", "note"])
def test_what_a_killed_build_left_is_for_a_build_to_clear(order: Order, what: str) -> None:
    (order.target.parent / f".dist.blazon-{what}").touch()
    assert not same_again(order)


def test_j8_a_damaged_record_is_not_believed(order: Order) -> None:
    place = record_of(order)
    whole = place.read_bytes()
    for number in range(0, len(b"\n".join(whole.split(b"\n", 2)[:2])), 7):
        place.write_bytes(whole[:number])
        assert not same_again(order), number
        place.write_bytes(whole[:number] + bytes([whole[number] ^ 1]) + whole[number + 1 :])
        assert not same_again(order), number
    place.write_bytes(whole)
    assert same_again(order)


def sealed(text: bytes) -> bytes:
    return sha256(text).hexdigest().encode() + b"\n" + text


@pytest.mark.parametrize(
    "text",
    [
        b"",
        b"{}",
        b"[]",
        b"null",
        b"\xff",
        b"[" * 100_000,
        b'{"began": ' + b"9" * 5000 + b"}",
        b'{"began": "\xd9\xa3", "sources": 1, "site": 1, "keys": 1, "said": {}}',
        b'{"began": "-1", "sources": "", "site": "", "keys": [], "said": {"report": [[1, 2]]}}',
        b'{"began": "1", "sources": "", "site": "", "keys": [], "said": {"report": 7}}',
        b'{"began": "1", "said": {"report": [["a b", "", 1, 1, "", ""]]}}',
        b'{"began": true, "said": {"report": [], "sentences": [7], "sources": 1, "files": 1, "size": 1}}',
        b'{"began": {}, "keys": [], "said": {"report": [], "sentences": [], "sources": 1, "files": 1, "size": 1}}',
        b'{"began": {}, "said": {"report": [], "sentences": [], "sources": -1, "files": 1, "size": 1}}',
        b'{"said": "' + b"x" * remembering.LARGEST + b'"}',
    ],
)
def test_j8_a_foreign_record_is_not_believed(order: Order, text: bytes) -> None:
    record_of(order).write_bytes(sealed(text))
    assert not same_again(order)
    make(order)
    assert same_again(order)


def test_a_record_that_came_with_a_repository_is_not_believed(order: Order) -> None:
    place = record_of(order)
    place.chmod(0o644)
    assert not same_again(order)
    make(order)
    assert same_again(order)
    place.rename(place.with_name("moved"))
    place.symlink_to("moved")
    assert not same_again(order)


def test_a_record_that_cannot_be_written_does_not_stop_a_build(order: Order) -> None:
    record_of(order).unlink()
    record_of(order).mkdir()
    make(order)
    assert not same_again(order)


def test_what_is_too_much_to_remember_is_built_again(order: Order, monkeypatch: pytest.MonkeyPatch) -> None:
    record_of(order).unlink()
    monkeypatch.setattr(remembering, "LARGEST", 200)
    make(order)
    assert not record_of(order).exists()
    assert not same_again(order)


def test_a_path_that_cannot_be_a_target_has_no_record() -> None:
    assert swap.record_of(Path("/")) is None
