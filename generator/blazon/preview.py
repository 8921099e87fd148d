"""Shows a program while it is being written: builds it under an address that cannot exist, serves it to this machine only."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from pathlib import Path
from urllib.parse import urlsplit

from blazon import address, files, folder, site
from blazon.diagnostics import BlazonError, Report
from blazon.folder import Changes
from blazon.keys import Secret
from blazon.model import Program, VerificationMethod
from blazon.opened import open_program
from blazon.serving import Server

ISSUER_HOST = "preview.invalid"
LOOKS_PER_SECOND = 2

_MARK = f"https://{ISSUER_HOST}/"
_KEY_NAME = "preview"
_SINCE = datetime(1900, 1, 1, tzinfo=UTC)  # before any award


class Workshop:
    """Builds a program again and again into one folder, with a throwaway key and an issuer that cannot exist."""

    def __init__(self, root: Path, target: Path, secret: Secret, today: Callable[[], date]) -> None:
        """A workshop for the program at root."""
        self._root = root
        self._target = target
        self._secret = secret
        self._today = today

    def build(self) -> tuple[Report, str]:
        """Build the program as it is now; the mistakes in it, and the path that its site lies under ("" after mistakes)."""
        written = write(self._root, self._target, self._secret, self._today())
        return written.report, written.base


@dataclass(slots=True)
class Written:
    """How writing a preview went. After mistakes nothing was written: `program` and `changes` are None, and `base`, the path that the site lies under, is ""."""

    report: Report = field(default_factory=Report)
    sources: int = 0
    program: Program | None = None
    base: str = ""
    changes: Changes | None = None


def write(root: Path, target: Path, secret: Secret, today: date) -> Written:
    """Write the preview of a program into a folder that is empty or holds a preview already, whole or not at all."""
    written = Written()
    tree, opened = open_program(root, written.report, today)
    written.sources = len(tree)
    if opened is None or written.report.failed:
        return written
    program = disguised(opened.program, secret)
    plan = address.lay_out(program, written.report)
    made = site.publish(program, plan, [secret], opened.theme, today, preview=True)
    written.changes = folder.write_site(made, target, _MARK, root=root, report=written.report, keep=None)
    written.program, written.base = program, urlsplit(plan.base).path
    return written


def disguised(program: Program, secret: Secret) -> Program:
    """A program as its preview shows it: the same path under a host that cannot exist, signed by a throwaway key."""
    url = f"https://{ISSUER_HOST}{urlsplit(program.settings.url).path}"
    key = VerificationMethod(_KEY_NAME, secret.public, _SINCE)
    return replace(program, settings=replace(program.settings, url=url), keys=(key,), roots=None, key_list=b"")


def run(
    workshop: Workshop, root: Path, server: Server, say: Callable[[Sequence[str]], None], ready: Callable[[str], None]
) -> None:
    """Serve, watch and build until interrupted; `say` hears the problems of each build, `ready` the first address."""
    threading.Thread(target=server.serve_forever, daemon=True).start()
    seen: dict[str, tuple[int, int, int]] | None = None
    try:
        while True:
            now = files.snapshot(root)
            if now != seen:
                problems, base = _attempt(workshop)
                if problems and files.snapshot(root) != now:
                    continue  # somebody was writing while we read: what is wrong with half a file is nobody's mistake
                server.stage.show(problems, base)
                say(problems)
                if seen is None:
                    ready(server.address)
                seen = now
            time.sleep(1 / LOOKS_PER_SECOND)
    finally:
        server.shutdown()
        server.server_close()


def _attempt(workshop: Workshop) -> tuple[tuple[str, ...], str]:
    """The problems that keep a build from being shown, as text, and the path of its site when there are none."""
    try:
        report, base = workshop.build()
    except BlazonError as error:
        return (f"{error.message}\n{error.hint}".strip(),), ""
    except Exception as error:  # noqa: BLE001 - the last good site stays up whatever happens
        return (f"this is our bug: {type(error).__name__}: {error}",), ""
    return tuple(one.as_text() for one in report) if not base else (), base
