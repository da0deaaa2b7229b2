"""By what the members of a class can be cut: found in the data, not written.

A property cuts if it has few values, each of them a thing, yes or no, a number or
a short text, and if it brings members together or parts them from those without.
Where coded values are sorted by a property of their own that has one value each,
that cuts too: the metrics of estimates stand in families, for instance.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from vomkg.namespaces import ONTOLOGY, OWL, RDF, XSD
from vomkg.search.material import NAMES, TEXTS
from vomkg.web.browse.selection import Way

if TYPE_CHECKING:
    from vomkg.engine.results import Row
    from vomkg.knowledge import KnowledgeGraph
    from vomkg.web.browse.selection import Selection

CLASSES: Final = Way(())
# Characters of a text that may still be a code.
_SHORT: Final = 40
_NOT_CUTTING: Final = " ".join(f"<{iri}>" for iri in (*NAMES, *TEXTS, RDF + "type"))
_PROFILE: Final = f"""
SELECT ?property (COUNT(DISTINCT ?value) AS ?values) (COUNT(DISTINCT ?thing) AS ?things)
  (MAX(IF(isLiteral(?value), STRLEN(STR(?value)), 0)) AS ?longest)
  (SUM(IF(isBlank(?value), 1, 0)) AS ?blank)
  (SUM(IF(DATATYPE(?value) = <{XSD}boolean>, 1, 0)) AS ?booleans)
WHERE {{
  MEMBERS
  ?thing ?property ?value .
  FILTER(?property NOT IN ({_NOT_CUTTING.replace(" ", ", ")}))
}}
GROUP BY ?property
ORDER BY ?property
"""
_SORTED: Final = f"""
SELECT ?property ?next (COUNT(DISTINCT ?value) AS ?values)
  (COUNT(DISTINCT ?thing) AS ?things)
WHERE {{
  MEMBERS
  ?thing ?property ?code .
  ?code ?next ?value .
  ?next a <{OWL}FunctionalProperty>, <{OWL}ObjectProperty> .
  FILTER(STRSTARTS(STR(?code), "{ONTOLOGY}") && isIRI(?value))
}}
GROUP BY ?property ?next
ORDER BY ?property ?next
"""


def ways(kg: KnowledgeGraph, members: Selection, total: int) -> tuple[Way, ...]:
    """The ways in which members of a class can be cut, what most of them have first.

    Args:
        kg: what is asked.
        members: all of the class.
        total: how many there are.

    Raises:
        VomkgError: the graph cannot be asked.
    """
    most = kg.settings.facet_values
    found: list[tuple[int, int, tuple[str, ...]]] = []
    for row in kg.query(_PROFILE.replace("MEMBERS", members.where)).rows:
        values, things = _number(row, "values"), _number(row, "things")
        if (
            _cuts(values, things, total, most, is_code=bool(_number(row, "booleans")))
            and not _number(row, "blank")
            and _number(row, "longest") <= _SHORT
        ):
            found.append((-things, values, (_text(row, "property"),)))
    for row in kg.query(_SORTED.replace("MEMBERS", members.where)).rows:
        values, things = _number(row, "values"), _number(row, "things")
        if values > 1 and _cuts(values, things, total, most):
            steps = (_text(row, "property"), _text(row, "next"))
            found.append((-things, values, steps))
    return (CLASSES, *(Way(steps) for _, _, steps in sorted(found)))


def _cuts(
    values: int, things: int, total: int, most: int, *, is_code: bool = False
) -> bool:
    """Whether values that so many things have make parts of the whole."""
    parts = values + (things < total)
    return 2 <= parts <= most + 1 and values <= most and (is_code or values < things)


def _number(row: Row, name: str) -> int:
    return int(_text(row, name) or 0)


def _text(row: Row, name: str) -> str:
    return str(getattr(row.get(name), "value", ""))
