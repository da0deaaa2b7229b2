"""Each rule of the lint, by shapes that break it and shapes that do not."""

from __future__ import annotations

import pytest

from vomkg.curate.lint import RULES, shape_faults

NAMED = 'sh:name "n"@en ; sh:message "m; n"@en ; sh:severity sh:Violation'
AIM = f"shape:s a sh:NodeShape ; sh:targetClass vom:Claim ; {NAMED} ; "
VALUE = f"{AIM} sh:property shape:p . shape:p {NAMED} ; sh:path vom:value ; "
OTHER = f"shape:q {NAMED} ; sh:path vom:value ; "
QUERY = (
    f"{AIM} sh:sparql shape:q . shape:q sh:prefixes <https://w3id.org/vomkg/ontology> ;"
)
# Rule to shapes that break it once, and no other rule.
BROKEN = {
    "UnknownTerm": [
        VALUE + "sh:minCout 1 .",
        VALUE + "sh:nodeKind sh:IRI ; vom:value sh:Iri .",
    ],
    "UnsupportedTerm": [
        AIM + "sh:rule [ a vom:Claim ] .",
        VALUE + "sh:minCount 1 . shape:f a sh:SPARQLFunction .",
    ],
    "UndeclaredTerm": [
        VALUE + "sh:class vom:Clam .",
        VALUE + "sh:in ( vom:OddRatio vom:OddsRatio ) .",
        f"{AIM} sh:property shape:p . shape:p {NAMED} ; sh:minCount 1 ; "
        "sh:path ( vom:value vom:valeu ) .",
    ],
    "UndeclaredBorrowedTerm": [
        VALUE + "sh:equals <http://www.w3.org/2004/02/skos/core#preflabel> .",
        VALUE + "sh:class oa:SpecificRessource .",
    ],
    "Recursion": [
        AIM + "sh:node shape:s .",
        AIM + f"sh:node shape:t . shape:t a sh:NodeShape ; {NAMED} ; "
        "sh:or ( shape:u shape:v ) . shape:u sh:name 'u' ; sh:nodeKind sh:IRI . "
        "shape:v sh:name 'v' ; sh:not shape:s .",
    ],
    "SlowPattern": [
        VALUE + 'sh:pattern "^(a+)+$" .',
        VALUE
        + 'sh:pattern "(a|aa)+$" ; sh:in ( "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaab" ) .',
        VALUE + 'sh:pattern "(a|A)*b" ; sh:flags "i" .',
        QUERY + 'sh:select "SELECT $this { $this vom:value ?v '
        "FILTER regex(?v, '^(a+)+$') }\" .",
        QUERY + 'sh:select "SELECT $this { $this vom:value ?v '
        "FILTER (replace(?v, '(a*)*b', '') = '') }\" .",
    ],
    "BadPattern": [
        VALUE + f"sh:pattern {pattern} ."
        for pattern in (
            '"("',
            '"a)"',
            '"*a"',
            '"a**"',
            '"[z-a]"',
            '"[]"',
            '"[^]"',
            '"a{2,1}"',
            '"a{2"',
            '"a{1,9999}"',
            '"(?=a)"',
            '"(?P<n>a)"',
            r'"\\b"',
            r'"\\p{L}"',
            r'"\\1"',
            r'"a\\"',
            '"[a-z-[aeiou]]"',
            '"a]"',
            '"a" ; sh:flags "g"',
        )
    ],
    "BadQuery": [
        QUERY + 'sh:select "SELECT $this WHERE { $this }" .',
        QUERY + 'sh:select "ASK { $this ?p ?o }" .',
        QUERY + 'sh:select "SELECT $this { BIND (1 AS $this) }" .',
        QUERY + 'sh:select "SELECT (1 AS $this) { $this ?p ?o }" .',
        AIM + "sh:sparql shape:q . shape:q sh:message 'm' .",
        QUERY + f'sh:select "SELECT $this {"{" * 90} $this ?p ?o {"}" * 90}" .',
        QUERY + f'sh:select "SELECT $this {{ $this ?p ?o {". ?a ?b ?c " * 999} }}" .',
        QUERY + f'sh:select "SELECT $this {{ $this ?p ?o }} #{"x" * 200_000}" .',
    ],
    "ForbiddenWord": [
        QUERY + f'sh:select "SELECT $this {{ $this ?p ?o {part} }}" .'
        for part in (
            "SERVICE <http://127.0.0.1:9/> { ?o ?p ?o }",
            "service silent <http://127.0.0.1:9/> { ?o ?p ?o }",
            "MINUS { ?o ?p ?o }",
            "VALUES ?o { 1 }",
        )
    ]
    + [QUERY + 'sh:select "SELECT $this FROM vom:g { $this ?p ?o }" .'],  # noqa: S608  # a sample
    "UndeclaredPrefix": [
        QUERY + 'sh:select "SELECT $this { $this vmo:value ?o }" .',
        AIM
        + 'sh:sparql shape:q . shape:q sh:select "SELECT $this { $this vom:value 1 }" .',
    ],
    "MissingThis": [
        QUERY + 'sh:select "SELECT ?o { $this ?p ?o }" .',
        QUERY
        + 'sh:select "SELECT $this { $this ?p ?o { SELECT ?o { ?o ?p $this } } }" .',
        QUERY + 'sh:select "SELECT $this { { SELECT * { $this ?p ?o } } }" .',
        QUERY + 'sh:select "SELECT * { ?s ?p ?o }" .',
    ],
    "WrongPlace": [
        QUERY + 'sh:select "SELECT $this { $this $PATH ?o }" .',
    ],
    "UnfilledMessage": [
        QUERY + 'sh:message "{?o}" ; sh:select "SELECT $this { $this ?p ?o }" .',
    ],
    "Import": [
        AIM + "sh:nodeKind sh:IRI . <urn:s> owl:imports <http://127.0.0.1:9/> ."
    ],
    "UnknownSeverity": [
        "shape:s sh:targetClass vom:Claim ; sh:name 'n' ; sh:message 'm' ; "
        "sh:severity sh:IRI ; sh:nodeKind sh:IRI ."
    ],
    "DeadShape": [
        AIM + "sh:nodeKind sh:IRI . shape:d sh:name 'd' ; sh:minLength 3 .",
    ],
    "NoMatch": [
        f"shape:s sh:targetClass vom:Estimate ; {NAMED} ; sh:nodeKind sh:IRI .",
        f"shape:s sh:targetNode id:nobody ; {NAMED} ; sh:nodeKind sh:IRI .",
        f"shape:s sh:targetObjectsOf vom:reportedBy ; {NAMED} ; sh:nodeKind sh:IRI .",
        f"vom:Metric a rdfs:Class . vom:Estimate a sh:NodeShape , rdfs:Class ; {NAMED} ; "
        "sh:nodeKind sh:IRI .",
    ],
    "Deactivated": [AIM + "sh:deactivated true ; sh:nodeKind sh:IRI ."],
    "UnreachableValue": [
        VALUE + "sh:datatype xsd:integer ; sh:in ( 1 2.5 ) .",
        VALUE + "sh:nodeKind sh:IRI ; sh:in ( vom:Claim 1 ) .",
        VALUE + "sh:maxInclusive 5 ; sh:in ( 4 6 ) .",
        VALUE + 'sh:pattern "^a" ; sh:in ( "ab" "ba" ) .',
    ],
    "DuplicateConstraint": [
        VALUE
        + f"sh:maxCount 1 . shape:s sh:property shape:q . {OTHER} sh:maxCount 1 .",
        VALUE
        + f"sh:in ( 1 2 ) . shape:s sh:property shape:q . {OTHER} sh:in ( 2 1 ) .",
    ],
    "ShapeWithoutIRI": [
        AIM + f"sh:property [ sh:path vom:value ; sh:minCount 1 ; {NAMED} ] .",
    ],
    "ShapeWithoutMessage": [
        AIM + "sh:property shape:p . shape:p sh:name 'n' ; sh:path vom:value ; "
        "sh:severity sh:Info ; sh:minCount 1 .",
    ],
    "ShapeWithoutName": [
        AIM + "sh:property shape:p . shape:p sh:message 'm' ; sh:path vom:value ; "
        "sh:severity sh:Info ; sh:minCount 1 .",
    ],
    "ShapeWithoutSeverity": [
        AIM + "sh:property shape:p . shape:p sh:message 'm' ; sh:path vom:value ; "
        "sh:name 'n' ; sh:minCount 1 .",
    ],
    "IncompleteConstraint": [VALUE + 'sh:flags "i" .'],
    "MalformedWaiver": [
        AIM + f'sh:nodeKind sh:IRI ; vom:editorialNote "{note}" .'
        for note in (
            "waives NoMatch",
            "waives NoMatch: ",
            "waives no match: because",
            "waives Nothing: because",
            "waives UnknownTerm: because",
            "waives UnusedWaiver: because",
            "Waive NoMatch: because",
        )
    ],
    "UnusedWaiver": [
        AIM + 'sh:nodeKind sh:IRI ; vom:editorialNote "waives NoMatch: no claim yet" .',
    ],
    "Unsatisfiable": [
        *(
            VALUE + f"{rest} ."
            for rest in (
                "sh:minCount 3 ; sh:maxCount 1",
                "sh:maxCount 1 ; sh:hasValue 1 , 2",
                "sh:minCount 3 ; sh:in ( 1 2 )",
                "sh:minLength 3 ; sh:maxLength 2",
                "sh:minInclusive 3 ; sh:maxInclusive 2",
                "sh:minInclusive 3 ; sh:maxExclusive 3",
                "sh:minExclusive 3 ; sh:maxInclusive 3",
                "sh:minExclusive 3 ; sh:maxExclusive 3",
                "sh:datatype xsd:integer ; sh:minExclusive 3 ; sh:maxExclusive 4",
                'sh:minInclusive 3 ; sh:maxInclusive "four"',
                'sh:minInclusive "2020-01-01"^^xsd:date ; '
                'sh:maxInclusive "2019-01-01"^^xsd:date',
                "sh:in ()",
                "sh:languageIn ()",
                "sh:in ( 1 2 ) ; sh:hasValue 3",
                "sh:nodeKind sh:IRI ; sh:datatype xsd:string",
                "sh:nodeKind sh:Literal ; sh:class vom:Claim",
                "sh:nodeKind sh:BlankNode ; sh:minLength 1",
                "sh:nodeKind sh:BlankNodeOrIRI ; sh:minInclusive 1",
                "sh:datatype xsd:string ; sh:class vom:Claim",
                "sh:datatype xsd:string ; sh:languageIn ( 'en' )",
                "sh:datatype xsd:integer ; sh:in ( 'a' 'b' )",
                "sh:datatype xsd:integer ; sh:hasValue 1.5",
                "sh:nodeKind sh:Literal ; sh:hasValue vom:Claim",
                "sh:languageIn ( 'en' ) ; sh:hasValue 'a'@de",
                "sh:pattern '^b' ; sh:hasValue 'a'",
                "sh:maxLength 1 ; sh:hasValue 'ab'",
                "sh:minExclusive 1 ; sh:hasValue 1",
                "sh:minCount 1 ; sh:disjoint vom:value",
                "sh:minCount 1 ; sh:lessThan vom:value",
                "sh:minCount 1 ; sh:equals vom:reportedBy ; sh:disjoint vom:reportedBy",
                "sh:qualifiedValueShape shape:q ; sh:qualifiedMinCount 2 ; "
                "sh:qualifiedMaxCount 1 . shape:q sh:name 'q' ; sh:nodeKind sh:IRI",
                "sh:maxCount 1 ; sh:qualifiedValueShape shape:q ; "
                "sh:qualifiedMinCount 2 . shape:q sh:name 'q' ; sh:nodeKind sh:IRI",
                "sh:node shape:q ; sh:nodeKind sh:IRI . "
                "shape:q sh:name 'q' ; sh:nodeKind sh:Literal",
                "sh:node shape:q ; sh:not shape:q . "
                "shape:q sh:name 'q' ; sh:nodeKind sh:IRI",
            )
        ),
        VALUE
        + f"sh:minCount 2 . shape:s sh:property shape:q . {OTHER} sh:maxCount 1 .",
        VALUE + f"sh:maxCount 1 . shape:s sh:node shape:t . {OTHER} sh:minCount 2 . "
        "shape:t sh:name 't' ; sh:property shape:q .",
        VALUE + f"sh:datatype xsd:date . shape:s sh:and ( shape:q ) . {OTHER} "
        "sh:datatype xsd:integer .",
        VALUE + "sh:maxCount 1 . shape:s sh:closed true ; sh:node shape:t . "
        f"shape:t sh:name 't' ; sh:property shape:q . shape:q {NAMED} ; "
        "sh:path vom:reportedBy ; sh:minCount 1 .",
        VALUE.replace("vom:Claim", "vom:Estimate , vom:Claim")
        + "sh:maxCount 1 . shape:s sh:closed true . "
        f"shape:q {NAMED} ; sh:path vom:reportedBy ; sh:hasValue vom:Claim ; "
        "sh:targetClass vom:Claim .",
    ],
}
GOOD = (
    VALUE + "sh:minCount 1 ; sh:maxCount 1 ; sh:datatype xsd:integer .",
    VALUE + "sh:minInclusive 1 ; sh:maxInclusive 1 ; sh:in ( 1 ) ; sh:hasValue 1 .",
    VALUE + "sh:minExclusive 0 ; sh:maxExclusive 1 ; sh:datatype xsd:decimal .",
    VALUE + 'sh:pattern "^(?:a|b)+?[^x-z\\\\\\\\]{1,3}$" ; sh:flags "i" .',
    VALUE + 'sh:pattern "a(b" ; sh:flags "q" .',
    VALUE + 'sh:pattern "(a+)+" ; sh:flags "q" .',
    VALUE + 'sh:pattern "(a|A)*b" .',
    VALUE + "sh:minCount 1 . shape:s sh:property shape:q . "
    f"shape:q {NAMED} ; sh:maxCount 0 ; sh:path [ sh:inversePath vom:value ] .",
    VALUE + 'sh:languageIn ( "en" ) ; sh:hasValue "a"@en-GB .',
    QUERY + 'sh:select "SELECT $this ?value { $this vom:value ?value }" .',
    QUERY + 'sh:message "{?value} at {$this}" ; '
    'sh:select "SELECT ?this ?value { ?this vom:value ?value }" .',
    f"{VALUE} sh:sparql shape:q . shape:q sh:prefixes <https://w3id.org/vomkg/ontology> ; "
    'sh:select "SELECT $this ?value { $this $PATH ?value . '
    'FILTER NOT EXISTS { ?value $PATH/vom:value 1 } }" .',
    AIM + "sh:or ( shape:t shape:u ) . shape:t sh:name 't' ; sh:nodeKind sh:IRI . "
    "shape:u sh:name 'u' ; sh:nodeKind sh:BlankNode .",
    f"shape:s sh:targetClass vom:Estimate ; {NAMED} ; sh:nodeKind sh:IRI ; "
    'vom:editorialNote "waives NoMatch: no review estimates anything"@en .',
    AIM + 'sh:nodeKind sh:IRI ; vom:editorialNote "A remark, and no waiver."@en .',
)


