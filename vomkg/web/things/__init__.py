"""Every IRI that we mint, answered: as a page for people, as RDF for programs."""

from __future__ import annotations

from vomkg.web.things.addresses import address_of
from vomkg.web.things.routes import blueprint

__all__ = ["address_of", "blueprint"]
