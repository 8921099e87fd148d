"""Every recorded event through our workflows, step by step, and what has to come of it. `make workflows` runs all of it.

CASES=name,name runs some.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
import traceback
from base64 import b64encode
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import elsewhere
import places
from places import CANARY, ROOT, Place
from runner import Run

import loopback

AWARD = "content/earners/priya-raman/stem-night-lead.yaml"
SECOND = "content/earners/ada-okafor/stem-night-lead.yaml"
CANARIES = (CANARY.one_line(), CANARY.seed.hex(), b64encode(CANARY.seed).decode())
LATER = {
    "id: uo7flr2aaii77fbyzeetmilsci": "id: aaaaaaaaaaaaaaaaaaaaaaaaaa",
    "6262": "7171",
    "Priya Raman": "Ada Okafor",
}


@dataclass(frozen=True)
class Bench:
    """Where cases are run: a folder for each, environments that they share, and the wheel of this blazon."""

    root: Path
    environments: Path
    wheels: Path

    def copy(self, name: str) -> Place:
        """A copy of the template."""
        return places.template_copy(self.root / name, self.environments)

    def own(self, name: str) -> Place:
        """A program of somebody's own."""
        return places.own_program(self.root / name, self.environments, self.wheels)


@contextmanager
def online(place: Place) -> Iterator[None]:
    """While the block runs, the host answers at its address with what was published."""
    folder = place.host.root / "server"
    folder.mkdir()
    host = str(urlsplit(place.host.pages).hostname)
    with loopback.running(folder, place.host.answers, {host: [loopback.PUBLIC]}) as server:
        place.host.server = server
        yield


def well(run: Run, **others: str) -> None:
    """Every job went well, but for those whose end is named."""
    wanted = {name: others.get(name, "success") for name in run.results}
    assert run.results == wanted, f"{run.results}\n{run.log}"


def published(place: Place) -> dict[str, bytes]:
    """The files of the site that the host shows."""
    root = place.host.artefacts / "github-pages"
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in root.rglob("*") if path.is_file()}


def whole(place: Place) -> None:
    """The published site has its hidden files, and what a stranger asks for first."""
    assert {".nojekyll", "index.html", "status/revocation-1.json", "ob2/issuer.json"} <= published(place).keys()
    did = "did.json" if urlsplit(place.host.pages).path != "/" else ".well-known/did.json"
    assert json.loads(published(place)[did])["id"] == f"did:web:{places_id(place.host.pages)}"


def places_id(url: str) -> str:
    """The part of a did:web that comes of an address."""
    return url.removeprefix("https://").rstrip("/").replace("/", ":")


def secret_stays(place: Place) -> None:
    """The secret was in the environment of the signing step alone, and nothing that anybody can read has it, nor a token."""
    for run in place.seen:
        for job in run.jobs.values():
            for step in job.steps:
                given = [name for name, value in step.env.items() if any(one in value for one in CANARIES)]
                allowed = ["BLAZON_SIGNING_KEY"] if (job.name, step.name) == ("sign", "Sign") else []
                assert given in ([], allowed), (job.name, step.name)
    for path in (one for one in place.host.root.rglob("*") if one.is_file()):
        data = path.read_bytes()
        assert not any(one.encode() in data for one in CANARIES), path
        assert b"ghs_contents" not in data, path
    logs = "\n".join(run.log + "".join(job.summary for job in run.jobs.values()) for run in place.seen)
    assert not any(one in logs for one in (*CANARIES, "ghs_"))


def award_again(place: Place, **changes: str) -> None:
    """A second award in the checkout, with some words changed."""
    text = (place.work / AWARD).read_text("utf-8")
    for old, new in {**LATER, **changes}.items():
        assert old in text, old
        text = text.replace(old, new)
    text = text[: text.index("recipient:")] + text[text.index("issued:") :]
    (place.work / SECOND).parent.mkdir(exist_ok=True)
    (place.work / SECOND).write_text(text, "utf-8")


# Publishing


def publish_copy(bench: Bench) -> None:
    """A copy of the template is published under its host's address with nobody's secret, and says that it proves nothing."""
    place = bench.copy("publish-copy")
    with online(place):
        run = place.run("publish.yml", "push", "push")
    well(run, sign="skipped")
    assert run.jobs["prepare"].outputs["requests"] == "0"
    whole(place)
    secret_stays(place)


