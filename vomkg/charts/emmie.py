"""The matrix of dimensions and reviews: counts by the answer, words by the claims."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from vomkg.charts.grid import Grid, Square
from vomkg.charts.numbers import capital, decimal
from vomkg.claims import Said, about, text_of
from vomkg.namespaces import ONTOLOGY
from vomkg.questions.cell import cell

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from vomkg.engine.answer import Answer
    from vomkg.engine.results import Row
    from vomkg.knowledge import KnowledgeGraph

# ?claim has the things of the answer as its values: the dimensions are among them.
_SAID: Final = """
SELECT ?claim ?review ?said ?text ?speaker ?reported ?ratio ?metric ?months
  ?moderator ?effect ?outcome ?basis ?kind ?section ?start ?end
WHERE {
  %s
  ?said vom:inDimension ?claim ;
    vom:statement ?text ;
    vom:reportedBy ?speaker .
  { ?said vom:reportedBy ?review } UNION { ?said vom:absentFrom ?review }
  OPTIONAL { ?said vom:reportedForm ?reported }
  OPTIONAL { ?said vom:ratioValue ?ratio ; vom:metric ?metric }
  OPTIONAL { ?said vom:followUpMonths ?months }
  OPTIONAL { ?said vom:forLevel/vom:levelOf ?moderator }
  OPTIONAL { ?said vom:effectDirection ?effect }
  OPTIONAL { ?said vom:outcomeDirection ?outcome }
  OPTIONAL { ?said vom:mechanismBasis ?basis }
  OPTIONAL { ?said vom:absenceKind ?kind }
  OPTIONAL {
    ?said vom:locatedIn ?place .
    ?place vom:inSection ?section ; oa:hasSelector ?selector .
    ?selector oa:start ?start ; oa:end ?end .
  }
}
ORDER BY ?months ?said ?start
"""
_PERCENT: Final = ONTOLOGY + "PercentReductionInRate"


@dataclass(frozen=True, slots=True)
class Contribution:
    """One claim or absence in a field: its words, and where they stand.

    Attributes:
        said: the statement with its speaker.
        row: what else is known of it.
        spots: section, first character, and the one behind the last.
    """

    said: Said
    row: Row
    spots: tuple[tuple[str, str, str], ...]


Contributions = dict[tuple[str, str], tuple[Contribution, ...]]


def is_count(answer: Answer) -> bool:
    """Whether the answer counts claims and absences for pairs of things."""
    return answer.columns[2:] == ("claims", "absences")


def contributions(kg: KnowledgeGraph, answer: Answer) -> Contributions:
    """What stands behind each field of an answer, by dimension and review."""
    down, across, *_ = answer.columns
    found: dict[tuple[str, str], dict[str, Contribution]] = {
        (text_of(row, down), text_of(row, across)): {} for row in answer.rows
    }
    for row in about(kg, _SAID, answer.rows):
        iri = text_of(row, "said")
        field = found.get((text_of(row, "claim"), text_of(row, "review")))
        if field is None:
            continue
        section = text_of(row, "section")
        spot = (kg.label(section), text_of(row, "start"), text_of(row, "end"))
        spots = (spot,) if section else ()
        if iri in field:
            spots = tuple(dict.fromkeys((*field[iri].spots, *spots)))
        said = Said(
            iri=iri,
            label=kg.label(iri),
            text=text_of(row, "text"),
            speaker=kg.label(text_of(row, "speaker")),
            form=text_of(row, "reported") or None,
        )
        field[iri] = Contribution(said, row, spots)
    # What is there comes before what is said to be missing.
    return {
        key: tuple(sorted(field.values(), key=lambda i: bool(text_of(i.row, "kind"))))
        for key, field in found.items()
        if field
    }


def counted(kg: KnowledgeGraph, answer: Answer, behind: Contributions) -> Grid:
    """The answer as fields: counts as it gives them, words from the claims."""
    down, across, *counts = answer.columns
    squares = {}
    for row in answer.rows:
        key = text_of(row, down), text_of(row, across)
        numbers = {name: int(text_of(row, name) or 0) for name in counts}
        squares[key] = _square(kg, numbers, behind.get(key, ()))
    heads = {text_of(row, across): row[across] for row in answer.rows}
    sides = {text_of(row, down): row[down] for row in answer.rows}
    empty = Square("–", "Not asked", is_absent=True)
    return Grid(
        corner=capital(down),
        columns=tuple(cell(term, kg.label) for term in heads.values()),
        rows=tuple(
            (
                cell(term, kg.label),
                tuple(squares.get((side, head), empty) for head in heads),
            )
            for side, term in sides.items()
        ),
    )


def _square(
    kg: KnowledgeGraph, numbers: Mapping[str, int], behind: Sequence[Contribution]
) -> Square:
    """The first count says what is there, the others what is said to be missing."""
    count = ", ".join(f"{name} {number}" for name, number in numbers.items())
    claims = tuple(item.said.iri for item in behind)
    present, *missing = numbers.values()
    there = [item for item in behind if not text_of(item.row, "kind")]
    gone = [item for item in behind if text_of(item.row, "kind")]
    if present:
        word, value = _word(kg, there), _value(kg, there)
        return Square("■", word, value, count, claims=claims)
    if any(missing):
        kinds = sorted({kg.label(text_of(item.row, "kind")) for item in gone})
        word = capital(", ".join(kinds)) or "Stated to be missing"
        value = "; ".join(item.said.label for item in gone)
        return Square("×", word, value, count, is_absent=True, claims=claims)
    return Square("–", "Nothing said", "", count, is_absent=True, claims=claims)


def _word(kg: KnowledgeGraph, there: Sequence[Contribution]) -> str:
    if not there:
        return "Evidence"
    if any(item.said.form for item in there):
        return "Measured"
    if any(text_of(item.row, "effect") for item in there):
        return "Tested"
    bases = {text_of(item.row, "basis") for item in there} - {""}
    return capital(", ".join(sorted(map(kg.label, bases)))) or "Described"


def _value(kg: KnowledgeGraph, there: Sequence[Contribution]) -> str:
    """The numbers as printed; else the directions found; else the names."""
    if any(item.said.form for item in there):
        return "; ".join(_numbers(kg, there))
    directions: dict[str, int] = {}
    for item in there:
        said = [text_of(item.row, name) for name in ("effect", "outcome")]
        known = [iri for iri in said if iri and not iri.endswith("NotReported")]
        if known:
            label = kg.label(known[0])
            directions[label] = directions.get(label, 0) + 1
    if directions:
        return "; ".join(f"{label}: {n}" for label, n in directions.items())
    return "; ".join(item.said.label for item in there)


def _numbers(kg: KnowledgeGraph, there: Sequence[Contribution]) -> list[str]:
    """First the numbers of all studies, then those of parts of them together."""
    whole, timed = [], []
    parts: dict[str, list[str]] = {}
    for item in there:
        form, months = item.said.form, decimal(text_of(item.row, "months"))
        if form is None:
            continue
        moderator = text_of(item.row, "moderator")
        if months is not None:
            timed.append(f"{form} at {months:f} months".replace(".0 ", " "))
        elif moderator:
            parts.setdefault(kg.label(moderator), []).append(form)
        else:
            whole.append(f"{form}{_side(item.row)}")
    grouped = [f"{' / '.join(forms)} by {name}" for name, forms in parts.items()]
    return [*whole, *grouped, *([", ".join(timed)] if timed else [])]


def _side(row: Row) -> str:
    """On which side the outcome lies, where the form is a percentage alone."""
    ratio = decimal(text_of(row, "ratio"))
    if text_of(row, "metric") != _PERCENT or ratio is None or ratio == 1:
        return ""
    return " lower" if ratio < 1 else " higher"
