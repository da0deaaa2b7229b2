"""What an answer gives: Python values, bytes, a DataFrame, HTML and trails."""

from __future__ import annotations

import builtins
import datetime as dt
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest
from pyoxigraph import Literal, NamedNode

from vomkg.engine.answer import Answer, Trail
from vomkg.engine.values import python_value, shown
from vomkg.errors import FormatError, MissingToolError, UsageError
from vomkg.formats import by_name
from vomkg.graph.read import read
from vomkg.namespaces import THINGS, XSD

if TYPE_CHECKING:
    from pathlib import Path

    from vomkg.engine.local import Engine

CLAIM = THINGS + "claim"


def _literal(text: str, name: str) -> Literal:
    return Literal(text, datatype=NamedNode(XSD + name))


@pytest.mark.parametrize(
    ("term", "value"),
    [
        (None, None),
        (NamedNode("http://e/x"), "http://e/x"),
        (Literal("x"), "x"),
        (Literal("x", language="en"), "x"),
        (_literal("15", "integer"), 15),
        (_literal("15", "nonNegativeInteger"), 15),
        (_literal("0.54", "decimal"), Decimal("0.54")),
        (_literal("1.5", "double"), 1.5),
        (_literal("1.5", "float"), 1.5),
        (_literal("true", "boolean"), True),
        (_literal("0", "boolean"), False),
        (_literal("2015-06-30", "date"), dt.date(2015, 6, 30)),
        (
            _literal("2015-06-30T12:00:00Z", "dateTime"),
            dt.datetime(2015, 6, 30, 12, tzinfo=dt.UTC),
        ),
        (_literal("12015-06-30", "date"), "12015-06-30"),
        (_literal("x", "decimal"), "x"),
        (_literal("2015", "gYear"), "2015"),
        (Literal("x", datatype=NamedNode("http://e/type")), "x"),
    ],
)
def test_term_has_its_python_value(term: NamedNode | Literal | None, value: object):
    """Values are of the type that Python has for them; else their text."""
    found = python_value(term)
    assert found == value
    assert type(found) is type(value)


def test_term_is_shown_short(prefixes: dict[str, str]):
    """People see prefixed names and bare values."""
    cells = [None, NamedNode(CLAIM), Literal("x", language="en")]
    assert [shown(cell, prefixes) for cell in cells] == ["", "id:claim", "x"]


def test_rows_are_python_values(small: Engine):
    """Iterating gives plain dictionaries."""
    answer = small.query("SELECT ?c ?v ?none { ?c vom:ratioValue ?v }")
    assert list(answer) == [{"c": CLAIM, "v": Decimal("0.54"), "none": None}]
    assert answer.rows[0]["v"] == _literal("0.54", "decimal")


def test_engine_normalises_numbers_and_the_data_keeps_the_printed_form(small: Engine):
    """0.540 comes as 0.54; the form that the source printed stands beside it."""
    answer = small.query("SELECT ?v ?f { ?c vom:ratioValue ?v ; vom:reportedForm ?f }")
    assert answer.to_csv() == "v,f\r\n0.54,0.54:1\r\n"


@pytest.mark.parametrize(
    ("query", "truth"), [("ASK {}", True), ("ASK { ?s ?s ?s }", False)]
)
def test_yes_or_no_is_the_truth_of_the_answer(query: str, truth: bool, small: Engine):
    """An ASK answer can stand in an if."""
    answer = small.query(query)
    assert (answer.kind, answer.boolean, bool(answer), len(answer)) == (
        "boolean",
        truth,
        truth,
        0,
    )


def test_empty_answer_is_false_and_an_answer(small: Engine):
    """No row is no error."""
    answer = small.query("SELECT ?s { ?s vom:nothing ?o }")
    assert not answer
    assert answer.columns == ("s",)
    assert answer.to_csv() == "s\r\n"


def test_graph_answer_has_rows_and_syntaxes(small: Engine, tmp_path: Path):
    """CONSTRUCT gives triples, as rows and in every RDF syntax."""
    answer = small.query(
        "CONSTRUCT { ?c vom:reportedForm ?f } { ?c vom:reportedForm ?f }"
    )
    assert answer.columns == ("subject", "predicate", "object")
    assert len(answer) == len(answer.triples) == 2
    for name in ("turtle", "ntriples", "jsonld", "rdfxml", "trig", "nquads"):
        form = by_name(name)
        path = tmp_path / f"x.{form.extension}"
        path.write_bytes(answer.to_bytes(form))
        assert len(read([path])) == 2
    turtle = answer.to_bytes(by_name("turtle"))
    declared = {line.split()[1] for line in turtle.splitlines() if line[:1] == b"@"}
    assert declared == {b"id:", b"vom:"}
    assert b'id:claim vom:reportedForm "0.54:1" .' in turtle


