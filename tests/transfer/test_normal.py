"""What counts as the same triple, and what does not."""

from __future__ import annotations

import pytest
from pyoxigraph import BlankNode, Literal, NamedNode

from vomkg.namespaces import XSD
from vomkg.transfer.normal import normal_term


def typed(text, kind):
    return Literal(text, datatype=NamedNode(XSD + kind))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (typed("0.070", "decimal"), typed("0.07", "decimal")),
        (typed("34.0", "decimal"), typed("34", "integer")),
        (typed("007", "nonNegativeInteger"), typed("7", "integer")),
        (typed("-0", "integer"), typed("0", "integer")),
        (typed("+.50", "decimal"), typed("0.5", "decimal")),
        (typed("1.50", "double"), typed("15e-1", "double")),
        (typed("NaN", "double"), typed("NaN", "double")),
        (typed("1", "boolean"), typed("true", "boolean")),
        (Literal("x", language="en-gb"), Literal("x", language="en-GB")),
    ],
)
def test_same_in_another_form(one, other):
    assert normal_term(one) == normal_term(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (typed("0.07", "decimal"), typed("0.070001", "decimal")),
        (typed("1." + "0" * 40 + "1", "decimal"), typed("1", "decimal")),
        (typed("1" + "0" * 40, "integer"), typed("1" + "0" * 39 + "1", "integer")),
        (typed("-1", "integer"), typed("1", "integer")),
        (typed("100", "integer"), typed("1", "integer")),
        (typed("1", "integer"), typed("1", "double")),
        (typed("1", "integer"), typed("1", "boolean")),
        (typed("true", "boolean"), typed("false", "boolean")),
        (typed("maybe", "boolean"), typed("true", "boolean")),
        (typed("ten", "integer"), typed("10", "integer")),
        (typed("2020-01-01", "date"), typed("2020-01-01Z", "date")),
        (Literal("x"), Literal("x", language="en")),
        (Literal("x", language="en"), Literal("x", language="de")),
        (Literal("urn:x"), NamedNode("urn:x")),
        (BlankNode("x"), NamedNode("urn:x")),
        (Literal("1"), typed("1", "integer")),
        (Literal("x "), Literal("x")),
    ],
)
def test_different_stays_different(one, other):
    assert normal_term(one) != normal_term(other)
