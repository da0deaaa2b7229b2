"""The editor of the query page in a real browser, with all that can be missing."""

from __future__ import annotations

import json
import os
import re
from urllib.parse import quote

import pytest
from playwright.sync_api import expect

from tests.web.test_frame import contrast
from vomkg.web.built import editor_script

pytestmark = pytest.mark.slow

PEOPLE = """SELECT ?claim ?months WHERE {
  ?claim vom:followUpMonths ?months
}"""
COUNTS = """SELECT ?speaker (COUNT(?c) AS ?claims)
WHERE { ?c a vom:Claim ; vom:reportedBy ?speaker } GROUP BY ?speaker"""
FAULTY = "SELECT ?c\nWHERE { # a remark\n  ?c a speaker\n}"
BUILT = "**/static/built/*.js"


@pytest.fixture(autouse=True)
def built():
    """The tests need the script; without it they are skipped, and in CI they fail."""
    if editor_script() is None:
        missing = "the editor is not built: make editor"
        if os.environ.get("CI"):
            pytest.fail(f"CI must have it: {missing}")
        pytest.skip(f"NOT TESTED, {missing}")


@pytest.fixture
def faulty_page(browser, site):
    """A page that may be told of errors; it must still keep the policy and its host."""
    context = browser.new_context(base_url=site)
    faults = []

    def said(message):
        if "Security Policy" in message.text:
            faults.append(message.text)

    def requested(request):
        if not request.url.startswith(site):
            faults.append(request.url)

    context.on("console", said)
    context.on("request", requested)
    yield context.new_page()
    context.close()
    assert faults == []


def opened(page, query=None):
    """The page with its editor, with that query not yet run."""
    page.goto("/sparql")
    editor = page.locator(".cm-content")
    expect(editor).to_be_visible()
    if query is not None:
        editor.click()
        page.keyboard.press("Control+a")
        page.keyboard.insert_text(query)
        page.keyboard.press("Escape")
    return editor


def asked(page, query):
    """The page after that query was run from the keyboard."""
    opened(page, query)
    page.keyboard.press("Control+Enter")
    expect(page.locator("#answer, #fault")).to_be_visible()


def typed(page, text):
    """What is suggested, in order, after that text was typed at the end of an empty field."""
    opened(page, "")
    page.keyboard.press("Control+a")
    page.keyboard.press("Delete")
    page.keyboard.type(text)
    options = page.locator(".cm-tooltip-autocomplete li")
    expect(options.first).to_be_visible()
    return options


def test_a_query_is_coloured_and_the_field_holds_the_same_text(page):
    opened(page, 'SELECT ?x { ?x a vom:Claim ; vom:n 1 , "t" } # end')
    for name in ("keyword", "variableName", "propertyName", "number", "string"):
        expect(page.locator(f".tok-{name}").first).to_be_visible()
    expect(page.locator(".tok-comment")).to_have_text("# end")
    text = page.evaluate("document.getElementById('query-text').value")
    assert text == 'SELECT ?x { ?x a vom:Claim ; vom:n 1 , "t" } # end'


def test_a_class_is_suggested_with_its_label_and_definition(page):
    options = typed(page, "SELECT * { ?c a vom:Clai")
    expect(options.first).to_contain_text("vom:Claim")
    expect(page.locator(".cm-completionInfo")).to_contain_text("one statement that")
    # A list that has just come takes no key yet, lest a line break choose from it.
    while options.nth(1).get_attribute("aria-selected") is None:
        page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowUp")
    page.keyboard.press("Enter")
    expect(page.locator(".cm-content")).to_have_text("SELECT * { ?c a vom:Claim")


def test_properties_are_those_that_the_class_of_the_subject_has(page):
    options = typed(page, "SELECT * { ?r a vom:Review ; vom:")
    found = set(options.locator(".cm-completionLabel").all_inner_texts())
    assert found
    assert "vom:reportedForm" not in found
    options = typed(page, "SELECT * { ?e a vom:EffectEstimate ; vom:reported")
    assert (
        "vom:reportedForm" in options.locator(".cm-completionLabel").all_inner_texts()
    )


def test_values_of_a_property_come_first(page):
    options = typed(page, "SELECT * { ?c vom:reportedBy id:rev")
    expect(options.first).to_contain_text("id:review-")


