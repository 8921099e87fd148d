"""A program compared with what it was: from folders, in every form, and against what a build really publishes."""

from __future__ import annotations

import json
import re
import shutil
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

import guard
import programs
import samples
from blazon import address, altering, check_against, cli, comparing, files, load, ob2, pictures, proof, schemas, site
from blazon.altering import Side
from blazon.check_against import MOST_ADDED
from blazon.diagnostics import Report
from blazon.documents import Document
from blazon.keys import DEMO_SEED, Secret
from blazon.model import Art, Kind, Program
from blazon.standing import has_page

AWARD = programs.AWARD
BADGE = f"content/badges/{programs.BADGE}/badge.yaml"
TODAY = "2026-11-20"
ROOT = Path(__file__).parents[1]


@pytest.fixture
def base(tmp_path: Path) -> Path:
    return programs.small(tmp_path / "base")


@pytest.fixture
def now(base: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(base, tmp_path / "now"))


def run(folder: Path, *arguments: str) -> Result:
    return CliRunner().invoke(cli.blazon, ["-C", str(folder), *arguments])


def check(now: Path, base: Path, *arguments: str) -> Result:
    return run(now, "check", "--against", str(base), "--today", TODAY, *arguments)


def edit(folder: Path, path: str, old: str, new: str) -> None:
    text = (folder / path).read_text()
    assert old in text
    (folder / path).write_text(text.replace(old, new, 1))


def loaded(folder: Path) -> Program:
    program = load.load(files.read_tree(folder, Report()), Report())
    assert program is not None
    return program


def test_a_program_that_did_not_change_passes(now: Path, base: Path) -> None:
    result = check(now, base)
    assert (result.exit_code, result.stdout) == (0, "no mistakes in 5 files\n")


def test_a_changed_award_is_refused_in_every_form(now: Path, base: Path) -> None:
    edit(now, AWARD, "name: Priya Raman", "name: Somebody Else")
    result = check(now, base)
    assert result.exit_code == 1
    assert re.match(rf"{AWARD}:\d+:7: error: this award was issued, and would change: name\.", result.stdout)
    found = json.loads(check(now, base, "--format", "json").stdout)["diagnostics"]
    assert [one["code"] for one in found] == ["changed-award"]
    assert f"::error file={AWARD},line=" in check(now, base, "--format", "github").stdout


def test_awards_whose_files_are_the_same_are_not_read_twice(base: Path, now: Path) -> None:
    def read(folder: Path, like: Side | None) -> tuple[Program, list[bool]]:
        found = comparing.base(folder, like).program
        return found, [award in now_side.program.awards for award in found.awards]

    assert run(now, "new", "award", "ada", programs.BADGE, "--today", TODAY).exit_code == 0
    second = Path(shutil.copyfile(base / AWARD, base / AWARD.replace(".yaml", "-2.yaml")))
    second.write_text(second.read_text().replace("id: ", "id: zz").replace("status_index: ", "status_index: 1"))
    tree = files.read_tree(now, Report())
    now_side = comparing.side(now, tree, loaded(now))
    alone, _ = read(base, None)
    together, shared = read(base, now_side)
    assert together == alone == loaded(base)
    assert shared == [False, True]
    assert together.awards[1] is next(award for award in now_side.program.awards if award.place.path == AWARD)


@pytest.mark.parametrize("spoil", ["nothing", "empty", "site", "award", "field"])
def test_a_base_that_cannot_be_read_ends_with_3(now: Path, base: Path, spoil: str) -> None:
    match spoil:
        case "nothing":
            shutil.rmtree(base)
        case "empty":
            shutil.rmtree(base / "content")
        case "site":
            (base / "content/site.yaml").write_text("name: [")
        case "award":
            (base / AWARD).write_text("id: &x y")
        case "field":
            edit(base, AWARD, "issued: ", "issued: in ")
    result = check(now, base)
    assert result.exit_code == 3
    assert re.search(r"nothing to compare with|cannot be compared with", result.stderr)
    assert "accepted last" in result.stderr


