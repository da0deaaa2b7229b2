"""Whether each claim has its place in the source, and each place makes sense."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from rdflib import RDF, RDFS, Literal, Namespace, URIRef

from vomkg.namespaces import OA as OA_IRI
from vomkg.namespaces import ONTOLOGY

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rdflib import Graph
    from rdflib.term import Node

    Range = tuple[int, int]

VOM: Final = Namespace(ONTOLOGY)
OA: Final = Namespace(OA_IRI)


def location_faults(graph: Graph) -> list[str]:
    """One sentence a fault, sorted; terms stand in it as ``<IRI>``.

    A claim needs a place. A place needs a source, a section and one range of
    characters that is not empty, ends within the text and lies in its section.

    Args:
        graph: the data with the ontology.
    """
    return sorted({*_unlocated(graph), *_misplaced(graph)})


def _unlocated(graph: Graph) -> Iterator[str]:
    for kind in graph.transitive_subjects(RDFS.subClassOf, VOM.Claim):
        for claim in graph.subjects(RDF.type, kind):
            if (claim, VOM.locatedIn, None) not in graph:
                yield f"<{claim}> has no place in a source: add vom:locatedIn"


def _misplaced(graph: Graph) -> Iterator[str]:
    places: set[Node] = set()
    for p in (VOM.locatedIn, VOM.extendsOver, VOM.titledAt):
        places |= set(graph.objects(predicate=p))
    for place in places:
        ranges = _ranges(place, graph)
        if len(ranges) != 1:
            yield f"<{place}> needs one range of characters, found {len(ranges)}"
            continue
        yield from _outside(place, ranges[0], graph)


def _outside(place: Node, span: Range, graph: Graph) -> Iterator[str]:
    start, end = span
    shown = f"<{place}> covers {start} to {end}"
    if start >= end:
        yield f"{shown}, which is no text: its end must lie behind its start"
    lengths = [
        number
        for source in graph.objects(place, OA.hasSource)
        for number in _numbers(source, VOM.characterCount, graph)
    ]
    if not lengths:
        yield f"<{place}> names no source of known length: add oa:hasSource"
    elif end > max(lengths):
        yield f"{shown}, but the source ends at {max(lengths)}"
    sections = list(graph.objects(place, VOM.inSection))
    if not sections:
        yield f"<{place}> stands in no section: add vom:inSection"
    for section in sections:
        extents = [
            extent
            for whole in graph.objects(section, VOM.extendsOver)
            for extent in _ranges(whole, graph)
        ]
        if not any(low <= start and end <= high for low, high in extents):
            within = ", ".join(f"{low} to {high}" for low, high in extents)
            yield f"{shown}, outside <{section}> ({within or 'no range'})"


def _ranges(place: Node, graph: Graph) -> list[Range]:
    return [
        (start, end)
        for selector in graph.objects(place, OA.hasSelector)
        for start in _numbers(selector, OA.start, graph)
        for end in _numbers(selector, OA.end, graph)
    ]


def _numbers(node: Node, p: URIRef, graph: Graph) -> list[int]:
    values = (value for value in graph.objects(node, p) if isinstance(value, Literal))
    return [int(value) for value in values if str(value).isdigit()]
