"""Mappings are kept apart from what is reasoned over and judged."""

from __future__ import annotations

import rdflib
from rdflib import SKOS

from vomkg.graph.alignment import without_mappings

TURTLE = """
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix e: <https://example.org/> .
e:a skos:exactMatch e:b ; skos:related e:c ; skos:prefLabel "a"@en .
e:c skos:closeMatch e:d .
"""


def test_mappings_are_left_out_and_all_else_is_kept():
    """Only the mapping properties go; the graph that was given stays whole."""
    graph = rdflib.Graph().parse(data=TURTLE)
    kept = without_mappings(graph)
    assert {SKOS.related, SKOS.prefLabel} == set(kept.predicates())
    assert len(graph) == 4
