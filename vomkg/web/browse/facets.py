"""By which values the members of a class can be cut: found in the data, not written.

A property cuts if it has few values, each of them a thing, yes or no, a number or
a short text, and if it brings members together or parts them from those without.
Where coded values are sorted by a property of their own that has one value each,
that cuts too: the metrics of estimates stand in families, for instance.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from pyoxigraph import Literal, NamedNode

from vomkg.namespaces import ONTOLOGY, OWL, RDF, THINGS, XSD
from vomkg.questions.cell import cell
from vomkg.search.kinds import short_name
from vomkg.search.material import NAMES, TEXTS
from vomkg.web.browse.selection import Selection, Way, written

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from vomkg.engine.results import Row
    from vomkg.knowledge import KnowledgeGraph
    from vomkg.web.browse.classes import Classes
    from vomkg.web.browse.selection import Value

CLASSES: Final = Way(())
# In the address: what leads to the classes below, and what has no value.
TYPE: Final = "type"
NONE: Final = "not-stated"
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


@dataclass(frozen=True, slots=True)
class Option:
    """One value to cut by.

    Attributes:
        code: what stands for it in the address.
        label: what it is called.
        term: the value; None for things that have none.
        things: members that have it, under all other cuts.
    """

    code: str
    label: str
    term: Value | None
    things: int


@dataclass(frozen=True, slots=True)
class Facet:
    """One way to cut the members of a class.

    Attributes:
        name: of its parameter in the address.
        label: what it is called.
        way: from a member to its values.
        options: the values, with members that have none last.
        chosen: the one that cuts now.
    """

    name: str
    label: str
    way: Way
    options: tuple[Option, ...]
    chosen: Option | None = None

    def option(self, code: str) -> Option | None:
        """The value of that code."""
        return next((one for one in self.options if one.code == code), None)


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


def facets(
    kg: KnowledgeGraph, found: Classes, chosen: Selection, every: Sequence[Way]
) -> tuple[Facet, ...]:
    """Each way with its values and their members, under all other cuts.

    Args:
        kg: what is asked.
        found: the classes of the graph.
        chosen: the members, cut as they are.
        every: the ways that are there.

    Raises:
        VomkgError: the graph cannot be asked.
    """
    cutting = dict(chosen.cuts)
    free = [way for way in every if way not in cutting]
    counted = _counted(kg, found, chosen, free)
    for way in cutting:
        counted |= _counted(kg, found, chosen.but(way), [way])
    made = (
        _facet(kg, way, counted.get(way, {}), cutting.get(way), way in cutting)
        for way in every
    )
    return tuple(facet for facet in made if facet.options)


def _cuts(
    values: int, things: int, total: int, most: int, *, is_code: bool = False
) -> bool:
    """Whether values that so many things have make parts of the whole."""
    parts = values + (things < total)
    return 2 <= parts <= most + 1 and values <= most and (is_code or values < things)


def _counted(
    kg: KnowledgeGraph, found: Classes, chosen: Selection, every: Sequence[Way]
) -> dict[Way, dict[Value | None, int]]:
    """How many members have each value; under None how many have no value."""
    if not every:
        return {}
    parts = "\n  UNION\n  ".join(
        _part(found, chosen, number, way) for number, way in enumerate(every)
    )
    body = f"WHERE {{\n  {chosen.where}\n  {parts}\n}}"
    count = "(COUNT(DISTINCT ?thing) AS ?things)"
    counted: dict[Way, dict[Value | None, int]] = defaultdict(dict)
    query = f"SELECT ?way ?value {count}\n{body}\nGROUP BY ?way ?value"
    for row in kg.query(query).rows:
        value = row["value"]
        if isinstance(value, NamedNode | Literal):
            counted[every[_number(row, "way")]][value] = _number(row, "things")
    total = _number(kg.query(chosen.counting).rows[0], "things")
    for row in kg.query(f"SELECT ?way {count}\n{body}\nGROUP BY ?way").rows:
        way = every[_number(row, "way")]
        without = total - _number(row, "things")
        if without and way.steps:
            counted[way][None] = without
    return counted


def _part(found: Classes, chosen: Selection, number: int, way: Way) -> str:
    pattern = f"{way.pattern(chosen.prefixes, '?value')} BIND({number} AS ?way)"
    if way.steps:
        return f"{{ {pattern} }}"
    below = " ".join(written(iri, chosen.prefixes) for iri in found.below(chosen.of))
    return f"{{ VALUES ?value {{ {below} }} {pattern} }}"


def _facet(
    kg: KnowledgeGraph,
    way: Way,
    counted: Mapping[Value | None, int],
    value: Value | None,
    is_cut: bool,
) -> Facet:
    options = _options(kg, counted, way)
    name = ".".join(short_name(step, kg.prefixes) for step in way.steps) or TYPE
    return Facet(
        name,
        ", ".join(kg.label(step) for step in way.steps) or "kind",
        way,
        options,
        next((one for one in options if is_cut and one.term == value), None),
    )


def _options(
    kg: KnowledgeGraph, counted: Mapping[Value | None, int], way: Way
) -> tuple[Option, ...]:
    codes = Counter(_code(kg, term) for term in counted if term is not None)
    found = []
    for term, things in counted.items():
        if term is None:
            continue
        code = _code(kg, term)
        if codes[code] > 1 or code == NONE:
            code = str(term)
        found.append(Option(code, cell(term, kg.label).text, term, things))
    found.sort(key=lambda one: (-one.things, one.label.casefold(), one.code))
    if None in counted:
        words = "not stated" if way.steps else "no narrower class"
        found.append(Option(NONE, words, None, counted[None]))
    return tuple(found)


def _code(kg: KnowledgeGraph, term: Value) -> str:
    if isinstance(term, NamedNode):
        if term.value.startswith(THINGS):
            return term.value.removeprefix(THINGS)
        return short_name(term.value, kg.prefixes)
    return term.value


def chosen_cuts(
    every: Iterable[Facet], given: Mapping[str, str]
) -> tuple[tuple[Way, Value | None], ...]:
    """The cuts that an address names.

    Raises:
        ParameterError: one of them is not among the facets, or not their values.
    """
    from vomkg.errors import ParameterError
    from vomkg.search.searcher import nearest

    by_name = {facet.name: facet for facet in every}
    cuts = []
    for name, code in given.items():
        facet = by_name.get(name)
        if facet is None:
            near = nearest(name, by_name)
            choice = f"did you mean {', '.join(near)}" if near else "choose from below"
            raise ParameterError(
                f"the members of this class cannot be cut by {name[:60]!r}",
                fix=choice if by_name else "there is nothing to cut them by",
            )
        option = facet.option(code)
        if option is None:
            near = nearest(code, (one.code for one in facet.options))
            choice = f"did you mean {', '.join(near)}" if near else "choose from below"
            raise ParameterError(
                f"no member of this class has {code[:60]!r} as {facet.label}",
                fix=choice,
            )
        cuts.append((facet.way, option.term))
    return tuple(cuts)


def _number(row: Row, name: str) -> int:
    return int(_text(row, name) or 0)


def _text(row: Row, name: str) -> str:
    return str(getattr(row.get(name), "value", ""))