def test_graph_answer_has_each_triple_once(small: Engine):
    """A template that repeats a triple for many rows gives it once."""
    answer = small.query("CONSTRUCT { id:a vom:b 1 } { ?s ?p ?o }")
    assert len(answer) == 1


def test_description_is_a_graph(small: Engine):
    """DESCRIBE gives what is said of a thing."""
    answer = small.query(f"DESCRIBE <{CLAIM}>")
    assert answer.kind == "graph"
    assert {row["subject"] for row in answer} == {CLAIM}


@pytest.mark.parametrize(
    ("query", "name", "part"),
    [
        ("SELECT * {}", "turtle", "rows cannot be written as turtle; choose from json"),
        ("ASK {}", "rdfxml", "rows cannot be written as rdfxml"),
        (
            "DESCRIBE id:claim",
            "csv",
            "a graph cannot be written as csv; choose from turtle",
        ),
    ],
)
def test_format_that_does_not_fit_is_refused(
    query: str, name: str, part: str, small: Engine
):
    """Rows are not triples, and the message offers what fits."""
    with pytest.raises(FormatError) as caught:
        small.query(query).to_bytes(by_name(name))
    assert part in str(caught.value)


def test_json_is_the_standard_form(small: Engine):
    """The short way to JSON is SPARQL Results JSON."""
    assert small.query("ASK {}").to_json() == '{"head": {}, "boolean": true}'


FRAME = """
SELECT * { VALUES (?iri ?text ?count ?ratio ?double ?flag ?day ?moment ?mixed ?number ?none) {
  (id:a "x" 1 0.5 1e0 true "2015-06-30"^^xsd:date "2015-06-30T12:00:00"^^xsd:dateTime 1 1 UNDEF)
  (id:b "y"@en UNDEF UNDEF UNDEF UNDEF UNDEF UNDEF "z" 2.5 UNDEF) } }
"""


@pytest.mark.parametrize(
    ("column", "dtype"),
    [
        ("iri", "string"),
        ("text", "string"),
        ("count", "Int64"),
        ("ratio", "Float64"),
        ("double", "Float64"),
        ("flag", "boolean"),
        ("day", "datetime64[us]"),
        ("moment", "datetime64[us]"),
        ("mixed", "object"),
        ("number", "Float64"),
        ("none", "string"),
    ],
)
def test_column_of_the_frame_has_its_type(column: str, dtype: str, small: Engine):
    """Types survive missing values; IRIs are prefixed names."""
    frame = small.query(FRAME).df()
    assert str(frame[column].dtype) == dtype


def test_frame_holds_values_and_missing_cells(small: Engine):
    """An unbound cell is missing, not zero, not a text."""
    frame = small.query(FRAME).df()
    assert list(frame["iri"]) == ["id:a", "id:b"]
    assert frame["count"].isna().tolist() == [False, True]
    assert frame["day"].isna().tolist() == [False, True]
    assert frame["number"].tolist() == [1.0, 2.5]
    assert frame["mixed"].tolist() == [1, "z"]


def test_frame_says_where_it_comes_from(small: Engine):
    """Query and release travel with the frame."""
    query = "SELECT ?s { ?s vom:ratioValue ?o }"
    frame = small.query(query).df()
    assert frame.attrs == {"query": query, "release": ""}


@pytest.mark.parametrize(
    ("query", "columns", "height"),
    [
        ("ASK {}", ["answer"], 1),
        ("SELECT ?s ?t { ?s vom:nothing ?t }", ["s", "t"], 0),
        ("DESCRIBE id:speaker", ["subject", "predicate", "object"], 1),
    ],
)
def test_every_kind_of_answer_is_a_frame(
    query: str, columns: list[str], height: int, small: Engine
):
    """Yes or no, no rows, and a graph have frames too."""
    frame = small.query(query).df()
    assert list(frame.columns) == columns
    assert len(frame) == height


def test_moments_with_zone_are_utc_and_mixed_ones_stay_objects(small: Engine):
    """Moments of different zones are compared in UTC; without zone they cannot be."""
    values = (
        '"2015-06-30T12:00:00+01:00"^^xsd:dateTime "2015-06-30T11:00:00Z"^^xsd:dateTime'
    )
    zoned = small.query(f"SELECT ?t {{ VALUES ?t {{ {values} }} }}").df()
    assert zoned["t"].nunique() == 1
    bare = '"2015-06-30T12:00:00"^^xsd:dateTime'
    mixed = small.query(f"SELECT ?t {{ VALUES ?t {{ {values} {bare} }} }}").df()
    assert str(mixed["t"].dtype) == "object"


