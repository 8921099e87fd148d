"""The composition: a program, its plan, its keys and a theme become a site, in pieces that give pairs of path and bytes."""

from __future__ import annotations

from base64 import b64encode, urlsafe_b64decode
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import partial
from hashlib import sha256
from itertools import groupby

from blazon import (
    address,
    bake,
    browser,
    clr,
    ed25519,
    headers,
    jsontext,
    keys,
    ob2,
    ob3,
    pictures,
    render,
    sshsig,
    status,
)
from blazon.address import Plan
from blazon.aside import stretches
from blazon.cards import Cards
from blazon.diagnostics import BlazonError
from blazon.documents import Document
from blazon.gallery import Gallery
from blazon.issuing import Issuing
from blazon.keyring import Keyring, compromised_keys, is_demo, key_document
from blazon.keys import Secret
from blazon.model import Achievement, Award, Brief, Picture, Program, Review
from blazon.ob3 import Digests
from blazon.pages import Pages
from blazon.parts import in_order, with_parts
from blazon.pieces import Hands, Site
from blazon.recording import Recorder
from blazon.render import Theme
from blazon.signatures import NOTHING_KNOWN, Known, Signature
from blazon.standing import has_files, has_page, is_private
from blazon.statement import said, statement
from blazon.tosign import Requests

AWARDS_IN_A_PIECE = 50
AWARDS_IN_A_TASK = 250  # for somebody else: a task takes some milliseconds to send
_SIZES = 4096  # a private page is filled up to so many bytes, so that its length tells little


@dataclass(frozen=True, slots=True)
class _Badge:
    """What all awards of one version of a badge share, made once."""

    achievement: Achievement
    picture: Picture
    digests: Digests
    png: bake.Canvas
    svg: bake.Canvas


@dataclass(frozen=True, slots=True)
class Commission:
    """All that it takes to make the files of awards once they are signed. It can be sent, and there is no signing key in it.

    `theme` has the files of the theme and the facts about the issuer, `pictures` those of badges by their name and version.
    """

    program: Program
    plan: Plan
    theme: Mapping[str, bytes]
    today: date
    preview: bool
    pictures: Mapping[tuple[str, int], Picture]

    def look(self) -> Theme:
        """The theme, ready to make pages."""
        return render.look(self.theme, self.program.settings.language)

    def pages(self, look: Theme) -> Pages:
        """Where pages are made."""
        demo = is_demo(self.program) and not self.preview
        return Pages(self.program, self.plan, look, self.today, demo=demo, preview=self.preview, qr=pictures.qr_code)

    def badges(self) -> dict[tuple[str, int], _Badge]:
        """What awards share, by the name and version of their badge."""
        return _badges(self.program, self.pictures)


def publish(
    program: Program,
    plan: Plan,
    secrets: Sequence[Secret],
    theme: Mapping[str, bytes],
    today: date,
    *,
    known: Known = NOTHING_KNOWN,
    preview: bool = False,
    hands: Hands = map,
    away: bool = False,
    without: Collection[str] = (),
    rest: bool = True,
    gallery: Gallery | None = None,
) -> Site:
    """The whole site. Nothing that belongs to one award is kept once its files are out.

    Nothing in a signed document depends on `today`. Signatures that are `known` are taken where they fit. `hands` draw the
    pictures of badges, which all pieces need, but for those in a gallery. With `away` the pieces of awards can be sent, and are
    larger. The files of earners that are named in `without` are left out, and without `rest` those of nobody. Raises BlazonError,
    before the first file, when the secrets do not fit the program's public keys, a picture or the theme cannot be read.
    """
    kept: dict[str, tuple[Signature, ...]] | None = {} if away else None
    keyring = Keyring(program, plan, secrets, today, known, kept=kept)
    facts = browser.facts(plan, jsontext.hosted(key_document(plan, program.keys)))
    theme = {**theme, "static/issuer.js": facts}
    gallery = gallery or Gallery()
    commission = Commission(program, plan, theme, today, preview, _pictures(program, hands, gallery))
    look = commission.look()
    pages, badges = commission.pages(look), commission.badges()
    press = _Press(_Bench(program, plan, Issuing(program, plan, keyring), badges), pages, without)
    places = stretches(program.in_brief, AWARDS_IN_A_TASK if kept is not None else AWARDS_IN_A_PIECE, without)
    cards = _cards(Cards(program, theme, look.words), program, commission.pictures, gallery) if rest else {}
    return Site(
        [
            *((pages.fixed, partial(_issuer_files, program, plan, keyring)) if rest else ()),
            *(partial(_badge_files, program, plan, card, badges[key]) for key, card in cards.items()),
            *(
                partial(press.earners, *some) if kept is None else Errand(commission, press, *some, kept)
                for some in places
            ),
        ]
    )


