"""One page from a server: over HTTP, within bounds of size and time, again where it may help.

Built on urllib, so that the proxies of the environment are used and nothing has to be loaded for it. Certificates are
always verified. Cookies and passwords are neither kept nor sent.
"""

from __future__ import annotations

import email.utils
import http.client
import io
import socket
import ssl
import time
import urllib.error
import urllib.request
import zlib
from collections.abc import Callable
from dataclasses import dataclass

from antragsbuch import __version__
from antragsbuch.i18n import _

from .address import followed, shown
from .errors import NotThere, RemoteError, Unanswered
from .watched import Plain, Secure, Watch

_REDIRECTS = (301, 302, 303, 307, 308)
_LATER = (429, 500, 502, 503, 504)
_MOST_REDIRECTS = 5
_CHUNK = 1 << 16


@dataclass(frozen=True, slots=True)
class Limits:
    """What a server may cost."""

    bytes: int = 32 << 20
    """Of one page, packed or not."""
    seconds: float = 60
    """For one page, from the connection to its end."""
    quiet: float = 20
    """Seconds in which nothing comes."""
    tries: int = 4
    pause: float = 1
    """Seconds before the second try; each further pause is twice as long."""
    longest_pause: float = 60
    """A server that asks for more is left alone."""
    pages: int = 5_000
    """Of one list."""
    total: int = 512 << 20
    """Bytes of all pages."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What a server gave: the address that answered in the end, and the bytes, unpacked."""

    address: str
    data: bytes


class Client:
    """Asks one server, one question at a time. `wait` waits so many seconds."""

    def __init__(self, limits: Limits, wait: Callable[[float], None] = time.sleep) -> None:
        self.limits = limits
        self._wait = wait
        self._context = ssl.create_default_context()

    def get(self, address: str) -> Answer:
        """The page at `address`. Raises `RemoteError`; `NotThere` for one that the server does not have."""
        pause = self.limits.pause
        for last in [False] * (self.limits.tries - 1) + [True]:
            try:
                return self._followed(address)
            except Unanswered as error:
                if last or (error.wait or 0) > self.limits.longest_pause:
                    raise
                self._wait(max(error.wait or 0, pause))
                pause *= 2
        raise AssertionError("the last try returns or raises")

    def _followed(self, address: str) -> Answer:
        current = address
        for _step in range(_MOST_REDIRECTS + 1):
            watch = Watch(self.limits.seconds)
            try:
                with watch:
                    answer = self._asked(current, watch)
                if watch.ended:
                    # what has no length of its own only looks complete
                    raise EOFError
            except (OSError, EOFError, http.client.HTTPException, zlib.error, ValueError) as error:
                raise _unanswered(current, error, self.limits, late=watch.ended) from error
            if isinstance(answer, bytes):
                return Answer(current, answer)
            current = followed(address, current, answer)
        raise RemoteError(
            _("{address} redirects again and again.").format(address=shown(address)), _("Tell whoever runs the server.")
        )

    def _asked(self, address: str, watch: Watch) -> bytes | str:
        """The data at `address`, or where it redirects to."""
        opener = urllib.request.OpenerDirector()
        for handler in (urllib.request.ProxyHandler(), Plain(watch), Secure(watch, self._context)):
            opener.add_handler(handler)
        headers = {
            "User-Agent": f"antragsbuch/{__version__} (OParl import)",
            "Accept": "application/json",
            "Accept-Encoding": "gzip",
        }
        request = urllib.request.Request(address, headers=headers)
        with opener.open(request, timeout=self.limits.quiet) as response:
            status = response.status
            if status in _REDIRECTS and response.headers["Location"]:
                return str(response.headers["Location"])
            if status == 204:
                return b"[]"
            if status != 200:
                raise _refused(address, status, response.headers["Retry-After"])
            return _body(response, address, self.limits)


