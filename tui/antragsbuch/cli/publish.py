"""`antrag publish`: a public register made from a confidential one, in a repository with a history of its own."""

from __future__ import annotations

import argparse
import datetime as dt
from pathlib import Path
from typing import TYPE_CHECKING, Any

from antragsbuch.i18n import _, language, ngettext

from .common import Refused, confirmed, out, out_json, register_here, say
from .findings import say_findings
from .parser import Parser
from .progress import progress

if TYPE_CHECKING:
    from antragsbuch.store.publication_target import Target
    from antragsbuch.store.publishing import Change, Plan
    from antragsbuch.store.register import Register

_NAMED = 20
"""How many motions, sentences or files of a kind are named; all of them are in the JSON."""


def arguments(parser: Parser) -> None:
    """Where to, and how strict."""
    parser.examples = _(
        "antrag publish ../public     # show what would be public, ask, and commit it there\n"
        "antrag publish ../public --dry-run\n"
        "antrag publish /srv/git/public.git --yes --strict   # each night, into a hub\n"
        "antrag publish ../public --overwrite   # what was changed there is set to what stands here"
    )
    parser.add_argument("folder", metavar=_("DIR"), help=_("the public register: a new folder, a clone, or a hub"))
    parser.add_argument("--unnumbered", action="store_true", help=_("motions that have no number yet, too"))
    parser.add_argument("--overwrite", action="store_true", help=_("also what somebody else changed there"))
    parser.add_argument(
        "--strict", action="store_true", help=_("publish nothing while a sentence names a motion that is not published")
    )
    parser.add_argument("--dry-run", action="store_true", help=_("only show; write nothing"))
    parser.add_argument("-y", "--yes", action="store_true", help=_("write without asking"))
    parser.add_argument("--json", action="store_true", help=_("print as JSON what is published"))


def run(options: argparse.Namespace) -> int:
    """Show what would be public, ask, commit it there; 1 where something needs a person's decision."""
    from antragsbuch.store import publication_target, publishing

    folder = Path(options.folder)
    with register_here() as register:
        target = publication_target.find(register, folder)
        try:
            with progress(_("Comparing")) as tell:
                planned = publishing.plan(
                    register, target, unnumbered=options.unnumbered, overwrite=options.overwrite, tell=tell
                )
            if not options.json:
                _show(planned, target)
                _show_errors(planned)
            if refused := _refused(planned, options):
                say(refused)
            commit = None
            if not (refused or options.dry_run or not planned.changes):
                if not options.yes:
                    _confirm(planned)
                _say_uncommitted(register)
                target = target or publication_target.make(register, folder)
                commit = _published(register, target, planned)
            elif target is not None and not planned.changes and not options.dry_run:
                publishing.note_unchanged(register, target, planned)
            if options.json:
                out_json(_as_json(planned, commit))
            return 1 if refused or planned.conflicts or planned.errors else 0
        finally:
            if target is not None:
                target.close()


def _refused(planned: Plan, options: argparse.Namespace) -> str:
    """Why nothing is published though something could be."""
    if options.strict and planned.source.given:
        return _(
            "Nothing was published: sentences name motions that are not. Reword them, or publish without --strict."
        )
    return ""


def _published(register: Register, target: Target, planned: Plan) -> str:
    from antragsbuch.store import publishing

    message = publishing.message_of(planned, dt.date.today())
    commit = publishing.carry_out(register, target, planned, message)
    say(_("Published {commit}: {subject}").format(commit=commit[:10], subject=message.splitlines()[0]))
    if target.has_remote():
        say(_("It is in {folder} only; push it from there: git -C {folder} push").format(folder=target.folder))
    return commit


def _say_uncommitted(register: Register) -> None:
    """Say what is not published because it is not committed."""
    changed = len(register.status().changed)
    if changed:
        said = ngettext(
            "{count} changed file is not committed here, and not published as it is now.",
            "{count} changed files are not committed here, and not published as they are now.",
            changed,
        )
        say(said.format(count=changed))


def _confirm(planned: Plan) -> None:
    count = len(planned.changes)
    question = ngettext("Publish {count} change? [y/N] ", "Publish {count} changes? [y/N] ", count).format(count=count)
    if not confirmed(question, _("Nothing was published: --yes publishes without asking, --dry-run only shows.")):
        raise Refused(_("Nothing was published."))


# --- in words


def _show(planned: Plan, target: Target | None) -> None:
    from antragsbuch.store.publishing import KINDS

    new, changed, removed = (planned.motions(kind) for kind in KINDS)
    counts = [
        (len(new), _("new")),
        (len(changed), _("changed")),
        (len(removed), _("not public any more")),
        (planned.unchanged, _("unchanged")),
    ]
    total = len(new) + len(changed) + planned.unchanged
    said = ngettext("{count} public motion", "{count} public motions", total).format(count=total)
    details = ", ".join(f"{count} {what}" for count, what in counts if count)
    out(f"{said}: {details}" if details else said)
    _list([f"+ {change.name}" for change in new])
    _list([f"~ {change.name}{_edited(change)}" for change in changed])
    _list([f"- {change.name}: {_reason(change)}{_edited(change)}" for change in removed])
    if any(change.path == "motions/council.toml" for change in planned.changes):
        is_there = target is not None and target.council
        out(("~ " if is_there else "+ ") + "council.toml: " + (_("changed") if is_there else _("new")))
    _show_withheld(planned)
    _show_warnings(planned, len(removed))


