"""The fast engine, without which these tests would prove nothing."""

from __future__ import annotations

import os

import pyoxigraph
import pytest
import rdflib

from vomkg.curate.engines import shacl
from vomkg.errors import MissingToolError
from vomkg.graph.terms import to_rdflib

# Without a copy of the W3C's suite there is nothing to collect in it.
collect_ignore = [] if os.environ.get("VOMKG_SHACL_SUITE") else ["test_suite.py"]


def pytest_addoption(parser: pytest.Parser) -> None:
    """How many mutants of the shipped data both engines judge, each by itself."""
    parser.addoption("--engine-mutants", type=int, default=0, metavar="NUMBER")


@pytest.fixture(autouse=True)
def fast() -> None:
    """Without the engine a test is skipped aloud; in CI it fails."""
    try:
        shacl.need()
    except MissingToolError as missing:
        if os.environ.get("CI"):
            pytest.fail(f"CI must have the fast engine: {missing}")
        pytest.skip(f"NOT COMPARED, NO FAST ENGINE: {missing}")


@pytest.fixture(scope="session")
def exactly():
    """Reads Turtle with every literal as it is written, good or bad."""

    def read(text: str) -> rdflib.Graph:
        graph = rdflib.Graph(bind_namespaces="none")
        turtle = pyoxigraph.RdfFormat.TURTLE
        for quad in pyoxigraph.parse(text, format=turtle, rename_blank_nodes=True):
            graph.add(tuple(to_rdflib(term) for term in quad.triple))  # type: ignore[arg-type]  # three terms
        return graph

    return read
