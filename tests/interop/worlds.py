"""What judges are given: built sites and other issuers' badges, and their bad twins, each with the verdict that is right.

A world is a set of documents that are served at their addresses, and cases that are judged in it. In most worlds nothing is
wrong but the case itself; in the others what is wrong is served: a list, a key document.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path

from blazon import address, bake, base58, jsontext, proof
from blazon import status as lists
from blazon.address import Plan
from blazon.keys import DEMO_SEED, Secret
from blazon.model import Award, Program
from blazon.periods import expires
from blazon.standing import has_files
from strangers import Change, Json, changed, put, without

NOW = datetime(2026, 11, 26, 12, tzinfo=UTC)
GOOD, REVOKED, EXPIRED, REFUSED = "good", "revoked", "expired", "refused"

# Who judges what. DB, DCC and OBL read Open Badges 3.0, OB2py and bakery 2.0; blazon is our own verify.
JUDGES = ("DB", "DCC", "OBL", "blazon", "OB2py", "bakery")
WHO = {
    "award": ("DB", "DCC", "OBL", "blazon"),
    "endorsement": ("DB", "DCC", "OBL"),
    "transcript": ("DB", "DCC", "OBL", "blazon"),
    "list": ("DB", "DCC", "OBL"),
    "png3": ("OBL", "blazon"),
    "svg3": ("OBL", "blazon"),
    "assertion": ("OB2py",),
    "png2": ("OB2py", "bakery"),
    "svg2": ("OB2py", "bakery"),
}


@dataclass(frozen=True, slots=True)
class Case:
    """One document or picture, and what each judge should say; `apart` are those that should say something of their own."""

    name: str
    kind: str
    file: Path
    expected: str
    apart: Mapping[str, str] = field(default_factory=dict)
    same: Path | None = None
    at: str = ""

    def expects(self) -> dict[str, str]:
        """The right verdict of each judge of this kind."""
        return {judge: self.apart.get(judge, self.expected) for judge in WHO[self.kind]}

    def entry(self) -> Json:
        """The case as judges read it."""
        entry = {"name": self.name, "kind": self.kind, "file": str(self.file), "address": self.at}
        return {**entry, "same": str(self.same)} if self.same else entry


@dataclass(frozen=True, slots=True)
class World:
    """Documents by their addresses, and what is judged among them."""

    name: str
    documents: Mapping[str, Path]
    cases: tuple[Case, ...]


@dataclass(frozen=True, slots=True)
class Site:
    """A built site, and the program behind it."""

    name: str
    folder: Path
    program: Program
    plan: Plan

    def path(self, path: str) -> Path:
        """A file of the site."""
        return self.folder / path

    def documents(self) -> dict[str, Path]:
        """Every file of the site by its address."""
        files = (
            path
            for path in self.folder.rglob("*")
            if path.is_file() and path.suffix in {".json", ".png", ".svg", ".html"}
        )
        return {self.plan.url(path.relative_to(self.folder).as_posix()): path for path in files}

    def world(self) -> World:
        """The site as it is published, with everything that it publishes for others to read."""
        awards = [award for award in self.program.awards if has_files(self.program, award)]
        cases = [case for award in awards for case in self._award(award)]
        for kind, pattern in (
            ("endorsement", "endorsements/*.json"),
            ("transcript", "earners/*/transcript.json"),
            ("list", "status/*.json"),
        ):
            for path in sorted(self.folder.glob(pattern)):
                cases.append(Case(f"{self.name} {path.relative_to(self.folder)}", kind, path, GOOD))  # noqa: PERF401 (clearer)
        return World(self.name, self.documents(), tuple(cases))

    def _award(self, award: Award) -> Iterator[Case]:
        """Everything that is published for one award."""
        ends = expires(award, self.program.achievement_of(award))
        fate = REVOKED if award.revoked else EXPIRED if ends is not None and ends <= NOW else GOOD
        credential, assertion = address.credential(award), address.assertion(award)
        pictures = (("png", address.award_png(award)), ("svg", address.award_svg(award)))
        yield Case(f"{self.name} {credential}", "award", self.path(credential), fate)
        for form, path in pictures:
            yield Case(f"{self.name} {path} 3.0", f"{form}3", self.path(path), fate, same=self.path(credential))
        # Nothing in Open Badges 2.0 lets a static site say "revoked" so that its verifier repeats it: it finds too little left.
        old = REFUSED if fate == REVOKED else fate
        yield Case(f"{self.name} {assertion}", "assertion", self.path(assertion), old, at=self.plan.url(assertion))
        baked = {"bakery": REFUSED if fate == REVOKED else GOOD}  # it compares, and knows no dates
        for form, path in pictures:
            yield Case(
                f"{self.name} {path} 2.0", f"{form}2", self.path(path), old, apart=baked, same=self.path(assertion)
            )


def foreign(folder: Path) -> World:
    """Badges that other libraries have issued and baked, among the documents of their issuers."""
    documents = {
        "https://issuer.example.org/.well-known/did.json": folder / "obl" / "obl-did.json",
        "https://issuer.example.org/status/revocation.json": folder / "obl" / "obl-list.json",
    }
    names = ("obl-key", "obl-web", "obl-rich", "obl-status")
    cases = [
        Case(
            f"foreign {name}.json",
            "award",
            folder / "obl" / f"{name}.json",
            GOOD,
        )
        for name in names
    ]
    cases.append(Case("foreign obl-tampered.json", "award", folder / "obl" / "obl-tampered.json", REFUSED))
    return World("foreign, openbadgeslib", documents, tuple(cases))


def bazaar(folder: Path) -> World:
    """Badges that Digital Bazaar's library has issued."""
    documents = {
        "https://issuer.example.org/.well-known/did.json": folder / "db" / "did.json",
        json.loads((folder / "db" / "status.json").read_bytes())["id"]: folder / "db" / "status.json",
    }
    cases = [
        Case(f"foreign {name}.json", "award", folder / "db" / f"{name}.json", GOOD)
        for name in ("db-key", "db-web", "db-status")
    ]
    cases.append(Case("foreign db-tampered.json", "award", folder / "db" / "db-tampered.json", REFUSED))
    return World("foreign, Digital Bazaar", documents, tuple(cases))


