"""One release by itself: its permanent addresses, and no other's."""

from __future__ import annotations

import pytest
from werkzeug.test import Client

from vomkg.web.alone import OneRelease

ASK = "/sparql?query=ASK%7B%7D"


@pytest.fixture(scope="module")
def front(kg):
    return OneRelease(kg, 60.0)


@pytest.fixture
def client(front):
    return Client(front)


def test_answer_names_its_permanent_address(client, kg):
    """The link leads to the same bytes, which may be kept for good."""
    answer = client.get(ASK, headers={"Accept": "text/csv"})
    address, _, relation = answer.headers["Link"].partition(">; ")
    assert relation == 'rel="cite-as"'
    assert address == f"<http://localhost/release/{kg.release.id[:16]}{ASK}"
    pinned = client.get(address.strip("<"), headers={"Accept": "text/csv"})
    assert (pinned.status_code, pinned.data) == (200, answer.data)
    assert "immutable" in pinned.headers["Cache-Control"]


def test_permanent_address_keeps_characters_left_unencoded(client):
    """They are encoded once, as UTF-8."""
    raw = "query=SELECT('é'AS?x){}".encode().decode("latin-1")
    answer = client.get("/sparql", environ_overrides={"QUERY_STRING": raw})
    assert "SELECT('%C3%A9'AS?x)" in answer.headers["Link"]


@pytest.mark.parametrize("format_", ["json", "xml", "csv", "tsv"])
@pytest.mark.parametrize(
    "query",
    [
        "SELECT(STR(SUM(1.5e0))AS?x){}",
        "SELECT(SUM(1.5e0)AS?x){}",
        "SELECT?x{BIND(TRIPLE(<a:s>,<a:p>,1)AS?x)}ORDER BY?x",
    ],
)
def test_what_rests_on_an_order_is_not_kept_for_good(query, format_, client, kg):
    """Sums depend on the order of adding; triples as terms have no order."""
    root = f"/release/{kg.release.id[:12]}/sparql"
    answer = client.get(root, query_string={"query": query, "format": format_})
    assert answer.status_code == 200
    assert "immutable" not in answer.headers["Cache-Control"]


def test_what_changes_has_no_permanent_address(client):
    """NOW is another answer each time."""
    assert "Link" not in client.get("/sparql?query=SELECT(NOW()AS?n){}").headers


def test_page_of_a_question_stays_in_the_release(client, kg):
    """Links of a page at a permanent address stay below it."""
    root = f"/release/{kg.release.id[:12]}"
    page = client.get(f"{root}/questions", headers={"Accept": "text/html"})
    assert page.status_code == 200
    assert f'href="{root}/questions/' in page.text


@pytest.mark.parametrize("name", ["0" * 16, "x", "%2e%2e", "f" * 50_000])
def test_another_release_is_not_here(name, client, kg):
    """The error names the one that is."""
    answer = client.get(f"/release/{name}{ASK}", headers={"Accept": "*/*"})
    assert answer.status_code == 404
    assert answer.mimetype == "application/problem+json"
    assert kg.release.id[:16] in answer.text
    assert len(answer.text) < 1_000


def test_too_few_digits_are_no_name(client, kg):
    """Eleven digits may be another release's tomorrow."""
    assert client.get(f"/release/{kg.release.id[:11]}{ASK}").status_code == 404


@pytest.mark.parametrize("path", ["/release/", "/release//sparql"])
def test_no_id_is_no_release(path, client):
    """What to write instead is said."""
    answer = client.get(path, headers={"Accept": "*/*"})
    assert (answer.status_code, answer.mimetype) == (404, "application/problem+json")


def test_id_without_more_leads_to_its_front_page(client, kg):
    """With what stood behind it."""
    accept = {"Accept": "text/html"}
    answer = client.get(f"/release/{kg.release.id}?a=%20b", headers=accept)
    assert answer.status_code == 303
    assert answer.headers["Location"].endswith(f"/release/{kg.release.id}/?a=%20b")
