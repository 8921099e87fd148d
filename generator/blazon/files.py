"""Reads programs, themes and our own template as trees of files, without following anything."""

from __future__ import annotations

import os
import re
import stat
import struct
from collections.abc import Container, Iterator, Mapping
from hashlib import sha256
from itertools import chain, islice
from pathlib import Path, PurePosixPath

from blazon import browser, disk, signatures, template
from blazon.diagnostics import BlazonError, Place, Report, counted, printable

MOST_FILES = 200_000
MOST_READ = 32 << 20  # bytes of YAML and JSON in a program, beside those that each file of an award may well have:
MOST_READ_A_FILE = 4 << 10
MOST_COPIED = 256 << 20  # bytes of pictures and pages in a program
LONGEST_PATH = 200
DEEPEST_PATH = 6
LARGEST = {".json": 256 << 10, ".svg": 256 << 10, ".png": 1 << 20}
LARGEST_PAGE = 256 << 10
LARGEST_THEME_FILE = 2 << 20
LARGEST_SEARCHED = 1 << 20

DOCS = "docs"
PAGES = "docs/pages.yaml"
OTHERS = (".github", DOCS, "themes")
_OF_DOCS = (".md", ".png", ".svg")

_PACKAGE = Path(__file__).resolve().parent
_THEME_NAME = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_MARKS = struct.Struct("=QQQQqq")


class Sources(Mapping[str, bytes]):
    """The files of a program by path, in order. None is held: each is read when it is asked for, and has to be as it was first seen."""

    def __init__(self, root: Path, seen: dict[str, bytes]) -> None:
        """Files of a folder, with the marks that the system keeps of each; behind them comes the digest, once a file was read."""
        self._root = root
        self._seen = seen

    def __getitem__(self, path: str) -> bytes:
        """The bytes of a file. Raises KeyError when there is none, and BlazonError when it is another one by now."""
        marks = self._seen[path][: _MARKS.size]
        data = _read_same(self._root / path, marks)
        self._seen[path] = marks + sha256(data).digest()
        return data

    def __contains__(self, path: object) -> bool:
        """Whether there is a file."""
        return path in self._seen

    def digest(self, path: str) -> bytes:
        """The SHA-256 of a file, which is read for it only when nobody has read it before. Raises as reading does."""
        return self._seen[path][_MARKS.size :] or sha256(self[path]).digest()

    def __iter__(self) -> Iterator[str]:
        """The paths of all files."""
        return iter(self._seen)

    def __len__(self) -> int:
        """How many files there are."""
        return len(self._seen)


def read_tree(root: Path, report: Report, most: int = MOST_FILES) -> Sources:
    """The files of a program below content/ and keys/, by path; whatever is not a plain file of ours is reported.

    With them come the pages and pictures of its documentation, where docs/pages.yaml lists some.

    Counts first, then looks at sizes, and reads a file when it is asked for, so that a refused tree costs little; of more than
    `most` files none can be read, nor of files that are too large together. Nothing is followed.
    """
    refuse_missing(root)
    if os.path.lexists(root / ".gitmodules"):
        report.error(
            "submodule", Place(".gitmodules"), "a program has no submodules.", "put the files themselves here."
        )
    plain: list[tuple[str, bytes]] = []
    for path, status in chain(_walk(root, ("content", "keys"), report), _walk_docs(root, report)):
        if stat.S_ISREG(status.st_mode):
            plain.append((path, _marks(status)))
        if len(plain) > most:
            message = f"there are more than {counted(most, 'file')} here; none was read."
            report.error("too-many-files", Place("content"), message, "split the program, for example by year.")
            return Sources(root, {})
    small = {path: seen for path, seen in sorted(plain) if _is_small(path, _size(seen), report)}
    if too_much({path: _size(seen) for path, seen in small.items()}, report):
        return Sources(root, {})
    return Sources(root, small)


