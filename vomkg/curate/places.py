"""Where the files speak of what a result is about."""

from __future__ import annotations

from dataclasses import replace
from functools import cached_property
from typing import TYPE_CHECKING, Final

from rdflib import SH, BNode, Literal, URIRef

from vomkg.curate.known import Known
from vomkg.curate.paths import Step, read_path, unfinished
from vomkg.curate.place import Place
from vomkg.curate.result import Report

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from rdflib import Graph

    from vomkg.curate.paths import AnyPath
    from vomkg.curate.result import Result
    from vomkg.graph.positions import Positions, Span, Statement
    from vomkg.graph.positions.frame import Term

_CONSTRAINT: Final = "ConstraintComponent"
# Something is to be added.
_MISSING: Final = {"MinCount", "HasValue", "QualifiedMinCount"}
# All values together break it.
_EVERY: Final = {
    "MaxCount",
    "UniqueLang",
    "LessThan",
    "LessThanOrEquals",
    "Equals",
    "Disjoint",
    "QualifiedMaxCount",
}
_PAIRS: Final = (SH.lessThan, SH.lessThanOrEquals, SH.equals, SH.disjoint)


def located(
    report: Report, texts: Mapping[str, str], shapes_texts: Mapping[str, str]
) -> Report:
    """The report with the places of each result, in the data and in the shapes.

    The value of a result is looked up by node and path; of something missing the
    node's block is given, as the place to add it. Places that a result has already
    stay. Nothing is read where there is no result, and no shapes where no result
    came from one.

    Args:
        report: what was found in the graph that :func:`vomkg.graph.read.read` gives
            of the files, or :meth:`vomkg.graph.positions.Positions.graph`: other
            readers label blank nodes otherwise, so those would not be found.
        texts: each file judged, by its name, whose extension tells its form.
            JSON-LD and RDF/XML have no places.
        shapes_texts: the shapes files likewise.
    """
    files = tuple(texts)
    if not report.results:
        return Report((), files, report.graph)
    data, shapes = Known(texts), Known(shapes_texts)
    results = (_Finder(result, report.graph, data, shapes) for result in report.results)
    return Report(tuple(finder.placed() for finder in results), files, report.graph)


