"""Connections that end in time, whatever the other side does.

The timeout of a socket counts anew with every byte; a server that sends one now and then could keep us for ever.
"""

from __future__ import annotations

import http.client
import socket
import ssl
import threading
import urllib.request
from contextlib import suppress
from functools import partial
from typing import Any


class Watch:
    """Ends a connection that lasts too long, whatever it is doing: a server can send a letter at a time for ever."""

    def __init__(self, seconds: float) -> None:
        self.ended = False
        self._socket: socket.socket | None = None
        self._timer = threading.Timer(seconds, self._end)
        self._timer.daemon = True

    def __enter__(self) -> Watch:
        self._timer.start()
        return self

    def __exit__(self, *_error: object) -> None:
        self._timer.cancel()

    def look_at(self, connection: socket.socket) -> None:
        """Watch this connection."""
        self._socket = connection
        if self.ended:
            # the time was over while it was made
            self._end()

    def _end(self) -> None:
        self.ended = True
        if self._socket is not None:
            with suppress(OSError):
                # of the class below: that of TLS would take the session from under who is reading
                socket.socket.shutdown(self._socket, socket.SHUT_RDWR)


class _Connection(http.client.HTTPConnection):
    """A connection that is watched."""

    def __init__(self, *arguments: Any, watch: Watch, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self._watch = watch

    def connect(self) -> None:
        super().connect()
        self._watch.look_at(self.sock)


class _SecureConnection(http.client.HTTPSConnection):
    """The same with TLS."""

    def __init__(self, *arguments: Any, watch: Watch, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self._watch = watch

    def connect(self) -> None:
        super().connect()
        self._watch.look_at(self.sock)


class Plain(urllib.request.HTTPHandler):
    """Opens addresses with `http`."""

    def __init__(self, watch: Watch) -> None:
        super().__init__()
        self._watch = watch

    def http_open(self, req: urllib.request.Request) -> http.client.HTTPResponse:
        return self.do_open(partial(_Connection, watch=self._watch), req)


class Secure(urllib.request.HTTPSHandler):
    """Opens addresses with `https`; the certificate is verified as `context` says."""

    def __init__(self, watch: Watch, context: ssl.SSLContext) -> None:
        super().__init__(context=context)
        self._watch, self._verified = watch, context

    def https_open(self, req: urllib.request.Request) -> http.client.HTTPResponse:
        return self.do_open(partial(_SecureConnection, context=self._verified, watch=self._watch), req)
