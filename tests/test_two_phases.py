"""What is signed elsewhere is byte for byte what is signed in place, and nothing that does not fit is published."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from hashlib import sha256
from pathlib import Path

import pytest

import everything
import goldens
import richbook
import stackbook
import twophases
from blazon import address, ed25519, files, site, tosign
from blazon.diagnostics import BlazonError, Report
from blazon.keys import DEMO_SEED, Secret
from blazon.load import load
from blazon.recording import Unsigned
from blazon.signatures import Signatures
from twophases import SECRET, TODAY, TOP, Opened, stack

ROOT = Path(__file__).parents[1]
SECOND_KEY = Secret(sha256(b"sample key 2").digest())
AWARDS = "https://badges.example.org/awards/"


def from_folder(root: Path, today: date) -> Opened:
    """The program in a folder."""
    report = Report()
    program = load(files.read_tree(root, report), report)
    assert program is not None, [one.as_text() for one in report]
    return Opened(program, address.lay_out(program, report), files.read_theme(root, program.settings.theme), today)


def same(opened: Opened, secrets: Sequence[Secret], in_place: dict[str, bytes] | None = None) -> Signatures:
    """Hold both ways of building a program together; the signatures come back."""
    made = opened.signed(secrets)
    whole, assembled = in_place or opened.in_place(secrets), opened.assembled(made)
    assert [path for path in {**whole, **assembled} if whole.get(path) != assembled.get(path)] == []
    assert opened.recorded(made).requests == ()
    return made


@pytest.mark.parametrize("name", goldens.SITES)
def test_golden_programs_are_the_same_in_both_ways(name: str) -> None:
    opened = from_folder(goldens.HERE / name / "program", date(2026, 5, 20))  # before a second key begins
    assert same(opened, [goldens.SECRET]).by_id


def test_two_keys_sign_one_list() -> None:
    opened = from_folder(goldens.HERE / "academy" / "program", goldens.TODAY)
    made = same(opened, [SECOND_KEY, goldens.SECRET])
    assert len({one.method for one in made.by_id.values()}) == 2


def test_stacks_transcripts_and_private_awards_take_one_round() -> None:
    recorded = stack().recorded()
    kinds = [one.kind for one in recorded.requests]
    assert kinds == [tosign.LIST, *[tosign.AWARD] * 5, tosign.TRANSCRIPT]
    assert [one.id.split("/")[-2][0] for one in recorded.requests if not one.sha256] == ["s", "t", "a"]
    assert same(stack(), [SECRET]).by_id.keys() == {one.id for one in recorded.requests}


def test_the_program_that_uses_everything_is_the_same_in_both_ways() -> None:
    rich = richbook.rich()
    theme = files.read_theme(ROOT, rich.program.settings.theme)
    opened = Opened(rich.program, rich.plan, theme, everything.TODAY)
    made = same(opened, everything.SECRETS, rich.site)
    assert len({one.method for one in made.by_id.values()}) == 2


def test_the_demo_is_the_same_in_both_ways_when_its_key_is_a_secret(tmp_path: Path) -> None:
    for folder in ("content", "keys"):
        shutil.copytree(ROOT / folder, tmp_path / folder)
    key, fresh = tmp_path / "keys/demo.yaml", Secret(sha256(b"not published").digest())
    demo = ed25519.write(Secret(DEMO_SEED).public)
    assert demo in key.read_text()
    key.write_text(key.read_text().replace(demo, ed25519.write(fresh.public)))
    opened = from_folder(tmp_path, date(2026, 11, 26))
    kinds = {one.kind for one in opened.recorded().requests}
    assert kinds == {tosign.LIST, tosign.AWARD, tosign.TRANSCRIPT}
    same(opened, [fresh])


def test_the_demo_itself_has_nothing_to_sign() -> None:
    opened = from_folder(ROOT, date(2026, 11, 26))
    assert opened.recorded().requests == ()


# What the list says


def test_the_list_says_what_it_stands_for() -> None:
    by_id = {one.id: one for one in stack().recorded().requests}
    part, whole = f"{AWARDS}{stackbook.FIRST}/credential.json", f"{AWARDS}{stackbook.STACK}/credential.json"
    assert f'"{{digest of {part}}}"^^<https://www.w3.org/2018/credentials#sriString>' in by_id[whole].document
    assert by_id[part].file.endswith(f'"proofValue":"{{signature of {part}}}"}}]}}\n')
    transcript = by_id["https://badges.example.org/earners/ada/transcript.json"]
    assert f'"{{signature of {whole}}}"^^<https://w3id.org/security#multibase>' in transcript.document
    assert by_id[f"{AWARDS}{TOP}/credential.json"].file == ""  # nobody names its digest


def test_words_that_look_like_what_the_list_writes_stay_words() -> None:
    tree = twophases.files()
    path = f"{stackbook.ADA}makers.yaml"
    part = f"{AWARDS}{stackbook.FIRST}/credential.json"
    told = f"Did {{digest of {part}}} and {{signature of {part}}}."
    tree[path] = tree[path].replace(b"did: Did it.", f"did: '{told}'".encode())
    opened = twophases.opened(tree)
    same(opened, [SECRET])
    built = opened.in_place([SECRET])
    assert stackbook.credential(built, stackbook.STACK)["credentialSubject"]["narrative"] == told


# What is left to sign


def test_only_what_has_no_good_signature_is_left() -> None:
    made = stack().signed([SECRET])
    part = f"{AWARDS}{stackbook.FIRST}/credential.json"
    less = Signatures(made.issuer, {name: one for name, one in made.by_id.items() if name != part})
    assert [one.id.split("/")[-2][0] for one in stack().recorded(less).requests] == ["a", "s", "t", "a"]
    assert stack().signed([SECRET], less) == made
    with pytest.raises(Unsigned):
        stack().assembled(less)
    assert stack().assembled(less, [SECRET]) == stack().in_place([SECRET])


@pytest.mark.parametrize(("limit", "most"), [("MOST", 4), ("MOST_TEXT", 12_000)])
def test_a_list_is_full_at_some_point_and_the_next_one_goes_on(
    monkeypatch: pytest.MonkeyPatch, limit: str, most: int
) -> None:
    whole = stack().recorded()
    monkeypatch.setattr(tosign, limit, most)
    part = site.unsigned(stack().program, stack().plan, (), TODAY, {})
    assert 1 < len(part.requests) < len(whole.requests)
    assert [one.id for one in part.requests] == [one.id for one in whole.requests][: len(part.requests)]
    assert part.left == len(whole.requests) - len(part.requests)
    made = stack().signed([SECRET])
    while stack().recorded(made).requests:
        made = stack().signed([SECRET], made)
    monkeypatch.undo()
    assert made == stack().signed([SECRET])


# What does not fit


def changed(made: Signatures, name: str, **fields: object) -> Signatures:
    """Signatures of which one is another."""
    return Signatures(made.issuer, {**made.by_id, name: replace(made.by_id[name], **fields)})  # type: ignore[arg-type]


def test_a_signature_by_another_key_is_refused_and_can_be_made_again() -> None:
    made, name = stack().signed([SECRET]), f"{AWARDS}{stackbook.FIRST}/credential.json"
    other = Secret(b"\7" * 32).signer("").sign(bytes.fromhex(made.by_id[name].sha256))
    spoilt = changed(made, name, value=other)
    for secrets in ((), (SECRET,)):
        with pytest.raises(BlazonError, match=f"the signature of {name} does not fit") as refused:
            stack().assembled(spoilt, secrets)
        assert refused.value.exit_code == 1
        assert "sign it again: blazon build --record" in refused.value.hint
    assert stack().signed([SECRET], spoilt) == made


def test_an_award_that_changed_after_it_was_signed_is_refused() -> None:
    made, name = stack().signed([SECRET]), f"{AWARDS}{stackbook.FIRST}/credential.json"
    tree = twophases.files()
    path = f"{stackbook.ADA}makers-1.yaml"
    tree[path] = tree[path].replace(b"did: Did it.", b"did: Did something else.")
    for secrets in ((), (SECRET,)):
        with pytest.raises(BlazonError, match=f"the signature of {name} does not fit") as refused:
            twophases.opened(tree).assembled(made, secrets)
        assert "it was changed after it was signed: take the edit back" in refused.value.hint


def test_a_list_of_the_withdrawn_that_moved_on_is_signed_again() -> None:
    made, name = stack().signed([SECRET]), "https://badges.example.org/status/revocation-1.json"
    tree = twophases.files()
    path = f"{stackbook.ADA}makers-1.yaml"
    tree[path] += b"revoked:\n  on: 2026-06-05\n  reason: A mistake.\n"
    opened = twophases.opened(tree)
    with pytest.raises(BlazonError, match=f"the signature of {name} does not fit") as refused:
        opened.assembled(made)
    assert "sign it again" in refused.value.hint
    again = opened.signed([SECRET], made)
    assert opened.assembled(again) == opened.in_place([SECRET]) == opened.assembled(made, [SECRET])
