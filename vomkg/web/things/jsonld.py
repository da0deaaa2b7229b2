"""Compact JSON-LD, by a context that is made from the prefixes and the ontology.

Only what every processor of JSON-LD 1.1 does alike is used: prefixes that end as
§4.1.5 of the syntax asks, terms, and types of values. Numbers stay strings with a
type, so that the form in which they are written is not lost.
"""

from __future__ import annotations

import json
from itertools import groupby
from typing import TYPE_CHECKING, Final

from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from vomkg.formats import by_name
from vomkg.graph.encode import encode
from vomkg.graph.prefixes import shorten
from vomkg.namespaces import ONTOLOGY, RDF, XSD, GraphName
from vomkg.web.things.documents import FOAF, VOID

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from vomkg.knowledge import KnowledgeGraph

# What may stand at the end of a prefix without being declared as one (RFC 3986 §2.2).
_ENDS: Final = (":", "/", "?", "#", "[", "]", "@")
_TERMS: Final = f"""
SELECT ?term ?kind ?range
WHERE {{
  GRAPH <{GraphName.ontology}> {{
    VALUES ?kind {{ owl:ObjectProperty owl:DatatypeProperty owl:AnnotationProperty owl:Class }}
    ?term a ?kind .
    FILTER(isIRI(?term))
    OPTIONAL {{ ?term rdfs:range ?range }}
  }}
}}
ORDER BY ?term ?kind ?range
"""
_TYPE: Final = RDF + "type"
_STRING: Final = XSD + "string"

Definition = str | dict[str, str]


def context(kg: KnowledgeGraph) -> dict[str, Definition]:
    """The context of every document: prefixes, then the terms of the ontology."""
    prefixes = {
        name: start
        for name, start in (*kg.prefixes.items(), ("foaf", FOAF), ("void", VOID))
        if start.endswith(_ENDS)
    }
    found: dict[str, Definition] = dict(prefixes)
    links = {FOAF + "primaryTopic": "@id", VOID + "inDataset": "@id"}
    for iri, kind in (links | _kinds(kg)).items():
        key = _key(iri, prefixes)
        if kind:
            found[key] = {"@id": iri, "@type": kind}
        elif key != iri and ":" not in key:
            found[key] = {"@id": iri}
    return found


def compacted(
    triples: Iterable[Triple], terms: Mapping[str, Definition], address: str
) -> bytes:
    """The triples as compact JSON-LD.

    Args:
        triples: of one graph.
        terms: the context, from :func:`context`.
        address: where a client can read it.

    Returns:
        JSON-LD without a context where a triple needs more than ours can say.

    Raises:
        FormatError: JSON-LD cannot hold one of the triples.
    """
    listed = sorted(triples, key=str)
    names = _Names(terms)
    if not all(map(names.can_hold, listed)):
        return encode(listed, by_name("jsonld"), {})
    nodes = [
        names.node(subject, list(group))
        for subject, group in groupby(listed, key=lambda triple: triple.subject)
    ]
    body = {"@context": address, "@graph": nodes}
    return (json.dumps(body, ensure_ascii=False, indent=1) + "\n").encode()


class _Names:
    """Writes terms by a context."""

    def __init__(self, terms: Mapping[str, Definition]) -> None:
        self._prefixes = {
            name: value for name, value in terms.items() if isinstance(value, str)
        }
        self._keys: dict[str, str] = {}
        self._kinds: dict[str, str] = {}
        for key, value in terms.items():
            if not isinstance(value, str):
                self._keys[value["@id"]] = key
                self._kinds[key] = value.get("@type", "")

    def can_hold(self, triple: Triple) -> bool:
        """Whether it can be written by the context, and read back the same."""
        thing = triple.object
        if isinstance(thing, Triple) or (
            isinstance(thing, Literal)
            and (triple.predicate.value == _TYPE or thing.direction is not None)
        ):
            return False
        # An IRI whose scheme is one of our prefixes would be read as a short one.
        return all(
            node.value.partition(":")[0] not in self._prefixes
            for node in (*triple, getattr(thing, "datatype", None))
            if isinstance(node, NamedNode)
        )

    def node(
        self, subject: NamedNode | BlankNode | Triple, triples: Iterable[Triple]
    ) -> dict[str, object]:
        """All that is said of one subject."""
        found: dict[str, list[object]] = {}
        for triple in triples:
            if triple.predicate.value == _TYPE:
                iri = self._iri(triple.object)
                value: object = self._keys.get(getattr(triple.object, "value", ""), iri)
                key = "@type"
            else:
                key = self._key(triple.predicate.value)
                value = self._value(triple.object, self._kinds.get(key, ""))
            found.setdefault(key, []).append(value)
        values = {
            key: found[key][0] if len(found[key]) == 1 else found[key] for key in found
        }
        return {"@id": self._iri(subject), **values}

    def _key(self, iri: str) -> str:
        return self._keys.get(iri) or shorten(iri, self._prefixes)

    def _iri(self, node: object) -> str:
        if isinstance(node, NamedNode):
            return shorten(node.value, self._prefixes)
        return str(node)

    def _value(self, node: object, kind: str) -> object:
        if not isinstance(node, Literal):
            return self._iri(node) if kind == "@id" else {"@id": self._iri(node)}
        if node.language:
            return {"@value": node.value, "@language": node.language}
        datatype = node.datatype.value
        if datatype == (kind or _STRING):
            return node.value
        return {"@value": node.value, "@type": shorten(datatype, self._prefixes)}


def _kinds(kg: KnowledgeGraph) -> dict[str, str]:
    """By IRI of a term the type of its values; empty where it has no fixed one."""
    ranges: dict[str, set[str]] = {}
    links: set[str] = set()
    for row in kg.query(_TERMS).rows:
        term, kind, span = (getattr(row[name], "value", "") for name in row)
        # A plain string needs no type, and some readers tell one with it apart.
        ranges.setdefault(term, set()).add("" if span == _STRING else span)
        if kind.endswith("ObjectProperty"):
            links.add(term)
    return {
        term: "@id"
        if term in links
        else next(iter(spans))
        if len(spans) == 1 and next(iter(spans)).startswith(XSD)
        else ""
        for term, spans in ranges.items()
    }


def _key(iri: str, prefixes: Mapping[str, str]) -> str:
    """What stands for a term: the local name of one of ours, else its short IRI."""
    short = shorten(iri, prefixes)
    local = iri.removeprefix(ONTOLOGY)
    is_ours = iri.startswith(ONTOLOGY) and ":" in short and local not in prefixes
    return local if is_ours else short
