"""The four result formats, against the engine's own writing and reading."""

from __future__ import annotations

import csv
import io
import json
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import (
    BlankNode,
    Literal,
    NamedNode,
    QueryResultsFormat,
    QuerySolutions,
    Store,
    parse_query_results,
)

from vomkg.engine.results import Row, bindings_bytes, boolean_bytes
from vomkg.formats import by_name
from vomkg.namespaces import XSD

COLUMNS = ("a", "b")
TEXT = st.text(
    alphabet=st.characters(
        codec="utf-8", exclude_categories=["Cs", "Cc", "Cn"], include_characters="\t\n"
    ),
    max_size=12,
)
TERMS = st.one_of(
    st.none(),
    st.sampled_from([NamedNode("http://e/x"), NamedNode("urn:a?b&c='d'")]),
    st.sampled_from([BlankNode("b0"), BlankNode("b1")]),
    st.builds(Literal, TEXT),
    st.builds(Literal, TEXT, language=st.sampled_from(["en", "de-ch"])),
    st.builds(
        Literal,
        st.sampled_from(["1", "0.5", "true", "x<y>&\"'"]),
        datatype=st.sampled_from(
            [NamedNode(XSD + "decimal"), NamedNode("http://e/t&x")]
        ),
    ),
)
ROWS = st.lists(
    st.tuples(TERMS, TERMS).map(lambda cells: dict(zip(COLUMNS, cells, strict=True))),
    max_size=5,
)


def _read(data: bytes, form: QueryResultsFormat) -> list[tuple[object, ...]]:
    found = parse_query_results(data, format=form)
    assert isinstance(found, QuerySolutions)
    assert [v.value for v in found.variables] == list(COLUMNS)
    return [tuple(solution) for solution in found]


def _read_xml(data: bytes) -> list[tuple[object, ...]]:
    """The rows, read by Python's own XML reader: the engine's trims blanks."""
    space = {"r": "http://www.w3.org/2005/sparql-results#"}
    root = ET.fromstring(data)  # noqa: S314  our own bytes
    names = [node.attrib["name"] for node in root.iterfind("r:head/r:variable", space)]
    assert names == list(COLUMNS)
    rows = []
    for result in root.iterfind("r:results/r:result", space):
        cells = {node.attrib["name"]: _xml_term(node[0]) for node in result}
        rows.append(tuple(cells.get(name) for name in names))
    return rows


def _xml_term(node: ET.Element) -> object:
    text = node.text or ""
    kind = node.tag.partition("}")[2]
    if kind != "literal":
        return NamedNode(text) if kind == "uri" else BlankNode(text)
    language = node.attrib.get("{http://www.w3.org/XML/1998/namespace}lang")
    if language:
        return Literal(text, language=language)
    datatype = node.attrib.get("datatype", XSD + "string")
    return Literal(text, datatype=NamedNode(datatype))


@given(ROWS)
def test_json_is_read_back(rows: list[Row]):
    """What is written as JSON is what the engine reads from it."""
    data = bindings_bytes(COLUMNS, rows, by_name("json"))
    assert [tuple(row.values()) for row in rows] == _read(data, QueryResultsFormat.JSON)


@given(ROWS)
def test_xml_is_read_back(rows: list[Row]):
    """What is written as XML is what an XML reader finds in it."""
    data = bindings_bytes(COLUMNS, rows, by_name("xml"))
    assert [tuple(row.values()) for row in rows] == _read_xml(data)


@given(ROWS)
def test_tsv_is_read_back(rows: list[Row]):
    """What is written as TSV is what the engine reads from it."""
    data = bindings_bytes(COLUMNS, rows, by_name("tsv"))
    assert [tuple(row.values()) for row in rows] == _read(data, QueryResultsFormat.TSV)


@given(ROWS)
def test_csv_has_the_bare_values(rows: list[Row]):
    """CSV gives values without types, nothing for unbound, lines with CRLF."""
    text = bindings_bytes(COLUMNS, rows, by_name("csv")).decode()
    found = list(csv.reader(io.StringIO(text, newline="")))
    assert found[0] == list(COLUMNS)
    assert found[1:] == [[_bare(cell) for cell in row.values()] for row in rows]
    assert text.endswith("\r\n")


