"""A program that uses everything: every field of every file, every kind of badge, names in many scripts, every fate of an award.

It is generated, so that a new field has one place to be added; `unused` tells which fields no file of it has.
"""

from __future__ import annotations

import json
from base64 import b32encode
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any

import sshbook
from blazon import ed25519, endorsing, fields, keylist, pictures, recipients, rootmaking
from blazon.diagnostics import Report
from blazon.keys import Secret
from blazon.load import load
from blazon.model import Art, Kind, Picture, Program
from blazon.records import Either, Field, Listing, Made, Mapped, Record
from blazon.statement import statement

Table = dict[str, Any]

TODAY = date(2026, 11, 26)
BASE = "https://everything.example/"  # without a path, so that the key document lies in .well-known
OLD_KEY, NEW_KEY, LEAGUE, COUNCIL, EARNER_KEY = (
    Secret(sha256(f"everything: {name}".encode()).digest())
    for name in ("the first key", "the second key", "the league", "the council", "an earner")
)
SECRETS = (NEW_KEY, OLD_KEY)
ROOT_KEYS = tuple(Secret(sha256(f"everything: root key {number}".encode()).digest()) for number in (1, 2, 3))

# Names as people write them, one in each of the scripts that we know readers for.
NAMES = {
    "latin": "Zoë Ångström-Nuñez",
    "apostrophe": "Siobhán O’Brien",
    "vietnamese": "Nguyễn Thị Minh Khai",
    "cyrillic": "Жанна Ёлкина",
    "greek": "Ελένη Παπαδοπούλου",
    "arabic": "فاطمة الزهراء",
    "hebrew": "שירה לוי",
    "persian": "مهسا رستمی‌پور",
    "devanagari": "अनन्या शर्मा",
    "bengali": "অনন্যা দাস",
    "tamil": "அனன்யா குமார்",
    "thai": "อนันยา ใจดี",
    "georgian": "ნინო ბერიძე",
    "armenian": "Անահիտ Սարգսյան",
    "amharic": "አበበ ቢቂላ",
    "chinese": "李小龍",
    "japanese": "山田はな子",
    "korean": "김하늘",
    "beyond": "𠮷野 🧵",
    "brackets": 'Bo "the {bolt}" <O\'Neil> & Co',
}
# A badge of each kind, by its folder; a folder may not have the name of one of our own pages.
BADGES = {
    "making": "skill",
    "knowing": "knowledge",
    "helping": "life-skill",
    "joining": "participation",
    "being": "identity",
}
LEVELS = [
    {"name": "Not yet", "description": "Needs help.", "points": "0"},
    {"name": "Meets", "description": "Works unaided.", "points": "1.5"},
    {"name": "Goes beyond", "description": "Teaches others.", "points": "3"},
]
ALIGNMENTS = [
    {
        "framework": "ESCO",
        "name": "program robots",
        "code": "S5",
        "url": "http://data.europa.eu/esco/skill/1",
        "description": "Writes programs that move a machine.",
    },
    {
        "framework": "O*NET",
        "name": "Mechanical",
        "code": "2.C.3.d",
        "url": "https://www.onetcenter.org/content/2.C.3.d",
    },
    {"framework": "CASE", "name": "HS-ETS1-3", "url": "https://case.example/CFItems/1", "type": "CFRubricCriterion"},
    {"framework": "CTDL", "name": "Robotics", "url": "https://credreg.example/ce-1", "type": "ceasn:Competency"},
    {"framework": "A school’s own", "name": "Making", "url": "https://school.example/making", "type": "ext:Making"},
]
LINK = [{"title": "Further reading", "url": "https://everything.example/reading?a=1&b=2"}]


def write(root: Path) -> None:
    """Write the program into a folder; its secret keys are SECRETS."""
    tables = _files()
    _sign_reviews(tables)
    tree = {path: _yaml(table) for path, table in tables.items()}
    program = _loaded(tree)
    for badge, secret, words in _endorsements():
        made = endorsing.endorse(program, badge, words, secret, date(2026, 1, 15))
        tree[made.file.path] = made.file.text
    for secret in ROOT_KEYS[:2]:
        made_list = rootmaking.next_list(program, secret, date(2026, 1, 15))
        tree["keys/list.json"] = keylist.write(made_list.after)
        program = replace(program, key_list=tree["keys/list.json"].encode())
    own = {"png": _picture().png, "svg": _picture().svg}
    files = {path: text.encode() for path, text in tree.items()}
    files["docs/guide.md"] = b"# A guide\n\nWhat there is to know.\n"
    for path, data in (
        files | {f"content/badges/knowing/image.{ending}": data for ending, data in own.items()}
    ).items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_bytes(data)


