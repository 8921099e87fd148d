"""The vocabulary of the project: what a program is made of. Frozen values, no behaviour beyond what a name promises."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from enum import StrEnum

from blazon.diagnostics import Place


class Kind(StrEnum):
    """What a badge stands for."""

    SKILL = "skill"
    KNOWLEDGE = "knowledge"
    LIFE_SKILL = "life-skill"
    PARTICIPATION = "participation"
    IDENTITY = "identity"
    MICRO_CREDENTIAL = "micro-credential"


class Visibility(StrEnum):
    """Who can find an award's page."""

    PUBLIC = "public"
    UNLISTED = "unlisted"
    PRIVATE = "private"
    WITHHELD = "withheld"


class Pictures(StrEnum):
    """Where pictures with an award inside are made: by a build, or in the browser of whoever asks an award's page for one."""

    BAKED = "baked"
    ON_DEMAND = "on-demand"


class Scale(StrEnum):
    """How a rubric row is scored; the values are Open Badges 3.0 result types."""

    LEVELS = "RubricCriterionLevel"
    PERCENT = "Percent"
    POINTS = "RawScore"
    STATUS = "Status"


@dataclass(frozen=True, slots=True)
class Duration:
    """An ISO 8601 duration of calendar and clock units, as people plan with them."""

    years: int = 0
    months: int = 0
    weeks: int = 0
    days: int = 0
    hours: int = 0
    minutes: int = 0


@dataclass(frozen=True, slots=True)
class Link:
    """A title and an https address."""

    title: str
    url: str


@dataclass(frozen=True, slots=True)
class Party:
    """Somebody other than the issuer, by name and identity (an https address or a DID)."""

    id: str
    name: str


@dataclass(frozen=True, slots=True)
class Profile:
    """Who issues the badges (Open Badges 3.0 Profile, 2.0 Issuer)."""

    name: str
    email: str
    url: str = ""
    description: str = ""
    image: str = ""
    country: str = ""
    endorsements: tuple[Endorsement, ...] = ()


@dataclass(frozen=True, slots=True)
class Repository:
    """Where the program's own files are kept."""

    host: str
    path: str
    branch: str = "main"


@dataclass(frozen=True, slots=True)
class Settings:
    """content/site.yaml. `url` is the base address and ends with a slash."""

    name: str
    url: str
    issuer: Profile
    contact: str
    tagline: str = ""
    about: str = ""
    language: str = "en"
    languages: tuple[str, ...] = ()
    theme: str = "stitch"
    theme_options: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    funding: str = ""
    disclaimer: str = ""
    quality: str = ""
    repository: Repository | None = None
    visibility: Visibility = Visibility.UNLISTED
    public_repository: bool = False
    pictures: Pictures = Pictures.BAKED
    place: Place = Place("content/site.yaml")
    places: Mapping[str, Place] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Reviewer:
    """Somebody who may approve awards. `shown_as` is the name on pages, `id` the key in reviewers.yaml.

    `keys` are the 32 bytes of each key that they sign reviews with.
    """

    id: str
    name: str
    role: str
    shown_as: str = ""
    github: str = ""
    keys: tuple[bytes, ...] = ()
    badges: tuple[str, ...] = ()
    since: datetime | None = None
    until: datetime | None = None
    place: Place = Place("content/reviewers.yaml")
    places: Mapping[str, Place] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Policy:
    """How many approvals an award needs, and from which roles; `evidence` is stated, signed or host."""

    approvals: int = 2
    roles: tuple[str, ...] = ()
    evidence: str = "stated"
    reason: str = ""
    place: Place = Place("content/reviewers.yaml")
    places: Mapping[str, Place] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ReviewPolicy:
    """content/reviewers.yaml: the default policy, those of kinds and badges, and the people."""

    default: Policy
    kinds: Mapping[str, Policy] = field(default_factory=dict)
    badges: Mapping[str, Policy] = field(default_factory=dict)
    reviewers: Mapping[str, Reviewer] = field(default_factory=dict)
    places: Mapping[str, Place] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Alignment:
    """A competency in somebody else's framework. `url` may be http: frameworks such as ESCO name their terms so.

    `type` is an Open Badges 3.0 target type; "" is the one that goes with the framework.
    """

    framework: str
    name: str
    url: str
    code: str = ""
    description: str = ""
    type: str = ""


@dataclass(frozen=True, slots=True)
class Competency:
    """Something a badge says its holder can do."""

    id: str
    name: str
    description: str = ""
    alignment: tuple[Alignment, ...] = ()
    place: Place = Place("")


@dataclass(frozen=True, slots=True)
class RubricLevel:
    """One level of a rubric row, lowest first; its number is its position counted from 1."""

    name: str
    description: str = ""
    points: str = ""


