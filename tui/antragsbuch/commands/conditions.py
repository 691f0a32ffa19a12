"""Why a command can't run now. Each condition gives the reason in the language of the person, or None."""

from __future__ import annotations

from antragsbuch.i18n import _
from antragsbuch.state import Situation

from .command import Enabled


def every(*conditions: Enabled) -> Enabled:
    """All of `conditions`; the first that does not hold gives the reason."""

    def check(situation: Situation) -> str | None:
        return next((reason for condition in conditions if (reason := condition(situation))), None)

    return check


def with_register(situation: Situation) -> str | None:
    """A register is open."""
    if situation.opening:
        return _("the register is still being opened")
    return None if situation.register else _("no register is open")


def with_motion(situation: Situation) -> str | None:
    """A motion is meant."""
    return None if situation.motion else _("no motion here")


def with_motion_or_marked(situation: Situation) -> str | None:
    """A motion is meant, or some are marked."""
    return None if situation.motion or situation.marked else _("no motion here")


def with_marked(situation: Situation) -> str | None:
    """Something is marked."""
    return None if situation.marked else _("nothing is marked")


def with_rows(situation: Situation) -> str | None:
    """There is something to move in."""
    return None if situation.rows else _("nothing is listed here")


def writable(situation: Situation) -> str | None:
    """What is shown can be changed: the list is there before the register is open."""
    return with_register(situation) or situation.read_only or None


def with_news(situation: Situation) -> str | None:
    """Something came since the person last looked, or only that is shown."""
    return None if situation.news else _("nothing came since you last looked")


def of_now(situation: Situation) -> str | None:
    """What is shown is not the past."""
    return situation.read_only if situation.past else None


def changed(situation: Situation) -> str | None:
    """Something differs from the last commit."""
    return None if situation.changed else _("nothing is changed since the last commit")


def committed(situation: Situation) -> str | None:
    """The motion has a history."""
    return None if situation.committed else _("it has not been committed yet")


def not_in_register(situation: Situation) -> str | None:
    """The motion is not in the register yet."""
    return _("it is in the register already: enter opens it with what is marked") if situation.committed else None


def with_several(situation: Situation) -> str | None:
    """There are several to choose from."""
    return None if situation.filtered else _("there is only one")


def filtered(situation: Situation) -> str | None:
    """A filter holds."""
    return None if situation.filtered else _("nothing is searched for: / begins")


def undoable(situation: Situation) -> str | None:
    """There is something to undo."""
    return None if situation.can_undo else _("nothing to undo")


def redoable(situation: Situation) -> str | None:
    """There is something to redo."""
    return None if situation.can_redo else _("nothing to redo")
