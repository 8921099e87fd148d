"""How commands behave: what they print and where, what they read from the environment, and how they end."""

from __future__ import annotations

import os
import re
import sys
import time
import traceback
from collections.abc import Callable, Sequence
from contextlib import nullcontext
from dataclasses import dataclass
from datetime import UTC, date, datetime
from difflib import get_close_matches
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any, Concatenate, ParamSpec

import click

from blazon.diagnostics import BlazonError, printable

if TYPE_CHECKING:
    from blazon.keys import Secret

Words = ParamSpec("Words")
WELL, WRONG, USAGE, WORLD, INTERRUPTED = 0, 1, 2, 3, 130
_LONGEST_ADDRESS = 1000
_COMMAND = re.compile(r"(?:^|\r)\s*::|##\[", re.MULTILINE)
PASSPHRASE_VARIABLE = "BLAZON_PASSPHRASE"  # noqa: S105 - the name of a variable, not a passphrase
REPORT_BUGS = "run it again with -v, and report what you see where blazon is developed; README.md says where."


@dataclass(slots=True)
class Desk:
    """What holds for all commands of one run: the program's folder, and how much is said."""

    root: Path
    quiet: bool
    verbose: bool

    def say(self, *lines: str) -> None:
        """Print results."""
        for line in lines:
            click.echo(harmless(line))

    def tell(self, *lines: str) -> None:
        """Print messages beside the results, unless they are not wanted."""
        if not self.quiet:
            self.warn(*lines)

    def warn(self, *lines: str) -> None:
        """Print what is wrong beside the results."""
        for line in lines:
            click.echo(harmless(line), err=True)

    def annotate(self, *lines: str) -> None:
        """Print results, of which some are commands to the host of a workflow."""
        for line in lines:
            click.echo(line)

    def read_input(self, most: int) -> bytes:
        """Standard input, at most one byte more than `most`."""
        return sys.stdin.buffer.read(most + 1)

    def agree(self, question: str, hint: str) -> None:
        """Ask somebody at the terminal for a yes; raises BlazonError when they say no, and when nobody is there."""
        if not sys.stdin.isatty():
            raise BlazonError("nobody is there to be asked, so nothing was done.", hint, USAGE)
        if not click.confirm(question, err=True):
            raise BlazonError("nothing was done.", exit_code=WRONG)

    def ask_address(self) -> str:
        """An e-mail address: from somebody at the terminal, or the first line of standard input. Never an argument."""
        if sys.stdin.isatty():
            return str(click.prompt("The earner's e-mail address", err=True))
        return sys.stdin.buffer.readline(_LONGEST_ADDRESS).decode(errors="replace")

    def at(self, path: Path) -> Path:
        """A path as somebody in the program's folder means it."""
        return self.root / path.expanduser()


class Commands(click.Group):
    """A group of commands that ends with our exit codes, speaks with one voice, and suggests near names."""

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """The command of a name; an unknown one gets the nearest known one as a hint."""
        name = args[0]
        if self.get_command(ctx, name) is None and not name.startswith("-"):
            near = get_close_matches(name, self.commands, n=1)
            hint = f'did you mean "{near[0]}"?' if near else f"the commands are {', '.join(sorted(self.commands))}."
            raise BlazonError(f'there is no command called "{printable(name)}".', hint, USAGE)
        return super().resolve_command(ctx, args)


class Blazon(Commands):
    """The command itself, which turns whatever goes wrong into a sentence and an exit code."""

    def main(self, *args: Any, **options: Any) -> Any:
        """Run a command and end the process with its exit code."""
        options["standalone_mode"] = False
        try:
            sys.exit(super().main(*args, **options) or WELL)
        except click.Abort:
            complain("interrupted.", "")
            sys.exit(INTERRUPTED)
        except click.exceptions.NoArgsIsHelpError as error:
            click.echo(error.format_message(), err=True)
            sys.exit(USAGE)
        except click.UsageError as error:
            complain(*_usage(error))
            sys.exit(USAGE)
        except BrokenPipeError:
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            sys.exit(WORLD)

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command that was named."""
        try:
            return super().invoke(ctx)
        except BlazonError as error:
            complain(error.message, error.hint)
            return error.exit_code
        except (click.ClickException, click.Abort, click.exceptions.Exit, BrokenPipeError, KeyboardInterrupt):
            raise
        except MemoryError:
            complain("there is not enough memory.", "")
        except Exception as error:  # noqa: BLE001 - whatever it is, it is ours
            if ctx.params.get("verbose"):
                click.echo(traceback.format_exc(), err=True)
            complain(f"this is our bug: {type(error).__name__}: {printable(str(error))}", REPORT_BUGS)
        return WORLD


class Day(click.ParamType[date]):
    """A date such as 2026-05-14."""

    name = "date"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        """The date that was typed."""
        if isinstance(value, date):
            return value
        try:
            return datetime.strptime(value, "%Y-%m-%d").replace(tzinfo=UTC).date()
        except ValueError:
            self.fail(f'"{printable(value)}" is not a date such as 2026-05-14', param, ctx)


def alone(command: Callable[Concatenate[Desk, Words], int]) -> Callable[Concatenate[Desk, Words], int]:
    """A command that changes files of the program, and is refused while another one does."""

    @wraps(command)
    def guarded(desk: Desk, /, *words: Words.args, **named: Words.kwargs) -> int:
        from blazon import holding  # noqa: PLC0415 - as in commands

        with holding.alone(desk.root) if desk.root.is_dir() else nullcontext():
            return command(desk, *words, **named)

    return guarded


def now() -> datetime:
    """The moment it is, in UTC."""
    return datetime.now(UTC)


def today() -> date:
    """The day it is in UTC, wherever the machine thinks it stands."""
    return now().date()


# What many commands take.
PATH = click.Path(path_type=Path)
at_desk = click.pass_obj
on_a_day = click.option("--today", type=Day(), default=today, help="Take this for today's date, to repeat a build.")
strictly = click.option("--strict", is_flag=True, help="Take warnings for errors.")


def example(*lines: str) -> str:
    """The end of a command's help."""
    return "\b\nExample:\n" + "\n".join(f"  {line}" for line in lines)


