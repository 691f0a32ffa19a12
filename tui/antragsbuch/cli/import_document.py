"""`antrag import`: motions out of printed documents, OParl or tables, as a proposal that a person confirms."""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from antragsbuch.i18n import _, language, ngettext

from . import import_oparl, import_sources, import_tables
from .common import Refused, confirmed, out, out_json, read_file, read_input, register_here, say
from .parser import Parser

if TYPE_CHECKING:
    from antragsbuch.store.register import Register
    from antragsbuch_schema.edits import Data
    from antragsbuch_schema.exchange.from_printed import Imported


def arguments(parser: Parser) -> None:
    """Which documents."""
    parser.examples = _(
        "antrag import 2292.txt               # show what was understood, ask, and write the motion\n"
        "antrag import *.txt *.pdf --yes      # without asking\n"
        "antrag import --dry-run - < 2292.txt\n"
        "antrag import oparl export/          # every OParl object (JSON) in a folder; again, only what changed there\n"
        "antrag import oparl https://oparl.example.org/system   # the same from a server\n"
        "antrag import antraege.xlsx          # tables that were exported (CSV, XLSX, JSON Lines): what changed in them"
    )
    parser.add_argument(
        "files",
        nargs="+",
        metavar=_("FILE"),
        help=_(
            "printed motions as text or PDF, - is standard input; OParl: a server, JSON files, a folder of them; "
            "or tables: csv, xlsx or jsonl and their files"
        ),
    )
    parser.add_argument("-y", "--yes", action="store_true", help=_("write without asking"))
    parser.add_argument("--dry-run", action="store_true", help=_("only show what was understood"))
    parser.add_argument("--json", action="store_true", help=_("as JSON"))
    import_tables.arguments(parser)
    import_oparl.arguments(parser)


class _Document(NamedTuple):
    """A document that was read: its name, the motion, and the path and text that it would have in the register.

    `places` are the page of each line and the line there, where it has pages.
    """

    name: str
    imported: Imported
    path: str
    text: str
    places: Sequence[tuple[int, int]] = ()

    def place(self, line: int) -> str:
        """Where a line stands, for a person."""
        if not self.places:
            return f"{self.name}:{line}"
        page, line = self.places[line - 1]
        return _("{path}, page {page}, line {line}").format(path=self.name, page=page, line=line)

    def place_as_json(self, line: int) -> dict[str, int]:
        """The same for a program."""
        return dict(zip(("page", "line"), self.places[line - 1], strict=True)) if self.places else {"line": line}


def run(options: argparse.Namespace) -> int:
    """Show, ask, write; 1 where a line was not understood or a motion was not written."""
    if tables := import_tables.forms_of(options.files):
        return import_tables.run(tables, options)
    if options.files[0] == "oparl" or _oparl(options.files):
        return import_oparl.run(options.files[options.files[0] == "oparl" :], options)
    with register_here() as register:
        documents = [document for name in options.files for document in _read(register, name)]
        if options.json:
            out_json([_as_json(document) for document in documents])
        complete = [_one(register, document, options) for document in documents]
    return 0 if all(complete) else 1


def _oparl(names: list[str]) -> bool:
    """Whether what was named are OParl servers, files and folders; not where these are documents."""
    known = [import_sources.is_server(name) or name.lower().endswith(import_sources.ENDINGS) for name in names]
    as_json = [is_known or Path(name).is_dir() for is_known, name in zip(known, names, strict=True)]
    if any(as_json) and not all(as_json):
        raise Refused(_("Import OParl objects and printed documents one after the other."))
    return all(as_json)


def _read(register: Register, name: str) -> Iterator[_Document]:
    """The documents in a file: one, or as many as a PDF or a booklet of text holds."""
    from antragsbuch.pdf_text import MOST_BYTES, is_pdf
    from antragsbuch_schema.exchange.from_booklet import parts
    from antragsbuch_schema.toml.guard import MAX_BYTES

    data = read_input(MOST_BYTES) if name == "-" else read_file(Path(name), MOST_BYTES)
    if is_pdf(data):
        from .import_pdf import texts

        for found in texts(name, data):
            yield _document(register, name, found.text, found.places)
        return
    several = parts(_decoded(name, data))
    for number, part in enumerate(several):
        if len(part.text.encode()) > MAX_BYTES:
            raise Refused(_("{path} is too large for a motion.").format(path=name))
        if number == 0 and len(several) > 1 and not part.begins:
            if part.text.strip():
                last = several[1].line - 1
                say(f"{name}:{part.line}-{last}: " + _("before the first motion, not read"))
            continue
        yield _document(register, name, "\n" * (part.line - 1) + part.text, ())


