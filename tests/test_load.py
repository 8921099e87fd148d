"""A tree becomes a program: every file, every field, and what stays out of it."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal
from hashlib import sha256

import pytest
from nacl.signing import SigningKey

import sshbook
import storybook
from blazon import base58, density, ed25519, png, source
from blazon.diagnostics import Place, Report
from blazon.load import load
from blazon.model import (
    Alignment,
    Duration,
    EarnerAward,
    Evidence,
    Kind,
    Link,
    Party,
    Program,
    Published,
    Recipient,
    Repository,
    Revocation,
    RubricLevel,
    Scale,
    Suspension,
    Translation,
    Visibility,
)

SVG = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 512 512"><circle cx="256" cy="256" r="200"/></svg>'
BADGE = "content/badges/soldering/badge.yaml"
AWARD = "content/earners/ada/soldering.yaml"
SITE = "content/site.yaml"


def tree(**files: str | bytes) -> dict[str, bytes]:
    """The base program of the stories; files given by keyword take the place of its own: site, reviewers, badge, award."""
    paths = {"site": SITE, "reviewers": "content/reviewers.yaml", "badge": BADGE, "award": AWARD}
    named = {paths[name]: data if isinstance(data, bytes) else data.encode() for name, data in files.items()}
    return {path: text.removeprefix("\n").encode() for path, text in storybook.base().items()} | named


def base(path: str) -> str:
    """A file of the base program."""
    return storybook.base()[path].removeprefix("\n")


def loaded(files: dict[str, bytes]) -> Program:
    """The program in a tree in which nothing is wrong."""
    report = Report()
    program = load(files, report)
    assert [one.as_text() for one in report] == []
    assert program is not None
    return program


def codes(files: dict[str, bytes]) -> list[str]:
    """The codes that reading a tree reports."""
    report = Report()
    load(files, report)
    return [one.code for one in report]


def test_the_base_program_is_read() -> None:
    program = loaded(tree())
    assert program.settings.url == "https://badges.example.org/"
    assert program.settings.visibility is Visibility.UNLISTED
    assert list(program.achievements) == ["soldering"]
    assert list(program.versions) == [("soldering", 1)]
    assert program.broken == frozenset()
    assert program.policy is not None
    assert program.policy.default.approvals == 2
    assert program.policy.reviewers["kim"].id == "kim"
    (key,) = program.keys
    assert (key.name, ed25519.write(key.public)) == ("key-1", "z6MkmQqaGDjvPZ4JkDPRVMqSwGJr1paMutKXeh2cq6k4oVAh")
    (award,) = program.awards
    assert (award.earner, award.slug, award.status_index) == ("ada", "soldering", 41873)
    assert award.issued == datetime(2026, 5, 31, tzinfo=UTC)
    assert award.places["badge"] == Place(AWARD, 3, 8)
    assert award.reviews[1].scores == {"joints": "Perfect"}
    assert award.reviews[0].places["scores.joints"] == Place(AWARD, 11, 15)


def test_every_field_of_the_site_is_read() -> None:
    site = """
name: Riverbend
url: https://example.org/badges
tagline: We recognise what people do.
about: |
  One.

  Two.
language: nl
languages: [nl, en]
theme: plain
theme_options: {accent: lagoon}
issuer:
  name: Riverbend Network
  email: badges@example.org
  url: https://example.org/
  description: A network.
  image: https://example.org/logo.png
contact: https://example.org/contact
footer: {funding: Members pay., disclaimer: No licence.}
repository: {host: codeberg, path: riverbend/badges, branch: trunk}
visibility: public
public_repository: true
"""
    settings = loaded(tree(site=site)).settings
    assert settings.url == "https://example.org/badges/"
    assert settings.about == "One.\n\nTwo."
    assert (settings.language, settings.languages, settings.theme) == ("nl", ("nl", "en"), "plain")
    assert settings.theme_options == {"accent": ("lagoon",)}
    assert settings.issuer.image == "https://example.org/logo.png"
    assert (settings.funding, settings.disclaimer) == ("Members pay.", "No licence.")
    assert settings.repository == Repository("codeberg", "riverbend/badges", "trunk")
    assert settings.visibility is Visibility.PUBLIC
    assert settings.public_repository is True


def test_every_field_of_the_reviewers_is_read() -> None:
    reviewers = f"""
