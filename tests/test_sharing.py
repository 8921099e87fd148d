"""The share page, what stands to be pasted from it, and what searches and previews are told: right in each language, whatever the name."""

from __future__ import annotations

import html
import json
import re
from dataclasses import replace
from datetime import datetime
from html.parser import HTMLParser
from urllib.parse import parse_qsl, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from blazon import outlets, png
from blazon.model import Picture, Program
from blazon.render import data_block
from pagebook import BASE, FILES, PROGRAM, THEME, day, every_file, every_page, page_of, seen
from test_feeds import changed, nasty_program, of

URL = f"{BASE}awards/r6qlhtaxbe5jckv3xsjm33eyou/"
NAMES = [
    "Trail First Aid",
    'A "quoted" <b>&amp;</b> name',
    "]]> </script><script>alert(1)</script>",
    "a | b [c](d) ![e](f) `g` *h* _i_ ~j~ $k$ \\l \\[m\\]",
    "two\nlines\r\nand\ta tab",
    "\u202eright to left\u202c إسعاف أولي",
    "emoji 👩🏽‍🏫 and 50 % + 1 & 2 = 3 # 4 ? 5",
]


def shared(slug: str, program: Program = PROGRAM) -> str:
    """The share page of the award in a file of that name."""
    one = next(one for one in program.awards if one.slug == slug)
    return every_page(program)[f"awards/{one.id}/share/index.html"]


def snippets(page: str) -> dict[str, str]:
    """What a page offers to copy, by the words on its button."""
    found = re.findall(r'<(p|span|pre) class="copy"([^>]*)>(.*?)</\1>', page, re.DOTALL)
    named = (
        (re.findall(r'data-(?:name|copy)="([^"]*)"', attributes)[-1], re.sub(r"</?code[^>]*>", "", text))
        for _, attributes, text in found
    )
    return {name: html.unescape(text) for name, text in named}


