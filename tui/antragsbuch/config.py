"""The person's own configuration file: keys, theme, mouse.

It is TOML, `config.toml` in the folder that the system has for it (`antrag doctor` names it); everything in it is
optional:

    theme = "auto"        # auto, dark, light (the terminal's own colours), or the name of a theme of Textual
    mouse = true

    [keys]
    review = ["c", "f5"]  # command = its keys
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from antragsbuch_schema.display import display

from . import keymap
from .i18n import _


@dataclass(frozen=True, slots=True)
class Config:
    """What the file says. `complaints` are what is wrong with it, in the language of the person."""

    theme: str = "auto"
    mouse: bool = True
    keys: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    complaints: tuple[str, ...] = ()


def path() -> Path:
    """Where the file is looked for."""
    from platformdirs import user_config_path

    return user_config_path("antragsbuch") / "config.toml"


def load(file: Path | None = None) -> Config:
    """The configuration in `file` (by default the person's own); what can't be used is named in `complaints`."""
    file = file or path()
    try:
        data = tomllib.loads(file.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return Config()
    except (OSError, ValueError) as error:
        return Config(complaints=(f"{display(str(file))}: {display(str(error))}",))
    return of(data)


def of(data: Mapping[str, Any]) -> Config:
    """The configuration in the parsed file `data`."""
    complaints = [
        _("configuration: {name} is not known").format(name=display(name))
        for name in data
        if name not in ("theme", "mouse", "keys")
    ]
    theme, mouse, keys = data.get("theme", "auto"), data.get("mouse", True), data.get("keys", {})
    if not isinstance(theme, str):
        complaints.append(_("configuration: {name} has the wrong type").format(name="theme"))
        theme = "auto"
    if not isinstance(mouse, bool):
        complaints.append(_("configuration: {name} has the wrong type").format(name="mouse"))
        mouse = True
    wanted: dict[str, tuple[str, ...]] = {}
    for name, value in keys.items() if isinstance(keys, dict) else ():
        many = [value] if isinstance(value, str) else value
        if isinstance(many, list) and all(isinstance(key, str) for key in many):
            wanted[name] = tuple(many)
        else:
            complaints.append(_("configuration: {name} has the wrong type").format(name=f"keys.{display(name)}"))
    if not isinstance(keys, dict):
        complaints.append(_("configuration: {name} has the wrong type").format(name="keys"))
    holding, clashing = keymap.checked(wanted)
    return Config(theme, mouse, holding, (*complaints, *clashing))