policy:
  approvals: 3
  roles: [lead, assessor]
  evidence: signed
  kinds:
    participation: {{approvals: 0, reason: Nothing is scored., evidence: stated}}
  badges:
    soldering: {{approvals: 2, roles: [lead]}}
reviewers:
  kim: {{name: Kim Example, role: lead, github: kim-example, badges: [soldering], from: 2024-01-08, until: 2027-06-30}}
  ana: {{shown_as: A parent, role: assessor, key: {sshbook.line_of("ana")} ana}}
"""
    policy = loaded(tree(reviewers=reviewers)).policy
    assert policy is not None
    assert (policy.default.approvals, policy.default.roles, policy.default.evidence) == (
        3,
        ("lead", "assessor"),
        "signed",
    )
    participation = policy.kinds["participation"]
    assert (participation.approvals, participation.roles, participation.evidence) == (0, ("lead", "assessor"), "stated")
    assert (policy.badges["soldering"].roles, policy.badges["soldering"].evidence) == (("lead",), "signed")
    kim, ana = policy.reviewers["kim"], policy.reviewers["ana"]
    assert (kim.github, kim.badges, kim.since, kim.until) == (
        "kim-example",
        ("soldering",),
        datetime(2024, 1, 8, tzinfo=UTC),
        datetime(2027, 6, 30, tzinfo=UTC),
    )
    assert (ana.name, ana.shown_as) == ("A parent", "A parent")
    assert (kim.keys, ana.keys) == ((), (sshbook.secret_of("ana").public,))


def test_every_field_of_a_badge_is_read() -> None:
    badge = """
name: Makers
summary: Makes things.
kind: micro-credential
version: 2
status: retired
successor: makers-two
criteria: Earn all levels.
curriculum: All about things.
training: [{title: Course, url: "https://example.org/"}]
competencies:
  - id: make
    name: Make
    description: Makes things well.
    alignment: {framework: ESCO, code: S5, name: make things, url: "http://data.europa.eu/esco/skill/1"}
assessment:
  method: A reviewer looks.
  rubric:
    - id: care
      name: Care
      competency: make
      required: false
      levels: [{name: Low, description: With help., points: 1}, {name: High, points: 2.5}]
      pass: High
    - {id: test, name: Test, scale: percent, pass: 60}
    - {id: points, name: Points, scale: points, min: 1, max: 10, pass: 5}