def test_a10_a_request_adds_so_many_files_and_no_more(now: Path, base: Path) -> None:
    folder = now / "content/earners/x"
    folder.mkdir()
    for number in range(MOST_ADDED):
        (folder / f"a{number}.yaml").touch()
    report = Report()
    check_against.little_is_added(files.sizes_of(base), files.sizes_of(now), report)
    assert list(report) == []
    (folder / "one-more.yaml").touch()
    with guard.only(base.parent / "nothing") as watch:
        result = check(now, base)
    assert result.exit_code == 1
    assert "content: error: this request adds 2,001 files; at most 2,000 are added at once. [too-many-added]" in (
        result.stdout
    )
    assert not [path for path in watch.opened if path.startswith(str(base.parent))]


def test_a10_a_request_writes_so_much_yaml_and_no_more(now: Path, base: Path) -> None:
    kept = {"content/a.yaml": 50 << 20, "content/b.yaml": 7}
    for written, said in (
        ({"content/b.yaml": check_against.MOST_WRITTEN}, []),
        ({"content/b.yaml": 8, "content/c.yaml": check_against.MOST_WRITTEN - 7}, ["too-many-added"]),
    ):
        report = Report()
        check_against.little_is_added(kept, {**kept, **written, "content/image.png": 50 << 20}, report)
        assert [one.code for one in report] == said
    for number in range(65):
        with (now / f"content/earners/a{number}.yaml").open("wb") as file:
            file.truncate(65_536)
    with guard.only(base.parent / "nothing") as watch:
        result = check(now, base)
    assert (
        "content: error: this request writes 4,259,840 bytes of YAML; at most 4,194,304 are written at once."
        in result.stdout
    )
    assert not [path for path in watch.opened if path.startswith(str(base.parent))]


def test_what_decides_is_looked_at_beside_the_content(now: Path, base: Path) -> None:
    for path in (".github/workflows/publish.yml", "themes/own/theme.yaml", "Makefile", "generator/x.py"):
        (now / path).parent.mkdir(parents=True, exist_ok=True)
        (now / path).write_text("new")
    (now / "generator/__pycache__").mkdir()
    (now / "generator/__pycache__/x.pyc").touch()
    (now / "README.md").write_text("new")
    (now / ".git").write_text("gitdir: elsewhere")
    (now / "themes/link").symlink_to("own")
    assert check(now, base).exit_code == 0
    assert run(now, "new", "award", "ada", programs.BADGE, "--today", TODAY).exit_code == 0
    result = check(now, base)
    assert result.exit_code == 1
    places = re.findall(r"^(\S+): error: this request adds 1 award, and changes", result.stdout, re.MULTILINE)
    assert places == [
        ".github/workflows/publish.yml",
        "Makefile",
        "generator/x.py",
        "themes/link",
        "themes/own/theme.yaml",
    ]


@pytest.mark.parametrize("command", [("revoke", "--reason", "x"), ("suspend", "--reason", "x"), ("erase", "--yes")])
def test_what_the_commands_write_is_accepted_and_not_taken_back(
    now: Path, base: Path, command: tuple[str, ...]
) -> None:
    arguments = (command[0], AWARD, *command[1:], "--on", "2026-11-02")
    assert run(now, *arguments).exit_code == 0
    assert check(now, base).exit_code == 0
    assert check(base, now).exit_code == (0 if command[0] == "suspend" else 1)


def test_a_successor_is_accepted(now: Path, base: Path) -> None:
    assert run(now, "supersede", AWARD, "--name", "Priya R.", "--issued", "2026-11-10").exit_code == 0
    result = check(now, base)
    assert result.exit_code == 0, result.output


def test_a_claim_is_changed_and_withdrawn_freely(now: Path, base: Path) -> None:
    for folder in (now, base):
        assert run(folder, "new", "award", "ada", programs.BADGE, "--today", TODAY).exit_code == 0
    assert check(now, base).exit_code == 0  # two claims with different numbers in one place
    (now / f"content/earners/ada/{programs.BADGE}.yaml").unlink()
    assert check(now, base).exit_code == 0


def test_an_earner_changes_their_own_file_freely(now: Path, base: Path) -> None:
    (now / "content/earners/priya-raman/earner.yaml").write_text("name: P.\nvisibility: withheld\n")
    assert check(now, base).exit_code == 0
    assert check(base, now).exit_code == 0


