"""What the endpoint is, in the words of SPARQL 1.1 Service Description.

Generated from the table of formats and the graphs that are there, so that it
cannot claim what is not served. The union that answers a query without FROM
leaves the shapes out, so it is not declared as sd:UnionDefaultGraph; federated
queries are refused, so sd:BasicFederatedQuery is not declared either.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from pyoxigraph import NamedNode, Triple

from vomkg.engine.answer import Answer
from vomkg.formats import FORMATS
from vomkg.namespaces import RDF

if TYPE_CHECKING:
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
    service = f"{endpoint}#service"
    dataset = f"{endpoint}#dataset"
    default = f"{endpoint}#default-graph"
    triples = [
        _triple(service, RDF + "type", SD + "Service"),
        _triple(service, SD + "endpoint", endpoint),
        _triple(service, SD + "supportedLanguage", SD + "SPARQL11Query"),
        _triple(service, SD + "defaultDataset", dataset),
        _triple(dataset, RDF + "type", SD + "Dataset"),
        _triple(dataset, SD + "defaultGraph", default),
        _triple(default, RDF + "type", SD + "Graph"),
    ]
    triples += [
        _triple(service, SD + "resultFormat", _format_iri(served)) for served in FORMATS
    ]
    names = [
        name
        for row in kg.query(_GRAPHS).rows
        if isinstance(name := row["graph"], NamedNode)
    ]
    for number, name in enumerate(names, start=1):
        named, graph = f"{endpoint}#named-{number}", f"{endpoint}#graph-{number}"
        triples += [
            _triple(dataset, SD + "namedGraph", named),
            _triple(named, RDF + "type", SD + "NamedGraph"),
            Triple(NamedNode(named), NamedNode(SD + "name"), name),
            _triple(named, SD + "graph", graph),
            _triple(graph, RDF + "type", SD + "Graph"),
        ]
    return Answer("graph", triples=tuple(triples), prefixes={"sd": SD}).to_bytes(form)


def _format_iri(form: Format) -> str:
    return f"http://www.w3.org/ns/formats/{_FORMAT_NAMES[form.name]}"


def _triple(subject: str, predicate: str, thing: str) -> Triple:
    return Triple(NamedNode(subject), NamedNode(predicate), NamedNode(thing))
