"""A question page says its answer, and everything on it leads to the same answer."""

from __future__ import annotations

import ast
import csv
import html
import io
import os
import re
import shutil
import subprocess
import sys
from contextlib import redirect_stdout
from dataclasses import replace
from urllib.request import Request, urlopen

import pytest

import vomkg
from tests.web.conftest import BROWSER
from tests.web.live import listening
from tests.web.markup import Page
from vomkg.claims import Said
from vomkg.web import create_app
from vomkg.web.alone import OneRelease
from vomkg.web.answers import sentence
from vomkg.web.snippets import snippets
from vomkg.web.view import table

# One question as it stands, and one with a value in its blank.
ASKED = (
    "questions/effect-at-follow-up?follow_up=6",
    "questions/trail-of-a-number?number=est-r2-30-months",
)


@pytest.fixture(scope="module")
def site(kg):
    with listening(OneRelease(kg, 5.0)) as address:
        yield address


@pytest.fixture(scope="module")
def curl():
    if shutil.which("curl") is None:
        missing = "curl is not installed: apt-get install curl"
        if os.environ.get("CI"):
            pytest.fail(f"CI must have it: {missing}")
        pytest.skip(f"NOT TESTED, {missing}")

    def run(command):
        done = subprocess.run(
            ["sh", "-c", command], capture_output=True, check=True, timeout=60
        )
        return done.stdout.decode()

    return run


def read(address):
    request = Request(address, headers=BROWSER)  # noqa: S310  our own server
    with urlopen(request) as response:  # noqa: S310
        return Page(response.read().decode())


def parts(page):
    """The snippets of a page, by their ids."""
    return {
        pre.attributes["aria-labelledby"]: pre.text
        for pre in page.all("pre")
        if pre.attributes.get("class") == "snippet"
    }


def printed(code):
    """What a program prints, as the Python values that it printed."""
    out = io.StringIO()
    with redirect_stdout(out):
        exec(compile(code, "snippet", "exec"), {"__name__": "snippet"})  # noqa: S102
    return out.getvalue().splitlines()


def wanted(kg, path):
    """The answer of a page as CSV."""
    name, _, query = path.removeprefix("questions/").partition("?")
    values = dict(pair.split("=") for pair in query.split("&") if pair)
    return kg.run(name, **values)


@pytest.mark.slow
def test_every_snippet_of_every_question_gives_its_answer(site, kg, curl, monkeypatch):
    """Curl and both programs, copied from the page, give the rows of the question."""
    # The same graph, and once for all: to load it anew each time says no more.
    monkeypatch.setattr(vomkg, "load", lambda: kg)
    paths = [f"questions/{question.id}" for question in kg.questions]
    for path in [*paths, *ASKED]:
        answer = wanted(kg, path)
        found = parts(read(site + path))
        assert curl(found["by-curl"]) == answer.to_csv(), path
        rows = list(csv.DictReader(io.StringIO(answer.to_csv(), newline="")))
        over_http = [ast.literal_eval(line) for line in printed(found["by-http"])]
        assert over_http == rows, path
        assert printed(found["by-package"]) == [str(row) for row in answer], path


@pytest.mark.slow
def test_the_snippets_run_outside_of_this_process(site, kg, settings):
    """The command and the program are whole: nothing is left to import or to set."""
    found = parts(read(site + ASKED[0]))
    answer = wanted(kg, ASKED[0])
    environment = {**os.environ, "VOMKG_CACHE": str(settings.cache)}

    def run(*words):
        done = subprocess.run(
            [sys.executable, *words],
            env=environment,
            capture_output=True,
            check=True,
            timeout=120,
        )
        return done.stdout.decode()

    assert run("-c", found["by-package"]).splitlines() == [str(r) for r in answer]
    words = found["by-command"].split()
    assert words[0] == "vomkg"
    csv_text = answer.to_csv()
    assert run("-m", *words).splitlines() == csv_text.splitlines()


