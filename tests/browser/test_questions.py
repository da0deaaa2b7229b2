"""The list of questions narrows while words are typed, in a real browser."""

from __future__ import annotations

import re

import pytest

pytest.importorskip("playwright.sync_api")
from playwright.sync_api import expect

pytestmark = pytest.mark.slow
COUNT = re.compile(r"^(\d+) of (\d+) questions? left\.")


def questions(page):
    """The questions that can be seen."""
    return page.locator(".questions li:visible")


def test_typing_narrows_the_list_and_tells_how_many_are_left(page):
    """The count in the live region is that of the list, and the rest is gone."""
    page.goto("/questions")
    every = questions(page).count()
    field = page.get_by_label("Ask in plain words")
    field.press_sequentially("moderator")
    status = page.locator("#left")
    expect(status).to_have_text(COUNT)
    found = COUNT.match(status.inner_text())
    assert found is not None
    left, of = map(int, found.groups())
    assert of == every
    assert 0 < left < every
    assert questions(page).count() == left
    # A heading without a question under it would be a dead end.
    for section in page.locator("[data-filter] section:visible").all():
        assert section.locator("li:visible").count() > 0
    assert status.get_attribute("role") == "status"
    field.fill("")
    expect(questions(page)).to_have_count(every)
    expect(status).to_have_text("")


def test_words_of_another_phrasing_and_accents_find_a_question(page):
    """What a question is also called finds it, in any letters."""
    page.goto("/questions")
    page.get_by_label("Ask in plain words").fill("WORTH the money")
    expect(questions(page).filter(has_text="costs and benefits")).to_have_count(1)
    page.get_by_label("Ask in plain words").fill("cóst")
    expect(questions(page).filter(has_text="costs and benefits")).to_have_count(1)


def test_words_that_fit_nothing_leave_the_way_to_ask(page):
    page.goto("/questions")
    page.get_by_label("Ask in plain words").fill("zebra")
    expect(page.locator("#left")).to_contain_text("No question holds these words.")
    expect(questions(page)).to_have_count(0)


def test_enter_asks(page):
    """The form is the same with the script as without."""
    page.goto("/questions")
    field = page.get_by_label("Ask in plain words")
    field.fill("does it still work after two years?")
    field.press("Enter")
    page.wait_for_url("**/ask?q=*")
    expect(page.get_by_text("We read this as:")).to_be_visible()


def test_what_is_typed_is_never_markup(page):
    page.goto("/questions")
    page.get_by_label("Ask in plain words").fill('<img src=x onerror="alert(1)">')
    expect(page.locator("#left")).to_contain_text("No question")
    assert page.locator("main img").count() == 0


def test_without_a_script_the_list_is_whole_and_the_form_asks(new_page):
    """Nothing speaks of narrowing where nothing narrows."""
    page = new_page(java_script_enabled=False)
    page.goto("/questions")
    field = page.get_by_label("Ask in plain words")
    every = questions(page).count()
    field.fill("moderator")
    assert questions(page).count() == every
    assert page.locator("#filter-hint").count() == 0
    field.press("Enter")
    page.wait_for_url("**/ask?q=moderator")


def test_from_a_question_to_the_place_of_its_number(page):
    """By links alone: question, answer, number, place in the source."""
    page.goto("/questions")
    page.get_by_role("link", name="How does the effect change with the time").click()
    page.get_by_role("link", name=re.compile(r"^0\.87:1.*the number in full")).click()
    page.wait_for_url("**/numbers/est-r2-30-months")
    page.get_by_role("link", name="place", exact=True).click()
    expect(page.locator(".trail")).to_contain_text("4804–4931")


@pytest.mark.parametrize("width", [320, 768, 1280])
def test_pages_of_numbers_never_scroll_sideways(new_page, width):
    page = new_page(viewport={"width": width, "height": 800})
    for path in ("/numbers", "/numbers/est-r2-30-months", "/questions"):
        page.goto(path)
        assert page.evaluate(
            "document.documentElement.scrollWidth <= document.documentElement.clientWidth"
        )


@pytest.mark.parametrize("slug", ["est-r2-30-months", "ic-narrative-separate-meetings"])
def test_labels_in_the_picture_of_a_number_do_not_touch(page, slug):
    """No word lies over another word, or over the mark of the value."""
    page.goto(f"/numbers/{slug}")
    boxes = page.evaluate(
        """[...document.querySelectorAll('.number-picture text, .number-picture circle')]
        .map(e => e.getBoundingClientRect()).map(r => [r.x, r.y, r.right, r.bottom])"""
    )
    assert len(boxes) >= 5
    for n, (left, top, right, bottom) in enumerate(boxes):
        for x, y, to_right, to_bottom in boxes[n + 1 :]:
            apart = right <= x or to_right <= left or bottom <= y or to_bottom <= top
            assert apart
