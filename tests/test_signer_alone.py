"""The signer in an environment with PyNaCl, what PyNaCl needs, and nothing else, installed from the list that workflows install it from."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from blazon import signatures
from blazon.signer import __file__ as signer
from twophases import SECRET, stack, written

ROOT = Path(__file__).parents[1]
GENERATOR = str(Path(signer).parents[1])
DID = "did:web:badges.example.org"
NEEDED = {"nacl", "_sodium", "_cffi_backend", "cffi"}  # the second and third are parts of PyNaCl and cffi


@pytest.fixture(scope="module")
def python(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The interpreter of such an environment."""
    place = tmp_path_factory.mktemp("alone")
    subprocess.run([sys.executable, "-m", "venv", str(place)], check=True, capture_output=True)
    install = [place / "bin/python", "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    locked = ["--require-hashes", "--only-binary", ":all:", "-r", str(ROOT / ".github/signer.txt")]
    subprocess.run([*map(str, install), *locked], check=True, capture_output=True)
    return place / "bin/python"


def run(python: Path | str, *arguments: str, where: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    clean = {"PATH": os.environ["PATH"], "PYTHONPATH": GENERATOR, "PYTHONSAFEPATH": "1", **environment}
    return subprocess.run([str(python), *arguments], cwd=where, env=clean, capture_output=True, text=True, check=False)


def test_pynacl_alone_is_there(python: Path, tmp_path: Path) -> None:
    listed = run(python, "-m", "pip", "list", "--format", "json", "--disable-pip-version-check", where=tmp_path)
    names = {one["name"].lower() for one in json.loads(listed.stdout)}
    assert names - {"pip", "setuptools"} == {"pynacl", "cffi", "pycparser"}
    for other in ("click", "yaml", "jinja2", "markdown", "PIL", "qrcode"):
        assert run(python, "-c", f"import {other}", where=tmp_path).returncode != 0
    assert (
        run(python, "-m", "blazon", "--version", where=tmp_path).returncode != 0
    )  # this is no place for the rest of us


def test_it_signs(python: Path, tmp_path: Path) -> None:
    (tmp_path / "requests.json").write_text(written(stack().recorded()))
    arguments = ("-m", "blazon.signer", "requests.json", "-o", "signatures.json", "--issuer", DID)
    done = run(python, *arguments, where=tmp_path, BLAZON_SIGNING_KEY=SECRET.one_line())
    assert (done.returncode, done.stderr) == (0, "")
    assert signatures.read((tmp_path / "signatures.json").read_bytes()) == stack().signed([SECRET])


def test_it_imports_nothing_else_where_all_is_there(tmp_path: Path) -> None:
    code = "import sys, blazon.signer; print(*{name.partition('.')[0] for name in sys.modules})"
    whole = f"import sys; sys.path += {sys.path!r}; {code}"
    found = set(run(sys.executable, "-S", "-c", whole, where=tmp_path).stdout.split()) - sys.stdlib_module_names
    assert found - NEEDED == {"__main__", "blazon"}
    assert "nacl" in found
