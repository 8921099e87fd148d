"""What the page about claiming shows: where a claim goes, and what its script needs to write the file of one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from blazon import jsontext
from blazon.address import filled, first_place
from blazon.check_badges import UNSCORED
from blazon.model import Achievement, Program, Settings
from blazon.values import ADDRESSES, DEVICES
from blazon.views import BadgeShown, Reference
from blazon.words import Words

_HOSTS = {"github": "github.com", "gitlab": "gitlab.com", "codeberg": "codeberg.org"}
_NAMES = {"github": "GitHub", "gitlab": "GitLab", "codeberg": "Codeberg"}
# Where each host begins a new file on a branch of a repository.
_NEW_FILE = {"github": "new", "gitlab": "-/new", "codeberg": "_new"}


@dataclass(frozen=True, slots=True)
class ClaimShown:
    """What the page is made with: the repository, its host's name, where a file and an issue begin there, and the data of the script."""

    source: Reference
    host: str
    host_name: str
    new: str
    issue: str
    data: str


def claim_shown(program: Program, badges: Iterable[BadgeShown], words: Words) -> ClaimShown:
    """What the page about claiming shows beside the badges that can be claimed."""
    source, host = source_of(program.settings), program.settings.repository
    issue = f"{source.path}/issues/new?template=claim.yaml" if host and host.host == "github" else ""
    said, new = words.below("claim.say"), new_file(program.settings)
    data = {
        "badges": {one.slug: _badge(program, one.definition) for one in badges},
        "host": host.host if host else "",
        "new": new,
        "issue": issue,
        "mail": program.settings.contact if "@" in program.settings.contact else "",
        "first": first_place(filled(award.status_index for award in program.in_brief if award.status_index >= 0)),
        "reserved": sorted(ADDRESSES | DEVICES),
        "texts": {key.removeprefix("claim.say."): text for key, text in said.items()},
    }
    return ClaimShown(
        source, host.host if host else "", _NAMES[host.host] if host else "", new, issue, jsontext.compact(data)
    )


def source_of(settings: Settings) -> Reference:
    """The repository of a program, as a link for people; it leads nowhere when the program names none."""
    kept = settings.repository
    return Reference(kept.path, f"https://{_HOSTS[kept.host]}/{kept.path}") if kept else Reference("")


def new_file(settings: Settings) -> str:
    """The address at which the repository's host begins a new file, or "" without a repository."""
    kept = settings.repository
    return f"{source_of(settings).path}/{_NEW_FILE[kept.host]}/{kept.branch}" if kept else ""


def _badge(program: Program, one: Achievement) -> Mapping[str, object]:
    """What a claim for a badge needs: its version where there are several, what must be told, and what comes before it."""
    several = sum(slug == one.slug for slug, _ in program.versions) > 1
    before = [program.achievements[slug].name for slug in one.requires if slug in program.achievements]
    return {
        "version": one.version if several else 0,
        "told": one.kind not in UNSCORED and not one.assessment.none,
        "before": before,
        "evidence": [[row.name, row.description, row.setting, row.required] for row in one.evidence],
    }
