"""A program's pages as a source of Hugo: one Markdown file an award with the award's own YAML above it, as Hugo is meant to be used.

The templates are our own pages of one award of each badge, in which what belongs to the award became a value: Hugo writes pages of
the same text and size, and has no choice left to make but to fill in.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path

import yaml

PAGES = {"page.html": "index.html"} | {
    f"page.{one}.html": f"{one}/index.html" for one in ("certificate", "share", "embed")
}
_CONFIGURATION = """\
baseURL: https://riverbend.example/badges/
locale: en
title: Riverbend Afterschool Network
disableKinds: [taxonomy, term, rss, sitemap, robotstxt, "404", home, section]
outputs:
  page: [html, certificate, share, embed]
outputFormats:
  certificate: {mediaType: text/html, path: certificate, baseName: index, isHTML: true}
  share: {mediaType: text/html, path: share, baseName: index, isHTML: true}
  embed: {mediaType: text/html, path: embed, baseName: index, isHTML: true}
"""
_ITEM = re.compile(r'<li class="card.*?</li>', re.DOTALL)


def write(program: Path, sample: Path, site: Path, target: Path) -> None:
    """Write the source for a program's awards and earners. The templates come from a site that was built from a sample program."""
    target.mkdir()
    (target / "hugo.yaml").write_text(_CONFIGURATION, "utf-8")
    _write_templates(sample, site, target / "layouts")
    for earner, awards in _by_earner(program):
        for award in awards:
            _write_award(target, earner, award)
        _write_earner(target, earner, awards)


def page(target: Path, award: str) -> Path:
    """The file of an award's content."""
    return target / "content/awards" / f"{award}.md"


def _by_earner(program: Path) -> Iterator[tuple[str, list[Mapping[str, object]]]]:
    """The awards of a program by the folder of their earner."""
    for folder in sorted((program / "content/earners").iterdir()):
        files = [path for path in sorted(folder.iterdir()) if path.name != "earner.yaml"]
        yield folder.name, [yaml.load(path.read_bytes(), yaml.CSafeLoader) for path in files]


def _write_templates(sample: Path, site: Path, layouts: Path) -> None:
    """Write the templates of each badge and of earners."""
    for earner, awards in _by_earner(sample):
        for award in awards:
            folder = layouts / str(award["badge"])
            if not folder.exists():
                folder.mkdir(parents=True)
                for template, path in PAGES.items():
                    text = (site / "awards" / str(award["id"]) / path).read_text("utf-8")
                    (folder / template).write_text(_filled_in(text, _values(earner, award)), "utf-8")
        if not (layouts / "earner").exists():
            (layouts / "earner").mkdir()
            text = (site / "earners" / earner / "index.html").read_text("utf-8")
            (layouts / "earner/page.html").write_text(_earner_template(text, earner, awards), "utf-8")


def _values(earner: str, award: Mapping[str, object]) -> dict[str, str]:
    """What is an award's own, as it stands in its pages, and what says the same in a template."""
    activity = award["activity"]
    assert isinstance(activity, dict)
    did = str(award["did"]).strip()
    return {
        _prose(did): "{{ .Content }}",
        json.dumps(did, ensure_ascii=False)[1:-1]: "{{ .RawContent }}",
        str(award["id"]): "{{ .Params.id }}",
        f"#{award['status_index']}": "#{{ .Params.status_index }}",
        f'"{award["status_index"]}"': '"{{ .Params.status_index }}"',
        earner: "{{ .Params.earner }}",
        str(award["name"]): "{{ .Params.name }}",
        **_dates(award["issued"], ".Date"),
        **_dates(activity["start"], ".Params.activity.start"),
    }


def _dates(day: object, name: str) -> dict[str, str]:
    """A day in each way that pages write it."""
    assert isinstance(day, date)
    ways = {f"{day.day} {day:%B %Y}": "2 January 2006", f"{day}": "2006-01-02", f"{day:%B %Y}": "January 2006"}
    return {text: f'{{{{ dateFormat "{way}" {name} }}}}' for text, way in ways.items()}


def _filled_in(text: str, values: Mapping[str, str]) -> str:
    """A page with values in place of what it says, the longest text first."""
    texts = sorted(filter(None, values), key=len, reverse=True)
    return re.sub("|".join(map(re.escape, texts)), lambda found: values[found[0]], text)


def _prose(did: str) -> str:
    """What an award page makes of the text of a generated award."""
    paragraphs = "".join(f"<p>{one}</p>" for one in did.split("\n\n"))
    return re.sub(r"\*(.*?)\*", r"<em>\1</em>", paragraphs)


def _write_award(target: Path, earner: str, award: Mapping[str, object]) -> None:
    """Write an award's content: all its fields above, and what the earner did as the text."""
    own = {name: value for name, value in award.items() if name != "did"}
    above = yaml.dump(
        {"type": award["badge"], "date": award["issued"], "earner": earner, **own}, sort_keys=False, allow_unicode=True
    )
    file = page(target, str(award["id"]))
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(f"---\n{above}---\n{award['did']}", "utf-8")


def _earner_template(text: str, earner: str, awards: list[Mapping[str, object]]) -> str:
    """The template of earners' pages, from the page of one: a card for each award, whose shape is that of the first card."""
    first = _ITEM.search(text)
    assert first is not None
    award = next(one for one in awards if str(one["id"]) in first[0])
    values = {
        str(award["id"]): "{{ .id }}",
        str(award["badge"]): "{{ .badge }}",
        **_dates(award["issued"], ".issued"),
    }
    listed = "{{ range .Params.awards }}" + _filled_in(first[0], values) + "{{ end }}"
    template = _ITEM.sub("", text.replace(first[0], "@@", 1))
    return _filled_in(template, {earner: "{{ .Params.earner }}", str(award["name"]): "{{ .Params.name }}"}).replace(
        "@@", listed
    )


def _write_earner(target: Path, earner: str, awards: list[Mapping[str, object]]) -> None:
    """Write an earner's content."""
    shown = [{name: award[name] for name in ("id", "badge", "issued")} for award in awards]
    content = {"type": "earner", "outputs": ["html"], "earner": earner, "name": awards[0]["name"], "awards": shown}
    file = target / "content/earners" / f"{earner}.md"
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(f"---\n{yaml.dump(content, sort_keys=False, allow_unicode=True)}---\n", "utf-8")
