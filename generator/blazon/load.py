"""Files to model: one reader per kind of file, none of which looks at its neighbours."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any

from blazon import density, fields, layout, leaks, source
from blazon.aside import put_aside
from blazon.diagnostics import Place, Report
from blazon.layout import Layout
from blazon.load_badges import load_badges
from blazon.load_docs import load_docs
from blazon.load_endorsements import read_endorsements, refuse_unnamed
from blazon.model import (
    Award,
    Earner,
    Policy,
    Profile,
    Program,
    ReviewPolicy,
    Roots,
    Settings,
    VerificationMethod,
)
from blazon.records import Reading


def load(
    tree: Mapping[str, bytes], report: Report, public_half: Callable[[bytes], bytes] | None = None
) -> Program | None:
    """The program that a tree holds, as far as it can be read; None when content/site.yaml cannot be, or it holds too much.

    What could not be read is in the report, and named in `broken` or in a record's `unread`, so that rules stay silent
    about it. With `public_half`, which makes a public key from a seed, seeds of the keys in keys/ are found in the tree.
    Each file of an earner is parsed and searched as the tree gives it once, so that the tree need not hold it.
    """
    if density.too_dense(tree, report):
        return None
    paths = layout.lay_out(tree, report)
    broken: set[str] = set()
    settings = _settings(tree, paths.documents, report)
    policy = _policy(tree, broken, report)
    badges = load_badges(tree, paths.badges, broken, report)
    keys = [_key(name, path, tree[path], broken, report) for path, name in paths.keys]
    roots = _roots(tree, broken, report)
    earners: dict[str, Earner] = {}
    in_order = ((path, tree[path]) for path in sorted(tree))
    searched = leaks.searched(in_order, report, publics_of(keys, roots), public_half)
    awards = put_aside(_awards(searched, paths, earners, broken, report))
    docs = load_docs(tree, report)
    if settings is None:
        return None
    return Program(
        settings,
        achievements=badges.current,
        versions=badges.versions,
        earners=earners,
        awards=awards,
        policy=policy,
        keys=tuple(key for key in keys if key),
        broken=frozenset(broken),
        docs=docs,
        roots=roots,
        key_list=tree.get(layout.KEY_LIST, b""),
    )


def publics_of(keys: Iterable[VerificationMethod | None], roots: Roots | None) -> set[bytes]:
    """The public halves of all keys of a program, whose secret halves nobody should find in it."""
    return {key.public for key in keys if key}.union(roots.public if roots else ())


def _settings(tree: Mapping[str, bytes], documents: Mapping[str, str], report: Report) -> Settings | None:
    """content/site.yaml with the endorsements of its issuer; what is required and missing is empty."""
    if layout.SITE not in tree:
        hint = "blazon init unpacks a program to begin with"
        report.error(
            "missing-file", Place(layout.SITE), "this file says who issues badges and where; it is missing.", hint
        )
        return None
    table = source.parse(layout.SITE, tree[layout.SITE], report)
    if table is None:
        return None
    reading = fields.SITE.reading(table, report)
    values = reading.values
    values |= values.pop("footer", {})
    required: dict[str, Any] = {"name": "", "url": "", "issuer": Profile("", ""), "contact": ""}
    settings = Settings(**(required | values), place=reading.place, places=reading.places)
    named = settings.issuer.endorsements
    if "issuer" not in reading.unread:
        where = "endorsements of the issuer in site.yaml"
        refuse_unnamed(documents, {one.name for one in named}, where, report)
    read = read_endorsements(named, documents, tree, report)
    return replace(settings, issuer=replace(settings.issuer, endorsements=read))


def _policy(tree: Mapping[str, bytes], broken: set[str], report: Report) -> ReviewPolicy | None:
    """content/reviewers.yaml, or None when there is none."""
    if layout.REVIEWERS not in tree:
        return None
    table = source.parse(layout.REVIEWERS, tree[layout.REVIEWERS], report)
    reading = fields.REVIEWERS.reading(table, report) if table else None
    if reading is None or reading.unread:
        broken.add(_stem(layout.REVIEWERS))
        return None
    stated, places = reading.values.get("policy", ({}, {}))
    kinds, badges = stated.pop("kinds", {}), stated.pop("badges", {})
    default = Policy(**stated, place=reading.places.get("policy", reading.place), places=places)
    return ReviewPolicy(
        default,
        kinds={kind: _inheriting(policy, default) for kind, policy in kinds.items()},
        badges={slug: _inheriting(policy, default) for slug, policy in badges.items()},
        reviewers={name: replace(one, id=name) for name, one in reading.values["reviewers"].items()},
        places=places,
    )


def _inheriting(policy: Policy, default: Policy) -> Policy:
    """A policy for a kind or a badge, which leaves to the default what it does not say."""
    evidence = policy.evidence if "evidence" in policy.places else default.evidence
    return replace(policy, roles=policy.roles or default.roles, evidence=evidence)


def _awards(
    files: Iterable[tuple[str, bytes]], paths: Layout, earners: dict[str, Earner], broken: set[str], report: Report
) -> Iterator[Award]:
    """The awards among files, in their order; the earners among them are put into `earners` on the way."""
    for path, data in files:
        slug, found = paths.earners.get(path), paths.awards.get(path)
        if slug and (earner := _earner(slug, path, data, broken, report)):
            earners[slug] = earner
        if found and (award := _award(path, *found, data, broken, report)):
            yield award


def _earner(slug: str, path: str, data: bytes, broken: set[str], report: Report) -> Earner | None:
    """content/earners/<earner>/earner.yaml."""
    reading = _reading(fields.EARNER, path, data, broken, report)
    if reading is None:
        return None
    return Earner(slug, **reading.values, place=reading.place, places=reading.places, unread=reading.unread)


def _award(path: str, earner: str, slug: str, data: bytes, broken: set[str], report: Report) -> Award | None:
    """content/earners/<earner>/<award>.yaml; what is required and missing is empty, or a status index below zero."""
    table = source.parse(path, data, report)
    if table is None:
        broken.add(_stem(path))
        return None
    return award_of(earner, slug, table, report)


def award_of(earner: str, slug: str, table: source.Table, report: Report) -> Award:
    """The award of an earner that a table holds, of whatever file; what is required and missing is as above."""
    record = fields.AWARD
    if "erased" in table.entries:
        record = fields.ERASED_AWARD
        table = _without_remains(table, report)
    reading = record.reading(table, report)
    values = reading.values
    started, ended = values.pop("activity", (None, None))
    return Award(
        slug,
        earner,
        id=values.pop("id", ""),
        status_index=values.pop("status_index", -1),
        achievement=values.pop("achievement", ""),
        started=started,
        ended=ended,
        **values,
        place=reading.place,
        places=reading.places,
        unread=reading.unread,
    )


def _without_remains(table: source.Table, report: Report) -> source.Table:
    """The table of an erased award without the fields that should be gone, which are reported together."""
    remains = [name for name in table.entries if name in fields.AWARD.fields and name not in fields.ERASED_AWARD.fields]
    if not remains:
        return table
    report.error(
        "erased-remains",
        table.places_of_keys[remains[0]],
        "this award is erased, and still says things about somebody.",
        hint=f'delete {", ".join(remains)}; only "id", "status_index" and "erased" stay',
    )
    entries = {name: node for name, node in table.entries.items() if name not in remains}
    return source.Table(entries, table.places_of_keys, table.place)


def _key(name: str, path: str, data: bytes, broken: set[str], report: Report) -> VerificationMethod | None:
    """keys/<name>.yaml."""
    reading = _reading(fields.KEY, path, data, broken, report)
    if reading is None or reading.unread:
        broken.add(_stem(path))
        return None
    return VerificationMethod(name, **reading.values, place=reading.place, places=reading.places)


def _roots(tree: Mapping[str, bytes], broken: set[str], report: Report) -> Roots | None:
    """keys/root.yaml, or None when there is none."""
    if layout.ROOT not in tree:
        return None
    reading = _reading(fields.ROOTS, layout.ROOT, tree[layout.ROOT], broken, report)
    if reading is None or reading.unread:
        broken.add(_stem(layout.ROOT))
        return None
    return Roots(**reading.values, place=reading.place, places=reading.places)


def _reading(record: Any, path: str, data: bytes, broken: set[str], report: Report) -> Reading | None:
    """What a file holds, or None when it cannot be read at all."""
    table = source.parse(path, data, report)
    if table is None:
        broken.add(_stem(path))
        return None
    reading: Reading = record.reading(table, report)
    return reading


def _stem(path: str) -> str:
    """A path without its ending, as `Program.broken` names it."""
    return path.removesuffix(".yaml")
