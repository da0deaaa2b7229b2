"""Small graphs, at least one for each constraint component and kind of path.

A case is what is said of the shape ``e:S``, the data, and the results expected: the
focus node, and behind a colon the value, as they are written in the data. All nodes
of the class ``e:T`` are focus nodes. Where the shape has a path, the constraints
stand in the property shape ``e:P``, which it has.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

PREFIXES: Final = """
@prefix e: <https://example.org/> .
@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
"""


@dataclass(frozen=True)
class Case:
    """What is said of the shape, of the data, and what must be found."""

    name: str
    component: str
    shape: str
    data: str
    expected: str = ""

    @property
    def shapes(self) -> str:
        """The shapes graph as Turtle."""
        said = self.shape.strip()
        if said.startswith("sh:path"):
            target = "e:S a sh:NodeShape ; sh:targetClass e:T ; sh:property e:P .\n"
            return f'{PREFIXES}{target}e:P {said} ; sh:message "m"@en .'
        if said.startswith("e:"):
            return PREFIXES + said
        top = "e:S a sh:NodeShape ; sh:targetClass e:T"
        return f'{PREFIXES}{top} ; {said} ; sh:message "m"@en .'

    @property
    def turtle(self) -> str:
        """The data graph as Turtle."""
        return PREFIXES + self.data


def _typed(text: str) -> str:
    """Each ``name: rest`` as a node of the class, a line each."""
    lines = (line.partition(" ") for line in text.strip().splitlines())
    return "".join(
        f"e:{name.strip()} a e:T{' ; ' + rest.strip() if rest.strip() else ''} .\n"
        for name, _, rest in lines
    )


def _case(name: str, component: str, shape: str, data: str, expected: str = "") -> Case:
    return Case(name, component, shape, _typed(data), expected)


P: Final = "sh:path e:p ; "
CASES: Final = (
    _case("min count", "MinCount", P + "sh:minCount 1", "a e:p 1\nb", "e:b"),
    _case("max count", "MaxCount", P + "sh:maxCount 1", "a e:p 1\nb e:p 1, 2", "e:b"),
    _case("one value by two forms", "MaxCount", P + "sh:maxCount 1", "a e:p 1, 01, 1.0", "e:a"),
    _case("class", "Class", P + "sh:class e:C", "a e:p e:x\nx\nb e:p e:y\ny a e:C\nc e:p 1", "e:a:e:x e:c:1"),
    Case("subclass", "Class", P + "sh:class e:C", _typed("a e:p e:x") + "e:x a e:D . e:D rdfs:subClassOf e:E . e:E rdfs:subClassOf e:C , e:D ."),
    _case("datatype", "Datatype", P + "sh:datatype xsd:integer", 'a e:p 1\nb e:p 1.0\nc e:p "1"\nd e:p e:x\nf e:p "1"^^xsd:int', 'e:b:1.0 e:c:"1" e:d:e:x e:f:"1"^^xsd:int'),
    _case("datatype of a text with language", "Datatype", P + "sh:datatype rdf:langString", 'a e:p "x"@en\nb e:p "x"', 'e:b:"x"'),
    _case("node kind", "NodeKind", P + "sh:nodeKind sh:IRI", 'a e:p e:x\nb e:p "x"\nc e:p []', 'e:b:"x" e:c:[]'),
    _case("node kind of blank nodes", "NodeKind", P + "sh:nodeKind sh:BlankNodeOrLiteral", 'a e:p e:x\nb e:p "x"\nc e:p []', "e:a:e:x"),
    _case("min exclusive", "MinExclusive", P + "sh:minExclusive 1", "a e:p 1.5\nb e:p 1.0\nc e:p -1", "e:b:1.0 e:c:-1"),
    _case("min inclusive", "MinInclusive", P + "sh:minInclusive 1", "a e:p 1.0\nb e:p 0.99", "e:b:0.99"),
    _case("max exclusive", "MaxExclusive", P + "sh:maxExclusive 1", "a e:p 0.99\nb e:p 1.0", "e:b:1.0"),
    _case("max inclusive", "MaxInclusive", P + "sh:maxInclusive 1", "a e:p 1.0\nb e:p 1.01", "e:b:1.01"),
    _case("latest date", "MaxInclusive", P + 'sh:maxInclusive "2020-12-31"^^xsd:date', 'a e:p "2020-12-31"^^xsd:date\nb e:p "2021-01-01"^^xsd:date', 'e:b:"2021-01-01"^^xsd:date'),
    _case("min length", "MinLength", P + "sh:minLength 3", 'a e:p "abc", 100, e:x\nb e:p "äö"\nc e:p []', 'e:b:"äö" e:c:[]'),
    _case("max length", "MaxLength", P + "sh:maxLength 2", 'a e:p "äö", "\\U0001F600x"\nb e:p "abc"@en', 'e:b:"abc"@en'),
    _case("pattern", "Pattern", P + 'sh:pattern "^[a-c]+$"', 'a e:p "abc"\nb e:p "abd"\nc e:p "ABC"\nd e:p []', 'e:b:"abd" e:c:"ABC" e:d:[]'),
    _case("pattern with classes", "Pattern", P + 'sh:pattern "^\\\\S(.*\\\\S)?$"', 'a e:p "a b"\nb e:p " ab"\nc e:p "é", 12', 'e:b:" ab"'),
    _case("pattern with flags", "Pattern", P + 'sh:pattern "^abc$" ; sh:flags "i"', 'a e:p "ABC"\nb e:p "abd"', 'e:b:"abd"'),
    _case("pattern of an IRI", "Pattern", P + 'sh:pattern "^https://example[.]org/x"', "a e:p e:x\nb e:p e:y", "e:b:e:y"),
    _case("languages", "LanguageIn", P + 'sh:languageIn ( "en" "de-CH" )', 'a e:p "x"@en-GB, "y"@DE-ch\nb e:p "z"@de\nc e:p "z"', 'e:b:"z"@de e:c:"z"'),
    _case("unique languages", "UniqueLang", P + "sh:uniqueLang true", 'a e:p "x"@en, "y"@en-GB, "z", "w"\nb e:p "x"@en, "y"@EN', "e:b"),
    _case("language as it is written", "LanguageIn", P + 'sh:languageIn ( "de" )', 'a e:p "x"@EN-gb', 'e:a:"x"@EN-gb'),
    _case("equals", "Equals", P + "sh:equals e:q", "a e:p 1 ; e:q 1\nb e:p 1 ; e:q 01\nc e:q e:x", "e:b:1 e:b:01 e:c:e:x"),
    _case("disjoint", "Disjoint", P + "sh:disjoint e:q", "a e:p 1 ; e:q 01\nb e:p e:x, e:y ; e:q e:y", "e:b:e:y"),
    _case("less than", "LessThan", P + "sh:lessThan e:q", "a e:p 1 ; e:q 1.5\nb e:p 1 ; e:q 1.0\nc e:p 1", "e:b:1"),
    _case("less than or equals", "LessThanOrEquals", P + "sh:lessThanOrEquals e:q", "a e:p 1 ; e:q 1.0\nb e:p 2, 1 ; e:q 1.5, 3", "e:b:2"),
    _case("not", "Not", P + "sh:not [ sh:hasValue e:x ]", "a e:p e:y\nb e:p e:x", "e:b:e:x"),
    _case("and", "And", "sh:and ( [ sh:property [ sh:path e:p ; sh:minCount 1 ] ] [ sh:property [ sh:path e:q ; sh:minCount 1 ] ] )", "a e:p 1 ; e:q 1\nb e:p 1", "e:b:e:b"),
    _case("or", "Or", P + "sh:or ( [ sh:datatype xsd:integer ] [ sh:class e:T ] )", 'a e:p 1, e:b\nb e:p "x"', 'e:b:"x"'),
    _case("xone", "Xone", "sh:xone ( [ sh:property [ sh:path e:p ; sh:minCount 1 ] ] [ sh:property [ sh:path e:q ; sh:minCount 1 ] ] )", "a e:p 1\nb e:p 1 ; e:q 1\nc", "e:b:e:b e:c:e:c"),
    _case("node", "Node", P + 'sh:node [ sh:property [ sh:path e:q ; sh:minCount 1 ; sh:message "inner"@en ] ]', "a e:p e:b\nb e:q 1\nc e:p e:a", "e:c:e:a"),
    _case("property below a path", "MinCount", "e:S sh:targetClass e:T ; sh:property [ sh:path e:p ; sh:property e:P ] . e:P sh:path e:q ; sh:minCount 1 .", "a e:p e:b\nb e:q 1\nc e:p e:a", "e:a"),
    _case("qualified min", "QualifiedMinCount", P + "sh:qualifiedValueShape [ sh:class e:T ] ; sh:qualifiedMinCount 1", "a e:p e:a, 1\nb e:p 1", "e:b"),
    _case("qualified max", "QualifiedMaxCount", P + "sh:qualifiedValueShape [ sh:datatype xsd:integer ] ; sh:qualifiedMaxCount 1", "a e:p 1\nb e:p 1, 2", "e:b"),
    _case("qualified and disjoint", "QualifiedMinCount", "e:S sh:targetClass e:T ; sh:property e:P , e:Q . e:P sh:path e:p ; sh:qualifiedValueShape [ sh:class e:C ] ; sh:qualifiedMinCount 1 ; sh:qualifiedValueShapesDisjoint true . e:Q sh:path e:p ; sh:qualifiedValueShape [ sh:class e:D ] ; sh:qualifiedMaxCount 9 ; sh:qualifiedValueShapesDisjoint true .", "a e:p e:x\nx a e:C ; e:p e:y\ny a e:C, e:D ; e:p e:x", "e:x"),
    _case("closed", "Closed", "sh:closed true ; sh:ignoredProperties ( rdf:type ) ; sh:property [ sh:path e:p ]", "a e:p 1\nb e:p 1 ; e:q 2, 3", "e:b:2 e:b:3"),
    _case("has value", "HasValue", P + "sh:hasValue 1", 'a e:p 1, 2\nb e:p 01, "1"', "e:b"),
    _case("in", "In", P + "sh:in ( e:x 1 'a'@en )", "a e:p e:x, 1, 'a'@EN\nb e:p 1.0, e:y", "e:b:1.0 e:b:e:y"),
    _case("in on the node itself", "In", "sh:in ( e:a )", "a\nb", "e:b:e:b"),
    # kinds of paths
    _case("inverse path", "MaxCount", "sh:path [ sh:inversePath e:p ] ; sh:maxCount 1", "a e:p e:c\nb e:p e:c\nc", "e:c"),
    _case("sequence path", "HasValue", "sh:path ( e:p e:q ) ; sh:hasValue 1", "a e:p e:b ; e:q 1\nb e:p e:a", "e:a"),
    _case("alternative path", "MinCount", "sh:path [ sh:alternativePath ( e:p e:q ) ] ; sh:minCount 2", "a e:p 1 ; e:q 2\nb e:p 1 ; e:q 1", "e:b"),
    _case("path of none or more", "Class", "sh:path [ sh:zeroOrMorePath e:p ] ; sh:class e:T", "a e:p e:b\nb e:p e:a, 1", "e:a:1 e:b:1"),
    _case("path of one or more", "MaxCount", "sh:path [ sh:oneOrMorePath e:p ] ; sh:maxCount 1", "a e:p e:b\nb e:p e:c\nc e:p 1", "e:a e:b"),
    _case("path of none or one", "MaxCount", "sh:path [ sh:zeroOrOnePath e:p ] ; sh:maxCount 1", "a e:p e:a\nb e:p e:a", "e:b"),
    _case("path of many kinds", "MaxCount", "sh:path ( [ sh:inversePath e:p ] [ sh:zeroOrMorePath [ sh:alternativePath ( e:q e:r ) ] ] ) ; sh:maxCount 1", "a e:p e:x ; e:q e:y\nx\ny e:r 1", "e:x"),
    # targets and what is said of shapes
    Case("target node", "MinCount", "e:S sh:targetNode e:a , e:b ; sh:property e:P . e:P sh:path e:p ; sh:minCount 1 .", "e:a e:p 1 .", "e:b"),
    Case("literal as target", "Datatype", 'e:S sh:targetNode "x" , 1 ; sh:datatype xsd:integer .', "e:a e:p 1 .", '"x":"x"'),
    Case("target subjects and objects", "NodeKind", "e:S sh:targetSubjectsOf e:p ; sh:targetObjectsOf e:q ; sh:nodeKind sh:Literal .", "e:a e:p 1 . e:b e:q e:c , 1 .", "e:a:e:a e:c:e:c"),
    Case("class as its own target", "Closed", "e:T a rdfs:Class , sh:NodeShape ; sh:closed true ; sh:ignoredProperties ( rdf:type ) .", "e:U rdfs:subClassOf e:T . e:a a e:U ; e:p 1 .", "e:a:1"),
    _case("deactivated", "MinCount", P + "sh:minCount 1 ; sh:deactivated true", "a"),
    _case("severity", "MinCount", P + "sh:minCount 1 ; sh:severity sh:Warning", "a", "e:a"),
    _case("severity of one's own", "MinCount", P + "sh:minCount 1 ; sh:severity e:Grave", "a", "e:a"),
    _case("blank focus nodes", "MinCount", P + "sh:minCount 1", "a e:q [ a e:T ] , [ a e:T ; e:p 1 ]", "e:a []"),
    # SPARQL constraints
    _case("query", "SPARQL", 'sh:sparql [ a sh:SPARQLConstraint ; sh:select "SELECT $this ?value WHERE { $this <https://example.org/p> ?value FILTER (?value > 1) }" ]', "a e:p 1\nb e:p 1.5", "e:b:1.5"),
    _case("query with a path and words", "SPARQL", 'sh:sparql [ sh:message "{?value} of {$this}"@en ; sh:select "SELECT $this ?path ?value WHERE { $this ?path ?value FILTER (?path = <https://example.org/p> && isIRI(?value)) }" ]', "a e:p 1\nb e:p e:a", "e:b:e:a"),
    _case("query in a property shape", "SPARQL", 'sh:path e:p ; sh:sparql [ sh:select "SELECT $this ?value WHERE { $this $PATH ?value FILTER NOT EXISTS { ?value $PATH ?any } }" ]', "a e:p e:b\nb e:p e:c", "e:b:e:c"),
    _case("query that finds a value twice", "SPARQL", 'sh:sparql [ sh:select "SELECT $this ?value WHERE { $this <https://example.org/p> ?value ; <https://example.org/q> ?other }" ]', "a e:p 1 ; e:q 2, 3", "e:a:1"),
    _case("query for distinct values", "SPARQL", 'sh:sparql [ sh:select "SELECT DISTINCT $this ?value WHERE { $this <https://example.org/p> ?value ; <https://example.org/q> ?other }" ]', "a e:p 1, 2 ; e:q 2, 3\nb e:p 1", "e:a:1 e:a:2"),
    _case("query for distinct nodes in several ways", "SPARQL", 'sh:sparql [ sh:select "SELECT DISTINCT $this WHERE { { $this <https://example.org/p> ?x } UNION { ?x <https://example.org/p> $this } OPTIONAL { $this <https://example.org/q> ?y } FILTER (!BOUND(?y)) }" ]', "a e:p e:b\nb e:p e:a, e:c\nc e:q 1", "e:a:e:a e:b:e:b"),
    _case("query with a choice of value", "SPARQL", 'sh:sparql [ sh:select "SELECT $this ?value WHERE { $this <https://example.org/p> ?p OPTIONAL { $this <https://example.org/q> ?q } BIND (COALESCE(?q, ?p) AS ?value) }" ]', "a e:p 1\nb e:p 1 ; e:q 2", "e:a:1 e:b:2"),
    _case("query with more columns", "SPARQL", 'sh:sparql [ sh:select "SELECT $this ?value ?other WHERE { $this <https://example.org/p> ?value ; <https://example.org/q> ?other }" ]', "a e:p 1 ; e:q 2", "e:a:1"),
    _case("query with declared prefixes", "SPARQL", 'sh:sparql [ sh:prefixes e:onto ; sh:select "SELECT $this WHERE { $this e:p 1 }" ] . e:onto sh:declare [ sh:prefix "e" ; sh:namespace "https://example.org/"^^xsd:anyURI ] . e:S rdfs:label "s"', "a e:p 1\nb e:p 2", "e:a:e:a"),
    # what the engines are known to read differently
    _case("ill-formed dateTime", "Datatype", P + "sh:datatype xsd:dateTime", 'a e:p "2010-01-01"^^xsd:dateTime', 'e:a:"2010-01-01"^^xsd:dateTime'),
    _case("ill-formed decimal", "Datatype", P + "sh:datatype xsd:decimal", 'a e:p "1e3"^^xsd:decimal', 'e:a:"1e3"^^xsd:decimal'),
    _case("ill-formed year", "Datatype", P + "sh:datatype xsd:gYear", 'a e:p "about 2010"^^xsd:gYear', 'e:a:"about 2010"^^xsd:gYear'),
    _case("order of unlike types", "MinInclusive", P + "sh:minInclusive true", "a e:p 1", "e:a:1"),
    _case("order of NaN", "MaxInclusive", P + "sh:maxInclusive 1e0", 'a e:p "NaN"^^xsd:double', 'e:a:"NaN"^^xsd:double'),
    _case("order of dates with and without zone", "MinInclusive", P + 'sh:minInclusive "2020-01-01"^^xsd:date', 'a e:p "2020-01-01Z"^^xsd:date'),
    _case("length of a blank node", "MinLength", P + "sh:minLength 0", "a e:p []", "e:a:[]"),
    _case("end of a line", "Pattern", P + 'sh:pattern "^a$"', 'a e:p "a\\n"', 'e:a:"a\\n"'),
    _case("letters", "Pattern", P + 'sh:pattern "^\\\\w$"', 'a e:p "²"'),
)  # fmt: skip
