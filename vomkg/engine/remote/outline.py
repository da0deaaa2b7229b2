"""The parts of a query that matter for counting its rows and asking page by page."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Final, Literal, cast

from vomkg.graph.tokens import tokens

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from vomkg.graph.tokens import Token

Form = Literal["SELECT", "ASK", "CONSTRUCT", "DESCRIBE"]
_FORMS: Final = {"SELECT", "ASK", "CONSTRUCT", "DESCRIBE"}
_MODIFIERS: Final = {"GROUP", "HAVING", "ORDER", "LIMIT", "OFFSET", "VALUES"}
_OPEN: Final = {"{", "(", "["}
_CLOSE: Final = {"}", ")", "]"}


@dataclass(frozen=True, slots=True)
class Outline:
    """A query as a sequence of parts, its outermost LIMIT and OFFSET taken out.

    Attributes:
        form: the query form.
        prologue: all before it.
        head: from the form to the pattern; for CONSTRUCT with its template.
        pattern: from the pattern's bracket to where an ORDER BY would end.
        rest: a trailing VALUES, if there is one.
        limit: the LIMIT, None for none.
        offset: the OFFSET, 0 for none.
        is_ordered: whether it has an ORDER BY.
        has_pattern: whether there is a pattern; DESCRIBE needs none.
        template: inside of the template of CONSTRUCT.
        has_variables: whether its pattern has any variable.
    """

    form: Form
    prologue: str
    head: str
    pattern: str
    rest: str
    limit: int | None
    offset: int
    is_ordered: bool
    has_pattern: bool
    template: str
    has_variables: bool

    def rows(self, order: Iterable[str] = ()) -> str:
        """The query as a sub-select: all its rows, or its solutions if it has none.

        Args:
            order: columns that decide the order where the query leaves it open.
        """
        head = self.head if self.form == "SELECT" else "SELECT * WHERE "
        names = " ".join(f"?{name}" for name in order)
        by = f"\n{'' if self.is_ordered else 'ORDER BY '}{names}" if names else ""
        # Each on a line of its own: the text may end in a comment.
        return f"{head}{self.pattern}{by}\n{self.rest}\n"

    def solutions(self) -> str:
        """The query as a SELECT of all its variables, with its LIMIT and OFFSET."""
        limit = "" if self.limit is None else f"\nLIMIT {self.limit}"
        offset = f"\nOFFSET {self.offset}" if self.offset else ""
        start = f"{self.prologue}SELECT * WHERE {self.pattern}"
        return f"{start}{limit}{offset}\n{self.rest}"

    def clamped(self, total: int) -> int:
        """How many of so many rows LIMIT and OFFSET leave."""
        left = max(total - self.offset, 0)
        return left if self.limit is None else min(left, self.limit)


def outline(text: str) -> Outline:
    """The parts of a well-formed query without dataset clauses."""
    words = [token for token in tokens(text) if token.kind != "comment"]
    start = next(index for index, word in enumerate(words) if word.keyword in _FORMS)
    form = cast("Form", words[start].keyword)
    body = _outermost(words[start:])
    marks = [token for token in body if token.keyword in _MODIFIERS]
    groups = [token for token in body if token.text == "{"]
    is_long = form == "CONSTRUCT" and words[start + 1].text == "{"
    pattern = groups[is_long : is_long + 1]
    opened = pattern[0].start if pattern else len(text)
    spans, limit, offset = _bounds(marks, words)
    end = next((t.start for t in marks if t.keyword == "VALUES"), len(text))
    closed = next((token.start for token in body if token.text == "}"), opened)
    return Outline(
        form=form,
        prologue=text[: words[start].start],
        head=text[words[start].start : opened],
        pattern=_cut(text, opened, end, spans),
        rest=_cut(text, end, len(text), spans),
        limit=limit,
        offset=offset,
        is_ordered=any(token.keyword == "ORDER" for token in marks),
        has_pattern=bool(pattern),
        template=text[groups[0].end : closed] if groups else "",
        has_variables=any(
            token.kind == "variable" and token.start > opened for token in words
        ),
    )


def _outermost(words: Iterable[Token]) -> list[Token]:
    """The tokens outside of all brackets, and the outermost brackets."""
    found = []
    depth = 0
    for token in words:
        depth -= token.text in _CLOSE
        if not depth:
            found.append(token)
        depth += token.text in _OPEN
    return found


def _bounds(
    marks: Sequence[Token], words: Sequence[Token]
) -> tuple[list[tuple[int, int]], int | None, int]:
    """Where LIMIT and OFFSET stand, and their numbers."""
    after = {token.start: follower for token, follower in pairwise(words)}
    spans = []
    numbers: dict[str, int] = {}
    for mark in marks:
        if mark.keyword in {"LIMIT", "OFFSET"}:
            number = after[mark.start]
            numbers[mark.keyword] = int(number.text)
            spans.append((mark.start, number.end))
    return spans, numbers.get("LIMIT"), numbers.get("OFFSET", 0)


def _cut(text: str, start: int, end: int, spans: Iterable[tuple[int, int]]) -> str:
    """A part of the text, without the spans in it."""
    parts = []
    for first, last in spans:
        if start <= first < end:
            parts.append(text[start:first])
            start = last
    return " ".join([*parts, text[start:end]])
