"""The gate: the shapes catch bad data, and the examples catch weak shapes."""

from __future__ import annotations

import zlib

import pytest

from tests.shapes.graphs import HERE
from vomkg.graph.read import read
from vomkg.mutation.acceptance import read_acceptances
from vomkg.mutation.bench import bench
from vomkg.mutation.compare import disputed
from vomkg.mutation.examples import read_examples
from vomkg.mutation.loosened import judged
from vomkg.mutation.making import mutants, sample
from vomkg.mutation.operators import OPERATORS
from vomkg.mutation.score import Score
from vomkg.mutation.trial import tried
from vomkg.mutation.world import World

pytestmark = pytest.mark.slow

NAMES = {operator.name for operator in OPERATORS}


def scored(work, made, size, seed):
    """The score of a sample."""
    chosen = sample(made, size, seed)
    verdicts = tried(bench(work.data, work.ontology, work.shapes), chosen, jobs=2)
    path = work.settings.root / "shapes" / "acceptances.toml"
    accepted = read_acceptances(path, work.prefixes, NAMES)
    return Score(verdicts, accepted, None, len(made), seed)


def test_shapes_catch_bad_data(work, made):
    """At least 95 % of a sample, and nine of ten before anything is accepted."""
    score = scored(work, made, 1000, seed=1)
    assert score.total.after >= 0.95
    assert score.total.before >= 0.9


def test_shapes_catch_bad_data_of_another_seed(work):
    """Other replacements, another sample: the shapes were not made for one seed."""
    other = World(work.data, work.ontology, work.shapes, seed=20261122)
    score = scored(work, mutants(other), 500, seed=20261122)
    assert score.total.after >= 0.95


def test_examples_notice_weak_shapes(work):
    """Each fifth weakening of the shapes, at random but always the same ones."""
    terms = read([work.settings.root / "ontology" / "vomkg.ttl"])
    found = judged(
        read_examples(HERE, work.shapes_files),
        work.data,
        work.ontology,
        terms,
        work.shapes,
        only=lambda w: zlib.crc32(f"{w.shape} {w.kind} {w.detail}".encode()) % 5 == 0,
    )
    assert len(found) > 300
    assert not [item.weakening for item in found if not item.noticed]


def test_both_engines_agree_on_mutants(work, made):
    """pySHACL, whose verdict is the one of record, sees it as the fast engine does."""
    chosen = sample(made, 3, seed=3)
    verdicts = tried(bench(work.data, work.ontology, work.shapes), chosen)
    assert not disputed(verdicts, chosen, work.data, work.ontology, work.shapes)
