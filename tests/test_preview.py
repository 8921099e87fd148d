"""The preview: what it serves and to whom, that pages reload, and that its badges prove nothing."""

from __future__ import annotations

import http.client
import json
import threading
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

import programs
from blazon import files, folder, load, lookup, preview, serving
from blazon.diagnostics import BlazonError, Report
from blazon.keys import Secret
from blazon.outcome import Verdict
from blazon.preview import Workshop
from blazon.serving import Server
from blazon.verify import overall, verify

TODAY = date(2026, 11, 20)
SITE = {
    "index.html": b"<html><body>home</body></html>",
    "404.html": b"<html><body>nothing here</body></html>",
    "awards/a/index.html": b"<html><body>award</body></html>",
    "awards/a/credential.json": b"{}",
    "static/site.css": b"body {}",
    "static/site.js": b"0",
    "badge.svg": b"<svg/>",
    "feed.xml": b"<feed/>",
    "font.woff2": b"wOF2",
    ".well-known/did.json": b"{}",
}


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Server]:
    folder.write_site(SITE.items(), tmp_path / "site", "x", root=tmp_path / "program", report=Report())
    server = Server(0, tmp_path / "site")
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    yield server
    server.shutdown()
    server.server_close()
    thread.join()


class Answer:
    """What a server answered."""

    def __init__(self, response: http.client.HTTPResponse) -> None:
        """The answer that a response holds."""
        self.status = response.status
        self.headers = response.headers
        self.body = response.read()


def ask(server: Server, path: str, method: str = "GET", host: str = "") -> Answer:
    connection = http.client.HTTPConnection("127.0.0.1", server.server_port, timeout=5)
    try:
        connection.request(method, path, headers={"Host": host} if host else {})
        return Answer(connection.getresponse())
    finally:
        connection.close()


def test_a_site_answers_under_the_path_of_its_address(server: Server) -> None:
    server.stage.show((), "/badges/")
    assert server.address == f"http://127.0.0.1:{server.server_port}/badges/"
    for path in ("/", "/badges"):
        assert (ask(server, path).status, ask(server, path).headers["Location"]) == (302, "/badges/")
    assert ask(server, "/badges/").body.startswith(b"<html><body>home<script")
    assert b"award" in ask(server, "/badges/awards/a/").body
    assert ask(server, "/badges/awards/a").headers["Location"] == "/badges/awards/a/"
    assert ask(server, "/badges/awards/a/?x=1").status == 200
    for path in ("/awards/a/", "/badges/missing", "/badges/awards/", "/badgesx/"):
        answer = ask(server, path)
        assert (answer.status, b"nothing here" in answer.body) == (404, True), path


def test_files_have_their_types_and_are_never_kept(server: Server) -> None:
    server.stage.show((), "/")
    types = {
        "": "text/html; charset=utf-8",
        "awards/a/credential.json": "application/json",
        "static/site.css": "text/css; charset=utf-8",
        "static/site.js": "text/javascript; charset=utf-8",
        "badge.svg": "image/svg+xml",
        "feed.xml": "application/xml",
        "font.woff2": "font/woff2",
        ".well-known/did.json": "application/json",
    }
    for path, kind in types.items():
        answer = ask(server, f"/{path}")
        assert (answer.status, answer.headers["Content-Type"]) == (200, kind)
        assert answer.headers["Cache-Control"] == "no-store"
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert path == "" or answer.body == SITE[path]


def test_a_head_request_has_no_body(server: Server) -> None:
    server.stage.show((), "/")
    answer = ask(server, "/", "HEAD")
    assert (answer.status, answer.body) == (200, b"")
    assert ask(server, "/", "POST").status == 501


def test_nothing_outside_the_site_is_served(server: Server, tmp_path: Path) -> None:
    server.stage.show((), "/badges/")
    (tmp_path / "secret.txt").write_bytes(b"secret")
    (tmp_path / "site/link.txt").symlink_to(tmp_path / "secret.txt")
    for path in (
        "/badges/../secret.txt",
        "/badges/%2e%2e/secret.txt",
        "/badges/..%2fsecret.txt",
        "/badges//etc/passwd",
        "/badges/link.txt",
        "/badges/.blazon",
        "/badges/%00",
        "/badges/a%0d%0aSet-Cookie: x",
        "//127.0.0.1/badges/",
        "/badges/%ff",
    ):
        answer = ask(server, path.replace(" ", "%20"))
        assert answer.status == 404, path
        assert b"secret" not in answer.body


def test_it_answers_to_this_machine_only(server: Server) -> None:
    server.stage.show((), "/")
    assert server.server_address[0] == "127.0.0.1"
    assert ask(server, "/", host=f"localhost:{server.server_port}").status == 200
    for host in ("evil.example", f"evil.example:{server.server_port}", "127.0.0.1"):
        assert ask(server, "/", host=host).status == 403


def test_pages_carry_the_script_of_the_build_on_show_unless_told_not_to(server: Server) -> None:
    server.stage.show((), "/")
    script = f'<script src="/__blazon__/reload.js" data-build="{serving.build_name(1)}"></script></body>'.encode()
    assert script in ask(server, "/").body
    assert script in ask(server, "/missing").body
    assert ask(server, "/__blazon__/reload.js").headers["Content-Type"].startswith("text/javascript")
    assert ask(server, "/__blazon__/reload.css").headers["Content-Type"].startswith("text/css")
    server.reload = False
    assert ask(server, "/").body == SITE["index.html"]