def _body(response: http.client.HTTPResponse, address: str, limits: Limits) -> bytes:
    """The whole body, unpacked. What is larger than it may be is left at that point."""
    packing = (response.headers["Content-Encoding"] or "identity").strip().lower()
    if packing not in ("identity", "gzip", "x-gzip", "deflate"):
        raise RemoteError(
            _("{address} sends its pages packed as {packing}, which was not asked for.").format(
                address=shown(address), packing=packing[:40]
            ),
            _("Tell whoever runs the server."),
        )
    unpacker = None if packing == "identity" else zlib.decompressobj(zlib.MAX_WBITS | 32)
    found = io.BytesIO()
    taken = 0
    while chunk := response.read1(_CHUNK):
        taken += len(chunk)
        found.write(unpacker.decompress(chunk, limits.bytes + 1 - found.tell()) if unpacker else chunk)
        if max(taken, found.tell()) > limits.bytes:
            raise RemoteError(
                _("{address} is larger than {limit} MiB.").format(address=shown(address), limit=limits.bytes >> 20),
                _("Ask for smaller pages, for instance with ?limit=100."),
            )
    if response.length or (unpacker and not unpacker.eof):
        raise EOFError
    return found.getvalue()


def _refused(address: str, status: int, after: str | None) -> RemoteError:
    place = shown(address)
    if status in (401, 403, 407):
        return RemoteError(
            _("{address} is not public: the server refuses it (status {status}).").format(address=place, status=status),
            _("Ask whoever runs it for an address that needs no password."),
        )
    if status in (400, 404, 410):
        return NotThere(
            _("{address}: the server knows no such page (status {status}).").format(address=place, status=status),
            _("Check the address: it is that of an OParl system, a body or a list."),
        )
    if status in _LATER:
        wait = _seconds(after)
        return Unanswered(
            _("{address}: the server can't answer now (status {status}).").format(address=place, status=status),
            _("Try again later; what was fetched is kept, and the import goes on there."),
            wait,
        )
    return RemoteError(
        _("{address}: the server answers with status {status}.").format(address=place, status=status),
        _("Check the address: it is that of an OParl system, a body or a list."),
    )


def _seconds(after: str | None) -> float | None:
    """How long to wait by a `Retry-After`: seconds or a date (RFC 9110, 10.2.3)."""
    if not after:
        return None
    if after.strip().isdecimal():
        return float(after.strip()[:9])
    try:
        return max(0.0, email.utils.parsedate_to_datetime(after).timestamp() - time.time())
    except (ValueError, OverflowError):
        return None


def _unanswered(address: str, error: Exception, limits: Limits, *, late: bool) -> RemoteError:
    """The error for a connection that failed; one that will fail again is no `Unanswered`."""
    place = shown(address)
    reason = error.reason if isinstance(error, urllib.error.URLError) else error
    if late:
        return RemoteError(
            _("{address} took longer than {seconds} seconds.").format(address=place, seconds=f"{limits.seconds:g}"),
            _("Ask for smaller pages, for instance with ?limit=100, or allow more with --timeout."),
        )
    if isinstance(reason, ssl.SSLCertVerificationError):
        return RemoteError(
            _("{address}: the certificate is not valid: {reason}.").format(address=place, reason=reason.verify_message),
            _("Nothing is fetched without a valid one; tell whoever runs the server."),
        )
    if isinstance(reason, ssl.SSLError):
        return RemoteError(
            _("{address}: no secure connection: {reason}.").format(address=place, reason=reason.reason or reason),
            _("Check the address: does the server speak https?"),
        )
    if isinstance(reason, socket.gaierror):
        return RemoteError(
            _("{address}: the name of the server is not known.").format(address=place),
            _("Check the address, and whether there is a network."),
        )
    if isinstance(reason, zlib.error):
        return RemoteError(
            _("{address} can't be unpacked: the server says gzip, and it is none.").format(address=place),
            _("Tell whoever runs the server."),
        )
    if isinstance(reason, TimeoutError):
        said = _("no answer within {seconds} seconds").format(seconds=f"{limits.quiet:g}")
    elif isinstance(reason, OSError) and reason.strerror:
        said = reason.strerror
    elif isinstance(reason, OSError | EOFError | http.client.IncompleteRead | http.client.RemoteDisconnected):
        said = _("the answer was cut off")
    else:
        # what it holds is the server's, and may be anything
        said = _("this is no answer of a web server")
    return Unanswered(
        f"{place}: {said}.", _("Try again later; what was fetched is kept, and the import goes on there.")
    )
