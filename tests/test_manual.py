"""Documentation on a program's site: what its Markdown becomes, what hostile Markdown does not, and how its pages hang together."""

from __future__ import annotations

import re
import time
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from blazon import doctext, files, load
from blazon.diagnostics import Place, Report
from blazon.dochtml import Shown, Writer
from blazon.doclinks import Lead, Links
from blazon.doctext import read
from blazon.model import DocPage, Docs, DocSection, Repository
from blazon.prose import Fault
from pagebook import PROGRAM, Seen, every_file, every_page, seen

PICTURE = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 30"><circle cx="20" cy="15" r="9"/></svg>'


def html(text: str) -> str:
    """What a text becomes, its links left as they are."""
    writer = Writer(
        "Page",
        lambda target: target,
        lambda target: Shown(target, 4, 3),
        {"code": "Code: {}".format, "table": "Table: {}".format},
    )
    return writer.html(read(text).blocks)


@pytest.mark.parametrize(("text", "expected"), [
    ("One\ntwo.", "<p>One\ntwo.</p>"),
    ("a *b* _c_ **d** `e` snake_case_name 2 * 3 * 4", "<p>a <em>b</em> <em>c</em> <strong>d</strong> <code>e</code> snake_case_name 2 * 3 * 4</p>"),
    ("`` a`b `` and `<i>`", "<p><code>a`b</code> and <code>&lt;i&gt;</code></p>"),
    (r"\*no\* \[no](x)", "<p>*no* [no](x)</p>"),
    ("[a *b* [c]](x.md#y)", '<p><a href="x.md#y">a <em>b</em> [c]</a></p>'),
    ('[a](x.md "t")', '<p><a href="x.md">a</a></p>'),
    ("[a][1] <https://example.org/>\n\n[1]: x.md", ('<p><a href="x.md">a</a> '
     '<a href="https://example.org/" rel="noopener noreferrer">https://example.org/</a></p>')),
    ("a\\\nb", "<p>a\nb</p>"),
    ("[out](https://example.org/)", '<p><a href="https://example.org/" rel="noopener noreferrer">out</a></p>'),
    ('![a "b"](c.png)', '<p><img src="c.png" alt="a &quot;b&quot;" width="4" height="3" loading="lazy"></p>'),
    ("- a\n- b\n  c\n\n  d\n- e\n  1. f\n  2. g", "<ul>\n<li>a</li>\n<li><p>b\nc</p>\n<p>d</p></li>\n<li>e<ol>\n<li>f</li>\n<li>g</li>\n</ol></li>\n</ul>"),
    ("3. a\n4. b", '<ol start="3">\n<li>a</li>\n<li>b</li>\n</ol>'),
    ("In the year\n1999. A year.", "<p>In the year\n1999. A year.</p>"),
    ("> a\n> > b", "<blockquote>\n<p>a</p>\n<blockquote>\n<p>b</p>\n</blockquote>\n</blockquote>"),
    ("## 1. One", '<h2 id="at_1-one"><a href="#at_1-one">1. One</a></h2>'),
    ("---", "<hr>"),
    ("## A `b` & [c](d)", '<h2 id="a-b--c"><a href="#a-b--c">A <code>b</code> &amp; c</a></h2>'),
    ("## Main\n#### Main\n## Look", ('<h2 id="at_main"><a href="#at_main">Main</a></h2>\n<h3 id="main-1"><a href="#main-1">Main</a></h3>\n'
     '<h2 id="at_look"><a href="#at_look">Look</a></h2>')),
    ("```\n<b>\n```", '<figure class="code">\n<pre><code>&lt;b&gt;\n</code></pre>\n</figure>'),
    ("~~~yaml a/b.yaml\nx: 1\n", '<figure class="code">\n<figcaption>a/b.yaml</figcaption>\n<pre><code>x: 1\n</code></pre>\n</figure>'),
    ("```console\n$ a <b>\nc\n```", '<figure class="code">\n<pre><code><i>$ </i><b>a &lt;b&gt;</b>\nc\n</code></pre>\n</figure>'),
    ("```diff a.yaml\n a\n-<b\n+c\n```", ("""<figure class="code">\n<figcaption>a.yaml</figcaption>\n"""
     "<pre><code> a\n<del>-&lt;b</del>\n<ins>+c</ins>\n</code></pre>\n</figure>")),
    ("|a|b|\n|-|-|\n|`c \\| d`|\n", ('<div class="scroll" role="region" aria-label="Table: Page" tabindex="0">\n<table>\n<thead><tr><th scope="col">a</th>'
     '<th scope="col">b</th></tr></thead>\n<tbody>\n<tr><td><code>c | d</code></td><td></td></tr>\n</tbody>\n</table>\n</div>')),
    ("| | |\n|---|---|\n| a | b |", ('<div class="scroll" role="region" aria-label="Table: Page" tabindex="0">\n<table>\n<tbody>\n<tr><td>a</td><td>b</td></tr>\n'
     "</tbody>\n</table>\n</div>")),
])  # fmt: skip
def test_markdown_of_documentation(text: str, expected: str) -> None:
    assert html(text) == expected


