"""``vomkg load``: fill a remote store with the release, or with files."""

from __future__ import annotations

import sys
from contextlib import closing, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from vomkg.errors import UpstreamError, UsageError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from rich.progress import TaskID

    from vomkg.config import Settings
    from vomkg.transfer import Outcome, Progress, Way
    from vomkg.transfer.addresses import Addresses
    from vomkg.transfer.connection import Connection
    from vomkg.transfer.contents import Contents

_WAYS = {"gsp": "the Graph Store Protocol", "update": "SPARQL Update"}


@click.command("load", short_help="Fill a remote store.")
@click.argument("url", required=False)
@click.option(
    "--data",
    "files",
    type=click.Path(path_type=Path),
    metavar="FILE",
    multiple=True,
    help="Load this RDF file; may be repeated.  [default: the shipped graph]",
)
@click.option(
    "--via",
    "way",
    type=click.Choice(["auto", "gsp", "update"]),
    default="auto",
    show_default=True,
    help="Write by the Graph Store Protocol or by SPARQL Update.",
)
@click.option(
    "--graph-store",
    metavar="URL",
    help="Where the Graph Store Protocol is spoken.  [default: guessed]",
)
@click.option("--update", metavar="URL", help="Where updates go.  [default: guessed]")
@click.option(
    "--replace", is_flag=True, help="Remove triples of others from our graphs."
)
@click.option("--restart", is_flag=True, help="Write all again, from the beginning.")
def load_command(
    url: str | None,
    files: tuple[Path, ...],
    way: Way,
    graph_store: str | None,
    update: str | None,
    replace: bool,
    restart: bool,
) -> None:
    """Fill a SPARQL 1.1 store with the shipped graph, and prove that it arrived.

    Writes each named graph, and one more, .../graph/union, that holds them all
    but shapes and void: what a remote query finds by default. Other graphs are never
    touched. Credentials come from VOMKG_STORE_USER and VOMKG_STORE_PASSWORD, or
    VOMKG_STORE_TOKEN; URL from VOMKG_STORE if it is not given. An interrupted
    load goes on where it stopped when it is started again.

    Example: vomkg load http://localhost:7878/query
    """
    from vomkg.config import settings_from_environment
    from vomkg.transfer import Load
    from vomkg.transfer.connection import Connection
    from vomkg.transfer.journal import open_journal

    settings = settings_from_environment(store=url)
    _check(settings, graph_store=graph_store, update=update)
    contents = _contents(settings, files)
    with closing(Connection(settings)) as connection:
        places = _places(connection, settings.store, update, graph_store)
        load = Load(
            contents, connection, places, settings, open_journal(settings, places.query)
        )
        try:
            with _progress() as progress:
                outcome = load.run(
                    way, replace=replace, restart=restart, progress=progress
                )
        except (UpstreamError, KeyboardInterrupt):
            if load.there:
                click.echo(
                    f"{load.there} of {contents.total} triples are written; "
                    "the same command goes on from there",
                    err=True,
                )
            raise
    _report(contents, places, outcome)


def _check(settings: Settings, **others: str | None) -> None:
    """Every address is one, and safe for the credentials.

    Raises:
        UsageError: one is missing, malformed, or would send a password in clear.
    """
    from dataclasses import replace

    from vomkg.settings.store import CHECKS, check_credentials

    if not settings.store:
        raise UsageError(
            "no address of a store", fix="give it as URL, or set VOMKG_STORE"
        )
    check_credentials(settings)
    for name, value in others.items():
        if value is not None:
            option = f"option --{name.replace('_', '-')}"
            found = CHECKS["store"]("store", value, option)
            check_credentials(replace(settings, store=str(found)))


def _contents(settings: Settings, files: Sequence[Path]) -> Contents:
    """What is to be loaded.

    Raises:
        UsageError: there is nothing in it.
    """
    from vomkg.cli.graph import say
    from vomkg.transfer.contents import of_files, of_release

    if files:
        contents = of_files(files)
    else:
        from vomkg.release import open_release

        contents = of_release(open_release(settings, progress=say))
    if not contents.total:
        raise UsageError("there are no triples to load", fix="name other files")
    if contents.renamed:
        click.echo(
            f"{contents.renamed} blank nodes are written as IRIs below "
            ".well-known/genid/, so that a part sent twice adds nothing",
            err=True,
        )
    return contents


def _places(
    connection: Connection, url: str, update: str | None, graph_store: str | None
) -> Addresses:
    """The services of the store; what was guessed is said."""
    from vomkg.transfer.addresses import addresses

    places = addresses(
        url, connection.server(url), update=update, graph_store=graph_store
    )
    if update is None or graph_store is None:
        who = f"taken for {places.server}" if places.server else "not recognised"
        click.echo(
            f"store {who}: queries to {places.query}, updates to {places.update}, "
            f"graphs to {places.graph_store}",
            err=True,
        )
    return places


@contextmanager
def _progress() -> Iterator[Progress | None]:
    """A bar on a terminal, with triples and their rate; nothing for programs."""
    if not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

    bar = Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("triples, {task.fields[rate]:.0f} per second"),
        console=Console(stderr=True),
        transient=True,
    )
    tasks: dict[str, TaskID] = {}

    def tell(step: str, done: int, total: int) -> None:
        if step not in tasks:
            tasks[step] = bar.add_task(step, total=total, rate=0)
        rate = bar.tasks[tasks[step]].speed or 0  # none before the second step
        bar.update(tasks[step], completed=done, rate=rate)

    with bar:
        yield tell


def _report(contents: Contents, places: Addresses, outcome: Outcome) -> None:
    for graph in outcome.emptied:
        click.echo(f"removed {graph}: not part of what was loaded", err=True)
    for graph, triples in contents.graphs.items():
        click.echo(f"{graph}\t{len(triples)}")
    if outcome.way:
        what = f"wrote {outcome.written} triples by {_WAYS[outcome.way]}"
    else:
        what = "nothing to write"
    proof = outcome.proof
    checked = (
        f"{proof.compared} of {contents.total} triples, a sample of the subjects, "
        "read back and equal; numbers per predicate equal"
        if proof.sampled
        else f"all {proof.compared} triples read back and equal"
    )
    click.echo(f"{places.query}: {what}; {checked}", err=True)
