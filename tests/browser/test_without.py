"""Pages are whole without a script, and before one has come."""

from __future__ import annotations

import pytest

from tests.browser.kinds import KINDS, NAMES, shown

pytestmark = pytest.mark.slow

_PARTS = """() => [...document.querySelectorAll("h1, h2, h3, summary, main a[href]")]
  .filter(e => e.checkVisibility()).map(e => e.textContent.trim())"""
_STUCK = """() => [...document.querySelectorAll("main form")]
  .filter(f => !f.querySelector("button:not([type=button])")?.checkVisibility())
  .map(f => f.outerHTML.slice(0, 80))"""
# What is there for a script alone, and the query that a form sends on.
_BY_SCRIPT = "button[type=button], #editor-keys, form > textarea[name=query]"
# About what a poor telephone line gives.
_POOR = {"offline": False, "latency": 400, "downloadThroughput": 40_000}


@pytest.fixture(scope="module")
def plain(browser, site):
    """A page in a browser whose user has switched scripts off."""
    context = browser.new_context(base_url=site, java_script_enabled=False)
    context.set_default_timeout(60_000)
    yield context.new_page()
    context.close()


@pytest.mark.parametrize("kind", KINDS, ids=NAMES)
def test_every_page_is_whole_without_a_script(plain, kind):
    """It says something under its heading, and each form can be sent."""
    shown(plain, kind)
    assert plain.locator("h1").is_visible()
    assert plain.evaluate(_STUCK) == []
    words = len(plain.locator("main").inner_text().split())
    assert words >= 12, words
    # What only a script can do is not offered; all else is there.
    assert plain.locator(f"main [hidden]:not(template, {_BY_SCRIPT})").count() == 0


@pytest.mark.parametrize("path", ["/", "/questions", "/sparql", "/ask?q=violent"])
def test_a_script_takes_nothing_away(plain, page, path):
    """All headings and links that stand there without a script stand there with it."""
    plain.goto(path)
    page.goto(path)
    page.wait_for_load_state("networkidle")
    assert set(plain.evaluate(_PARTS)) <= set(page.evaluate(_PARTS))


@pytest.mark.parametrize("path", ["/", "/questions", "/sparql"])
def test_content_can_be_read_before_any_script_has_come(new_page, path):
    """The footer, which is last, is shown while each script is still under way."""
    page = new_page()
    waiting = []

    def hold(route):
        waiting.append(route)

    page.route("**/*.js", hold)
    line = page.context.new_cdp_session(page)
    line.send("Network.enable")
    line.send("Network.emulateNetworkConditions", {**_POOR, "uploadThroughput": 20_000})
    page.goto(path, wait_until="commit")
    page.locator("footer.pagefoot").wait_for()
    painted = (
        "() => performance.getEntriesByName('first-contentful-paint').length === 1"
    )
    page.wait_for_function(painted)
    assert page.locator("h1").is_visible()
    for route in waiting:
        route.continue_()
