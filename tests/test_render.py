"""Templates know nothing they should not, and long text becomes a short list of tags whatever is written in it."""

from __future__ import annotations

import re
import time
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from xml.etree.ElementTree import Element

import pytest
from hypothesis import given
from hypothesis import strategies as st

from blazon import options, render
from blazon.diagnostics import BlazonError
from blazon.model import Duration
from blazon.render import Theme, data_block, markdown
from blazon.words import Words
from pagebook import FILES, seen

STRINGS = b'greeting: "Hello {name} & all"\nbadges: {one: "1 badge", "2": "two badges", other: "{count} badges"}\n'
TAGS = {"p", "br", "strong", "em", "code", "pre", "ul", "ol", "li", "blockquote", "hr", "a", "h3", "h4", "h5", "h6"}
REL = 'rel="nofollow ugc noopener noreferrer"'


def theme(template: str = "", **more: str) -> Theme:
    """A theme of one template, page.html, and what else is given by path with dots for slashes."""
    files = {
        "theme.yaml": b"options: {accent: spruce}\n",
        "strings/en.yaml": STRINGS,
        "templates/page.html": template.encode(),
    }
    return Theme(
        {**files, **{path.replace("__", "/").replace("_html", ".html"): text.encode() for path, text in more.items()}}
    )


def rendered(template: str, **values: object) -> str:
    """The page that a template makes of values."""
    return theme(template).page("page.html", **values).decode()


def refusal(template: str, **values: object) -> BlazonError:
    """What a template is refused with."""
    with pytest.raises(BlazonError) as caught:
        rendered(template, **values)
    return caught.value


# Hostile text in values (security.md §5, C1 to C4), each with its harmless twin.


@pytest.mark.parametrize(("value", "text", "attribute"), [
    ("Ada", "Ada", "Ada"),
    ("<script>alert(1)</script>", "&lt;script&gt;alert(1)&lt;/script&gt;", "&lt;script&gt;alert(1)&lt;/script&gt;"),
    ('" onmouseover="alert(1)', "&#34; onmouseover=&#34;alert(1)", "&#34; onmouseover=&#34;alert(1)"),
    ("' onfocus='x", "&#39; onfocus=&#39;x", "&#39; onfocus=&#39;x"),
    ('{{ 7*7 }}{% include "x" %}', "{{ 7*7 }}{% include &#34;x&#34; %}", "{{ 7*7 }}{% include &#34;x&#34; %}"),
])  # fmt: skip
def test_values_are_text_in_every_place(value: str, text: str, attribute: str) -> None:
    page = rendered('<p title="{{ name }}">{{ name }}</p>{{ "greeting"|t(name=name) }}', name=value)
    assert page == f'<p title="{attribute}">{text}</p>Hello {text} &amp; all'


def test_json_cannot_leave_its_block() -> None:
    hostile = '{"a": "</script><script>alert(1)</script><!-- & \u2028\u2029"}'
    block = data_block(hostile)
    assert block == (
        '{"a": "\\u003c/script\\u003e\\u003cscript\\u003ealert(1)\\u003c/script\\u003e'
        '\\u003c!-- \\u0026 \\u2028\\u2029"}'
    )
    assert data_block('{"a": 1}') == '{"a": 1}'
    assert rendered("{{ block }}", block=block) == block


# Hostile Markdown (C5 to C9) with twins.


