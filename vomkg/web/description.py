"""What the endpoint is, in the words of SPARQL 1.1 Service Description.

Generated from the table of formats and the graphs that are there, so that it
cannot claim what is not served. The union that answers a query without FROM
leaves some graphs out, so it is not declared as sd:UnionDefaultGraph. Federated
queries are declared only where there is an endpoint that they may name. No
vocabulary for limits is in use, so they are told in words.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from pyoxigraph import NamedNode, Triple

from vomkg.describe.dataset import part_of
from vomkg.describe.triples import link, words
from vomkg.engine.answer import Answer
from vomkg.formats import FORMATS
from vomkg.namespaces import DATASET_IRI, DCTERMS, RDF, RDFS, SD, SH, GraphName
from vomkg.web.descriptions import PREFIXES
from vomkg.web.editors import SCHEMA, for_editors
from vomkg.web.limits import limits

if TYPE_CHECKING:
    from collections.abc import Iterator

    from vomkg.formats import Format
    from vomkg.knowledge import KnowledgeGraph

_GRAPHS: Final = """
SELECT DISTINCT ?graph
WHERE { GRAPH ?graph { ?subject ?predicate ?object } }
ORDER BY ?graph
"""


def describe(kg: KnowledgeGraph, endpoint: str, form: Format) -> bytes:
    """The service description in that format.

    Args:
        kg: what the endpoint answers from.
        endpoint: the address under which the client reached it.
        form: a format for graphs.
    """
    more = for_editors(kg, endpoint)
    found = (*_service(kg, endpoint), *_dataset(kg, endpoint, bool(more)), *more)
    triples = tuple(dict.fromkeys(found))
    prefixes = {**PREFIXES, "sd": SD, "schema": SCHEMA, "sh": SH, "rdfs": RDFS}
    return Answer("graph", triples=triples, prefixes=prefixes).to_bytes(form)


def _service(kg: KnowledgeGraph, endpoint: str) -> Iterator[Triple]:
    service = f"{endpoint}#service"
    yield link(service, RDF + "type", SD + "Service")
    yield link(service, SD + "endpoint", endpoint)
    yield link(service, SD + "supportedLanguage", SD + "SPARQL11Query")
    yield link(service, SD + "defaultDataset", f"{endpoint}#dataset")
    for served in FORMATS:
        yield link(service, SD + "resultFormat", served.iri)
    if kg.settings.service_endpoints:
        yield link(service, SD + "feature", SD + "BasicFederatedQuery")
    told = "; ".join(
        f"{limit.name[0].lower()}{limit.name[1:]}: {limit.bound}"
        for limit in limits(kg)
    )
    yield words(service, DCTERMS + "description", f"Limits: {told}.")


def _dataset(kg: KnowledgeGraph, endpoint: str, is_described: bool) -> Iterator[Triple]:
    dataset = f"{endpoint}#dataset"
    default = DATASET_IRI if is_described else f"{endpoint}#default-graph"
    yield link(dataset, RDF + "type", SD + "Dataset")
    yield link(dataset, SD + "defaultGraph", default)
    yield link(default, RDF + "type", SD + "Graph")
    names = [
        name
        for row in kg.query(_GRAPHS).rows
        if isinstance(name := row["graph"], NamedNode)
    ]
    for number, name in enumerate(names, start=1):
        named, graph = f"{endpoint}#named-{number}", f"{endpoint}#graph-{number}"
        if is_described and name.value != GraphName.void:
            graph = part_of(name.value)
        yield link(dataset, SD + "namedGraph", named)
        yield link(named, RDF + "type", SD + "NamedGraph")
        yield Triple(NamedNode(named), NamedNode(SD + "name"), name)
        yield link(named, SD + "graph", graph)
        yield link(graph, RDF + "type", SD + "Graph")
