"""What the page about claiming shows: where a claim goes, beside the badges that can be claimed."""

from __future__ import annotations

from blazon.model import Settings
from blazon.views import Reference

_HOSTS = {"github": "github.com", "gitlab": "gitlab.com", "codeberg": "codeberg.org"}


def source_of(settings: Settings) -> Reference:
    """The repository of a program, as a link for people; it leads nowhere when the program names none."""
    kept = settings.repository
    return Reference(kept.path, f"https://{_HOSTS[kept.host]}/{kept.path}") if kept else Reference("")