class _Finder:
    """The places of one result."""

    def __init__(
        self, result: Result, graph: Graph, data: Known, shapes: Known
    ) -> None:
        self._result, self._graph = result, graph
        self._data, self._shapes = data, shapes

    def placed(self) -> Result:
        """The result with its places."""
        result = self._result
        if result.at is None and (result.focus or result.node is not None):
            places, add_here = self._places()
            found = _apart(places)
            result = replace(
                result,
                at=found[0] if found else None,
                also=tuple(found[1:]),
                add_here=add_here,
            )
        if result.shape_at is None and result.component:
            result = replace(result, shape_at=self._shape())
        return result

    def _places(self) -> tuple[list[Place], bool]:
        """The first place and the further ones, and whether it is to add something."""
        path = read_path(self._result.path) if self._result.path else None
        kind = self._result.component.removesuffix(_CONSTRAINT)
        if path is None:
            return self._of_node(), False
        if kind == "Closed" and isinstance(path, Step):
            found = self._known.statements(self._focus, path.predicate, self._value)
            places = [_place(one, one.predicate_at) for one in found]
            return places or self._of_node(), False
        if kind in _MISSING:
            return self._of_missing(path)
        return self._of_values(path, every=kind in _EVERY)

    @property
    def _known(self) -> Positions:
        return self._data.positions

    @cached_property
    def _focus(self) -> Term:
        term = self._term(SH.focusNode)
        if term is None:
            text = self._result.focus
            is_blank = text.startswith("_:")
            term = BNode(text.removeprefix("_:")) if is_blank else URIRef(text)
        return self._data.node(term)

    @cached_property
    def _value(self) -> Term | None:
        term = self._term(SH.value)
        text, kind = self._result.value, self._result.value_type or ""
        if term is None and text is not None:
            term = _as_term(text, kind)
        return None if term is None else self._data.node(term)

    def _term(self, part: URIRef) -> Term | None:
        node = self._result.node
        return None if node is None else self._graph.value(node, part)  # type: ignore[return-value]  # a term that data can hold

    def _of_node(self) -> list[Place]:
        """Where the node names the value, if it does; else the node itself."""
        if self._value is not None and self._value != self._focus:
            found = next(self._known.statements(self._focus, None, self._value), None)
            if found is not None:
                return [_place(found, found.object_at)]
        return self._of_block(self._focus)

    def _of_block(self, node: Term) -> list[Place]:
        block = self._data.block(node)
        if block is not None:
            return [_place(block, block.subject_at)]
        mention = next(self._known.statements(None, None, node), None)
        return [] if mention is None else [_place(mention, mention.object_at)]

    def _of_missing(self, path: AnyPath) -> tuple[list[Place], bool]:
        """The blocks where the path should go on, the way there, what there is."""
        open_ends = unfinished(path, self._focus, self._known)
        blocks = [place for node in open_ends for place in self._of_block(node)]
        ways = [step for way in open_ends.values() for step in way]
        there = self._ends(path).values()
        found = [*_of_objects(ways), *_of_objects(way[-1] for way in there if way)]
        add_here = any(self._data.block(node) is not None for node in open_ends)
        return [*blocks, *found], add_here

    def _of_values(self, path: AnyPath, *, every: bool) -> tuple[list[Place], bool]:
        """The value with the way there; all values where all of them break it."""
        ends = self._ends(path)
        way = self._way(ends)
        values = [steps[-1] for steps in ends.values() if steps]
        if self._value is not None and not way:
            # The value was inferred, or is the node itself.
            return self._of_node(), False
        if not values:
            return self._of_block(self._focus), True
        chosen = [*reversed(way)] if way else []
        if every or not way:
            chosen += values
            chosen += self._compared()
        return [*_of_objects(chosen)], False

    def _ends(self, path: AnyPath) -> dict[Term, tuple[Statement, ...]]:
        return path.ends(self._focus, self._known)

    def _way(self, ends: dict[Term, tuple[Statement, ...]]) -> tuple[Statement, ...]:
        """The way to the value; an engine may write a literal otherwise."""
        if self._value in ends:
            return ends[self._value]
        if isinstance(self._value, Literal):
            for end, way in ends.items():
                if isinstance(end, Literal) and str(end) == str(self._value):
                    return way
        return ()

    def _compared(self) -> Iterator[Statement]:
        """The values of the other property that a pair of them is about."""
        for pair in _PAIRS:
            for named in self._shapes.positions.statements(self._source, pair):
                if isinstance(named.object, URIRef):
                    yield from self._known.statements(self._focus, named.object)

    @cached_property
    def _source(self) -> Term:
        """The shape itself, or the nearest named one."""
        term = self._term(SH.sourceShape)
        node = URIRef(self._result.shape) if term is None else self._shapes.node(term)
        if self._shapes.block(node) is None:
            node = URIRef(self._result.shape)
        return self._of_property(node) or node

    def _of_property(self, node: Term) -> Term | None:
        """The property shape on the result's path that a node shape holds."""
        if self._result.path is None or node != URIRef(self._result.shape):
            return None
        known = self._shapes.positions
        for held in known.statements(node, SH.property):
            path = URIRef(self._result.path)
            if next(known.statements(held.object, SH.path, path), None):
                return held.object
        return None

    def _shape(self) -> Place | None:
        node = self._source
        if isinstance(node, BNode):
            held = next(self._shapes.positions.statements(None, None, node), None)
            if held is not None:
                return _place(held, held.object_at)
        block = self._shapes.block(node)
        return None if block is None else _place(block, block.subject_at)


def _as_term(text: str, kind: str) -> Term:
    if kind == "iri":
        return URIRef(text)
    if kind == "blank":
        return BNode(text.removeprefix("_:"))
    if kind.startswith("@"):
        return Literal(text, lang=kind[1:])
    plain = kind in ("", "http://www.w3.org/2001/XMLSchema#string")
    return Literal(text, datatype=None if plain else URIRef(kind), normalize=False)


def _apart(places: Iterable[Place]) -> list[Place]:
    """The places once each; of a bracket and its first character the first given."""
    found: dict[tuple[str, int, int], Place] = {}
    for place in places:
        found.setdefault((place.file, place.line, place.column), place)
    return list(found.values())


def _of_objects(statements: Iterable[Statement]) -> Iterator[Place]:
    return (_place(one, one.object_at) for one in statements)


def _place(statement: Statement, span: Span) -> Place:
    return Place(statement.file.name, *span)
