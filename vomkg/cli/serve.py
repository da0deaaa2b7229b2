"""``vomkg serve``: the front end, until it is stopped."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from vomkg.cli.graph import graph_options, to_serve
from vomkg.cli.live import live_app
from vomkg.config import Settings
from vomkg.errors import UsageError
from vomkg.settings.server import SERVERS

if TYPE_CHECKING:
    from vomkg.serving.front import Opener

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
    "--release",
    "shelf",
    type=click.Path(path_type=Path),
    metavar="DIR",
    help="Serve the current release of this folder of releases, and its others "
    "at permanent addresses.",
)
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
@click.option(
    "--server",
    type=click.Choice(SERVERS),
    help="What speaks HTTP; auto takes granian where it runs.  "
    f"[default: {_DEFAULTS['server']}]",
)
@click.option(
    "--stop-time",
    type=click.FloatRange(0, 7200),
    help="Seconds to finish what is being answered when told to stop.  "
    "[default: the time limit and 2 more]",
)
@click.option(
    "--proxies",
    type=click.IntRange(0, 10),
    help="Trusted proxies in front, whose X-Forwarded headers count.  "
    f"[default: {_DEFAULTS['proxies']}]",
)
@click.option(
    "--public-url",
    metavar="URL",
    help="Address that clients see, such as https://example.org/vom.  "
    "[default: the one they ask]",
)
@click.option(
    "--access-log",
    metavar="FILE",
    help="Write each request to this file as a line of JSON; - is standard "
    "output.  [default: none]",
)
@click.option(
    "--log-queries",
    is_flag=True,
    default=None,
    help="Write the text of queries to the access log too.",
)
def serve_command(
    files: tuple[Path, ...],
    default_graph: str,
    shelf: Path | None,
    **flags: str | float | None,
) -> None:
    """Run the front end: pages for people, an endpoint for programs.

    Each query runs in a process of its own, which is ended at its limit.

    The first start builds the release; later starts reuse it. Stop it with
    Ctrl+C: what is being answered is finished; a second Ctrl+C ends it at once.
    Each default can also be set in the environment, as VOMKG_PORT.

    With --release the server takes up another release as soon as 'vomkg switch'
    or 'vomkg build --to' makes it current.

    Example: vomkg serve --port 8077
    """
    from vomkg.config import settings_from_environment
    from vomkg.serving.front import one_graph
    from vomkg.serving.listener import listening
    from vomkg.serving.run import serve

    settings = settings_from_environment(**flags)
    if shelf is not None and (files or default_graph != "union"):
        raise UsageError(
            "--release goes without --data and --default-graph",
            fix="give these to 'vomkg build --to'",
        )
    # First, so that a port that is taken is told before a release is built.
    with listening(settings.host, settings.port) as listener:
        if shelf is not None:
            opener: Opener = partial(live_app, settings, shelf)
        else:
            opener = partial(one_graph, to_serve(settings, files, default_graph))
        serve(settings, opener, listener, _say)


def _say(text: str) -> None:
    click.echo(text, err=True)