@pytest.mark.parametrize(("text", "html"), [
    ("<img src=x onerror=alert(1)>", "<p>&lt;img src=x onerror=alert(1)&gt;</p>"),
    ("a *b* <img src=x onerror=alert(1)>", "<p>a <em>b</em> &lt;img src=x onerror=alert(1)&gt;</p>"),
    ("*b* <svg/onload=alert(1)>", "<p><em>b</em> &lt;svg/onload=alert(1)&gt;</p>"),
    ("*b* <!-- hidden -->", "<p><em>b</em> &lt;!-- hidden --&gt;</p>"),
    ("<div>\n\n*b*\n\n</div>", "<p>&lt;div&gt;</p>\n<p><em>b</em></p>\n<p>&lt;/div&gt;</p>"),
    ("*b* &lt;script&gt; &copy;", "<p><em>b</em> &amp;lt;script&amp;gt; &amp;copy;</p>"),
    ("# Title {: onclick=alert(1)}", "<h3>Title {: onclick=alert(1)}</h3>"),
    ("# Title\n{: onclick=alert(1)}", "<h3>Title</h3>\n<p>{: onclick=alert(1)}</p>"),
    ("# Title", "<h3>Title</h3>"),
    ("![x](https://example.org/x.png)", "<p>![x](https://example.org/x.png)</p>"),
    ("[x](https://example.org/x.png)", f'<p><a href="https://example.org/x.png" {REL}>x</a></p>'),
    ("<https://example.org/>", "<p>&lt;https://example.org/&gt;</p>"),
    ("*b* <a@example.org>", "<p><em>b</em> &lt;a@example.org&gt;</p>"),
    ("`<b>&amp;</b>`", "<p><code>&lt;b&gt;&amp;amp;&lt;/b&gt;</code></p>"),
    ("    <b>&amp;</b>", "<p>&lt;b&gt;&amp;amp;&lt;/b&gt;</p>"),
    ("a\n\n    <b>&amp;</b>\n", "<p>a</p>\n<pre><code>&lt;b&gt;&amp;amp;&lt;/b&gt;</code></pre>"),
    ("**bold** and\n- not a list", "<p><strong>bold</strong> and\n- not a list</p>"),
    ("- one\n- two", "<ul>\n<li>one</li>\n<li>two</li>\n</ul>"),
    ("3. three\n4. four", "<ol>\n<li>three</li>\n<li>four</li>\n</ol>"),
    ("one  \ntwo", "<p>one<br>two</p>"),
    ("> said", "<blockquote>\n<p>said</p>\n</blockquote>"),
    ("a\n\n---\n\nb", "<p>a</p>\n<hr>\n<p>b</p>"),
    (r"\*plain\* \<b\>", "<p>*plain* \\&lt;b></p>".replace("b>", "b&gt;")),
])  # fmt: skip
def test_markdown(text: str, html: str) -> None:
    assert squeezed(markdown(text)) == squeezed(html)


def squeezed(html: str) -> str:
    """HTML without the space between blocks, which means nothing."""
    return re.sub(r">\s*\n\s*<", "><", html)


@pytest.mark.parametrize("target", [
    "javascript:alert(1)", "JaVa&#10;script:alert(1)", "&#106;avascript:alert(1)", "data:text/html,x", "//evil.example/",
    "mailto:a@example.org", "http://example.org/", "https://user:pw@example.org/", "https://127.0.0.1/",
    "https://localhost/", "/path", "#fragment", "https://example.org/&quot;onclick=x", "",
])  # fmt: skip
@pytest.mark.parametrize("form", ["[x]({})", "[x](<{}>)", "[x][1]\n\n[1]: {}", "[x](&#32;{})"])
def test_links_lead_to_https_or_nowhere(target: str, form: str) -> None:
    html = markdown(form.format(target))
    assert "<a" not in html
    assert "x" in html


@pytest.mark.parametrize("form", ["[x]({})", "[x](<{}>)", "[x]({} 'title')", "[x][1]\n\n[1]: {}"])
def test_good_links_are_kept_without_their_titles(form: str) -> None:
    target = "https://example.org/a?b=1&c=2#d"
    assert markdown(form.format(target)).startswith(f'<p><a href="{target.replace("&", "&amp;")}" {REL}>x</a></p>')


@pytest.mark.parametrize(("text", "expected"), [
    ("# a\n\n## b\n\n# c", ["h3", "h4", "h3"]),
    ("### a\n\n###### b\n\n# c", ["h3", "h4", "h3"]),
    ("## a\n\n#### b\n\n## c", ["h3", "h4", "h3"]),
    ("a\n===\n\nb\n---", ["h3", "h4"]),
])  # fmt: skip
def test_headings_stay_below_the_page(text: str, expected: list[str]) -> None:
    assert re.findall(r"<(h\d)>", markdown(text)) == expected


@pytest.mark.parametrize("text", [
    "[" * 8_000, "<a " * 5_000, "`" * 16_000, "*a " * 5_000, "> " * 5_000, "- " * 7_000, "[a](" * 4_000, "\\" * 15_999, "_a" * 7_000,
    "".join(" " * 4 * depth + "- a\n" for depth in range(80)), "![" * 8_000, "(" * 16_000, "[a]: " * 3_000, "&#" * 8_000,
    "\x02\n\n> " + "[" * 3_700,
])  # fmt: skip
def test_text_made_to_keep_us_busy_does_not(text: str) -> None:
    started = time.process_time()
    html = markdown(text)
    assert time.process_time() - started < 1
    assert len(seen(f"<main>{html}</main>").text) >= 1


