"""``vomkg new``: a statement to fill in, from what the shapes ask."""

from __future__ import annotations

from pathlib import Path

import click


@click.command("new", short_help="Write a template for a new thing.")
@click.argument("kind", required=False)
@click.option("--id", "slug", metavar="SLUG", help="The end of its IRI, as in id:SLUG.")
@click.option(
    "--all", "whole", is_flag=True, help="Also the properties that it may have."
)
@click.option(
    "--output",
    "-o",
    metavar="FILE",
    type=click.Path(path_type=Path),
    help="Write to a new file.  [default: standard output]",
)
def new_command(
    kind: str | None, slug: str | None, whole: bool, output: Path | None
) -> None:
    """Write Turtle to fill in for a new thing of that KIND, or list the kinds.

    It holds what the shapes ask for, with the values there are to choose from.

    Example: vomkg new review --id review-three
    """
    from vomkg.config import settings_from_environment
    from vomkg.curate.kinds import kind as find
    from vomkg.curate.kinds import kinds, label
    from vomkg.curate.template import BLANK, template
    from vomkg.errors import InputError
    from vomkg.workbench.workspace import Workspace

    work = Workspace(settings_from_environment())
    if kind is None:
        for name, iri in kinds(work.shapes, work.ontology).items():
            click.echo(f"{name:<26} {label(iri, work.ontology)}".rstrip())
        return
    known = work.ontology + work.data
    text = template(
        find(kind, work.shapes, work.ontology),
        known,
        work.prefixes,
        slug=_checked(slug, known) if slug else BLANK,
        whole=whole,
    )
    if output is None:
        click.echo(text, nl=False)
        return
    try:
        with output.open("x", encoding="utf-8") as file:
            file.write(text)
    except FileExistsError as error:
        raise InputError(
            "is there already, and is not written over", path=output
        ) from error
    except OSError as error:
        raise InputError(f"cannot be written: {error.strerror}", path=output) from error
    click.echo(
        f"fill in {output}, then run vomkg validate --with-data {output}", err=True
    )


def _checked(slug: str, known: object) -> str:
    """The slug, if it is one and nothing carries it yet."""
    import re

    from rdflib import Graph, URIRef

    from vomkg.errors import UsageError
    from vomkg.namespaces import BASE

    if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", slug):
        raise UsageError(
            f"{slug!r} is no slug", fix="use lower case letters, digits and hyphens"
        )
    if isinstance(known, Graph) and (URIRef(f"{BASE}id/{slug}"), None, None) in known:
        raise UsageError(f"id:{slug} is described already", fix="choose another slug")
    return slug