@dataclass(frozen=True, slots=True)
class RubricRow:
    """One thing that reviewers score: by levels, of which a row done or not done has two, or else by numbers.

    `pass_` is a level's name, or a number as text; "" when nothing is required.
    """

    id: str
    name: str
    scale: Scale = Scale.LEVELS
    competency: str = ""
    required: bool = True
    levels: tuple[RubricLevel, ...] = ()
    pass_: str = ""
    minimum: str = ""
    maximum: str = ""
    place: Place = Place("")
    places: Mapping[str, Place] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Assessment:
    """How a badge is assessed. With `none` set nothing is assessed, and `none` says why."""

    method: str = ""
    rubric: tuple[RubricRow, ...] = ()
    none: str = ""


@dataclass(frozen=True, slots=True)
class EvidenceRequirement:
    """One thing an earner collects."""

    name: str
    description: str = ""
    required: bool = True
    setting: str = ""


@dataclass(frozen=True, slots=True)
class Effort:
    """What the work asks of an earner."""

    time: Duration
    mode: str
    language: str


@dataclass(frozen=True, slots=True)
class Art:
    """How the badge's picture is drawn when it brings none of its own. An empty shape is the kind's own silhouette."""

    thread: str = "spruce"
    icon: str = "star"
    shape: str = ""


@dataclass(frozen=True, slots=True)
class Picture:
    """The badge's own artwork: the bytes of its PNG and its SVG."""

    png: bytes
    svg: bytes


@dataclass(frozen=True, slots=True)
class Published:
    """How a badge was published before it came to this repository, so that its signed documents stay as they were.

    `document` is the file name of its documents without `.json`; `picture` is the SHA-256 of the picture that awards
    were signed with, as lower-case hex, or "none" when they were signed without one.
    """

    document: str = ""
    picture: str = ""


@dataclass(frozen=True, slots=True)
class Slot:
    """A micro-badge that fills one level of a stack."""

    badge: str
    level: int
    place: Place = Place("")


@dataclass(frozen=True, slots=True)
class Wording:
    """A part of a badge in another language; `id` says which, where parts have ids, and `levels` are those of a rubric row."""

    id: str = ""
    name: str = ""
    description: str = ""
    levels: tuple[Wording, ...] = ()
    place: Place = field(default=Place(""), compare=False)


@dataclass(frozen=True, slots=True)
class AssessmentWording:
    """How a badge is assessed, in another language."""

    method: str = ""
    none: str = ""
    rubric: tuple[Wording, ...] = ()


@dataclass(frozen=True, slots=True)
class Translation:
    """A badge's own words in another language; an empty field falls back to the badge's language.

    Competencies and rows go by their ids; other lists have an entry for each of the badge's, in its order. Links take the
    place of the badge's.
    """

    name: str = ""
    summary: str = ""
    criteria: str = ""
    curriculum: str = ""
    alt: str = ""
    training: tuple[Link, ...] = ()
    competencies: tuple[Wording, ...] = ()
    assessment: AssessmentWording = AssessmentWording()
    evidence: tuple[Wording, ...] = ()
    skills: tuple[str, ...] = ()
    subject: str = ""
    audience: str = ""
    format: str = ""
    cost: str = ""
    funding: str = ""
    prior_learning: str = ""
    quality: str = ""
    accepted_by: tuple[str, ...] = ()
    recognised_by: tuple[str, ...] = ()
    see_also: tuple[Link, ...] = ()
    places: Mapping[str, Place] = field(default_factory=dict, compare=False)


@dataclass(frozen=True, slots=True)
class Endorsement:
    """Somebody vouches for a badge or an issuer. `name` is its file's without the ending, `document` the signed credential.

    Awards carry it from `since` on, which the program says when it came late; `embed` is false when none does.
    """

    name: str
    document: Mapping[str, object]
    embed: bool = True
    since: datetime | None = None
    place: Place = Place("")


