"""Documents of things are the same over a server of others."""

from __future__ import annotations

import pytest

from vomkg.cli.graph import open_isolated
from vomkg.config import load_settings
from vomkg.namespaces import THINGS
from vomkg.web.things.documents import document
from vomkg.web.things.quads import quads_of


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["oxigraph", "virtuoso"])
def test_a_document_of_a_store_has_the_same_quads(kind, request, kg, filled, settings):
    """Triples, their graphs and the names of neighbours are those of the release."""
    server, _ = filled(request.getfixturevalue(kind))
    ours = load_settings({}, cache=settings.cache, store=server.query, workers=1)
    remote = open_isolated(ours)
    with remote.engine:  # type: ignore[union-attr]  # on this system there are workers
        for name in ("prop-vom-reduces-crime", "section-effect"):
            iri = THINGS + name
            found = document(remote, iri, quads_of(remote, iri), None)
            wanted = document(kg, iri, quads_of(kg, iri), None)
            assert found.quads == wanted.quads
