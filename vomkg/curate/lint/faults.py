"""A fault of the lint as a result."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rdflib import Literal, URIRef
from rdflib.namespace import XSD

from vomkg.curate.lint.nodes import named
from vomkg.curate.lint.rules import RULES
from vomkg.curate.result import Result, text_of
from vomkg.namespaces import SH

if TYPE_CHECKING:
    from rdflib.term import Node

    from vomkg.curate.lint.nodes import View


def fault(
    rule: str,
    view: View,
    node: Node,
    found: str,
    fix: str,
    *,
    at: str | None = None,
    value: Node | None = None,
) -> Result:
    """A breach of a rule.

    Args:
        rule: the rule's id.
        view: the shapes.
        node: the shape or constraint at fault.
        found: what is wrong with it, as the end of a sentence that it begins.
        fix: what to do, as an instruction.
        at: the property of SHACL concerned, without its ``sh:``, or an IRI.
        value: the value at fault.
    """
    shape = named(node, view.graph)
    path = None if at is None else at if ":" in at else SH + at
    kind = "the query of shape" if "select" in view.said(node) else "shape"
    return Result(
        severity=RULES[rule].severity,
        shape=shape,
        focus=text_of(node),
        path=path,
        value=None if value is None else text_of(value),
        value_type=None if value is None else _kind(value),
        component=rule,
        message=f"{kind} <{shape}> {found}; {fix}",
        check="lint",
    )


def shown(term: Node) -> str:
    """A term as it is written in a message."""
    if isinstance(term, URIRef):
        if term.startswith(SH):
            return f"sh:{term[len(SH) :]}"
        return f"<{term}>"
    if isinstance(term, Literal):
        text = repr(str(term))
        if term.language:
            return f"{text}@{term.language}"
        if term.datatype in (None, XSD.string):
            return text
        return f"{text} of type <{term.datatype}>"
    return "an anonymous node"


def _kind(value: Node) -> str:
    if isinstance(value, Literal):
        if value.language:
            return f"@{value.language}"
        return str(value.datatype or XSD.string)
    return "iri" if isinstance(value, URIRef) else "blank"
