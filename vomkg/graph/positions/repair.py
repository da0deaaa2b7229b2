"""A reader that notes what is broken, repairs it as the writer meant, and goes on.

After each fault it does the least that makes the rest readable: take a wrong token
for a right one, add the punctuation that must be missing, leave a token out, or go
to the end of the statement. What follows from a fault is no fault of its own: until
the next comma, semicolon or dot nothing more is noted, but for names.
"""

from __future__ import annotations

from vomkg.graph.positions.frame import State
from vomkg.graph.positions.mistakes import explained, spilled
from vomkg.graph.positions.parting import Parting
from vomkg.graph.positions.repairs import (
    ANY,
    ATOMS,
    BRACKETS,
    CLOSERS,
    DOT_MISSING,
    ENDS,
    FIXES,
    VALUES,
    Broken,
)
from vomkg.graph.positions.terminals import Kind


class Repairer(Parting):
    """Reads a broken text to its end."""

    def wrong(self, expected: str) -> None:
        """Note that the token at hand does not fit, and repair it."""
        kind = self.kinds[self.i]
        if self.is_stuck():
            self.skip()
        elif kind > Kind.END:
            self._mistake(Kind(kind), expected)
        elif kind == Kind.END:
            self._unfinished(expected)
        elif self.state not in (State.START, State.DIRECTIVE) and self._new_directive():
            self.note(f"found {self.shown()}, expected {expected}", DOT_MISSING)
            self.restart()
        else:
            repairs = (
                self._start,
                self._verb_missing,
                self._object_missing,
                self.after_wrong,
                self._item,
                self._directive,
            )
            repairs[self.state](kind, expected)

    def _mistake(self, kind: Kind, expected: str) -> None:
        """A token that is none."""
        raw = self.tokens.raw(self.i)
        message, fix = explained(kind, raw, expected, self.shown())
        self.note(message, fix)
        if kind == Kind.OPEN_LONG:
            self._end_of_step()
            self.state = State.DONE
        elif kind == Kind.OPEN_STRING and (
            end := spilled(self.tokens.text, self.tokens.starts[self.i])
        ):
            self.skip(end)
        elif self.state == State.DIRECTIVE:
            self._directive(kind, "")
        elif self.state == State.START:
            self.skip()
        elif self.state == State.AFTER:
            self.i += 1
        else:
            self.replace()

    def _unfinished(self, expected: str) -> None:
        """The end of the file where a statement goes on."""
        fix = "end the statement with '.'"
        if self.in_graph and not self.stack and self.state == State.START:
            fix = "close the graph with '}'"
        elif self.inside in BRACKETS:
            closing = "]" if self.inside == Kind.OPEN else ")"
            line = self.line(self.s)
            fix = f"close the bracket that line {line} opens with {closing!r}, then '.'"
        elif self.state == State.DIRECTIVE:
            fix = "complete the directive"
        self.note(f"found the end of the file, expected {expected}", fix)
        self.state = State.DONE

    def _end_of_step(self) -> None:
        """Blame a long string that ended too early for what was misread after it."""
        for number, broken in enumerate(self.broken[:-1]):
            before = broken.token - 1
            raw = self.tokens.raw(before) if before >= 0 else ""
            if raw[:3] in {'"""', "'''"} and "\n" in raw:
                message = "found a long string that is not closed from here on"
                fix = f"close the string with {raw[:3]} where its text ends"
                kept = Broken(before, message, fix, broken.subject)
                self.broken[number:] = [kept]
                return

    def _new_directive(self) -> bool:
        return self.starts_directive() and (
            self.kinds[self.i] == Kind.AT or self.tokens.first_of_line(self.i)
        )

    def _start(self, kind: int, expected: str) -> None:
        found = f"found {self.shown()}, expected {expected}"
        if self._misspelt():
            return
        if self.in_graph and self.starts_directive():
            self.note(found, "close the graph with '}' before it")
            self.in_graph = False
            return
        if kind in (Kind.STRING, Kind.NUMBER, Kind.WORD):
            fix = "begin the statement with an IRI or a prefixed name"
            if kind != Kind.WORD:
                found += "; a literal is no subject"
            self.note(found, fix)
            after = self.behind(self.i)
            self.begin(ANY, self.i)
            self.i = after
        elif kind == Kind.DOT or kind in CLOSERS or kind == Kind.BLOCK:
            self.note(found, FIXES.get(kind, "remove it"))
            self.i += 1
        else:
            self.note(found, "complete or remove the statement")
            self.skip()

    def _misspelt(self) -> bool:
        """A directive whose name is misspelt."""
        number = self.i
        kinds = self.kinds[number : number + 3]
        if kinds[0] not in (Kind.AT, Kind.WORD) or kinds[1:] != [Kind.PNAME, Kind.IRI]:
            return False
        prefix = self.tokens.raw(number + 1)
        if not prefix.endswith(":"):
            return False
        self.note(f"found {self.shown()}, expected @prefix or PREFIX", "write @prefix")
        self.declare("prefix", number + 1)
        self.i = number + 3 + (self.kinds[number + 3] == Kind.DOT)
        return True

    def _verb_missing(self, kind: int, expected: str) -> None:
        found = f"found {self.shown()}, expected {expected}"
        if kind == Kind.DOT:
            self.close_all(found, "complete the statement before the dot")
        elif kind in (Kind.COMMA, Kind.SEMICOLON) or kind in CLOSERS:
            self.note(found, "remove it, or write the predicate before it")
            self.i += 1
        elif kind in VALUES:
            # A predicate that is wrong, or one that is missing before its value.
            after = self.behind(self.i)
            is_wrong = kind in ATOMS and self.kinds[after] in VALUES
            self.note(found, "write a predicate: an IRI or a prefixed name")
            self.verb, self.v, self.state = ANY, self.i, State.OBJECT
            self.i = after if is_wrong else self.i
        else:
            self.note(found, "remove it")
            self.i += 1

    def _object_missing(self, kind: int, expected: str) -> None:
        found = f"found {self.shown()}, expected {expected}"
        if kind in ENDS:
            self.note(found, "write a value before it, or remove what stands before")
            self.state = State.AFTER
        elif kind == Kind.TYPE:
            self.note(found, "put the value in quotes before the datatype")
            self.i += 1
        elif kind == Kind.AT:
            self.note(found, "put the text in quotes before its language tag")
            self.i += 1
            self.state = State.AFTER
        else:
            self.note(found, "remove it")
            self.i += 1

    def _item(self, kind: int, expected: str) -> None:
        found = f"found {self.shown()}, expected {expected}"
        if kind == Kind.COMMA:
            if self.s not in self.with_commas:
                self.note(found, "items of a list are parted by blanks alone")
            self.with_commas.add(self.s)
            self.i += 1
            return
        fix = f"close the list that line {self.line(self.s)} opens with ')'"
        if kind == Kind.DOT:
            self.close_all(found, fix)
        elif kind in (Kind.SEMICOLON, Kind.CLOSE):
            self.note(found, fix)
            self.close()
            self.i -= 1
        else:
            self.note(found, "remove it")
            self.i += 1

    def _directive(self, kind: int, expected: str) -> None:
        begun = self.s
        word = self.tokens.raw(begun).lstrip("@").lower()
        if expected:
            fix = "write it as @prefix ex: <https://example.org/> ."
            if word != "prefix" or expected.startswith("'.'"):
                fix = "complete the directive, with its dot"
            self.note(f"found {self.shown()}, expected {expected}", fix)
        name = self.tokens.raw(begun + 1).partition(":")[0]
        if word == "prefix" and self.kinds[begun + 1] in (Kind.PNAME, Kind.WORD):
            # Its uses are no faults, even where its IRI cannot be read.
            self.names.declare(name, str(ANY))
        line = self.line(begun)
        self.i = begun + 1
        while self.kinds[self.i] != Kind.END and self.line(self.i) == line:
            self.taken += 1
            self.i += 1
            if self.kinds[self.i - 1] == Kind.DOT:
                break
        self.restart()