def too_much(sizes: Mapping[str, int], report: Report) -> bool:
    """Whether files, by path, have more bytes together than are read: what is read stays in memory, several times as large."""
    read = {path: size for path, size in sizes.items() if path.endswith((".yaml", ".json"))}
    copied = {path: size for path, size in sizes.items() if path not in read}
    fits = [
        _fits("YAML and JSON files", read, MOST_READ + MOST_READ_A_FILE * len(read), report),
        _fits("pictures and pages", copied, MOST_COPIED, report),
    ]
    return not all(fits)


def _fits(what: str, sizes: Mapping[str, int], most: int, report: Report) -> bool:
    """Whether files of one kind have at most so many bytes together; the report names the largest of them otherwise."""
    total = sum(sizes.values())
    if total <= most:
        return True
    message = f"the {what} have {total:,} bytes together; of {len(sizes):,} such files, at most {most:,} are read."
    hint = "this is the largest: shorten it and those like it, or split the program, for example by year."
    report.error("program-too-large", Place(max(sizes, key=lambda path: sizes[path])), message, hint)
    return False


def read_others(root: Path, known: Container[str]) -> Iterator[tuple[str, bytes]]:
    """The other plain files of a program that git would publish, by path: at its top, and below themes/, docs/ and .github/.

    Nothing is followed; of a large file the first bytes come. They are read to be searched, and mean nothing to us.
    """
    with os.scandir(root) as entries:
        paths = sorted(entry.name for entry in entries if entry.is_file(follow_symlinks=False))
    for top in OTHERS:
        if stat.S_ISDIR(_mode(root / top)):
            below = (Path(path) for path, why in disk.walk_given(root / top) if not why)
            paths += [path.relative_to(root).as_posix() for path in below]
    for path in paths:
        if path not in known:
            try:
                yield path, disk.read_plain(root / path, LARGEST_SEARCHED)[0]
            except OSError as error:
                message = f"{printable(path)} cannot be read: {disk.reason(error)}."
                raise BlazonError(message, "a private key may be in it, so let it be read, or move it away.") from error


def _mode(path: Path) -> int:
    """What a path leads to, without following it; 0 where there is nothing."""
    return os.lstat(path).st_mode if os.path.lexists(path) else 0


def sizes_of(root: Path) -> dict[str, int]:
    """The sizes of the files below content/ and keys/ by path, none where there is no program; nothing is opened."""
    seen = _walk(root, ("content", "keys"), Report())
    return {path: status.st_size for path, status in seen if stat.S_ISREG(status.st_mode)}


def read_signatures(root: Path) -> bytes | None:
    """The signatures that a program keeps beside its content, or None where it keeps none; a link is not followed."""
    place = root / signatures.FILE
    if not os.path.lexists(place):
        return None
    try:
        return disk.read_plain(place, signatures.LARGEST + 1)[0]
    except OSError as error:
        why = "it is a link" if place.is_symlink() else disk.reason(error)
        raise BlazonError(f"{signatures.FILE} cannot be read: {why}.", "put the file itself there.", 1) from error


def refuse_missing(root: Path) -> None:
    """Raise BlazonError when a folder holds no program."""
    if not os.path.lexists(root / "content"):
        message = f"there is no content/ folder in {printable(str(root.absolute()))}."
        hint = (
            "go to your program's folder, or name it: blazon -C FOLDER …; a new one begins with: blazon init my-badges"
        )
        raise BlazonError(message, hint, 2)


def read_theme(root: Path, name: str) -> dict[str, bytes]:
    """The files of a theme by path: the program's own first, then ours, and ours again below `base/` where replaced."""
    if not _THEME_NAME.fullmatch(name):
        raise BlazonError(f'"{printable(name)}" cannot be the name of a theme.', _themes_hint(), 1)
    own, ours = root / "themes" / name, shipped_themes() / name
    if not own.exists() and not ours.is_dir():
        raise BlazonError(f'there is no theme called "{name}".', _themes_hint(), 1)
    verifier = {"static/verifier.js": browser.script(read_verifier())}
    replaced = _read_theme_folder(ours if ours.is_dir() else shipped_themes() / "stitch")
    if not own.exists() or (ours.is_dir() and own.samefile(ours)):
        return {**replaced, **verifier}
    added = _read_theme_folder(own)
    kept = {_base_path(path): data for path, data in replaced.items() if path in added}
    return dict(sorted({**replaced, **kept, **added, **verifier}.items()))


