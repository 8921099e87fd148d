"""After a deployment: what must exist is fetched from the site's own address and compared byte by byte (row J13)."""

from __future__ import annotations

import re
import shutil
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

import pytest
from click.testing import CliRunner, Result

import loopback
import programs
from blazon import cli, confirming, online
from blazon.confirming import Expected, confirm
from blazon.diagnostics import BlazonError
from blazon.online import Seen
from blazon.outcome import Doubt
from loopback import PUBLIC, Answer, answer

TODAY = "2026-11-20"
BELOW, ROOT = "https://riverbend.example/badges/", "https://root.example/"
HOSTS = {"riverbend.example": [PUBLIC], "root.example": [PUBLIC], "www.riverbend.example": [PUBLIC]}
TYPES = {".json": "application/json; charset=utf-8", ".svg": "image/svg+xml", ".html": "text/html; charset=utf-8"}
OPEN = "Access-Control-Allow-Origin: *"


class Deployed(NamedTuple):
    """A built site, and the answers of the host that shows it."""

    dist: Path
    answers: dict[str, Answer]


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(cli.blazon, [*map(str, arguments)])


def built(folder: Path, base: str, **edits: str) -> Path:
    """A small program, built for an address."""
    program = programs.small(folder)
    site = (program / "content/site.yaml").read_text().replace(BELOW, base)
    for name, value in edits.items():
        site = re.sub(rf"(?m)^{name}: .*$", f"{name}: {value}", site)
    (program / "content/site.yaml").write_text(site)
    result = run("-C", program, "build", "--today", TODAY)
    assert result.exit_code == 0, result.output
    return program / "dist"


def answers(dist: Path, base: str) -> dict[str, Answer]:
    """What a host answers that shows every file of a site as it is."""
    found: dict[str, Answer] = {}
    for path in dist.rglob("*"):
        if path.is_file():
            headers = [OPEN, *(f"Content-Type: {kind}" for ending, kind in TYPES.items() if path.suffix == ending)]
            name = path.relative_to(dist).as_posix().removesuffix("index.html")
            found[base + name] = answer(path.read_bytes(), *headers)
    return found


