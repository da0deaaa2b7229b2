"""The cache answers as the application would, sooner, and never from a part."""

from __future__ import annotations

import gzip

import pytest
from werkzeug.test import Client

from tests.web.origin import CSV, RELEASE, before, whole
from vomkg.web import create_app
from vomkg.web.cache import cached

LONG = b"value\r\n" * 1000
FORM = "application/x-www-form-urlencoded"
QUERY = "application/sparql-query"
MAY_CHANGE = "public, max-age=0, must-revalidate"
NOW = "/sparql?query=SELECT+(NOW()+AS+?x)+{}"


def test_the_same_question_is_answered_once():
    """What is asked again is not evaluated again."""
    client, origin = before(whole())
    first, second = client.get("/a?b=1"), client.get("/a?b=1")
    assert (first.data, second.data) == (b"a\r\n1\r\n",) * 2
    assert first.headers == second.headers
    assert len(origin.asked) == origin.closed == 1


@pytest.mark.parametrize(
    ("path", "options"),
    [
        ("/b", {}),
        ("/a", {"query_string": "x=1"}),
        ("/a", {"headers": {"Accept": "text/csv"}}),
        ("/a", {"base_url": "https://localhost"}),
        ("/a", {"base_url": "http://other.example"}),
        ("/a", {"headers": {"X-Forwarded-Host": "other.example"}}),
        ("/a", {"headers": {"X-Forwarded-Proto": "https"}}),
        ("/a", {"headers": {"X-Forwarded-Prefix": "/vom"}}),
        ("/a", {"headers": {"Forwarded": "host=other.example"}}),
    ],
)
def test_another_question_is_another_answer(path, options):
    """Nothing that an answer may name or depend on is left out of the key."""
    client, origin = before(whole())
    client.get("/a")
    client.get(path, **options)
    assert len(origin.asked) == 2


def test_an_answer_says_that_it_must_be_asked_for_again():
    """The next release may differ, so a keeper revalidates; type and coding vary."""
    response = before(whole(b"a", ("Vary", "accept")))[0].get("/")
    assert response.headers["Cache-Control"] == MAY_CHANGE
    assert response.headers["Vary"] == "Accept, Accept-Encoding"
    assert response.headers.getlist("Vary") == ["Accept, Accept-Encoding"]


def test_an_address_that_holds_longer_says_so_itself():
    """What names its release never changes; that word of the application stands."""
    immutable = "public, max-age=31536000, immutable"
    client = before(whole(b"a", ("Cache-Control", immutable)))[0]
    assert client.get("/").headers["Cache-Control"] == immutable


def test_a_tag_is_strong_and_names_the_release():
    """A tag begins with the release and has no W/."""
    tag = before(whole())[0].get("/").headers["ETag"]
    assert tag.startswith(f'"{RELEASE[:12]}-')
    assert tag.endswith('"')


def test_equal_bytes_of_two_types_have_two_tags():
    """A tag stands for a representation, not for its bytes alone."""
    tags = set()
    for media_type in ("text/csv", "text/tab-separated-values"):

        def respond(_environ, start, media_type=media_type):
            start("200 OK", [("Content-Type", media_type), ("Content-Length", "1")])
            return [b"a"]

        tags.add(before(respond)[0].get("/").headers["ETag"])
    assert len(tags) == 2


@pytest.mark.parametrize("form", ["{}", "W/{}", '"x", W/"y" , {}', "{},*", "*", " * "])
@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_who_has_it_gets_304(form, method):
    """Lists, weak forms and the star match; what a keeper needs stays."""
    cors = ("Access-Control-Allow-Origin", "*")
    client, origin = before(whole(b"a", cors))
    tag = client.get("/").headers["ETag"]
    response = client.open(
        "/", method=method, headers={"If-None-Match": form.format(tag)}
    )
    assert (response.status_code, response.data) == (304, b"")
    assert dict(response.headers) == {
        "ETag": tag,
        "Vary": "Accept, Accept-Encoding",
        "Cache-Control": MAY_CHANGE,
        cors[0]: cors[1],
    }
    assert len(origin.asked) == 1


