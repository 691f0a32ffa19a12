"""The file of a baseline: read before, written behind."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

from antragsbuch.i18n import _, language, ngettext

from .common import Refused, say
from .validating import Request
from .validating_reports import write_whole

if TYPE_CHECKING:
    from antragsbuch_schema.baseline import Baseline
    from antragsbuch_schema.judge import Judged
    from antragsbuch_schema.policy import Policy

    from .validating_check import Outcome


def known_by(request: Request) -> Baseline | None:
    """What the baseline knows; None where none is asked for, or where one is to be made. Raises `Refused`."""
    from antragsbuch_schema import baseline

    if request.baseline is None:
        return None
    try:
        return baseline.read(Path(request.baseline).read_bytes())
    except FileNotFoundError:
        if request.update_baseline:
            return None
        missing = _("There is no baseline {file}; --update-baseline writes one.").format(file=request.baseline)
        raise Refused(missing) from None
    except OSError as error:
        raise Refused(f"{request.baseline}: {error.strerror}") from error
    except baseline.BaselineError as error:
        raise Refused(f"{request.baseline}: {error.message(language())}") from error


def bring_up_to_date(
    request: Request, known: Baseline | None, outcome: Outcome, judged: Judged, policy: Policy
) -> Judged:
    """Write a new baseline of all that was found, or take out of an old one what this check says is gone.

    What is new never comes into an old one by itself: a job of CI may run this. Raises `Refused`.
    """
    from antragsbuch_schema import baseline
    from antragsbuch_schema.judge import judge

    assert request.baseline is not None, "refused before"
    file = Path(request.baseline)
    if known is None:
        if not (request.of_all and policy.is_whole):
            raise Refused(
                _("A new baseline is made of the whole register: without PATH, --since, --select and --ignore.")
            )
        known = baseline.entries(judged.report.findings, outcome.text)
        write_whole(file, baseline.rendered(known).encode())
        say(
            ngettext("{file}: {count} finding is known.", "{file}: {count} findings are known.", known.total()).format(
                file=request.baseline, count=known.total()
            )
        )
        return judge(outcome.report, policy, known, outcome.text)
    if gone := judged.gone:
        write_whole(file, baseline.rendered(Counter(known) - gone).encode())
        say(
            ngettext(
                "{file}: {count} finding is gone and taken out.",
                "{file}: {count} findings are gone and taken out.",
                gone.total(),
            ).format(file=request.baseline, count=gone.total())
        )
    return judged._replace(gone=Counter())
