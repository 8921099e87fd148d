"""Feeds, the calendar, what earners take along, and lists for programs: whole, escaped, and silent about whoever is not listed."""

from __future__ import annotations

import json
import re
from collections import Counter
from dataclasses import replace
from functools import cache
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from blazon import contentlines, feeds, indexes, periods, publishing
from blazon.model import Duration, Earner, Program, Revocation, Suspension, Visibility
from pagebook import BASE, EMPTY, PLAN, PROGRAM, THEME, award, day, every_file
from test_pages import demo

ATOM = "{http://www.w3.org/2005/Atom}"
SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
NASTY = 'A "quoted" ]]> <b>&amp;</b> | pipe [x](y) \\n; semi, comma, émoji 👩🏽‍🏫 זה עברית'
MACHINES = (".xml", ".ics", ".json", ".vcf", ".txt")


def machine_files(program: Program) -> dict[str, str]:
    """What a program's site has for programs to read, by path; the theme's own files, licences among them, are not."""
    made = every_file(program).items()
    return {path: data.decode() for path, data in made if path.endswith(MACHINES) and not path.startswith("static/")}


@cache
def of_demo() -> dict[str, str]:
    """The same of the demo."""
    return machine_files(demo())


MADE = machine_files(PROGRAM)


def parsed(text: str) -> ET.Element:
    """The root of an XML document that we wrote."""
    return ET.fromstring(text)  # noqa: S314


def unfolded(text: str) -> list[tuple[str, dict[str, str], str]]:
    """Content lines as a reader takes them: name, parameters and raw value; lines are short and end with CR LF."""
    assert text.endswith("\r\n")
    assert "\n" not in text.replace("\r\n", "")
    assert all(len(line.encode()) <= 75 for line in text.split("\r\n"))
    lines = []
    for line in text.replace("\r\n ", "").removesuffix("\r\n").split("\r\n"):
        head, _, value = line.partition(":")
        name, *parameters = head.split(";")
        lines.append((name, dict(one.split("=", 1) for one in parameters), value))
    return lines


def unescaped(value: str) -> str:
    """A text value as a reader takes it; a comma or semicolon that stands bare would end it."""
    assert not re.search(r"(?<!\\)(?:\\\\)*[,;]", value)
    return re.sub(r"\\(.)", lambda match: "\n" if match[1] in "nN" else match[1], value)


def entries(feed: str) -> list[ET.Element]:
    """The entries of a feed that has what RFC 4287 asks of one (§4.1.1 and §4.1.2)."""
    root = parsed(feed)
    assert root.tag == f"{ATOM}feed"
    found = root.findall(f"{ATOM}entry")
    for one in (root, *found):
        for name in ("id", "title", "updated"):
            assert len(one.findall(f"{ATOM}{name}")) == 1
            assert (one.findtext(f"{ATOM}{name}") or "").strip()
        assert re.fullmatch(r"\d{4}-\d\d-\d\dT00:00:00Z", one.findtext(f"{ATOM}updated") or "")
    assert root.findtext(f"{ATOM}author/{ATOM}name")
    links = {(link.get("rel"), link.get("type")): link.get("href") for link in root.findall(f"{ATOM}link")}
    assert links["self", "application/atom+xml"] == root.findtext(f"{ATOM}id")
    assert (links["alternate", "text/html"] or "").startswith(BASE) or "riverbend" in feed
    ids = [one.findtext(f"{ATOM}id") for one in found]
    assert len(set(ids)) == len(ids)
    return found


def ids(feed: str) -> list[str]:
    """The award ids of a feed's entries, in their order."""
    return [(one.findtext(f"{ATOM}id") or "").rstrip("/").rpartition("/")[2] for one in entries(feed)]


def of(slug: str) -> str:
    """The id of the award in a file of that name."""
    return next(one.id for one in PROGRAM.awards if one.slug == slug)


def changed(slug: str, **values: Any) -> Program:
    """The program with other values in one award."""
    awards = (replace(one, **values) if one.slug == slug else one for one in PROGRAM.awards)
    return replace(PROGRAM, awards=tuple(awards))


# Who is told of.


