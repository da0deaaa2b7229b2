"""``vomkg ask``: a question in plain words."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import click

from vomkg.cli.graph import open_graph, store_option
from vomkg.cli.output import emit

if TYPE_CHECKING:
    from vomkg.ask.reply import Absence, Reply
    from vomkg.knowledge import KnowledgeGraph


@click.command("ask", short_help="Ask in plain words.")
@click.argument("words", nargs=-1, required=True, metavar="WORDS...")
@click.option(
    "--format",
    "format_name",
    type=click.Choice(["text", "json"]),
    default="text",
    show_default=True,
    help="How to write the outcome.",
)
@store_option
@click.pass_context
def ask_command(
    context: click.Context, words: tuple[str, ...], format_name: str, store: str | None
) -> None:
    """Ask in plain words; no language model is used.

    The outcome is an answer under the question that the words were read as, three
    questions that may be meant, what the reviews do not report, or a refusal that
    names the words that mean nothing here. The exit code is 0 for an answer and 1
    for any other outcome.

    Example: vomkg ask "does it still work after two years?"
    """
    from vomkg.ask.asker import checked
    from vomkg.config import settings_from_environment

    settings = settings_from_environment(store=store)
    text = checked(" ".join(words), settings.ask_length)
    kg = open_graph(settings)
    reply = kg.ask(text)
    if format_name == "json":
        click.echo(json.dumps(reply.fields(), indent=2, ensure_ascii=False))
    else:
        _print(kg, reply)
    if not reply:
        context.exit(1)


def _print(kg: KnowledgeGraph, reply: Reply) -> None:
    from vomkg.graph.text import printable

    if reply.corrected:
        read = ", ".join(
            f"{typed} as {meant}" for typed, meant in reply.corrected.items()
        )
        click.echo(printable(f"Spelling: {read}."))
    if reply.lead:
        click.secho(reply.lead, bold=True)
    if reply.unknown_words:
        unknown = ", ".join(reply.unknown_words)
        click.echo(printable(f"Words that mean nothing here: {unknown}."))
    if reply.read_as:
        click.echo(f"We read this as: {reply.read_as}")
    if reply and reply.answer is not None:
        emit(kg, reply.answer, format_name="table", output=None)
    if reply.outcome == "suggestions" and reply.absences:
        click.echo("Perhaps it is something that is not reported:")
    for absence in reply.absences:
        click.echo(f"  {_absence(absence)}")
    if reply.alternatives:
        click.echo("Nearest questions:" if reply.outcome != "answered" else "Or:")
    for other in reply.alternatives:
        values = "".join(
            f" -p {name}={value}" for name, value in other.parameters.items()
        )
        click.echo(f"  {other.words}\n    vomkg run {other.question}{values}")


def _absence(absence: Absence) -> str:
    places = "; ".join(
        f"{trail.speaker_label}, {trail.section_label}, "
        f"characters {trail.start}–{trail.end}"
        for trail in absence.trails
    )
    return f"{absence.label}: {absence.statement} [{absence.kind_label}; {places}]"
