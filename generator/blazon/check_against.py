"""Rules between a program and what it was before: what was issued stays, and what is said of it later is only ever added."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import fields, replace

from blazon import address, altering, editions, outline
from blazon.altering import Cause, Side
from blazon.check_roots import list_goes_on
from blazon.diagnostics import Place, Report, counted, listed
from blazon.keys import verify
from blazon.layout import SITE
from blazon.model import Award, Part, Program
from blazon.signatures import FILE as SIGNATURES
from blazon.standing import has_files
from blazon.succession import first_key_for, key_for

MOST_ADDED = 2_000
MOST_WRITTEN = 4 << 20  # bytes of YAML in one request
MOST_NAMED = 20
CONTENT = ("content/", "keys/")
# Folders whose files decide how awards are made, beside the files at the top that are not there to be read.
_DECIDING = frozenset({
    ".ci", ".circleci", ".forgejo", ".gitea", ".github", ".gitlab", ".woodpecker", "generator", "keys", "scripts", "themes",
})  # fmt: skip
_SPLIT = "split it into several requests"
_TO_BE_READ = (".md", ".txt", "LICENSE", ".gitignore")
# Signatures, which a build believes only where they fit, and what git puts into a second folder of a repository.
_NOTHING_NEW = frozenset({SIGNATURES, ".git"})
_LATER = frozenset({"revoked", "suspended", "supersedes", "erased", "version"})  # looked at one by one
_WHERE = frozenset({"slug", "earner", "id", "place", "places", "unread"})
_WRITTEN = {"achievement": "badge", "started": "activity", "ended": "activity"}


def check_against(base: Side, now: Side, report: Report) -> Counter[str]:
    """Hold a program to what it was: nothing that was issued is changed, removed, moved, reused or altered in passing.

    Published awards may be signed again when their key is compromised: how many are, by the name of that key.
    """
    awards_come_alone(base, now, report)
    keys_stay(base, now, report)
    list_goes_on(base.program, now.program, report, verify)
    unchanged = [pair for pair in _kept(base, now, report) if not _changed(*pair, base.program, report)]
    again = documents_stay(base, now, unchanged, report)
    addresses_stay(base, now, report)
    return again


def little_is_added(base: Mapping[str, int], now: Mapping[str, int], report: Report) -> None:
    """One request brings no more than somebody can look over. This is told from paths and sizes, before any file is read."""
    added = sum(path.startswith(CONTENT) and path not in base for path in now)
    if added > MOST_ADDED:
        message = f"this request adds {added:,} files; at most {MOST_ADDED:,} are added at once."
        report.error("too-many-added", Place("content"), message, hint=_SPLIT)
    written = sum(size for path, size in now.items() if path.endswith(".yaml") and base.get(path) != size)
    if written > MOST_WRITTEN:
        message = f"this request writes {written:,} bytes of YAML; at most {MOST_WRITTEN:,} are written at once."
        report.error("too-many-added", Place("content"), message, hint=_SPLIT)


def awards_come_alone(base: Side, now: Side, report: Report) -> None:
    """A request that adds awards changes nothing that decides how awards are made: keys, theme, generator, workflows, build files."""
    known = {award.place.path for award in base.program.awards}
    added = [award for award in now.program.awards if award.place.path not in known and award.erased is None]
    if not added:
        return
    paths = sorted(base.files.keys() | now.files.keys())
    touched = [path for path in paths if decides(path) and base.files.get(path) != now.files.get(path)]
    for path in touched[:MOST_NAMED]:
        message = f"this request adds {counted(len(added), 'award')}, and changes this file as well."
        report.error("mixed-request", Place(path), message, hint="propose the two in requests of their own")


def decides(path: str) -> bool:
    """Whether a file is one that decides how awards are made."""
    top, slash, _ = path.partition("/")
    return top in _DECIDING if slash else path not in _NOTHING_NEW and not path.endswith(_TO_BE_READ)


def keys_stay(base: Side, now: Side, report: Report) -> None:
    """A key that signed an award stays, under its name; one that is compromised tells what its signatures are worth."""
    keys = {key.name: key for key in now.program.keys}
    for key, number in _signing(base.program).items():
        found, before = keys.get(key), next(one for one in base.program.keys if one.name == key)
        if f"keys/{key}" in now.program.broken or (found is not None and found.public == before.public):
            continue
        what = "is gone" if found is None else "is another one now"
        place = before.place if found is None else found.places["public_key"]
        message = f'the key "{key}" {what}, and {counted(number, "award")} {"names" if number == 1 else "name"} it.'
        hint = 'bring it back; "until:" with a date puts a key away, and a new key has a file of its own'
        report.error("removed-key", place, message, hint)


def documents_stay(base: Side, now: Side, pairs: list[tuple[Award, Award]], report: Report) -> Counter[str]:
    """No edit of a badge, of the site, of reviewers or of a key alters a credential that was published.

    What a compromised key signed, another one signs: how many credentials that is for each such key.
    """
    altered, again = Counter[Cause](), Counter[str]()
    badges: dict[Cause, str] = {}
    kept = {key.name for key in now.program.keys}
    compromised = {key.name for key in now.program.keys if key.compromised is not None}
    for before, after in pairs:
        try:
            was, becomes = altering.made(base, before), altering.made(now, after)
        except KeyError:  # it names a badge or a version that is not there, which another rule says
            continue
        if was.key is not None and was.key.name in compromised and becomes.key is not None:
            again[was.key.name] += was.key.name != becomes.key.name
            was = replace(was, key=becomes.key)  # nothing but its signature may be another one
        for cause in altering.causes(was, becomes, now.program):
            if cause.kind == "key" and (was.key is None or was.key.name not in kept or not cause.name):
                continue  # another rule says so
            altered[cause] += 1
            badges[cause] = was.badge.slug
    for cause, number in altered.items():
        message, hint = _told(cause, number, badges[cause])
        report.error("altered-credential", cause.place, message, hint)
    return again


def addresses_stay(base: Side, now: Side, report: Report) -> None:
    """What was published answers for ever; what earners hide, and what was erased, aside."""
    if base.plan.base != now.plan.base:
        message = f'every address below "{base.plan.base}" would vanish.'
        settings = now.program.settings
        place = settings.places.get("url", settings.place)
        report.error("vanishing-address", place, message, hint=f"write {base.plan.base}, which is for ever")
        return
    _pictures_stay(base, now, report)
    left = {path for path, _ in addresses(now)}
    lost: dict[Place, list[str]] = {}
    for path, place in addresses(base):
        if path not in left:
            lost.setdefault(place, []).append(path)
    for place, paths in lost.items():
        if is_broken(now.program, place.path):
            continue
        rest = f", and {len(paths) - 1:,} more with it" if paths[1:] else ""
        message = f'the address "{paths[0].removesuffix("index.html")}" was published, and would vanish{rest}.'
        hint = 'bring it back; a badge that is given no more says "status: retired", and an earlier version stays in versions/'
        report.error("vanishing-address", Place(place.path), message, hint)


def _pictures_stay(base: Side, now: Side, report: Report) -> None:
    """The pictures with an award inside that were published are not left to pages, while the award has its files."""
    settings = now.program.settings
    if settings.pictures is base.program.settings.pictures:
        return
    lost = 0
    for before in base.program.awards:
        after = now.by_id.get(before.id)
        if after and has_files(base.program, before) and has_files(now.program, after):
            was, becomes = (address.award_pictures(side.program, before) for side in (base, now))
            lost += len(was.keys() - becomes.keys())
    if lost:
        place = settings.places.get("pictures", settings.place)
        hint = 'write "pictures: baked"; where nobody links to them or shows them, merge past this'
        report.error("vanishing-address", place, pictures_vanish(lost), hint)


def pictures_vanish(number: int) -> str:
    """What is said of so many pictures that a program would leave to the pages of awards."""
    were = "was" if number == 1 else "were"
    return f"{counted(number, 'picture')} with an award inside {were} published, and would vanish."


def addresses(side: Side) -> Iterator[tuple[str, Place]]:
    """The addresses that badges and the issuer have on a site, and the file that each comes from."""
    program, plan = side.program, side.plan
    earned = {award.achievement for award in program.in_brief if award.issued is not None}
    for one in program.achievements.values():
        if one.status != "draft" or one.slug in earned:
            yield address.badge_page(one.slug), one.place
            yield address.badge_feed(one.slug), one.place
            yield from ((address.pathway_page(one.slug), one.place) for _ in one.levels[:1])
            for language in editions.translations(program, one):
                yield address.badge_edition(one.slug, language), one.place
    for one in program.versions.values():
        yield from ((path, one.place) for path in outline.of_version(one))
        yield from ((plan.endorsement(voucher, one), voucher.place) for voucher in one.endorsements)
    issuer = program.settings.issuer
    yield from ((plan.endorsement(voucher), voucher.place) for voucher in issuer.endorsements)


def is_broken(program: Program, path: str) -> bool:
    """Whether a file could not be read, which is reported already."""
    slug = path.removeprefix("content/badges/").partition("/")[0]
    return (
        slug in program.broken
        or path.removesuffix(".yaml") in program.broken
        or (path == SITE and not program.settings.url)
    )


def _kept(base: Side, now: Side, report: Report) -> Iterator[tuple[Award, Award]]:
    """Each award that was issued, with what it is now; those that are not where they were are reported."""
    paths = {award.place.path: award for award in now.program.awards}
    for before in base.program.awards:
        if before.issued is None and before.erased is None:
            continue
        path = before.place.path
        there = paths.get(path)
        after = there if there is not None and there.id == before.id else now.by_id.get(before.id)
        if path.removesuffix(".yaml") in now.program.broken or (there is not None and there.unread):
            continue  # what is wrong with the file is said already
        if after is None:
            _refuse_absence(before, there, report)
        elif before.erased is not None and after.erased is None:
            message = f"this id belongs to an award that was erased on {before.erased:%Y-%m-%d}."
            hint = (
                "bring the erased file back as it was; a new award has an id of its own, which blazon new award draws"
            )
            report.error("returned-award", after.places["id"], message, hint)
        elif after.place.path != path:
            message = f"this award was published from {path}."
            hint = f"move it back to {path}; an award of somebody else has an id of its own"
            report.error("moved-award", after.place, message, hint)
        elif after.status_index != before.status_index:
            message = f"the status index of this award was {before.status_index}; its credential says so."
            report.error("moved-index", after.places["status_index"], message, hint=f"write {before.status_index}")
        elif before.erased is None and after.erased is None:
            yield before, after


def _refuse_absence(before: Award, after: Award | None, report: Report) -> None:
    """Say that an award is gone, or that its file holds another one."""
    if after is not None and after.id:
        message = f'the id of this award was "{before.id}", and is for ever.'
        hint = "write that id again; a new award has a file of its own"
        report.error("changed-award", after.places["id"], message, hint)
    elif after is None:
        path = before.place.path
        message = "an award was issued in this file, and the file is gone."
        hint = (
            "bring it back as it was"
            if before.erased
            else f"bring it back; then revoke, supersede or erase it: blazon erase {path}"
        )
        report.error("removed-award", Place(path), message, hint)


def edited(before: Award, after: Award, base: Program) -> set[str]:
    """The fields in which an issued award says something else than it did, those aside that tell what happened to it later."""
    names = {
        _WRITTEN.get(one.name, one.name)
        for one in fields(Award)
        if one.name not in _LATER | _WHERE
        and altering.meaning(getattr(before, one.name)) != altering.meaning(getattr(after, one.name))
    }
    if "parts" in names and altering.meaning(before.parts) == altering.meaning(_unfilled(before.parts, after.parts)):
        names.remove("parts")
    if _version(before, base) != after.version != before.version:
        names.add("version")
    if before.supersedes not in ("", after.supersedes):
        names.add("supersedes")
    return names


def _changed(before: Award, after: Award, base: Program, report: Report) -> bool:
    """Whether an issued award says something else than it did, which is then reported."""
    names = edited(before, after, base)
    if names:
        place = min((after.places[name] for name in names if name in after.places), default=after.place)
        message = f"this award was issued, and would change: {listed(sorted(names), 'and')}."
        hint = f"take the edit back; a mistake is corrected by a new award: blazon supersede {after.place.path}"
        report.error("changed-award", place, message, hint)
    if before.revoked is not None and altering.meaning(before.revoked) != altering.meaning(after.revoked):
        message = f"this award was withdrawn on {before.revoked.on:%Y-%m-%d}, and that is for ever."
        hint = f'bring "revoked:" back as it was; a new award takes its place: blazon supersede {after.place.path}'
        report.error("taken-back", after.places.get("revoked", after.place), message, hint)
        return True
    return bool(names)


def _unfilled(before: Sequence[Part], after: Sequence[Part]) -> tuple[Part, ...]:
    """The parts of a stack's award without what was added to keep the digest of one that was erased."""
    if len(before) != len(after):
        return tuple(after)
    pairs = zip(before, after, strict=True)
    return tuple(now if was.name or was.sha256 else replace(now, name="", sha256="") for was, now in pairs)


