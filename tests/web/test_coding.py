"""The content coding is what the client likes best of what there is."""

from __future__ import annotations

import sys
from types import ModuleType

import pytest

from vomkg.web.coding import IDENTITY, available, chosen, is_compressible


@pytest.mark.parametrize(
    ("accept", "expected"),
    [
        ("gzip", "gzip"),
        ("GZIP", "gzip"),
        ("x-gzip", "gzip"),
        ("gzip, br", "br"),
        ("br;q=0.5, gzip;q=0.6", "gzip"),
        ("br; q=0.5 , gzip; Q=0.5", "br"),
        ("*", "br"),
        ("br;q=0, *;q=0.1", "gzip"),
        ("gzip;q=0.2, identity;q=0.3", IDENTITY),
        ("gzip;q=0", IDENTITY),
        ("gzip;q=2", IDENTITY),
        ("gzip;q=much", IDENTITY),
        ("identity", IDENTITY),
        ("deflate, zstd", IDENTITY),
        ("identity;q=0", IDENTITY),
        ("", IDENTITY),
        (",;,", IDENTITY),
        ("gzip" + ", zstd" * 100, "gzip"),
    ],
)
def test_follows_the_qualities_of_the_client(accept, expected):
    """The highest quality wins, then our order; what is not named is liked least."""
    assert chosen(accept, ("br", "gzip")) == expected


@pytest.mark.parametrize(
    ("media_type", "size", "expected"),
    [
        ("text/turtle; charset=utf-8", 2000, True),
        ("application/sparql-results+json", 2000, True),
        ("application/n-triples", 2000, True),
        ("TEXT/CSV", 2000, True),
        ("text/csv", 1024, False),
        ("image/png", 2000, False),
        ("application/zip", 2000, False),
        ("", 2000, False),
    ],
)
def test_codes_text_of_some_length_only(media_type, size, expected):
    """What is short or packed already would not get smaller."""
    assert is_compressible(media_type, size) is expected


def test_gzip_gives_equal_bytes_for_equal_bodies():
    """A tag that stands for bytes needs a coding that leaves the time out."""
    compress = available()["gzip"]
    assert compress(b"a" * 2000)[4:8] == bytes(4)


def test_offers_brotli_first_where_it_is_installed(monkeypatch):
    """The package is used where it is, and is no dependency."""
    brotli = ModuleType("brotli")
    monkeypatch.setattr(
        brotli, "compress", lambda body, quality: b"br" + body, raising=False
    )
    monkeypatch.setitem(sys.modules, "brotli", brotli)
    found = available()
    assert list(found) == ["br", "gzip"]
    assert found["br"](b"a") == b"bra"


def test_does_without_brotli(monkeypatch):
    """Nothing is missing where the package is not installed."""
    monkeypatch.setitem(sys.modules, "brotli", None)
    assert list(available()) == ["gzip"]
