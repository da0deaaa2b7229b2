"""Whether two answers are the same, whatever their blank nodes are called."""

from __future__ import annotations

from collections import Counter, defaultdict
from functools import lru_cache
from typing import TYPE_CHECKING

import pyoxigraph as og

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterable, Iterator, Sequence

    Cell = og.NamedNode | og.BlankNode | og.Literal | og.Triple | str | None
    Row = tuple[Cell, ...]

_ROUNDS = 8


def same(found: Iterable[Row], expected: Iterable[Row]) -> bool:
    """Whether a mapping of blank nodes makes one bag of rows the other.

    A graph is a set of rows of three cells.
    """
    ours, theirs = [_normal(row) for row in found], [_normal(row) for row in expected]
    if len(ours) != len(theirs):
        return False
    left, right = _coloured(ours), _coloured(theirs)
    if Counter(sign for sign, _ in left) != Counter(sign for sign, _ in right):
        return False
    pool: dict[Hashable, list[Row]] = defaultdict(list)
    for sign, row in right:
        pool[sign].append(row)
    # The fewer candidates a row has, the earlier it is matched.
    open_rows = [pair for pair in left if any(True for _ in _blanks(pair[1]))]
    open_rows.sort(key=lambda pair: len(pool[pair[0]]))
    return _matched(open_rows, 0, pool, {}, {})


def ordered(rows: Iterable[Row]) -> list[Row]:
    """The rows with their place as a cell, so that order counts."""
    return [(str(place), *row) for place, row in enumerate(rows)]


def _matched(
    rows: Sequence[tuple[Hashable, Row]],
    at: int,
    pool: dict[Hashable, list[Row]],
    there: dict[str, str],
    back: dict[str, str],
) -> bool:
    if at == len(rows):
        return True
    sign, row = rows[at]
    candidates = pool[sign]
    for index, other in enumerate(candidates):
        added = _extended(row, other, there, back)
        if added is None:
            continue
        del candidates[index]
        if _matched(rows, at + 1, pool, there, back):
            return True
        candidates.insert(index, other)
        for name in added:
            del back[there.pop(name)]
    return False


def _extended(
    row: Row, other: Row, there: dict[str, str], back: dict[str, str]
) -> list[str] | None:
    """The blank nodes that are mapped anew by this pair; None if it cannot be."""
    added: list[str] = []
    for one, two in zip(_blanks(row), _blanks(other), strict=True):
        if one in there or two in back:
            if there.get(one) == two:
                continue
            for name in added:
                del back[there.pop(name)]
            return None
        there[one] = two
        back[two] = one
        added.append(one)
    return added


def _coloured(rows: Sequence[Row]) -> list[tuple[Hashable, Row]]:
    """Each row with a sign that does not depend on names of blank nodes."""
    colours: dict[str, int] = {}
    for _ in range(_ROUNDS):
        seen: dict[str, list[int]] = defaultdict(list)
        for row in rows:
            sign = hash(tuple(_paint(cell, colours) for cell in row))
            for place, name in enumerate(_blanks(row)):
                seen[name].append(hash((place, sign)))
        fresh = {name: hash(tuple(sorted(marks))) for name, marks in seen.items()}
        if len(set(fresh.values())) == len(set(colours.values())) and colours:
            break
        colours = fresh
    return [(tuple(_paint(cell, colours) for cell in row), row) for row in rows]


def _paint(cell: Cell, colours: dict[str, int]) -> Hashable:
    if isinstance(cell, og.BlankNode):
        return ("blank", colours.get(cell.value, 0))
    if isinstance(cell, og.Triple):
        return tuple(_paint(part, colours) for part in cell)
    return cell if isinstance(cell, str) else str(cell)


def _blanks(row: Iterable[Cell]) -> Iterator[str]:
    for cell in row:
        if isinstance(cell, og.BlankNode):
            yield cell.value
        elif isinstance(cell, og.Triple):
            yield from _blanks(tuple(cell))


def _normal(row: Row) -> Row:
    return tuple(_normal_cell(cell) for cell in row)


def _normal_cell(cell: Cell) -> Cell:
    if isinstance(cell, og.Literal):
        return _normal_literal(cell)
    if isinstance(cell, og.Triple):
        return og.Triple(*(_normal_cell(part) for part in cell))  # type: ignore[arg-type]
    return cell


@lru_cache(10_000)
def _normal_literal(literal: og.Literal) -> og.Literal:
    """The literal in the form that the engine keeps, such as 2 for 2.0."""
    thing = og.NamedNode("urn:x")
    store = og.Store()
    store.add(og.Quad(thing, thing, literal))
    [quad] = store
    assert isinstance(quad.object, og.Literal)
    return quad.object
