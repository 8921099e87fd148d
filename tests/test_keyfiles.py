"""Files and variables with a secret key, by real commands: who may touch them, every flipped bit, absurd costs (rows G2, G4, G5)."""

from __future__ import annotations

import os
import time
from base64 import b64encode
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner
from nacl import pwhash
from nacl.secret import SecretBox

from blazon import base58, cli, ed25519, keyfiles, keys
from blazon.diagnostics import BlazonError
from blazon.keys import Secret
from mischief.attempts import lay_out

SECRET = Secret(b"\7" * 32)
PASSPHRASE = "correct horse"
SALT = bytes(range(16))
CANNOT = "the key file cannot be opened: the passphrase is wrong or the file is damaged."
FORM = "the signing key is not in the form that we expect."


@pytest.fixture(autouse=True)
def _bare(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in (keyfiles.KEY_VARIABLE, keyfiles.PASSPHRASE_VARIABLE):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def program(tmp_path: Path) -> Path:
    """A program whose key is ours."""
    root = tmp_path / "program"
    lay_out(root, {"keys/key-1.yaml": f"public_key: {ed25519.write(SECRET.public)}\nfrom: 2026-01-01\n"})
    return root


@pytest.fixture
def key(tmp_path: Path) -> Path:
    """A file with the secret."""
    return put(tmp_path / "secret.key", SECRET.one_line() + "\n")


def put(path: Path, text: str | bytes, mode: int = 0o600) -> Path:
    """Write a file that its owner alone may read, or everybody."""
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    path.chmod(mode)
    return path


def cheap() -> str:
    """A key file as we write it, but with the smallest cost that we accept, since the tests pay it often."""
    key = pwhash.argon2id.kdf(SecretBox.KEY_SIZE, PASSPHRASE.encode(), SALT, opslimit=1, memlimit=64 << 20)
    box = bytes(SecretBox(key).encrypt(SECRET.seed, bytes(SecretBox.NONCE_SIZE)))
    text = keys.protect(SECRET, PASSPHRASE, bytes)
    first = "".join(text.splitlines(keepends=True)[:2])
    return f"{first}argon2id: 1 passes, 64 MiB\nsalt: {SALT.hex()}\nbox: {box.hex()}\n"


def build(root: Path, *arguments: str | Path) -> tuple[int, str]:
    """How a build ends, and all that it says."""
    command = ["-C", str(root), "build", "--today", "2026-06-01", *map(str, arguments)]
    result = CliRunner().invoke(cli.blazon, command)
    for form in (SECRET.one_line(), SECRET.seed.hex(), b64encode(SECRET.seed).decode()):
        assert form not in result.output
    assert (root / "dist").exists() == (result.exit_code == 0)
    return result.exit_code, result.output


def refused(root: Path, *arguments: str | Path) -> str:
    """The one sentence with which a build ends."""
    code, said = build(root, *arguments)
    assert (code, said.count("error: ")) == (3, 1), said
    return said.removeprefix("error: ").splitlines()[0]


@pytest.mark.parametrize("mode", [0o644, 0o640, 0o660, 0o620, 0o610, 0o604, 0o602, 0o700, 0o400, 0o1600, 0o4600])
def test_g4_a_key_file_that_others_may_touch_is_refused(program: Path, key: Path, mode: int) -> None:
    key.chmod(mode)
    said = refused(program, "--key-file", key)
    assert said == f"the key file {key} has the mode {mode:04o}."
    key.chmod(0o600)
    assert build(program, "--key-file", key)[0] == 0, "the twin"


def link(place: Path, key: Path) -> None:
    place.symlink_to(key)


def link_to_nothing(place: Path, _: Path) -> None:
    place.symlink_to("nowhere")


def pipe(place: Path, _: Path) -> None:
    os.mkfifo(place, 0o600)


def folder(place: Path, _: Path) -> None:
    place.mkdir(0o600)


def huge(place: Path, _: Path) -> None:
    put(place, "")
    os.truncate(place, 1 << 40)


def behind_a_file(place: Path, _: Path) -> None:
    put(place.parent / "file", "x")


@pytest.mark.parametrize(
    ("make", "why"),
    [
        (link, "cannot be read: it is a link."),
        (link_to_nothing, "cannot be read: it is a link."),
        (pipe, "cannot be read: it is not a plain file."),
        (folder, "cannot be read: it is not a plain file."),
        (huge, "is not a key file."),
        (lambda *_: None, "cannot be read: no such file or directory."),
    ],
    ids=["a link", "a link to nothing", "a pipe", "a folder", "a huge file", "nothing"],
)
def test_g4_only_a_plain_file_is_a_key_file(
    program: Path, key: Path, make: Callable[[Path, Path], None], why: str
) -> None:
    place = program.parent / "other.key"
    make(place, key)
    began = time.process_time()
    assert refused(program, "--key-file", place).endswith(f"{place} {why}")
    assert time.process_time() - began < 2


def test_a_folder_on_the_way_to_a_key_file_may_be_a_link(program: Path, key: Path) -> None:
    """Homes and sticks are often behind links, and whoever can change the link can change the file as well."""
    (program.parent / "stick").symlink_to(key.parent)
    assert build(program, "--key-file", program.parent / "stick" / key.name)[0] == 0


@pytest.mark.parametrize(
    "text",
    [
        "", "\n", " ", "z", "not a key", SECRET.one_line()[:-1], SECRET.one_line() + "\n\n", SECRET.one_line() + " ", "\ufeff" + SECRET.one_line(),
        SECRET.seed, SECRET.seed.hex(), b"\xff" * 100, ed25519.write(SECRET.public),
    ],
)  # fmt: skip
def test_a_file_with_something_else_in_one_line_says_what_belongs_there(
    program: Path, key: Path, text: str | bytes
) -> None:
    put(key, text)
    assert refused(program, "--key-file", key) == FORM


@pytest.mark.parametrize(
    "given",
    [
        "{key}\n\n", "\n{key}", "{key}\r\n\r\n", " {key}", "{key} ", "{key}{key}", "{key}\n{key}", '"{key}"', "BLAZON_SIGNING_KEY={key}",
        "z", "not base58: 0OIl", "z" + "1" * 47,
        "z" + base58.encode(b"\x80\x26" + SECRET.seed[1:]), "z" + base58.encode(b"\x80\x26" + SECRET.seed + b"\7"),
        "z" + base58.encode(b"\xed\x01" + SECRET.seed), SECRET.seed.hex(), b64encode(SECRET.seed).decode(),
        "-----BEGIN PRIVATE KEY-----\nMC4CAQAwBQYDK2Vw\n-----END PRIVATE KEY-----\n", '{{"kty": "OKP", "d": "{key}"}}', "\udcff\udcfe",
    ],
)  # fmt: skip
def test_g2_what_is_no_secret_in_the_environment_ends_with_one_sentence(
    program: Path, monkeypatch: pytest.MonkeyPatch, given: str
) -> None:
    given = given.replace("{key}", SECRET.one_line())
    monkeypatch.setenv(keyfiles.KEY_VARIABLE, given)
    assert refused(program) == FORM
    monkeypatch.setenv(keyfiles.KEY_VARIABLE, SECRET.one_line() + "\n")
    assert build(program)[0] == 0, "the twin"


def test_g2_a_whole_key_file_in_the_environment_is_refused(program: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(keyfiles.KEY_VARIABLE, cheap())
    assert refused(program) == FORM


@pytest.mark.parametrize("given", ["", None])
def test_g2_without_a_secret_a_build_ends_and_says_where_one_belongs(
    program: Path, monkeypatch: pytest.MonkeyPatch, given: str | None
) -> None:
    if given is not None:
        monkeypatch.setenv(keyfiles.KEY_VARIABLE, given)
    assert refused(program) == "there is no signing key."


@pytest.mark.parametrize(
    "cost",
    [
        f"1 passes, {1 << 20} MiB", f"{1 << 32} passes, 64 MiB", f"{1 << 32} passes, {1 << 20} MiB", f"{1 << 64} passes, {1 << 64} MiB",
        "1 passes, 63 MiB", "1 passes, 1025 MiB", "0 passes, 64 MiB", "11 passes, 64 MiB", "-1 passes, 64 MiB", "1 passes, 0 MiB", "1e9 passes, 64 MiB",
    ],
)  # fmt: skip
def test_g5_an_absurd_cost_is_refused_before_it_is_paid(
    program: Path, key: Path, monkeypatch: pytest.MonkeyPatch, cost: str
) -> None:
    monkeypatch.setenv(keyfiles.PASSPHRASE_VARIABLE, PASSPHRASE)
    put(key, cheap().replace("1 passes, 64 MiB", cost))
    began = time.process_time()
    assert refused(program, "--key-file", key) == CANNOT
    assert time.process_time() - began < 2


def test_g5_a_wrong_passphrase_and_a_damaged_file_say_the_same(
    program: Path, key: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(key, cheap())
    monkeypatch.setenv(keyfiles.PASSPHRASE_VARIABLE, PASSPHRASE)
    assert build(program, "--key-file", key)[0] == 0, "the twin"
    monkeypatch.setenv(keyfiles.PASSPHRASE_VARIABLE, PASSPHRASE + " ")
    (program / "dist").rename(program.parent / "published")
    assert refused(program, "--key-file", key) == CANNOT
    monkeypatch.setenv(keyfiles.PASSPHRASE_VARIABLE, PASSPHRASE)
    for text in (
        cheap()[:-20],
        cheap() + "\n",
        cheap().replace("\n", "\r\n"),
        cheap()[1:],
        cheap().upper(),
        cheap() * 2,
    ):
        put(key, text)
        assert refused(program, "--key-file", key) == CANNOT


@pytest.mark.parametrize("bit", range(8))
def test_g5_every_flipped_bit_is_refused_and_says_the_same_as_a_wrong_passphrase(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, bit: int
) -> None:
    monkeypatch.setenv(keyfiles.PASSPHRASE_VARIABLE, PASSPHRASE)
    path, whole = tmp_path / "secret.key", cheap().encode()
    assert keyfiles.read(put(path, whole), lambda _: "") == SECRET, "the twin"
    for position in range(len(whole)):
        flipped = bytearray(whole)
        flipped[position] ^= 1 << bit
        put(path, bytes(flipped))
        began = time.process_time()
        with pytest.raises(BlazonError) as caught:
            keyfiles.read(path, lambda _: "")
        assert (caught.value.message, caught.value.hint, caught.value.exit_code) == (CANNOT, "", 3)
        assert time.process_time() - began < 2
