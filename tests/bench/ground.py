"""A generated program and all that is measured on it: what we do with it, and what each peer does."""

from __future__ import annotations

import os
import shutil
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property, partial
from itertools import count
from math import ceil
from pathlib import Path

import markdown_pages

import credentials
import generated
import hugo
from running import CommandFailed, Work, python, run

ROOT = Path(__file__).parents[2]
PEERS = ROOT / ".venv/peers"
HUGO = next(PEERS.glob("lib/python3*/site-packages/hugo/binaries/hugo"), PEERS / "hugo")
SAMPLE = 30
MOST_SIGNED = 200
MOST_SIGNED_SLOWLY = 50
MOST_MARKDOWN = 1_000
WORKERS = 2
ACCEPTED = [part for prefix in ("awards/", "achievements/", "ob2/") for part in ("--accept-change", prefix)]
HUGO_SITE = "hugo-site"
STRINGS = "themes/stitch/strings/en.yaml"
PARTS: Mapping[str, tuple[str, ...]] = {
    "page": ("index.html",),
    "documents": ("credential.json", "assertion.json", "review.json", "oembed.json"),
    "pictures": ("badge.png", "badge.svg"),
    "other pages": ("share/index.html", "certificate/index.html", "embed/index.html"),
}
COUNTED = ("page", "documents", "pictures")  # in what an award is wanted to take


def of_an_award(kinds: Mapping[str, int]) -> dict[str, int]:
    """The bytes of all files of awards by what they are for; a file that no part knows is an error, as it would not be counted."""
    part_of = {f"awards/…/{file}": part for part, files in PARTS.items() for file in files}
    sums = dict.fromkeys(PARTS, 0)
    for kind, found in kinds.items():
        if kind.startswith("awards/"):
            sums[part_of[kind]] += found
    return sums


@dataclass(frozen=True, slots=True)
class Unsigned:
    """Credentials for whoever signs them: the program they are of, the file with them, how many, and the signature of the first."""

    program: Path
    file: Path
    number: int
    value: str


