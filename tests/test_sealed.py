"""Private awards: sealed with PyNaCl, opened by our own script, and not to be found in anything that is published."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import zlib
from base64 import b64decode, b64encode, urlsafe_b64encode
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime
from hashlib import sha256
from pathlib import Path
from urllib.parse import urljoin, urlsplit

import pytest
from click.testing import CliRunner, Result
from nacl import bindings

import programs
import sealing
from blazon import cli, keys, lookup, publishing
from blazon.keys import Secret
from blazon.order import Order
from blazon.outcome import Verdict, overall
from blazon.verify import verify

SCRIPT = Path(__file__).parents[1] / "themes/stitch/static/unseal.js"
OPENER = Path(__file__).parent / "browser/unseal.mjs"
KEY = bytes(range(100, 132))
HERE = "https://badges.example.org/awards/x/"
NODE = shutil.which("node")


def opened(*boxes: tuple[str, bytes, str]) -> list[str | None]:
    """What the script of the pages makes of boxes: key as it stands in a link, box, and address."""
    assert NODE is not None
    told = "".join(json.dumps([str(SCRIPT), key, b64encode(box).decode(), url]) + "\n" for key, box, url in boxes)
    run = subprocess.run([NODE, str(OPENER)], input=told, capture_output=True, text=True, check=True)
    return [json.loads(line) for line in run.stdout.splitlines()]


def linked(key: bytes) -> str:
    return urlsafe_b64encode(key).decode().rstrip("=")


needs_node = pytest.mark.skipif(NODE is None, reason="needs Node.js")


def test_the_published_vector_of_the_draft() -> None:
    """draft-irtf-cfrg-xchacha-03, appendix A.3.1."""
    key, nonce = bytes(range(0x80, 0xA0)), bytes(range(0x40, 0x58))
    named = bytes.fromhex("50515253c0c1c2c3c4c5c6c7")
    text = b"Ladies and Gentlemen of the class of '99: If I could offer you only one tip for the future, sunscreen would be it."
    box = bindings.crypto_aead_xchacha20poly1305_ietf_encrypt(text, named, nonce, key)
    assert box[:16].hex() == "bd6d179d3e83d43b9576579493c0e939"
    assert box[-16:].hex() == "c0875924c1c7987947deafd8780acf49"


@needs_node
def test_the_script_opens_what_was_sealed() -> None:
    texts = ["", "a", "x" * 15, "x" * 16, "x" * 63, "x" * 64, "x" * 65, "x" * 1000, "ليلى حداد 🏅" * 700, "y" * 40_000]
    boxes = [(linked(KEY), keys.sealed(KEY, text.encode(), url), url) for text in texts for url in (HERE, HERE * 7)]
    assert opened(*boxes) == [text for text in texts for _ in range(2)]
    many = [bytes([number]) * 32 for number in range(40)]
    assert opened(*((linked(key), keys.sealed(key, b"one text", HERE), HERE) for key in many)) == ["one text"] * 40


@needs_node
def test_no_changed_bit_of_a_box_is_opened() -> None:
    box = keys.sealed(KEY, b"Ada Example", HERE)
    flipped = [
        bytes(byte ^ (1 << bit if place == at else 0) for place, byte in enumerate(box))
        for at in range(len(box))
        for bit in range(8)
    ]
    cut = [box[:size] for size in range(len(box))]
    assert set(opened(*((linked(KEY), one, HERE) for one in (*flipped, *cut, box + b"\0")))) == {None}


@needs_node
def test_no_other_key_or_address_opens_a_box() -> None:
    box = keys.sealed(KEY, b"Ada Example", HERE)
    others = [
        bytes(byte ^ (1 << bit if place == at else 0) for place, byte in enumerate(KEY))
        for at in range(32)
        for bit in range(8)
    ]
    asked = [(linked(key), box, HERE) for key in others]
    asked += [(key, box, HERE) for key in ("", "x", linked(KEY)[:-1], linked(KEY) + "A", "é" * 43, " ")]
    asked += [(linked(KEY), box, url) for url in ("", HERE + "x", HERE.upper())]
    assert set(opened(*asked)) == {None}


@needs_node
def test_what_is_no_text_is_not_shown() -> None:
    nonce = bytes(24)
    box = nonce + bindings.crypto_aead_xchacha20poly1305_ietf_encrypt(b"\xff", HERE.encode(), nonce, KEY)
    assert opened((linked(KEY), box, HERE)) == [None]


def test_one_text_is_one_box_and_two_texts_share_no_nonce() -> None:
    assert keys.sealed(KEY, b"a", HERE) == keys.sealed(KEY, b"a", HERE)
    cases = {(b"a", HERE), (b"b", HERE), (b"a", HERE + "b"), (b"ba", HERE), (b"", HERE + "a")}
    assert len({keys.sealed(KEY, text, url)[:24] for text, url in cases}) == len(cases)


# What is published


def build(root: Path) -> dict[str, bytes]:
    order = Order(root, root / "dist", date(2026, 11, 20))
    built = publishing.build(order, lambda: [Secret(sealing.SEED)], lambda _: None)
    assert built.changes is not None, [one.as_text() for one in built.report]
    return {
        path.relative_to(root / "dist").as_posix(): path.read_bytes()
        for path in sorted((root / "dist").rglob("*"))
        if path.is_file()
    }


def texts(data: bytes) -> Iterator[bytes]:
    """The bytes of a file, and whatever is packed in them: JSON escapes, compressed text, base64."""
    yield data
    yield re.sub(rb"\\u([0-9a-f]{4})", lambda found: chr(int(found[1], 16)).encode("utf-8", "replace"), data)
    for start in (found.start() for found in re.finditer(rb"x[\x01\x5e\x9c\xda]|\x1f\x8b", data)):
        try:
            yield zlib.decompressobj(47).decompress(data[start:])
        except zlib.error:
            continue
    for found in re.findall(rb"[A-Za-z0-9+/_-]{16,}", data):
        plain = found.replace(b"-", b"+").replace(b"_", b"/")
        for skipped in range(4):
            part = plain[skipped:]
            yield b64decode(part[: len(part) // 4 * 4])


def forms(secret: str) -> list[bytes]:
    """How a text may stand in a file."""
    return [
        secret.encode(),
        *(secret.encode(code) for code in ("utf-16-le", "utf-16-be")),
        secret.replace(" ", "%20").encode(),
    ]


SECRETS = (
    sealing.NAME,
    "Priya",
    "priya-raman",
    "six tables at Oxbow Hall",
    "newspapers",
    sealing.KEY,
    "Event lead",
    "https://files.riverbend.example/priya-raman",
)


def found_in(site: dict[str, bytes], secrets: Sequence[bytes]) -> set[str]:
    return {path for path, data in site.items() for text in texts(data) if any(one in text for one in secrets)}


def test_nothing_of_a_private_award_is_published(tmp_path: Path) -> None:
    _, award = sealing.program(tmp_path)
    site = build(tmp_path)
    assert [path for path in site if award in path] == [f"awards/{award}/index.html"]
    assert {path for path, data in site.items() if award.encode() in data} == {f"awards/{award}/index.html"}
    assert found_in(site, [form for secret in SECRETS for form in forms(secret)]) == set()
    picture = site[f"badges/{programs.BADGE}/badge.png"], site[f"badges/{programs.BADGE}/badge.svg"]
    digests = [form for one in picture for form in (sha256(one).hexdigest().encode(), b64encode(sha256(one).digest()))]
    assert found_in(site, [*digests, b"OpenBadgeCredential", b'proofValue":"z']) <= {
        path for path in site if path.startswith("static/")
    } | {"status/revocation-1.json"}
    page = site[f"awards/{award}/index.html"].decode()
    assert "STEM" not in page
    assert programs.BADGE not in page
    assert '<meta name="robots" content="noindex">' in page
    assert '<meta name="referrer" content="no-referrer">' in page


def test_the_search_finds_what_is_public(tmp_path: Path) -> None:
    """The same search finds all of it where nothing is private, so that it cannot fail to see."""
    _, award = sealing.program(tmp_path, visibility="public")
    site = build(tmp_path)
    for secret in SECRETS:
        if secret != sealing.KEY:
            assert found_in(site, forms(secret)), secret
    assert f"awards/{award}/badge.png" in found_in(site, forms("six tables at Oxbow Hall"))
    digest = b64encode(sha256(site[f"badges/{programs.BADGE}/badge.png"]).digest())
    assert f"awards/{award}/credential.json" in found_in(site, [digest])


def test_the_same_repository_gives_the_same_sealed_page(tmp_path: Path) -> None:
    for name in ("a", "b"):
        sealing.program(tmp_path / name)
    assert build(tmp_path / "a") == build(tmp_path / "b")


def test_a_page_becomes_private_and_another_key_cancels_links(tmp_path: Path) -> None:
    _, award = sealing.program(tmp_path, visibility="unlisted")
    assert f"awards/{award}/credential.json" in build(tmp_path)
    earner = tmp_path / sealing.EARNER
    earner.write_text(earner.read_text().replace("unlisted", "private"))
    first = build(tmp_path)
    assert f"awards/{award}/credential.json" not in first
    earner.write_text(earner.read_text().replace(sealing.KEY, linked(bytes(32))))
    path = f"awards/{award}/index.html"
    assert build(tmp_path)[path] != first[path]


@needs_node
def test_what_is_sealed_is_the_page_with_the_signed_credential(tmp_path: Path) -> None:
    key, award = sealing.program(tmp_path)
    site = build(tmp_path)
    page = site[f"awards/{award}/index.html"].decode()
    address = f"https://riverbend.example/badges/awards/{award}/"
    assert f'data-address="{address}"' in page
    box = re.search(r'id="sealed">"([^"]+)"<', page)
    assert box is not None
    whole = opened((key, b64decode(box[1]), address))[0]
    assert whole is not None
    assert len(whole.encode()) % 4096 == 0
    block = re.search(r'id="credential">([^<]+)<', whole)
    assert block is not None
    assert json.loads(block[1])["credentialSubject"]["name"] == sealing.NAME
    for gone in (
        "share/",
        "certificate/",
        "embed/",
        "oembed",
        "assertion.json",
        "badge.png",
        "og:image",
    ):
        assert f"awards/{award}/{gone}" not in whole
        assert f'href="{gone}' not in whole
    links = re.findall(r'(?:href|src)="((?!https:|mailto:|#|data:)[^"]+)"', whole)
    assert len(links) > 10
    for link in links:
        path = urlsplit(urljoin(address, link)).path.removeprefix("/badges/")
        assert (f"{path}index.html" if not path or path.endswith("/") else path) in site, link


def test_without_a_key_a_private_award_has_no_page(tmp_path: Path) -> None:
    _, award = sealing.program(tmp_path)
    earner = tmp_path / sealing.EARNER
    earner.write_text(re.sub(r" +key: .*\n", "", earner.read_text()))
    assert not any(award in path for path in build(tmp_path))


# The command


def run(root: Path, *arguments: str) -> Result:
    return CliRunner().invoke(cli.blazon, ["-C", str(root), *arguments])


WAYS = {
    "no awards": (
        "name: Ada # me\n",
        "name: Ada # me\nawards:\n  stem-night-lead:\n    visibility: private\n    key: KEY\n",
    ),
    "another": (
        "name: Ada\nawards:\n    # mine\n    other: {visibility: public}\n",
        "name: Ada\nawards:\n    stem-night-lead:\n      visibility: private\n      key: KEY\n    # mine\n    other: {visibility: public}\n",
    ),
    "its own": (
        "awards:\n  stem-night-lead:\n    # mine\n    feedback: true\n    visibility: public\nname: Ada\n",
        "awards:\n  stem-night-lead:\n    # mine\n    key: KEY\n    feedback: true\n    visibility: private\nname: Ada\n",
    ),
    "lines end as on Windows": (
        "name: Ada\r\nawards:\r\n  stem-night-lead:\r\n    visibility: private\r\n    key: OLD\r\n",
        "name: Ada\r\nawards:\r\n  stem-night-lead:\r\n    visibility: private\r\n    key: KEY\r\n",
    ),
}


@pytest.mark.parametrize("way", WAYS)
def test_the_command_writes_a_key_and_leaves_the_rest(tmp_path: Path, way: str) -> None:
    _, award = sealing.program(tmp_path)
    before, after = WAYS[way]
    (tmp_path / sealing.EARNER).write_bytes(before.replace("OLD", sealing.KEY).encode())
    result = run(tmp_path, "private", programs.AWARD)
    assert result.exit_code == 0, result.output
    written = (tmp_path / sealing.EARNER).read_bytes().decode()
    key = re.search(r"key: ([\w-]{43})", written)
    assert key is not None
    assert written == after.replace("KEY", key[1])
    assert key[1] != sealing.KEY
    assert result.stdout.splitlines()[1] == f"https://riverbend.example/badges/awards/{award}/#{key[1]}"
    assert run(tmp_path, "check").exit_code == (way == "another")


def test_the_command_draws_each_time_and_begins_a_file(tmp_path: Path) -> None:
    sealing.program(tmp_path)
    (tmp_path / sealing.EARNER).unlink()
    first = run(tmp_path, "private", programs.AWARD)
    second = run(tmp_path, "private", programs.AWARD)
    assert (first.stdout.split()[0], second.stdout.split()[0]) == ("wrote", "changed")
    assert first.stdout.splitlines()[1] != second.stdout.splitlines()[1]


@pytest.mark.parametrize(
    "text",
    ["name: Ada\nawards: {stem-night-lead: {visibility: public}}\n", "name: Ada\nawards: x\n", "name: Ada\nawards:\n"],
)
def test_what_cannot_be_written_is_told(tmp_path: Path, text: str) -> None:
    sealing.program(tmp_path)
    (tmp_path / sealing.EARNER).write_text(text)
    result = run(tmp_path, "private", programs.AWARD)
    assert result.exit_code == 1
    assert "by hand" in result.stderr
    assert (tmp_path / sealing.EARNER).read_text() == text


def test_an_erased_award_is_not_made_private(tmp_path: Path) -> None:
    sealing.program(tmp_path)
    assert run(tmp_path, "erase", programs.AWARD, "--yes").exit_code == 0
    assert "is erased" in run(tmp_path, "private", programs.AWARD).stderr


# Handed over


@pytest.mark.parametrize("visibility", ["withheld", "private", "unlisted"])
def test_awards_without_files_are_handed_over(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, visibility: str) -> None:
    root, folder = tmp_path / "program", tmp_path / "out"
    _, award = sealing.program(root, visibility=visibility)
    monkeypatch.setenv("BLAZON_SIGNING_KEY", Secret(sealing.SEED).one_line())
    arguments = ("hand-over", str(folder), "--today", "2026-11-20")
    result = run(root, *arguments)
    assert result.exit_code == 0, result.output
    if visibility == "unlisted":
        assert "nothing is withheld" in result.stderr
        assert not folder.exists()
        return
    site = build(root)
    assert (award in "".join(site)) == (visibility == "private")
    made = folder / "priya-raman" / programs.BADGE
    assert {path.name for path in made.iterdir()} == {"credential.json", "badge.png", "badge.svg", "review.json"}
    sources = lookup.published(site.get)
    for name in ("credential.json", "badge.png", "badge.svg"):
        outcomes = verify((made / name).read_bytes(), sources, datetime(2026, 11, 20, tzinfo=UTC))
        assert overall(outcomes) is Verdict.PASSED, (name, outcomes)
        assert (made / name).stat().st_mode & 0o077 == 0
    assert run(root, *arguments).exit_code == 0
    (made / "credential.json").write_text("mine")
    again = run(root, *arguments)
    assert again.exit_code == 2
    assert "is another file" in again.stderr
    assert (made / "credential.json").read_text() == "mine"


@pytest.mark.parametrize("place", ["program/out", "program/content/x", "site/out"])
def test_nothing_is_handed_over_where_others_read_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, place: str
) -> None:
    root = tmp_path / "program"
    sealing.program(root, visibility="withheld")
    monkeypatch.setenv("BLAZON_SIGNING_KEY", Secret(sealing.SEED).one_line())
    assert run(root, "build", "-o", str(tmp_path / "site"), "--today", "2026-11-20").exit_code == 0
    result = run(root, "hand-over", str(tmp_path / place), "--today", "2026-11-20")
    assert result.exit_code == 2
    assert "lies inside" in result.stderr
    assert not (tmp_path / place).exists()


def test_a_program_with_mistakes_hands_nothing_over(tmp_path: Path) -> None:
    root = tmp_path / "program"
    sealing.program(root, visibility="withheld")
    (root / programs.AWARD).write_text("id: x")
    assert run(root, "hand-over", str(tmp_path / "out")).exit_code == 1
    assert not (tmp_path / "out").exists()