def test_what_scrolls_is_a_region_with_a_name_of_its_own() -> None:
    wide = "```\n" + "a" * 29 + "\n```\n"
    page = seen(html(f"## First\n{wide}{wide}|a|\n|-|\n|b|\n"))
    names = [one["aria-label"] for _, one in page.tags if one.get("role") == "region"]
    assert names == ["Code: First", "Code: First (2)", "Table: First"]
    assert all(one["tabindex"] == "0" for _, one in page.tags if one.get("role") == "region")
    assert "role" not in html("```\n" + "a" * 28 + "\n```")


HOSTILE = (
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<!-- --><svg/onload=alert(1)>",
    "[a](javascript:alert(1))",
    "[a](java&#115;cript:alert%281%29)",
    '[a](https://example.org/"onmouseover="alert(1))',
    "[a](//example.org/)",
    "[a](data:text/html,x)",
    "![a](https://example.org/x.png)",
    '![" onerror="alert(1)](pictures/a.svg)',
    "## <b id=main>x</b>",
    "```</code></pre><script>alert(1)</script>\n```",
    "```yaml </figcaption><script>alert(1)</script>\nx\n```",
    "```console\n$ </b><script>alert(1)</script>\n```",
    "|<i>|\n|-|\n|</td><script>alert(1)</script>|",
    "<a href=javascript:alert(1)>",
    "{{ 7*7 }}{% include 'x' %}",
    "[![a](pictures/a.svg)](javascript:alert(1))",
)
KEPT = {
    *("html", "head", "meta", "title", "link", "script", "body", "a", "header", "div", "svg", "path", "span", "nav", "ul", "li", "main"),
    *("ol", "bdi", "article", "h1", "h2", "h3", "p", "figure", "figcaption", "pre", "code", "b", "i", "ins", "del", "em", "strong", "table", "thead", "tbody"),
    *("tr", "th", "td", "blockquote", "hr", "img", "details", "summary", "footer", "label", "select", "option"),
}  # fmt: skip


def documented(*texts: str, repository: bool = True, language: str = "") -> dict[str, str]:
    """The pages of documentation with these texts, in a program."""
    pages = tuple(DocPage(f"page-{n}.md", text, Place("docs/pages.yaml", n)) for n, text in enumerate(texts))
    docs = Docs((DocSection("Pages", pages),), {"pictures/a.svg": PICTURE}, language)
    kept = Repository("github", "example/badges") if repository else None
    program = replace(PROGRAM, docs=docs, settings=replace(PROGRAM.settings, repository=kept))
    return {path: page for path, page in every_page(program).items() if path.startswith("docs/")}


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_markdown_is_text(text: str) -> None:
    (page,) = documented(f"# Title\n\n{text}\n\nEnd.").values()
    shown = seen(page)
    assert {tag for tag, _ in shown.tags} <= KEPT
    assert not [tag for tag, one in shown.tags if tag == "script" and not one.get("src")]
    for tag, one in shown.tags:
        assert not [name for name in one if name.startswith("on")]
        target = one.get("href") or one.get("src") or ""
        if tag in ("a", "img"):
            assert re.match(r"https://|mailto:|\.\./|#|[a-z]", target)
            assert not re.match(r"(?!https:|mailto:)[a-z]+:", target)
        assert "alert(1)" not in target
    assert "End." in shown.text
    assert "49" not in shown.text


