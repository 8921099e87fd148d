"""Every path and address of the site, decided once. An address once published stays, so nothing here may change lightly."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import count
from urllib.parse import urlsplit

from blazon.diagnostics import Place, Report
from blazon.model import Achievement, Award, Brief, Endorsement, Pictures, Program

HOME = "index.html"
NOT_FOUND = "404.html"
CATALOGUE = "badges/index.html"
PATHWAYS = "pathways/index.html"
EARNERS = "earners/index.html"
VERIFY = "verify/index.html"
CLAIM = "claim/index.html"
ABOUT = "about/index.html"
REVIEW = "review/index.html"
AWARDS = "awards/"
FEED = "feed.xml"
EXPIRIES = "expiries.ics"
INDEX = "index.json"
KEY_LIST = "keys.json"
COMPROMISED_KEYS = "compromised-keys.json"
SITEMAP = "sitemap.xml"
ISSUER = "ob2/issuer.json"
REVOCATIONS = "ob2/revocations.json"

DOCS = "docs/"

STATUS_LIST_ENTRIES = 131_072
ENDORSED_ISSUER = "issuer"

PICTURES = re.compile(rf"{AWARDS}[^/]+/badge\.(?:png|svg)")

_OF_SOMEBODY = re.compile(rf"(?:{AWARDS}|earners/)[^/]+/.*")
_ENDORSEMENT = re.compile(r"endorsements/(?=[a-z0-9-]{1,140}\.)[a-z0-9]+(?:-[a-z0-9]+)*\.json")


@dataclass(frozen=True, slots=True)
class Plan:
    """Where the site answers: its base address, which ends with a slash, and the issuer's DID.

    `founded` is the day of the first key, for documents that no award dates.
    """

    base: str
    did: str
    founded: datetime

    def url(self, path: str) -> str:
        """The absolute address of a path of the site; a folder's page is addressed by the folder."""
        return self.base + path.removesuffix("index.html")

    def earner_of(self, award: Brief) -> str:
        """Whoever an award's page is about: an identity that names nobody and ties no two awards together."""
        return f"{self.url(award_page(award))}#earner"

    def endorsement(self, one: Endorsement, achievement: Achievement | None = None) -> str:
        """The path of an endorsement of a badge, or of the issuer: where its own id says when that is among ours."""
        own = str(one.document.get("id"))
        if self.is_endorsement(own):
            return own.removeprefix(self.base)
        return endorsement(document_name(achievement) if achievement else ENDORSED_ISSUER, one.name)

    def is_endorsement(self, url: str) -> bool:
        """Whether an address is one at which this site would publish an endorsement."""
        return url.startswith(self.base) and _ENDORSEMENT.fullmatch(url.removeprefix(self.base)) is not None

    @property
    def key_document(self) -> str:
        """The path of the issuer's `did.json` (did:web, "Read (Resolve)"): beside the home page, or in `.well-known`."""
        return "did.json" if urlsplit(self.base).path != "/" else ".well-known/did.json"

    def verification_method(self, key: str) -> str:
        """The id of a key by its name."""
        return f"{self.did}#{key}"


def did_web(url: str) -> str:
    """The did:web of a base address: host, port as `%3A`, and path with colons between its parts."""
    parts = urlsplit(url)
    host = (parts.hostname or "") + (f"%3A{parts.port}" if parts.port else "")
    return ":".join(("did:web", host, *(part for part in parts.path.split("/") if part)))


def lay_out(program: Program, report: Report) -> Plan:
    """The plan of a program's site; two files that would want one address are reported as `address-taken`."""
    plan = plan_of(program)
    seen: dict[str, Place] = {}
    for path, place in _documents(program, plan):
        taken = seen.setdefault(path, place)
        if taken is not place:
            report.error(
                "address-taken",
                place,
                f'the address "{path}" is taken by {taken}.',
                hint="give one of them another folder name, version, or published document.",
            )
    return plan


def plan_of(program: Program) -> Plan:
    """Where a program's site answers, whoever takes which address there."""
    founded = min((key.since for key in program.keys), default=datetime(1970, 1, 1, tzinfo=UTC))
    return Plan(program.settings.url, did_web(program.settings.url), founded)


def _documents(program: Program, plan: Plan) -> Iterator[tuple[str, Place]]:
    """The addresses that names in files decide, and the file that decides each."""
    for achievement in program.versions.values():
        yield achievement_document(achievement), achievement.place
        for language in achievement.translations:
            yield translated_document(achievement, language), achievement.place
        for one in achievement.endorsements:
            yield plan.endorsement(one, achievement), one.place
    for one in program.settings.issuer.endorsements:
        yield plan.endorsement(one), one.place
    for page in program.docs.pages if program.docs else ():
        yield docs_page(page.path), page.place


def document_name(achievement: Achievement) -> str:
    """The file name of an achievement's documents without its ending."""
    return achievement.published.document or f"{achievement.slug}-{achievement.version}"


def achievement_document(achievement: Achievement) -> str:
    """The Open Badges 3.0 definition of one version of a badge."""
    return f"achievements/{document_name(achievement)}.json"


def translated_document(achievement: Achievement, language: str) -> str:
    """The Open Badges 3.0 definition in another language."""
    return f"achievements/{document_name(achievement)}.{language}.json"


def badge_class(achievement: Achievement) -> str:
    """The Open Badges 2.0 definition of one version of a badge."""
    return f"ob2/badges/{document_name(achievement)}.json"


def badge_page(slug: str) -> str:
    """A badge's page."""
    return f"badges/{slug}/index.html"


