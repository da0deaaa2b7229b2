"""The ratios in the data are what the named conversions give."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from vomkg.metrics import inverse, ratio_from_reduction
from vomkg.namespaces import ONTOLOGY

if TYPE_CHECKING:
    from collections.abc import Callable

    from vomkg.knowledge import KnowledgeGraph

CONVERSIONS: dict[str, Callable[[Decimal], Decimal]] = {
    ONTOLOGY + "PercentReductionToRatio": ratio_from_reduction,
    ONTOLOGY + "RatioAsReported": Decimal,
}
ESTIMATES = """
SELECT ?estimate ?value ?conversion ?ratio
WHERE {
  ?estimate vom:reportedValue ?value .
  OPTIONAL { ?estimate vom:ratioDerivedBy ?conversion }
  OPTIONAL { ?estimate vom:ratioValue ?ratio }
}
ORDER BY ?estimate
"""


def test_each_ratio_follows_from_the_reported_value(kg: KnowledgeGraph):
    """One place of derivation: the functions of vomkg.metrics."""
    rows = list(kg.query(ESTIMATES))
    assert len(rows) == 5
    for row in rows:
        convert = CONVERSIONS[str(row["conversion"])]
        assert row["ratio"] == convert(Decimal(str(row["value"]))), row["estimate"]


def test_inverse_readings_are_those_of_the_design(kg: KnowledgeGraph):
    """0.54 read from the other side is about 1.85, so controls are not quite twice."""
    found = {str(row["ratio"]) for row in kg.run("effect-by-follow-up")}
    readings = {round(inverse(Decimal(ratio)), 2) for ratio in found}
    assert readings == {Decimal("1.85"), Decimal("1.15")}
