"""Validation: which faults are reported, on which nodes, in which words."""

import pytest
import rdflib
from rdflib import RDF, SH, Literal, URIRef
from rdflib.compare import isomorphic

from vomkg.curate.validate import Result, validate

ID = "https://w3id.org/vomkg/id/"
VOM = "https://w3id.org/vomkg/ontology#"
SHAPE = "https://w3id.org/vomkg/shapes#"
SPEAKER = """
shape:claim a sh:NodeShape ; sh:targetClass vom:Claim ; sh:property shape:speaker .
shape:speaker a sh:PropertyShape ; sh:path vom:reportedBy ; sh:minCount 1 ;
  sh:name "speaker" ;
  sh:message "eine Aussage braucht einen Sprecher"@de , "add vom:reportedBy"@en .
"""
BOUND = """
shape:estimate a sh:NodeShape ; sh:targetClass vom:Estimate ;
  sh:property shape:bound .
shape:bound a sh:PropertyShape ; sh:path vom:value ; sh:maxInclusive 1 ;
  sh:severity sh:Warning ; sh:message "above one"@en .
"""


def foci(report):
    return [
        result.focus.removeprefix(ID).removeprefix(VOM) for result in report.results
    ]


def test_reports_every_fact_of_a_fault(turtle, ontology):
    """A result names severity, shape, node, property, component and message."""
    report = validate(turtle("id:c a vom:Claim ."), turtle(SPEAKER), ontology)
    expected = Result(
        severity="violation",
        shape=f"{SHAPE}speaker",
        focus=f"{ID}c",
        path=f"{VOM}reportedBy",
        value=None,
        value_type=None,
        component="MinCountConstraintComponent",
        message="add vom:reportedBy",
        name="speaker",
    )
    assert (expected,) == report.results
    assert not report.conforms


@pytest.mark.parametrize(
    ("value", "text", "kind"),
    [
        ('"2.50"^^xsd:decimal', "2.50", "http://www.w3.org/2001/XMLSchema#decimal"),
        ('"two"@en', "two", "@en"),
        ('"two"', "two", "http://www.w3.org/2001/XMLSchema#string"),
        ("id:two", f"{ID}two", "iri"),
    ],
)
def test_value_keeps_its_form_and_says_its_type(value, text, kind, turtle, ontology):
    """The value found is told as it was written, with its type beside it."""
    data = turtle(f"id:e a vom:Estimate ; vom:value {value} .")
    (result,) = validate(data, turtle(BOUND), ontology).results
    assert (text, kind) == (result.value, result.value_type)


def test_conforming_data_gives_an_empty_report(turtle, ontology):
    """Nothing wrong means no result, and a report graph that says so."""
    data = turtle("id:c a vom:Claim ; vom:reportedBy id:s .")
    report = validate(data, turtle(SPEAKER), ontology)
    assert report.conforms
    assert (None, SH.conforms, Literal(True)) in report.graph


def test_class_hierarchy_comes_from_the_ontology(turtle, ontology):
    """A shape for a class reaches the members of its subclasses."""
    report = validate(turtle("id:e a vom:Estimate ."), turtle(SPEAKER), ontology)
    assert foci(report) == ["e"]


def test_worst_comes_first_and_thresholds_include_the_worse(turtle, ontology):
    """A threshold takes in all that is at least as bad."""
    data = turtle("id:e a vom:Estimate ; vom:value 2 .")
    report = validate(data, turtle(SPEAKER + BOUND), ontology)
    assert [result.severity for result in report.results] == ["violation", "warning"]
    assert report.counts == {"violation": 1, "warning": 1, "info": 0}
    assert [
        len(report.at_least(level)) for level in ("violation", "warning", "info")
    ] == [1, 2, 2]


def test_unknown_severity_counts_as_a_violation(turtle, ontology):
    """A severity of one's own cannot hide a fault."""
    shapes = turtle(BOUND.replace("sh:Warning", "id:Harmless"))
    data = turtle("id:e a vom:Estimate ; vom:value 2 .")
    (result,) = validate(data, shapes, ontology).results
    assert result.severity == "violation"


