"""Every triple has the place where the text says it, whatever form it is said in."""

from __future__ import annotations

import re

import pyoxigraph
import pytest
from rdflib import Graph
from rdflib.compare import isomorphic

from tests.graph.positions.cases import CASES
from vomkg.errors import TurtleError
from vomkg.graph.positions import File, Positions, Statement
from vomkg.graph.terms import to_rdflib

THREE = pyoxigraph.Literal(3)
TEXTS = [pytest.param(text, id=name) for name, text, _ in CASES]
EXPECTED = [pytest.param(text, rows, id=name) for name, text, rows in CASES]


def written(text, span):
    """What stands at a place, found without the help of the reader."""
    body = text.removeprefix("\ufeff")
    starts = [0, *(end.end() for end in re.finditer("\r\n|\r|\n", body))]
    first = starts[span.line - 1] + span.column - 1
    return body[first : starts[span.end_line - 1] + span.end_column - 1]


def row(text, statement):
    spans = (statement.subject_at, statement.predicate_at, statement.object_at)
    return "  ".join(f"{s.line}:{s.column} {written(text, s)}" for s in spans)


def by_pyoxigraph(text, form=pyoxigraph.RdfFormat.TURTLE):
    graph = Graph(bind_namespaces="none")
    for quad in pyoxigraph.parse(text.removeprefix("\ufeff"), format=form):
        s, p, o = (to_rdflib(term) for term in quad.triple)
        graph.add((s, p, o))
    return graph


def test_there_are_enough_cases():
    assert len({name for name, *_ in CASES}) == len(CASES) >= 60


@pytest.mark.parametrize(("text", "rows"), EXPECTED)
def test_each_triple_has_its_place(text, rows):
    file = File("a.ttl", text)
    found = [row(text, Statement(file, n)) for n in range(len(file.records))]
    assert found == rows


@pytest.mark.parametrize("text", TEXTS)
def test_the_graph_is_that_of_the_parser_of_record(text):
    """Terms too: literals keep the form in which they are written."""
    assert isomorphic(Positions.of({"a.ttl": text}).graph(), by_pyoxigraph(text))


# What rdflib reads otherwise than Turtle has it, and why: the reasons why its parser
# is not the one with places.
RDFLIB_DIFFERS = {
    "CR alone": "rdflib refuses it: to it a carriage return ends no line",
    "mixed line ends": "rdflib refuses it for the same reason",
    "integers": "rdflib writes +3 as 3",
    "integer with leading zeros": "rdflib writes 007 as 7",
    "decimals": "rdflib writes -.5 as -0.5",
    "language tag": "rdflib keeps en-GB, where the parser of record writes en-gb",
    "datatype with blanks before it": "rdflib refuses blanks around ^^",
}


@pytest.mark.parametrize(
    ("name", "text"), [pytest.param(n, t, id=n) for n, t, _ in CASES]
)
def test_the_graph_is_that_of_rdflib_but_for_what_is_known(name, text):
    """A new release of rdflib that reads one of these right has its line to lose."""
    ours = Positions.of({"a.ttl": text}).graph()
    try:
        theirs = Graph(bind_namespaces="none").parse(
            data=text.removeprefix("\ufeff"), format="turtle"
        )
    except SyntaxError:
        assert name in RDFLIB_DIFFERS
        return
    assert isomorphic(ours, theirs) == (name not in RDFLIB_DIFFERS)


def test_graphs_in_braces_and_behind_statements_are_merged():
    """As read has it; a dot is not needed before a closing brace (TriG §2)."""
    trig = "@prefix : <u:> .\n{ :a :p 1 }\n:g { :b :p 2 ; }\nGRAPH _:h { :c :p 3 . }"
    trig += "\n[] { :d :p [] } :e :p ( 1 ) ."
    quads = "<u:a> <u:p> <u:b> <u:g> .\n<u:a> <u:p> _:b _:g .\n<u:a> <u:p> <u:c> .\n"
    forms = pyoxigraph.RdfFormat
    for name, text, form in (
        ("a.trig", trig, forms.TRIG),
        ("a.nq", quads, forms.N_QUADS),
    ):
        found = Positions.of({name: text})
        assert isomorphic(found.graph(), by_pyoxigraph(text, form))
    (line,) = Positions.of({"a.trig": trig}).statements(None, None, to_rdflib(THREE))
    assert line.object_at[:2] == (4, 19)


@pytest.mark.parametrize(
    ("text", "place", "message"),
    [
        ("<u:a> <u:b> .", (1, 13), "found '.', expected an object"),
        ("<u:a> <u:b> <u:c>", (1, 18), "the end of the file, expected ','"),
        ("@prefix a <u:> .", (1, 9), "expected a prefix with its colon"),
        ("<u:a> <u:b>\n\t[ <u:c> 1 .", (2, 12), "expected ',', ';' or ']'"),
        ('<u:a> <u:b> "x\ny" .', (1, 13), "found"),
        ("<u:a> <u:b> x:y .", (1, 13), "x: is not declared"),
        ("<u:a> <u:b> <c> .", (1, 13), "relative IRI <c>"),
        ("{ <u:a> <u:b> <u:c> }", (1, 1), "found '{'"),
        (r'<u:a> <u:b> "\uD800" .', (1, 13), r"the escape \uD800"),
        (r"<u:a\u0020> <u:b> 1 .", (1, 1), "found ' ' in an IRI"),
        ('<u:a> <u:b> "c"^^ 1 .', (1, 19), "a datatype behind '^^'"),
    ],
)
def test_the_first_broken_place_is_named(text, place, message):
    with pytest.raises(TurtleError, match=re.escape(message)) as caught:
        Positions.of({"a.ttl": text})
    assert (caught.value.line, caught.value.column) == place
    assert caught.value.path == "a.ttl"


def test_nesting_has_no_limit():
    """Neither brackets nor lists are read by recursion."""
    deep = 20_000
    for begin, end in (("[ <u:p> ", "]"), ("(", ")")):
        text = "<u:s> <u:p> " + begin * deep + "1" + end * deep + " ."
        assert len(File("a.ttl", text).records) >= deep


def test_files_have_different_blank_nodes_and_a_second_reading_the_same():
    text = "@prefix : <u:> .\n:s :p [ :q 1 ] , _:b ."
    graph = Positions.of({"a.ttl": text, "b.ttl": text + "\n"}).graph()
    assert len(graph) == 6
    assert len(Positions.of({"a.ttl": text, "b.ttl": text}).graph()) == 6
    again = Positions.of({"a.ttl": text, "b.ttl": text + "\n"}).graph()
    assert set(graph) == set(again)
