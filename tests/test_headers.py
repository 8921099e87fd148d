"""What hosts that read `_headers` are told: of every file of a site, worked out by the rules of those hosts."""

from __future__ import annotations

import re

import pytest

from blazon import headers
from goldens import golden

SITE = [path for name in ("academy", "newcomer") for path in golden(name)]


MORE = ("keys.json", "compromised-keys.json")


def sent(base: str, path: str) -> list[str]:
    """What is sent with a path of the host: all that every rule that fits it says."""
    found: list[str] = []
    fits = False
    for line in headers.text(base, MORE).splitlines():
        if line.startswith(("/", "#")):
            pattern = re.sub(r":[a-z]+", "[^/]+", re.escape(line).replace(r"\*", ".*").replace(r"\:", ":"))
            fits = re.fullmatch(pattern, path) is not None
        elif fits:
            found.append(line.strip())
    return found


def address(path: str) -> str:
    """The address of a file below the site's."""
    return path.removesuffix("index.html")


@pytest.mark.parametrize("path", [path for path in SITE if path.endswith(".html") and not path.startswith("static/")])
def test_every_page_but_embedded_cards_stays_out_of_frames(path: str) -> None:
    for one in (path, address(path)):
        unframed = "Content-Security-Policy: frame-ancestors 'none'" in sent("https://x.example/", f"/{one}")
        assert unframed is not ("/embed/" in path), one


@pytest.mark.parametrize("path", [path for path in SITE if path.endswith(".json") and path != ".blazon"])
def test_other_sites_may_fetch_what_is_for_programs(path: str) -> None:
    assert "Access-Control-Allow-Origin: *" in sent("https://x.example/a/", f"/a/{path}"), path


@pytest.mark.parametrize(
    ("ending", "kind"),
    [
        (".ics", "text/calendar; charset=utf-8"),
        (".vcf", "text/vcard; charset=utf-8"),
        ("feed.xml", "application/atom+xml"),
    ],
)
def test_files_to_take_along_have_their_types(ending: str, kind: str) -> None:
    paths = {path for path in SITE if path.endswith(ending)}
    assert paths
    for path in paths:
        assert [one for one in sent("https://x.example/", f"/{path}") if one.startswith("Content-Type")] == [
            f"Content-Type: {kind}"
        ]


def test_no_header_is_said_twice_of_one_file() -> None:
    for path in SITE:
        names = [one.partition(":")[0] for one in sent("https://x.example/", f"/{address(path)}")]
        assert len(names) == len(set(names)), path
        assert {"X-Content-Type-Options", "Referrer-Policy"} <= set(names)


def test_the_file_keeps_within_the_limits_of_its_readers() -> None:
    lines = headers.text("https://x.example/" + "a" * 200 + "/", MORE).splitlines()
    rules = [line for line in lines if line.startswith("/")]
    assert len(rules) <= 100
    assert all(rule.count("*") <= 1 and not rule.partition("*")[2] for rule in rules)
    assert max(map(len, lines)) <= 2000


def test_a_site_without_a_list_of_keys_has_no_rule_for_it() -> None:
    rules = "".join(f"/{path}\n  Access-Control-Allow-Origin: *\n" for path in MORE)
    assert headers.text("https://x.example/", MORE).replace(rules, "", 1) == headers.text("https://x.example/")


def test_rules_count_from_the_root_of_the_host() -> None:
    assert sent("https://x.example/badges/", "/badges/feed.xml")
    assert not sent("https://x.example/badges/", "/feed.xml")
