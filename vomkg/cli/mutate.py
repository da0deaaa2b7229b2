"""``vomkg mutate``: how much bad data the shapes would catch."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from vomkg.cli.talk import say

if TYPE_CHECKING:
    from vomkg.config import Settings
    from vomkg.mutation.loosened import Loosened
    from vomkg.mutation.mutant import Mutant
    from vomkg.mutation.score import Score
    from vomkg.mutation.world import World
    from vomkg.workbench.catching import RulesOnMutants
    from vomkg.workbench.workspace import Workspace

_NEEDED: Final = 0.95
_SHOWN: Final = 40


@click.command(
    "mutate", short_help="Break data and shapes on purpose; count what is caught."
)
@click.option(
    "--sample",
    metavar="N",
    type=click.IntRange(min=1),
    help="Try N mutants of the data, spread over operators and properties.  [default: all]",
)
@click.option(
    "--operator",
    "operators",
    metavar="NAME",
    multiple=True,
    help="Only this operator; may be repeated.",
)
@click.option(
    "--predicate",
    "predicates",
    metavar="NAME",
    multiple=True,
    help="Only this property, as IRI or prefixed name; may be repeated.",
)
@click.option("--list", "listed", is_flag=True, help="List the operators and end.")
@click.option(
    "--examples",
    metavar="FOLDER",
    type=click.Path(path_type=Path),
    help="Weaken the shapes too, and ask the examples in FOLDER (tests/shapes of the source).",
)
@click.option(
    "--rules/--no-rules",
    default=True,
    show_default=True,
    help="Ask the hygiene rules of what the shapes let through.",
)
@click.option(
    "--compare",
    metavar="N",
    type=click.IntRange(min=0),
    default=0,
    show_default=True,
    help="Let pySHACL judge N of the mutants too.",
)
@click.option(
    "--jobs",
    metavar="N",
    type=click.IntRange(min=1),
    help="Processes at once.  [default: one a core]",
)
@click.option(
    "--seed",
    metavar="N",
    type=int,
    default=1,
    show_default=True,
    help="Decides on replacements and on the sample.",
)
@click.option(
    "--format",
    "format_name",
    type=click.Choice(["text", "json", "markdown"]),
    default="text",
    show_default=True,
    help="How to write the report.",
)
def mutate_command(
    sample: int | None,
    operators: tuple[str, ...],
    predicates: tuple[str, ...],
    listed: bool,
    examples: Path | None,
    rules: bool,
    compare: int,
    jobs: int | None,
    seed: int,
    format_name: str,
) -> None:
    """Break the shipped data in every way that is known, and count what the shapes catch.

    A mutant is caught if a shape reports a violation that the data does not have;
    warnings do not count. The exit code is 1 if the data score is below 95 %, if a
    weakened shape goes unnoticed, if both engines differ, or if a full run meets an
    acceptance that accepts nothing any more.

    Example: vomkg mutate --sample 500
    """
    from vomkg.config import settings_from_environment
    from vomkg.mutation import report
    from vomkg.mutation.world import World
    from vomkg.workbench.workspace import Workspace

    if listed:
        _list()
        return
    settings = settings_from_environment()
    work = Workspace(settings, tell=say)
    world = World(work.data, work.ontology, work.shapes, seed)
    made = _made(world, operators, predicates, work)
    loosened = None if examples is None else _loosened(examples, work)
    score = _score(made, sample, seed, jobs, compare, rules, work, loosened)
    if format_name == "json":
        click.echo(report.as_json(score, world), nl=False)
    elif format_name == "markdown":
        click.echo(report.markdown(score, work.prefixes), nl=False)
    else:
        click.echo(report.text(score, world, work.prefixes, _SHOWN), nl=False)
    faults = _faults(score, whole=not (operators or predicates))
    for fault in faults:
        click.echo(fault, err=True)
    click.get_current_context().exit(1 if faults else 0)


def _list() -> None:
    from vomkg.mutation.operators import OPERATORS

    for operator in OPERATORS:
        click.echo(f"{operator.name}: {operator.breaks}")


def _made(
    world: World,
    operators: tuple[str, ...],
    predicates: tuple[str, ...],
    work: Workspace,
) -> list[Mutant]:
    from vomkg.errors import UnknownNameError
    from vomkg.graph.prefixes import expand
    from vomkg.mutation.making import mutants
    from vomkg.mutation.operators import OPERATORS

    known = {operator.name for operator in OPERATORS}
    if unknown := sorted(set(operators) - known):
        raise UnknownNameError(
            f"there is no operator {unknown[0]!r}", fix="see vomkg mutate --list"
        )
    wanted = {expand(name, work.prefixes) for name in predicates}
    # Made by all operators, so that a mutant belongs to the same one in each run.
    return [
        mutant
        for mutant in mutants(world)
        if (not operators or mutant.operator in operators)
        and (not wanted or mutant.predicate in wanted)
    ]


def _loosened(folder: Path, work: Workspace) -> list[Loosened]:
    from vomkg.graph.read import read
    from vomkg.mutation.examples import read_examples
    from vomkg.mutation.loosened import judged

    terms = read([work.settings.root / "ontology" / "vomkg.ttl"])
    found = read_examples(folder, work.shapes_files)
    say("weakening the shapes, one constraint at a time")
    return judged(found, work.data, work.ontology, terms, work.shapes)


def _score(
    made: list[Mutant],
    size: int | None,
    seed: int,
    jobs: int | None,
    compare: int,
    rules: bool,
    work: Workspace,
    loosened: list[Loosened] | None,
) -> Score:
    import os

    from vomkg.mutation.acceptance import read_acceptances
    from vomkg.mutation.bench import bench, needs_fast_engine
    from vomkg.mutation.compare import disputed
    from vomkg.mutation.making import sample
    from vomkg.mutation.operators import OPERATORS
    from vomkg.mutation.score import Score
    from vomkg.mutation.trial import tried

    needs_fast_engine()
    chosen = sample(made, size or len(made), seed)
    say(f"trying {len(chosen)} of {len(made)} mutants of the data")
    verdicts = tried(
        bench(work.data, work.ontology, work.shapes),
        chosen,
        rules=_rules(work.settings) if rules else None,
        jobs=jobs or os.cpu_count() or 1,
        tell=lambda done: say(f"{done} of {len(chosen)}") if done % 1000 == 0 else None,
    )
    known = {operator.name for operator in OPERATORS}
    path = work.settings.root / "shapes" / "acceptances.toml"
    both = sample(chosen, compare, seed) if compare else []
    return Score(
        verdicts,
        read_acceptances(path, work.prefixes, known),
        loosened,
        len(made),
        seed,
        disputed(verdicts, both, work.data, work.ontology, work.shapes),
        len(both),
    )


def _rules(settings: Settings) -> RulesOnMutants:
    from vomkg.workbench.catching import RulesOnMutants

    files = [*settings.ontology_files(), *settings.data_files()]
    return RulesOnMutants(settings.hygiene_files(), files)


def _faults(score: Score, *, whole: bool) -> list[str]:
    """Why the exit code is 1, in words."""
    faults = []
    if score.total.after < _NEEDED:
        faults.append(f"the data score is below {_NEEDED:.0%}")
    if score.unnoticed:
        faults.append(f"{len(score.unnoticed)} weakenings of shapes go unnoticed")
    if score.disputed:
        faults.append(f"the engines differ on {len(score.disputed)} mutants")
    if score.whole and whole:
        faults += [
            f"acceptance {name!r} accepts nothing any more; take it out"
            for name, taken in score.accepted.items()
            if not taken
        ]
    return faults