@dataclass(frozen=True, slots=True)
class Achievement:
    """One version of a badge (Open Badges 3.0 Achievement, 2.0 BadgeClass). `valid_for` is None when it does not expire.

    `unread` names fields that are written and could not be read: the report has said so, and rules stay silent about them.
    """

    slug: str
    name: str
    summary: str
    kind: Kind
    criteria: str
    assessment: Assessment
    effort: Effort
    version: int = 1
    status: str = "active"
    successor: str = ""
    curriculum: str = ""
    training: tuple[Link, ...] = ()
    competencies: tuple[Competency, ...] = ()
    evidence: tuple[EvidenceRequirement, ...] = ()
    valid_for: Duration | None = None
    skills: tuple[str, ...] = ()
    subject: str = ""
    specialization: str = ""
    code: str = ""
    audience: str = ""
    format: str = ""
    cost: str = ""
    funding: str = ""
    credit: Decimal | None = None
    credit_unit: str = ""
    accepted_by: tuple[str, ...] = ()
    prior_learning: str = ""
    eqf: int | None = None
    quality: str = ""
    recognised_by: tuple[str, ...] = ()
    see_also: tuple[Link, ...] = ()
    reviewers: Policy | None = None
    creator: Party | None = None
    endorsements: tuple[Endorsement, ...] = ()
    art: Art = Art()
    picture: Picture | None = None
    alt: str = ""
    translations: Mapping[str, Translation] = field(default_factory=dict)
    levels: tuple[str, ...] = ()
    counts: tuple[Slot, ...] = ()
    requires: tuple[str, ...] = ()
    published: Published = Published()
    place: Place = Place("")
    places: Mapping[str, Place] = field(default_factory=dict)
    unread: frozenset[str] = frozenset()

    @property
    def alignments(self) -> tuple[Alignment, ...]:
        """What its competencies are called in other frameworks, each once: several of them may mean the same there."""
        return tuple(dict.fromkeys(found for competency in self.competencies for found in competency.alignment))


@dataclass(frozen=True, slots=True)
class EarnerAward:
    """What the earner decides about one award. `key` opens its page where that is private: 32 bytes as base64url."""

    visibility: Visibility | None = None
    feedback: bool = False
    place: Place = Place("")
    key: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class Earner:
    """Somebody who earns badges: their own page, theirs to change, never signed."""

    slug: str
    name: str = ""
    about: str = ""
    links: tuple[Link, ...] = ()
    language: str = ""
    minor: bool = False
    listed: bool = False
    transcript: bool = False
    visibility: Visibility | None = None
    awards: Mapping[str, EarnerAward] = field(default_factory=dict)
    place: Place = Place("")
    places: Mapping[str, Place] = field(default_factory=dict)
    unread: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Evidence:
    """One thing an earner showed. `sha256` is the digest of a fixed file as lower-case hex."""

    title: str
    url: str = ""
    text: str = ""
    description: str = ""
    sha256: str = ""
    kind: str = ""
    setting: str = ""
    audience: str = ""
    private: bool = False


@dataclass(frozen=True, slots=True)
class Review:
    """One reviewer's decision on an award. `conflict` is "none" or what it is; `waived_by` is the reviewer who set it aside.

    Scores go by rubric row.
    """

    reviewer: str
    date: datetime
    conflict: str
    waived_by: str = ""
    scores: Mapping[str, str] = field(default_factory=dict)
    note: str = ""
    decision: str = "approve"
    signature: str = ""
    place: Place = Place("")
    places: Mapping[str, Place] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Part:
    """An award that fills a level of a stack, by its id. With `private` the stack's credential gives no address of it.

    `name` and `sha256` are for a part that was erased since: what its badge was called, and the digest of its credential.
    """

    award: str
    private: bool = False
    name: str = ""
    sha256: str = ""
    place: Place = Place("")
    places: Mapping[str, Place] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Recipient:
    """Who may say "this is mine": a salted hash (`sha256$…`) of an e-mail address, or an identity the earner holds."""

    hash: str = ""
    salt: str = ""
    id: str = ""


@dataclass(frozen=True, slots=True)
class Revocation:
    """An award withdrawn for ever."""

    on: datetime
    reason: str


@dataclass(frozen=True, slots=True)
class Suspension:
    """An award paused."""

    since: datetime
    reason: str
    until: datetime | None = None


@dataclass(frozen=True, slots=True)
class Brief:
    """An award in brief: what has to be known of all awards at once. `issued` is None while it is a claim; dates are UTC."""

    slug: str
    earner: str
    id: str
    status_index: int
    achievement: str
    version: int | None = None
    name: str = ""
    parts: tuple[Part, ...] = ()
    issued: datetime | None = None
    expires: datetime | None = None
    revoked: Revocation | None = None
    suspended: Suspension | None = None
    supersedes: str = ""
    erased: datetime | None = None


@dataclass(frozen=True, slots=True)
class Award(Brief):
    """A decision about one earner and one badge, in a file.

    An erased award has only `id`, `status_index` and `erased`. `unread` is as in Achievement.
    """

    did: str = ""
    role: str = ""
    started: datetime | None = None
    ended: datetime | None = None
    evidence: tuple[Evidence, ...] = ()
    reviews: tuple[Review, ...] = ()
    scores: Mapping[str, str] = field(default_factory=dict)
    feedback: str = ""
    recipient: Recipient | None = None
    summary: str = ""
    alt: str = ""
    source: Party | None = None
    prior_learning: str = ""
    waiver: str = ""
    credit: Decimal | None = None
    term: str = ""
    locale: str = ""
    place: Place = Place("")
    places: Mapping[str, Place] = field(default_factory=dict)
    unread: frozenset[str] = frozenset()


