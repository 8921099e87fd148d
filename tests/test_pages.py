"""What always holds on every page, and what single pages say and keep to themselves."""

from __future__ import annotations

import json
import posixpath
import re
from dataclasses import replace
from datetime import date, datetime
from itertools import pairwise
from pathlib import Path
from urllib.parse import unquote

import pytest

from blazon import files, load
from blazon.diagnostics import BlazonError, Report
from blazon.frame import linker, near
from blazon.model import Program, Suspension
from blazon.render import Theme
from blazon.standing import Standing, standings
from pagebook import (
    BASE,
    CREDENTIAL,
    EMPTY,
    FILES,
    HOSTILE,
    PLAN,
    PROGRAM,
    THEME,
    TODAY,
    Seen,
    award,
    day,
    every_page,
    page_of,
    seen,
)

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; base-uri 'none'; form-action 'none'; object-src 'none'"
)
VERDICTS = re.compile(r"\b(valid|verified|genuine|authentic|trustworthy|invalid|congratulations)\b", re.IGNORECASE)


def demo() -> Program:
    """The program in content/."""
    root, report = Path(__file__).parents[1], Report()
    program = load.load(files.read_tree(root, report), report)
    assert program is not None
    return program


PAGES = {
    "made": every_page(demo=True),
    "empty": every_page(EMPTY),
    "preview": every_page(replace(PROGRAM, awards=PROGRAM.awards[:1]), preview=True),
    "demo": every_page(demo()),
}
EACH = [(name, path) for name, pages in PAGES.items() for path in pages]


@pytest.mark.parametrize(("name", "path"), EACH)
def test_what_holds_on_every_page(name: str, path: str) -> None:
    page = seen(PAGES[name][path])
    says_what_it_is(page, path)
    brings_nothing_along(page)
    steps_down_by_one(page)
    asks_nobody_else(page)


def says_what_it_is(page: Seen, path: str) -> None:
    """A page has a language, a title, a description, one main heading, and a policy before anything else."""
    assert page.tags[0][0] == "html"
    language = path.split("/")[2] if re.fullmatch(r"badges/[^/]+/(?:es|ar)/index.html", path) else "en"
    assert page.all("html")[0]["lang"] == language
    assert page.all("html")[0]["dir"] == ("rtl" if language == "ar" else "ltr")
    assert [tag for tag, _ in page.tags[:4]] == ["html", "head", "meta", "meta"]
    assert page.all("meta")[0] == {"http-equiv": "Content-Security-Policy", "content": POLICY}
    assert page.all("meta")[1] == {"charset": "utf-8"}
    assert {"name": "referrer", "content": "no-referrer"} in page.all("meta")
    assert len(page.all("h1")) == len(page.all("main")) == len(page.all("title")) == 1
    assert next(data for tag, data in page.texts if tag == "title").strip()
    assert next(one["content"] for one in page.all("meta") if one.get("name") == "description")
    identities = [attributes["id"] for _, attributes in page.tags if "id" in attributes]
    assert len(identities) == len(set(identities))


def brings_nothing_along(page: Seen) -> None:
    """A page has no inline style, no inline script but data, no handler, and a text for every picture."""
    assert not page.all("style", "iframe", "object", "embed", "base", "form")
    for tag, attributes in page.tags:
        assert "style" not in attributes
        assert not [name for name in attributes if name.startswith("on")]
        if tag == "script":
            assert attributes.get("src") or attributes["type"] in {"application/json", "application/ld+json"}
        if tag == "img":
            assert {"alt", "width", "height", "src"} <= attributes.keys()
        if tag == "svg":
            assert attributes.get("aria-hidden") == "true" or attributes.get("aria-label")
    named = {one.get("aria-labelledby") for _, one in page.tags} - {None}
    assert named <= {one.get("id") for _, one in page.tags}


def steps_down_by_one(page: Seen) -> None:
    """No heading is more than one level below the one before."""
    levels = [int(tag[1]) for tag, _ in page.tags if re.fullmatch(r"h[1-6]", tag)]
    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))