@dataclass(frozen=True, slots=True)
class Errand:
    """The files of some earners as a piece that somebody else may make, who gets a commission once and tasks without any key."""

    commission: Commission
    _press: _Press
    begun: int
    ended: int
    _kept: dict[str, tuple[Signature, ...]]

    def __call__(self) -> Iterator[tuple[str, bytes]]:
        """The files, made here."""
        return self._press.earners(self.begun, self.ended)

    def task(self) -> Awards:
        """What is sent: the places of the awards, and their signatures, which are made here."""
        self._press.bench.sign(self.begun, self.ended)
        signed = dict(self._kept)
        self._kept.clear()
        return Awards(self.begun, self.ended, signed)


@dataclass(frozen=True, slots=True)
class Awards:
    """The awards between two places of a program, and all signatures that belong to them."""

    begun: int
    ended: int
    known: Known


class Workplace:
    """Where tasks of one commission are done, by whoever has no key."""

    def __init__(self, commission: Commission) -> None:
        """A place with all that tasks share."""
        self._commission = commission
        self._pages = commission.pages(commission.look())
        self._badges = commission.badges()

    def files(self, task: Awards) -> Iterator[tuple[str, bytes]]:
        """The files of the awards of a task. Raises BlazonError when a signature does not fit them."""
        program, plan = self._commission.program, self._commission.plan
        keyring = Keyring(program, plan, (), self._commission.today, task.known)
        bench = _Bench(program, plan, Issuing(program, plan, keyring), self._badges)
        return _Press(bench, self._pages).earners(task.begun, task.ended)


def unsigned(program: Program, plan: Plan, secrets: Sequence[Secret], today: date, known: Known) -> Requests:
    """What has to be signed before the site can be published: all that the secrets do not sign and that is not known."""
    recorder = Recorder()
    keyring = Keyring(program, plan, secrets, today, known, recorder)
    for _ in _lists(program, plan, keyring):
        pass
    bench = _Bench(program, plan, Issuing(program, plan, keyring), _badges(program, _pictures(program)))
    for begun, ended in stretches(program.in_brief, AWARDS_IN_A_PIECE):
        bench.sign(begun, ended)
    methods = {plan.verification_method(key.name): ed25519.write(key.public) for key in program.keys}
    return Requests(plan.did, methods, recorder.requests(), recorder.left)


def handed_over(program: Program, plan: Plan, secrets: Sequence[Secret], today: date) -> Iterator[tuple[str, bytes]]:
    """What is handed to earners whose awards have no files on the site: credential, pictures and review, by earner and award.

    The pictures carry the credential alone: an Open Badges 2.0 assertion is proved by an address that answers.
    """
    issuing = Issuing(program, plan, Keyring(program, plan, secrets, today))
    bench = _Bench(program, plan, issuing, _badges(program, _pictures(program)))
    for earner, awards in groupby(program.awards, key=lambda award: award.earner):
        for one in bench.signed(list(awards), lambda award: not has_files(program, award)):
            folder, embedded = f"{earner}/{one.award.slug}", jsontext.embeddable(one.credential)
            yield f"{folder}/credential.json", jsontext.hosted(one.credential)
            yield f"{folder}/badge.png", one.badge.png.bake(embedded, "")
            yield f"{folder}/badge.svg", one.badge.svg.bake(embedded, "")
            if one.review:
                yield f"{folder}/review.json", one.review


def published(program: Program) -> Iterator[Brief]:
    """The awards that have a place on the site, in the order of their files."""
    return (award for award in program.in_brief if has_page(program, award))


