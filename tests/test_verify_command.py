"""`blazon verify` from outside: files, folders, whole sites, addresses and standard input, and how it ends (ux.md §6)."""

from __future__ import annotations

import json
import os
import re
import shlex
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

import loopback
import programs
from blazon import (
    __version__,
    answering,
    authority,
    bake,
    cli,
    ed25519,
    gathering,
    jsontext,
    judging,
    keys,
    lookup,
    online,
    pinning,
    reviewrecord,
    shape,
    shell,
    validity,
    wholeness,
)
from blazon import verify as verifying
from blazon import verifying as command
from blazon.gathering import Piece
from blazon.judging import Judged
from blazon.keys import Secret
from blazon.lookup import Given
from blazon.outcome import Outcome, Verdict
from blazon.pinning import Pins
from loopback import PUBLIC, answer
from strangers import DID, KEY_DOCUMENT, METHOD, NOW, STATUS_LIST, STRANGER, award, seal, sources, text, vector, without

HOST = "badges.example.org"
HOME = f"https://{HOST}/club/"
DEMO_KEY = ed25519.write(Secret(keys.DEMO_SEED).public)
OTHER = ed25519.write(STRANGER.public)


def run(root: Path, *arguments: str | Path, given: bytes | None = None) -> Result:
    return CliRunner().invoke(cli.blazon, ["-C", str(root), *map(str, arguments)], given)


def verify(root: Path, *arguments: str | Path, given: bytes | None = None) -> Result:
    return run(root, "verify", *arguments, given=given)


