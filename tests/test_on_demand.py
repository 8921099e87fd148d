"""Pictures on demand: a site without baked pictures, whose other files stay, that names nothing it lacks, and whose pages bake the same."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

import pytest

import bakebook
import everything
import programs
import sitelinks
from blazon import address, folder, lookup, publishing
from blazon.becoming import Shown
from blazon.keys import DEMO_SEED, Secret
from blazon.model import Pictures, Program
from blazon.order import Order
from blazon.outcome import Verdict, overall
from blazon.publishing import Built
from blazon.site import publish
from blazon.verify import verify
from pagebook import FILES, THEME
from richbook import rich

NODE = shutil.which("node")
PICTURE = re.compile(r"awards/[^/]+/badge\.(?:png|svg)")
BLOCK = re.compile(r'<script type="application/json" id="credential">(.*?)</script>')
TOLD = re.compile(r'id="bake" data-png="([^"]+)" data-svg="([^"]+)" data-assertion="([^"]+)" data-name="([^"]+)"')


@cache
def program() -> Program:
    """The program that uses everything, with pictures on demand."""
    whole = rich().program
    return replace(whole, settings=replace(whole.settings, pictures=Pictures.ON_DEMAND))


@cache
def site() -> Mapping[str, bytes]:
    """Its site."""
    return dict(publish(program(), rich().plan, everything.SECRETS, FILES, everything.TODAY))


@cache
def baked() -> Mapping[str, bytes]:
    """The pictures with awards inside that its build would publish, were they not on demand."""
    return {path: data for path, data in rich().site.items() if PICTURE.fullmatch(path)}


def kept() -> set[str]:
    """The pictures that signed credentials name, since their awards have words for them."""
    folders = {path.removesuffix("badge.png") for path in baked() if path.endswith(".png")}
    return {f"{folder}badge.png" for folder in folders if "image" in json.loads(site()[f"{folder}credential.json"])}


def test_pictures_with_awards_inside_are_left_out_but_those_that_credentials_name() -> None:
    assert 0 < len(kept()) < len(baked()) / 2
    assert site().keys() == rich().site.keys() - baked().keys() | kept()


def test_no_other_file_changes_but_the_pages_that_offer_them() -> None:
    changed = {path for path, data in site().items() if data != rich().site[path]}
    assert {re.sub(r"^awards/[^/]+/", "", path) for path in changed} == {"index.html", "share/index.html"}


def dead(files: Mapping[str, bytes], place: Path) -> list[tuple[str, ...]]:
    """The links of a site that lead nowhere; the program that uses everything names some that were never there."""
    for path, data in files.items():
        (place / path).parent.mkdir(parents=True, exist_ok=True)
        (place / path).write_bytes(data)
    return list(sitelinks.broken(place, rich().plan.base))


def test_nothing_names_a_picture_that_is_not_there(tmp_path: Path) -> None:
    assert dead(site(), tmp_path / "on-demand") == dead(rich().site, tmp_path / "baked")


def test_the_outline_of_a_site_knows_what_is_left_out() -> None:
    paths = Shown.of(program(), THEME.words, everything.TODAY).paths
    assert paths == {path for path in site() if not path.startswith("static/")}


def test_a_program_that_changes_its_mind_is_asked_and_no_saved_picture_turns_bad(tmp_path: Path) -> None:
    root = programs.small(tmp_path / "program")
    settings = (root / "content/site.yaml").read_text("utf-8")

    def built(choice: str, *accepted: str) -> Built:
        (root / "content/site.yaml").write_text(f"{settings}pictures: {choice}\n", "utf-8")
        order = Order(root, root / "dist", everything.TODAY, accepted=accepted)
        return publishing.build(order, lambda: (Secret(DEMO_SEED),), lambda _: None)

    assert built("baked").changes is not None
    saved = [path.read_bytes() for path in sorted((root / "dist/awards").glob("*/badge.*"))]
    assert len(saved) == 2
    refused = built("on-demand")
    assert refused.changes is None
    first, second = refused.report
    assert first.as_text().startswith(
        f"content/site.yaml:{settings.count(chr(10)) + 1}:11: error: 2 pictures with an award inside"
    )
    assert (first.code, second.code) == ("vanished-address", "published-site-kept")
    accepted = re.findall(r'--accept-change "(\S+)"', first.hint)
    made = built("on-demand", *accepted).changes
    assert made is not None
    assert made.removed == 2
    assert list((root / "dist/awards").glob("*/badge.*")) == []
    for picture in saved:
        sources = lookup.published(folder.reader(root / "dist"))
        assert overall(verify(picture, sources, datetime(2026, 11, 26, tzinfo=UTC))) is Verdict.PASSED
    assert built("on-demand").changes is not None
    back = built("baked").changes
    assert back is not None
    assert back.removed == 0
    assert [path.read_bytes() for path in sorted((root / "dist/awards").glob("*/badge.*"))] == saved


def test_an_award_that_counts_no_more_is_not_offered() -> None:
    gone = [award for award in program().awards if award.revoked and address.award_page(award) in site()]
    assert gone
    for award in gone:
        assert b"data-save-png" not in site()[address.award_page(award)]


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> Iterator[bakebook.Bake]:
    assert NODE is not None
    with bakebook.page(NODE, tmp_path_factory.mktemp("baker")) as bake:
        yield bake


@pytest.mark.skipif(NODE is None, reason="needs Node.js")
def test_every_page_bakes_the_pictures_that_a_build_would_publish(page: bakebook.Bake) -> None:
    """Stacks and their parts, endorsed badges, brought pictures, names in many scripts, old versions: whatever there is."""
    made = 0
    for path, data in site().items():
        told = TOLD.search(data.decode()) if re.fullmatch(r"awards/[^/]+/index\.html", path) else None
        if told is None:
            continue
        folder = path.removesuffix("index.html")
        png, svg, assertion, name = told.groups()
        block = BLOCK.search(data.decode())
        assert block is not None
        assert re.fullmatch(r"[a-z0-9-]+", name)
        for link in (png, svg):
            picture = site()[link.removeprefix("../../")]
            text = site()[folder + assertion].decode()
            assert page(picture, block[1], text) == baked()[f"{folder}badge{link[-4:]}"], path
            made += 1
    assert made > len(baked()) / 2