def test_variables_of_the_query_are_suggested(page):
    options = typed(page, "SELECT ?moderator { ?claim ?p ?mo")
    expect(options).to_have_count(1)
    expect(options).to_contain_text("?moderator")


def test_nothing_is_suggested_within_a_text_or_a_remark(page):
    typed(page, "SELECT * { ?s ?p vom:Cl")
    page.keyboard.press("Escape")
    page.keyboard.type(' "vom:Cl')
    page.keyboard.press("Control+Space")
    expect(page.locator(".cm-tooltip-autocomplete")).to_have_count(0)


def test_prefixes_are_written_out_once(page):
    opened(page, "SELECT * { ?s a vom:Claim ; skos:prefLabel ?l } # dcat: 'id:x'")
    for told in ("2 prefix lines", "written out already"):
        page.get_by_role("button", name="Write the prefixes out").click()
        expect(page.locator("#run-status")).to_contain_text(told)
    text = page.evaluate("document.getElementById('query-text').value")
    assert text.splitlines()[:2] == [
        "PREFIX skos: <http://www.w3.org/2004/02/skos/core#>",
        "PREFIX vom: <https://w3id.org/vomkg/ontology#>",
    ]


def test_a_fault_is_marked_at_its_line_and_column_until_it_is_mended(faulty_page):
    page = faulty_page
    asked(page, FAULTY)
    mark = page.locator(".cm-lintRange-error")
    expect(mark).to_have_text("speaker")
    assert mark.evaluate("e => e.closest('.cm-line').textContent") == "  ?c a speaker"
    expect(page.locator("#fault")).to_contain_text("?speaker for a variable")
    content = page.locator(".cm-content")
    expect(content).to_have_attribute("aria-invalid", "true")
    assert "fault" in content.get_attribute("aria-describedby").split()
    content.click()
    page.keyboard.press("Control+End")
    page.keyboard.type(" ")
    expect(mark).to_have_count(0)


def test_a_fault_in_the_address_is_marked_when_the_page_opens(faulty_page):
    page = faulty_page
    page.goto(f"/sparql?query={quote(FAULTY)}")
    expect(page.locator(".cm-lintRange-error")).to_have_text("speaker")


def test_what_only_sparql_1_2_has_is_not_called_a_fault(page):
    asked(page, "SELECT (TRIPLE(?s, ?p, ?o) AS ?t) { ?s ?p ?o } LIMIT 1")
    expect(page.locator("#answer-count")).to_contain_text("1 row")
    expect(page.locator(".cm-lintRange-error")).to_have_count(0)


def test_an_answer_comes_without_reloading_and_sorts_as_numbers(page):
    opened(page)
    page.evaluate("window.stays = true")
    asked_here = page.locator(".cm-content")
    asked_here.click()
    page.keyboard.press("Control+a")
    page.keyboard.insert_text(
        "SELECT ?n { VALUES ?n { 9 10 -2 UNDEF 1.5 } } ORDER BY DESC(STR(?n))"
    )
    page.keyboard.press("Control+Enter")
    expect(page.locator("#run-status")).to_contain_text("5 rows. Took")
    assert page.evaluate("window.stays")
    cells = page.locator("tbody td")
    button = page.get_by_role("button", name="n", exact=True)
    button.focus()
    page.keyboard.press("Enter")
    assert cells.all_inner_texts()[:4] == ["-2", "1.5", "9", "10"]
    assert page.locator("thead th").get_attribute("aria-sort") == "ascending"
    page.keyboard.press("Space")
    assert cells.all_inner_texts()[:4] == ["10", "9", "1.5", "-2"]
    assert cells.nth(4).inner_text().startswith("–")


def test_counts_are_drawn_and_other_numbers_are_not(page):
    asked(page, COUNTS)
    rows = page.locator("tbody tr").all_inner_texts()
    bars = page.locator("figure.bars li").all_inner_texts()
    assert len(rows) > 2
    assert [re.split(r"\s*[\t\n]\s*", t) for t in bars] == [
        re.split(r"\s*[\t\n]\s*", t) for t in rows
    ]
    numbers = [float(text.split("\t")[1]) for text in rows]
    widths = [
        float(bar.get_attribute("width"))
        for bar in page.locator("figure.bars rect").all()
    ]
    assert widths == [round(100 * n / max(numbers), 2) for n in numbers]
    asked(page, PEOPLE)
    expect(page.locator("figure.bars")).to_have_count(0)
    expect(page.get_by_text("Not drawn: only counts are")).to_be_visible()