def unused() -> set[str]:
    """The fields of files that the program has nowhere, by path and name."""
    written = {path: list(tables) for path, tables in _by_kind().items()}
    return {f"{path}: {name}" for path, record in fields.FILES.items() for name in _missing(record, written[path])} | {
        f"erased: {name}" for name in _missing(fields.ERASED_AWARD, [_erased()])
    }


def _missing(record: Record[Any], tables: list[Any], before: str = "") -> Iterator[str]:
    """The fields of a record that no table has, and those of the records inside."""
    for field in record.fields.values():
        values = [table[field.name] for table in tables if isinstance(table, Mapping) and field.name in table]
        if not values:
            yield f"{before}{field.name}"
        for inner, found in _inside(field, values):
            yield from _missing(inner, found, f"{before}{field.name}.")


def _inside(field: Field, values: list[Any]) -> Iterator[tuple[Record[Any], list[Any]]]:
    """The records that a field's reader has inside, with the tables for each."""
    reader = field.reader
    while True:
        match reader:
            case Listing(entry=entry):
                values = [one for value in values for one in (value if isinstance(value, list) else [value])]
                reader = entry
            case Mapped(value=entry):
                values = [one for value in values if isinstance(value, Mapping) for one in value.values()]
                reader = entry
            case Either(table=entry):
                values = [value for value in values if isinstance(value, Mapping)]
                reader = entry
            case Made(of=entry):
                reader = entry
            case Record():
                yield reader, values
                return
            case _:
                return


def _by_kind() -> dict[str, list[Table]]:
    """The tables of the program by the kind of their file."""
    kinds: dict[str, list[Table]] = {path: [] for path in fields.FILES}
    for path, table in _files().items():
        match path.split("/"):
            case ["content", "badges", *_]:
                kinds["content/badges/<badge>/badge.yaml"].append(table)
            case ["content", "earners", _, "earner.yaml"]:
                kinds["content/earners/<earner>/earner.yaml"].append(table)
            case ["content", "earners", *_]:
                kinds["content/earners/<earner>/<award>.yaml"].append(table)
            case ["keys", "root.yaml"]:
                kinds["keys/root.yaml"].append(table)
            case ["keys", _]:
                kinds["keys/<name>.yaml"].append(table)
            case _:
                kinds[path].append(table)
    return kinds


def _files() -> dict[str, Table]:
    """Every YAML file of the program."""
    return {
        "content/site.yaml": _site(),
        "content/reviewers.yaml": _reviewers(),
        "keys/first.yaml": {
            "public_key": ed25519.write(OLD_KEY.public),
            "from": "2024-01-01",
            "until": "2026-01-01",
            "note": "The office laptop.",
        },
        "keys/second.yaml": {
            "public_key": ed25519.write(NEW_KEY.public),
            "from": "2026-01-01",
            "replaces": "stolen",
        },
        "keys/stolen.yaml": {
            "public_key": ed25519.write(Secret(b"s" * 32).public),
            "from": "2023-01-01",
            "compromised": "2023-02-01",
        },
        "keys/root.yaml": {"public_keys": [ed25519.write(one.public) for one in ROOT_KEYS], "threshold": "2"},
        "docs/pages.yaml": {"language": "en", "sections": [{"title": "Pages", "pages": ["guide.md"]}]},
        **_badges(),
        **_earners(),
    }


def _site() -> Table:
    """content/site.yaml."""
    return {
        "name": "Everything",
        "url": BASE,
        "tagline": "A program that uses every field.",
        "about": "It exists so that *nothing* is left untried.",
        "language": "en",
        "languages": ["en", "es"],
        "issuer": {
            "name": "Everything & <Sons>",
            "email": "badges@everything.example",
            "url": "https://everything.example/about-us/",
            "description": "Issues one of each.",
            "image": "https://everything.example/logo.png",
            "country": "Nowhere",
            "endorsements": [
                {"file": "council.json", "embed": True, "since": "2026-01-01"},
                {"file": "league.json", "embed": False},
            ],
        },
        "contact": "https://everything.example/contact",
        "footer": {"funding": "Paid for by nobody.", "disclaimer": "None of this is real."},
        "quality": "Nobody looks.",
        "theme": "stitch",
        "theme_options": {"accent": "plum"},
        "repository": {"host": "github", "path": "everything/badges", "branch": "main"},
        "visibility": "public",
        "public_repository": False,
        "pictures": "baked",
    }


