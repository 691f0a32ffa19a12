"""What is committed, as a tree of OParl objects: motions, their dates, and what is gone, out of git."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from antragsbuch.i18n import _, language
from antragsbuch_schema.council_fields import COUNCIL as COUNCIL_FIELDS
from antragsbuch_schema.diagnostics import Severity
from antragsbuch_schema.edits import Data
from antragsbuch_schema.exchange.oparl_out import Motion, Settings, Tree, tree
from antragsbuch_schema.exchange.oparl_out_names import Site, Stamp
from antragsbuch_schema.exchange.oparl_out_public import Publicity
from antragsbuch_schema.exchange.oparl_text import BERLIN
from antragsbuch_schema.fields import Fields
from antragsbuch_schema.i18n import Text
from antragsbuch_schema.motion_fields import MOTION
from antragsbuch_schema.normal import normalise
from antragsbuch_schema.types import type_findings

from . import heads
from .errors import BrokenCouncil, NotFound, StoreError
from .motion_dates import Dates, Span, dates_of, versions_of
from .objects import FILE_MODES, Entry
from .parsing import TomlError, parsed, parsed_motion
from .register import Register
from .selection import blobs
from .worktree import COUNCIL, FOLDER, SUFFIX

Tell = Callable[[int, int], None]
_AT_ONCE = 2000
"""So many former versions are read at once."""
_ADDRESSED = re.compile(
    rb"^[ \t]*+(?:\[\[?(?:attachments|main_file|consultations)\]|"
    rb"(?:id|public|organization|date|time|meeting|url|path|kind|name)\b|\")[^\n]*+",
    re.MULTILINE,
)
"""The lines that say what files, sessions, bodies and persons there are, in the usual form of a file."""
_LATEST = 253_402_300_799
"""The last second of the year 9999."""


class Confidential(StoreError):
    """A register that is not public, and nobody said that only its public part is meant."""


@dataclass(frozen=True, slots=True)
class Wish:
    """How to publish: where, objects a page, addresses of a licence and of a page for each motion (or ""), and whether
    of a confidential register the public part is meant."""

    site: Site
    page_size: int
    license: str = ""
    web: str = ""
    public_only: bool = False


@dataclass(slots=True)
class Export:
    """A tree to be published, and what could not be: files with the reason, by path.

    `content` gives the bytes of the files of the repository that are copied.
    """

    tree: Tree
    content: Callable[[str], bytes]
    unreadable: dict[str, Text | str] = field(default_factory=dict)


def export(register: Register, wish: Wish, tell: Tell = lambda _done, _total: None) -> Export:
    """The tree of what is committed at HEAD.

    Raises `NotFound` where nothing is, `Confidential`, `BrokenCouncil`, `StoreError`.
    """
    return _Exporting(register, wish).made(tell)


class _Exporting:
    def __init__(self, register: Register, wish: Wish) -> None:
        head = register.objects.head()
        if head is None:
            raise NotFound(_("Nothing is committed yet."), _("antrag commit commits."))
        self._register, self._wish, self._head = register, wish, head
        self._council = self._settings()
        if self._council.get("public") is False and not wish.public_only:
            raise Confidential(
                _("This register is confidential."),
                _("--public-only publishes what is public of it, and counts the rest."),
            )
        self._hidden: set[str] = set()
        self._unreadable: dict[str, Text | str] = {}
        self._broken: set[str] = set()

    def made(self, tell: Tell) -> Export:
        entries = {
            path: entry
            for path, entry in self._register.objects.walk(self._head, FOLDER).items()
            if path.endswith(SUFFIX) and path != COUNCIL and entry.mode in FILE_MODES
        }
        found = self._motions(entries, lambda done: tell(done, 2 * len(entries)))
        ids = {entries[path].oid: data["id"] for path, data in found.items()}
        dates = dates_of(self._register, self._head, ids)
        motions = [Motion(data, _stamp(dates.motions.get(data["id"]) or self._now())) for data in found.values()]
        publicity = Publicity(self._council)
        public = {motion.data["id"] for motion in motions if publicity.is_public(motion.data)}
        gone: list[Motion] = []
        former: list[Motion] = []
        for identity, versions in self._former(dates, publicity).items():
            if identity in public:
                former += versions
            elif identity not in self._broken:
                # the last one that was public
                gone.append(versions[0])
                former += versions[1:]
        made = tree(
            motions,
            gone,
            self._council,
            _stamp(dates.council or self._now()),
            Settings(self._wish.site, self._zone(), self._wish.page_size, self._wish.license, self._wish.web),
            self._content,
            former,
            lambda done, total: tell(len(entries) + done, len(entries) + total),
        )
        return Export(made, lambda path: self._content(path) or b"", self._unreadable)

    def _settings(self) -> Data:
        content = self._register.objects.content(self._head, COUNCIL)
        document = parsed(content) if content is not None else None
        if document is None or isinstance(document, TomlError):
            raise BrokenCouncil(
                _("{path} can't be read as it is committed.").format(path=COUNCIL),
                _("Correct it first: antrag validate says what is wrong."),
            )
        if (wrong := _wrong(document.data, COUNCIL_FIELDS)) is not None:
            raise BrokenCouncil(
                _("{path} is not as it should be: {reason}").format(path=COUNCIL, reason=wrong(language())),
                _("Correct it first: antrag validate says what is wrong."),
            )
        return normalise(document.data, COUNCIL_FIELDS)

    def _zone(self) -> dt.tzinfo:
        name = self._council.get("time_zone")
        zone = name if isinstance(name, str) and name else BERLIN
        try:
            return ZoneInfo(zone)
        except (ZoneInfoNotFoundError, ValueError, OSError) as error:
            raise NotFound(
                _("This machine does not know the time zone {zone}.").format(zone=zone),
                _("The package tzdata has them all."),
            ) from error

    def _motions(self, entries: Mapping[str, Entry], tell: Callable[[int], None]) -> dict[str, Data]:
        """The motions that can be read, by path; of two with one id the first."""
        found: dict[str, Data] = {}
        ids: set[str] = set()
        paths = sorted(entries)
        contents = blobs(self._register.git, [entries[path].oid for path in paths])
        for number, (path, content) in enumerate(zip(paths, contents, strict=True)):
            tell(number)
            data = self._read(path, content)
            if data is None:
                continue
            if data["id"] in ids:
                self._unreadable[path] = _("another file has the same id {id}").format(id=data["id"])
                continue
            ids.add(data["id"])
            found[path] = data
            self._hide(data)
        return found

    def _read(self, path: str, content: bytes) -> Data | None:
        """A motion, None where it can't be read: then it is neither published nor deleted."""
        document = parsed_motion(content)
        if isinstance(document, TomlError):
            wrong: Text | None = document.message
        elif document.plain or (wrong := _wrong(document.data)) is None:
            # of one that is plainly canonical the types were seen while it was read
            return normalise(document.data, MOTION)
        assert wrong
        self._unreadable[path] = wrong
        self._broken.add(heads.head(content).id)
        return None

    def _now(self) -> Span:
        """The time of the commit that is published, for what no commit says that it changed."""
        time = self._register.objects.commit(self._head).committer.time
        return Span(time, time)

    def _hide(self, data: Data) -> None:
        """Keep in mind which files of the repository some motion says are not public."""
        for file in (data.get("main_file", {}), *data.get("attachments", ())):
            if file.get("path") and (file.get("public") is False or data.get("public") is False):
                self._hidden.add(file["path"])

    def _content(self, path: str) -> bytes | None:
        """A file of the repository that may be given out; no motion ever is one."""
        if not path or path in self._hidden or path.split("/")[0] in (FOLDER, "") or ".." in path.split("/"):
            return None
        return self._register.objects.content(self._head, path)

    def _former(self, dates: Dates, publicity: Publicity) -> dict[str, list[Motion]]:
        """The former versions that were public and can be read, newest first, by the id of their motion.

        Of versions that differ only in what has no address of its own, the newest one.
        """
        waiting = [(identity, version) for identity, versions in dates.former.items() for version in versions]
        found: dict[str, list[Motion]] = {}
        seen: set[tuple[str, bytes]] = set()
        for start in range(0, len(waiting), _AT_ONCE):
            chunk = waiting[start : start + _AT_ONCE]
            contents = dict(versions_of(self._register, [version.blob for _identity, version in chunk]))
            for identity, version in chunk:
                content = contents.get(version.blob, b"")
                told = (identity, b"\n".join(_ADDRESSED.findall(content)))
                if told in seen:
                    continue
                document = parsed_motion(content)
                if isinstance(document, TomlError) or not (document.plain or _wrong(document.data) is None):
                    continue
                part = publicity.part(normalise(document.data, MOTION))
                if part is not None:
                    seen.add(told)
                    stamp = _stamp(Span(dates.motions[identity].first, version.until))
                    found.setdefault(identity, []).append(Motion(part, stamp))
        return dict(sorted(found.items()))


def _wrong(data: Mapping[str, Any], fields: Fields = MOTION) -> Text | None:
    """What is wrong with the types of a file, None where nothing is."""
    return next((one.message for one in type_findings(data, fields) if one.severity is Severity.ERROR), None)


def _stamp(span: Span) -> Stamp:
    return Stamp(*(_moment(time) for time in span))


def _moment(time: int) -> str:
    return dt.datetime.fromtimestamp(max(0, min(time, _LATEST)), dt.UTC).isoformat()
