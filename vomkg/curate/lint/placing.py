"""Where in the shapes' files the lint's faults stand."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from vomkg.curate.places import located
from vomkg.curate.result import Report, Result
from vomkg.errors import ShapesError

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping


def placed(results: Iterable[Result], texts: Mapping[str, str]) -> list[Result]:
    """The results with file, line and column, as far as the texts speak of them.

    What has no IRI is placed at the shape that it is part of.

    Args:
        results: faults of shapes.
        texts: the Turtle of the shapes' files, by the names to be shown.
    """
    found = list(results)
    first = located(Report(tuple(found)), texts, {}).results
    missing = [index for index, result in enumerate(first) if result.at is None]
    asked = Report(tuple(replace(first[i], focus=first[i].shape) for i in missing))
    again = dict(zip(missing, located(asked, texts, {}).results, strict=True))
    return [
        replace(result, at=again[index].at) if index in again else result
        for index, result in enumerate(first)
    ]


def placed_error(error: ShapesError, texts: Mapping[str, str]) -> ShapesError:
    """The error with file, line and column, where it says what it is about."""
    if error.about is None or error.place:
        return error
    focus, shape, path = error.about
    asked = Result("violation", shape, focus, path, None, None, "", "")
    [found] = placed([asked], texts)
    if found.at is None:
        return error
    return ShapesError(
        error.message,
        path=found.at.file,
        line=found.at.line,
        column=found.at.column,
        fix=error.fix,
        about=error.about,
    )
