"""``vomkg search``: things by words."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from vomkg.cli.graph import graph_options, open_graph
from vomkg.cli.output import emit

if TYPE_CHECKING:
    from vomkg.search.hits import Hits

# The exit code for "the answer is no".
_NO: Final = 1


@click.command("search", short_help="Find things by words.")
@click.argument("words", nargs=-1, required=True, metavar="WORDS...")
@click.option(
    "--class",
    "kind",
    metavar="NAME",
    help="Only things of this class, such as Claim.  [default: any]",
)
@click.option(
    "--limit",
    type=click.IntRange(1, 10_000),
    default=20,
    show_default=True,
    help="How many hits to write.",
)
@click.option(
    "--format",
    "format_name",
    type=click.Choice(["table", "json", "csv"]),
    default="table",
    show_default=True,
    help="How to write the hits.",
)
@click.option(
    "--output",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Write to a file, as a whole or not at all.  [default: standard output]",
)
@graph_options("Search")
@click.pass_context
def search_command(
    context: click.Context,
    words: tuple[str, ...],
    kind: str | None,
    limit: int,
    format_name: str,
    output: Path | None,
    files: tuple[Path, ...],
    default_graph: str,
    store: str | None,
) -> None:
    """Find things by words in their names and in what is said of them.

    Words may be inflected or mistyped; what is found by its name comes first. The
    exit code is 1 if nothing is found.

    Example: vomkg search "fear of crime" --class AbsenceStatement
    """
    from vomkg.config import settings_from_environment
    from vomkg.search.searcher import checked

    settings = settings_from_environment(store=store)
    text = checked(" ".join(words), settings.search_length)
    kg = open_graph(settings, files, default_graph)
    hits = kg.search(text, kind, limit)
    if format_name == "json":
        _write(json.dumps(hits.fields(), indent=2, ensure_ascii=False) + "\n", output)
    elif hits or format_name == "csv":
        short = kg.prefixes if format_name == "table" else None
        emit(kg, hits.answer(short), format_name=format_name, output=output)
    _tell(hits)
    if not hits:
        context.exit(_NO)


def _write(text: str, output: Path | None) -> None:
    from vomkg.cli.output import write_whole

    if output is None:
        click.echo(text, nl=False)
    else:
        write_whole(output, text.encode())
        click.echo(f"wrote {output}", err=True)


def _tell(hits: Hits) -> None:
    """Say beside the data how the words were read, and what is left out."""
    from vomkg.graph.text import printable

    for typed, meant in hits.corrected.items():
        click.echo(printable(f"read {typed} as {meant}"), err=True)
    for word, near in hits.unknown.items():
        other = f"; did you mean {', '.join(near)}" if near else ""
        click.echo(printable(f"nothing here says {word}{other}"), err=True)
    if not hits:
        click.echo("nothing was found", err=True)
    elif len(hits) < hits.total:
        click.echo(f"of {hits.total} hits; --limit writes more", err=True)
