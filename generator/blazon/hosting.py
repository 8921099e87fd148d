"""Where the files of a program are shown to people: their addresses at the host of its repository."""

from __future__ import annotations

from urllib.parse import quote

from blazon.model import Repository

_FILES = {
    "github": "https://github.com/{path}/blob/{branch}/{file}",
    "gitlab": "https://gitlab.com/{path}/-/blob/{branch}/{file}",
    "codeberg": "https://codeberg.org/{path}/src/branch/{branch}/{file}",
}


def shown_at(repository: Repository, file: str) -> str:
    """The address at which a repository's host shows a file or a folder of its published branch."""
    return _FILES[repository.host].format(path=repository.path, branch=quote(repository.branch), file=quote(file))
