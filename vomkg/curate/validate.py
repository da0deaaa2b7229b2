"""The graph against its shapes (SHACL), with pySHACL's verdict as the one of record."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rdflib import SH

from vomkg.curate.engines.background import is_judged, with_prefixes
from vomkg.curate.engines.choice import ENGINES, Engine, report_of
from vomkg.curate.engines.judged import Judged
from vomkg.curate.engines.reading import result_of
from vomkg.curate.lint import check_shapes
from vomkg.curate.result import SEVERITIES, Report, Result, Severity, subgraph
from vomkg.graph.alignment import without_mappings
from vomkg.graph.triples import Triples

if TYPE_CHECKING:
    from rdflib import Graph
    from rdflib.term import Node

__all__ = [
    "ENGINES",
    "SEVERITIES",
    "Engine",
    "Report",
    "Result",
    "Severity",
    "validate",
]


def validate(
    data: Graph | Triples,
    shapes: Graph,
    ontology: Graph,
    *,
    inferred: Graph | None = None,
    engine: Engine = "auto",
) -> Report:
    """What the shapes find wrong with the data and with terms of the ontology.

    The ontology is background: it gives the class hierarchy, the enumerations and
    the vocabulary. A term of it is judged only by shapes that name it (by class,
    by IRI, or as a value in the data), so that a shape for every subject of the
    data does not fall upon classes and properties. No graph given is changed.

    Args:
        data: what is judged, as asserted; triples as they were read are judged
            faster, since the fast engine needs no graph of rdflib.
        shapes: the shapes.
        ontology: the background; it also declares the prefixes of SPARQL in shapes.
        inferred: new triples to judge the data with, as ``vomkg.reason.infer``
            gives them; without them nothing follows but ``rdfs:subClassOf``.
        engine: ``pyshacl``, the engine of record; ``shacl``, the fast one; or
            ``auto``, the fast one where it is known to give the same.

    Raises:
        ShapesError: for shapes that are broken, recursive or check nothing.
        MissingToolError: the engine asked for is not installed.
    """
    complete = with_prefixes(shapes, ontology)
    check_shapes(complete, ontology)
    parts = (without_mappings(ontology), data, inferred)
    judged = Judged(*(part for part in parts if part is not None))
    if isinstance(data, Triples):
        known = data.subjects
        background = {s for s in ontology.subjects() if str(s) not in known}
    else:
        background = set(ontology.subjects()) - set(data.subjects())

    def counts(node: Node, found: Graph) -> bool:
        return is_judged(node, found, background, complete)

    found = report_of(judged, complete, engine, counts=counts)
    results = [
        result_of(node, found, complete)
        for node in found.objects(predicate=SH.result)
        if counts(node, found)
    ]
    ordered = tuple(sorted(results, key=lambda result: result.order))
    return Report(ordered, graph=subgraph(found, ordered))
