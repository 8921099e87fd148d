"""A small program made by hand: the records behind the examples a7f3, b81c and c99d, for tests that need a model."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from hashlib import sha256
from pathlib import Path
from typing import Any

from blazon.address import Plan, did_web
from blazon.keys import Secret
from blazon.model import (
    Achievement,
    Alignment,
    Assessment,
    Award,
    Competency,
    Duration,
    Effort,
    Endorsement,
    Evidence,
    Kind,
    Party,
    Profile,
    Program,
    Published,
    Recipient,
    Revocation,
    RubricLevel,
    RubricRow,
    Scale,
    Settings,
    Translation,
    VerificationMethod,
)

BASE = "https://badges.example.org/academy/"
DID = "did:web:badges.example.org:academy"
NINE = datetime(2026, 3, 1, 9, tzinfo=UTC)
TODAY = date(2026, 11, 23)
SECRET = Secret(sha256(b"sample key 1").digest())
PLAN = Plan(BASE, did_web(BASE), NINE)
VECTORS = Path(__file__).parent / "vectors" / "standards"


def vector(name: str) -> dict[str, Any]:
    """An example document of this project's description of the standards."""
    loaded: dict[str, Any] = json.loads((VECTORS / name).read_text("utf-8"))
    return loaded


EFFORT = Effort(Duration(hours=12), "in-person", "en")
SETTINGS = Settings(
    name="Example Academy",
    url=BASE,
    issuer=Profile("Example Academy", "badges@example.org"),
    contact="badges@example.org",
)
LEVEL_1 = Achievement(
    slug="robotics-1",
    name="Robotics, level 1",
    summary="Builds and programs a line-following robot.",
    kind=Kind.PARTICIPATION,
    criteria="Build a robot that follows a line and stops at an obstacle.",
    assessment=Assessment(none="Taking part is enough."),
    effort=EFFORT,
    skills=("robotics",),
    alt="A robot on a line",
    published=Published("robotics-1", "none"),
)
LEVEL_2 = replace(
    LEVEL_1,
    slug="robotics-2",
    name="Robotics, level 2",
    kind=Kind.SKILL,
    credit=Decimal("1.5"),
    subject="Engineering",
    specialization="Robotics",
    code="ROB-2",
    creator=Party(DID, "Example Academy"),
    competencies=(
        Competency(
            "program",
            "Program robots",
            alignment=(
                Alignment(
                    "ESCO",
                    "program robots",
                    "http://data.europa.eu/esco/skill/00000000-0000-0000-0000-000000000000",
                    "S5",
                ),
            ),
        ),
    ),
    translations={"nl": Translation()},
    assessment=Assessment(
        method="A panel looks at the robot.",
        rubric=(
            RubricRow(
                "design",
                "Design",
                competency="program",
                levels=(
                    RubricLevel("Emerging", "Works with help.", "1"),
                    RubricLevel("Proficient", "Works unaided.", "2"),
                    RubricLevel("Expert", "Teaches others.", "3"),
                ),
                pass_="Proficient",
            ),
            RubricRow("score", "Score", Scale.PERCENT, competency="program", pass_="60", minimum="0", maximum="100"),
        ),
    ),
    endorsements=(
        Endorsement("league", vector("award-b81c.json")["credentialSubject"]["achievement"]["endorsement"][0]),
    ),
    published=Published("robotics-2", "913802a3ebad34e0f917be628658fe22e6bb792eef7f6f444bf6d0a96c90326c"),
)
RECIPIENT = Recipient(
    hash="sha256$001a177211eb45b2c47d55551da0a66a41074c2a0d4d746d1b387b456a3aec48",
    salt="d2f1c09b6e5a4c1f8a7b3e2d1c0f9e8d",
)
A7F3 = Award("robotics-1", "ada", "a7f3", 41873, "robotics-1", issued=NINE, recipient=RECIPIENT)
B81C = Award(
    "robotics-2",
    "ada",
    "b81c",
    9,
    "robotics-2",
    name="Ada Example",
    did="Assessed by a panel.",
    role="Builder",
    started=datetime(2026, 1, 5, tzinfo=UTC),
    ended=datetime(2026, 2, 27, tzinfo=UTC),
    credit=Decimal("1.5"),
    issued=NINE,
    expires=datetime(2036, 3, 1, 9, tzinfo=UTC),
    recipient=RECIPIENT,
    source=Party("https://partner.example.org/", "Assessing partner"),
    scores={"design": "Expert", "score": "91"},
    summary="Awarded for the second robotics level.",
    alt="Robotics badge",
    evidence=(
        Evidence(
            "The robot",
            "https://example.org/work/42",
            "Built in February.",
            "Photos and code",
            "d89e9a79dbd97e7f02da41e0c9ca81dbf9def5cd6549b805e6fdf71a7ff43de7",
            "Project",
            audience="Public",
        ),
    ),
)
C99D = Award(
    "robotics-1-again",
    "ada",
    "c99d",
    77,
    "robotics-1",
    issued=NINE,
    recipient=RECIPIENT,
    revoked=Revocation(NINE, "Awarded in error."),
)
KEY_1 = VerificationMethod("key-1", SECRET.public, datetime(2026, 1, 1, tzinfo=UTC))
PROGRAM = Program(
    SETTINGS,
    achievements={"robotics-1": LEVEL_1, "robotics-2": LEVEL_2},
    versions={("robotics-1", 1): LEVEL_1, ("robotics-2", 1): LEVEL_2},
    awards=(A7F3, C99D, B81C),
    keys=(KEY_1,),
)