def test_browsers_hear_of_builds_and_problems(server: Server) -> None:
    server.stage.show((), "/")
    connection = http.client.HTTPConnection("127.0.0.1", server.server_port, timeout=5)
    connection.request("GET", "/__blazon__/events")
    response = connection.getresponse()
    assert response.headers["Content-Type"] == "text/event-stream"

    def heard() -> dict[str, object]:
        line = response.readline()
        assert line.startswith(b"data: ")
        assert response.readline() == b"\n"
        message: dict[str, object] = json.loads(line[6:])
        return message

    assert heard() == {"build": serving.build_name(1), "problems": []}
    server.stage.show(["site.yaml:1:1: error: <b>"])
    assert heard() == {"build": serving.build_name(1), "problems": ["site.yaml:1:1: error: <b>"]}
    server.stage.show(())
    assert heard() == {"build": serving.build_name(2), "problems": []}
    response.close()
    connection.close()


def test_before_the_first_good_build_there_is_a_page_that_waits(server: Server) -> None:
    server.stage.show(["broken"])
    answer = ask(server, "/")
    assert (answer.status, b"reload.js" in answer.body) == (503, True)


def test_a_port_that_is_taken_is_told(server: Server, tmp_path: Path) -> None:
    with pytest.raises(BlazonError, match="cannot be used") as caught:
        Server(server.server_port, tmp_path)
    assert caught.value.exit_code == 3


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return programs.small(tmp_path_factory.mktemp("small"))


def test_a_preview_is_the_same_path_under_a_host_that_cannot_exist(small: Path) -> None:
    program = load.load(files.read_tree(small, Report()), Report())
    assert program is not None
    shown = preview.disguised(program, Secret(bytes(32)))
    assert shown.settings.url == "https://preview.invalid/badges/"
    assert [key.public for key in shown.keys] == [Secret(bytes(32)).public]
    assert replace(shown, settings=program.settings, keys=program.keys) == program


def test_a_preview_is_built_rebuilt_and_proves_nothing(small: Path, tmp_path: Path) -> None:
    site = tmp_path / "site"
    workshop = Workshop(small, site, Secret(bytes(32)), lambda: TODAY)
    report, base = workshop.build()
    assert ([one.as_text() for one in report if one.severity == "error"], base) == ([], "/badges/")
    badges = [*site.glob("awards/*/badge.png"), *site.glob("awards/*/credential.json")]
    assert len(badges) == 2
    real = lookup.given([_did_document()])
    for badge in badges:
        outcomes = verify(badge.read_bytes(), real, datetime(2026, 11, 20, tzinfo=UTC))
        assert overall(outcomes) is not Verdict.PASSED
    page = next(site.glob("awards/*/index.html")).read_text()
    assert "preview" in page.lower()
    before = (site / "index.html").stat().st_mtime_ns
    yaml = small / "content/badges/stem-night-lead/badge.yaml"
    text = yaml.read_text()
    try:
        yaml.write_text(text.replace("name: STEM Night Lead", "nam: STEM Night Lead"))
        report, base = workshop.build()
        assert (report.failed, base) == (True, "")
        assert (site / "index.html").stat().st_mtime_ns == before
        yaml.write_text(text.replace("name: STEM Night Lead", "name: STEM Evening Lead"))
        assert workshop.build()[1] == "/badges/"
        assert "STEM Evening Lead" in (site / "badges/stem-night-lead/index.html").read_text()
    finally:
        yaml.write_text(text)


def _did_document() -> bytes:
    return json.dumps({"id": "did:web:riverbend.example:badges"}).encode()


class Stop(Exception):
    """Ends a watch."""


def test_a_watch_builds_after_every_change_and_outlives_mistakes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "content").mkdir()
    said: list[tuple[str, ...]] = []
    answers: list[BlazonError | KeyError | str] = ["/a/", BlazonError("no", "do"), KeyError("bug"), "/b/"]

    class Shop:
        def build(self) -> tuple[Report, str]:
            answer = answers.pop(0)
            if isinstance(answer, Exception):
                raise answer
            return Report(), answer

    def turn(_: float) -> None:
        if not answers:
            raise Stop
        (tmp_path / f"content/{len(answers)}").touch()

    monkeypatch.setattr(time, "sleep", turn)
    server = Server(0, tmp_path)
    ready: list[str] = []
    with pytest.raises(Stop):
        preview.run(Shop(), tmp_path, server, lambda problems: said.append(tuple(problems)), ready.append)  # type: ignore[arg-type]
    assert said == [(), ("no\ndo",), ("this is our bug: KeyError: 'bug'",), ()]
    assert ready == [f"http://127.0.0.1:{server.server_port}/a/"]
    assert (server.stage.state.build, server.stage.state.base) == (2, "/b/")
    assert urlsplit(server.address).path == "/b/"


def test_what_is_wrong_with_a_file_while_it_is_written_is_not_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "content").mkdir()
    said: list[tuple[str, ...]] = []
    builds: list[int] = []

    class Shop:
        def build(self) -> tuple[Report, str]:
            builds.append(len(builds))
            if len(builds) == 2:
                (tmp_path / "content/2").touch()
                raise BlazonError("content/1 changed while it was read.", "try again.")
            return Report(), "/a/"

    def turn(_: float) -> None:
        if len(builds) > 2:
            raise Stop
        (tmp_path / "content/1").touch()

    monkeypatch.setattr(time, "sleep", turn)
    shop: Any = Shop()
    with pytest.raises(Stop):
        preview.run(shop, tmp_path, Server(0, tmp_path), lambda problems: said.append(tuple(problems)), lambda _: None)
    assert (len(builds), said) == (3, [(), ()])
