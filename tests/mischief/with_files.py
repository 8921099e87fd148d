"""Attempts with files and their names (rows A of our security rules)."""

from __future__ import annotations

from mischief.attempts import (
    AWARD,
    BADGE,
    KEY,
    SITE,
    Attempt,
    executable,
    hollow,
    in_field,
    laid,
    link,
    named,
    pipe,
    plug,
)

EARNER = "content/earners/{}/earner.yaml"
NAMED = "content/badges/{}/badge.yaml"
MORE = "content/earners/ada/earner.yaml"
TEXT = "name: Ada\n"

ATTEMPTS = [
    Attempt("A1", "an award is a link to a file of the system", {AWARD: link("/etc/passwd")}, (f"{AWARD} symlink",), {}),
    Attempt("A1", "an earner's file is a link to a file of the program", {MORE: link("../../site.yaml")}, (f"{MORE} symlink",), {MORE: TEXT}),
    Attempt("A1", "an earner's file is a link to nothing", {MORE: link("nowhere")}, (f"{MORE} symlink",), {MORE: TEXT}),
    Attempt("A2", "a folder of an earner links above the program", {"content/earners/eve": link("../..")}, ("content/earners/eve symlink",), {"content/earners/eve/earner.yaml": TEXT}),
    Attempt("A2", "a folder of a badge links to the top", {"content/badges/top": link("/")}, ("content/badges/top symlink",), {}),
    Attempt("A3", "the program has submodules", {".gitmodules": "[submodule]\n"}, (".gitmodules submodule",), {"gitmodules": "[submodule]\n"}),
    Attempt("A3", "a folder of an earner is a submodule", {"content/earners/ada/.git": "gitdir: x\n"}, ("content/earners/ada/.git submodule",), {MORE: TEXT}),
    Attempt("A3", "a folder of a badge is a repository", {"content/badges/soldering/.git/HEAD": "x"}, ("content/badges/soldering/.git submodule",), {}),
    *(
        named("A4", f"an earner is called {name}", EARNER.format(name), EARNER.format(f"{name.lower()}-1"), f"content/earners/{name} bad-name")
        for name in ("con", "nul", "aux", "prn", "com1", "lpt9", "CON")
    ),
    named("A5", "an earner is called with a capital", EARNER.format("Ada"), EARNER.format("ada"), "content/earners/Ada bad-name"),
    Attempt("A5", "two earners differ in a capital alone", {EARNER.format("ada"): TEXT, EARNER.format("aDa"): TEXT}, ("content/earners/aDa bad-name",), {EARNER.format("ada"): TEXT, EARNER.format("ada-2"): TEXT}),
    *(
        named("A6", f"a name has {what}", EARNER.format(name), EARNER.format("eve"), f"content/earners/{name} bad-name")
        for what, name in (
            ("a space", "e ve"), ("a dot at its end", "eve."), ("a hyphen first", "-eve"), ("dots", "e..ve"), ("escaped dots", "%2e%2e"),
            ("a backslash", "e\\ve"), ("a command", "$(touch x)"), ("a command in backticks", "`touch x`"), ("a semicolon", "eve;x"),
            ("two hyphens", "e--ve"), ("an underscore", "e_ve"), ("what belongs to hosts", "xn--eve"),
        )
    ),
    *(
        named("A6", f"a name has {what}", EARNER.format(name), EARNER.format("eve"), f"content/earners/{shown} bad-name")
        for what, name, shown in (("a line end", "e\nve", "e\nve"), ("an escape", "e\x1b[31mve", "e\x1b[31mve"), ("a turn of direction", "e\u202eve", "e\u202eve"))
    ),
    *(
        named("A7", f"a name has {what}", EARNER.format(name), EARNER.format("ada-k"), f"content/earners/{name} bad-name")
        for what, name in (("a Cyrillic letter", "\u0430da"), ("the sign of Kelvin", "ada-\u212a"), ("an accent", "ad\u00e9"), ("wide dots", "ada\uff0e\uff0e"))
    ),
    named("A8", "a name has 65 characters", EARNER.format("a" * 65), EARNER.format("a" * 64), f"content/earners/{'a' * 65} bad-name"),
    named("A8", "a path has 300 bytes", f"content/earners/{'a' * 134}/{'b' * 145}.yaml", MORE, "bad-name"),
    named("A8", "a path is seven names deep", "content/earners/a/b/c/d/e.yaml", MORE, "bad-name"),
    *(
        named("A9", f"a badge takes our address {name}", NAMED.format(name), NAMED.format(f"{name}-1"), f"content/badges/{name} reserved-name", laid(BADGE, "cost: Free"))
        for name in ("404", "index", "kind", "feed", "verify")
    ),
    *(
        named("A9", f"an earner takes our address {name}", EARNER.format(name), EARNER.format(f"{name}-1"), f"content/earners/{name} reserved-name")
        for name in ("claim", "static", "status", "docs", "ob2")
    ),
    Attempt("A11", "a file has 50 MB", {MORE: hollow(50_000_000)}, (f"{MORE} file-too-large",), {MORE: TEXT}),
    Attempt("A11", "the settings have 50 GB", {SITE: hollow(50_000_000_000)}, (f"{SITE} file-too-large", f"{SITE} missing-file"), {}),
    in_field("A12", "a picture is a path into the keys", BADGE, "{}", "image: ../../keys/key-1.yaml", "cost: Free", "1:8 not-a-table"),
    in_field("A12", "an endorsement is a path into the keys", BADGE, "{}", "endorsements: [../../keys/x.json]", "cost: Free", "1:16 bad-value"),
    named("A13", "the content has a program", "content/run.py", MORE, "unknown-file"),
    named("A13", "the content has settings of a server", "content/.htaccess", MORE, "unknown-file"),
    named("A13", "the content has a page", "content/index.html", MORE, "unknown-file"),
    Attempt("A13", "an earner's file may be run", {MORE: executable(TEXT)}, (f"{MORE} executable-file",), {MORE: TEXT}),
    Attempt("A13", "a key may be run", {"keys/key-2.yaml": executable("x")}, ("keys/key-2.yaml executable-file",), {}),
    Attempt("A14", "an earner's file is a pipe", {MORE: pipe}, (f"{MORE} special-file",), {MORE: TEXT}),
    Attempt("A14", "a key is a pipe", {KEY: pipe}, (f"{KEY} special-file", "keys no-key"), {}),
    Attempt("A14", "an earner's file is a socket", {MORE: plug}, (f"{MORE} special-file",), {MORE: TEXT}),
]  # fmt: skip