def test_the_demo_is_told_exactly() -> None:
    site = of_demo()
    assert len(entries(site["feed.xml"])) == 16
    per_earner = {
        path.split("/")[1]: len(entries(site[path])) for path in site if re.fullmatch(r"earners/.*/feed.xml", path)
    }
    assert per_earner == {
        "jiri-vanek": 1,
        "kestrel": 2,
        "layla-haddad": 3,
        "maya-okafor": 4,
        "noor-bakker": 4,
        "sam-whitlock": 2,
    }
    per_badge = [len(entries(site[path])) for path in site if re.fullmatch(r"badges/.*/feed.xml", path)]
    assert (len(per_badge), sum(per_badge)) == (13, 16)
    events = [value for name, _, value in unfolded(site["expiries.ics"]) if (name, value) == ("BEGIN", "VEVENT")]
    assert len(events) == 11
    assert len(json.loads(site["index.json"])["badges"]) == 13
    certificates = {
        path.split("/")[1]: len(json.loads(site[path])["certificates"]) for path in site if path.endswith("resume.json")
    }
    assert certificates == {**per_earner, "layla-haddad": 2}, "one has run out"
    assert site["sitemap.xml"].count("<lastmod>") == 16


@pytest.mark.parametrize(
    "name", ["Priya Raman", "uo7flr2aaii77fbyzeetmilsci", "7cmqajtentvuku7zjcon43ksm4", "j7bilfhbqndv23e3feu437pkem"]
)
def test_the_demo_is_silent_about_unlisted_withdrawn_and_replaced_awards(name: str) -> None:
    for path, text in of_demo().items():
        if not path.endswith("oembed.json"):
            assert name not in text.replace("\r\n ", ""), path


@pytest.mark.parametrize("slug", ["hidden", "private", "withheld", "claim", "extra", "camp", "old"])
def test_some_awards_stand_in_no_list(slug: str) -> None:
    own = f"awards/{of(slug)}/oembed.json"
    for path, text in MADE.items():
        if path != own:
            assert of(slug) not in text.replace("\r\n ", ""), path
    assert (own in MADE) == (slug not in {"private", "withheld", "claim"})


@pytest.mark.parametrize(
    "name",
    [
        "Una Unlisted",
        "Pia Private",
        "Wim Withheld",
        "Kay Claim",
        "erasedaaaaaaaaaaaaaaaaaaaa",
        "earners/era/",
        "earners/una/",
    ],
)
def test_nobody_who_is_not_listed_is_named_in_a_list(name: str) -> None:
    for path, text in MADE.items():
        if not path.startswith("awards/"):
            assert name not in text.replace("\r\n ", "") + path, path


@pytest.mark.parametrize(("values", "told"), [
    ({}, True),
    ({"revoked": Revocation(day(2026, 6, 1), "x")}, False),
    ({"suspended": Suspension(day(2026, 6, 1), "x")}, False),
    ({"suspended": Suspension(day(2026, 1, 1), "x", day(2036, 1, 1))}, False),
    ({"suspended": Suspension(day(2026, 1, 1), "x", day(2026, 2, 1))}, True),
    ({"issued": None}, False),
    ({"erased": day(2026, 6, 1)}, False),
])  # fmt: skip
def test_what_happens_to_an_award_decides_whether_it_is_told(values: dict[str, Any], told: object) -> None:
    site = machine_files(changed("first", **values))
    for path in ("feed.xml", "earners/ada/feed.xml", "badges/first/feed.xml", "sitemap.xml", "earners/ada/cv.txt"):
        assert (of("first") in site[path]) is told, path
    assert (of("first") in site["earners/ada/vcard.vcf"].replace("\r\n ", "")) is told
    assert (of("first") in site["earners/ada/resume.json"]) is told


def test_an_award_that_becomes_unlisted_leaves_every_list() -> None:
    ada = replace(PROGRAM.earners["ada"], visibility=Visibility.UNLISTED)
    site = machine_files(replace(PROGRAM, earners={**PROGRAM.earners, "ada": ada}))
    assert not [path for path in site if path.startswith("earners/ada/")]
    assert not [path for path, text in site.items() if of("first") in text and "oembed" not in path]
    assert {path for path in MADE if path.startswith("badges/")} == {
        path for path in site if path.startswith("badges/")
    }


# Feeds.


