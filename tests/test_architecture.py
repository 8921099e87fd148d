"""The arrows between modules and the doors of dependencies, read from the imports."""

from __future__ import annotations

import ast
import sys
from functools import cache
from pathlib import Path

import pytest

import blazon

PACKAGE = Path(blazon.__file__).parent

# The package in reading order: a module imports only modules that stand before it.
ORDER = [
    # words for what is wrong, and for what a program is made of
    *("diagnostics", "model"),
    "aside",
    # small ideas that know nothing of the rest
    *(
        "base58",
        "ed25519",
        "sshsig",
        "documents",
        "periods",
        "succession",
        "policy",
        "claims",
        "results",
        "standing",
        "vouching",
        "prose",
        "outcome",
    ),
    *("stacks", "tongues"),
    "markup",
    # what is written for machines: the signatures and the list of keys beside the content
    *("jsontext", "signatures", "keylist"),
    # files to model
    *("placing", "complaints", "source", "values", "records", "builders", "threads", "fields", "schemas", "options"),
    "doctext",
    *("layout", "spellings", "leaks", "density", "load_endorsements", "load_badges", "load_docs", "load", "statement"),
    # documents and proofs
    "hosting",
    *("address", "vocabulary", "quads", "canon", "same_ids", "shape", "keys", "proof"),
    *("tosign", "recording", "keyring"),
    *("parts", "ob3", "clr", "resigning", "issuing", "ob2", "deflate", "status", "bake"),
    # pictures
    *("png", "svg", "curves", "icons", "silhouettes", "lettering", "artwork", "typeface"),
    # rules across files
    *(
        "check_badges",
        "check_rubrics",
        "check_people",
        "check_keys",
        "check_minors",
        "check_awards",
        "check_signatures",
        "check_roots",
        "check_stacks",
        "check_reviews",
    ),
    *("doclinks", "check_docs"),
    *("check_endorsements", "check_documents", "check_options", "check_languages", "check_profiles"),
    "check",
    # pages, and what previews of them show
    *(
        "plurals",
        "words",
        "cards",
        "pictures",
        "slimming",
        "folding",
        "sandbox",
        "render",
        "views",
        "frame",
        "rubrics",
        "shelf",
        "matrix",
        "tags",
    ),
    *("catalogue", "tellings"),
    *("browser", "plaintext"),
    *("outlets", "award_view", "certificate", "claim_view", "review_view", "vouchers", "badge_view"),
    # what leaves the site: feeds, files to take along, lists for programs, and ways to share
    *("contentlines", "headers", "roll", "feeds", "profiles", "indexes", "schemaorg", "sharing"),
    *("dochtml", "manual"),
    *("shapes", "award_pages", "editions", "pages", "outline"),
    # the composition
    *("pieces", "gallery", "site"),
    # what a program may become
    *("altering", "check_against", "mending", "becoming"),
    # a stranger's eyes
    *("lookup", "reviewrecord", "thefts", "authority", "validity", "wholeness", "verify", "pinning"),
    # the disk
    *(
        "hands",
        "errands",
        "cluster",
        "holding",
        "disk",
        "batch",
        "template",
        "files",
        "swap",
        "glance",
        "folder",
        "shares",
        "room",
    ),
    *("order", "remembering"),
    # the process that holds the key
    *("keyfiles", "scrutiny", "signer"),
    # the network
    *("online", "confirming"),
    # what commands are made of
    *(
        "scaffold",
        "rewriting",
        "founding",
        "afterwards",
        "due",
        "appraising",
        "showing",
        "sshkeygen",
        "newversion",
        "newbadge",
        "recipients",
        "endorsing",
        "opened",
    ),
    *(
        "comparing",
        "handing",
        "telling",
        "recalling",
        "publishing",
        "contrast",
        "recount",
        "keymaking",
        "compromising",
        "retrieving",
        "rootmaking",
    ),
    *("sheets", "roster", "issueform", "yamltext", "entering"),
    *("gathering", "judging", "answering"),
    *("serving", "preview", "shell"),
    *(
        "making",
        "keeping",
        "rooting",
        "joining",
        "living",
        "deriving",
        "reviewing",
        "signing",
        "verifying",
        "proposing",
        "building",
        "cli",
        "__main__",
    ),
]

# Each dependency has one door; a command is declared in one module and worded in another.
DOORS = {
    "yaml": {"source"},
    "jinja2": {"render", "sandbox"},
    "markdown": {"render"},
    "markdown_it": {"doctext"},
    "markupsafe": {"folding", "render"},
    "nacl": {"keys"},
    "PIL": {"pictures"},
    "qrcode": {"pictures"},
    "distributed": {"cluster"},
    "click": {
        "building",
        "cli",
        "deriving",
        "joining",
        "keeping",
        "living",
        "making",
        "proposing",
        "reviewing",
        "rooting",
        "shell",
        "signing",
        "verifying",
    },
}