def test_supersedes_belongs_into_a_credential_from_its_start(now: Path, base: Path) -> None:
    assert run(base, "supersede", AWARD, "--name", "Priya R.", "--issued", "2026-11-10").exit_code == 0
    shutil.rmtree(now)
    shutil.copytree(base, now)
    second = AWARD.replace(".yaml", "-2.yaml")
    text = (base / second).read_text()
    (base / second).write_text(re.sub(r"supersedes: .*\n", "", text))
    result = check(now, base)
    assert result.exit_code == 1
    assert 'this edit of "supersedes" would alter 1 published credential' in result.stdout


def test_an_edited_badge_counts_what_it_would_alter(now: Path, base: Path) -> None:
    for folder in (now, base):
        for number in range(3):
            text = (folder / AWARD).read_text().replace("id: ", f"id: {'abc'[number]}")
            text = re.sub(r"status_index: \d+", f"status_index: {number}", text)
            (folder / AWARD.replace(".yaml", f"-{number}.yaml")).write_text(text)
    edit(now, BADGE, "\nsummary: ", "\nsummary: Also ")
    result = check(now, base)
    assert result.exit_code == 1
    assert 'this edit of "summary" would alter 4 published credentials. [altered-credential]' in result.stdout
    assert f"blazon new version {programs.BADGE}" in result.stdout


def test_another_address_of_the_site_is_refused_once(now: Path, base: Path) -> None:
    edit(now, "content/site.yaml", "url: https://riverbend.example/badges/", "url: https://other.example/")
    result = check(now, base)
    assert re.findall(r"\[(.+)\]$", result.stdout, re.MULTILINE) == ["altered-credential", "vanishing-address"]


def test_pictures_that_were_published_are_not_left_to_pages_without_a_word(now: Path, base: Path) -> None:
    for folder, choice in ((now, "on-demand"), (base, "baked")):
        with (folder / "content/site.yaml").open("a") as settings:
            settings.write(f"pictures: {choice}\n")
    result = check(now, base)
    assert result.exit_code == 1
    assert re.search(
        r"^content/site.yaml:\d+:11: error: 2 pictures with an award inside were published, and would vanish. \[vanishing-address\]$",
        result.stdout,
        re.MULTILINE,
    )
    assert check(base, now).exit_code == 0  # they come back
    for folder in (now, base):
        edit(folder, AWARD, "\nbadge: ", "\nalt: A night sky\nbadge: ")
    assert "1 picture with an award inside was published" in check(now, base).stdout
    for folder in (now, base):
        (folder / "content/earners/priya-raman/earner.yaml").write_text("name: P.\nvisibility: withheld\n")
    assert check(now, base).exit_code == 0


def test_a_badge_that_goes_takes_addresses_with_it(now: Path, base: Path) -> None:
    for folder in (now, base):
        assert run(folder, "new", "badge", "Spare", "--kind", "skill").exit_code == 0
    assert check(now, base).exit_code == 0
    shutil.rmtree(now / "content/badges/spare")
    result = check(now, base)
    assert result.exit_code == 1
    assert 'the address "badges/spare/" was published, and would vanish, and 6 more with it' in result.stdout
    assert "status: retired" in result.stdout


def test_the_addresses_that_stay_are_those_that_a_build_writes() -> None:
    program = loaded(ROOT)
    plan = address.plan_of(program)
    theme = files.read_theme(ROOT, program.settings.theme)
    written = {path for path, _ in site.publish(program, plan, [Secret(DEMO_SEED)], theme, date(2026, 11, 20))}
    named = {path for path, _ in check_against.addresses(Side(program, {}))}
    assert named <= written
    rest = {
        path
        for path in written - named
        if not re.match(r"awards/|docs/|earners/|static/|badges/(kind|skill|subject)/", path)
    }
    assert {path for path in rest if "/" in path} == {
        *("about/index.html", "badges/index.html", "claim/index.html", "pathways/index.html", "review/index.html"),
        "verify/index.html",
        *("ob2/issuer.json", "ob2/revocations.json", "status/revocation-1.json"),
    }