def read_verifier() -> dict[str, bytes]:
    """The parts of the browser's verifier by name."""
    return {name: (_PACKAGE / "verifier" / f"{name}.js").read_bytes() for name in browser.PARTS}


def shipped_themes() -> Path:
    """The folder of the themes that come with us: in a checkout two folders above this package, in a wheel inside it."""
    inside = _PACKAGE / "themes"
    return inside if inside.is_dir() else _PACKAGE.parents[1] / "themes"


def read_template() -> dict[str, bytes]:
    """The files that every program begins with, by path: in a checkout the repository's own, in a wheel those inside it."""
    inside = _PACKAGE / "template"
    root, kept_at = (inside, {}) if inside.is_dir() else (_PACKAGE.parents[1], template.KEPT_AT)
    found = {}
    for top in template.TOPS:
        place = kept_at.get(top, top)
        for path, data in _read_all(root, place).items():
            name = f"{top}{path.removeprefix(place)}"
            if template.is_of_a_program(name):
                found[name] = data
    return found


def _read_all(root: Path, top: str) -> dict[str, bytes]:
    """A file, or the files of a folder, by path; whatever is not a plain file there is refused."""
    report = Report()
    entries = [path for path, status in _walk(root, (top,), report) if stat.S_ISREG(status.st_mode)]
    for one in report:
        raise BlazonError(f"the template is damaged: {one.place}: {one.message}", "install blazon again.")
    return {path: (root / path).read_bytes() for path in sorted(entries)}


def refuse_filled(folder: Path) -> None:
    """Raise BlazonError when a program cannot begin in a folder, as something other than an empty repository is there."""
    shown = printable(os.path.abspath(folder))  # noqa: PTH100 - resolve() would follow the folder itself
    if os.path.lexists(folder) and not folder.is_dir():
        raise BlazonError(f"{shown} is not a folder.", "name a new folder.", 2)
    there = sorted({path.name for path in folder.iterdir()} - {".git"}) if folder.is_dir() else []
    if there:
        message = f"{shown} is not empty: {printable(there[0])} is in it."
        raise BlazonError(message, "name a new folder: blazon init my-badges", 2)


def snapshot(root: Path) -> dict[str, tuple[int, int, int]]:
    """What tells whether a program changed: per path below content, keys, themes and docs its time, size and number."""
    seen = {}
    for top in ("content", "keys", "themes", DOCS):
        for folder, _, names in os.walk(root / top):
            for name in names:
                path = os.path.join(folder, name)  # noqa: PTH118 - twice a second over thousands of files
                try:
                    status = os.lstat(path)
                except OSError:  # gone between the two looks: the next snapshot tells
                    continue
                seen[path] = (status.st_mtime_ns, status.st_size, status.st_ino)
    return seen


def _walk(root: Path, tops: tuple[str, ...], report: Report) -> Iterator[tuple[str, os.stat_result]]:
    """Every entry below some folders that is a plain file or folder, itself included; others are reported."""
    waiting = [(top, os.lstat(root / top)) for top in reversed(tops) if os.path.lexists(root / top)]
    while waiting:
        path, status = waiting.pop()
        if problem := _refusal(path, status.st_mode):
            report.error(problem[0], Place(path), problem[1], problem[2])
            continue
        yield path, status
        if stat.S_ISDIR(status.st_mode):
            with os.scandir(root / path) as entries:
                some = islice(entries, MOST_FILES + 1)  # one more is enough to refuse them all
                waiting += [(f"{path}/{entry.name}", entry.stat(follow_symlinks=False)) for entry in some]


def _walk_docs(root: Path, report: Report) -> Iterator[tuple[str, os.stat_result]]:
    """The pages and pictures below docs/ where a list of pages is; other plain files there are not read."""
    if os.path.lexists(root / PAGES):
        yield from (one for one in _walk(root, (DOCS,), report) if one[0] == PAGES or one[0].endswith(_OF_DOCS))