def test_the_address_is_that_of_the_answer_and_back_works(page):
    asked(page, "SELECT (1 AS ?first) {}")
    first = page.url
    page.locator(".cm-content").click()
    page.keyboard.press("Control+a")
    page.keyboard.insert_text("SELECT (2 AS ?second) {}")
    page.keyboard.press("Control+Enter")
    expect(page.locator("thead th")).to_contain_text("second")
    assert page.url != first
    page.go_back()
    expect(page.locator("thead th")).to_contain_text("first")
    expect(page.locator(".cm-content")).to_contain_text("?first")
    assert page.url == first
    page.goto(first)
    expect(page.locator("thead th")).to_contain_text("first")
    expect(page.locator(".cm-content")).to_contain_text("?first")


def test_an_example_fills_in_and_what_was_typed_can_be_had_back(page):
    opened(page, "ASK { ?my ?own ?query }")
    page.get_by_text("Examples by dimension").click()
    page.locator("a[data-example]").first.click()
    content = page.locator(".cm-content")
    expect(content).not_to_contain_text("?own")
    page.get_by_role("button", name="Bring back").click()
    expect(content).to_have_text("ASK { ?my ?own ?query }")
    content.click()
    page.keyboard.press("Control+z")
    expect(content).not_to_contain_text("?own")


def test_the_keyboard_gets_in_and_out(page):
    opened(page, "ASK {}")
    page.get_by_role("link", name="About", exact=True).focus()
    for _ in range(3):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.matches('.cm-content')"):
            break
    assert page.evaluate("document.activeElement.matches('.cm-content')")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Run"
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Shift+Tab")
    assert page.evaluate("document.activeElement.matches('.cm-content')")
    page.keyboard.press("Shift+Tab")
    assert not page.evaluate("document.activeElement.closest('.editor')")
    editor = page.get_by_role("textbox", name="Query")
    described = editor.get_attribute("aria-describedby").split()
    assert all(page.locator(f"#{name}").is_visible() for name in described)


def test_a_long_query_is_sent_by_post_with_its_downloads(page):
    values = " ".join(f"id:thing-number-{n}" for n in range(800))
    asked(page, f"SELECT ?x {{ VALUES ?x {{ {values} }} }}")
    expect(page.locator("#run-status")).to_contain_text("Sent by POST")
    assert page.url.endswith("/sparql")
    with page.expect_download() as download:
        page.get_by_role("button", name="text/csv").click()
    text = download.value.path().read_text("utf-8")
    assert text.count("thing-number") == 800


def test_a_query_under_way_is_cancelled(page):
    page.route("**/sparql?query=*", lambda route: None)
    opened(page, "ASK {}")
    page.keyboard.press("Control+Enter")
    page.get_by_role("button", name="Cancel").click()
    expect(page.locator("#run-status")).to_contain_text("Cancelled")
    expect(page.get_by_role("button", name="Cancel")).to_be_hidden()


def test_raw_answers_are_shown_below_the_table(page):
    asked(page, "SELECT (1 AS ?x) {}")
    page.get_by_text("As CSV").click()
    expect(page.get_by_label("The answer as CSV")).to_have_text("x\n1")


def test_works_without_script(new_page):
    page = new_page(java_script_enabled=False)
    page.goto("/sparql")
    page.get_by_label("Query").fill("SELECT (42 AS ?x) {}")
    page.get_by_role("button", name="Run", exact=True).click()
    expect(page.locator("tbody td")).to_have_text("42")
    assert page.locator("thead button").count() == 0
    page.get_by_label("Query").fill("SELECT (43 AS ?x) {}")
    page.get_by_role("button", name="too long for an address").click()
    expect(page.locator("tbody td")).to_have_text("43")


@pytest.mark.parametrize("body", [None, "throw new Error('broken')", "syntax error("])
def test_stays_a_working_field_when_the_editor_fails(faulty_page, body):
    page = faulty_page

    def answer(route):
        if body is None:
            route.fulfill(status=404)
        else:
            route.fulfill(content_type="text/javascript", body=body)

    page.route(BUILT, answer)
    page.goto("/sparql")
    field = page.get_by_label("Query", exact=True)
    field.fill("SELECT (42 AS ?x) {}")
    field.press("Control+Enter")
    expect(page.locator("tbody td")).to_have_text("42")
    page.get_by_role("button", name="Write the prefixes out").click()
    expect(page.locator("#run-status")).to_contain_text("already")


