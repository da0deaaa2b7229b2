"""What looks at the pages sees faults that are planted, so that silence says something."""

from __future__ import annotations

from pathlib import Path

import pytest

pytestmark = pytest.mark.slow

_LOOK = (Path(__file__).parent / "look.js").read_text(encoding="utf-8")
_LONG = "unbreakable" * 40
PLANTED = {
    "faint": "<p style='color: #999; background: #fff'>pale</p>",
    "sideways": f"<p style='overflow-wrap: normal'>{_LONG}</p>",
    "cut": f"<p style='width: 9rem; overflow: hidden; white-space: nowrap'>{_LONG}</p>",
    "tiny": "<svg viewBox='0 0 900 9' width='300'><text font-size='14'>x</text></svg>",
    "small": "<button style='min-height: 0; height: 20px; padding: 0'>x</button>",
    "unfocused": "<a href='#a' style='outline: none'>no ring</a>",
    "moving": "<p style='transition: color 1s'>slow</p>",
}
ON_PAPER = {
    "unprinted": "<nav style='display: block !important'>stays</nav>",
    "unaddressed": "<p><a href='http://127.0.0.1/' id='bare'>bare</a></p>",
}


@pytest.fixture
def opened(browser, site):
    """A page on which the policy lets faults be planted."""
    context = browser.new_context(
        base_url=site, bypass_csp=True, viewport={"width": 320, "height": 800}
    )
    page = context.new_page()
    page.goto("/about")
    page.evaluate(_LOOK)
    yield page
    context.close()


def plant(page, html):
    """Put it into the content."""
    page.evaluate(
        "html => document.querySelector('main').insertAdjacentHTML('beforeend', html)",
        html,
    )


@pytest.mark.parametrize("kind", PLANTED)
def test_a_planted_fault_is_seen(opened, kind):
    """Nothing before it is planted, and it alone after."""
    assert opened.evaluate(f"look.{kind}()") == []
    plant(opened, PLANTED[kind])
    assert opened.evaluate(f"look.{kind}()")


@pytest.mark.parametrize("kind", ON_PAPER)
def test_a_fault_planted_on_paper_is_seen(opened, kind):
    """The same for what is printed."""
    opened.emulate_media(media="print")
    assert opened.evaluate(f"look.{kind}()") == []
    plant(opened, ON_PAPER[kind])
    opened.evaluate("look.restyle('#bare::after { content: none !important }')")
    assert opened.evaluate(f"look.{kind}()")


def test_what_stays_folded_on_paper_is_seen(opened):
    """Folded parts open by the style of print, and without it they are told of."""
    plant(opened, "<details><summary>more</summary><p>within</p></details>")
    opened.emulate_media(media="print")
    assert opened.evaluate("look.unprinted()") == []
    opened.evaluate(
        "look.restyle('details::details-content "
        "{ content-visibility: hidden !important }')"
    )
    assert opened.evaluate("look.unprinted()")


def test_a_bar_that_covers_the_focus_is_seen(opened):
    """2.4.11: what stands still over the page may not hide what has the focus."""
    plant(
        opened,
        "<div style='position: fixed; inset: 0; background: #fff'>over all</div>",
    )
    assert any("covered" in line for line in opened.evaluate("look.unfocused()"))
