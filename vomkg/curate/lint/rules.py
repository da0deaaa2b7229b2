"""The rules of the lint: what each demands, how bad a breach is, and if it stops a run."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from vomkg.curate.result import Severity


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule of the lint.

    Attributes:
        id: its name in reports and in waivers.
        demands: what must hold, in one line.
        severity: how bad a breach is.
        stops: a run with such shapes means nothing, so it is refused; such a rule
            cannot be waived.
    """

    id: str
    demands: str
    severity: Severity = "violation"
    stops: bool = False


_LISTED: Final = (
    Rule("UnknownTerm", "a term under `sh:` is one that SHACL defines", stops=True),
    Rule(
        "UnsupportedTerm",
        "no feature beyond SHACL Core and SHACL-SPARQL is used: it would check nothing",
        stops=True,
    ),
    Rule("UndeclaredTerm", "a term of ours is declared in the ontology", stops=True),
    Rule(
        "UndeclaredBorrowedTerm",
        "a class or property of others is listed in the ontology, or is a term of a "
        "vocabulary with a closed list of terms",
    ),
    Rule(
        "WrongValue",
        "a value is of the kind that SHACL asks for: a whole number, an IRI, a text",
        stops=True,
    ),
    Rule("TooManyValues", "a parameter that takes one value has one", stops=True),
    Rule("MalformedList", "a list is whole, ends, and holds what it must", stops=True),
    Rule("MalformedPath", "a path is one that SHACL §2.3.1 describes", stops=True),
    Rule("WrongPlace", "a parameter stands at the kind of shape it is for", stops=True),
    Rule("MissingPath", "a property shape has exactly one path", stops=True),
    Rule("DanglingShape", "a shape that is referred to exists", stops=True),
    Rule(
        "IncompleteConstraint",
        "parameters that work only together are all given",
    ),
    Rule("Recursion", "no shape refers to itself, by whatever way", stops=True),
    Rule("BadPattern", "a pattern is a regular expression of XPath", stops=True),
    Rule(
        "SlowPattern",
        "a pattern has no repetition that a text can fit in more ways than one: the "
        "time to try them all doubles with each character",
        stops=True,
    ),
    Rule("BadQuery", "a query is SPARQL of bounded size", stops=True),
    Rule(
        "ForbiddenWord",
        "a query has none of SERVICE, FROM, MINUS and VALUES (SHACL §5.2.1)",
        stops=True,
    ),
    Rule("UndeclaredPrefix", "a query's prefixes are declared", stops=True),
    Rule("MissingThis", "a query speaks of $this and projects it", stops=True),
    Rule("UnfilledMessage", "a message names only variables that the query projects"),
    Rule("Import", "no shapes are fetched by `owl:imports`", stops=True),
    Rule("UnknownSeverity", "a severity is one of SHACL's three"),
    Rule("DeadShape", "a shape has a target, or a shape in use refers to it"),
    Rule("NoMatch", "the targets of a shape match a node of data or ontology"),
    Rule("Deactivated", "no shape is switched off", severity="warning"),
    Rule("Unsatisfiable", "some value can meet all the constraints on it"),
    Rule("UnreachableValue", "each value of `sh:in` is one the shape lets through"),
    Rule("DuplicateConstraint", "a shape says nothing twice", severity="warning"),
    Rule("ShapeWithoutIRI", "a shape has an IRI, so that it can be spoken of"),
    Rule("ShapeWithoutMessage", "a shape that reports has an `sh:message`"),
    Rule("ShapeWithoutName", "a shape has an `sh:name`", severity="warning"),
    Rule(
        "ShapeWithoutSeverity",
        "a shape that reports has an `sh:severity`",
        severity="warning",
    ),
    Rule("MalformedWaiver", "a waiver names a rule that can be waived, and why"),
    Rule("UnusedWaiver", "a waiver waives something"),
)
RULES: Final = {rule.id: rule for rule in _LISTED}
