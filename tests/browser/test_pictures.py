"""The pictures of the overview in a real browser, with its own letters."""

from __future__ import annotations

import pytest

pytestmark = pytest.mark.slow

# Words of pictures that are shown: those that cover others or leave their picture,
# those below twelve pixels, and those whose colour is that of the ground.
LOOK = """
() => {
  const found = { drawn: 0, covered: [], small: [], pale: [] };
  const ground = getComputedStyle(document.body).backgroundColor;
  for (const picture of document.querySelectorAll('svg.chart')) {
    if (!picture.getClientRects().length) continue;
    found.drawn += 1;
    const room = picture.viewBox.baseVal;
    const scale = picture.getBoundingClientRect().width / room.width;
    const words = [...picture.querySelectorAll('text')].map(
      (text) => ({ text: text.textContent, box: text.getBBox(), node: text }));
    words.forEach((one, index) => {
      const a = one.box;
      const size = parseFloat(one.node.getAttribute('font-size')) * scale;
      if (size < 12) found.small.push(`${one.text} ${size}`);
      if (getComputedStyle(one.node).fill === ground) found.pale.push(one.text);
      if (a.x < 0 || a.x + a.width > room.width) found.covered.push(one.text);
      for (const { text, box: b } of words.slice(index + 1)) {
        // A line of letters has empty rows above and below.
        if (a.x < b.x + b.width && b.x < a.x + a.width &&
            a.y + 3 < b.y + b.height && b.y + 3 < a.y + a.height) {
          found.covered.push(`${one.text} / ${text}`);
        }
      }
    });
  }
  return found;
}
"""


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("wide", [320, 719, 721, 1280])
def test_words_of_pictures_are_readable_at_every_width(new_page, wide, scheme):
    """No label covers another, none is below 12 px, none has the colour of the ground."""
    page = new_page(viewport={"width": wide, "height": 900}, color_scheme=scheme)
    page.goto("/")
    found = page.evaluate(LOOK)
    assert found == {"drawn": 2, "covered": [], "small": [], "pale": []}
    assert page.evaluate("document.documentElement.scrollWidth") <= wide


def test_a_label_put_upon_another_is_found(page):
    """The look above can fail."""
    page.goto("/")
    page.evaluate(
        """() => {
          const [one, other] = document.querySelectorAll('svg.chart text');
          one.setAttribute('x', other.getAttribute('x'));
          one.setAttribute('y', other.getAttribute('y'));
        }"""
    )
    assert page.evaluate(LOOK)["covered"]


def test_forced_colours_reach_the_pictures(new_page):
    page = new_page(viewport={"width": 1280, "height": 900}, forced_colors="active")
    page.goto("/")
    text = page.evaluate(
        "getComputedStyle(document.querySelector('svg.chart text')).fill"
    )
    assert text == page.evaluate("getComputedStyle(document.body).color")


def test_a_field_of_the_matrix_opens_without_a_script(new_page):
    page = new_page(viewport={"width": 1280, "height": 900}, java_script_enabled=False)
    page.goto("/")
    field = page.locator("#picture-emmie-matrix td details").first
    assert not field.locator("li").first.is_visible()
    field.locator("summary").click()
    assert field.locator("li").first.is_visible()
    assert field.locator("li a").first.get_attribute("href").startswith("/doc/")


def test_a_picture_opened_by_itself_breaks_no_policy(page):
    """The file has its colours without a style element, which would be refused."""
    # A browser looks for an icon beside what is no page.
    page.route("**/favicon.ico", lambda route: route.fulfill(status=204))
    page.goto("/questions/effect-by-follow-up.svg")
    fill = page.evaluate("getComputedStyle(document.querySelector('circle')).fill")
    assert fill == "rgb(11, 92, 138)"
