"""A program's badges and awards as pages show them: what is looked up from one file to another, worked out once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from copy import copy
from dataclasses import replace
from datetime import date, datetime

from blazon import address, artwork, cards, clr, png
from blazon.model import Achievement, Brief, Program
from blazon.periods import expires
from blazon.stacks import filled, fitting, levels_for, lost, members
from blazon.standing import Standing, has_files, is_listed, standings
from blazon.views import AwardCard, BadgeShown, CardPicture, PartShown, PathwayShown, Reference, Step
from blazon.words import Words

NOWHERE = Reference("")


class Shelf:
    """Finds what belongs together. It keeps indices and badges, and nothing of its own for each award."""

    def __init__(self, program: Program, words: Words, today: date) -> None:
        """The shelf of a program on a day."""
        self._program = program
        self._words = words
        self._today = today
        self._badges: dict[tuple[str, int], BadgeShown] = {}
        self._pages: Mapping[str, str] = {}
        self._languages: Mapping[str, str] = {}
        earned = [award for award in program.in_brief if award.issued and not award.erased]
        self._earned = Counter(award.achievement for award in earned if not award.revoked)
        self._newer = {award.supersedes: award for award in earned if award.supersedes}
        self._older = {award.id: award for award in earned if award.id in self._newer}
        named = {part.award for award in earned for part in award.parts}
        self._parts = {award.id: award for award in program.in_brief if award.id in named}
        self._recorded: dict[str, list[Brief]] = {}
        for award in program.in_brief:
            if clr.asked(program, award.earner):
                self._recorded.setdefault(award.earner, []).append(award)
        self.listed: dict[str, list[Brief]] = {}
        for award in earned:
            if is_listed(program, award):
                self.listed.setdefault(award.earner, []).append(award)
        self._holders: dict[str, list[Brief]] = {}
        for award in (one for awards in self.listed.values() for one in awards):
            self._holders.setdefault(award.achievement, []).append(award)
        self.achievements: Mapping[str, Achievement] = {
            slug: one for slug, one in program.achievements.items() if one.status != "draft" or self._earned[slug]
        }
        self.stacks = tuple(one for one in self.achievements.values() if one.levels)

    def told(self, program: Program, words: Words, pages: Mapping[str, str], languages: Mapping[str, str]) -> Shelf:
        """The same shelf with the badges of the same program in another language; what is counted stays as it is.

        Given by slug are the pages of badges that have one in that language, and the languages of the names that are not
        in the language of the words.
        """
        other = copy(self)
        other._program, other._words, other._badges = program, words, {}  # noqa: SLF001 (its own copy)
        other._pages, other._languages = pages, languages  # noqa: SLF001
        other.achievements = {slug: program.achievements[slug] for slug in self.achievements}
        other.stacks = tuple(program.achievements[stack.slug] for stack in self.stacks)
        return other

    def stack(self, stack: Achievement) -> Reference:
        """A stack's name, and its page among the pathways."""
        return Reference(stack.name, address.pathway_page(stack.slug), self._languages.get(stack.slug, ""))

    def badge(self, achievement: Achievement) -> BadgeShown:
        """A version of a badge as pages show it, made once."""
        key = achievement.slug, achievement.version
        if key not in self._badges:
            self._badges[key] = self._badge(achievement)
        return self._badges[key]

    def badge_called(self, slug: str) -> BadgeShown | None:
        """The badge of a name as it is awarded today, or None when it has no page."""
        found = self.achievements.get(slug)
        return self.badge(found) if found else None

    def _badge(self, one: Achievement) -> BadgeShown:
        """A version of a badge as pages show it."""
        stack, level = self._program.level_of(one.slug)
        named = self._program.achievements.get(stack)
        alt = one.alt or self._words("badge.alt_level" if level else "badge.alt", name=one.name, level=level, total=3)
        size = png.size(one.picture.png) if one.picture else (artwork.PIXELS, artwork.PIXELS)
        return BadgeShown(
            slug=one.slug,
            name=one.name,
            summary=one.summary,
            kind=str(one.kind),
            thread=one.art.thread,
            page=self._pages.get(one.slug, "") or address.badge_page(one.slug),
            svg=address.badge_svg(one),
            png=address.badge_png(one),
            png_size=size,
            card=CardPicture(address.card_picture(one), cards.WIDTH, cards.HEIGHT, alt),
            alt=alt,
            level=level,
            levels=len(named.levels) if named else 0,
            pathway=self.stack(named) if named else NOWHERE,
            earned=self._earned[one.slug],
            definition=one,
            language=self._languages.get(one.slug, ""),
        )

    def ends(self, award: Brief) -> datetime | None:
        """When an award runs out."""
        return expires(award, self._program.achievement_of(award))

    def is_early(self, award: Brief) -> bool:
        """Whether an award counts from today or a later day."""
        return award.issued is not None and award.issued.date() >= self._today

    def standings(self, award: Brief) -> tuple[Standing, ...]:
        """What records say about an award today, worst first."""
        replaced, incomplete = award.id in self._newer, self.is_incomplete(award)
        return standings(award, self.ends(award), self._today, replaced=replaced, incomplete=incomplete)

    def is_incomplete(self, award: Brief) -> bool:
        """Whether an award is a stack's, and one of its parts no longer stands."""
        return bool(lost(award, self._parts))

    def parts(self, award: Brief) -> Iterator[PartShown]:
        """The parts of a stack's award, with a link to each that has a page and is no secret."""
        incomplete = {one.id for one in lost(award, self._parts)}
        for part in award.parts:
            one = self._parts[part.award]
            name = part.name if one.erased else self._program.achievement_of(one).name
            page = address.award_page(one) if has_files(self._program, one) and not part.private else ""
            state = "erased" if one.erased else "withdrawn" if one.revoked else "incomplete" * (one.id in incomplete)
            yield PartShown(name, page, state)

    def card(self, award: Brief) -> AwardCard:
        """An award for a list; it was issued."""
        assert award.issued is not None  # noqa: S101 (what is listed was issued)
        return AwardCard(
            page=address.award_page(award),
            name=self._program.name_of(award),
            badge=self.badge(self._program.achievement_of(award)),
            issued=award.issued,
            expires=self.ends(award),
            standing=self.standings(award)[0],
        )

    def newer(self, award: Brief) -> Reference:
        """The award that replaces one, as a link when it is listed."""
        return self._named(self._newer.get(award.id))

    def older(self, award: Brief) -> Reference:
        """The award that one replaces, as a link when it is listed."""
        return self._named(self._older.get(award.supersedes))

    def holders(self, slug: str) -> tuple[AwardCard, ...]:
        """The listed awards of a badge that nothing bad is known of, newest first."""
        cards = (self.card(award) for award in self._holders.get(slug, ()))
        good = (card for card in cards if card.standing is Standing.UNCHECKED)
        return tuple(sorted(good, key=lambda card: (card.issued, card.page), reverse=True))

    def transcript(self, earner: str) -> str:
        """The path of an earner's transcript, or "" when there is none."""
        awards = self._recorded.get(earner, ())
        return address.transcript(earner) if clr.wanted(self._program, earner, awards) else ""

    def pathway_of(self, award: Brief) -> PathwayShown | None:
        """The stack that an award is a part of, and how far its earner is; None when it is part of none."""
        stack = next((one for one in self.stacks if _takes(one, award.achievement)), None)
        return self.pathway(stack, self.listed.get(award.earner, []), award.achievement) if stack else None

    def _named(self, award: Brief | None) -> Reference:
        """A link to an award that may be linked to."""
        if award is None or not is_listed(self._program, award):
            return NOWHERE
        return Reference(self._program.achievement_of(award).name, address.award_page(award))

    def pathway(self, stack: Achievement, awards: list[Brief] | None = None, here: str = "") -> PathwayShown:
        """A stack; with an earner's listed awards also how far they are, `here` being the badge of the page at hand."""
        taken = self._taken(stack, awards or [])
        steps = [
            self._step(number, found, fitting(stack, number), awards, taken, here)
            for number, slug in enumerate(stack.levels, 1)
            if (found := self.badge_called(slug))
        ]
        following = next((step for step in steps if step.state not in ("done", "here", "level")), None)
        if following and following.state == "open" and not here:
            steps[steps.index(following)] = Step(following.badge, following.number, "next")
        counts = [(found, slot.level) for slot in stack.counts if (found := self.badge_called(slot.badge))]
        return PathwayShown(
            badge=self.badge(stack),
            page=address.pathway_page(stack.slug),
            steps=tuple(steps),
            counts=tuple(counts),
            done=sum(step.state == "done" for step in steps),
            following=following.badge if following else None,
            award=max(
                (self.card(one) for one in awards or () if one.achievement == stack.slug), key=_newest, default=None
            ),
        )

    def on_the_way(self, stack: Achievement) -> Iterator[PathwayShown]:
        """How far each earner is who holds a part of a stack and asked to be listed, in the order of their names in addresses."""
        holders = {award.earner for slug in (stack.slug, *members(stack)) for award in self._holders.get(slug, ())}
        for slug in sorted(holders):
            earner = self._program.earners.get(slug)
            if earner is not None and earner.listed:
                link = Reference(earner.name, address.earner_page(slug))
                yield replace(self.pathway(stack, self.listed[slug]), earner=link)

    def _taken(self, stack: Achievement, awards: list[Brief]) -> dict[int, Brief]:
        """Which of an earner's awards fill the levels of a stack, each one at most: a level's own badge first, then the newest."""
        mine = [award for award in awards if levels_for(stack, award.achievement)]
        good = [(self.card(award), award) for award in mine]
        good = [(card, award) for card, award in good if card.standing not in _BAD]
        good.sort(key=lambda one: (one[1].achievement not in stack.levels, -one[0].issued.timestamp()))
        return filled(stack, [award for _, award in good])

    def _step(
        self,
        number: int,
        badge: BadgeShown,
        fits: tuple[str, ...],
        awards: list[Brief] | None,
        taken: Mapping[int, Brief],
        here: str,
    ) -> Step:
        """One level of a stack; for an earner it is filled by an award of its badge, or of one that counts for it."""
        if here in fits:
            return Step(badge, number, "here")
        if awards is None:
            return Step(badge, number, "level")
        if number in taken:
            return Step(badge, number, "done", self.card(taken[number]))
        held = [self.card(award) for award in awards if award.achievement in fits]
        lost = [card for card in held if card.standing in _BAD]
        if not lost:
            return Step(badge, number, "open")
        last = max(lost, key=lambda card: card.issued)
        return Step(badge, number, str(last.standing), last)


_BAD = frozenset({Standing.WITHDRAWN, Standing.ON_HOLD, Standing.INCOMPLETE, Standing.EXPIRED})


def _newest(card: AwardCard) -> tuple[bool, datetime]:
    """The order of an earner's awards of one badge: those that stand before others, the newest last."""
    return card.standing not in _BAD, card.issued


def _takes(stack: Achievement, slug: str) -> bool:
    """Whether a badge is a level of a stack, or counts for one."""
    return slug in stack.levels or any(slot.badge == slug for slot in stack.counts)