@dataclass(frozen=True, slots=True)
class Twin:
    """What is different about a bad twin, whether it is signed again, and who should say what of it."""

    change: Change
    expected: str = REFUSED
    sealed: bool = False
    secret: Secret = field(default_factory=lambda: Secret(DEMO_SEED))
    apart: Mapping[str, str] = field(default_factory=dict)


def blind(*judges: str) -> dict[str, str]:
    """Judges that are known to accept what they should not: their own gap, kept here so that we hear when it closes."""
    return dict.fromkeys(judges, GOOD)


SUBJECT, ACHIEVEMENT = "credentialSubject", ("credentialSubject", "achievement")
STRANGER = Secret(sha256(b"a stranger").digest())


def award_twins(site: Site, other: Json, revoked: Json) -> dict[str, Twin]:
    """Bad twins of a good award; `other` is another good one and `revoked` one that was withdrawn."""
    elsewhere = put("https://other.example/status.json", "credentialStatus", "statusListCredential")
    return {
        "a changed name": Twin(put("Somebody Else", SUBJECT, "name")),
        "a changed criterion": Twin(put("Nothing.", *ACHIEVEMENT, "criteria", "narrative")),
        "the proof of another award": Twin(put(other["proof"], "proof")),
        "no proof": Twin(without("proof")),
        "another time of signing": Twin(put("2026-01-01T00:00:00Z", "proof", 0, "created")),
        "another purpose": Twin(put("authentication", "proof", 0, "proofPurpose")),
        "another issuer": Twin(put("did:web:other.example", "issuer", "id")),
        "a key that is not listed": Twin(put(f"{site.plan.did}#other", "proof", 0, "verificationMethod")),
        "signed by a stranger": Twin(lambda _: None, sealed=True, secret=STRANGER),
        "a word that nobody defines": Twin(put("A", SUBJECT, "grade"), apart=blind("OBL")),
        "a missing type": Twin(without(*ACHIEVEMENT, "type")),
        "a relative id": Twin(put("achievements/x.json", *ACHIEVEMENT, "id")),
        "a subject in a list": Twin(
            lambda document: document.update(credentialSubject=[document[SUBJECT]]), apart=blind("DB", "DCC", "OBL")
        ),
        "one context more": Twin(lambda document: document["@context"].append("https://other.example/context.json")),
        "contexts in another order": Twin(lambda document: document["@context"].reverse()),
        "without a status": Twin(without("credentialStatus")),
        "withdrawn": Twin(put(revoked["credentialStatus"], "credentialStatus"), REVOKED, sealed=True),
        "run out": Twin(put("2026-11-25T00:00:00Z", "validUntil"), EXPIRED, sealed=True),
        "not yet begun": Twin(put("2026-12-24T00:00:00Z", "validFrom"), sealed=True),
        "a date without a zone": Twin(put("2026-01-01T00:00:00", "validFrom"), sealed=True, apart=blind("DB", "DCC")),
        "a list somewhere else": Twin(elsewhere, sealed=True),
    }


