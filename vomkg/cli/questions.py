"""``vomkg questions`` and ``vomkg run``: the shipped questions and their answers."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import click

from vomkg.cli.exports import EXPORTS, export
from vomkg.cli.graph import open_graph, store_option
from vomkg.cli.output import FORMAT_NAMES, emit, print_table, write_out
from vomkg.errors import FormatError, ParameterError

if TYPE_CHECKING:
    from collections.abc import Iterable

    from vomkg.questions.catalogue import Question


@click.command("questions", short_help="List the questions that have a ready answer.")
@click.option("--dimension", metavar="D", help="Only the questions of one dimension.")
@click.option(
    "--format",
    "format_name",
    type=click.Choice(["table", "json"]),
    default="table",
    show_default=True,
    help="How to write the list.",
)
def questions_command(dimension: str | None, format_name: str) -> None:
    """List the questions that have a ready answer, by dimension.

    Example: vomkg questions --dimension moderator
    """
    from vomkg.config import settings_from_environment
    from vomkg.graph.prefixes import load_prefixes
    from vomkg.questions.catalogue import Catalogue

    settings = settings_from_environment()
    catalogue = Catalogue.load(settings.question_files(), load_prefixes(settings.root))
    found = catalogue.in_dimension(dimension) if dimension else tuple(catalogue)
    if format_name == "json":
        text = json.dumps([_record(item) for item in found], indent=2)
        click.echo(text)
        return
    _print_list(found)


@click.command("run", short_help="Answer one of the questions.")
@click.argument("question_id", metavar="ID")
@click.option(
    "-p",
    "--param",
    "pairs",
    metavar="NAME=VALUE",
    multiple=True,
    help="Give a parameter of the question; may be repeated.",
)
@click.option(
    "--format",
    "format_name",
    type=click.Choice([*FORMAT_NAMES, *EXPORTS]),
    help="How to write the answer; svg and png are its picture, labelled is CSV with "
    "names and caveats.  [default: by the name of --output, else table]",
)
@click.option(
    "--output",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Write to a file, as a whole or not at all.  [default: standard output]",
)
@click.option("--trail", is_flag=True, help="Add to each row who says so, and where.")
@store_option
def run_command(
    question_id: str,
    pairs: tuple[str, ...],
    format_name: str | None,
    output: Path | None,
    trail: bool,
    store: str | None,
) -> None:
    """Answer one of the questions; ID is its name in `vomkg questions`.

    Example: vomkg run moderators-that-reduce-effect --format csv
    """
    from vomkg.config import settings_from_environment

    values = _values(pairs)
    kg = open_graph(settings_from_environment(store=store))
    question = kg.questions[question_id]
    answer = kg.run(question_id, **values)
    wanted = format_name or (output.suffix.removeprefix(".") if output else "")
    if wanted in EXPORTS:
        if trail:
            raise FormatError(
                f"{wanted} has no place for the trail", fix="take --format table"
            )
        write_out(export(kg, question_id, answer, wanted), output)
        return
    emit(
        kg,
        answer,
        format_name=format_name,
        output=output,
        title=question.question,
        trail=trail,
    )


def _values(pairs: Iterable[str]) -> dict[str, str]:
    """The parameters of the command line, each given once."""
    values: dict[str, str] = {}
    for pair in pairs:
        name, equals, value = pair.partition("=")
        if not equals or not name:
            raise ParameterError(
                f"{pair!r} is not a parameter", fix="write -p name=value"
            )
        if name in values:
            raise ParameterError(f"parameter {name!r} is given twice", fix="keep one")
        values[name] = value
    return values


def _record(question: Question) -> dict[str, object]:
    return {
        "id": question.id,
        "summary": question.summary,
        "question": question.question,
        "dimension": question.dimension,
        "parameters": [
            {
                "name": parameter.name,
                "type": parameter.type,
                "label": parameter.label,
                "default": parameter.default,
            }
            for parameter in question.parameters
        ],
        "columns": [
            {"name": column.name, "meaning": column.meaning}
            for column in question.columns
        ],
    }


def _print_list(found: Iterable[Question]) -> None:
    rows = [
        [
            item.dimension,
            item.id + "".join(f" -p {p.name}=…" for p in item.parameters),
            item.question,
        ]
        for item in found
    ]
    print_table(["dimension", "id", "question"], rows)
