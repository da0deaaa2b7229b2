"""``vomkg diff``: what an edit does to the claims and to the answers."""

from __future__ import annotations

import click

from vomkg.cli.talk import say


@click.command("diff", short_help="Show what differs between two versions.")
@click.argument("old", metavar="OLD")
@click.argument("new", metavar="[NEW]", required=False)
@click.option(
    "--format",
    "format_name",
    type=click.Choice(["text", "json", "markdown"]),
    default="text",
    show_default=True,
    help="How to write what differs.",
)
@click.option(
    "--answers/--no-answers",
    default=True,
    show_default=True,
    help="Ask both versions every question, and show which answers change.",
)
@click.option("--exit-code", is_flag=True, help="Leave with 1 if anything differs.")
def diff_command(
    old: str, new: str | None, format_name: str, answers: bool, exit_code: bool
) -> None:
    """Show in words what differs between two versions of the graph.

    A version is an RDF file in the place of the data, a folder with the sources
    or with a release, or git:REVISION. NEW is the sources as they are now if it
    is left out.

    Example: vomkg diff data/vom.ttl
    """
    from contextlib import ExitStack

    from vomkg.config import settings_from_environment
    from vomkg.curate.names import Names
    from vomkg.graph.prefixes import load_prefixes
    from vomkg.workbench import difference_report as written
    from vomkg.workbench.answers import answer_changes
    from vomkg.workbench.differences import differences, terms_changed
    from vomkg.workbench.versions import opened

    settings = settings_from_environment()
    with ExitStack() as stack:
        before, after = (
            stack.enter_context(opened(name, settings, say))
            for name in (old, new or str(settings.root))
        )
        found = written.Told(
            old,
            new or "the sources as they are",
            differences(before, after),
            terms_changed(before, after),
            answer_changes(before.knowledge, after.knowledge, _asking)
            if answers
            else None,
        )
        known = before.ontology + before.data + after.ontology + after.data
        names = Names.of(known, load_prefixes(settings.root))
        write = getattr(written, format_name)
        click.echo(write(found, names), nl=False)
    click.get_current_context().exit(1 if exit_code and not found.is_empty else 0)


def _asking(question: str) -> None:
    say(f"asking both {question}")