def sealed(document: Json, secret: Secret) -> Json:
    """A document signed again, by a key that claims to be the one that its proof names."""
    content = {name: value for name, value in document.items() if name != "proof"}
    options = {name: value for name, value in document["proof"][0].items() if name != "proofValue"}
    signature = secret.signer("").sign(proof.payload(content, options))
    return {**content, "proof": [{**options, "proofValue": "z" + base58.encode(signature)}]}


def twins(site: Site, folder: Path) -> Iterator[World]:
    """The demo's bad twins: documents that are wrong, and good ones in worlds where something else is."""
    good, *others = _awards(site, GOOD)
    other = next(one for one in others if one.achievement != good.achievement)  # so that its picture is another one
    revoked = _awards(site, REVOKED)[0]
    kept = _Kept(folder)
    document = kept.read(site.path(address.credential(good)))
    found = award_twins(
        site,
        kept.read(site.path(address.credential(other))),
        kept.read(site.path(address.credential(revoked))),
    )
    cases = []
    for name, twin in found.items():
        bad = changed(document, twin.change)
        bad = sealed(bad, twin.secret) if twin.sealed else bad
        cases.append(Case(f"twin {name}", "award", kept.write(bad), twin.expected, apart=twin.apart))
    yield World("twins of an award", site.documents(), (*cases, *_picture_twins(site, good, other, kept)))
    yield World("twins of others", site.documents(), tuple(_other_twins(site, kept)))
    yield from _worlds(site, good, kept)
    yield from _old_worlds(site, good, kept)


def _awards(site: Site, fate: str) -> list[Award]:
    """The demo's awards with a fate, those with most to say first."""
    found = [case.file for case in site.world().cases if case.kind == "award" and case.expected == fate]
    by_file = {site.path(address.credential(award)): award for award in site.program.awards if award.id}
    return [by_file[file] for file in sorted(found, key=lambda file: -file.stat().st_size)]


class _Kept:
    """Writes documents for judges to read, each into a file of its own."""

    def __init__(self, folder: Path) -> None:
        """An empty folder."""
        self._folder = folder
        folder.mkdir(parents=True)

    def read(self, path: Path) -> Json:
        """A document of a site."""
        document: Json = json.loads(path.read_bytes())
        return document

    def write(self, document: Json | bytes, ending: str = "json") -> Path:
        """The file of a document or picture."""
        path = self._folder / f"{len(list(self._folder.iterdir()))}.{ending}"
        path.write_bytes(document if isinstance(document, bytes) else jsontext.write(document).encode())
        return path


def _picture_twins(site: Site, good: Award, other: Award, kept: _Kept) -> Iterator[Case]:
    """Pictures with something else inside than they should have."""
    # A picture of another award is a good badge; that it is not the one that was asked for, our own judge is not told.
    same, old = site.path(address.credential(good)), site.path(address.assertion(good))
    for form, path in (("png", address.award_png(other)), ("svg", address.award_svg(other))):
        yield Case(
            f"twin {form} of another award, 3.0",
            f"{form}3",
            site.path(path),
            REFUSED,
            apart={"blazon": GOOD},
            same=same,
        )
        yield Case(f"twin {form} of another award, 2.0", f"{form}2", site.path(path), REFUSED, same=old)
    badge = site.program.achievement_of(good)
    for form, path in (("png", address.badge_png(badge)), ("svg", address.badge_svg(badge))):
        yield Case(f"twin {form} with nothing inside, 3.0", f"{form}3", site.path(path), REFUSED, same=same)
        yield Case(f"twin {form} with nothing inside, 2.0", f"{form}2", site.path(path), REFUSED, same=old)
    plain = site.path(address.badge_png(site.program.achievement_of(other))).read_bytes()
    text = jsontext.embeddable(kept.read(same))
    swapped = kept.write(bake.bake_png(plain, text, jsontext.embeddable(kept.read(old))), "png")
    yield Case("twin png around a badge that is not its own", "png3", swapped, REFUSED, apart=blind("OBL"), same=same)