def publish_own(bench: Bench) -> None:
    """A program of somebody's own is signed in the one step that has the secret; once its signatures are committed it needs none."""
    place = bench.own("publish-own")
    with online(place):
        award_again(place)
        place.commit()
        run = place.run("publish.yml", "push", "push")
        well(run)
        assert int(run.jobs["prepare"].outputs["requests"]) >= 3  # two awards and a list of what was withdrawn
        whole(place)
        assert {f"awards/{'a' * 26}/credential.json", f"awards/{'a' * 26}/badge.png"} <= published(place).keys()
        assert sorted(path.name for path in run.jobs["sign"].folder.iterdir()) == [
            ".git",
            ".github",
            "requests",
            "signatures.json",
        ]
        installed = run.jobs["sign"].step("Install the signer").log
        assert "pynacl" in installed.lower()
        assert "jinja2" not in installed.lower()
        before = published(place)
        shutil.copy(place.host.artefacts / "signatures/signatures.json", place.work / "signatures.json")
        place.commit()
        place.host.kept = {}
        place.git("fetch", "--quiet")
        again = place.run("publish.yml", "workflow_dispatch", "dispatch")
        well(again, sign="skipped")
        assert published(place) == before
        secret_stays(place)


def publish_without_secret(bench: Bench) -> None:
    """Without the secret nothing is published, and the step that lacks it says so."""
    place = bench.own("publish-without-secret")
    place.host.kept = {}
    run = place.run("publish.yml", "push", "push")
    well(run, sign="failure", assemble="skipped", deploy="skipped", confirm="skipped")
    assert "BLAZON_SIGNING_KEY" in run.jobs["sign"].step("Sign").log
    assert not published(place)


def publish_with_a_leak(bench: Bench) -> None:
    """The bad twin of all cases that look for the secret: a signing step that prints what it has been given is found out."""
    place = bench.own("publish-with-a-leak")
    path = place.work / ".github/workflows/publish.yml"
    text = path.read_text()
    signing = "run: python -m blazon.signer requests/requests.json -o signatures.json"
    assert signing in text
    path.write_text(text.replace(signing, "run: env"))
    place.commit()
    run = place.run("publish.yml", "push", "push")
    well(run, sign="failure", assemble="skipped", deploy="skipped", confirm="skipped")
    try:
        secret_stays(place)
    except AssertionError:
        return
    raise AssertionError("a secret in a log was not found")


def publish_elsewhere(bench: Bench) -> None:
    """Another branch gets no secret, whoever starts the workflow there."""
    place = bench.own("publish-elsewhere")
    run = place.run("publish.yml", "workflow_dispatch", "dispatch", ref="refs/heads/other")
    assert run.results["sign"] == "failure"
    assert not published(place)
    secret_stays(place)


def publish_without_keys(bench: Bench) -> None:
    """J13: a host that drops hidden files shows a site without the issuer's keys, and the job after publishing says so."""
    place = bench.own("publish-without-keys")
    path = place.work / ".github/workflows/publish.yml"
    old = "          path: dist\n          include-hidden-files: true\n"
    text = path.read_text()
    assert old in text
    text = text.replace(old, "          path: dist\n", 1)
    assert "--wait 300" in text
    path.write_text(text.replace("--wait 300", "--wait 1"))
    place.commit()
    with online(place):
        run = place.run("publish.yml", "push", "push")
    well(run, confirm="failure")
    assert ".well-known/did.json" not in published(place)
    assert ".well-known/did.json" in run.jobs["confirm"].step("Compare").log


def publish_wrong(bench: Bench) -> None:
    """What `check` refuses is not published, and the secret is not even asked for."""
    place = bench.own("publish-wrong")
    path = place.work / AWARD
    path.write_text(path.read_text().replace("badge: stem-night-lead", "badge: stem-nigth-lead"))
    place.commit()
    run = place.run("publish.yml", "push", "push")
    well(run, prepare="failure", sign="skipped", assemble="skipped", deploy="skipped", confirm="skipped")
    assert "stem-nigth-lead" in run.log


def refresh(bench: Bench) -> None:
    """Once a week Publish is started, with the right to do so and no more."""
    place = bench.own("refresh")
    well(place.run("refresh.yml", "schedule", "schedule"))
    assert place.host.asked["started"] == [["publish.yml", "main"]]


def published_elsewhere(bench: Bench) -> None:
    """The recipes for other hosts give one site, from a repository whose signatures were committed and without a secret."""
    machine = elsewhere.prepare(bench.own("published-elsewhere"), bench.environments / "elsewhere")
    elsewhere.all_give_the_same(machine)


# Pull requests


