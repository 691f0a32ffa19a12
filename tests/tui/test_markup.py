"""Foreign text on the screen: never markup, never a control of the terminal."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

import antragsbuch
from support.flows import program
from support.repositories import COUNCIL, PATH, motion, register

SOURCES = Path(antragsbuch.__file__).parent
PARSES_MARKUP = {
    "Static",
    "Label",
    "Button",
    "notify",
    "from_markup",
    "Text",
    "Markdown",
    "OptionList",
    "Option",
    "Toast",
}
"""What reads its text as markup by default, or shows it in a way of its own."""

TRAPS = {
    "closing": "Antrag [/] und [/b] und [",
    "link": "[link=x]Bericht[/link] [@click=app.quit]hier[/]",
    "nested": "[type=int_parsing, input_value={'a[0]'}]",
    "backslash": "Weg C:\\\\[red]\\\\",
    "colour": "[bold red]laut[/bold red]",
}


def calls(path: Path) -> list[tuple[int, str, ast.Call]]:
    """Every call in a file: line, name, node."""
    found = []
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call):
            name = node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")
            found.append((node.lineno, name, node))
    return found


@pytest.mark.parametrize("path", sorted(SOURCES.rglob("*.py")), ids=lambda path: str(path.relative_to(SOURCES)))
def test_nothing_reads_data_as_markup(path: Path) -> None:
    """Screens paint lines; what parses markup by default may only be used with `markup=False`."""
    if "textual" not in path.read_text(encoding="utf-8"):
        return
    wrong = [
        f"{path.name}:{line} {name}"
        for line, name, node in calls(path)
        if name in PARSES_MARKUP
        and not any(
            keyword.arg == "markup" and isinstance(keyword.value, ast.Constant) and keyword.value.value is False
            for keyword in node.keywords
        )
    ]
    assert wrong == []


@pytest.mark.parametrize("name", TRAPS)
async def test_brackets_stand_on_the_screen_as_they_are(isolated: Path, tmp_path: Path, name: str) -> None:
    title = TRAPS[name]
    shown = title.replace("\\\\", "\\")
    repository = register(tmp_path / "clone", {PATH: motion(title=title, proposal=title)})
    async with program(repository.root, size=(140, 30)) as flow:
        await flow.see(shown[:24])
        await flow.press("v", "v")
        await flow.see(f'title = "{title[:24]}')
        await flow.press("y")
        await flow.press("?")
        await flow.on("help")
        await flow.press("escape", "D")
        await flow.see("Delete")
        await flow.press("escape", ":", *"2292")
        await flow.see(shown[:20])


async def test_escapes_bidi_and_zero_width_never_reach_the_terminal(isolated: Path, tmp_path: Path) -> None:
    title = "a\\u001b[31mrot\\u202egedreht\\u200bleer\\u009b2J"
    repository = register(
        tmp_path / "clone",
        {PATH: motion(title=title, proposal="Satz \u202emit\u2066 Zeichen \u200b und \u00ad mehr.")},
    )
    async with program(repository.root) as flow:
        await flow.see("a␛[31mrot<U+202E>")
        for keys in ("", "v", "v"):
            await flow.press(*keys)
            await flow.rest()
            text = "".join(flow.lines())
            assert not any(ord(letter) < 32 or 0x7F <= ord(letter) < 0xA0 for letter in text)
            assert not any(letter in "\u202e\u2066\u200b\u00ad" for letter in text)


async def test_the_name_of_the_council_with_brackets(isolated: Path, tmp_path: Path) -> None:
    council = COUNCIL.replace("Region Beispiel", "Rat [/] der [b]Stadt")
    async with program(register(tmp_path / "clone", council=council).root) as flow:
        await flow.see("Rat [/] der [b]Stadt")
