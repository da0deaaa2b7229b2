"""Each printed number on a page of its own: six faces of it, out of one query."""

from vomkg.web.numbers.routes import blueprint

__all__ = ["blueprint"]
