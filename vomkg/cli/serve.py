"""``vomkg serve``: the front end, until it is stopped."""

from __future__ import annotations

import logging
import os
import signal
from contextlib import nullcontext
from functools import partial
from socket import AddressFamily, create_server
from typing import TYPE_CHECKING, Final, NoReturn

import click

from vomkg.cli.graph import graph_options, open_isolated
from vomkg.config import Settings
from vomkg.errors import EngineError, UsageError

if TYPE_CHECKING:
    from pathlib import Path
    from socket import socket
    from types import FrameType

    from vomkg.knowledge import KnowledgeGraph

# Threads for requests that ask nothing, so that they pass those that wait.
_BESIDES: Final = 4
_DEFAULTS = {
    name: str(field.default) for name, field in Settings.__dataclass_fields__.items()
}


@click.command("serve", short_help="Run the front end.")
@click.option("--host", help=f"Address to listen on.  [default: {_DEFAULTS['host']}]")
@click.option(
    "--port",
    type=click.IntRange(0, 65_535),
    help=f"Port to listen on; 0 takes a free one.  [default: {_DEFAULTS['port']}]",
)
@graph_options("Serve")
@click.option(
    "--row-limit",
    type=click.IntRange(min=1),
    help=f"Most rows of an answer.  [default: {_DEFAULTS['row_limit']}]",
)
@click.option(
    "--byte-limit",
    type=click.IntRange(min=1),
    help=f"Most bytes of an answer.  [default: {_DEFAULTS['byte_limit']}]",
)
@click.option(
    "--time-limit",
    type=click.FloatRange(0.05, 3600),
    help=f"Seconds that a query may take.  [default: {_DEFAULTS['time_limit']}]",
)
@click.option(
    "--memory-limit",
    type=click.IntRange(16, 1 << 20),
    help=f"MiB that a query may need.  [default: {_DEFAULTS['memory_limit']}]",
)
@click.option(
    "--workers",
    type=click.IntRange(1, 64),
    help="Processes that answer queries.  [default: one for each core]",
)
@click.option(
    "--queue",
    type=click.IntRange(0, 1000),
    help=f"Most queries that may wait.  [default: {_DEFAULTS['queue']}]",
)
def serve_command(
    files: tuple[Path, ...], default_graph: str, **flags: str | float | None
) -> None:
    """Run the front end: pages for people, an endpoint for programs.

    Each query runs in a process of its own, which is ended at its limit.

    The first start builds the release; later starts reuse it. Stop it with
    Ctrl+C. Each default can also be set in the environment, as VOMKG_PORT.

    Example: vomkg serve --port 8077
    """
    from vomkg.config import settings_from_environment
    from vomkg.engine.workers import IsolatedEngine

    settings = settings_from_environment(**flags)
    # First, so that a port that is taken is told before a release is built.
    with _listener(settings.host, settings.port) as listener:
        kg = open_isolated(
            settings,
            files,
            default_graph,
            on_loss=partial(os.kill, os.getpid(), signal.SIGTERM),
        )
        signal.signal(signal.SIGTERM, _stop)
        engine = kg.engine
        # In process there are no limits either, so no queue to make room for.
        waiting = settings.queue if isinstance(engine, IsolatedEngine) else 0
        with engine if isinstance(engine, IsolatedEngine) else nullcontext():
            _run(kg, listener, settings.workers + waiting + _BESIDES)
        if isinstance(engine, IsolatedEngine) and engine.lost is not None:
            raise EngineError(f"the query engine was lost: {engine.lost}")


def _listener(host: str, port: int) -> socket:
    """A socket that listens there.

    Raises:
        UsageError: the address is not ours, or the port is taken.
    """
    family = AddressFamily.AF_INET6 if ":" in host else AddressFamily.AF_INET
    try:
        return create_server((host, port), family=family)
    except OSError as fault:
        # A name that is not found has a negative number and words of its own.
        number = fault.errno or 0
        reason = os.strerror(number) if number > 0 else fault.strerror or str(fault)
        raise UsageError(
            f"cannot listen on {host}:{port}: {reason.lower()}",
            fix="choose another by --port or --host",
        ) from fault


def _run(kg: KnowledgeGraph, listener: socket, threads: int) -> None:
    import waitress

    from vomkg.web import create_app
    from vomkg.web.cache import cached

    # A short queue is no news; a fault of ours still is.
    logging.getLogger("waitress.queue").setLevel(logging.ERROR)
    host, port = listener.getsockname()[:2]
    shown = f"[{host}]" if ":" in host else host
    click.echo(f"serving on http://{shown}:{port}/ (stop with Ctrl+C)", err=True)
    # Whoever waits for another's evaluation waits for its queue too.
    patience = max(60.0, 6 * kg.settings.time_limit)
    app = cached(create_app(kg), release=kg.release.id, patience=patience)
    waitress.serve(app, sockets=[listener], ident=None, threads=threads)


def _stop(_number: int, _frame: FrameType | None) -> NoReturn:
    """End as if by Ctrl+C, so that the server closes its sockets."""
    raise KeyboardInterrupt
