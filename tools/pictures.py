"""Take pictures of the real program: `python tools/pictures.py [--png] [FOLDER] [NAME ...]`.

Each picture is a scene: the program on a copy of the motions of this repository, some keys, a size, a dark or a light
terminal. SVG by default; with --png also PNG (that needs cairosvg), to be looked at. Without names all are taken.
"""

from __future__ import annotations

import argparse
import asyncio
import io
import os
import shutil
import subprocess
import sys
import tempfile
import tomllib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from rich.console import Console
from rich.terminal_theme import TerminalTheme
from textual.pilot import Pilot

from antragsbuch import i18n
from antragsbuch.app import AntragsbuchApp
from antragsbuch.config import Config
from antragsbuch_schema.exchange.printed import printed
from antragsbuch_schema.i18n import Language

ROOT = Path(__file__).parent.parent

DARK = TerminalTheme(
    (30, 30, 30),
    (204, 204, 204),
    [
        (0, 0, 0),
        (205, 49, 49),
        (13, 188, 121),
        (229, 229, 16),
        (36, 114, 200),
        (188, 63, 188),
        (17, 168, 205),
        (229,) * 3,
    ],
    [
        (102,) * 3,
        (241, 76, 76),
        (35, 209, 139),
        (245, 245, 67),
        (59, 142, 234),
        (214, 112, 214),
        (41, 184, 219),
        (255,) * 3,
    ],
)
LIGHT = TerminalTheme(
    (255, 255, 255),
    (40, 40, 40),
    [(0, 0, 0), (205, 49, 49), (0, 135, 62), (148, 120, 0), (4, 81, 165), (188, 5, 188), (5, 125, 150), (85, 85, 85)],
    [(102,) * 3, (205, 49, 49), (20, 150, 70), (160, 130, 0), (4, 81, 165), (188, 5, 188), (5, 125, 150), (120,) * 3],
)
FORMAT = """\
<svg class="rich-terminal" viewBox="0 0 {width} {height}" xmlns="http://www.w3.org/2000/svg">
    <style>
    .{unique_id}-matrix {{
        font-family: "DejaVu Sans Mono", Menlo, Consolas, monospace;
        font-size: {char_height}px;
        line-height: {line_height}px;
    }}
    {styles}
    </style>
    <defs>
    <clipPath id="{unique_id}-clip-terminal">
    <rect x="0" y="0" width="{terminal_width}" height="{terminal_height}"/>
    </clipPath>
    {lines}
    </defs>
    {chrome}
    <g transform="translate({terminal_x}, {terminal_y})" clip-path="url(#{unique_id}-clip-terminal)">
    {backgrounds}
    <g class="{unique_id}-matrix">
    {matrix}
    </g>
    </g>
</svg>
"""


@dataclass(frozen=True)
class Scene:
    """A picture: keys pressed one after the other; a text in `<...>` is waited for."""

    name: str
    keys: tuple[str, ...] = ()
    size: tuple[int, int] = (80, 24)
    language: Language = "de"


LARGE = (120, 40)
MINUTES = "mit 45 Ja- zu 30 Nein-Stimmen bei 3 Enthaltungen laut Vorschlag beschlossen"
SCENES = (
    Scene("register", ("<2292",)),
    Scene("register-wide", ("<2292",), LARGE),
    Scene("register-english", ("<2292",), language="en"),
    Scene("register-filter", ("<2292", "/", *"fraktion:SPD")),
    Scene("register-printed", ("<2292", "v", "z", "z"), LARGE),
    Scene("register-delete", ("<2292", "D")),
    Scene("editor", ("<3185", "j", "<Haushaltsbegleitantrag", "enter", "<Kopf")),
    Scene("editor-steps", ("<3185", "j", "<Haushaltsbegleitantrag", "enter", "<Kopf", "]")),
    Scene("editor-wide", ("<3185", "j", "<Haushaltsbegleitantrag", "enter", "<Kopf"), LARGE),
    Scene("editor-printed", ("<3185", "j", "<Haushaltsbegleitantrag", "enter", "<Kopf", "v", "<Sitzungs-")),
    Scene(
        "editor-in-words",
        ("<3185", "j", "<Haushaltsbegleitantrag", "enter", "<Kopf", "I", *MINUTES, "<Stimm"),
    ),
    Scene("taking", ("<3185", "I", *"~/3190.txt", "enter", "<3190 (V) HHA")),
    Scene("taking-wide", ("<3185", "I", *"~/3190.txt", "enter", "<3190 (V) HHA"), LARGE),
    Scene("taking-known", ("<3185", "I", *"~/3185.txt", "enter", "<schon im Register")),
    Scene("saving-as", ("<3185", "O")),
    Scene("review", ("<3185", "c", "<landesweit")),
    Scene("history", ("<3185", "j", "h", "<Fassungen", "j")),
    Scene("history-wide", ("<3185", "j", "h", "<Fassungen"), LARGE),
    Scene("history-compared", ("<3185", "j", "h", "<Fassungen", "space", "G", "space"), LARGE),
    Scene("history-blame", ("<3185", "j", "h", "<Fassungen", "b", *"jjjjjj")),
    Scene("history-bring-back", ("<3185", "j", "h", "<Fassungen", "j", "j", "R")),
    Scene("history-register", ("<3185", "H", "<Einträge")),
    Scene("history-register-wide", ("<3185", "H", "<Einträge", "j"), LARGE),
    Scene("problems", ("<2292", "p", "<GR001")),
    Scene("past", ("<2292", "t", *"31.12.2099", "enter", "<Stand vom 31.12.2099")),
    Scene("help", ("<2292", "?")),
    Scene("palette", ("<2292", ":", *"ver")),
)


