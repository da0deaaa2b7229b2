"""The reason given for a new triple names the axiom it rests on."""

import pytest
from rdflib import PROV, RDF, RDFS, Namespace

from vomkg.reason import explain

ID = Namespace("https://w3id.org/vomkg/id/")
VOM = Namespace("https://w3id.org/vomkg/ontology#")
STEPS = [
    (
        (ID.moderator, RDF.type, VOM.EffectReducingModerator),
        "defined class",
        "Made small for this test.",
    ),
    (
        (ID.proposition, RDF.type, VOM.ContestedProposition),
        "defined class",
        f"meets the definition of <{VOM.ContestedProposition}>",
    ),
    ((VOM.ReducesEffect, RDF.type, VOM.EffectDirection), "defined class", "members"),
    ((ID.gap, RDF.type, VOM.Claim), "superclass", f"<{VOM.AbsenceStatement}>"),
    (
        (ID["other-finding"], RDF.type, VOM.ModeratorFinding),
        "domain",
        f"<{VOM.effectDirection}>",
    ),
    ((ID.moderator, RDF.type, VOM.Moderator), "range", f"of <{ID.finding}>"),
    (
        (ID.moderator, VOM.hasModeratorFinding, ID.finding),
        "inverse",
        f"<{VOM.concernsModerator}>",
    ),
    (
        (ID.conferencing, VOM.relatedIntervention, ID.mediation),
        "symmetric",
        "both ways",
    ),
    (
        (ID.unfavourable, PROV.wasDerivedFrom, ID.estimate),
        "sub-property",
        f"<{VOM.restates}> is a kind of",
    ),
    (
        (ID.finding, VOM.aboutIntervention, ID.mediation),
        "chain",
        f"<{VOM.reportedBy}>, then <{VOM.evaluatesIntervention}>",
    ),
    ((ID["step-1"], VOM.precedes, ID["step-3"]), "transitive", f"<{ID['step-2']}>"),
    (
        (VOM.EffectEstimate, RDFS.subClassOf, VOM.Claim),
        "hierarchy",
        f"below <{VOM.Finding}>",
    ),
    ((VOM.EvidenceGap, RDFS.subClassOf, VOM.AbsenceStatement), "hierarchy", "demands"),
    ((ID.step, VOM.precedes, ID.nothing), "several axioms", "several axioms"),
]


@pytest.mark.parametrize(("triple", "form", "words"), STEPS, ids=str)
def test_reason_names_the_form_and_the_terms(
    triple, form, words, sketch, sketch_by_rules
):
    """Each kind of step is recognised and told with the terms it uses."""
    reason = explain(triple, sketch + sketch_by_rules.inferred)
    assert form == reason.form
    assert words in reason.words


def test_every_new_triple_of_the_sketch_is_explained(sketch, sketch_by_rules):
    """No conclusion about the small ontology is left to several axioms."""
    known = sketch + sketch_by_rules.inferred
    unexplained = {
        triple
        for triple in sketch_by_rules.inferred
        if explain(triple, known).form == "several axioms"
    }
    assert set() == unexplained
