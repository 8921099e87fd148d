"""Writes what comes from the program itself, so that it cannot say anything else: the reference of files, of commands and of limits, and schemas/."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click

from blazon import cli, schemas
from blazon.fields import ERASED_AWARD, FILES
from blazon.records import Either, Listing, Made, Mapped, Record
from limits import book

ROOT = Path(__file__).parents[1]
REFERENCE = ROOT / "docs" / "reference"

_HEAD = """\
# Files and their fields

The files that a program writes. Fields marked * are required. Long text is Markdown without HTML or images; dates are `2026-05-14` or
`2026-05-14T09:00:00Z`; every name of a file or folder is lower-case words joined by `-`. Nothing but these files belongs in `content/` and
`keys/`, and pictures: `image.png` and `image.svg` beside a `badge.yaml`, or `versions/<n>.png` and `.svg` for an earlier version.
`docs/` is yours; only a program that has `docs/pages.yaml` publishes pages from it.

This page is made from the program itself: `make reference` writes it anew.
"""

_PLACES = {
    "content/site.yaml": "Who issues, where it is published, how it looks.",
    "content/reviewers.yaml": "Who may approve what, and how many of them.",
    "content/badges/<badge>/badge.yaml": "A badge as it is awarded today; `versions/<n>.yaml` beside it has an earlier version, with the same fields.",
    "content/earners/<earner>/earner.yaml": "The earner's own page: theirs to change, never signed. It may be absent.",
    "content/earners/<earner>/<award>.yaml": "One award: proposed, reviewed, merged. Without `issued` it is a claim.",
    "docs/pages.yaml": "The documentation that the site publishes under `/docs/`: which Markdown files below `docs/`, in which order. A site without this file has none.",
    "keys/<name>.yaml": "A public key with its dates. Its name is part of its address.",
    "keys/root.yaml": "The root keys, if there are any: they sign the list of keys, `keys/list.json`, which `blazon key list` writes and nobody edits.",
}


_COMMANDS = """\
# Commands

What `blazon` can be told. Each command tells the same with `-h`, as in `blazon build -h`. What it found or made goes to standard output, all else to standard
error. It asks nothing when nobody is at the terminal, and it uses the network only when an option says so.

| It ends with | When |
|---|---|
| 0 | all is well |
| 1 | the content or a badge is not; with `--strict` also when there are warnings |
| 2 | it was called in a way that makes no sense, or a folder is not there |
| 3 | something in the world is in the way, such as a full disk or a key that is missing, or something could not be decided |

The secret key comes from the environment, `BLAZON_SIGNING_KEY`, or from a file outside the repository; `BLAZON_PASSPHRASE` opens a protected file where nobody can be
asked. No secret is ever an argument. `NO_COLOR` is respected.

This page is made from the program itself: `make reference` writes it anew.
"""


def pages() -> dict[Path, str]:
    """Every page that is made, with its text."""
    made = {"files": files(), "commands": commands(), "limits": book.page()}
    return {REFERENCE / f"{name}.md": text for name, text in made.items()}


def commands() -> str:
    """The page of all commands."""
    return "\n".join(
        [_COMMANDS, *(part for path, one in tree(("blazon",), cli.blazon) for part in _command(path, one))]
    )


def tree(path: tuple[str, ...], command: click.Command) -> Iterator[tuple[tuple[str, ...], click.Command]]:
    """A command and all below it, each with the words that call it."""
    yield path, command
    if isinstance(command, click.Group):
        for name, one in sorted(command.commands.items()):
            yield from tree((*path, name), one)


def _command(path: tuple[str, ...], command: click.Command) -> Iterator[str]:
    """The section of a command."""
    context = click.Context(command, info_name=" ".join(path), help_option_names=["-h", "--help"])
    yield f"## `{' '.join(path)}`\n"
    yield f"{_paragraphs(command.help or '')}\n"
    yield f"```text\n{' '.join([*path, *command.collect_usage_pieces(context)])}\n```\n"
    options = [one for one in command.params if isinstance(one, click.Option)]
    if options:
        yield "\n".join(["| Option | What it does |", "|---|---|", *map(_option, options), ""])
    if examples := re.findall(r"^  (.+)$", command.epilog or "", re.MULTILINE):
        yield "\n".join(["```console", *(f"$ {line}" for line in examples), "```", ""])


def _paragraphs(help_text: str) -> str:
    """The help of a command as paragraphs, each on one line."""
    text = help_text.replace("\b\n", "").replace("\f", "").strip()
    return "\n\n".join(" ".join(part.split()) for part in re.split(r"\n\s*\n", text))


def _option(option: click.Option) -> str:
    """The row of an option."""
    value = "" if option.is_flag or option.count else f" {option.make_metavar(click.Context(click.Command('x')))}"
    names = ", ".join(f"`{name}{value if name == option.opts[-1] else ''}`" for name in option.opts)
    default = f" `{option.default}` unless told." if option.show_default and option.default is not None else ""
    told = f"{option.help or ''}{default}"
    return f"| {names.replace('|', chr(92) + '|')} | {told.replace('|', chr(92) + '|')} |"


def files() -> str:
    """The page of all files."""
    parts = [_HEAD]
    for path, record in FILES.items():
        parts += [f"## `{path}`\n\n{_PLACES[path]}\n", _table(record), *_inner(record)]
    parts += ["## An erased award\n\nWhat is left of an award's file when its earner asked for it to be erased.\n"]
    parts += [_table(ERASED_AWARD), *_inner(ERASED_AWARD)]
    return "\n".join(parts)


def _table(record: Record[Any]) -> str:
    """The fields of a record."""
    rows = [
        f"| `{field.name}`{' *' if field.required else ''} | {field.help} | {_code(field.example)} |"
        for field in record.fields.values()
    ]
    return "\n".join(["| Field | What it says | Example |", "|---|---|---|", *rows, ""])


def _inner(record: Record[Any], path: str = "") -> Iterator[str]:
    """The tables of records inside a record, each under the name of its field."""
    for field in record.fields.values():
        below = f"{path}{field.name}"
        for inner in _records(field.reader):
            yield f"### `{below}`\n"
            yield _table(inner)
            yield from _inner(inner, f"{below}.")


def _records(reader: Any) -> Iterator[Record[Any]]:
    """The records that a field's reader leads to."""
    match reader:
        case Record():
            yield reader
        case Listing():
            yield from _records(reader.entry)
        case Mapped():
            yield from _records(reader.value)
        case Either():
            yield from _records(reader.text)
            yield from _records(reader.table)
        case Made():
            yield from _records(reader.of)


def _code(example: str) -> str:
    """An example as code in a cell."""
    return f"`{example.replace('|', chr(92) + '|')}`" if example else ""


if __name__ == "__main__":
    made = {**pages(), **{ROOT / path: text for path, text in schemas.files().items()}}
    for path, text in made.items():
        path.write_text(text, "utf-8")
    sys.stdout.write(f"wrote {len(made)} files in docs/reference/ and schemas/\n")
