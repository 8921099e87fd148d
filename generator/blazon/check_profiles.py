"""Profiles: what frameworks for micro-credentials ask of a badge, and which of it a badge does not say. Only warnings come of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from blazon.check_badges import UNSCORED
from blazon.diagnostics import Report
from blazon.model import Achievement, Kind, Program, Settings


@dataclass(frozen=True, slots=True)
class Want:
    """Something that a framework asks for: in words, whether a badge says it, and what to write where it does not."""

    what: str
    says: Callable[[Achievement, Settings], object]
    write: str
    assessed: bool = False  # asked only of badges for which something is assessed


def _written(field: str) -> Callable[[Achievement, Settings], object]:
    """Whether a field stands in the badge's file."""
    return lambda one, _: field in one.places


def _aligned(one: Achievement, _: Settings) -> bool:
    """Whether each competency is found in a framework."""
    return all(competency.alignment for competency in one.competencies)


def _own(field: str) -> Callable[[Achievement, Settings], object]:
    """Whether a badge says something that a stack leaves to its parts."""
    return lambda one, _: getattr(one, field) or one.kind is Kind.MICRO_CREDENTIAL


def _scored(one: Achievement, _: Settings) -> object:
    """Whether there is a rubric, or the badge is a stack whose parts have theirs."""
    return one.assessment.rubric or one.kind is Kind.MICRO_CREDENTIAL


_CURRICULUM = Want("the content that is covered", _own("curriculum"), '"curriculum:"', assessed=True)
_ALIGNED = Want(
    "each competency in a framework", _aligned, '"alignment:" to the competencies that have none', assessed=True
)
_RUBRIC = Want("what is scored, row by row", _scored, '"rubric:" to the assessment', assessed=True)
_EVIDENCE = Want("the evidence that is collected", lambda one, _: one.evidence, '"evidence:"', assessed=True)
_VALID = Want("how long an award counts", _written("valid_for"), '"valid_for: ever", or a time such as P2Y')
_SKILLS = Want("words for the catalogue", lambda one, _: one.skills, '"skills: [first aid]"')
_CREDIT = Want("the credit that goes with it", _written("credit"), '"credit: 0", or how much')
_PRIOR = Want("how prior learning can count", lambda one, _: one.prior_learning, '"prior_learning:"')
_RECOGNISED = Want(
    "who recognises it", lambda one, _: one.recognised_by or one.endorsements, '"recognised_by:", or an endorsement'
)

PROFILES: Mapping[str, tuple[Want, ...]] = {
    # what afterschool and extension programs put into their catalogues
    "program": (
        _CURRICULUM,
        Want("where it can be learned", _own("training"), '"training:"', assessed=True),
        _ALIGNED,
        _RUBRIC,
        _EVIDENCE,
        _VALID,
        _SKILLS,
        Want("the field", lambda one, _: one.subject, '"subject:"'),
        Want("who it is for", lambda one, _: one.audience, '"audience:"'),
        Want("what it is called, such as micro-badge", lambda one, _: one.format, '"format:"'),
        Want("what earning it costs", lambda one, _: one.cost, '"cost:"'),
        Want("who pays", lambda one, site: one.funding or site.funding, '"funding:"'),
        _CREDIT,
        Want(
            "who accepts the credit", lambda one, _: one.accepted_by or not one.credit, '"accepted_by:"', assessed=True
        ),
        _RECOGNISED,
        _PRIOR,
        Want("further reading", lambda one, _: one.see_also, '"see_also:"'),
    ),
    # what catalogues of trusted micro-credentials ask (1EdTech TrustEd Microcredential: knowledge and application)
    "trusted": (
        _ALIGNED,
        _RUBRIC,
        _EVIDENCE,
        _VALID,
        _SKILLS,
        Want("the field", lambda one, _: one.subject, '"subject:"'),
        Want("the program's own code", lambda one, _: one.code, '"code:"'),
        _RECOGNISED,
    ),
    # the mandatory elements of Council Recommendation 2022/C 243/02, Annex I, that other rules do not ask for already
    "eu": (
        Want(
            "the workload in credits, where that is possible", _written("credit"), '"credit:" and "credit_unit: ECTS"'
        ),
        Want(
            "what the credits are counted in",
            lambda one, _: one.credit_unit or one.credit is None,
            '"credit_unit: ECTS"',
        ),
        Want("the level (EQF)", lambda one, _: one.eqf, '"eqf:" with a level from 1 to 8', assessed=True),
        Want("the learning outcomes", lambda one, _: one.competencies, '"competencies:"', assessed=True),
        Want(
            "the type of quality assurance",
            lambda one, site: one.quality or site.quality,
            '"quality:" here, or for all badges in content/site.yaml',
        ),
        Want(
            "the type of assessment", lambda one, _: one.assessment.method, '"method:" to the assessment', assessed=True
        ),
    ),
}
# The same of the program as a whole.
OF_THE_SITE: Mapping[str, tuple[tuple[str, Callable[[Settings], object], str], ...]] = {
    "program": (),
    "trusted": (
        ("who the issuer is", lambda site: site.issuer.description, '"description:" to the issuer'),
        ("the issuer's own address", lambda site: site.issuer.url, '"url:" to the issuer'),
    ),
    "eu": (("the country or region of the issuer", lambda site: site.issuer.country, '"country:" to the issuer'),),
}


def profile_fits(program: Program, profile: str, report: Report) -> None:
    """Warn of what a profile asks for and the program, or a badge that can be earned, does not say."""
    settings = program.settings
    for what, says, write in OF_THE_SITE[profile]:
        if not says(settings):
            place = settings.places.get("issuer", settings.place)
            report.warn("profile", place, f'the profile "{profile}" asks for {what}.', hint=f"add {write}")
    for one in program.achievements.values():
        if one.status != "active" or one.unread:
            continue
        for want in PROFILES[profile]:
            if not (want.assessed and one.kind in UNSCORED) and not want.says(one, settings):
                message = f'the profile "{profile}" asks for {want.what}, which "{one.slug}" does not say.'
                report.warn("profile", one.place, message, hint=f"add {want.write}")