@pytest.fixture
def data(turtle):
    return turtle("id:c a vom:Claim ; vom:value 1 .")


@pytest.fixture
def known(ontology, turtle):
    return ontology + turtle("vom:editorialNote a owl:AnnotationProperty .")


def test_every_rule_has_an_example():
    from tests.curate.test_lint_syntax import BEYOND, ILL_FORMED

    assert {*BROKEN, *BEYOND, *ILL_FORMED} == set(RULES)


@pytest.mark.parametrize(
    ("rule", "text"), [(rule, text) for rule, texts in BROKEN.items() for text in texts]
)
def test_a_broken_rule_is_named_and_no_other(rule, text, turtle, known, data):
    """One fault is told as one fault, of the right rule, at a node of the shapes."""
    shapes = turtle(text)
    found = shape_faults(shapes, known, data)
    assert [result.component for result in found] == [rule]
    [result] = found
    assert (result.check, result.severity) == ("lint", RULES[rule].severity)
    assert result.focus in {
        str(node).removeprefix("_:") for node in shapes.subjects()
    } | {f"_:{node}" for node in shapes.subjects()}
    assert "; " in result.message
    assert "\n" not in result.message


@pytest.mark.parametrize("text", GOOD)
def test_good_shapes_have_no_fault(text, turtle, known, data):
    assert shape_faults(turtle(text), known, data) == []


