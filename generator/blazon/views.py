"""What templates are given: a site, a page and the one object it is about, as plain values with nothing left to look up."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from blazon import address
from blazon.model import Achievement, Alignment, Award, Evidence, Link, Profile
from blazon.options import OptionValue
from blazon.standing import Standing


@dataclass(frozen=True, slots=True)
class Reference:
    """A title and where it leads: a path of the site, or an address; "" leads nowhere.

    `language` is that of the title where it is not the page's.
    """

    title: str
    path: str = ""
    language: str = ""


@dataclass(frozen=True, slots=True)
class KeyShown:
    """A public key of the issuer as people compare it. `public` is the whole key, `fingerprint` its beginning and end."""

    name: str
    id: str
    public: str
    fingerprint: str
    since: datetime
    until: datetime | None
    compromised: datetime | None


@dataclass(frozen=True, slots=True)
class SiteShown:
    """What every page of a site shows. `now` is the day on which it was built, `language` that of the program's own words
    on pages in another one, else "". `docs` is the page that the documentation begins with, or "". `baked` says whether awards have
    pictures with the award inside; else their pages bake them.
    """

    name: str
    tagline: str
    about: str
    issuer: Profile
    did: str
    base: str
    key_document: str
    now: date
    contact: Reference
    funding: str
    disclaimer: str
    quality: str
    options: Mapping[str, OptionValue]
    keys: tuple[KeyShown, ...]
    demo: bool
    preview: bool
    language: str = ""
    docs: str = ""
    baked: bool = True


@dataclass(frozen=True, slots=True)
class CardPicture:
    """The picture that stands for a page where others link to it: a path of the site, its size in pixels, what it shows."""

    path: str
    width: int
    height: int
    alt: str


@dataclass(frozen=True, slots=True)
class Alternate:
    """The same in another form: its media type, its title, and its address in full."""

    type: str
    title: str
    address: str


@dataclass(frozen=True, slots=True)
class EditionShown:
    """A page in one of its languages: the language's tag, what its speakers call it, path, address in full, and locale for
    link previews, "" when none is known.
    """

    language: str
    name: str
    path: str
    address: str
    locale: str


@dataclass(frozen=True, slots=True)
class Page:
    """One page: its path, its own clean address, and what its head says. `editions` has a page that stands in several
    languages in all of them, the program's own first; `edition` is the language in which this one tells its subject.
    """

    path: str
    address: str
    title: str
    description: str
    thread: str
    language: str
    direction: str
    current: str = ""
    crumbs: tuple[Reference, ...] = ()
    hidden: bool = False
    card: CardPicture | None = None
    card_address: str = ""
    alternates: tuple[Alternate, ...] = ()
    editions: tuple[EditionShown, ...] = ()
    edition: str = ""

    @property
    def missing(self) -> bool:
        """Whether it stands for pages that are not there, and has no address of its own."""
        return self.path == address.NOT_FOUND


@dataclass(frozen=True, slots=True)
class DocSectionShown:
    """A section of the documentation in its navigation: its first page and, where one of its pages is shown, all others."""

    title: str
    path: str
    here: bool
    pages: tuple[Reference, ...]


@dataclass(frozen=True, slots=True)
class DocShown:
    """A page of the documentation, with the id of its title. `head` is what stands above its first section, `rest` all below, both as HTML.

    `contents` are its headings, as links; `language` and `direction` are those of its text, "" where they are the page's.
    `brief` says that the list of pages is short enough to stay beside the text.
    """

    title: str
    id: str
    head: str
    rest: str
    contents: tuple[Reference, ...]
    language: str
    direction: str
    sections: tuple[DocSectionShown, ...]
    brief: bool
    previous: Reference | None
    next: Reference | None


@dataclass(frozen=True, slots=True)
class BadgeShown:
    """A badge. `level` of `levels` is 0 of 0 when it is not one of a stack; `definition` has every field of its file.

    `language` is that of its name where it is not the page's.
    """

    slug: str
    name: str
    summary: str
    kind: str
    thread: str
    page: str
    svg: str
    png: str
    png_size: tuple[int, int]
    card: CardPicture
    alt: str
    level: int
    levels: int
    pathway: Reference
    earned: int
    definition: Achievement
    language: str = ""


@dataclass(frozen=True, slots=True)
class FilterShown:
    """One way to narrow the catalogue: `name` is kind, skill or subject, `tag` its part of an address, `count` how many badges are left."""

    name: str
    tag: str
    title: str
    page: str
    count: int


@dataclass(frozen=True, slots=True)
class EntryShown:
    """A badge in the catalogue: the tags that filters ask for, and what a search looks through beside the words on its card."""

    badge: BadgeShown
    kind: str
    skills: tuple[str, ...]
    subject: str
    words: str


@dataclass(frozen=True, slots=True)
class RubricCell:
    """One level of a rubric row, and whether it counts."""

    name: str
    description: str
    passes: bool


@dataclass(frozen=True, slots=True)
class RubricRowShown:
    """One thing that is looked at. `scale` is levels, percent or points; `needed` is what counts, "" when nothing is required."""

    name: str
    required: bool
    cells: tuple[RubricCell, ...]
    needed: str
    scale: str
    maximum: str


@dataclass(frozen=True, slots=True)
class RubricShown:
    """A rubric as a table. Without `columns` the rows have levels of their own, or are scored by numbers."""

    columns: tuple[str, ...]
    rows: tuple[RubricRowShown, ...]


@dataclass(frozen=True, slots=True)
class VoucherShown:
    """An endorsement: who gave it and what they say. `fingerprint` is of the key that signed it, "" when nobody looked at that;
    `withdrawable` is true when only its issuer knows whether it still holds.
    """

    name: str
    url: str
    comment: str
    begins: datetime
    ends: datetime | None
    ended: bool
    fingerprint: str
    withdrawable: bool
    inside: bool
    file: str


@dataclass(frozen=True, slots=True)
class BadgePage:
    """What a badge's own page shows beside the badge. `foreign` names the texts that are in another language than the page,
    such as `criteria` or `evidence.0.name`: in `language`, written in `direction`. `partly` is true when not all was translated.
    """

    rubric: RubricShown
    requires: tuple[BadgeShown, ...]
    opens: tuple[BadgeShown, ...]
    fills: tuple[tuple[Reference, int], ...]
    successor: BadgeShown | None
    aligned: tuple[Alignment, ...]
    holders: tuple[AwardCard, ...]
    holders_left: int
    vouchers: tuple[VoucherShown, ...]
    pathway: PathwayShown | None
    skills: tuple[Reference, ...]
    subject: Reference
    files: Mapping[str, str]
    foreign: frozenset[str] = frozenset()
    language: str = ""
    direction: str = ""
    partly: bool = False


@dataclass(frozen=True, slots=True)
class AwardCard:
    """An award in a list."""

    page: str
    name: str
    badge: BadgeShown
    issued: datetime
    expires: datetime | None
    standing: Standing


@dataclass(frozen=True, slots=True)
class Step:
    """One level of a stack. `state` is `level` where it is about nobody, `here` on its own page, else how far an earner is:
    `done`, `next`, `open`, or the bad news of the level's award.
    """

    badge: BadgeShown
    number: int
    state: str
    award: AwardCard | None = None


@dataclass(frozen=True, slots=True)
class PathwayShown:
    """A stack: its levels in order, the micro-badges that count for one, and how far one earner is when it is about one:
    `award` is then theirs of the whole stack, and `earner` a link to their page.
    """

    badge: BadgeShown
    page: str
    steps: tuple[Step, ...]
    counts: tuple[tuple[BadgeShown, int], ...]
    done: int = 0
    following: BadgeShown | None = None
    award: AwardCard | None = None
    earner: Reference = Reference("")


@dataclass(frozen=True, slots=True)
class MatrixColumn:
    """A badge that a stack is made of, and the level that it is or counts for."""

    badge: BadgeShown
    level: int


@dataclass(frozen=True, slots=True)
class MatrixRow:
    """A competency, whether the stack names it itself, and for each column the rubric rows that show it."""

    name: str
    own: bool
    cells: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class MatrixShown:
    """Which competency is shown where in a stack."""

    columns: tuple[MatrixColumn, ...]
    rows: tuple[MatrixRow, ...]


@dataclass(frozen=True, slots=True)
class ResultShown:
    """What an award reached in one rubric row; `number` of `total` levels is 0 of 0 for a row scored by numbers."""

    name: str
    reached: str
    description: str
    number: int
    total: int
    needed: str
    scale: str
    maximum: str


@dataclass(frozen=True, slots=True)
class ReviewerShown:
    """Somebody who approved an award: role, the name they chose to show, and a conflict of interest if they stated one, and who set it
    aside. `signed` says that their signature was looked at.
    """

    role: str
    name: str
    date: datetime
    conflict: str
    waived_by: str
    signed: bool = False


@dataclass(frozen=True, slots=True)
class PartShown:
    """A part of a stack's award: what its badge is called, its page or "", and what became of it: "" while it stands, else "withdrawn", "erased", or "incomplete" for a stack that lost a part."""

    name: str
    page: str
    state: str


