"""A syntax that cannot hold a triple as a term says so, and the rest write it whole."""

from __future__ import annotations

import pyoxigraph as og
import pytest

from vomkg.errors import FormatError
from vomkg.formats import by_name
from vomkg.graph.encode import encode

NAME = "https://example.org/n#"


def said(value, depth=2):
    """A value in a triple, in a triple that is a term, and so on."""
    node, says = og.NamedNode(NAME + "node"), og.NamedNode(NAME + "says")
    held = og.Triple(node, says, og.Literal(value))
    for _ in range(depth - 1):
        held = og.Triple(node, says, held)
    return held


@pytest.mark.parametrize("name", ["turtle", "ntriples", "trig", "nquads", "rdfxml"])
def test_a_triple_in_a_triple_comes_back(name):
    form = by_name(name)
    data = encode([said("tide")], form, {"n": NAME})
    rdf = og.RdfFormat.from_media_type(form.media_type)
    [quad] = og.parse(data, format=rdf)
    assert quad.triple == said("tide")


def test_prefixes_serve_the_triples_inside():
    inner = og.Triple(*(og.NamedNode(f"https://inner.example/{n}") for n in "abc"))
    outer = og.Triple(og.NamedNode("urn:a"), og.NamedNode("urn:b"), inner)
    data = encode([outer], by_name("turtle"), {"i": "https://inner.example/"})
    assert b"<<( i:a i:b i:c )>>" in data


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [("jsonld", "tide", "JSON-LD cannot hold"), ("rdfxml", "\b", r"U\+0008")],
)
def test_what_a_syntax_cannot_hold_is_refused(name, value, words):
    with pytest.raises(FormatError, match=words) as caught:
        encode([said(value)], by_name(name), {})
    assert "turtle" in (caught.value.fix or "")
