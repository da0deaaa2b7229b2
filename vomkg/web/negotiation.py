"""Whether a client wants a page or data, and data in which format."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from flask import request

from vomkg.errors import FormatError
from vomkg.formats import by_name, negotiate, offered

if TYPE_CHECKING:
    from vomkg.engine.answer import Answer
    from vomkg.formats import Format, Kind

_PAGES: Final = ("text/html", "application/xhtml+xml")


def page_wanted() -> bool:
    """Whether HTML is named, and nothing else is preferred to it.

    ``*/*`` alone is a program that does not care; it gets data.
    """
    page, other = _qualities()
    return page > 0 and page >= other


def data_wanted() -> bool:
    """Whether an address that is a page first should give data instead."""
    page, other = _qualities()
    return other > page


def _qualities() -> tuple[float, float]:
    """The quality given to HTML, and the highest given to any other named type."""
    page = 0.0
    other = 0.0
    for media_type, quality in request.accept_mimetypes:
        if media_type.partition(";")[0].strip().lower() in _PAGES:
            page = max(page, quality)
        elif not media_type.endswith("/*"):
            other = max(other, quality)
    return page, other


def kind_of(answer: Answer) -> Kind:
    """The kind of format that an answer needs."""
    return "graph" if answer.kind == "graph" else "bindings"


def acceptable(name: str | None, kind: Kind) -> str | None:
    """The name of the format for an answer of that kind; None if none fits."""
    try:
        return chosen_format(name, kind).name
    except FormatError:
        return None


def chosen_format(name: str | None, kind: Kind) -> Format:
    """The format for an answer: the named one, else the one negotiated.

    Args:
        name: the value of ``?format=``; empty or None leaves it to Accept.
        kind: of the answer.

    Raises:
        FormatError: it does not exist, or cannot carry such an answer.
    """
    if not name:
        return negotiate(request.headers.get("Accept"), kind)
    form = by_name(name)
    if not form.carries(kind):
        names = ", ".join(item.name for item in offered(kind))
        raise FormatError(
            f"the format {name} cannot hold this answer", fix=f"choose from {names}"
        )
    return form