@dataclass(frozen=True, slots=True)
class ClaimShown:
    """An open claim. `name`, `file` and what is `asked` are empty where its earner is not listed; `state` is waiting, returned or
    ready. `reviewers` are names with roles in place of paths; `asked` has the reviewers' names and their notes.
    """

    name: str
    slug: str
    file: str
    badge: BadgeShown
    is_linked: bool
    since: datetime | None
    state: str
    approved: int
    needed: int
    reviewers: tuple[tuple[str, str], ...]
    missing: tuple[str, ...]
    rows: tuple[str, ...]
    asked: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class AwardPage:
    """What an award's own page shows. `record` is the award's file; evidence that is private has a title and no more. An `early` award
    counts from the day of the build or a later one.
    """

    card: AwardCard
    record: Award
    badge: BadgeShown
    name: str
    standings: tuple[Standing, ...]
    replaced_by: Reference
    replaces: Reference
    earner: Reference
    evidence: tuple[Evidence, ...]
    parts: tuple[PartShown, ...]
    results: tuple[ResultShown, ...]
    reviewers: tuple[ReviewerShown, ...]
    one_approval: str
    proof: str
    feedback: str
    skills: tuple[Reference, ...]
    pathway: PathwayShown | None
    address: str
    credential_address: str
    qr: str
    certificate: str
    files: Mapping[str, str]
    file_name: str
    share: str
    cv_line: str
    early: bool

    @property
    def lasted(self) -> bool:
        """Whether the work began on another day than it ended."""
        started, ended = self.record.started, self.record.ended
        return started is not None and ended is not None and started != ended

    @property
    def title(self) -> str:
        """What was awarded, and to whom."""
        return f"{self.badge.name} – {self.name}"

    @property
    def gone(self) -> bool:
        """Whether something is recorded that ends the award or holds it up."""
        return self.standings[0] is not Standing.UNCHECKED

    @property
    def bad(self) -> bool:
        """Whether nobody should rely on it, so that there is nothing to share."""
        return self.standings[0] in (Standing.WITHDRAWN, Standing.ON_HOLD)


