"""What is sent: valid HTML and SVG, nothing inline, a strict policy, little of it."""

from __future__ import annotations

import gzip
import json
import subprocess
from urllib.parse import urljoin, urlsplit
from xml.etree import ElementTree as ET

import pytest

from tests.browser.conftest import missing
from tests.browser.kinds import KINDS, NAMES
from tests.web.markup import Page

pytestmark = pytest.mark.slow

_MOST = 100_000  # bytes of the overview with all that it loads, uncompressed
_WIRE = 35_000  # the same, compressed
_EDITOR = "built/"  # which only the page of queries may load
_DATA_BLOCKS = {"application/ld+json", "application/json"}
# Remarks of the checker that are no faults, with the reason why each stands.
_LET_BE = (
    # A table that is laid out as blocks on a phone loses its roles in some browsers,
    # so they are stated; HTML would have them left to be implied.
    " role is unnecessary for element",
    "The “role” attribute must not be used on a “tr” element",
    "The “role” attribute must not be used on a “td” element",
    "The “role” attribute must not be used on a “th” element",
)
POLICY = {
    "default-src": "'self'",
    "script-src": "'self'",
    "object-src": "'none'",
    "base-uri": "'none'",
    "form-action": "'self'",
    "frame-ancestors": "'none'",
}
# What is not a page, too: data, files, answers without a body, refusals.
OTHERS = (
    "static/style.css",
    "static/icon.svg",
    "check.svg",
    "healthz",
    "metrics",
    "robots.txt",
    "sitemap.xml",
    "questions/overall-effect.csv",
    "doc/est-r1-overall.ttl",
    "sparql?query=ASK%7B%7D&format=json",
    "sparql?query=nonsense",
    "store?default",
    "id/est-r1-overall",
    "ontology.ttl",
    "static/nothing.css",
)


@pytest.fixture(scope="module")
def asked(browser, site):
    """Asks an address as a browser does, without showing it."""
    context = browser.new_context(base_url=site)
    yield context.request
    context.close()


@pytest.fixture(scope="module")
def sources(asked):
    """The HTML of each kind of page as it was sent, by name."""
    html = {"Accept": "text/html,*/*;q=0.1"}
    found = {}
    for kind in KINDS:
        if kind.fields:
            form = {**kind.fields, "format": "page", "replaces": "no"}
            response = asked.post(kind.path, multipart=form, headers=html)
        else:
            response = asked.get(kind.path, headers=html)
        assert response.status == kind.status, kind.name
        found[kind.name] = response.text()
    return found


@pytest.fixture(scope="module")
def pictures(asked, sources):
    """Each SVG that a page shows or links, by its address from the root."""
    found: dict[str, None] = {}
    for name, html in sources.items():
        base = next(kind.path for kind in KINDS if kind.name == name)
        for element in Page(html).elements:
            for attribute in ("href", "src"):
                address = urljoin(base, element.attributes.get(attribute, ""))
                parts = urlsplit(address)
                if parts.path.endswith(".svg") and not parts.netloc:
                    found[address] = None
    return {address: asked.get(address).body() for address in found}


@pytest.fixture(scope="module")
def checker(modules, java, tmp_path_factory):
    """Judges texts by the Nu checker of the W3C, all in one process."""
    jar = modules / "vnu-jar" / "build" / "dist" / "vnu.jar"
    if not jar.is_file():
        missing("the checker of HTML is not installed: make browser")

    def judge(texts, *words):
        folder = tmp_path_factory.mktemp("sent")
        for name, text in texts.items():
            (folder / name).write_bytes(text)
        done = subprocess.run(
            [java, "-Xmx512m", "-jar", jar, "--format", "json", *words, folder],
            capture_output=True,
            text=True,
            check=False,
            timeout=300,
        )
        found = json.loads(done.stderr)["messages"]
        return [
            (one["url"].rsplit("/", 1)[1], one.get("lastLine"), one["message"])
            for one in found
            if not any(words in one["message"] for words in _LET_BE)
        ]

    return judge


def test_every_page_is_valid_html(checker, sources):
    """No error and no warning."""
    pages = {f"{name}.html": html.encode() for name, html in sources.items()}
    assert checker(pages, "--skip-non-html") == []


