"""Bodies that never come keep nobody else out."""

from __future__ import annotations

import socket
from contextlib import ExitStack
from http.client import HTTPConnection

import pytest
from werkzeug.test import Client

from tests.serving.servers import SERVERS, serving
from vomkg.serving.bodies import Bodies

QUERY = {"Content-Type": "application/sparql-query"}
HALF = (
    b"POST /sparql HTTP/1.1\r\nHost: localhost\r\n"
    b"Content-Type: application/sparql-query\r\nContent-Length: 99\r\n\r\nASK"
)


def test_one_body_too_many_is_refused_and_the_next_is_not():
    """The place is free again when the request before has ended."""
    inner = []

    def app(environ, start_response):
        if environ["PATH_INFO"] == "/outer":
            inner.append(client.post("/", data="ASK {}", headers=QUERY))
            inner.append(client.get("/"))
        start_response("200 OK", [])
        return [b""]

    client = Client(Bodies(app, places=1))
    assert client.post("/outer", data="ASK {}").status_code == 200
    refused, passed = inner
    assert (refused.status_code, refused.headers["Retry-After"]) == (503, "1")
    assert refused.mimetype == "application/problem+json"
    assert passed.status_code == 200
    assert client.post("/", data="ASK {}").status_code == 200


@pytest.mark.slow
@pytest.mark.parametrize("name", SERVERS)
def test_bodies_that_never_come_stop_nobody(name, person):
    """A hundred and twenty clients that send three bytes of ninety-nine."""
    words = ("--data", str(person), "--server", name, "--workers", "1", "--queue", "1")
    with ExitStack() as stack:
        server = stack.enter_context(serving(*words, "--stop-time", "0"))
        for _ in range(120):
            place = ("127.0.0.1", server.port)
            stack.enter_context(socket.create_connection(place)).sendall(HALF)
        connection = HTTPConnection("127.0.0.1", server.port, timeout=20)
        stack.callback(connection.close)
        connection.request("GET", "/sparql?query=ASK%7B%7D")
        assert connection.getresponse().status == 200