evidence: [{name: Photo, description: Of it., required: false, setting: work}]
effort: {time: PT1H30M, mode: work-based, language: pt-BR}
valid_for: P2Y
skills: [making, mending]
subject: Making
specialization: Mending
code: MK-2
audience: Everyone
format: nanodegree
cost: Free
funding: Members pay.
credit: 1.5
recognised_by: [All sites]
see_also: [{title: Guide, url: "https://example.org/guide"}]
reviewers: {approvals: 1, roles: [lead], reason: There is one of us.}
creator: {id: "did:web:example.org", name: League}
endorsements: [league.json]
art: {thread: brick, icon: compass, shape: shield}
image: {alt: A hammer}
translations: {nl: {name: Makers, summary: Maakt dingen., criteria: Alles., curriculum: Dingen., alt: Een hamer}}
levels: [a, b, c]
counts: [{badge: d, level: 2}]
requires: [e]
published: {document: makers-old, picture: none}
"""
    folder = "content/badges/soldering"
    picture = png.write(32, 32, [(0, 0, 0, 255)], bytes(32 * 32))
    extra = {f"{folder}/image.png": picture, f"{folder}/image.svg": SVG, f"{folder}/league.json": b'{"a": 1}'}
    achievement = loaded(tree(badge=badge) | extra).achievements["soldering"]
    assert (achievement.kind, achievement.version, achievement.status) == (Kind.MICRO_CREDENTIAL, 2, "retired")
    assert achievement.training == (Link("Course", "https://example.org/"),)
    assert achievement.competencies[0].alignment == (
        Alignment("ESCO", "make things", "http://data.europa.eu/esco/skill/1", "S5"),
    )
    care, test, points = achievement.assessment.rubric
    assert (care.competency, care.required, care.pass_) == ("make", False, "High")
    assert care.levels == (RubricLevel("Low", "With help.", "1"), RubricLevel("High", "", "2.5"))
    assert (test.scale, test.minimum, test.maximum, test.pass_) == (Scale.PERCENT, "0", "100", "60")
    assert (points.scale, points.minimum, points.maximum) == (Scale.POINTS, "1", "10")
    assert achievement.evidence[0].setting == "work"
    assert achievement.effort.time == Duration(hours=1, minutes=30)
    assert (achievement.valid_for, achievement.credit) == (Duration(years=2), Decimal("1.5"))
    assert achievement.creator == Party("did:web:example.org", "League")
    assert [(one.name, one.document, one.embed) for one in achievement.endorsements] == [("league", {"a": 1}, True)]
    assert achievement.reviewers is not None
    assert (achievement.reviewers.approvals, achievement.reviewers.roles) == (1, ("lead",))
    assert achievement.picture is not None
    assert (achievement.picture.png, achievement.picture.svg, achievement.alt) == (picture, SVG, "A hammer")
    assert achievement.translations == {"nl": Translation("Makers", "Maakt dingen.", "Alles.", "Dingen.", "Een hamer")}
    assert achievement.levels == ("a", "b", "c")
    assert (achievement.counts[0].badge, achievement.counts[0].level) == ("d", 2)
    assert achievement.published == Published("makers-old", "none")
    assert achievement.places["levels.2"] == Place(BADGE, 47, 16)


def test_a_badge_that_counts_for_ever_does_not_expire() -> None:
    assert loaded(tree(badge=base(BADGE) + "valid_for: ever\n")).achievements["soldering"].valid_for is None


def test_earlier_versions_are_kept_beside_todays() -> None:
    files = tree(badge=base(BADGE) + "version: 2\n") | {
        "content/badges/soldering/versions/1.yaml": base(BADGE).encode()
    }
    program = loaded(files)
    assert list(program.versions) == [("soldering", 2), ("soldering", 1)]
    assert program.achievements["soldering"].version == 2


def test_every_field_of_an_earner_is_read() -> None:
    earner = """
name: ليلى حداد
about: Works with families.
links: [{title: Work, url: "https://example.org/"}]
language: ar
listed: true
visibility: public
awards:
  soldering: {visibility: withheld, feedback: true}
"""
    read = loaded(tree() | {"content/earners/ada/earner.yaml": earner.encode()}).earners["ada"]
    assert (read.name, read.language, read.listed, read.visibility) == ("ليلى حداد", "ar", True, Visibility.PUBLIC)
    assert read.awards["soldering"] == EarnerAward(Visibility.WITHHELD, True, read.awards["soldering"].place)


def test_every_field_of_an_award_is_read() -> None:
    award = f"""
id: a7f3
status_index: 9
badge: soldering
version: 1
name: Ada Example
did: Built it.
role: Builder
activity: {{start: 2026-01-05, end: 2026-02-27}}
evidence:
  - title: The robot
    url: https://example.org/work/42
    text: Built in February.
    description: Photos and code
    file: {{sha256: {"a" * 64}}}
    kind: Project
    setting: practice
    audience: Public
    private: true
reviews:
  - reviewer: kim
    date: 2026-02-28T09:00:00Z
    conflict: {{text: A friend., waived_by: ana}}
    scores: {{joints: Good}}
    note: Well done.
    decision: revise
    signature: |
      -----BEGIN SSH SIGNATURE-----
      U1NIU0lH
      -----END SSH SIGNATURE-----
scores: {{joints: Perfect}}
feedback: Shine on.
issued: 2026-03-01T09:00:00Z
expires: 2036-03-01T09:00:00Z
recipient:
  hash: sha256${"0" * 64}
  salt: d2f1c09b6e5a4c1f8a7b3e2d1c0f9e8d
  id: did:web:ada.example.org
