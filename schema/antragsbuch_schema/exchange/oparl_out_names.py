"""Where the objects of an export live: every id is an address below one base, every address a plain file.

Files end in `.json`, so that any web server gives them out as what they are, without configuration.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from antragsbuch_schema.edits import Data
from antragsbuch_schema.i18n import Text, text

from .oparl_vendor import PREFIX

NAMESPACE = "https://schema.oparl.org/1.1/"
MADE = PREFIX + "made"
"""Marks what was made for readers of OParl only: nothing of a motion or a council stands behind it."""
_PLAIN = re.compile(r"[a-z0-9][a-z0-9_-]{0,63}")
# names of devices on some systems, whatever their ending
_RESERVED = re.compile(r"con|prn|aux|nul|com[0-9]|lpt[0-9]")
_URL = re.compile(r"https?://[^\s\x00-\x20\x7f<>\"{}|\\^`]+", re.IGNORECASE)
_SUFFIX = re.compile(r"\.[a-z0-9]{1,8}")


class BadAddress(ValueError):
    """An address under which nothing can be published; `message` says why."""

    def __init__(self, message: Text) -> None:
        super().__init__(message("en"))
        self.message = message


@dataclass(frozen=True, slots=True, order=True)
class Stamp:
    """`created` and `modified` of an object, as OParl writes times."""

    created: str
    modified: str


@dataclass(frozen=True, slots=True)
class Site:
    """The base of every address, with a slash at its end."""

    base: str

    def url(self, path: str) -> str:
        """The address of the file at `path`."""
        return self.base + path

    def path(self, url: str) -> str:
        """The path of the file at an address of this site."""
        return url.removeprefix(self.base)


def site(url: str) -> Site:
    """The site with this base. Raises `BadAddress`."""
    try:
        parts = urlsplit(url)
        host = parts.hostname
    except ValueError as error:
        raise BadAddress(text("{url} is no address", url=url)) from error
    if not is_url(url) or not host or not url.isascii():
        raise BadAddress(text("{url} is no address that begins with https://", url=url))
    if parts.query or parts.fragment or "?" in url or "#" in url:
        raise BadAddress(text("{url} has a part after ? or #, which no file can have", url=url))
    if parts.username is not None or parts.password is not None:
        raise BadAddress(text("{url} holds a name or a password", url=url))
    return Site(url.rstrip("/") + "/")


def is_url(value: object) -> bool:
    """Whether a value is the address of a web page."""
    return isinstance(value, str) and bool(_URL.fullmatch(value))


def key(name: str) -> str:
    """`name` as part of the name of a file on any system: itself where that will do, else letters made from it."""
    if _PLAIN.fullmatch(name) and not _RESERVED.fullmatch(name):
        return name
    return "x-" + hashlib.sha256(name.encode("utf-8", "surrogatepass")).hexdigest()[:16]


def suffix(path: str) -> str:
    """The ending of the name of a file, `.pdf`; "" where there is no usual one. Never `.json`: that is an object."""
    match = _SUFFIX.search(path.lower(), max(path.rfind("."), 0))
    return match[0] if match and match.end() == len(path) and match[0] != ".json" else ""


def thing(kind: str, url: str, stamp: Stamp, properties: Mapping[str, Any]) -> Data:
    """An object of OParl 1.1. What says nothing is left out, but for our own properties: there an empty list speaks."""
    said = {
        name: value
        for name, value in properties.items()
        if value is not None and value != "" and (value != [] or name.startswith(PREFIX))
    }
    return {"id": url, "type": NAMESPACE + kind, **said, "created": stamp.created, "modified": stamp.modified}


def tombstone(url: str, kind: str, stamp: Stamp) -> Data:
    """What stays of a deleted object: these properties and no other (OParl 1.1, 2.8)."""
    return {
        "id": url,
        "type": NAMESPACE + kind,
        "created": stamp.created,
        "modified": stamp.modified,
        "deleted": True,
    }
