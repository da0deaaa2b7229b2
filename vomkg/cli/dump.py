"""``vomkg dump`` and ``vomkg hash``: the graph as files, and what proves them."""

from __future__ import annotations

import sys
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from vomkg.errors import ConformanceError, UsageError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from vomkg.config import Settings

_FORMATS: Final = ("turtle", "ntriples", "jsonld", "rdfxml", "trig", "nquads")


@click.command("dump", short_help="Write the graph as files with checksums.")
@click.argument("folder", type=click.Path(path_type=Path), metavar="DIR")
@click.option(
    "--graph",
    "graphs",
    metavar="NAME",
    multiple=True,
    help="This graph, such as data; all is the dataset, union what queries ask; "
    "may be repeated.  [default: each]",
)
@click.option(
    "--format",
    "formats",
    type=click.Choice(_FORMATS),
    multiple=True,
    help="This syntax; may be repeated.  [default: each that applies]",
)
@click.option(
    "--compress",
    "compressions",
    type=click.Choice(["none", "gzip", "zstd"]),
    multiple=True,
    help="This compression; may be repeated.  [default: each]",
)
@click.option(
    "--verify",
    is_flag=True,
    help="Write nothing; compare what is in DIR, bytes and graphs.",
)
def dump_command(
    folder: Path,
    graphs: tuple[str, ...],
    formats: tuple[str, ...],
    compressions: tuple[str, ...],
    verify: bool,
) -> None:
    """Write the graph into DIR, in every RDF syntax, with SHA256SUMS.

    `sha256sum -c SHA256SUMS` in DIR compares the bytes; --verify also reads each
    file and compares the graph that it holds with that of the release. A file that
    stands in DIR and was not written by this command is never replaced.

    Example: vomkg dump /tmp/vom --graph data --format turtle
    """
    from vomkg.config import settings_from_environment
    from vomkg.release.distribution import LIST
    from vomkg.release.sums import read_sums

    settings = settings_from_environment()
    if verify:
        if graphs or formats or compressions:
            raise UsageError("--verify takes all that is in DIR", fix="give DIR alone")
        from vomkg.release.takeaway import verify as verified

        with _steps("comparing", len(read_sums(folder))) as step:
            count = verified(folder, settings, step)
        click.echo(f"{count - 1} files hold the graphs of the release", err=True)
        return
    _write(settings, folder, graphs, formats, compressions, LIST)


def _write(
    settings: Settings,
    folder: Path,
    graphs: tuple[str, ...],
    formats: tuple[str, ...],
    compressions: tuple[str, ...],
    listed: str,
) -> None:
    from vomkg.cli.graph import say
    from vomkg.release import open_release
    from vomkg.release.takeaway import chosen, take

    release = open_release(settings, say)
    picked = chosen(release, graphs, formats, compressions)
    with _steps("writing", len(picked) + 1) as step:
        take(release, picked, folder, step)
    for item in picked:
        click.echo(f"{item.sha256}  {item.name}")
    size = sum(item.bytes for item in picked)
    click.echo(
        f"release {release.id[:12]}: {len(picked)} files, {size} bytes, "
        f"in {folder}, beside {listed} and SHA256SUMS",
        err=True,
    )


@click.command("hash", short_help="The hash of the graph in a file.")
@click.argument(
    "files",
    type=click.Path(path_type=Path),
    metavar="FILE...",
    nargs=-1,
    required=True,
)
@click.option("--same", is_flag=True, help="Fail unless all files hold the same.")
def hash_command(files: tuple[Path, ...], same: bool) -> None:
    """Print the hash of what each RDF file holds, whatever its syntax.

    It is the SHA-256 of the canonical N-Quads (RDFC-1.0, sorted lines). That of
    the dataset with its graphs is the id of the release. Files may be compressed.

    Example: vomkg hash data/vom.ttl
    """
    from vomkg.config import settings_from_environment
    from vomkg.release.takeaway import graph_hash

    settings = settings_from_environment()
    found = set()
    for path in files:
        digest = graph_hash(path, settings)
        click.echo(f"{digest}  {path}")
        found.add(digest)
    if same and len(found) > 1:
        raise ConformanceError(f"the files hold {len(found)} different graphs")


@contextmanager
def _steps(what: str, total: int) -> Iterator[Callable[[str], None]]:
    """A bar on a terminal, a step for each file; nothing for programs."""
    if not sys.stderr.isatty():
        yield lambda _: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

    bar = Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        console=Console(stderr=True),
        transient=True,
    )
    task = bar.add_task(what, total=total)
    with bar:
        yield lambda name: bar.update(task, advance=1, description=f"{what} {name}")
