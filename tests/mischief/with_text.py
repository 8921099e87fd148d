"""Attempts with the text of files: YAML, names, Markdown, addresses, what nobody needs to know (rows B, C and G)."""

from __future__ import annotations

from mischief.attempts import AWARD, BADGE, KEY, Attempt, in_field

MORE = "content/earners/ada/earner.yaml"


def whole(row: str, sentence: str, hostile: str | bytes, place: str, harmless: str = "name: Ada\n") -> Attempt:
    """An attempt with the whole of an earner's own file."""
    return Attempt(row, sentence, {MORE: hostile}, (f"{MORE}{place}",), {MORE: harmless})


_BOMB = "a0: &a0 [x]\n" + "".join(f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]\n" for n in range(1, 10))

ATTEMPTS = [
    whole("B1", "aliases grow nine levels of nine", _BOMB, ":1:5 yaml-anchor"),
    whole("B2", "tables are merged", "<<: {name: Ada}\n", ":1:1 yaml-merge"),
    *(whole("B3", f"a value has the tag {tag}", f"name: {tag} [touch x]\n", ":1:7 yaml-tag") for tag in ("!!python/object/apply:os.system", "!foo", "!!binary", "!!set")),
    whole("B4", "a key stands twice", "name: Ada\nname: Eve\n", ":2:1 duplicate-key"),
    whole("B4", "a key stands twice, once escaped", 'name: Ada\n"\\x6eame": Eve\n', ":2:1 duplicate-key"),
    in_field("B6", "a day is not in the calendar", AWARD, "issued: {}", "2026-02-30", "2026-05-31", "1:9 bad-date"),
    in_field("B7", "a number has 5,000 digits", AWARD, "status_index: {}", "1" * 5_000, "1" * 5, "1:15 bad-number"),
    *(whole("B8", f"a file is full of {mark}", mark * 60_000, ":1:17 yaml-depth") for mark in ("[", "{")),
    whole("B9", "a file holds two documents", "name: Ada\n---\nname: Eve\n", ":2:1 second-document"),
    in_field("B10", "a field is misspelt", AWARD, "{}: Lead", "rol", "role", "1:1 unknown-field"),
    whole("B11", "a file is Latin-1", b"name: Ad\xe9\n", ":1:9 not-utf8"),
    whole("B11", "a file is UTF-16", "name: Ada\n".encode("utf-16"), ":1:1 not-utf8"),
    whole("B11", "a file begins with a mark", "\ufeffname: Ada\n", ":1:1 byte-order-mark"),
    whole("B11", "a file has a NUL", "name: A\0da\n", ":1:8 control-character"),
    *(whole("B11", f"a line ends with U+{ord(end):04X}", f"name: Ada{end}x: y\n", ":1:10 control-character") for end in "\r\x85\u2028\u2029"),
    whole("B13", "a key is a list", "? [a, b]\n: c\n", ":1:3 yaml-key"),
    in_field("B13", "a name is a list", AWARD, "name: {}", "[Ada]", "Ada", "1:7 not-text"),
    whole("B14", "a file is empty", "", " empty-file"),
    whole("B14", "a file is all comments", "# name\n", " empty-file"),
    *(in_field("C6", f"a link leads to {to}", AWARD, "did: 'Look [here]({})'", to, "https://example.org/", "1:6 bad-link") for to in ("javascript:alert(1)", "JaVa&#10;script:alert(1)", "data:text/html,x", "//evil.example/", "mailto:x", "http://example.org/")),
    *(in_field("C7", f"text shows a picture {to}", AWARD, "did: 'See {}[it](https://example.org/x.png)'", to, "", "1:6 image-in-text") for to in ("!",)),
    *(in_field("C9", f"text is full of {mark}", AWARD, "did: '{}'", mark * times, mark, "1:6 too-long") for mark, times in (("[", 8_000), ("<a ", 5_000), ("`", 300))),
    *(in_field("C10", f"a name has U+{ord(one):04X}", AWARD, 'name: "Ada{}"', f"\\U{ord(one):08X}", "", "1:7 name-character") for one in "\u202e\u2066\u200b\U000e0041\ue000\u2800"),
    in_field("C11", "a name imitates another", AWARD, "name: {}", "\u041c\u043ezilla", "\u0418\u0432\u0430\u043d Petrov", "1:7 mixed-scripts"),
    in_field("C12", "a letter has 60 marks", AWARD, "name: {}", "A" + "\u0316" * 60, "A\u0316", "1:7 combining-marks"),
    in_field("C12", "a name has 10,000 characters", AWARD, "name: {}", "a" * 10_000, "a" * 200, "1:7 too-long"),
    in_field("C13", "text has an e-mail address", AWARD, "did: Ask {}.", "ada@example.org", "ada at example.org", "1:6 email-in-text"),
    *(in_field("C14", f"an award says {name}", AWARD, "{}: X", name, "role", "1:1 private-field") for name in ("birthdate", "phone", "student_id")),
    *(
        in_field("C15", f"evidence is at {url[:40]}", AWARD, "evidence: [{title: Photo, url: '{}'}]", url, "https://example.org/a", "1:32 bad-url")
        for url in ("http://example.org/", "https://user:pw@example.org/", "https://127.0.0.1/", "https://[::1]/", "https://localhost/", "https://intranet/")
    ),
    *(
        in_field("C16", f"evidence is at {what}", AWARD, "evidence: [{title: Photo, url: '{}'}]", url, "https://example.org/a", "1:32 bad-url")
        for what, url in (("a Cyrillic host", "https://\u043f\u0440\u0438\u043c\u0435\u0440.example/"), ("a long address", f"https://example.org/{'a' * 5_000}"))
    ),
    in_field("G1", "text has a private key in PEM", AWARD, "did: '-----BEGIN {} KEY-----'", "OPENSSH PRIVATE", "PUBLIC", "1:7 secret-in-tree"),
    in_field("G1", "a comment names our own key file", BADGE, "# {}", "blazon-secret-key", "blazon key", "1:3 secret-in-tree"),
    *(in_field("G6", f"a public key is {what}", KEY, "public_key: {}", key, "z6MkmQqaGDjvPZ4JkDPRVMqSwGJr1paMutKXeh2cq6k4oVAh", "1:13 bad-key") for what, key in (("of low order", "z6MkeTG3bFFSLYVU7VqhgZxqr6YzpaGrQtFMh1uvqGy1vDnP"), ("cut short", "z6MkmQqaGDjvPZ4JkDPRVMqSwGJr1paMutKXeh2cq6k4oV"))),
    in_field("F10", "an award is dated tomorrow", AWARD, "issued: {}", "2026-06-02", "2026-06-01", "1:9 future-date"),
]  # fmt: skip
