"""Contradictions: found by both reasoners, traced to the statements that clash."""

import pytest

from vomkg.reason import check_consistency, contradiction, owlrl

VOM = "https://w3id.org/vomkg/ontology#"
ID = "https://w3id.org/vomkg/id/"

# The four planted errors, and the words that must name the cause.
PLANTED = {
    "supports and challenges": (
        "id:finding vom:challenges id:proposition .",
        "disjoint properties",
        (f"{ID}finding", f"{VOM}supports", f"{VOM}challenges", f"{ID}proposition"),
    ),
    "two directions": (
        "id:finding vom:effectDirection vom:IncreasesEffect .",
        "one value only",
        (
            f"{ID}finding",
            f"{VOM}effectDirection",
            f"{VOM}IncreasesEffect",
            f"{VOM}ReducesEffect",
        ),
    ),
    "moderator that is a finding": (
        "id:moderator a vom:Finding .",
        "disjoint classes",
        (f"{ID}moderator", f"{VOM}Claim", f"{VOM}Moderator"),
    ),
    "direction on an estimate": (
        "id:estimate vom:effectDirection vom:ReducesEffect .",
        "disjoint classes",
        (f"{ID}estimate", f"{VOM}ModeratorFinding", f"{VOM}EffectEstimate"),
    ),
}
# What the rules of owlrl 7.6 let pass, found by our own tracing.
OVERLOOKED = {
    "last member of a list of different things": (
        "id:finding vom:effectDirection vom:EffectDirectionNotReported .",
        "one value only",
        (
            f"{ID}finding",
            f"{VOM}effectDirection",
            f"{VOM}EffectDirectionNotReported",
            f"{VOM}ReducesEffect",
        ),
    ),
    "two numbers where one is allowed": (
        "id:estimate vom:ratioValue 0.9 .",
        "one value only",
        (f"{ID}estimate", f"{VOM}ratioValue", "0.66", "0.9"),
    ),
    "last of disjoint properties": (
        """[] a owl:AllDisjointProperties ;
             owl:members ( vom:restates vom:concernsModerator ) .
           id:finding vom:restates id:moderator .""",
        "disjoint properties",
        (
            f"{ID}finding",
            f"{VOM}restates",
            f"{VOM}concernsModerator",
            f"{ID}moderator",
        ),
    ),
}
cases = pytest.mark.parametrize(
    ("text", "form", "terms"),
    [*PLANTED.values(), *OVERLOOKED.values()],
    ids=[*PLANTED, *OVERLOOKED],
)


@cases
def test_rules_find_the_contradiction_and_its_terms(text, form, terms, sketch, turtle):
    """Without Java each planted error is found and traced to what clashes."""
    verdict = check_consistency(sketch + turtle(text), "owlrl")
    assert not verdict.consistent
    assert [(form, terms)] == [(clash.form, clash.terms) for clash in verdict.clashes]


@pytest.mark.slow
@cases
def test_hermit_finds_the_contradiction_and_its_terms(
    text, form, terms, sketch, java, turtle
):
    """The reasoner of record finds each planted error, and the cause is traced."""
    verdict = check_consistency(sketch + turtle(text))
    assert not verdict.consistent
    assert verdict.reasoner == "hermit"
    assert [(form, terms)] == [(clash.form, clash.terms) for clash in verdict.clashes]


def test_sound_graph_gets_a_clean_verdict(sketch_by_rules):
    """A graph without contradiction is consistent, and every class can be filled."""
    verdict = sketch_by_rules.verdict
    assert verdict.sound
    assert verdict.detail == ""


def test_words_name_the_individual_the_classes_and_the_reason(sketch, turtle):
    """The message says what clashes and which axiom forced the inferred type."""
    verdict = check_consistency(
        sketch + turtle(PLANTED["direction on an estimate"][0]), "owlrl"
    )
    assert verdict.detail == (
        f"<{ID}estimate> is both a <{VOM}ModeratorFinding> and a "
        f"<{VOM}EffectEstimate>, which have no member in common; it is a "
        f"<{VOM}ModeratorFinding> because only one can have <{VOM}effectDirection>"
    )


