"""Both engines on the W3C's SHACL suite, the parts core and sparql.

Not run without a copy of it: ``make shacl-suite SUITE=…`` or VOMKG_SHACL_SUITE.
"""

from __future__ import annotations

import os
from collections import Counter
from pathlib import Path

import pytest

from tests.engines.known import SUITE
from tests.engines.suite import cases, files
from tests.engines.verdicts import ENGINES, verdict

ROOT = Path(os.environ["VOMKG_SHACL_SUITE"])
CASES = [case for path in files(ROOT) for case in cases(path, ROOT)]

pytestmark = pytest.mark.filterwarnings("ignore:Parsing weird boolean")


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
@pytest.mark.parametrize("engine", ENGINES)
def test_engine_gives_the_results_of_the_suite(case, engine):
    """The whole multiset, or a refusal; a listed difference must still be one."""
    found = verdict(engine, case.data, case.shapes)
    if (case.name, engine) in SUITE:
        assert found != case.expected, "the listed difference has gone"
    else:
        assert case.expected == found


def test_suite_is_whole():
    """98 tests of core and 23 of SPARQL; all listed differences are among them."""
    assert Counter(case.name.partition("/")[0] for case in CASES) == {
        "core": 98,
        "sparql": 23,
    }
    assert {name for name, _ in SUITE} <= {case.name for case in CASES}