TYPED = """
shape:thing a sh:NodeShape ; sh:targetSubjectsOf rdf:type ;
  sh:property [ sh:path rdf:type ; sh:in ( vom:Claim ) ; sh:message "unknown class" ] .
"""


def test_shape_for_all_subjects_falls_on_data_only(turtle, ontology):
    """Classes and properties are no things of the data."""
    report = validate(turtle("id:c a vom:Clam ."), turtle(TYPED), ontology)
    assert foci(report) == ["c"]


@pytest.mark.parametrize(
    "target",
    [
        "sh:targetClass owl:DatatypeProperty",
        "sh:targetNode vom:value",
        "a rdfs:Class , owl:Class . vom:value a shape:terms . shape:terms a sh:NodeShape",
    ],
)
def test_shape_that_names_a_term_judges_it(target, turtle, ontology):
    """Terms of the ontology are judged by the shapes that are written for them."""
    shapes = turtle(
        f"""shape:terms a sh:NodeShape ; {target} ; sh:property shape:label .
        shape:label sh:path skos:prefLabel ; sh:minCount 1 ; sh:message "label" ."""
    )
    typed = ontology + turtle("vom:value a shape:terms .")
    assert foci(validate(turtle(""), shapes, typed)) == ["value"]


def test_shape_for_subjects_of_the_language_judges_terms(turtle, ontology):
    """Only a term can be below a class, so such a target names terms."""
    shapes = turtle(
        """shape:below a sh:NodeShape ; sh:targetSubjectsOf rdfs:subClassOf ;
        sh:property [ sh:path skos:prefLabel ; sh:minCount 1 ; sh:message "label" ] ."""
    )
    assert foci(validate(turtle(""), shapes, ontology)) == ["Estimate"]


def test_shape_for_borrowed_terms_judges_them(turtle, ontology):
    """What says where it was imported from is a term, and a stub may lack a label."""
    shapes = turtle(
        """shape:stub a sh:NodeShape ;
        sh:targetSubjectsOf <http://purl.obolibrary.org/obo/IAO_0000412> ;
        sh:property [ sh:path skos:prefLabel ; sh:minCount 1 ; sh:message "label" ] ."""
    )
    stub = turtle(
        "vom:Stub a owl:Class ; <http://purl.obolibrary.org/obo/IAO_0000412> vom:there ."
    )
    assert foci(validate(turtle(""), shapes, ontology + stub)) == ["Stub"]


def test_value_from_the_ontology_is_judged_where_data_uses_it(turtle, ontology):
    """A term in the place of a speaker is the data's fault and is reported."""
    shapes = turtle(
        """shape:speaker a sh:NodeShape ; sh:targetObjectsOf vom:reportedBy ;
        sh:class vom:Claim ; sh:message "no speaker" ."""
    )
    data = turtle("id:c vom:reportedBy vom:OddsRatio .")
    assert foci(validate(data, shapes, ontology)) == ["OddsRatio"]


def test_anonymous_classes_are_never_judged(turtle, ontology):
    """The parts of an axiom have no label to mend."""
    shapes = turtle(
        """shape:class a sh:NodeShape ; sh:targetClass owl:Class ;
        sh:property [ sh:path skos:prefLabel ; sh:minCount 1 ; sh:message "label" ] ."""
    )
    report = validate(turtle(""), shapes, ontology)
    assert {"Estimate", "Metric"} == set(foci(report))


def test_inferred_triples_are_judged_when_given(turtle, ontology):
    """What follows from the data can break a shape that the data does not."""
    data = turtle("id:x vom:value 2 .")
    shapes = turtle(BOUND)
    assert validate(data, shapes, ontology).conforms
    inferred = turtle("id:x a vom:Estimate .")
    assert foci(validate(data, shapes, ontology, inferred=inferred)) == ["x"]


def test_complex_path_is_told_as_a_property_path(turtle, ontology):
    """A path over several properties is written as SPARQL writes it."""
    shapes = turtle(
        """shape:c a sh:NodeShape ; sh:targetClass vom:Claim ; sh:property shape:deep .
        shape:deep sh:path ( vom:reportedBy [ sh:inversePath vom:value ] ) ;
          sh:minCount 1 ; sh:message "far" ."""
    )
    (result,) = validate(turtle("id:c a vom:Claim ."), shapes, ontology).results
    assert f"<{VOM}reportedBy>/^<{VOM}value>" == result.path


