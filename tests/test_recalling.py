"""What a build takes over from the last site: it saves work, and the site is what a build into an empty folder gives."""

from __future__ import annotations

import errno
import json
import os
import random
import shutil
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

import programs
from blazon import folder, recalling, swap
from blazon.diagnostics import BlazonError, Report
from blazon.keys import DEMO_SEED, Secret
from blazon.model import Award
from blazon.opened import open_program
from blazon.order import Order
from blazon.pieces import Site
from blazon.publishing import Built, build
from blazon.recalling import Recalled
from blazon.shares import Part
from blazon.site import publish
from blazon.standing import has_page

TODAY = date(2026, 11, 20)
MEANT = ("awards/", "achievements/", "ob2/", "earners/", "badges/", "status/", "extra.html", "endorsements/")
EARNERS = "content/earners"
PRIYA = f"{EARNERS}/priya-raman/stem-night-lead.yaml"
QUINN = f"{EARNERS}/quinn/stem-night-lead.yaml"
CLAIM = f"{EARNERS}/sam-whitlock/youth-facilitation-3.yaml"
OWN = "themes/stitch/templates/award.html"

Edit = Callable[[Path], object]
Found = list[Recalled]


def order_of(root: Path, **choices: object) -> Order:
    order = Order(root, root / "dist", TODAY, accepted=MEANT, processes=1, began=time.time_ns())
    return replace(order, **choices)  # type: ignore[arg-type]


def site_of(target: Path) -> dict[str, bytes]:
    return {path.relative_to(target).as_posix(): path.read_bytes() for path in target.rglob("*") if path.is_file()}


def make(order: Order) -> Built:
    made = build(order, list, lambda _awards: None)
    assert made.changes is not None, [one.as_text() for one in made.report]
    return made


@pytest.fixture
def found(monkeypatch: pytest.MonkeyPatch) -> Found:
    """What each build found that it may take over."""
    seen: Found = []
    recall = recalling.recall

    def told(*values: object) -> Recalled:
        seen.append(recall(*values))  # type: ignore[arg-type]
        return seen[-1]

    monkeypatch.setattr(recalling, "recall", told)
    return seen


def built(root: Path) -> Order:
    """The demo's content, with its site."""
    for name in ("content", "keys"):
        shutil.copytree(programs.DEMO / name, root / name)
    order = order_of(root)
    make(order)
    return order


@pytest.fixture
def order(tmp_path: Path) -> Order:
    return built(tmp_path / "program")


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Order:
    """One for tests that change nothing but the record."""
    return built(tmp_path_factory.mktemp("kept") / "program")


@pytest.fixture
def record(kept: Order) -> Iterator[Path]:
    """The record, which is itself again afterwards."""
    place = record_of(kept)
    whole = place.read_bytes()
    yield place
    place.write_bytes(whole)


def again(order: Order, tmp_path: Path, **choices: object) -> None:
    """Build over the site that is there, and into an empty folder: both are the same, byte for byte."""
    fresh = tmp_path / "fresh"
    shutil.rmtree(fresh, ignore_errors=True)
    made = make(order_of(order.root, **choices))
    whole = make(order_of(order.root, target=fresh, **{**choices, "began": 0}))
    assert site_of(order.target) == site_of(fresh)
    assert made.changes is not None
    assert whole.changes is not None
    assert (made.changes.files, made.changes.size) == (whole.changes.files, whole.changes.size)


def rewrite(path: str, old: str, new: str) -> Edit:
    def edit(root: Path) -> None:
        text = (root / path).read_text("utf-8")
        assert old in text, path
        (root / path).write_text(text.replace(old, new, 1), "utf-8")

    return edit


def copied(root: Path) -> None:
    """A theme with a template of its own."""
    (root / OWN).parent.mkdir(parents=True)
    (root / OWN).write_bytes((programs.DEMO / OWN).read_bytes() + b"{# of our own #}")


def added(root: Path) -> None:
    """An award more, of somebody who is new."""
    text = (root / PRIYA).read_text("utf-8")
    text = text.replace("id: ", f"id: {'a' * 26} # ", 1).replace("status_index: ", "status_index: 7 # ", 1)
    (root / QUINN).parent.mkdir()
    (root / QUINN).write_text(text.replace("Priya Raman", "Quinn"), "utf-8")


def withdrawn(root: Path) -> None:
    text = (root / PRIYA).read_text("utf-8")
    (root / PRIYA).write_text(f'{text}revoked:\n  "on": 2026-11-01\n  reason: issued in error\n', "utf-8")


