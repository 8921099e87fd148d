"""A program made by hand whose pages show every state a file can produce, and a reader of the pages that come out."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from html.parser import HTMLParser
from pathlib import Path

from blazon import browser
from blazon.address import Plan, did_web
from blazon.files import read_theme
from blazon.model import (
    Achievement,
    Alignment,
    Art,
    Assessment,
    Award,
    Competency,
    Duration,
    Earner,
    EarnerAward,
    Effort,
    Evidence,
    EvidenceRequirement,
    Kind,
    Link,
    Policy,
    Profile,
    Program,
    Review,
    Reviewer,
    ReviewPolicy,
    Revocation,
    RubricLevel,
    RubricRow,
    Scale,
    Settings,
    Slot,
    Suspension,
    VerificationMethod,
    Visibility,
)
from blazon.pages import Pages
from blazon.render import Theme
from blazon.standing import has_files

TODAY = date(2026, 11, 23)
BASE = "https://badges.example.org/academy/"
PLAN = Plan(BASE, did_web(BASE), datetime(2026, 1, 1, tzinfo=UTC))
STITCH = Path(__file__).parents[1] / "themes" / "stitch"
FILES = {**read_theme(STITCH.parents[1], "stitch"), "static/issuer.js": browser.facts(PLAN, b"{}\n")}
THEME = Theme(FILES)
CREDENTIAL = '{"type": "OpenBadgeCredential", "name": "</script><script>alert(1)</script><!-- & \u2028"}'

HOSTILE = '<script>alert(1)</script>" onmouseover="alert(1) {{ 7*7 }}{% include "x" %}'

_LEVELS = (RubricLevel("Not yet", "Little."), RubricLevel("Meets", "Enough."), RubricLevel("Beyond", "More."))
_RUBRIC = (
    RubricRow("plan", "Planning", levels=_LEVELS, pass_="Meets", competency="lead"),
    RubricRow("care", "Care", levels=_LEVELS, required=False),
)
_EFFORT = Effort(Duration(hours=12), "in-person", "en")


def day(year: int, month: int, number: int) -> datetime:
    """The start of a day in UTC."""
    return datetime(year, month, number, tzinfo=UTC)


def badge(slug: str, name: str, **values: object) -> Achievement:
    """A skill badge with a rubric; other fields as given."""
    one = Achievement(
        slug=slug,
        name=name,
        summary=f"Can do {name.lower()}.",
        kind=Kind.SKILL,
        criteria="# First\n\nShow **it**, see [the guide](https://example.org/guide).\n\n### Then\n\n- once\n- twice",
        assessment=Assessment(method="Two people *look*.", rubric=_RUBRIC),
        effort=_EFFORT,
        competencies=(
            Competency("lead", "Lead", "Leads.", (Alignment("ESCO", "lead", "http://data.europa.eu/x", "S1"),)),
        ),
        evidence=(
            EvidenceRequirement("A plan", "On paper.", setting="work"),
            EvidenceRequirement("Extra", required=False),
        ),
        valid_for=Duration(years=2),
        skills=("leading", "planning"),
        training=(Link("Course", "https://example.org/course"),),
        curriculum="Leading.",
        recognised_by=("The league",),
        art=Art("indigo", "people"),
    )
    return replace(one, **values)  # type: ignore[arg-type]


BADGES = (
    badge("first", "Leading: Foundations", valid_for=None),
    badge("second", "Leading: Practice", requires=("first",)),
    badge("third", "Leading: Application"),
    badge(
        "leading",
        "Leading",
        kind=Kind.MICRO_CREDENTIAL,
        levels=("first", "second", "third"),
        counts=(Slot("extra", 3),),
    ),
    badge("extra", f"Extra {HOSTILE}", art=Art("marigold", "star")),
    badge("old", "Old", status="retired", successor="first"),
    badge("camp", "Camp", kind=Kind.PARTICIPATION, assessment=Assessment(none="It was a camp."), valid_for=None),
    badge(
        "points",
        "Points",
        assessment=Assessment(
            method="A test.",
            rubric=(
                RubricRow("share", "Share", Scale.PERCENT, pass_="80", maximum="100"),
                RubricRow("score", "Score", Scale.POINTS, pass_="5", maximum="10"),
                RubricRow("free", "Free", Scale.POINTS),
            ),
        ),
        requires=("old",),
    ),
    badge("draft", "Draft", status="draft"),
)

_REVIEWS = (
    Review("ann", day(2026, 5, 1), "none", scores={"plan": "Beyond", "care": "Meets"}, note="A private note."),
    Review("bob", day(2026, 5, 2), "Taught the course.", waived_by="ann", scores={"plan": "Meets", "care": "Meets"}),
    Review("cat", day(2026, 5, 2), "none", decision="decline"),
)


def award(slug: str, earner: str, achievement: str, number: int, **values: object) -> Award:
    """An award issued in May 2026 with two approvals; other fields as given."""
    one = Award(
        slug=slug,
        earner=earner,
        id=f"award{number:021d}".replace("0", "a").replace("1", "b")[:26],
        status_index=number,
        achievement=achievement,
        name=f"Name of {earner}",
        did="Led a *group*.",
        started=day(2026, 3, 1),
        ended=day(2026, 4, 1),
        reviews=_REVIEWS,
        issued=day(2026, 5, 14),
    )
    return replace(one, **values)  # type: ignore[arg-type]


AWARDS = (
    award("first", "ada", "first", 2, feedback="Well planned."),
    award("second", "ada", "second", 3, feedback="Not for the public."),
    award("extra", "ada", "extra", 4, revoked=Revocation(day(2026, 6, 1), "It was a mistake.")),
    award(
        "evidence",
        "ada",
        "points",
        5,
        scores={"share": "91", "score": "7", "free": "3"},
        reviews=(),
        evidence=(
            Evidence("Plan", "https://example.org/plan.pdf", kind="Document", setting="work", sha256="ab" * 32),
            Evidence("Words", text="I *wrote* it.", description="In my words."),
            Evidence(
                "Secret", "https://example.org/secret.pdf", text="secret text", description="secret words", private=True
            ),
        ),
        expires=day(2026, 12, 24),
    ),
    award("old", "zoe", "old", 6, issued=day(2023, 1, 1), id="replacedaaaaaaaaaaaaaaaaaa"),
    award("new", "zoe", "old", 7, supersedes="replacedaaaaaaaaaaaaaaaaaa", role="Lead"),
    award("camp", "zoe", "camp", 8, reviews=(), waiver="", suspended=Suspension(day(2026, 11, 1), "We look into it.")),
    award("expired", "hosty", "first", 9, expires=day(2026, 11, 23), name=HOSTILE, did=HOSTILE),
    award("hidden", "una", "first", 10, name="Una Unlisted"),
    award("private", "pia", "first", 11, name="Pia Private"),
    award("withheld", "wim", "first", 12, name="Wim Withheld"),
    award("claim", "kay", "first", 13, name="Kay Claim", issued=None, reviews=()),
    Award("erased", "era", "erasedaaaaaaaaaaaaaaaaaaaa", 14, "", erased=day(2026, 10, 1)),
)

EARNERS = {
    "ada": Earner(
        "ada",
        "Ada",
        "Leads *groups*.",
        (Link("Site", "https://ada.example.org/"),),
        listed=True,
        visibility=Visibility.PUBLIC,
        awards={"first": EarnerAward(feedback=True)},
    ),
    "zoe": Earner("zoe", "زوي", visibility=Visibility.PUBLIC),
    "hosty": Earner("hosty", HOSTILE, HOSTILE, listed=True, visibility=Visibility.PUBLIC),
    "pia": Earner("pia", "Pia Private", visibility=Visibility.PRIVATE),
    "wim": Earner("wim", "Wim Withheld", listed=True, visibility=Visibility.WITHHELD),
}

POLICY = ReviewPolicy(
    Policy(),
    kinds={"micro-credential": Policy(1, reason="One confirms the levels.")},
    badges={"second": Policy(1, reason="There is one of us.")},
    reviewers={
        "ann": Reviewer("ann", "Ann Real", "site-lead", shown_as="A. R."),
        "bob": Reviewer("bob", "Bob", "coach"),
    },
)

PROGRAM = Program(
    settings=Settings(
        name="Example Academy",
        url=BASE,
        issuer=Profile("Example Academy", "badges@example.org", description="A place to learn."),
        contact="badges@example.org",
        tagline="Badges for leading.",
        funding="Paid by nobody.",
        disclaimer="All invented.",
    ),
    achievements={one.slug: one for one in BADGES},
    versions={(one.slug, 1): one for one in BADGES},
    earners=EARNERS,
    awards=AWARDS,
    policy=POLICY,
    keys=(VerificationMethod("key-1", bytes(range(32)), day(2026, 1, 1), until=day(2030, 1, 1)),),
)
EMPTY = replace(PROGRAM, achievements={}, versions={}, earners={}, awards=(), policy=None, keys=())


def every_file(
    program: Program = PROGRAM, theme: Theme = THEME, *, demo: bool = False, preview: bool = False
) -> dict[str, bytes]:
    """All that pages and what stands beside them give, by path."""
    pages = Pages(program, PLAN, theme, TODAY, qr=lambda _: "data:image/png;base64,", demo=demo, preview=preview)
    shown = (one for one in program.awards if has_files(program, one))
    made = [*pages.fixed(), *(file for one in shown for file in pages.awards.of(one, CREDENTIAL))]
    made += [file for earner in {one.earner: None for one in program.awards} for file in pages.of_earner(earner)]
    assert len({path for path, _ in made}) == len(made), "each path once"
    return dict(made)


def every_page(
    program: Program = PROGRAM, theme: Theme = THEME, *, demo: bool = False, preview: bool = False
) -> dict[str, str]:
    """All pages of a program's site as text, by path."""
    made = every_file(program, theme, demo=demo, preview=preview)
    return {path: data.decode() for path, data in made.items() if path.endswith(".html")}


