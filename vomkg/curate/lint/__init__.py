"""Faults in shapes that a SHACL engine passes over or dies of.

A misspelt ``sh:`` term or class makes a shape that checks nothing and reports
success, so shapes are read critically before an engine runs.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from vomkg.curate.lint.closed import closed_faults
from vomkg.curate.lint.contradictions import contradiction_faults
from vomkg.curate.lint.duplicates import duplicate_faults
from vomkg.curate.lint.nodes import View, around, named
from vomkg.curate.lint.patterns import pattern_faults
from vomkg.curate.lint.queries import query_faults
from vomkg.curate.lint.recursion import recursion_faults
from vomkg.curate.lint.rules import RULES, Rule
from vomkg.curate.lint.slow import slow_faults
from vomkg.curate.lint.style import style_faults
from vomkg.curate.lint.syntax import syntax_faults
from vomkg.curate.lint.targets import match_faults, use_faults
from vomkg.curate.lint.terms import import_faults, term_faults
from vomkg.curate.lint.waivers import without_waived
from vomkg.errors import ShapesError
from vomkg.settings.reading import ReadingSettings

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rdflib import Graph

    from vomkg.curate.result import Result

__all__ = ["RULES", "Rule", "around", "check_shapes", "named", "shape_faults"]

_NEEDS_DATA: Final = "NoMatch"


def shape_faults(
    shapes: Graph,
    ontology: Graph,
    data: Graph | None = None,
    *,
    most: int = ReadingSettings.shape_query_terms,
) -> list[Result]:
    """Every fault of the shapes, the worst first, without those that are waived.

    Args:
        shapes: the shapes.
        ontology: the terms that they may name; an empty one declares nothing, and
            then no term is called undeclared.
        data: what they are to judge, as a whole; without it no shape is called
            out for targets that match no node.
        most: terms that a query in them may have.
    """
    view = View(shapes)
    found = [*_stopping(view, ontology, most), *_other(view, ontology, data)]
    checked = [rule for rule in RULES if data is not None or rule != _NEEDS_DATA]
    kept = without_waived(view, dict.fromkeys(found), checked=checked)
    return sorted(kept, key=lambda result: result.order)


def check_shapes(shapes: Graph, ontology: Graph) -> None:
    """Refuse shapes with which a run would mean nothing.

    Raises:
        ShapesError: for the first fault of a rule that stops a run (see
            :data:`RULES`); its ``about`` says which node and property to show.
    """
    most = ReadingSettings.shape_query_terms
    told = _stopping(View(shapes), ontology, most)
    found = [result for result in told if RULES[result.component].stops]
    if found:
        first = min(found, key=lambda result: result.order)
        message, _, fix = first.message.rpartition("; ")
        raise ShapesError(
            message, fix=fix, about=(first.focus, first.shape, first.path)
        )


def _stopping(view: View, ontology: Graph, most: int) -> Iterator[Result]:
    """The faults of rules that stop a run, among some that do not."""
    yield from import_faults(view)
    yield from term_faults(view, ontology)
    yield from syntax_faults(view)
    yield from pattern_faults(view)
    yield from slow_faults(view)
    yield from query_faults(view, ontology, most)
    yield from recursion_faults(view)


def _other(view: View, ontology: Graph, data: Graph | None) -> Iterator[Result]:
    yield from use_faults(view)
    if data is not None:
        yield from match_faults(view, ontology, data)
    yield from contradiction_faults(view)
    yield from closed_faults(view, ontology)
    yield from duplicate_faults(view)
    yield from style_faults(view)