@dataclass(frozen=True, slots=True)
class FileShown:
    """A file to take along: what it is, its path, and what it is called where it is kept."""

    kind: str
    path: str
    name: str


@dataclass(frozen=True, slots=True)
class SharePage:
    """What the page with every way to share an award shows. `fields` are values that forms ask for, `snippets` text to paste,
    each by the name of its text; `signature` is the lines beside the picture, `link` what leads from there to the award.
    """

    fields: Mapping[str, str]
    linkedin: str
    snippets: Mapping[str, str]
    signature: tuple[str, ...]
    link: str
    files: tuple[FileShown, ...]


@dataclass(frozen=True, slots=True)
class SheetShown:
    """What a certificate says beside the award: what the badge stands for, who reviewed it, and the sizes (1 to 5) of what may be long."""

    stands: str
    reviewers: str
    name_size: int
    badge_size: int
    issuer_size: int


@dataclass(frozen=True, slots=True)
class EarnerPage:
    """What an earner's own page shows: listed awards only."""

    name: str
    about: str
    links: tuple[Link, ...]
    current: tuple[AwardCard, ...]
    past: tuple[AwardCard, ...]
    pathways: tuple[PathwayShown, ...]
    transcript: str
    files: tuple[FileShown, ...]


To = Callable[[str], str]
"""From a path of the site to a link that works on the page at hand, on the web and from disk."""
