"""The release's verdict, and the check of what visitors send, as page and as data."""

from __future__ import annotations

import io
import json
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from math import ceil
from threading import Barrier

import pytest

from tests.web.conftest import BROWSER
from tests.web.markup import Page
from tests.workbench.test_submission import CLAIM, CONCEPT, PREFIXES
from vomkg.errors import LimitError
from vomkg.knowledge import KnowledgeGraph
from vomkg.web import create_app

pytestmark = pytest.mark.slow
TURTLE = {"Content-Type": "text/turtle"}


@pytest.fixture(scope="module")
def client(kg):
    return create_app(kg).test_client()


def test_the_page_says_that_the_release_conforms(client):
    response = client.get("/check", headers=BROWSER)
    assert response.status_code == 200
    page = Page(response.text)
    text = " ".join(page.all("main")[0].text.split())
    assert "It conforms to its shapes, by pyshacl" in text
    assert "needed (MUST)" in text
    assert page.all("form")[0].attributes["enctype"] == "multipart/form-data"


def test_the_verdict_is_data_too(client):
    found = client.get("/check", headers={"Accept": "application/json"}).get_json()
    assert found["checked"] is True
    assert found["conforms"] is True
    assert found["engine"].startswith("pyshacl ")
    assert client.get("/check?format=sarif").status_code == 406
    assert client.get("/check?format=none").status_code == 406


def test_the_badge_is_an_image(client, kg):
    response = client.get("/check.svg")
    assert (response.status_code, response.mimetype) == (200, "image/svg+xml")
    assert "coverage: MUST 100 %" in response.text
    bare = KnowledgeGraph(kg.settings, replace(kg.release, id=""), kg.engine)
    assert create_app(bare).test_client().get("/check.svg").status_code == 404


def test_turtle_in_the_body_gets_a_report(client):
    response = client.post("/check", data=CLAIM, headers=TURTLE)
    assert response.status_code == 200
    assert response.mimetype == "application/json"
    assert response.headers["Cache-Control"] == "no-store"
    assert response.headers["X-Robots-Tag"] == "noindex"
    found = response.get_json()
    assert not found["conforms"]
    assert {item["line"] for item in found["results"]} == {4}


@pytest.mark.parametrize(
    ("name", "accept", "kind"),
    [
        ("sarif", None, "application/sarif+json"),
        (None, "text/turtle", "text/turtle"),
        (None, "application/xml", "application/xml"),
        ("text", None, "text/plain"),
        ("html", None, "text/html"),
    ],
)
def test_the_report_comes_in_the_format_asked_for(client, name, accept, kind):
    response = client.post(
        "/check",
        query_string={"format": name} if name else {},
        data=CLAIM,
        headers={**TURTLE, **({"Accept": accept} if accept else {})},
    )
    assert (response.status_code, response.mimetype) == (200, kind)
    assert "id:c" in response.text or "id/c" in response.text


def test_a_form_with_faults_shows_them_in_words(client):
    form = {"turtle": CLAIM.replace("\n", "\r\n"), "format": "page"}
    response = client.post("/check", data=form, headers=BROWSER)
    assert response.status_code == 200
    text = " ".join(Page(response.text).all("main")[0].text.split())
    assert "It does not conform: " in text
    assert "A claim needs a place in a source" in text
    assert "pasted.ttl, line 4, column 1: add here" in text


def test_a_file_that_conforms_shows_what_it_changes(client):
    form = {"file": (io.BytesIO(CONCEPT.encode()), "new.ttl"), "format": "page"}
    response = client.post("/check", data=form, headers=BROWSER)
    text = " ".join(Page(response.text).all("main")[0].text.split())
    assert "It conforms." in text
    assert "other things changed: 1" in text


def test_broken_turtle_is_a_bad_request_with_each_place(client):
    sent = f"{PREFIXES}id:a a .\nid:c a .\n"
    response = client.post("/check", data=sent, headers=TURTLE)
    assert response.status_code == 400
    assert [item["line"] for item in response.get_json()["results"]] == [4, 5]
    form = {"turtle": sent, "format": "page"}
    page = client.post("/check", data=form, headers=BROWSER)
    assert page.status_code == 400
    assert "It cannot be read" in page.text


def test_foreign_text_is_shown_as_text(client):
    sent = (
        f'{PREFIXES}id:c a vom:MechanismClaim ; skos:prefLabel "<script>x</script>" .'
    )
    form = {"turtle": f"{sent}</textarea><script>y</script>", "format": "page"}
    for data in (form, {**form, "turtle": sent}):
        response = client.post("/check", data=data, headers=BROWSER)
        assert "<script" not in response.text


def test_foreign_text_neither_steers_nor_fills_the_page(client):
    long = "x" * 300_000
    sent = f'{PREFIXES}id:c a vom:MechanismClaim ; vom:foo "a\\u001B[31m\\u202E" ; vom:bar id:{long} .'
    file = (io.BytesIO(sent.encode()), "new.ttl")
    response = client.post(
        "/check", data={"file": file, "format": "page"}, headers=BROWSER
    )
    report = response.text.partition('id="send"')[0]
    assert "\x1b" not in report
    assert "\u202e" not in report
    assert r"\x1b[31m\u202e" in report
    assert len(report) < 200_000