# What reaches the world outside a pure function, and who may.
WORLD = {
    "ctypes": {"swap"},
    "fcntl": {"holding", "swap"},
    "http": {"online", "serving"},
    "multiprocessing": {"hands"},
    "os": {
        "aside",
        "batch",
        "cli",
        "disk",
        "files",
        "folder",
        "glance",
        "hands",
        "holding",
        "keyfiles",
        "serving",
        "shell",
        "signer",
        "swap",
    },
    "random": set(),
    "secrets": {"cli", "deriving", "joining", "keeping", "living", "making", "rooting"},
    "shutil": {"swap"},
    "socket": {"online"},
    "ssl": {"online"},
    "subprocess": {"sshkeygen"},  # reviewers sign with their SSH keys, which only OpenSSH and its agent should hold
    "tempfile": {"aside", "cli"},
    "threading": {"errands", "hands", "online", "preview", "serving"},
    "time": {"building", "cli", "online", "preview", "proposing", "shell"},
    "urllib.request": set(),
}

# Arrows that the order would allow and that must not exist, with the reason.
FORBIDDEN = {
    ("render", "keys"): "a template can never reach a secret",
    ("render", "proof"): "a template can never alter a signed document",
    ("render", "bake"): "as above",
    ("pages", "keys"): "a page can never reach a secret",
    ("pages", "keyring"): "as above",
    ("pages", "proof"): "a page can never alter a signed document",
    ("award_pages", "keys"): "a page can never reach a secret",
    ("award_pages", "keyring"): "as above",
    ("award_pages", "proof"): "a page can never alter a signed document",
    ("ob2", "ob3"): "sisters from one model, not translations of each other",
    ("canon", "model"): "it knows documents, so that the standards' vectors exercise the real code",
    ("quads", "model"): "as above",
    ("proof", "model"): "as above",
    ("bake", "model"): "as above",
    ("verify", "model"): "it reads our badges with a stranger's eyes",
    ("verify", "ob3"): "as above",
    ("verify", "ob2"): "as above",
    ("verify", "load"): "as above",
    ("load", "check"): "reading a file never depends on its neighbours",
    **{
        ("signer", module): "the process that holds the secret reads no content, and needs PyNaCl alone"
        for module in ("source", "load", "render", "prose", "pictures", "shell")
    },
    ("site", "files"): "a build is a value; somebody else writes it",
    ("site", "disk"): "as above",
    ("check", "keys"): "checking needs no key",
    ("check", "pictures"): "checking needs no Pillow",
    ("check", "render"): "checking needs no renderer",
}


@cache
def imports(module: str) -> dict[str, set[str]]:
    """What a module imports: "ours" and "theirs", wherever in the file."""
    ours: set[str] = set()
    theirs: set[str] = set()
    for node in ast.walk(ast.parse((PACKAGE / f"{module}.py").read_text("utf-8"))):
        match node:
            case ast.ImportFrom(module="blazon"):
                ours |= {name.name for name in node.names} - {"__version__"}
            case ast.ImportFrom(module=str(source)) if source.startswith("blazon."):
                ours.add(source.removeprefix("blazon."))
            case ast.ImportFrom(module=str(source)):
                theirs |= {source, source.split(".")[0]}
            case ast.Import():
                theirs |= {part for name in node.names for part in (name.name, name.name.split(".")[0])}
    return {"ours": ours, "theirs": theirs}


@cache
def reached(module: str) -> frozenset[str]:
    """Every module of ours that a module imports, directly or through others."""
    direct = imports(module)["ours"]
    return frozenset(direct).union(*(reached(one) for one in direct))


def test_every_module_has_its_place_in_the_order() -> None:
    assert sorted(ORDER) == sorted(path.stem for path in PACKAGE.glob("*.py") if path.stem != "__init__")


@pytest.mark.parametrize("module", ORDER)
def test_arrows_point_one_way(module: str) -> None:
    assert imports(module)["ours"] <= set(ORDER[: ORDER.index(module)])


@pytest.mark.parametrize(("source", "target"), FORBIDDEN)
def test_some_arrows_do_not_exist(source: str, target: str) -> None:
    assert target not in reached(source), FORBIDDEN[source, target]


def test_the_model_knows_only_places() -> None:
    assert imports("model")["ours"] == {"diagnostics"}


@pytest.mark.parametrize("package", DOORS)
def test_each_dependency_has_one_door(package: str) -> None:
    assert {module for module in ORDER if package in imports(module)["theirs"]} == DOORS[package]


@pytest.mark.parametrize("package", WORLD)
def test_the_world_is_reached_through_few_modules(package: str) -> None:
    assert {module for module in ORDER if package in imports(module)["theirs"]} <= WORLD[package]


def test_nothing_else_is_needed() -> None:
    used = set().union(*(imports(module)["theirs"] for module in ORDER))
    outside = {name for name in used if "." not in name and name not in sys.stdlib_module_names}
    assert outside == set(DOORS)


@pytest.mark.parametrize("module", [module for module in ORDER if module not in {"cli", "shell", "preview", "signer"}])
def test_nobody_else_asks_the_clock_or_prints(module: str) -> None:
    tree = ast.parse((PACKAGE / f"{module}.py").read_text("utf-8"))
    called = {ast.unparse(node.func) for node in ast.walk(tree) if isinstance(node, ast.Call)}
    assert not called & {"print", "datetime.now", "datetime.today", "date.today", "datetime.utcnow", "input"}


@pytest.mark.parametrize("module", ORDER)
def test_functions_and_modules_stay_small(module: str) -> None:
    tree = ast.parse((PACKAGE / f"{module}.py").read_text("utf-8"))
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef) and node.end_lineno is not None:
            assert node.end_lineno - node.lineno < 46, node.name
