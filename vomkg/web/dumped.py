"""The dumps, answered before the response cache and Flask are entered.

The cache keeps whole bodies in memory and knows no ranges; a dump is on disk
already, under the hash that is its tag.
"""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Final

from vomkg.web import HEADERS
from vomkg.web.data import FOLDER
from vomkg.web.files import Files
from vomkg.web.pinned import address_of, home_of
from vomkg.web.signposts import Signposts

if TYPE_CHECKING:
    from collections.abc import Iterable
    from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

    from vomkg.knowledge import KnowledgeGraph

_LOG: Final = logging.getLogger(__name__)


class Dumped:
    """A WSGI application that answers as the one behind it, dumps from the disk.

    Args:
        app: the front end.
        kg: the graph of the release whose dumps they are.
        is_cited: whether there are addresses that name the release.
        is_pinned: whether this is what answers there.
    """

    def __init__(
        self,
        app: WSGIApplication,
        kg: KnowledgeGraph,
        *,
        is_cited: bool = False,
        is_pinned: bool = False,
    ) -> None:
        self._app = app
        self._files = Files(kg.release, is_pinned=is_pinned)
        self._id = kg.release.id if is_cited else ""
        self._posts = Signposts(kg)

    def __call__(
        self, environ: WSGIEnvironment, start_response: StartResponse
    ) -> Iterable[bytes]:
        """The response to one request; see PEP 3333."""
        path: str = environ.get("PATH_INFO", "")
        if path.startswith(FOLDER) and environ["REQUEST_METHOD"] in {"GET", "HEAD"}:
            try:
                sent = self._files.reply(path[len(FOLDER) :], environ)
            except OSError as fault:
                _LOG.warning("a dump cannot be sent: %s", fault)
                sent = None
            if sent is not None:
                headers = [*sent.headers, *HEADERS.items()]
                home = home_of(environ)
                headers += [("Link", post.header) for post in self._posts.of_part(home)]
                if self._id:
                    address = address_of(environ, self._id)
                    headers.append(("Link", f'<{address}>; rel="cite-as"'))
                start_response(sent.status, headers)
                return sent.body
        return self._app(environ, start_response)


def dumped(
    current: WSGIApplication, pinned: WSGIApplication, kg: KnowledgeGraph
) -> tuple[Dumped, Dumped]:
    """What answers for a release where it is current, and where it is named."""
    return (
        Dumped(current, kg, is_cited=True),
        Dumped(pinned, kg, is_cited=True, is_pinned=True),
    )
