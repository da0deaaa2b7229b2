"""Data of strangers are judged in a child process, within time and memory."""

from __future__ import annotations

import pytest

from vomkg.curate.result import Report
from vomkg.errors import LimitError, MemoryLimitError, TimeLimitError, TurtleError
from vomkg.workbench.apart import judged_apart
from vomkg.workbench.workspace import Workspace

PREFIXES = """@prefix id: <https://w3id.org/vomkg/id/> .
@prefix vom: <https://w3id.org/vomkg/ontology#> .
"""
CLAIM = f"{PREFIXES}id:c a vom:MechanismClaim ; vom:hedged true .\n"
pytestmark = pytest.mark.slow


def test_report_is_that_of_the_file(settings, tmp_path):
    """The same faults at the same places, found in another process."""
    file = tmp_path / "input.ttl"
    file.write_text(CLAIM)
    work = Workspace(settings, data=[file])
    nodes = {str(node) for node in work.data.all_nodes()}
    ours = judged_apart(CLAIM, settings, seconds=60, megabytes=2048)
    assert isinstance(ours, Report)
    assert ours.results
    assert work.asserted_report.about(nodes).counts == ours.counts
    assert {result.at.line for result in ours.results if result.at} == {3}
    assert ours.files == ("input.ttl",)


def test_broken_turtle_is_an_error_with_its_place(settings):
    with pytest.raises(TurtleError) as caught:
        judged_apart(f"{PREFIXES}id:c a .", settings, seconds=60, megabytes=2048)
    assert (caught.value.line, caught.value.path) == (3, "input.ttl")


def test_time_is_bounded(settings):
    """The child is ended, and the error says what to do."""
    with pytest.raises(TimeLimitError, match=r"within 0\.1 seconds") as caught:
        judged_apart(CLAIM, settings, seconds=0.1)
    assert caught.value.exit_code == LimitError.exit_code == 4


def test_memory_is_bounded(settings):
    """More triples than fit are refused, and this process is none the worse."""
    many = "".join(f"id:c{n} a vom:MechanismClaim .\n" for n in range(60_000))
    with pytest.raises(MemoryLimitError, match="more than 200 MiB"):
        judged_apart(PREFIXES + many, settings, seconds=120, megabytes=200)
