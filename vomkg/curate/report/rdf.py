"""The report as RDF: a ``sh:ValidationReport`` in Turtle (SHACL §3.6)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

import pyoxigraph
from rdflib import RDF, RDFS, SH, BNode, Graph, Literal, Namespace, URIRef

from vomkg.curate.report import clean
from vomkg.curate.report.fingerprint import fingerprint
from vomkg.curate.report.rules import CHECK_WORDS
from vomkg.graph.terms import triples_of
from vomkg.namespaces import REPORTS

if TYPE_CHECKING:
    from rdflib.term import Node

    from vomkg.curate.report.context import Context
    from vomkg.curate.result import Report, Result, Severity

VOMR: Final = Namespace(REPORTS)
_IRI: Final = re.compile(r"[A-Za-z][\w+.-]*:[^\x00-\x20<>\"{}|^`\\]*")
_SEVERITIES: Final[dict[Severity, URIRef]] = {
    "violation": SH.Violation,
    "warning": SH.Warning,
    "info": SH.Info,
}


def write(report: Report, context: Context) -> str:
    """Every fault as a ``sh:ValidationResult`` with its place and fingerprint.

    What another check than the shapes found has a constraint component of ours,
    which the report itself describes.
    """
    graph = Graph(bind_namespaces="none")
    root = BNode()
    graph.add((root, RDF.type, SH.ValidationReport))
    graph.add((root, SH.conforms, Literal(report.conforms)))
    told = {_result(result, report.graph, graph) for result in report.results}
    # One fault may break several constraints; SHACL has a result for each.
    for node in set(report.graph.objects(predicate=SH.result)) - told:
        report.graph.cbd(node, target_graph=graph)
        told.add(node)
    for node in told:
        graph.add((root, SH.result, node))
    for check in {result.check for result in report.results} - {"shape"}:
        component = VOMR[f"{check}-check"]
        graph.add((component, RDF.type, SH.ConstraintComponent))
        graph.add((component, RDFS.label, Literal(CHECK_WORDS[check], lang="en")))
    return clean.in_turtle(_turtle(graph, context)).rstrip("\n") + "\n"


def _turtle(graph: Graph, context: Context) -> str:
    """The graph in Turtle; rdflib would write some ill-typed literals otherwise."""
    prefixes = {"rdfs": str(RDFS), "report": REPORTS, "sh": str(SH)}
    data = pyoxigraph.serialize(
        triples_of(graph),
        format=pyoxigraph.RdfFormat.TURTLE,
        prefixes={**context.names.prefixes, **prefixes},
    )
    lines = (data or b"").decode().replace("\n\t", "\n    ").split("\n")
    body = "\n".join(line for line in lines if not line.startswith("@prefix"))
    head = [
        line
        for line in sorted(set(lines) - set(body.split("\n")))
        if line.split()[1] in body
    ]
    return "\n".join([*head, "", body])


def _result(result: Result, found: Graph, graph: Graph) -> Node:
    node = result.node
    if node is not None and (node, RDF.type, SH.ValidationResult) in found:
        found.cbd(node, target_graph=graph)
    else:
        node = BNode()
        _describe(result, node, graph)
    graph.add((node, VOMR.fingerprint, Literal(fingerprint(result))))
    if result.at:
        graph.add((node, VOMR.file, _literal(result.at.file)))
        for name in ("line", "column", "end_line", "end_column"):
            number = Literal(getattr(result.at, name))
            graph.add((node, VOMR[name.replace("_l", "L").replace("_c", "C")], number))
    return node


def _describe(result: Result, node: Node, graph: Graph) -> None:
    component = VOMR[f"{result.check}-check"]
    if result.check == "shape":
        component = SH[result.component]
    graph.add((node, RDF.type, SH.ValidationResult))
    graph.add((node, SH.resultSeverity, _SEVERITIES[result.severity]))
    graph.add((node, SH.sourceConstraintComponent, component))
    graph.add((node, SH.resultMessage, _literal(result.message)))
    graph.add((node, SH.focusNode, _term(result.focus, "iri")))
    if _is_iri(result.path):
        graph.add((node, SH.resultPath, URIRef(result.path or "")))
    if _is_iri(result.shape):
        graph.add((node, SH.sourceShape, URIRef(result.shape)))
    if result.value is not None:
        graph.add((node, SH.value, _term(result.value, result.value_type)))


def _term(text: str, kind: str | None) -> Node:
    """The node that a result names by its text and kind."""
    if text.startswith("_:"):
        return BNode()
    if kind == "iri" and _is_iri(text):
        return URIRef(text)
    if kind and kind.startswith("@"):
        return Literal(clean.encodable(text), lang=kind[1:])
    datatype = URIRef(kind) if kind and _is_iri(kind) else None
    return Literal(clean.encodable(text), datatype=datatype, normalize=False)


def _literal(text: str) -> Literal:
    return Literal(clean.encodable(text))


def _is_iri(text: str | None) -> bool:
    """Whether Turtle can write the text between angle brackets (Turtle §6.5)."""
    return bool(text and _IRI.fullmatch(text))
