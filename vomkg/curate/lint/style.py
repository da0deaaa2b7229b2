"""What makes a shape speak for itself: IRI, name, message, severity."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rdflib import BNode

from vomkg.curate.lint.faults import fault
from vomkg.curate.lint.nodes import PARAMETERS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from vomkg.curate.lint.nodes import View
    from vomkg.curate.result import Result


def style_faults(view: View) -> Iterator[Result]:
    """What a shape lacks to be spoken of, and its results to be understood.

    Shapes that are only asked about, in ``sh:or`` and the like, report nothing
    themselves, so they need no message and no severity.
    """
    for shape in view.shapes:
        said = view.said(shape)
        if not said:
            continue
        if isinstance(shape, BNode):
            yield fault(
                "ShapeWithoutIRI",
                view,
                shape,
                "has a part without IRI, which cannot be named in a report or waived",
                "write that shape as a statement with an IRI of its own",
            )
        if "name" not in said:
            yield fault(
                "ShapeWithoutName",
                view,
                shape,
                "has no sh:name",
                'add sh:name "..."@en, the thing or property in plain words',
            )
        if shape not in view.reporting or set(said) & PARAMETERS <= {"property"}:
            continue
        if "message" not in said:
            yield fault(
                "ShapeWithoutMessage",
                view,
                shape,
                "has no sh:message",
                'add sh:message "..."@en: what is wrong, and how to mend it',
            )
        if "severity" not in said:
            yield fault(
                "ShapeWithoutSeverity",
                view,
                shape,
                "has no sh:severity",
                "add sh:severity sh:Violation, sh:Warning or sh:Info",
            )
