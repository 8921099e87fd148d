"""What a new program begins with: the template with its demo, or the template with a site and reviewers to fill in."""

from __future__ import annotations

import shlex
from collections.abc import Mapping
from pathlib import Path

from blazon import rewriting, schemas, source, values
from blazon.diagnostics import BlazonError, Place, Report
from blazon.layout import REVIEWERS, SITE
from blazon.scaffold import scalar
from blazon.template import is_of_the_demo

_NAME, _ADDRESS = "Your program", "https://badges.example.org/"


def demo(template: Mapping[str, bytes], name: str) -> dict[str, bytes]:
    """The template as it is, under another name if one is given; its issuer keeps the name that its awards were signed in."""
    if not name:
        return dict(template)
    site = rewriting.with_text(SITE, template[SITE], "name", scalar(_read(values.NAME, name, "--name")))
    return {**template, SITE: site}


def empty(template: Mapping[str, bytes], name: str, address: str) -> dict[str, bytes]:
    """The template without the demo: its machinery, a site of that name and address, and reviewers to be named."""
    name = _read(values.NAME, name or _NAME, "--name")
    address = _read(values.BASE, address or _ADDRESS, "--base-url")
    shown = _address_of(template[SITE]).encode()
    kept = {path: data.replace(shown, address.encode()) for path, data in template.items() if not is_of_the_demo(path)}
    return {**kept, SITE: _site(name, address).encode(), REVIEWERS: _reviewers().encode()}


def _read(reader: values.Value[str], text: str, option: str) -> str:
    """A value that somebody typed, as the file's reader reads it; raises BlazonError when it is refused."""
    report = Report()
    value = reader.read(source.Text(text, Place(option)), report)
    for one in report:
        raise BlazonError(f"{option}: {one.message}", one.hint, 2)
    return value or ""


def _address_of(site: bytes) -> str:
    """The address that a site's file gives."""
    table = source.parse(SITE, site, Report())
    return str(source.plain(table)["url"]) if table is not None else ""


def _site(name: str, address: str) -> str:
    """The file of a site that has a name and an address, and nothing else yet."""
    return f"""\
{schemas.editor_line("site", SITE)}\
# Who issues the badges, where they are published and how the site looks.
name: {scalar(name)}

# The address the site will answer at. It is in every badge, and cannot change once the first award is out.
url: {address}

# One sentence on the home page.
# tagline: We recognise what people do well.

# Who you are, and what your badges are for (Markdown).
# about: |
#   We run a workshop for everybody in town.

# The language of your own words.
language: en

# Who signs. The name and the e-mail address are in every badge.
issuer:
  name: {scalar(name)}
  email: badges@example.org

# Shown on every page, for questions and corrections.
contact: badges@example.org

# How pages look. accent: marigold brick rose plum indigo lagoon spruce moss slate.
theme: stitch
theme_options:
  accent: lagoon

# Where these files are kept: the "claim" links lead there.
# repository:
#   host: github
#   path: your-organisation/badges
#   branch: main

# New earners start unlisted: their pages work, and nothing links to them until they say so.
visibility: unlisted
"""


def _reviewers() -> str:
    """The file of reviewers, with nobody in it."""
    return f"""\
{schemas.editor_line("reviewers", REVIEWERS)}\
# Who may approve awards, and how many approvals an award needs.
policy:
  approvals: 2
  # "stated" means that a review counts when it stands in the award's file and was merged.
  evidence: stated
  # Fewer than two approvals need a reason, and every award page gives it:
  # reason: There is one of us.

# The name on the left is used in award files and never changes. Put your reviewers in place of {{}}, one below the other:
#   ada-example:
#     name: Ada Example
#     role: assessor
reviewers: {{}}
"""


def next_steps(folder: Path, *, empty: bool) -> list[str]:
    """What to type next, in the order of typing."""
    first = [f"  cd {shlex.quote(str(folder))}"] if folder != Path() else []
    preview = "  blazon preview --open                # follows every change; Ctrl+C ends it"
    if empty:
        return [
            "next:",
            *first,
            '  blazon new badge "Our first badge"',
            preview,
            "your own words belong in content/site.yaml and content/reviewers.yaml; README.md goes on from there.",
            "missing yet: a key. When the address in content/site.yaml is the one for good, type: blazon key new",
        ]
    return [
        "next:",
        *first,
        preview,
        '  blazon new badge "Our first badge"   # in a second terminal',
        "this is a demo: the program is invented, and everybody has its key. README.md says how it becomes yours.",
    ]
