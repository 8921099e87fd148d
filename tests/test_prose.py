"""Names, lines, long text and addresses: what is shown to people is what it looks like (security.md C1 to C16)."""

from __future__ import annotations

import time
import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from blazon.prose import (
    MOST_MARKS,
    MOST_NAME,
    MOST_PARAGRAPH,
    MOST_TEXT,
    Fault,
    fault_in_line,
    fault_in_markdown,
    fault_in_name,
    fault_in_url,
    has_email,
)


def code(fault: Fault | None) -> str:
    """The code of a fault, or nothing."""
    return fault.code if fault else ""


@pytest.mark.parametrize(
    "name",
    [
        "Ada Lovelace",
        "Jiří Vaněk",
        "ليلى حداد",
        "Иван Petrov",
        "東京タワー",
        "김 한자漢字",
        "ひらがなとカタカナ",
        "Mª José",
        "ʻIolani",
        "O’Brien-Müller",
        "علی‌رضا",
        "👩‍🔧 Engineer",
        "นักเรียนที่",
        "x̵̶̷",
        "10 µm",
        "<script>alert(1)</script>",
        '" onmouseover="alert(1)',
        "{{ 7*7 }}",
        "NO",
        "a" * MOST_NAME,
    ],
)
def test_names_of_all_scripts_are_names(name: str) -> None:
    assert fault_in_name(unicodedata.normalize("NFC", name)) is None


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("a\u202eb", "name-character"),
        ("a\u2066b", "name-character"),
        ("a\u200bb", "name-character"),
        ("a\U000e0041b", "name-character"),
        ("a\nb", "name-character"),
        ("a\tb", "name-character"),
        ("a\x1bb", "name-character"),
        ("a\u2028b", "name-character"),
        ("a\ue000b", "name-character"),
        ("a\u0378b", "name-character"),
        ("a\ud800b", "name-character"),
        ("a\u200db", "name-character"),
        ("\u200dа", "name-character"),
        ("а\u200d", "name-character"),
        ("а\u200db", "name-character"),
        (" Ada", "name-character"),
        ("Ada\u00a0", "name-character"),
        ("Моzilla", "mixed-scripts"),
        ("ΑΒCD", "mixed-scripts"),
        ("Ａda", "mixed-scripts"),
        ("𝐀da", "mixed-scripts"),
        ("e\u0301", "not-nfc"),
        ("\u212a", "not-nfc"),
        ("x" + "\u0335" * 4, "combining-marks"),
        ("e" + "\u0335" * 60, "combining-marks"),
        ("a" * (MOST_NAME + 1), "too-long"),
        ("Ada ada@example.org", "email-in-text"),
    ],
)
def test_names_that_hide_or_imitate_are_refused(name: str, expected: str) -> None:
    fault = fault_in_name(name)
    assert code(fault) == expected
    assert fault is not None
    assert fault.hint


def test_lines_are_one_line() -> None:
    assert fault_in_line("Joins wires, so that they stay joined – нет проблем.") is None
    assert code(fault_in_line("One.\nTwo.")) == "line-break"
    assert code(fault_in_line("a\u2066b")) == "hidden-character"
    assert code(fault_in_line("a" * 1_001)) == "too-long"
    assert code(fault_in_line("write to ada@example.org")) == "email-in-text"


@pytest.mark.parametrize(
    "text",
    [
        "Led a mural project.\n\nWith *fourteen* young people.",
        "See [the plans](https://example.org/plans.pdf) and [more](<https://example.org/a>).",
        "[a][1]\n\n[1]: https://example.org/",
        "<img src=x onerror=alert(1)> <svg/onload=alert(1)> <!-- {: onclick=alert(1)}",
        "\\![not a picture]",
        "Meet @ the workshop; 5 @ 3 euros; https://example.org/@ada",
        "לחם \u200f(יום)",
        "`code` " * 50,
    ],
)
def test_ordinary_text_is_accepted(text: str) -> None:
    assert fault_in_markdown(text) is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("![a](https://example.org/a.png)", "image-in-text"),
        ("![a][1]", "image-in-text"),
        ("[a](javascript:alert(1))", "bad-link"),
        ("[a](JaVa&#10;script:alert(1))", "bad-link"),
        ("[a](&#106;avascript:alert(1))", "bad-link"),
        ("[a](data:text/html,x)", "bad-link"),
        ("[a](//evil.example)", "bad-link"),
        ("[a](mailto:ada)", "bad-link"),
        ("[a](http://example.org/)", "bad-link"),
        ("[a](<javascript:alert(1)>)", "bad-link"),
        ("[a]()", "bad-link"),
        ("[a](relative/page)", "bad-link"),
        ("[a][1]\n\n[1]: javascript:alert(1)", "bad-link"),
        ("[a][1]\n\n[1]:\n  data:x", "bad-link"),
        ("mail ada.l@example.org", "email-in-text"),
        ("a\u202eb", "hidden-character"),
        ("a\x07b", "hidden-character"),
        ("e\u0301", "not-nfc"),
        ("a" * (MOST_PARAGRAPH + 1), "too-long"),
        ("[" * (MOST_MARKS + 1), "too-long"),
        ("<a " * 5_000, "too-long"),
        ("`" * 8_000, "too-long"),
        ("[" * 8_000, "too-long"),
        ("a\n\n" * MOST_TEXT, "too-long"),
    ],
)
def test_text_that_leads_astray_or_takes_long_is_refused(text: str, expected: str) -> None:
    start = time.process_time()
    assert code(fault_in_markdown(text)) == expected
    assert time.process_time() - start < 0.5


