"""Triples as bytes in any RDF syntax, through pyoxigraph alone."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

import pyoxigraph

from vomkg.errors import FormatError
from vomkg.namespaces import XSD

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from vomkg.formats import Format

    _Node = pyoxigraph.NamedNode | pyoxigraph.BlankNode | pyoxigraph.Literal

# What XML 1.0 cannot hold in any form (§2.2).
_NOT_XML: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
# An IRI that ends in an XML name, as the name of a property must in RDF/XML.
_NAMED: Final = re.compile(r"(?s).*[^\W\d][\w.-]*")


def encode(
    triples: Iterable[pyoxigraph.Triple], form: Format, prefixes: Mapping[str, str]
) -> bytes:
    """The triples in that syntax, with those of the prefixes that they use.

    Literals keep their text. The same triples give the same bytes, in whatever
    order they come.

    Raises:
        FormatError: the syntax is none of RDF, or cannot hold one of the triples:
            RDF/XML not every property and character, JSON-LD no triple as a term.
    """
    if form.kind == "bindings":
        raise FormatError(f"a graph cannot be written as {form.name}")
    listed = sorted(triples, key=str)
    check = _CHECKS.get(form.name)
    if check is not None:
        for triple in listed:
            check(triple)
    rdf = pyoxigraph.RdfFormat.from_media_type(form.media_type)
    data = pyoxigraph.serialize(listed, format=rdf, prefixes=_used(listed, prefixes))
    # Left bare, XML readers would take a carriage return for a line feed.
    return (
        (data or b"").replace(b"\r", b"&#13;") if form.name == "rdfxml" else data or b""
    )


def _used(
    triples: Iterable[pyoxigraph.Triple], prefixes: Mapping[str, str]
) -> dict[str, str]:
    iris = set()
    for triple in triples:
        for node in _nodes(triple):
            if isinstance(node, pyoxigraph.NamedNode):
                iris.add(node.value)
            elif isinstance(node, pyoxigraph.Literal) and not node.language:
                iris.add(node.datatype.value)
    # The type of plain literals is never written.
    iris.discard(XSD + "string")
    return {
        name: start
        for name, start in prefixes.items()
        if any(iri.startswith(start) for iri in iris)
    }


def _nodes(triple: pyoxigraph.Triple) -> Iterator[_Node]:
    """The terms of a triple, and those of the triples that stand in it."""
    for node in triple:
        if isinstance(node, pyoxigraph.Triple):
            yield from _nodes(node)
        else:
            yield node


def _check_jsonld(triple: pyoxigraph.Triple) -> None:
    if isinstance(triple.object, pyoxigraph.Triple):
        raise FormatError(
            f"JSON-LD cannot hold the triple {triple.object} as a term",
            fix="choose turtle, ntriples or rdfxml",
        )


def _check_xml(triple: pyoxigraph.Triple) -> None:
    predicate = triple.predicate.value
    if not _NAMED.fullmatch(predicate):
        raise FormatError(
            f"RDF/XML cannot name the property <{predicate}>",
            fix="choose turtle, ntriples or jsonld",
        )
    if isinstance(triple.object, pyoxigraph.Triple):
        _check_xml(triple.object)
    elif found := _NOT_XML.search(triple.object.value):
        value = triple.object.value
        raise FormatError(
            f"XML cannot hold the character U+{ord(found[0]):04X} of {value[:40]!r}",
            fix="choose turtle, ntriples or jsonld",
        )


_CHECKS: Final = {"rdfxml": _check_xml, "jsonld": _check_jsonld}