EDITS: dict[str, tuple[Edit, set[str], bool]] = {
    "nothing": (lambda _root: None, set(), True),
    "a remark in an award": (rewrite(PRIYA, "\n", "\n# a remark\n"), {"priya-raman"}, True),
    "the text of an award": (rewrite(PRIYA, "did: |\n", "did: |\n  More.\n"), {"priya-raman"}, True),
    "an award is added": (added, {"quinn"}, False),
    "an award is withdrawn": (withdrawn, {"priya-raman"}, False),
    "an earner says more": (rewrite(f"{EARNERS}/kestrel/earner.yaml", "about: ", "about: Also, "), {"kestrel"}, False),
    "an earner hides a page": (
        rewrite(f"{EARNERS}/noor-bakker/earner.yaml", "visibility: public", "visibility: withheld"),
        {"noor-bakker"},
        False,
    ),
    "an earner is gone": (lambda root: shutil.rmtree(root / EARNERS / "wren"), set(), False),
    "an earner is renamed": (
        lambda root: (root / EARNERS / "priya-raman").rename(root / EARNERS / "priya"),
        {"priya"},
        False,
    ),
    "an award goes to another earner": (
        lambda root: (root / QUINN).rename(root / EARNERS / "kestrel/stem-night-lead.yaml"),
        {"kestrel"},
        False,
    ),
    "what a claim says": (rewrite(CLAIM, "did: |\n", "did: |\n  More.\n"), {"sam-whitlock"}, False),
}
FOR_ALL: dict[str, Edit] = {
    "a badge": rewrite("content/badges/family-voices/badge.yaml", "summary: ", "summary: Now, "),
    "a remark in a badge": rewrite("content/badges/family-voices/badge.yaml", "\n", "\n# a remark\n"),
    "a setting": rewrite("content/site.yaml", "tagline: ", "tagline: Now, "),
    "a reviewer": rewrite("content/reviewers.yaml", "\n", "\n# a remark\n"),
    "a key": rewrite("keys/demo.yaml", "\n", "\n# a remark\n"),
    "a string of the theme": lambda root: strings(root).write_text("award:\n  more: All of it\n", "utf-8"),
    "a template": copied,
    "an award, where a template may tell how many there are": added,
}


def strings(root: Path) -> Path:
    place = root / "themes/stitch/strings/en.yaml"
    place.parent.mkdir(parents=True, exist_ok=True)
    return place


def earners(root: Path) -> set[str]:
    """Those who have awards, published or not."""
    return {path.parent.name for path in (root / EARNERS).glob("*/*.yaml") if path.name != "earner.yaml"}


def test_only_the_files_of_earners_with_whom_something_changed_are_made(
    order: Order, tmp_path: Path, found: Found
) -> None:
    for what, (edit, touched, is_same) in EDITS.items():
        edit(order.root)
        again(order, tmp_path)
        assert found[-2].unchanged == earners(order.root) - touched, what
        assert found[-2].is_same == is_same, what
        assert (found[-1].unchanged, found[-1].is_same) == (frozenset(), False), what


@pytest.mark.parametrize("what", FOR_ALL)
def test_what_all_pages_may_depend_on_makes_all_of_them_anew(
    what: str, order: Order, tmp_path: Path, found: Found
) -> None:
    if "where a template" in what:
        copied(order.root)
        make(order_of(order.root))
    FOR_ALL[what](order.root)
    again(order, tmp_path)
    assert (found[-2].unchanged, found[-2].is_same) == (frozenset(), False)
    make(order_of(order.root))
    assert (found[-1].unchanged, found[-1].is_same) == (frozenset(earners(order.root)), True)


def test_what_is_nobody_s_own_tells_nothing_of_what_only_an_award_s_own_pages_tell(kept: Order) -> None:
    _, opened = open_program(kept.root, Report(), kept.today)
    assert opened is not None
    program = opened.program
    other = [replace(one, **recalling.OWN) if has_page(program, one) else one for one in program.awards]
    assert other != [*program.awards]

    def of_nobody(awards: Sequence[Award]) -> dict[str, bytes]:
        changed = replace(program, awards=tuple(awards))
        whose = {award.earner for award in awards}
        return dict(publish(changed, opened.plan, [], opened.theme, kept.today, without=whose))

    assert of_nobody(other) == of_nobody(program.awards)


@pytest.mark.parametrize(
    "choice", [{"today": TODAY + timedelta(1)}, {"base": "https://elsewhere.example/"}], ids=["day", "address"]
)
def test_another_order_makes_all_anew(order: Order, tmp_path: Path, found: Found, choice: dict[str, object]) -> None:
    if "base" in choice:
        shutil.rmtree(order.target)
    again(order, tmp_path, **choice)
    assert found[-2].unchanged == set()


