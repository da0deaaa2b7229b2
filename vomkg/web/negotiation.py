"""Whether a client wants a page or data, and data in which format."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Final

from flask import request
from werkzeug.datastructures import MIMEAccept
from werkzeug.http import parse_accept_header

from vomkg.errors import FormatError
from vomkg.formats import by_name, negotiate, offered

if TYPE_CHECKING:
    from collections.abc import Mapping

    from vomkg.engine.answer import Answer
    from vomkg.formats import Format, Kind

_REMEMBERED: Final = 256
_PAGES: Final = ("text/html", "application/xhtml+xml")
# What clients call the formats of a graph in ?format=: as in the table, a name that
# is one of rows means the graph format that goes by the same media type.
_OF_GRAPHS: Final = {
    "json": "jsonld",
    "json-ld": "jsonld",
    "json+ld": "jsonld",
    "xml": "rdfxml",
    "rdf": "rdfxml",
    "rdf+xml": "rdfxml",
    "n3": "turtle",
}


def named_by_type(forms: Mapping[str, str]) -> str | None:
    """The name of the form that the request at hand prefers; None if it wants none.

    Without an Accept header any will do (RFC 9110, section 12.5.1): the first.

    Args:
        forms: media types by name, the one to give at equal quality first.
    """
    if not request.accept_mimetypes:
        return next(iter(forms))
    best = request.accept_mimetypes.best_match(forms.values())
    return next((name for name, form in forms.items() if form == best), None)


def page_wanted() -> bool:
    """Whether the request at hand wants a page; see :func:`prefers_page`."""
    return prefers_page(request.headers.get("Accept"))


def data_wanted() -> bool:
    """Whether an address that is a page first should give data instead."""
    page, other, _ = _qualities(request.headers.get("Accept"))
    return other > page


def prefers_page(accept: str | None) -> bool:
    """Whether an Accept header names HTML, and prefers nothing else to it.

    ``*/*`` alone is a program that does not care; it gets data.
    """
    page, other, ranges = _qualities(accept)
    return page > 0 and page >= max(other, ranges)


@lru_cache(_REMEMBERED)
def _qualities(accept: str | None) -> tuple[float, float, float]:
    """The quality of HTML, and the highest of other types and of ranges."""
    page = 0.0
    other = 0.0
    ranges = 0.0
    for media_type, quality in parse_accept_header(accept, MIMEAccept):
        if media_type.partition(";")[0].strip().lower() in _PAGES:
            page = max(page, quality)
        elif not media_type.endswith("/*"):
            other = max(other, quality)
        else:
            ranges = max(ranges, quality)
    return page, other, ranges


def kind_of(answer: Answer) -> Kind:
    """The kind of format that an answer needs."""
    return "graph" if answer.kind == "graph" else "bindings"


def acceptable(accept: str | None, name: str | None, kind: Kind) -> str | None:
    """The name of the format for an answer of that kind; None if none fits."""
    try:
        return format_for(accept, name, kind).name
    except FormatError:
        return None


def chosen_format(name: str | None, kind: Kind) -> Format:
    """The format for an answer to the request at hand; see :func:`format_for`."""
    return format_for(request.headers.get("Accept"), name, kind)


def format_for(accept: str | None, name: str | None, kind: Kind) -> Format:
    """The format for an answer: the named one, else the one negotiated.

    Args:
        accept: the Accept header, if there is one.
        name: the value of ``?format=``; empty or None leaves it to Accept.
        kind: of the answer.

    Raises:
        FormatError: it does not exist, or cannot carry such an answer.
    """
    if not name:
        return _negotiated(accept, kind)
    form = by_name(_OF_GRAPHS.get(name, name) if kind == "graph" else name)
    if not form.carries(kind):
        names = ", ".join(item.name for item in offered(kind))
        raise FormatError(
            f"the format {name} cannot hold this answer", fix=f"choose from {names}"
        )
    return form


# The same few headers come again and again.
_negotiated = lru_cache(_REMEMBERED)(negotiate)
