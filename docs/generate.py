"""Writes the generated pages of docs/ from the graph, the questions and the commands.

``python docs/generate.py`` writes them; ``--check`` writes nothing and exits with
1, naming each page that is not up to date.
"""

from __future__ import annotations

import os
import sys
from collections import defaultdict
from pathlib import Path
from typing import TYPE_CHECKING

import vomkg
from vomkg.curate.lint.rules import RULES
from vomkg.questions.question import DIMENSIONS

if TYPE_CHECKING:
    import click

DOCS = Path(__file__).parent

PLACES = """
SELECT ?place ?start ?end ?section ?node ?speaker
WHERE {
  {
    ?node vom:locatedIn ?place .
    ?node vom:reportedBy/skos:prefLabel ?speaker .
  }
  UNION
  {
    ?node vom:titledAt ?place .
    BIND ("heading" AS ?speaker)
  }
  ?place vom:inSection/skos:prefLabel ?section .
  ?place oa:hasSelector ?selector .
  ?selector oa:start ?start .
  ?selector oa:end ?end .
}
ORDER BY ?start ?end ?node
"""

COVERAGE_HEAD = """# What each sentence of the narrative became

Generated from the graph by `make docs`; do not edit.

Each row is one sentence, list item, heading or line of page furniture of the source, by its characters (counted from 0, the end behind the last character), with the nodes that carry it and who speaks in them.
The text itself is not quoted.
A test computes the sentences from the source anew and fails if one of them lies outside these ranges, if a character is left over, or if a place carries no node.
"""


def slug(iri: object) -> str:
    """The last part of an IRI."""
    return str(iri).rsplit("/", 1)[-1].rsplit("#", 1)[-1]


def coverage(kg: vomkg.KnowledgeGraph) -> str:
    """The page that accounts for every sentence."""
    carried: dict[tuple[int, int, str, str], list[str]] = defaultdict(list)
    for row in kg.query(PLACES):
        key = (
            int(str(row["start"])),
            int(str(row["end"])),
            str(row["section"]),
            slug(row["place"]),
        )
        speaker = "" if row["speaker"] == "heading" else f" ({row['speaker']})"
        carried[key].append(f"`{slug(row['node'])}`{speaker}")
    lines = [COVERAGE_HEAD, "| characters | place | carried by |", "|---|---|---|"]
    for (start, end, _, place), nodes in sorted(carried.items()):
        lines.append(f"| {start}–{end} | `{place}` | {', '.join(nodes)} |")
    nodes = {node for group in carried.values() for node in group}
    lines.append(f"\n{len(carried)} places, {len(nodes)} nodes.\n")
    return "\n".join(lines)


def questions(kg: vomkg.KnowledgeGraph) -> str:
    """The page that lists the questions by dimension."""
    lines = [
        "# Questions\n",
        "Generated from `queries/` by `make docs`; do not edit.\n",
        "Each question is a page (`/questions/ID`), a command (`vomkg run ID`), "
        'a Python call (`kg.run("ID")`) and a file (`queries/ID.rq`).\n',
    ]
    for dimension, title in DIMENSIONS.items():
        found = [item for item in kg.questions if item.dimension == dimension]
        if not found:
            continue
        lines.append(f"## {title}\n")
        for item in found:
            lines.append(f"### {item.id}\n\n{item.question}\n")
            for parameter in item.parameters:
                lines.append(
                    f"Parameter `{parameter.name}` ({parameter.type}, "
                    f"default `{parameter.default}`): {parameter.label}.\n"
                )
            lines += ["| column | meaning |", "|---|---|"]
            lines += [f"| `{c.name}` | {c.meaning} |" for c in item.columns]
            lines.append("")
    return "\n".join(lines)


FAULTS_HEAD = """# Planted faults

Generated from `tests/planted.yaml` by `make docs`; do not edit.

`tests/test_planted.py` plants each of these in a copy of the shipped data. Each is found at its line and column, with the mend named here; the mends are followed, and the data conforms again.
The place is that in `data/vom.ttl` with this fault alone: the value that is wrong, the property that is misspelt, or the thing to which something is to be added.
"""

