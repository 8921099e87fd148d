"""Generated programs of any size: one YAML file an award, with prose and reviews.

Half of the files are as commands write them, the other half as people do: with remarks, quotes, short forms, folded text and an order of their own.
"""

from __future__ import annotations

import random
import shutil
from base64 import b32encode
from datetime import date, timedelta
from pathlib import Path
from textwrap import wrap

from blazon import files
from blazon.diagnostics import Report
from blazon.load import load
from blazon.model import Achievement, RubricRow, Scale

REPOSITORY = Path(__file__).parents[2]
BADGES = ("child-development-basics", "conflict-circles", "family-voices", "stem-night-lead", "trail-first-aid")
FIRST_DAY = date(2024, 3, 1)

ROLES = ("community-elder", "facilitator-coach", "family-advocate", "first-aid-trainer", "programme-lead", "site-lead")

_NAMES = (
    "Amara",
    "Bea",
    "Chidi",
    "Dina",
    "Émile",
    "Farah",
    "Goran",
    "Hana",
    "Iris",
    "Jiří",
    "Kofi",
    "Lena",
    "Mateo",
    "Noor",
    "Olu",
    "Petra",
    "Quinn",
    "Rafa",
    "Sanaa",
    "Tomás",
)
_FAMILIES = (
    "Adeyemi",
    "Brown",
    "Castillo",
    "Dvořák",
    "Eze",
    "Fischer",
    "García",
    "Haddad",
    "Ibrahim",
    "Jensen",
    "Kovač",
    "Lindqvist",
    "Marsh",
    "Novák",
    "Okafor",
)
_PLACES = ("Mill Street", "the river site", "Eastside", "the old school", "Harbour Road")
_WORK = (
    "Led {count} sessions at {place} with a group of {size}, and changed the plan after the second one.",
    "Planned and ran {count} afternoons at {place} for {size} young people, then wrote down what to keep.",
    "Worked {count} weeks at {place} with {size} young people and asked two colleagues to watch and comment.",
)

_AWARD = """\
id: {id}
status_index: {place}
badge: {badge}
name: {name}
did: |
  {did}

  What I would do again: *ask first*, then explain. What I would change: fewer materials, more time.
activity:
  start: {start}
  end: {end}
evidence:
  - title: Session plans
    url: https://files.riverbend.example/{id}/plans.pdf
    kind: Plan
    setting: practice
  - title: Notes of an observer
    url: https://files.riverbend.example/{id}/notes.pdf
    kind: Observation
    setting: work
reviews:
  - reviewer: {first}
    date: {end}
    conflict: none
    scores:
{scores}
    note: The plans show the change, and the notes agree with them.
    decision: approve
  - reviewer: {second}
    date: {end}
    conflict: none
    scores:
{scores}
    decision: approve
issued: {end}
"""

_AWARD_BY_HAND = """\
# {name}: {badge}. The reviewers met on {end}.
badge: {badge}
name: "{name}"
id: {id}   # never changes
status_index: {place}

activity: {{start: {start}, end: {end}}}
did: >
  {folded}


  What I would do again: *ask first*, then explain. What I
  would change: fewer materials, more time.

evidence:
- {{title: Session plans, url: "https://files.riverbend.example/{id}/plans.pdf", kind: Plan, setting: practice}}
- title: 'Notes of an observer'
  url: 'https://files.riverbend.example/{id}/notes.pdf'
  kind: Observation
  setting: work

# Both read the files first, and only then spoke about them.
reviews:
- reviewer: {first}
  date: {end}
  conflict: none
  scores:
{scores}
  note: >-
    The plans show the change,
    and the notes agree with them.
  decision: approve
- reviewer: {second}
  date: {end}
  conflict: none
  scores:
{scores}
  decision: approve

issued: {end}
"""


def write(target: Path, awards: int, seed: int = 7) -> None:
    """Write a program of so many awards into an empty folder: the demo's badges, three awards an earner."""
    vouchers = [path.name for path in (REPOSITORY / "content").glob("*.json")]
    for part in ("badges", "site.yaml", *vouchers):
        source = REPOSITORY / "content" / part
        copy = shutil.copytree if source.is_dir() else shutil.copyfile
        copy(source, _made(target / "content") / part)
    shutil.copytree(REPOSITORY / "keys", target / "keys")
    (target / "content" / "reviewers.yaml").write_text(_reviewers(), "utf-8")
    chance = random.Random(seed)  # noqa: S311 (the same program every time is the point)
    places = chance.sample(range(131_072), awards)
    badges = _badges()
    for number in range(awards):
        earner, turn = divmod(number, 3)
        badge = BADGES[(earner + turn) % len(BADGES)]
        folder = target / "content" / "earners" / f"earner-{earner:06}"
        text = _award(chance, badges[badge], earner, places[number], _AWARD if number % 2 else _AWARD_BY_HAND)
        (_made(folder) / f"{badge}.yaml").write_text(text, "utf-8")
        if not turn:
            (folder / "earner.yaml").write_text(f"name: {_name(earner)}\nlisted: true\nvisibility: public\n", "utf-8")


def _award(chance: random.Random, badge: Achievement, earner: int, place: int, form: str) -> str:
    """One award file of a form."""
    start = FIRST_DAY + timedelta(days=chance.randrange(600))
    did = chance.choice(_WORK).format(
        count=chance.randint(3, 9), place=chance.choice(_PLACES), size=chance.randint(6, 24)
    )
    role = badge.reviewers.roles[0] if badge.reviewers is not None and badge.reviewers.roles else ROLES[1]
    rubric = {row.id: _passing(row) for row in badge.assessment.rubric}
    return form.format(
        id=b32encode(chance.randbytes(16)).decode("ascii").lower().rstrip("="),
        place=place,
        badge=badge.slug,
        name=_name(earner),
        did=did,
        folded="\n  ".join(wrap(did, 56)),
        start=start,
        end=start + timedelta(days=chance.randint(14, 90)),
        scores="\n".join(f"      {row}: {chance.choice(scores)}" for row, scores in rubric.items()),
        first=f"{role}-1",
        second=f"{role}-2",
    )


def _reviewers() -> str:
    """Two reviewers in each role that a badge of the demo asks for."""
    people = [f"  {role}-{n}:\n    name: Reviewer {n}\n    role: {role}\n" for role in ROLES for n in (1, 2)]
    return "policy:\n  approvals: 2\nreviewers:\n" + "".join(people)


def _name(earner: int) -> str:
    """The display name of an earner."""
    return f"{_NAMES[earner % len(_NAMES)]} {_FAMILIES[earner // len(_NAMES) % len(_FAMILIES)]}"


def _badges() -> dict[str, Achievement]:
    """The demo's badges that have a rubric."""
    report = Report()
    program = load(files.read_tree(REPOSITORY, report), report)
    assert program is not None
    return {badge: program.achievements[badge] for badge in BADGES}


def _passing(row: RubricRow) -> tuple[str, ...]:
    """The scores that pass in a row."""
    names = [level.name for level in row.levels]
    return tuple(names[names.index(row.pass_) :]) if row.scale is Scale.LEVELS else (row.maximum,)


def _made(folder: Path) -> Path:
    """A folder that exists."""
    folder.mkdir(parents=True, exist_ok=True)
    return folder
