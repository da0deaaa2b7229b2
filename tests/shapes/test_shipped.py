"""The shipped graph under the shipped shapes."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import pytest
from rdflib import Graph

from tests.shapes.graphs import conditions, focus_nodes, shape_nodes, written
from vomkg.curate.validate import validate
from vomkg.graph.prefixes import shorten
from vomkg.graph.read import read
from vomkg.reason import infer

if TYPE_CHECKING:
    from vomkg.config import Settings

pytestmark = pytest.mark.slow

# Shapes that no shipped thing comes under, and why that is right.
WITHOUT_FOCUS = {
    "shape:EconomicClaim": "the narrative says of costs only that they are absent",
    "shape:EconomicClaim-inDimension": "the same",
}

# Ten faults: what is taken out, what is put in, and what must be found then.
PLANTED = {
    "missing speaker": (
        "id:dc-stages vom:reportedBy id:source-narrative .",
        "",
        ["id:dc-stages vom:reportedBy MinCount Violation shape:Claim-reportedBy"],
    ),
    "wrong range": (
        'id:sel-effect-06 oa:end "1992"^^xsd:nonNegativeInteger .',
        'id:sel-effect-06 oa:end "1905"^^xsd:nonNegativeInteger .',
        ["id:sel-effect-06 oa:start LessThan Violation shape:Selector-start"],
    ),
    "swapped levels": (
        """id:mf-r2-follow-up vom:referenceLevel id:level-follow-up-6-months ;
             vom:comparisonLevel id:level-follow-up-30-months .""",
        """id:mf-r2-follow-up vom:referenceLevel id:level-follow-up-30-months ;
             vom:comparisonLevel id:level-follow-up-6-months .""",
        ["id:mf-r2-follow-up - SPARQL Violation shape:ModeratorFinding-numbersAgree"],
    ),
    "misspelt class": (
        "id:ds-page-number a vom:DocumentStatement .",
        "id:ds-page-number a vom:DocumentStatment .",
        ["id:ds-page-number rdf:type In Violation shape:Thing-type"],
    ),
    "misspelt predicate": (
        "id:es-some-increase vom:impact vom:OutcomeHigher .",
        "id:es-some-increase vom:impcat vom:OutcomeHigher .",
        [
            "id:es-some-increase vom:impcat Closed Violation shape:EffectStatement",
            "id:es-some-increase vom:impact MinCount Violation "
            "shape:EffectStatement-impact",
        ],
    ),
    "two directions": (
        "",
        "id:mf-r2-comparability vom:effectDirection vom:ReducesEffect .",
        [
            "id:mf-r2-comparability vom:effectDirection MaxCount Violation "
            "shape:ModeratorFinding-effectDirection"
        ],
    ),
    "estimate without metric": (
        "id:est-r1-overall vom:metric vom:PercentReductionInRate .",
        "",
        ["id:est-r1-overall vom:metric MinCount Violation shape:EffectEstimate-metric"],
    ),
    "bad literal": (
        "id:ic-narrative-separate-meetings vom:prevalencePercent 80.0 .",
        'id:ic-narrative-separate-meetings vom:prevalencePercent "8e1"^^xsd:decimal .',
        [
            "id:ic-narrative-separate-meetings vom:prevalencePercent Pattern Violation "
            "shape:ImplementationClaim-prevalencePercent"
        ],
    ),
    "ranking across metric families": (
        "",
        "id:est-r1-quality-lower vom:largerEffectThan id:est-r2-30-months .",
        [
            "id:est-r1-quality-lower vom:largerEffectThan SPARQL Violation "
            "shape:EffectEstimate-largerSameFamily"
        ],
    ),
    "dangling link": (
        "id:ic-narrative-repair-plan vom:describesStep id:step-repair-plan .",
        "id:ic-narrative-repair-plan vom:describesStep id:step-repair-plans .",
        [
            "id:ic-narrative-repair-plan vom:describesStep Class Violation "
            "shape:ImplementationClaim-describesStep",
            "id:step-repair-plan "
            "^vom:describes|^vom:suggestsMechanism|^vom:describesStep MinCount "
            "Violation shape:Thing-described",
        ],
    ),
}


@pytest.fixture(scope="module")
def data(settings: Settings) -> Graph:
    """The shipped data."""
    return read(settings.data_files())


@pytest.fixture(scope="module")
def ontology(settings: Settings) -> Graph:
    """The shipped ontology."""
    return read(settings.ontology_files())


def turtle(text: str, prefixes: dict[str, str]) -> Graph:
    """A few statements as a graph."""
    head = "".join(f"@prefix {name}: <{start}> .\n" for name, start in prefixes.items())
    return Graph().parse(data=head + text, format="turtle")


def test_data_conforms_as_asserted(data, shapes, ontology):
    """Nothing is broken, no gap is left unstated, nothing lies idle."""
    assert not validate(data, shapes, ontology).results


def test_data_conforms_with_what_follows_from_it(data, shapes, ontology):
    """What is inferred neither breaks a shape nor is refused by a closed one."""
    inferred = infer(ontology + data)
    assert not validate(data, shapes, ontology, inferred=inferred).results


def test_planted_faults_are_caught(data, shapes, ontology, prefixes):
    """Each of ten faults is found where it is, and nothing else is reported."""
    faulty = Graph() + data
    expected: Counter[str] = Counter()
    for fault, (out, put, results) in PLANTED.items():
        for triple in turtle(out, prefixes):
            assert triple in faulty, f"{fault}: the data no longer says {triple}"
            faulty.remove(triple)
        faulty += turtle(put, prefixes)
        expected.update(results)
    found = validate(faulty, shapes, ontology).results
    assert expected == Counter(written(result, prefixes) for result in found)


def test_every_shape_looks_at_something(data, shapes, ontology, prefixes):
    """A shape without a focus node would pass whatever the data says."""
    whole = ontology + data
    idle = {
        shorten(str(shape), prefixes)
        for shape in shape_nodes(shapes) - conditions(shapes)
        if next(focus_nodes(shape, shapes, whole), None) is None
    }
    assert set(WITHOUT_FOCUS) == idle
