"""Badge folders to model: each version of a badge with its picture and its endorsements."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from typing import Any

from blazon import builders, fields, source
from blazon.diagnostics import Place, Report
from blazon.layout import BadgeFolder
from blazon.load_endorsements import read_endorsements, refuse_unnamed
from blazon.model import Achievement, Assessment, Duration, Effort, Kind, Picture
from blazon.records import Reading

# What stands in for a required field that could not be read; `unread` names it, and nothing is built.
_EMPTY: Mapping[str, Any] = {
    "name": "",
    "summary": "",
    "kind": Kind.SKILL,
    "criteria": "",
    "assessment": Assessment(),
    "effort": Effort(Duration(), "", ""),
}


@dataclass(slots=True)
class Badges:
    """The badges of a program: as awarded today by slug, and every version by slug and number."""

    current: dict[str, Achievement] = field(default_factory=dict)
    versions: dict[tuple[str, int], Achievement] = field(default_factory=dict)


def load_badges(
    tree: Mapping[str, bytes], folders: Mapping[str, BadgeFolder], broken: set[str], report: Report
) -> Badges:
    """Every badge that has a readable file; the others are named in `broken` by their slug."""
    badges = Badges()
    for slug, folder in folders.items():
        reader = _FolderReader(slug, folder, tree, report)
        current = reader.version(folder.file) if folder.file else None
        if current is not None:
            badges.current[slug] = badges.versions[slug, current.version] = current
        earlier = {number: reader.version(path, number) for number, path in sorted(folder.versions.items())}
        for number, achievement in earlier.items():
            if achievement is not None:
                badges.versions.setdefault((slug, number), achievement)
            if current is not None and "version" not in current.unread and number >= current.version:
                reader.refuse_order(number, current.version)
        if current is None or None in earlier.values():
            broken.add(slug)
        reader.refuse_unnamed()
    return badges


class _FolderReader:
    """Reads the files of one badge's folder."""

    def __init__(self, slug: str, folder: BadgeFolder, tree: Mapping[str, bytes], report: Report) -> None:
        """A reader of one folder; the picture is read at once, since versions without one of their own share it."""
        self.slug = slug
        self.folder = folder
        self.tree = tree
        self.report = report
        self.named: set[str] = set()
        self.picture = self._picture(folder.pictures)

    def version(self, path: str, number: int | None = None) -> Achievement | None:
        """One version of the badge; `number` is the one in its path, which badge.yaml has not."""
        table = source.parse(path, self.tree[path], self.report)
        if table is None:
            self.named.update(name.removesuffix(".json") for name in self.folder.documents)  # it may have named any
            return None
        reading = fields.BADGE.reading(table, self.report)
        values = reading.values
        self._settle_version(reading, number)
        pictures = self.folder.earlier_pictures.pop(number or 0, {})
        picture = self._picture(pictures) or self.picture
        self._settle_words_for_picture(reading, picture, {**self.folder.pictures, **pictures})
        if values.get("valid_for") == Duration():
            del values["valid_for"]
        endorsements = builders.placed(values.pop("endorsements", ()), reading.places)
        self.named.update(one.name for one in endorsements)
        return Achievement(
            self.slug,
            **{**_EMPTY, **values},
            picture=picture,
            endorsements=read_endorsements(endorsements, self.folder.documents, self.tree, self.report),
            place=reading.place,
            places=reading.places,
            unread=reading.unread,
        )

    def refuse_order(self, number: int, current: int) -> None:
        """Say that an earlier version has a number that is not lower than today's."""
        self.report.error(
            "version-order",
            Place(self.folder.versions[number]),
            f'this is an earlier version, and "{self.slug}" is at version {current} today.',
            hint=f'write "version: {number + 1}" in badge.yaml',
        )

    def refuse_unnamed(self) -> None:
        """Report JSON files that no version of the badge names."""
        refuse_unnamed(self.folder.documents, self.named, "endorsements of badge.yaml", self.report)
        for number, pictures in self.folder.earlier_pictures.items():
            for path in pictures.values():
                hint = f'add the earlier version as "{number}.yaml" beside it, or delete the file'
                self.report.error("unknown-file", Place(path), f"there is no version {number} with this picture.", hint)

    def _picture(self, pictures: Mapping[str, str]) -> Picture | None:
        """Artwork of a badge's own, which is a PNG and an SVG, or nothing."""
        match sorted(pictures):
            case ["png", "svg"]:
                return Picture(self.tree[pictures["png"]], self.tree[pictures["svg"]])
            case [only]:
                other = PurePosixPath(pictures[only]).with_suffix(".svg" if only == "png" else ".png").name
                message = "a badge's own picture is two files, and the other one is missing."
                self.report.error("missing-picture", Place(pictures[only]), message, hint=f'add "{other}" beside it')
        return None

    def _settle_version(self, reading: Reading, number: int | None) -> None:
        """Take an earlier version's number from its path, and hold the field to it."""
        if number is None:
            return
        stated = reading.values.get("version", number)
        if stated != number:
            message = f"this says version {stated}, and the file's name says {number}."
            self.report.error(
                "version-order", reading.places["version"], message, f"write {number}, or rename the file"
            )
        reading.values["version"] = number

    def _settle_words_for_picture(self, reading: Reading, picture: Picture | None, files: Mapping[str, str]) -> None:
        """A picture of one's own has words, and words have a picture."""
        if picture is not None and "image" not in reading.places:
            hint = 'add "image: {alt: …}" with what the picture shows'
            self.report.error("missing-field", reading.place, "a badge with its own picture needs words for it.", hint)
        if not files and "image" in reading.places and "image" not in reading.unread:
            hint = "put image.png and image.svg beside badge.yaml, or delete this field"
            message = "there is no picture that these words describe."
            self.report.error("missing-picture", reading.places["image"], message, hint)
