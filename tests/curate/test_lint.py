"""Broken shapes are refused with the name of the shape, never passed over."""

import pytest

from vomkg.curate.validate import validate
from vomkg.errors import ShapesError

CLAIM = "shape:claim a sh:NodeShape ; sh:targetClass vom:Claim ; sh:property shape:p ."
QUERY = """shape:claim a sh:NodeShape ; sh:targetClass vom:Claim ; sh:sparql shape:q .
shape:q a sh:SPARQLConstraint ; sh:prefixes <https://w3id.org/vomkg/ontology> ;
  sh:select "SELECT $this WHERE {{ {} }}" ."""
BROKEN = {
    "misspelt SHACL term": (
        CLAIM + "shape:p sh:path vom:value ; sh:minCout 1 .",
        r"shapes#p> uses sh:minCout, which SHACL does not define",
    ),
    "misspelt SHACL value": (
        CLAIM + "shape:p sh:path vom:value ; sh:nodeKind sh:Iri .",
        r"uses sh:Iri",
    ),
    "class that is not declared": (
        "shape:claim a sh:NodeShape ; sh:targetClass vom:Clam .",
        r"shapes#claim> names <https://w3id.org/vomkg/ontology#Clam>",
    ),
    "property that is not declared": (
        CLAIM + "shape:p sh:path ( vom:reportedBy vom:valeu ) ; sh:minCount 1 .",
        r"names <https://w3id.org/vomkg/ontology#valeu>",
    ),
    "pattern that is no regular expression": (
        CLAIM + 'shape:p sh:path vom:value ; sh:pattern "(" .',
        r"shapes#p> has a pattern.*unterminated",
    ),
    "property shape without path": (
        CLAIM + "shape:p a sh:PropertyShape ; sh:minCount 1 .",
        r"shapes#p> is a property shape without sh:path",
    ),
    "count that is no number": (
        CLAIM + 'shape:p sh:path vom:value ; sh:minCount "one" .',
        r"shapes#p> has 'one' as sh:minCount, which takes a whole number",
    ),
    "negative count": (
        CLAIM + "shape:p sh:path vom:value ; sh:minCount -1 .",
        r"as sh:minCount, which takes a whole number from 0",
    ),
    "property shape that does not exist": (
        CLAIM,
        r"refers by sh:property to <.*shapes#p>, which is no shape",
    ),
    "list that is none": (
        CLAIM + "shape:p sh:path vom:value ; sh:in vom:Claim .",
        r"which is no well-formed list",
    ),
    "recursion": (
        "shape:a a sh:NodeShape ; sh:targetClass vom:Claim ; sh:node shape:a .",
        r"shapes#a> refers to itself, by sh:node: it is recursive",
    ),
    "query that is not SPARQL": (
        QUERY.format("this is not it"),
        r"query of shape <https://w3id.org/vomkg/shapes#q> is not SPARQL at line 1, col",
    ),
    "query with an unknown prefix": (
        QUERY.format("$this vmo:value ?value"),
        r"uses the prefix vmo:",
    ),
    "query that calls another server": (
        QUERY.format("SERVICE <http://127.0.0.1:9/> {{ $this ?p ?o }}"),
        r"says SERVICE",
    ),
    "query that SHACL forbids": (
        QUERY.format("$this ?p ?o MINUS {{ $this vom:value ?o }}"),
        r"says MINUS",
    ),
}


@pytest.mark.parametrize(("shapes", "words"), BROKEN.values(), ids=BROKEN)
def test_refuses_broken_shapes(shapes, words, turtle, ontology, capfd):
    """Shapes that check nothing are an error, told once and in our words."""
    with pytest.raises(ShapesError, match=words) as caught:
        validate(turtle("id:c a vom:Claim ; vom:value 1 ."), turtle(shapes), ontology)
    assert "\n" not in str(caught.value)
    assert capfd.readouterr() == ("", "")
