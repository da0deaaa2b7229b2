"""Both engines on the shipped data and on mutants of it, with all that is said."""

from __future__ import annotations

import pytest

from tests.engines.mutants import changed, mutants
from tests.engines.verdicts import both
from vomkg.curate.engines.background import with_prefixes
from vomkg.curate.engines.choice import doubts
from vomkg.curate.engines.judged import Judged
from vomkg.curate.validate import validate
from vomkg.graph.alignment import without_mappings
from vomkg.graph.read import read

SEED = 20261122
BATCH = 12


@pytest.fixture(scope="module")
def sources(settings):
    """Data, ontology and shapes as they are shipped; never change them."""
    return (
        read(settings.data_files()),
        read(settings.ontology_files()),
        read(settings.shapes_files()),
    )


@pytest.fixture(scope="module")
def judged(sources):
    """The data with its background, and the shapes with their prefixes."""
    data, ontology, shapes = sources
    return without_mappings(ontology) + data, with_prefixes(shapes, ontology)


def test_shipped_shapes_and_data_are_within_what_is_proven(judged):
    """So the fast engine is in fact taken."""
    data, shapes = judged
    assert doubts(Judged(data), shapes) == []


@pytest.mark.slow
def test_engines_agree_on_the_shipped_data(sources, judged):
    """The raw results, ontology terms included, and the reports that people see."""
    ours, theirs = both(*judged)
    assert ours == theirs
    data, ontology, shapes = sources
    for engine in ("auto", "shacl"):
        assert validate(data, shapes, ontology, engine=engine).conforms


@pytest.mark.slow
def test_engines_agree_on_many_mutants_at_once(sources):
    """Message, details and name of each result too."""
    data, ontology, shapes = sources
    found = [m for m in mutants(data, 6 * BATCH, SEED) if m.operator != "datatype"]
    faulty = changed(data, found)
    reports = {
        engine: validate(faulty, shapes, ontology, engine=engine)
        for engine in ("pyshacl", "auto", "shacl")
    }
    assert len(reports["pyshacl"].results) > BATCH
    assert reports["auto"].results == reports["pyshacl"].results
    assert reports["shacl"].results == reports["pyshacl"].results


@pytest.mark.slow
def test_engines_agree_on_a_sample_of_mutants(judged, sources, request):
    """A few in every run; ``--engine-mutants 240`` for the sample of record.

    What makes auto doubt is judged by pySHACL anyway, and set aside one by one; the
    others are compared, twenty made in one copy.
    """
    number = request.config.getoption("--engine-mutants", 0) or 6
    data, ontology, _ = sources
    background, shapes = without_mappings(ontology), judged[1]
    calm = [
        mutant
        for mutant in mutants(data, number, SEED + 1)
        if not doubts(Judged(background, mutant.on(data)), shapes)
    ]
    results = 0
    for i in range(0, len(calm), 20):
        group = calm[i : i + 20]
        ours, theirs = both(background + changed(data, group), shapes)
        results += ours.total()
        assert ours == theirs, [str(mutant) for mutant in group]
    told = f"of {number} mutants {len(calm)} compared, {results} results alike"
    request.config.get_terminal_writer().line(told)
    assert len(calm) > number / 2