def test_equal_numbers_written_differently_do_not_clash(sketch, turtle):
    """0.66 and 0.660 are one value."""
    same = sketch + turtle('id:estimate vom:ratioValue "0.660"^^xsd:decimal .')
    assert check_consistency(same, "owlrl").consistent


def test_things_declared_different_cannot_be_the_same(turtle):
    """An explicit identity of two different things is traced as such."""
    verdict = check_consistency(
        turtle("id:b owl:differentFrom id:a . id:a owl:sameAs id:b ."), "owlrl"
    )
    assert [("different things", (f"{ID}a", f"{ID}b"))] == [
        (clash.form, clash.terms) for clash in verdict.clashes
    ]


def test_member_of_the_empty_class_is_traced(turtle):
    """A thing in a class below owl:Nothing cannot exist."""
    verdict = check_consistency(
        turtle("vom:Void rdfs:subClassOf owl:Nothing . id:a a vom:Void ."), "owlrl"
    )
    assert [clash.form for clash in verdict.clashes] == ["empty class"]


def test_what_only_owlrl_finds_is_reported_too(turtle):
    """A contradiction that our tracing does not know is still a contradiction."""
    verdict = check_consistency(
        turtle("vom:p a owl:AsymmetricProperty . id:a vom:p id:b . id:b vom:p id:a ."),
        "owlrl",
    )
    assert not verdict.consistent
    assert verdict.clashes == ()
    assert "asymmetric" in verdict.detail


IMPOSSIBLE = """
vom:A a owl:Class . vom:B a owl:Class ; owl:disjointWith vom:A .
vom:Never a owl:Class ; rdfs:subClassOf vom:A , vom:B .
"""


def test_rules_name_a_class_that_can_have_no_member(turtle):
    """A class below two disjoint ones is a fault even while it is empty."""
    verdict = check_consistency(turtle(IMPOSSIBLE), "owlrl")
    assert (True, (f"{VOM}Never",)) == (verdict.consistent, verdict.unsatisfiable)
    assert not verdict.sound


@pytest.mark.slow
def test_hermit_names_a_class_that_can_have_no_member(java, turtle):
    """The reasoner of record reports empty classes apart from inconsistency."""
    verdict = check_consistency(turtle(IMPOSSIBLE))
    assert (True, (f"{VOM}Never",)) == (verdict.consistent, verdict.unsatisfiable)
    assert not verdict.sound


@pytest.mark.slow
def test_untraced_inconsistency_points_to_validation(java, turtle):
    """Where no cause can be traced the verdict says so and what to do next."""
    verdict = check_consistency(
        turtle(
            """
            vom:p a owl:ObjectProperty .
            vom:Some a owl:Class ; rdfs:subClassOf [ a owl:Restriction ;
              owl:onProperty vom:p ; owl:someValuesFrom owl:Thing ] .
            vom:None a owl:Class ; rdfs:subClassOf [ a owl:Restriction ;
              owl:onProperty vom:p ;
              owl:maxCardinality "0"^^xsd:nonNegativeInteger ] .
            id:a a vom:Some , vom:None .
            """
        )
    )
    assert not verdict.consistent
    assert "vomkg validate" in verdict.detail


def test_a_clash_of_values_hides_what_follows_from_it(sketch, turtle):
    """Two values merge unlike things; only the cause is told, not the nonsense."""
    broken = sketch + turtle(
        """
        id:finding vom:effectDirection vom:IncreasesEffect .
        id:moderator a vom:Finding .
        """
    )
    found = contradiction.clashes(broken, owlrl.close(broken).graph)
    assert {"one value only"} == {clash.form for clash in found}
