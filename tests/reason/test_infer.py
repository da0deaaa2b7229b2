"""What the reasoners add to the small ontology, and what is kept of it."""

import pytest
from rdflib import OWL, PROV, RDF, RDFS, BNode, Literal, Namespace, URIRef

from vomkg.errors import ConformanceError
from vomkg.reason import infer
from vomkg.reason.scope import axioms, ours

ID = Namespace("https://w3id.org/vomkg/id/")
VOM = Namespace("https://w3id.org/vomkg/ontology#")
BOTH = [
    pytest.param("sketch_by_rules", id="owlrl"),
    pytest.param("sketch_by_hermit", id="hermit", marks=pytest.mark.slow),
]
EXPECTED = {
    "defined class over an inverse": (
        ID.moderator,
        RDF.type,
        VOM.EffectReducingModerator,
    ),
    "defined class by a value": (ID.gap, RDF.type, VOM.EvidenceGap),
    "defined class of two sides": (ID.proposition, RDF.type, VOM.ContestedProposition),
    "chain": (ID.finding, VOM.aboutIntervention, ID.mediation),
    "upper classes": (ID.finding, RDF.type, VOM.Claim),
    "domain": (ID["other-finding"], RDF.type, VOM.ModeratorFinding),
    "inverse": (ID.moderator, VOM.hasModeratorFinding, ID.finding),
    "symmetric": (ID.conferencing, VOM.relatedIntervention, ID.mediation),
    "upper property": (ID.unfavourable, PROV.wasDerivedFrom, ID.estimate),
    "transitive": (ID["step-1"], VOM.precedes, ID["step-3"]),
    "enumeration": (VOM.ReducesEffect, RDF.type, VOM.EffectDirection),
}


@pytest.mark.parametrize("fixture", BOTH)
@pytest.mark.parametrize("triple", EXPECTED.values(), ids=EXPECTED)
def test_each_form_of_axiom_yields_its_triple(fixture, triple, request):
    """Both reasoners draw the conclusion of every form of axiom that we use."""
    assert triple in request.getfixturevalue(fixture).inferred


@pytest.mark.slow
def test_only_hermit_sees_facets_of_numbers(sketch_by_rules, sketch_by_hermit):
    """A class defined by a bound on a number is filled by HermiT alone."""
    members = [ID.estimate]
    found = sketch_by_hermit.inferred.subjects(RDF.type, VOM.FavourableEstimate)
    assert members == list(found)
    assert (None, RDF.type, VOM.FavourableEstimate) not in sketch_by_rules.inferred


@pytest.mark.slow
def test_reasoners_agree_apart_from_facets(sketch_by_rules, sketch_by_hermit):
    """Without Java one loses the classes that rest on facets and nothing else."""
    lost = {(ID.estimate, RDF.type, VOM.FavourableEstimate)}
    assert lost == set(sketch_by_hermit.inferred) ^ set(sketch_by_rules.inferred)


@pytest.mark.parametrize("fixture", BOTH)
def test_keeps_no_asserted_triple(fixture, sketch, request):
    """What is asserted is not reported as new."""
    inferred = request.getfixturevalue(fixture).inferred
    assert len(inferred) > 20
    assert set() == set(inferred) & set(sketch)


def test_leaves_the_given_graph_alone(sketch):
    """Inference returns its triples and adds none to its input."""
    before = set(sketch)
    infer(sketch)
    assert before == set(sketch)


def test_empty_graph_has_no_consequence(turtle):
    """From nothing, nothing follows."""
    assert len(infer(turtle(""))) == 0


def test_inconsistent_graph_is_refused_with_its_cause(sketch, turtle):
    """From a contradiction everything follows, so nothing is given."""
    broken = sketch + turtle("id:finding vom:challenges id:proposition .")
    with pytest.raises(ConformanceError, match=r"contradicts itself.*challenges"):
        infer(broken)


@pytest.mark.parametrize(
    ("triple", "kept"),
    [
        ((ID.a, RDF.type, VOM.Finding), True),
        ((ID.a, VOM.precedes, ID.a), True),
        ((ID.a, VOM.ratioValue, Literal("0.5")), True),
        ((ID.a, OWL.sameAs, ID.b), True),
        ((VOM.A, RDFS.subClassOf, VOM.B), True),
        ((ID.a, OWL.sameAs, ID.a), False),
        ((VOM.A, RDFS.subClassOf, VOM.A), False),
        ((ID.a, RDF.type, OWL.Thing), False),
        ((ID.a, RDF.type, RDFS.Resource), False),
        ((VOM.A, RDFS.subClassOf, OWL.Thing), False),
        ((VOM.p, RDF.type, RDF.Property), False),
        ((VOM.p, RDFS.domain, VOM.Finding), False),
        ((ID.a, RDF.type, BNode("anonymous")), False),
        ((ID.a, OWL.sameAs, Literal("a")), False),
        ((BNode("nobody"), RDF.type, VOM.Finding), False),
        ((Literal("0.5"), RDF.type, VOM.Finding), False),
        ((URIRef("https://example.org/a"), RDF.type, VOM.Finding), False),
    ],
    ids=str,
)
def test_keeps_only_what_says_something_about_our_terms(triple, kept, turtle):
    """Trivial triples and those about foreign or anonymous things are dropped."""
    assert kept == (triple in ours([triple], turtle("")))


def test_mappings_prefixes_and_imports_do_not_reach_a_reasoner(turtle):
    """A match would make our class a concept, and an import would be fetched."""
    graph = turtle(
        """
        vom:A skos:exactMatch <https://example.org/A> .
        <https://w3id.org/vomkg/ontology>
          <http://www.w3.org/ns/shacl#declare> vom:prefix-x .
        vom:prefix-x a <http://www.w3.org/ns/shacl#PrefixDeclaration> .
        <https://w3id.org/vomkg/ontology> owl:imports <https://example.org/far> .
        vom:A a owl:Class .
        """
    )
    assert [(VOM.A, RDF.type, OWL.Class)] == list(axioms(graph))