def documents(folder: Path) -> None:
    """Printed documents in a folder: a new motion with a line that nobody understands, and one that is known."""
    text = printed(tomllib.loads(next((ROOT / "motions").rglob("3185*.toml")).read_text(encoding="utf-8")), {})
    vote = ("17.12.2024\tEntscheidung\t\t\t\t\t", "17.12.2024\tEntscheidung\tX\t\t45\t30\t3")
    (folder / "3185.txt").write_text(text.replace(*vote), encoding="utf-8")
    new = text.replace("3185", "3190").replace(vote[0], f"{vote[0]}\nNotiz am Rand")
    (folder / "3190.txt").write_text(new, encoding="utf-8")


def copy_of_the_register(folder: Path) -> Path:
    """A register of its own with the motions of this repository, one of them changed since the commit."""
    shutil.copytree(ROOT / "motions", folder / "motions")

    def git(*arguments: str) -> None:
        person = ("-c", "user.name=Kanzlei", "-c", "user.email=kanzlei@example.org", "-c", "commit.gpgSign=false")
        subprocess.run(["git", *person, *arguments], cwd=folder, check=True, capture_output=True)

    def on(day: str) -> None:
        os.environ |= {"GIT_AUTHOR_DATE": f"{day}T10:15:00+0100", "GIT_COMMITTER_DATE": f"{day}T10:15:00+0100"}

    git("init", "--initial-branch=main")
    git("add", "--all")
    on("2024-11-14")
    git("commit", "-m", "Begin the register")
    changed = next((folder / "motions").rglob("3185*.toml"))
    edits = (
        ("Kanzlei", "Frist ergänzt", "2024-11-20", "aktualisiert", "bis Ende 2025 aktualisiert", "Wunsch der Fraktion"),
        ("Erika Beispiel", "Titel kürzer", "2024-12-02", "Integrationsplan aktualisieren", "Integrationsplan", ""),
        (
            "Kanzlei",
            "Niederschrift übernommen",
            "2024-12-18",
            "von Bürger",
            "von allen Bürger",
            "Beschluss vom 17.12.2024",
        ),
    )
    for person, subject, day, old, new, reason in edits:
        changed.write_text(changed.read_text(encoding="utf-8").replace(old, new, 1), encoding="utf-8")
        on(day)
        trailer = ("-m", f"Reason: {reason}") if reason else ()
        git("commit", "--all", "-m", subject, *trailer, f"--author={person} <post@example.org>")
    del os.environ["GIT_AUTHOR_DATE"], os.environ["GIT_COMMITTER_DATE"]
    changed.write_text(changed.read_text(encoding="utf-8").replace("bundesweit", "landesweit", 1), encoding="utf-8")
    return folder


async def take(scene: Scene, start: Path, theme: str) -> tuple[str, list[str]]:
    """One picture: SVG, and the screen as text."""
    i18n.use(scene.language)
    app = AntragsbuchApp(start, Config(theme=theme))
    async with app.run_test(size=scene.size) as pilot:
        for key in scene.keys:
            if key.startswith("<"):
                await until(pilot, lambda wanted=key[1:]: any(wanted in line for line in lines(app)))  # type: ignore[misc]
            else:
                await pilot.press("space" if key == " " else key)
        await settled(pilot)
        result = svg(app, LIGHT if theme == "light" else DARK), lines(app)
    if app.session is not None:
        app.session.close()
    return result


async def until(pilot: Pilot[None], condition: Callable[[], bool]) -> None:
    """Wait for something to come."""
    for _attempt in range(1000):
        if condition():
            return
        await pilot.pause(0.01)
    raise SystemExit("what the scene waits for never came")


async def settled(pilot: Pilot[None]) -> None:
    """Wait until nothing is under way and the cursor rests."""
    await pilot.pause(0.3)
    await until(pilot, lambda: not any(worker.is_running for worker in pilot.app.workers))
    await pilot.pause(0.3)


def lines(app: AntragsbuchApp) -> list[str]:
    """The screen as text."""
    return [strip.text.rstrip() for strip in app.screen._compositor.render_strips()]


def svg(app: AntragsbuchApp, theme: TerminalTheme) -> str:
    """The screen as a picture, with the colours of a usual terminal."""
    width, height = app.size
    console = Console(
        width=width, height=height, file=io.StringIO(), force_terminal=True, color_system="truecolor", record=True
    )
    console.print(app.screen._compositor.render_update(full=True, screen_stack=[], simplify=True))
    return console.export_svg(title="", theme=theme, code_format=FORMAT, unique_id="book")


def main() -> int:
    """Take the pictures that were asked for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", nargs="?", type=Path, default=ROOT / "docs")
    parser.add_argument("names", nargs="*")
    parser.add_argument("--png", action="store_true")
    options = parser.parse_args()
    options.folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as scratch:
        documents(Path(scratch))
        os.environ |= {
            "HOME": scratch,
            "XDG_CONFIG_HOME": scratch,
            "XDG_STATE_HOME": scratch,
            "XDG_CACHE_HOME": scratch,
        }
        for scene in SCENES:
            if options.names and scene.name not in options.names:
                continue
            for theme in ("dark", "light"):
                with tempfile.TemporaryDirectory() as folder:
                    picture, text = asyncio.run(take(scene, copy_of_the_register(Path(folder)), theme))
                path = options.folder / f"{scene.name}-{theme}.svg"
                path.write_text(picture, encoding="utf-8")
                if options.png:
                    import cairosvg  # type: ignore[import-untyped]

                    cairosvg.svg2png(bytestring=picture.encode(), write_to=str(path.with_suffix(".png")), scale=1)
                print(path)
                if theme == "dark":
                    print("\n".join(text), file=sys.stderr)
    return 0


if __name__ == "__main__":
    sys.exit(main())