def _other_twins(site: Site, kept: _Kept) -> Iterator[Case]:
    """Bad twins of a transcript, an endorsement and a list."""
    (transcript,) = site.folder.glob("earners/*/transcript.json")
    endorsement = next(site.folder.glob("endorsements/*.json"))
    inner = (SUBJECT, "verifiableCredential")
    changes: dict[str, tuple[str, Path, Change]] = {
        "a transcript with an award less": (
            "transcript",
            transcript,
            lambda document: document[SUBJECT]["verifiableCredential"].pop(),
        ),
        "a transcript with a changed award": ("transcript", transcript, put("More", *inner, 0, "name")),
        "a transcript that says it is whole": ("transcript", transcript, without("partial")),
        "an endorsement with other words": (
            "endorsement",
            endorsement,
            put("Splendid.", SUBJECT, "endorsementComment"),
        ),
        "an endorsement by somebody else": ("endorsement", endorsement, put("did:web:other.example", "issuer", "id")),
        "a list of another day": ("list", site.path(address.status_list(1)), put("2026-06-10T00:00:00Z", "validFrom")),
    }
    for name, (kind, path, change) in changes.items():
        yield Case(f"twin {name}", kind, kept.write(changed(kept.read(path), change)), REFUSED)


def _worlds(site: Site, good: Award, kept: _Kept) -> Iterator[World]:
    """A good award in worlds where what a verifier looks up is wrong."""
    keys, listed = site.plan.url(site.plan.key_document), site.plan.url(address.status_list(1))
    key_document, status = kept.read(site.path(site.plan.key_document)), kept.read(site.path(address.status_list(1)))
    case = Case("", "award", site.path(address.credential(good)), REFUSED)
    wrong: dict[str, tuple[str, Json | None, Mapping[str, str]]] = {
        "the list is missing": (listed, None, {}),
        "the list is altered": (
            listed,
            changed(status, put(lists.encoded(lists.bitstring({1})), SUBJECT, "encodedList")),
            blind("OBL"),
        ),
        "the list is not signed": (listed, changed(status, without("proof")), blind("OBL")),
        "the list is another issuer's": (listed, changed(status, put("did:web:other.example", "issuer")), blind("OBL")),
        "the list is for something else": (
            listed,
            sealed(changed(status, put("suspension", SUBJECT, "statusPurpose")), Secret(DEMO_SEED)),
            {},
        ),
        "the key document is missing": (keys, None, {}),
        "the key is gone": (
            keys,
            changed(key_document, lambda one: one.update(verificationMethod=[], assertionMethod=[])),
            {},
        ),
        "the key is not for stating": (keys, changed(key_document, put([], "assertionMethod")), blind("OBL")),
        "the key is somebody else's": (
            keys,
            changed(key_document, put("did:web:other.example", "verificationMethod", 0, "controller")),
            blind("OBL"),
        ),
    }
    for name, (where, served, apart) in wrong.items():
        documents = site.documents()
        del documents[where]
        if served is not None:
            documents[where] = kept.write(served)
        yield World(name, documents, (Case(f"world {name}", case.kind, case.file, REFUSED, apart=apart),))


def _old_worlds(site: Site, good: Award, kept: _Kept) -> Iterator[World]:
    """The same for Open Badges 2.0."""
    at = site.plan.url(address.assertion(good))
    assertion, issuer = kept.read(site.path(address.assertion(good))), kept.read(site.path(address.ISSUER))
    badge = site.plan.url(address.badge_class(site.program.achievement_of(good)))
    own: dict[str, tuple[Change, str, Mapping[str, str]]] = {
        "a date without a zone": (put("2026-01-01T00:00:00", "issuedOn"), REFUSED, {}),
        "nobody's": (without("recipient"), REFUSED, {}),
        "run out": (put("2026-11-25T00:00:00Z", "expires"), EXPIRED, {}),
        "withdrawn, and everything else kept": (lambda one: one.update(revoked=True), REFUSED, blind("OB2py")),
    }
    cases = (
        Case(f"twin 2.0 {name}", "assertion", kept.write(changed(assertion, change)), expected, apart=apart, at=at)
        for name, (change, expected, apart) in own.items()
    )
    yield World("twins of an assertion", site.documents(), tuple(cases))
    served: dict[str, tuple[str, Json | None]] = {
        "the badge class is missing": (badge, None),
        "the issuer is a DID": (site.plan.url(address.ISSUER), changed(issuer, put(site.plan.did, "id"))),
        "the issuer's awards live elsewhere": (
            site.plan.url(address.ISSUER),
            changed(issuer, put("https://other.example/", "verification", "startsWith")),
        ),
    }
    for name, (where, document) in served.items():
        documents = site.documents()
        del documents[where]
        if document is not None:
            documents[where] = kept.write(document)
        yield World(
            name,
            documents,
            (Case(f"world 2.0 {name}", "assertion", site.path(address.assertion(good)), REFUSED, at=at),),
        )
