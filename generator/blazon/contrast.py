"""What a request would change for the public: two programs side by side, award by award, badge by badge, address by address."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date

from blazon import address, becoming, render
from blazon.altering import Side
from blazon.award_view import reviewers_shown
from blazon.becoming import Shown, is_claim
from blazon.check_against import check_against
from blazon.check_reviews import reviews_are_in_order
from blazon.claims import counting
from blazon.diagnostics import Diagnostic, Report
from blazon.layout import SITE
from blazon.mending import mended
from blazon.model import Achievement, Award
from blazon.pages import Pages
from blazon.policy import policy_of
from blazon.publishing import may_go
from blazon.review_view import claim_state
from blazon.standing import has_files, is_private
from blazon.views import ReviewerShown
from blazon.words import Words

_OF_ITS_OWN = ("content/badges/", "content/earners/")


@dataclass(frozen=True, slots=True)
class Approvals:
    """Who approved an award, how many approvals count, how many are needed, and whether all rules about reviews are kept."""

    reviewers: tuple[ReviewerShown, ...]
    counting: int
    needed: int
    met: bool


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that becomes another: what happens to it, what it is called, whose it is, its file, the path of its page or "",
    and what the public will read there.
    """

    what: tuple[str, ...]
    name: str
    earner: str = ""
    file: str = ""
    path: str = ""
    sentence: str = ""
    approvals: Approvals | None = None


@dataclass(frozen=True, slots=True)
class Addresses:
    """How many addresses there were and will be, without those of the theme; which are new, which go because a record says so, and
    which would vanish.
    """

    before: int
    now: int
    new: tuple[str, ...] = ()
    gone: tuple[str, ...] = ()
    vanishing: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Contrast:
    """All that a request would change. `base` is the site's address, "" when that would change too; `refused` is what `check` says
    against it, and `unread` the files that cannot be read, which count as they were before.
    """

    program: str
    base: str
    awards: tuple[Change, ...]
    claims: tuple[Change, ...]
    badges: tuple[Change, ...]
    earners: tuple[Change, ...]
    files: tuple[Change, ...]
    addresses: Addresses
    refused: tuple[Diagnostic, ...]
    unread: tuple[str, ...]


def contrast(base: Side, now: Side, theme: Mapping[str, bytes], today: date) -> Contrast:
    """What a program would become from what it was, on a day; raises BlazonError when its theme cannot be used."""
    report = Report()
    check_against(base, now, report)
    old = mended(base.program, base.program).program
    new = mended(now.program, old)
    look = render.look(theme, new.program.settings.language)
    was, is_ = Shown.of(old, look.words, today), Shown.of(new.program, look.words, today)
    awards = list(_Awards(was, is_, Pages(is_.program, is_.plan, look, today), look.words).changes())
    return Contrast(
        program=is_.program.settings.name,
        base=is_.plan.base if was.plan.base == is_.plan.base else "",
        awards=tuple(one for claim, one in awards if not claim),
        claims=tuple(one for claim, one in awards if claim),
        badges=tuple(_badges(was, is_, look.words)),
        earners=tuple(_earners(was, is_)),
        files=tuple(_files(base, now, was, is_)),
        addresses=_addresses(was, is_),
        refused=tuple(report),
        unread=new.unread,
    )


