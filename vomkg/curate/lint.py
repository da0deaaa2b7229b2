"""Faults in shapes that a SHACL engine passes over or dies of.

A misspelt ``sh:`` term or class makes a shape that checks nothing and reports
success, so both are refused before the engine runs.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pyoxigraph
from rdflib import SH, URIRef

from vomkg.errors import ShapesError
from vomkg.graph.tokens import tokens
from vomkg.namespaces import ONTOLOGY

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rdflib import Graph
    from rdflib.term import Node

_QUERIES = (SH.select, SH.ask, SH.construct)
_PLACE = re.compile(r"\bat (\d+):(\d+)")
_FORBIDDEN = {"SERVICE", "FROM", "MINUS", "VALUES"}


def check_shapes(shapes: Graph, ontology: Graph) -> None:
    """Refuse shapes that would not check what they say.

    Raises:
        ShapesError: for a term that SHACL does not define, a term of our ontology
            that it does not declare, a pattern that is no regular expression, or
            a query that is not SPARQL or that SHACL forbids (SHACL §5.2.1).
    """
    _check_vocabulary(shapes)
    _check_terms(shapes, ontology)
    for shape, pattern in shapes.subject_objects(SH.pattern):
        try:
            re.compile(str(pattern))
        except re.error as fault:
            raise ShapesError(
                f"shape {_name(shape, shapes)} has a pattern that is no regular "
                f"expression, {str(pattern)!r}: {fault}",
                fix="correct its sh:pattern",
            ) from fault
    for kind in _QUERIES:
        for constraint, query in shapes.subject_objects(kind):
            _check_query(constraint, str(query), shapes)


def _check_vocabulary(shapes: Graph) -> None:
    for s, p, o in shapes:
        for term in (p, o):
            local = str(term).removeprefix(str(SH))
            if isinstance(term, URIRef) and local != str(term) and term not in SH:
                raise ShapesError(
                    f"shape {_name(s, shapes)} uses sh:{local}, which SHACL does not "
                    "define",
                    fix="correct the spelling",
                )


def _check_terms(shapes: Graph, ontology: Graph) -> None:
    declared = set(ontology.subjects())
    for s, _, o in shapes:
        ours = isinstance(o, URIRef) and o.startswith(ONTOLOGY)
        if ours and declared and o not in declared:
            raise ShapesError(
                f"shape {_name(s, shapes)} names <{o}>, which the ontology does not "
                "declare",
                fix="correct the spelling or declare the term",
            )


def _check_query(constraint: Node, query: str, shapes: Graph) -> None:
    where = f"the query of shape {_name(constraint, shapes)}"
    prefixes = {
        str(shapes.value(declaration, SH.prefix)): str(
            shapes.value(declaration, SH.namespace)
        )
        for owner in shapes.objects(constraint, SH.prefixes)
        for declaration in shapes.objects(owner, SH.declare)
    }
    known = set(prefixes)
    before = ""
    for token in tokens(query):
        name = token.text.partition(":")[0]
        if token.kind == "word" and token.text.upper() in _FORBIDDEN:
            raise ShapesError(
                f"{where} says {token.text.upper()}, which a shape may not",
                fix="write it without",
            )
        if token.kind == "pname" and before == "PREFIX":
            known.add(name)
        elif token.kind == "pname" and name not in known:
            raise ShapesError(
                f"{where} uses the prefix {name}:, which is not declared",
                fix="give the shape sh:prefixes, or correct the spelling",
            )
        before = token.text.upper()
    try:
        pyoxigraph.Store().query(query, prefixes=prefixes)
    except SyntaxError as fault:
        place = _PLACE.search(str(fault.msg))
        at = f" at line {place[1]}, column {place[2]} of it" if place else ""
        raise ShapesError(
            f"{where} is not SPARQL{at}", fix="correct its syntax"
        ) from fault


def _name(node: Node, shapes: Graph) -> str:
    """The node's IRI, or that of the nearest named node around it."""
    return f"<{named(node, shapes)}>"


def named(node: Node, shapes: Graph) -> str:
    """The IRI of a shape, or of the nearest named one that it is part of."""
    for level in around(node, shapes):
        iris = sorted(term for term in level if isinstance(term, URIRef))
        if iris:
            return str(iris[0])
    return f"_:{node}"


def around(node: Node, shapes: Graph) -> Iterator[set[Node]]:
    """The node itself, then what refers to it, then what refers to that, and so on."""
    seen: set[Node] = set()
    level = {node}
    while level:
        yield level
        seen |= level
        level = {s for term in level for s in shapes.subjects(object=term)} - seen