class Pieces(HTMLParser):
    """The tags of a snippet with their attributes, and its text."""

    def __init__(self, snippet: str) -> None:
        """The pieces of a snippet."""
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self.feed(snippet)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note a tag."""
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        """Note text."""
        self.text += data


# LinkedIn.


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("ends", [None, day(2028, 12, 1)])
def test_linkedin_is_asked_for_exactly_what_it_takes(name: str, ends: datetime | None) -> None:
    link = outlets.linkedin(name, name, day(2026, 5, 14), ends, URL, "r6qlhtaxbe5jckv3xsjm33eyou")
    assert link.isascii()
    assert not re.search(r"[\s\"'<>+]", link)
    parts = urlsplit(link)
    assert f"{parts.scheme}://{parts.netloc}{parts.path}" == "https://www.linkedin.com/profile/add"
    assert not parts.fragment
    expiry = [("expirationYear", "2028"), ("expirationMonth", "12")] if ends else []
    assert parse_qsl(parts.query, strict_parsing=True, keep_blank_values=True) == [
        ("startTask", "CERTIFICATION_NAME"),
        ("name", name),
        ("organizationName", name),
        ("issueYear", "2026"),
        ("issueMonth", "5"),
        *expiry,
        ("certUrl", URL),
        ("certId", "r6qlhtaxbe5jckv3xsjm33eyou"),
    ]


def test_the_values_stand_beside_the_button() -> None:
    page = shared("evidence")
    copied = snippets(page)
    assert {name.removeprefix("Copy: "): text for name, text in copied.items() if name.startswith("Copy: ")} == {
        "Name": "Points",
        "Issuing organisation": "Example Academy",
        "Issue date": "May 2026",
        "Expiry date": "December 2026",
        "Credential ID": of("evidence"),
        "Credential address": f"{BASE}awards/{of('evidence')}/",
    }
    link = next(one for one in seen(page).all("a") if "linkedin" in (one["href"] or ""))
    assert link["rel"] == "noopener noreferrer"
    assert dict(parse_qsl(urlsplit(link["href"] or "").query))["expirationMonth"] == "12"
    assert "Copy: Expiry date" not in snippets(shared("first"))
    assert "expiration" not in shared("first")
    assert "To add the picture" in seen(page).text


# Snippets.


@pytest.mark.parametrize("name", NAMES)
def test_html_to_paste_means_what_it_says(name: str) -> None:
    line = " ".join(name.split())
    frame = Pieces(outlets.frame(f"{URL}embed/", name))
    assert [tag for tag, _ in frame.tags] == ["iframe"]
    assert (
        frame.tags[0][1] | {"src": f"{URL}embed/", "title": line, "width": "320", "height": "180"} == frame.tags[0][1]
    )
    assert frame.text == ""
    picture = Pieces(outlets.picture(URL, f"{URL}badge.png", name))
    assert picture.tags[0] == ("a", {"href": URL})
    assert picture.tags[1] == ("img", {"src": f"{URL}badge.png", "alt": line, "width": "200", "height": "200"})
    assert len(picture.tags) == 2
    signature = Pieces(outlets.signature(URL, f"{URL}badge.png", name, (name, name), "Check it"))
    assert signature.text == f"{line}{line}Check it"
    image = next(attributes for tag, attributes in signature.tags if tag == "img")
    assert (image["alt"], image["width"], image["height"]) == (line, "80", "80")
    assert [tag for tag, _ in signature.tags] == ["table", "tr", "td", "a", "img", "td", "strong", "br", "br", "a"]


def read_markdown(text: str) -> tuple[str, str, str]:
    """The label, picture and target of a linked picture, read as CommonMark does: a backslash gives the character after it."""
    label, position = "", 3
    assert text.startswith("[![")
    while text[position] != "]":
        assert text[position] not in "[`*_<>&|~$!\n", "it would mean something"
        position += text[position] == "\\"
        label += text[position]
        position += 1
    found = re.fullmatch(r"\]\(([^\s()]+)\)\]\(([^\s()]+)\)", text[position:])
    assert found
    return label, found[1], found[2]


@pytest.mark.parametrize("name", NAMES)
def test_markdown_to_paste_means_what_it_says(name: str) -> None:
    text = outlets.markdown(URL, f"{URL}badge.png", name)
    assert read_markdown(text) == (" ".join(name.split()), f"{URL}badge.png", URL)


@given(st.text(alphabet="ab \\`*_[]<>&|~$!()#\n\"'é]", max_size=40))
def test_markdown_is_read_back_whatever_the_name(name: str) -> None:
    assert read_markdown(outlets.markdown(URL, f"{URL}badge.png", name))[0] == " ".join(name.split())


def test_a_share_page_offers_each_way() -> None:
    copied = snippets(shared("first"))
    page = f"{BASE}awards/{of('first')}/"
    assert copied["Copy address"] == page
    assert copied["Copy line"] == f"Leading: Foundations, level 1 (Example Academy, May 2026). {page}"
    assert Pieces(copied["Copy the code of the card"]).tags[0][1]["src"] == f"{page}embed/"
    assert Pieces(copied["Copy the code of the card"]).tags[0][1]["title"] == "Leading: Foundations – Ada"
    alt = "Leading: Foundations badge, level 1 of 3, awarded to Ada"
    assert Pieces(copied["Copy the code of the picture"]).tags[1][1]["alt"] == alt
    assert read_markdown(copied["Copy Markdown"]) == (alt, f"{page}badge.png", page)
    signature = Pieces(copied["Copy signature"])
    assert signature.text == ("Leading: FoundationsExample Academy, May 2026Check it at badges.example.org/academy")
    text = seen(shared("first")).text
    assert "Leading: Foundations Example Academy, May 2026 Check it at badges.example.org/academy" in text
    assert "Europass" in text
    assert 'download="first-ada.png"' in shared("first")


def test_everything_can_be_read_and_selected_without_a_script() -> None:
    page = seen(shared("first"))
    assert not page.all("button", "form", "input")
    assert [one["src"] for one in page.all("script") if "share" in (one.get("src") or "")]


def test_files_to_take_along_are_offered_for_listed_awards_only() -> None:
    assert 'href="../../../earners/ada/resume.json" download="resume-ada.json"' in shared("first")
    assert 'href="../../../earners/ada/cv.txt" download="cv-ada.txt"' in shared("first")
    assert "earners/" not in shared("hidden").partition("<main")[2].partition("</main>")[0]
    assert 'href="vcard.vcf" download="vcard-ada.vcf"' in every_page()["earners/ada/index.html"]


@pytest.mark.parametrize("slug", ["first", "hidden", "expired", "extra"])
def test_a_share_page_is_found_by_nobody_who_searches(slug: str) -> None:
    assert '<meta name="robots" content="noindex">' in shared(slug)


@pytest.mark.parametrize(("slug", "news"), [("extra", "Withdrawn by the issuer"), ("camp", "On hold")])
def test_there_is_nothing_to_share_of_what_does_not_stand(slug: str, news: str) -> None:
    page = shared(slug)
    assert news in seen(page).text
    assert "There is nothing to share now." in seen(page).text
    assert not snippets(page)
    assert "linkedin" not in page
    own = seen(page_of(PROGRAM, slug))
    assert "Share" not in own.text
    assert not [one for one in own.all("a") if "share/" in (one.get("href") or "")]
    assert "share." not in page_of(PROGRAM, slug).partition("</head>")[0]


@pytest.mark.parametrize(
    ("slug", "news"), [("old", "Replaced by a newer award"), ("expired", "Expired on 23 November 2026")]
)
def test_what_has_ended_says_so_beside_its_ways(slug: str, news: str) -> None:
    assert news in seen(shared(slug)).text
    assert snippets(shared(slug))


def test_an_award_page_has_the_short_way() -> None:
    page = page_of(PROGRAM, "first")
    assert list(snippets(page)) == ["Copy address", "Copy line"]
    assert 'href="share/index.html"' in page
    assert "linkedin" not in page
    assert "Leading: Foundations, level 1 (Example Academy, May 2026)." in seen(page).text


@pytest.mark.parametrize("name", NAMES)
def test_hostile_names_are_inert_on_a_share_page(name: str) -> None:
    page = shared("first", nasty_program(name))
    assert "<script>alert" not in page
    copied = snippets(page)
    assert copied["Copy: Name"] == name
    line = " ".join(name.split())
    assert Pieces(copied["Copy the code of the card"]).tags[0][1]["title"] == f"{line} – {line}"
    assert read_markdown(copied["Copy Markdown"])[0] == f"{line} badge, level 1 of 3, awarded to {line}"


# oEmbed.


@pytest.mark.parametrize("slug", ["first", "hidden", "extra", "expired"])
def test_oembed_shows_the_card_in_a_frame(slug: str) -> None:
    files = every_file()
    answer = json.loads(files[f"awards/{of(slug)}/oembed.json"])
    assert (answer["version"], answer["type"], answer["width"], answer["height"]) == ("1.0", "rich", 320, 180)
    frame = Pieces(answer["html"]).tags
    assert [tag for tag, _ in frame] == ["iframe"]
    assert frame[0][1]["src"] == f"{BASE}awards/{of(slug)}/embed/"
    assert answer["thumbnail_url"].startswith(f"{BASE}badges/")
    assert (answer["thumbnail_width"], answer["thumbnail_height"]) == (400, 400)
    assert (answer["provider_name"], answer["provider_url"]) == ("Example Academy", BASE)
    head = seen(files[f"awards/{of(slug)}/index.html"].decode())
    links = [one for one in head.all("link") if one.get("type") == "application/json+oembed"]
    assert [one["href"] for one in links] == [f"{BASE}awards/{of(slug)}/oembed.json"]
    assert links[0]["title"] == answer["title"]


# The head of pages.


def metas(page: str) -> dict[str, str]:
    """The meta elements of a page by property or name."""
    found = seen(page).all("meta")
    return {str(one.get("property") or one.get("name")): str(one.get("content")) for one in found}


def test_previews_are_told_what_a_page_shows() -> None:
    head = metas(page_of(PROGRAM, "first"))
    assert head["og:url"] == f"{BASE}awards/{of('first')}/"
    assert head["og:title"] == "Leading: Foundations – Ada – Example Academy"
    assert head["og:site_name"] == "Example Academy"
    assert head["og:type"] == "website"
    assert head["og:description"].startswith("Awarded to Ada by Example Academy on 14 May 2026.")
    assert head["og:image"] == f"{BASE}badges/first/card.png"
    assert (head["og:image:width"], head["og:image:height"]) == ("1200", "630")
    assert head["og:image:alt"] == "Leading: Foundations badge, level 1 of 3"
    assert head["twitter:card"] == "summary_large_image"
    assert "og:image" not in metas(every_page()["about/index.html"])


def test_the_picture_of_a_badge_that_brings_its_own_has_its_size() -> None:
    wide = png.write(640, 480, [(0, 0, 0, 255)], bytes(640 * 480))
    own = replace(PROGRAM.achievements["first"], picture=Picture(wide, b"<svg/>"), alt="A hat")
    program = replace(
        PROGRAM,
        achievements={**PROGRAM.achievements, "first": own},
        versions={**PROGRAM.versions, ("first", 1): own},
    )
    answer = json.loads(every_file(program)[f"awards/{of('first')}/oembed.json"])
    assert (answer["thumbnail_width"], answer["thumbnail_height"]) == (640, 480)
    assert metas(page_of(program, "first"))["og:image:alt"] == "A hat"


def test_feeds_are_found_from_the_pages_that_they_follow() -> None:
    pages = every_page()

    def feeds(path: str) -> list[str]:
        found = seen(pages[path]).all("link")
        return [str(one["href"]).removeprefix(BASE) for one in found if one.get("type") == "application/atom+xml"]

    assert feeds("index.html") == ["feed.xml"]
    assert feeds("badges/first/index.html") == ["badges/first/feed.xml", "feed.xml"]
    assert feeds("earners/ada/index.html") == ["earners/ada/feed.xml", "feed.xml"]
    assert feeds("404.html") == []
    assert {path for name in pages for path in feeds(name)} <= every_file().keys()


# schema.org.


def schema(page: str) -> dict[str, object]:
    """The JSON-LD of a page, which no text in it can leave."""
    block = re.search(r'<script type="application/ld\+json">(.*?)</script>', page, re.DOTALL)
    found: dict[str, object] = json.loads(block[1]) if block else {}
    assert page.count("application/ld+json") == bool(found)
    return found


def test_a_badge_page_says_what_can_be_earned() -> None:
    found = schema(every_page()["badges/second/index.html"])
    assert found["@context"] == "https://schema.org"
    assert found["@type"] == "EducationalOccupationalCredential"
    assert found["name"] == "Leading: Practice"
    assert found["url"] == f"{BASE}badges/second/"
    assert found["credentialCategory"] == "badge"
    assert found["educationalLevel"] == "Level 2 of 3"
    assert found["validFor"] == "P2Y"
    assert found["competencyRequired"] == [{"@type": "DefinedTerm", "name": "Lead", "description": "Leads."}]
    assert found["recognizedBy"] == [{"@type": "Organization", "name": "Example Academy", "url": BASE}]
    whole = schema(every_page()["badges/leading/index.html"])
    assert whole["credentialCategory"] == "micro-credential"
    assert "validFor" not in schema(every_page()["badges/first/index.html"])


def test_a_listed_award_says_who_holds_it() -> None:
    found = schema(page_of(PROGRAM, "evidence"))
    assert found["@type"] == "Person"
    assert found["name"] == "Ada"
    assert found["url"] == f"{BASE}earners/ada/"
    held = found["hasCredential"]
    assert isinstance(held, dict)
    assert held["url"] == f"{BASE}awards/{of('evidence')}/"
    assert (held["datePublished"], held["expires"]) == ("2026-05-14", "2026-12-24")
    assert "proof" not in json.dumps(found)


@pytest.mark.parametrize("slug", ["hidden", "extra", "camp", "old"])
def test_of_others_no_page_says_who_holds_them(slug: str) -> None:
    assert schema(page_of(PROGRAM, slug)) == {}


@pytest.mark.parametrize("name", NAMES)
def test_no_name_leaves_the_data_of_a_page(name: str) -> None:
    program = nasty_program(name)
    pages = every_page(program)
    assert schema(pages[f"awards/{of('first')}/index.html"])["name"] == name
    assert schema(pages["badges/first/index.html"])["name"] == name
    assert not re.search(r"[<>&]", data_block(name))


# The script.


def test_the_script_is_small_and_asks_nobody() -> None:
    script = FILES["static/share.js"].decode()
    assert len(script) < 3 * 1024
    assert not re.search(r"innerHTML|fetch|XMLHttp|http|localStorage|cookie|eval", script)


def test_a_pause_takes_the_ways_away_and_its_end_brings_them_back() -> None:
    assert "nothing to share" in shared("camp")
    assert "nothing to share" not in shared("camp", changed("camp", suspended=None))


def test_a_line_of_a_cv_says_until_when() -> None:
    line = snippets(shared("second"))["Copy line"]
    assert line == f"Leading: Practice, level 2 (Example Academy, May 2026 to May 2028). {BASE}awards/{of('second')}/"
    assert THEME.words("share.span", start="a", end="b") == "a to b"
