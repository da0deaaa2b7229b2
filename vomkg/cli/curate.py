"""``vomkg fmt``, ``infer`` and ``check``: commands of the curator."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from vomkg.cli.talk import say
from vomkg.cli.timing import time_option
from vomkg.errors import UsageError
from vomkg.workbench.workspace import Workspace, shown

if TYPE_CHECKING:
    from vomkg.cli.check import Outcome
    from vomkg.reason import Reasoner
    from vomkg.workbench.draft import Draft

FILE = click.Path(path_type=Path)
GRAPH_FORMATS = ["turtle", "ntriples", "jsonld", "rdfxml"]


@click.command("fmt", short_help="Bring Turtle files into their normal form.")
@click.argument("files", metavar="[FILE]...", nargs=-1, type=FILE)
@click.option(
    "--check", is_flag=True, help="Write nothing; name the files that would change."
)
def fmt_command(files: tuple[Path, ...], check: bool) -> None:
    """Bring Turtle files into their normal form, where each fact has one place.

    Without FILEs, all of ontology/, data/ and shapes/. Nothing is written unless
    every file can be read. With --check the exit code is 1 if a file would change.

    Example: vomkg fmt --check
    """
    from vomkg.cli.fmt import apply, plan
    from vomkg.config import settings_from_environment

    settings = settings_from_environment()
    chosen = [
        *(files or ()),
        *(() if files else settings.ontology_files()),
        *(() if files else settings.data_files()),
        *(() if files else settings.shapes_files()),
    ]
    changes = plan(chosen, settings)
    for change in changes:
        click.echo(f"{shown(change.path)}: {change.words}")
    if not check:
        apply(changes)
    done = "to be rewritten" if check else "rewritten"
    click.echo(f"{len(changes)} of {len(chosen)} files {done}", err=True)
    click.get_current_context().exit(1 if check and changes else 0)


@click.command("infer", short_help="Show what follows from the data.")
@click.argument("files", metavar="[FILE]...", nargs=-1, type=FILE)
@click.option(
    "--reasoner",
    type=click.Choice(["owlrl", "hermit"]),
    default="owlrl",
    show_default=True,
    help="The rules of OWL 2 RL, or all of OWL 2 DL (needs Java).",
)
@click.option(
    "--format",
    "format_name",
    type=click.Choice(["text", *GRAPH_FORMATS]),
    default="text",
    show_default=True,
    help="How to write the new triples.",
)
@click.option("--explain", is_flag=True, help="Add to each triple what it rests on.")
def infer_command(
    files: tuple[Path, ...], reasoner: Reasoner, format_name: str, explain: bool
) -> None:
    """Show what follows from the data, or from the FILEs in its place.

    Says whether data and ontology can be true together, and gives the new triples
    about our own terms. The exit code is 1 if they contradict each other.

    Example: vomkg infer --reasoner hermit --explain
    """
    from vomkg.cli.inferred import triples_in_words, verdict_in_words
    from vomkg.config import settings_from_environment
    from vomkg.formats import by_name
    from vomkg.graph.write import canonical, serialize
    from vomkg.reason import reason

    if explain and format_name != "text":
        raise UsageError("--explain is for people", fix="leave out --format")
    work = Workspace(settings_from_environment(), data=files, tell=say)
    known = work.data + work.ontology
    say(f"reasoning with {reasoner}")
    found = reason(known, reasoner)
    verdict = verdict_in_words(found.verdict, work.names)
    click.echo(verdict, err=format_name != "text")
    if format_name == "text":
        basis = known + found.inferred if explain else None
        click.echo(triples_in_words(found.inferred, work.names, basis), nl=False)
    elif format_name == "turtle":
        click.echo(canonical(found.inferred, work.prefixes), nl=False)
    else:
        click.echo(serialize(found.inferred, by_name(format_name)), nl=False)
    click.get_current_context().exit(0 if found.verdict.sound else 1)


@click.command("check", short_help="Run all that must be green before a commit.")
@click.option("--fast", is_flag=True, help="Leave out HermiT, which starts Java.")
@time_option
def check_command(fast: bool, time_limit: float | None) -> None:
    """Run all that must be green before a commit, and name each fault.

    The exit code is 1 if a step fails, 4 if the time is over. A step that cannot run for want of Java is
    named and does not fail.

    Example: vomkg check --fast
    """
    from vomkg.cli.bounded import bounded
    from vomkg.config import settings_from_environment
    from vomkg.workbench.draft import Draft

    draft = Draft(settings_from_environment(validate_time=time_limit), tell=say)
    with bounded(draft.settings.validate_time):
        code = _checked(draft, fast=fast)
    click.get_current_context().exit(code)


def _checked(draft: Draft, *, fast: bool) -> int:
    """Run every step and tell its outcome; gives 1 if one fails, else 0."""
    from vomkg.cli.check import run_step
    from vomkg.cli.steps import STEPS

    outcomes: list[Outcome] = []
    for step in STEPS:
        outcome = run_step(step, draft, fast=fast, before=outcomes)
        outcomes.append(outcome)
        for line in outcome.lines():
            click.echo(line)
    failed = sum(outcome.failed for outcome in outcomes)
    left_out = [item.step.name for item in outcomes if item.left_out]
    words = f"{failed} of {len(outcomes)} steps failed" if failed else "all green"
    if left_out:
        words += f", but NOT CHECKED: {', '.join(left_out)}"
    click.echo(words)
    return 1 if failed else 0
