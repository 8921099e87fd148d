"""Every address of a site without making it: what a program's files decide. What belongs to the theme is left out."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from blazon import address, clr, headers
from blazon.address import Plan
from blazon.catalogue import Catalogue
from blazon.check_docs import shown
from blazon.doclinks import Links
from blazon.editions import translations
from blazon.model import Achievement, Award, Program
from blazon.profiles import profile_files
from blazon.shelf import Shelf
from blazon.standing import has_files, is_private

_FIXED = (
    *(
        ".nojekyll",
        headers.PATH,
        address.ISSUER,
        address.REVOCATIONS,
        address.HOME,
        address.CATALOGUE,
        address.VERIFY,
        address.CLAIM,
    ),
    *(address.ABOUT, address.REVIEW, address.NOT_FOUND, address.EARNERS, address.FEED, address.EXPIRIES),
    *(address.INDEX, address.SITEMAP),
)


def paths(program: Program, plan: Plan, shelf: Shelf, catalogue: Catalogue) -> Iterator[str]:
    """The paths of a site, each once."""
    yield from (*_FIXED, plan.key_document)
    yield from [address.KEY_LIST] if program.key_list else ()
    yield from [address.COMPROMISED_KEYS] if any(key.compromised for key in program.keys) else ()
    yield from _lists(program)
    yield from _manual(program)
    yield from (plan.endorsement(one) for one in program.settings.issuer.endorsements)
    yield from (chosen.page for filters in catalogue.filters.values() for chosen in filters)
    for version in program.versions.values():
        yield from of_version(version)
        yield from (plan.endorsement(voucher, version) for voucher in version.endorsements)
    for slug, achievement in shelf.achievements.items():
        yield from (address.badge_page(slug), address.badge_feed(slug))
        yield from (address.badge_edition(slug, language) for language in translations(program, achievement))
    if shelf.stacks:
        yield from (address.PATHWAYS, *(address.pathway_page(stack.slug) for stack in shelf.stacks))
    for earner in shelf.listed:
        yield from (address.earner_page(earner), address.earner_feed(earner), *profile_files(earner).values())
    for earner, awards in groupby(program.awards, key=lambda award: award.earner):
        found = list(awards)
        yield from (path for award in found for path in of_award(program, award))
        yield from [address.transcript(earner)] if clr.wanted(program, earner, found) else ()


def of_award(program: Program, award: Award) -> Iterator[str]:
    """The paths of one award, of which its page is the first; none while it is a claim, nor when nothing of it is published."""
    if has_files(program, award):
        yield from (address.award_page(award), address.credential(award), address.assertion(award))
        yield from (*address.award_pictures(program, award).values(), address.share_page(award))
        yield from (address.certificate(award), address.embed_page(award), address.oembed(award))
        yield from [address.review(award)] if award.reviews else ()
    elif is_private(program, award) or award.erased:
        yield address.award_page(award)


def _manual(program: Program) -> Iterator[str]:
    """The pages of the documentation, and the pictures that they show."""
    if docs := program.docs:
        yield from (address.docs_page(page.path) for page in docs.pages)
        yield from map(address.docs_picture, shown(docs, Links(docs, program.settings.repository)))


def _lists(program: Program) -> Iterator[str]:
    """The status lists."""
    decided = (award for award in program.in_brief if award.issued is not None or award.erased is not None)
    numbers = {1, *(address.status_list_number(award.status_index) for award in decided)}
    return map(address.status_list, sorted(numbers))


def of_version(one: Achievement) -> Iterator[str]:
    """The paths of one version of a badge, of which its definition is the first; what others vouch for it has paths of its own."""
    yield from (address.achievement_document(one), address.badge_class(one))
    yield from (address.badge_png(one), address.badge_svg(one), address.card_picture(one))
    yield from (address.translated_document(one, language) for language in one.translations)
