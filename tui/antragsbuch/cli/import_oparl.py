"""`antrag import oparl`: motions out of OParl objects; what came before is merged with what changed at the source."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from antragsbuch.i18n import _, language, ngettext

from .common import Refused, out, out_json, read_file, read_input, register_here, say
from .parser import Parser
from .progress import Tell, progress

if TYPE_CHECKING:
    from antragsbuch.store.importing import Kept, Plan
    from antragsbuch.store.register import Register
    from antragsbuch_schema.edits import Data
    from antragsbuch_schema.exchange.oparl_remarks import Remark

Objects = list[dict[str, Any]]
_ENDINGS = (".json", ".jsonl", ".ndjson")
_EXAMPLES = 3
"""How many remarks of a kind are shown; all of them are in the JSON."""
_NAMED = 20
_ATTEMPTS = 10
"""How often the register may change while it is imported into."""


def arguments(parser: Parser) -> None:
    """What only OParl has."""
    group = parser.add_argument_group("OParl")
    group.add_argument("--no-commit", action="store_true", help=_("only write to the work tree; commit it yourself"))


def run(names: Sequence[str], options: argparse.Namespace) -> int:
    """Show what would change, ask, write; 1 where a motion needs a person's decision."""
    from antragsbuch.store import importing
    from antragsbuch.store.recover import recover

    with register_here() as register:
        for note in recover(register):
            say(note)
        remarks: list[Remark] = []
        with progress(_("Reading")) as tell:
            objects = _objects(names, remarks, tell)
        plan = _planned(register, objects, remarks, options)
        if options.json:
            out_json(_as_json(plan))
        else:
            _show(plan)
        if not plan.paths and not plan.kept:
            say(_("Nothing changed at the source."))
        if options.dry_run:
            return _status(plan)
        if plan.paths and not options.yes:
            _confirm(len(plan.paths))
        for _attempt in range(_ATTEMPTS):
            try:
                _carry_out(register, plan, options)
            except importing.Overtaken:
                say(_("The register has changed meanwhile; compared again."))
                plan = _planned(register, objects, remarks, options)
            else:
                return _status(plan)
        raise Refused(_("The register changes again and again. Nothing was imported; try again in a moment."))


def _planned(register: Register, objects: Objects, remarks: Sequence[Remark], options: argparse.Namespace) -> Plan:
    """What would change, with what was remarked on the way."""
    from antragsbuch.store import import_commit, importing

    with progress(_("Comparing")) as tell:
        plan = importing.plan(register, objects, tell)
    if not options.no_commit:
        import_commit.leave_unfinished_work(register, plan)
    plan.remarks[:0] = remarks
    return plan


def _carry_out(register: Register, plan: Plan, options: argparse.Namespace) -> None:
    """Commit what was planned, or write it to the work tree. Raises `Overtaken`, `StoreError`."""
    from antragsbuch.store import import_commit, importing

    from .commit import introduce

    if options.no_commit or not plan.paths:
        with progress(_("Writing")) as tell:
            # without a change it only keeps in mind how the source is now
            importing.carry_out(register, plan, tell)
        if plan.paths:
            say(_("Written to the work tree; antrag commit commits it."))
        return
    introduce(register)
    message = import_commit.message_of(register, plan)
    with progress(_("Writing")) as tell:
        done = import_commit.commit_import(register, plan, message, tell)
    for note in done.notes:
        say(note)
    say(_("Committed {commit}: {subject}").format(commit=done.oid[:10], subject=message.splitlines()[0]))


def _status(plan: Plan) -> int:
    """1 where something needs a person's decision."""
    return 1 if plan.kept or any(remark.kind == "large" for remark in plan.remarks) else 0


def _objects(names: Sequence[str], remarks: list[Remark], tell: Tell) -> list[Data]:
    """The objects in files and folders. Raises `Refused` for what is not read, with the name of the file."""
    from antragsbuch_schema.exchange import oparl_json

    files = [file for name in names for file in _files(name)]
    found: list[Data] = []
    for done, file in enumerate(files):
        tell(done, len(files))
        data = read_input() if file == "-" else read_file(Path(file), oparl_json.MAX_BYTES)
        try:
            found += oparl_json.objects(data, file, remarks)
        except oparl_json.OparlError as error:
            raise Refused(
                _("{path} is not imported: {reason}").format(path=file, reason=error.message(language()))
            ) from error
    if not found:
        raise Refused(_("There are no OParl objects in {paths}.").format(paths=", ".join(names)))
    return found


def _files(name: str) -> Iterator[str]:
    """The file itself, or every JSON file below a folder; links in it are not followed."""
    if not Path(name).is_dir():
        yield name
        return
    for folder, below, files in os.walk(name):
        below[:] = sorted(one for one in below if not one.startswith("."))
        yield from (str(Path(folder, file)) for file in sorted(files) if file.lower().endswith(_ENDINGS))