def to_draw(program: Program) -> int:
    """How many versions of badges bring no picture of their own."""
    return sum(1 for one in program.versions.values() if one.picture is None)


def _only_at_times(program: Program) -> tuple[str, ...]:
    """What other programs fetch, and not every site has."""
    stolen = any(key.compromised for key in program.keys)
    return (*([address.KEY_LIST] if program.key_list else []), *([address.COMPROMISED_KEYS] if stolen else []))


def _issuer_files(program: Program, plan: Plan, keyring: Keyring) -> Iterator[tuple[str, bytes]]:
    """The issuer's key document, its 2.0 profile, and the lists of what was withdrawn."""
    yield ".nojekyll", b""
    yield headers.PATH, headers.text(plan.base, _only_at_times(program)).encode()
    yield plan.key_document, jsontext.hosted(key_document(plan, program.keys))
    if program.key_list:
        yield address.KEY_LIST, program.key_list
    if stolen := compromised_keys(plan, program.keys):
        yield address.COMPROMISED_KEYS, jsontext.hosted(stolen)
    yield address.ISSUER, jsontext.hosted(ob2.issuer(plan, program.settings.issuer))
    yield (
        address.REVOCATIONS,
        jsontext.hosted(ob2.revocation_list(plan, (award for award in program.in_brief if has_files(program, award)))),
    )
    for path, document in _lists(program, plan, keyring):
        yield path, jsontext.hosted(document)
    for one in program.settings.issuer.endorsements:
        yield plan.endorsement(one), jsontext.hosted(one.document)


def _lists(program: Program, plan: Plan, keyring: Keyring) -> Iterator[tuple[str, Document]]:
    """The signed lists of what was withdrawn, by path."""
    decided = (award for award in program.in_brief if award.issued is not None or award.erased is not None)
    for path, (document, moment) in status.documents(plan, decided).items():
        yield path, keyring.sign_today(document, moment)


def _badges(program: Program, drawn: Mapping[tuple[str, int], Picture]) -> dict[tuple[str, int], _Badge]:
    """What awards share, by the name and version of their badge."""
    return {key: _badge(program, one, drawn[key]) for key, one in sorted(program.versions.items())}


def _pictures(program: Program, hands: Hands = map, gallery: Gallery | None = None) -> dict[tuple[str, int], Picture]:
    """The pictures of badges by their name and version; those that no badge brings, and no gallery has, are drawn by `hands`."""
    brought = {key: picture for key, one in program.versions.items() if (picture := _brought(one))}
    if gallery is not None:
        ours = ((key, one) for key, one in program.versions.items() if key not in brought)
        brought |= {key: Picture(*found) for key, one in ours if (found := _hung(program, one, gallery))}
    missing = [key for key in sorted(program.versions) if key not in brought]
    return {**brought, **dict(hands(partial(_drawn, program), missing))}


def _hung(program: Program, one: Achievement, gallery: Gallery) -> tuple[bytes, ...]:
    """The picture of a version of a badge in a gallery: as PNG and SVG, or nothing."""
    drawn_from = one.slug, one.kind, program.level_of(one.slug)[1], one.art
    return gallery.find(drawn_from, address.badge_png(one), address.badge_svg(one))


def _cards(
    cards: Cards, program: Program, drawn: Mapping[tuple[str, int], Picture], gallery: Gallery
) -> dict[tuple[str, int], Callable[[], bytes]]:
    """What makes the social card of each version of a badge: it is drawn, where it is not in a gallery."""
    made: dict[tuple[str, int], Callable[[], bytes]] = {}
    for key, one in program.versions.items():
        card, png = cards.of(one), drawn[key].png
        found = gallery.find((card, sha256(png).digest()), address.card_picture(one))
        made[key] = partial(bytes, found[0]) if found else partial(pictures.draw_card, card, png)
    return made


def _badge(program: Program, achievement: Achievement, picture: Picture) -> _Badge:
    """What the awards of one version of a badge share."""
    return _Badge(
        achievement=described(achievement, program.level_of(achievement.slug)[1]),
        picture=picture,
        digests=Digests(sha256(picture.png).hexdigest(), sha256(picture.svg).hexdigest()),
        png=bake.prepare_png(picture.png),
        svg=bake.prepare_svg(picture.svg),
    )