def test_j8_a_damaged_record_is_not_believed(kept: Order, record: Path) -> None:
    whole = record.read_bytes()
    begun = len(whole) - len(whole.split(b"\n", 2)[2])
    chance = random.Random(8)  # noqa: S311 (the same damage every time is the point)
    for number in (
        begun,
        begun + 7,
        begun + 128,
        len(whole) - 1,
        *(chance.randrange(begun, len(whole)) for _ in range(20)),
    ):
        for data in (whole[:number], whole[:number] + bytes([whole[number] ^ 1]) + whole[number + 1 :]):
            record.write_bytes(data)
            assert recalled(kept).unchanged == set(), number
    record.write_bytes(whole)
    assert recalled(kept).unchanged == earners(kept.root)


@pytest.mark.parametrize("text", [b"", b"{}", b"[]", b"null", b"[" * 100_000, b'{"site": 7}', b"\xff"])
def test_j8_a_record_of_another_form_is_not_believed(kept: Order, record: Path, text: bytes) -> None:
    assert record.exists()
    assert written(kept, Secret(DEMO_SEED), text).unchanged == set()


@pytest.mark.parametrize("member", ["site", "code", "common", "earners", "pictures"])
@pytest.mark.parametrize("value", [7, None, "x", [], [7], {"priya-raman": 7}, {"x": [7]}, {"x": None}])
def test_j8_members_of_another_kind_are_not_believed(kept: Order, record: Path, member: str, value: object) -> None:
    text = record.read_bytes().split(b"\n", 3)[3]
    changed = json.loads(text) | {member: value}
    found = written(kept, Secret(DEMO_SEED), json.dumps(changed).encode())
    assert found.unchanged in (set(), earners(kept.root))
    assert found.unchanged == set() or member in {"code", "pictures"}


def test_a_record_that_another_key_signed_is_not_believed(kept: Order, record: Path) -> None:
    text = record.read_bytes().split(b"\n", 3)[3]
    assert written(kept, Secret(bytes(32)), text).unchanged == set()
    assert written(kept, Secret(DEMO_SEED), text).unchanged == earners(kept.root)


def test_a_site_that_is_not_as_it_was_written_is_made_anew(order: Order, tmp_path: Path, found: Found) -> None:
    edits: dict[str, Edit] = {
        "a page that is gone": lambda site: next(site.glob("awards/*/index.html")).unlink(),
        "a page with other bytes": lambda site: next(site.glob("awards/*/index.html")).write_bytes(b"x"),
        "a page that is not ours": lambda site: (site / "extra.html").write_bytes(b"x"),
        "a folder that is not ours": lambda site: (next(site.glob("awards/*")) / "more").mkdir(),
        "a link": lambda site: (next(site.glob("awards/*")) / "link").symlink_to("index.html"),
        "a picture": lambda site: next(site.glob("badges/*/badge.png")).write_bytes(b"x"),
    }
    for what, edit in edits.items():
        edit(order.target)
        again(order, tmp_path, accepted=(*MEANT, "extra.html"))
        assert found[-2].unchanged == set(), what


def test_a_picture_is_drawn_again_where_its_bytes_are_others_though_its_marks_are_the_same(order: Order) -> None:
    picture = next(order.target.glob("badges/*/badge.svg"))
    whole, before = picture.read_bytes(), picture.stat()
    path = picture.relative_to(order.target).as_posix()
    picture.write_bytes(whole.replace(b"<svg", b"<SVG", 1))
    os.utime(picture, ns=(before.st_atime_ns, before.st_mtime_ns))
    withdrawn(order.root)
    make(order_of(order.root))
    assert (order.target / path).read_bytes() == whole


def test_no_site_of_another_build_is_taken_from(order: Order) -> None:
    taken = recalled(order).pieces
    rewrite(PRIYA, "did: |\n", "did: |\n  More.\n")(order.root)
    make(order_of(order.root))
    before = site_of(order.target)
    with pytest.raises(BlazonError, match="while this one was at work"):
        folder.write_site(
            Site(taken), order.target, swap.marked(order.target), root=order.root, report=Report(), keep=None
        )
    assert site_of(order.target) == before


def test_folders_that_are_taken_over_give_their_files_to_whoever_reads_them(kept: Order) -> None:
    found = recalled(kept)
    files = dict(Site(found.pieces))
    site = site_of(kept.target)
    assert files == {path: data for path, data in site.items() if path != swap.MARK}
    assert len(files) == sum(one.files for one in found.pieces)
    assert sum(map(len, files.values())) == sum(one.size for one in found.pieces)
    assert sum(map(folder.is_credential, files)) <= sum(one.credentials for one in found.pieces)


