"""Where the terms of a triple stand."""

import pytest
from rdflib import RDF, XSD, BNode, Literal, URIRef

from vomkg.curate.mends.spots import Spots, spots
from vomkg.curate.place import Place
from vomkg.graph.parse import read_text
from vomkg.graph.read import read

A, P, B = (URIRef(f"http://e/{name}") for name in "apb")


def shown(text: str, at: Place) -> str:
    lines = text.split("\n")
    if at.line == at.end_line:
        return lines[at.line - 1][at.column - 1 : at.end_column - 1]
    first, last = lines[at.line - 1][at.column - 1 :], lines[at.end_line - 1]
    between = lines[at.line : at.end_line - 1]
    return "\n".join([first, *between, last[: at.end_column - 1]])


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("<http://e/b>", B),
        ("e:b", B),
        ('"x"', Literal("x")),
        ('"x"@en-GB', Literal("x", lang="en-GB")),
        ('"x"^^<http://e/b>', Literal("x", datatype=B)),
        ('"1"^^ xsd:int', Literal("1", datatype=XSD.int)),
        ('"x"^^xsd:string', Literal("x")),
        ("-1", Literal("-1", datatype=XSD.integer)),
        ("+1.0", Literal("+1.0", datatype=XSD.decimal, normalize=False)),
        ("1e3", Literal("1e3", datatype=XSD.double, normalize=False)),
        ("true", Literal("true", datatype=XSD.boolean)),
        ("_:n", BNode("n")),
        ('"""two\nlines"""', Literal("two\nlines")),
        (r'"A"', Literal("A")),
    ],
)
def test_value_is_found_as_it_is_written(written: str, value: object):
    text = (
        "PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>\n@prefix e: <http://e/> .\n"
        f"e:a e:q 1, {written} ; a e:b . # e:a e:p e:c\n"
    )
    found = {spot.triple[1:]: spot for spot in spots("a.ttl", text)}
    spot = found[URIRef("http://e/q"), value]  # type: ignore[index]  # a node
    assert shown(text, spot.value) == written
    assert shown(text, spot.predicate) == "e:q"
    assert shown(text, spot.subject) == "e:a"
    assert (RDF.type, B) in found
    assert len(found) == 3


def test_brackets_are_left_out_and_what_follows_is_found():
    text = (
        "@prefix e: <http://e/> .\ne:a e:p [ e:p e:b ], ( e:b ), e:b .\n[] e:p e:b .\n"
    )
    assert [spot.triple for spot in spots("a.ttl", text)] == [(A, P, B)]


def test_a_broken_file_gives_what_can_be_read():
    text = "<http://e/a> <http://e/p> <http://e/b> .\n<http://e/a> nobody:knows\n"
    assert [spot.triple for spot in spots("a.ttl", text)] == [(A, P, B)]


def test_what_stands_twice_has_no_one_place():
    line = "<http://e/a> <http://e/p> <http://e/b> .\n"
    twice = Spots({"a.ttl": line, "b.ttl": line})
    assert twice.value(A, P, B) is None
    assert twice.predicate(A, P) is None
    assert Spots({"a.ttl": line}).value(A, P, B) == Place("a.ttl", 1, 27, 1, 39)
    assert Spots({"a.rdf": line}).value(A, P, B) is None


def test_every_triple_of_the_shipped_data_is_found(settings):
    for path in settings.data_files():
        text = read_text(path)
        found = {spot.triple for spot in spots(path.name, text)}
        assert found == set(read([path]))