@pytest.mark.parametrize("known", ['"other"', 'W/"other"', "", "nonsense"])
def test_who_has_another_gets_it_whole(known):
    """A tag of something else is no reason to send nothing."""
    response = before(whole(b"a"))[0].get("/", headers={"If-None-Match": known})
    assert (response.status_code, response.data) == (200, b"a")


def test_a_condition_is_not_passed_on():
    """The application gives all of it, whoever asks first and on what condition."""
    client, origin = before(whole())
    headers = {
        "If-None-Match": '"x"',
        "If-Modified-Since": "Fri, 01 Jan 2100 00:00:00 GMT",
        "Range": "bytes=0-1",
        "If-Range": '"x"',
        "Accept-Encoding": "gzip",
    }
    assert client.get("/", headers=headers).status_code == 200
    names = {f"HTTP_{name.upper().replace('-', '_')}" for name in headers}
    assert not names & set(origin.asked[0])


def test_no_part_can_be_asked_for():
    """Ranges are neither served nor offered."""
    client = before(whole(b"abc", ("Accept-Ranges", "bytes")))[0]
    response = client.get("/", headers={"Range": "bytes=0-0"})
    assert (response.status_code, response.data) == (200, b"abc")
    assert "Accept-Ranges" not in response.headers


@pytest.mark.parametrize("encoding", ["identity", "gzip"])
@pytest.mark.parametrize("first", ["GET", "HEAD"])
def test_head_is_get_without_a_body(encoding, first):
    """Whichever comes first, the headers are the same, the length too."""
    client, origin = before(whole(LONG))
    headers = {"Accept-Encoding": encoding}
    found = {
        method: client.open("/", method=method, headers=headers)
        for method in (first, "GET", "HEAD")
    }
    assert found["HEAD"].data == b""
    assert found["HEAD"].headers == found["GET"].headers
    assert int(found["HEAD"].headers["Content-Length"]) == len(found["GET"].data)
    assert len(origin.asked) == 1


def test_gzip_is_another_representation_of_the_same():
    """The coded body unpacks to the plain one, and has a tag of its own."""
    client, origin = before(whole(LONG))
    plain = client.get("/")
    coded = client.get("/", headers={"Accept-Encoding": "gzip"})
    assert coded.headers["Content-Encoding"] == "gzip"
    assert "Content-Encoding" not in plain.headers
    assert gzip.decompress(coded.data) == plain.data == LONG
    assert int(coded.headers["Content-Length"]) == len(coded.data) < len(LONG)
    assert coded.headers["ETag"] != plain.headers["ETag"]
    assert coded.headers["Vary"] == plain.headers["Vary"]
    assert len(origin.asked) == 1


def test_a_tag_matches_in_its_own_coding_only():
    """Who holds the plain body does not hold the coded one."""
    client, _ = before(whole(LONG))
    headers = {
        "Accept-Encoding": "gzip",
        "If-None-Match": client.get("/").headers["ETag"],
    }
    coded = client.get("/", headers=headers)
    assert coded.status_code == 200
    headers["If-None-Match"] = coded.headers["ETag"]
    assert client.get("/", headers=headers).status_code == 304


def test_a_body_is_compressed_once(monkeypatch):
    """The coded body is kept beside the plain one."""
    packed = []

    def compress(body, *_level, **_options):
        packed.append(body)
        return b"packed"

    monkeypatch.setattr("vomkg.web.coding.gzip.compress", compress)
    client, _ = before(whole(LONG))
    for _ in range(3):
        response = client.get("/", headers={"Accept-Encoding": "gzip"})
        assert response.data == b"packed"
    assert packed == [LONG]


def test_a_short_body_is_kept_as_it_is():
    """Who takes gzip still gets a short body plain, and from memory."""
    client, origin = before(whole(b"a"))
    for _ in range(2):
        response = client.get("/", headers={"Accept-Encoding": "gzip"})
        assert response.data == b"a"
        assert response.headers["Vary"] == "Accept, Accept-Encoding"
    assert len(origin.asked) == 1
    assert client.application.figures()["hits"] == 1


def parts(*given, length, headers=()):
    def respond(_environ, start):
        start("200 OK", [CSV, *headers, *length])
        return list(given)

    return respond


