"""What the graphs say of themselves: title, licence, makers and dates.

Taken from the header of the ontology and from the data set that the data describes;
what they do not say is not said.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from pyoxigraph import Literal, NamedNode, Triple

from vomkg.describe.triples import words
from vomkg.namespaces import DCAT, DCTERMS, OWL, RDF, GraphName

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping

    Graph = Collection[Triple]

# As CITATION.cff and LICENSE-DATA have it.
TITLE: Final = "vomkg: evidence on victim-offender mediation as a knowledge graph"
DESCRIPTION: Final = (
    "Claims of published sources on victim-offender mediation, each with its speaker "
    "and its place, with the ontology, the questions they answer and what follows "
    "from them: all that a query without FROM asks."
)
# Of the graphs that have no header of their own: title and description.
_MADE: Final[Mapping[str, tuple[str, str]]] = {
    GraphName.shapes: (
        "Shapes of the data",
        "SHACL shapes to which the data of a release conforms. A query without FROM "
        "does not ask them.",
    ),
    GraphName.questions: (
        "Questions to the graph",
        "Competency questions as SPARQL queries that can be run.",
    ),
    GraphName.inferred: (
        "What follows",
        "Triples that follow from data and ontology by OWL 2 RL and are not asserted.",
    ),
}
_HEADS: Final = frozenset({OWL + "Ontology", DCAT + "Dataset"})
_COPIED: Final = tuple(
    DCTERMS + name for name in ("title", "description", "created", "source")
)
# Said of every part, if all headers say the same.
_SHARED: Final = (DCTERMS + "license", DCTERMS + "creator")


def head_of(dataset: str, name: str, graph: Graph) -> Iterator[Triple]:
    """What a named graph says of itself.

    Args:
        dataset: IRI of its description.
        name: IRI of the graph.
        graph: its triples.
    """
    heads = _heads(graph)
    if len(heads) == 1:
        for triple in graph:
            if triple.subject in heads and triple.predicate.value in _COPIED:
                yield Triple(NamedNode(dataset), triple.predicate, triple.object)
    elif name in _MADE:
        title, description = _MADE[name]
        yield words(dataset, DCTERMS + "title", title)
        yield words(dataset, DCTERMS + "description", description)


def shared(dataset: str, graphs: Iterable[Graph]) -> Iterator[Triple]:
    """Licence and makers of a dataset, if all headers in the graphs agree on them."""
    said: dict[str, set[tuple[object, ...]]] = {name: set() for name in _SHARED}
    for graph in graphs:
        for head in _heads(graph):
            for name in _SHARED:
                said[name].add(_values(graph, head, name))
    for name, values in said.items():
        if len(values) == 1:
            for value in next(iter(values)):
                if isinstance(value, NamedNode | Literal):
                    yield Triple(NamedNode(dataset), NamedNode(name), value)


def _heads(graph: Graph) -> set[NamedNode]:
    return {
        triple.subject
        for triple in graph
        if triple.predicate.value == RDF + "type"
        and isinstance(triple.subject, NamedNode)
        and isinstance(triple.object, NamedNode)
        and triple.object.value in _HEADS
    }


def _values(graph: Graph, head: NamedNode, name: str) -> tuple[object, ...]:
    found = [
        triple.object
        for triple in graph
        if triple.subject == head and triple.predicate.value == name
    ]
    return tuple(sorted(found, key=str))