def test_documents_stand_for_what_is_signed(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is compared is what a build signs: two programs differ in the one when they differ in the other."""
    signed: list[Document] = []
    real = proof.sign

    def noting(document: Document, *rest: object, **more: object) -> Document:
        signed.append(document)
        return real(document, *rest, **more)  # type: ignore[arg-type]

    monkeypatch.setattr("blazon.keyring.proof.sign", noting)
    program = loaded(ROOT)
    plan = address.plan_of(program)
    dict(site.publish(program, plan, [Secret(DEMO_SEED)], files.read_theme(ROOT, "stitch"), date(2026, 11, 20)))
    by_id = {one["id"]: one for one in signed}
    for award in program.whole(lambda one: has_page(program, one)):
        one = altering.made(Side(program, {}), award)
        composed = json.loads(altering.documents(one))
        real_one = by_id[plan.url(address.credential(award))]
        if award.parts:  # each has documents of its own, which are compared by themselves
            evidence: Any = real_one["evidence"]
            own = evidence[: -len(award.parts)]
            real_one = {name: one for name, one in real_one.items() if name != "evidence"} | (
                {"evidence": own} if own else {}
            )
        for document in (composed["credential"], real_one):
            resources: Any = document.get("relatedResource", [])
            for resource in resources:
                if "/badges/" in resource["id"]:
                    resource.pop("digestSRI", None)
        assert composed["credential"] == json.loads(json.dumps(real_one))
        assert composed["assertion"] == ob2.whole_assertion(plan, award, site.described(one.badge, one.level))


def test_an_edited_picture_alters_what_was_published() -> None:
    side = Side(samples.PROGRAM, {})
    one = altering.made(side, samples.B81C)
    whole = altering.documents(
        replace(one, badge=replace(one.badge, published=samples.PROGRAM.achievements["robotics-1"].published))
    )
    assert whole != altering.documents(one)


def test_a_new_version_keeps_what_was_awarded(now: Path, base: Path) -> None:
    result = run(now, "new", "version", programs.BADGE)
    folder = f"content/badges/{programs.BADGE}"
    assert result.exit_code == 0, result.output
    assert result.stdout.splitlines() == [
        f"changed {AWARD}",
        f"wrote {folder}/versions/1.yaml",
        f"changed {folder}/badge.yaml",
    ]
    kept, was = ((one).read_text().partition("\n") for one in (now / folder / "versions/1.yaml", base / BADGE))
    assert (was[0], kept[0]) == (schemas.editor_line("badge", BADGE)[:-1], was[0].replace("=../", "=../../"))
    assert kept[2] == was[2]
    assert "\nversion: 1\n" in (now / AWARD).read_text()
    assert check(now, base).stdout.startswith("no mistakes")
    edit(now, BADGE, "\nsummary: ", "\nsummary: Also ")
    assert check(now, base).exit_code == 0
    assert run(now, "new", "version", programs.BADGE).exit_code == 0
    assert {key[1] for key in loaded(now).versions} == {1, 2, 3}
    assert check(now, base).exit_code == 0


def test_a_new_version_keeps_the_picture_it_had(now: Path, base: Path) -> None:
    drawn = pictures.draw("x", Kind.SKILL, 0, Art())
    for folder in (now, base):
        for name, data in (("image.png", drawn.png), ("image.svg", drawn.svg)):
            (folder / "content/badges" / programs.BADGE / name).write_bytes(data)
        edit(folder, BADGE, "\nkind: ", "\nimage: {alt: A picture}\nkind: ")
    assert run(now, "new", "version", programs.BADGE).exit_code == 0
    assert check(now, base).exit_code == 0
    for name in ("image.png", "image.svg"):
        (now / "content/badges" / programs.BADGE / name).unlink()
    edit(now, BADGE, "\nimage: {alt: A picture}", "")
    result = check(now, base)
    assert result.exit_code == 0, result.output


def test_a_new_version_of_no_badge_is_refused(now: Path) -> None:
    result = run(now, "new", "version", "stem-nightlead")
    assert result.exit_code == 2
    assert 'did you mean "stem-night-lead"?' in result.stderr
    edit(now, BADGE, "kind: ", "version: x\nkind: ")
    assert "cannot be read" in run(now, "new", "version", programs.BADGE).stderr


def test_a_version_that_is_kept_already_is_refused(now: Path) -> None:
    (now / BADGE).parent.joinpath("versions").mkdir()
    shutil.copy(now / BADGE, (now / BADGE).parent / "versions/1.yaml")
    result = run(now, "new", "version", programs.BADGE)
    assert result.exit_code == 1
    assert 'write "version: 2"' in result.stderr