def _reviewers() -> Table:
    """content/reviewers.yaml."""
    return {
        "policy": {
            "approvals": 1,
            "roles": ["assessor"],
            "evidence": "stated",
            "reason": "There is one of us.",
            "kinds": {
                "participation": {
                    "approvals": 1,
                    "reason": "Nothing is scored.",
                    "roles": ["assessor"],
                    "evidence": "stated",
                }
            },
            "badges": {
                "stack-3": {"approvals": 2, "roles": ["assessor"], "evidence": "stated", "reason": "It is the last."}
            },
        },
        "reviewers": {
            "kim": {
                "name": "Kim",
                "shown_as": "An assessor",
                "role": "assessor",
                "key": sshbook.line_of("kim"),
                "github": "kim-example",
                "from": "2023-01-01",
                "until": "2030-01-01",
            },
            "lee": {
                "name": "Lee",
                "role": "assessor",
                "key": [sshbook.line_of("lee"), sshbook.line_of("lee's earlier key")],
                "badges": ["stack-1", "stack-2", "stack-3"],
            },
        },
    }


def _badges() -> dict[str, Table]:
    """Every badge: one of each kind, a stack with its levels, a second version, a retired one and a draft."""
    found = {slug: _badge(slug, kind) for slug, kind in BADGES.items()}
    found |= {f"stack-{level}": _badge(f"stack-{level}", "skill", level) for level in (1, 2, 3)}
    found["stack"] = {
        **_badge("stack", "micro-credential"),
        "levels": ["stack-1", "stack-2", "stack-3"],
        "counts": [{"badge": "making", "level": 2}],
    }
    found["retired"] = {**_badge("retired", "knowledge"), "status": "retired", "successor": "knowing"}
    found["draft"] = {**_badge("draft", "skill"), "status": "draft"}
    found["plain"] = _least()
    found["making"] |= {
        "version": 2,
        "endorsements": ["league.json", {"file": "council.json", "embed": True, "since": "2026-01-01"}],
    }
    found["knowing"] |= {"image": {"alt": "A picture of its own"}, "published": {"document": "knowing-once"}}
    found["retired"] |= {"published": {"picture": "none"}}
    files = {f"content/badges/{slug}/badge.yaml": table for slug, table in found.items()}
    return files | {
        "content/badges/making/versions/1.yaml": {**_badge("making", "skill"), "name": "Making, first version"}
    }


@cache
def _picture() -> Picture:
    """Artwork that a badge brings."""
    return pictures.draw("of-its-own", Kind.KNOWLEDGE, 0, Art("rose", "star"))


def _least() -> Table:
    """A badge that says no more than it must."""
    return {
        "name": "Plain",
        "summary": "Says no more than it must.",
        "kind": "identity",
        "criteria": "Be there.",
        "assessment": {"none": "Nothing is assessed."},
        "effort": {"time": "PT1H", "mode": "in-person", "language": "en"},
    }