def test_a_snippet_keeps_a_value_one_argument(tiny, curl):
    """Nothing in a value ends its quotes, on a command line or in Python."""
    asked = tiny.questions["claims-that-say"]
    value = '\'; touch /tmp/x; echo "$(id)" `id` \\ \n %s {0}'
    by_name = {
        s.name: s.text for s in snippets(asked, {"word": value}, f"http://x/?q={value}")
    }
    said = curl(by_name["command"].replace("vomkg", "printf '%s|'", 1))
    assert said == f"run|claims-that-say|-p|word={value}|--format|csv|"
    assert curl(by_name["curl"].replace("curl", "printf '%s|'", 1)) == (
        f"-fsS|http://x/?q={value}|"
    )
    tree = ast.parse(by_name["package"])
    calls = [node for node in ast.walk(tree) if isinstance(node, ast.keyword)]
    assert [ast.literal_eval(call.value) for call in calls] == [value]
    assert value in [
        node.value
        for node in ast.walk(ast.parse(by_name["http"]))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    ] or f"http://x/?q={value}" in by_name["http"].encode().decode("unicode_escape")


def test_a_parameter_called_like_a_keyword_is_still_given(tiny):
    asked = tiny.questions["claims-that-say"]
    (text,) = [
        s.text
        for s in snippets(asked, {"from": "x"}, "http://x")
        if s.name == "package"
    ]
    ast.parse(text)
    assert "**{'from': 'x'}" in text


def test_every_answer_is_said_in_a_sentence(kg):
    """The sentence of each page is made of the rows, and of nothing else."""
    client = create_app(kg).test_client()
    for question in kg.questions:
        page = Page(client.get(f"/questions/{question.id}").text)
        (said,) = [
            " ".join(e.text.split())
            for e in page.all("p")
            if e.attributes.get("class") == "said"
        ]
        assert said.endswith((".", "None was expected.")), question.id
        numbers = set(re.findall(r"\d[\d.:%,]*\d|\d", said))
        cells = " ".join(" ".join(row) for row in page.rows())
        assert all(number in cells for number in numbers - {said.split()[0]}), said


def test_an_answer_without_rows_says_that_the_graph_holds_nothing(browser):
    page = Page(browser.get("/questions/claims-that-say?word=zebra").text)
    said = [e.text for e in page.all("p") if e.attributes.get("class") == "said"]
    assert said[0].startswith("The graph holds nothing that answers this.")


def test_without_a_sentence_the_statements_stand_for_it(tiny):
    """A question of one's own needs none, and its page says something true."""
    asked = tiny.questions["overall-effect"]
    answer = tiny.run("overall-effect")
    found = table(tiny, answer, question=asked)
    claims = [Said("x", "x", "It fell.", "Red"), Said("y", "y", "It rose.", "Blue")]
    assert sentence(asked, found, claims) == "It fell. (Red) and It rose. (Blue)"
    assert sentence(asked, found, claims * 2).endswith(", and 1 more statements.")
    assert sentence(asked, found, []) == f"The answer has {len(answer)} rows."


def test_the_permanent_address_is_beside_the_answer(site, kg):
    """It can be copied, names the release, and gives the same answer."""
    page = read(site + ASKED[0])
    (field,) = [e for e in page.all("input") if e.attributes["id"] == "permanent"]
    address = field.attributes["value"]
    assert "readonly" in field.attributes
    assert kg.release.id[:16] in address
    again = read(address)
    assert again.rows() == page.rows()
    text = " ".join(page.texts("main"))
    assert "Cite this answer" in text
    assert f"release {kg.release.id[:16]}. {address}" in text
    assert "(Months after mediation: 6)" in text


def test_the_query_of_a_page_opens_with_its_values(site, kg):
    page = read(site + ASKED[0])
    (link,) = [a for a in page.all("a") if a.text == "Open it in the query page"]
    opened = read(site + link.attributes["href"].lstrip("/"))
    ((months, form, *_),) = opened.rows()
    ((shown_months, shown_form, *_),) = page.rows()
    assert months == shown_months == "6"
    assert shown_form.startswith(form)


@pytest.mark.parametrize(
    ("type_", "kind"),
    [
        ("integer", "number"),
        ("decimal", "number"),
        ("date", "date"),
        ("string", "text"),
    ],
)
def test_a_field_fits_the_type_of_its_parameter(tiny, monkeypatch, type_, kind):
    """A browser helps with numbers and dates; what is wrong is kept, with 400."""
    asked = tiny.questions["claims-that-say"]
    (parameter,) = asked.parameters
    changed = replace(asked, parameters=(replace(parameter, type=type_),))
    monkeypatch.setitem(tiny.questions._by_id, "claims-that-say", changed)
    client = create_app(tiny).test_client()
    client.environ_base["HTTP_ACCEPT"] = BROWSER["Accept"]
    (field,) = Page(client.get("/questions/claims-that-say").text).all("input")
    assert field.attributes["type"] == kind
    if type_ != "string":
        response = client.get('/questions/claims-that-say?word="><b>no')
        assert response.status_code == 400
        (field,) = Page(response.text).all("input")
        assert field.attributes["value"] == '"><b>no'
        # A field for numbers would show nothing instead.
        assert field.attributes["type"] == "text"
        assert field.attributes["aria-invalid"] == "true"
        assert "<b>" not in response.text


