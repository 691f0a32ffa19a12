"""Fetching from an OParl server: the way through its lists, what is kept, what a bad server may cost."""

from __future__ import annotations

import gzip
import json
import shutil
import socket
import ssl
import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from antragsbuch.remote.errors import RemoteError, Unanswered
from antragsbuch.remote.http import Client, Limits
from antragsbuch.remote.kept import STALE, Kept
from antragsbuch.remote.oparl import Fetch
from antragsbuch_schema.exchange.oparl_remarks import Remark
from support.oparl import server, typed
from support.oparl_server import Reply, Site, packed, serving

QUICK = Limits(seconds=20, quiet=10, tries=3, pause=0, pages=20)


@pytest.fixture(autouse=True)
def directly(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever leads out of the place where the tests run: these servers are on this machine."""
    monkeypatch.setenv("no_proxy", "*")


@pytest.fixture
def site(isolated: Path) -> Iterator[Site]:
    """A server with the usual objects and five more papers."""
    with serving() as found:
        offer(found)
        yield found


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Where what was fetched is kept."""
    return tmp_path / "kept"


def offer(site: Site, **changed: Any) -> None:
    objects = server()
    objects["paper"] |= changed
    more = {
        f"paper{number}": typed(
            "Paper", f"paper/{number}", name=f"Antrag {number}", reference=f"2024/{number:04}",
            modified="2024-03-02T10:00:00+01:00",
        )
        for number in range(2, 7)
    }  # fmt: skip
    old = {"modified": "2024-03-02T10:00:00+01:00"}
    site.offer({**old, **value} for value in {**objects, **more}.values())


class Fetcher:
    """Fetches, and remembers how; `now` is its clock."""

    def __init__(self, folder: Path | None) -> None:
        self.folder = folder
        self.now = 1_800_000_000.0
        self.waited: list[float] = []
        self.remarks: list[Remark] = []

    def __call__(self, address: str, limits: Limits = QUICK, *, anew: bool = False) -> list[dict[str, Any]]:
        self.waited, self.remarks = [], []
        client = Client(limits, self.waited.append)
        kept = Kept([self.folder], address) if self.folder else None
        fetch = Fetch(address, client, kept, lambda _done, _total: None, self.remarks, anew, lambda: self.now)
        try:
            return fetch.objects()
        finally:
            if kept:
                kept.close()

    def names(self, address: str, **options: Any) -> set[str]:
        """The ids of what is fetched, without the server."""
        return {value["id"].rpartition("/oparl/")[2] for value in self(address, **options)}


@pytest.fixture
def fetched(folder: Path) -> Fetcher:
    return Fetcher(folder)


EVERY = {"system", "body", "rat", "bau", "spd", "amt", "erika", "meeting/1", *(f"paper/{n}" for n in range(1, 7))}


def refusal(fetched: Fetcher, address: str, limits: Limits = QUICK) -> str:
    with pytest.raises(RemoteError) as error:
        fetched(address, limits)
    assert "\n" not in error.value.message and error.value.remedy
    return error.value.message


# --- the way through a server


def test_everything_is_found_from_the_system(site: Site, fetched: Fetcher) -> None:
    assert fetched.names(site.system) == EVERY
    assert fetched.remarks == []
    assert len(site.asked) == len(set(site.asked))
    assert all("antragsbuch" in headers["User-Agent"] and "Cookie" not in headers for headers in site.headers)


@pytest.mark.parametrize("start", ["/oparl/bodies", "/oparl/list/paper", "/oparl/paper/1"])
def test_a_body_or_a_list_or_an_object_will_do(site: Site, fetched: Fetcher, start: str) -> None:
    site.replies["/oparl/paper/1"] = Reply(body=server()["paper"])
    expected = EVERY - {"system"} if start == "/oparl/bodies" else {f"paper/{n}" for n in range(1, 7)}
    found = {identity.removeprefix("https://oparl.example.org/") for identity in fetched.names(site.at(start))}
    assert found == ({"paper/1"} if start == "/oparl/paper/1" else expected)


def test_pages_may_be_packed_and_bodies_named_by_address(site: Site, fetched: Fetcher) -> None:
    body = site.answer("/oparl/bodies").body["data"][0]
    site.replies["/oparl/bodies"] = packed([site.at("/oparl/body")])
    site.replies["/oparl/body"] = packed(body)
    assert fetched.names(site.system) == EVERY


def test_later_only_what_was_modified_is_asked_for(site: Site, fetched: Fetcher) -> None:
    fetched(site.system)
    site.asked.clear()
    offer(site, name="Neue Bänke", modified="2027-02-02T10:00:00+01:00")
    again = fetched(site.system)
    assert {value["id"].rpartition("/oparl/")[2] for value in again} == EVERY
    assert "Neue Bänke" in [value.get("name") for value in again]
    # a day before the first fetch began, and without a plus sign
    assert "/oparl/list/paper?modified_since=2027-01-14T07:00:00-01:00" in site.asked
    assert not [asked for asked in site.asked if "page=" in asked]
    site.asked.clear()
    assert fetched.names(site.system, anew=True) == EVERY
    assert not [asked for asked in site.asked if "modified_since" in asked]


def test_what_was_deleted_comes_as_such_and_what_is_gone_goes_with_a_whole_fetch(site: Site, fetched: Fetcher) -> None:
    fetched(site.system)
    deleted = typed("Paper", "paper/2", deleted=True, modified="2027-02-02T10:00:00+01:00")
    site.offer([*server().values(), deleted])
    found = {
        value["id"].rpartition("/")[2]: value for value in fetched(site.at("/oparl/system")) if "paper/" in value["id"]
    }
    assert found["2"]["deleted"] is True and found["3"]["name"] == "Antrag 3"
    assert "paper/3" not in fetched.names(site.system, anew=True)


@pytest.mark.parametrize("status", [400, 404])
def test_servers_that_call_an_empty_list_an_error(site: Site, fetched: Fetcher, status: int) -> None:
    fetched(site.system)
    site.replies["/oparl/list/paper"] = Reply(status)
    assert fetched.names(site.system) == EVERY
    assert "knows no such page" in refusal(Fetcher(None), site.system)


def test_a_server_that_forgets_since_when_is_told_again(site: Site, fetched: Fetcher) -> None:
    fetched(site.system)
    page = {"data": [], "links": {"next": site.at("/oparl/list/paper?page=2")}}
    site.replies["/oparl/list/paper?modified_since=2027-01-14T07:00:00-01:00"] = Reply(body=page)
    site.asked.clear()
    fetched(site.system)
    assert "/oparl/list/paper?page=2&modified_since=2027-01-14T07:00:00-01:00" in site.asked


# --- interrupted


def test_a_fetch_goes_on_where_it_stopped(site: Site, fetched: Fetcher) -> None:
    site.replies["/oparl/list/paper?page=2"] = Reply(500)
    assert "can't answer now" in refusal(fetched, site.system)
    first = list(site.asked)
    site.replies.clear()
    site.asked.clear()
    assert fetched.names(site.system) == EVERY
    assert site.asked == ["/oparl/list/paper?page=2", "/oparl/list/paper?page=3"]
    assert len(first) > 5
    # complete: nothing of it is used again
    site.asked.clear()
    fetched(site.system)
    assert site.asked[0] == "/oparl/system"


def test_old_pages_are_not_used(site: Site, fetched: Fetcher) -> None:
    site.replies["/oparl/list/paper"] = Reply(500)
    refusal(fetched, site.system)
    site.replies.clear()
    site.asked.clear()
    fetched.now += STALE + 1
    assert fetched.names(site.system) == EVERY
    assert "/oparl/system" in site.asked


@pytest.mark.parametrize("damage", ["noise", "cut", "rows"])
def test_a_damaged_file_costs_only_time(site: Site, fetched: Fetcher, folder: Path, damage: str) -> None:
    import sqlite3

    fetched(site.system)
    (file,) = folder.glob("oparl-*.sqlite")
    if damage == "rows":
        with sqlite3.connect(file) as connection:
            connection.execute("UPDATE object SET data = x'00ff' WHERE id LIKE '%paper/3'")
        connection.close()
    else:
        for beside in folder.glob("*-wal"):
            beside.unlink()
        data = file.read_bytes()
        file.write_bytes(b"\x07" * len(data) if damage == "noise" else data[: len(data) // 2])
    site.asked.clear()
    assert fetched.names(site.system) == EVERY
    assert not [asked for asked in site.asked if "modified_since" in asked]


# --- servers that do not work


def test_a_server_that_is_busy_is_asked_again_a_few_times(site: Site) -> None:
    busy = [Reply(429, headers={"Retry-After": "7"}), Reply(503), Reply(body={"data": [], "links": {}})]
    site.replies["/oparl/list/paper"] = lambda _address: busy.pop(0)
    fetched = Fetcher(None)
    fetched(site.system, replace(QUICK, pause=1))
    assert fetched.waited == [7, 2]
    site.replies["/oparl/list/paper"] = Reply(503, headers={"Retry-After": "86400"})
    with pytest.raises(Unanswered):
        fetched(site.system)
    assert fetched.waited == []


@pytest.mark.parametrize(
    ("reply", "says"),
    [
        (Reply(401), "not public"),
        (Reply(403), "not public"),
        (Reply(404), "knows no such page"),
        (Reply(418), "status 418"),
        (Reply(500), "can't answer now"),
        (Reply(body=b"<!DOCTYPE html><html>"), "it is a web page"),
        (Reply(body=b'{"id": '), "no JSON"),
        (Reply(body=b"[" * 100_000), "nested deeper"),
        (Reply(body=b"[" + b"{}," * (1 << 20) + b"{}]"), "more than"),
        (Reply(body={"name": "x"}), "neither an object nor a list"),
        (Reply(body=b"x" * 2_000_000), "larger than 1 MiB"),
        (Reply(body=gzip.compress(b" " * 30_000_000), headers={"Content-Encoding": "gzip"}), "larger than 1 MiB"),
        (Reply(body=b"{}", headers={"Content-Encoding": "br"}), "packed as br"),
        (Reply(body=b"{}", headers={"Content-Encoding": "gzip"}), "can't be unpacked"),
        (Reply(body=b"{}", headers={"Content-Length": "10"}), "cut off"),
        (Reply(body=gzip.compress(b"{}" * 100)[:-9], headers={"Content-Encoding": "gzip"}), "cut off"),
        (Reply(body=b'{"id"', drip=True), "took longer"),
        (Reply(302, headers={"Location": "https://elsewhere.example.org/"}), "another server"),
        (Reply(302, headers={"Location": "http://127.0.0.1:1/"}), "another server"),
        (Reply(302, headers={"Location": "http://10.0.0.1/"}), "another server"),
        (Reply(302, headers={"Location": "file:///etc/passwd"}), "no address of a server"),
        (Reply(302, headers={"Location": "//u:secret@x/"}), "no address of a server"),
        (Reply(302, headers={"Location": "/oparl/system"}), "again and again"),
        (Reply(302, headers={"Location": "http://["}), "no address of a server"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_bad_answer_is_one_clear_message(site: Site, reply: Reply, says: str) -> None:
    site.replies["/oparl/system"] = reply
    limits = replace(QUICK, bytes=(1 << 20) if says.startswith("larger") else 32 << 20, tries=1)
    if reply.drip:
        limits = replace(limits, seconds=0.3)
    message = refusal(Fetcher(None), site.system, limits)
    assert says in message
    assert "secret" not in message


@pytest.mark.parametrize(
    ("begin", "then", "says"),
    [
        (b"", b"H", "took longer"),
        (b"HTTP/1.1 200 OK\r\n", b"X", "took longer"),
        (b"HTTP/1.1 200 OK\r\n\r\n{", b" ", "took longer"),
        (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n", b"X: y\r\n", "took longer"),
        (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n", b"", "cut off"),
        (b"HTTP/1.1 200 OK\r\n" + b"X: y\r\n" * 500, b"", "no answer of a web server"),
        (b"SSH-2.0-OpenSSH\r\n", b"", "no answer of a web server"),
        (b"", b"", "cut off"),
    ],
)
def test_what_is_no_web_server_or_never_ends(isolated: Path, begin: bytes, then: bytes, says: str) -> None:
    with raw(begin, then) as address:
        assert says in refusal(Fetcher(None), address, replace(QUICK, seconds=0.5 if then else 20, tries=1))


@pytest.mark.skipif(shutil.which("openssl") is None, reason="needs openssl")
def test_a_certificate_of_nobody_is_not_trusted(isolated: Path, tmp_path: Path) -> None:
    certificate, key = tmp_path / "certificate", tmp_path / "key"
    made = ("req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=localhost")
    named = ("-addext", "subjectAltName=DNS:localhost", "-keyout", str(key), "-out", str(certificate))
    subprocess.run(["openssl", *made, *named], check=True, capture_output=True)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    with raw(b"HTTP/1.1 200 OK\r\n\r\n[]", b"", context) as address:
        assert "certificate is not valid" in refusal(Fetcher(None), address.replace("127.0.0.1", "localhost"))


@contextmanager
def raw(begin: bytes, then: bytes, context: ssl.SSLContext | None = None) -> Iterator[str]:
    """The address of a server that says `begin`, and then `then` again and again; with TLS where there is a context."""
    closing = threading.Event()

    def answer(connection: socket.socket) -> None:
        with suppress(OSError), connection:
            plain = context.wrap_socket(connection, server_side=True) if context else connection
            plain.recv(1 << 16)
            plain.sendall(begin)
            while then and not closing.wait(0.02):
                plain.sendall(then)

    def serve() -> None:
        with suppress(OSError):
            while True:
                threading.Thread(target=answer, args=(listening.accept()[0],), daemon=True).start()

    with socket.create_server(("127.0.0.1", 0)) as listening:
        threading.Thread(target=serve, daemon=True).start()
        yield f"http{'s' if context else ''}://127.0.0.1:{listening.getsockname()[1]}/"
        closing.set()
        listening.shutdown(socket.SHUT_RDWR)


def test_a_redirect_on_the_same_server_is_followed(site: Site) -> None:
    site.replies["/oparl"] = Reply(301, headers={"Location": "/oparl/system"})
    assert Fetcher(None).names(site.at("/oparl")) == EVERY


def test_no_server_no_web_server_and_no_certificate(site: Site) -> None:
    fetched = Fetcher(None)
    assert "refused" in refusal(fetched, "http://127.0.0.1:1/", replace(QUICK, tries=1))
    assert "no secure connection" in refusal(fetched, site.system.replace("http:", "https:"))
    assert "not known" in refusal(fetched, "https://nowhere.invalid/")


@pytest.mark.parametrize(
    ("address", "says"),
    [
        ("https://erika:geheim@oparl.example.org/", "a password"),
        ("ftp://oparl.example.org/", "no address"),
        ("https://", "no address"),
        ("https://x:port/", "no address"),
    ],
)
def test_an_address_that_is_not_asked(isolated: Path, address: str, says: str) -> None:
    with pytest.raises(RemoteError, match=says) as error:
        Fetcher(None)(address)
    assert "geheim" not in error.value.message


def test_lists_without_an_end(site: Site) -> None:
    def always(address: str) -> Reply:
        number = int(address.rpartition("=")[2]) if "=" in address else 0
        value = typed("Paper", f"paper/{number}") if fresh else typed("Paper", "paper/0")
        return Reply(body={"data": [value], "links": {"next": f"/oparl/list/paper?page={number + 1}"}})

    site.replies["/oparl/list/paper"] = always
    fresh = True
    assert "more than 20 pages" in refusal(Fetcher(None), site.system)
    fresh = False
    assert "brings nothing new" in refusal(Fetcher(None), site.system, replace(QUICK, pages=1000))
    assert len(site.asked) < 120


def test_a_list_that_leads_back_to_itself_is_read_once(site: Site) -> None:
    page = {"data": [typed("Paper", "paper/1")], "links": {"next": site.at("/oparl/list/paper")}}
    site.replies["/oparl/list/paper"] = Reply(body=page)
    fetched = Fetcher(None)
    fetched(site.system)
    assert [remark.kind for remark in fetched.remarks] == ["host", "circle"]
    assert site.asked.count("/oparl/list/paper") == 1


def test_all_pages_together_have_a_limit(site: Site) -> None:
    assert "more than 0 MiB" in refusal(Fetcher(None), site.system, replace(QUICK, total=2000))


@pytest.mark.parametrize(
    "link", ["https://elsewhere.example.org/list", "file:///etc/passwd", "http://169.254.169.254/"]
)
def test_no_link_leads_to_another_server(site: Site, link: str) -> None:
    page = {"data": [], "links": {"next": link}}
    site.replies["/oparl/list/paper"] = Reply(body=page)
    assert "another server" in (said := refusal(Fetcher(None), site.system)) or "no address" in said


def test_passwords_in_addresses_are_taken_out(site: Site, fetched: Fetcher, folder: Path) -> None:
    offer(site, web="https://erika:geheim@oparl.example.org/1")
    assert "geheim" not in json.dumps(fetched(site.system))
    assert [remark.kind for remark in fetched.remarks] == ["secret"]
    assert not [file for file in folder.iterdir() if b"geheim" in file.read_bytes()]