@pytest.fixture(scope="module")
def sites(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    folder = tmp_path_factory.mktemp("sites")
    return {base: built(folder / str(number), base) for number, base in enumerate((BELOW, ROOT))}


@pytest.fixture
def host(
    sites: dict[str, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Callable[[str], Deployed]]:
    """Deploys a built site to a server on this machine, which stands in for the network."""
    shown: dict[str, Answer] = {}
    with loopback.running(tmp_path, shown, HOSTS) as server:
        monkeypatch.setattr(online, "network", server.network)

        def deploy(base: str) -> Deployed:
            shown.update(answers(sites[base], base))
            return Deployed(sites[base], shown)

        yield deploy


def award(dist: Path) -> str:
    return next(path.name for path in (dist / "awards").iterdir())


@pytest.mark.parametrize("base", [BELOW, ROOT])
def test_a_site_that_answers_as_it_was_built_is_confirmed(host: Callable[[str], Deployed], base: str) -> None:
    deployed = host(base)
    result = run("confirm", deployed.dist)
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout == f"{base}: 10 addresses answer as they were built\n"
    result = run("-q", "confirm", deployed.dist)
    assert (result.exit_code, result.output) == (0, "")


@pytest.mark.parametrize("base", [BELOW, ROOT])
def test_what_must_exist_is_looked_at(sites: dict[str, Path], base: str) -> None:
    folder = f"awards/{award(sites[base])}/"
    paths = {
        *("index.html", "ob2/issuer.json", "ob2/revocations.json", "status/revocation-1.json"),
        "did.json" if base == BELOW else ".well-known/did.json",
        *(folder + name for name in ("index.html", "credential.json", "assertion.json", "badge.png", "badge.svg")),
    }
    found = confirming.expected(sites[base])
    assert {one.path for one in found} == paths
    assert {one.url for one in found} == {base + path.removesuffix("index.html") for path in paths}


def test_a_list_of_keys_must_exist_where_there_is_one(sites: dict[str, Path], tmp_path: Path) -> None:
    site = Path(shutil.copytree(sites[BELOW], tmp_path / "site"))
    (site / "keys.json").write_bytes(b"{}")
    before, after = (confirming.expected(one) for one in (sites[BELOW], site))
    assert [one.url for one in after if one not in before] == [f"{BELOW}keys.json"]


def test_j13_a_site_without_its_key_document_fails_loudly(host: Callable[[str], Deployed]) -> None:
    deployed = host(ROOT)
    del deployed.answers[f"{ROOT}.well-known/did.json"]
    result = run("confirm", deployed.dist)
    assert result.exit_code == 1
    assert f"error: {ROOT}.well-known/did.json: it is missing: the host answered with 404.\n" in result.stdout
    assert "upload with hidden files (include-hidden-files: true)" in result.stdout
    assert result.stdout.endswith("9 of 10 addresses answer as they were built\n")
    deployed.answers.update(answers(deployed.dist, ROOT))
    assert run("confirm", deployed.dist).exit_code == 0


def test_j13_below_an_address_the_key_document_is_looked_for_beside_the_home_page(
    host: Callable[[str], Deployed],
) -> None:
    deployed = host(BELOW)
    del deployed.answers[f"{BELOW}did.json"]
    result = run("confirm", deployed.dist)
    assert result.exit_code == 1
    assert f"error: {BELOW}did.json: it is missing" in result.stdout
    assert "hint: the deployment is not there yet, or the host shows the site at another address" in result.stdout


@pytest.mark.parametrize("name", ["", "ob2/revocations.json", "awards/{}/badge.png", "awards/{}/"])
def test_one_byte_that_differs_is_found(host: Callable[[str], Deployed], name: str) -> None:
    deployed = host(BELOW)
    url = BELOW + name.format(award(deployed.dist))
    whole = deployed.answers[url]
    assert isinstance(whole, bytes)
    deployed.answers[url] = whole[:-1] + bytes([whole[-1] ^ 1])
    result = run("confirm", deployed.dist)
    assert result.exit_code == 1
    assert re.search(
        rf"error: {re.escape(url)}: it is not what was built: ([\d,]+) bytes in place of \1\.", result.stdout
    )
    assert "the host still shows an earlier deployment" in result.stdout


def test_what_a_host_adds_to_a_page_is_told_apart(host: Callable[[str], Deployed]) -> None:
    deployed = host(BELOW)
    page = (deployed.dist / "index.html").read_bytes()
    deployed.answers[BELOW] = answer(page + b"<script>count()</script>", "Content-Type: text/html")
    result = run("confirm", deployed.dist)
    assert result.exit_code == 1
    assert "the host adds something of its own to the page" in result.stdout
    assert "switch off what it adds" in result.stdout


@pytest.mark.parametrize(
    ("name", "kind", "wanted"),
    [
        ("did.json", "text/plain", "application/json"),
        ("did.json", "", "application/json"),
        ("awards/{}/badge.svg", "text/xml", "image/svg+xml"),
        ("", "text/plain", "text/html"),
    ],
)
def test_a_type_that_browsers_do_not_take_is_wrong(
    host: Callable[[str], Deployed], name: str, kind: str, wanted: str
) -> None:
    deployed = host(BELOW)
    path = name.format(award(deployed.dist))
    data = (deployed.dist / (path or "index.html")).read_bytes()
    deployed.answers[BELOW + path] = answer(data, *([f"Content-Type: {kind}"] if kind else []), OPEN)
    result = run("confirm", deployed.dist)
    assert result.exit_code == 1
    said = f'"{kind}"' if kind else "no type"
    assert f"error: {BELOW}{path}: it comes as {said}, and has to be {wanted}." in result.stdout


def test_other_names_for_json_are_good(host: Callable[[str], Deployed]) -> None:
    deployed = host(BELOW)
    data = (deployed.dist / "did.json").read_bytes()
    deployed.answers[f"{BELOW}did.json"] = answer(data, "Content-Type: application/did+json", OPEN)
    assert run("confirm", deployed.dist).exit_code == 0


def test_documents_that_pages_of_others_cannot_read_are_a_warning(host: Callable[[str], Deployed]) -> None:
    deployed = host(BELOW)
    for url, data in deployed.answers.items():
        if url.endswith(".json"):
            assert isinstance(data, bytes)
            deployed.answers[url] = data.replace(OPEN.encode() + b"\r\n", b"")
    result = run("confirm", deployed.dist)
    assert result.exit_code == 0
    assert re.search(r"warning: https://\S+\.json \(and 5 more\): other sites may not read it\.", result.stdout)
    assert 'let the host send "Access-Control-Allow-Origin: *"' in result.stdout


def test_an_address_that_leads_on_is_followed_and_told(host: Callable[[str], Deployed]) -> None:
    deployed = host(BELOW)
    there = "https://www.riverbend.example/badges/did.json"
    deployed.answers[there] = deployed.answers[f"{BELOW}did.json"]
    deployed.answers[f"{BELOW}did.json"] = answer(b"", f"Location: {there}", status="301 Moved Permanently")
    result = run("confirm", deployed.dist)
    assert result.exit_code == 0
    assert f"warning: {BELOW}did.json: it leads on to {there}." in result.stdout
    deployed.answers[f"{BELOW}did.json"] = answer(b"", "Location: http://riverbend.example/", status="302 Found")
    result = run("confirm", deployed.dist)
    assert result.exit_code == 3
    assert "nothing came: only an https address of a named host at port 443 is asked." in result.stdout


def test_an_answer_that_is_no_success_is_wrong(host: Callable[[str], Deployed]) -> None:
    deployed = host(BELOW)
    deployed.answers[f"{BELOW}did.json"] = answer(b"", status="503 Service Unavailable")
    result = run("confirm", deployed.dist)
    assert result.exit_code == 1
    assert f"error: {BELOW}did.json: the host answered with 503." in result.stdout


def test_a_network_without_an_answer_ends_with_3(
    sites: dict[str, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with loopback.running(tmp_path, {}, {"elsewhere.example": [PUBLIC]}) as server:
        monkeypatch.setattr(online, "network", server.network)
        result = run("confirm", sites[BELOW])
    assert result.exit_code == 3
    told = re.findall(r"error: (\S+)(?: \(and (\d+) more\))?: nothing came: its host has no address\.", result.stdout)
    ((first, more),) = told
    assert first == BELOW
    assert f"{BELOW}: 0 of {int(more) + 1} addresses answer as they were built" in result.stdout
    assert "  hint: look whether the host is up" in result.stdout


def test_an_old_deployment_is_waited_for(
    host: Callable[[str], Deployed], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    deployed = host(BELOW)
    old = answers(built(tmp_path / "old", BELOW, tagline="An earlier line"), BELOW)
    new = dict(deployed.answers)
    deployed.answers.update(old)
    pauses: list[float] = []

    def turn(seconds: float) -> None:
        pauses.append(seconds)
        if len(pauses) == 3:
            deployed.answers.update(new)

    monkeypatch.setattr(time, "sleep", turn)
    result = run("confirm", deployed.dist, "--wait", "600")
    assert result.exit_code == 0, result.output
    assert pauses == [2, 4, 8]
    assert re.findall(
        r"^(\d+) of 10 addresses answer as they were built; asking again in (\d+) s$", result.stderr, re.MULTILINE
    )
    assert result.stdout == f"{BELOW}: 10 addresses answer as they were built\n"


def test_waiting_ends_in_time_and_asks_only_for_what_is_left() -> None:
    now, asked, pauses = [0.0], list[str](), list[float]()
    wanted = [Expected(f"https://a.example/{name}", f"{name}.png", b"x") for name in "ab"]

    def ask(url: str) -> Seen:
        asked.append(url[-1])
        now[0] += 1
        return Seen(200, "image/png", open_to_all=True, data=b"x" if url.endswith("a") else b"y", url=url)

    def sleep(_: str, seconds: float) -> None:
        pauses.append(seconds)
        now[0] += seconds

    found = confirm(wanted, ask, 100, lambda: now[0], sleep)
    assert (found.addresses, [one.url for one in found.faults]) == (2, ["https://a.example/b"])
    assert asked[:4] == ["a", "b", "b", "b"]
    assert pauses == [2, 4, 8, 16, 30, 30, 2]
    assert now[0] == 101
    pauses.clear()
    assert confirm(wanted, ask, 0, lambda: now[0], sleep).faults
    assert pauses == []


def test_trouble_with_the_network_passes() -> None:
    tries = [0]

    def ask(url: str) -> Seen:
        tries[0] += 1
        if tries[0] < 3:
            raise Doubt("its host takes no connection")
        return Seen(200, "", open_to_all=True, data=b"x", url=url)

    one = Expected("https://a.example/b.png", "b.png", b"x")
    assert confirm([one], ask, 10, lambda: 0.0, lambda _words, _seconds: None).faults == ()
    tries[0] = 0
    (fault,) = confirm([one], ask, 0, lambda: 0.0, lambda _words, _seconds: None).faults
    assert fault.unreachable


def test_the_newest_award_is_the_same_one_each_time(sites: dict[str, Path], tmp_path: Path) -> None:
    site = tmp_path / "site"
    for name, date in (("b", "2026-01-02"), ("a", "2026-01-02"), ("c", "2025-01-02")):
        (site / "awards" / name).mkdir(parents=True)
        (site / f"awards/{name}/credential.json").write_text(f'{{"validFrom": "{date}T00:00:00Z"}}')
    (site / "did.json").write_bytes((sites[BELOW] / "did.json").read_bytes())
    assert [one.path for one in confirming.expected(site)] == ["did.json", "awards/b/credential.json"]


def test_a_folder_that_is_no_site_is_refused(tmp_path: Path) -> None:
    result = run("confirm", tmp_path)
    assert result.exit_code == 2
    assert "is no built site" in result.stderr
    (tmp_path / "did.json").write_text("{")
    with pytest.raises(BlazonError, match="is no built site"):
        confirming.expected(tmp_path)