class Line:
    """One line on the terminal that says how far a long command has got; it stays away when nobody would see it."""

    def __init__(self, desk: Desk) -> None:
        """A line that is not there yet."""
        self.wanted = not desk.quiet and sys.stderr.isatty()
        self._began = self._shown = time.monotonic()
        self._there = False

    def show(self, text: Callable[[], str]) -> None:
        """Show a text ten times a second, once a second has passed."""
        now = time.monotonic()
        if self.wanted and now - self._began > 1 and now - self._shown > 0.1:  # noqa: PLR2004
            self._shown, self._there = now, True
            click.echo(f"\r\x1b[K{text()}", nl=False, err=True)

    def clear(self) -> None:
        """Take the line away."""
        if self._there:
            self._there = False
            click.echo("\r\x1b[K", nl=False, err=True)


class Progress:
    """A line that counts files and awards while a long build is under way."""

    def __init__(self, desk: Desk) -> None:
        """Nothing was built yet."""
        self._line = Line(desk)
        self._awards = 0

    def begin(self, awards: int) -> Callable[[int, int], None] | None:
        """What hears how many files and credentials are made of a site with that many awards."""
        self._awards = awards
        return self._hear if self._line.wanted else None

    def end(self) -> None:
        """Take the line away."""
        self._line.clear()

    def _hear(self, files: int, signed: int) -> None:
        """Show how many there are."""
        self._line.show(lambda: f"{files:,} files; signed {signed:,} of {self._awards:,} awards")


def secrets_of(desk: Desk, key_files: Sequence[Path]) -> list[Secret]:
    """The secret keys of a run: the one in the environment first, then those in files."""
    from blazon import keyfiles  # noqa: PLC0415 - only a build with a key needs it

    return keyfiles.given(map(desk.at, key_files), _passphrase)


def secret_in(desk: Desk, key_file: Path) -> Secret:
    """The secret key in a file."""
    from blazon import keyfiles  # noqa: PLC0415 - as above

    return keyfiles.read(desk.at(key_file), _passphrase)


def _passphrase(path: Path) -> str:
    """The passphrase of a key file, from somebody at a terminal."""
    if not sys.stdin.isatty():
        message = f"the key file {printable(str(path))} is protected, and there is nobody to ask for the passphrase."
        raise BlazonError(message, f"put it into {PASSPHRASE_VARIABLE}.")
    return str(click.prompt(f"Passphrase of {printable(str(path))}", hide_input=True, err=True))


def new_passphrase() -> str:
    """The passphrase for a new key: from the environment, or from somebody who types it twice."""
    if found := os.environ.get(PASSPHRASE_VARIABLE):
        return found
    if not sys.stdin.isatty():
        message = "a key file is protected by a passphrase, and there is nobody to ask for one."
        raise BlazonError(message, f"put it into {PASSPHRASE_VARIABLE}, or say --no-passphrase.", USAGE)
    return str(click.prompt("A passphrase for the new key", hide_input=True, confirmation_prompt=True, err=True))


def coloured(line: str) -> str:
    """A line with the weight of a diagnostic in colour, where the terminal wants that."""
    for word, colour in (("error", "red"), ("warning", "yellow")):
        line = line.replace(f": {word}: ", f": {click.style(word, fg=colour, bold=True)}: ", 1)
    return line


def harmless(text: str) -> str:
    """Text as it may stand in the log of a workflow, where GitHub takes `::` at the beginning of a line and `##[` for commands."""
    if not os.environ.get("GITHUB_ACTIONS"):
        return text
    return _COMMAND.sub(lambda found: f"{found[0][:-1]} {found[0][-1]}", text)


def judged(verdict: str) -> str:
    """A word for a verdict in its colour, where the terminal wants that."""
    colours = {"passed": "green", "failed": "red", "undecided": "yellow"}
    return click.style(verdict, fg=colours.get(verdict.strip()))


def complain(message: str, hint: str) -> None:
    """Print what went wrong outside the content, in the voice of a diagnostic."""
    click.echo(harmless(coloured(f": error: {printable(message)}").removeprefix(": ")), err=True)
    if hint:
        click.echo(harmless(f"  hint: {printable(hint)}"), err=True)


def _usage(error: click.UsageError) -> tuple[str, str]:
    """A usage error of the command line library in our own voice: sentence and hint."""
    if isinstance(error, click.NoSuchOption):
        near = f'did you mean "{error.possibilities[0]}"?' if error.possibilities else ""
        message = f'there is no option called "{error.option_name}".'
    else:
        near, message = "", error.format_message()
        message = message[:1].lower() + message[1:].rstrip(".") + "."
    return message, near or f"type: {error.ctx.command_path if error.ctx else 'blazon'} -h"
