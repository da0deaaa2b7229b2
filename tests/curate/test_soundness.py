"""Shapes are held against SHACL's own shapes once, not at every run."""

from __future__ import annotations

import pytest
import rdflib

from vomkg.curate.soundness import known_sound, note_sound
from vomkg.curate.validate import validate
from vomkg.errors import ShapesError

ILL_FORMED = """
@prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix e: <https://example.org/> .
e:S a sh:NodeShape ; sh:targetNode e:x ; sh:property e:P .
e:P sh:path e:p ; sh:minCount 1, 2 ; sh:message "m" .
"""


def test_a_file_is_known_only_as_it_was_when_it_was_noted(tmp_path):
    """An edited file is judged again."""
    file, cache = tmp_path / "s.ttl", tmp_path / "cache"
    file.write_text("# one")
    assert not known_sound([file], cache)
    note_sound([file], cache)
    assert known_sound([file], cache)
    file.write_text("# two")
    assert not known_sound([file], cache)


def test_a_cache_that_cannot_be_written_is_no_error(tmp_path):
    """The run goes on; the next one judges the shapes again."""
    file, cache = tmp_path / "s.ttl", tmp_path / "cache"
    file.write_text("")
    cache.write_text("a file where a folder should be")
    note_sound([file], cache)
    assert not known_sound([file], cache)


def test_shapes_not_known_to_be_sound_are_judged():
    """Without the memory, ill-formed shapes are refused before any data is seen."""
    shapes = rdflib.Graph().parse(data=ILL_FORMED)
    with pytest.raises(ShapesError, match="takes one"):
        validate(rdflib.Graph(), shapes, rdflib.Graph())
