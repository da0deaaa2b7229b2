"""Results read from a report graph (SHACL §3.6), whichever engine wrote it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import rdflib
from rdflib import SH, Literal, URIRef
from rdflib.extras.shacl import parse_shacl_path

from vomkg.curate.lint import named
from vomkg.curate.result import Result, Severity, text_of

if TYPE_CHECKING:
    from rdflib import Graph
    from rdflib.term import Node

Key = tuple[object, ...]


def result_of(node: Node, found: Graph, shapes: Graph) -> Result:
    """One result of a report graph."""
    shape = found.value(node, SH.sourceShape)
    value = found.value(node, SH.value)
    component = text_of(found.value(node, SH.sourceConstraintComponent))
    return Result(
        severity=_severity(found.value(node, SH.resultSeverity)),
        shape=named(shape, shapes) if shape is not None else "",
        focus=text_of(found.value(node, SH.focusNode)),
        path=_path(found.value(node, SH.resultPath), shape, shapes),
        value=None if value is None else text_of(value),
        value_type=_kind(value),
        component=component.removeprefix(str(SH)),
        message=_message(node, found),
        name=_name(shape, shapes),
        details=tuple(
            sorted(_message(detail, found) for detail in found.objects(node, SH.detail))
        ),
        node=node,
    )


def key_of(node: Node, found: Graph, *, blank: bool = True) -> Key:
    """What two engines must agree on: focus, path, value, component, severity, shape.

    Args:
        node: the result.
        found: its report graph.
        blank: tell blank nodes apart by their labels.
    """
    path = found.value(node, SH.resultPath)
    terms: list[Node | None] = [
        found.value(node, p) for p in (SH.focusNode, SH.value, SH.sourceShape)
    ]
    if not blank:
        terms = [None if isinstance(t, rdflib.BNode) else t for t in terms]
    return (
        *(_exactly(term) for term in terms),
        None if path is None else parse_shacl_path(found, path).n3(),
        found.value(node, SH.sourceConstraintComponent),
        found.value(node, SH.resultSeverity),
    )


def _exactly(term: Node | None) -> object:
    """A term as written; rdflib takes some unlike literals for equal."""
    if isinstance(term, Literal):
        return str(term), term.datatype, (term.language or "").lower()
    return term


def _severity(severity: Node | None) -> Severity:
    """The severity; one that SHACL does not define counts as a violation."""
    if severity == SH.Warning:
        return "warning"
    return "info" if severity == SH.Info else "violation"


def _path(path: Node | None, shape: Node | None, shapes: Graph) -> str | None:
    if path is None or isinstance(path, URIRef):
        return None if path is None else str(path)
    # The report copies a complex path; the shape itself has it whole.
    own = shapes.value(shape, SH.path)
    return parse_shacl_path(shapes, own).n3() if own is not None else None


def _kind(value: Node | None) -> str | None:
    if isinstance(value, Literal):
        if value.language:
            return f"@{value.language}"
        return str(value.datatype or rdflib.XSD.string)
    if value is None:
        return None
    return "iri" if isinstance(value, URIRef) else "blank"


def _message(node: Node, found: Graph) -> str:
    """The English message, else the first in any language."""
    told = sorted(
        (getattr(message, "language", None) not in ("en", None), str(message))
        for message in found.objects(node, SH.resultMessage)
    )
    return told[0][1] if told else ""


def _name(shape: Node | None, shapes: Graph) -> str | None:
    names = sorted(str(name) for name in shapes.objects(shape, SH.name))
    return names[0] if names else None