def test_limits_of_text_are_met_exactly() -> None:
    assert fault_in_markdown("[" * MOST_MARKS + "\n\n" + "[" * MOST_MARKS) is None
    assert fault_in_markdown(("a" * (MOST_PARAGRAPH - 2) + "\n\n") * 4) is None


@pytest.mark.parametrize(
    "url",
    [
        "https://example.org",
        "https://example.org/",
        "https://Example.org/a/b.pdf?c=d&e=f#g",
        "https://a-b.xn--e1afmkfd.example:8443/%20",
        "https://example.org/(x)~'*!$,;=@:",
    ],
)
def test_addresses_that_anybody_can_open(url: str) -> None:
    assert fault_in_url(url) is None


@pytest.mark.parametrize(
    ("url", "sentence"),
    [
        ("http://example.org/", "begins with http://"),
        ("ftp://example.org/", "no web address"),
        ("example.org", "no web address"),
        ("//example.org/", "no web address"),
        ("javascript:alert(1)", "no web address"),
        ("HTTPS://example.org/", "no web address"),
        ("https://user:pw@example.org/", "user name"),
        ("https://127.0.0.1/", "numbers"),
        ("https://[::1]/", "numbers"),
        ("https://2130706433/", "numbers"),
        ("https://localhost/", "public internet"),
        ("https://localhost./", "public internet"),
        ("https://intranet:8443/", "public internet"),
        ("https://пример.example/", "not written in ASCII"),
        ("https://example.org/é", "beyond ASCII"),
        ("https://example.org\\evil.example/", "characters"),
        ("https://example.org/a b", "characters"),
        ("https://example.org/\n", "characters"),
        ("https://example.org/&#106;", "characters"),
        ("https://example.org/&amp;x", "characters"),
        ("https://example.org/%zz", "characters"),
        ('https://example.org/"x', "characters"),
        ("https://example..org/", "characters"),
        ("https://-example.org/", "characters"),
        ("https://example.org/#a#b", "characters"),
        ("https://" + "é." * 100 + "org/", "not written in ASCII"),
        ("https://example.org/" + "a" * 5_000, "5,020 characters"),
    ],
)
def test_other_addresses_are_refused_each_with_its_sentence(url: str, sentence: str) -> None:
    fault = fault_in_url(url)
    assert code(fault) == "bad-url"
    assert fault is not None
    assert sentence in fault.sentence
    assert fault.hint


def test_terms_of_frameworks_may_be_http() -> None:
    assert fault_in_url("http://data.europa.eu/esco/skill/1", http=True) is None
    assert code(fault_in_url("http://127.0.0.1/", http=True)) == "bad-url"


def test_addresses_are_judged_quickly() -> None:
    start = time.process_time()
    fault_in_url("https://" + "a." * 990)
    fault_in_url("https://" + "a-" * 990)
    fault_in_url("https://a.b/" + "&a" * 990 + "\n")
    has_email("a" * 16_000 + "@" * 16_000 + "a." * 8_000)
    assert time.process_time() - start < 0.5


@settings(max_examples=500, deadline=None)
@given(st.text())
def test_any_text_is_judged(text: str) -> None:
    for judge in (fault_in_name, fault_in_line, fault_in_markdown, fault_in_url):
        fault = judge(text)
        assert fault is None or (fault.code and fault.sentence)


@settings(max_examples=300, deadline=None)
@given(st.text("ab.:/@?#&;%[]\\ -é", max_size=40))
def test_accepted_addresses_are_narrow(rest: str) -> None:
    url = f"https://example.org{rest}"
    if fault_in_url(url) is None:
        assert url.isascii()
        assert not set(url) & set(' \\"<>[]')
        assert "@" not in url.removeprefix("https://").partition("/")[0]