@pytest.mark.parametrize(
    "respond",
    [
        parts(b"ab", length=[("Content-Length", "3")]),
        parts(b"ab", b"cd", length=[("Content-Length", "3")]),
        parts(b"ab", length=[]),
        whole(b"a", ("Cache-Control", "no-store")),
        whole(b"a", ("Cache-Control", "Private")),
        whole(b"a", ("Set-Cookie", "a=b")),
        whole(b"a", ("Vary", "Accept, Cookie")),
        whole(b"a", ("Vary", "*")),
        whole(b"a", ("Content-Encoding", "gzip")),
        whole(b"a", status="206 Partial Content"),
        whole(b"a", status="303 See Other"),
        whole(b"a", status="404 Not Found"),
        whole(b"a", status="503 Service Unavailable"),
    ],
    ids=[
        *("too short", "too long", "no length", "no-store", "private", "cookie"),
        *("varies", "varies always", "coded", "206", "303", "404", "503"),
    ],
)
def test_what_may_not_be_kept_is_made_again(respond):
    """Parts, errors and what is for one reader are passed on without a tag."""
    client, origin = before(respond)
    for _ in range(2):
        response = client.get("/", headers={"If-None-Match": "*"})
        assert response.status_code != 304
        assert "ETag" not in response.headers
    assert len(origin.asked) == origin.closed == 2


@pytest.mark.parametrize("status", ["400 Bad Request", "503 Service Unavailable"])
@pytest.mark.parametrize("method", ["GET", "HEAD", "POST", "PUT"])
def test_an_error_is_never_kept_by_anyone(status, method):
    """Errors say no-store, whatever was said before, on every method."""
    client, _ = before(whole(b"a", ("Cache-Control", "max-age=9"), status=status))
    response = client.open("/sparql", method=method)
    assert response.headers.getlist("Cache-Control") == ["no-store"]


def test_an_answer_that_breaks_off_is_an_error_and_not_kept():
    """A fault in the middle of a body reaches the server; the next ask is fresh."""

    def respond(_environ, start):
        start("200 OK", [CSV, ("Content-Length", "4")])
        yield b"ab"
        if len(origin.asked) == 1:
            raise OSError
        yield b"cd"

    client, origin = before(respond)
    with pytest.raises(OSError, match=r"^$"):
        client.get("/")
    assert origin.closed == 1
    assert client.get("/").data == b"abcd"


def test_an_application_may_write_and_start_twice():
    """PEP 3333: what is written counts, and the last start does."""

    def respond(_environ, start):
        start("200 OK", [CSV])
        write = start("200 OK", [CSV, ("Content-Length", "4")], (None, None, None))
        write(b"ab")
        return [b"cd"]

    response = before(respond)[0].get("/")
    assert response.data == b"abcd"
    assert "ETag" in response.headers


@pytest.mark.parametrize(
    ("method", "body", "media_type"),
    [
        ("POST", b"query=ASK+{}", FORM),
        ("POST", b"ASK {}", QUERY),
        ("POST", b"ASK {}", "Application/SPARQL-Query; charset=utf-8"),
        ("QUERY", b"ASK {}", QUERY),
    ],
)
def test_a_query_in_a_body_is_kept_by_its_body(method, body, media_type):
    """The endpoint's other operations are answered from memory too."""

    def respond(environ, start):
        given = environ["wsgi.input"].read()
        return whole(given)(environ, start)

    client, origin = before(respond)
    for sent in (body, body, body + b" "):
        response = client.open(
            "/sparql", method=method, data=sent, content_type=media_type
        )
        assert response.data == sent
    assert len(origin.asked) == 2
    client.get("/sparql")
    assert len(origin.asked) == 3


def test_equal_bodies_of_two_types_are_two_questions():
    """What a body means depends on its type, and on how it was sent."""
    client, origin = before(whole())
    for method, media_type in (("POST", QUERY), ("POST", FORM), ("QUERY", QUERY)):
        client.open("/sparql", method=method, data=b"ASK {}", content_type=media_type)
    assert len(origin.asked) == 3


