"""Turtle read with the line and column of every triple.

``Positions.of(texts)`` gives the places of all triples, and by ``graph()`` the graph
whose labels of blank nodes they use. Validation reads with the faster parser of
:mod:`vomkg.graph.read` and comes here only for what it found.
"""

from vomkg.graph.positions.alignment import aligned
from vomkg.graph.positions.index import (
    FORMS,
    File,
    Positions,
    Span,
    Statement,
    form_of,
)

__all__ = [
    "FORMS",
    "File",
    "Positions",
    "Span",
    "Statement",
    "aligned",
    "form_of",
]