def asks_nobody_else(page: Seen) -> None:
    """Nothing but plain links and the page's own address leads outside; those that do say nothing about the reader."""
    for tag, attributes in page.tags:
        for name in ("src", "href"):
            value = attributes.get(name) or ""
            outside = value.startswith(("http:", "https:", "//"))
            if tag == "a":
                assert not outside or "noopener noreferrer" in (attributes.get("rel") or "")
                assert not re.match(r"(?!https?:|mailto:)[a-z]+:", value)
            elif attributes.get("rel") in {"canonical", "alternate"} and name == "href":
                assert value.startswith(BASE)
            else:
                assert not outside


@pytest.mark.parametrize(("name", "path"), [(name, path) for name, path in EACH if name in ("made", "empty")])
def test_every_link_leads_to_something(name: str, path: str) -> None:
    site = {**PAGES[name], **dict.fromkeys(dict(THEME.static())), PLAN.key_document: ""}
    documents = re.compile(r"(badges|awards|achievements|earners|ob2|status)/[^ ]+\.(json|png|svg|txt|vcf)|feed\.xml")
    page = seen(PAGES[name][path])
    for attributes in page.all("a", "img", "link", "script"):
        link = attributes.get("href") or attributes.get("src") or ""
        if not link or link.startswith(("http", "mailto:", "data:image/png;base64,")):
            continue
        target, _, fragment = unquote(link).partition("#")
        target = target.partition("?")[0]
        root = "/academy/" if path == "404.html" else ""
        found = (
            target.removeprefix(root) if root else posixpath.normpath(posixpath.join(posixpath.dirname(path), target))
        )
        found = path if not target else found
        assert found in site or documents.fullmatch(found), link
        if fragment:
            assert fragment in {one.get("id") for _, one in seen(PAGES[name][found]).tags}


@pytest.mark.parametrize(("name", "path"), EACH)
def test_no_page_gives_a_verdict(name: str, path: str) -> None:
    text = seen(PAGES[name][path]).text.replace("Valid for", "")
    if "Draft" not in text and not path.startswith("docs/"):  # documentation explains what verdicts there are
        assert not VERDICTS.search(text)
    if path.startswith(("awards/", "earners/")):
        assert "alid" not in seen(PAGES[name][path]).text


@pytest.mark.parametrize(("flag", "sentence"), [
    ("demo", "This is a demo. It is signed with a published key, so it proves nothing."),
    ("preview", "This is a preview. It is signed with a throwaway key, so it proves nothing."),
])  # fmt: skip
def test_demo_and_preview_say_so_on_every_page(flag: str, sentence: str) -> None:
    assert all(sentence in page for page in every_page(demo=flag == "demo", preview=flag == "preview").values())
    assert not any("so it proves nothing" in page for page in every_page().values())


def test_hostile_text_is_inert_on_every_page() -> None:
    for page in PAGES["made"].values():
        assert "<script>alert" not in page.replace("\\u003c", "<!>")
        assert ' onmouseover="' not in page
    name = seen(page_of(PROGRAM, "expired")).text
    assert HOSTILE in name
    assert HOSTILE in seen(every_page()["earners/hosty/index.html"]).text


def test_the_credential_is_embedded_as_it_is() -> None:
    page = page_of(PROGRAM, "first")
    block = page.partition('<script type="application/json" id="credential">')[2].partition("</script>")[0]
    assert json.loads(block) == json.loads(CREDENTIAL)
    assert not re.search(r"[<>&\u2028]", block)


def text_of(slug: str) -> str:
    """What people read on the page of an award."""
    return seen(page_of(PROGRAM, slug)).text


def test_an_award_nobody_checked_says_so() -> None:
    text = text_of("first")
    assert "Signed by Example Academy" in text
    assert "Issued 14 May 2026 . Does not expire. It has not been checked on this device yet." in text


