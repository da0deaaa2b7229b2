"""Every error that vomkg raises, as one tree.

    VomkgError
    ├── UsageError              wrong option, parameter or name
    │   ├── UnknownNameError    a question, command value or thing that does not exist
    │   ├── ParameterError      a question's parameter is missing, unknown or ill-typed
    │   ├── NoPictureError      an answer that no picture fits, or that must not be one
    │   ├── FormatError         a serialisation that does not exist or does not fit
    │   └── MissingToolError    an optional tool (Java, pandas) is not installed
    ├── InputError              a file that cannot be read or is not well-formed
    │   ├── TurtleError         RDF syntax, or a literal that is not of its type
    │   ├── ShapesError         shapes that the SHACL engine cannot load
    │   └── QuestionFileError   a question or rule file with a faulty header or query
    ├── QueryError              a query that will not be run
    │   ├── QuerySyntaxError    not SPARQL 1.1
    │   └── QueryRefusedError   SPARQL, but outside what the endpoint allows
    ├── ConformanceError        the graph breaks its shapes, rules or axioms
    ├── LimitError              a limit on time, memory or size was reached
    │   ├── TimeLimitError      the query took longer than it may
    │   ├── MemoryLimitError    the query needed more memory than it may
    │   ├── SizeLimitError      more was sent than is taken
    │   └── QueueLimitError     too many queries are waiting already
    ├── UpstreamError           a remote store did not answer as it must
    ├── EngineError             the query engine crashed or was ended
    └── FederationError         an endpoint that the query names did not answer

Each class carries the exit code of the command line and the status of HTTP, so
that both say the same thing. A message is lower case, has no full stop, and
names what was found and what was expected; ``fix`` holds the next step.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path


class VomkgError(Exception):
    """Root of the tree; raised itself only for a fault of vomkg's own.

    Attributes:
        message: what is wrong, in one line.
        path: the file concerned, if any.
        line: 1-based line in that file or in the query text, if known.
        column: 1-based column, if known.
        fix: what to do next, if there is something to say.
        retry_after: seconds after which the same may succeed, if it may.
    """

    exit_code = 70
    status = 500
    title = "Internal error"

    def __init__(
        self,
        message: str,
        *,
        path: Path | str | None = None,
        line: int | None = None,
        column: int | None = None,
        fix: str | None = None,
        retry_after: int | None = None,
    ) -> None:
        super().__init__(message)
        self.message = message
        self.path = None if path is None else str(path)
        self.line = line
        self.column = column
        self.fix = fix
        self.retry_after = retry_after

    @property
    def place(self) -> str:
        """``file:line:column`` as far as it is known, else an empty string."""
        parts = [self.path or ("query" if self.line else "")]
        if self.line is not None:
            parts.append(str(self.line))
            if self.column is not None:
                parts.append(str(self.column))
        return ":".join(part for part in parts if part)

    def __str__(self) -> str:
        text = f"{self.place}: {self.message}" if self.place else self.message
        return f"{text}; {self.fix}" if self.fix else text


class UsageError(VomkgError):
    """The call is wrong: an option, a value or a combination of them."""

    exit_code = 2
    status = 400
    title = "Wrong usage"


class UnknownNameError(UsageError):
    """A name was given that nothing here carries."""

    status = 404
    title = "Not found"


class ParameterError(UsageError):
    """A question's parameter is missing, unknown or not of its type."""

    title = "Wrong parameter"


class NoPictureError(UsageError):
    """No picture fits the answer, or one would compare what may not be compared."""

    status = 404
    title = "No picture"


class FormatError(UsageError):
    """The asked serialisation does not exist or does not fit the answer."""

    status = 406
    title = "Not acceptable"


class MissingToolError(UsageError):
    """An optional tool is needed for what was asked and is not installed."""

    status = 501
    title = "Not installed"


class InputError(VomkgError):
    """A file cannot be read, or is not what it should be."""

    exit_code = 3
    status = 400
    title = "Unreadable input"


class TurtleError(InputError):
    """RDF that is not well-formed, or a typed literal outside its type."""


class ShapesError(InputError):
    """Shapes that the SHACL engine cannot load, or with which a run means nothing.

    Attributes:
        about: the node at fault, the shape that it is part of and the property
            concerned, as results name them; None where that is not known.
    """

    def __init__(
        self,
        message: str,
        *,
        path: Path | str | None = None,
        line: int | None = None,
        column: int | None = None,
        fix: str | None = None,
        about: tuple[str, str, str | None] | None = None,
    ) -> None:
        super().__init__(message, path=path, line=line, column=column, fix=fix)
        self.about = about


class QuestionFileError(InputError):
    """A question or hygiene rule whose header or query is faulty."""


class QueryError(VomkgError):
    """A query that is not going to be run."""

    exit_code = 3
    status = 400
    title = "Query refused"


class QuerySyntaxError(QueryError):
    """The text is not a SPARQL 1.1 query."""

    title = "Malformed query"


class QueryRefusedError(QueryError):
    """The text is SPARQL but asks for something that is not allowed here."""


class ConformanceError(VomkgError):
    """The graph breaks its shapes, its rules or its axioms."""

    exit_code = 1
    status = 422
    title = "Does not conform"


class LimitError(VomkgError):
    """A limit on time, memory or size was reached before the end."""

    exit_code = 4
    status = 503
    title = "Limit reached"


class TimeLimitError(LimitError):
    """The query took longer than it may."""


class MemoryLimitError(LimitError):
    """The query needed more memory than it may have."""


class SizeLimitError(LimitError):
    """More was sent than is taken, however much time there is."""

    status = 413


class QueueLimitError(LimitError):
    """Too many queries wait already, or one waited too long."""


class UpstreamError(VomkgError):
    """A remote store cannot be reached, or its answer is cut, partial or malformed."""

    exit_code = 3
    status = 502
    title = "Store failed"


class EngineError(VomkgError):
    """The process that was to answer a query crashed or was ended."""

    title = "Query engine failed"


class FederationError(VomkgError):
    """An endpoint that the query names by SERVICE gave no answer of use."""

    exit_code = 3
    status = 502
    title = "Other endpoint failed"
