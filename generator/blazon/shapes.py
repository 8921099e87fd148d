"""What of an award's pages is the award's alone, and what tells their shapes apart. A template that asks for more is not folded."""

from __future__ import annotations

from blazon.folding import Layout

_LINK = Layout(own=("title", "path"), same=("language",))
_PAGE = Layout(
    own=("page.path", "page.address", "page.title", "page.description"),
    same=(
        *(
            "page.thread",
            "page.language",
            "page.direction",
            "page.current",
            "page.hidden",
            "page.card",
            "page.card_address",
        ),
        *("page.editions", "page.edition", "page.missing"),
    ),
    fixed=("site", "above", "below", "part", "badge", "award.badge", "award.card.badge"),
    many={"page.crumbs": _LINK, "page.alternates": Layout(own=("title", "address"), same=("type",))},
)
_EVIDENCE = Layout(
    own=("title", "url", "text", "description"), same=("kind", "setting", "private", "audience", "sha256")
)
_REVIEWER = Layout(own=("name", "date"), same=("role", "conflict", "waived_by", "signed"))
_STEP = Layout(
    same=("state", "number", "badge.name", "badge.page", "badge.svg"),
    maybe={"award": Layout(own=("page", "issued", "expires"), same=("standing",))},
)
_PATHWAY = Layout(same=("page", "badge.name"), many={"steps": _STEP})
_CARD = Layout(
    own=(
        *("award.card.page", "award.card.name", "award.card.issued", "award.card.expires", "award.name", "award.title"),
        *("award.earner.path", "award.earner.title", "award.address", "award.certificate", "award.file_name"),
        *("award.share", "award.cv_line", "award.record.id"),
    ),
    same=("award.card.standing", "award.standings", "award.gone", "award.bad", "award.early"),
    rows=("award.files",),
)
_RECORD = Layout(
    own=(
        *(
            "award.record.did",
            "award.record.started",
            "award.record.ended",
            "award.results",
            "award.credential_address",
        ),
        *("award.feedback", "award.qr", "credential", "schema"),
    ),
    same=(
        *(
            "award.record.role",
            "award.record.source",
            "award.record.term",
            "award.record.credit",
            "award.record.waiver",
        ),
        *(
            "award.record.prior_learning",
            "award.record.expires",
            "award.replaces",
            "award.lasted",
            "award.one_approval",
        ),
        *("award.proof", "award.skills", "award.parts"),
    ),
    many={"award.evidence": _EVIDENCE, "award.reviewers": _REVIEWER},
    maybe={"award.pathway": _PATHWAY},
)
_SHARE = Layout(
    own=("share.linkedin",),
    same=("share.link",),
    rows=("share.fields", "share.snippets", "share.signature"),
    many={"share.files": Layout(own=("path", "name"), same=("kind",))},
)
_SHEET = Layout(
    own=("sheet.reviewers", "award.qr"),
    same=("sheet.stands", "sheet.name_size", "sheet.badge_size", "sheet.issuer_size"),
)


def _both(first: Layout, second: Layout) -> Layout:
    """The layout of what has both."""
    return Layout(
        first.own + second.own,
        first.same + second.same,
        first.fixed + second.fixed,
        first.rows + second.rows,
        {**first.many, **second.many},
        {**first.maybe, **second.maybe},
    )


EMBED = _both(_PAGE, _CARD)
AWARD = _both(EMBED, _RECORD)
SHARE = _both(EMBED, _SHARE)
CERTIFICATE = _both(EMBED, _SHEET)
