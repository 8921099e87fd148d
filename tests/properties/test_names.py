"""Names in the scripts of the world go through check and a build unharmed: into pages, documents, pictures, tables and forms."""

from __future__ import annotations

import html
import json
import unicodedata
from base64 import b32encode
from functools import cache
from hashlib import sha256

import pytest

import answers_of_files
import answers_of_keepers
import stackbook
import storybook
from blazon import address, bake, jsontext, prose, site, source
from blazon.diagnostics import Report
from blazon.entering import Entering
from blazon.issueform import CONSENT, QUESTIONS, entry
from blazon.roster import entries
from blazon.sheets import read

NAMES = {
    "Latin with marks": "Nguyễn Thị Ánh-Đào O’Ñeill",
    "Greek": "Αλέξανδρος Παπαδόπουλος",
    "Cyrillic": "Анастасія Шевченко",
    "Armenian": "Արամ Խաչատրյան",
    "Georgian": "ნინო ბერიძე",
    "Hebrew": "שָׁלוֹם כהן",
    "Arabic": "مُحَمَّد العربي",
    "Persian, with a joiner that is none": "سپیده می‌رفتی",
    "Syriac": "ܝܘܚܢܢ",
    "Thaana": "އަހްމަދު",
    "N'Ko": "ߡߊߡߊߘߎ",
    "Devanagari, with a joiner": "श्री क्ष‍त्रिय",
    "Bengali": "শ্রীমতী রায়",
    "Gurmukhi": "ਗੁਰਪ੍ਰੀਤ ਸਿੰਘ",
    "Gujarati": "ધ્રુવ પટેલ",
    "Oriya": "ପ୍ରିୟଙ୍କା",
    "Tamil": "தமிழ்செல்வி",
    "Telugu": "వెంకటేశ్వర్లు",
    "Kannada": "ಲಕ್ಷ್ಮೀ",
    "Malayalam, with a joiner": "മോഹന്‍ലാൽ കുഞ്ഞിക്കുട്ടൻ",
    "Sinhala, with a joiner": "ශ්‍රී ලාල්",
    "Thai": "น้ำฝน ศรีสุข",
    "Lao": "ສົມສັກ",
    "Tibetan": "བསྟན་འཛིན།",
    "Myanmar": "အောင်ဆန်း",
    "Khmer": "សុខា ភ្ញុំ",
    "Mongolian": "ᠲᠡᠮᠦᠵᠢᠨ",
    "Ethiopic": "አበበ ብቂላ",
    "Cherokee": "ᏎᏉᏯ",
    "Han, beyond the first plane": "𠮷野家 李小龍",
    "kana": "さくら カタカナ",
    "Hangul": "김민수",
    "Adlam": "𞤀𞤣𞤤𞤢𞤥",
}


def renamed(name: str, number: int) -> bytes:
    """An award like that of the small program, of somebody else."""
    award = answers_of_files.base()["content/earners/ada/soldering.yaml"].decode()
    told = award.replace("Ada Example", json.dumps(name, ensure_ascii=False)).replace("41873", str(number))
    return told.replace("r6qlhtaxbe5jckv3xsjm33eyou", identity(name)).encode()


def identity(name: str) -> str:
    """The id of a name's award."""
    return b32encode(sha256(name.encode()).digest()[:16]).decode().rstrip("=").lower()


@cache
def built() -> dict[str, bytes]:
    """A site with an award for every name."""
    awards = {
        f"content/earners/p-{number}/soldering.yaml": renamed(name, number)
        for number, name in enumerate(NAMES.values(), 2)
    }
    tree = {**answers_of_files.base(), "keys/key-1.yaml": stackbook.tree()["keys/key-1.yaml"], **awards}
    report = Report()
    program = answers_of_files.program_of(tree, report)
    assert program is not None
    assert not list(report), [one.as_text() for one in report]
    plan = address.lay_out(program, Report())
    return dict(site.publish(program, plan, [stackbook.SECRET], storybook.THEME, storybook.TODAY))


def test_the_names_are_good_ones_in_more_than_twenty_scripts() -> None:
    scripts = {unicodedata.name(next(one for one in name if one.isalpha())).split()[0] for name in NAMES.values()}
    assert len(scripts) >= 28
    assert all(unicodedata.is_normalized("NFC", name) and prose.fault_in_name(name) is None for name in NAMES.values())


@pytest.mark.parametrize("script", NAMES)
def test_a_name_is_the_same_on_its_page_in_its_document_and_in_its_pictures(script: str) -> None:
    name = NAMES[script]
    folder = f"awards/{identity(name)}/"
    credential = built()[f"{folder}credential.json"]
    assert name in jsontext.compact(jsontext.parse(credential))
    assert name in html.unescape(built()[f"{folder}index.html"].decode())
    for baked in (bake.unbake_png(built()[f"{folder}badge.png"]), bake.unbake_svg(built()[f"{folder}badge.svg"])):
        assert baked.credential is not None
        assert jsontext.parse(baked.credential.encode()) == jsontext.parse(credential)


@pytest.mark.parametrize("script", NAMES)
def test_a_name_is_the_same_in_a_file_made_of_a_table_or_of_a_form(script: str) -> None:
    name, report = NAMES[script], Report()
    answered = {"badge": "soldering", "name": name, "did": "Soldered."}
    body = "\n\n".join(f"### {one.label}\n\n{answered.get(one.id, '_No response_')}" for one in QUESTIONS)
    issue = {"body": f"{body}\n\n### Consent\n\n- [X] {CONSENT}", "labels": [{"name": "claim"}]}
    form = entry(json.dumps({"action": "opened", "issue": issue}).encode(), answers_of_keepers.loaded(), report)
    table = read("a.csv", f'name,badge,did\n"{name}",soldering,Soldered.\n'.encode(), report)
    assert form is not None
    assert table is not None
    for found in ([form], entries(table, "", report)):
        made = Entering(answers_of_keepers.loaded(), dict(answers_of_files.base()), bytes).enter(
            found, storybook.TODAY, report
        )
        assert made is not None, [one.as_text() for one in report]
        written = source.parse("a.yaml", made.files[0].text.encode(), report)
        assert written is not None
        assert source.plain(written)["name"] == name
