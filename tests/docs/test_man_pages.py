"""The manual pages say what the program says, in a form that roff takes without a complaint."""

from __future__ import annotations

import shutil
import subprocess

import pytest
from tools.man_pages import FOLDER, main, pages

from antragsbuch.cli import COMMANDS


def test_the_pages_are_those_of_the_program() -> None:
    """`python tools/man_pages.py` writes them."""
    assert main(["--check"]) == 0


@pytest.mark.skipif(shutil.which("groff") is None, reason="groff is not there")
def test_roff_takes_them() -> None:
    assert len(pages()) == 2
    for path in pages():
        shown = subprocess.run(
            ["groff", "-man", "-Kutf8", "-Tutf8", "-ww", "-rLL=78n", str(FOLDER / path.name)],
            capture_output=True, text=True, check=True,
        )  # fmt: skip
        assert not shown.stderr
        assert all(f"antrag {command.name}" in shown.stdout for command in COMMANDS)
