"""``vomkg build``: a release, in the cache, in a folder, or published to a shelf."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Literal

import click

from vomkg.cli.graph import say
from vomkg.errors import UsageError

if TYPE_CHECKING:
    from vomkg.config import Settings


@click.command("build", short_help="Build a release from the sources.")
@click.argument(
    "folder", type=click.Path(path_type=Path), required=False, metavar="[FOLDER]"
)
@click.option(
    "--to",
    "shelf",
    type=click.Path(path_type=Path),
    metavar="DIR",
    help="Publish it in this folder of releases, and make it the current one.",
)
@click.option(
    "--data",
    "files",
    type=click.Path(path_type=Path),
    metavar="FILE",
    multiple=True,
    help="With --to: build it from this RDF file; may be repeated.  "
    "[default: the sources]",
)
@click.option(
    "--default-graph",
    type=click.Choice(["union", "plain"]),
    default="union",
    show_default=True,
    help="With --data: whether named graphs are part of the default graph.",
)
@click.option(
    "--store-kind",
    type=click.Choice(["auto", "memory", "disk"]),
    default="auto",
    show_default=True,
    help="With --to: whether it is loaded when served, or opened on disk; auto "
    "goes by size.",
)
@click.option(
    "--keep",
    type=click.IntRange(min=1),
    metavar="N",
    help="With --to: remove the oldest releases beyond N, but never the current "
    "and the previous one.",
)
def build_command(
    folder: Path | None,
    shelf: Path | None,
    files: tuple[Path, ...],
    default_graph: Literal["union", "plain"],
    store_kind: Literal["auto", "memory", "disk"],
    keep: int | None,
) -> None:
    """Build a release: the graph, checked and completed, in one folder.

    Without FOLDER it goes to the cache, where `serve` and `run` look for it.
    With --to it is made to be served by `serve --release DIR`, switched to, and
    cited. Prints the folder.

    Example: vomkg build
    """
    from vomkg.config import settings_from_environment
    from vomkg.release import build, open_release

    settings = settings_from_environment()
    if shelf is not None:
        if folder is not None:
            raise UsageError("FOLDER and --to are two places", fix="give one")
        if default_graph == "plain" and not files:
            raise UsageError("--default-graph plain goes with --data")
        _publish(settings, shelf, files, default_graph, store_kind, keep)
        return
    if files or keep or store_kind != "auto" or default_graph != "union":
        raise UsageError(
            "--data, --default-graph, --store-kind and --keep go with --to",
            fix="name the folder of releases by --to",
        )
    if folder is None:
        release = open_release(settings, say)
    else:
        release = build(settings, folder, progress=say)
    click.echo(
        f"release {release.id[:12]}, {sum(release.counts.values())} triples", err=True
    )
    click.echo(str(release.path))


def _publish(
    settings: Settings,
    folder: Path,
    files: tuple[Path, ...],
    default_graph: Literal["union", "plain"],
    store_kind: Literal["auto", "memory", "disk"],
    keep: int | None,
) -> None:
    from vomkg.release.publish import publish
    from vomkg.release.shelf import Shelf

    shelf = Shelf(folder)
    found = publish(
        settings,
        shelf,
        files,
        default_graph=default_graph,
        store=store_kind,
        progress=say,
    )
    shelf.switch(found)
    for name in shelf.prune(keep) if keep else ():
        click.echo(f"removed release {name}", err=True)
    click.echo(
        f"release {found.path.name}, {found.quads} triples, {found.store}; now current",
        err=True,
    )
    click.echo(str(found.path))