def _badge(slug: str, kind: str, level: int = 0) -> Table:
    """A badge with everything that its kind can have."""
    assessed = kind not in ("participation", "identity", "micro-credential")
    words = _dutch(slug, assessed, kind)
    table: Table = {
        "name": f"Badge “{slug}” {{one}} <b> & 数",
        "summary": "Does it & says so, “quoted”, with \\ and {braces}.",
        "kind": kind,
        "version": 1,
        "status": "active",
        "criteria": "- Do *it*.\n- Show [it](https://everything.example/it).\n\n> Twice.",
        "curriculum": "Look first.",
        "training": LINK,
        "competencies": []
        if kind in ("participation", "identity")
        else [
            {"id": "doing", "name": "Do it", "description": "Does it well.", "alignment": ALIGNMENTS},
            {"id": "saying", "name": "Say it", "alignment": ALIGNMENTS[0]},
        ],
        "assessment": {"method": "Somebody looks.", "rubric": _rubric()}
        if assessed
        else {"none": "Nothing is scored."},
        "evidence": [
            {
                "name": "A picture",
                "description": "Of it.",
                "required": True,
                "setting": {2: "practice", 3: "work"}.get(level, "training"),
            },
            {"name": "Feedback", "required": level == 3, "setting": "work"},
        ],
        "effort": {"time": "P1DT2H30M", "mode": "work-based", "language": "en"},
        "valid_for": "P2Y6M",
        "skills": ["doing it", "saying it"],
        "subject": "Making",
        "specialization": "Small things",
        "code": slug.upper(),
        "audience": "Everybody",
        "format": "micro-badge",
        "cost": "Free",
        "funding": "Nobody pays",
        "credit": "1.5",
        "credit_unit": "ECTS",
        "accepted_by": ["A college"],
        "prior_learning": "A card from elsewhere counts.",
        "eqf": "4",
        "quality": "Somebody visits.",
        "recognised_by": ["All of us"],
        "see_also": LINK,
        "reviewers": {"approvals": 1, "roles": ["assessor"], "reason": "There is one of us.", "evidence": "stated"},
        "creator": {"id": "https://maker.example/", "name": "The maker"},
        "art": {"thread": "plum", "icon": "star", "shape": "shield"},
        "translations": {"nl": words, "zh-Hant-TW": {"name": "技能"}},
        "requires": [] if level < 2 else [f"stack-{level - 1}"],
    }
    if kind == "micro-credential":
        table["assessment"] = {"method": "Each level was assessed."}
    return table


def _dutch(slug: str, assessed: bool, kind: str) -> Table:
    """Everything that a translation can say about a badge."""
    link = [{"title": "Elders", "url": "https://everything.example/nl"}]
    return {
        "name": f"{slug} {{een}} 数",
        "summary": "Kan het.",
        "criteria": "Doe *het*.",
        "curriculum": "Eerst kijken.",
        "alt": "Een lap",
        "training": link,
        "see_also": link,
        "skills": ["het doen", "het zeggen"],
        "subject": "Maken",
        "audience": "Iedereen",
        "format": "micro-badge",
        "cost": "Gratis",
        "funding": "Niemand betaalt",
        "prior_learning": "Een kaart telt mee.",
        "quality": "Iemand komt kijken.",
        "accepted_by": ["Een hogeschool"],
        "recognised_by": ["Wij allen"],
        "evidence": [{"name": "Een foto", "description": "Ervan."}, {"name": "Een oordeel"}],
        "competencies": []
        if kind in ("participation", "identity")
        else [{"id": "doing", "name": "Het doen", "description": "Doet het goed."}],
        "assessment": {
            "method": "Iemand kijkt.",
            "rubric": [
                {
                    "id": "doing",
                    "name": "Doen",
                    "levels": [{"name": "Nog niet", "description": "Met hulp."}, {}, {"name": "Meer"}],
                },
                {"id": "points", "name": "Punten"},
            ],
        }
        if assessed
        else {"method": "Elk niveau werd beoordeeld."}
        if kind == "micro-credential"
        else {"none": "Niets wordt beoordeeld."},
    }


def _rubric() -> list[Table]:
    """One row of each sort."""
    return [
        {"id": "doing", "name": "Doing", "competency": "doing", "required": True, "levels": LEVELS, "pass": "Meets"},
        {
            "id": "saying",
            "name": "Saying",
            "competency": "saying",
            "scale": "percent",
            "min": "0",
            "max": "100",
            "pass": "60",
        },
        {"id": "points", "name": "Points", "competency": "doing", "required": False, "scale": "points", "max": "12.5"},
        {"id": "safety", "name": "Safety", "competency": "doing", "scale": "status"},
    ]


def _earners() -> dict[str, Table]:
    """Every earner and award."""
    files: dict[str, Table] = {}
    badges = list(BADGES)
    for number, (slug, name) in enumerate(NAMES.items()):
        badge = badges[number % len(badges)]
        files[f"content/earners/{slug}/{badge}.yaml"] = _award(slug, badge, number, name=name)
    for level in (1, 2, 3):
        two = [_review("kim"), {**_review("lee"), "conflict": "none"}]
        files[f"content/earners/stacker/stack-{level}.yaml"] = _award(
            "stacker", f"stack-{level}", 100 + level, name="Stacker", reviews=two
        )
    parts = [{"award": _id("stacker", f"stack-{level}", 100 + level), "private": level == 2} for level in (1, 2, 3)]
    files["content/earners/stacker/stack.yaml"] = _award("stacker", "stack", 104, name="Stacker", parts=parts)
    files["content/earners/stacker/revoked.yaml"] = _award(
        "stacker", "knowing", 105, name="Stacker", revoked={"on": "2026-06-09", "reason": "Issued in error."}
    )
    files["content/earners/stacker/earner.yaml"] = _earner("Stacker")
    files |= _fates()
    return files


