"""The broken places of a file as results, beside those of the shapes."""

from __future__ import annotations

from typing import Final

from vomkg.curate.place import Place
from vomkg.curate.result import Result
from vomkg.graph.recovery import Fault, faults

SYNTAX: Final = "syntax"


def syntax_faults(name: str, text: str, *, limit: int | None = None) -> list[Result]:
    """Every broken place of a file, each as a violation with its place.

    The focus is the subject of the statement, as far as it can be told; the value
    is the text found. An empty list says that the file is well-formed.

    Args:
        name: the file's name, whose extension tells its form.
        text: what it holds.
        limit: how many places to give; one more result then tells how many there
            are beside them.
    """
    found = faults(name, text, limit=limit)
    results = [_result(name, fault) for fault in found.shown]
    if found.more:
        places = "place" if found.more == 1 else "places"
        words = f"{found.more} more broken {places}; mend the first ones first"
        results.append(_made("", None, words, None))
    return results


def _result(name: str, fault: Fault) -> Result:
    message = f"{fault.message}; {fault.fix}" if fault.fix else fault.message
    # Of RDF/XML and JSON-LD only the file may be known.
    at = Place(name, *fault.at) if fault.at else Place(name, 1, 1)
    return _made(fault.subject, fault.found or None, message, at)


def _made(focus: str, value: str | None, message: str, at: Place | None) -> Result:
    return Result(
        severity="violation",
        shape=SYNTAX,
        focus=focus,
        path=None,
        value=value,
        value_type=None,
        component="",
        message=message,
        check="syntax",
        at=at,
    )