def request_right(bench: Bench) -> None:
    """A fork's request that is right gets a summary of what the public will read and a preview that proves nothing (K5)."""
    for place in (bench.own("request-right"), bench.copy("request-right-copy")):
        award_again(place)
        base, merged = place.request()
        run = place.run("validate.yml", "pull_request", "pull-request-right", merged, base, "refs/pull/12/merge")
        well(run)
        summary = run.jobs["validate"].summary
        assert "Awarded to Ada Okafor by Riverbend Afterschool Network on 19 June 2026." in summary
        assert "### Check: " in summary
        assert "/actions/runs/1/artifacts/1" in summary
        assert "::error" not in run.log
        preview = place.host.artefacts / "preview"
        assert {".nojekyll", "index.html"} <= {path.name for path in preview.iterdir()}
        badges = [*preview.glob("awards/*/credential.json"), *preview.glob("awards/*/badge.*")]
        assert len(badges) >= 6
        for badge in badges[:6]:
            done = _blazon("verify", "--site", str(preview), str(badge))
            assert done.returncode in (1, 3), done.stdout
        secret_stays(place)


def request_wrong(bench: Bench) -> None:
    """A mistake is on its line, in the summary too, and nothing of the request's title is run."""
    place = bench.own("request-wrong")
    award_again(place, **{"badge: stem-night-lead": "badge: stem-night-leed"})
    base, merged = place.request()
    run = place.run("validate.yml", "pull_request", "pull-request-wrong", merged, base, "refs/pull/12/merge")
    well(run, validate="failure")
    line = (place.work / ".git").exists() and _line(place.host.git("show", f"{merged}:{SECOND}"), "badge:")
    log = run.jobs["validate"].step("Check").log
    assert f"::error file={SECOND},line={line}," in log, log
    assert "stem-night-leed" in run.jobs["validate"].summary
    assert "Cannot be read" in run.jobs["validate"].summary  # both tables are there although check fails
    assert run.jobs["validate"].step("Build a preview with a throwaway key").outcome == "skipped"
    _nothing_was_run(place)


def request_merged_award(bench: Bench) -> None:
    """A request that changes an issued award is refused against what was accepted."""
    place = bench.own("request-merged-award")
    path = place.work / AWARD
    path.write_text(path.read_text().replace("issued: 2026-06-19", "issued: 2026-06-18"))
    base, merged = place.request()
    run = place.run("validate.yml", "pull_request", "pull-request-right", merged, base, "refs/pull/12/merge")
    well(run, validate="failure")
    assert f"::error file={AWARD}," in run.jobs["validate"].step("Check").log


def request_with_a_checker(bench: Bench) -> None:
    """A request that brings its own checker, lock and packages is checked by what was accepted; nothing of it is run."""
    place = bench.copy("request-with-a-checker")
    owned = place.host.root / "owned"
    bomb = f"open({str(owned)!r}, 'w').close()\n"
    for path in ("generator/blazon/__init__.py", "blazon.py", "yaml.py", "sitecustomize.py", "generator/blazon/cli.py"):
        (place.work / path).write_text(bomb)
    (place.work / ".github/requirements.txt").write_text("nothing-of-this-name==1\n")
    base, merged = place.request()
    run = place.run("validate.yml", "pull_request", "pull-request-right", merged, base, "refs/pull/12/merge")
    assert run.jobs["validate"].step("Install the accepted checker").outcome == "success"
    assert "in " in run.jobs["validate"].step("Check").log
    assert not owned.exists()


# Claims


def claim(bench: Bench) -> None:
    """An issue becomes a request, and edited the same request; a file that a reviewer changed, or a closed request, stays."""
    place = bench.own("claim")
    well(place.run("claim.yml", "issues", "claim-good"))
    asked = place.host.asked
    assert list(asked["requests"]) == ["claim/7"]
    assert "Closes #7." in asked["requests"]["claim/7"]["body"]
    assert "conflict of interest" in asked["requests"]["claim/7"]["body"]
    assert asked["requests"]["claim/7"]["url"] in asked["answers"]["7"]
    changed = place.host.git("diff", "--name-only", "main", "claim/7").split()
    assert changed == [SECOND]
    assert "five tables" in place.host.git("show", f"claim/7:{SECOND}")
    pushed, drawn = place.host.git("rev-parse", "claim/7"), _drawn(place)
    well(place.run("claim.yml", "issues", "claim-good"))  # as when somebody labels it again
    assert place.host.git("rev-parse", "claim/7") == pushed
    well(place.run("claim.yml", "issues", "claim-edited"))
    assert _drawn(place) == drawn
    assert "six tables" in place.host.git("show", f"claim/7:{SECOND}")
    assert len(place.host.asked["requests"]) == 1
    assert place.host.git("rev-list", "--count", "main..claim/7").strip() == "1"
    place.git("fetch", "--quiet", place.host.repository.as_uri(), "claim/7")
    place.git("checkout", "--quiet", "FETCH_HEAD")
    (place.work / SECOND).write_text((place.work / SECOND).read_text() + "# A reviewer's remark.\n")
    place.git("commit", "--quiet", "--all", "--message", "Review")
    place.git("push", "--quiet", place.host.repository.as_uri(), "HEAD:refs/heads/claim/7")
    well(place.run("claim.yml", "issues", "claim-good"))
    assert "A reviewer's remark." in place.host.git("show", f"claim/7:{SECOND}")
    assert "change it there" in place.host.asked["answers"]["7"]
    secret_stays(place)