def test_recorded_bad_news_is_on_the_page() -> None:
    assert "Withdrawn by the issuer On 1 June 2026 . Reason: It was a mistake. Do not rely on it." in text_of("extra")
    assert "On hold Example Academy paused it on 1 November 2026 . Reason: We look into it." in text_of("camp")
    assert "Expired on 23 November 2026" in text_of("expired")
    replaced = page_of(PROGRAM, "old")
    assert "Replaced by a newer award" in seen(replaced).text
    newer = next(one for one in PROGRAM.awards if one.slug == "new")
    assert f'href="../{newer.id}/index.html"' in replaced
    for slug in ("extra", "camp", "expired", "old"):
        assert "has not been checked" not in text_of(slug)
    assert "Share" not in text_of("extra")
    assert "Share" in text_of("first")


def test_a_page_read_later_has_the_words_for_it() -> None:
    page = seen(page_of(PROGRAM, "evidence"))
    band = next(one for one in page.all("div") if one.get("data-expires"))
    assert band["data-expires"] == "2026-12-24T00:00:00Z"
    assert "Expired on 24 December 2026" in {one.get("data-then") for _, one in page.tags}
    assert not [one for one in seen(page_of(PROGRAM, "first")).all("div") if one.get("data-expires")]


@pytest.mark.parametrize(("day_of_page", "expected"), [
    (date(2026, 11, 22), Standing.UNCHECKED),
    (date(2026, 11, 23), Standing.EXPIRED),
])  # fmt: skip
def test_an_award_expires_with_its_day(day_of_page: date, expected: Standing) -> None:
    assert standings(AWARD, day(2026, 11, 23), day_of_page, replaced=False) == (expected,)


AWARD = award("one", "ada", "first", 1)


def test_the_worst_news_comes_first() -> None:
    held = replace(
        AWARD, suspended=Suspension(day(2026, 1, 1), "x", day(2027, 1, 1)), revoked=PROGRAM.awards[2].revoked
    )
    expected = (Standing.WITHDRAWN, Standing.ON_HOLD, Standing.REPLACED, Standing.EXPIRED)
    assert standings(held, day(2026, 1, 1), TODAY, replaced=True) == expected


@pytest.mark.parametrize(("since", "until", "held"), [
    (day(2026, 11, 23), None, True),
    (day(2026, 11, 24), None, False),
    (day(2026, 1, 1), day(2026, 11, 23), False),
])  # fmt: skip
def test_a_pause_has_a_beginning_and_an_end(since: datetime, until: datetime | None, held: object) -> None:
    one = replace(AWARD, suspended=Suspension(since, "x", until))
    assert (standings(one, None, TODAY, replaced=False)[0] is Standing.ON_HOLD) is held


def test_only_public_awards_are_named_elsewhere() -> None:
    pages = every_page()
    hidden = next(one for one in PROGRAM.awards if one.slug == "hidden")
    own = f"awards/{hidden.id}/"
    assert 'content="noindex"' in pages[f"{own}index.html"]
    assert 'content="noindex"' not in page_of(PROGRAM, "first")
    for path, page in pages.items():
        if not path.startswith(own):
            assert hidden.id not in page
            assert "Una Unlisted" not in page


@pytest.mark.parametrize("slug", ["private", "withheld", "claim"])
def test_what_nobody_may_see_is_nowhere(slug: str) -> None:
    one = next(one for one in PROGRAM.awards if one.slug == slug)
    for path, page in every_page().items():
        assert one.id not in page + path
        assert one.name not in page
        assert one.earner not in path


def test_a_tombstone_keeps_the_address_and_names_nobody() -> None:
    page = every_page()["awards/erasedaaaaaaaaaaaaaaaaaaaa/index.html"]
    assert "deleted on 1 October 2026" in seen(page).text
    assert 'content="noindex"' in page
    assert "og:image" not in page


def test_private_evidence_shows_its_title_and_no_more() -> None:
    page = page_of(PROGRAM, "evidence")
    assert "Secret" in seen(page).text
    assert "not public" in seen(page).text
    assert not re.search(r"secret\.pdf|secret text|secret words", page)
    assert 'href="https://example.org/plan.pdf" rel="nofollow ugc noopener noreferrer"' in page
    assert "Its fingerprint is part of what was signed" in seen(page).text
    assert "<em>wrote</em>" in page


def test_feedback_is_shown_when_the_earner_says_so() -> None:
    assert "Well planned." in text_of("first")
    assert "Not for the public." not in text_of("second")