def badge_edition(slug: str, language: str) -> str:
    """A badge's page in another language than the site's."""
    return f"badges/{slug}/{language}/index.html"


def badge_filter(name: str, tag: str) -> str:
    """The badges of one kind, skill or subject; `name` says which of the three, so these are no names for badges."""
    return f"badges/{name}/{tag}/index.html"


def badge_png(achievement: Achievement) -> str:
    """The picture of one version of a badge, without a credential; an earlier version's has its number in its name."""
    return f"badges/{achievement.slug}/{_picture_name(achievement)}.png"


def badge_svg(achievement: Achievement) -> str:
    """The same as a drawing."""
    return f"badges/{achievement.slug}/{_picture_name(achievement)}.svg"


def card_picture(achievement: Achievement) -> str:
    """The social card of one version of a badge: what previews of links to it and to its awards show."""
    return f"badges/{achievement.slug}/{_picture_name(achievement, 'card')}.png"


def _picture_name(achievement: Achievement, name: str = "badge") -> str:
    """The file name of a version's picture: the bare name for the first, then with the number, since a picture is signed too."""
    return name if achievement.version == 1 else f"{name}-{achievement.version}"


def pathway_page(slug: str) -> str:
    """A stack's page."""
    return f"pathways/{slug}/index.html"


def is_of_somebody(path: str) -> bool:
    """Whether a path is one of the many that an award or an earner brings along."""
    return _OF_SOMEBODY.fullmatch(path) is not None


def earner_page(slug: str) -> str:
    """An earner's page."""
    return f"earners/{slug}/index.html"


def transcript(slug: str) -> str:
    """An earner's signed transcript."""
    return f"earners/{slug}/transcript.json"


def badge_feed(slug: str) -> str:
    """The feed of a badge's listed awards."""
    return f"badges/{slug}/feed.xml"


def earner_feed(slug: str) -> str:
    """The feed of an earner's listed awards."""
    return f"earners/{slug}/feed.xml"


def resume(slug: str) -> str:
    """An earner's listed awards as a JSON Résumé."""
    return f"earners/{slug}/resume.json"


def vcard(slug: str) -> str:
    """An earner's card for address books."""
    return f"earners/{slug}/vcard.vcf"


def cv(slug: str) -> str:
    """An earner's listed awards as lines of text for a CV."""
    return f"earners/{slug}/cv.txt"


def of_earner(slug: str) -> tuple[str, ...]:
    """Every address that an earner's own decisions bring and take away."""
    return earner_page(slug), transcript(slug), earner_feed(slug), resume(slug), vcard(slug), cv(slug)


def endorsement(owner: str, name: str) -> str:
    """An endorsement by the name of its file; `owner` is the file name of the badge's documents, or ENDORSED_ISSUER."""
    return f"endorsements/{owner}-{name}.json"


def award_page(award: Brief) -> str:
    """An award's page."""
    return f"awards/{award.id}/index.html"


def share_page(award: Brief) -> str:
    """The page with every way to share an award."""
    return f"awards/{award.id}/share/index.html"


def certificate(award: Brief) -> str:
    """An award as a sheet to print."""
    return f"awards/{award.id}/certificate/index.html"


def embed_page(award: Brief) -> str:
    """The card of an award that other sites show in a frame."""
    return f"awards/{award.id}/embed/index.html"


def oembed(award: Brief) -> str:
    """What other sites are told when they ask how to show an award (oEmbed)."""
    return f"awards/{award.id}/oembed.json"


def credential(award: Brief) -> str:
    """An award's Open Badges 3.0 credential."""
    return f"awards/{award.id}/credential.json"


def assertion(award: Brief) -> str:
    """An award's Open Badges 2.0 assertion."""
    return f"awards/{award.id}/assertion.json"


def award_png(award: Brief) -> str:
    """The badge's picture with the credential inside."""
    return f"awards/{award.id}/badge.png"


def award_svg(award: Brief) -> str:
    """The badge's drawing with the credential inside."""
    return f"awards/{award.id}/badge.svg"


def award_pictures(program: Program, award: Award) -> dict[str, str]:
    """The pictures that are published with an award inside, by their kind: both, or on demand only what its credential names."""
    pictures = {"png": award_png(award), "svg": award_svg(award)}
    if program.settings.pictures is Pictures.BAKED:
        return pictures
    return {"png": pictures["png"]} if award.alt else {}


def review(award: Brief) -> str:
    """The published record of how an award was reviewed."""
    return f"awards/{award.id}/review.json"


def docs_page(path: str) -> str:
    """A page of the documentation by the path of its file below docs/; a folder's README stands for the folder."""
    stem = path.removesuffix(".md").removesuffix("README")
    return f"{DOCS}{stem.removesuffix('/')}/index.html" if stem else f"{DOCS}index.html"


def docs_picture(path: str) -> str:
    """A picture of the documentation by its path below docs/."""
    return f"{DOCS}{path}"


def filled(used: Iterable[int]) -> Counter[int]:
    """How many places are used in each status list, by its number."""
    return Counter(map(status_list_number, used))


def first_place(filled: Counter[int]) -> int:
    """The first place of the first status list that is less than half full, in which the next places are drawn."""
    return STATUS_LIST_ENTRIES * next(number for number in count() if filled[number + 1] * 2 < STATUS_LIST_ENTRIES)


def status_list_number(status_index: int) -> int:
    """The list, counted from 1, in which a status index has its place."""
    return status_index // STATUS_LIST_ENTRIES + 1


def status_list(number: int) -> str:
    """A status list for revocation."""
    return f"status/revocation-{number}.json"
