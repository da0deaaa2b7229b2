"""The shapes and checks that faults are results of, each with words of its own."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from rdflib import RDF, RDFS, SH, Literal, URIRef

if TYPE_CHECKING:
    from collections.abc import Iterable

    from rdflib import Graph
    from rdflib.term import Node

    from vomkg.curate.result import Check, Result, Severity

_SEVERITIES: Final[dict[Node | None, Severity]] = {
    SH.Warning: "warning",
    SH.Info: "info",
}
CHECK_WORDS: Final[dict[Check, str]] = {
    "syntax": "the file is well-formed",
    "literal": "a literal is of its datatype",
    "lint": "a shape checks what it means to",
    "shape": "the data has the shape",
    "rule": "a hygiene rule holds",
}


@dataclass(frozen=True, slots=True)
class Rule:
    """A shape, or another check.

    Attributes:
        id: the IRI of the shape, or the name of the check.
        name: a few words; empty if it has none.
        message: what is said of a fault, and how to mend it; may be empty.
        severity: how bad its faults are.
        check: what kind of check it is.
    """

    id: str
    name: str
    message: str
    severity: Severity = "violation"
    check: Check = "shape"


def rules_of(shapes: Graph) -> tuple[Rule, ...]:
    """Every shape with an IRI, sorted by it (SHACL §2.1)."""
    found = {
        shape
        for kind in (SH.NodeShape, SH.PropertyShape)
        for shape in shapes.subjects(RDF.type, kind)
        if isinstance(shape, URIRef)
    }
    return tuple(
        Rule(
            str(shape),
            _words(shapes, shape, SH.name, RDFS.label),
            _words(shapes, shape, SH.message, SH.description, RDFS.comment),
            _SEVERITIES.get(shapes.value(shape, SH.severity), "violation"),
        )
        for shape in sorted(found)
    )


def rule_of(result: Result) -> Rule:
    """The rule that a result speaks of, as far as the result tells."""
    name = result.name if result.check == "shape" else CHECK_WORDS[result.check]
    return Rule(result.shape, name or "", "", result.severity, result.check)


def with_those_of(rules: Iterable[Rule], results: Iterable[Result]) -> list[Rule]:
    """The rules, and after them those that only the results know of."""
    known = {rule.id: rule for rule in rules}
    for result in results:
        known.setdefault(result.shape, rule_of(result))
    return list(known.values())


def _words(shapes: Graph, shape: Node, *properties: URIRef) -> str:
    """The first of these texts that the shape has; English goes first."""
    for p in properties:
        told = sorted(
            (value.language not in ("en", None), str(value))
            for value in shapes.objects(shape, p)
            if isinstance(value, Literal)
        )
        if told:
            return told[0][1]
    return ""
