"""One tree of errors, each with its exit code, its status and its place."""

from __future__ import annotations

import inspect
import re
from pathlib import Path

import pytest

from vomkg import errors
from vomkg.errors import (
    ConformanceError,
    FormatError,
    InputError,
    LimitError,
    QueryError,
    TurtleError,
    UsageError,
    VomkgError,
)

TREE = [
    kind for _, kind in inspect.getmembers(errors, inspect.isclass) if kind is not Path
]


@pytest.mark.parametrize("kind", TREE)
def test_error_descends_from_the_root(kind: type[VomkgError]):
    """Whoever catches VomkgError catches every error of ours."""
    assert issubclass(kind, VomkgError)


@pytest.mark.parametrize("kind", TREE)
def test_error_is_drawn_in_the_tree(kind: type[VomkgError]):
    """The drawing at the top of the module shows every class below its parent."""
    drawn = re.findall(r"^( *[│├└─ ]*)(\w+Error)\b", errors.__doc__ or "", re.MULTILINE)
    names = [name for _, name in drawn]
    assert kind.__name__ in names
    if kind is not VomkgError:
        depth = [len(lead) for lead, _ in drawn]
        at = names.index(kind.__name__)
        parent = next(i for i in range(at, -1, -1) if depth[i] < depth[at])
        assert kind.__base__ is not None
        assert names[parent] == kind.__base__.__name__


@pytest.mark.parametrize(
    ("kind", "code"),
    [
        (VomkgError, 70),
        (ConformanceError, 1),
        (UsageError, 2),
        (InputError, 3),
        (QueryError, 3),
        (LimitError, 4),
    ],
)
def test_exit_code_is_the_documented_one(kind: type[VomkgError], code: int):
    """Exit codes are part of the contract of the command line."""
    assert code == kind.exit_code


@pytest.mark.parametrize("kind", TREE)
def test_branch_keeps_its_exit_code(kind: type[VomkgError]):
    """A special error leaves with the code of its branch of the tree."""
    branch = next(
        base
        for base in kind.__mro__
        if base.__base__ is VomkgError or base is VomkgError
    )
    assert branch.exit_code == kind.exit_code  # type: ignore[attr-defined]


@pytest.mark.parametrize("kind", TREE)
def test_status_is_that_of_a_failed_request(kind: type[VomkgError]):
    """No error is ever sent with the status of success."""
    assert 400 <= kind.status < 600
    assert kind.title


def test_message_begins_with_the_place_and_ends_with_the_mend():
    """One line says where, what, and what to do."""
    error = TurtleError("no dot", path=Path("a.ttl"), line=3, column=7, fix="add it")
    assert str(error) == "a.ttl:3:7: no dot; add it"


@pytest.mark.parametrize(
    ("error", "place"),
    [
        (VomkgError("x"), ""),
        (VomkgError("x", line=2), "query:2"),
        (VomkgError("x", line=2, column=5), "query:2:5"),
        (VomkgError("x", path="f.rq"), "f.rq"),
        (VomkgError("x", path="f.rq", line=2), "f.rq:2"),
        (VomkgError("x", path="f.rq", column=5), "f.rq"),
    ],
)
def test_place_holds_what_is_known(error: VomkgError, place: str):
    """A column without a line is no place; a line without a file is the query's."""
    assert place == error.place


def test_message_alone_is_kept_for_machines():
    """Programs read the parts; they need not take the sentence apart."""
    error = FormatError("no such format", fix="choose json")
    assert (error.message, error.fix) == ("no such format", "choose json")
