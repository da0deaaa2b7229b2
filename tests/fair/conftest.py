"""An agent that checks how findable and reusable the data is."""

from __future__ import annotations

import pytest
import rdflib

from vomkg.web import create_app


@pytest.fixture(scope="session")
def agent(kg):
    """A client of the front end over the shipped graph."""
    return create_app(kg).test_client()


@pytest.fixture(scope="session")
def ontology(settings):
    """The ontology as the graph store gives it to that agent."""
    found = rdflib.Graph()
    for path in settings.ontology_files():
        found.parse(path)
    return found