def _refusal(path: str, mode: int) -> tuple[str, str, str] | None:
    """Code, sentence and hint when an entry is none of ours: judged by name and mode, never opened."""
    name = path.rpartition("/")[2]
    if not name.isprintable():  # nor are the signs by which the system says that bytes are not UTF-8
        hint = "rename it: lower-case letters, digits and inner hyphens."
        return "bad-name", "the name is not printable UTF-8 text.", hint
    if name in {".git", ".gitmodules"}:
        return "submodule", "a repository inside the program is refused.", "put the files themselves here."
    match stat.S_IFMT(mode):
        case stat.S_IFLNK:
            return "symlink", "a link is not followed.", "put the file itself here."
        case stat.S_IFREG if mode & 0o111:
            return "executable-file", "content is never executable.", f"type: chmod a-x {path}"
        case stat.S_IFDIR | stat.S_IFREG:
            return _path_refusal(path)
    return "special-file", "this is neither a file nor a folder.", "remove it."


def _path_refusal(path: str) -> tuple[str, str, str] | None:
    """Code, sentence and hint when a path is longer or deeper than hosts and archives can be trusted with."""
    if len(path.encode()) > LONGEST_PATH:
        return "bad-name", f"the path is longer than {LONGEST_PATH} bytes.", "use shorter names."
    if path.count("/") >= DEEPEST_PATH:
        return "bad-name", f"the path is more than {DEEPEST_PATH} names deep.", "move it up."
    return None


def _is_small(path: str, size: int, report: Report) -> bool:
    """Whether a file is small enough to be read."""
    limit = LARGEST_PAGE if path.endswith(".md") else LARGEST.get(PurePosixPath(path).suffix, disk.LARGEST_TEXT)
    if size <= limit:
        return True
    message = f"this file has {counted(size, 'byte')}; it was not read."
    report.error("file-too-large", Place(path), message, f"files of its kind have at most {counted(limit, 'byte')}.")
    return False


def _marks(status: os.stat_result) -> bytes:
    """What tells a file from another that takes its name, and from itself with other bytes."""
    return _MARKS.pack(
        status.st_dev, status.st_ino, status.st_mode, status.st_size, status.st_mtime_ns, status.st_ctime_ns
    )


def _size(marks: bytes) -> int:
    """How many bytes a file of these marks has."""
    return int(_MARKS.unpack(marks)[3])


def _read_same(path: Path, seen: bytes) -> bytes:
    """The bytes of the very file that had these marks."""
    size = _size(seen)
    try:
        file = os.open(path, disk.READ)
    except OSError as error:
        raise BlazonError(f"{printable(str(path))} cannot be read: {disk.reason(error)}.", "try again.") from error
    try:
        now = _marks(os.fstat(file))
        data = os.read(file, size + 1)
    finally:
        os.close(file)
    if now != seen or len(data) != size:
        raise BlazonError(f"{printable(str(path))} changed while it was read.", "try again.")
    return data


def _read_theme_folder(folder: Path) -> dict[str, bytes]:
    """The files of one theme folder; links and everything else that is not a plain file are refused."""
    report = Report()
    entries = list(_walk(folder.parent, (folder.name,), report))
    for one in report:
        raise BlazonError(f"{one.place} in themes: {one.message}", one.hint, 1)
    files = {}
    for path, status in sorted(entries):
        if stat.S_ISREG(status.st_mode):
            if status.st_size > LARGEST_THEME_FILE:
                raise BlazonError(f"{path} in themes is larger than {LARGEST_THEME_FILE:,} bytes.", exit_code=1)
            files[path.removeprefix(f"{folder.name}/")] = _read_same(folder.parent / path, _marks(status))
    return files


def _base_path(path: str) -> str:
    """Where a replaced file of a theme stays reachable: `templates/award.html` as `templates/base/award.html`."""
    top, slash, rest = path.partition("/")
    return f"{top}/base/{rest}" if slash else f"base/{path}"


def _themes_hint() -> str:
    """The themes that come with us, as a hint."""
    ours = sorted(folder.name for folder in shipped_themes().iterdir() if folder.is_dir())
    return f'write "theme: {ours[0]}" in content/site.yaml, or make the folder themes/<name>.' if ours else ""