@given(st.text(alphabet="ab <>&\"'[]()`*_#!-+.1\\\n\t{}:/|~=\x02\x03é٣", max_size=60) | st.text(max_size=40))
def test_whatever_is_written_few_tags_come_out(text: str) -> None:
    page = seen(f"<main>{markdown(text)}</main>")
    assert {tag for tag, _ in page.tags} <= TAGS | {"main"}
    for tag, attributes in page.tags:
        assert not attributes or (tag == "a" and set(attributes) == {"href", "rel"})


@given(st.text(alphabet="ab <>&\"'().,!?:-=+1#\né", max_size=40))
def test_plain_text_is_what_markdown_makes_of_it(text: str) -> None:
    quick = markdown(text)
    slow = render._converter().reset().convert(text.strip())
    assert squeezed(quick) == squeezed(slow)


_PIECES = ["a", "Some words.", " ", "  ", "\n", *["\n\n"] * 4, "*x*", "*", "**", "_e_", "`", "`c`", "<b>", "&amp;", "&", "1.", "- x", "# ", "> q", "[a](https://x.y)",
    "[r]", "\n\n[r]: https://x.y", "\t", "---", "===", "\\", "\\*", ":", "|", "~~~", "\xa0", "\x0c", "\u2028", "é", "中"]  # fmt: skip


@given(st.lists(st.sampled_from(_PIECES), max_size=14).map("".join))
def test_paragraphs_one_by_one_are_what_markdown_makes_of_them_together(text: str) -> None:
    if not render._MORE_THAN_PARAGRAPHS.search(text.strip()):
        slow = render._converter().reset().convert(text.strip())
        assert squeezed(markdown(text)) == squeezed(slow)


def test_what_one_paragraph_says_stays_in_it_unless_it_names_a_place_for_links() -> None:
    assert markdown("One *two\n\nthree* four `five\n\nsix` & *seven*") == (
        "<p>One *two</p><p>three* four `five</p><p>six` &amp; <em>seven</em></p>"
    )
    assert markdown("See [r]\n\n[r]: https://riverbend.example/") == (
        f'<p>See <a href="https://riverbend.example/" {REL}>r</a></p>'
    )


def test_a_tree_that_is_too_deep_is_cut_to_its_text() -> None:
    root = deepest = Element("div")
    for _ in range(900):
        child = Element("em")
        deepest.append(child)
        deepest = child
    deepest.text = "<deep>"
    html = render._serialized(root)
    assert html.count("<em>") == 24
    assert "&lt;deep&gt;" in html


def test_an_element_that_is_not_on_the_list_leaves_its_text() -> None:
    root = Element("div")
    image = Element("img", {"src": "x", "onerror": "y"})
    image.text = "<b>"
    root.append(image)
    assert render._serialized(root) == "&lt;b&gt;"


# The sandbox.


@pytest.mark.parametrize("template", [
    "{{ ''.__class__ }}", "{{ name.__init__.__globals__ }}", "{{ [].append(1) }}", "{{ '{0.__class__}'.format(name) }}",
    "{{ self.__dict__ }}", "{{ (name|attr('__class__')).__mro__ }}",
])  # fmt: skip
def test_templates_know_no_python(template: str) -> None:
    refusal(template, name="Ada")
    assert rendered("{{ name.upper() }}", name="Ada") == "ADA"


@pytest.mark.parametrize("name", ["../theme.yaml", "/etc/passwd", "page.html/../../strings/en.yaml", "nothing.html"])
def test_templates_come_from_the_theme_only(name: str) -> None:
    assert refusal('{% include "' + name + '" %}').message == f'the theme has no template called "{name}".'
    files = theme('{% include "part.html" %}', templates__part_html="part")
    assert files.page("page.html") == b"part"


def test_an_undefined_name_is_a_mistake_with_its_place() -> None:
    error = refusal("<p>\n\n{{ nam }}</p>", name="Ada")
    assert error.message == "templates/page.html:3: 'nam' is undefined."
    assert error.hint == 'did you mean "name"?'
    assert refusal("{{ zzz }}", name="Ada").hint == "this page knows name."


def test_an_undefined_field_is_a_mistake_with_its_place() -> None:
    error = refusal("\n{{ span.hour }}", span=Duration(hours=1))
    assert error.message.startswith("templates/page.html:2: ")
    assert error.hint == 'did you mean "hours"?'
    assert rendered("{{ span.hours }}", span=Duration(hours=1)) == "1"


def test_a_template_that_cannot_be_read_is_a_mistake_with_its_place() -> None:
    assert refusal("\n{% if %}").message.startswith("templates/page.html:2: ")
    assert refusal("{{ 1 / 0 }}").message == "templates/page.html:1: division by zero."
    assert refusal("{{ 'a' + 1 }}").message.startswith("templates/page.html:1: ")