@settings(deadline=None, max_examples=150)
@given(
    st.lists(
        st.sampled_from([*"[]()`*_|>#-\\!<&\n \t", "a", "1. ", "- ", "```", "\n\n", "[a](b)", "~~~", "|-|"]),
        max_size=80,
    )
)
def test_whatever_is_written_is_closed_and_keeps_its_words(pieces: list[str]) -> None:
    text = "# T\n" + "".join(pieces)
    page = Seen()
    page.feed(html(text))
    page.close()
    assert not page.open
    assert {tag for tag, _ in page.tags} <= KEPT


@pytest.mark.parametrize("unit", [
    "[", "`", "` ", "*a ", "**a ", "> ", "- ", "- a\n", "|a", "![a]", "[a](b", "_a", "\\", "1. ", ">- ", "   - a\n\n", "[![[*_", "# a\n",
    "|-|\n", "a|b\n-|-\n", "```\n", "**", "`a``b```",
])  # fmt: skip
def test_text_made_to_keep_us_busy_does_not(unit: str) -> None:
    began = time.process_time()
    html(unit * (60_000 // len(unit)))
    assert time.process_time() - began < 4


def test_links_know_their_lines() -> None:
    document = read(
        "# A\n\nOne [b](c.md)\ntwo [d](e.md)\n\n- x\n- y\n  [f](g.md)\n\n| a |\n|---|\n| [h](i.md) |\n\n> ![j](k.png)\n"
    )
    assert [(one.target, one.line) for one in document.links()] == [
        ("c.md", 3), ("e.md", 4), ("g.md", 8), ("i.md", 12), ("k.png", 14),
    ]  # fmt: skip
    assert (document.title, document.lead) == ("A", "One b two d")


@pytest.mark.parametrize(("target", "expected"), [
    ("#here", Lead("docs/how-to/a/index.html", "here")),
    ("b.md", Lead("docs/how-to/b/index.html")),
    ("../README.md#main", Lead("docs/index.html", "at_main")),
    ("..", Lead("docs/index.html")),
    ("../pictures/a.svg", Lead("docs/pictures/a.svg")),
    ("https://example.org/", Lead(url="https://example.org/")),
    ("../../LICENSE", Lead(url="https://github.com/example/badges/blob/main/LICENSE")),
    ("../../content/site.yaml#L3", Lead(url="https://github.com/example/badges/blob/main/content/site.yaml#L3")),
    ("../../docsx", Lead(url="https://github.com/example/badges/blob/main/docsx")),
])  # fmt: skip
def test_links_lead_to_pages_pictures_files_and_out(target: str, expected: Lead) -> None:
    pages = [("README.md", "# Start\n\n## Main"), ("how-to/a.md", "# A\n\n## Here"), ("how-to/b.md", "# B")]
    listed = tuple(DocPage(path, text, Place("docs/pages.yaml")) for path, text in pages)
    docs = Docs((DocSection("All", listed),), {"pictures/a.svg": PICTURE})
    assert Links(docs, Repository("github", "example/badges")).follow(listed[1], target) == expected
    if "github" in expected.url:
        assert isinstance(Links(docs, None).follow(listed[1], target), Fault)


def test_pages_lead_to_each_other_and_show_their_pictures() -> None:
    program = replace(PROGRAM, docs=Docs(
        (
            DocSection("Start", (DocPage("README.md", "# Welcome\n\nRead on.", Place("")),)),
            DocSection("More", (
                DocPage("more/README.md", "# More\n\n![A](../pictures/a.svg)\n\n## One\n\n## Two\n\n### Three", Place("")),
                DocPage("more/last.md", "# Last", Place("")),
            )),
        ),
        {"pictures/a.svg": PICTURE, "pictures/unused.svg": PICTURE},
    ))  # fmt: skip
    made = every_file(program)
    assert {path for path in made if path.startswith("docs/")} == {
        "docs/index.html", "docs/more/index.html", "docs/more/last/index.html", "docs/pictures/a.svg",
    }  # fmt: skip
    page = seen(made["docs/more/index.html"].decode())
    assert [one["href"] for one in page.all("a") if one.get("rel") in ("prev", "next")] == [
        "../index.html",
        "last/index.html",
    ]
    assert {"src": "../pictures/a.svg", "alt": "A", "width": "40", "height": "30", "loading": "lazy"} in page.all("img")
    assert [one["href"] for one in page.all("a") if (one["href"] or "").startswith("#")] == [
        "#main", "#one", "#two", "#three", "#one", "#two", "#three",
    ]  # fmt: skip
    assert [one for one in page.all("a") if one.get("aria-current") == "page"] == [
        {"href": "index.html", "aria-current": "page"}
    ]
    assert "../docs/index.html" in made["badges/index.html"].decode()
    assert b"/docs/more/last/" in made["sitemap.xml"]
    assert "docs/" not in every_page(PROGRAM)["index.html"]


def test_documentation_in_another_language_than_the_site_says_so() -> None:
    (page,) = documented("# Title\n\nText.", language="es").values()
    assert {"lang": "es", "dir": "ltr"} in seen(page).all("article")
    (page,) = documented("# Title\n\nText.", language="en").values()
    assert {} in seen(page).all("article")


def test_an_index_of_many_headings_is_in_the_order_of_their_words() -> None:
    text = "# Codes\n\n" + "\n\n".join(f"## {letter}-code\n\nText." for letter in "zyxwvutsrqponmlkjihgfedcba")
    (page,) = documented(text).values()
    contents = page[page.index('<nav class="contents many"') : page.index("</nav>", page.index('class="contents'))]
    assert re.findall(r'href="#(\w)-code"', contents) == [*"abcdefghijklmnopqrstuvwxyz"]


def test_only_a_folder_with_a_list_of_pages_is_read(tmp_path: Path) -> None:
    for path, text in {"content/site.yaml": "name: A", "docs/a.md": "# A", "docs/b.txt": "b", "keys/.keep": ""}.items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text(text)
    (tmp_path / "keys/.keep").unlink()
    assert not [path for path in files.read_tree(tmp_path, Report()) if path.startswith("docs/")]
    before = files.snapshot(tmp_path)
    (tmp_path / "docs/pages.yaml").write_text("sections: [{title: A, pages: [a.md]}]")
    assert files.snapshot(tmp_path) != before
    report = Report()
    tree = files.read_tree(tmp_path, report)
    assert {path for path in tree if path.startswith("docs/")} == {"docs/a.md", "docs/pages.yaml"}
    assert not report


def test_a_page_is_text_that_can_be_seen() -> None:
    site = b"name: A\nurl: https://a.example/\ncontact: a@a.example\nissuer: {name: A, email: a@a.example}\n"
    pages = b"sections: [{title: A, pages: [a.md, b.md]}]"
    report = Report()
    tree = {
        "content/site.yaml": site,
        "docs/pages.yaml": pages,
        "docs/a.md": b"# A\n\xff",
        "docs/b.md": "# B\n\u202ex".encode(),
    }
    program = load.load(tree, report)
    assert [(one.code, one.place.path, one.place.line) for one in report] == [
        ("not-utf8", "docs/a.md", 2), ("hidden-character", "docs/b.md", 2),
    ]  # fmt: skip
    assert program is not None
    assert program.docs is not None
    assert program.docs.pages == ()
    assert doctext.read("x") is doctext.read("x"), "each text is read once"


def test_what_lies_below_docs_is_refused_like_anything_that_is_not_plain(tmp_path: Path) -> None:
    for path, data in {
        "content/a.yaml": b"",
        "docs/pages.yaml": b"",
        "docs/large.md": b"a" * (300 << 10),
        "docs/fits.md": b"a" * (200 << 10),
    }.items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_bytes(data)
    (tmp_path / "docs/link.md").symlink_to(tmp_path / "content/a.yaml")
    report = Report()
    tree = files.read_tree(tmp_path, report)
    assert [(one.code, one.place.path) for one in report] == [
        ("file-too-large", "docs/large.md"),
        ("symlink", "docs/link.md"),
    ]
    assert {path for path in tree if path.startswith("docs/")} == {"docs/pages.yaml", "docs/fits.md"}
