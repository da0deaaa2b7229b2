"""``vomkg releases`` and ``vomkg switch``: what is published, and what is current."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from vomkg.errors import ConformanceError, InputError, UsageError

if TYPE_CHECKING:
    from vomkg.release.shelf import Shelf

_FOLDER = click.Path(path_type=Path, file_okay=False)


@click.command("releases", short_help="List the releases in a folder.")
@click.argument("folder", type=_FOLDER, metavar="DIR")
@click.option("--verify", is_flag=True, help="Compare every file with its hash.")
def releases_command(folder: Path, verify: bool) -> None:
    """List the releases that `build --to DIR` made, the newest first.

    Each with the claims that it added (+), removed (-) and changed (~) against the
    release that was current when it was built.

    Example: vomkg releases /srv/vom --verify
    """
    from vomkg.release.shelf import Shelf

    shelf = Shelf(folder)
    marks = {shelf.previous(): "previous", shelf.current(): "current"}
    damaged = 0
    for name in shelf.names():
        told, is_sound = _line(shelf, name, verify=verify)
        damaged += not is_sound
        click.echo(f"{name}  {marks.get(name, ''):8}  {told}".rstrip())
    if damaged:
        raise ConformanceError(
            "1 release is damaged"
            if damaged == 1
            else f"{damaged} releases are damaged",
            path=folder,
            fix="delete their directories and build them again",
        )


@click.command("switch", short_help="Make another release the current one.")
@click.argument("folder", type=_FOLDER, metavar="DIR")
@click.argument("start", required=False, metavar="[ID]")
@click.option("--previous", is_flag=True, help="Go back to what was current before.")
def switch_command(folder: Path, start: str | None, previous: bool) -> None:
    """Make the release ID current, once every file of it matches its hash.

    A server that runs on the folder takes it up within about a second.

    Example: vomkg switch /srv/vom --previous
    """
    from vomkg.release.shelf import Shelf

    shelf = Shelf(folder)
    if (start is not None) == previous:
        raise UsageError("give either an ID or --previous")
    if start is None:
        start = shelf.previous()
        if start is None:
            raise UsageError(
                "no release was current before", fix=f"see 'vomkg releases {folder}'"
            )
    found = shelf.find(start)
    found.check(whole=True)
    shelf.switch(found)
    click.echo(f"release {found.path.name} is current", err=True)


def _line(shelf: Shelf, name: str, *, verify: bool) -> tuple[str, bool]:
    """What there is to say of one release, and whether it is sound."""
    from vomkg.release.changes import changes_of
    from vomkg.release.manifest import NAME_LENGTH, read_manifest

    path = shelf.path / name
    try:
        found = read_manifest(path)
        found.check(whole=verify)
    except InputError as error:
        return error.message, False
    made = datetime.fromtimestamp(path.stat().st_mtime, UTC)
    told = changes_of(found.release)
    claims = ""
    if told.previous:
        counts = f"+{len(told.added)} -{len(told.removed)} ~{len(told.changed)}"
        claims = f", claims {counts} against {told.previous[:NAME_LENGTH]}"
    size = f"{found.quads} triples, {found.store}, {-(-found.bytes >> 20)} MiB"
    return (
        f"{made:%Y-%m-%d %H:%M}Z  {size}{claims}{', verified' if verify else ''}",
        True,
    )
