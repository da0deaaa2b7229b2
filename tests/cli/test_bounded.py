"""The limit on the time of commands that run what others wrote."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from textwrap import dedent
from typing import TYPE_CHECKING

import click
import pytest
from click.testing import CliRunner
from rdflib import Graph

from vomkg.cli import main
from vomkg.cli.bounded import alarmed, bounded
from vomkg.curate.validate import validate
from vomkg.errors import TimeLimitError
from vomkg.graph.read import read

if TYPE_CHECKING:
    from pathlib import Path

needs_fork = pytest.mark.skipif(not hasattr(os, "fork"), reason="there is no fork")
# Its time grows with the eighth power of the length: the lint lets it through.
ENDLESS = "^a*a*a*a*a*a*a*a*$"
SHAPES = """@prefix sh: <http://www.w3.org/ns/shacl#> .
<urn:shape> a sh:NodeShape ; sh:targetNode <urn:a> ; sh:property <urn:part> .
<urn:part> sh:path <urn:says> ; sh:message "m"@en ; %s .
"""


@pytest.fixture
def judged(project: Path):
    """Gives the words of a run in which a pattern meets a text of 3000 letters."""

    def words(constraint: str, *more: str) -> list[str]:
        (project / "endless.ttl").write_text(SHAPES % constraint)
        text = "a" * 3000 + "b"
        (project / "long.ttl").write_text(f'<urn:a> <urn:says> "{text}" .\n')
        return ["validate", "--shapes", "endless.ttl", *more, "long.ttl"]

    return words


def forever() -> None:
    while True:
        pass


def alone(words: list[str]) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "vomkg", *words],
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize("engine", ["auto", "pyshacl"])
def test_a_pattern_that_may_double_is_refused_before_any_engine(judged, engine):
    found = CliRunner().invoke(main, judged('sh:pattern "^(a+)+$"', "--engine", engine))
    assert found.exit_code == 3
    assert "endless.ttl:3:" in found.stderr
    assert "may take for ever" in found.stderr


@needs_fork
@pytest.mark.slow
def test_judging_ends_at_its_time(judged):
    """In a process of its own, as a person runs it, with the engine of record."""
    found = alone(
        judged(f'sh:pattern "{ENDLESS}"', "--engine", "pyshacl", "--time-limit", "0.5")
    )
    assert found.returncode == 4
    assert found.stdout == ""
    assert found.stderr.startswith("error: not done within 0.5 seconds; ")


@pytest.mark.slow
def test_the_shape_that_took_so_long_is_named(judged, project):
    judged(f'sh:pattern "{ENDLESS}"')
    shapes, data = (read([project / name]) for name in ("endless.ttl", "long.ttl"))
    validate(Graph(), shapes, Graph(), engine="pyshacl")  # everything is imported
    with pytest.raises(TimeLimitError, match="at shape <urn:part>"), alarmed(1):
        validate(data, shapes, Graph(), engine="pyshacl")


@needs_fork
@pytest.mark.slow
def test_a_pattern_in_a_query_ends_at_its_time_too(judged):
    query = (
        'sh:sparql [ sh:select "SELECT $this { $this '
        f"<urn:says> ?v FILTER regex(?v, '{ENDLESS}')"
        ' }" ]'
    )
    words = judged(query.replace("sh:sparql", "sh:severity sh:Info ; sh:sparql"))
    found = alone(
        [*words[:-1], "--engine", "pyshacl", "--time-limit", "0.5", words[-1]]
    )
    assert found.returncode == 4


@needs_fork
@pytest.mark.slow
def test_check_ends_at_its_time(project):
    found = alone(["check", "--fast", "--time-limit", "0.05"])
    assert found.returncode == 4
    assert "not done within 0.05 seconds" in found.stderr


@needs_fork
def test_what_hears_no_alarm_is_killed():
    """As compiled code would not; the parent says so and leaves with 4."""
    script = """
        import signal, click
        from vomkg.cli import LazyGroup, bounded
        bounded._GRACE = 0.05
        @click.command
        def deaf():
            with bounded.bounded(0.05):
                signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGALRM})
                signal.pause()
        LazyGroup("vomkg", commands=[deaf]).main()
    """
    found = subprocess.run(
        [sys.executable, "-c", dedent(script), "deaf"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert found.returncode == 4
    assert "not done within 0.05 seconds" in found.stderr


@needs_fork
@pytest.mark.parametrize(
    ("end", "code"),
    [("sys.exit(5)", 5), ("os.kill(os.getpid(), 9)", 70), ("os.abort()", 70)],
)
def test_the_end_of_the_child_is_the_end_of_the_command(end, code):
    script = f"""
        import os, sys, click
        from vomkg.cli import LazyGroup, bounded
        @click.command
        def one():
            with bounded.bounded(60):
                {end}
        LazyGroup("vomkg", commands=[one]).main()
    """
    found = subprocess.run(
        [sys.executable, "-c", dedent(script), "one"], capture_output=True, check=False
    )
    assert found.returncode == code


def test_in_a_program_the_alarm_rings_and_is_put_back():
    before = signal.getsignal(signal.SIGALRM)
    with pytest.raises(TimeLimitError, match="not done within"), alarmed(0.01):
        forever()
    assert signal.getsignal(signal.SIGALRM) is before
    assert signal.getitimer(signal.ITIMER_REAL) == (0, 0)


def test_a_program_that_runs_the_command_is_not_forked():
    seen = []

    @click.command
    def one() -> None:
        with bounded(60):
            seen.append(os.getpid())

    CliRunner().invoke(one)
    assert seen == [os.getpid()]