def _earner(name: str) -> Table:
    """An earner who says everything that can be said."""
    return {
        "name": name,
        "about": "Collects *them all*.",
        "links": LINK,
        "language": "en",
        "minor": False,
        "listed": True,
        "transcript": True,
        "visibility": "public",
        "awards": {
            "stack-3": {"visibility": "public", "feedback": True},
            "revoked": {"visibility": "unlisted", "key": "A" * 43},
        },
    }


def _fates() -> dict[str, Table]:
    """What can become of an award, and whose it can be."""
    folder = "content/earners/fates"
    key = ed25519.write(EARNER_KEY.public)
    hashed = recipients.hashed("Fate@Example.org", lambda size: sha256(b"a salt").digest()[:size])
    by_hash = {"hash": hashed.hash, "salt": hashed.salt}
    last = {"kim": "2025-01-15"}
    return {
        f"{folder}/earner.yaml": {"name": "Fate", "transcript": True, "visibility": "public"},
        f"{folder}/expired.yaml": _award(
            "fates", "knowing", 201, name="Fate", issued="2025-01-20", dated=last["kim"], expires="2026-01-20"
        ),
        f"{folder}/old-key.yaml": _award(
            "fates", "knowing", 202, name="Fate", issued="2025-02-20", dated=last["kim"], expires="2031-01-20"
        ),
        f"{folder}/suspended.yaml": _award(
            "fates",
            "making",
            203,
            name="Fate",
            suspended={"from": "2026-06-09", "reason": "Under review.", "until": "2027-01-09"},
            version=2,
        ),
        f"{folder}/replaced.yaml": _award("fates", "making", 204, name="Fate", version=1),
        f"{folder}/replacing.yaml": _award(
            "fates", "making", 205, name="Fate", version=2, supersedes=_id("fates", "making", 204)
        ),
        f"{folder}/second-list.yaml": _award("fates", "being", 131_072 + 7, name="Fate"),
        f"{folder}/second-list-revoked.yaml": _award(
            "fates", "being", 131_072 + 8, name="Fate", revoked={"on": "2026-06-10", "reason": '<Oops> & "sorry".'}
        ),
        f"{folder}/by-hash.yaml": _award("fates", "being", 206, recipient=by_hash),
        f"{folder}/by-hash-and-name.yaml": _award("fates", "being", 207, name="Fate", recipient=by_hash),
        f"{folder}/by-key.yaml": _award("fates", "being", 208, recipient=f"did:key:{key}"),
        f"{folder}/by-page.yaml": _award(
            "fates", "being", 209, recipient={"id": "https://fate.example/me/", **by_hash}
        ),
        f"{folder}/by-nobody.yaml": _award("fates", "being", 210),
        f"{folder}/plain.yaml": _award("fates", "plain", 211, bare=True),
        f"{folder}/unlisted.yaml": _award("fates", "being", 212),
        f"{folder}/prior.yaml": {
            **_award("fates", "stack-2", 213, name="Fate"),
            "prior_learning": "A course of 2023.",
            "waiver": "Did it before.",
        },
        f"{folder}/agreed.yaml": {
            **_award("fates", "knowing", 214, name="Fate"),
            "scores": {"doing": "Goes beyond", "saying": "99.5", "points": "12.5", "safety": "Completed"},
        },
        f"{folder}/claim.yaml": {
            "id": _id("fates", "claim", 0),
            "status_index": 215,
            "badge": "making",
            "version": 2,
            "name": "Fate",
            "did": "Did it.",
        },
        f"{folder}/erased.yaml": _erased(),
        f"{folder}/stack.yaml": _award(
            "fates", "stack", 217, name="Fate", waiver="Did it before.", parts=_lost_parts()
        ),
    }


def _lost_parts() -> list[Table]:
    """The parts of a stack, of which one was erased since; its address was never told."""
    gone = {
        "award": _erased()["id"],
        "private": True,
        "name": "A badge that is gone",
        "sha256": sha256(b"it").hexdigest(),
    }
    return [{"award": _id("fates", "making", 203)}, gone]


