"""The score in words, as a table in Markdown and as JSON."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Final

from vomkg.graph.prefixes import shorten
from vomkg.mutation.nearest import nearest
from vomkg.mutation.operators import OPERATORS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from vomkg.mutation.score import Score, Tally
    from vomkg.mutation.trial import Verdict
    from vomkg.mutation.world import World

_HEAD: Final = "| {} | mutants | by the shapes | by any check | accepted | score |"
_RULE: Final = "|---|---:|---:|---:|---:|---:|"


def percent(share: float) -> str:
    """A share as a percentage with one decimal, cut and not rounded up."""
    return f"{int(share * 1000) / 10:.1f} %"


def text(score: Score, world: World, prefixes: Mapping[str, str], most: int) -> str:
    """The report for people: figures first, then at most so many survivors."""
    lines = [*_figures(score), "", "weakest operators:"]
    ranked = sorted(score.by_operator.items(), key=lambda item: item[1].before)
    lines += [f"  {_row(name, tally)}" for name, tally in ranked if tally.before < 1]
    if score.survivors:
        lines += ["", f"survivors: {len(score.survivors)}"]
        for verdict in score.survivors[:most]:
            lines += _survivor(verdict, world, prefixes)
    for item in score.unnoticed[:most]:
        w = item.weakening
        shape = shorten(str(w.shape), prefixes)
        lines.append(f"unnoticed: {shape}: {w.kind} {shorten(w.detail, prefixes)}")
    return "\n".join(lines) + "\n"


def _figures(score: Score) -> list[str]:
    total = score.total
    tried = "all" if score.whole else f"a sample of {total.made}"
    lines = [
        f"mutants of the data: {score.made}, tried {tried}, seed {score.seed}",
        f"caught by the shapes alone: {percent(total.before)}",
        f"caught by any check: {percent(total.any)}",
        f"accepted by name: {total.accepted} ({percent(total.accepted / (total.made or 1))})",
        f"data score: {percent(total.after)}",
    ]
    if score.shape_score is not None and score.loosened is not None:
        noticed = len(score.loosened) - len(score.unnoticed)
        lines.append(
            f"shape score: {percent(score.shape_score)} "
            f"({noticed} of {len(score.loosened)} weakenings noticed)"
        )
    if score.compared:
        lines.append(
            f"judged by pySHACL too: {score.compared}, of which "
            f"{len(score.disputed)} otherwise"
        )
    return lines


def _row(name: str, tally: Tally) -> str:
    return (
        f"{name}: {tally.shapes} of {tally.made} by the shapes, "
        f"{tally.accepted} accepted, score {percent(tally.after)}"
    )


def _survivor(verdict: Verdict, world: World, prefixes: Mapping[str, str]) -> list[str]:
    shape, hint = nearest(verdict.mutant, world)
    change = verdict.mutant.words.replace("\n", "\n    ")
    told = (
        f" (caught by {'literals' if verdict.literal else 'a rule'})" * verdict.by_any
    )
    return [
        f"- {verdict.mutant.operator}{told}",
        f"    {change}",
        f"    {shorten(shape, prefixes) or 'no shape'}: {hint}",
    ]


def markdown(score: Score, prefixes: Mapping[str, str]) -> str:
    """The tables by operator, by property and by acceptance."""
    breaks = {operator.name: operator.breaks for operator in OPERATORS}
    lines = [*(f"- {line}" for line in _figures(score)), "", "## By operator", ""]
    lines += [_HEAD.format("operator"), _RULE]
    for name, tally in score.by_operator.items():
        lines.append(_cells(f"`{name}`: {breaks[name]}", tally))
    lines += ["", "## By property", "", _HEAD.format("property"), _RULE]
    for name, tally in score.by_property.items():
        shown = f"`{shorten(name, prefixes)}`" if name else "several or a whole thing"
        lines.append(_cells(shown, tally))
    lines += ["", "## Accepted by name", "", "| acceptance | kind | mutants | reason |"]
    lines.append("|---|---|---:|---|")
    taken = score.accepted
    for item in score.acceptances:
        lines.append(
            f"| `{item.name}` | {item.kind} | {taken[item.name]} | {item.reason} |"
        )
    return "\n".join(lines) + "\n"


def _cells(name: str, tally: Tally) -> str:
    return (
        f"| {name} | {tally.made} | {percent(tally.before)} | {percent(tally.any)} | "
        f"{tally.accepted} | {percent(tally.after)} |"
    )


def as_json(score: Score, world: World) -> str:
    """All figures and survivors as JSON."""

    def tally(item: Tally) -> dict[str, float]:
        return {
            "mutants": item.made,
            "shapes": item.shapes,
            "otherChecks": item.other,
            "warned": item.warned,
            "accepted": item.accepted,
            "before": item.before,
            "score": item.after,
        }

    def survivor(verdict: Verdict) -> dict[str, object]:
        shape, hint = nearest(verdict.mutant, world)
        return {
            "operator": verdict.mutant.operator,
            "subject": verdict.mutant.subject,
            "property": verdict.mutant.predicate,
            "removed": verdict.mutant.removed,
            "added": verdict.mutant.added,
            "otherCheck": verdict.by_any,
            "shape": shape or None,
            "suggestion": hint,
        }

    told = {
        "seed": score.seed,
        "made": score.made,
        "data": tally(score.total),
        "operators": {k: tally(v) for k, v in score.by_operator.items()},
        "properties": {k: tally(v) for k, v in score.by_property.items()},
        "accepted": score.accepted,
        "survivors": [survivor(verdict) for verdict in score.survivors],
        "shapeScore": score.shape_score,
        "unnoticed": [
            {
                "shape": str(item.weakening.shape),
                "change": item.weakening.kind,
                "value": item.weakening.detail,
            }
            for item in score.unnoticed
        ],
        "compared": score.compared,
        "disputed": [survivor(verdict) for verdict in score.disputed],
    }
    return json.dumps(told, indent=2, ensure_ascii=False) + "\n"
