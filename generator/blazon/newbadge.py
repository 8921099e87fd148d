"""The text of a new badge's file: commented, and complete enough to be checked, drawn and shown before it is edited."""

from __future__ import annotations

from blazon import schemas
from blazon.model import Kind
from blazon.scaffold import Named, NewFile, scalar

LEVEL_NAMES = ("Foundations", "Practice", "Application")

_THREADS = {
    Kind.SKILL: ("spruce", "wrench"),
    Kind.KNOWLEDGE: ("lagoon", "book"),
    Kind.LIFE_SKILL: ("rose", "people"),
    Kind.PARTICIPATION: ("moss", "star"),
    Kind.IDENTITY: ("slate", "heart"),
    Kind.MICRO_CREDENTIAL: ("indigo", "layers"),
}


def badge(new: Named, kind: Kind, level: int = 0) -> NewFile:
    """A new badge; one level of a stack gets the number of the level at its end."""
    slug, name = new.slug, new.name
    if level:
        stem = slug.removesuffix(f"-{level}")
        slug = f"{stem}-{level}"
        if new.name.endswith((f" {level}", f"-{level}")):
            name = new.name[:-2]
        name = f"{name}: {LEVEL_NAMES[level - 1]}" if ":" not in name else name
    path = f"content/badges/{slug}/badge.yaml"
    parts = (
        schemas.editor_line("badge", path) + _badge_head(slug, name, kind, level),
        _criteria(kind, level),
        _competencies(kind),
        _assessment(kind),
        _evidence(kind, level),
        _badge_tail(kind),
    )
    return NewFile(path, "\n".join(part for part in parts if part))


def _badge_head(slug: str, name: str, kind: Kind, level: int) -> str:
    """The lines that say what a badge is."""
    lines = [
        "# One badge: what earns it, and how that is judged. The texts are examples; put your own in their place.",
        f"name: {scalar(name)}",
        "# One sentence: what the holder can do.",
        "summary: Plans a piece of work, does it, and explains how it was made.",
        f"kind: {kind}",
    ]
    if kind is Kind.MICRO_CREDENTIAL:
        lines += [
            "# Three badges in order. Make each of them with: blazon new badge … --level 1 (then 2, then 3)",
            f"levels: [{slug}-1, {slug}-2, {slug}-3]",
        ]
    if level > 1:
        lines += ["# The level before this one.", f"# requires: [{slug.removesuffix(f'-{level}')}-{level - 1}]"]
    return "\n".join(lines) + "\n"


def _criteria(kind: Kind, level: int) -> str:
    """What must be shown, and what is taught on the way."""
    text = """\
# What must be shown. Speak to the earner, and say how much is enough (Markdown).
criteria: |
  - Finish one piece of work of your own.
  - Show it to two reviewers, and explain how you made it.
"""
    if level == len(LEVEL_NAMES):
        text += "  - Ask the people it was made for what they think, and say what you changed after that.\n"
    if kind in (Kind.SKILL, Kind.KNOWLEDGE, Kind.LIFE_SKILL):
        text += """
# What is taught on the way. Delete it when nothing is.
curriculum: |
  - How to plan the work
  - How to ask for feedback
"""
    return text


def _competencies(kind: Kind) -> str:
    """What the holder can do, where the badge says so."""
    if kind in (Kind.PARTICIPATION, Kind.IDENTITY):
        return ""
    where = "Each has the id that it has in a level, whose rubric assesses it."
    return (
        _COMPETENCIES.replace("Rubric rows point here by id.", where)
        if kind is Kind.MICRO_CREDENTIAL
        else _COMPETENCIES
    )


_COMPETENCIES = """\
# What the holder can do. Rubric rows point here by id.
competencies:
  - id: craft
    name: Do the work
    description: Plans a piece of work and finishes it.
    # A framework that others know makes the badge worth more to them:
    # alignment:
    #   - framework: ESCO
    #     name: manage own work
    #     url: http://data.europa.eu/esco/skill/…
"""


def _assessment(kind: Kind) -> str:
    """How a badge is assessed, or why it is not."""
    match kind:
        case Kind.PARTICIPATION:
            return "assessment:\n  none: Being there is what this badge records. Nothing was scored.\n"
        case Kind.IDENTITY:
            return "assessment:\n  none: This badge says who somebody is in the program. Nothing was scored.\n"
        case Kind.MICRO_CREDENTIAL:
            return "assessment:\n  none: Each level was assessed on its own. This badge adds them up.\n"
    return """\
assessment:
  method: |
    Two reviewers look at the work and listen to the explanation. Each scores every row below.
  rubric:
    - id: work
      name: The work
      competency: craft
      # Lowest first. "pass" is the lowest level that counts.
      levels:
        - name: Not yet
          description: The work is not finished.
        - name: Meets
          description: The work is finished, and does what it is for.
        - name: Goes beyond
          description: Others can learn from it.
      pass: Meets
"""


def _evidence(kind: Kind, level: int) -> str:
    """What an earner collects."""
    if kind is Kind.MICRO_CREDENTIAL:
        return "evidence:\n  - name: The awards for all levels\n"
    if kind in (Kind.PARTICIPATION, Kind.IDENTITY):
        return "evidence:\n  - name: The program's own list\n    description: You do not need to hand in anything.\n"
    setting = ("training", "training", "practice", "work")[level]
    return f"""\
# The earner's checklist, and the reviewers'. "setting" is training, practice or work.
evidence:
  - name: The finished work
    description: A photo, a file or a link.
    setting: {setting}
  - name: Feedback from those it was made for
    setting: {setting}
"""


def _badge_tail(kind: Kind) -> str:
    """Effort, validity, catalogue words and artwork."""
    thread, icon = _THREADS[kind]
    return f"""\
# How long it takes: PT90M is 90 minutes, PT12H is 12 hours. mode: online, in-person, workshop, blended, work-based.
effort:
  time: PT12H
  mode: in-person
  language: en
# "ever", or how long: P2Y is two years.
valid_for: ever

skills: [planning, feedback]

# The picture is drawn from these. thread: marigold brick rose plum indigo lagoon spruce moss slate.
art:
  thread: {thread}
  icon: {icon}
"""
