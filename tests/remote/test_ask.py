"""Plain words over a store have the outcome that they have here."""

from __future__ import annotations

import pytest

from vomkg.cli.graph import open_isolated
from vomkg.config import load_settings

TEXTS = (
    "does it still work after two years?",
    "likelihood of reofending after half a year",
    "where does the 52% come from",
    "are victims satisfied?",
    "what is known about costs and benefits?",
    "long term effects of mediation",
    "bitcoin price",
)


def outcome(reply):
    """What a reply says, but the form in which the engine writes numbers."""
    return {name: value for name, value in reply.fields().items() if name != "answer"}


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["oxigraph", "virtuoso"])
def test_plain_words_have_the_same_outcome(kind, request, settings, kg, filled):
    server, _ = filled(request.getfixturevalue(kind))
    ours = load_settings({}, cache=settings.cache, store=server.query, workers=1)
    over = open_isolated(ours)
    with over.engine:  # type: ignore[union-attr]  # on this system there are workers
        for text in TEXTS:
            assert outcome(over.ask(text)) == outcome(kg.ask(text)), text