def test_a_feed_is_newest_first_and_dated_by_its_content() -> None:
    feed = parsed(MADE["feed.xml"])
    dates = [one.findtext(f"{ATOM}updated") or "" for one in entries(MADE["feed.xml"])]
    assert dates == sorted(dates, reverse=True)
    assert feed.findtext(f"{ATOM}updated") == dates[0] == "2026-05-14T00:00:00Z"
    empty = parsed(MADE["badges/third/feed.xml"])
    assert empty.findtext(f"{ATOM}updated") == "2026-01-01T00:00:00Z"
    assert ids(MADE["badges/third/feed.xml"]) == []


def test_an_entry_says_what_whose_and_until_when() -> None:
    entry = next(one for one in entries(MADE["feed.xml"]) if of("evidence") in (one.findtext(f"{ATOM}id") or ""))
    assert entry.findtext(f"{ATOM}title") == "Ada: Points"
    assert entry.findtext(f"{ATOM}id") == f"{BASE}awards/{of('evidence')}/"
    assert entry.findtext(f"{ATOM}summary") == (
        "Awarded to Ada by Example Academy on 14 May 2026. Can do points. Expires 24 December 2026."
    )
    assert {link.get("href") for link in entry.findall(f"{ATOM}link")} == {f"{BASE}awards/{of('evidence')}/"}


def test_a_feed_is_short_however_many_awards_there_are() -> None:
    many = tuple(
        award("first", "ada", "first", number, issued=day(2025, 1, 1 + number % 28)) for number in range(100, 200)
    )
    site = machine_files(replace(PROGRAM, awards=many))
    assert len(entries(site["feed.xml"])) == len(entries(site["earners/ada/feed.xml"])) == feeds.MOST_ENTRIES == 50
    assert len(json.loads(site["earners/ada/resume.json"])["certificates"]) == 100


def test_a_site_without_awards_has_its_lists_already() -> None:
    site = machine_files(EMPTY)
    assert sorted(site) == ["expiries.ics", "feed.xml", "index.json", "sitemap.xml"]
    assert entries(site["feed.xml"]) == []
    assert json.loads(site["index.json"])["name"] == "Example Academy"


# The calendar.


def components(text: str) -> Counter[str]:
    """How many of each component a calendar has; each ends before what it stands in does."""
    stack: list[str] = []
    found: Counter[str] = Counter()
    for name, _, value in unfolded(text):
        if name == "BEGIN":
            stack.append(value)
            found[value] += 1
        if name == "END":
            assert stack.pop() == value
    assert not stack
    return found


def test_the_calendar_has_a_whole_day_for_each_coming_expiry() -> None:
    lines = unfolded(MADE["expiries.ics"])
    assert lines[:2] == [("BEGIN", {}, "VCALENDAR"), ("VERSION", {}, "2.0")]
    days = [value for name, parameters, value in lines if (name, parameters) == ("DTSTART", {"VALUE": "DATE"})]
    assert days == sorted(days)
    assert "20261224" in days
    assert components(MADE["expiries.ics"]) == {"VCALENDAR": 1, "VEVENT": len(days)}
    stamps = [value for name, _, value in lines if name in {"DTSTAMP", "UID", "SUMMARY"}]
    assert len(stamps) == 3 * len(days)
    assert f"{of('evidence')}-expires@badges.example.org" in stamps
    assert all(re.fullmatch(r"\d{8}T\d{6}Z", value) for name, _, value in lines if name == "DTSTAMP")


def test_what_has_run_out_before_the_newest_award_is_not_coming() -> None:
    newer = award("newest", "ada", "first", 30, issued=day(2026, 12, 24))
    site = machine_files(replace(PROGRAM, awards=(*PROGRAM.awards, newer)))
    assert of("evidence") in MADE["expiries.ics"]
    assert of("evidence") not in site["expiries.ics"]
    assert of("evidence") in MADE["earners/ada/resume.json"]
    assert of("evidence") not in site["earners/ada/resume.json"]
    assert of("evidence") in site["earners/ada/feed.xml"], "which says when it ended"


def test_a_calendar_without_events_is_a_calendar() -> None:
    assert components(machine_files(EMPTY)["expiries.ics"]) == {"VCALENDAR": 1, "VTIMEZONE": 1, "STANDARD": 1}


# What earners take along.


