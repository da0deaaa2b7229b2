"""Answers that leave with all that must go with them: pictures, rows with caveats."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from vomkg.engine.answer import Answer
    from vomkg.knowledge import KnowledgeGraph

EXPORTS: Final = ("svg", "png", "labelled")


def export(kg: KnowledgeGraph, name: str, answer: Answer, kind: str) -> bytes:
    """The answer of a question as one of EXPORTS.

    Raises:
        NoPictureError: no picture fits the answer, or one would compare what may
            not be compared.
    """
    if kind == "labelled":
        from vomkg.charts.labelled import labelled_csv

        return labelled_csv(kg, answer).encode()
    from vomkg.charts import drawn

    figure = drawn(kg, name, answer)
    return figure.png if kind == "png" else figure.svg.encode()