class Ground:
    """What is measured at one size. What a work needs is made when it is first asked for, and never measured."""

    def __init__(self, folder: Path, awards: int) -> None:
        """A folder of its own for programs, sites and what peers are given."""
        self._folder = folder
        self._awards = awards
        self._pages = awards * len(hugo.PAGES) + ceil(awards / 3)  # an earner has three awards
        self._turn = count(1)
        self.site = folder / "site"
        self.works: Mapping[str, Callable[[], Work]] = {
            "blazon": self._full,
            "dask": self._dask,
            "nothing": lambda: self._again(lambda: None),
            "award": lambda: self._again(self._change_award),
            "string": lambda: self._again(self._change_string),
            "badge": lambda: self._again(self._change_badge),
            "hugo": lambda: self._hugo(HUGO_SITE, fresh=True),
            "hugo award": lambda: self._hugo("hugo-rebuilt", fresh=False),
            "hugo watch": self._hugo_watch,
            "pelican": self._pelican,
            "floor": self._floor,
            "sign": self._sign,
            "sign vc": lambda: self._sign_elsewhere(["node", str(ROOT / "tests/interop/node/sign.mjs")], MOST_SIGNED),
            "sign openbadgeslib": lambda: self._sign_openbadgeslib("proof"),
            "sign openbadgeslib class": lambda: self._sign_openbadgeslib("signer"),
            "sign pyld": lambda: self._sign_elsewhere(python("sign_with_pyld.py"), MOST_SIGNED_SLOWLY),
            "bake png": lambda: self._bake("bake_with_blazon.py", "png"),
            "bake svg": lambda: self._bake("bake_with_blazon.py", "svg"),
            "bakery png": lambda: self._bake("bake_with_bakery.py", "png", PEERS),
            "bakery svg": lambda: self._bake("bake_with_bakery.py", "svg", PEERS),
        }

    @cached_property
    def program(self) -> Path:
        """The generated program, with its own sentence in the theme."""
        root = self._folder / "program"
        generated.write(root, self._awards)
        (root / STRINGS).parent.mkdir(parents=True)
        self._write_string(root, 0)
        return root

    @cached_property
    def sample(self) -> tuple[Path, Path]:
        """A small program and its site, for templates, pictures and texts."""
        root, site = self._folder / "sample", self._folder / "sample-site"
        generated.write(root, SAMPLE)
        run(Work(_build(root, site), 1))
        return root, site

    @cached_property
    def source(self) -> Path:
        """The program as a source of Hugo."""
        target = self._folder / "hugo"
        hugo.write(self.program, *self.sample, target)
        return target

    @cached_property
    def unsigned(self) -> Unsigned:
        """Unsigned credentials of a program that no work changes."""
        program, file = self._folder / "signed", self._folder / "credentials.jsonl"
        number = min(self._awards, MOST_SIGNED)
        generated.write(program, number)
        return Unsigned(program, file, number, credentials.write(program, number, file))

    def bytes_by_kind(self) -> dict[str, int]:
        """The bytes of a built site by kind of file."""
        sizes: defaultdict[str, int] = defaultdict(int)
        for path, size in _files(self.site):
            first, _, rest = path.partition("/")
            kind = f"awards/…/{rest.partition('/')[2]}" if first == "awards" else f"{first}/" if rest else "other files"
            sizes[kind] += size
        return dict(sorted(sizes.items(), key=lambda item: -item[1]))

    def touched(self) -> int:
        """How many files of the site a build writes when nothing changed."""
        before = _marks(self.site)
        run(Work(_build(self.program, self.site), 1))
        after = _marks(self.site)
        return len({path for path, _ in before.items() ^ after.items()})

    def pages_of_both(self) -> tuple[int, int]:
        """The bytes of the pages of awards and earners, as we made them and as Hugo did."""
        own = [(path, size) for path, size in _files(self.site) if path.startswith(("awards/", "earners/earner-"))]
        return _bytes_of_pages(own), _bytes_of_pages(_files(self._folder / HUGO_SITE))

    def _full(self) -> Work:
        """A whole build into a new folder."""
        command = _build(self.program, self.site)
        return Work(command, self._awards, lambda: _gone(self.site), partial(_expect_pages, self.site, self._pages))

    def _dask(self) -> Work:
        """A whole build into another new folder, on a cluster that is there."""
        target = self._folder / "site-of-cluster"
        command = python("on_a_cluster.py", WORKERS, *_build(self.program, target))
        return Work(command, self._awards, lambda: _gone(target), partial(_expect_pages, target, self._pages))

    def _again(self, change: Callable[[], None]) -> Work:
        """A build over the site that is there, after a change."""

        def before() -> None:
            if not self.site.exists():
                run(self._full())
            change()

        return Work([*_build(self.program, self.site), *ACCEPTED], self._awards, before)

    def _change_award(self) -> None:
        """Change the text of one award."""
        path = self._first_award()
        text = path.read_text("utf-8")
        path.write_text(text.replace("*ask", f"*{self._next_word()}ask", 1), "utf-8")

    def _change_string(self) -> None:
        """Change a sentence that stands on every award page."""
        self._write_string(self.program, next(self._turn))

    def _change_badge(self) -> None:
        """Change the summary of one badge, and with it every award of that badge."""
        path = self.program / "content/badges" / generated.BADGES[0] / "badge.yaml"
        path.write_text(path.read_text("utf-8").replace("\nsummary: ", f"\nsummary: {self._next_word()}", 1), "utf-8")

    def _write_string(self, root: Path, number: int) -> None:
        """Write the theme's own sentence."""
        (root / STRINGS).write_text(f"award:\n  more: All about this badge ({number})\n", "utf-8")

    def _next_word(self) -> str:
        """A word that was not there before."""
        return f"now{next(self._turn)} "

    def _first_award(self) -> Path:
        """The file of one award."""
        folder = min((self.program / "content/earners").iterdir())
        return next(path for path in sorted(folder.iterdir()) if path.name != "earner.yaml")

    def _hugo(self, name: str, *, fresh: bool) -> Work:
        """Hugo, into a new folder, or over the pages that are there after one award changed."""
        target = self._folder / name
        command = [str(HUGO), "build", "--quiet", "-s", str(self.source), "-d", str(target)]

        def before() -> None:
            if fresh:
                _gone(target)
            else:
                if not target.exists():
                    run(Work(command, 1))
                file = self._hugo_page()
                file.write_text(file.read_text("utf-8") + f" {self._next_word()}", "utf-8")

        return Work(command, self._awards, before, partial(_expect_pages, target, self._pages))

    def _hugo_watch(self) -> Work:
        """Hugo that watches its source, from one change to the end of its rebuild."""
        arguments = ["build", "-s", str(self.source), "-d", str(self._folder / "hugo-watched")]
        return Work(python("hugo_watch.py", self._hugo_page(), HUGO, *arguments), self._awards)

    def _hugo_page(self) -> Path:
        """The content of one award, as Hugo has it."""
        return min((self.source / "content/awards").iterdir())

    def _pelican(self) -> Work:
        """Pelican, on as many Markdown pages as an award has."""
        source, target = self._folder / "pelican", self._folder / "pelican-site"
        number = min(self._awards, MOST_MARKDOWN)
        if not source.exists():
            markdown_pages.write(self.sample[1], number, source)
        command = [str(PEERS / "bin/pelican"), "-q", "-s", str(source / "settings.py"), "-o", str(target), str(source)]
        pages = number * len(hugo.PAGES)
        return Work(command, number, lambda: _gone(target), partial(_expect_pages, target, pages))

    def _floor(self) -> Work:
        """Signatures, digests and bytes, nothing else."""
        sizes, target = self._folder / "sizes", self._folder / "floor"

        def before() -> None:
            _gone(target)
            if not self.site.exists():
                run(self._full())
            sizes.write_text("\n".join(f"{size} {path}" for path, size in _files(self.site)), "utf-8")

        return Work(python("floor.py", sizes, target), self._awards, before)

    def _sign(self) -> Work:
        """Our own signing, as a build does it."""
        given = self.unsigned
        return Work(python("sign_with_blazon.py", given.program, given.number, given.value), given.number)

    def _sign_openbadgeslib(self, way: str) -> Work:
        """Openbadgeslib's signing."""
        number = min(self.unsigned.number, MOST_SIGNED_SLOWLY)
        command = python("sign_with_openbadgeslib.py", self.unsigned.file, way, number, environment=PEERS)
        return Work(command, number)

    def _sign_elsewhere(self, command: list[str], most: int) -> Work:
        """Signing by a command that takes the file and how many."""
        number = min(self.unsigned.number, most)
        return Work([*command, str(self.unsigned.file), str(number)], number)

    def _bake(self, script: str, kind: str, environment: Path | None = None) -> Work:
        """Baking into a badge's picture."""
        picture = self.sample[1] / "badges" / generated.BADGES[0] / f"badge.{kind}"
        return Work(python(script, picture, self.unsigned.file, environment=environment), self.unsigned.number)


