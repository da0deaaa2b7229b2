"""``vomkg validate``: all that is wrong with the curator's files."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from vomkg.cli.graph import store_option
from vomkg.cli.timing import time_option
from vomkg.curate.report import FORMATS, GROUPINGS

if TYPE_CHECKING:
    from vomkg.curate.engines.choice import Engine
    from vomkg.curate.report import GroupBy
    from vomkg.curate.result import Severity

FILE = click.Path(path_type=Path)


@click.command("validate", short_help="Check the data against its shapes.")
@click.argument("files", metavar="[FILE]...", nargs=-1, type=FILE)
@click.option(
    "--format",
    "format_name",
    type=click.Choice(FORMATS),
    default="text",
    show_default=True,
    help="How to write the report.",
)
@click.option(
    "--output",
    "-o",
    metavar="FILE",
    type=FILE,
    help="Write the report to FILE.  [default: standard output]",
)
@click.option(
    "--group-by",
    type=click.Choice(GROUPINGS),
    default="file",
    show_default=True,
    help="What faults stand together by, in text and HTML.",
)
@click.option(
    "--show",
    metavar="N",
    type=int,
    help="Tell at most N faults at length, in text and HTML; 0 for all."
    "  [default: 100]",
)
@click.option(
    "--fail-on",
    type=click.Choice(["violation", "warning", "info"]),
    default="violation",
    show_default=True,
    help="The mildest severity for which the exit code is 1.",
)
@click.option(
    "--baseline",
    metavar="FILE",
    type=FILE,
    help="Do not count the faults that FILE knows; say which of them are gone.",
)
@click.option(
    "--write-baseline",
    metavar="FILE",
    type=FILE,
    help="Write the faults to FILE, as known from now on.",
)
@click.option(
    "--compare",
    metavar="OLD",
    type=FILE,
    help="Say what is new and what is gone since a report in JSON or a baseline.",
)
@click.option(
    "--to",
    metavar="NEW",
    type=FILE,
    help="With --compare: judge nothing, take this later report.",
)
@click.option(
    "--shapes",
    metavar="FILE",
    type=FILE,
    multiple=True,
    help="Use these shapes; may be repeated.  [default: the shipped ones]",
)
@click.option(
    "--ontology",
    metavar="FILE",
    type=FILE,
    multiple=True,
    help="Use this ontology; may be repeated.  [default: the shipped one]",
)
@click.option(
    "--with-data", is_flag=True, help="Add the FILEs to the shipped data first."
)
@click.option("--inferred", is_flag=True, help="Judge also together with what follows.")
@click.option("--rules", is_flag=True, help="Ask the hygiene rules too.")
@click.option(
    "--engine",
    type=click.Choice(["auto", "pyshacl", "shacl"]),
    default="auto",
    show_default=True,
    help="pySHACL, the fast one, or the fast one where both agree.",
)
@time_option
@store_option
@click.option(
    "--fix",
    is_flag=True,
    help="Make the safe changes in the files with which they conform better.",
)
@click.option(
    "--watch", "is_watch", is_flag=True, help="Judge again whenever a file is saved."
)
def validate_command(
    files: tuple[Path, ...],
    format_name: str,
    output: Path | None,
    group_by: GroupBy,
    show: int | None,
    fail_on: Severity,
    baseline: Path | None,
    write_baseline: Path | None,
    compare: Path | None,
    to: Path | None,
    shapes: tuple[Path, ...],
    ontology: tuple[Path, ...],
    with_data: bool,
    inferred: bool,
    rules: bool,
    engine: Engine,
    time_limit: float | None,
    store: str | None,
    fix: bool,
    is_watch: bool,
) -> None:
    """Check the data, or the FILEs in its place: syntax, literals, shapes (SHACL).

    The ontology is always the background; it is itself judged when the shipped
    data is. Exit codes: 0 conforms, 1 does not, 2 wrong usage, 3 a file cannot be
    read or the shapes are broken, 4 a limit was reached.

    Example: vomkg validate --fail-on warning
    """
    from vomkg.cli import judging as run
    from vomkg.cli.bounded import bounded
    from vomkg.config import settings_from_environment
    from vomkg.curate.report.saved import read_faults

    _check(format_name, output, compare, to, baseline or write_baseline, is_watch)
    _check_alone(store, fix, bool(files or with_data), bool(compare or is_watch))
    judging = run.Judging(
        settings_from_environment(
            faults_shown=show, store=store, validate_time=time_limit
        ),
        files,
        shapes,
        ontology,
        with_data=with_data,
        inferred=inferred,
        rules=rules,
        engine=engine,
        of_store=bool(store),
        fix=fix,
        group_by=group_by,
        fail_on=fail_on,
    )
    known = None if baseline is None else read_faults(baseline)
    if is_watch:
        from vomkg.cli.watch import watch

        click.get_current_context().exit(watch(judging, known))
    with bounded(judging.settings.validate_time):
        if compare is not None:
            later = None if to is None else read_faults(to)
            code = run.compare(judging, read_faults(compare), later, format_name)
        else:
            code = run.judge(judging, format_name, output, known, write_baseline)
    click.get_current_context().exit(code)


def _check(
    format_name: str,
    output: Path | None,
    compare: Path | None,
    to: Path | None,
    baseline: Path | None,
    is_watch: bool,
) -> None:
    """Refuse options that do not go together.

    Raises:
        UsageError: they do not.
    """
    from vomkg.errors import UsageError

    if is_watch and (format_name != "text" or output or compare):
        raise UsageError(
            "--watch shows text on the terminal",
            fix="leave out --format, --output and --compare",
        )
    if to and not compare:
        raise UsageError("--to needs --compare", fix="name the earlier report by it")
    if compare and (format_name not in {"text", "json"} or output or baseline):
        raise UsageError(
            "--compare prints what changed as text or json",
            fix="leave out --output and the baseline, and choose --format text or json",
        )


def _check_alone(
    store: str | None, fix: bool, with_files: bool, is_other: bool
) -> None:
    """Refuse a store or changes where they make no sense.

    Raises:
        UsageError: they make none.
    """
    from vomkg.errors import UsageError

    if store and (with_files or is_other):
        raise UsageError(
            "--store judges the data of a store, once, and no files",
            fix="leave out the files, --with-data, --compare and --watch",
        )
    if fix and (store or is_other):
        raise UsageError(
            "--fix changes files, once", fix="leave out --store, --compare and --watch"
        )