def page_of(program: Program, slug: str) -> str:
    """The page of the award in a file of that name."""
    one = next(one for one in program.awards if one.slug == slug)
    return every_page(program)[f"awards/{one.id}/index.html"]


@dataclass
class Seen(HTMLParser):
    """What a page says to a browser: tags with their attributes in order, and the text between them by tag."""

    tags: list[tuple[str, dict[str, str | None]]] = field(default_factory=list)
    texts: list[tuple[str, str]] = field(default_factory=list)
    open: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        """An empty page."""
        super().__init__()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note a tag."""
        self.tags.append((tag, dict(attrs)))
        if tag not in {"meta", "link", "img", "br", "hr", "input", "path", "circle"}:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note a tag that closes itself."""
        self.tags.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        """Note that a tag ends, which must be the innermost one."""
        assert self.open, f"</{tag}> closes nothing"
        assert self.open.pop() == tag, f"</{tag}> at {self.getpos()}"

    def handle_data(self, data: str) -> None:
        """Note text."""
        self.texts.append((self.open[-1] if self.open else "", data))

    def all(self, *names: str) -> list[dict[str, str | None]]:
        """The attributes of every tag of these names."""
        return [attributes for tag, attributes in self.tags if tag in names]

    @property
    def text(self) -> str:
        """The text that people read, with single spaces."""
        return " ".join(" ".join(data for tag, data in self.texts if tag not in {"script", "title"}).split())


def seen(page: str) -> Seen:
    """A page as a browser sees it; every tag is closed in its place."""
    reader = Seen()
    reader.feed(page)
    reader.close()
    assert not reader.open, reader.open
    return reader
