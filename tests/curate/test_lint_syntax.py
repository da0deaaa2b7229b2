"""What the shapes of SHACL refuse, the lint refuses, and it says where."""

from __future__ import annotations

import pytest
import rdflib
from hypothesis import given, settings
from hypothesis import strategies as st
from pyshacl.entrypoints import meta_validate  # noqa: TID251  # the judge of the lint

from tests.curate.conftest import PREFIXES
from vomkg.curate.lint import RULES, shape_faults

NODE = "shape:s a sh:NodeShape ; sh:targetNode id:x "
PROPERTY = "shape:s a sh:PropertyShape ; sh:targetNode id:x ; sh:path id:p "
# Rule of the lint to the shapes that break it: a node shape goes on after ";".
ILL_FORMED = {
    "WrongValue": [
        f"{NODE} ; {rest} ."
        for rest in (
            "sh:targetNode [] ",
            'sh:targetClass "x" ',
            "sh:targetSubjectsOf [] ",
            "sh:targetObjectsOf 1 ",
            'sh:severity "bad" ',
            "sh:message 1 ",
            "sh:message id:m ",
            'sh:deactivated "yes" ',
            "sh:deactivated 1 ",
            'sh:class "x" ',
            "sh:class [] ",
            'sh:closed "true" ',
            'sh:datatype "x" ',
            "sh:datatype [] ",
            'sh:disjoint "x" ',
            'sh:equals "x" ',
            "sh:minExclusive id:x ",
            "sh:minInclusive [] ",
            "sh:maxExclusive id:x ",
            "sh:maxInclusive id:x ",
            'sh:maxLength "1" ',
            "sh:minLength 1.5 ",
            "sh:nodeKind sh:NodeShape ",
            "sh:nodeKind id:x ",
            "sh:pattern 1 ",
            'sh:pattern "a"@en ',
            'sh:pattern "a" ; sh:flags 1 ',
            "sh:pattern id:x ",
        )
    ]
    + [
        f"{PROPERTY} ; {rest} ."
        for rest in (
            'sh:minCount "one" ',
            'sh:maxCount "1" ',
            "sh:minCount 1.0 ",
            'sh:lessThan "x" ',
            'sh:lessThanOrEquals "x" ',
            'sh:uniqueLang "true" ',
            "sh:uniqueLang 1 ",
            'sh:qualifiedValueShape shape:t ; sh:qualifiedMinCount "1" ',
            "sh:qualifiedValueShape shape:t ; sh:qualifiedMaxCount 1.0 ",
            "sh:qualifiedValueShape shape:t ; sh:qualifiedMinCount 1 ; "
            'sh:qualifiedValueShapesDisjoint "x" ',
        )
    ],
    "TooManyValues": [
        f"{NODE} ; {rest} ."
        for rest in (
            "sh:severity sh:Info , sh:Warning ",
            "sh:deactivated true , false ",
            "sh:closed true , false ",
            "sh:closed true ; sh:ignoredProperties ( id:p ) , ( id:q ) ",
            "sh:datatype xsd:string , xsd:date ",
            "sh:in ( 1 ) , ( 2 ) ",
            'sh:languageIn ( "en" ) , ( "fr" ) ',
            "sh:maxExclusive 1 , 2 ",
            "sh:maxInclusive 1 , 2 ",
            "sh:minExclusive 1 , 2 ",
            "sh:minInclusive 1 , 2 ",
            "sh:maxLength 1 , 2 ",
            "sh:minLength 1 , 2 ",
            "sh:nodeKind sh:IRI , sh:Literal ",
            'sh:pattern "a" , "b" ',
            'sh:pattern "a" ; sh:flags "i" , "s" ',
        )
    ]
    + [
        f"{PROPERTY} ; {rest} ."
        for rest in (
            "sh:minCount 1 , 2 ",
            "sh:maxCount 1 , 2 ",
            "sh:uniqueLang true , false ",
            "sh:qualifiedValueShape shape:t , shape:u ; sh:qualifiedMinCount 1 ",
            "sh:qualifiedValueShape shape:t ; sh:qualifiedMinCount 1 , 2 ",
            "sh:qualifiedValueShape shape:t ; sh:qualifiedMaxCount 1 , 2 ",
        )
    ],
    "MalformedList": [
        f"{NODE} ; {rest} ."
        for rest in (
            "sh:and shape:t ",
            "sh:or shape:t ",
            "sh:xone shape:t ",
            "sh:in id:x ",
            "sh:languageIn id:en ",
            'sh:languageIn ( "en"@en ) ',
            "sh:languageIn ( 1 ) ",
            "sh:closed true ; sh:ignoredProperties id:p ",
            'sh:closed true ; sh:ignoredProperties ( "p" ) ',
            "sh:in [ rdf:first 1 , 2 ; rdf:rest () ] ",
            "sh:in [ rdf:first 1 ] ",
            "sh:in [ rdf:rest () ] ",
        )
    ],
    "MalformedPath": [
        f"shape:s a sh:PropertyShape ; sh:targetNode id:x ; sh:path {path} ; sh:minCount 1 ."
        for path in (
            '"p"',
            "1",
            "[]",
            "( id:p )",
            "[ sh:alternativePath ( id:p ) ]",
            "[ sh:alternativePath id:p ]",
            "[ sh:inversePath id:p ; sh:zeroOrMorePath id:q ]",
            "[ sh:inversePath id:p , id:q ]",
            '[ sh:inversePath "p" ]',
            "[ sh:inversePath id:p ; rdfs:label 'x' ]",
            "( id:p [ sh:oneOrMorePath [] ] )",
        )
    ],
    "MissingPath": [
        "shape:s a sh:PropertyShape ; sh:targetNode id:x ; sh:minCount 1 .",
        f"{NODE} ; sh:property [ sh:minCount 1 ] .",
        f"{NODE} ; sh:property [ sh:minCount 1 ; sh:path id:p , id:q ] .",
    ],
    "DanglingShape": [f"{NODE} ; sh:property shape:nowhere ."],
    "WrongPlace": [
        f"{NODE} ; sh:lessThan id:p .",
        f"{NODE} ; sh:lessThanOrEquals id:p .",
        f"{NODE} ; sh:maxCount 1 .",
        f"{NODE} ; sh:minCount 1 .",
        f"{NODE} ; sh:qualifiedValueShape shape:t ; sh:qualifiedMinCount 1 .",
        f"{NODE} ; sh:uniqueLang true .",
        f"{NODE} ; sh:node shape:p . shape:p sh:path id:p ; sh:minCount 1 .",
        "[] a rdfs:Class , sh:NodeShape ; sh:nodeKind sh:IRI .",
    ],
}
# Not seen by the shapes of SHACL, but by its text.
BEYOND = {
    "WrongValue": [
        f"{PROPERTY} ; sh:minCount -1 .",
        f"{NODE} ; sh:maxLength -1 .",
        f"{NODE} ; sh:sparql 1 .",
        f"{NODE} ; sh:name 1 .",
        "id:o sh:declare [ sh:prefix 1 ; sh:namespace 'x'^^xsd:anyURI ] .",
        "id:o sh:declare [ sh:prefix 'x' ; sh:namespace 1 ] .",
        f"{NODE} ; sh:node 'x' .",
        f"{NODE} ; sh:not 1 .",
    ],
    "MalformedList": [
        f"{NODE} ; sh:or ( 1 2 ) .",
        f"{NODE} ; sh:in _:l . _:l rdf:first 1 ; rdf:rest _:l .",
    ],
    "MalformedPath": [
        f"{NODE} ; sh:property [ sh:path () ; sh:minCount 1 ] .",
        f"{NODE} ; sh:property [ sh:path _:a ; sh:minCount 1 ] . "
        "_:a sh:inversePath _:a .",
    ],
    "WrongPlace": [f"{NODE} ; sh:path id:p ; sh:minCount 1 ."],
    "DanglingShape": [
        f"{NODE} ; sh:node shape:nowhere .",
        f"{NODE} ; sh:or ( shape:nowhere shape:elsewhere ) .",
        f"{NODE} ; sh:not shape:nowhere .",
    ],
    "IncompleteConstraint": [
        f'{NODE} ; sh:flags "i" .',
        f"{NODE} ; sh:ignoredProperties ( id:p ) .",
        f"{PROPERTY} ; sh:qualifiedMinCount 1 .",
        f"{PROPERTY} ; sh:qualifiedValueShape shape:t .",
    ],
}
MORE = (
    " shape:t a sh:NodeShape ; sh:nodeKind sh:IRI ."
    " shape:u a sh:NodeShape ; sh:nodeKind sh:Literal ."
)


