"""What to do about each fault: in words, in Turtle, and as a change where it is safe.

A change is safe that loses nothing of what was said and that can be meant in one way
only: a slip of the pen of at most two letters in a name that nobody declares, the
same number as a literal of another type, a language tag where only one language may
stand, blanks at the ends of a text, its full stop, a prefix of our list to declare.
Everything else waits for a person, above all numbers.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from rdflib import SH

from vomkg.curate.mends.case import Case, case_of
from vomkg.curate.mends.joined import JOINS, details, kind_of, mends, pairs
from vomkg.curate.mends.makers import made
from vomkg.curate.mends.trials import Trials
from vomkg.curate.mends.world import World
from vomkg.curate.result import Report

if TYPE_CHECKING:
    from collections.abc import Mapping

    from rdflib import Graph

    from vomkg.curate.mend import Mend
    from vomkg.curate.names import Names
    from vomkg.curate.result import Result

__all__ = ["mended"]

_NOT_LOOKED_INTO = "not looked into, as {left} of the {all} faults that join shapes"


def mended(
    report: Report,
    data: Graph,
    shapes: Graph,
    names: Names,
    prefixes: Mapping[str, str],
    texts: Mapping[str, str],
    *,
    limit: int = 100,
) -> Report:
    """The report with mends, and with details where a constraint joins others.

    Mends that a result has already stay: behind ours for faults of the text itself,
    and alone where a rule or the lint gave them, which know better.

    Args:
        report: what was found.
        data: the data together with the ontology, as they were judged.
        shapes: the shapes.
        names: labels for messages.
        prefixes: the prefix list.
        texts: the text of each file judged, by the name that the report uses.
        limit: faults of constraints that join others which are looked into; each
            further one says that it was not.
    """
    world = World(data, shapes, names, prefixes, texts)
    cases = [
        case_of(result, world, report.graph.value(result.node, SH.sourceShape))
        for result in report.results
    ]
    joined = [case for case in cases if _joins(case)]
    looked_into = joined[:limit]
    trials = Trials(world, (pair for case in looked_into for pair in pairs(case)))
    unsaid = _NOT_LOOKED_INTO.format(left=len(joined[limit:]), all=len(joined))
    left_out = {id(case): unsaid for case in joined[limit:]}
    results = tuple(
        _mended(case, trials, report, left_out.get(id(case), "")) for case in cases
    )
    return Report(results, report.files, report.graph)


def _with_own(result: Result, ours: tuple[Mend, ...]) -> tuple[Mend, ...]:
    """Our mends with those that the check gave itself, none of them twice."""
    if result.mends and result.check in {"lint", "rule"}:
        return result.mends
    said = {mend.words for mend in ours}
    return (*ours, *(mend for mend in result.mends if mend.words not in said))


def _joins(case: Case) -> bool:
    return case.result.check == "shape" and kind_of(case) in JOINS


def _mended(case: Case, trials: Trials, report: Report, unsaid: str) -> Result:
    result = case.result
    if not _joins(case):
        return replace(result, mends=_with_own(result, made(case)))
    found = tuple(mends(case, trials, made)) or made(case)
    told = [unsaid] if unsaid else details(case, trials)
    # The engine's own words on the same are replaced; notes of others stay.
    known = {
        str(message)
        for detail in report.graph.objects(result.node, SH.detail)
        if result.node is not None
        for message in report.graph.objects(detail, SH.resultMessage)
    }
    kept = [line for line in result.details if not told or line not in known]
    own = _with_own(result, found)
    return replace(result, mends=own, details=(*told, *kept))