def test_a_resume_has_certificates() -> None:
    resume = json.loads(MADE["earners/ada/resume.json"])
    assert resume["basics"] == {"name": "Ada", "url": f"{BASE}earners/ada/"}
    assert {tuple(one) for one in resume["certificates"]} == {("name", "date", "issuer", "url")}
    assert sorted(one["name"] for one in resume["certificates"]) == [
        "Leading: Foundations",
        "Leading: Practice (until 14 May 2028)",
        "Points (until 24 December 2026)",
    ]
    assert {
        "name": "Leading: Foundations",
        "date": "2026-05-14",
        "issuer": "Example Academy",
        "url": f"{BASE}awards/{of('first')}/",
    } in resume["certificates"]
    assert resume["meta"]["lastModified"] == "2026-05-14T00:00:00"


def test_a_card_has_what_the_standard_asks() -> None:
    lines = unfolded(MADE["earners/zoe/vcard.vcf"])
    assert lines[0] == ("BEGIN", {}, "VCARD")
    assert lines[1] == ("VERSION", {}, "4.0")
    assert lines[-1] == ("END", {}, "VCARD")
    values = {name: value for name, _, value in lines}
    assert unescaped(values["FN"]) == "زوي"
    assert values["URL"] == f"{BASE}earners/zoe/"
    assert unescaped(values["NOTE"]) == f"Old (Example Academy, May 2026 to May 2028). {BASE}awards/{of('new')}/"
    assert "EMAIL" not in values


def test_a_card_of_somebody_whose_awards_are_gone_has_no_note() -> None:
    awards = tuple(one for one in PROGRAM.awards if one.slug == "extra")
    site = machine_files(replace(PROGRAM, awards=awards))
    assert [name for name, _, _ in unfolded(site["earners/ada/vcard.vcf"])] == [
        *("BEGIN", "VERSION", "KIND", "FN", "URL", "SOURCE", "UID", "REV", "END"),
    ]
    assert json.loads(site["earners/ada/resume.json"])["certificates"] == []
    assert site["earners/ada/cv.txt"] == f"Ada\n{BASE}earners/ada/\n\n"


def test_a_cv_has_a_line_for_each_award_that_stands() -> None:
    name, page, blank, *lines, end = MADE["earners/ada/cv.txt"].split("\n")
    assert (name, page, blank, end) == ("Ada", f"{BASE}earners/ada/", "", "")
    assert set(lines) == {
        f"Leading: Foundations, level 1 (Example Academy, May 2026). {BASE}awards/{of('first')}/",
        f"Leading: Practice, level 2 (Example Academy, May 2026 to May 2028). {BASE}awards/{of('second')}/",
        f"Points (Example Academy, May 2026 to December 2026). {BASE}awards/{of('evidence')}/",
    }


# Lists for programs.


def test_the_catalogue_names_badges_and_no_person() -> None:
    catalogue = json.loads(MADE["index.json"])
    badges = {one["id"]: one for one in catalogue["badges"]}
    assert "draft" not in badges
    assert badges["leading"]["levels"] == ["first", "second", "third"]
    assert badges["second"] | {"level": 2, "pathway": f"{BASE}pathways/leading/", "validFor": "P2Y"} == badges["second"]
    assert "validFor" not in badges["first"]
    assert badges["old"]["status"] == "retired"
    assert not {"Ada", "زوي", "hosty"} & set(re.findall(r"\w+", MADE["index.json"]))


def test_the_sitemap_has_the_pages_that_may_be_found() -> None:
    found = [one.findtext(f"{SITEMAP}loc") or "" for one in parsed(MADE["sitemap.xml"])]
    assert len(set(found)) == len(found)
    pages = {path: data.decode() for path, data in every_file().items() if path.endswith(".html")}
    shown = {PLAN.url(path) for path, page in pages.items() if 'content="noindex"' not in page}
    away = {f"{BASE}awards/{of(slug)}/" for slug in ("extra", "camp", "old")}
    assert set(found) == shown - away
    assert not [one for one in found if re.search(r"/(share|embed|certificate)/|404", one)]


