"""`antrag export oparl`: the register as OParl 1.1, a folder of plain files that any web server can give out."""

from __future__ import annotations

import argparse
import gc
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from antragsbuch.i18n import _, language, ngettext

from .common import Refused, out, out_json, register_here, say, whole_number
from .parser import Parser
from .progress import progress

if TYPE_CHECKING:
    from antragsbuch.store.exporting_oparl import Export, Wish
    from antragsbuch.store.published import Written
    from antragsbuch.store.register import Register


def arguments(parser: Parser) -> None:
    """Where to, and under which address."""
    parser.examples = _(
        "antrag export oparl /srv/www/oparl --url https://oparl.example.org/\n"
        "antrag export oparl public --url https://example.org/oparl "
        "--license https://www.govdata.de/dl-de/zero-2-0"
    )
    parser.add_argument(
        "folder", metavar=_("DIR"), help=_("the folder of the tree; again, only what changed is written")
    )
    parser.add_argument(
        "--url", required=True, metavar=_("ADDRESS"), help=_("the address under which the folder will be published")
    )
    parser.add_argument(
        "--page-size", type=whole_number, default=100, metavar=_("NUMBER"), help=_("objects on a list page (100)")
    )
    parser.add_argument("--license", metavar=_("ADDRESS"), default="", help=_("address of the licence of the data"))
    parser.add_argument(
        "--web",
        metavar=_("PATTERN"),
        default="",
        help=_("address of the page of a motion, with {id} or {reference}; otherwise that of its source"),
    )
    parser.add_argument(
        "--public-only",
        action="store_true",
        help=_("publish a confidential register all the same: only what is public of it"),
    )
    parser.add_argument("--dry-run", action="store_true", help=_("write nothing, only say what would be published"))
    parser.add_argument("--json", action="store_true", help=_("the report as JSON"))


def run(options: argparse.Namespace) -> int:
    """Make the tree of what is committed; 1 where a motion could not be read."""
    from antragsbuch.store import exporting_oparl, published

    wish = _wish(options)
    folder = Path(options.folder)
    with register_here() as register:
        _check(folder, register)
        with progress(_("Reading")) as tell, _without_collecting():
            found = exporting_oparl.export(register, wish, tell)
        files = found.tree.files
        written = None
        if not options.dry_run:
            with progress(_("Writing")) as tell:
                written = published.publish(
                    folder,
                    [*files, *found.tree.copies],
                    lambda path: files[path] if path in files else found.content(found.tree.copies[path]),
                    tell,
                )
        changed = len(register.status().changed)
    if options.json:
        out_json(_as_json(found, written))
    else:
        _show(found, written)
    if changed:
        say(
            ngettext(
                "{count} file has changes that are not committed; what is committed was taken.",
                "{count} files have changes that are not committed; what is committed was taken.",
                changed,
            ).format(count=changed)
        )
    for path, reason in found.unreadable.items():
        say(f"{path}: " + (reason if isinstance(reason, str) else reason(language())))
    return 1 if found.unreadable else 0


@contextmanager
def _without_collecting() -> Iterator[None]:
    """Without looking for garbage: of all that is made for a tree hardly anything is, and looking takes a fifth."""
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


def _wish(options: argparse.Namespace) -> Wish:
    from antragsbuch.store.exporting_oparl import Wish
    from antragsbuch_schema.exchange.oparl_out_names import BadAddress, is_url, site

    if options.page_size < 1:
        raise Refused(_("A list page holds at least one object."))
    page = options.web.replace("{id}", "1").replace("{reference}", "1")
    for option, address in (("--license", options.license), ("--web", page)):
        if address and not is_url(address):
            raise Refused(_("{option}: {address} is no address.").format(option=option, address=address))
    try:
        base = site(options.url)
    except BadAddress as error:
        raise Refused(error.message(language()) + ".") from error
    return Wish(base, options.page_size, options.license, options.web, options.public_only)


def _check(folder: Path, register: Register) -> None:
    """Refuse a folder in which the tree would lie among other things."""
    target = folder.resolve()
    if target == register.root.resolve() or target.is_relative_to(register.motions.resolve()):
        raise Refused(_("{path} is the register itself; name another folder.").format(path=folder))
    if folder.exists() and not folder.is_dir():
        raise Refused(_("{path} is no folder.").format(path=folder))


def _show(found: Export, written: Written | None) -> None:
    counts = found.tree.objects
    out(", ".join(f"{counts[kind]} {kind}" for kind in sorted(counts) if kind != "deleted"))
    if counts["deleted"]:
        out(_("{count} marked as deleted").format(count=counts["deleted"]))
    if written is not None:
        line = _("{written} files written, {unchanged} unchanged, {removed} removed")
        out(line.format(written=written.written, unchanged=written.unchanged, removed=written.removed))
    if left := _left(found):
        out(_("Left out, not public: {what}").format(what=", ".join(left)))


def _left(found: Export) -> list[str]:
    publicity = found.tree.publicity
    words = [what.words(count)(language()) for what, count in publicity.withheld.items() if count]
    words += [what.words(count)(language()) for what, count in publicity.left.items() if count]
    if count := publicity.naming:
        words.append(
            ngettext(
                "{count} motion that names one which is not public",
                "{count} motions that name one which is not public",
                count,
            ).format(count=count)
        )
    return words


def _as_json(found: Export, written: Written | None) -> dict[str, Any]:
    publicity = found.tree.publicity
    counted: dict[str, int] = {str(why): count for why, count in publicity.withheld.items()}
    counted |= {str(what): count for what, count in publicity.left.items()}
    counted["naming"] = publicity.naming
    return {
        "objects": dict(sorted(found.tree.objects.items())),
        "left_out": {what: count for what, count in counted.items() if count},
        "unreadable": sorted(found.unreadable),
        **(
            {"written": written.written, "unchanged": written.unchanged, "removed": written.removed}
            if written is not None
            else {}
        ),
    }
