"""Hold the catalogues of messages complete: `python tools/catalogues.py [--check]`.

German stands in `locale/de/*.po` of each package, one file an area; English is the language of the code. Without
`--check` the compiled catalogue is written. Either way every message without German, every German text without a
message, and every translation with other `{values}` than its message is named; the exit status is 1 if there are any.
"""

from __future__ import annotations

import re
import sys
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from typing import NamedTuple

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

ROOT = Path(__file__).parent.parent
KEYWORDS = {
    "N_": None,
    "_": None,
    "gettext": None,
    "text": None,
    "ngettext": (1, 2),
    "counted": (1, 2),
}
_VALUE = re.compile(r"\{(\w*)")


class Package(NamedTuple):
    """A package with a catalogue of its own."""

    folder: Path
    domain: str


PACKAGES = (
    Package(ROOT / "schema/antragsbuch_schema", "antragsbuch_schema"),
    Package(ROOT / "tui/antragsbuch", "antragsbuch"),
)


def messages_of(package: Package) -> dict[str | tuple[str, ...], str]:
    """Every message in the code of `package`, with the first place where it stands."""
    found: dict[str | tuple[str, ...], str] = {}
    for name, line, message, _comments, _context in extract_from_dir(
        package.folder, method_map=[("**.py", "python")], keywords=KEYWORDS
    ):
        key = tuple(message) if isinstance(message, (tuple, list)) else message
        if key and key[0]:
            found.setdefault(key, f"{name}:{line}")
    return found


def german_of(package: Package) -> Catalog:
    """All German texts of `package` in one catalogue."""
    whole = Catalog(locale="de", fuzzy=False, domain=package.domain)
    for path in sorted((package.folder / "locale/de").glob("*.po")):
        with path.open("rb") as file:
            for message in read_po(file, locale="de"):
                if message.id:
                    whole.add(message.id, message.string)
    return whole


def complaints(package: Package) -> list[str]:
    """What is missing, left over or different between code and catalogue."""
    wanted, german, result = messages_of(package), german_of(package), []
    for message, place in wanted.items():
        translation = german.get(message)
        strings = _strings(translation.string) if translation and translation.string else []
        if not strings or not all(strings):
            result.append(f"{package.domain}: no German for {message!r} ({place})")
            continue
        ids = [message] if isinstance(message, str) else list(message)
        allowed = {value for text in ids for value in _VALUE.findall(text)}
        result += [
            f"{package.domain}: other values in {string!r} ({place})"
            for string in strings
            if not set(_VALUE.findall(string)) <= allowed
            or (not isinstance(message, tuple) and set(_VALUE.findall(string)) != allowed)
        ]
    known = {message if isinstance(message, str) else message[0] for message in wanted}
    result += [
        f"{package.domain}: left over: {message.id!r}"
        for message in german
        if message.id and (message.id if isinstance(message.id, str) else message.id[0]) not in known
    ]
    return result


def compiled(package: Package) -> bytes:
    """The compiled catalogue of `package`."""
    catalogue = german_of(package)
    # the same texts make the same bytes, whenever they are compiled
    catalogue.creation_date = catalogue.revision_date = datetime(2026, 1, 1, tzinfo=UTC)
    buffer = BytesIO()
    write_mo(buffer, catalogue)
    return buffer.getvalue()


def target(package: Package) -> Path:
    """Where the compiled catalogue lies."""
    return package.folder / f"locale/de/LC_MESSAGES/{package.domain}.mo"


def _strings(value: str | tuple[str, ...] | list[str]) -> list[str]:
    return [value] if isinstance(value, str) else list(value)


def main() -> int:
    """Name what is wrong; write the compiled catalogues unless `--check`."""
    wrong = [complaint for package in PACKAGES for complaint in complaints(package)]
    for package in PACKAGES:
        if "--check" in sys.argv:
            if not target(package).exists() or target(package).read_bytes() != compiled(package):
                wrong.append(f"{package.domain}: the compiled catalogue is stale: run python tools/catalogues.py")
        else:
            target(package).parent.mkdir(parents=True, exist_ok=True)
            target(package).write_bytes(compiled(package))
    print("\n".join(wrong) or "catalogues complete")
    return bool(wrong)


if __name__ == "__main__":
    sys.exit(main())
