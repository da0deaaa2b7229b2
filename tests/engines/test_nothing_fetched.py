"""No engine opens a connection, whatever shapes or data ask for."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from contextlib import closing

import pytest
from rdflib import OWL, SH

from vomkg.curate.validate import validate
from vomkg.errors import ShapesError

SHAPES = """
@prefix e: <https://example.org/> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix sh: <http://www.w3.org/ns/shacl#> .
<{address}/shapes> a owl:Ontology ; owl:imports <{address}/more.ttl> ;
  sh:shapesGraph <{address}/graph.ttl> ; sh:suggestedShapesGraph <{address}/s.ttl> .
e:S a sh:NodeShape ; sh:targetClass e:T ; sh:property e:P .
e:P sh:path e:p ; sh:minCount 1 ; sh:message "m"@en .
"""
SERVICE = """
e:S sh:sparql [ sh:select
  "SELECT $this WHERE {{ SERVICE <{address}/sparql> {{ $this ?p ?o }} }}" ] .
"""
DATA = """
@prefix e: <https://example.org/> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
e:o a owl:Ontology ; owl:imports <{address}/data.ttl> .
e:a a e:T .
"""
# Runs one engine bare: no lint of ours stands before it.
BARE = """
import sys
import rdflib
from vomkg.curate.engines import pyshacl, shacl
from vomkg.curate.engines.judged import Judged
from vomkg.errors import ShapesError
name, shapes, data = sys.argv[1:]
shapes, data = (rdflib.Graph().parse(data=text) for text in (shapes, data))
try:
    run = pyshacl.report_of if name == "pyshacl" else shacl.report_of
    run(data if name == "pyshacl" else Judged(data), shapes)
except ShapesError as fault:
    print("refused", fault)
print("done")
"""


@pytest.fixture
def listener():
    """A socket that answers nobody; the test asks whether anyone came."""
    with closing(socket.create_server(("127.0.0.1", 0))) as server:
        server.setblocking(False)
        server.listen()
        yield server


def nobody_came(listener):
    with pytest.raises(BlockingIOError):
        listener.accept()


def address(listener):
    return f"http://127.0.0.1:{listener.getsockname()[1]}"


@pytest.mark.slow
@pytest.mark.parametrize("more", ["", SERVICE], ids=["imports", "SERVICE"])
@pytest.mark.parametrize("engine", ["pyshacl", "shacl"])
def test_engine_alone_opens_no_connection(engine, more, listener):
    """In a process without any guard, over a port that would see it."""
    texts = [text.format(address=address(listener)) for text in (SHAPES + more, DATA)]
    words = [sys.executable, "-c", BARE, engine, *texts]
    environ = {k: v for k, v in os.environ.items() if "proxy" not in k.lower()}
    done = subprocess.run(
        words, capture_output=True, text=True, env=environ, check=False, timeout=60
    )
    nobody_came(listener)
    assert "done" in done.stdout or more, done.stderr


@pytest.mark.parametrize("engine", ["auto", "pyshacl", "shacl"])
def test_service_is_refused_before_any_engine_runs(engine, listener, exactly):
    shapes = exactly((SHAPES + SERVICE).format(address=address(listener)))
    data = exactly(DATA.format(address=address(listener)))
    with pytest.raises(ShapesError, match=r"SERVICE|owl:imports"):
        validate(data, shapes, exactly(""), engine=engine)
    nobody_came(listener)


@pytest.mark.parametrize("engine", ["auto", "pyshacl", "shacl"])
def test_imports_are_refused_and_not_followed(engine, listener, exactly):
    shapes = exactly(SHAPES.format(address=address(listener)))
    data = exactly(DATA.format(address=address(listener)))
    with pytest.raises(ShapesError, match="owl:imports"):
        validate(data, shapes, exactly(""), engine=engine)
    nobody_came(listener)


@pytest.mark.parametrize("engine", ["auto", "pyshacl", "shacl"])
def test_a_query_with_service_is_not_even_tried(engine, listener, exactly):
    """Nor is it handed to an engine to see whether it is SPARQL."""
    text = (SHAPES + SERVICE).format(address=address(listener))
    shapes = exactly(text)
    for p in (OWL.imports, SH.suggestedShapesGraph):
        shapes.remove((None, p, None))
    data = exactly(DATA.format(address=address(listener)))
    with pytest.raises(ShapesError, match="SERVICE"):
        validate(data, shapes, exactly(""), engine=engine)
    nobody_came(listener)