def test_a_template_that_never_ends_is_a_mistake() -> None:
    for template in (
        '{% include "page.html" %}',
        "{% macro a() %}{{ a() }}{% endmacro %}{{ a() }}",
        f"{{{{ {'(' * 5000}{')' * 5000} }}}}",
    ):
        assert refusal(template).exit_code == 1


def test_a_template_is_utf_8() -> None:
    files = {"theme.yaml": b"options: {}\n", "strings/en.yaml": STRINGS, "templates/page.html": b"\xff\xfe"}
    with pytest.raises(BlazonError, match=re.escape("templates/page.html:1: this is not UTF-8 text.")):
        Theme(files).page("page.html")


@pytest.mark.parametrize(("path", "asking", "twin"), [
    ("templates/page.html", '<script src="https://evil.example/x.js"></script>', '<script src="{{ x }}"></script>'),
    ("templates/page.html", "<link rel=stylesheet\nhref=//evil.example/x.css>", '<link rel="x" href="{{ x }}">'),
    ("templates/page.html", "<IMG alt='' SRC=' http://evil.example/x.png'>", '<a href="https://good.example/">x</a>'),
    ("templates/parts/a.html", '<iframe src="https://evil.example/">', '<svg xmlns="http://www.w3.org/2000/svg">'),
    ("static/x.css", "@import url(https://evil.example/x.css);", "@import url(data:,); /* https://good.example/ */"),
    ("static/x.css", '@import "//evil.example/x.css";', 'a { background: url("data:image/png,x") }'),
    ("static/x.svg", '<rect fill="url(https://evil.example/#a)"/>', '<rect fill="url(#a)"/>'),
    ("static/a b<c>.css", "", ""),
    ("static/.x.css", "", ""),
])  # fmt: skip
def test_j12_a_theme_asks_no_other_site(path: str, asking: str, twin: str) -> None:
    files = {"theme.yaml": b"options: {}\n", "strings/en.yaml": STRINGS}
    with pytest.raises(BlazonError) as caught:
        Theme({**files, path: asking.encode()})
    assert caught.value.exit_code == 1
    Theme({**files, (path if asking else "static/x.css"): twin.encode()})


def test_a_replaced_template_is_reached_below_base() -> None:
    files = theme(
        '{% extends "base/page.html" %}{% block one %}new{% endblock %}',
        templates__base__page_html="<{% block one %}old{% endblock %}>",
        templates__other_html='{% include "base/page.html" %}',
    )
    assert files.page("page.html") == b"<new>"
    assert files.page("other.html") == b"<old>"
    alone = theme("only", templates__other_html='{% include "base/page.html" %}')
    assert alone.page("other.html") == b"only"


def test_a_theme_of_its_own_keeps_the_words_it_does_not_replace() -> None:
    files = {
        "theme.yaml": b"options: {accent: rose}\n",
        "base/theme.yaml": b"options: {accent: spruce, headline: x}\n",
        "strings/en.yaml": b"badges: {one: one}\n",
        "strings/base/en.yaml": STRINGS,
    }
    own = Theme(files)
    assert options.values(own.options, {}) == {"accent": "rose", "headline": "x"}
    assert own.words("badges", count=1) == "one"
    assert own.words("greeting", name="Ada") == "Hello Ada & all"


def test_a_theme_that_cannot_be_read_says_where() -> None:
    with pytest.raises(BlazonError, match=re.escape("strings/en.yaml:1")):
        Theme({"theme.yaml": b"options: {}\n", "strings/en.yaml": b"a: &x 1\n"})
    with pytest.raises(BlazonError, match=re.escape("the theme has no strings/nl.yaml.")):
        Theme({"theme.yaml": b"options: {}\n", "strings/en.yaml": STRINGS}, "nl")


# Filters.


def test_static_files_carry_a_hash_of_their_content() -> None:
    files = theme('{{ "a.css"|asset }}', **{"static__a.css": "a{}", "static__base__a.css": "old"})
    ((path, data),) = files.static()
    assert re.fullmatch(r"static/a\.[0-9a-f]{8}\.css", path)
    assert data == b"a{}"
    assert files.page("page.html") == path.encode()
    ((other, _),) = theme(**{"static__a.css": "b{}"}).static()
    assert other != path
    assert refusal('{{ "a.css"|asset }}').message == 'the theme has no file called "static/a.css".'


