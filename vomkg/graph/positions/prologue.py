"""What stands between statements: directives, and the graphs of TriG."""

from __future__ import annotations

from typing import Final

from vomkg.graph.positions.frame import Frame, State
from vomkg.graph.positions.names import UnreadableError
from vomkg.graph.positions.terminals import Kind

NAMED: Final = frozenset({Kind.PNAME, Kind.IRI, Kind.BLANK})
DIRECTIVES: Final = ("prefix", "base", "version")
_WRITTEN: Final = frozenset(f"@{word}" for word in DIRECTIVES)
_PARTS: Final = {
    "prefix": (Kind.PNAME, Kind.IRI),
    "base": (Kind.IRI,),
    "version": (Kind.STRING,),
}
_WORDS: Final = {
    Kind.PNAME: "a prefix with its colon, such as ex:",
    Kind.IRI: "an IRI in angle brackets",
    Kind.STRING: "a version in quotes",
    Kind.DOT: "'.' at the end of the directive",
}


class Prologue(Frame):
    """Reads directives (Turtle §2.4) and the braces of graphs (TriG §2)."""

    def is_directive(self, number: int) -> bool:
        """Whether a token begins a directive; ``@`` asks for lower case."""
        raw = self.tokens.raw(number)
        return raw in _WRITTEN or raw.lower() in DIRECTIVES

    def directive(self) -> None:
        """A prefix, a base or a version, with or without the sign before it."""
        self.s = self.i
        raw = self.tokens.raw(self.i)
        word = raw.lstrip("@").lower()
        number = self.i + 1
        for kind in (*_PARTS[word], *([Kind.DOT] if raw.startswith("@") else [])):
            if not self._fits(number, kind):
                self.i = number
                self.wrong(_WORDS[kind])
                return
            number += 1
        self.declare(word, self.i + 1)
        self.i = number
        self.state = State.START

    def declare(self, word: str, number: int) -> None:
        """Put a directive into force whose parts begin at a token."""
        if word == "version":
            return
        raw = self.tokens.raw
        self.i = number + (word == "prefix")
        try:
            iri = self.names.iri(raw(self.i))
        except UnreadableError as error:
            iri = str(self.unreadable(error))
        if word == "prefix":
            self.names.declare(raw(number)[:-1], iri)
        else:
            self.names.rebase(iri)

    def brace(self, kind: int) -> bool:
        """Take what opens or closes a graph without a subject; whether it does."""
        if not self.graphs:
            return False
        if kind == Kind.BLOCK and not self.in_graph:
            self.in_graph = True
        elif kind == Kind.KCOLB and self.in_graph:
            self.in_graph = False
        elif not self._announces_graph():
            return False
        self.i += 1
        return True

    def names_graph(self) -> bool:
        """Whether the subject just read may be the name of a graph."""
        if not self.graphs or self.in_graph or self.stack or self.repeats:
            return False
        said = self.last.get(self.s, self.s) > self.s + 1
        return self.kinds[self.s] in {*NAMED, Kind.OPEN} and not said

    def labels(self, kind: int) -> bool:
        """Whether token i is the name of a graph behind a statement (N-Quads §2)."""
        outside = self.quads and not self.stack
        return outside and kind in NAMED and self.kinds[self.i + 1] == Kind.DOT

    def _announces_graph(self) -> bool:
        """Whether token i is ``GRAPH`` with a name and a brace behind it."""
        if self.in_graph or self.tokens.raw(self.i).upper() != "GRAPH":
            return False
        behind = self.kinds[self.i + 1 : self.i + 4]
        if behind[0] == Kind.OPEN:
            return behind[1:] == [Kind.CLOSE, Kind.BLOCK]
        return behind[0] in NAMED and behind[1:2] == [Kind.BLOCK]

    def _fits(self, number: int, kind: int) -> bool:
        """Whether a token is of a kind; a name in a directive is a prefix alone."""
        if self.kinds[number] != kind:
            return False
        return kind != Kind.PNAME or self.tokens.raw(number).endswith(":")
