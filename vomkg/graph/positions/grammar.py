"""Turtle and TriG, read token by token, each triple with the tokens that say it.

The reader keeps its own stack, so nesting has no limit of depth. One method stands
for each place of the grammar. Where the token there does not fit, ``wrong`` is
called: it ends the reading here, and repairs it in :mod:`vomkg.graph.recovery`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from rdflib import RDF, URIRef

from vomkg.graph.positions.frame import State, Use
from vomkg.graph.positions.prologue import NAMED, Prologue
from vomkg.graph.positions.terminals import Kind

if TYPE_CHECKING:
    from typing import Self

    from vomkg.graph.positions.frame import Term

_PLAIN: Final = frozenset({*NAMED, Kind.NUMBER, Kind.WORD})
_VERBS: Final = frozenset({Kind.PNAME, Kind.IRI})


class Reader(Prologue):
    """One reading of one text, see :class:`vomkg.graph.positions.frame.Frame`."""

    def read(self) -> Self:
        """Read to the end.

        Raises:
            TurtleError: the text is not of the grammar.
        """
        steps = (
            self.start,
            self.before_verb,
            self.before_object,
            self.after_object,
            self.before_item,
            self.directive,
        )
        while self.state != State.DONE:
            steps[self.state]()
        return self

    def start(self) -> None:
        """Before a statement: a subject, a directive or the end."""
        kind = self.kinds[self.i]
        if kind in NAMED:
            self.begin(self.term(self.i), self.i)
            self.i += 1
        elif kind == Kind.OPEN:
            self.open(Use.SUBJECT)
        elif kind == Kind.LIST:
            self.open_list(Use.SUBJECT)
        elif not (self._between(kind) or self.brace(kind)):
            self.wrong("a subject or a directive")

    def before_verb(self) -> None:
        """Behind a subject or a semicolon: a predicate, or the end if it may be."""
        kind = self.kinds[self.i]
        if kind in _VERBS:
            self._verb(self.term(self.i))
        elif kind == Kind.WORD and self.tokens.raw(self.i) == "a":
            self._verb(RDF.type)
        elif self.closable and self.closes(kind):
            self.end(kind)
        elif kind == Kind.SEMICOLON and self.repeats:
            self.i += 1
        elif kind == Kind.BLOCK and self.names_graph():
            self.in_graph = True
            self.i += 1
            self.state = State.START
        else:
            self.wrong("a predicate")

    def before_object(self) -> None:
        """Behind a predicate or a comma: an object."""
        self.value(Use.OBJECT)

    def after_object(self) -> None:
        """Behind an object: another one, another predicate, or the end."""
        kind = self.kinds[self.i]
        if kind == Kind.SEMICOLON:
            self.closable = self.repeats = True
            self.state = State.VERB
            self.i += 1
        elif kind == Kind.COMMA:
            self.state = State.OBJECT
            self.i += 1
        elif self.closes(kind):
            self.end(kind)
        elif self.labels(kind):
            self.i += 1
        else:
            self.wrong(f"',', ';' or {self.closer()}")

    def before_item(self) -> None:
        """In a list: an item or its end."""
        if self.kinds[self.i] == Kind.TSIL:
            self.close()
        else:
            self.value(Use.ITEM)

    def value(self, use: Use) -> None:
        """A node or a literal, as an object or as an item of a list."""
        i = self.i
        kind = self.kinds[i]
        if kind in _PLAIN:
            term = self.term(i)
            self.i = i + 1
            self.take(use, term, i)
        elif kind == Kind.STRING:
            self.take(use, self.literal(i), i)
        elif kind == Kind.OPEN:
            self.open(use)
        elif kind == Kind.LIST:
            self.open_list(use)
        else:
            self.wrong("an object" if use == Use.OBJECT else "an item or ')'")

    def closes(self, kind: int) -> bool:
        """Whether a token ends the present statement or bracket."""
        if self.inside == Kind.OPEN:
            return kind == Kind.CLOSE
        return kind == Kind.DOT or (kind == Kind.KCOLB and self.in_graph)

    def closer(self) -> str:
        """What ends the present statement or bracket, in words."""
        return "']'" if self.inside == Kind.OPEN else "'.'"

    def end(self, kind: int) -> None:
        """End the present statement or bracket."""
        if self.inside == Kind.OPEN:
            self.close()
            return
        # A brace ends the graph as well, which ``start`` sees to.
        self.i += kind == Kind.DOT
        self.state = State.START

    def _between(self, kind: int) -> bool:
        """Take what stands between statements; whether it does."""
        if self.in_graph:
            return False
        if kind == Kind.END:
            self.state = State.DONE
        elif kind in (Kind.AT, Kind.WORD) and self.is_directive(self.i):
            self.state = State.DIRECTIVE
        else:
            return False
        return True

    def _verb(self, verb: Term) -> None:
        self.verb = verb if isinstance(verb, URIRef) else RDF.nil
        self.v = self.i
        self.i += 1
        self.state = State.OBJECT
