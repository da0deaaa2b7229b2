"""The lexical check against parsers that others wrote, on texts of every sort."""

from __future__ import annotations

import base64
import calendar
import contextlib
import json
from decimal import Decimal, InvalidOperation
from xml.etree import ElementTree as ET  # our own texts, without entities

import pyoxigraph
import pytest
from hypothesis import given
from hypothesis import strategies as st

from vomkg.graph.lexical import language_fault, literal_fault
from vomkg.namespaces import RDF, XSD

GOOD = {
    XSD + "gMonthDay": ["--02-29", "--12-31Z", "--01-31-14:00"],
    XSD + "gYear": ["0000", "-0001", "2015+14:00", "12015"],
    XSD + "gYearMonth": ["0000-01", "2015-12Z"],
    XSD + "date": ["0000-02-29", "-0004-02-29", "2400-02-29", "2015-06-30-14:00"],
    XSD + "dateTime": ["2015-06-30T24:00:00.00Z", "2016-02-29T00:00:00+13:59"],
    XSD + "duration": ["P0Y", "PT0.5S", "-P1Y2M3DT4H5M6S", "P1DT1M"],
    XSD + "NCName": ["review-one", "_a.b", "é1"],
    XSD + "Name": ["vom:Review", ":a", "a:b:c"],
    XSD + "QName": ["vom:Review", "Review"],
    XSD + "NMTOKEN": ["2015", "-a", ".:"],
    XSD + "NMTOKENS": ["2015 a"],
    XSD + "IDREFS": ["a b"],
    XSD + "base64Binary": ["Zm 9v", "Zm9v Zm8 ="],
    XSD + "anyURI": [
        "",
        "#a",
        "?q=[".replace("[", "%5B"),
        "a/b:c",
        "http://[::1]:80/",
        "http://[v1.a]/",
        "urn:isbn:1",
        "https://exämple.org/ü?ø#é",
        "//host/x",
        "http://a@b:80",
        "http://x?\ue000",
    ],
    RDF + "JSON": ["1", '{"a": [true, null]}'],
    RDF + "XMLLiteral": ["", "text", "<b>a</b>c", "<a xmlns:x='urn:x'><x:b/></a>"],
    RDF + "HTML": ["", "<p>never ends"],
}
BAD = {
    XSD + "gMonthDay": ["--02-30", "--04-31", "--13-01", "--01-32", "02-01"],
    XSD + "gYear": ["2015+14:01", "2015+1:00", "about 2010", "00", " 2015", "+2015"],
    XSD + "gYearMonth": ["2010-99", "2010-00", "2010"],
    XSD + "date": ["-0001-02-29", "2015-06-30+15:00", "2015-00-10", "2100-02-29"],
    XSD + "dateTime": [
        "2015-06-30T24:00:01",
        "2015-06-30T23:60:00",
        "2015-06-30T23:00:60",
        "2015-06-30T12:00:00+14:30",
        "2015-02-29T00:00:00",
        "2015-06-30T12:00",
        "2015-06-30T12:00:00.",
    ],
    XSD + "duration": ["P1S", "PT", "P1DT", "P-1D", "P1.5D", "PT1.S", "P1D1M"],
    XSD + "NCName": ["", "1a", "a:b", "a b", "-a"],
    XSD + "Name": ["1a", ""],
    XSD + "QName": ["a:b:c", ":a", "a:"],
    XSD + "NMTOKEN": ["", "a b"],
    XSD + "IDREFS": ["", "a  b"],
    XSD + "base64Binary": ["Zm9", "Zg=", "Zh==", "Zm9=v", "Z m 9 v "],
    XSD + "anyURI": [
        "has space",
        "http://a/%",
        "http://a/%zz",
        "http://a/<b>",
        "1a:b",
        ":a",
        "http://[::1",
        "http://[::g]/",
        "http://a:b/",
        "http://a/[b]",
        "a#b#c",
        "http://a/\ue000",
        "http://a/\ufffe",
        "http://a\\b",
        "http://[fe80::1%25en1]/",
    ],
    RDF + "langString": ["x"],
    RDF + "JSON": ["", "{a: 1}", "NaN", "[1,]", "[" * 100_000],
    RDF + "XMLLiteral": [
        "<b>",
        "a & b",
        "</x><x>",
        "<x:b/>",
        "<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>",
        "\x00",
    ],
}


@pytest.mark.parametrize(("kind", "text"), [(k, t) for k in GOOD for t in GOOD[k]])
def test_a_text_of_its_type_passes(kind, text):
    assert literal_fault(text, kind) is None