class Aside(Sequence[Award]):
    """Awards that lie elsewhere, each of which is read when it is asked for. They are at hand in brief, in the same order."""

    in_brief: Sequence[Brief]


@dataclass(frozen=True, slots=True)
class VerificationMethod:
    """A public key with its dates. `name` is its file name and the fragment of its id; `public` is the 32 bytes."""

    name: str
    public: bytes
    since: datetime
    until: datetime | None = None
    compromised: datetime | None = None
    replaces: tuple[str, ...] = ()
    note: str = ""
    place: Place = Place("")
    places: Mapping[str, Place] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Roots:
    """The root keys of a program, 32 bytes each, and how many of them have to sign the list of its keys."""

    public: tuple[bytes, ...]
    threshold: int = 1
    place: Place = Place("")
    places: Mapping[str, Place] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class DocPage:
    """A page of the documentation: its path below docs/, its Markdown as it is written, and where it is listed."""

    path: str
    text: str
    place: Place


@dataclass(frozen=True, slots=True)
class DocSection:
    """Pages of the documentation that belong together, in order."""

    title: str
    pages: tuple[DocPage, ...]


@dataclass(frozen=True, slots=True)
class Docs:
    """docs/pages.yaml: the documentation that a program publishes, and the pictures beside its pages, by path below docs/.

    `language` is "" where it is the site's; `unlisted` are pages that nothing lists.
    """

    sections: tuple[DocSection, ...]
    pictures: Mapping[str, bytes] = field(default_factory=dict)
    language: str = ""
    unlisted: tuple[str, ...] = ()

    @property
    def pages(self) -> tuple[DocPage, ...]:
        """Every page, in order."""
        return tuple(page for section in self.sections for page in section.pages)


@dataclass(frozen=True, slots=True)
class Program:
    """Everything a repository says. Awards are in the order of their paths; `broken` names what failed to load, by path stem.

    `achievements` holds each badge as it is awarded today, `versions` every version by slug and number. `key_list` are the bytes
    of the list of keys that its root keys signed, none without them.
    """

    settings: Settings
    achievements: Mapping[str, Achievement] = field(default_factory=dict)
    versions: Mapping[tuple[str, int], Achievement] = field(default_factory=dict)
    earners: Mapping[str, Earner] = field(default_factory=dict)
    awards: Sequence[Award] = ()
    policy: ReviewPolicy | None = None
    keys: tuple[VerificationMethod, ...] = ()
    broken: frozenset[str] = frozenset()
    docs: Docs | None = None
    roots: Roots | None = None
    key_list: bytes = b""

    @property
    def in_brief(self) -> Sequence[Brief]:
        """All awards in brief, in the same order."""
        return self.awards.in_brief if isinstance(self.awards, Aside) else self.awards

    def whole(self, wanted: Callable[[Brief], bool]) -> Iterator[Award]:
        """Those awards that are wanted for what is known of them in brief."""
        return (self.awards[number] for number, one in enumerate(self.in_brief) if wanted(one))

    def achievement_of(self, award: Brief) -> Achievement:
        """The version of the badge that an award names, or the current one.

        Raises KeyError when there is none, which `check` has ruled out before anything is built.
        """
        current = self.achievements[award.achievement]
        return current if award.version is None else self.versions[award.achievement, award.version]

    def name_of(self, award: Brief) -> str:
        """The display name that pages show for an award's earner: the earner's own choice first."""
        earner = self.earners.get(award.earner)
        return (earner.name if earner else "") or award.name

    def visibility_of(self, award: Brief) -> Visibility:
        """Who can find an award: the earner's word on this award, on all of theirs, or else the program's default."""
        earner = self.earners.get(award.earner)
        if earner is None:
            return self.settings.visibility
        chosen = earner.awards.get(award.slug)
        return (chosen.visibility if chosen else None) or earner.visibility or self.settings.visibility

    def page_key_of(self, award: Brief) -> str:
        """The key of an award's private page, or "" when its earner has none."""
        earner = self.earners.get(award.earner)
        chosen = earner.awards.get(award.slug) if earner else None
        return chosen.key if chosen else ""

    def level_of(self, slug: str) -> tuple[str, int]:
        """The stack that a badge is a level of, and which one counted from 1; "" and 0 when it is none."""
        for stack in self.achievements.values():
            if slug in stack.levels:
                return stack.slug, stack.levels.index(slug) + 1
        return "", 0
