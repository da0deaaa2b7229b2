"""What holds for every kind of page: shown once, and looked at in many ways."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from tests.browser.kinds import KINDS, NAMES, shown
from tests.browser.watch import Watch

pytestmark = pytest.mark.slow

_LOOK = (Path(__file__).parent / "look.js").read_text(encoding="utf-8")
_RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
# Of all rules these alone can turn out otherwise by theme or width only.
_BY_LOOKS = ["color-contrast", "link-in-text-block", "target-size"]
_AXE = """async ([kind, values]) => {
  const found = await axe.run(document, {
    runOnly: {type: kind, values}, resultTypes: ["violations"],
    iframes: false, preload: false,
  });
  return found.violations.map(v => [v.id, v.help, v.nodes.map(n => n.html)]);
}"""
_WIDTHS = (320, 480, 768, 1024, 1280, 1600)
# WCAG 1.4.12: what a reader may set, and nothing may be lost by it.
_SPACING = """* { line-height: 1.5 !important; letter-spacing: 0.12em !important;
  word-spacing: 0.16em !important } p { margin-bottom: 2em !important }"""
_DOUBLE = "html { font-size: 200% !important }"


@pytest.fixture(scope="module", params=KINDS, ids=NAMES)
def kind(request):
    """Each kind of page in turn."""
    return request.param


@pytest.fixture(scope="module")
def loaded(kind, browser, site):
    """A page of the kind, loaded once for all tests of it, and its watch."""
    context = browser.new_context(base_url=site)
    context.set_default_timeout(60_000)
    watch = Watch(urlsplit(site).netloc, context)
    page = context.new_page()
    shown(page, kind)
    page.evaluate(_LOOK)
    yield page, watch
    context.close()


@pytest.fixture
def seen(loaded):
    """The page in its plain state: 1280 wide, light, nothing changed by a test."""
    page = loaded[0]
    page.emulate_media(
        media="screen",
        color_scheme="light",
        forced_colors="none",
        reduced_motion="no-preference",
    )
    page.set_viewport_size({"width": 1280, "height": 800})
    yield page
    page.evaluate("look.restyle('')")


def size(page, width):
    """Make the window that wide."""
    page.set_viewport_size({"width": width, "height": 800})


@pytest.mark.parametrize(
    ("width", "theme", "rules"),
    [
        (320, "light", _RULES),
        (1280, "dark", _RULES),
        (1280, "light", _BY_LOOKS),
        (320, "dark", _BY_LOOKS),
    ],
)
def test_axe_finds_no_violation(seen, modules, width, theme, rules):
    """WCAG 2.2 AA and good practice, by the rules of axe-core."""
    source = (modules / "axe-core" / "axe.min.js").read_text(encoding="utf-8")
    if not seen.evaluate("'axe' in globalThis"):
        seen.evaluate(source)
    size(seen, width)
    seen.emulate_media(color_scheme=theme)
    by = "tag" if rules is _RULES else "rule"
    assert seen.evaluate(_AXE, [by, rules]) == []


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_all_text_stands_out(seen, theme):
    """1.4.3, also for what axe leaves open because it has to be scrolled to."""
    seen.emulate_media(color_scheme=theme)
    assert seen.evaluate("look.faint()") == []


def test_nothing_is_lost_in_forced_colours(seen):
    """Text and focus stay seen with the colours of the system."""
    seen.emulate_media(forced_colors="active")
    assert seen.evaluate("look.faint()") == []
    assert seen.evaluate("look.unfocused()") == []


def test_no_width_makes_it_scroll_sideways(seen):
    """1.4.10, from 320 px to 1600."""
    for width in _WIDTHS:
        size(seen, width)
        assert seen.evaluate("look.sideways()") == [], width
        assert seen.evaluate("look.cut()") == [], width


@pytest.mark.parametrize("style", [_SPACING, _DOUBLE], ids=["spacing", "double"])
def test_the_readers_own_setting_of_text_loses_nothing(seen, style):
    """1.4.4 and 1.4.12: text of twice the size, and wider spaces."""
    seen.evaluate("text => look.restyle(text)", style)
    # Twice the size is asked of a window of 1280, which is 640 of then.
    for width in (640, 1280) if style is _DOUBLE else (320, 1280):
        size(seen, width)
        assert seen.evaluate("look.sideways()") == [], width
        assert seen.evaluate("look.cut()") == [], width


@pytest.mark.parametrize("width", [320, 1280])
def test_letters_and_controls_are_large_enough(seen, width):
    """Letters of 12 px and more, pictures among them; controls of 24 (2.5.8)."""
    size(seen, width)
    assert seen.evaluate("look.tiny()") == []
    assert seen.evaluate("look.small()") == []


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_focus_is_shown_and_not_covered(seen, theme):
    """2.4.7, 2.4.11 and 1.4.11, for each control in turn."""
    seen.emulate_media(color_scheme=theme)
    size(seen, 320)
    assert seen.evaluate("look.unfocused()") == []


def test_structure_can_be_jumped_about_in(seen):
    """One h1, no level skipped, each landmark once, and a head that tells of it."""
    found = seen.evaluate("look.structure()")
    levels = found["levels"]
    assert levels.count(1) == 1
    assert levels[0] == 1
    assert all(b - a <= 1 for a, b in pairwise(levels)), levels
    assert found["landmarks"] == [1, 1, 1, 1]
    assert all(found["ways"])
    assert len(found["ways"]) == len(set(found["ways"]))
    assert found["language"] == "en"
    assert found["schemes"] == "light dark"
    assert found["title"].endswith(" – vomkg")
    assert 20 <= len(found["description"]) <= 200


def test_skip_link_leads_past_the_frame(seen, kind):
    """The first Tab shows it, and Enter takes the focus to the content."""
    seen.evaluate("document.activeElement?.blur(); scrollTo(0, 0)")
    seen.locator("body").evaluate("e => { e.tabIndex = -1; e.focus() }")
    seen.keyboard.press("Tab")
    box = seen.locator(".skip:focus").bounding_box()
    assert box["y"] >= 0
    seen.keyboard.press("Enter")
    assert seen.evaluate("document.activeElement.id") == "main"
    seen.keyboard.press("Tab")
    beyond = "document.activeElement.closest('main, footer') !== null"
    assert seen.evaluate(beyond), kind


def test_paper_has_all_and_no_more(seen):
    """Printed: no way about the site, nothing folded, addresses of links, no overflow."""
    seen.emulate_media(media="print")
    size(seen, 720)
    assert seen.evaluate("look.unprinted()") == []
    assert seen.evaluate("look.unaddressed()") == []
    assert seen.evaluate("look.sideways()") == []
    assert seen.evaluate("look.faint()") == []


def test_nothing_moves_for_those_who_ask_for_less(seen):
    """2.3.3: no transition and no animation."""
    seen.emulate_media(reduced_motion="reduce")
    assert seen.evaluate("look.moving()") == []


def test_page_broke_no_rule_while_it_was_looked_at(loaded):
    """No error, no violation of the policy, no other host."""
    assert loaded[1].faults == []
