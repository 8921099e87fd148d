"""Readers of what lies in a program's repository."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

import answers_of_files
import answers_of_texts
import growing
import rootbook
import storybook
from answers_of_files import sections
from blazon import fields, options
from blazon.diagnostics import BlazonError
from harness import Reader
from seeds import (
    DOCUMENTED,
    EDITED,
    JSON_WORDS,
    MARKDOWN,
    MARKDOWN_WORDS,
    PAGES,
    PNG_WORDS,
    RECORDS,
    SVG_WORDS,
    TESTS,
    TREE_WORDS,
    TREES,
    YAML_WORDS,
    documents,
    drawings,
    encoded,
    examples,
    files,
    grown_tree,
    pictures,
)


def of_files() -> Iterator[Reader]:
    """What lies in a program's repository."""
    sites, badges, awards = (files(f"/{name}") for name in ("site.yaml", "badge.yaml", "soldering.yaml"))
    trees = tuple(dict.fromkeys(map(sections, TREES)))
    grown = {name: growing.yaml_of([*record.fields]) for name, record in RECORDS.items()}
    yield Reader("YAML", answers_of_files.yaml, files(".yaml"), YAML_WORDS, grown["badge"])
    yield Reader(
        "YAML changed by a command",
        answers_of_files.edited,
        (EDITED, *files(".yaml")),
        YAML_WORDS,
        grown["award"],
        (BlazonError,),
    )
    yield Reader("tree of a program", answers_of_files.program, trees, (*TREE_WORDS, *YAML_WORDS), grown_tree)
    yield Reader(
        "tree of a request", answers_of_files.request, trees, (*TREE_WORDS, *YAML_WORDS), grown_tree, (BlazonError,)
    )
    yield Reader("tree that is built", answers_of_files.built, trees, (*TREE_WORDS, *YAML_WORDS), grown_tree)
    for name, path, seeds in (
        ("site", "content/site.yaml", sites),
        ("badge", "content/badges/soldering/badge.yaml", badges),
        ("award", "content/earners/ada/soldering.yaml", awards),
        ("erased award", "content/earners/ada/soldering.yaml", files("ada/erased.yaml") or awards),
        ("earner", "content/earners/ada/earner.yaml", files("/earner.yaml")),
        ("reviewers", "content/reviewers.yaml", files("/reviewers.yaml")),
        ("key", "keys/key-1.yaml", files("keys/key-1.yaml")),
    ):
        record = RECORDS[name]
        yield Reader(
            f"file of a program: {name}",
            answers_of_files.file_in(path),
            seeds,
            (*examples(record), *YAML_WORDS),
            grown[name],
        )
    rooted = rootbook.signed(rootbook.program(rootbook.FIRST), rootbook.FIRST)
    named, listed = rooted[rootbook.ROOT], rooted[rootbook.LIST]
    yield Reader(
        "file of a program: root keys",
        answers_of_files.file_in(rootbook.ROOT, rooted),
        (named,),
        (*examples(fields.ROOTS), *YAML_WORDS),
        grown["root keys"],
    )
    yield Reader(
        "file of a program: list of keys",
        answers_of_files.file_in(rootbook.LIST, rooted),
        (listed,),
        JSON_WORDS,
        partial(growing.changed_json, data=listed),
    )
    yield from _of_documents_in_files()
    theme = storybook.THEME
    yield Reader(
        "options of a theme",
        answers_of_files.theme_options,
        (theme[options.FILE],),
        YAML_WORDS,
        grown["theme"],
        (BlazonError,),
    )
    yield Reader(
        "strings of a theme",
        answers_of_files.theme_file("strings/en.yaml"),
        (theme["strings/en.yaml"],),
        YAML_WORDS,
        answers=(BlazonError,),
    )
    yield Reader(
        "style of a theme",
        answers_of_files.theme_file("static/own.css"),
        (theme["static/stitch.css"],),
        encoded("url(", "//", ")", "@import", "/*", '"'),
        answers=(BlazonError,),
    )
    yield Reader(
        "letters of a theme",
        answers_of_files.letters,
        encoded("I 339 M86 0l0-668l167 0l0 668z\nA 500 M0 0h9\nd 9\na 9\nAd -20\n"),
        encoded(" M", "0 ", "\n", "##"),
        answers=(BlazonError,),
    )


def _of_documents_in_files() -> Iterator[Reader]:
    """Endorsements, documentation and pictures that lie in a program's repository."""
    named = "content/badges/soldering/"
    endorsed = {
        **answers_of_files.base(),
        f"{named}badge.yaml": answers_of_files.base()[f"{named}badge.yaml"] + b"endorsements: [league.json]\n",
    }
    drawn = {
        **answers_of_files.base(),
        f"{named}badge.yaml": answers_of_files.base()[f"{named}badge.yaml"] + b"image: {alt: A patch}\n",
    }
    with_svg, with_png = (
        {**drawn, f"{named}image.{one}": data} for one, data in (("svg", drawings()[0]), ("png", pictures()[0]))
    )
    pages = (*files("docs/pages.yaml"), PAGES)
    texts = (
        *files(".md"),
        *(path.read_bytes() for path in sorted((TESTS.parent / "docs" / "how").glob("*.md"))),
        *MARKDOWN,
    )
    yield Reader(
        "file of a program: endorsement",
        answers_of_files.file_in(f"{named}league.json", endorsed),
        (*files("soldering/good.json", "soldering/school.json"), *documents()),
        JSON_WORDS,
        growing.json_of,
    )
    yield Reader(
        "file of a program: PNG",
        answers_of_files.file_in(f"{named}image.png", with_svg),
        pictures(),
        PNG_WORDS,
        growing.png_of,
    )
    yield Reader(
        "file of a program: SVG",
        answers_of_files.file_in(f"{named}image.svg", with_png),
        drawings(),
        SVG_WORDS,
        growing.svg_of,
    )
    yield Reader(
        "file of a program: pages",
        answers_of_files.file_in("docs/pages.yaml", DOCUMENTED),
        pages,
        YAML_WORDS,
        growing.yaml_of(["title", "sections", "pages", "language"]),
    )
    yield Reader(
        "file of a program: page",
        answers_of_files.file_in("docs/README.md", DOCUMENTED),
        texts,
        MARKDOWN_WORDS,
        growing.markdown_of,
    )
    yield Reader("page of documentation", answers_of_texts.documentation, texts, MARKDOWN_WORDS, growing.markdown_of)
    yield Reader("PNG of a badge", answers_of_texts.picture, pictures(), PNG_WORDS, growing.png_of)
    yield Reader("SVG of a badge", answers_of_texts.drawing, drawings(), SVG_WORDS, growing.svg_of)
