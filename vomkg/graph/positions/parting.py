"""What must be missing where a value is followed by what cannot follow it."""

from __future__ import annotations

from vomkg.graph.positions.frame import State
from vomkg.graph.positions.prologue import NAMED
from vomkg.graph.positions.repairs import (
    ATOMS,
    BRACKETS,
    DOT_MISSING,
    ENDS,
    FIXES,
    SHOWN,
    VALUES,
    VERBS,
    Repairs,
)
from vomkg.graph.positions.terminals import Kind


class Parting(Repairs):
    """Repairs behind an object, where commas, semicolons and dots are forgotten."""

    def after_wrong(self, kind: int, expected: str) -> None:
        """Note and repair what cannot follow an object."""
        found = f"found {self.shown()}, expected {expected}"
        touches = self.tokens.starts[self.i] == self.tokens.ends[self.i - 1]
        if kind == Kind.DOT:
            fix = f"close the bracket that line {self.line(self.s)} opens with ']'"
            self.close_all(found, fix)
        elif kind == Kind.TSIL and self.inside == Kind.OPEN:
            self.note(found, "a bracket that [ opens is closed by ]")
            self.close()
        elif kind in VALUES and touches and kind not in BRACKETS:
            self._run_together(expected)
        elif kind in VALUES:
            self._parted(kind, found)
        else:
            self.note(found, FIXES.get(kind, "remove it"))
            self.i += 1

    def _run_together(self, expected: str) -> None:
        """Text without quotes that looked like a value at first."""
        starts, ends = self.tokens.starts, self.tokens.ends
        first = self.i - 1
        while self.kinds[self.i] in ATOMS and starts[self.i] == ends[self.i - 1]:
            self.i += 1
        written = self.tokens.text[starts[first] : ends[self.i - 1]][:SHOWN]
        behind, self.i = self.i, first
        if self.kinds[first] == Kind.STRING:
            self.note(
                f"found text right behind the string {self.shown()}, expected {expected}",
                "close the string where its text ends, or escape the quotes in it",
            )
        else:
            self.note(
                f"found {written!r}, expected one value",
                f'put it in quotes, with its datatype if it has one: "{written}"',
            )
        self.i = behind

    def _parted(self, kind: int, found: str) -> None:
        """A value where punctuation must be missing: find out which."""
        after = self.behind(self.i)
        following = self.kinds[after]
        quiet = self.follows()
        if kind in BRACKETS or following in ENDS:
            self.note(found, "put a comma between two values")
            self.state = State.OBJECT
        elif self._begins_statement(after):
            self.note(found, f"{DOT_MISSING} on line {self.line(self.i - 1)}")
            self.restart()
        elif self.is_verb(self.i) and following in VALUES:
            self.note(found, "put a semicolon before it")
            self.closable = self.repeats = True
            self.state = State.VERB
        else:
            self.note(found, "put text in quotes, or add the missing punctuation")
            if not quiet or kind not in BRACKETS:
                self.i = after

    def _begins_statement(self, after: int) -> bool:
        """Whether a subject, a predicate and an object begin at the token at hand."""
        if self.stack or self.kinds[self.i] not in NAMED or not self.is_verb(after):
            return False
        if self.kinds[self.behind(after)] not in VALUES:
            return False
        if self.tokens.raw(after) == "a":
            return True
        place = self.tokens.place
        _, column = place(self.tokens.starts[self.i])
        _, begun = place(self.tokens.starts[self.s])
        return self.tokens.first_of_line(self.i) and column <= begun

    def is_verb(self, number: int) -> bool:
        """Whether a token can be a predicate."""
        return self.kinds[number] in VERBS or self.tokens.raw(number) == "a"
