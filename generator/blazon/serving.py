"""A built site on this machine only, under the path of its own address, with a script that reloads pages after a build."""

from __future__ import annotations

import json
import os
import threading
from collections.abc import Sequence
from dataclasses import dataclass
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path, PurePosixPath
from urllib.parse import unquote, urlsplit

from blazon import address, disk, folder
from blazon.diagnostics import BlazonError

HOST = "127.0.0.1"
OURS = "/__blazon__/"

_ALIVE_SECONDS = 15
_LARGEST = 64 << 20
_TYPES = {
    ".css": "text/css; charset=utf-8",
    ".html": "text/html; charset=utf-8",
    ".ics": "text/calendar; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".json": "application/json",
    ".png": "image/png",
    ".svg": "image/svg+xml",
    ".txt": "text/plain; charset=utf-8",
    ".vcf": "text/vcard; charset=utf-8",
    ".woff2": "font/woff2",
    ".xml": "application/xml",
}


@dataclass(frozen=True, slots=True)
class State:
    """What browsers are told: the build on show, and what stands in the way of a newer one."""

    turn: int = 0
    build: int = 0
    problems: tuple[str, ...] = ()
    base: str = "/"


class Stage:
    """The state of a preview, which one thread sets and others wait for."""

    def __init__(self) -> None:
        """A stage on which nothing was shown yet."""
        self._moved = threading.Condition()
        self._state = State()

    @property
    def state(self) -> State:
        """The state of this moment."""
        return self._state

    def show(self, problems: Sequence[str], base: str = "") -> None:
        """Put a new state on: problems keep the last good build up, none means that a new build is on show."""
        with self._moved:
            old = self._state
            build = old.build if problems else old.build + 1
            self._state = State(old.turn + 1, build, tuple(problems), base or old.base)
            self._moved.notify_all()

    def after(self, turn: int, seconds: float) -> State:
        """The state once it is another than that of a turn, or after some seconds as it is."""
        with self._moved:
            self._moved.wait_for(lambda: self._state.turn != turn, seconds)
            return self._state


class Server(ThreadingHTTPServer):
    """Serves a built folder at the path of its own address, to this machine only."""

    daemon_threads = True

    def __init__(self, port: int, served: Path, *, reload: bool = True) -> None:
        """A server of a folder.

        Raises BlazonError when the port is taken.
        """
        self.stage = Stage()
        self.folder = served
        self.reload = reload
        try:
            super().__init__((HOST, port), _Handler)
        except OSError as error:
            message = f"port {port} cannot be used: {(error.strerror or str(error)).lower()}."
            raise BlazonError(message, f"name another: blazon preview --port {port + 1}") from error

    @property
    def address(self) -> str:
        """The address of the home page."""
        return f"http://{HOST}:{self.server_port}{self.stage.state.base}"

    def handle_error(self, request: object, client_address: object) -> None:
        """Stay silent about browsers that hang up."""


