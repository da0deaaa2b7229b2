"""The main journeys with Tab and Enter alone."""

from __future__ import annotations

import pytest

pytestmark = pytest.mark.slow

_MOST = 400
_HERE = """() => {
  const e = document.activeElement;
  const name = e.labels?.[0]?.textContent ?? e.textContent ?? "";
  return [e.tagName.toLowerCase(), name.trim().replace(/\\s+/g, " "), e.getAttribute("href") ?? ""];
}"""


def reach(page, wanted):
    """Press Tab until the focus is on what is wanted; gives how often."""
    passed = []
    for times in range(1, _MOST):
        page.keyboard.press("Tab")
        tag, name, href = page.evaluate(_HERE)
        if wanted(tag, name, href):
            return times
        passed.append((tag, name, href))
        assert tag != "body" or times < 3, f"the page ended: {passed[-9:]}"
    raise AssertionError(passed[-9:])


def follow(page, wanted):
    """Reach a link or button, press Enter, and wait for where it leads."""
    reach(page, wanted)
    with page.expect_navigation():
        page.keyboard.press("Enter")


def link_to(path):
    """A link whose address ends so."""
    return lambda tag, _name, href: tag == "a" and href.split("?")[0].endswith(path)


def button(words):
    """A button that says so."""
    return lambda tag, name, _href: tag == "button" and name == words


def field(label):
    """A field whose label starts so."""
    return lambda tag, name, _href: (
        tag in {"input", "textarea", "select"} and name.startswith(label)
    )


def test_from_the_overview_to_the_place_of_a_number(page):
    """Overview, the question behind it, the claim, its characters in the source."""
    page.goto("/")
    follow(page, link_to("/questions/effect-by-follow-up"))
    assert "0.87" in page.locator("main").inner_text()
    follow(page, link_to("/est-r2-30-months"))
    assert page.locator("h1").inner_text() == "0.87:1 at 30 months"
    follow(page, lambda tag, _n, href: tag == "a" and "/loc-" in href)
    text = page.locator("main").inner_text()
    assert "characters" in text or "oa:start" in text


def test_ask_in_plain_words(page):
    """From the list of questions: type, Enter in the field, follow the reading."""
    page.goto("/questions")
    reach(page, field("Ask in plain words"))
    page.keyboard.type("does it still work after two years?")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert "We read this as" in page.locator("main").inner_text()
    follow(page, link_to("/questions/effect-by-follow-up"))
    assert page.locator("h1").is_visible()


def test_check_own_turtle(page):
    """Type into the field, leave it by Tab, send it, read the verdict."""
    page.goto("/check")
    reach(page, field("Turtle"))
    page.keyboard.type("id:a id:b")
    follow(page, button("Check"))
    assert "cannot be read" in page.locator("main").inner_text()


def test_query_in_sparql(page):
    """Type a query, leave the editor as its hint says, run it, read the rows."""
    page.goto("/sparql")
    page.wait_for_load_state("networkidle")
    reach(page, lambda tag, _n, _h: tag == "textarea" or editing(page))
    page.keyboard.press("Control+a")
    page.keyboard.type("SELECT (1 + 1 AS ?two) WHERE { }")
    # Escape frees the Tab key in an editor that takes it, and closes what it offers.
    page.keyboard.press("Escape")
    follow(page, button("Run"))
    page.locator("main table").first.wait_for()
    assert "2" in page.locator("main table").first.inner_text()


def editing(page):
    """Whether the focus is in an editor."""
    return page.evaluate("document.activeElement.isContentEditable")


@pytest.mark.parametrize("path", ["/", "/questions", "/sparql", "/check", "/data"])
def test_tab_leads_through_the_whole_page_and_out(page, path):
    """No control keeps the focus: the walk comes to the last one and ends."""
    page.goto(path)
    page.wait_for_load_state("networkidle")
    last = page.locator("footer a[href]").last.get_attribute("href")
    assert reach(page, lambda tag, _n, href: tag == "a" and href == last) > 5
    page.keyboard.press("Shift+Tab")
    assert page.evaluate(_HERE)[0] == "a"


def test_order_of_the_focus_is_that_of_the_page(page):
    """2.4.3: no control is reached before one that stands above it in the text."""
    page.goto("/")
    assert (
        page.locator("[tabindex]:not([tabindex='0']):not([tabindex='-1'])").count() == 0
    )
    seen = []
    for _ in range(25):
        page.keyboard.press("Tab")
        seen.append(
            page.evaluate(
                "[...document.querySelectorAll('*')].indexOf(document.activeElement)"
            )
        )
    assert seen == sorted(seen)
