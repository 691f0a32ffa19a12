"""Every object of an OParl server: from the system or a body to its lists, page after page.

The way through the server is the same each time, so a fetch that was interrupted follows it again over the pages that
it has, and goes on from there. After a complete one only what was modified since is asked for. Nothing but the server
that was named is asked, whatever its answers say.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import re
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from antragsbuch.i18n import _, language
from antragsbuch_schema.exchange import oparl_json
from antragsbuch_schema.exchange.oparl_json import Objects, OparlError, Page
from antragsbuch_schema.exchange.oparl_remarks import Remark
from antragsbuch_schema.exchange.oparl_types import type_of

from .address import followed, host_of, shown, typed, with_since
from .errors import NotThere, RemoteError
from .http import Client
from .kept import Kept, Key

LISTS = (
    "legislativeTermList",
    "organization",
    "person",
    "meeting",
    "agendaItem",
    "consultation",
    "file",
    "paper",
)
"""The lists of a body that say something about a motion."""

_OVERLAP = dt.timedelta(days=1)
"""Asked for again each time: the clocks of servers are not exact, and some stamp in local time."""
_WEST = dt.timezone(dt.timedelta(hours=-1))
"""The offset that the moments are written in: one without a plus sign, which some servers read as a blank."""
_EMPTY_PAGES = 50
"""So many pages of a list in a row without any object that was not there yet, and it has no end."""
_MOST_BODIES = 100
_SECRET = re.compile(rb'(https?:(?:\\?/){2})[^\s"/\\@?#]{1,200}@', re.IGNORECASE)

Tell = Callable[[int, int], None]
"""Takes how many objects are there, of how many as far as the server has said."""


@dataclass
class Fetch:
    """One fetch from the server at `start`. `objects` gives what there is; `remarks` grow on the way."""

    start: str
    client: Client
    kept: Kept | None
    tell: Tell
    remarks: list[Remark] = field(default_factory=list)
    anew: bool = False
    clock: Callable[[], float] = time.time

    def __post_init__(self) -> None:
        self.start = typed(self.start)
        self._own = self.start
        self._since = ""
        self._found: dict[Key, bytes] = {}
        self._bytes = 0
        self._expected = 0
        self._hosts: set[str] = set()

    def objects(self) -> Objects:
        """Every object of the server, the ones that were fetched before too. Raises `RemoteError`."""
        known: Mapping[Key, bytes] = {}
        if self.kept:
            found = self.kept.known(self.clock(), anew=self.anew)
            known, self._since = found.objects, found.since
        self._begin()
        every = {**known, **self._found}
        if self.kept:
            moment = dt.datetime.fromtimestamp(self.kept.began(self.clock()), _WEST) - _OVERLAP
            changed = {key: data for key, data in self._found.items() if known.get(key) != data}
            self.kept.finish(every, changed, moment.isoformat(timespec="seconds"))
        return [json.loads(data) for data in every.values()]

    # --- the way through the server

    def _begin(self) -> None:
        first = self._page(self.start)
        if first.is_list:
            for page in self._pages(with_since(self.start, self._since) if self._since else self.start):
                self._listed(page, "")
            return
        [value] = first.objects or [{}]
        kind, _exact = type_of(value, "")
        if kind == "System":
            self._system(value)
        elif kind == "Body":
            self._body(value)
        elif kind:
            self._take("", value)
        else:
            raise RemoteError(
                _("{address} is no OParl: it is neither an object nor a list.").format(address=shown(self.start)),
                _("Give the address of an OParl system, a body or a list."),
            )

    def _listed(self, page: Page, place: str) -> None:
        """The objects of a page; bodies are followed to their lists."""
        for value in page.objects:
            if not place and type_of(value, "")[0] == "Body":
                self._body(value)
            else:
                self._take(place, value)

    def _system(self, system: Mapping[str, Any]) -> None:
        self._take("", system)
        bodies = system.get("body")
        if isinstance(bodies, str):
            for page in self._pages(self._link(self.start, bodies)):
                self._bodies(page.objects, page.addresses)
        elif isinstance(bodies, list):
            self._bodies(
                [entry for entry in bodies if isinstance(entry, dict)],
                [entry for entry in bodies if isinstance(entry, str)],
            )

    def _bodies(self, objects: Any, addresses: Any) -> None:
        for value in objects[:_MOST_BODIES]:
            self._body(value)
        for address in addresses[:_MOST_BODIES]:
            for value in self._page(self._link(self.start, address)).objects[:1]:
                self._body(value)

    def _body(self, body: Mapping[str, Any]) -> None:
        self._take("body", body)
        spelled = {name.lower(): value for name, value in body.items()}
        for name in LISTS:
            address = spelled.get(name.lower())
            if isinstance(address, str):
                first = with_since(self._link(self.start, address), self._since)
                for page in self._pages(first):
                    self._listed(page, name)

    def _pages(self, first: str) -> Iterator[Page]:
        """The pages of a list, each once."""
        address, seen, counted, idle = first, set[str](), False, 0
        while address not in seen:
            if len(seen) >= self.client.limits.pages:
                raise RemoteError(
                    _("{address}: the list has more than {count} pages.").format(
                        address=shown(first), count=self.client.limits.pages
                    ),
                    _("If it really is that long, allow more with --max-pages."),
                )
            seen.add(address)
            before = len(self._found)
            try:
                page = self._page(address)
            except NotThere:
                if len(seen) == 1 and self._since:
                    # some servers say so when nothing was modified
                    return
                raise
            if not counted:
                counted, self._expected = True, self._expected + page.total
            yield page
            idle = idle + 1 if len(self._found) == before else 0
            if idle >= _EMPTY_PAGES:
                raise RemoteError(
                    _("{address}: the list goes on and on and brings nothing new.").format(address=shown(first)),
                    _("Tell whoever runs the server; the address of another list may work."),
                )
            if not page.following:
                return
            following = self._link(address, page.following)
            if "modified_since=" in first:
                # some servers forget it after the first page
                following = with_since(following, self._since)
            address = following
        self.remarks.append(Remark("circle", shown(first)))

    # --- one page

    def _link(self, page: str, link: str) -> str:
        return followed(self._own, page, link)

    def _page(self, address: str) -> Page:
        kept = self.kept.page(address) if self.kept else None
        data = kept
        if data is None:
            answer = self.client.get(address)
            data = answer.data
            if self._own == address:
                # it may have moved to https
                self._own = answer.address
        self._bytes += len(data)
        if self._bytes > self.client.limits.total:
            raise RemoteError(
                _("{address}: the server has more than {limit} MiB.").format(
                    address=shown(self.start), limit=self.client.limits.total >> 20
                ),
                _("Import one of its bodies, or one list after the other."),
            )
        if _SECRET.search(data):
            self.remarks.append(Remark("secret", shown(address)))
            data = _SECRET.sub(rb"\1", data)
        page = self._read(address, data)
        if self.kept and kept is None:
            # only what could be read: what could not is asked for again
            self.kept.put(address, data, self.clock())
        return page

    def _read(self, address: str, data: bytes) -> Page:
        try:
            return oparl_json.page(data, shown(address), self.remarks)
        except OparlError as error:
            reason = error.message(language())
            if data.lstrip()[:1] == b"<":
                reason = _("it is a web page")
            raise RemoteError(
                _("{address} is no OParl: {reason}.").format(address=shown(address), reason=reason),
                _("Give the address of an OParl system, a body or a list."),
            ) from error

    def _take(self, place: str, value: Mapping[str, Any]) -> None:
        data = json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogatepass")
        identity = value.get("id")
        if isinstance(identity, str) and identity:
            host = host_of(identity)
            if host and host != host_of(self._own) and host not in self._hosts:
                self._hosts.add(host)
                self.remarks.append(Remark("host", identity))
        else:
            identity = hashlib.sha256(data).hexdigest()
        # again and newer
        self._found.pop((place, identity), None)
        self._found[place, identity] = data
        self.tell(len(self._found), self._expected if self._expected >= len(self._found) else 0)