def test_a_sitemap_ends_where_its_protocol_says(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(indexes, "MOST_ADDRESSES", 3)
    assert len(parsed(machine_files(PROGRAM)["sitemap.xml"])) == 3


# Hostile text.


def nasty_program(text: str) -> Program:
    """A program whose every name is the same text."""
    badges = {slug: replace(one, name=text, summary=text) for slug, one in PROGRAM.achievements.items()}
    settings = replace(PROGRAM.settings, name=text, issuer=replace(PROGRAM.settings.issuer, name=text))
    earner = Earner("ada", text, listed=True, visibility=Visibility.PUBLIC)
    awards = PROGRAM.awards[:2]
    return replace(
        PROGRAM,
        settings=settings,
        achievements=badges,
        versions={(slug, 1): one for slug, one in badges.items()},
        earners={"ada": earner},
        awards=awards,
    )


@pytest.mark.parametrize(
    "text",
    [
        NASTY,
        "<script>alert(1)</script>",
        "]]>",
        "a\\nb\\,c;d,e",
        "\u202eevil\u202c",
        "x" * 199,
        "é" * 199,
        "👩🏽‍🏫" * 40,
    ],
)
def test_hostile_names_come_out_as_they_went_in(text: str) -> None:
    site = machine_files(nasty_program(text))
    for path in ("feed.xml", "earners/ada/feed.xml", "badges/first/feed.xml"):
        feed = parsed(site[path])
        assert feed.findtext(f"{ATOM}author/{ATOM}name") == text
        assert text in (feed.findtext(f"{ATOM}title") or "")
        assert next(one.findtext(f"{ATOM}title") for one in entries(site[path])) == f"{text}: {text}"
    lines = unfolded(site["expiries.ics"])
    assert unescaped(next(value for name, _, value in lines if name == "SUMMARY")) == f"{text}: {text} runs out"
    card = {name: value for name, _, value in unfolded(site["earners/ada/vcard.vcf"])}
    assert unescaped(card["FN"]) == text
    assert unescaped(card["NOTE"]).count(f"{text}, level") == 2
    resume = json.loads(site["earners/ada/resume.json"])
    assert resume["basics"]["name"] == text
    assert resume["certificates"][0]["issuer"] == text
    assert json.loads(site["index.json"])["badges"][0]["name"] == text
    assert len(parsed(site["sitemap.xml"])) > 10


def test_characters_that_xml_has_no_way_to_say_are_spaces() -> None:
    assert feeds._xml("a\x00b\x0bc\ufffed\ud800e") == "a b c d e"
    assert feeds._xml("a\tb\U0001f600") == "a\tb\U0001f600"


@given(st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=120))
def test_a_content_line_is_read_back_as_it_was(text: str) -> None:
    ((name, _, value),) = unfolded(contentlines.written([f"NOTE:{contentlines.text(text)}"]).decode())
    plain = re.sub(r"\r\n?|[\x85\u2028\u2029]", "\n", text)
    assert name == "NOTE"
    assert unescaped(value) == re.sub(r"[\x00-\x09\x0b-\x1f\x7f]+", " ", plain)


@pytest.mark.parametrize("length", [74, 75, 76, 77, 149, 150, 151, 300])
@pytest.mark.parametrize("letter", ["a", "é", "漢", "😀"])
def test_lines_are_folded_between_characters(length: int, letter: str) -> None:
    written = contentlines.written([f"X:{letter * length}"]).decode()
    assert unfolded(written) == [("X", {}, letter * length)]
    pieces = written.removesuffix("\r\n").split("\r\n")
    assert all(len(piece.encode()) > 75 - 4 for piece in pieces[:-1])


@pytest.mark.parametrize(("span", "text"), [
    (Duration(years=2), "P2Y"), (Duration(hours=1, minutes=30), "PT1H30M"), (Duration(weeks=2), "P2W"),
    (Duration(years=1, months=6, days=3, hours=4), "P1Y6M3DT4H"), (Duration(), "P0D"),
])  # fmt: skip
def test_durations_are_written_as_they_were_read(span: Duration, text: str) -> None:
    assert periods.iso(span) == text


def test_months_are_words() -> None:
    assert THEME.words.month(day(2026, 5, 14)) == "May 2026"


def test_an_earner_may_take_back_every_file_that_is_about_them() -> None:
    about = {path for path in every_file() if path.startswith("earners/") and path != "earners/index.html"}
    assert len(about) == 3 * 5
    assert all(map(publishing.may_go(PROGRAM), about))
