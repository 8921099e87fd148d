"""The package as others get it: what is inside, and that it builds a golden site away from this checkout."""

from __future__ import annotations

import os
import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path

import pytest

import programs
from goldens import HERE, SECRET, golden

ROOT = Path(__file__).parents[1]
STRAY = ("__pycache__", ".pyc", ".venv", "dist/", ".git", ".key", "node_modules")


@pytest.fixture(scope="module")
def packages(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a wheel and a source distribution, made by the build backend itself."""
    folder = tmp_path_factory.mktemp("packages")
    command = [sys.executable, "-m", "hatchling", "build", "--directory", str(folder)]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    return folder


@pytest.fixture(scope="module")
def installed(packages: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel's package, installed on its own; its dependencies are those of this environment."""
    target = tmp_path_factory.mktemp("installed")
    (wheel,) = packages.glob("*.whl")
    pip = [sys.executable, "-m", "pip", "install", "--quiet", "--no-deps", "--no-index", "--target", str(target)]
    subprocess.run([*pip, str(wheel)], check=True, capture_output=True)
    return target


def test_the_wheel_holds_the_package_and_the_theme_and_nothing_else(packages: Path) -> None:
    (wheel,) = packages.glob("*.whl")
    names = zipfile.ZipFile(wheel).namelist()
    assert all(name.startswith(("blazon/", "blazon-")) for name in names)
    assert not [name for name in names if any(stray in name for stray in STRAY)]
    assert {"blazon/cli.py", "blazon/py.typed", "blazon/themes/stitch/theme.yaml"} <= set(names)
    assert "blazon/themes/stitch/templates/award.html" in names


def test_the_source_distribution_holds_what_is_published(packages: Path) -> None:
    (sdist,) = packages.glob("*.tar.gz")
    with tarfile.open(sdist) as archive:
        names = {name.partition("/")[2] for name in archive.getnames()}
    assert not [name for name in names if any(stray in f"{name}/" for stray in STRAY if stray != ".git")]
    assert {"README.md", "LICENSE", "Makefile", "pyproject.toml", "generator/blazon/cli.py"} <= names
    tops = {name.split("/")[0] for name in names}
    published = {"generator", "themes", "content", "keys", "tests", "docs"}
    assert tops <= published | {"README.md", "LICENSE", "CONTRIBUTING.md", "CHANGELOG.md"} | {
        "Makefile",
        "pyproject.toml",
        "PKG-INFO",
        ".gitignore",
    }


@pytest.mark.parametrize("name", ["academy", "newcomer"])
def test_the_installed_package_builds_the_golden_site(installed: Path, tmp_path: Path, name: str) -> None:
    command = [sys.executable, "-m", "blazon", "-C", str(HERE / name / "program"), "build"]
    command += ["-o", str(tmp_path / "site"), "--today", "2026-11-23"]
    environment = {**os.environ, "PYTHONPATH": str(installed), "BLAZON_SIGNING_KEY": SECRET.one_line()}
    done = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    where = [sys.executable, "-c", "import blazon; print(blazon.__file__)"]
    found = subprocess.run(where, cwd=tmp_path, env=environment, capture_output=True, text=True, check=True)
    assert found.stdout.startswith(str(installed))
    ours = {path.relative_to(tmp_path / "site").as_posix() for path in (tmp_path / "site").rglob("*") if path.is_file()}
    accepted = golden(name)
    assert ours - {".blazon"} == set(accepted)
    for path, data in accepted.items():
        assert (tmp_path / "site" / path).read_bytes() == data, path


def test_the_installed_package_finds_a_theme_beside_the_content(installed: Path, tmp_path: Path) -> None:
    program = programs.small(tmp_path / "program")
    (program / "themes/stitch/templates").mkdir(parents=True)
    text = '{% extends "base/about.html" %}{% block main %}<h1>Ours</h1>{% endblock %}'
    (program / "themes/stitch/templates/about.html").write_text(text)
    command = [sys.executable, "-m", "blazon", "-C", str(program), "build", "--today", "2026-11-23"]
    environment = {**os.environ, "PYTHONPATH": str(installed), "BLAZON_SIGNING_KEY": ""}
    done = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert "<h1>Ours</h1>" in (program / "dist/about/index.html").read_text("utf-8")
    assert '<header class="site">' in (program / "dist/about/index.html").read_text("utf-8")
