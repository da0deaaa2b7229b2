"""Queries whose answer is the same bytes each time one release is asked.

SPARQL leaves the order of rows open where ORDER BY does not settle it, and the
engine lists triples in another order each time it loads them. Here ties are
broken by the text of the columns, and rows without any order are sorted by it.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from vomkg.engine.guard import check_query
from vomkg.engine.writing import written_answer
from vomkg.errors import QueryError
from vomkg.graph.tokens import tokens

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from vomkg.config import Settings
    from vomkg.engine.answer import Answer
    from vomkg.engine.local import Engine
    from vomkg.engine.results import Row, Term
    from vomkg.engine.workers import IsolatedEngine
    from vomkg.engine.writing import Forms, Written
    from vomkg.graph.tokens import Token

_FORMS: Final = {"SELECT", "ASK", "CONSTRUCT", "DESCRIBE"}
_SLICES: Final = {"LIMIT", "OFFSET"}
# What they give rests on the order in which solutions come, or on the engine's
# choice (SPARQL 1.1 §15.3.2, §18.5.1): sums of floating-point numbers on the order
# of adding, MIN and MAX on which of two equal or incomparable values comes first.
_CHOOSERS: Final = {"REDUCED", "SAMPLE", "GROUP_CONCAT", "SUM", "AVG", "MIN", "MAX"}
# Words that hold one of these and have nothing to do with it.
_OTHERS: Final = {"MINUS", "MINUTES"}


@dataclass(frozen=True, slots=True)
class Stable:
    """A query made as determined as it can be.

    Attributes:
        text: what is run.
        is_same: whether every evaluation gives the same answer, but for blank
            nodes, triples as terms and functions such as NOW.
        is_ordered: whether the order of the rows is asked for.
    """

    text: str
    is_same: bool
    is_ordered: bool


class StableEngine:
    """Answers as the engine behind it does, rows always in the same order.

    Args:
        engine: what answers; closing it is left to its owner.
    """

    def __init__(self, engine: Engine | IsolatedEngine) -> None:
        self._engine = engine
        self.settings = engine.settings
        self.prefixes = engine.prefixes
        self.release = engine.release

    def query(self, text: str, *, bindings: Mapping[str, Term] | None = None) -> Answer:
        """The complete answer; see :meth:`Engine.query` for what it raises."""
        ready = stable(text, self.settings)
        try:
            answer = self._engine.query(ready.text, bindings=bindings)
        except QueryError:
            # Told of the query as it was asked, with its own lines.
            answer = self._engine.query(text, bindings=bindings)
        answer = replace(answer, query=text)
        if answer.kind == "bindings" and not ready.is_ordered:
            answer = replace(answer, rows=sorted(answer.rows, key=_texts))
        return answer

    def written(self, text: str, forms: Forms) -> Written:
        """The bytes of that answer; see :meth:`Engine.written`."""
        return written_answer(self.query(text), forms, self.settings.byte_limit)


def stable(text: str, settings: Settings) -> Stable:
    """The query with every order settled that can be, if the limits allow it."""
    words = [(token, depth) for token, depth in _with_depth(text)]
    top = [token for token, depth in words if depth == 0]
    keywords = {token.keyword for token in top}
    form = next((t.keyword for t in top if t.keyword in _FORMS), "")
    inner = {token.keyword for token, depth in words if depth > 0}
    is_ordered = "ORDER" in keywords
    is_sliced = not keywords.isdisjoint(_SLICES)
    is_same = (
        (inner | keywords).isdisjoint(_CHOOSERS)
        and inner.isdisjoint(_SLICES)
        and not any(map(_is_glued, inner | keywords))
    )
    if form != "SELECT" or not is_ordered:
        return Stable(text, is_same and not is_sliced, is_ordered)
    full = _settled(text, top, words)
    try:
        check_query(full, settings)
    except QueryError:
        return Stable(text, is_same=False, is_ordered=True)
    return Stable(full, is_same, is_ordered=True)


def _settled(
    text: str, top: Sequence[Token], words: Sequence[tuple[Token, int]]
) -> str:
    """The query with the text of its columns as last conditions of ORDER BY."""
    order = next(i for i, token in enumerate(top) if token.keyword == "ORDER")
    ends = _SLICES | {"VALUES"}
    after = next((t.start for t in top[order:] if t.keyword in ends), None)
    at = words[-1][0].end if after is None else after
    more = " ".join(
        f"STR({name}) LANG({name}) LANGDIR({name}) STR(DATATYPE({name}))"
        for name in _columns(words)
    )
    return f"{text[:at]} {more} {text[at:]}"


def _columns(words: Sequence[tuple[Token, int]]) -> list[str]:
    """The columns of a SELECT; for ``*`` every variable that it names."""
    start = next(i for i, (t, depth) in enumerate(words) if t.keyword == "SELECT")
    found: dict[str, None] = {}
    last = ""
    for token, depth in words[start + 1 :]:
        if depth == 0 and token.text == "*":
            return list(dict.fromkeys(t.text for t, _ in words if _is_variable(t)))
        if depth == 0 and (token.text == "{" or token.keyword in {"WHERE", "FROM"}):
            break
        if _is_variable(token) and (depth == 0 or (depth == 1 and last == "AS")):
            found[token.text] = None
        last = token.keyword
    return list(found)


def _is_glued(keyword: str) -> bool:
    """Whether one of the words that decide stands in another, as in ``LIMIT5``."""
    return keyword not in _OTHERS and any(
        word in keyword and word != keyword for word in (*_SLICES, *_CHOOSERS, "ORDER")
    )


def _is_variable(token: Token) -> bool:
    return token.kind == "variable"


def _with_depth(text: str) -> Iterator[tuple[Token, int]]:
    """Each token but comments, and how many brackets it stands in."""
    depth = 0
    for token in tokens(text):
        if token.kind == "comment":
            continue
        depth -= token.text in {")", "}"}
        yield token, depth
        depth += token.text in {"(", "{"}


def _texts(row: Row) -> tuple[str, ...]:
    return tuple("" if term is None else str(term) for term in row.values())
