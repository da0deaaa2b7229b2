"""No test of a query that pyoxigraph passes is lost on the way through the front end.

Our own selection always runs; the W3C's suites run where VOMKG_W3C_SUITES names
a folder that holds them (``make w3c SUITES=…``).
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.w3c.conftest import OWN
from tests.w3c.judge import in_process, over_http
from tests.w3c.known import LOSSES
from tests.w3c.manifest import Case, cases
from vomkg.errors import VomkgError

SUITES = os.environ.get("VOMKG_W3C_SUITES")
OURS = cases(OWN.parent)
ALL = OURS + (cases(Path(SUITES)) if SUITES else [])
CASES = [case for case in ALL if not case.reason]
# One of so many is asked of worker processes as well, of ours and of the suites'.
OURS_ONE_OF = 18
ONE_OF = 60


def outcome(case: Case, served, *, isolated: bool = False) -> tuple[str, str]:
    """What became of a case, in a few words, and what was seen."""
    direct = in_process(case)
    try:
        web = over_http(case, served, isolated=isolated)
    except VomkgError as fault:
        return "LOST", f"the data is refused: {fault}"
    if not direct.grade:
        return ("front end only" if web.grade else "pyoxigraph fails"), direct.seen
    return ("both" if web.grade >= direct.grade else "LOST"), web.seen


def noted(case: Case, found: str, seen: str, record, *, suite: str = "") -> None:
    """Record the outcome under a suite; fail on a loss that is not known, or known no longer."""
    if case in OURS:
        # What the engine itself fails would prove nothing about us.
        assert found in {"both", "LOST"}, f"{found}: {seen}"
    lost = found == "LOST"
    is_known = case.id in LOSSES
    record("suite", suite or case.suite)
    record("outcome", "known loss" if lost and is_known else found)
    assert lost == is_known, f"{found}: {case.id}\n{case.text}\n{seen}"


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.id)
def test_nothing_is_lost_over_http(case: Case, served, record_property):
    noted(case, *outcome(case, served), record_property)


@pytest.mark.parametrize(
    "case",
    [
        case
        for case in CASES
        if case.draw % (OURS_ONE_OF if case in OURS else ONE_OF) == 0
    ],
    ids=lambda case: case.id,
)
def test_nothing_is_lost_in_worker_processes(case: Case, served, record_property):
    found, seen = outcome(case, served, isolated=True)
    noted(case, found, seen, record_property, suite="in worker processes")