summary: Awarded for the second level.
alt: Robotics badge
source: {{id: "https://partner.example.org/", name: Assessing partner}}
prior_learning: A course.
waiver: Knows it all.
credit: 1.5
term: Spring 2026
locale: en
revoked: {{on: 2026-06-01, reason: Issued in error.}}
suspended: {{from: 2026-05-01, until: 2026-05-02, reason: Under review.}}
supersedes: a7f2
"""
    (read,) = loaded(tree(award=award)).awards
    assert (read.id, read.status_index, read.version, read.role) == ("a7f3", 9, 1, "Builder")
    assert (read.started, read.ended) == (datetime(2026, 1, 5, tzinfo=UTC), datetime(2026, 2, 27, tzinfo=UTC))
    assert read.evidence == (
        Evidence(
            "The robot",
            "https://example.org/work/42",
            "Built in February.",
            "Photos and code",
            "a" * 64,
            "Project",
            "practice",
            "Public",
            private=True,
        ),
    )
    (review,) = read.reviews
    assert (review.conflict, review.waived_by, review.decision) == ("A friend.", "ana", "revise")
    assert review.signature.startswith("-----BEGIN SSH SIGNATURE-----")
    assert read.scores == {"joints": "Perfect"}
    assert read.recipient == Recipient(
        "sha256$" + "0" * 64, "d2f1c09b6e5a4c1f8a7b3e2d1c0f9e8d", "did:web:ada.example.org"
    )
    assert read.source == Party("https://partner.example.org/", "Assessing partner")
    assert (read.credit, read.term, read.locale, read.supersedes) == (Decimal("1.5"), "Spring 2026", "en", "a7f2")
    assert read.revoked == Revocation(datetime(2026, 6, 1, tzinfo=UTC), "Issued in error.")
    assert read.suspended == Suspension(
        datetime(2026, 5, 1, tzinfo=UTC), "Under review.", datetime(2026, 5, 2, tzinfo=UTC)
    )


def test_an_erased_award_keeps_its_numbers() -> None:
    (read,) = loaded(tree(award="id: a7f3\nstatus_index: 9\nerased: {on: 2026-06-01}\n")).awards
    assert (read.id, read.status_index, read.achievement) == ("a7f3", 9, "")
    assert read.erased == datetime(2026, 6, 1, tzinfo=UTC)


def test_awards_come_in_the_order_of_their_paths() -> None:
    award = base(AWARD).encode()
    files = {f"content/earners/{earner}/{slug}.yaml": award for earner in ("cy", "bo") for slug in ("b", "a-2", "a")}
    report = Report()
    program = load(files | tree(), report)
    assert program is not None
    assert [(one.earner, one.slug) for one in program.awards] == [
        ("ada", "soldering"),
        ("bo", "a-2"),
        ("bo", "a"),
        ("bo", "b"),
        ("cy", "a-2"),
        ("cy", "a"),
        ("cy", "b"),
    ]


def test_what_cannot_be_read_is_named() -> None:
    bad = b"a: b: c"
    files = tree(badge=bad, award=bad, reviewers=bad) | {"content/earners/ada/earner.yaml": bad, "keys/key-1.yaml": bad}
    report = Report()
    program = load(files, report)
    assert program is not None
    assert program.broken == {
        "soldering",
        "content/earners/ada/soldering",
        "content/earners/ada/earner",
        "content/reviewers",
        "keys/key-1",
    }
    assert len(report) == 5


def test_without_a_readable_site_there_is_no_program() -> None:
    for site in (b"", b"[", None):
        files = tree()
        files.pop(SITE)
        if site is not None:
            files[SITE] = site
        report = Report()
        assert load(files, report) is None
        assert len(report) == 1


def test_fields_that_cannot_be_read_are_named_and_the_rest_is_kept() -> None:
    report = Report()
    program = load(tree(award=base(AWARD).replace("2026-05-31", "soon").replace("id: r6", "id: R6")), report)
    assert program is not None
    (award,) = program.awards
    assert award.unread == {"issued", "id"}
    assert (award.achievement, award.issued, award.id) == ("soldering", None, "")


@pytest.mark.parametrize("name", ["image.png", "image.svg"])
def test_a_picture_is_two_files_with_words(name: str) -> None:
    folder = "content/badges/soldering"
    assert codes(tree() | {f"{folder}/{name}": SVG}) == ["missing-picture"]
    assert codes(tree(badge=base(BADGE) + "image: {alt: A joint}\n")) == ["missing-picture"]
    both = {f"{folder}/image.png": SVG, f"{folder}/image.svg": SVG}
    assert codes(tree() | both) == ["missing-field"]
    assert codes(tree(badge=base(BADGE) + "image: {alt: A joint}\n") | both) == []


@pytest.mark.parametrize("image", ["../../keys/x", "/etc/passwd", "image.png"])
def test_a12_a_picture_is_never_a_path(image: str) -> None:
    assert codes(tree(badge=base(BADGE) + f"image: {image}\n")) == ["not-a-table"]
    assert codes(tree(site=base(SITE) + f"  image: {image}\n")) == ["bad-url"]


def test_values_are_counted_over_all_files_before_any_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    """What each file may have is left to the others where it has less; the one with the most is named."""
    monkeypatch.setattr(density, "MOST_VALUES", 10)
    monkeypatch.setattr(density, "MOST_VALUES_A_FILE", 5)
    tree = {"content/a.yaml": b"[a, a, a,\n a]", "content/b.json": b'{"b": [{}, {}], "c": 1}', "content/c.md": b",,,,,"}
    report = Report()
    assert not density.too_dense({**tree, "content/d.yaml": b"d: 1\nd: 1\nd: 1\nd: 1\nd: 1\nd: 1\n"}, report)
    assert list(report) == []
    monkeypatch.setattr(source, "parse", None)
    assert load({**tree, "content/d.yaml": b"d: 1\nd: 1\nd: 1\nd: 1\nd: 1\nd: 1\n,"}, report) is None
    (told,) = report
    assert (told.code, str(told.place)) == ("program-too-large", "content/d.yaml")
    assert told.message == "the YAML and JSON files have some 26 values together; of 3 such files, 25 are read."


def test_a8_long_paths_are_refused() -> None:
    path = f"content/badges/soldering/{'a' * 300}.json"
    assert codes(tree() | {path: b"{}"}) == ["bad-name"]


@pytest.mark.parametrize("data", [b"[]", b"{", b'{"a": NaN}', b'{"a": 1, "a": 2}', b"[" * 100_000, b"\xff"])
def test_endorsements_are_json_objects(data: bytes) -> None:
    files = tree(badge=base(BADGE) + "endorsements: [x.json]\n") | {"content/badges/soldering/x.json": data}
    assert codes(files) == ["bad-json"]


SEED = sha256(b"a seed for this test").digest()


def public_half(seed: bytes) -> bytes:
    return bytes(SigningKey(seed).verify_key)


@pytest.mark.parametrize(
    "secret",
    [
        "-----BEGIN PRIVATE KEY-----",
        "-----BEGIN OPENSSH PRIVATE KEY-----",
        "-----BEGIN EC PRIVATE KEY-----",
        "blazon-secret-key-1",
        "z" + base58.encode(ed25519.SECRET_PREFIX + SEED),
    ],
)
def test_g1_private_keys_are_found_and_not_shown(secret: str) -> None:
    report = Report()
    load(tree(award=base(AWARD) + f"feedback: >\n  See {secret}\n"), report)
    (diagnostic,) = report
    assert diagnostic.code == "secret-in-tree"
    assert diagnostic.place.line == 19
    assert secret not in diagnostic.as_text()


def test_public_keys_digests_and_signatures_are_no_secrets() -> None:
    text = f"# {'a' * 64} -----BEGIN SSH SIGNATURE----- -----BEGIN PUBLIC KEY----- z3u2{'1' * 44}\n"
    report = Report()
    load(tree(award=base(AWARD) + text), report, public_half)
    assert len(report) == 0