def test_date_outside_the_range_of_python_keeps_its_text(small: Engine):
    """No date is changed to fit a type."""
    frame = small.query('SELECT ("12015-06-30"^^xsd:date AS ?d) {}').df()
    assert frame["d"].tolist() == ["12015-06-30"]


def test_missing_pandas_is_named(small: Engine, monkeypatch: pytest.MonkeyPatch):
    """Without pandas the error says how to get it."""
    real = builtins.__import__

    def refuse(name: str, *args: object, **kwargs: object) -> object:
        if name == "pandas":
            raise ImportError(name)
        return real(name, *args, **kwargs)  # type: ignore[arg-type]

    answer = small.query("ASK {}")
    monkeypatch.setattr(builtins, "__import__", refuse)
    with pytest.raises(MissingToolError, match=r"pip install 'vomkg\[analysis\]'"):
        answer.df()


def test_trail_leads_to_every_place_in_order(small: Engine):
    """A claim that is made twice has two places, the first in the source first."""
    answer = small.query("SELECT ?c ?v { ?c vom:ratioValue ?v }")
    first, second = answer.trail(0)
    assert first == Trail(
        claim=CLAIM,
        place=THINGS + "loc-early",
        speaker=THINGS + "speaker",
        section=THINGS + "section",
        start=9,
        end=20,
        source=THINGS + "source",
        claim_label="a claim",
        speaker_label="the speaker",
        section_label="effect",
        source_label=THINGS + "source",
    )
    assert (second.start, second.end) == (100, 120)


def test_trail_covers_every_claim_of_the_row_once(small: Engine):
    """Two claims in a row have their places; a repeated one is not repeated."""
    answer = small.query(
        "SELECT (id:claim AS ?a) (id:claim-two AS ?b) (id:claim AS ?c) {}"
    )
    found = [
        (trail.claim.removeprefix(THINGS), trail.start) for trail in answer.trail(0)
    ]
    assert found == [("claim", 9), ("claim", 100), ("claim-two", 50)]


def test_trail_of_a_row_of_python_values(small: Engine):
    """A row from iteration works like one of terms."""
    answer = small.query("SELECT ?c { ?c vom:ratioValue ?v }")
    (row,) = answer
    assert answer.trail(row) == answer.trail(answer.rows[0]) == answer.trail(0)


def test_row_without_claims_has_no_trail(small: Engine):
    """What nobody claims, and texts that look like IRIs, lead nowhere."""
    answer = small.query(
        f'SELECT ("{CLAIM}" AS ?text) (id:source AS ?s) (<http://e/ü> AS ?u) {{}}'
    )
    assert answer.trail(0) == []
    assert answer.trail({"x": "http://not an iri", "y": 5}) == []


@pytest.mark.parametrize("number", [-1, 1, 99])
def test_row_that_does_not_exist_is_refused(number: int, small: Engine):
    """Rows are counted from 0, and not from the end."""
    answer = small.query("SELECT ?c { ?c vom:ratioValue ?v }")
    with pytest.raises(UsageError, match="there is no row"):
        answer.trail(number)


def test_answer_without_graph_has_no_trail():
    """An answer made by hand cannot be traced, and says so."""
    with pytest.raises(UsageError, match="not connected"):
        Answer("bindings", ("a",), [{"a": None}]).trail(0)


def test_notebook_shows_a_table_without_raw_markup(small: Engine):
    """Values are escaped, IRIs short, and nothing is cut silently."""
    answer = small.query("SELECT ?x (id:a AS ?i) { VALUES ?x { '<b>&' } }")
    html = answer._repr_html_()
    assert "<td>&lt;b&gt;&amp;</td><td>id:a</td>" in html
    assert "more rows" not in html


def test_notebook_counts_the_rows_it_leaves_out(small: Engine):
    """A long answer shows fifty rows and says how many more there are."""
    values = " ".join(str(n) for n in range(60))
    html = small.query(f"SELECT ?x {{ VALUES ?x {{ {values} }} }}")._repr_html_()
    assert html.count("<td>") == 50
    assert "and 10 more rows" in html


def test_notebook_says_yes_or_no(small: Engine):
    """ASK is shown as a word."""
    assert small.query("ASK {}")._repr_html_() == "<p>yes</p>"
