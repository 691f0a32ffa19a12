"""Write the manual pages from the parser: `python tools/man_pages.py [--check]`.

`docs/man/antrag.1` is English, `docs/man/antrag.de.1` German; both are installed with the program. With `--check`
nothing is written; the exit status is 1 if a page is not what the program says.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Iterator
from pathlib import Path

from antragsbuch import __version__, i18n
from antragsbuch.cli import main_parser
from antragsbuch.cli.parser import Parser, speaking
from antragsbuch_schema.i18n import Language

FOLDER = Path(__file__).parent.parent / "docs/man"
HEADINGS: dict[Language, tuple[str, ...]] = {
    "en": ("NAME", "SYNOPSIS", "EXAMPLES", "OPTIONS", "COMMANDS", "EXIT STATUS", "ENVIRONMENT"),
    "de": ("BEZEICHNUNG", "ÜBERSICHT", "BEISPIELE", "OPTIONEN", "BEFEHLE", "EXIT-STATUS", "UMGEBUNGSVARIABLEN"),
}
STATUS: dict[Language, dict[str, str]] = {
    "en": {
        "0": "clean, or done",
        "1": "something was found: findings, differences, what needs a decision",
        "2": "wrong usage, or the command could not be carried out",
    },
    "de": {
        "0": "ohne Befund, oder erledigt",
        "1": "etwas wurde gefunden: Befunde, Unterschiede, was eine Entscheidung braucht",
        "2": "falscher Aufruf, oder der Befehl konnte nicht ausgeführt werden",
    },
}
VARIABLES: dict[Language, dict[str, str]] = {
    "en": {
        "ANTRAGSBUCH_LANG, LC_ALL, LC_MESSAGES, LANG": "the language, the first that is set",
        "ANTRAGSBUCH_OUTPUT_FORMAT": "the form of findings, where --output-format is not given",
        "NO_COLOR, FORCE_COLOR": "never, or always use colour",
        "VISUAL, EDITOR": "the editor of antrag edit",
    },
    "de": {
        "ANTRAGSBUCH_LANG, LC_ALL, LC_MESSAGES, LANG": "die Sprache; die erste, die gesetzt ist",
        "ANTRAGSBUCH_OUTPUT_FORMAT": "die Form der Befunde, wo --output-format fehlt",
        "NO_COLOR, FORCE_COLOR": "nie oder immer Farbe",
        "VISUAL, EDITOR": "der Editor von antrag edit",
    },
}


def pages() -> dict[Path, str]:
    """Each page by its path."""
    os.environ["COLUMNS"] = "79"
    return {FOLDER / "antrag.1": page("en"), FOLDER / "antrag.de.1": page("de")}


def page(language: Language) -> str:
    """The manual page in a language, as roff."""
    i18n.use(language)
    try:
        with speaking():
            return "\n".join(_lines(main_parser(None, every=True), language)) + "\n"
    finally:
        i18n.use("en")


def _lines(parser: Parser, language: Language) -> Iterator[str]:
    name, synopsis, examples, options, commands, status, variables = HEADINGS[language]
    yield f'.TH ANTRAG 1 "" "antragsbuch {__version__}" ""'
    yield from (f".SH {name}", _text(f"antrag - {(parser.description or '').partition('.')[0]}"))
    yield from (f".SH {synopsis}", *_usage(parser))
    yield from (f".SH {examples}", *_examples(parser))
    yield from (f".SH {options}", *_options(parser))
    yield f".SH {commands}"
    for below in _below(parser):
        yield from _command(below)
    for heading, table in ((status, STATUS[language]), (variables, VARIABLES[language])):
        yield f".SH {heading}"
        for word, meaning in table.items():
            yield from (".TP", f".B {_text(word)}", _text(meaning))


def _command(parser: Parser) -> Iterator[str]:
    yield from (f".SS {_text(parser.prog)}", _text(parser.description or ""), *_usage(parser), *_examples(parser))
    yield from _options(parser)
    for below in _below(parser):
        yield from _command(below)


def _usage(parser: Parser) -> Iterator[str]:
    word, colon, rest = parser.format_usage().rstrip().partition(": ")
    first, *further = rest.splitlines()
    # they stood below the first one, behind the word
    yield from (".PP", ".nf", _text(first), *(_text(line[len(word + colon) :]) for line in further), ".fi")


def _examples(parser: Parser) -> Iterator[str]:
    if parser.examples:
        yield from (".PP", ".RS 4", ".nf")
        yield from (_text(line.strip()) for line in parser.examples.strip().splitlines())
        yield from (".fi", ".RE")


def _options(parser: Parser) -> Iterator[str]:
    for action in parser._actions:
        if action.help and action.help != argparse.SUPPRESS and not isinstance(action, argparse._SubParsersAction):
            yield from (".TP", f".B {_text(_invocation(parser, action))}", _text(action.help % _named(action)))


def _invocation(parser: Parser, action: argparse.Action) -> str:
    return parser._get_formatter()._format_action_invocation(action)


def _named(action: argparse.Action) -> dict[str, object]:
    return {"default": action.default, "metavar": action.metavar, "dest": action.dest}


def _below(parser: Parser) -> Iterator[Parser]:
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction):
            for below in action.choices.values():
                assert isinstance(below, Parser)
                yield below


def _text(text: str) -> str:
    """Text that roff takes for nothing else."""
    safe = text.replace("\\", "\\e").replace("-", "\\-").replace("'", "\\(aq").replace("`", "\\(ga")
    return f"\\&{safe}" if safe.startswith(".") else safe


def main(arguments: list[str]) -> int:
    """Write the pages, or check them."""
    FOLDER.mkdir(exist_ok=True)
    stale = [path for path, text in pages().items() if not path.exists() or path.read_text(encoding="utf-8") != text]
    for path in stale:
        if "--check" in arguments:
            print(f"{path.name} is not what the program says: python tools/man_pages.py")
        else:
            path.write_text(pages()[path], encoding="utf-8")
    return 1 if stale and "--check" in arguments else 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