def _show_withheld(planned: Plan) -> None:
    reasons = [reason.words(count)(language()) for reason, count in planned.source.withheld.items()]
    left = [what.words(count)(language()) for what, count in planned.source.left.items()]
    if reasons:
        out(_("Withheld: {what}").format(what=", ".join(reasons)))
    if left:
        out(_("Left out of what is public: {what}").format(what=", ".join(sorted(left))))
    if unknown := sorted(planned.source.unknown):
        out(_("Bodies that council.toml does not know: {names}").format(names=", ".join(unknown[:_NAMED])))


def _show_warnings(planned: Plan, removed: int) -> None:
    for conflict in planned.conflicts:
        if conflict.what == "changed":
            out(
                _("{name} was changed in the public register by somebody else, and stays so.").format(
                    name=conflict.name
                )
            )
        else:
            out(
                _("{name} was deleted in the public register by somebody else, and stays so.").format(
                    name=conflict.name
                )
            )
    if planned.conflicts:
        out(_("Take over by hand what was meant, or publish with --overwrite."))
    if planned.overtaken and planned.changes:
        out(
            _(
                "The last publication was made from another clone, or from what is not in this branch: git pull first, "
                "so that nothing newer is taken back."
            )
        )
    if planned.foreign:
        said = ngettext(
            "{count} file there does not come from here and stays: {paths}",
            "{count} files there do not come from here and stay: {paths}",
            len(planned.foreign),
        )
        out(said.format(count=len(planned.foreign), paths=", ".join(planned.foreign[:_NAMED])))
    if planned.source.given:
        out(_("These sentences name motions that are not published:"))
        _list([f"{name}: {given.sentence}" for name, given in planned.source.given])
    if removed:
        out(
            _(
                "What was public stays in the history of the public register and in every clone of it. If it must go "
                "from there too, publish to a new folder and put that in the place of the old one."
            )
        )


def _show_errors(planned: Plan) -> None:
    """What is wrong with motions, at the lines of the files that would be public."""
    if not planned.errors:
        return
    sources = {change.path: change.after or b"" for change in planned.invalid}
    say_findings(planned.errors[:_NAMED], sources)
    rest = len(planned.errors) - _NAMED
    if rest > 0:
        say(ngettext("... and {count} more finding.", "... and {count} more findings.", rest).format(count=rest))
    said = ngettext(
        "{count} motion has errors and is not published; what is there of it stays: {names}",
        "{count} motions have errors and are not published; what is there of them stays: {names}",
        len(planned.invalid),
    )
    names = ", ".join(change.name for change in planned.invalid[:_NAMED])
    say(said.format(count=len(planned.invalid), names=names))


def _list(lines: list[str]) -> None:
    for line in lines[:_NAMED]:
        out(f"  {line}")
    if len(lines) > _NAMED:
        out("  " + _("and {count} more").format(count=len(lines) - _NAMED))


def _reason(change: Change) -> str:
    from antragsbuch_schema.exchange.public import Withheld

    words = {
        None: _("deleted here"),
        Withheld.CONFIDENTIAL: _("not public any more"),
        Withheld.UNNUMBERED: _("has no number any more"),
        Withheld.UNREADABLE: _("can't be read"),
    }
    return words[change.reason]


def _edited(change: Change) -> str:
    return " (" + _("changed there meanwhile") + ")" if change.edited else ""


def _as_json(planned: Plan, commit: str | None) -> dict[str, Any]:
    from antragsbuch.store.publishing import KINDS
    from antragsbuch_schema import places

    def named(change: Change) -> dict[str, Any]:
        about = {"name": change.name, "path": change.path, "edited": change.edited}
        if change.old_path:
            about["old_path"] = change.old_path
        if change.kind == "removed":
            about["reason"] = change.reason or "deleted"
        return about

    return {
        "source": planned.source.commit,
        "commit": commit,
        **{kind: [named(change) for change in planned.motions(kind)] for kind in KINDS},
        "unchanged": planned.unchanged,
        "council": any(change.path == "motions/council.toml" for change in planned.changes),
        "withheld": planned.source.withheld,
        "left_out": planned.source.left,
        "unknown_bodies": sorted(planned.source.unknown),
        "conflicts": [
            {"name": conflict.name, "path": conflict.path, "what": conflict.what} for conflict in planned.conflicts
        ],
        "foreign": planned.foreign,
        "overtaken": planned.overtaken,
        "mentions": [
            {"name": name, "place": places.render(given.place), "sentence": given.sentence, "of": given.name}
            for name, given in planned.source.given
        ],
        "invalid": [{"name": change.name, "path": change.path} for change in planned.invalid],
        "errors": [
            {"path": found.path, "line": found.span.line, "code": found.finding.code, "de": found.finding.message("de"),
             "en": found.finding.message("en")}
            for found in planned.errors
        ],
    }  # fmt: skip
