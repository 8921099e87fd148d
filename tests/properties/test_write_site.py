"""Whatever was there before, the folder holds exactly the site that was written, and a second writing changes nothing."""

from __future__ import annotations

import tempfile
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from blazon import folder, swap
from blazon.diagnostics import Report

ADDRESS = "https://riverbend.example/badges/"

_names = st.sampled_from(["a", "b", "index.html", "x.json", ".well-known"])
_paths = st.lists(_names, min_size=1, max_size=3).map("/".join)
_files = st.dictionaries(_paths, st.binary(max_size=20), max_size=8)


def _is_possible(site: dict[str, bytes]) -> bool:
    return not any(other.startswith(f"{path}/") for path in site for other in site)


sites = _files.filter(_is_possible)


def _on_disk(place: Path) -> dict[str, bytes]:
    files = (path for path in place.rglob("*") if path.is_file() and path.name != swap.MARK)
    return {path.relative_to(place).as_posix(): path.read_bytes() for path in files}


@settings(max_examples=60, deadline=None)
@given(st.lists(sites, min_size=1, max_size=4))
def test_the_folder_holds_the_last_site_written(history: list[dict[str, bytes]]) -> None:
    with tempfile.TemporaryDirectory() as name:
        root = Path(name)
        before: dict[str, bytes] = {}
        for site in history:
            changes = folder.write_site(site.items(), root / "dist", ADDRESS, root=root, report=Report(), keep=None)
            assert _on_disk(root / "dist") == site
            assert changes.new == len(site.keys() - before.keys())
            assert changes.changed == sum(before[path] != site[path] for path in before.keys() & site.keys())
            assert changes.removed == len(before.keys() - site.keys())
            before = site
        status = (root / "dist").stat()
        again = folder.write_site(before.items(), root / "dist", ADDRESS, root=root, report=Report())
        assert (again.same, again.files) == (len(before), len(before))
        assert (root / "dist").stat().st_ino == status.st_ino or not before


@settings(max_examples=60, deadline=None)
@given(sites, sites)
def test_what_was_published_is_lost_only_with_leave(old: dict[str, bytes], new: dict[str, bytes]) -> None:
    with tempfile.TemporaryDirectory() as name:
        root, report = Path(name), Report()
        folder.write_site(old.items(), root / "dist", ADDRESS, root=root, report=Report())
        folder.write_site(new.items(), root / "dist", ADDRESS, root=root, report=report)
        lost = old.keys() - new.keys()
        assert report.failed == bool(lost)
        assert _on_disk(root / "dist") == (old if lost else new)
