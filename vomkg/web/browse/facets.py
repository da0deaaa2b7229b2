"""The values that cut the members of a class, each with how many it leaves."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from pyoxigraph import Literal, NamedNode

from vomkg.graph.prefixes import shorten
from vomkg.namespaces import THINGS
from vomkg.questions.cell import cell
from vomkg.search.kinds import short_name
from vomkg.web.things.places import words_for
from vomkg.web.things.quads import called

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from vomkg.engine.results import Row
    from vomkg.knowledge import KnowledgeGraph
    from vomkg.web.browse.classes import Classes
    from vomkg.web.browse.selection import Selection, Value, Way

# In the address: what leads to the classes below, and what has no value.
TYPE: Final = "type"
NONE: Final = "not-stated"


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
    label = _labels(kg, (term for terms in counted.values() for term in terms))
    made = (
        _facet(kg, label, way, counted.get(way, {}), (cutting.get(way), way in cutting))
        for way in every
    )
    return tuple(facet for facet in made if facet.options)


def _counted(
    kg: KnowledgeGraph, found: Classes, chosen: Selection, every: Sequence[Way]
) -> dict[Way, dict[Value | None, int]]:
    """How many members have each value; under None how many have no value."""
    if not every:
        return {}
    parts = "\n  UNION\n  ".join(
        f"{{ {way.pattern(chosen.prefixes, '?value', 'Here')} BIND({number} AS ?way) }}"
        for number, way in enumerate(every)
    )
    # Each once: of two classes below, a thing would count and cost twice.
    members = f"{{ SELECT DISTINCT ?thing WHERE {{ {chosen.where} }} }}"
    body = f"WHERE {{\n  {members}\n  {parts}\n}}"
    below = frozenset(found.below(chosen.of))
    count = "(COUNT(DISTINCT ?thing) AS ?things)"
    counted: dict[Way, dict[Value | None, int]] = defaultdict(dict)
    query = f"SELECT ?way ?value {count}\n{body}\nGROUP BY ?way ?value"
    for row in kg.query(query).rows:
        value, way = row["value"], every[_number(row, "way")]
        if isinstance(value, NamedNode | Literal) and (
            way.steps or value.value in below
        ):
            counted[way][value] = _number(row, "things")
    total = _number(kg.query(chosen.counting).rows[0], "things")
    for row in kg.query(f"SELECT ?way {count}\n{body}\nGROUP BY ?way").rows:
        way = every[_number(row, "way")]
        without = total - _number(row, "things")
        if without and way.steps:
            counted[way][None] = without
    return counted


def _facet(
    kg: KnowledgeGraph,
    label: Callable[[str], str],
    way: Way,
    counted: Mapping[Value | None, int],
    cut: tuple[Value | None, bool],
) -> Facet:
    options = _options(kg, label, counted, way)
    value, is_cut = cut
    return Facet(
        ".".join(short_name(step, kg.prefixes) for step in way.steps) or TYPE,
        ", ".join(kg.label(step) for step in way.steps) or "kind",
        way,
        options,
        next((one for one in options if is_cut and one.term == value), None),
    )


def _options(
    kg: KnowledgeGraph,
    label: Callable[[str], str],
    counted: Mapping[Value | None, int],
    way: Way,
) -> tuple[Option, ...]:
    codes = Counter(_code(kg, term) for term in counted if term is not None)
    found = []
    for term, things in counted.items():
        if term is None:
            continue
        code = _code(kg, term)
        if codes[code] > 1 or code == NONE:
            code = str(term)
        found.append(Option(code, cell(term, label).text, term, things))
    found.sort(key=lambda one: (-one.things, one.label.casefold(), one.code))
    if None in counted:
        words = "not stated" if way.steps else "no narrower class"
        found.append(Option(NONE, words, None, counted[None]))
    return tuple(found)


def _labels(kg: KnowledgeGraph, terms: Iterable[Value | None]) -> Callable[[str], str]:
    """What gives the name of each value; of a place without one, where it is."""
    nodes = {term for term in terms if isinstance(term, NamedNode)}
    label = called(kg, nodes)
    unnamed = {
        node
        for node in nodes
        if node.value.startswith(THINGS)
        and label(node.value) == shorten(node.value, kg.prefixes)
    }
    places = words_for(kg, unnamed)
    return lambda iri: places.get(iri) or label(iri)


def _code(kg: KnowledgeGraph, term: Value) -> str:
    if isinstance(term, NamedNode):
        if term.value.startswith(THINGS):
            return term.value.removeprefix(THINGS)
        return short_name(term.value, kg.prefixes)
    return term.value


def _number(row: Row, name: str) -> int:
    return int(_text(row, name) or 0)


def _text(row: Row, name: str) -> str:
    return str(getattr(row.get(name), "value", ""))