def test_all_faults_are_told_the_worst_first(turtle, known, data):
    shapes = turtle(
        VALUE
        + "sh:minCout 1 ; sh:maxLenght 2 ; sh:minCount 'one' ; sh:deactivated true ."
    )
    found = [result.component for result in shape_faults(shapes, known, data)]
    assert found == ["UnknownTerm", "WrongValue", "UnknownTerm", "Deactivated"]


def test_a_misspelt_term_is_answered_with_the_nearest(turtle, known):
    [result] = shape_faults(turtle(VALUE + "sh:minCout 1 ."), known)
    assert result.message.endswith("correct the spelling: sh:minCount?")
    [result] = shape_faults(turtle(VALUE + "sh:class vom:Estimat ."), known)
    assert result.message.endswith("ontology#Estimate>?")


def test_without_data_no_target_is_said_to_match_nothing(turtle, known):
    """A waiver of that rule is not called unused then."""
    text = f"shape:s sh:targetNode id:nobody ; {NAMED} ; sh:nodeKind sh:IRI "
    waiver = '; vom:editorialNote "waives NoMatch: nobody yet" .'
    assert shape_faults(turtle(text + "."), known) == []
    assert shape_faults(turtle(text + waiver), known) == []


def test_patterns_of_any_depth_are_judged(turtle, known, data):
    """Deep nesting is a fault of the pattern, not of ours."""
    deep = "(" * 5_000 + ")" * 5_000
    found = shape_faults(turtle(VALUE + f'sh:pattern "{deep}" .'), known, data)
    assert [result.component for result in found] == ["BadPattern"]


def test_shapes_of_any_depth_are_judged(turtle, known, data):
    """A long chain of shapes is followed without recursion of ours."""
    chain = "".join(
        f"shape:c{n} sh:name 'c' ; sh:not shape:c{n + 1} ." for n in range(3_000)
    )
    text = f"{AIM} sh:not shape:c0 . {chain} shape:c3000 sh:name 'c' ; sh:nodeKind sh:IRI ."
    assert shape_faults(turtle(text), known, data) == []


def test_the_shipped_shapes_have_no_fault(settings):
    from vomkg.workbench.workspace import Workspace

    work = Workspace(settings)
    assert shape_faults(work.shapes, work.ontology, work.data) == []
