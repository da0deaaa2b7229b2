"""What a page must not do, written down while a browser shows it."""

from __future__ import annotations

from urllib.parse import urlsplit

# Said of a page that is an error on purpose, and of nothing that it loads.
_STATUS = "Failed to load resource: the server responded with a status of"
_LOCAL = {"about", "blob", "data"}


class Watch:
    """Notes the faults of all pages of a context.

    Attributes:
        faults: one line for each, in the order they came.
    """

    def __init__(self, host, context):
        self.faults = []
        self.host = host
        self.documents = set()
        context.on("request", self._asked)
        context.on("console", self._said)
        context.on("weberror", lambda fault: self._note("error", fault.error))
        context.on("requestfailed", self._failed)

    def _note(self, kind, what):
        self.faults.append(f"{kind}: {what}")

    def _asked(self, request):
        if request.is_navigation_request():
            self.documents.add(request.url)
        parts = urlsplit(request.url)
        if parts.scheme not in _LOCAL and parts.netloc != self.host:
            self._note("another host", request.url)

    def _failed(self, request):
        # A page that is left, or a file to keep, ends its requests.
        if request.failure != "net::ERR_ABORTED":
            self._note("not loaded", f"{request.url} {request.failure}")

    def _said(self, message):
        """Violations of the policy come as errors of the console."""
        if message.type != "error":
            return
        where = message.location.get("url")
        if message.text.startswith(_STATUS) and where in self.documents:
            return
        self._note("console", f"{message.text} ({where})")
