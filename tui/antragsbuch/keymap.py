"""Which key runs which command on a screen; what the configuration file may change.

Keys are written as a person types them: a character (`D`, `?`), a name (`enter`, `pageup`, `f1`), with `ctrl+`,
`alt+` or `shift+` before it, or two after another with a blank between (`g b`).
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from antragsbuch_schema.display import display

from .commands import BY_SCREEN, Command
from .i18n import _

NAMES = frozenset(
    [
        "enter",
        "escape",
        "tab",
        "space",
        "backspace",
        "delete",
        "insert",
        "up",
        "down",
        "left",
        "right",
        "home",
        "end",
        "pageup",
        "pagedown",
    ]
) | {f"f{number}" for number in range(1, 25)}
_MODIFIERS = ("ctrl", "alt", "shift", "super")

SHOWN = {
    "escape": "esc",
    "pageup": "pgup",
    "pagedown": "pgdn",
    "shift+tab": "S-tab",
    "up": "↑",
    "down": "↓",
    "left": "←",
    "right": "→",
    "space": "space",
}


def key_of(key: str, character: str | None) -> str:
    """The key that a terminal sent (its name and its character) in the way keys are written here."""
    if character == " ":
        return "space"
    if character and len(character) == 1 and character.isprintable():
        return character
    return {"ctrl+i": "tab", "ctrl+m": "enter"}.get(key, key)


def shown(key: str) -> str:
    """A key as people read it."""
    return " ".join(_shown(part) for part in key.split(" "))


def _shown(key: str) -> str:
    if key == "space":
        return _("space")
    if key in SHOWN:
        return SHOWN[key]
    return key.replace("ctrl+", "^") if key.startswith("ctrl+") and len(key) == len("ctrl+x") else key


def is_key(key: str) -> bool:
    """Whether `key` names a key, or two after another."""
    parts = key.split(" ") if key.strip() else []
    return 1 <= len(parts) <= 2 and all(_is_one(part) for part in parts)


def _is_one(key: str) -> bool:
    *modifiers, name = key.split("+") if len(key) > 1 else [key]
    return all(modifier in _MODIFIERS for modifier in modifiers) and (
        name in NAMES or (len(name) == 1 and name.isprintable() and name != " ")
    )


@dataclass(frozen=True, slots=True)
class KeyTable:
    """The keys of one screen. `commands` maps a key, or two with a blank between, to its command."""

    commands: Mapping[str, Command]

    @classmethod
    def of(cls, commands: Iterable[Command]) -> KeyTable:
        """The table of these commands; where two share a key the first holds it (`clashes` names them)."""
        table: dict[str, Command] = {}
        for command in commands:
            for key in command.keys:
                table.setdefault(key, command)
        return cls(table)

    def command(self, key: str, before: str = "") -> Command | None:
        """The command of `key`, pressed after the key `before`."""
        return self.commands.get(f"{before} {key}" if before else key)

    def begins(self, key: str) -> bool:
        """Whether `key` is the first of two."""
        return any(known.startswith(key + " ") for known in self.commands)


def clashes(commands: Iterable[Command]) -> list[tuple[str, Command, Command]]:
    """Keys that stand for two commands, or are a command and the first of two keys."""
    holders: dict[str, Command] = {}
    found = []
    for command in commands:
        for key in command.keys:
            if holders.setdefault(key, command).id != command.id:
                found.append((key, holders[key], command))
    for key, command in holders.items():
        first = key.partition(" ")[0]
        if first != key and first in holders:
            found.append((first, holders[first], command))
    return found


def with_keys(commands: Iterable[Command], keys: Mapping[str, tuple[str, ...]]) -> tuple[Command, ...]:
    """`commands`, with other keys for those that `keys` names by their id."""
    return tuple(replace(command, keys=keys.get(command.id, command.keys)) for command in commands)


def checked(
    keys: Mapping[str, tuple[str, ...]], screens: Mapping[str, tuple[Command, ...]] = BY_SCREEN
) -> tuple[dict[str, tuple[str, ...]], list[str]]:
    """The keys of a configuration that can hold, and what is wrong with the others, by name.

    An unknown command or key is left out; where two commands would share a key on a screen, the keys that the
    configuration gave to one of them are left out.
    """
    known = {command.id for commands in screens.values() for command in commands}
    holding: dict[str, tuple[str, ...]] = {}
    complaints = []
    for name, wanted in keys.items():
        wrong = [key for key in wanted if not is_key(key)]
        if name not in known:
            near = difflib.get_close_matches(name, known, 1)
            complaints.append(
                _("keys: there is no command {name}; did you mean {near}?").format(name=display(name), near=near[0])
                if near
                else _("keys: there is no command {name}").format(name=display(name))
            )
        elif wrong or not wanted:
            complaints.append(
                _("keys: {key} for {name} is not a key").format(
                    key=display(wrong[0]) if wrong else _("nothing"), name=name
                )
            )
        else:
            holding[name] = wanted
    for screen, commands in screens.items():
        while found := clashes(with_keys(commands, holding)):
            key, first, second = found[0]
            configured = second if second.id in holding else first
            if configured.id not in holding:
                break
            complaints.append(
                _("keys: {key} stands for {first} and for {second} on the screen {screen}").format(
                    key=shown(key), first=first.id, second=second.id, screen=screen
                )
            )
            del holding[configured.id]
    return holding, list(dict.fromkeys(complaints))
