"""What the text of a shipped SELECT says: its columns, variables and prefixes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vomkg.errors import QuestionFileError
from vomkg.graph.tokens import Token, tokens

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

_OPENING = frozenset("{([")
_CLOSING = frozenset("})]")


class QueryText:
    """A SELECT query as its terminals, with the checks that a file must pass.

    Attributes:
        columns: the names that the outer SELECT projects, in order.
        variables: every variable name that occurs.
    """

    def __init__(self, text: str, path: Path, first_line: int) -> None:
        """Read the terminals of a query.

        Args:
            text: the query without its header.
            path: its file, for messages.
            first_line: the line of the file on which the query begins.

        Raises:
            QuestionFileError: it is no SELECT, projects ``*``, or holds a
                character that SPARQL does not know.
        """
        self._path = path
        self._shift = first_line - 1
        self._tokens = [t for t in tokens(text) if t.kind != "comment"]
        for token in self._tokens:
            if token.kind == "bad":
                raise self._fault(token, f"unexpected character {token.text!r}")
        self.variables = frozenset(
            t.text[1:] for t in self._tokens if t.kind == "variable"
        )
        self.columns = self._projection()

    def check_prefixes(self, prefixes: Mapping[str, str]) -> None:
        """Refuse a prefix that is not declared in the file as the list has it.

        Raises:
            QuestionFileError: at the first prefix at fault.
        """
        declared: dict[str, Token] = {}
        for token, name, iri in self._triples_of("prefix"):
            prefix = name.text.removesuffix(":")
            if prefixes.get(prefix) != iri.text[1:-1]:
                raise self._fault(
                    token,
                    f"prefix {prefix!r} is not declared so in the prefix list",
                    fix="agree with ontology/prefixes.ttl",
                )
            declared[prefix] = name
        names = [t for t in self._tokens if t.kind == "pname"]
        for token in names:
            prefix = token.text.partition(":")[0]
            if prefix not in declared:
                raise self._fault(
                    token,
                    f"undeclared prefix {prefix!r}",
                    fix="add its PREFIX line, so that the query runs anywhere",
                )
        used = {t.text.partition(":")[0] for t in names if t not in declared.values()}
        for prefix, token in declared.items():
            if prefix not in used:
                raise self._fault(
                    token, f"prefix {prefix!r} is not used", fix="take its line out"
                )

    def check_limits(self) -> None:
        """Refuse LIMIT or OFFSET without ORDER BY: which rows would be chance.

        Raises:
            QuestionFileError: at the LIMIT or OFFSET.
        """
        ordered = [False]
        for token in self._tokens:
            word = _word(token)
            if token.text == "{":
                ordered.append(False)
            elif token.text == "}" and len(ordered) > 1:
                ordered.pop()
            elif word == "order":
                ordered[-1] = True
            elif word in {"limit", "offset"} and not ordered[-1]:
                raise self._fault(
                    token, f"{token.text} without ORDER BY", fix="add an ORDER BY"
                )

    def _projection(self) -> tuple[str, ...]:
        start = next((i for i, t in enumerate(self._tokens) if _word(t)), 0)
        while start < len(self._tokens) and _word(self._tokens[start]) in {
            "prefix",
            "base",
        }:
            start = self._next_word(start)
        if start >= len(self._tokens) or _word(self._tokens[start]) != "select":
            first = self._tokens[start] if start < len(self._tokens) else None
            raise self._fault(first, "the query is not a SELECT", fix="make it one")
        found: list[str] = []
        depth = 0
        last = ""
        for token in self._tokens[start + 1 :]:
            if not depth and (token.text == "{" or _word(token) in {"where", "from"}):
                break
            if not depth and token.text == "*":
                raise self._fault(token, "SELECT *", fix="name the columns in order")
            if token.kind == "variable":
                last = token.text[1:]
                if not depth:
                    found.append(last)
            depth += (token.text in _OPENING) - (token.text in _CLOSING)
            # In "(COUNT(?x) AS ?n)" the last variable is the column.
            if not depth and token.text == ")":
                found.append(last)
        return tuple(found)

    def _next_word(self, start: int) -> int:
        for index in range(start + 1, len(self._tokens)):
            if _word(self._tokens[index]):
                return index
        return len(self._tokens)

    def _triples_of(self, keyword: str) -> list[tuple[Token, Token, Token]]:
        """Each occurrence of a keyword with the two terminals after it."""
        found = self._tokens
        return [
            (token, found[i + 1], found[i + 2])
            for i, token in enumerate(found[:-2])
            if _word(token) == keyword
        ]

    def _fault(
        self, token: Token | None, message: str, *, fix: str | None = None
    ) -> QuestionFileError:
        return QuestionFileError(
            message,
            path=self._path,
            line=self._shift + (token.line if token else 1),
            column=token.column if token else None,
            fix=fix,
        )


def _word(token: Token) -> str:
    """The keyword in lower case, or an empty text for any other terminal."""
    return token.text.lower() if token.kind == "word" else ""
