"""Which file of a program is what: the folders that content has, and the names that files and folders may have."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from blazon.diagnostics import Place, Report
from blazon.prose import short
from blazon.values import ADDRESSES, fault_in_slug, nearest

SITE = "content/site.yaml"
REVIEWERS = "content/reviewers.yaml"
ROOT = "keys/root.yaml"
KEY_LIST = "keys/list.json"
MOST_BYTES_OF_PATH = 200

_VERSION = re.compile(r"([1-9][0-9]{0,3})\.yaml")
_EARLIER_PICTURE = re.compile(r"([1-9]\d{0,3})\.(png|svg)")
_EXPECTED = {
    "content": ("site.yaml", "reviewers.yaml", "badges", "earners", "<endorsement>.json"),
    "content/badges": ("<badge>/badge.yaml",),
    "content/badges/": ("badge.yaml", "image.svg", "image.png", "versions/1.yaml"),
    "content/badges//versions": ("1.yaml",),
    "content/earners": ("<earner>/earner.yaml",),
    "content/earners/": ("earner.yaml", "<award>.yaml"),
    "keys": ("<name>.yaml", "root.yaml", "list.json"),
}


@dataclass(slots=True)
class BadgeFolder:
    """The paths of one badge: its file, its earlier versions by number, its pictures by ending, its JSON files by name.

    `earlier_pictures` are those of earlier versions, by number and then by ending.
    """

    file: str = ""
    versions: dict[int, str] = field(default_factory=dict)
    pictures: dict[str, str] = field(default_factory=dict)
    earlier_pictures: dict[int, dict[str, str]] = field(default_factory=dict)
    documents: dict[str, str] = field(default_factory=dict)


@dataclass(slots=True)
class Layout:
    """The paths of a program, sorted out: badges by slug, and keys in order.

    `earners` gives the slug of each earner's own file, `awards` that of the earner and the name of each award, by path.
    `documents` are the JSON files beside site.yaml, by name.
    """

    badges: dict[str, BadgeFolder] = field(default_factory=dict)
    earners: dict[str, str] = field(default_factory=dict)
    awards: dict[str, tuple[str, str]] = field(default_factory=dict)
    keys: list[tuple[str, str]] = field(default_factory=list)
    documents: dict[str, str] = field(default_factory=dict)


def lay_out(paths: Iterable[str], report: Report) -> Layout:
    """The paths under content/ and keys/ by what they are; a name that is none of ours is reported once."""
    layout = Layout()
    good: dict[str, bool] = {}
    for path in sorted(paths):
        if path.startswith(("content/", "keys/")) and _is_short(path, report):
            _sort(path, layout, good, report)
    for slug, folder in layout.badges.items():
        if not folder.file:
            message = f'the folder of the badge "{slug}" has no badge.yaml.'
            report.error(
                "missing-file", Place(f"content/badges/{slug}"), message, hint=f"make it with: blazon new badge {slug}"
            )
    return layout


def _sort(path: str, layout: Layout, good: dict[str, bool], report: Report) -> None:
    """Put one path where it belongs."""
    match path.split("/"):
        case ["content", "site.yaml" | "reviewers.yaml"] | ["keys", "root.yaml" | "list.json"]:
            return
        case ["content", name] if name.endswith(".json") and not fault_in_slug(name[:-5]):
            layout.documents[name] = path
        case ["content", "badges", slug, *rest] if rest:
            if _is_good(slug, f"content/badges/{slug}", good, report):
                _sort_badge(path, rest, layout.badges.setdefault(slug, BadgeFolder()), report)
        case ["content", "earners", slug, *rest] if rest:
            if _is_good(slug, f"content/earners/{slug}", good, report):
                _sort_earner(path, slug, rest, layout, good, report)
        case ["keys", name] if name.endswith(".yaml"):
            if _is_good(name[:-5], path, good, report):
                layout.keys.append((path, name[:-5]))
        case _:
            _refuse(path, report)


def _sort_badge(path: str, rest: list[str], folder: BadgeFolder, report: Report) -> None:
    """Put one path of a badge's folder where it belongs."""
    match rest:
        case ["badge.yaml"]:
            folder.file = path
        case ["image.png" | "image.svg" as name]:
            folder.pictures[name[-3:]] = path
        case ["versions", name] if version := _VERSION.fullmatch(name):
            folder.versions[int(version[1])] = path
        case ["versions", name] if picture := _EARLIER_PICTURE.fullmatch(name):
            folder.earlier_pictures.setdefault(int(picture[1]), {})[picture[2]] = path
        case [name] if name.endswith(".json") and not fault_in_slug(name[:-5]):
            folder.documents[name] = path
        case _:
            _refuse(path, report)


def _sort_earner(path: str, slug: str, rest: list[str], layout: Layout, good: dict[str, bool], report: Report) -> None:
    """Put one path of an earner's folder where it belongs."""
    match rest:
        case ["earner.yaml"]:
            layout.earners[path] = slug
        case [name] if name.endswith(".yaml"):
            if _is_good(name[:-5], path, good, report):
                layout.awards[path] = slug, name[:-5]
        case _:
            _refuse(path, report)


def _is_good(name: str, path: str, good: dict[str, bool], report: Report) -> bool:
    """Whether a name of a file or folder can be part of an address; what is wrong with it is reported once."""
    if path not in good:
        fault = fault_in_slug(name)
        if fault:
            report.error("bad-name", Place(path), fault.sentence, f"rename it: {fault.hint}")
        elif name in ADDRESSES and not path.endswith(".yaml"):
            hint = f'choose another name, such as "{name}-1"'
            report.error("reserved-name", Place(path), f'"{name}" is a name that our own pages use.', hint)
        good[path] = not fault and (name not in ADDRESSES or path.endswith(".yaml"))
    return good[path]


def _is_short(path: str, report: Report) -> bool:
    """Whether a path fits every system that it will be copied to."""
    size = len(path.encode("utf-8", "surrogateescape"))
    if size > MOST_BYTES_OF_PATH:
        message = f"this path has {size} bytes; at most {MOST_BYTES_OF_PATH} fit every system."
        report.error("bad-name", Place(short(path)), message, hint="choose shorter names")
        return False
    return True


def _refuse(path: str, report: Report) -> None:
    """Say that a file has no meaning for us, and which name was probably meant."""
    folder, _, name = path.rpartition("/")
    expected = _EXPECTED.get(re.sub(r"(?<=content/badges/|ontent/earners/)[^/]+", "", folder), ())
    if name.endswith(".yml"):
        hint = f'rename it to "{name.removesuffix(".yml")}.yaml"'
    elif re.fullmatch(r"\..+\.new", name):
        hint = "a run that was killed may have left it: give that command again, or delete the file"
    else:
        hint = nearest(name, expected, report)
        if not hint and expected:
            hint = f"here belong: {', '.join(expected)}"
    report.error(
        "unknown-file",
        Place(path),
        f'"{short(name)}" is no file of a program.',
        hint or "delete it, or move it elsewhere",
    )