def answers(root: Path, *arguments: str | Path) -> dict[str, Any]:
    """What `verify` says to programs."""
    found: dict[str, Any] = json.loads(verify(root, "--format", "json", *arguments).stdout)
    return found


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A built site of one award."""
    program = programs.small(tmp_path_factory.mktemp("made"))
    result = run(program, "build", "--today", "2026-11-20", "--base-url", HOME)
    assert result.exit_code == 0, result.output
    return program / "dist"


@pytest.fixture
def site(made: Path, tmp_path: Path) -> Path:
    """A copy of the site, to change."""
    return Path(shutil.copytree(made, tmp_path / "dist"))


def folder_of(site: Path) -> Path:
    return next((site / "awards").iterdir())


# Whole sites


def test_a_whole_site_is_checked_with_what_it_has_itself(site: Path, tmp_path: Path) -> None:
    result = verify(tmp_path, "dist")
    assert result.exit_code == 0
    compare, demo, summary = result.stdout.splitlines()
    assert demo.startswith("demo       the key z6MktZo")
    assert demo.endswith("everybody has it: what it signed proves nothing.")
    assert compare == f"compare    the address {HOME} and the key {DEMO_KEY} with what you know of the issuer."
    assert re.fullmatch(r"every step passed for 3 of 3 files; \d+ other files passed over", summary)
    files = [one["file"] for one in answers(tmp_path, "dist/")["files"]]
    assert files == [
        f"dist/awards/{folder_of(site).name}/{name}" for name in ("badge.png", "badge.svg", "credential.json")
    ]


@pytest.mark.parametrize("name", ["badge.png", "badge.svg", "credential.json"])
def test_what_is_altered_in_a_site_is_named(site: Path, tmp_path: Path, name: str) -> None:
    path = folder_of(site) / name
    path.write_bytes(path.read_bytes().replace(b"Priya", b"Pryia"))
    result = verify(tmp_path, "dist")
    assert result.exit_code == 1
    assert result.stdout.startswith(f"dist/awards/{path.parent.name}/{name}: ")
    assert "\n  failed     " in result.stdout
    assert "\n  passed     " not in result.stdout
    assert "every step passed for 2 of 3 files; 1 failed (" in result.stdout


@pytest.mark.parametrize("name", ["badge.png", "badge.svg"])
def test_a_picture_of_an_award_that_lost_its_badge_fails(site: Path, tmp_path: Path, name: str) -> None:
    path = folder_of(site) / name
    taken = bake.unbake_png if name.endswith("png") else bake.unbake_svg
    path.write_bytes(taken(path.read_bytes()).picture)
    result = verify(tmp_path, "dist")
    assert result.exit_code == 1
    assert "  failed     readable: it carries no badge.\n" in result.stdout


def test_a_credential_that_became_another_document_fails(site: Path, tmp_path: Path) -> None:
    (folder_of(site) / "credential.json").write_bytes(b"[]")
    assert verify(tmp_path, "dist").exit_code == 1
    (folder_of(site) / "credential.json").write_bytes(b"{}")
    assert verify(tmp_path, "dist").exit_code == 1


def test_a_site_without_its_status_list_cannot_be_decided(site: Path, tmp_path: Path) -> None:
    (site / "status/revocation-1.json").unlink()
    result = verify(tmp_path, "dist")
    assert result.exit_code == 3
    assert "every step passed for 0 of 3 files; 3 could not be decided" in result.stdout
    assert "  undecided  status: the issuer's list of withdrawn awards is not here.\n" in result.stdout


def test_one_flipped_bit_of_the_status_list_is_told_of_every_badge(site: Path, tmp_path: Path) -> None:
    path = site / "status/revocation-1.json"
    path.write_bytes(path.read_bytes().replace(b"revocation", b"revocatiom", 1))
    assert verify(tmp_path, "dist").exit_code == 3


def test_a_folder_without_keys_is_no_site_and_is_looked_up_elsewhere(site: Path, made: Path, tmp_path: Path) -> None:
    (site / "did.json").unlink()
    (tmp_path / "empty").mkdir()
    assert verify(tmp_path / "empty", site).exit_code == 3
    found = answers(tmp_path / "empty", site, "--site", made)["files"]
    assert [Path(one["file"]).name for one in found if one["verdict"] != "passed"] == ["assertion.json"]
    assert len(found) == 4


def test_a_site_is_not_looked_up_in_another(site: Path, made: Path, tmp_path: Path) -> None:
    """The site that is checked answers for itself, whatever else is at hand."""
    bad = site / "status/revocation-1.json"
    bad.write_bytes(bad.read_bytes().replace(b"revocation", b"revocatiom", 1))
    assert verify(tmp_path, site, "--site", made).exit_code == 3


def test_a_link_in_a_site_is_not_followed(site: Path, tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    folder_of(site).rename(tmp_path / "elsewhere/award")
    (site / "awards/linked").symlink_to(tmp_path / "elsewhere/award")
    result = verify(tmp_path, "dist")
    assert result.exit_code == 3
    assert result.stdout.startswith(
        "dist/awards/linked: could not be decided\n"
        "  undecided  readable: it is a link, and inside a folder none is followed.\n"
    )


def test_verdicts_have_colours_for_those_who_want_them(site: Path, tmp_path: Path) -> None:
    (folder_of(site) / "credential.json").write_bytes(b"\x1b[32m")
    arguments = ["--color", "always", "-v", "-C", str(tmp_path), "verify", "dist"]
    shown = CliRunner().invoke(cli.blazon, arguments, color=True).stdout
    assert shown.count("  \x1b[31mfailed   \x1b[0m  readable: ") == 1
    assert "  \x1b[32mpassed   \x1b[0m  proof: " in shown
    assert "\x1b" not in verify(tmp_path, "dist").stdout


def test_quiet_says_nothing_when_all_is_well_and_verbose_lists_all(site: Path, tmp_path: Path) -> None:
    assert run(tmp_path, "-q", "verify", "dist").output == ""
    loud = run(tmp_path, "-v", "verify", "dist").stdout
    assert loud.count(": every step passed\n") == 3
    assert loud.count("  passed     ") > 20
    (site / "did.json").write_bytes(b"{}")
    assert "could not be decided" in run(tmp_path, "-q", "verify", "dist").stdout


# Folders


def test_every_badge_in_a_folder_is_found(site: Path, made: Path, tmp_path: Path) -> None:
    kept = tmp_path / "kept"
    (kept / "deep/er").mkdir(parents=True)
    source = folder_of(site)
    shutil.copy(source / "badge.png", kept / "A b.PNG")
    shutil.copy(source / "badge.svg", kept / "deep/badge.svg")
    shutil.copy(source / "credential.json", kept / "deep/er/mine.json")
    shutil.copy(next((site / "badges").glob("*/badge.png")), kept / "plain.png")
    shutil.copy(site / "status/revocation-1.json", kept / "list.json")
    (kept / "notes.txt").write_text("openbadges credentialSubject")
    (kept / "data.json").write_text("[]")
    (kept / "schema.json").write_text('{"properties": {"credentialSubject": {}}}')
    (kept / "notes").symlink_to(tmp_path)
    result = answers(tmp_path, "kept", "--site", made)
    assert [one["file"] for one in result["files"]] == ["kept/A b.PNG", "kept/deep/badge.svg", "kept/deep/er/mine.json"]
    assert result["counts"] == {"passed": 3, "failed": 0, "undecided": 0, "other": 6}
    assert result["summary"] == "every step passed for 3 of 3 files; 6 other files passed over"


def test_an_old_assertion_in_a_folder_is_a_badge_that_nobody_signed(site: Path, tmp_path: Path) -> None:
    (tmp_path / "old").mkdir()
    shutil.copy(folder_of(site) / "assertion.json", tmp_path / "old")
    result = verify(tmp_path, "old")
    assert result.exit_code == 3
    assert "which is not signed" in result.stdout


def test_what_cannot_be_read_in_a_folder_is_not_passed_over(tmp_path: Path) -> None:
    kept = tmp_path / "kept"
    kept.mkdir()
    (kept / "a.json").write_text('{"credentialSubject": ')
    assert verify(tmp_path, "kept").exit_code == 1
    (kept / "a.json").unlink()
    (kept / "b.json").symlink_to(tmp_path)
    os.mkfifo(kept / "c.svg")
    result = verify(tmp_path, "kept")
    assert result.exit_code == 3
    assert result.stdout.splitlines()[:4] == [
        "kept/b.json: could not be decided",
        "  undecided  readable: it is a link, and inside a folder none is followed.",
        "kept/c.svg: could not be decided",
        "  undecided  readable: it is not a plain file.",
    ]


def test_a_folder_or_file_that_vanishes_is_undecided(tmp_path: Path) -> None:
    """Between the look at what is there and the reading of it."""
    around = gathering.surroundings(None, tmp_path, (), None)
    (tmp_path / "a").mkdir()
    for name in ("a/a.png", "a/b.png", "c.png"):
        (tmp_path / name).write_bytes(b"openbadge")
    targets = gathering.Targets(("a", "c.png"), lambda path: tmp_path / path, lambda _: b"")
    targets.refuse(online=False)
    pieces = targets.pieces(around)
    assert next(pieces) is not None
    shutil.rmtree(tmp_path / "a")
    (tmp_path / "c.png").unlink()
    assert [piece and piece.why for piece in pieces] == [
        "it cannot be read: no such file or directory.",
        f"{tmp_path}/c.png cannot be read: no such file or directory.",
    ]


def test_a_folder_without_a_badge_is_undecided(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    (tmp_path / "empty/a.txt").touch()
    result = verify(tmp_path, "empty")
    assert result.exit_code == 3
    assert result.stdout.splitlines() == [
        "empty: could not be decided",
        "  undecided  readable: there is no badge in this folder.",
        "every step passed for 0 of 1 file; 1 could not be decided; 1 other file passed over",
    ]


def test_names_of_files_reach_the_terminal_escaped(tmp_path: Path) -> None:
    (tmp_path / "kept").mkdir()
    (tmp_path / "kept/\x1b[31m\u202e.json").write_text('{"credentialSubject": "\x1b[31m')
    for form in ("text", "json"):
        assert "\x1b" not in verify(tmp_path, "kept", "--format", form).output


# What is typed


@pytest.mark.usefixtures("site")
def test_what_is_not_there_is_wrong_usage_before_anything_is_said(tmp_path: Path) -> None:
    result = verify(tmp_path, "dist", "missing.png")
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr == f"error: {tmp_path}/missing.png cannot be read: no such file or directory.\n"


@pytest.mark.parametrize(
    "address", [f"{HOME}awards/x/badge.png", "http://127.0.0.1/", "HTTPS://x/", "file:///etc/passwd"]
)
def test_h34_an_address_without_online_is_wrong_usage(tmp_path: Path, address: str) -> None:
    result = verify(tmp_path, address)
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr == (
        f"error: {address} is an address, and the network is used only when you ask for it.\n"
        "  hint: add --online, or download the badge and name its file.\n"
    )


def test_h34_without_online_no_socket_is_opened(site: Path, tmp_path: Path) -> None:
    """A whole run in a process of its own, with badges whose issuer is nowhere at hand."""
    (site / "did.json").unlink()
    watched = (
        "import sys\n"
        "def watch(event, arguments):\n"
        "    assert not event.startswith('socket.'), event\n"
        "sys.addaudithook(watch)\n"
        "from blazon.cli import main\n"
        "try: main()\n"
        "finally: print(*sorted({'socket', 'ssl', 'blazon.online'} & set(sys.modules)), file=sys.stderr)\n"
    )
    result = subprocess.run(
        [sys.executable, "-c", watched, "verify", "dist"],
        cwd=tmp_path,
        env={"PYTHONPATH": str(Path(cli.__file__).parents[1])},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (result.returncode, result.stderr) == (3, "\n")
    assert 'the key document of "did:web:badges.example.org:club" is not here' in result.stdout


# Addresses


@pytest.fixture
def published(site: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[loopback.Server]:
    """The site at its own address, and another beside it."""
    types = {".json": "application/json", ".png": "image/png", ".svg": "image/svg+xml", ".html": "text/html"}
    found: dict[str, loopback.Answer] = {
        HOME + path.relative_to(site).as_posix(): answer(path.read_bytes(), f"Content-Type: {types[path.suffix]}")
        for path in site.rglob("*")
        if path.suffix in types
    }
    found[f"{HOME}private"] = answer(b"", "Location: https://private.example.org/", status="302 Found")
    hosts = {HOST: [PUBLIC], "private.example.org": ["10.0.0.1"]}
    (tmp_path / "tls").mkdir()
    with loopback.running(tmp_path / "tls", found, hosts) as server:
        monkeypatch.setattr(online, "network", server.network)
        yield server


@pytest.mark.parametrize("name", ["badge.png", "badge.svg", "credential.json", ""])
def test_a_badge_at_an_address_is_checked(site: Path, published: loopback.Server, tmp_path: Path, name: str) -> None:
    url = f"{HOME}awards/{folder_of(site).name}/{name}"
    (tmp_path / "elsewhere").mkdir()
    result = verify(tmp_path / "elsewhere", "--online", url)
    assert result.exit_code == 0, result.output
    assert result.stdout.startswith(f"{url if name else url + 'credential.json'}: every step passed\n")
    asked = [request.split(" ")[1] for request in published.requests]
    assert asked[1:3] == ["/club/did.json", "/club/status/revocation-1.json"]


def test_what_a_file_names_is_asked_for_only_online(site: Path, published: loopback.Server, tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    path = folder_of(site) / "credential.json"
    assert verify(tmp_path / "elsewhere", path).exit_code == 3
    assert published.requests == []
    assert verify(tmp_path / "elsewhere", path, path, "--online").exit_code == 0
    assert [request.split(" ")[1] for request in published.requests] == [
        "/club/did.json",
        "/club/status/revocation-1.json",
        f"/club/awards/{folder_of(site).name}/review.json",
    ]


def test_the_record_of_a_review_is_compared_where_it_is_at_hand(site: Path, tmp_path: Path) -> None:
    path, record = folder_of(site) / "credential.json", folder_of(site) / "review.json"
    result = verify(tmp_path, path)
    assert result.exit_code == 0
    assert "passed     review: the record of its review is the one that was signed.\n" in result.stdout
    record.write_text(record.read_text().replace('"approve"', '"decline"', 1))
    result = verify(tmp_path, path)
    assert result.exit_code == 1
    assert "failed     review: the record of its review is not the one that was signed.\n" in result.stdout
    assert verify(tmp_path, "dist").exit_code == 1
    record.unlink()
    result = verify(tmp_path, path)
    assert result.exit_code == 0
    assert "  not seen   review: the record of its review is not here.\n" in result.stdout
    (found,) = answers(tmp_path, path)["files"]
    assert found["not_seen"] == {"review": "the record of its review is not here."}
    assert "review" not in {step["step"] for step in found["steps"]}


def test_what_is_said_oddly_about_the_record_is_not_judged() -> None:
    url = "https://example.org/awards/a/"
    good = {"id": f"{url}review.json", "digestSRI": f"sha256-{'A' * 43}="}

    def seen(
        *resources: object, asked: dict[str, bytes] | None = None, name: object = f"{url}credential.json"
    ) -> object:
        return reviewrecord.look({"id": name, "relatedResource": list(resources)}, Given(asked or {}))

    assert seen() is None
    assert seen({**good, "id": f"{url}other/review.json"}) is None
    assert seen(good, name=None) is None
    assert reviewrecord.look({"id": f"{url}credential.json", "relatedResource": good}, Given({})) is None
    odd = "what is signed about the record of its review is in a form that we do not know."
    assert seen(good, good) == odd
    assert seen({**good, "digestSRI": "sha384-AAAA"}) == odd
    assert seen({**good, "digestSRI": 1}) == odd
    found = seen(good, asked={f"{url}review.json": b"{}"})
    assert isinstance(found, Outcome)
    assert found.verdict is Verdict.FAILED


def test_online_the_site_that_is_here_counts_only_when_it_was_named(
    site: Path, published: loopback.Server, tmp_path: Path
) -> None:
    path = folder_of(site) / "credential.json"
    assert verify(tmp_path, path, "--online").exit_code == 0
    assert len(published.requests) == 3
    assert verify(tmp_path, path, "--online", "--site", site).exit_code == 0
    assert len(published.requests) == 3


def test_online_a_site_that_is_checked_answers_for_itself(
    site: Path, published: loopback.Server, tmp_path: Path
) -> None:
    (site / "status/revocation-1.json").unlink()
    assert verify(tmp_path, "dist", "--online").exit_code == 3
    assert published.requests == []


@pytest.mark.parametrize(
    ("url", "why"),
    [
        (f"http://{HOST}/club/did.json", "only an https address of a named host at port 443 is asked"),
        ("https://127.0.0.1/x", "only an https address of a named host at port 443 is asked"),
        ("https://private.example.org/x", "its host is in a private network, where nothing is asked"),
        (f"{HOME}private", "its host is in a private network, where nothing is asked"),
        (f"{HOME}missing.png", "it answered with 404"),
        (f"{HOME}index.html", 'it is of the type "text/html", which no badge has'),
    ],
)
def test_h33_an_address_that_gives_nothing_is_undecided(
    published: loopback.Server, tmp_path: Path, url: str, why: str
) -> None:
    result = verify(tmp_path, "--online", url)
    assert result.exit_code == 3
    assert result.stdout == f'{url}: could not be decided\n  undecided  readable: "{url}" could not be read: {why}.\n'
    assert set(published.reached) <= {PUBLIC}


def test_h33_what_a_badge_names_is_asked_for_by_the_same_rules(published: loopback.Server, tmp_path: Path) -> None:
    """An issuer in a private network: the badge is undecided, and nothing there gets a request."""
    issuer = "did:web:private.example.org"
    badge = award(without("credentialStatus"))
    badge |= {"issuer": {**badge["issuer"], "id": issuer}, "id": "https://private.example.org/badge.json"}
    (tmp_path / "badge.json").write_bytes(text(seal(badge, verificationMethod=f"{issuer}#key-1")))
    result = verify(tmp_path, "--online", "badge.json")
    assert "its host is in a private network, where nothing is asked" in result.stdout
    assert result.exit_code == 3
    assert (published.reached, published.looked_up) == ([], ["private.example.org"])


# The key that has to have signed


def test_a_badge_by_the_key_that_was_named_passes(site: Path, tmp_path: Path) -> None:
    for written in (DEMO_KEY, f"did:key:{DEMO_KEY}"):
        result = verify(tmp_path, folder_of(site) / "badge.png", "--pin", written)
        assert result.exit_code == 0
        assert "  passed     pin: the key behind its signature is the one that you named.\n" in result.stdout
        assert f"\n  compare    the address {HOME} with the one that you know.\n  demo       the key " in result.stdout
    assert verify(tmp_path, "dist", "--pin", DEMO_KEY).stdout.startswith(f"compare    the address {HOME} with the one")


@pytest.mark.usefixtures("site")
def test_a_badge_by_another_key_fails(tmp_path: Path) -> None:
    result = verify(tmp_path, "dist", "--pin", OTHER)
    assert result.exit_code == 1
    assert f"  failed     pin: it is signed by another key than the one that you named: {DEMO_KEY}.\n" in result.stdout
    assert "3 failed (pin 3)" in result.stdout


def test_a_badge_whose_key_is_not_known_is_undecided(site: Path, tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    result = verify(tmp_path / "elsewhere", folder_of(site) / "badge.png", "--pin", DEMO_KEY)
    assert result.exit_code == 3
    assert "  undecided  pin: we do not know which key signed it, so it cannot be compared with " in result.stdout


def test_a_signature_by_a_second_key_does_not_hide_behind_the_first() -> None:
    document = vector("did")
    document["verificationMethod"][1]["publicKeyMultibase"] = ed25519.write(STRANGER.public)
    badge = award()
    badge["proof"] += seal(badge, STRANGER, verificationMethod=f"{DID}#key-2")["proof"]
    piece = Piece("x", text(badge), "", sources(keys=text(document)))
    assert judging.judge(piece, NOW).verdict is Verdict.PASSED
    for secret, verdict in ((STRANGER, Verdict.FAILED), (Secret(bytes(32)), Verdict.UNDECIDED)):
        pins = Pins(frozenset({ed25519.write(secret.public)}))
        assert judging.judge(piece, NOW, pins).outcomes[-1].verdict is verdict


@pytest.mark.usefixtures("site")
@pytest.mark.parametrize(
    ("key", "why"),
    [
        (ed25519.fingerprint(DEMO_KEY), "'…' is no base58 character."),
        ("x", 'it does not begin with "z"'),
        (DEMO_KEY[:-4], "it is not an Ed25519 key"),
        (METHOD, 'it does not begin with "z"'),
    ],
)
def test_a_key_that_is_not_named_whole_is_wrong_usage(tmp_path: Path, key: str, why: str) -> None:
    result = verify(tmp_path, "dist", "--pin", key)
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.startswith(f"error: --pin: this is not a key: {why}")
    assert "give all letters of the key" in result.stderr


def test_limits_of_root_keys_without_so_many_are_wrong_usage(site: Path, tmp_path: Path) -> None:
    for option in ("--pin-number", "--pin-threshold"):
        result = verify(tmp_path, site, option, "2")
        assert (result.exit_code, result.stdout) == (2, "")
        assert result.stderr.startswith("error: --pin-threshold and --pin-number are about root keys.\n")
    for pins, said in (
        (["--pin", DEMO_KEY] * 2, "1 key is named"),
        (["--pin", DEMO_KEY, "--pin", OTHER], "2 keys are named"),
    ):
        result = verify(tmp_path, site, *pins, "--pin-threshold", "3")
        assert (result.exit_code, result.stdout) == (2, "")
        assert result.stderr.startswith(f"error: --pin-threshold asks for 3 root keys, and {said}.\n")


@pytest.mark.parametrize(
    ("status", "code", "why"),
    [
        ("404 Not Found", 1, f"another key than the one that you named: {DEMO_KEY}.\n"),
        ("410 Gone", 1, f"another key than the one that you named: {DEMO_KEY}.\n"),
        ("500 Oops", 3, f'is not known: "{HOME}keys.json" could not be read: it answered with 500.\n'),
    ],
)
def test_h33_the_list_of_keys_is_asked_for_like_everything_else(
    site: Path, published: loopback.Server, tmp_path: Path, status: str, code: int, why: str
) -> None:
    (tmp_path / "elsewhere").mkdir()
    published.answers = {**published.answers, f"{HOME}keys.json": answer(b"", status=status)}
    result = verify(tmp_path / "elsewhere", "--online", "--pin", OTHER, folder_of(site) / "badge.png")
    assert (result.exit_code, why in result.stdout) == (code, True), result.stdout
    assert [request.split(" ")[1] for request in published.requests].count("/club/keys.json") == 1
    result = verify(tmp_path / "elsewhere", "--online", "--pin", DEMO_KEY, folder_of(site) / "badge.png")
    assert result.exit_code == 0
    assert [request.split(" ")[1] for request in published.requests].count("/club/keys.json") == 1


# For programs


def test_the_object_for_programs_has_one_shape(site: Path, tmp_path: Path) -> None:
    (tmp_path / "x.txt").write_text("x")
    before = datetime.now(UTC).replace(microsecond=0)
    found = answers(tmp_path, "dist/did.json", folder_of(site) / "badge.png", "x.txt")
    assert list(found) == ["version", "checked", "files", "counts", "summary"]
    assert found["version"] == __version__
    assert before <= datetime.fromisoformat(found["checked"]) <= datetime.now(UTC)
    assert found["counts"] == {"passed": 1, "failed": 2, "undecided": 0, "other": 0}
    wrong, good, unreadable = found["files"]
    assert list(good) == ["file", "verdict", "issuer", "steps"]
    assert good["issuer"] == {"id": "did:web:badges.example.org:club", "address": HOME, "keys": [DEMO_KEY]}
    assert good["steps"][2] == {
        "step": "proof",
        "verdict": "passed",
        "sentence": "it is unchanged since it was signed.",
    }
    assert (wrong["verdict"], wrong["issuer"]) == ("failed", {"id": "", "address": "", "keys": []})
    assert (unreadable["verdict"], unreadable["issuer"], len(unreadable["steps"])) == ("failed", None, 1)


@pytest.mark.parametrize(
    ("change", "code"), [(None, 0), (b"altered", 1), (b"missing", 3)], ids=["passed", "failed", "undecided"]
)
def test_both_forms_end_alike(site: Path, tmp_path: Path, change: bytes | None, code: int) -> None:
    path = folder_of(site) / "credential.json"
    if change == b"altered":
        path.write_bytes(path.read_bytes().replace(b"Priya", b"Pryia"))
    if change == b"missing":
        (site / "did.json").unlink()
    (tmp_path / "elsewhere").mkdir()
    for form in ("text", "json"):
        assert verify(tmp_path / "elsewhere", site, "--format", form).exit_code == code


# What the pages say

ROOT = Path(__file__).parents[1]
HOW_TO = (ROOT / "docs/how-to/check-an-award.md").read_text("utf-8")
REFERENCE = (ROOT / "docs/reference/verify.md").read_text("utf-8")
COMMANDS = [line for line in HOW_TO.splitlines() if line.startswith("blazon ")]


@pytest.mark.parametrize("command", COMMANDS)
@pytest.mark.usefixtures("published")
def test_each_command_of_the_page_does_what_it_says(site: Path, tmp_path: Path, command: str) -> None:
    here = tmp_path / "here"
    shutil.copytree(site, here / "dist")
    for path in (*folder_of(site).iterdir(), site / "did.json", site / "status/revocation-1.json"):
        if path.is_file():
            shutil.copy(path, here)
    words = shlex.split(command.replace("<id>", folder_of(site).name).replace("<key>", DEMO_KEY))
    result = run(here, *words[1:])
    assert result.exit_code == 0, result.output
    assert "every step passed" in result.stdout


def test_the_page_shows_every_way_to_check() -> None:
    assert len(COMMANDS) == len(set(COMMANDS)) == 7
    told = {word for command in COMMANDS for word in command.split() if word.startswith("--")}
    options = {option for one in cli.blazon.commands["verify"].params for option in one.opts if option.startswith("--")}
    assert options - told == {"--document", "--issued", "--pin-number", "--pin-threshold"}


@pytest.mark.usefixtures("site")
def test_the_reference_has_every_step_and_member(tmp_path: Path) -> None:
    steps = {verifying.READABLE, verifying.PICTURE, verifying.HOSTED, verifying.ENDORSEMENT, wholeness.PART}
    steps |= {
        authority.PROOF,
        authority.ISSUER,
        validity.DATES,
        validity.STATUS,
        shape.STEP,
        verifying.AWARD,
        pinning.PIN,
        reviewrecord.REVIEW,
    }
    assert set(re.findall(r"^\| `(\w+)` \| (?:with|whether|each)", REFERENCE, re.MULTILINE)) == steps
    found = answers(tmp_path, "dist")
    for name in (
        *found,
        *found["files"][0],
        *found["files"][0]["issuer"],
        *found["files"][0]["steps"][0],
        *found["counts"],
    ):
        assert f"`{name}`" in REFERENCE or f".{name}`" in REFERENCE, name
    for figure in (online.MOST_REDIRECTS, online.MOST_ASKED, int(online.SECONDS), int(online.SECONDS_A_BADGE)):
        assert re.search(rf"\b{figure}\b", REFERENCE.partition("## The network")[2])


# Many badges


def counting(documents: dict[str, bytes], asked: list[str]) -> Given:
    class Counting(Given):
        def document(self, url: str) -> bytes | None:
            asked.append(url)
            return self.documents.get(url)

    return Counting(documents)


def test_badges_of_one_run_share_the_list_of_their_issuer_and_what_their_files_say_alike() -> None:
    asked: list[str] = []
    usual = {KEY_DOCUMENT: text(vector("did")), STATUS_LIST: text(vector("status-list"))}
    shared = lookup.Remembered(counting(usual, asked))
    for number in range(50):
        badge = text(seal({**award(), "id": f"https://badges.example.org/academy/awards/{number}/credential.json"}))
        for data in (badge, jsontext.compact(json.loads(badge)).encode()):
            assert judging.judge(Piece("x", data, "", shared), NOW).verdict is Verdict.PASSED
    assert asked.count(STATUS_LIST) == 1
    assert asked.count(KEY_DOCUMENT) == 1
    assert len(shared._made) <= lookup._MOST_MADE


CORPUS = ROOT / "tests/corpus"


@pytest.mark.parametrize("order", [1, -1], ids=["forwards", "backwards"])
def test_the_corpus_in_one_run_is_judged_as_each_case_alone(order: int) -> None:
    """Whatever badges were looked at before, good or bad, each gets the verdict that it gets by itself."""
    runs: dict[tuple[str, ...], list[dict[str, Any]]] = {}
    for entry in json.loads((CORPUS / "cases.json").read_bytes()):
        runs.setdefault((entry["now"], *map(str, entry["documents"].items())), []).append(entry)
    assert max(map(len, runs.values())) > 20
    for entries in runs.values():
        documents = {url: (CORPUS / path).read_bytes() for url, path in entries[0]["documents"].items()}
        shared, now = lookup.Remembered(Given(documents)), datetime.fromisoformat(entries[0]["now"])
        for entry in entries[::order]:
            badge = judging.judge(Piece("x", (CORPUS / entry["badge"]).read_bytes(), "", shared), now)
            assert [[one.step, one.verdict] for one in badge.outcomes] == entry["steps"], entry["name"]
            assert badge.verdict == entry["verdict"]


def test_what_one_file_says_is_not_taken_for_what_another_says() -> None:
    """Two credentials that Python calls equal, and two pictures around one credential."""
    shared = lookup.Remembered(sources())
    good = award()
    assert judging.judge(Piece("x", text(good), "", shared), NOW).verdict is Verdict.PASSED
    other = json.loads(text(good))
    other["credentialSubject"]["achievement"]["version"] = True
    assert judging.judge(Piece("x", text(other), "", shared), NOW).verdict is Verdict.FAILED
    picture = bake.bake_svg(
        b'<svg xmlns="http://www.w3.org/2000/svg" ><path d="M0 0h64"/></svg>', jsontext.embeddable(good), "{}"
    )
    assert judging.judge(Piece("x", picture, "", shared), NOW).verdict is Verdict.FAILED


def test_badges_are_counted_on_a_line_that_makes_way_for_what_is_said(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """It comes again with the next badge, and is gone in the end."""
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    clock = iter(range(0, 1000, 10))
    monkeypatch.setattr(time, "monotonic", lambda: float(next(clock)))
    good, bad = (
        Judged(name, (Outcome("proof", verdict, "as said."),), found=True)
        for name, verdict in (("a.json", Verdict.PASSED), ("b.json", Verdict.FAILED))
    )
    desk, tally = shell.Desk(tmp_path, quiet=False, verbose=False), judging.Tally()
    ended = command._judge(desk, [None, good, good, bad, None, good], answering.Text(str), tally)
    assert (ended, tally.others, tally.wrong, tally.verdicts.total()) == (1, 2, 1, 4)
    counts = ("1 badges checked, 0", "2 badges checked, 0", "", "3 badges checked, 1", "4 badges checked, 1", "")
    shown = [f"\r\x1b[K{one}{' of them not good or not decided' if one else ''}" for one in counts]
    said = capsys.readouterr()
    assert said.err == "".join(shown)
    lines = said.out.splitlines()
    assert lines[:2] == ["b.json: do not rely on this badge", "  failed     proof: as said."]
    assert (len(lines), "passed over" in lines[2]) == (3, True)


def test_a_long_run_shows_how_far_it_has_got(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    for terminal in (True, False):
        monkeypatch.setattr(sys.stderr, "isatty", lambda terminal=terminal: terminal)
        clock = iter(range(100))
        monkeypatch.setattr(time, "monotonic", lambda clock=clock: float(next(clock)))
        line = shell.Line(shell.Desk(tmp_path, quiet=False, verbose=False))
        for said in ("0 badges", "1 badge", "2 badges"):
            line.show(said.__str__)
        line.clear()
        line.clear()
        shown = "\r\x1b[K1 badge\r\x1b[K2 badges\r\x1b[K" if terminal else ""
        assert capsys.readouterr().err == shown
