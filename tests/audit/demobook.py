"""Programs whose sites are read: the demo in each language, and programs that are hard to show, since nothing, one thing or too much is in them."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import programs as small_programs

ROOT = Path(__file__).parents[2]
LANGUAGES = tuple(name for name in ("en", "es", "ar") if (ROOT / f"themes/stitch/strings/{name}.yaml").is_file())

LONG = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft"
WORDS = "Everything that a person can know about keeping a group of young people safe beside water, in the dark and on a road"
ARABIC = "فاطمة الزهراء بنت عبد الرحمن بن محمد الأندلسية القرطبية"
HEBREW = "שירה לוי־אברמוביץ׳ מירושלים"
PERSIAN = "مهسا رستمی‌پور"
ADDRESS = f"https://riverbend.example/{'a-very-long-part-of-an-address-' * 6}/"


@dataclass(frozen=True, slots=True)
class Written:
    """A program in a folder, and what its site is called."""

    name: str
    root: Path


def programs(work: Path) -> Iterator[Written]:
    """Every program, written below a folder but for the demo itself."""
    for language in LANGUAGES:
        yield Written(language, translated(work / language, language))
    yield Written("empty", _empty(work / "empty"))
    yield Written("one", small_programs.small(work / "one"))
    for language in LANGUAGES:
        if language != "es":
            yield Written(f"crowded-{language}", _crowded(work / f"crowded-{language}", language))


def translated(root: Path, language: str) -> Path:
    """The demo with its pages in a language; its documentation, which is English, in one that is written the same way and in one that is not."""
    for folder in ("content", "keys", "docs"):
        if folder != "docs" or language in ("en", "ar"):
            shutil.copytree(ROOT / folder, root / folder)
    _change(root / "content/site.yaml", r"(?m)^language: .*$", f"language: {language}")
    return root


def _empty(root: Path) -> Path:
    """A program that has a name and a key and nothing else yet."""
    for path in ("content/site.yaml", "keys/demo.yaml"):
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(ROOT / path, root / path)
    _change(root / "content/site.yaml", r" +#.*\n +endorsements: .*\n", "")
    return root


def _change(path: Path, pattern: str, to: str) -> None:
    """Replace what a pattern finds in a file, which must be there."""
    changed, count = re.subn(pattern, to, path.read_text("utf-8"))
    assert count, pattern
    path.write_text(changed, "utf-8")


def _crowded(root: Path, language: str) -> Path:
    """A program in which every text is long, has no place to break, or runs the other way."""
    for path, table in _files(language).items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        lines = (f"{name}: {json.dumps(value, ensure_ascii=False)}\n" for name, value in table.items() if value)
        (root / path).write_text("".join(lines), "utf-8")
    shutil.copytree(ROOT / "keys", root / "keys")
    return root


Table = Mapping[str, Any]


def _files(language: str) -> Mapping[str, Table]:
    """The files of the crowded program."""
    badges = {
        "long-word": _badge(LONG, "skill", language),
        "long-words": _badge(f"{WORDS}, {WORDS[11:70].lower()}", "knowledge", language),
        "arabic": _badge("سلامة المجموعات بجانب الماء", "life-skill", language),
        "hebrew": _badge("בטיחות", "skill", language) | {"status": "retired", "successor": "long-word"},
    }
    awards = {
        "arabic/long-word": _award("long-word", ARABIC, 1),
        "hebrew/long-words": _award("long-words", HEBREW, 2) | {"expires": "2026-05-01"},
        "persian/arabic": _award("arabic", PERSIAN, 3)
        | {"revoked": {"on": "2026-06-09", "reason": f"{LONG}. {WORDS}."}},
        "long/long-words": _award("long-words", LONG, 4),
        "long/hebrew": _award("hebrew", LONG, 5),
    }
    earners = {"arabic": ARABIC, "hebrew": HEBREW, "persian": PERSIAN, "long": LONG}
    return {
        "content/site.yaml": _site(language),
        "content/reviewers.yaml": {
            "policy": {"approvals": 2, "evidence": "stated"},
            "reviewers": {
                "kim": {"name": LONG, "role": "assessor-of-a-great-many-different-things"},
                "lee": {"name": ARABIC, "role": "coach"},
            },
        },
        **{f"content/badges/{slug}/badge.yaml": table for slug, table in badges.items()},
        **{f"content/earners/{path}.yaml": table for path, table in awards.items()},
        **{f"content/earners/{slug}/earner.yaml": _earner(slug, name) for slug, name in earners.items()},
    }


def _site(language: str) -> Table:
    """What the crowded program says about itself."""
    return {
        "name": f"{LONG} of {WORDS}",
        "url": "https://crowded.example/a/path/",
        "tagline": f"{WORDS}. {LONG}.",
        "about": f"{WORDS}.\n\n{LONG}\n\n{ARABIC}",
        "language": language,
        "issuer": {"name": f"{LONG} & {WORDS}", "email": f"{'badges' * 8}@crowded.example", "description": LONG},
        "contact": f"{'badges' * 8}@crowded.example",
        "footer": {"funding": f"{LONG} {WORDS}", "disclaimer": ARABIC},
        "theme_options": {"accent": "plum", "headline": f"{LONG} {WORDS}"},
        "repository": {"host": "github", "path": f"{'crowded' * 5}/{'badges' * 8}", "branch": "main"},
        "visibility": "public",
    }


def _badge(name: str, kind: str, language: str) -> dict[str, Any]:
    """A badge in which everything is long."""
    levels = [{"name": name, "description": f"{WORDS} {LONG}"} for name in ("Not yet", LONG, ARABIC)]
    rows = [{"id": "doing", "name": LONG, "competency": "doing", "levels": levels, "pass": LONG}]
    return {
        "name": name,
        "summary": f"{WORDS}. {LONG}. {ARABIC}.",
        "kind": kind,
        "criteria": f"- {WORDS}\n- {LONG}\n- [{LONG}]({ADDRESS})\n\n`{LONG * 2}`\n\n> {ARABIC}",
        "curriculum": f"1. {LONG}\n2. {WORDS}",
        "training": [{"title": LONG, "url": ADDRESS}],
        "competencies": [
            {
                "id": "doing",
                "name": LONG,
                "description": WORDS,
                "alignment": [{"framework": LONG, "code": "A" * 40, "name": WORDS, "url": ADDRESS}],
            }
        ],
        "assessment": {"method": f"{WORDS}.", "rubric": rows},
        "evidence": [{"name": LONG, "description": WORDS, "setting": "work"}, {"name": ARABIC}],
        "effort": {"time": "P1DT2H30M", "mode": "work-based", "language": language},
        "valid_for": "P2Y6M",
        "skills": [LONG, WORDS, *(f"skill number {number}" for number in range(30)), "سلامة"],
        "subject": LONG,
        "audience": WORDS,
        "cost": LONG,
        "funding": WORDS,
        "recognised_by": [LONG, ARABIC],
        "see_also": [{"title": LONG, "url": ADDRESS}],
        "art": {"thread": "plum", "icon": "star"},
    }


def _award(badge: str, name: str, number: int) -> dict[str, Any]:
    """An award in which everything is long."""
    reviews: list[dict[str, Any]] = [
        {"reviewer": "kim", "date": "2026-04-01", "conflict": "none"},
        {"reviewer": "lee", "date": "2026-04-01", "conflict": {"text": f"{WORDS}.", "waived_by": "kim"}},
    ]
    decided: dict[str, Any] = {"decision": "approve", "scores": {"doing": ARABIC}}
    return {
        "id": f"crowded{'abcdef'[number]}{'q' * 18}",
        "status_index": number,
        "badge": badge,
        "name": name,
        "did": f"{WORDS}. {LONG}. {ARABIC}.",
        "role": LONG,
        "activity": {"start": "2026-01-01", "end": "2026-03-01"},
        "evidence": [
            {"title": LONG, "url": ADDRESS, "kind": LONG, "setting": "work", "description": WORDS},
            {"title": ARABIC, "text": f"{LONG}\n\n{WORDS}", "kind": "Document"},
        ],
        "feedback": f"{LONG}. {WORDS}.",
        "reviews": [review | decided for review in reviews],
        "issued": "2026-04-02",
    }


def _earner(slug: str, name: str) -> Table:
    """An earner who is listed, and long."""
    return {
        "name": name,
        "about": f"{WORDS}. {LONG}. {ARABIC}.",
        "links": [{"title": LONG, "url": ADDRESS}],
        "listed": True,
        "visibility": "public",
        "awards": {"long-word": {"feedback": True}} if slug == "arabic" else {},
    }