def test_an_award_says_how_it_was_assessed() -> None:
    text = text_of("first")
    assert "Planning Meets 2 of 3 · needed: Meets Enough." in text
    assert "Two reviewers read the evidence and approved it." in text
    assert "A. R. , site lead 1 May 2026 · no conflict of interest" in text
    assert "Bob , coach 2 May 2026 · conflict of interest: Taught the course; set aside by A. R." in text
    assert "Ann Real" not in text
    assert "A private note." not in text
    assert "One approval is enough here" not in text
    assert "One approval is enough here: There is one of us." in text_of("second")
    assert "91 % needed: 80 % Score 7 of 10 points needed: 5 of 10 Free 3 points" in text_of("evidence")
    assert "took part; no skill was assessed." in text_of("camp")


def test_a_pathway_says_how_far_an_earner_is() -> None:
    assert "Leading: Foundations This award Leading: Practice Done on 14 May 2026" in text_of("first")
    assert "Leading: Application Withdrawn" in text_of("first")
    alone = replace(PROGRAM, awards=PROGRAM.awards[:1])
    assert "Leading: Practice No listed award yet" in seen(page_of(alone, "first")).text
    earner = seen(every_page()["earners/ada/index.html"]).text
    assert "2 of 3 levels. Next: Leading: Application." in earner
    assert "Level 3 Leading: Application" in earner
    complete = (*PROGRAM.awards, award("third", "ada", "third", 20))
    assert (
        "3 of 3 levels. All levels are done."
        in seen(every_page(replace(PROGRAM, awards=complete))["earners/ada/index.html"]).text
    )


def test_a_level_is_filled_by_a_badge_that_counts_for_it() -> None:
    awards = tuple(replace(one, revoked=None) if one.slug == "extra" else one for one in PROGRAM.awards)
    text = seen(every_page(replace(PROGRAM, awards=awards))["earners/ada/index.html"]).text
    assert "3 of 3 levels." in text
    assert "Withdrawn" in seen(every_page()["earners/ada/index.html"]).text


def test_an_earner_page_is_found_only_by_those_who_are_listed() -> None:
    pages = every_page()
    assert 'content="noindex"' not in pages["earners/ada/index.html"]
    assert 'content="noindex"' in pages["earners/zoe/index.html"]
    assert "زوي" not in pages["earners/index.html"]
    assert "earners/wim/index.html" not in pages
    assert "earners/una/index.html" not in pages


def test_a_badge_page_says_what_it_takes() -> None:
    page = every_page()["badges/second/index.html"]
    text = seen(page).text
    assert "About 12 hours" in text
    assert "Valid for 2 years" in text
    assert "Planning needed: Meets" in text
    assert "Part of Leading" in text
    assert "Earn first" not in text, "its neighbours stand in the pathway"
    assert '<a href="https://example.org/guide" rel="nofollow ugc noopener noreferrer">the guide</a>' in page
    assert re.findall(r"<h([34])>(?:First|Then)<", page) == ["3", "4"]
    assert "Does not expire" in seen(every_page()["badges/first/index.html"]).text
    assert "This badge is retired" in seen(every_page()["badges/old/index.html"]).text
    assert "Earn first: Old" in seen(every_page()["badges/points/index.html"]).text
    assert "at least" not in text


def test_a_draft_has_no_page_until_it_is_awarded() -> None:
    assert "badges/draft/index.html" not in every_page()
    awarded = replace(PROGRAM, awards=(award("draft", "ada", "draft", 21),))
    assert "badges/draft/index.html" in every_page(awarded)


def test_links_begin_at_the_root_where_the_depth_is_unknown() -> None:
    page = seen(every_page()["404.html"])
    links = [one["href"] for one in page.all("a", "link") if not (one["href"] or "").startswith(("#", "mailto:"))]
    assert links
    assert all(link is not None and link.startswith("/academy/") for link in links)
    assert not [one for one in page.all("link") if one.get("rel") == "canonical"]


