"""The address that a client sees is the one that we tell."""

from __future__ import annotations

from dataclasses import replace

import pytest
from werkzeug.test import Client

from tests.web.origin import whole
from vomkg.config import Settings, load_settings
from vomkg.errors import UsageError
from vomkg.serving.address import addressed, longest_address
from vomkg.settings.kinds import is_host
from vomkg.web import create_app

DESCRIPTION = {"Accept": "application/n-triples"}
FORWARDED = {
    "X-Forwarded-Proto": "https",
    "X-Forwarded-Host": "evidence.example",
    "X-Forwarded-Prefix": "/vom",
    "X-Forwarded-For": "192.0.2.9",
}
ENDPOINT = "<http://www.w3.org/ns/sparql-service-description#endpoint>"


def endpoint(tiny, headers=None, path="/sparql", **settings):
    """The endpoint that the service description names."""
    app = addressed(create_app(tiny), replace(tiny.settings, **settings))
    response = Client(app).get(path, headers={**DESCRIPTION, **(headers or {})})
    assert response.status_code == 200, response.text
    (line,) = (line for line in response.text.splitlines() if ENDPOINT in line)
    return line.split()[2].strip("<>")


def test_nobody_is_believed_by_default(tiny):
    """A client cannot choose the address that others would be told."""
    assert endpoint(tiny, FORWARDED) == "http://localhost/sparql"


def test_trusted_proxy_says_scheme_host_and_prefix(tiny):
    """As the client sees it, not as the proxy asks us."""
    found = endpoint(tiny, FORWARDED, proxies=1)
    assert found == "https://evidence.example/vom/sparql"


def test_only_as_many_proxies_are_trusted_as_there_are(tiny):
    """What the client put before the proxy's own word is not read."""
    forged = FORWARDED | {"X-Forwarded-Host": "evil.example, evidence.example"}
    found = endpoint(tiny, forged, proxies=1)
    assert found == "https://evidence.example/vom/sparql"


@pytest.mark.parametrize("path", ["/sparql", "/vom/sparql"])
def test_public_address_is_told_everywhere(tiny, path):
    """Whether or not the proxy takes the prefix off."""
    found = endpoint(tiny, FORWARDED, path, public_url="https://data.example/vom")
    assert found == "https://data.example/vom/sparql"


def test_links_of_pages_carry_the_prefix(tiny):
    """A page behind a prefix leads to pages behind it."""
    app = addressed(create_app(tiny), replace(tiny.settings, proxies=1))
    page = Client(app).get("/questions", headers=FORWARDED).text
    assert 'href="/vom/sparql"' in page
    assert 'href="/sparql"' not in page


@pytest.mark.parametrize(
    "host",
    ["", "a b", "a/b", "user@host", "host:", "host:99999", "[::1", "é", "-x", "a\tb"],
)
def test_host_that_is_none_is_refused(host):
    """400 and a problem, instead of addresses that lead nowhere."""
    client = Client(addressed(whole(), load_settings({})))
    response = client.get("/", environ_overrides={"HTTP_HOST": host})
    assert response.status_code == 400
    assert response.content_type == "application/problem+json"
    assert response.headers["Cache-Control"] == "no-store"
    assert response.headers["Access-Control-Allow-Origin"] == "*"


@pytest.mark.parametrize(
    "host", ["localhost", "a-b.example:8077", "127.0.0.1:1", "[::1]:80", "x_y"]
)
def test_host_that_is_one_is_taken(host):
    """Names, numbers and ports."""
    assert is_host(host)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("X-Forwarded-Host", "a b"),
        ("X-Forwarded-Proto", "javascript"),
        ("X-Forwarded-Prefix", "/<script>"),
    ],
)
def test_proxy_that_passes_nonsense_is_refused(name, value):
    """Nothing that is no address comes into a page."""
    settings = replace(load_settings({}), proxies=1)
    client = Client(addressed(whole(), settings))
    assert client.get("/", headers=FORWARDED | {name: value}).status_code == 400


def test_address_that_is_too_long_is_a_problem_of_its_own():
    """414 says the limit, which follows from that of a query, and the way out."""
    settings = replace(load_settings({}), query_length=10)
    client = Client(addressed(whole(), settings))
    longest = longest_address(settings)
    assert client.get("/?" + "a" * (longest - 1)).status_code == 200
    response = client.get("/?" + "a" * longest)
    assert response.status_code == 414
    assert response.content_type == "application/problem+json"
    assert str(longest) in response.get_json()["detail"]
    assert "POST" in response.get_json()["fix"]


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("public_url", "ftp://x"),
        ("public_url", "https://x/?q"),
        ("public_url", "https://user@x/"),
        ("server", "apache"),
        ("proxies", "11"),
        ("stop_time", "-1"),
        ("log_queries", "maybe"),
    ],
)
def test_setting_that_makes_no_sense_is_refused(name, value):
    """When the server is started, with the name of the setting."""
    with pytest.raises(UsageError, match=name):
        load_settings({}, **{name: value})


def test_settings_of_serving_have_their_defaults():
    """A public address loses its last slash; stopping takes a little longer."""
    found: Settings = load_settings({"VOMKG_PUBLIC_URL": "https://x.example/vom/"})
    assert found.public_url == "https://x.example/vom"
    assert (found.server, found.proxies, found.access_log) == ("auto", 0, "")
    assert found.grace == found.time_limit + 2
    assert load_settings({"VOMKG_LOG_QUERIES": "true"}).log_queries is True
