"""Classes and their members, to be looked through without a query."""

from __future__ import annotations

from vomkg.web.browse.routes import blueprint

__all__ = ["blueprint"]
