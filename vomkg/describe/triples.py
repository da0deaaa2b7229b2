"""Short ways to write the triples of a description."""

from __future__ import annotations

from pyoxigraph import Literal, NamedNode, Triple

from vomkg.namespaces import XSD


def link(subject: str, predicate: str, thing: str) -> Triple:
    """A triple whose object is an IRI."""
    return Triple(NamedNode(subject), NamedNode(predicate), NamedNode(thing))


def words(subject: str, predicate: str, text: str) -> Triple:
    """A triple whose object is English text."""
    return Triple(
        NamedNode(subject), NamedNode(predicate), Literal(text, language="en")
    )


def text(subject: str, predicate: str, value: str) -> Triple:
    """A triple whose object is an ``xsd:string``."""
    return Triple(NamedNode(subject), NamedNode(predicate), Literal(value))


def count(subject: str, predicate: str, number: int) -> Triple:
    """A triple whose object is an ``xsd:integer``."""
    value = Literal(str(number), datatype=NamedNode(XSD + "integer"))
    return Triple(NamedNode(subject), NamedNode(predicate), value)
