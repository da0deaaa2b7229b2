"""Every page is safe, alone and open to all readers, whatever it shows."""

from __future__ import annotations

import re
from itertools import pairwise
from pathlib import Path

import pytest

import vomkg.web
from tests.web.markup import Page

STATIC = Path(vomkg.web.__file__).parent / "static"
# Links that tell of something, and that no browser follows by itself.
TYPED_LINKS = {
    "alternate",
    "author",
    "cite-as",
    "collection",
    "describedby",
    "item",
    "license",
    "linkset",
    "service-desc",
    "type",
}
OUR_SCRIPT = '<script type="module" src="/static/'
PATHS = [
    "/",
    "/questions",
    "/questions/overall-effect",
    "/questions/effect-at-follow-up?months=7",
    "/questions/claims-that-say?word=<script>alert(1)</script>",
    "/sparql",
    '/sparql?query=SELECT ("<script>alert(1)</script>" AS ?x) {}',
    "/sparql?query=SELECT <script>",
    "/sparql?query=DESCRIBE id:review-blue",
    "/about",
    "/numbers",
    "/numbers/<script>alert(1)</script>",
    "/questions/<script>alert(1)</script>",
    "/questions/effect-at-follow-up?<script>=1",
    "/nowhere/<script>",
    "/search",
    "/search?q=red",
    "/search?q=<script>alert(1)</script>",
    "/search?q=red&class=<script>",
    "/browse",
    "/browse/Review",
    "/browse/Claim/<script>",
    "/browse/EffectEstimate?<script>=<script>",
]


@pytest.fixture(params=PATHS)
def response(browser, request):
    return browser.get(request.param)


@pytest.fixture
def page(response):
    return Page(response.text)


def test_has_one_heading_and_no_gap_in_the_levels(page):
    """One h1, and no level is skipped on the way down."""
    levels = [int(e.tag[1]) for e in page.elements if re.fullmatch("h[1-6]", e.tag)]
    assert levels.count(1) == 1
    assert levels[0] == 1
    assert all(b - a <= 1 for a, b in pairwise(levels))


def test_has_language_title_and_landmarks(page):
    """A reader without eyes on the page can jump about in it."""
    assert page.all("html")[0].attributes["lang"] == "en"
    assert page.texts("title")[0].endswith("– vomkg")
    for tag in ("header", "main", "footer"):
        assert len(page.all(tag)) == 1
    # Besides the one to all pages there may be the way down to this one.
    navigation = [e.attributes["aria-label"] for e in page.all("nav")]
    assert navigation[0] == "Pages"
    assert len(navigation) == len(set(navigation))
    assert page.all("a")[0].attributes == {"class": "skip", "href": "#main"}
    assert page.all("main")[0].attributes["id"] == "main"


def test_nothing_that_acts_stands_within_another(page):
    """A link in a summary, say: a keyboard would reach only one of the two."""
    acting = {"a", "button", "summary", "label"}
    for element in page.elements:
        if element.tag in {*acting, "input", "select", "textarea"}:
            assert not acting & set(element.parents), element


def test_landmarks_have_names_of_their_own(page):
    """Two regions of one name cannot be told apart in a list of them."""
    names = [
        e.attributes.get("aria-label") or e.attributes.get("aria-labelledby")
        for e in page.elements
        if e.tag == "section" or e.attributes.get("role") == "region"
    ]
    assert len(names) == len(set(names))


def test_every_field_has_a_label(page):
    """A form can be filled in without seeing it."""
    labels = {e.attributes["for"] for e in page.all("label")}
    fields = [
        e
        for tag in ("input", "select", "textarea")
        for e in page.all(tag)
        if e.attributes.get("type") != "hidden"
    ]
    assert {e.attributes["id"] for e in fields} == labels


def test_every_reference_has_its_target(page):
    """What aria and links within the page point at is there, once."""
    ids = [e.attributes["id"] for e in page.elements if "id" in e.attributes]
    assert len(ids) == len(set(ids))
    for element in page.elements:
        for name in ("aria-labelledby", "aria-describedby", "for"):
            for target in element.attributes.get(name, "").split():
                assert target in ids, (element.tag, name)


