"""A command: one definition for its key, the bottom line, the palette and the help."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from antragsbuch.state import Situation

Enabled = Callable[[Situation], str | None]


def always(situation: Situation) -> str | None:
    """Can run in every situation."""
    return None


@dataclass(frozen=True, slots=True)
class Command:
    """Something that a person can do.

    `id` is the name in the configuration file; the screen runs it with its method `do_<id>`. `title` (a word or
    two) and `help` (a sentence) are English messages of the catalogue, as `group` is, the heading in the help.
    `keys` are tried as they stand, the first is the one that is shown: a character (`D`, `?`), a name (`enter`,
    `pageup`, `f1`, `ctrl+d`), or two after another (`g b`). With `typing` the keys that are not characters act also
    while a text is typed. `shown` puts it into the bottom line. `enabled` gives the reason why it can't run now,
    in the language of the person, or None. `screen` names the screen that it leads to, where it does only that.
    """

    id: str
    title: str
    help: str
    keys: tuple[str, ...]
    group: str = ""
    typing: bool = False
    shown: bool = False
    enabled: Enabled = always
    screen: str = ""

    @property
    def method(self) -> str:
        """The name of the method that runs it."""
        return "do_" + self.id.replace("-", "_")

    def here(
        self,
        title: str = "",
        help: str = "",
        *,
        keys: tuple[str, ...] = (),
        shown: bool | None = None,
        typing: bool | None = None,
        enabled: Enabled | None = None,
    ) -> Command:
        """The same command as one screen words it: with the same meaning, but more precise words or conditions."""
        return replace(
            self,
            title=title or self.title,
            help=help or self.help,
            keys=keys or self.keys,
            shown=self.shown if shown is None else shown,
            typing=self.typing if typing is None else typing,
            enabled=enabled or self.enabled,
        )
