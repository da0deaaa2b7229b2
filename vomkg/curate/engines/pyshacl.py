"""pySHACL, the engine of record."""

from __future__ import annotations

import contextlib
import logging
import warnings
from decimal import InvalidOperation
from typing import TYPE_CHECKING, Any

import rdflib
from rdflib import Graph

from vomkg.curate.lint import named
from vomkg.errors import ShapesError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import FrameType

    from rdflib.plugins.sparql.sparql import Query
    from rdflib.query import Result


def report_of(data: Graph, shapes: Graph) -> Graph:
    """The report graph of pySHACL (SHACL §3.6); the graphs given stay as they are.

    Raises:
        ShapesError: for shapes that it cannot run, and recursive ones that it met.
    """
    import pyshacl
    from pyshacl.errors import ValidationFailure

    with _contained():
        _, report, words = pyshacl.validate(
            _Prepared.of(data),
            shacl_graph=shapes,
            advanced=False,
            inference=None,
            inplace=True,
        )
    if isinstance(report, ValidationFailure):
        raise _unusable(words)
    graph: Graph = report
    return graph


def shape_at(frame: FrameType | None) -> str:
    """The shape that pySHACL is at in a frame of Python; empty if it is at none."""
    while frame is not None:
        one: Any = frame.f_locals.get("self")
        if type(one).__module__ == "pyshacl.shape" and hasattr(one, "node"):
            return named(one.node, one.sg.graph)
        frame = frame.f_back
    return ""


class _Prepared(Graph):
    """A graph that reads each text of a query once; pySHACL asks it for every node."""

    @classmethod
    def of(cls, graph: Graph) -> _Prepared:
        """The same triples, in the same store."""
        found = cls(store=graph.store, identifier=graph.identifier)
        found._read = {}
        return found

    _read: dict[str, Query]

    def query(  # type: ignore[no-untyped-def]  # of rdflib, passed on
        self,
        query_object,  # noqa: ANN001
        processor="sparql",  # noqa: ANN001
        result="sparql",  # noqa: ANN001
        initNs=None,  # noqa: ANN001, N803
        *rest,  # noqa: ANN002
        **options,  # noqa: ANN003
    ) -> Result:
        """As :meth:`rdflib.Graph.query`."""
        from rdflib.plugins.sparql import prepareQuery  # a tenth of a fast run

        if isinstance(query_object, str):
            names = dict(self.namespaces()) if initNs is None else initNs
            key = f"{sorted(names.items())}{query_object}"
            if key not in self._read:
                self._read[key] = prepareQuery(query_object, initNs=names)
            query_object = self._read[key]
        return super().query(query_object, processor, result, initNs, *rest, **options)


@contextlib.contextmanager
def _contained() -> Iterator[None]:
    """Undoes what pySHACL does to the process, and names its errors.

    It logs to stderr what it then raises, only warns where it gives up on a
    recursive shape, and leaves rdflib normalising every literal that is read.
    """
    from pyparsing import ParseException
    from pyshacl.errors import ReportableRuntimeError, ValidationWarning

    logger = logging.getLogger("pyshacl-validate")
    silent, normalise = logger.disabled, rdflib.NORMALIZE_LITERALS
    logger.disabled = True
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", ValidationWarning)
            # rdflib warns of its own comparing of literals that have no value.
            warnings.simplefilter("ignore", DeprecationWarning)
            yield
    except (
        ReportableRuntimeError,
        ValidationWarning,
        ParseException,
        NotImplementedError,
    ) as fault:
        raise _unusable(str(fault)) from fault
    except (TypeError, InvalidOperation) as fault:
        # Values that rdflib has no order for, such as two years or NaN.
        raise ShapesError(
            "the shapes cannot be run: pySHACL fails on values that they compare",
            fix="compare numbers or full dates, or take --engine shacl",
        ) from fault
    finally:
        logger.disabled = silent
        rdflib.NORMALIZE_LITERALS = normalise


def _unusable(words: str) -> ShapesError:
    told = " ".join(words.split()).removeprefix("Validation Failure - ")
    return ShapesError(f"the shapes cannot be run: {told}")
