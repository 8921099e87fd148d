"""The package as others get it: what is inside, and that it builds a golden site away from this checkout."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tarfile
import zipfile
from collections.abc import Iterator
from fnmatch import fnmatch
from pathlib import Path

import pytest

import programs
from blazon import __version__, files
from goldens import HERE, SECRET, golden

ROOT = Path(__file__).parents[1]
IN_SOURCE = (
    *(".github", ".vscode", "content", "docs", "generator", "keys", "schemas", "tests", "themes"),
    *(".gitignore", "CHANGELOG.md", "CONTRIBUTING.md", "LICENSE", "Makefile", "README.md", "pyproject.toml"),
)
ABOUT_THE_WHEEL = ("METADATA", "RECORD", "WHEEL", "entry_points.txt", "licenses/LICENSE")
IGNORED = [line.rstrip("/") for line in (ROOT / ".gitignore").read_text("utf-8").splitlines()]


def below(top: str) -> Iterator[str]:
    """The paths of the files at or below one place of the repository, without what git ignores."""
    place = ROOT / top
    for path in sorted(place.rglob("*")) if place.is_dir() else [place]:
        name = path.relative_to(ROOT)
        if path.is_file() and not any(fnmatch(part, shape) for part in name.parts for shape in IGNORED):
            yield name.as_posix()


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


def held(package: Path) -> dict[str, bytes]:
    """The files in a wheel or a source distribution, by path; of the latter without its folder."""
    if package.suffix == ".whl":
        with zipfile.ZipFile(package) as archive:
            return {name: archive.read(name) for name in archive.namelist()}
    with tarfile.open(package) as archive:
        files = [(one.name.partition("/")[2], archive.extractfile(one)) for one in archive if one.isfile()]
        return {name: file.read() for name, file in files if file is not None}


def test_the_wheel_holds_the_package_its_theme_and_its_template_and_nothing_else(packages: Path) -> None:
    (wheel,) = packages.glob("*.whl")
    ours = {name.removeprefix("generator/") for name in below("generator/blazon")}
    ours |= {f"blazon/{name}" for name in below("themes")}
    ours |= {f"blazon/template/{name}" for name in files.read_template()}
    ours |= {f"blazon-{__version__}.dist-info/{name}" for name in ABOUT_THE_WHEEL}
    assert {*held(wheel)} == ours
    assert {"blazon/cli.py", "blazon/py.typed", "blazon/themes/stitch/templates/award.html"} <= ours


def test_the_template_in_the_wheel_is_that_of_the_repository(packages: Path, installed: Path) -> None:
    (wheel,) = packages.glob("*.whl")
    prefix = "blazon/template/"
    inside = {name.removeprefix(prefix): data for name, data in held(wheel).items() if name.startswith(prefix)}
    assert inside == files.read_template()
    folder = installed / "blazon" / "template"
    laid = {path.relative_to(folder).as_posix(): path for path in folder.rglob("*") if path.is_file()}
    assert {name: path.read_bytes() for name, path in laid.items()} == inside
    assert not [name for name, path in laid.items() if path.stat().st_mode & 0o111]


def test_the_source_distribution_holds_what_is_published_and_nothing_else(packages: Path) -> None:
    (sdist,) = packages.glob("*.tar.gz")
    assert {*held(sdist)} == {name for top in IN_SOURCE for name in below(top)} | {"PKG-INFO"}


def test_a_wheel_made_of_the_source_distribution_is_the_same(packages: Path, tmp_path: Path) -> None:
    (sdist,) = packages.glob("*.tar.gz")
    with tarfile.open(sdist) as archive:
        archive.extractall(tmp_path, filter="data")
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "--directory", str(tmp_path / "again")]
    subprocess.run(command, cwd=tmp_path / f"blazon-{__version__}", check=True, capture_output=True)
    (again,) = (tmp_path / "again").glob("*.whl")
    (wheel,) = packages.glob("*.whl")
    assert held(again) == held(wheel)


def test_the_changelog_speaks_of_this_version_first() -> None:
    headings = re.findall(r"^## (\S+)", (ROOT / "CHANGELOG.md").read_text("utf-8"), re.MULTILINE)
    assert headings[0] == __version__
    lock = (ROOT / ".github/blazon.txt").read_text("utf-8")
    assert f"\nblazon=={__version__}\n" in lock


def test_the_same_repository_gives_the_same_packages(packages: Path, tmp_path: Path) -> None:
    command = [sys.executable, "-m", "hatchling", "build", "--directory", str(tmp_path)]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True, env={**os.environ, "TZ": "Asia/Tokyo"})
    again = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    assert again == {path.name: path.read_bytes() for path in packages.iterdir()}


def test_no_secret_is_in_the_packages(packages: Path) -> None:
    for package in packages.iterdir():
        found = held(package)
        assert not [name for name in found if name.endswith(".key")]
        private = [name for name, data in found.items() if b"PRIVATE KEY-----" in data]
        assert {name for name in private if not name.startswith("tests/")} == set()


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