def _document(register: Register, name: str, text: str, places: Sequence[tuple[int, int]]) -> _Document:
    from antragsbuch.new_motion import file_of
    from antragsbuch_schema.exchange.from_printed import read
    from antragsbuch_schema.ids import new_motion_id

    council = register.council()
    imported = read(text, new_motion_id(), council)
    if not imported.data.keys() - {"id"}:
        raise Refused(_("{path} holds nothing that a printed motion has.").format(path=name))
    return _Document(name, imported, *file_of(imported.data, council), places)


def _decoded(name: str, data: bytes) -> str:
    for encoding in ("utf-8-sig", "cp1252"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise Refused(_("{path} is no text.").format(path=name))


def _one(register: Register, document: _Document, options: argparse.Namespace) -> bool:
    """Show one document and write it where that is wanted; whether all of it is understood and in the register."""
    from antragsbuch.store import worktree
    from antragsbuch.store.comparing import compare

    from .differences import in_words

    if not options.json:
        for line in _understood(document.imported.data):
            out(line)
    for number, remark in document.imported.remarks:
        say(f"{document.place(number)}: {remark(language())}")
    for left in document.imported.left:
        say(_("{place}: not understood: {text}").format(place=document.place(left.number), text=left.text))
    there = worktree.read_if_there(register.root, document.path)
    if there is not None:
        differences = compare(document.path, there, _with_id_of(there, document))
        say(
            _("{path} is there already and says the same.").format(path=document.path)
            if not differences
            else _("{path} is there already and is not overwritten; the document differs:").format(path=document.path)
        )
        for line in in_words(differences) if differences else ():
            say(f"  {line}")
        return not differences and not document.imported.left
    if options.dry_run or not (options.yes or _confirmed(document)):
        return options.dry_run and not document.imported.left
    register.create(document.path, document.text)
    if not options.json:
        out(document.path)
    return not document.imported.left


def _confirmed(document: _Document) -> bool:
    question = _("Write {path}? [y/N] ").format(path=document.path)
    return confirmed(question, _("Nothing was written: --yes writes without asking, --dry-run only shows."))


def _with_id_of(there: bytes, document: _Document) -> bytes:
    """The text of the document under the ids that the motion and its parts have in the register."""
    from antragsbuch.store.comparing import data_of
    from antragsbuch_schema.exchange.taking import recognised
    from antragsbuch_schema.motion_fields import MOTION
    from antragsbuch_schema.toml.errors import TomlError
    from antragsbuch_schema.toml.writer import write

    known = data_of(there)
    if known is None or isinstance(known, TomlError) or "id" not in known:
        return document.text.encode()
    return write(recognised(document.imported.data, known), MOTION).encode()


def _understood(data: Data) -> Iterator[str]:
    """What was understood, in lines for a person."""
    from antragsbuch_schema.exchange.in_words import lines
    from antragsbuch_schema.motion_fields import CONSULTATION, MOTION
    from antragsbuch_schema.prose import sentences

    yield from lines(data, MOTION, ("consultations", "proposal", "facts"))
    for step in data.get("consultations", ()):
        yield "  " + "; ".join(lines(step, CONSULTATION, ("id",)))
    for key, label in (("proposal", "Beschlussvorschlag"), ("facts", "Sachverhalt")):
        if key in data:
            count = len(sentences(data[key]))
            yield f"{label}: " + ngettext("{count} sentence", "{count} sentences", count).format(count=count)


def _as_json(document: _Document) -> Data:
    return {
        "file": document.name,
        "path": document.path,
        "data": document.imported.data,
        "left": [{**document.place_as_json(line.number), "text": line.text} for line in document.imported.left],
        "remarks": [
            {**document.place_as_json(number), "de": remark("de"), "en": remark("en")}
            for number, remark in document.imported.remarks
        ],
    }
