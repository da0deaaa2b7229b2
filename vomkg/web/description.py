"""What the endpoint is, in the words of SPARQL 1.1 Service Description.

Generated from the table of formats and the graphs that are there, so that it
cannot claim what is not served. The union that answers a query without FROM
leaves the shapes out, so it is not declared as sd:UnionDefaultGraph. Federated
queries are declared only where there is an endpoint that they may name. No
vocabulary for limits is in use, so they are told in words.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from pyoxigraph import Literal, NamedNode, Triple

from vomkg.engine.answer import Answer
from vomkg.formats import FORMATS
from vomkg.namespaces import DCTERMS, RDF
from vomkg.web.limits import limits

if TYPE_CHECKING:
    from collections.abc import Iterator

    from vomkg.formats import Format
    from vomkg.knowledge import KnowledgeGraph

SD: Final = "http://www.w3.org/ns/sparql-service-description#"
# The W3C's IRIs for file formats, https://www.w3.org/ns/formats/.
_FORMAT_NAMES: Final = {
    "json": "SPARQL_Results_JSON",
    "xml": "SPARQL_Results_XML",
    "csv": "SPARQL_Results_CSV",
    "tsv": "SPARQL_Results_TSV",
    "turtle": "Turtle",
    "ntriples": "N-Triples",
    "jsonld": "JSON-LD",
    "rdfxml": "RDF_XML",
    "trig": "TriG",
    "nquads": "N-Quads",
}
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
    triples = (*_service(kg, endpoint), *_dataset(kg, endpoint))
    prefixes = {"dcterms": DCTERMS, "sd": SD}
    return Answer("graph", triples=triples, prefixes=prefixes).to_bytes(form)


def _service(kg: KnowledgeGraph, endpoint: str) -> Iterator[Triple]:
    service = f"{endpoint}#service"
    yield _triple(service, RDF + "type", SD + "Service")
    yield _triple(service, SD + "endpoint", endpoint)
    yield _triple(service, SD + "supportedLanguage", SD + "SPARQL11Query")
    yield _triple(service, SD + "defaultDataset", f"{endpoint}#dataset")
    for served in FORMATS:
        yield _triple(service, SD + "resultFormat", _format_iri(served))
    if kg.settings.service_endpoints:
        yield _triple(service, SD + "feature", SD + "BasicFederatedQuery")
    told = "; ".join(
        f"{limit.name[0].lower()}{limit.name[1:]}: {limit.bound}"
        for limit in limits(kg)
    )
    text = Literal(f"Limits: {told}.", language="en")
    yield Triple(NamedNode(service), NamedNode(DCTERMS + "description"), text)


def _dataset(kg: KnowledgeGraph, endpoint: str) -> Iterator[Triple]:
    dataset = f"{endpoint}#dataset"
    default = f"{endpoint}#default-graph"
    yield _triple(dataset, RDF + "type", SD + "Dataset")
    yield _triple(dataset, SD + "defaultGraph", default)
    yield _triple(default, RDF + "type", SD + "Graph")
    names = [
        name
        for row in kg.query(_GRAPHS).rows
        if isinstance(name := row["graph"], NamedNode)
    ]
    for number, name in enumerate(names, start=1):
        named, graph = f"{endpoint}#named-{number}", f"{endpoint}#graph-{number}"
        yield _triple(dataset, SD + "namedGraph", named)
        yield _triple(named, RDF + "type", SD + "NamedGraph")
        yield Triple(NamedNode(named), NamedNode(SD + "name"), name)
        yield _triple(named, SD + "graph", graph)
        yield _triple(graph, RDF + "type", SD + "Graph")


def _format_iri(form: Format) -> str:
    return f"http://www.w3.org/ns/formats/{_FORMAT_NAMES[form.name]}"


def _triple(subject: str, predicate: str, thing: str) -> Triple:
    return Triple(NamedNode(subject), NamedNode(predicate), NamedNode(thing))
