"""The page of a report stands alone, and shows what strangers wrote as text."""

import re
from html.parser import HTMLParser
from itertools import pairwise

import pytest

from tests.curate.reports import ATTACK_CONTEXT, ATTACKED, CONTEXT, REPORT
from vomkg.curate.report import written
from vomkg.curate.result import Report

_VOID = {"meta", "link"}
_ALLOWED = {
    *("html", "head", "meta", "link", "title", "style", "body", "header", "main"),
    *("h1", "h2", "h3", "p", "span", "table", "caption", "thead", "tbody", "tr", "th"),
    *("td", "nav", "ul", "li", "a", "section", "article", "pre", "mark", "dl", "dt"),
    *("dd", "code"),
}


class _Page(HTMLParser):
    """Notes elements, attributes and text, and that every element is closed."""

    def __init__(self, text):
        super().__init__()
        self.open = []
        self.seen = []
        self.words = []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag, attrs):
        self.seen.append((tag, dict(attrs)))
        if tag not in _VOID:
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        self.words.append(data)


@pytest.fixture(
    params=[(REPORT, CONTEXT), (ATTACKED, ATTACK_CONTEXT), (Report(()), CONTEXT)],
    ids=["faults", "hostile", "clean"],
)
def page(request):
    return written(request.param[0], "html", request.param[1])


def test_every_element_is_known_and_closed(page):
    found = _Page(page)
    assert found.open == []
    assert {tag for tag, _ in found.seen} <= _ALLOWED


def test_nothing_comes_from_elsewhere_and_nothing_runs(page):
    found = _Page(page)
    for tag, attributes in found.seen:
        assert not any(name.startswith("on") for name in attributes)
        for name in ("href", "src"):
            assert (attributes.get(name) or "#").startswith(("#", "data:,")), tag
    assert "default-src 'none'" in page
    style = page.partition("<style>")[2].partition("</style>")[0]
    assert "url(" not in style
    assert "@import" not in style


def test_headings_go_down_step_by_step_and_links_lead_to_a_place(page):
    found = _Page(page)
    levels = [int(tag[1]) for tag, _ in found.seen if re.fullmatch("h[1-6]", tag)]
    assert levels[0] == 1
    assert all(b <= a + 1 for a, b in pairwise(levels))
    ids = {attributes.get("id") for _, attributes in found.seen}
    for _, attributes in found.seen:
        if (attributes.get("href") or "").startswith("#"):
            assert attributes["href"][1:] in ids


def test_faults_are_told_with_excerpt_and_mend():
    words = "".join(_Page(written(REPORT, "html", CONTEXT)).words)
    for part in (
        "Does not conform",
        "1 violation, 1 warning, 0 infos in 1 file",
        "violation on the claim (id:a)",
        "data/one.ttl:3:1: add here",
        "vom:reportedBy id:… ;",
        "because",
    ):
        assert part in words
    assert "Conforms" in written(Report(()), "html", CONTEXT)


def test_markup_in_data_is_text():
    text = written(ATTACKED, "html", ATTACK_CONTEXT)
    assert "<script" not in text
    assert "<script>alert('x')</script>" in "".join(_Page(text).words)
