"""`antrag import oparl`: motions out of OParl objects; what came before is merged with what changed at the source.

Show what would change, ask, and commit it.
"""

from __future__ import annotations

import argparse
import datetime as dt
import gc
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from antragsbuch.i18n import _, language, ngettext

from . import import_sources
from .common import Refused, confirm_writing, out, out_json, register_here, say, whole_number
from .parser import Parser
from .progress import progress

if TYPE_CHECKING:
    from antragsbuch.store.importing import Kept, Plan
    from antragsbuch.store.register import Register
    from antragsbuch_schema.exchange.oparl_remarks import Remark

Objects = list[dict[str, Any]]
_EXAMPLES = 3
"""How many remarks of a kind are shown; all of them are in the JSON."""
_NAMED = 20
_UNREAD = 500
"""How many properties without a counterpart are named: no real server has so many."""
_ATTEMPTS = 10
"""How often the register may change while it is imported into."""


def arguments(parser: Parser) -> None:
    """What only OParl has."""
    group = parser.add_argument_group("OParl")
    group.add_argument("--no-commit", action="store_true", help=_("only write to the work tree; commit it yourself"))
    group.add_argument("--all", action="store_true", help=_("ask the server for everything, not only for what changed"))
    group.add_argument("--max-pages", type=_positive, metavar=_("COUNT"), help=_("how many pages a list may have"))
    group.add_argument("--timeout", type=_positive, metavar=_("SECONDS"), help=_("how long a page may take"))


def _positive(typed: str) -> int:
    if count := whole_number(typed):
        return count
    raise argparse.ArgumentTypeError(_("{typed} is no number").format(typed=typed))


def run(names: Sequence[str], options: argparse.Namespace) -> int:
    """Show what would change, ask, write; 1 where a motion needs a person's decision."""
    from antragsbuch.store import import_commit, importing
    from antragsbuch.store.recover import recover

    with register_here() as register, _without_collecting():
        for note in recover(register):
            say(note)
        remarks: list[Remark] = []
        names = names or import_sources.named(register)
        objects = import_sources.objects(names, register, remarks, options)
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
            confirm_writing(len(plan.paths))
        if plan.paths and not options.no_commit and not import_commit.begun(register):
            _begin(register)
            plan = _planned(register, objects, remarks, options)
        for _attempt in range(_ATTEMPTS):
            try:
                _carry_out(register, plan, names, options)
            except importing.Overtaken:
                say(_("The register has changed meanwhile; compared again."))
                plan = _planned(register, objects, remarks, options)
            else:
                return _status(plan)
        raise Refused(_("The register changes again and again. Nothing was imported; try again in a moment."))


@contextmanager
def _without_collecting() -> Iterator[None]:
    """Of what an import makes hardly anything is garbage before its end: looking for it costs a fifth of the time."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def _planned(register: Register, objects: Objects, remarks: Sequence[Remark], options: argparse.Namespace) -> Plan:
    """What would change, with what was remarked on the way."""
    from antragsbuch.store import import_commit, importing

    with progress(_("Comparing")) as tell:
        plan = importing.plan(register, objects, tell)
    # a new register is begun first, and then it is compared again
    if not options.no_commit and import_commit.begun(register):
        import_commit.leave_unfinished_work(register, plan)
    plan.remarks[:0] = remarks
    return plan


def _begin(register: Register) -> None:
    """Commit the council's file of a register that has just been made: an import adds to what is committed."""
    from antragsbuch.store.commit import commit
    from antragsbuch.store.proposal import propose
    from antragsbuch.store.worktree import COUNCIL

    from .commit import introduce, suggestion

    introduce(register)
    message = suggestion(register, propose(register, dt.date.today(), {COUNCIL}))
    done = commit(register, [COUNCIL], message)
    say(_("Committed {commit}: {subject}").format(commit=done.oid[:10], subject=message.splitlines()[0]))


def _carry_out(register: Register, plan: Plan, names: Sequence[str], options: argparse.Namespace) -> None:
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
    message = import_commit.message_of(register, plan, import_sources.server(names))
    with progress(_("Writing")) as tell:
        done = import_commit.commit_import(register, plan, message, tell)
    for note in done.notes:
        say(note)
    say(_("Committed {commit}: {subject}").format(commit=done.oid[:10], subject=message.splitlines()[0]))


def _status(plan: Plan) -> int:
    """1 where something needs a person's decision."""
    return 1 if plan.kept or any(remark.kind == "large" for remark in plan.remarks) else 0


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
        named = ", ".join(f"{name} ({count})" for name, count in unread[:_UNREAD])
        more = _(", and {count} more").format(count=len(unread) - _UNREAD) if len(unread) > _UNREAD else ""
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