@pytest.mark.parametrize(
    ("data", "headers", "status", "said"),
    [
        (b"", TURTLE, 400, "nothing to check"),
        (b"x", {"Content-Type": "text/csv"}, 400, "cannot be checked"),
        (CLAIM, {**TURTLE, "Content-Encoding": "gzip"}, 400, "ompressed data"),
        (b"PK\x03\x04 a zip", TURTLE, 400, "zip"),
        (b"\xff\xfe\x00", TURTLE, 400, "UTF-16"),
    ],
)
def test_what_cannot_be_checked_is_refused_in_words(
    client, data, headers, status, said
):
    response = client.post("/check", data=data, headers=headers)
    assert response.status_code == status
    assert said in response.text
    assert "Traceback" not in response.text


def test_too_much_is_refused_unread(client, kg):
    sent = b"#" * (kg.settings.check_bytes + 1)
    assert client.post("/check", data=sent, headers=TURTLE).status_code == 413


def test_too_much_of_unknown_length_is_refused_and_not_cut(client, kg):
    """A body in chunks names no length; what is cut off would not be judged."""
    sent = b"#" * kg.settings.check_bytes + b"\n<urn:a> <urn:b> 1 .\n"
    response = client.post(
        "/check",
        input_stream=io.BytesIO(sent),
        headers={**TURTLE, "Transfer-Encoding": "chunked"},
        environ_overrides={"wsgi.input_terminated": True},
    )
    assert response.status_code == 413


def changed(kg, **settings):
    return KnowledgeGraph(replace(kg.settings, **settings), kg.release, kg.engine)


def test_a_check_that_takes_too_long_ends(kg):
    client = create_app(changed(kg, check_time=0.05)).test_client()
    response = client.post("/check", data=CLAIM, headers=TURTLE)
    assert response.status_code == 503
    assert "not judged within" in response.get_json()["detail"]


def test_checking_can_be_switched_off(kg):
    client = create_app(changed(kg, check_bytes=0)).test_client()
    assert not Page(client.get("/check", headers=BROWSER).text).all("form")
    assert client.post("/check", data=CLAIM, headers=TURTLE).status_code == 400


def test_a_release_without_verdict_says_that_it_was_not_checked(kg, tmp_path):
    bare = KnowledgeGraph(kg.settings, replace(kg.release, path=tmp_path), kg.engine)
    client = create_app(bare).test_client()
    assert client.get("/check?format=json").get_json() == {"checked": False}
    assert "were not checked" in client.get("/check", headers=BROWSER).text


@pytest.mark.parametrize(
    ("queue", "wait", "said"),
    [(0, 7.0, "0 checks are waiting already"), (1, 0.05, "within 0.05 s")],
)
def test_as_many_run_as_may_at_a_time(kg, monkeypatch, queue, wait, said):
    """A second check while one runs waits for a while, and is then sent away."""
    from vomkg.web import check

    app = create_app(changed(kg, check_at_once=1, check_queue=queue, check_wait=wait))
    told = []

    def while_it_runs(*_):
        again = app.test_client().post("/check", data=CLAIM, headers=TURTLE)
        told.append((again.status_code, again.headers.get("Retry-After")))
        assert said in again.get_json()["detail"]
        raise LimitError("enough")

    monkeypatch.setattr(check, "judged", while_it_runs)
    app.test_client().post("/check", data=CLAIM, headers=TURTLE)
    assert told == [(503, str(ceil(wait)))]
    monkeypatch.undo()
    assert json.loads(app.test_client().get("/check?format=json").text)["checked"]


def test_two_are_judged_side_by_side(kg, monkeypatch):
    """Whoever sends what takes long does not shut the next one out."""
    from vomkg.web import check

    app = create_app(changed(kg, check_at_once=2))
    both = Barrier(2, timeout=60)

    def when_both_are_in(*_):
        both.wait()
        raise LimitError("both were in")

    monkeypatch.setattr(check, "judged", when_both_are_in)

    def send() -> str:
        return app.test_client().post("/check", data=CLAIM, headers=TURTLE).text

    with ThreadPoolExecutor(2) as threads:
        found = [threads.submit(send) for _ in range(2)]
    assert all("oth were in" in one.result() for one in found)


def test_too_many_triples_are_too_much(kg):
    client = create_app(changed(kg, check_triples=1)).test_client()
    response = client.post("/check", data=CLAIM, headers=TURTLE)
    assert response.status_code == 413
    assert response.get_json()["detail"].startswith("2 triples are more than the 1")
    page = client.post("/check", data={"turtle": CLAIM}, headers=BROWSER)
    assert page.status_code == 413


def test_each_page_says_whether_the_release_was_checked(kg):
    """With the counts of the verdict that the release carries."""
    client = create_app(kg).test_client()
    counts = client.get("/check?format=json").get_json()["counts"]
    foot = " ".join(Page(client.get("/about", headers=BROWSER).text).texts("footer"))
    assert f"{counts['violation']} violations, {counts['warning']} warnings" in foot
