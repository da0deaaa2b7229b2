"""The prefix list, and IRIs in short form and back."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vomkg.errors import InputError, TurtleError, UnknownNameError
from vomkg.graph.prefixes import expand, load_prefixes, shorten

if TYPE_CHECKING:
    from pathlib import Path

SHORT = {
    "id": "https://w3id.org/vomkg/id/",
    "vom": "https://w3id.org/vomkg/ontology#",
    "base": "https://w3id.org/vomkg/",
}
DECLARED = """
@prefix sh: <http://www.w3.org/ns/shacl#> .
<urn:x:1> sh:prefix "a" ; sh:namespace "http://a/" .
<urn:x:2> sh:prefix "b" ; sh:namespace "http://b/" .
"""


def _root(folder: Path, turtle: str) -> Path:
    (folder / "ontology").mkdir()
    (folder / "ontology" / "prefixes.ttl").write_text(turtle)
    return folder


def test_declarations_are_read(tmp_path: Path):
    """Each declaration gives one prefix."""
    found = load_prefixes(_root(tmp_path, DECLARED))
    assert found == {"a": "http://a/", "b": "http://b/"}


def test_shipped_list_holds_our_own_and_the_common_ones(prefixes: dict[str, str]):
    """Our namespaces and those of the standards have their usual names."""
    assert prefixes["vom"] == "https://w3id.org/vomkg/ontology#"
    assert {"id", "rdf", "rdfs", "owl", "skos", "sh", "xsd", "oa", "prov"} <= set(
        prefixes
    )


def test_missing_list_is_named(tmp_path: Path):
    """Without the file the error names it."""
    with pytest.raises(InputError, match=r"prefixes\.ttl"):
        load_prefixes(tmp_path)


@pytest.mark.parametrize(
    ("turtle", "part"),
    [
        ("<urn:x:1> <urn:p", "prefixes.ttl:1"),
        (DECLARED + '<urn:x:3> sh:prefix "a" ; sh:namespace "http://c/" .', "'a'"),
        (DECLARED + '<urn:x:3> sh:prefix "c" .', "'c' must have exactly one"),
    ],
)
def test_contradictory_list_is_refused(tmp_path: Path, turtle: str, part: str):
    """Two meanings of one prefix, or none, is an error."""
    with pytest.raises(TurtleError) as caught:
        load_prefixes(_root(tmp_path, turtle))
    assert part in str(caught.value)


@pytest.mark.parametrize(
    ("iri", "short"),
    [
        ("https://w3id.org/vomkg/id/review-one", "id:review-one"),
        ("https://w3id.org/vomkg/ontology#Review", "vom:Review"),
        ("https://w3id.org/vomkg/about", "base:about"),
        ("https://w3id.org/vomkg/id/a/b", "https://w3id.org/vomkg/id/a/b"),
        ("https://w3id.org/vomkg/id/", "https://w3id.org/vomkg/id/"),
        ("https://w3id.org/vomkg/id/a.", "https://w3id.org/vomkg/id/a."),
        ("https://example.org/", "https://example.org/"),
    ],
)
def test_iri_is_shortened_where_it_can_be_read_back(iri: str, short: str):
    """The longest namespace wins; what would need escapes stays in full."""
    assert short == shorten(iri, SHORT)


@pytest.mark.parametrize(
    ("curie", "iri"),
    [
        ("id:review-one", "https://w3id.org/vomkg/id/review-one"),
        ("<https://example.org/x>", "https://example.org/x"),
        ("https://example.org/x", "https://example.org/x"),
        ("urn:isbn:123", "urn:isbn:123"),
        ("mailto:ann@example.org", "mailto:ann@example.org"),
    ],
)
def test_name_is_expanded(curie: str, iri: str):
    """Prefixed names, bracketed and full IRIs are understood."""
    assert iri == expand(curie, SHORT)


@pytest.mark.parametrize(
    ("curie", "part"),
    [("vmo:Review", "prefix 'vmo'"), ("review-one", "neither an IRI nor")],
)
def test_unknown_name_is_refused_with_help(curie: str, part: str):
    """A misspelt prefix is an error that names the declared ones."""
    with pytest.raises(UnknownNameError) as caught:
        expand(curie, SHORT)
    assert part in caught.value.message
    assert caught.value.fix


@given(st.sampled_from(sorted(SHORT.values())), st.text(max_size=20))
def test_short_form_expands_to_the_same_iri(namespace: str, local: str):
    """Shortening loses nothing, whatever the IRI."""
    iri = namespace + local
    assert iri == expand(shorten(iri, SHORT), SHORT)
