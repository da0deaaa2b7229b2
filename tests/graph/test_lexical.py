"""Typed literals are of their type, or named as faults."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vomkg.graph.lexical import literal_fault
from vomkg.namespaces import XSD

GOOD = {
    "string": ["", "any\ntext"],
    "normalizedString": ["one line"],
    "token": ["", "one two"],
    "boolean": ["true", "false", "1", "0"],
    "decimal": ["0.54", "34", "+1.", "-.5", "007"],
    "double": ["1", "1.5E3", "-INF", "INF", "NaN", "+INF"],
    "float": ["5e-1"],
    "integer": ["15", "+15", "-15", "0015", "9" * 5000],
    "nonNegativeInteger": ["0", "-0"],
    "positiveInteger": ["1"],
    "nonPositiveInteger": ["0", "-1"],
    "negativeInteger": ["-1"],
    "long": [str(2**63 - 1), str(-(2**63))],
    "int": [str(2**31 - 1)],
    "short": ["-32768"],
    "byte": ["127", "-128"],
    "unsignedByte": ["255"],
    "date": ["2015-06-30", "2016-02-29", "2000-02-29", "2015-06-30Z", "-0044-03-15"],
    "dateTime": [
        "2015-06-30T12:00:00",
        "2015-06-30T24:00:00",
        "2015-06-30T12:00:00.5+14:00",
    ],
    "dateTimeStamp": ["2015-06-30T12:00:00Z"],
    "time": ["12:00:00", "23:59:59.999Z"],
    "gYear": ["2015", "12015", "-0001", "2015+01:00"],
    "gYearMonth": ["2015-06"],
    "gMonth": ["--06"],
    "gDay": ["---30"],
    "gMonthDay": ["--02-29"],
    "duration": ["P6M", "P1Y2M3DT4H5M6.7S", "-P1D", "PT1S"],
    "yearMonthDuration": ["P6M", "P1Y", "P1Y6M"],
    "dayTimeDuration": ["P30D", "PT1H", "P1DT1S"],
    "anyURI": ["", "https://example.org/a?b#c", "../x"],
    "language": ["en", "en-GB"],
    "hexBinary": ["", "0fB7"],
    "base64Binary": ["", "Zm9v", "Zm8=", "Zg=="],
}
BAD = {
    "normalizedString": ["two\nlines"],
    "token": [" x", "a  b"],
    "boolean": ["yes", "True", "", "2"],
    "decimal": ["0,54", "1e3", "", ".", "five", " 1", "1 ", "٣"],
    "double": ["1,5", "inf", "nan", "", "e3", "0x1"],
    "integer": ["15.0", "", "+", "1e3", "fifteen", "٣"],
    "nonNegativeInteger": ["-1"],
    "positiveInteger": ["0"],
    "nonPositiveInteger": ["1"],
    "negativeInteger": ["0"],
    "long": [str(2**63)],
    "int": [str(2**31), "-" + "9" * 5000],
    "byte": ["128", "-129"],
    "unsignedByte": ["256", "-1"],
    "unsignedLong": [str(2**64)],
    "date": [
        "30.06.2015",
        "2015-6-30",
        "2015-02-29",
        "1900-02-29",
        "2015-04-31",
        "2015-13-01",
        "15-06-30",
    ],
    "dateTime": [
        "2015-06-30",
        "2015-06-30T25:00:00",
        "2015-06-31T12:00:00",
        "2015-06-30 12:00:00",
    ],
    "dateTimeStamp": ["2015-06-30T12:00:00"],
    "time": ["12:00", "24:00:01"],
    "gYear": ["15", "2015-06", "02015"],
    "gYearMonth": ["2015-13", "2015"],
    "gMonth": ["06", "--13"],
    "gDay": ["---32"],
    "gMonthDay": ["--2-29"],
    "duration": ["P", "PT", "6M", "P6", "P1M1Y"],
    "yearMonthDuration": ["P1D"],
    "dayTimeDuration": ["P1M"],
    "anyURI": ["with blank", "<a>", "a\tb"],
    "language": ["en_GB", "e n", ""],
    "hexBinary": ["0f7", "xy"],
    "base64Binary": ["Zm9", "Z", "=="],
}


@pytest.mark.parametrize(
    ("name", "lexical"), [(n, text) for n, texts in GOOD.items() for text in texts]
)
def test_literal_of_its_type_passes(name: str, lexical: str):
    """What XML Schema allows is never called a fault."""
    assert literal_fault(lexical, XSD + name) is None


@pytest.mark.parametrize(
    ("name", "lexical"), [(n, text) for n, texts in BAD.items() for text in texts]
)
def test_literal_outside_its_type_is_named(name: str, lexical: str):
    """What XML Schema forbids is a fault that names the type."""
    assert f"xsd:{name}" in (literal_fault(lexical, XSD + name) or "")


def test_every_kind_has_good_and_bad_examples():
    """No datatype is left without a test."""
    assert set(BAD) | {"string", "float", "short"} == set(GOOD) | {"unsignedLong"}


def test_misspelt_datatype_is_a_fault():
    """A name that XML Schema does not define is not passed over."""
    fault = literal_fault("1", XSD + "interger")
    assert fault == "xsd:interger is not a datatype of XML Schema"


def test_foreign_datatype_is_not_judged():
    """Types of others are their business."""
    assert (
        literal_fault("whatever", "http://www.opengis.net/ont/geosparql#wktLiteral")
        is None
    )


@given(st.integers())
def test_every_integer_of_python_passes(value: int):
    """Any whole number is an xsd:integer, in the range of its derived types or not."""
    assert literal_fault(str(value), XSD + "integer") is None
    in_byte = literal_fault(str(value), XSD + "byte") is None
    assert in_byte == (-128 <= value <= 127)


@given(st.dates())
def test_every_date_of_the_calendar_passes(value: date):
    """Any day that exists is an xsd:date."""
    assert literal_fault(value.isoformat(), XSD + "date") is None


@given(st.datetimes())
def test_every_moment_passes(value: datetime):
    """Any moment that exists is an xsd:dateTime."""
    assert literal_fault(value.isoformat(), XSD + "dateTime") is None


@given(st.integers(1, 9999), st.integers(1, 12), st.integers(1, 31))
def test_days_that_do_not_exist_are_faults(year: int, month: int, day: int):
    """The calendar of Python and ours agree on every day."""
    text = f"{year:04}-{month:02}-{day:02}"
    try:
        date(year, month, day)
        exists = True
    except ValueError:
        exists = False
    assert exists == (literal_fault(text, XSD + "date") is None)


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_every_finite_float_passes(value: float):
    """Python's way to write a float is within xsd:double."""
    assert literal_fault(repr(value), XSD + "double") is None


@pytest.mark.parametrize(
    ("name", "low", "high"),
    [
        ("nonNegativeInteger", 0, None),
        ("positiveInteger", 1, None),
        ("nonPositiveInteger", None, 0),
        ("negativeInteger", None, -1),
        ("long", -9223372036854775808, 9223372036854775807),
        ("int", -2147483648, 2147483647),
        ("short", -32768, 32767),
        ("byte", -128, 127),
        ("unsignedLong", 0, 18446744073709551615),
        ("unsignedInt", 0, 4294967295),
        ("unsignedShort", 0, 65535),
        ("unsignedByte", 0, 255),
    ],
)
def test_range_ends_where_the_standard_ends_it(
    name: str, low: int | None, high: int | None
):
    """The last number of each range passes, the next does not."""
    for end, beyond in ((low, -1), (high, 1)):
        if end is not None:
            assert literal_fault(str(end), XSD + name) is None
            assert literal_fault(str(end + beyond), XSD + name) is not None


def test_leading_zeros_do_not_change_a_number():
    """A number is judged by its value, however it is padded."""
    assert literal_fault("0" * 60 + "1", XSD + "positiveInteger") is None
    assert literal_fault("0" * 60 + "256", XSD + "unsignedByte") is not None
