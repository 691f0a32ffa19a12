"""Addresses on the web: which are asked, and how they are shown. Pure.

A server may name any address. Only its own are asked, so that no answer leads into another network, and none is
shown with what could be a secret in it.
"""

from __future__ import annotations

import re
from urllib.parse import SplitResult, parse_qsl, quote, urljoin, urlsplit, urlunsplit

from antragsbuch.i18n import _

from .errors import RemoteError

_PORTS = {"http": 80, "https": 443}
_PATH = "/%:@!$&'*+(),;=~-._"
_QUERY = _PATH + "?[]"
_HARMLESS = frozenset(
    {"page", "limit", "offset", "omit_internal", "body"}
    | {f"{what}_{when}" for what in ("created", "modified") for when in ("since", "until")}
)
"""What a query may say without being a secret: the paging and the filters of OParl."""
_LONGEST = 8_000


def typed(text: str) -> str:
    """The address that a person gave, as it is asked. Raises `RemoteError`."""
    parts = _split(text.strip())
    if parts is None or parts.scheme not in _PORTS or not parts.hostname:
        raise RemoteError(
            _("{address} is no address of a server.").format(address=shown(text)),
            _("Give one that begins with https://"),
        )
    if parts.username is not None or parts.password is not None:
        raise RemoteError(
            _("{address}: an address with a name or a password in it is not asked.").format(address=shown(text)),
            _("Give it without; OParl needs none."),
        )
    return _joined(parts, parts.scheme)


def followed(own: str, base: str, link: str) -> str:
    """The address that `link` on the page `base` means, for a server that was asked as `own`.

    Never from `https` back to `http`. Raises `RemoteError` where it is no address, or one of another server.
    """
    origin = urlsplit(own)
    parts = _split(link, base) if len(link) <= _LONGEST else None
    if parts is None or parts.scheme not in _PORTS or not parts.hostname or parts.username or parts.password:
        raise RemoteError(
            _("{page} names something that is no address of a server: {address}").format(
                page=shown(base), address=shown(link[:200])
            ),
            _("Tell whoever runs it."),
        )
    same_host = parts.hostname == origin.hostname
    scheme = "https" if same_host and origin.scheme == "https" else parts.scheme
    same_port = _port(parts, parts.scheme) == _port(origin, origin.scheme)
    upgraded = _port(parts, scheme) == _PORTS["https"] if scheme == "https" else False
    if not same_host or not (upgraded or (same_port and scheme == origin.scheme)):
        raise RemoteError(
            _("{page} leads to another server: {address}").format(page=shown(base), address=shown(urlunsplit(parts))),
            _("Only the server that was named is asked; if that is right, give its address."),
        )
    return _joined(parts, scheme)


def shown(address: str) -> str:
    """An address for a person or a commit message: without name and password, and without what may be a secret."""
    parts = _split(address)
    if parts is None or not parts.hostname:
        return re.sub(r"//[^/@\s]*@", "//", address)
    host = f"[{parts.hostname}]" if ":" in parts.hostname else parts.hostname
    port = f":{_port(parts, parts.scheme)}" if _port(parts, parts.scheme) != _PORTS.get(parts.scheme) else ""
    query = parts.query
    if any(key not in _HARMLESS for key, _value in parse_qsl(query, keep_blank_values=True)):
        query = "..."
    return urlunsplit((parts.scheme, host + port, parts.path, query, ""))


def with_since(address: str, since: str) -> str:
    """The address of a list, asked only for what was modified since that moment; as it is where it says so already."""
    parts = urlsplit(address)
    if not since or "modified_since=" in parts.query:
        return address
    # one server can't read colons that are encoded as the standard says
    query = "&".join(filter(None, (parts.query, f"modified_since={quote(since, safe=':-')}")))
    return urlunsplit(parts._replace(query=query))


def host_of(identity: str) -> str:
    """The host of an id that is an address, "" of any other."""
    parts = _split(identity)
    return (parts.hostname or "") if parts else ""


def _split(text: str, base: str = "") -> SplitResult | None:
    """The parts of an address, None where it is none."""
    try:
        parts = urlsplit(urljoin(base, text))
        (parts.hostname or "").encode("idna")
        # a port that is no number only shows when it is asked for
        return parts if parts.port is None or parts.port else None
    except ValueError:
        return None


def _port(parts: SplitResult, scheme: str) -> int | None:
    if parts.port is None or (scheme != parts.scheme and parts.port == _PORTS.get(parts.scheme)):
        return _PORTS.get(scheme)
    return parts.port


def _joined(parts: SplitResult, scheme: str) -> str:
    """The address as it goes over the wire: ASCII, without fragment."""
    host = (parts.hostname or "").encode("idna").decode() if not (parts.hostname or "").isascii() else parts.hostname
    if host and ":" in host:
        host = f"[{host}]"
    port = _port(parts, scheme)
    place = f"{host}:{port}" if port != _PORTS[scheme] else str(host)
    return urlunsplit((scheme, place, quote(parts.path or "/", _PATH), quote(parts.query, _QUERY), ""))