def graph(text: str) -> rdflib.Graph:
    return rdflib.Graph().parse(data=PREFIXES + text + MORE, format="turtle")


def refused(shapes: rdflib.Graph) -> set[str]:
    """The rules broken of those that stop a run."""
    found = shape_faults(shapes, rdflib.Graph())
    return {result.component for result in found if RULES[result.component].stops}


def refused_by_shacl(shapes: rdflib.Graph) -> bool:
    conforms, _, _ = meta_validate(shapes, inference=None, abort_on_first=True)
    return not conforms


def cases(table: dict[str, list[str]]) -> list[tuple[str, str]]:
    return [(rule, text) for rule, texts in table.items() for text in texts]


@pytest.mark.parametrize(("rule", "text"), cases(ILL_FORMED))
def test_what_the_shapes_of_shacl_refuse_is_refused(rule, text):
    """Each syntax rule that can be asked of SHACL itself, by its own example."""
    shapes = graph(text)
    assert rule in refused(shapes)
    assert refused_by_shacl(shapes)


@pytest.mark.parametrize(("rule", "text"), cases(BEYOND))
def test_what_only_the_text_of_shacl_refuses_is_refused_too(rule, text):
    """An engine would pass it over, or die of it later."""
    found = shape_faults(graph(text), rdflib.Graph())
    assert rule in {result.component for result in found}