def _confirm(count: int) -> None:
    if not (sys.stdin.isatty() and sys.stderr.isatty()):
        raise Refused(_("Nothing was written: --yes writes without asking, --dry-run only shows."))
    question = ngettext("Write {count} file? [y/N] ", "Write {count} files? [y/N] ", count).format(count=count)
    sys.stderr.write(question)
    sys.stderr.flush()
    if sys.stdin.readline().strip().lower() not in ("y", "yes", "j", "ja"):
        raise Refused(_("Nothing was written."))


# --- in words


def _show(plan: Plan) -> None:
    papers = len(plan.conversion.papers)
    counts = [
        (plan.count("new"), _("new")),
        (plan.count("changed"), _("changed")),
        (plan.count("deleted"), _("deleted at the source")),
        (plan.unchanged, _("unchanged")),
        (plan.removed, _("removed here, and left so")),
    ]
    total = ngettext("{count} paper", "{count} papers", papers).format(count=papers)
    out(f"{total}: " + ", ".join(f"{count} {what}" for count, what in counts if count or what == _("new")))
    for change in plan.changes:
        if change.kind != "new":
            out(f"  {change.path}: " + (_("deleted at the source") if change.kind == "deleted" else _("changed")))
    _show_council(plan)
    for kept in plan.kept:
        out(f"{kept.path}: {_reason(kept)}")
    if plan.unfitting:
        line = ngettext(
            "{count} reference does not fit the pattern in council.toml.",
            "{count} references do not fit the pattern in council.toml.",
            plan.unfitting,
        )
        out(line.format(count=plan.unfitting))
    _show_remarks(plan)
    _show_unread(plan)


def _show_council(plan: Plan) -> None:
    if plan.council is None:
        return
    from antragsbuch.store.comparing import compare

    from .differences import in_words

    changes = compare(plan.council.path, plan.council.before, plan.council.after)
    lines = list(in_words(changes)) if isinstance(changes, tuple) else []
    out(f"{plan.council.path}: " + _("changed"))
    for line in lines[:_NAMED]:
        out(f"  {line}")
    if len(lines) > _NAMED:
        out("  " + _("and {count} more").format(count=len(lines) - _NAMED))


def _reason(kept: Kept) -> str:
    words = {
        "changed": _("changed here and at the source; what stands here is kept: {fields}"),
        "removed": _("removed here, changed at the source; it is not brought back"),
        "deleted": _("deleted at the source, edited here; it is kept"),
        "unreadable": _("can't be read here; it is left as it is"),
        "dirty": _("has changes that are not committed, and changed at the source: commit them, then import again"),
    }
    return words[kept.reason].format(fields=", ".join(kept.places))


def _show_remarks(plan: Plan) -> None:
    from antragsbuch_schema.exchange.oparl_remarks import KINDS, by_kind
    from antragsbuch_schema.i18n import text

    for kind, count in by_kind(plan.remarks):
        out(f"{count} x {text(KINDS[kind])(language())}")
        same = [remark for remark in plan.remarks if remark.kind == kind]
        for remark in same[:_EXAMPLES]:
            out("  " + " ".join(filter(None, (remark.id, remark.property, remark.what))))


def _show_unread(plan: Plan) -> None:
    unread = sorted(plan.conversion.unread.items(), key=lambda entry: (-entry[1], entry[0]))
    if unread:
        named = ", ".join(f"{name} ({count})" for name, count in unread[:_NAMED])
        more = _(", and {count} more").format(count=len(unread) - _NAMED) if len(unread) > _NAMED else ""
        out(_("Without a counterpart, not taken over: {names}").format(names=named) + more)
    count = plan.conversion.without_paper
    if count:
        line = ngettext("{count} agenda item without a paper", "{count} agenda items without a paper", count)
        out(line.format(count=count))


def _as_json(plan: Plan) -> dict[str, Any]:
    return {
        **{
            kind: [change.path for change in plan.changes if change.kind == kind]
            for kind in ("new", "changed", "deleted")
        },
        "unchanged": plan.unchanged,
        "removed": plan.removed,
        "kept": [{"path": kept.path, "reason": kept.reason, "places": list(kept.places)} for kept in plan.kept],
        "council": plan.council is not None,
        "unfitting_references": plan.unfitting,
        "remarks": [
            {
                "kind": remark.kind,
                "id": remark.id,
                "property": remark.property,
                "what": remark.what,
                "de": remark.words()("de"),
                "en": remark.words()("en"),
            }
            for remark in plan.remarks
        ],
        "unread": plan.conversion.unread,
        "objects": plan.conversion.objects,
        "agenda_items_without_paper": plan.conversion.without_paper,
    }
