"""Files of any size as one release: sorted in parts, faults by name, few blanks."""

from __future__ import annotations

import hashlib
import random
from dataclasses import replace
from typing import TYPE_CHECKING

import pyoxigraph
import pytest

from vomkg.errors import FormatError, InputError, LimitError, TurtleError
from vomkg.release.publish import publish
from vomkg.release.sorting import sorted_lines

if TYPE_CHECKING:
    from pathlib import Path

    from vomkg.config import Settings
    from vomkg.release.shelf import Shelf


def test_lines_are_sorted_in_parts_as_in_one(tmp_path: Path):
    """Whatever the size of a part: every line once, in order of code points."""
    source = random.Random(7)  # noqa: S311  nothing secret
    lines = [f"{source.choice('aäz€😀')}{source.randrange(90)}\n" for _ in range(500)]
    for at_once in (1, 7, 499, 500, 501):
        assert list(sorted_lines(lines, tmp_path, at_once=at_once)) == sorted(
            set(lines)
        )
    assert list(sorted_lines([], tmp_path)) == []
    assert list(tmp_path.iterdir()) == []


def test_same_triples_give_the_same_release(
    shelf: Shelf, limits: Settings, tmp_path: Path
):
    """Neither order nor syntax nor names of blank nodes leave a trace in the id."""
    one, two = tmp_path / "one.ttl", tmp_path / "two.nq"
    one.write_text("\ufeff<urn:b> <urn:p> [ <urn:q> 0.50 ] .\n<urn:a> <urn:p> 'é' .\n")
    two.write_text(
        '<urn:a> <urn:p> "é" .\n_:x <urn:q> '
        '"0.50"^^<http://www.w3.org/2001/XMLSchema#decimal> .\n<urn:b> <urn:p> _:x .\n'
        '<urn:a> <urn:p> "é" .\n'
    )
    first = publish(limits, shelf, [one])
    again = publish(limits, shelf, [two])
    assert (first.id, first.quads) == (again.id, 3)
    dataset = pyoxigraph.Dataset(
        pyoxigraph.parse(path=two, format=pyoxigraph.RdfFormat.N_QUADS)
    )
    dataset.canonicalize(pyoxigraph.CanonicalizationAlgorithm.RDFC_1_0)
    lines = sorted(f"{quad} .\n" for quad in dataset)
    assert first.id == hashlib.sha256("".join(lines).encode()).hexdigest()


def test_faults_name_their_file(shelf: Shelf, limits: Settings, tmp_path: Path):
    """A broken file gives no release, and is named with its line."""
    bad, odd, name = tmp_path / "bad.ttl", tmp_path / "odd.ttl", tmp_path / "a.txt"
    bad.write_text("<urn:a> <urn:p> <urn:b> .\n<urn:a> <urn:p>")
    odd.write_text('<urn:a> <urn:p> "x"^^<http://www.w3.org/2001/XMLSchema#integer> .')
    name.write_text("")
    for path, kind in (
        (bad, TurtleError),
        (odd, TurtleError),
        (name, FormatError),
        (tmp_path / "none.ttl", InputError),
        (tmp_path, FormatError),
    ):
        with pytest.raises((kind, InputError)) as caught:
            publish(limits, shelf, [path])
        assert str(path) in str(caught.value)
    assert shelf.names() == []


def test_blank_nodes_beyond_the_limit_are_refused(
    shelf: Shelf, limits: Settings, tmp_path: Path
):
    """They have to be held in memory; all others pass."""
    path = tmp_path / "blank.ttl"
    path.write_text("<urn:a> <urn:p> [], <urn:b>, <urn:c>, [] .")
    assert publish(replace(limits, blank_limit=2), shelf, [path]).quads == 4
    with pytest.raises(LimitError, match="more than 1 quads have blank nodes"):
        publish(replace(limits, blank_limit=1), shelf, [path])
