"""The command line: one lazy group, one handler for everything that goes wrong.

A command's module is imported when the command is named or listed; what is heavy
is imported inside the command. Data goes to stdout, talk to stderr.
"""

from __future__ import annotations

import errno
import sys
from importlib import import_module
from typing import TYPE_CHECKING

import click

from vomkg.cli.bounded import ALONE
from vomkg.errors import VomkgError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

COMMANDS: Mapping[str, str] = {
    "questions": "vomkg.cli.questions:questions_command",
    "run": "vomkg.cli.questions:run_command",
    "ask": "vomkg.cli.ask:ask_command",
    "search": "vomkg.cli.search:search_command",
    "query": "vomkg.cli.query:query_command",
    "serve": "vomkg.cli.serve:serve_command",
    "validate": "vomkg.cli.validate:validate_command",
    "check": "vomkg.cli.curate:check_command",
    "coverage": "vomkg.cli.coverage:coverage_command",
    "mutate": "vomkg.cli.mutate:mutate_command",
    "fmt": "vomkg.cli.curate:fmt_command",
    "diff": "vomkg.cli.diff:diff_command",
    "new": "vomkg.cli.new:new_command",
    "infer": "vomkg.cli.curate:infer_command",
    "build": "vomkg.cli.build:build_command",
    "releases": "vomkg.cli.releases:releases_command",
    "switch": "vomkg.cli.releases:switch_command",
    "dump": "vomkg.cli.dump:dump_command",
    "hash": "vomkg.cli.dump:hash_command",
    "load": "vomkg.cli.load:load_command",
    "info": "vomkg.cli.info:info_command",
}
OUR_FAULT = 70  # sysexits.h EX_SOFTWARE
UNWRITTEN = 3
_NO_ROOM = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
WRONG_USAGE = 2
ISSUES = "please report it with the command and the output of --debug"


class LazyGroup(click.Group):
    """A group that imports a command when it is needed, and words every error."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The names in the order of a reader's day, not of the alphabet."""
        return [*COMMANDS, *super().list_commands(ctx)]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of that name, imported now, or None."""
        if cmd_name not in COMMANDS:
            return super().get_command(ctx, cmd_name)
        module, attribute = COMMANDS[cmd_name].split(":")
        command = getattr(import_module(module), attribute)
        if not isinstance(command, click.Command):
            raise TypeError(f"{COMMANDS[cmd_name]} is not a command")
        return command

    def main(  # type: ignore[override]  # click's overloads promise Never or Any
        self,
        args: Sequence[str] | None = None,
        prog_name: str | None = None,
        complete_var: str | None = None,
        standalone_mode: bool = True,
        windows_expand_args: bool = True,
        **extra: object,
    ) -> object:
        """Run the command line and leave with its exit code.

        Click's own standalone mode prints usage errors over three lines and
        knows nothing of ours; here each error is one line on stderr.
        """
        words = list(sys.argv[1:] if args is None else args)
        if args is None:
            extra.setdefault("obj", ALONE)

        def run() -> object:
            return super(LazyGroup, self).main(
                words,
                prog_name,
                complete_var,
                standalone_mode=False,
                windows_expand_args=windows_expand_args,
                **extra,
            )

        if not standalone_mode:
            return run()
        # Known before parsing, so that a fault in parsing can be traced too.
        debug = words[:1] == ["--debug"]
        try:
            code = run()
        except Exception as fault:
            if debug:
                raise
            code = _explain(fault)
        sys.exit(code if isinstance(code, int) else 0)


def _explain(fault: Exception) -> int:
    """Say on stderr what went wrong; gives the exit code."""
    if isinstance(fault, click.exceptions.NoArgsIsHelpError):
        click.echo(fault.format_message(), err=True)
        return WRONG_USAGE
    if isinstance(fault, click.UsageError):
        command = fault.ctx.command_path if fault.ctx else "vomkg"
        message = _house_style(fault.format_message())
        click.echo(f"error: {message}; see '{command} --help'", err=True)
        return WRONG_USAGE
    if isinstance(fault, click.ClickException):
        click.echo(f"error: {_house_style(fault.format_message())}", err=True)
        return fault.exit_code
    if isinstance(fault, click.Abort):
        click.echo("error: interrupted", err=True)
        return 1
    if isinstance(fault, VomkgError):
        click.echo(f"error: {fault}", err=True)
        return fault.exit_code
    if isinstance(fault, OSError) and fault.errno in _NO_ROOM:
        click.echo(f"error: the output cannot be written: {fault.strerror}", err=True)
        return UNWRITTEN
    what = f"{type(fault).__name__}: {fault}".splitlines()[0]
    click.echo(f"error: a fault in vomkg itself: {what}; {ISSUES}", err=True)
    return OUR_FAULT


def _house_style(message: str) -> str:
    """A click message in our style: no capital, no full stop, one line."""
    line = " ".join(message.split())
    return (line[:1].lower() + line[1:]).rstrip(".")


@click.group(
    "vomkg", cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"]}
)
@click.option("--debug", is_flag=True, help="Show the traceback of an error.")
@click.version_option(package_name="vomkg", prog_name="vomkg")
def main(debug: bool) -> None:
    """Ask, check and serve the evidence on victim-offender mediation.

    Example: vomkg run moderators-that-reduce-effect
    """