def test_every_table_is_named_and_has_heads(page):
    """A table has a caption or a heading, and its heads have a scope."""
    for table in page.all("table"):
        assert (
            "caption" in table.text
            or page.all("caption")
            or ("aria-labelledby" in table.attributes)
        )
    assert all("scope" in e.attributes for e in page.all("th"))


def test_what_scrolls_can_be_reached_by_keyboard(page):
    """A region that scrolls takes the focus and has a name."""
    for element in page.elements:
        if element.attributes.get("class") == "scroll" or element.tag == "pre":
            assert element.attributes["tabindex"] == "0"
            assert element.attributes["role"] == "region"
            assert {"aria-label", "aria-labelledby"} & set(element.attributes)


def test_has_no_inline_script_and_no_inline_style(page):
    """The policy forbids them, so that nothing typed or loaded can run."""
    for script in page.all("script"):
        assert set(script.attributes) == {"type", "src"}
        assert script.attributes["type"] == "module"
        assert script.attributes["src"].startswith("/static/")
        assert script.text == ""
    assert not page.all("style")
    for element in page.elements:
        names = set(element.attributes)
        assert "style" not in names
        assert not any(name.startswith("on") for name in names)


def test_asks_no_other_host(page):
    """All that a page loads comes from where it came from."""
    for element in page.elements:
        for name in ("src", "action", "srcset", "data"):
            assert element.attributes.get(name, "/").startswith("/")
        if element.tag == "link" and element.attributes["rel"] not in TYPED_LINKS:
            assert element.attributes["href"].startswith("/static/")
        if element.tag == "form":
            assert element.attributes["method"] == "get"


def test_sends_the_headers_of_a_closed_page(response):
    """Policy, type and referrer are fixed on every answer."""
    policy = response.headers["Content-Security-Policy"]
    assert "default-src 'self'" in policy
    assert "unsafe" not in policy
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert response.headers["Referrer-Policy"] == "same-origin"


def test_what_is_asked_is_shown_as_text(response):
    """Nothing from an address or a value becomes markup."""
    assert "<script" not in response.text.replace(OUR_SCRIPT, "")


@pytest.mark.parametrize(
    ("method", "path", "status", "allow"),
    [
        ("GET", "/nowhere", 404, None),
        ("DELETE", "/sparql", 405, "POST"),
        ("POST", "/about", 405, "GET"),
    ],
)
@pytest.mark.parametrize("kind", ["client", "browser"])
def test_errors_have_their_status_in_both_forms(
    request, kind, method, path, status, allow
):
    """A program gets a problem and a browser a page, with the same status."""
    response = request.getfixturevalue(kind).open(path, method=method)
    assert response.status_code == status
    expected = "text/html; charset=utf-8"
    if kind == "client":
        expected = "application/problem+json"
        assert response.get_json(force=True)["status"] == status
    assert response.content_type == expected
    assert response.headers["Cache-Control"] == "no-store"
    if allow:
        assert allow in response.headers["Allow"]


def test_the_style_is_served_and_loads_nothing(browser):
    """The one sheet names no other file and no other host."""
    (href,) = [
        e.attributes["href"]
        for e in Page(browser.get("/about").text).all("link")
        if e.attributes["rel"] == "stylesheet"
    ]
    with browser.get(href) as sheet:
        assert sheet.content_type == "text/css; charset=utf-8"
        assert "url(" not in sheet.text
        assert "@import" not in sheet.text


def luminance(colour):
    channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [
        c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels
    ]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one, other):
    low, high = sorted([luminance(one), luminance(other)])
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize(
    ("front", "back", "least"),
    [
        *(
            (front, back, 4.5)
            for front in ("fg", "muted", "link", "warn", "bad")
            for back in ("bg", "box", "none")
        ),
        ("button-text", "button", 4.5),
        ("mark", "bg", 3),
        ("mark", "box", 3),
        ("line", "bg", 3),
        ("button", "bg", 3),
    ],
)
def test_colours_contrast_as_wcag_asks(theme, front, back, least):
    """Text has 4.5:1 and marks 3:1 on every ground, in both themes."""
    blocks = re.findall(
        r":root \{([^}]*--fg[^}]*)\}", (STATIC / "style.css").read_text("utf-8")
    )
    tokens = dict(
        re.findall(
            r"--([a-z-]+): (#[0-9a-f]{6})", blocks[["light", "dark"].index(theme)]
        )
    )
    assert contrast(tokens[front], tokens[back]) >= least
