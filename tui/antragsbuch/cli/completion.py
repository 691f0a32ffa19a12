"""`antrag completion`: the completion script of a shell."""

from __future__ import annotations

import argparse

from antragsbuch.i18n import _

from .common import verbatim
from .parser import Parser

_PREAMBLE = {
    "bash": '_antrag_references() { compgen -W "$(antrag references 2>/dev/null)" -- "$1"; }',
    "zsh": '_antrag_references() { compadd -- ${(f)"$(antrag references 2>/dev/null)"} }',
    "fish": "",
}


def arguments(parser: Parser) -> None:
    """Which shell."""
    parser.examples = (
        "antrag completion bash > ~/.local/share/bash-completion/completions/antrag\n"
        "antrag completion zsh > ~/.zfunc/_antrag\n"
        "antrag completion fish > ~/.config/fish/completions/antrag.fish"
    )
    parser.add_argument("shell", choices=("bash", "zsh", "fish"), help=_("for which shell"))


def run(options: argparse.Namespace) -> int:
    """Print the script."""
    import shtab

    from . import main_parser

    verbatim(shtab.complete(main_parser(None, every=True), options.shell, preamble=_PREAMBLE[options.shell]) + "\n")
    return 0