def test_every_picture_is_valid_svg(checker, pictures):
    """Each is well-formed by itself, and within the language."""
    assert pictures
    for address, body in pictures.items():
        root = ET.fromstring(body)  # noqa: S314  our own
        assert root.tag == "{http://www.w3.org/2000/svg}svg", address
    texts = {f"{n}.svg": body for n, body in enumerate(pictures.values())}
    assert checker(texts, "--svg", "--skip-non-svg") == []


def test_the_checker_sees_a_fault(checker):
    """So that its silence says something."""
    page = b"<!doctype html><html lang=en><title>x</title><p><h1 align=left>x</h1></p>"
    assert checker({"x.html": page}, "--skip-non-html")
    picture = b'<svg xmlns="http://www.w3.org/2000/svg"><rect width="x"/><blob/></svg>'
    assert checker({"x.svg": picture}, "--svg", "--skip-non-svg")


def inline(elements):
    """Attributes and elements that a strict policy would have to make room for."""
    found = []
    for element in elements:
        names = set(element.attributes)
        found += [name for name in names if name == "style" or name.startswith("on")]
        if element.tag == "style":
            found.append("style element")
        if element.tag == "script" and "src" not in names:
            kind = element.attributes.get("type")
            found += [] if kind in _DATA_BLOCKS else [f"script of type {kind}"]
        for name in ("href", "src", "action", "formaction", "xlink:href"):
            if element.attributes.get(name, "").lower().startswith("javascript:"):
                found.append(f"{name} with a script")
    return found


@pytest.mark.parametrize("name", NAMES)
def test_no_page_has_anything_inline(sources, name):
    """No style, no script but data, no handler; all comes from files of ours."""
    assert inline(Page(sources[name]).elements) == []


def test_no_picture_has_anything_inline(pictures):
    """A picture saved to a disk runs nothing and asks for nothing."""
    for address, body in pictures.items():
        text = body.decode()
        elements = Page(text[text.index("<svg") :]).elements
        assert inline(elements) == [], address
        loads = [e for e in elements if e.tag in {"script", "image", "foreignobject"}]
        assert loads == [], address


def test_every_answer_carries_the_strict_policy(asked, sources):
    """Pages, data, files, redirections and refusals alike."""
    assert sources
    paths = [kind.path for kind in KINDS if not kind.fields] + list(OTHERS)
    for path in paths:
        response = asked.get(path, max_redirects=0)
        given = response.headers["content-security-policy"]
        parts = (part.strip().partition(" ") for part in given.split(";"))
        assert {name: value for name, _, value in parts} == POLICY, path
        assert response.headers["x-content-type-options"] == "nosniff", path
    assert asked.delete("about").headers["content-security-policy"]


def test_only_the_page_of_queries_loads_the_editor(sources):
    """It is far heavier than all else."""
    for name, html in sources.items():
        if not name.startswith("sparql"):
            assert all(_EDITOR not in one for one in loaded(Page(html))), name


def loaded(page):
    """What a browser loads as it shows a page."""
    scripts = [e.attributes["src"] for e in page.all("script") if "src" in e.attributes]
    images = [e.attributes["src"] for e in page.all("img")]
    kinds = {"stylesheet", "icon", "modulepreload", "preload"}
    sheets = [
        e.attributes["href"]
        for e in page.all("link")
        if kinds & set(e.attributes["rel"].split())
    ]
    return [*sheets, *scripts, *images]


def test_the_overview_weighs_less_than_100_kb(asked, sources):
    """With its sheets, scripts and pictures: as it is, and as it goes over the wire."""
    html = sources["overview"].encode()
    parts = {"/": html} | {
        path: asked.get(path).body() for path in loaded(Page(html.decode()))
    }
    weights = {path: len(body) for path, body in parts.items()}
    assert sum(weights.values()) < _MOST, weights
    wire = {path: len(gzip.compress(body)) for path, body in parts.items()}
    assert sum(wire.values()) < _WIRE, wire


def test_text_is_sent_compressed(asked):
    """Pages, sheets and data, to who can read it so."""
    for path in ("", "static/style.css", "ontology", "doc/est-r1-overall.ttl"):
        response = asked.get(path, headers={"Accept-Encoding": "gzip"})
        assert response.headers.get("content-encoding") == "gzip", path