WELL_FORMED = (
    f"{NODE} ; sh:closed true ; sh:ignoredProperties ( rdf:type ) .",
    f"{NODE} ; sh:or ( shape:t shape:u ) ; sh:not [] ; sh:and ( shape:t ) .",
    f"{NODE} ; sh:in ( 1 'a' id:x ) ; sh:hasValue id:x , 1 .",
    f"{NODE} ; sh:property [ sh:path ( id:p [ sh:inversePath id:q ] ) ; "
    "sh:minCount 0 ; sh:maxCount 1 ; sh:uniqueLang true ; sh:lessThan id:r ] .",
    f"{NODE} ; sh:property [ sh:path [ sh:alternativePath ( id:p "
    "[ sh:zeroOrMorePath ( id:q id:r ) ] ) ] ; sh:qualifiedValueShape shape:t ; "
    "sh:qualifiedMinCount 1 ; sh:qualifiedValueShapesDisjoint true ] .",
    f"{NODE} ; sh:pattern '^a' ; sh:flags 'i' ; sh:minLength 1 ; sh:maxLength 2 .",
    f"{NODE} ; sh:message 'a' , 'b'@en ; sh:severity sh:Info ; sh:deactivated false .",
    "shape:C a rdfs:Class , sh:NodeShape ; sh:nodeKind sh:IRI .",
)


@pytest.mark.parametrize("text", WELL_FORMED)
def test_what_shacl_allows_is_not_refused(text):
    shapes = graph(text)
    assert refused(shapes) == set()
    assert not refused_by_shacl(shapes)


TERMS = st.sampled_from(
    [
        *("id:x", "shape:t", "shape:p", "sh:IRI", "sh:Warning", "true", "1", "-1"),
        *("'a'", "'a'@en", "1.5", "[]", "()", "( id:x )", "( 'a' 'b' )", "xsd:date"),
        *("( shape:t shape:p )", "[ sh:inversePath id:p ]", "[ sh:path id:q ]"),
    ]
)
WORDS = """
    and class closed datatype deactivated disjoint equals flags hasValue
    ignoredProperties in languageIn lessThan lessThanOrEquals maxCount maxExclusive
    maxInclusive maxLength message minCount minExclusive minInclusive minLength node
    nodeKind not or path pattern property qualifiedMaxCount qualifiedMinCount
    qualifiedValueShape qualifiedValueShapesDisjoint severity targetClass targetNode
    targetObjectsOf targetSubjectsOf uniqueLang xone
"""
NAMES = st.sampled_from(WORDS.split())


@pytest.mark.slow
@settings(max_examples=25, deadline=None, derandomize=True)
@given(st.lists(st.tuples(NAMES, TERMS), min_size=1, max_size=3))
def test_no_shape_that_shacl_refuses_slips_through(pairs):
    """Whatever stands at a shape: a refusal of SHACL's shapes is one of ours."""
    said = " ; ".join(f"sh:{name} {term}" for name, term in pairs)
    shapes = graph(
        f"shape:s a sh:NodeShape ; sh:targetNode id:y ; sh:property shape:p ; {said} ."
        f" shape:p sh:path id:p ; {said} ."
    )
    assert refused(shapes) or not refused_by_shacl(shapes)