FAULTS_FOOT = """
Who follows the mend: *patch*, it is safe and `vomkg validate --fix` makes it; *Turtle*, the snippet of the mend is taken as it stands; *Turtle with …*, a person fills in the value; *hand*, a person edits the text.

Swapped levels show where both levels have an estimate. Where the source gives no numbers for the levels, nothing in the graph can prove the direction; the second reading against the source is the check.

Besides, `tests/curate/test_mends.py` has a fault for every kind of constraint, `tests/shapes/` a failing graph for every constraint of every shape, `tests/hygiene/` one for every rule, and `tests/reason/` the four contradictions that the reasoners must find.
"""


def faults() -> str:
    """The page of the faults that the tests plant."""
    sys.path.insert(0, str(DOCS.parent))
    from tests.planting import place, plant, table

    source = (DOCS.parent / "data" / "vom.ttl").read_text(encoding="utf-8")
    lines = [
        FAULTS_HEAD,
        "| fault | planted in | place | found by | mend | followed by |",
        "|---|---|---|---|---|---|",
    ]
    for fault in table():
        line, column = place(plant(source, fault), fault)
        thing = f"`id:{fault.block}`" if fault.block else "the file"
        finder = f"{fault.check} `{fault.finder}`" if fault.finder else fault.check
        cells = (fault.kind, thing, f"{line}:{column}", finder, fault.mend)
        lines.append(f"| {' | '.join(cells)} | {follower(fault.follow, fault.value)} |")
    kinds = len(table())
    return "\n".join([*lines, f"\n{kinds} faults.", FAULTS_FOOT])


def follower(follow: str, value: tuple[str, ...]) -> str:
    """Who or what does as a mend says."""
    if follow in {"add", "put"}:
        return f"Turtle with `{value[0]}`" if value else "Turtle"
    return {"patch": "patch", "hand": "hand"}.get(follow, "removal")


def commands() -> str:
    """The page with the help of every command."""
    from click.testing import CliRunner

    from vomkg.cli import main

    runner = CliRunner()
    context = main.make_context("vomkg", [], resilient_parsing=True)

    def help_of(*path: str) -> str:
        found = runner.invoke(main, [*path, "--help"], prog_name="vomkg", color=False)
        if found.exit_code != 0:
            raise SystemExit(found.output)
        return found.output.rstrip()

    lines = [
        "# Commands\n",
        "Generated from the help of each command by `make docs`; do not edit.\n",
        f"```text\n{help_of()}\n```\n",
    ]
    group: click.Group = main
    for name in group.list_commands(context):
        lines.append(f"## vomkg {name}\n\n```text\n{help_of(name)}\n```\n")
    return "\n".join(lines)


LINT_HEAD = """# Rules of the lint

Generated from `vomkg/curate/lint/rules.py` by `make docs`; do not edit.

Shapes are read critically before an engine runs, since a misspelt shape checks nothing and reports success.
A breach that *stops* makes a run meaningless: `vomkg validate` refuses the shapes with exit code 3, and no waiver helps.
The others are found by `vomkg check`; violations fail it, warnings are notes.
How to waive a rule is told in [changing the graph](curators.md).
"""


def lint() -> str:
    """The page that lists the rules of the lint."""
    lines = [LINT_HEAD, "| rule | what must hold | a breach |", "|---|---|---|"]
    for rule in RULES.values():
        breach = "stops" if rule.stops else rule.severity
        lines.append(f"| `{rule.id}` | {rule.demands} | {breach} |")
    return "\n".join([*lines, ""])


def pages() -> dict[str, str]:
    """File name to text of every generated page."""
    kg = vomkg.load()
    return {
        "coverage.md": coverage(kg),
        "questions.md": questions(kg),
        "commands.md": commands(),
        "faults.md": faults(),
        "lint.md": lint(),
    }


def main(arguments: list[str]) -> int:
    """Writes or checks the pages; 0 if all are up to date."""
    os.environ["COLUMNS"] = "88"  # click wraps help to the terminal
    stale = []
    for name, text in pages().items():
        path = DOCS / name
        if path.exists() and path.read_text(encoding="utf-8") == text:
            continue
        stale.append(name)
        if "--check" not in arguments:
            path.write_text(text, encoding="utf-8")
            print(f"wrote docs/{name}")
    if stale and "--check" in arguments:
        print(f"not up to date: {', '.join(stale)}; run make docs", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
