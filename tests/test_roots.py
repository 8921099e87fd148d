"""Root keys and the list that they sign, as check sees them: the list says what keys/ says, enough signed it, and it only goes on."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

import rootbook
from blazon import address, ed25519, site
from blazon.check import check
from blazon.diagnostics import Report
from blazon.files import read_theme
from blazon.headers import PATH as HEADERS
from blazon.keys import DEMO_SEED, Secret
from blazon.load import load
from blazon.opened import open_program
from blazon.preview import disguised
from rootbook import FIRST, KEY, LIST, NOBODY, ROOT, SECOND, THIRD, Tree, public, said
from storybook import FOLDER, TODAY

OTHER = public(Secret(DEMO_SEED))
UNSIGNED = rootbook.program(FIRST)
GOOD = rootbook.signed(UNSIGNED, FIRST)
AGAIN = "Hint: sign the list again: blazon key list --key-file FILE, with the file of a root key"
SAMPLE = Secret(bytes.fromhex("00" * 32))


def without(tree: Tree, path: str) -> dict[str, bytes]:
    return {name: data for name, data in tree.items() if name != path}


def rotated(tree: Tree) -> dict[str, bytes]:
    """A tree with a second key."""
    return {**tree, "keys/key-2.yaml": f"public_key: {OTHER}\nfrom: 2026-06-01\n".encode()}


def test_a_program_whose_root_key_signed_its_keys_has_no_mistakes() -> None:
    assert said(GOOD) == []
    assert said(rootbook.signed(rootbook.program(FIRST, SECOND, THIRD, threshold=2), SECOND, THIRD)) == []


def test_root_keys_and_the_list_need_each_other() -> None:
    assert said(UNSIGNED) == [
        (
            f"{LIST}: error: there are root keys, and not yet the list of keys that they sign. [missing-file] "
            "Hint: sign the list now: blazon key list --key-file FILE, with the file of a root key"
        )
    ]
    assert said(without(GOOD, ROOT)) == [
        (
            f"{ROOT}: error: {LIST} is signed by root keys, and this file, which names them, is missing. [missing-file] "
            "Hint: bring it back as it was"
        )
    ]


def test_a_file_of_root_keys_that_cannot_be_read_is_one_mistake() -> None:
    assert [line.partition(": error: ")[0] for line in said({**GOOD, ROOT: b"public_keys: [z6Mk]\n"})] == [
        f"{ROOT}:1:15"
    ]
    assert [line.partition(": error: ")[0] for line in said({**GOOD, ROOT: b"- a\n"})] == [f"{ROOT}:1:1"]


def test_a_list_that_cannot_be_read_is_told_why() -> None:
    assert said({**GOOD, LIST: b"{"}) == [
        (
            f"{LIST}: error: this list of keys cannot be read: its brackets do not match, or are nested more than 32 deep. "
            "[bad-key-list] Hint: bring it back as it was; nobody edits it by hand"
        )
    ]


STALE = {
    "a new key": (rotated(GOOD), 'leaves out the key "key-2"'),
    "a key that is gone": (without(rootbook.signed(rotated(UNSIGNED), FIRST), "keys/key-2.yaml"), 'has a key "key-2", which is not in keys/'),
    "a key that ended": (
        {**GOOD, KEY: GOOD[KEY].rstrip() + b"\nuntil: 2026-06-01\n"},
        'says of the key "key-1" something else than keys/key-1.yaml',
    ),
    "a root key more": ({**GOOD, ROOT: rootbook.roots(FIRST, SECOND)}, "has other root keys, or another threshold, than keys/root.yaml"),
    "an address": (
        {**GOOD, "content/site.yaml": GOOD["content/site.yaml"].replace(b"badges.example.org/\n", b"badges.example.net/\n")},
        "is the list of did:web:badges.example.org, and this program is did:web:badges.example.net",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", STALE)
def test_a_list_that_says_something_else_than_the_keys_is_signed_again(name: str) -> None:
    tree, difference = STALE[name]
    assert said(tree) == [f"{LIST}: error: it {difference}. [stale-key-list] {AGAIN}"]


def test_all_differences_are_told_at_once() -> None:
    (line,) = said({**rotated(GOOD), KEY: GOOD[KEY].replace(b"01-01", b"01-02")})
    assert 'says of the key "key-1" something else than keys/key-1.yaml and leaves out the key "key-2".' in line


def test_a_note_about_a_key_needs_no_new_signature() -> None:
    assert said({**GOOD, KEY: GOOD[KEY].rstrip() + b"\nnote: The office laptop.\n"}) == []


def test_too_few_signatures_are_counted() -> None:
    tree = rootbook.signed(rootbook.program(FIRST, SECOND, THIRD, threshold=2), FIRST)
    hint = "Hint: let somebody with another root key sign it too: blazon key list --key-file FILE"
    assert said(tree) == [f"{LIST}: error: it has 1 of the 2 signatures that it needs. [unsigned-key-list] {hint}"]
    assert said({**tree, LIST: rootbook.sealed(rootbook.document(tree))})[0].count("it has 0 of the 2 signatures") == 1
    assert (
        said({**tree, LIST: rootbook.sealed(rootbook.document(tree), FIRST, FIRST)})[0].count("it has 1 of the 2") == 1
    )
    assert (
        said({**tree, LIST: rootbook.sealed(rootbook.document(tree), FIRST, NOBODY)})[0].count("it has 1 of the 2") == 1
    )


def test_a_signature_that_is_wrong_is_told() -> None:
    table = rootbook.document(GOOD)
    forged = rootbook.sealed(table | {"date": "2026-05-21"}, FIRST).replace(b"2026-05-21", b"2026-05-20")
    short = ed25519.fingerprint(public(FIRST))
    assert said({**GOOD, LIST: forged}) == [
        (
            f"{LIST}: error: the signature of {short} is not over what this list says. [unsigned-key-list] "
            f"Hint: bring it back as it was, or {AGAIN.removeprefix('Hint: ')}"
        )
    ]


def test_without_arithmetic_signatures_are_taken_as_they_are() -> None:
    tree, report = {**GOOD, LIST: rootbook.sealed(rootbook.document(GOOD))}, Report()
    program = load(tree, report)
    assert program is not None
    check(program, report, TODAY)
    assert len(report) == 0


# Against what was accepted before


def test_a_list_that_goes_on_is_accepted() -> None:
    assert said(GOOD, GOOD) == []
    assert said(rootbook.signed(rotated(GOOD), FIRST), GOOD) == []
    assert said(GOOD, without(without(GOOD, ROOT), LIST)) == []


def test_a_list_that_was_published_does_not_go() -> None:
    assert said(without(without(GOOD, ROOT), LIST), GOOD) == [
        f"{LIST}: error: list number 1 of 2026-05-20 was published, and is gone. [changed-key-list] Hint: bring it back as it was"
    ]


def test_a_number_does_not_go_back_and_is_not_used_twice() -> None:
    later = rootbook.signed(rotated(GOOD), FIRST, day=date(2026, 5, 25))
    hint = "[changed-key-list] Hint: bring that list back, and sign the next one: blazon key list"
    (line,) = [line for line in said(GOOD, later) if "changed-key-list" in line]
    assert (
        line
        == f"{LIST}: error: this is list number 1 of 2026-05-20, and list number 2 of 2026-05-25 was published. {hint}"
    )
    same = rootbook.signed(rotated(UNSIGNED), FIRST)
    assert said(same, GOOD) == [
        f"{LIST}: error: list number 1 of 2026-05-20 was published, and said something else. {hint}"
    ]


def test_another_signature_under_the_same_number_is_accepted() -> None:
    before = rootbook.signed(rootbook.program(FIRST, SECOND), FIRST)
    assert said(rootbook.signed(before, SECOND), before) == []


def test_other_root_keys_have_the_word_of_those_before() -> None:
    other = {**GOOD, ROOT: rootbook.roots(SECOND)}
    hint = "Hint: bring the earlier list back, and sign first with the earlier root key; if that is lost, tell everybody who pinned it"
    assert said(rootbook.signed(other, SECOND), GOOD) == [
        (
            f"{LIST}: error: the root keys are others than in list number 1 of 2026-05-20, and of those 0 have signed this list; "
            f"1 must. [changed-root] {hint}"
        )
    ]
    agreed = rootbook.signed(other, FIRST, SECOND)
    assert said(agreed, GOOD) == []
    following = rootbook.signed(rotated(agreed), FIRST, SECOND)
    assert said(following, agreed) == []
    assert len(rootbook.document(following)["signatures"]) == 2


def test_a_lower_threshold_has_the_word_of_as_many_as_before() -> None:
    before = rootbook.signed(rootbook.program(FIRST, SECOND, THIRD, threshold=2), FIRST, SECOND)
    lower = {**before, ROOT: rootbook.roots(FIRST, SECOND, THIRD)}
    assert "of those 1 has signed this list; 2 must. [changed-root]" in said(rootbook.signed(lower, THIRD), before)[0]
    assert said(rootbook.signed(lower, THIRD, FIRST), before) == []


def test_a_list_that_cannot_be_read_is_told_once() -> None:
    assert [line.rpartition("[")[2][:12] for line in said({**GOOD, LIST: b"{"}, GOOD)] == ["bad-key-list"]
    assert [line.partition(" error: ")[0] for line in said({**GOOD, ROOT: b"- a\n"}, GOOD)] == [f"{ROOT}:1:1:"]


# The secret half, and the site


def test_g1_the_seed_of_a_root_key_in_the_tree_is_found() -> None:
    report = Report()
    load(
        {**GOOD, "content/site.yaml": GOOD["content/site.yaml"] + b"# " + FIRST.seed.hex().encode()},
        report,
        lambda seed: Secret(seed).public,
    )
    assert [one.code for one in report] == ["secret-in-tree"]


def test_the_list_is_published_as_it_is_and_nothing_else_changes() -> None:
    key = f"public_key: {public(SAMPLE)}\nfrom: 2026-01-01\n".encode()
    plain = {**without(UNSIGNED, ROOT), KEY: key}
    rooted = rootbook.signed({**plain, ROOT: UNSIGNED[ROOT]}, FIRST)
    before, after = (_site(tree) for tree in (plain, rooted))
    assert after.pop(address.KEY_LIST) == rooted[LIST]
    assert before.pop(HEADERS) == after.pop(HEADERS).replace(b"/keys.json\n  Access-Control-Allow-Origin: *\n", b"")
    assert before == after


def _site(tree: Tree) -> dict[str, bytes]:
    program = load(tree, Report())
    assert program is not None
    plan = address.lay_out(program, Report())
    return dict(site.publish(program, plan, [SAMPLE], read_theme(FOLDER, "stitch"), TODAY))


def test_previews_and_sites_at_another_address_have_no_list(tmp_path: Path) -> None:
    root = tmp_path
    for path, data in GOOD.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_bytes(data)
    report = Report()
    _, moved = open_program(root, report, TODAY, "https://elsewhere.example/")
    assert [one.as_text() for one in report] == []
    assert moved is not None
    assert (moved.program.roots, moved.program.key_list) == (None, b"")
    program = load(GOOD, Report())
    assert program is not None
    shown = disguised(program, SAMPLE)
    assert (shown.roots, shown.key_list) == (None, b"")