@dataclass(frozen=True, slots=True)
class _Awards:
    """Compares awards, and knows what the public will read of each."""

    was: Shown
    now: Shown
    pages: Pages
    words: Words

    def changes(self) -> Iterator[tuple[bool, Change]]:
        """Every award and claim that becomes another, in the order of their files, and whether it is a claim."""
        left = {award.id: award for award in self.was.program.awards}
        for award in self.now.program.awards:
            before = left.pop(award.id, None)
            if what := tuple(becoming.of_award(self.was, before, self.now, award)):
                yield is_claim(award), self._change(what, award)
        for award in left.values():
            what = ("taken away" if is_claim(award) else "removed",)
            badge = self.was.program.achievements.get(award.achievement)
            yield is_claim(award), Change(what, badge.name if badge else "", award.name, award.place.path)

    def _change(self, what: tuple[str, ...], award: Award) -> Change:
        """An award that is there, with what happens to it."""
        program = self.now.program
        if award.erased is not None:
            text = self.words("tombstone.text", date=self.words.day(award.erased))
            sentence, path = f"{self.words('tombstone.title')}. {text}", address.award_page(award)
            return Change(what, "", "", award.place.path, path, sentence)
        achievement = program.achievement_of(award)
        path, sentence = self._public(award)
        approvals = self._approvals(award, achievement) if {"added", "changed"} & {*what} else None
        return Change(what, achievement.name, program.name_of(award), award.place.path, path, sentence, approvals)

    def _public(self, award: Award) -> tuple[str, str]:
        """Where the public will find an award or a claim, and what they will read there; "" for what nobody finds."""
        words, program = self.words, self.now.program
        if has_files(program, award):
            return address.award_page(award), self.pages.awards.told(award)
        if is_private(program, award):
            return address.award_page(award), f"{words('private.title')}. {words('private.text')}"
        state = claim_state(program, award) if is_claim(award) else ""
        return (address.REVIEW, words(f"review.{state}")) if state else ("", "")

    def _approvals(self, award: Award, achievement: Achievement) -> Approvals | None:
        """How an award was approved; None for a program that has no rules about that."""
        program = self.now.program
        policy = policy_of(program, achievement)
        if policy is None:
            return None
        report, count = Report(), len(counting(award))
        reviews_are_in_order(replace(program, awards=(award,)), report)
        met = count >= policy.approvals and not report.failed
        return Approvals(tuple(reviewers_shown(program, award)), count, policy.approvals, met)


def _badges(was: Shown, now: Shown, words: Words) -> Iterator[Change]:
    """The badges that become others, in the order of their names."""
    before, after = was.program.achievements, now.program.achievements
    for slug in sorted(before.keys() | after.keys()):
        old, new = before.get(slug), after.get(slug)
        one = new or old
        if one is not None and (what := tuple(becoming.of_badge(old, new))):
            path = address.badge_page(slug) if slug in now.shelf.achievements else ""
            retired = f"{words('badge.retired')}. {words('badge.retired_text')}" if one.status == "retired" else ""
            yield Change(what, one.name, "", one.place.path, path, (retired or one.summary) if path else "")


def _earners(was: Shown, now: Shown) -> Iterator[Change]:
    """The pages of earners that become others, in the order of their addresses."""
    for slug in sorted(was.shelf.listed.keys() | now.shelf.listed.keys()):
        if what := tuple(becoming.of_earner(was, now, slug)):
            side = now if slug in now.shelf.listed else was
            path = address.earner_page(slug) if side is now else ""
            name = side.program.name_of(side.shelf.listed[slug][0])
            yield Change(what, name, file=f"content/earners/{slug}/earner.yaml", path=path)


def _files(base: Side, now: Side, was: Shown, is_: Shown) -> Iterator[Change]:
    """The files that change beside those of badges and earners."""
    for path in sorted(base.files.keys() | now.files.keys()):
        old, new = base.files.get(path), now.files.get(path)
        if old == new or path.startswith(_OF_ITS_OWN):
            continue
        told = tuple(becoming.of_settings(was.program, is_.program)) if path == SITE else ()
        yield Change(told or ("added" if old is None else "removed" if new is None else "changed",), path, file=path)


def _addresses(was: Shown, now: Shown) -> Addresses:
    """The addresses of both sides. An address goes as somebody wants it when a record says so, and may then."""
    may = may_go(now.program)
    lost = sorted(was.paths - now.paths)
    gone = list(filter(may, lost))
    vanishing = sorted({*lost} - {*gone})
    new = sorted(now.paths - was.paths)
    return Addresses(len(was.paths), len(now.paths), tuple(new), tuple(gone), tuple(vanishing))