def _version(award: Award, program: Program) -> int | None:
    """The version of its badge that an award means."""
    current = program.achievements.get(award.achievement)
    return current.version if award.version is None and current else award.version


def _signing(program: Program) -> Mapping[str, int]:
    """The keys that awards name, and how many do."""
    issued = (award.issued for award in program.in_brief if award.issued is not None)
    found = ((key_for(program.keys, moment), first_key_for(program.keys, moment)) for moment in issued)
    return Counter(name for keys in found for name in {key.name for key in keys if key})


def _told(cause: Cause, number: int, badge: str) -> tuple[str, str]:
    """What is said about an edit that alters published credentials, and the way out."""
    many = counted(number, "published credential")
    match cause.kind:
        case "badge":
            hint = f"take the edit back, type: blazon new version {badge}; then make it again"
        case "stack":
            hint = "its levels are drawn and described as such: stack new badges, or new versions, of those"
        case "key":
            hint = "take the edit back; a new key begins after the awards that an earlier one signed, unless that one is compromised"
        case "award":
            hint = "take it back; a new award says from the start what it replaces: blazon supersede"
        case _:
            hint = "take the edit back; what was signed stays as it is"
    field = f'the key "{cause.name}"' if cause.kind == "key" else f'"{cause.name}"'
    return f"this edit of {field} would alter {many}.", hint
