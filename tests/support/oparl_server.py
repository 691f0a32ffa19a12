"""An OParl server on this machine, as well-behaved or as bad as a test wants.

with serving() as site:
    site.offer(server().values())          # the objects of `support.oparl`, under the address of this server
    ran = cli("import", "oparl", site.system, "--yes", at=clone.root)
    assert site.asked[0] == "/oparl/system"
    site.replies["/oparl/list/paper"] = Reply(503, headers={"Retry-After": "1"})
"""

from __future__ import annotations

import gzip
import json
import threading
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

from .oparl import BASE

LISTS = {
    "Organization": "organization",
    "Person": "person",
    "Meeting": "meeting",
    "AgendaItem": "agendaItem",
    "Consultation": "consultation",
    "File": "file",
    "Paper": "paper",
}


@dataclass
class Reply:
    """An answer: status, body (bytes, or anything for JSON), headers; `drip` sends one byte at a time for ever."""

    status: int = 200
    body: Any = b""
    headers: Mapping[str, str] = field(default_factory=dict)
    drip: bool = False

    @property
    def data(self) -> bytes:
        return self.body if isinstance(self.body, bytes) else json.dumps(self.body).encode()


@dataclass
class Site:
    """The server. `asked` are the addresses that were asked for, `agents` by whom, in their order."""

    base: str
    size: int = 2
    """How many objects a page has."""
    asked: list[str] = field(default_factory=list)
    headers: list[Mapping[str, str]] = field(default_factory=list)
    replies: dict[str, Reply | Callable[[str], Reply]] = field(default_factory=dict)
    """What is answered at a path, in place of what the server would say."""
    closing: threading.Event = field(default_factory=threading.Event)
    _lists: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    _body: dict[str, Any] = field(default_factory=dict)

    @property
    def system(self) -> str:
        """The address to begin at."""
        return self.at("/oparl/system")

    def at(self, path: str) -> str:
        """The address of a path."""
        return self.base + path

    def offer(self, objects: Iterable[Mapping[str, Any]], base: str = BASE) -> None:
        """Serve these objects, their ids moved from `base` to this server."""
        own = json.loads(json.dumps(list(objects)).replace(base, self.at("/oparl/")))
        self._lists = {name: [] for name in LISTS.values()}
        for value in own:
            kind = value["type"].rpartition("/")[2]
            if kind == "Body":
                self._body = value
            elif kind in LISTS:
                self._lists[LISTS[kind]].append(value)

    def answer(self, address: str) -> Reply:
        """What the server says at a path with its query."""
        parts = urlsplit(address)
        special = self.replies.get(address, self.replies.get(parts.path))
        if special is not None:
            return special if isinstance(special, Reply) else special(address)
        kind = "https://schema.oparl.org/1.1/"
        if parts.path == "/oparl/system":
            bodies = self.at("/oparl/bodies")
            return Reply(body={"id": self.system, "type": f"{kind}System", "name": "Beispiel", "body": bodies})
        if parts.path == "/oparl/bodies":
            lists = {name: self.at(f"/oparl/list/{name}") for name in self._lists}
            body = {"id": self.at("/oparl/body"), "type": f"{kind}Body", "name": "Stadt Beispiel"}
            return Reply(body={"data": [{**body, **self._body, **lists}], "links": {}})
        name = parts.path.removeprefix("/oparl/list/")
        if name not in self._lists:
            return Reply(404)
        query = parse_qs(parts.query)
        since = query.get("modified_since", [""])[0]
        found = [value for value in self._lists[name] if value.get("modified", "9") >= since]
        number = int(query.get("page", ["1"])[0])
        shown = found[(number - 1) * self.size : number * self.size]
        links = {}
        if number * self.size < len(found):
            more = f"&modified_since={since}" if since else ""
            links = {"next": self.at(f"{parts.path}?page={number + 1}{more}")}
        return Reply(body={"data": shown, "pagination": {"totalElements": len(found)}, "links": links})


@contextmanager
def serving() -> Iterator[Site]:
    """A server at 127.0.0.1 that runs as long as the body does."""
    http = ThreadingHTTPServer(("127.0.0.1", 0), _Handler)
    http.daemon_threads = True
    site = Site(f"http://127.0.0.1:{http.server_port}")
    http.site = site  # type: ignore[attr-defined]
    thread = threading.Thread(target=http.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    try:
        yield site
    finally:
        site.closing.set()
        http.shutdown()
        http.server_close()


def packed(value: Any) -> Reply:
    """JSON, packed with gzip."""
    return Reply(body=gzip.compress(json.dumps(value).encode()), headers={"Content-Encoding": "gzip"})


class _Handler(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        site: Site = self.server.site  # type: ignore[attr-defined]
        site.asked.append(self.path)
        site.headers.append(dict(self.headers.items()))
        reply = site.answer(self.path)
        with suppress(OSError):
            self.send_response(reply.status)
            for name, value in reply.headers.items():
                self.send_header(name, value)
            if not reply.drip and "Content-Length" not in reply.headers:
                self.send_header("Content-Length", str(len(reply.data)))
            self.end_headers()
            self.wfile.write(reply.data)
            while reply.drip and not site.closing.wait(0.01):
                self.wfile.write(b" ")

    def log_message(self, format: str, *args: Any) -> None:
        """Say nothing."""