def _bare(cell: object) -> str:
    if cell is None:
        return ""
    value = str(getattr(cell, "value", cell))
    return f"_:{value}" if isinstance(cell, BlankNode) else value


@pytest.mark.parametrize("name", ["json", "xml", "csv"])
def test_writing_agrees_with_the_engine(name: str):
    """For the same query our bytes mean what the engine's own bytes mean."""
    query = """
    SELECT ?a ?b { VALUES (?a ?b) {
      (<http://e/x> "a, \\"b\\"\\n<c> & d") (1.5 "x"@en) (true UNDEF) (UNDEF "") } }
    """
    forms = {
        "json": QueryResultsFormat.JSON,
        "xml": QueryResultsFormat.XML,
        "csv": QueryResultsFormat.CSV,
    }
    found = Store().query(query)
    assert isinstance(found, QuerySolutions)
    theirs = found.serialize(format=forms[name])
    again = Store().query(query)
    assert isinstance(again, QuerySolutions)
    rows: list[Row] = [dict(zip(COLUMNS, s, strict=True)) for s in again]
    ours = bindings_bytes(COLUMNS, rows, by_name(name))
    assert theirs is not None
    if name == "json":
        assert json.loads(theirs) == json.loads(ours)
    elif name == "csv":
        assert theirs == ours
    else:
        assert _flat(theirs) == _flat(ours)


def _flat(data: bytes) -> list[tuple[str, dict[str, str], str]]:
    """Every element with its attributes and text, layout left out."""
    return [
        (node.tag, dict(node.attrib), node.text or "" if len(node) == 0 else "")
        for node in ET.fromstring(data).iter()  # noqa: S314  our own bytes
    ]


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("json", b'{"head": {}, "boolean": true}'),
        ("csv", b"true\r\n"),
        ("tsv", b"true\n"),
    ],
)
def test_yes_is_written(name: str, expected: bytes):
    """ASK has a form in every format."""
    assert expected == boolean_bytes(True, by_name(name))


@pytest.mark.parametrize("value", [True, False])
@pytest.mark.parametrize("name", ["json", "xml"])
def test_yes_and_no_are_read_back(name: str, value: bool):
    """The engine reads our yes as yes and our no as no."""
    form = QueryResultsFormat.JSON if name == "json" else QueryResultsFormat.XML
    assert value == bool(
        parse_query_results(boolean_bytes(value, by_name(name)), format=form)
    )


def test_what_xml_cannot_hold_is_marked():
    """A control character becomes U+FFFD; a carriage return survives as it is."""
    rows: list[Row] = [{"a": Literal("x\x01y\rz"), "b": None}]
    data = bindings_bytes(COLUMNS, rows, by_name("xml"))
    assert _read_xml(data) == [(Literal("x\ufffdy\rz"), None)]


def test_every_character_of_xml_is_kept_and_no_other():
    """Exactly the characters outside XML 1.0 §2.2 are replaced."""
    allowed = "\t\n\r ~\x7f\x85é\ud7ff\ue000\ufffd😀"
    text = "".join(map(chr, range(32))) + "\ufffe\uffff"
    (cell,) = _read_xml(
        bindings_bytes(COLUMNS, [{"a": Literal(text), "b": None}], by_name("xml"))
    )[0][:1]
    assert str(getattr(cell, "value", "")).replace("\ufffd", "") == "\t\n\r"
    rows: list[Row] = [{"a": Literal(allowed), "b": None}]
    assert _read_xml(bindings_bytes(COLUMNS, rows, by_name("xml"))) == [
        (Literal(allowed), None)
    ]


@pytest.mark.parametrize("name", ["json", "xml", "csv", "tsv"])
def test_no_rows_is_an_answer_too(name: str):
    """An empty answer still names its columns."""
    assert b"a" in bindings_bytes(COLUMNS, [], by_name(name))
