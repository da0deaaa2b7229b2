"""``vomkg coverage``: how complete the data is, and what the shapes look at."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from vomkg.cli.talk import say

if TYPE_CHECKING:
    from vomkg.coverage.measure import Coverage


@click.command("coverage", short_help="Show how complete the data is.")
@click.argument("version", required=False)
@click.option(
    "--format",
    "format_name",
    type=click.Choice(["text", "json", "markdown", "badge"]),
    default="text",
    show_default=True,
    help="How to write it; a badge is an SVG.",
)
@click.option("--all", "whole", is_flag=True, help="Show each property of each class.")
@click.option(
    "--trend",
    metavar="DIR",
    type=click.Path(path_type=Path),
    help="One line for each release in a folder instead.",
)
@click.option(
    "--fail-under",
    metavar="PERCENT",
    type=click.FloatRange(0, 100),
    help="Leave with 1 if MUST, SHOULD or the triples looked at are below.",
)
def coverage_command(
    version: str | None,
    format_name: str,
    whole: bool,
    trend: Path | None,
    fail_under: float | None,
) -> None:
    """Show how much of what the shapes ask for is there, and what they look at.

    VERSION is a file in the place of the data, a folder with sources or with a
    release, or git:REVISION; the sources as they are if it is left out.

    Example: vomkg coverage --all
    """
    from vomkg.config import settings_from_environment
    from vomkg.coverage import report as written
    from vomkg.coverage.measure import badge, measure
    from vomkg.curate.names import Names
    from vomkg.graph.prefixes import load_prefixes
    from vomkg.workbench.versions import opened

    settings = settings_from_environment()
    if trend is not None:
        _check_alone(version, format_name, whole=whole)
        click.echo(written.trend(_releases(trend)), nl=False)
        return
    with opened(version or str(settings.root), settings, say) as chosen:
        say("measuring what the shapes ask for and look at")
        found = measure(chosen.data, chosen.shapes, chosen.ontology)
        names = Names.of(chosen.ontology + chosen.data, load_prefixes(settings.root))
    if format_name == "badge":
        told = badge(found)
    elif format_name == "json":
        told = written.json(found)
    else:
        write = written.text if format_name == "text" else written.markdown
        told = write(found, names, whole=whole)
    click.echo(told, nl=False)
    shares = [found.share("MUST"), found.share("SHOULD"), found.looked_at]
    low = any(of and have * 100 < (fail_under or 0) * of for have, of in shares)
    click.get_current_context().exit(1 if low else 0)


def _check_alone(version: str | None, format_name: str, *, whole: bool) -> None:
    from vomkg.errors import UsageError

    if version or whole or format_name != "text":
        raise UsageError(
            "--trend shows a table of releases, and nothing else",
            fix="leave out VERSION, --format and --all",
        )


def _releases(folder: Path) -> list[tuple[str, Coverage]]:
    """Each release of a folder by the start of its id, the oldest first."""
    from vomkg.config import settings_from_environment
    from vomkg.coverage.measure import measure
    from vomkg.release.shelf import Shelf
    from vomkg.workbench.versions import opened

    settings = settings_from_environment()
    rows = []
    for name in reversed(Shelf(folder).names()):
        say(f"measuring release {name}")
        with opened(str(folder / name), settings) as chosen:
            found = measure(chosen.data, chosen.shapes, chosen.ontology)
        rows.append((name, found))
    return rows
