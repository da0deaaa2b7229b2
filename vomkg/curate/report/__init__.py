"""Reports for people and for programs: one model, seven ways to write it."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Final, Literal, Protocol, cast, get_args

if TYPE_CHECKING:
    from vomkg.curate.report.context import Context
    from vomkg.curate.result import Report

    class Writer(Protocol):
        """A module that writes reports in one format."""

        def write(self, report: Report, context: Context, /) -> str:
            """The report as text that ends with a line end."""
            ...


_WRITERS: Final = {
    "text": "plain",
    "json": "machine",
    "sarif": "sarif",
    "github": "github",
    "junit": "junit",
    "html": "page",
    "turtle": "rdf",
}
FORMATS: Final = tuple(_WRITERS)
GroupBy = Literal["file", "shape", "focus"]
GROUPINGS: Final[tuple[GroupBy, ...]] = get_args(GroupBy)


def written(report: Report, format_name: str, context: Context) -> str:
    """The report in one of FORMATS; labels and literals cannot break out of it."""
    module = import_module(f"{__name__}.{_WRITERS[format_name]}")
    return cast("Writer", module).write(report, context)