def test_an_unknown_question_leads_to_the_nearest_three(browser, client):
    response = browser.get("/questions/overal-efect")
    assert response.status_code == 404
    page = Page(response.text)
    near = [
        a.attributes["href"]
        for a in page.all("a")
        if a.attributes["href"].startswith("/questions/")
    ]
    assert near[0] == "/questions/overall-effect"
    assert len(near) == 3
    assert client.get("/questions/overal-efect").get_json(force=True)["fix"]


def test_a_value_that_will_not_do_leads_to_the_nearest(kg):
    client = create_app(kg).test_client()
    client.environ_base["HTTP_ACCEPT"] = BROWSER["Accept"]
    path = "/questions/claims-by-section?section=section-modertors"
    response = client.get(path)
    assert response.status_code == 400
    near = [
        a.attributes["href"]
        for a in Page(response.text).all("a")
        if "section=" in a.attributes["href"]
    ]
    assert len(near) == 3
    assert near[0].endswith("section-moderators")
    assert client.get(near[0]).status_code == 200


def test_an_unknown_parameter_is_named_with_those_there_are(browser):
    response = browser.get("/questions/effect-at-follow-up?month=24")
    assert response.status_code == 400
    text = html.unescape(response.text)
    assert "has no parameter 'month'" in text
    assert "Its parameters: months." in text


@pytest.mark.parametrize(
    "path",
    [
        "/questions/" + "x" * 20_000,
        "/questions/effect-at-follow-up?months=" + "9" * 20_000,
        "/questions/effect-at-follow-up?" + "m" * 20_000 + "=1",
        "/questions/" + "x" * 20_000 + ".svg",
        "/questions/effect-at-follow-up.csv?months=" + "9" * 20_000,
        "/questions/effect-at-follow-up.svg?months=" + "9" * 20_000,
        "/questions/effect-at-follow-up.png?" + "m" * 20_000 + "=1",
        "/questions/effect-at-follow-up.table.csv?months=" + "9" * 20_000,
        "/questions/claims-that-say?word=" + "<b>" * 10_000,
        "/numbers/" + "x" * 20_000,
        "/ask?q=" + "why " * 20_000,
        "/ask?" + "q" * 20_000 + "=1",
    ],
)
def test_endless_input_is_refused_and_does_not_come_back(browser, path):
    """The page of what is too long is short, whatever was sent."""
    response = browser.get(path)
    assert response.status_code in {400, 404}
    assert len(response.text) < 12_000
    assert "<b>" not in response.text
    program = browser.get(path, headers={"Accept": "application/json"})
    assert program.status_code in {400, 404}
    assert len(program.text) < 2_000


def test_the_list_can_be_narrowed_by_all_that_a_question_is_called(browser, tiny):
    """Its other wordings are there for the script; without it the form asks."""
    page = Page(browser.get("/questions").text)
    held = {
        li.text.split("?")[0].strip(): li.attributes["data-words"]
        for li in page.all("li")
        if "data-words" in li.attributes
    }
    assert len(held) == len(tiny.questions)
    for question in tiny.questions:
        words = held[question.question.rstrip("?")]
        assert question.summary in words
        assert all(phrasing in words for phrasing in question.phrasings)
    (form,) = page.all("form")
    assert (form.attributes["action"], form.attributes["method"]) == ("/ask", "get")
    assert not any("hidden" in element.attributes for element in page.elements)


@pytest.mark.parametrize("prefix", ["/questions/", "/ask?q="])
def test_numbers_that_do_not_compare_cannot_be_sorted(kg, prefix):
    """A head that sorts would rank a reduction of a rate beside a ratio."""
    client = create_app(kg).test_client()
    mixed, alike = kg.questions["effect-estimates"], kg.questions["effect-by-follow-up"]
    for asked, sorts in ((mixed, False), (alike, True)):
        words = asked.id if prefix.startswith("/questions") else asked.question
        text = client.get(f"{prefix}{words}", headers={"Accept": "text/html"}).text
        assert ("Not comparable." in text) is not sorts
        assert ('class="sortable"' in text) is sorts
