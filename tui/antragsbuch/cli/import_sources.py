"""Where the OParl objects of an import come from: files, folders, servers, or the sources that council.toml names."""

from __future__ import annotations

import argparse
import os
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from antragsbuch.i18n import _, language

from .common import Refused, inside, opened, read_file, read_input, say
from .progress import progress

if TYPE_CHECKING:
    from antragsbuch.store.register import Register
    from antragsbuch_schema.exchange.oparl_remarks import Remark

ENDINGS = (".json", ".jsonl", ".ndjson")
_LINES = (".jsonl", ".ndjson")
_MOST = 512 << 20
"""The most bytes of all files together: parsed, they take five times as much memory."""

Objects = list[dict[str, Any]]


def is_server(name: str) -> bool:
    """Whether a name is the address of a server."""
    return name.lower().startswith(("http://", "https://"))


def server(names: Sequence[str]) -> str:
    """The server that was imported from, as others may read it; "" where it was none, or several sources."""
    if len(names) != 1 or not is_server(names[0]):
        return ""
    from antragsbuch.remote.address import shown

    return shown(names[0])


def named(register: Register) -> list[str]:
    """The sources in council.toml. Raises `Refused` where there is none, or one outside of the register."""
    sources = register.council().get("sources")
    entries = [entry for entry in sources if isinstance(entry, dict)] if isinstance(sources, list) else []
    found: list[str] = []
    for entry in entries:
        url = entry.get("url")
        if not (isinstance(url, str) and url):
            continue
        if not is_server(url):
            # a folder of the register, and no other: council.toml may come from anybody
            url = str(register.root / inside(register.root, str(register.root / url)))
        found.append(url)
        say(_("Importing from {source}").format(source=server([url]) or url))
    if not found:
        raise Refused(
            _("Say from where: antrag import oparl ADDRESS or FOLDER, or name it as [[sources]] in council.toml.")
        )
    return found


def objects(names: Sequence[str], register: Register, remarks: list[Remark], options: argparse.Namespace) -> Objects:
    """Every object of these sources. Raises `Refused` and `RemoteError`, with the place, for what is not read."""
    found: Objects = []
    for name in names:
        if is_server(name):
            found += _fetched(name, register, remarks, options)
    files = [file for name in names if not is_server(name) for file in _files(name)]
    total = 0
    with progress(_("Reading")) as tell:
        for done, file in enumerate(files):
            tell(done, len(files))
            for place, data in _parts(file):
                total += len(data)
                if total > _MOST:
                    raise _refused(file, _("all files together are larger than {limit} MiB").format(limit=_MOST >> 20))
                found += _read(place, data, remarks)
    if not found:
        raise Refused(_("There are no OParl objects in {paths}.").format(paths=", ".join(names)))
    return found


def _fetched(address: str, register: Register, remarks: list[Remark], options: argparse.Namespace) -> Objects:
    from antragsbuch.remote.address import typed
    from antragsbuch.remote.http import Client, Limits
    from antragsbuch.remote.kept import Kept
    from antragsbuch.remote.oparl import Fetch
    from antragsbuch.store.disposable import folders_of

    usual = Limits()
    limits = Limits(
        pages=options.max_pages or usual.pages,
        seconds=options.timeout or usual.seconds,
        quiet=min(usual.quiet, options.timeout or usual.quiet),
    )
    address = typed(address)
    kept = Kept(folders_of(register.git.layout.common_dir), address)
    try:
        with progress(_("Fetching")) as tell:
            return Fetch(address, Client(limits), kept, tell, remarks, anew=options.all).objects()
    finally:
        kept.close()


def _files(name: str) -> Iterator[str]:
    """The file itself, or every JSON file below a folder; links in it are not followed."""
    if not Path(name).is_dir():
        yield name
        return
    for folder, below, files in os.walk(name):
        below[:] = sorted(one for one in below if not one.startswith("."))
        yield from (str(Path(folder, file)) for file in sorted(files) if file.lower().endswith(ENDINGS))


def _parts(file: str) -> Iterator[tuple[str, bytes]]:
    """A file, or each line of one with an object a line, with its place; none is read beyond what it may have."""
    from antragsbuch_schema.exchange.oparl_json import MAX_BYTES

    if file == "-":
        yield file, read_input(MAX_BYTES)
    elif not file.lower().endswith(_LINES):
        yield file, read_file(Path(file), MAX_BYTES)
    else:
        with opened(Path(file)) as lines:
            for number, line in enumerate(iter(lambda: lines.readline(MAX_BYTES + 1), b""), 1):
                if line.strip():
                    yield f"{file}:{number}", line


def _read(place: str, data: bytes, remarks: list[Remark]) -> Objects:
    from antragsbuch_schema.exchange import oparl_json

    try:
        return oparl_json.objects(data, place, remarks)
    except oparl_json.OparlError as error:
        raise _refused(place, error.message(language())) from error


def _refused(place: str, reason: str) -> Refused:
    return Refused(_("{path} is not imported: {reason}").format(path=place, reason=reason))
