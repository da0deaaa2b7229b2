"""Changes: which claims a release added, removed or changed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner

from vomkg.cli import main
from vomkg.namespaces import AS, GRAPHS, ONTOLOGY, RDF, RDFS, SKOS, THINGS
from vomkg.release.changes import Changes, changes_of
from vomkg.release.publish import publish
from vomkg.web.changes import activities

if TYPE_CHECKING:
    from pathlib import Path

    from vomkg.config import Settings
    from vomkg.release.shelf import Shelf

CLASSES = f"""\
<{ONTOLOGY}Finding> <{RDFS}subClassOf> <{ONTOLOGY}Claim> <{GRAPHS}ontology> .
<{ONTOLOGY}Estimate> <{RDFS}subClassOf> <{ONTOLOGY}Finding> <{GRAPHS}ontology> .
"""


def claim(name: str, kind: str = "Estimate", note: str = "") -> str:
    thing = f"<{THINGS}{name}>"
    return (
        f"{thing} <{RDF}type> <{ONTOLOGY}{kind}> <{GRAPHS}data> .\n"
        f'{thing} <{SKOS}prefLabel> "the \\"{name}\\""@en <{GRAPHS}data> .\n'
        f'{thing} <{ONTOLOGY}statement> "{note}" <{GRAPHS}data> .\n'
    )


@pytest.fixture
def two(shelf: Shelf, limits: Settings, tmp_path: Path) -> tuple[Changes, Changes, str]:
    """The changes of a first release and of a second, and the id of that."""
    path = tmp_path / "claims.nq"
    path.write_text(
        CLASSES + claim("a") + claim("b") + claim("c") + claim("x", "Place")
    )
    first = publish(limits, shelf, [path])
    shelf.switch(first)
    path.write_text(
        CLASSES + claim("a", note="new") + claim("c", "Claim") + claim("d")
        + claim("x", "Place", "new") + claim("y", "Place")
    )  # fmt: skip
    second = publish(limits, shelf, [path])
    shelf.switch(second)
    found = changes_of(second.release)
    assert found.previous == first.id
    assert "changes.json" in second.contents
    return changes_of(first.release), found, second.id


def test_claims_are_those_of_the_class_and_below(two: tuple[Changes, Changes, str]):
    """A place that changes is no claim; a claim that changes its class has changed."""
    first, second, _ = two
    assert first == Changes()
    for found, names in (
        (second.added, "d"),
        (second.removed, "b"),
        (second.changed, "ac"),
    ):
        assert [item.iri for item in found] == [THINGS + name for name in names]
        assert [item.label for item in found] == [f'the "{name}"' for name in names]


def test_changes_are_activities(two: tuple[Changes, Changes, str]):
    """One for each claim, under an IRI of its own, and a count of them."""
    _, second, found = two
    triples = {tuple(map(str, triple)) for triple in activities(found, second)}
    kinds = {
        (o, t)
        for s, p, o in triples
        if p == f"<{AS}object>"
        for s2, p2, t in triples
        if (s2, p2) == (s, f"<{RDF}type>")
    }
    assert kinds == {
        (f"<{THINGS}d>", f"<{AS}Create>"),
        (f"<{THINGS}b>", f"<{AS}Delete>"),
        (f"<{THINGS}a>", f"<{AS}Update>"),
        (f"<{THINGS}c>", f"<{AS}Update>"),
    }
    assert len([p for _, p, _ in triples if p == f"<{AS}items>"]) == 4
    assert any(p.endswith("previousVersion>") for _, p, _ in triples)


def test_first_release_says_so():
    told = " ".join(str(triple) for triple in activities("f" * 64, Changes()))
    assert "The first release here" in told
    assert '"0"^^' in told
    assert list(activities("", Changes())) == []


def test_release_is_not_compared_with_itself_or_with_a_damaged_one(
    two: tuple[Changes, Changes, str], shelf: Shelf, limits: Settings, tmp_path: Path
):
    """A damaged release that is built anew tells the same changes as before."""
    second = shelf.opened()
    (second.path / "dataset.trig").unlink()
    again = publish(limits, shelf, [tmp_path / "claims.nq"])
    assert (again.id, changes_of(again.release)) == (second.id, two[1])
    for name in shelf.names():
        (shelf.path / name / "dataset.nq").unlink()
    path = tmp_path / "other.nq"
    path.write_text(CLASSES + claim("z"))
    assert changes_of(publish(limits, shelf, [path]).release) == Changes()


def test_list_of_releases_counts_claims(
    two: tuple[Changes, Changes, str], shelf: Shelf
):
    done = CliRunner().invoke(main, ["releases", str(shelf.path)])
    [newest, oldest] = done.output.splitlines()
    previous = two[1].previous
    assert previous is not None
    assert f"claims +1 -1 ~2 against {previous[:16]}" in newest
    assert "claims" not in oldest
