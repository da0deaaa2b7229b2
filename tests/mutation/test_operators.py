"""What operators make, and what samples are drawn from it."""

from __future__ import annotations

from collections import Counter

import pytest
from rdflib import Graph

from vomkg.mutation.bench import bench
from vomkg.mutation.making import mutants, sample
from vomkg.mutation.mutant import line_of
from vomkg.mutation.operators import OPERATORS
from vomkg.mutation.trial import tried
from vomkg.mutation.world import World

pytestmark = pytest.mark.slow

SMALL = """
@prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix ex: <https://example.org/> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
"""
DATA = (
    SMALL
    + """
ex:a a ex:Trial ; ex:low 1.5 ; ex:high 2.5 ; ex:name "alpha"@en .
ex:b a ex:Trial ; ex:low 1.0 ; ex:high 2.0 ; ex:name "beta"@en .
ex:c a ex:Trial ; ex:low 0.5 ; ex:high 9.0 ; ex:name "gamma"@en .
"""
)
SHAPES = (
    SMALL
    + """
ex:Shape a sh:NodeShape ; sh:targetClass ex:Trial ; sh:property ex:Low .
ex:Low a sh:PropertyShape ; sh:path ex:low ; sh:lessThan ex:high ; sh:minCount 1 .
"""
)


def graph(text):
    """A small graph."""
    return Graph().parse(data=text, format="turtle")


@pytest.fixture(scope="module")
def small():
    """A world of three trials with two bounds each."""
    return World(graph(DATA), Graph(), graph(SHAPES), seed=1)


def test_every_operator_finds_something_to_break(made):
    """An operator without mutants would prove nothing."""
    assert {mutant.operator for mutant in made} == {op.name for op in OPERATORS}


def test_every_mutant_differs_from_the_data_and_from_every_other(world, made):
    """None is counted twice, and none is the valid graph again."""
    data = set(map(line_of, world.data))
    assert all(set(m.removed) <= data and not set(m.added) & data for m in made)
    changes = Counter((m.removed, m.added) for m in made)
    assert changes.most_common(1)[0][1] == 1


def test_one_seed_gives_the_same_mutants(work, made):
    """A survivor can be made again from the seed."""
    again = mutants(World(work.data, work.ontology, work.shapes, seed=1))
    assert again == made


def test_sample_holds_every_operator(made):
    """A large enough sample leaves none out, and is always the same."""
    drawn = sample(made, 2000, seed=5)
    assert {mutant.operator for mutant in drawn} == {op.name for op in OPERATORS}
    assert drawn == sample(made, 2000, seed=5)
    assert len(drawn) <= 2000


def test_order_of_bounds_is_mined(small):
    """Nobody lists which property is the lower one."""
    names = [(str(a)[-3:], str(b)[-4:]) for a, b in small.ordered]
    assert names == [("low", "high")]


def test_swapped_bounds_are_caught_and_a_changed_name_is_not(small):
    """What a shape asks for decides, and nothing else."""
    chosen = [
        mutant
        for mutant in mutants(small)
        if mutant.operator in {"swap-bounds", "cut-text"}
    ]
    verdicts = tried(bench(small.data, small.ontology, small.shapes), chosen)
    caught = {(v.mutant.operator, v.by_shapes) for v in verdicts}
    assert caught == {("swap-bounds", True), ("cut-text", False)}


def test_ill_formed_literal_is_seen_without_shapes(small):
    """The check of literals counts as a catcher of its own."""
    chosen = [m for m in mutants(small) if m.operator == "ill-formed"]
    assert chosen
    assert all(mutant.ill_typed for mutant in chosen)
