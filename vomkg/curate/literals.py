"""Literals that are not of their type, as results."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

from vomkg.curate.place import Place
from vomkg.curate.result import Result
from vomkg.graph.literals import ill_typed
from vomkg.graph.parse import rdf_format, text_faults

if TYPE_CHECKING:
    from vomkg.graph.literals import IllTyped

CHECK: Final = "lexical-form"
_TURTLE_LIKE: Final = {"turtle", "ntriples", "trig", "nquads"}


def literal_faults(name: str, text: str) -> list[Result]:
    """Every literal of a file that is not of its type, in the order of the file.

    In Turtle and its kin each is placed at its very characters; what stands in
    brackets counts for the node whose statement they are in. In other syntaxes
    the text is searched for.

    Args:
        name: the file, as the person named it; its extension tells the syntax.
        text: what it holds.

    Raises:
        FormatError: the extension is not one of RDF.
        TurtleError: it is no Turtle-like file, and not well-formed.
    """
    path = Path(name)
    if rdf_format(path).name in _TURTLE_LIKE:
        return [_exact(name, found) for found in ill_typed(text)]
    return [
        Result(
            severity="violation",
            shape=CHECK,
            focus="",
            path=None,
            value=None,
            value_type=None,
            component="",
            message=fault.message,
            check="literal",
            at=Place(name, fault.line, fault.column or 1) if fault.line else None,
        )
        for fault in text_faults(path, text)
    ]


def _exact(name: str, found: IllTyped) -> Result:
    first, last = found.first, found.last
    end = last.column + len(last.text)
    return Result(
        severity="violation",
        shape=CHECK,
        focus=found.subject or "",
        path=found.predicate,
        value=found.lexical,
        value_type=found.kind,
        component="",
        message=f"{found.message}; correct the value or its datatype",
        check="literal",
        at=Place(name, first.line, first.column, last.line, end),
    )
