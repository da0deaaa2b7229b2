"""Every broken place of a Turtle file, as far as the grammar lets one go on.

Whether a text is well-formed is for pyoxigraph to say, as everywhere else; where it
says no, a second reading notes all places and repairs each to read the next.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from vomkg.errors import TurtleError
from vomkg.graph.parse import first_fault
from vomkg.graph.positions.index import FORMS, Span, form_of
from vomkg.graph.positions.repair import Repairer
from vomkg.graph.positions.terminals import Kind

if TYPE_CHECKING:
    from vomkg.graph.positions.repairs import Broken

_SHOWN: Final = 1000


@dataclass(frozen=True, slots=True)
class Fault:
    """One broken place.

    Attributes:
        at: where it is, as lines and columns; None if that is not known.
        message: what was found and what was expected.
        fix: what to do.
        found: the text there.
        subject: IRI of the subject that the statement is about, if it is known.
    """

    at: Span | None
    message: str
    fix: str | None
    found: str = ""
    subject: str = ""


@dataclass(frozen=True, slots=True)
class Faults:
    """The broken places of a text.

    Attributes:
        shown: the first ones, in the order of the text.
        more: how many there are beside them.
        taken: how many tokens were read, and read again to repair something; in
            proportion to the length of the text, however broken it is.
    """

    shown: tuple[Fault, ...] = ()
    more: int = 0
    taken: int = 0


def turtle_faults(
    name: str, text: str, *, limit: int | None = None
) -> list[TurtleError]:
    """Every broken place of a text, each as the error that it would raise alone.

    Args:
        name: the file's name, whose extension tells its form.
        text: Turtle, N-Triples, TriG or N-Quads; of other forms only the first
            broken place is known.
        limit: how many places to give; the last error then says how many more
            there are.
    """
    found = faults(name, text, limit=limit)
    errors = [_error(name, fault) for fault in found.shown]
    if found.more:
        places = "place" if found.more == 1 else "places"
        message = f"{found.more} more broken {places}"
        errors.append(TurtleError(message, path=name, fix="mend the first ones first"))
    return errors


def faults(name: str, text: str, *, limit: int | None = None) -> Faults:
    """The same with more about each place, for reports."""
    first = first_fault(name, text)
    if first is None:
        return Faults()
    if form_of(name) not in FORMS:
        return Faults((_of_error(first),))
    repairer = Repairer(text, form=form_of(name)).read()
    # One fault a place: what else is wrong there can be seen once that is mended.
    first_at = {item.token: item for item in reversed(repairer.broken)}
    broken = [first_at[token] for token in sorted(first_at)]
    taken = repairer.taken + len(repairer.kinds)
    if not broken:
        # What only pyoxigraph objects to, such as a percent sign in an IRI.
        return Faults((_of_error(first),), taken=taken)
    shown = broken if limit is None else broken[:limit]
    found = tuple(_fault(item, repairer) for item in shown)
    return Faults(found, len(broken) - len(shown), taken)


def _fault(item: Broken, repairer: Repairer) -> Fault:
    tokens = repairer.tokens
    start, end = tokens.starts[item.token], tokens.ends[item.token]
    if tokens.kinds[item.token] == Kind.END and item.token:
        # The end is where the text stops, not where blank lines do.
        start = end = tokens.ends[item.token - 1]
    raw = tokens.text[start : min(end, start + _SHOWN)]
    # Only the first line of what has no end.
    first = raw.splitlines()[0] if raw else ""
    line, column = tokens.place(start)
    message = item.message
    uses = repairer.uses.get(item.prefix, 1) if item.prefix is not None else 1
    if uses > 1:
        message += f" (used {uses} times)"
    at = Span(line, column, line, column + max(len(first), 1))
    return Fault(at, message, item.fix, first, item.subject)


def _of_error(error: TurtleError) -> Fault:
    at = None
    if error.line is not None:
        column = error.column or 1
        at = Span(error.line, column, error.line, column + 1)
    return Fault(at, error.message, error.fix)


def _error(name: str, fault: Fault) -> TurtleError:
    return TurtleError(
        fault.message,
        path=name,
        line=fault.at.line if fault.at else None,
        column=fault.at.column if fault.at else None,
        fix=fault.fix,
    )
