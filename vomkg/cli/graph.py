"""The graph that a command asks: the shipped release, named files, or a store."""

from __future__ import annotations

import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import click

from vomkg.cli.isolated import isolated
from vomkg.errors import EngineError, UsageError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from vomkg.config import Settings
    from vomkg.engine.source import Source
    from vomkg.knowledge import KnowledgeGraph
    from vomkg.release import Release


_Command = TypeVar("_Command", bound=Callable[..., object])


def graph_options(verb: str) -> Callable[[_Command], _Command]:
    """The options that name another graph than the shipped one.

    Args:
        verb: what the command does with a file, for the help.
    """

    def add(command: _Command) -> _Command:
        plain = click.option(
            "--default-graph",
            type=click.Choice(["union", "plain"]),
            default="union",
            show_default=True,
            help="With --data or --store: whether named graphs are part of the default graph.",
        )
        data = click.option(
            "--data",
            "files",
            type=click.Path(path_type=Path),
            metavar="FILE",
            multiple=True,
            help=f"{verb} this RDF file; may be repeated.  "
            "[default: the shipped graph]",
        )
        return data(store_option(plain(command)))

    return add


def store_option(command: _Command) -> _Command:
    """The option that names a remote store."""
    return click.option(
        "--store",
        metavar="URL",
        help="Ask the SPARQL server at this address; credentials for it come from "
        "the environment (VOMKG_STORE_USER).  [default: none]",
    )(command)


def open_graph(
    settings: Settings,
    files: Sequence[Path] = (),
    default_graph: str = "union",
) -> KnowledgeGraph:
    """The graph over the store of the settings, these files, or the shipped release.

    Raises:
        UsageError: a plain default graph is asked of the shipped release, or both
            files and a store are named.
        InputError: a source cannot be read or is not well-formed.
        ConformanceError: the shipped data breaks its shapes.
        UpstreamError: the store fails.
    """
    _check_choice(settings, files, default_graph)
    if settings.store:
        from vomkg.cli.store import GraphOfStore, store_source

        return GraphOfStore(store_source(settings, default_graph).engine(settings))
    if files:
        from vomkg.cli.files import GraphOfFiles

        return GraphOfFiles(_source(files, default_graph).engine(settings))
    from vomkg.knowledge import load

    return load(settings, progress=say)


def open_isolated(
    settings: Settings,
    files: Sequence[Path] = (),
    default_graph: str = "union",
    *,
    on_loss: Callable[[], None] | None = None,
) -> KnowledgeGraph:
    """The same graph, its queries answered within limits by worker processes.

    Where no worker process can be started it is answered here, and a warning
    says so.

    Args:
        settings: paths and limits.
        files: what to serve; none for the store or the shipped release.
        default_graph: ``union`` or ``plain``, for files and stores.
        on_loss: called if no query can be answered any more.

    Raises:
        InputError: a source cannot be read or is not well-formed.
        ConformanceError: the shipped data breaks its shapes.
        EngineError: the engine's process ended while it loaded the data.
        UsageError: a plain default graph is asked of the shipped release, or both
            files and a store are named.
        UpstreamError: the store fails.
    """
    return to_serve(settings, files, default_graph)(on_loss)


def to_serve(
    settings: Settings, files: Sequence[Path] = (), default_graph: str = "union"
) -> Callable[[Callable[[], None] | None], KnowledgeGraph]:
    """What opens that graph, in this process or another, as often as it is called.

    The release is chosen here and now, so that each gets the same one.

    Raises:
        InputError: a source of the release cannot be read.
        ConformanceError: the shipped data breaks its shapes.
        UsageError: a plain default graph is asked of the shipped release, or both
            files and a store are named.
        UpstreamError: the store fails.
    """
    _check_choice(settings, files, default_graph)
    from vomkg.engine.source import Source
    from vomkg.release import open_release

    release = None
    if settings.store:
        from vomkg.cli.store import store_source

        source = store_source(settings, default_graph)
    elif files:
        source = _source(files, default_graph)
    else:
        release = open_release(settings, progress=say)
        source = Source((str(release.dataset),), release=release.id)
    return partial(_opened, settings, source, release, source.stamp())


def _opened(
    settings: Settings,
    source: Source,
    release: Release | None,
    stamp: list[tuple[int, int, int] | None],
    on_loss: Callable[[], None] | None = None,
) -> KnowledgeGraph:
    from vomkg.cli.files import GraphOfFiles
    from vomkg.knowledge import KnowledgeGraph

    if source.stamp() != stamp:
        raise EngineError("the data have changed since the server started")
    engine = isolated(source, settings, on_loss)
    if release:
        return KnowledgeGraph(settings, release, engine)
    if settings.store:
        from vomkg.cli.store import GraphOfStore

        return GraphOfStore(engine)
    return GraphOfFiles(engine)


def _check_choice(
    settings: Settings, files: Sequence[Path], default_graph: str
) -> None:
    if settings.store and files:
        raise UsageError(
            "--data and a store cannot be asked at once",
            fix="leave --data out, or --store and the setting VOMKG_STORE",
        )
    if default_graph == "plain" and not (files or settings.store):
        raise UsageError(
            "--default-graph plain goes with --data or --store: the shipped graph is "
            "a union",
            fix="name files by --data, or leave the option out",
        )


def _source(files: Sequence[Path], default_graph: str) -> Source:
    from vomkg.engine.source import Source

    plain = default_graph == "plain"
    return Source(tuple(str(path) for path in files), "plain" if plain else "union")


def say(step: str) -> None:
    """Tell a person at a terminal what takes so long; programs are not told."""
    if sys.stderr.isatty():
        click.echo(f"building the release: {step} …", err=True)
