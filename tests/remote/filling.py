"""Loads for tests: files as contents, and one call that fills a server."""

from __future__ import annotations

from contextlib import closing
from dataclasses import replace

from vomkg.transfer import Load
from vomkg.transfer.addresses import Addresses
from vomkg.transfer.connection import Connection
from vomkg.transfer.contents import of_files
from vomkg.transfer.journal import open_journal
from vomkg.transfer.reading import Reader


def settings_of(server, settings, **changes):
    """The settings with the server's address and credentials."""
    return replace(
        settings,
        store=server.query,
        store_user=server.user,
        store_password=server.password,
        **changes,
    )


def load(server, contents, settings, way="auto", **options):
    """Fills the server; sizes and limits are those of the settings."""
    known = settings_of(server, settings)
    with closing(Connection(known, wait=_at_once)) as connection:
        journal = open_journal(known, server.query)
        places = Addresses(server.query, server.update, server.store)
        return Load(contents, connection, places, known, journal).run(way, **options)


def count(server, graph, settings):
    """The triples that the server holds in the graph."""
    known = settings_of(server, settings)
    with closing(Connection(known)) as connection:
        return Reader(connection, Addresses(server.query, "", "")).count(graph)


def quads(path, text):
    """The contents of a TriG text."""
    path.write_text(text, encoding="utf-8")
    return of_files([path])


def _at_once(_seconds):
    """No pause between attempts: a test does not wait."""
