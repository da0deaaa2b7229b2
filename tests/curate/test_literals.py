"""Ill-typed literals as results, at their very characters."""

from __future__ import annotations

import pytest

from vomkg.curate.literals import literal_faults
from vomkg.errors import FormatError, TurtleError
from vomkg.namespaces import RDF, THINGS, XSD

TEXT = """@prefix id: <https://w3id.org/vomkg/id/> .
PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>
# "no"^^xsd:gYear
id:a id:year "about 2010"^^xsd:gYear ;
    id:good "2010"^^xsd:gYear , "2010"^^id:own ;
    id:day '''--02-30'''^^xsd:gMonthDay , "x"@en-GB , "x"@abcdefghijk .
[ id:inner [ id:size "12"^^<http://www.w3.org/2001/XMLSchema#byte> ,
    "128"
  ^^xsd:byte ] ] .
id:b a id:C ; id:list ( "1e3"^^xsd:decimal ) .
"""


def test_each_literal_is_placed_with_its_statement():
    """Node, property, value, type and characters, in the order of the file."""
    found = [
        (
            r.focus.removeprefix(THINGS),
            (r.path or "").removeprefix(THINGS),
            r.value,
            (r.value_type or "").removeprefix(XSD),
            r.place,
            (r.at.end_line, r.at.end_column) if r.at else None,
        )
        for r in literal_faults("data/x.ttl", TEXT)
    ]
    assert found == [
        ("a", "year", "about 2010", "gYear", "data/x.ttl:4:14", (4, 37)),
        ("a", "day", "--02-30", "gMonthDay", "data/x.ttl:6:12", (6, 40)),
        ("a", "day", "x", "@abcdefghijk", "data/x.ttl:6:55", (6, 70)),
        ("", "", "128", "byte", "data/x.ttl:8:5", (9, 13)),
        ("b", "list", "1e3", "decimal", "data/x.ttl:10:25", (10, 43)),
    ]


def test_the_message_says_what_is_expected():
    [result] = literal_faults("x.nt", f'<urn:s> <urn:p> "2010-99"^^<{XSD}gYearMonth> .')
    assert (result.check, result.severity) == ("literal", "violation")
    assert result.message == (
        "'2010-99' is not an xsd:gYearMonth: expected year-month, such as '2015-06'; "
        "correct the value or its datatype"
    )


def test_other_syntaxes_are_searched():
    text = f'{{"@id": "urn:s", "urn:p": {{"@value": "x1", "@type": "{XSD}byte"}}}}'
    [result] = literal_faults("x.jsonld", text)
    assert result.place == "x.jsonld:1:39"
    with pytest.raises(TurtleError):
        literal_faults("x.jsonld", "{")
    with pytest.raises(FormatError):
        literal_faults("x.odt", "")


@pytest.mark.parametrize(
    "text", ["", "# only a remark", '"', "^^", '"a"^^', "@", "[", "]])"]
)
def test_texts_that_are_no_turtle_end_without_a_result(text):
    """What is not well-formed is told by others."""
    assert literal_faults("x.ttl", text) == []


def test_the_shipped_files_have_none(settings):
    files = [
        *settings.ontology_files(),
        *settings.data_files(),
        *settings.shapes_files(),
    ]
    for file in files:
        assert literal_faults(file.name, file.read_text(encoding="utf-8")) == []


def test_a_literal_without_language_is_told():
    [result] = literal_faults("x.ttl", f'<urn:s> <urn:p> "a"^^<{RDF}langString> .')
    assert "expected a tag" in result.message
