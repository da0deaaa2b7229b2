"""One page of the members of a class, each with its kinds and what is said of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from pyoxigraph import NamedNode

from vomkg.graph.prefixes import shorten
from vomkg.namespaces import RDF, SKOS, GraphName, Vom
from vomkg.web.browse.classes import names_of_classes
from vomkg.web.things.places import words_for

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from vomkg.engine.results import Row
    from vomkg.knowledge import KnowledgeGraph
    from vomkg.search.kinds import Kinds
    from vomkg.web.browse.selection import Selection

_TYPES: Final = f"""
SELECT DISTINCT ?thing ?class ?inferred
WHERE {{
  VALUES ?thing {{ THINGS }}
  ?thing a ?class .
  BIND(EXISTS {{ GRAPH <{GraphName.inferred}> {{ ?thing <{RDF}type> ?class }} }}
    AS ?inferred)
  FILTER(isIRI(?class))
}}
"""
_TELLING: Final = f"""
SELECT ?thing (MIN(STR(?text)) AS ?told)
WHERE {{
  VALUES ?thing {{ THINGS }}
  ?thing <{Vom.statement}>|<{SKOS}definition> ?text .
}}
GROUP BY ?thing
"""
_STATED: Final = """\
SELECT (COUNT(DISTINCT ?thing) AS ?things)
WHERE {
  MEMBERS
  ?thing a CLASS .
  FILTER NOT EXISTS { GRAPH <INFERRED> { ?thing a CLASS } }
}
"""


@dataclass(frozen=True, slots=True)
class Member:
    """One thing of a list.

    Attributes:
        iri: of the thing.
        label: its name, or words for where it is.
        kinds: the classes that say most of it: what each is called, its IRI, and
            whether only the reasoner says so.
        telling: its statement or definition; empty if it has none.
        is_inferred: whether that it is of the class of the list is nowhere stated.
    """

    iri: str
    label: str
    kinds: tuple[tuple[str, str, bool], ...]
    telling: str
    is_inferred: bool


def members(
    kg: KnowledgeGraph, kinds: Kinds, chosen: Selection, start: int, size: int
) -> tuple[Member, ...]:
    """Some of the members, by name.

    Args:
        kg: what is asked.
        kinds: which classes are above which.
        chosen: the members.
        start: how many are passed over.
        size: how many come back at most.

    Raises:
        VomkgError: the graph cannot be asked.
    """
    rows = _page(kg, chosen, start, size)
    names = {_text(row, "thing"): _text(row, "label") for row in rows}
    if not names:
        return ()
    listed = " ".join(str(NamedNode(iri)) for iri in names)
    types: dict[str, dict[str, bool]] = {iri: {} for iri in names}
    for row in kg.query(_TYPES.replace("THINGS", listed)).rows:
        is_inferred = _text(row, "inferred") == "true"
        types[_text(row, "thing")][_text(row, "class")] = is_inferred
    told = {
        _text(row, "thing"): _text(row, "told")
        for row in kg.query(_TELLING.replace("THINGS", listed)).rows
    }
    words = names_of_classes(kg, {iri for found in types.values() for iri in found})
    places = words_for(kg, [NamedNode(iri) for iri, name in names.items() if not name])
    return tuple(
        Member(
            iri,
            name or places.get(iri) or shorten(iri, kg.prefixes),
            _kinds(words, kinds, types[iri]),
            told.get(iri, ""),
            types[iri].get(chosen.of, True),
        )
        for iri, name in names.items()
    )


def _page(
    kg: KnowledgeGraph, chosen: Selection, start: int, size: int
) -> Sequence[Row]:
    """The rows of one page; those of a store are put in order here.

    Virtuoso does not order by what is grouped, and then its pages are of no list.
    """
    if not kg.settings.store:
        return kg.query(f"{chosen.listing}LIMIT {size} OFFSET {start}").rows
    rows = kg.query(chosen.listing).rows
    return sorted(rows, key=_place)[start : start + size]


def _place(row: Row) -> tuple[bool, str, str]:
    name = _text(row, "label")
    return not name, name.lower(), _text(row, "thing")


def stated(kg: KnowledgeGraph, chosen: Selection) -> int:
    """How many of the members are stated to be of the class itself.

    Raises:
        VomkgError: the graph cannot be asked.
    """
    query = _STATED.replace("MEMBERS", chosen.where)
    query = query.replace("CLASS", str(NamedNode(chosen.of)))
    query = query.replace("INFERRED", GraphName.inferred)
    return int(_text(kg.query(query).rows[0], "things"))


def _kinds(
    words: Callable[[str], str], kinds: Kinds, types: dict[str, bool]
) -> tuple[tuple[str, str, bool], ...]:
    found: Sequence[str] = kinds.narrowest(types)
    return tuple((words(iri), iri, types[iri]) for iri in found)


def _text(row: Row, name: str) -> str:
    return str(getattr(row.get(name), "value", ""))
