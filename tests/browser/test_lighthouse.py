"""Lighthouse, but for its performance, which is no matter of right or wrong."""

from __future__ import annotations

import json
import subprocess

import pytest

from tests.browser.conftest import chromium
from vomkg.config import graph_root

pytestmark = pytest.mark.slow

_ONLY = ["accessibility", "best-practices", "seo"]
_PATHS = ("", "briefing", "questions/effect-by-follow-up", "doc/est-r1-overall")
_LEAST = 98


@pytest.fixture(scope="module")
def scores(modules, site):
    """Its scores by page and category."""
    jobs = [
        {"name": path, "address": site + path, "device": "mobile", "only": _ONLY}
        for path in _PATHS
    ]
    script = graph_root() / "benchmarks" / "lighthouse.mjs"
    done = subprocess.run(
        ["node", script, modules, chromium()],
        input=json.dumps(jobs),
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )
    assert done.returncode == 0, done.stderr
    return [json.loads(line) for line in done.stdout.splitlines()]


def test_lighthouse_finds_little_to_better(scores):
    """At least 98 of 100, with the audits that cost points named."""
    assert len(scores) == len(_PATHS)
    for found in scores:
        assert set(found["scores"]) == set(_ONLY)
        assert min(found["scores"].values()) >= _LEAST, found
