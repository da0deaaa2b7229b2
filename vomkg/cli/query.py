"""``vomkg query``: any SPARQL query, over the shipped graph, files or a store."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from vomkg.cli.graph import graph_options, open_graph
from vomkg.cli.output import FORMAT_NAMES, emit
from vomkg.errors import InputError, QueryError

if TYPE_CHECKING:
    from vomkg.engine.answer import Answer

STANDARD_INPUT: Final = "-"
_QUERY_FILES: Final = (".rq", ".sparql")
# The exit code for "the answer is no".
_NO: Final = 1


@click.command("query", short_help="Run a SPARQL query.")
@click.argument("query", metavar="TEXT|FILE|-")
@click.option(
    "--format",
    "format_name",
    type=click.Choice(FORMAT_NAMES),
    help="How to write the answer.  "
    "[default: by the name of --output, else table for rows, turtle for a graph]",
)
@click.option(
    "--output",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Write to a file, as a whole or not at all.  [default: standard output]",
)
@graph_options("Ask")
@click.pass_context
def query_command(
    context: click.Context,
    query: str,
    format_name: str | None,
    output: Path | None,
    files: tuple[Path, ...],
    default_graph: str,
    store: str | None,
) -> None:
    """Run a SPARQL query, given as text, as a file, or on standard input (-).

    The prefixes of the graph need no declaration. The exit code is 1 if the
    answer of ASK is no.

    Example: vomkg query "SELECT ?review { ?review a vom:SystematicReview }"
    """
    from vomkg.config import settings_from_environment

    text, path = _read(query)
    kg = open_graph(settings_from_environment(store=store), files, default_graph)
    try:
        answer: Answer = kg.query(text)
    except QueryError as fault:
        fault.path = path
        raise
    emit(kg, answer, format_name=format_name, output=output)
    if answer.boolean is False:
        context.exit(_NO)


def _read(query: str) -> tuple[str, str | None]:
    """The text of the query, and the file it is from, if it is from one.

    Raises:
        InputError: the file is missing, unreadable or not UTF-8.
    """
    if query == STANDARD_INPUT:
        return _decoded(sys.stdin.buffer.read(), "standard input"), None
    path = Path(query)
    looks_like_a_file = query.endswith(_QUERY_FILES) and not any(
        map(str.isspace, query)
    )
    if not looks_like_a_file and not _is_file(path):
        return query, None
    try:
        return _decoded(path.read_bytes(), query), query
    except OSError as fault:
        reason = (fault.strerror or "unknown reason").lower()
        raise InputError(f"cannot be read: {reason}", path=query) from fault


def _is_file(path: Path) -> bool:
    try:
        return path.is_file()
    except (OSError, ValueError):  # a query is too long for a name, or holds NUL
        return False


def _decoded(data: bytes, name: str) -> str:
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as fault:
        raise InputError("not UTF-8", path=name) from fault
