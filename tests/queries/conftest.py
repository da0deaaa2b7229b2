"""The graph without what was inferred."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from vomkg.knowledge import KnowledgeGraph
from vomkg.namespaces import GraphName

if TYPE_CHECKING:
    from vomkg.config import Settings


@pytest.fixture(scope="session")
def asserted(
    kg: KnowledgeGraph, settings: Settings, tmp_path_factory: pytest.TempPathFactory
) -> KnowledgeGraph:
    """The shipped graph as it would be if nothing had been inferred."""
    kept = [
        line
        for line in kg.release.dataset.read_text(encoding="utf-8").splitlines()
        if not line.endswith(f"<{GraphName.inferred}> .")
    ]
    release = replace(kg.release, path=tmp_path_factory.mktemp("asserted"))
    release.dataset.write_text("\n".join(kept) + "\n", encoding="utf-8")
    assert len(kept) < sum(kg.release.counts.values())
    return KnowledgeGraph(settings, release)