def claim_hostile(bench: Bench) -> None:
    """What somebody writes into title and text stays text; what is too long or incomplete is answered with a sentence."""
    place = bench.own("claim-hostile")
    well(place.run("claim.yml", "issues", "claim-hostile"))
    _nothing_was_run(place)
    text = place.host.git("show", "claim/9:content/earners/ada-touch-owned/stem-night-lead.yaml")
    assert "$(touch owned) `touch owned`" in text
    assert place.host.asked["requests"]["claim/9"]["title"] == "Claim of issue 9"
    well(place.run("claim.yml", "issues", "claim-incomplete"))
    assert "    issue:" in place.host.asked["answers"]["8"]
    assert "claim/8" not in place.host.asked["requests"]
    well(place.run("claim.yml", "issues", "claim-unlabelled"), read="skipped", propose="skipped")
    assert "10" not in place.host.asked["answers"]
    long = places.recorded("claim-good")
    long["issue"]["number"], long["issue"]["body"] = 11, long["issue"]["body"] + "x" * (1 << 20)
    well(place.run_told("claim.yml", "issues", long))
    assert "claim/11" not in place.host.asked["requests"]
    assert "it is longer than" in place.host.asked["answers"]["11"]
    secret_stays(place)


def _drawn(place: Place) -> list[str]:
    """What was drawn for the claim of issue 7: its id and its place in the list of what is withdrawn."""
    found = re.findall(r"^(?:id|status_index): \w+$", place.host.git("show", f"claim/7:{SECOND}"), re.MULTILINE)
    assert len(found) == 2
    return found


def _nothing_was_run(place: Place) -> None:
    """No file called `owned` was made anywhere."""
    assert not list(place.host.root.rglob("owned"))


def _line(text: str, word: str) -> int:
    """The line of a text that begins with a word."""
    return 1 + next(at for at, line in enumerate(text.splitlines()) if line.startswith(word))


def _blazon(*words: str) -> subprocess.CompletedProcess[str]:
    """This blazon, with words."""
    return subprocess.run([sys.executable, "-m", "blazon", *words], capture_output=True, text=True, check=False)


# Two lanes at once. Cases that share an environment of Python are in one lane, since such an environment belongs to one run at a time.
LANES = (
    (
        publish_own,
        publish_without_keys,
        publish_without_secret,
        publish_elsewhere,
        publish_with_a_leak,
        publish_wrong,
        refresh,
        published_elsewhere,
    ),
    (request_right, request_wrong, request_merged_award, request_with_a_checker, claim, claim_hostile, publish_copy),
)


def run_lane(lane: Iterable[Callable[[Bench], None]], bench: Bench) -> list[str]:
    """Run cases one after the other, and say of each how long it took; the names of those that failed."""
    failed = []
    for case in lane:
        start, name = time.monotonic(), case.__name__.replace("_", " ")
        try:
            case(bench)
        except Exception:  # noqa: BLE001 - whatever it is, the other cases are run too
            failed.append(name)
            traceback.print_exc()
        print(f"{name:28} {time.monotonic() - start:5.1f} s{' FAILED' if name in failed else ''}", flush=True)
        shutil.rmtree(bench.root / case.__name__.replace("_", "-"), ignore_errors=True)
    return failed


def main() -> int:
    """Run the cases and say how long each took."""
    wanted = [name for name in os.environ.get("CASES", "").split(",") if name]
    lanes = [[case for case in lane if not wanted or case.__name__ in wanted] for lane in LANES]
    with tempfile.TemporaryDirectory(prefix="workflows-") as folder, ThreadPoolExecutor(len(LANES)) as pool:
        root = Path(folder)
        bench = Bench(root, root / "environments", root / "wheels")
        bench.environments.mkdir()
        build = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "--directory", str(bench.wheels)]
        subprocess.run(build, cwd=ROOT, check=True, capture_output=True)
        began = time.monotonic()
        failed = [name for names in pool.map(lambda lane: run_lane(lane, bench), lanes) for name in names]
        print(f"{sum(map(len, lanes))} cases through our workflows in {time.monotonic() - began:.0f} s")
    if failed:
        print(f"failed: {', '.join(failed)}")
    return int(bool(failed))


if __name__ == "__main__":
    sys.exit(main())
