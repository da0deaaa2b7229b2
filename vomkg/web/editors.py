"""What query editors read at an endpoint, for its service description.

Editors such as that of the SIB ask the default graph for classes, examples and
prefixes; where it does not have them they read the service description, as ours
must be for the partitions of VoID. Those of the named graphs are left out: such an
editor would take them for all there is.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from pyoxigraph import NamedNode, Triple

from vomkg.namespaces import (
    DATASET_IRI,
    RDF,
    RDFS,
    SH,
    SKOS,
    VOID,
    VOID_NAMES,
    GraphName,
)
from vomkg.web.catalogue import described, here, triples

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from vomkg.knowledge import KnowledgeGraph

SCHEMA: Final = "https://schema.org/"
_QUESTIONS: Final = f"GRAPH <{GraphName.questions}> {{ ?s ?p ?o }}"
_DECLARED: Final = f"""
GRAPH <{GraphName.ontology}> {{ ?s ?p ?o }}
FILTER(?p IN (<{SH}declare>, <{SH}prefix>, <{SH}namespace>))
"""
_NAMES: Final = f"""
GRAPH <{GraphName.ontology}> {{ ?s ?said ?o }}
VALUES (?said ?p) {{
  (<{SKOS}prefLabel> <{RDFS}label>)
  (<{SKOS}definition> <{RDFS}comment>)
}}
"""


def for_editors(kg: KnowledgeGraph, endpoint: str) -> list[Triple]:
    """Figures, partitions, names of terms, examples and prefixes.

    Args:
        kg: what is served.
        endpoint: the address under which the client reached it.

    Returns:
        Nothing where the graph has no description.
    """
    found = [triple for triple in described(kg) if not _is_part_of_part(triple)]
    if not found:
        return []
    terms = set(_terms(found))
    return [
        *found,
        *here(kg, found, endpoint.removesuffix("sparql")),
        *(name for name in triples(kg, _NAMES) if name.subject in terms),
        *_examples(kg, endpoint),
        *triples(kg, _DECLARED),
    ]


def _is_part_of_part(triple: Triple) -> bool:
    """Whether it speaks of a partition of one named graph."""
    return any(
        isinstance(term, NamedNode)
        and term.value.startswith(VOID_NAMES)
        and "/" in term.value.removeprefix(VOID_NAMES)
        and not term.value.startswith(f"{DATASET_IRI}/")
        for term in (triple.subject, triple.object)
    )


def _terms(found: Iterable[Triple]) -> Iterator[object]:
    """The classes and properties of the partitions."""
    for triple in found:
        if triple.predicate.value in {VOID + "class", VOID + "property"}:
            yield triple.object


def _examples(kg: KnowledgeGraph, endpoint: str) -> Iterator[Triple]:
    for triple in triples(kg, _QUESTIONS):
        yield triple
        if triple.predicate.value == RDF + "type" and triple.object == NamedNode(
            SH + "SPARQLExecutable"
        ):
            yield Triple(
                triple.subject, NamedNode(SCHEMA + "target"), NamedNode(endpoint)
            )