def test_sparql_constraint_uses_the_prefix_list(turtle, ontology):
    """Queries in shapes need no prefix lines of their own."""
    shapes = turtle(
        """shape:c a sh:NodeShape ; sh:targetClass vom:Claim ; sh:sparql shape:query .
        shape:query a sh:SPARQLConstraint ;
          sh:prefixes <https://w3id.org/vomkg/ontology> ; sh:message "self" ;
          sh:select "SELECT $this ?value WHERE { $this vom:reportedBy ?value . FILTER($this = ?value) }" ."""
    )
    data = turtle("id:c a vom:Claim ; vom:reportedBy id:c .")
    (result,) = validate(data, shapes, ontology).results
    assert (result.component, result.message) == ("SPARQLConstraintComponent", "self")


def test_nameless_shape_is_told_by_the_named_one_around_it(turtle, ontology):
    """Every result leads to a shape that can be looked up."""
    report = validate(turtle("id:c a vom:Clam ."), turtle(TYPED), ontology)
    assert [f"{SHAPE}thing"] == [result.shape for result in report.results]


def test_nested_faults_are_told_in_the_details(turtle, ontology):
    """Where a node breaks an inner shape, the inner message is kept."""
    shapes = turtle(
        """shape:c a sh:NodeShape ; sh:targetClass vom:Claim ; sh:property shape:outer .
        shape:outer sh:path vom:reportedBy ; sh:node shape:inner ; sh:message "outer" .
        shape:inner a sh:NodeShape ; sh:property
          [ sh:path skos:prefLabel ; sh:minCount 1 ; sh:message "inner" ] ."""
    )
    data = turtle("id:c a vom:Claim ; vom:reportedBy id:s .")
    (result,) = validate(data, shapes, ontology).results
    assert (result.message, result.details) == ("outer", ("inner",))


def test_changes_neither_graphs_nor_the_reading_of_literals(turtle, ontology):
    """Validation leaves its inputs and the libraries as they were."""
    data, shapes = turtle("id:e a vom:Estimate ; vom:value 2.50 ."), turtle(BOUND)
    before = [set(graph) for graph in (data, shapes, ontology)]
    rdflib.NORMALIZE_LITERALS = False
    validate(data, shapes, ontology)
    assert before == [set(graph) for graph in (data, shapes, ontology)]
    assert rdflib.NORMALIZE_LITERALS is False


def test_report_on_some_nodes_drops_the_others_from_both_forms(turtle, ontology):
    """A report about one file has no result about another, in words or in RDF."""
    data = turtle("id:a a vom:Claim . id:b a vom:Claim .")
    report = validate(data, turtle(SPEAKER), ontology).about({f"{ID}b"})
    assert foci(report) == ["b"]
    assert [URIRef(f"{ID}b")] == list(report.graph.objects(predicate=SH.focusNode))
    assert len(list(report.graph.subjects(RDF.type, SH.ValidationReport))) == 1


def test_joined_reports_mark_what_only_the_later_found(turtle, ontology):
    """Faults of inferred data stand beside the asserted ones and are told apart."""
    data = turtle("id:a a vom:Claim . id:x vom:value 2 .")
    shapes = turtle(SPEAKER + BOUND)
    first = validate(data, shapes, ontology)
    inferred = turtle("id:x a vom:Estimate .")
    both = first.joined(validate(data, shapes, ontology, inferred=inferred), "new")
    notes = {(result.focus.removeprefix(ID), result.details) for result in both.results}
    assert {("a", ()), ("x", ("new",))} == notes
    assert len(list(both.graph.objects(predicate=SH.result))) == len(both.results)


def test_same_input_gives_the_same_report(turtle, ontology):
    """The order of results does not depend on hashing or on blank nodes."""
    data = turtle(
        "".join(f"id:c{n} a vom:Estimate ; vom:value {n} ." for n in range(9))
    )
    shapes = turtle(SPEAKER + BOUND)
    one, other = (validate(data, shapes, ontology) for _ in range(2))
    assert len(one.results) == 16
    assert one == other
    assert isomorphic(one.graph, other.graph)