def test_dates_are_words_and_numbers() -> None:
    shown = Theme({**FILES, "templates/page.html": b"{{ when|date }} {{ when|day }}"})
    page = shown.page("page.html", when=datetime(2026, 5, 14, 23, 59, tzinfo=UTC)).decode()
    assert page == '<time datetime="2026-05-14">14 May 2026</time> 14 May 2026'


@pytest.mark.parametrize(("span", "words"), [
    (Duration(hours=12), "12 hours"),
    (Duration(hours=1, minutes=30), "1 hour and 30 minutes"),
    (Duration(years=2), "2 years"),
    (Duration(years=1, months=6, days=1), "1 year, 6 months and 1 day"),
    (Duration(), ""),
])  # fmt: skip
def test_durations_are_words(span: Duration, words: str) -> None:
    assert Theme(FILES).words.duration(span) == words


@pytest.mark.parametrize(("count", "text"), [(0, "0 badges"), (1, "1 badge"), (2, "two badges"), (3, "3 badges")])
def test_a_count_chooses_its_form(count: int, text: str) -> None:
    assert rendered('{{ "badges"|t(count=n) }}', n=count) == text


def test_words_that_are_missing_are_a_mistake() -> None:
    error = refusal('{{ "greetin"|t(name="x") }}')
    assert error.message == 'the theme has no text called "greetin" in strings/en.yaml.'
    assert error.hint == 'did you mean "greeting"?'
    with pytest.raises(BlazonError, match='needs a value for "name"'):
        theme().words("greeting")


@pytest.mark.parametrize(("language", "direction"), [("en", "ltr"), ("ar", "rtl"), ("fa-AF", "rtl"), ("pt-BR", "ltr")])
def test_a_language_has_a_direction(language: str, direction: str) -> None:
    assert Words({}, language).direction == direction


def test_every_text_of_the_theme_is_used_and_every_text_used_is_there() -> None:
    there = set(Theme(FILES).words._texts)
    package = Path(render.__file__).parent
    sources = "\n".join(data.decode() for path, data in FILES.items() if path.endswith(".html"))
    sources += "\n".join(
        (package / f"{name}.py").read_text("utf-8")
        for name in (
            "award_pages",
            "pages",
            "shelf",
            "frame",
            "words",
            "badge_view",
            "cards",
            "catalogue",
            "certificate",
            "outlets",
            "feeds",
            "manual",
            "profiles",
            "schemaorg",
            "sharing",
        )
    )
    named = set(re.findall(r'"([a-z_]+(?:\.[a-z0-9_-]+)+)"', sources))
    stems = tuple(stem for stem in re.findall(r'"([a-z_.]+[._])(?:" ~|\{)', sources) if "." in stem)
    forms = {key.rpartition(".")[0] for key in there if re.search(r"\.(one|other|[0-9])$", key)}
    assert {
        key for key in named if not key.endswith((".html", ".css", ".js", ".svg", ".json", ".xml"))
    } <= there | forms | {*stems}
    unused = {key for key in there if key not in named and key.rpartition(".")[0] not in named & forms}
    assert {
        key for key in unused if not key.startswith((*stems, "verdict.", "claim.say."))
    } == set()  # test_browser.py and test_claim_view.py have those


@dataclass(frozen=True, slots=True)
class Shown:
    """A value of a page, with something that is not for pages."""

    name: str
    _kept: str = "secret"

    @property
    def long(self) -> bool:
        """Whether the name is long."""
        return len(self.name) > 3


def test_templates_read_fields_and_properties_of_our_values_and_nothing_else() -> None:
    assert rendered("{{ one.name }} {{ one.long }}", one=Shown("Ada")) == "Ada False"
    for name in ("_kept", "__class__", "__dataclass_fields__", "__slots__"):
        refusal(f"{{{{ one.{name} }}}}", one=Shown("Ada"))
    assert rendered("{% for x in one %}{{ x }}{{ ', ' if not loop.last }}{% endfor %}", one="ab") == "a, b"
    refusal("{% for x in one %}{{ loop._length }}{% endfor %}", one="ab")


def test_a_theme_is_at_hand_when_the_same_files_are_asked_for_again() -> None:
    files = {"theme.yaml": b"options: {}\n", "strings/en.yaml": b"nav: {badges: Badges}\n"}
    look = render.look(files, "en")
    assert render.look(dict(reversed(files.items())), "en") is look
    other = render.look({**files, "strings/en.yaml": b"nav: {badges: Patches}\n"}, "en")
    assert (look.words("nav.badges"), other.words("nav.badges")) == ("Badges", "Patches")
