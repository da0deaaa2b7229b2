"""A small store whose graphs share a triple, and a way to ask it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from vomkg.engine.local import Engine

if TYPE_CHECKING:
    from pathlib import Path

    from vomkg.config import Settings

SMALL = """
@prefix id: <https://w3id.org/vomkg/id/> .
@prefix oa: <http://www.w3.org/ns/oa#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix vom: <https://w3id.org/vomkg/ontology#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .

<https://w3id.org/vomkg/graph/data> {
  id:claim vom:reportedBy id:speaker ;
    vom:locatedIn id:loc-late, id:loc-early ;
    skos:prefLabel "a claim"@en ;
    vom:ratioValue 0.540 ;
    vom:reportedForm "0.54:1" .
  id:claim-two vom:reportedBy id:speaker ; vom:locatedIn id:loc-other .
  id:unplaced vom:reportedBy id:speaker .
  id:loc-late vom:inSection id:section ; oa:hasSource id:source ; oa:hasSelector id:sel-late .
  id:sel-late oa:start 100 ; oa:end 120 .
  id:loc-early vom:inSection id:section ; oa:hasSource id:source ; oa:hasSelector id:sel-early .
  id:sel-early oa:start 9 ; oa:end 20 .
  id:loc-other vom:inSection id:section ; oa:hasSource id:source ; oa:hasSelector id:sel-other .
  id:sel-other oa:start 50 ; oa:end 60 .
  id:speaker skos:prefLabel "the speaker"@en .
  id:section skos:prefLabel "effect"@en .
  id:shared vom:reportedForm "in two graphs" .
}
<https://w3id.org/vomkg/graph/inferred> { id:shared vom:reportedForm "in two graphs" . }
<https://w3id.org/vomkg/graph/shapes> { id:shape vom:reportedForm "only a shape" . }
"""


@pytest.fixture(scope="session")
def small_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small dataset as a TriG file."""
    path = tmp_path_factory.mktemp("small") / "small.trig"
    path.write_text(SMALL, encoding="utf-8")
    return path


@pytest.fixture(scope="session")
def small(small_file: Path, settings: Settings) -> Engine:
    """An engine over the small dataset."""
    return Engine.from_files([small_file], settings)