def _erased() -> Table:
    """An award that is gone."""
    return {"id": _id("fates", "erased", 1), "status_index": 216, "erased": {"on": "2026-07-01"}}


def _award(
    earner: str,
    badge: str,
    index: int,
    *,
    issued: str = "2026-05-14",
    dated: str = "2026-05-13",
    bare: bool = False,
    **more: Any,
) -> Table:
    """An award with everything that its badge can have, or with no more than it must."""
    table: Table = {"id": _id(earner, badge, index), "status_index": index, "badge": badge, "issued": issued, **more}
    scored = badge in ("making", "knowing", "helping", "stack-1", "stack-2", "stack-3")
    table.setdefault("reviews", [_review("kim", dated)])
    if not scored:
        table["reviews"] = [
            {name: value for name, value in one.items() if name != "scores"} for one in table["reviews"]
        ]
    if badge == "making":
        table.setdefault("version", 2)
    if bare:
        return table
    return {
        "did": "Made *it*, with “others”, in `four` afternoons.\n\nThen [wrote](https://everything.example/w) it down {here} \\ there.",
        "role": "Maker",
        "activity": {"start": "2024-11-02", "end": "2024-12-10T16:00:00Z"},
        "evidence": _evidence(index),
        "feedback": "Well done.",
        "summary": "Awarded for {everything} & more.",
        "alt": "A patch “with” words",
        "source": {"id": "https://partner.example/", "name": "Partner 学校"},
        "credit": "1.5",
        "term": "Spring 2026",
        "locale": "nl",
        **table,
    }


def _evidence(index: int) -> list[Table]:
    """Evidence in each of its forms; what is in one award has another address than what is in the next."""
    page = f"https://everything.example/work/{index}"
    return [
        {
            "title": "The thing",
            "url": page,
            "text": "Made *in* {February}.",
            "description": "Photos & code",
            "file": {"sha256": sha256(page.encode()).hexdigest()},
            "kind": "Project",
            "setting": "practice",
            "audience": "Public",
        },
        {"title": "Words only", "text": "I asked & listened."},
        {"title": "Not for everybody", "url": f"{page}/private", "kind": "Video", "setting": "work", "private": True},
    ]


def _review(reviewer: str, day: str = "2026-05-13") -> Table:
    """A review that scores every row."""
    return {
        "reviewer": reviewer,
        "date": day,
        "conflict": {"text": "Knows them.", "waived_by": "lee" if reviewer == "kim" else "kim"},
        "scores": {"doing": "Meets", "saying": "75", "points": "7.5", "safety": "Completed"},
        "note": "I saw it.",
        "decision": "approve",
        "signature": "-----BEGIN SSH SIGNATURE-----\nAAAA\n-----END SSH SIGNATURE-----\n",  # made once all else is there
    }


def _sign_reviews(tables: Mapping[str, Table]) -> None:
    """Put a signature into each review in place of the one that stands for it."""
    program = _loaded({path: _yaml(table) for path, table in tables.items()})
    for award in program.awards:
        for review, table in zip(award.reviews, tables[award.place.path].get("reviews", ()), strict=True):
            said = statement(program, award, program.achievement_of(award), review)
            table["signature"] = sshbook.sign(review.reviewer, said)


def _id(*parts: object) -> str:
    """An award's identity: it has to look drawn, and to be the same each time."""
    return b32encode(sha256(repr(parts).encode()).digest()[:16]).decode("ascii").rstrip("=").lower()


def _endorsements() -> Iterator[tuple[str, Secret, endorsing.Words]]:
    """Who vouches for what."""
    league = endorsing.Words("League", "Accepted for *league* entry.", "https://league.example/")
    council = endorsing.Words("Council", "We visited {them} & liked it.", until=date(2031, 1, 1))
    yield "making", LEAGUE, league
    yield "making", COUNCIL, council
    yield "", LEAGUE, league
    yield "", COUNCIL, endorsing.Words("Council")


def _loaded(tree: Mapping[str, str]) -> Program:
    """The program before anybody has endorsed it; what that leaves to complain about is of no interest here."""
    program = load({path: text.encode() for path, text in tree.items()}, Report())
    assert program is not None
    return program


def _yaml(table: Table) -> str:
    """A table as YAML: JSON is YAML too, one field a line."""
    lines = (
        f"{name}: {json.dumps(value, ensure_ascii=False)}\n" for name, value in table.items() if value not in (None, [])
    )
    return "".join(lines)
