"""One thing as a page: what is said of it, by whom and where, and what leads to it."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from pyoxigraph import NamedNode

from vomkg.claims import caveats
from vomkg.engine.results import TripleTerm
from vomkg.engine.trail import trails
from vomkg.graph.prefixes import shorten
from vomkg.namespaces import (
    DCTERMS,
    OA,
    ONTOLOGY,
    PROV,
    RDF,
    RDFS,
    SKOS,
    GraphName,
    Vom,
)
from vomkg.questions.cell import cell
from vomkg.web.things.places import names_or_places

if TYPE_CHECKING:
    from collections.abc import Callable

    from pyoxigraph import Quad

    from vomkg.claims import Said
    from vomkg.engine.trail import Trail
    from vomkg.knowledge import KnowledgeGraph
    from vomkg.questions.cell import Cell

# A page shows so many values of one property; the data has all.
_SHOWN: Final = 500
# The sentence of a claim, or the meaning of a concept.
_TELLING: Final = (Vom.statement, SKOS + "definition")
# Within a group these come first, in this order.
_FIRST: Final = (
    *_TELLING,
    Vom.reportedForm,
    Vom.reportedBy,
    Vom.inSection,
    Vom.locatedIn,
)
_DIGITS: Final = re.compile(r"([0-9]+)")
_NAMES: Final = frozenset({SKOS + "prefLabel", RDFS + "label"})
_EVIDENCE: Final = frozenset(
    {
        Vom.reportedBy,
        Vom.attribution,
        Vom.locatedIn,
        Vom.inSection,
        Vom.sectionOf,
        Vom.absentFrom,
        Vom.concernsDocument,
        Vom.concernsStudy,
        OA + "hasSource",
        OA + "hasSelector",
        OA + "start",
        OA + "end",
        DCTERMS + "source",
        RDFS + "isDefinedBy",
        PROV + "wasDerivedFrom",
        PROV + "wasAttributedTo",
    }
)
_TITLES: Final = (
    ("says", "What it says"),
    ("evidence", "Evidence"),
    ("out", "Where it leads"),
    ("in", "What leads here"),
)


@dataclass(frozen=True, slots=True)
class Value:
    """One end of a statement.

    Attributes:
        cell: the value in words.
        is_inferred: whether only the reasoner says so.
    """

    cell: Cell
    is_inferred: bool


@dataclass(frozen=True, slots=True)
class Statement:
    """All values of one property.

    Attributes:
        name: the property.
        values: those that a page shows.
        rest: how many more there are.
    """

    name: Cell
    values: tuple[Value, ...]
    rest: int


@dataclass(frozen=True, slots=True)
class Group:
    """Statements of one kind: a name for addresses, a title, the statements."""

    name: str
    title: str
    statements: tuple[Statement, ...]


@dataclass(frozen=True, slots=True)
class Entity:
    """What the page of a thing shows.

    Attributes:
        iri: of the thing.
        label: its name.
        kinds: its classes.
        telling: its statement or definition; empty if it has none.
        form: the number as it was printed, if the thing is one.
        groups: its statements; none is empty.
        trail: each place of the claim, if it is one.
        caveats: limitations of the claim.
    """

    iri: str
    label: str
    kinds: tuple[Value, ...]
    telling: str
    form: str
    groups: tuple[Group, ...]
    trail: tuple[Trail, ...]
    caveats: tuple[Said, ...]


def entity(kg: KnowledgeGraph, iri: str, quads: frozenset[Quad]) -> Entity:
    """The page of a thing; asks for places and caveats only where there are any."""
    label = names_or_places(kg, quads)
    by_property: dict[tuple[str, str], dict[object, bool]] = {}
    for quad in quads:
        way, key, value = _placed(iri, quad)
        values = by_property.setdefault((way, key), {})
        is_inferred = getattr(quad.graph_name, "value", "") == GraphName.inferred
        values[value] = values.get(value, True) and is_inferred
    kinds = by_property.pop(("out", RDF + "type"), {})
    first = {key: next(iter(values)) for (_, key), values in by_property.items()}
    has_places = ("evidence", Vom.locatedIn) in by_property
    is_limited = ("in", Vom.limits) in by_property
    return Entity(
        iri=iri,
        label=label(iri),
        kinds=_told_apart(kg, _values(label, kinds)),
        telling=next((_text(first[key]) for key in _TELLING if key in first), ""),
        form=_text(first.get(Vom.reportedForm)),
        groups=_groups(label, by_property),
        trail=tuple(trails(iri, lambda text, given: kg.query(text, bindings=given)))
        if has_places
        else (),
        caveats=caveats(kg, [{"claim": NamedNode(iri)}]) if is_limited else (),
    )


def _placed(iri: str, quad: Quad) -> tuple[str, str, object]:
    """The group that a triple belongs to, its property, and its other end."""
    key = quad.predicate.value
    if getattr(quad.subject, "value", "") != iri:
        return "in", key, quad.subject
    if key in _EVIDENCE:
        return "evidence", key, quad.object
    is_link = isinstance(quad.object, NamedNode)
    return ("out" if is_link else "says"), key, quad.object


def _groups(
    label: Callable[[str], str], found: dict[tuple[str, str], dict[object, bool]]
) -> tuple[Group, ...]:
    groups = []
    for name, title in _TITLES:
        statements = [
            _statement(label, key, values)
            for (way, key), values in found.items()
            if way == name and key not in _NAMES
        ]
        if statements:
            statements.sort(key=_rank)
            groups.append(Group(name, title, tuple(statements)))
    return tuple(groups)


def _statement(
    label: Callable[[str], str], key: str, values: dict[object, bool]
) -> Statement:
    found = _values(label, values)
    return Statement(
        cell(NamedNode(key), label), found[:_SHOWN], max(0, len(found) - _SHOWN)
    )


def _values(
    label: Callable[[str], str], found: dict[object, bool]
) -> tuple[Value, ...]:
    """The values in words, what is asserted first."""
    shown = [Value(_cell(value, label), said) for value, said in found.items()]
    return tuple(sorted(shown, key=lambda v: (v.is_inferred, _natural(v.cell.text))))


def _told_apart(kg: KnowledgeGraph, kinds: tuple[Value, ...]) -> tuple[Value, ...]:
    """The classes; one of others that is called like another adds its short IRI."""
    texts = Counter(kind.cell.text for kind in kinds)

    def told(kind: Value) -> Value:
        text, iri = kind.cell.text, kind.cell.iri or ""
        if texts[text] == 1 or iri.startswith(ONTOLOGY):
            return kind
        words = f"{text} ({shorten(iri, kg.prefixes)})"
        return replace(kind, cell=replace(kind.cell, text=words))

    return tuple(told(kind) for kind in kinds)


def _rank(statement: Statement) -> tuple[int, list[str | int]]:
    """What is read first stands first, the rest by its name."""
    iri = statement.name.iri
    place = _FIRST.index(iri) if iri in _FIRST else len(_FIRST)
    return place, _natural(statement.name.text)


def _natural(text: str) -> list[str | int]:
    """A key that puts 9 before 10."""
    parts = _DIGITS.split(text.casefold())
    return [int(part) if i % 2 else part for i, part in enumerate(parts)]


def _cell(value: object, label: Callable[[str], str]) -> Cell:
    from pyoxigraph import Triple

    term = TripleTerm(value) if isinstance(value, Triple) else value
    return cell(term, label)  # type: ignore[arg-type]


def _text(value: object) -> str:
    return getattr(value, "value", "")
