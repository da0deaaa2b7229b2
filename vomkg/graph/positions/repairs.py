"""Broken places, and what the repairs of all of them share."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from rdflib import URIRef

from vomkg.graph.positions.frame import State
from vomkg.graph.positions.grammar import Reader
from vomkg.graph.positions.prologue import NAMED
from vomkg.graph.positions.terminals import Kind

if TYPE_CHECKING:
    from collections.abc import Mapping

    from vomkg.graph.positions.frame import Record, Term
    from vomkg.graph.positions.names import UnreadableError

ANY: Final = URIRef("urn:unreadable")
_STOPS: Final = frozenset({Kind.COMMA, Kind.SEMICOLON, Kind.DOT})
ENDS: Final = frozenset({*_STOPS, Kind.CLOSE, Kind.END})
BRACKETS: Final = frozenset({Kind.OPEN, Kind.LIST})
CLOSERS: Final = frozenset({Kind.CLOSE, Kind.TSIL, Kind.KCOLB})
ATOMS: Final = frozenset({*NAMED, Kind.STRING, Kind.NUMBER, Kind.WORD})
VALUES: Final = frozenset({*ATOMS, *BRACKETS})
VERBS: Final = frozenset({Kind.PNAME, Kind.IRI})
SHOWN: Final = 40
# More than any token needs: one for its place in the grammar, one for itself.
_TRIES: Final = 4
DOT_MISSING: Final = "end the statement before it with '.'"
FIXES: Final[Mapping[int, str]] = {
    Kind.DOT: "remove it: no statement stands before it",
    Kind.CLOSE: "remove it: no bracket is open here",
    Kind.TSIL: "remove it: no list is open here",
    Kind.KCOLB: "remove it: Turtle has no graphs in braces, TriG has",
    Kind.BLOCK: "remove it: Turtle has no graphs in braces, TriG has",
    Kind.TYPE: "write the datatype right behind the quotes",
    Kind.AT: "write the language tag right behind the quotes",
}


@dataclass(frozen=True, slots=True)
class Broken:
    """One broken place.

    Attributes:
        token: the number of the token where it was noticed.
        message: what was found and what was expected.
        fix: what to do.
        subject: IRI of the statement's subject, if it is known.
        prefix: the prefix that is not declared, if that is the fault.
    """

    token: int
    message: str
    fix: str
    subject: str = ""
    prefix: str | None = None


class _Nowhere(list["Record"]):
    """Keeps no triples."""

    def append(self, record: Record) -> None:
        """Forget it."""


class Repairs(Reader):
    """What the repairs of all places of the grammar share.

    Attributes:
        broken: the broken places, in the order they were noticed.
        uses: how often each prefix that is not declared is used.
        taken: how many tokens were looked at to repair something.
        with_commas: the lists in which commas were noted, by their first token.
    """

    def __init__(self, text: str, *, form: str = "turtle") -> None:
        super().__init__(text, "r", form=form)
        self.records = _Nowhere()
        self.broken: list[Broken] = []
        self.uses: dict[str, int] = {}
        self.taken = 0
        self.with_commas: set[int] = set()
        self._noted = -1
        self._tried = (-1, 0)
        self._replaced: set[int] = set()

    def term(self, number: int) -> Term:
        """The term of a token; any term, of one that was taken for a right one."""
        return ANY if number in self._replaced else super().term(number)

    def unreadable(self, error: UnreadableError) -> Term:
        """Note a name or literal that stands for nothing; a prefix only once."""
        prefix = error.prefix
        if prefix is None:
            is_word = self.kinds[self.i] == Kind.WORD
            self.note(str(error), error.fix, sure=not is_word)
        else:
            self.uses[prefix] = self.uses.get(prefix, 0) + 1
            if self.uses[prefix] == 1:
                self.note(str(error), error.fix, sure=True, prefix=prefix)
        return ANY

    def note(
        self, message: str, fix: str, *, sure: bool = False, prefix: str | None = None
    ) -> None:
        """Note a fault at the token at hand, unless it follows from the last one."""
        if sure or not self.follows():
            subject = "" if self.state == State.START else self.about()
            self.broken.append(Broken(self.i, message, fix, subject, prefix))
        self._noted = self.i

    def declare(self, word: str, number: int) -> None:
        """Put a directive into force; what comes behind it follows from nothing."""
        super().declare(word, number)
        self._noted = -1

    def is_stuck(self) -> bool:
        """Whether the token at hand was repaired so often that nothing will help."""
        token, times = self._tried
        self._tried = (self.i, times + 1 if token == self.i else 1)
        return self._tried[1] > _TRIES and self.kinds[self.i] != Kind.END

    def follows(self) -> bool:
        """Whether nothing since the last fault lets one think that it is over."""
        between = self.kinds[self._noted : self.i]
        self.taken += len(between)
        return self._noted >= 0 and not _STOPS.intersection(between)

    def about(self) -> str:
        """The subject of the outermost statement, if it has an IRI."""
        subject = self.stack[0][1] if self.stack else self.subject
        is_named = isinstance(subject, URIRef) and subject != ANY
        return str(subject) if is_named and ":" in str(subject) else ""

    def shown(self, number: int | None = None) -> str:
        """A token as it is written, in quotes, shortened."""
        raw = self.tokens.raw(self.i if number is None else number)[: 4 * SHOWN]
        raw = " ".join(raw.split())
        if not raw:
            return "the end of the file"
        return repr(raw if len(raw) <= SHOWN else raw[: SHOWN - 1] + "…")

    def line(self, number: int) -> int:
        """The line of a token."""
        return self.tokens.place(self.tokens.starts[number])[0]

    def outermost(self) -> int:
        """The token with which the present statement begins."""
        return self.stack[0][2] if self.stack and self.stack[0][0] else self.s

    def replace(self, kind: Kind = Kind.IRI) -> None:
        """Take the token at hand for a right one."""
        self._replaced.add(self.i)
        self.kinds[self.i] = kind

    def behind(self, number: int) -> int:
        """The token behind a name or literal."""
        after = self.kinds[number + 1]
        if self.kinds[number] != Kind.STRING:
            return number + 1
        if after == Kind.TYPE:
            return min(number + 3, len(self.kinds) - 1)
        return number + 2 if after == Kind.AT else number + 1

    def restart(self) -> None:
        """Leave the present statement and begin one at the token at hand."""
        self.stack.clear()
        self.inside = Kind.END
        self.state = State.START

    def skip(self, offset: int = 0) -> None:
        """Go to the end of the statement, at least to an offset of the text."""
        starts = self.tokens.starts
        begun = self.i
        while self.kinds[self.i] not in (Kind.END, Kind.OPEN_LONG):
            self.taken += 1
            is_later = self.i > begun and starts[self.i] >= offset
            if is_later and self._stands_alone():
                break
            self.i += 1
            ended = self.kinds[self.i - 1] == Kind.DOT
            if ended and starts[self.i - 1] >= offset:
                break
        self.restart()

    def starts_directive(self) -> bool:
        """Whether the token at hand begins a directive."""
        is_word = self.kinds[self.i] in (Kind.AT, Kind.WORD)
        return is_word and self.is_directive(self.i)

    def _stands_alone(self) -> bool:
        return self.starts_directive() and self.tokens.first_of_line(self.i)

    def close_all(self, found: str, fix: str) -> None:
        """Note a dot that comes too early, and end the statement with it."""
        self.note(found, fix)
        self.restart()
        self.i += 1
