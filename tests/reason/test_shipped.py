"""The shipped ontology and data under both reasoners."""

import pytest
from rdflib import RDF, Graph, Namespace

from vomkg.reason import check_consistency

ID = Namespace("https://w3id.org/vomkg/id/")
VOM = Namespace("https://w3id.org/vomkg/ontology#")
BOTH = [
    pytest.param("shipped_by_rules", id="owlrl"),
    pytest.param("shipped_by_hermit", id="hermit"),
]
pytestmark = pytest.mark.slow

# One finding, estimate, moderator and proposition of the shipped data carry the
# planted errors; the test fails loudly if they are renamed.
PLANTED = {
    "supports and challenges": """
        id:mf-r1-quality vom:supports id:prop-rigour-shrinks-effect ;
          vom:challenges id:prop-rigour-shrinks-effect .""",
    "two directions": "id:mf-r1-quality vom:effectDirection vom:IncreasesEffect .",
    "moderator that is a finding": "id:moderator-methodological-quality a vom:Finding .",
    "direction on an estimate": """
        id:est-r1-overall vom:effectDirection vom:ReducesEffect .""",
}


def members(graph: Graph, kind):
    return {
        str(thing).removeprefix(str(ID)) for thing in graph.subjects(RDF.type, kind)
    }


@pytest.mark.parametrize("fixture", BOTH)
def test_shipped_graph_is_sound(fixture, request):
    """The graph contradicts itself nowhere, and no class is doomed to be empty."""
    verdict = request.getfixturevalue(fixture).verdict
    assert (verdict.consistent, verdict.unsatisfiable, verdict.detail) == (True, (), "")


@pytest.mark.parametrize("fixture", BOTH)
def test_moderators_that_some_speaker_reports_to_reduce_the_effect(fixture, request):
    """Quality and follow-up, and violent offenders as the narrative sums it up."""
    expected = {
        "moderator-methodological-quality",
        "moderator-follow-up-length",
        "moderator-violent-offenders",
    }
    inferred = request.getfixturevalue(fixture).inferred
    assert expected == members(inferred, VOM.EffectReducingModerator)


@pytest.mark.parametrize("fixture", BOTH)
def test_evidence_gaps_are_the_absences_that_the_source_states(fixture, graph, request):
    """What only our curators miss is no evidence gap."""
    stated = {VOM.NotReported, VOM.NotConsidered, VOM.NotConducted}
    expected = {
        str(absence).removeprefix(str(ID))
        for absence, kind in graph.subject_objects(VOM.absenceKind)
        if kind in stated
    }
    inferred = request.getfixturevalue(fixture).inferred
    assert len(expected) >= 4
    assert expected == members(inferred, VOM.EvidenceGap)


@pytest.mark.parametrize("fixture", BOTH)
def test_contested_propositions_have_both_sides(fixture, graph, request):
    """A proposition is contested where one claim speaks for it and one against."""
    expected = {
        str(proposition).removeprefix(str(ID))
        for proposition in graph.objects(predicate=VOM.supports)
        if (None, VOM.challenges, proposition) in graph
    }
    inferred = request.getfixturevalue(fixture).inferred
    assert len(expected) >= 2
    assert expected == members(inferred, VOM.ContestedProposition)


@pytest.mark.parametrize("fixture", BOTH)
def test_claims_of_a_review_are_about_its_intervention(fixture, request):
    """The chain over the speaker gives each claim its intervention."""
    inferred = request.getfixturevalue(fixture).inferred
    mediation = ID["victim-offender-mediation"]
    assert (ID["mf-r1-quality"], VOM.aboutIntervention, mediation) in inferred


def test_favourable_estimates_are_hermits_own(shipped_by_rules, shipped_by_hermit):
    """All five ratios lie below one; only a reasoner with facets can tell."""
    expected = {
        "est-r1-overall",
        "est-r1-quality-higher",
        "est-r1-quality-lower",
        "est-r2-6-months",
        "est-r2-30-months",
    }
    assert expected == members(shipped_by_hermit.inferred, VOM.FavourableEstimate)
    assert set() == members(shipped_by_rules.inferred, VOM.FavourableEstimate)


def test_reasoners_agree_on_our_individuals(shipped_by_rules, shipped_by_hermit):
    """Without Java nothing about a thing is lost but membership by a facet."""
    by_rules, by_hermit = (
        {t for t in reasoning.inferred if t[0].startswith(ID)}
        for reasoning in (shipped_by_rules, shipped_by_hermit)
    )
    assert set() == by_rules - by_hermit
    assert {VOM.FavourableEstimate} == {o for _, _, o in by_hermit - by_rules}


@pytest.mark.parametrize("reasoner", ["owlrl", "hermit"])
@pytest.mark.parametrize("text", PLANTED.values(), ids=PLANTED)
def test_planted_error_is_found_and_traced(text, reasoner, graph, request, turtle):
    """Each of the four planted errors makes the shipped graph inconsistent."""
    if reasoner == "hermit":
        request.getfixturevalue("java")
    planted = turtle(text)
    subject = next(planted.subjects())
    assert (subject, RDF.type, None) in graph
    verdict = check_consistency(graph + planted, reasoner)
    assert not verdict.consistent
    assert str(subject) in {clash.terms[0] for clash in verdict.clashes}
