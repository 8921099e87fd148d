"""Stands for GitHub's command line: remembers what it was asked, and refuses what the token of the job may not do.

Nothing here reaches a host. State is one JSON file beside the program; a token spells out its rights.
"""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path
from typing import Any

STATE = Path(__file__).with_name("gh.json")
RIGHTS = {
    ("pr", "list"): "pull-requests:",
    ("pr", "view"): "pull-requests:",
    ("pr", "create"): "pull-requests:write",
    ("issue", "comment"): "issues:write",
    ("workflow", "run"): "actions:write",
}


def options(words: list[str]) -> tuple[list[str], dict[str, str]]:
    """The words that stand alone, and the options with their values."""
    alone, named, rest = [], {}, list(words)
    while rest:
        word = rest.pop(0)
        if word in ("--edit-last", "--create-if-none"):
            named[word] = ""
        elif word.startswith("--"):
            named[word] = rest.pop(0)
        else:
            alone.append(word)
    return alone, named


def answer(words: list[str], state: dict[str, Any]) -> str:
    """What is printed; what is remembered goes into the state."""
    what = (words[0], words[1])
    alone, named = options(words[2:])
    if what == ("auth", "setup-git"):
        return ""
    if RIGHTS[what] not in os.environ["GH_TOKEN"]:
        raise SystemExit(f"gh: the token may not do this: {' '.join(what)}")
    requests: dict[str, Any] = state.setdefault("requests", {})
    match what:
        case ("pr", "list"):
            assert named["--jq"] == '.[0].state // ""'
            return str(requests.get(named["--head"], {}).get("state", ""))
        case ("pr", "view"):
            return str(requests[alone[0]]["url"])
        case ("pr", "create"):
            url = f"https://github.com/{named['--repo']}/pull/{len(requests) + 100}"
            body = Path(named["--body-file"]).read_text("utf-8")
            requests[named["--head"]] = {"state": "OPEN", "url": url, "title": named["--title"], "body": body}
            return url
        case ("issue", "comment"):
            state.setdefault("answers", {})[alone[0]] = Path(named["--body-file"]).read_text("utf-8")
            state["posted"] = state.get("posted", 0) + 1
        case _:
            state.setdefault("started", []).append([alone[0], named["--ref"]])
    return ""


def main() -> None:
    """Answer one question."""
    state = json.loads(STATE.read_text("utf-8")) if STATE.exists() else {}
    said = answer(sys.argv[1:], state)
    STATE.write_text(json.dumps(state), "utf-8")
    if said:
        print(said)


if __name__ == "__main__":
    main()
