"""From a folder to a published site: every step of a build in order, ending before the first one that went wrong."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from blazon import address, disk, folder, hands, recalling, remembering, room, shares, signatures, site, telling
from blazon.catalogue import FILTERS
from blazon.check_against import pictures_vanish
from blazon.diagnostics import BlazonError, Report, counted, printable
from blazon.files import Sources
from blazon.folder import Changes, LeftOut
from blazon.jsontext import Unreadable
from blazon.keys import Secret
from blazon.model import Pictures, Program
from blazon.opened import Opened, open_program
from blazon.order import Order
from blazon.pieces import Hands, Site
from blazon.recalling import Recalled
from blazon.recording import Unsigned
from blazon.resigning import Again
from blazon.signatures import Known, Signatures
from blazon.standing import has_files
from blazon.tosign import Requests

_LISTS = (address.DOCS, *(f"badges/{name}/" for name in FILTERS))


@dataclass(slots=True)
class Built:
    """How a build went, from how many files. `changes` is None when it ended before anything was written.

    `digest` is that of the files and the theme, where parts are made or put together.
    """

    report: Report = field(default_factory=Report)
    sources: int = 0
    digest: str = ""
    program: Program | None = None
    secrets: Sequence[Secret] = ()
    awards: int = 0
    changes: Changes | None = None


def build(
    order: Order,
    secrets: Callable[[], Sequence[Secret]],
    progress: Callable[[int], Callable[[int, int], None] | None],
) -> Built:
    """Publish a program into a folder; the secrets are asked for once the content is known to be right.

    `progress` gives, for a number of awards, what hears how many files and credentials are made.
    """
    made_from = remembering.begun(order)
    built, opened, tree = _opened(order, in_parts=order.part is not None)
    if opened is None:
        return built
    built.program, built.secrets, known = opened.program, secrets(), _known(order, opened)
    built.awards = sum(1 for _ in site.published(opened.program))
    recalled = recalling.recall(order, opened, tree, built.secrets, known)
    try:
        with _hands(order, built.awards, opened.program) as (hands_here, all_hands):
            made = site.publish(
                opened.program,
                opened.plan,
                built.secrets,
                opened.theme,
                order.today,
                known=known,
                hands=hands_here,
                away=bool(order.executor),
                without=recalled.unchanged,
                rest=not recalled.is_same,
                gallery=recalled.pictures,
            )
            made = Site([*made.pieces, *recalled.pieces])
            if order.part is not None:
                made = shares.share(made, order.part, _in_parts(order, opened, built, len(made.pieces)))
            done = partial(_remember, order, built, made_from, recalled)
            built.changes = _written(order, opened, built, made, all_hands, progress(built.awards), done)
    except Unsigned as error:
        missing = site.unsigned(opened.program, opened.plan, built.secrets, order.today, known)
        raise _unsigned(missing) from error
    return built


def merge(order: Order, folders: Sequence[Path], progress: Callable[[int], Callable[[int, int], None] | None]) -> Built:
    """Publish a program from the parts in some folders. Needs no secret.

    Raises BlazonError, and leaves the site as it was, unless they are all parts of one build of this very program.
    """
    built, opened, _ = _opened(order, in_parts=True)
    if opened is None:
        return built
    built.program = opened.program
    built.awards = sum(1 for _ in site.published(opened.program))
    common = _in_parts(order, opened, built, 0)
    made = shares.together(folders, common)
    workers = hands.chosen(built.awards, 0, order.processes)
    built.changes = _written(order, opened, built, made, workers, progress(built.awards))
    return built


def _in_parts(order: Order, opened: Opened, built: Built, pieces: int) -> shares.Build:
    """What the parts of a build have in common."""
    return shares.Build(built.digest, opened.plan.base, order.today, pieces)


@contextmanager
def _hands(order: Order, awards: int, program: Program) -> Iterator[tuple[Hands, Hands]]:
    """The hands of this machine, and those that make the pieces of the site: the same, or those of the executor."""
    here = hands.chosen(awards, site.to_draw(program), order.processes)
    if not order.executor:
        yield here, here
        return
    from blazon import cluster  # noqa: PLC0415 - few builds need it, and the others start quickly

    with cluster.joined(order.executor) as elsewhere:
        yield here, elsewhere


def _written(
    order: Order,
    opened: Opened,
    built: Built,
    made: Site,
    all_hands: Hands,
    progress: Callable[[int, int], None] | None,
    done: Callable[[Changes], None] = lambda _changes: None,
) -> Changes | None:
    """What writing a site changed, or None when it was not written; `done` hears that it is in its place."""
    if order.part is not None:  # its folder is no site, so that neither ever takes the place of the other
        address = f"{opened.plan.base}#part"
        changes = folder.write_site(
            made,
            order.target,
            address,
            root=order.root,
            report=built.report,
            keep=None,
            progress=progress,
            hands=all_hands,
        )
    else:
        changes = folder.write_site(
            made,
            order.target,
            opened.plan.base,
            root=order.root,
            report=built.report,
            accepted=order.accepted,
            may_go=may_go(opened.program),
            left_out=_left_out(opened.program),
            keep=kept(opened.program),
            again=Again(opened.program, opened.plan).only_signed_again,
            fits=partial(_fits, order, opened.program, built.report),
            done=done,
            progress=progress,
            hands=all_hands,
        )
    return changes if changes.written else None


def _left_out(program: Program) -> LeftOut | None:
    """The pictures with an award inside, where the program leaves them to pages."""
    settings = program.settings
    if settings.pictures is Pictures.BAKED:
        return None
    hint = (
        'links to them, and pages that show them, would break. To let them go, build with: --accept-change "awards/*/badge.png" '
        '--accept-change "awards/*/badge.svg"'
    )
    place = settings.places.get("pictures", settings.place)
    return LeftOut(address.PICTURES, place, pictures_vanish, hint)


def _fits(order: Order, program: Program, report: Report, size: int) -> bool:
    """Whether a site of so many bytes may be put in place: one that nearly fills its host is warned of, and may not where warnings stop."""
    baked = program.settings.pictures is Pictures.BAKED
    room.warn(size, order.target.name, report, order.fullest, baked=baked)
    return not (order.strict and report.warnings)


def _remember(order: Order, built: Built, made_from: str, recalled: Recalled, changes: Changes) -> None:
    """Keep what a build was made from and what it said, for the next one."""
    if built.program is not None:
        said = remembering.Said(built.report, built.sources, sentences(built), changes.files, changes.size)
        told = partial(recalled.told, order.target)
        remembering.remember(order, made_from, built.secrets, said, told, recalled.parts)


def sentences(built: Built) -> list[str]:
    """What a program has, and how much of it is signed with which key."""
    if built.program is None:
        return []
    return [telling.overview(built.program), telling.signed(built.program, built.awards, built.secrets)]


def record(order: Order) -> tuple[Built, Requests | None]:
    """What has to be signed before a program can be published, or None when its content is not right. Needs no secret."""
    built, opened, _ = _opened(order)
    if opened is None:
        return built, None
    built.program = opened.program
    return built, site.unsigned(opened.program, opened.plan, (), order.today, _known(order, opened))


def _opened(order: Order, *, in_parts: bool = False) -> tuple[Built, Opened | None, Sources]:
    """A program that is ready to be built, maybe in parts, and its files; None, with the reasons in the report, when it is not."""
    built = Built()
    tree, opened = open_program(order.root, built.report, order.today, order.base, order.host)
    built.sources = len(tree)
    if opened is None or built.report.failed or (order.strict and built.report.warnings):
        return built, None, tree
    if in_parts:
        built.digest = shares.digest(tree, opened.theme)
    return built, opened, tree


def _known(order: Order, opened: Opened) -> Known:
    """The signatures beside the content, and those in the files that were named."""
    named = [_read(path) for path in order.signatures]
    for path, one in zip(order.signatures, named, strict=True):
        if one.issuer != opened.plan.did:
            message = f"{printable(str(path))} holds signatures of {one.issuer}, and this program is {opened.plan.did}."
            raise BlazonError(message, "name the file of this program.", exit_code=1)
    own = [opened.signatures] if opened.signatures else []
    return signatures.together([*own, *named])


def _read(path: Path) -> Signatures:
    """The signatures in a file that was named."""
    try:
        return signatures.read(disk.read_given(path, signatures.LARGEST))
    except Unreadable as error:
        hint = "sign again: blazon sign requests.json"
        raise BlazonError(f"{printable(str(path))} cannot be read: {error}", hint, exit_code=1) from error


def _unsigned(missing: Requests) -> BlazonError:
    """What is said when nobody can sign what is left."""
    number = len(missing.requests) + missing.left
    has, it = ("has", "it") if number == 1 else ("have", "them")
    message = f"{counted(number, 'document')} {has} no signature, and no key that signs {it} was given."
    hint = (
        "put the key into BLAZON_SIGNING_KEY, or name its file with --key-file; or sign elsewhere: blazon build --record "
        "requests.json, then blazon sign requests.json"
    )
    return BlazonError(message, hint)


def may_go(program: Program) -> Callable[[str], bool]:
    """Tells which paths may go because a record says so: of awards that were erased, or that their earners hid.

    An earner may take back their page and what stands beside it in the same way. Lists of badges with something in common
    go with what they have in common, and pages of the documentation when nothing lists them any more.
    """
    gone = {award.id for award in program.in_brief if award.erased or not has_files(program, award)}
    earners = {award.earner for award in program.in_brief}

    def may(path: str) -> bool:
        top, name = f"{path}//".split("/")[:2]
        if top == "awards":
            return name in gone
        if top == "earners":
            return name in earners and path in address.of_earner(name)
        return path.startswith(_LISTS)

    return may


def kept(program: Program) -> Callable[[str], bool]:
    """Tells which paths keep their bytes once published: credentials, endorsements, and definitions that somebody was awarded."""
    named: set[str] = set()
    for award in program.in_brief:
        if award.issued is not None and award.erased is None:
            achievement = program.achievement_of(award)
            named |= {address.achievement_document(achievement), address.badge_class(achievement)}
    return lambda path: path in named or path.startswith("endorsements/") or folder.is_credential(path)