@pytest.mark.parametrize(("method", "status"), [("POST", 200), ("QUERY", 304)])
def test_a_condition_counts_where_it_means_not_modified(method, status):
    """QUERY is safe; for POST a condition would mean something else."""
    client, _ = before(whole())
    response = client.open(
        "/sparql",
        method=method,
        data=b"ASK {}",
        content_type=QUERY,
        headers={"If-None-Match": "*"},
    )
    assert response.status_code == status


@pytest.mark.parametrize(
    ("method", "path", "media_type", "body"),
    [
        ("POST", "/check", FORM, b"a=b"),
        ("POST", "/sparql", "text/turtle", b"a"),
        ("POST", "/sparql", QUERY, b"a" * (1024 * 1024 + 1)),
        ("PUT", "/sparql", QUERY, b"a"),
        ("OPTIONS", "/sparql", QUERY, b""),
    ],
)
def test_other_requests_go_past_the_cache(method, path, media_type, body):
    """What is no query reaches the application each time, its body unread."""

    def respond(environ, start):
        return whole(environ["wsgi.input"].read(len(body)))(environ, start)

    client, origin = before(respond)
    for _ in range(2):
        response = client.open(path, method=method, data=body, content_type=media_type)
        assert response.data == body
        assert "ETag" not in response.headers
    assert len(origin.asked) == 2


@pytest.mark.parametrize("length", ["", "-1", "x", "9" * 5000, "9"])
def test_a_body_of_unsure_length_goes_past_the_cache(length):
    """A body that is cut, or does not say where it ends, is not for the cache."""
    client, origin = before(whole())
    for _ in range(2):
        client.open(
            "/sparql",
            method="POST",
            data=b"ASK {}",
            content_type=QUERY,
            environ_overrides={"CONTENT_LENGTH": length},
        )
    assert len(origin.asked) == 2


@pytest.mark.parametrize(
    "ask",
    [
        lambda c: c.get(NOW),
        lambda c: c.get(NOW.replace("NOW", "%6Eow")),
        lambda c: c.get("/sparql?query=ASK+{}&query=ASK+{FILTER(RAND()>0)}"),
        lambda c: c.get("/healthz"),
        lambda c: c.get("/metrics"),
        lambda c: c.post("/sparql", data={"query": "SELECT (UUID() AS ?x) {}"}),
        lambda c: c.post(
            "/sparql", data="SELECT (struuid() AS ?x) {}", content_type=QUERY
        ),
    ],
)
def test_what_changes_by_itself_is_never_kept(ask):
    """Volatile queries and reports of the moment are made anew, and say so."""
    client, origin = before(whole(b"a", ("ETag", '"x"')))
    for _ in range(2):
        response = ask(client)
        assert response.headers.getlist("Cache-Control") == ["no-store"]
        assert "ETag" not in response.headers
    assert len(origin.asked) == 2


def test_figures_count_hits_misses_and_bytes():
    """What an operator watches agrees with what happened."""
    client, _ = before(whole(b"a" * 500))
    for path in ("/", "/", "/b"):
        client.get(path)
    figures = client.application.figures()
    assert (figures["hits"], figures["misses"], figures["replies"]) == (1, 2, 2)
    assert figures["bytes"] > 1000


def test_an_answer_of_another_release_has_another_tag():
    """Equal bytes of two releases are not taken for each other."""
    one, other = (
        Client(cached(before(whole())[1], release=release)).get("/").headers["ETag"]
        for release in ("a" * 64, "b" * 64)
    )
    assert one != other


def test_stands_before_the_front_end(tiny):
    """The whole of it: an answer, its 304 and its coded form from the real thing."""
    client = Client(cached(create_app(tiny), release=tiny.release.id))
    path = "/sparql?query=SELECT+*+{?s+?p+?o}+ORDER+BY+?s+?p+?o+LIMIT+40"
    plain = client.get(path)
    coded = client.get(path, headers={"Accept-Encoding": "gzip"})
    again = client.get(path, headers={"If-None-Match": plain.headers["ETag"]})
    assert (plain.status_code, coded.status_code, again.status_code) == (200, 200, 304)
    assert gzip.decompress(coded.data) == plain.data
    assert again.headers["Access-Control-Allow-Origin"] == "*"