class _Handler(BaseHTTPRequestHandler):
    """Answers one browser."""

    server: Server
    server_version = "blazon"
    sys_version = ""
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        """Answer with a page, a file, or one of our own addresses."""
        host = self.headers.get("Host", "")
        if host not in {f"{name}:{self.server.server_port}" for name in (HOST, "localhost")}:
            self._send(HTTPStatus.FORBIDDEN, b"this preview answers to 127.0.0.1 only\n", ".txt")
            return
        path = _path(self.path)
        if path == f"{OURS}events":
            self._stream()
        elif path in (f"{OURS}reload.js", f"{OURS}reload.css"):
            self._send(
                HTTPStatus.OK, (_SCRIPT if path.endswith(".js") else _STYLE).encode(), PurePosixPath(path).suffix
            )
        else:
            self._page(path)

    def do_HEAD(self) -> None:
        """Answer as to GET, without a body."""
        self.do_GET()

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the name is the base class's
        """Say nothing: the terminal belongs to the program's own diagnostics."""

    def _page(self, path: str) -> None:
        """Answer with a file of the site."""
        state = self.server.stage.state
        if not state.build:
            self._send(HTTPStatus.SERVICE_UNAVAILABLE, _waiting(), ".html")
            return
        inside = path.removeprefix(state.base) if path.startswith(state.base) else None
        if inside is None and path in ("/", state.base.rstrip("/")):
            self._redirect(state.base)
        elif inside is None:
            self._missing()
        else:
            self._file(inside)

    def _file(self, path: str) -> None:
        """Answer with the file at a path of the site; a folder answers with its page."""
        name = path + "index.html" if path.endswith("/") or not path else path
        place = self.server.folder / name
        if not folder.PATH.fullmatch(name) or name.startswith(".blazon"):
            self._missing()
        elif os.path.isdir(place) and os.path.isfile(place / "index.html"):  # noqa: PTH112, PTH113 - a name may be too long
            self._redirect(f"{self.server.stage.state.base}{name}/")
        else:
            try:
                data, _ = disk.read_plain(place, _LARGEST)
            except OSError:
                self._missing()
            else:
                self._send(HTTPStatus.OK, data, PurePosixPath(name).suffix)

    def _missing(self) -> None:
        """Answer with the site's own page for addresses that are not there."""
        try:
            data, _ = disk.read_plain(self.server.folder / address.NOT_FOUND, _LARGEST)
        except OSError:
            self._send(HTTPStatus.NOT_FOUND, b"not found\n", ".txt")
        else:
            self._send(HTTPStatus.NOT_FOUND, data, ".html")

    def _redirect(self, to: str) -> None:
        """Send the browser to another path."""
        self.send_response(HTTPStatus.FOUND)
        self.send_header("Location", to)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def _send(self, status: HTTPStatus, data: bytes, suffix: str) -> None:
        """Send bytes, pages with our script in them."""
        if suffix == ".html" and self.server.reload:
            data = with_script(data, self.server.stage.state.build)
        self.send_response(status)
        self.send_header("Content-Type", _TYPES.get(suffix, "application/octet-stream"))
        self.send_header("Content-Length", str(len(data)))
        self.send_header("Cache-Control", "no-store")
        self.send_header("X-Content-Type-Options", "nosniff")
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(data)

    def _stream(self) -> None:
        """Tell a browser each new state, until it hangs up."""
        self.send_response(HTTPStatus.OK)
        self.send_header("Content-Type", "text/event-stream")
        self.send_header("Cache-Control", "no-store")
        self.send_header("Connection", "close")
        self.end_headers()
        turn = -1
        while True:
            state = self.server.stage.after(turn, _ALIVE_SECONDS)
            if state.turn == turn:
                self.wfile.write(b": alive\n\n")
            else:
                message = {"build": build_name(state.build), "problems": state.problems}
                self.wfile.write(f"data: {json.dumps(message)}\n\n".encode())
            turn = state.turn


def _path(asked: str) -> str:
    """The path that a browser asks for; what cannot be read as an address is none of ours."""
    try:
        return unquote(urlsplit(asked).path, errors="replace")
    except ValueError:
        return ""


def build_name(build: int) -> str:
    """The name of a build, which no earlier preview on the same port has used."""
    return f"{os.getpid()}-{build}"


def with_script(page: bytes, build: int) -> bytes:
    """A page with our script at its end; the content policy of pages allows it, since it is a file of the same host."""
    script = f'<script src="{OURS}reload.js" data-build="{build_name(build)}"></script>'.encode()
    before, end, after = page.rpartition(b"</body>")
    return before + script + end + after if end else page + script


def _waiting() -> bytes:
    """The page shown while there is no good build yet."""
    return (
        b"<!doctype html><html lang=en><title>Preview</title><body><p>There is no site to show yet.</p></body></html>"
    )


_SCRIPT = """\
// Put into pages by `blazon preview` only: reloads them after a build, and shows what is wrong with the content.
(function () {
  "use strict";
  var own = document.currentScript.dataset.build;
  var sheet = document.createElement("link");
  sheet.rel = "stylesheet";
  sheet.href = "/__blazon__/reload.css";
  document.head.append(sheet);
  var box = document.createElement("section");
  box.className = "blazon-problems";
  box.setAttribute("role", "alert");
  box.hidden = true;
  document.body.append(box);
  new EventSource("/__blazon__/events").onmessage = function (event) {
    var state = JSON.parse(event.data);
    if (state.build !== own) {
      location.reload();
      return;
    }
    box.hidden = !state.problems.length;
    var title = document.createElement("strong");
    title.textContent = "The last good site is shown. To see your change:";
    box.replaceChildren(title);
    state.problems.forEach(function (problem) {
      var text = document.createElement("pre");
      text.textContent = problem;
      box.append(text);
    });
  };
})();
"""

_STYLE = """\
.blazon-problems {
  position: fixed; inset: auto 0 0 0; max-height: 50vh; overflow: auto; z-index: 9999;
  padding: 1rem; background: #3a1b19; color: #fff; border-top: 4px solid #ff8e86;
}
.blazon-problems[hidden] { display: none; }
.blazon-problems pre { white-space: pre-wrap; margin: .75rem 0 0; padding: 0; background: none; font: .875rem/1.5 ui-monospace, monospace; color: inherit; }
"""
