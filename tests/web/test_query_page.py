"""The query page: its script, its examples, what it draws, and long queries."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from urllib.parse import urlsplit

import pytest

from tests.web.markup import Page
from vomkg.config import graph_root
from vomkg.web import query_page
from vomkg.web.bars import bars
from vomkg.web.built import editor_script
from vomkg.web.view import table

ROOT = graph_root()
EDITOR = ROOT / "vomkg" / "web" / "editor"


def scripts(text):
    return [e.attributes["src"] for e in Page(text).all("script")]


def test_the_page_names_the_editor_only_where_it_was_built(browser, monkeypatch):
    name = "built/editor-0123456789abcdef.js"
    monkeypatch.setattr(query_page, "shipped_script", lambda: name)
    assert f"/static/{name}" in scripts(browser.get("/sparql").text)
    monkeypatch.setattr(query_page, "shipped_script", lambda: None)
    assert scripts(browser.get("/sparql").text) == ["/static/query.js"]


@pytest.mark.parametrize(
    "manifest",
    [
        None,
        "not json",
        "[]",
        '{"script": 7}',
        '{"script": "editor-0123456789abcdef.js"}',
        '{"script": "../../secret.js"}',
    ],
)
def test_a_build_that_is_missing_or_wrong_is_no_editor(tmp_path, manifest):
    (tmp_path.parent / "secret.js").write_text("", "utf-8")
    if manifest is not None:
        (tmp_path / "manifest.json").write_text(manifest, "utf-8")
    assert editor_script(tmp_path) is None


def test_a_build_is_found(tmp_path):
    name = "editor-0123456789abcdef.js"
    (tmp_path / name).write_text("", "utf-8")
    (tmp_path / "manifest.json").write_text(json.dumps({"script": name}), "utf-8")
    assert editor_script(tmp_path) == f"{tmp_path.name}/{name}"


def test_examples_stand_under_their_dimension(browser):
    page = Page(browser.get("/sparql").text)
    examples = [e for e in page.all("a") if "data-example" in e.attributes]
    assert examples
    for link in examples:
        assert "details" in link.parents
        assert urlsplit(link.attributes["href"]).path == "/sparql"


def test_an_address_that_is_too_long_is_not_linked(browser, monkeypatch):
    monkeypatch.setattr(query_page, "LONGEST_ADDRESS", 60)
    query = "SELECT (1 AS ?x) { VALUES ?y { 1 } }\n"
    text = browser.post("/sparql", data={"query": query}).text
    assert "format=csv" not in text
    page = Page(text)
    buttons = [e for e in page.all("button") if e.attributes.get("name") == "format"]
    assert "csv" in [e.attributes["value"] for e in buttons]
    # What is sent again is the query, with its line break.
    kept = [e.text for e in page.all("textarea")]
    assert kept == [f"\n{query}"] * 2


@pytest.mark.parametrize(
    ("query", "drawn"),
    [
        ("SELECT ?s (COUNT(?p) AS ?n) { ?s ?p ?o } GROUP BY ?s", True),
        ("SELECT ?s (COUNT(DISTINCT ?p) AS ?n) { ?s ?p ?o } GROUP BY ?s", True),
        ("SELECT (COUNT(*) AS ?n_o) ?s { ?s ?p ?o } GROUP BY ?s # AS ?n_o", True),
        ("SELECT ?s (COUNT(?p) * 2 AS ?n) { ?s ?p ?o } GROUP BY ?s", False),
        ("SELECT ?s (1 + COUNT(?p) AS ?n) { ?s ?p ?o } GROUP BY ?s", False),
        ("SELECT ?s (SUM(?p) AS ?n) { ?s vom:followUpMonths ?p } GROUP BY ?s", False),
        ("SELECT ?s ?n { ?s vom:followUpMonths ?n }", False),
    ],
)
def test_only_counts_are_drawn(tiny, query, drawn):
    shown = table(tiny, tiny.query(query))
    found = bars(shown, query)
    assert found is not None
    assert bool(found.bars) is drawn
    assert bool(found.reason) is not drawn
    if drawn:
        lengths = [bar.length for bar in found.bars]
        assert max(lengths) == 100
        numbers = [float(bar.number) for bar in found.bars]
        assert lengths == [round(100 * n / max(numbers), 2) for n in numbers]


@pytest.mark.parametrize(
    "query",
    [
        "SELECT ?s ?p { ?s ?p ?o } LIMIT 5",
        "SELECT ?s ?p (COUNT(?o) AS ?n) { ?s ?p ?o } GROUP BY ?s ?p LIMIT 5",
        "SELECT (COUNT(?o) AS ?n) { ?s ?p ?o }",
    ],
)
def test_other_shapes_are_no_picture(tiny, query):
    assert bars(table(tiny, tiny.query(query)), query) is None


def test_what_the_title_says_is_the_largest(tiny):
    query = 'SELECT ?x (COUNT(?y) AS ?n) { VALUES (?x ?y) {("a" 1)("b" 1)("b" 2)} } GROUP BY ?x'
    found = bars(table(tiny, tiny.query(query)), query)
    assert found is not None
    assert found.title == "Largest under “n”: 2, for b"


def test_a_fault_has_its_place_in_the_page(browser):
    text = browser.get("/sparql", query_string={"query": "SELECT *\n{ ?s a x }"}).text
    (spot,) = [e for e in Page(text).all("pre") if "data-line" in e.attributes]
    assert (spot.attributes["data-line"], spot.attributes["data-column"]) == ("2", "8")


def test_the_lock_names_no_host():
    """And every part has the hash of its bytes."""
    text = (EDITOR / "package-lock.json").read_text("utf-8")
    assert "://" not in text
    packages = json.loads(text)["packages"]
    assert all("integrity" in part for name, part in packages.items() if name)
    wanted = json.loads((EDITOR / "package.json").read_text("utf-8"))["dependencies"]
    assert all(version[0].isdigit() for version in wanted.values())


@pytest.mark.slow
def test_two_builds_give_the_same_bytes(tmp_path):
    """And what is served is what the sources give."""
    work = ROOT / "build" / "editor"
    if shutil.which("node") is None or not (work / "node_modules").is_dir():
        missing = "the parts of the editor are not installed: make editor"
        if os.environ.get("CI"):
            pytest.fail(f"CI must have them: {missing}")
        pytest.skip(f"NOT TESTED, {missing}")
    for name in ("one", "two"):
        subprocess.run(
            ["node", work / "build.mjs", work, tmp_path / name],
            check=True,
            capture_output=True,
        )
    shipped = ROOT / "vomkg" / "web" / "static" / "built"
    assert held(tmp_path / "one") == held(tmp_path / "two") == held(shipped)


def held(folder):
    return {path.name: path.read_bytes() for path in folder.iterdir()}