def test_stays_a_working_field_when_the_editor_fails_half_way(faulty_page):
    """What breaks while the editor is made leaves the field where it was."""
    page = faulty_page
    page.add_init_script("CSSStyleSheet.prototype.replaceSync = () => { throw 1 }")
    page.goto("/sparql")
    field = page.get_by_label("Query", exact=True)
    field.fill("SELECT (42 AS ?x) {}")
    page.get_by_role("button", name="Run").click()
    expect(page.locator("tbody td")).to_have_text("42")


def test_hostile_labels_are_shown_as_text(page):
    hostile = "<img src=x onerror=document.title='owned'>"
    term = {"iri": "urn:x", "label": hostile, "definition": hostile, "count": 1}
    found = {
        "prefixes": {"vom": "urn:"},
        "classes": [{**term, "name": "vom:Evil", "properties": {}}],
        "properties": [],
        "individuals": [],
    }
    page.route("**/terms.json", lambda route: route.fulfill(body=json.dumps(found)))
    options = typed(page, "SELECT * { ?s a vom:Ev")
    expect(options.first).to_contain_text(hostile)
    expect(page.locator(".cm-completionInfo")).to_contain_text(hostile)
    page.keyboard.press("Escape")
    asked(page, f'SELECT ("{hostile}" AS ?x) {{}}')
    expect(page.locator("tbody td")).to_have_text(hostile)
    assert page.locator("img").count() == 0
    assert "owned" not in page.title()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_colours_of_the_editor_contrast(new_page, scheme):
    page = new_page(color_scheme=scheme)
    opened(page, 'SELECT ?x { ?x a vom:Claim ; vom:n 1 , "t" , <urn:x> } # end')
    found = page.evaluate(
        """[...document.querySelectorAll('[class*=tok-], .cm-line, .cm-lineNumbers .cm-gutterElement')].map((e) => {
          let ground = e;
          while (ground && getComputedStyle(ground).backgroundColor === 'rgba(0, 0, 0, 0)') ground = ground.parentElement;
          return [e.className, getComputedStyle(e).color, getComputedStyle(ground).backgroundColor];
        })"""
    )
    assert len(found) > 8
    for name, front, back in found:
        assert contrast(as_hex(front), as_hex(back)) >= 4.5, name


def test_forced_colours_keep_caret_selection_and_choice(new_page):
    page = new_page(forced_colors="active")
    options = typed(page, "SELECT * { ?c a vom:Clai")
    chosen, other = (
        options.nth(n).evaluate("e => getComputedStyle(e).backgroundColor")
        for n in (0, 1)
    )
    assert chosen != other


def test_tables_of_questions_are_sorted_too(page):
    page.goto("/questions/effect-by-follow-up")
    cells = page.locator("tbody td.number:first-of-type, tbody td:first-child")
    before = cells.all_inner_texts()
    head = page.locator("thead th").first
    head.get_by_role("button").click()
    assert head.get_attribute("aria-sort") == "ascending"
    head.get_by_role("button").click()
    assert head.get_attribute("aria-sort") == "descending"
    assert len(before) > 1
    assert cells.all_inner_texts() != before or len(set(before)) == 1
    head.get_by_role("button").click()
    assert head.get_attribute("aria-sort") is None
    assert cells.all_inner_texts() == before


def test_works_at_the_address_of_a_release(page, kg):
    page.goto(f"/release/{kg.release.id[:12]}/sparql")
    page.locator(".cm-content").click()
    page.keyboard.press("Control+a")
    page.keyboard.insert_text("SELECT (42 AS ?x) {}")
    page.keyboard.press("Control+Enter")
    expect(page.locator("tbody td")).to_have_text("42")
    assert f"/release/{kg.release.id[:12]}/sparql?query=" in page.url


@pytest.mark.parametrize("width", [320, 768])
def test_no_page_scrolls_sideways(new_page, width):
    page = new_page(viewport={"width": width, "height": 800})
    asked(page, COUNTS + " # " + "long " * 60)
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def as_hex(colour):
    return "#" + "".join(f"{int(n):02x}" for n in re.findall(r"\d+", colour)[:3])
