"""The generator of synthetic evidence: the same bytes for the same seed."""

import hashlib
import re
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pyoxigraph
import pytest

from vomkg.config import graph_root

SCRIPT = Path(__file__).parent.parent / "benchmarks" / "generate.py"
VOM = "https://w3id.org/vomkg/ontology#"
SYNTHETIC = "https://example.org/synthetic/"


def generated(*options: str) -> bytes:
    words = [sys.executable, str(SCRIPT), *options]
    return subprocess.run(words, check=True, capture_output=True).stdout


@pytest.fixture(scope="module")
def graph() -> bytes:
    return generated("--triples", "10000", "--seed", "1")


def test_the_same_seed_gives_the_same_bytes_everywhere(graph: bytes):
    expected = "7d6ff60bc5673f036ed366c1b6a3ff100ce2ce4b116414e41af8c0e499aa7fd2"
    assert hashlib.sha256(graph).hexdigest() == expected


def test_another_seed_gives_another_graph(graph: bytes):
    assert generated("--triples", "10000", "--seed", "2") != graph


def test_a_smaller_graph_is_the_beginning_of_a_larger_one(graph: bytes):
    assert graph.startswith(generated("--triples", "3000", "--seed", "1"))


def test_the_size_is_reached_and_passed_by_less_than_a_tenth(graph: bytes):
    assert 10_000 <= graph.count(b"\n") < 11_000


def test_quads_are_the_triples_in_one_graph(graph: bytes):
    quads = generated("--triples", "10000", "--seed", "1", "--quads")
    name = f" <{SYNTHETIC}graph> .\n".encode()
    assert quads.count(name) == graph.count(b"\n")
    assert quads.replace(name, b" .\n") == graph


def test_every_term_is_of_the_ontology_and_every_name_is_synthetic(graph: bytes):
    declared = {
        quad.subject
        for quad in pyoxigraph.parse(
            path=graph_root() / "ontology" / "vomkg.ttl",
            format=pyoxigraph.RdfFormat.TURTLE,
        )
    }
    used = set()
    for quad in pyoxigraph.parse(graph, format=pyoxigraph.RdfFormat.N_TRIPLES):
        assert str(quad.subject).startswith((f"<{SYNTHETIC}", f"<{VOM}"))
        terms = (quad.predicate, quad.object)
        used |= {term for term in terms if str(term).startswith(f"<{VOM}")}
    assert used
    assert used <= declared


def test_few_moderators_take_most_of_the_findings(graph: bytes):
    found = Counter(re.findall(rb"concernsModerator> <(\S+)>", graph))
    (_, most), *_, (_, least) = found.most_common()
    assert most >= 3 * least