def described(achievement: Achievement, level: int) -> Achievement:
    """A badge with words for its picture: its own, or else what kind of picture it is; `level` is 0 when it is none of a stack."""
    drawn = f"{achievement.name} badge, level {level} of 3" if level else f"{achievement.name} badge"
    return replace(achievement, alt=achievement.alt or drawn)


def _brought(achievement: Achievement) -> Picture | None:
    """The picture that a badge brings, once Pillow has proved that it can be read.

    Raises BlazonError, with the exit code of wrong content, when it cannot.
    """
    if achievement.picture is not None:
        try:
            pictures.readable_png(achievement.picture.png)
        except ValueError as unreadable:
            message, _, hint = f'the picture of "{achievement.slug}" is broken: {unreadable}'.partition("; ")
            raise BlazonError(f"{message}.", hint, exit_code=1) from unreadable
    return achievement.picture


def _drawn(program: Program, key: tuple[str, int]) -> tuple[tuple[str, int], Picture]:
    """The picture of a version of a badge that brings none of its own, with the name and version."""
    one = program.versions[key]
    return key, pictures.draw(one.slug, one.kind, program.level_of(one.slug)[1], one.art)


def _badge_files(program: Program, plan: Plan, card: Callable[[], bytes], badge: _Badge) -> Iterator[tuple[str, bytes]]:
    """The definitions of one version of a badge, its pictures and its social card, and who vouches for it.

    The definition has no endorsement inside: it stays as it is, whoever vouches for it later.
    """
    achievement, language = badge.achievement, program.settings.language
    node = ob3.achievement(plan, replace(achievement, endorsements=()), language)
    yield address.achievement_document(achievement), jsontext.hosted(ob3.achievement_document(node))
    yield address.badge_class(achievement), jsontext.hosted(ob2.badge_class(plan, achievement, language))
    for other in achievement.translations:
        document = ob3.translation(plan, achievement, node, language, other)
        yield address.translated_document(achievement, other), jsontext.hosted(document)
    yield address.badge_png(achievement), badge.picture.png
    yield address.badge_svg(achievement), badge.picture.svg
    for one in achievement.endorsements:
        yield plan.endorsement(one, achievement), jsontext.hosted(one.document)
    yield address.card_picture(achievement), card()


@dataclass(slots=True)
class _Issued:
    """The awards of one earner, and the digests of those credentials that a stack of theirs names as its parts."""

    awards: Mapping[str, Award]
    named: set[str]
    digests: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _Signed:
    """An award with its signed credential; `whole` has its parts among its evidence, `review` is the record of its review or nothing."""

    award: Award
    whole: Award
    badge: _Badge
    credential: Document
    review: bytes


@dataclass(frozen=True, slots=True)
class _Bench:
    """Where awards are signed."""

    program: Program
    plan: Plan
    issuing: Issuing
    badges: Mapping[tuple[str, int], _Badge]

    def signed(self, awards: Sequence[Award], wanted: Callable[[Award], bool]) -> Iterator[_Signed]:
        """The awards of an earner that are wanted, each stack after its parts."""
        issued = _Issued(
            {award.id: award for award in awards}, {part.award for one in awards if one.issued for part in one.parts}
        )
        for award in in_order(awards):
            if award.erased or not award.issued or not (wanted(award) or award.id in issued.named):
                continue
            whole = with_parts(self.program, self.plan, award, issued.awards, lambda part: issued.digests[part.id])
            review = jsontext.hosted(review_record(self.program, self.plan, award)) if award.reviews else b""
            achievement = self.program.achievement_of(award)
            badge = self.badges[achievement.slug, achievement.version]
            digest = sha256(review).hexdigest() if review else ""
            credential = self.issuing.credential(whole, badge.achievement, badge.digests, digest)
            if award.id in issued.named:
                issued.digests[award.id] = self.issuing.digest(award, jsontext.hosted(credential))
            if wanted(award):
                yield _Signed(award, whole, badge, credential, review)

    def sign(self, begun: int, ended: int) -> None:
        """Sign whatever is published of the awards between two places, for the sake of the signatures."""
        for earner, awards in groupby(self.program.awards[begun:ended], key=lambda award: award.earner):
            own = list(awards)
            signed = self.signed(own, lambda award: has_page(self.program, award))
            self.transcript(earner, own, {one.award.id: one.credential for one in signed})

    def transcript(self, earner: str, awards: Sequence[Award], signed: Mapping[str, Document]) -> Document | None:
        """The signed transcript of an earner who asked for one; `signed` are the credentials of their awards by id."""
        found = [(award, signed[award.id]) for award in clr.wanted(self.program, earner, awards)]
        return self.issuing.transcript(earner, found, awards) if found else None