@pytest.mark.parametrize(
    ("kind", "text"), [(k, t) for k in BAD for t in BAD[k]], ids=lambda t: t[:30]
)
def test_a_fault_says_what_was_found_and_what_is_expected(kind, text):
    """With an example that is itself of the type."""
    message = literal_fault(text, kind)
    assert message is not None
    assert message[1:].startswith(repr(text[:20])[1:-1])
    assert len(message) < 300
    assert "expected" in message or "such as" in message


def test_examples_are_of_their_type():
    from vomkg.graph.forms import FORMS

    for name, form in FORMS.items():
        assert (name, literal_fault(form.example, XSD + name)) == (name, None)


@given(st.integers(0, 13), st.integers(0, 32))
def test_month_and_day_are_those_of_a_leap_year(month, day):
    exists = 1 <= month <= 12 and 1 <= day <= calendar.monthrange(2000, month)[1]
    text = f"--{month:02}-{day:02}"
    assert exists == (literal_fault(text, XSD + "gMonthDay") is None)


@given(st.text("0123456789.+-eE ", max_size=8))
def test_decimals_are_what_decimal_reads_without_exponent(text):
    reads = not set(text) & set("eE ")
    try:
        Decimal(text)
    except InvalidOperation:
        reads = False
    assert reads == (literal_fault(text, XSD + "decimal") is None)


@given(st.text("0123456789abcdefABCDEFgx ", max_size=8))
def test_hexadecimals_are_what_bytes_reads_without_blanks(text):
    reads = " " not in text
    try:
        bytes.fromhex(text)
    except ValueError:
        reads = False
    assert reads == (literal_fault(text, XSD + "hexBinary") is None)


@given(st.text("AQgwZm9v+/=", max_size=9))
def test_base64_is_what_comes_back_as_it_was(text):
    """Python forgives bits that are lost; XML Schema does not."""
    same = False
    with contextlib.suppress(ValueError):
        same = base64.b64encode(base64.b64decode(text, validate=True)).decode() == text
    assert same == (literal_fault(text, XSD + "base64Binary") is None)


@given(
    st.text("abAB09:/?#[]@!$&'()*+,;=-._~% <\"{\\^`|é\u00ad\ue000\ufffe", max_size=12)
)
def test_absolute_iris_are_those_that_the_engine_takes(rest):
    iri = f"http://{rest}"
    try:
        pyoxigraph.NamedNode(iri)
        taken = True
    except ValueError:
        taken = False
    assert taken == (literal_fault(iri, XSD + "anyURI") is None), iri


@given(st.from_regex(r"[a-z]{1,9}(-[a-z0-9]{1,9}){0,4}", fullmatch=True))
def test_language_tags_are_those_that_the_engine_reads(tag):
    line = f'<urn:s> <urn:p> "x"@{tag} .'
    try:
        list(pyoxigraph.parse(line, format=pyoxigraph.RdfFormat.N_TRIPLES))
        read = True
    except SyntaxError:
        read = False
    assert read == (language_fault(tag) is None), tag


@given(st.text("ab1-._:é×\u0300 ", min_size=1, max_size=5))
def test_names_are_those_that_xml_reads(name):
    try:
        ET.fromstring(f"<{name} xmlns:a='u'/>".replace(" xmlns", "\nxmlns"))  # noqa: S314
        read = not set(name) & {":", " "}
    except ET.ParseError:
        read = False
    if " " not in name and ":" not in name:
        assert read == (literal_fault(name, XSD + "NCName") is None), name


@given(st.recursive(st.none() | st.booleans() | st.integers() | st.text(), st.lists))
def test_what_json_writes_is_json(value):
    text = json.dumps(value)
    assert literal_fault(text, RDF + "JSON") is None
    assert literal_fault(text + "x", RDF + "JSON") is not None


@given(
    st.integers(-20000, 20000),
    st.integers(1, 12),
    st.sampled_from(["", "Z", "+14:00", "-13:59", "+14:01", "+24:00", "-00:60"]),
)
def test_years_carry_four_digits_and_a_zone_in_its_range(year, month, zone):
    text = f"{'-' if year < 0 else ''}{abs(year):04}"
    right = zone not in {"+14:01", "+24:00", "-00:60"}
    for name, lexical in (("gYear", text), ("gYearMonth", f"{text}-{month:02}")):
        assert right == (literal_fault(lexical + zone, XSD + name) is None)