def test_a_page_knows_its_clean_address() -> None:
    head = every_page()["badges/first/index.html"]
    assert f'<link rel="canonical" href="{BASE}badges/first/">' in head
    assert f'<meta property="og:image" content="{BASE}badges/first/card.png">' in head


def test_lists_of_nothing_are_not_linked() -> None:
    pages = PAGES["empty"]
    folders = ("", "about/", "badges/", "claim/", "earners/", "review/", "verify/")
    assert sorted(pages) == sorted(["404.html", *(f"{folder}index.html" for folder in folders)])
    for name in ("pathways", "earners"):
        assert name not in pages["index.html"]
    assert "There is no badge here yet." in seen(pages["index.html"]).text
    assert "There is no key yet" in seen(pages["verify/index.html"]).text


def test_the_keys_that_count_are_listed() -> None:
    text = seen(every_page()["verify/index.html"]).text
    assert "z6Mk" in text
    assert "In use since 1 January 2026 In use until 1 January 2030" in text
    assert PLAN.did in text


def test_the_program_chooses_headline_and_picture() -> None:
    settings = replace(
        PROGRAM.settings, theme_options={"headline": ("Lead well",), "home_badges": ("camp",), "accent": ("rose",)}
    )
    pages = every_page(replace(PROGRAM, settings=settings))
    assert "Lead well" in seen(pages["index.html"]).text
    assert 'src="badges/camp/badge.svg"' in pages["index.html"]
    assert 'class="th-rose"' in pages["about/index.html"]


def test_pages_are_the_same_each_time() -> None:
    assert every_page() == every_page()


def test_a_theme_replaces_one_file_and_keeps_the_rest() -> None:
    changed = {
        **FILES,
        "templates/award.html": b'{% extends "base/award.html" %}{% block data %}<p>ours</p>{% endblock %}',
        "templates/base/award.html": FILES["templates/award.html"],
    }
    pages = every_page(theme=Theme(changed))
    assert "<p>ours</p>" in pages["awards/replacedaaaaaaaaaaaaaaaaaa/index.html"]
    assert "Replaced by a newer award" in pages["awards/replacedaaaaaaaaaaaaaaaaaa/index.html"]


def test_style_sheets_and_scripts_ask_nobody() -> None:
    sheets = [data for path, data in FILES.items() if path.endswith(".css")]
    assert not [data for data in sheets if b"http" in data.replace(b"[href^=http]", b"")]
    assert b"innerHTML" not in FILES["static/today.js"]


def test_a_page_of_an_award_is_small() -> None:
    assert len(page_of(PROGRAM, "first").encode()) - len(CREDENTIAL) <= 20 * 1024


def test_a_page_links_to_its_own_folder_and_the_one_around_it_without_the_way_to_the_root() -> None:
    to = near(linker("../../"), "awards/a/index.html")
    assert to("awards/a/credential.json") == "credential.json"
    assert to("awards/a/share/index.html") == "share/index.html"
    assert to("awards/ab/index.html") == "../ab/index.html"
    assert to("badges/ab/index.html") == "../../badges/ab/index.html"
    assert near(linker("../"), "verify/index.html")("static/mark.svg") == "../static/mark.svg"
    assert near(linker("/badges/"), "404.html")("awards/a/index.html") == "/badges/awards/a/index.html"


def test_a_part_of_a_page_knows_the_site_the_way_to_it_and_what_it_is_given() -> None:
    template = b'{% for n in (1, 1, 2) %}{{ part("parts/x.html", a=n) }}{% endfor %}'
    part = b"<{{ a }} {{ site.name }} {{ to('x') }}>"
    replaced = {"templates/about.html": template, "templates/404.html": template, "templates/parts/x.html": part}
    pages = every_page(PROGRAM, Theme({**FILES, **replaced}))
    name = PROGRAM.settings.name
    assert pages["about/index.html"] == f"<1 {name} ../x><1 {name} ../x><2 {name} ../x>"
    assert pages["404.html"].startswith(f"<1 {name} /")
    replaced["templates/about.html"] = b'{{ part("parts/x.html", a=[1]) }}'
    with pytest.raises(BlazonError, match="unhashable"):
        every_page(PROGRAM, Theme({**FILES, **replaced}))