@dataclass(frozen=True, slots=True)
class _Press:
    """Where the files of awards and earners are made."""

    bench: _Bench
    pages: Pages
    without: Collection[str] = ()

    def earners(self, begun: int, ended: int) -> Iterator[tuple[str, bytes]]:
        """The files of those earners whose awards stand between two places, but for those that are left out."""
        for earner, awards in groupby(self.bench.program.awards[begun:ended], key=lambda award: award.earner):
            if earner not in self.without:
                yield from self._earner(earner, list(awards))
                yield from self.pages.of_earner(earner)

    def _earner(self, earner: str, awards: Sequence[Award]) -> Iterator[tuple[str, bytes]]:
        """The files of an earner's awards, and the transcript if they asked for one: until then its awards are kept."""
        program = self.bench.program
        wanted = {award.id for award in clr.wanted(program, earner, awards)}
        kept: dict[str, Document] = {}
        for one in self.bench.signed(awards, lambda award: has_page(program, award)):
            if is_private(program, one.award):
                yield self._private(one)
            else:
                yield from self._award(one)
            if one.award.id in wanted:
                kept[one.award.id] = one.credential
        if record := self.bench.transcript(earner, awards, kept):
            yield address.transcript(earner), jsontext.hosted(record)

    def _award(self, one: _Signed) -> Iterator[tuple[str, bytes]]:
        """The files of one award: its credential, its assertion, the baked pictures that it has, its review and its pages.

        In what is read by machines the award is whole: with its parts among its evidence.
        """
        award, plan, achievement = one.award, self.bench.plan, one.badge.achievement
        embedded = jsontext.embeddable(one.credential)
        assertion = jsontext.embeddable(ob2.whole_assertion(plan, one.whole, achievement))
        yield address.credential(award), jsontext.hosted(one.credential)
        yield address.assertion(award), jsontext.hosted(ob2.assertion(plan, one.whole, achievement))
        canvases = {"png": one.badge.png, "svg": one.badge.svg}
        for kind, path in address.award_pictures(self.bench.program, award).items():
            yield path, canvases[kind].bake(embedded, assertion)
        if one.review:
            yield address.review(award), one.review
        yield from self.pages.awards.of(award, embedded)

    def _private(self, one: _Signed) -> tuple[str, bytes]:
        """The one file of a private award: its page, of which only the key in its link shows more than that."""
        key = self.bench.program.page_key_of(one.award)
        whole = self.pages.awards.private(one.award, jsontext.embeddable(one.credential))
        padded = whole + b" " * (-len(whole) % _SIZES)
        url = self.bench.plan.url(address.award_page(one.award))
        box = keys.sealed(urlsafe_b64decode(key + "="), padded, url)
        return self.pages.awards.closed(one.award, b64encode(box).decode())


def review_record(program: Program, plan: Plan, award: Award) -> Document:
    """How an award was reviewed, as far as its own file says: the record whose digest the credential carries.

    A signed review comes with what a stranger needs to check it: the key, the signature, and the text that was signed.
    """
    achievement = program.achievement_of(award)
    reviews = [
        {
            **said(review),
            **(_signed(review, statement(program, award, achievement, review)) if review.signature else {}),
        }
        for review in award.reviews
    ]
    return {"award": plan.url(address.award_page(award)), "reviews": reviews}


def _signed(review: Review, message: bytes) -> Document:
    """A review's signature, with its key and the text that was signed."""
    key = sshsig.write_key(sshsig.read(review.signature).key)
    return {"signature": review.signature, "key": key, "signed": message.decode()}
