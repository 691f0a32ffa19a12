"""Mending files by the fixes of their findings: what `antrag validate --fix` writes."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import TYPE_CHECKING

from antragsbuch.i18n import ngettext

from .common import fields_of, out, register_here, say

if TYPE_CHECKING:
    from antragsbuch_schema.diagnostics import Finding
    from antragsbuch_schema.rules.directory import Directory


def mend_files(paths: Iterable[str], council: Directory, today: dt.date, unsafe: bool) -> None:
    """Write every file of `paths` that a fix changes, and name it. Raises `StoreError`."""
    from antragsbuch_schema.fixes import mend
    from antragsbuch_schema.toml.errors import TomlError
    from antragsbuch_schema.validate import validate_file

    mended = 0
    with register_here() as register:
        for path in paths:
            opened = register.open(path)
            if isinstance(opened.document, TomlError):
                continue

            def check(text: str, path: str = path) -> list[Finding]:
                return [located.finding for located in validate_file(path, text.encode(), council, today)]

            done = mend(opened.data.decode("utf-8"), check, fields_of(path), unsafe=unsafe)
            if done.findings:
                register.save(opened, done.text)
                mended += len(done.findings)
                out(path)
    if mended:
        say(ngettext("{count} finding was mended.", "{count} findings were mended.", mended).format(count=mended))