@pytest.mark.parametrize("choice", [{"began": 0}, {"part": Part(1, 2)}, {"executor": "dask://127.0.0.1:1"}])
def test_builds_of_other_kinds_take_nothing_over(kept: Order, choice: dict[str, object]) -> None:
    assert recalled(replace(kept, **choice)) == Recalled()  # type: ignore[arg-type]


def spare_of(order: Order) -> Path:
    return order.target.with_name(".dist.blazon-spare")


def remarked(root: Path) -> None:
    rewrite(PRIYA, "\n", "\n# a remark\n")(root)


def other(root: Path) -> None:
    rewrite(PRIYA, "did: |\n", "did: |\n  More.\n")(root)


def numbers(target: Path) -> dict[str, int]:
    """The number of each folder of awards in a site."""
    return {path.name: path.stat().st_ino for path in (target / "awards").iterdir()}


def test_folders_of_the_site_before_the_last_one_are_moved_where_they_are_the_same(
    order: Order, tmp_path: Path
) -> None:
    other(order.root)
    make(order_of(order.root))
    before = numbers(spare_of(order))
    other(order.root)
    again(order, tmp_path)
    after = numbers(order.target)
    assert {name for name in after if after[name] != before[name]} == {"uo7flr2aaii77fbyzeetmilsci"}
    remarked(order.root)
    again(order, tmp_path)
    assert numbers(order.target) == after, "nothing was to be written, so nothing was put in its place"
    other(order.root)
    again(order, tmp_path)


def written_anew(path: Path) -> None:
    data = path.read_bytes()
    path.unlink()
    path.write_bytes(data + b"x")


def linked(path: Path) -> None:
    path.rename(path.with_name("away"))
    path.symlink_to("away")


def each(pattern: str, act: Edit) -> Edit:
    """Does something to each path of a pattern."""

    def edit(spare: Path) -> None:
        paths = [*spare.glob(pattern)]
        assert paths, pattern
        for path in paths:
            act(path)

    return edit


def replaced(path: Path) -> None:
    shutil.rmtree(path)
    path.touch()


SPOILT: dict[str, Edit] = {
    "gone": shutil.rmtree,
    "empty": each("*/", shutil.rmtree),
    "a page more": each("awards/*", lambda path: (path / "more.html").write_bytes(b"x")),
    "a page less": each("awards/*/index.html", Path.unlink),
    "a folder more": each("awards/*", lambda path: (path / "more").mkdir()),
    "other permissions": each("awards/*/share", lambda path: path.chmod(0o700)),
    "a page that is another file": each("awards/*/index.html", written_anew),
    "a link in the place of a page": each("awards/*/index.html", linked),
    "a link in the place of a folder": each("awards", linked),
    "a file in the place of a folder": each("awards/*", replaced),
    "a link": linked,
    "of another site": lambda spare: (spare / swap.MARK).write_text("mine\n"),
}


@pytest.mark.parametrize("what", SPOILT)
def test_j8_a_spare_site_that_anybody_touched_changes_nothing(what: str, order: Order, tmp_path: Path) -> None:
    other(order.root)
    make(order_of(order.root))
    SPOILT[what](spare_of(order))
    other(order.root)
    again(order, tmp_path)
    if what in {"a link", "of another site"}:
        assert (spare_of(order) / swap.MARK).exists(), "what is not ours is left alone"


def test_where_files_cannot_be_linked_they_are_copied(
    order: Order, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_paths: object, **_choices: object) -> None:
        raise OSError(errno.EOPNOTSUPP, os.strerror(errno.EOPNOTSUPP))

    before = numbers_of_files(order.target)
    monkeypatch.setattr(os, "link", refuse)
    other(order.root)
    again(order, tmp_path)
    after = numbers_of_files(order.target)
    assert not {number for number in after.values() if number in before.values()}


def numbers_of_files(target: Path) -> dict[Path, int]:
    """The number of each file of a site."""
    return {path: path.stat().st_ino for path in target.rglob("*") if path.is_file()}


def record_of(order: Order) -> Path:
    place = swap.record_of(order.target)
    assert place is not None
    return place


def recalled(order: Order) -> Recalled:
    """What a build finds that it may take over."""
    tree, opened = open_program(order.root, Report(), order.today)
    assert opened is not None
    return recalling.recall(order, opened, tree, (), {})


def written(order: Order, secret: Secret, text: bytes) -> Recalled:
    """What a build finds where a text stands in the record, signed with a secret."""
    place = record_of(order)
    head = b"\n".join(place.read_bytes().split(b"\n", 2)[:2])
    signature = secret.signer("").sign(b"blazon: what a build remembers\n" + text).hex().encode()
    place.write_bytes(b"\n".join((head, signature, text)))
    return recalled(order)
