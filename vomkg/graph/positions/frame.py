"""What is being read: the present statement, and those that it stands in."""

from __future__ import annotations

from enum import IntEnum
from typing import TYPE_CHECKING, Final

from rdflib import RDF, BNode, Literal, URIRef

from vomkg.errors import TurtleError
from vomkg.graph.positions.names import Names, UnreadableError
from vomkg.graph.positions.terminals import Kind, Tokens

if TYPE_CHECKING:
    Term = URIRef | BNode | Literal
    # Subject, predicate, object, and the number of the token of each.
    Record = tuple[Term, URIRef, Term, int, int, int]
    # What a bracket interrupts: its use, and where the statement around it is.
    Outer = tuple["Use", Term, int, URIRef, int, Kind, BNode | None, Term]


class State(IntEnum):
    """The places of the grammar at which a token is taken."""

    START = 0
    VERB = 1
    OBJECT = 2
    AFTER = 3
    ITEM = 4
    DIRECTIVE = 5
    DONE = 6


class Use(IntEnum):
    """Where a node goes when it has been read."""

    SUBJECT = 0
    OBJECT = 1
    ITEM = 2


_NIL: Final = RDF.nil
_FIRST: Final = RDF.first
_REST: Final = RDF.rest
_DATATYPE: Final = frozenset({Kind.PNAME, Kind.IRI})


class Frame:
    """The state of one reading of one text.

    Args:
        text: what is read.
        mark: what the labels of its blank nodes begin with.
        base: the base IRI, if the file has one from outside.
        form: ``turtle``, ``ntriples``, ``trig`` or ``nquads``. All that Turtle
            allows may stand in each; graphs are merged.

    Attributes:
        tokens: the text's tokens.
        records: the triples, each with the tokens that stand for its parts.
        last: the last token of what is longer than one: a bracket, or a literal
            with its tag or datatype, by its first.
        i: the token that is looked at.
        state: what may stand there.
    """

    def __init__(
        self, text: str, mark: str, *, base: str | None = None, form: str = "turtle"
    ) -> None:
        self.tokens = Tokens(text)
        self.kinds = self.tokens.kinds
        self.names = Names(mark, base)
        self.records: list[Record] = []
        self.last: dict[int, int] = {}
        self.i = 0
        self.state: int = State.START
        self.graphs = form == "trig"
        self.quads = form == "nquads"
        self.in_graph = False
        self.subject: Term = _NIL
        self.verb: URIRef = _NIL
        self.s = self.v = 0
        # What encloses the present statement: nothing, a bracket or a list.
        self.inside = Kind.END
        # Whether it may end before a verb, and whether semicolons may follow.
        self.closable = self.repeats = False
        # The list cell before the present item; v is the token that it stands at.
        self.cell: BNode | None = None
        self.head: Term = _NIL
        self.stack: list[Outer] = []

    def wrong(self, expected: str) -> None:
        """Refuse the token at hand.

        Raises:
            TurtleError: always, with its place.
        """
        found = self.tokens.raw(self.i)[:40]
        told = f"found {found!r}" if found else "found the end of the file"
        self.refuse(f"{told}, expected {expected}", "")

    def refuse(self, message: str, fix: str) -> None:
        """Refuse the token at hand with these words.

        Raises:
            TurtleError: always, with its place.
        """
        line, column = self.tokens.place(self.tokens.starts[self.i])
        raise TurtleError(message, line=line, column=column, fix=fix or None)

    def unreadable(self, error: UnreadableError) -> Term:
        """The term to take in place of a token that stands for none.

        Raises:
            TurtleError: always, with its place.
        """
        self.refuse(str(error), error.fix)
        return _NIL

    def term(self, number: int) -> Term:
        """The term that a token stands for by itself."""
        tokens = self.tokens
        raw = tokens.text[tokens.starts[number] : tokens.ends[number]]
        known = self.names.known.get(raw)
        if known is not None:
            return known
        try:
            return self.names.term(self.kinds[number], raw)
        except UnreadableError as error:
            return self.unreadable(error)

    def literal(self, i: int) -> Term:
        """The literal that begins with the string at token i, and go behind it."""
        suffix = i + 1
        kind = self.kinds[suffix]
        if kind == Kind.TYPE:
            suffix += 1
            kind = self.kinds[suffix]
            if kind not in _DATATYPE:
                self.i = suffix
                self.wrong("a datatype behind '^^'")
                return _NIL
        elif kind != Kind.AT or self.tokens.starts[suffix] != self.tokens.ends[i]:
            kind, suffix = 0, i
        if kind:
            self.last[i] = suffix
        tag = self.tokens.raw(suffix) if kind else ""
        try:
            found: Term = self.names.literal(self.tokens.raw(i), tag, kind)
        except UnreadableError as error:
            found = self.unreadable(error)
        self.i = suffix + 1
        return found

    def take(self, use: Use, term: Term, i: int) -> None:
        """Use a node that begins at token i and was read to its end."""
        if use == Use.OBJECT:
            self.records.append((self.subject, self.verb, term, self.s, self.v, i))
            self.state = State.AFTER
        elif use == Use.ITEM:
            self._append(term, i)
        else:
            # A bracket that says something needs no more (Turtle §6.5, rule 6).
            self.begin(term, i)
            is_list = self.kinds[i] == Kind.LIST
            self.closable = not is_list and self.last[i] > i + 1

    def begin(self, subject: Term, number: int) -> None:
        """Begin a statement on a subject."""
        self.subject, self.s = subject, number
        self.closable = self.repeats = False
        self.state = State.VERB

    def open(self, use: Use) -> None:
        """Open a blank node at token i."""
        self._push(use)
        self.begin(self.names.fresh(), self.i)
        self.inside, self.closable = Kind.OPEN, True
        self.i += 1

    def open_list(self, use: Use) -> None:
        """Open a list at token i."""
        self._push(use)
        self.inside, self.s = Kind.LIST, self.i
        self.cell, self.head = None, _NIL
        self.i += 1
        self.state = State.ITEM

    def close(self) -> None:
        """Close the present blank node or list at token i."""
        is_list = self.inside == Kind.LIST
        opened, node = self.s, self.head if is_list else self.subject
        if is_list and self.cell is not None:
            self._link(self.cell, _NIL, self.i)
        self.last[opened] = self.i
        self.i += 1
        self.take(self._pop(), node, opened)

    def _append(self, term: Term, number: int) -> None:
        cell = self.names.fresh()
        if self.cell is None:
            self.head = cell
        else:
            self._link(self.cell, cell, number)
        self.records.append((cell, _FIRST, term, number, number, number))
        self.cell, self.v = cell, number
        self.state = State.ITEM

    def _link(self, cell: BNode, following: Term, number: int) -> None:
        """Say that a list goes on with the cell or the end at a token."""
        self.records.append((cell, _REST, following, self.v, self.v, number))

    def _push(self, use: Use) -> None:
        where = (self.subject, self.s, self.verb, self.v)
        self.stack.append((use, *where, self.inside, self.cell, self.head))

    def _pop(self) -> Use:
        use, self.subject, self.s, self.verb, self.v, *rest = self.stack.pop()
        self.inside, self.cell, self.head = rest  # type: ignore[assignment]
        return use