def _build(root: Path, target: Path) -> list[str]:
    """The command that builds a program."""
    return [str(ROOT / ".venv/bin/blazon"), "-q", "-C", str(root), "build", "-o", str(target)]


def _expect_pages(folder: Path, least: int) -> None:
    """Raise CommandFailed when there are fewer pages: a peer that leaves out some would only seem fast."""
    made = sum(path.endswith(".html") for path, _ in _files(folder))
    if made < least:
        raise CommandFailed(f"it made {made:,} of {least:,} pages")


def _files(folder: Path) -> list[tuple[str, int]]:
    """Every file below a folder, with its size."""
    return [
        (str(path.relative_to(folder)), path.stat().st_size)
        for path in (Path(place, name) for place, _, names in os.walk(folder) for name in names)
    ]


def _bytes_of_pages(sizes: Iterable[tuple[str, int]]) -> int:
    """The bytes of what is HTML."""
    return sum(size for path, size in sizes if path.endswith(".html"))


def _marks(folder: Path) -> dict[str, tuple[int, int]]:
    """What tells for each file whether it was written anew."""
    marks = {}
    for path, _ in _files(folder):
        found = (folder / path).stat()
        marks[path] = found.st_ino, found.st_mtime_ns
    return marks


def _gone(folder: Path) -> None:
    """Remove a folder, if it is there."""
    shutil.rmtree(folder, ignore_errors=True)
