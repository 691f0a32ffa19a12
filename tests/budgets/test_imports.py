"""What a command loads: arrows between the packages, and the start of what must start fast.

Each check runs in a process of its own and looks at what was really imported on the way, not at what is written.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from support.repositories import PATH, Repository, motion

ROOT = Path(__file__).parent.parent.parent
TEXTUAL = {"textual", "rich"}
LOOK = """
import json, sys
before = set(sys.modules)
status = 0
try:
    {body}
except SystemExit as end:
    status = end.code
print()
print(json.dumps([status or 0, sorted(set(sys.modules) - before)]))
"""


def loaded(body: str, folder: Path) -> set[str]:
    """The modules that a piece of Python loads, by the name of their top package, ours in full."""
    paths = os.pathsep.join(str(ROOT / name) for name in ("schema", "tui"))
    done = subprocess.run(
        [sys.executable, "-c", LOOK.format(body=body)],
        cwd=folder,
        capture_output=True,
        check=False,
        text=True,
        env={**os.environ, "PYTHONPATH": paths},
    )
    assert done.returncode == 0, done.stderr
    status, modules = json.loads(done.stdout.splitlines()[-1])
    assert status in (0, 1), done.stdout + done.stderr
    return {name if name.startswith("antragsbuch") else name.partition(".")[0] for name in modules}


def command(*arguments: str) -> str:
    """Python that runs the command line."""
    return f"sys.argv[1:] = {list(arguments)!r}; from antragsbuch.__main__ import main; sys.exit(main())"


def modules_of(folder: str, package: str) -> list[str]:
    """Every module of a package, by name."""
    base = ROOT / folder
    return sorted(
        ".".join(path.relative_to(base).with_suffix("").parts).removesuffix(".__init__")
        for path in (base / package).rglob("*.py")
        if path.name != "__main__.py"
    )


def importing(names: list[str]) -> str:
    return "import " + ", ".join(names)


def test_the_schema_knows_no_git_and_no_terminal(tmp_path: Path) -> None:
    found = loaded(importing(modules_of("schema", "antragsbuch_schema")), tmp_path)
    assert not found & {*TEXTUAL, "git"}
    assert not {name for name in found if name.startswith("antragsbuch.")}


@pytest.mark.parametrize("package", ["antragsbuch/store", "antragsbuch/cli"])
def test_store_and_command_line_know_no_textual(tmp_path: Path, package: str) -> None:
    assert not loaded(importing(modules_of("tui", package)), tmp_path) & TEXTUAL


def test_the_state_knows_no_textual(tmp_path: Path) -> None:
    found = loaded(importing(["antragsbuch.state", "antragsbuch.messages"]), tmp_path)
    assert not found & {*TEXTUAL, "git"}


def test_widgets_know_no_store(tmp_path: Path) -> None:
    found = loaded(importing(modules_of("tui", "antragsbuch/widgets")), tmp_path)
    assert "git" not in found
    assert not {name for name in found if name.startswith("antragsbuch.store")}


def test_the_version_loads_next_to_nothing(tmp_path: Path) -> None:
    found = loaded(command("--version"), tmp_path)
    assert not found & {*TEXTUAL, "git", "pydantic", "sqlite3", "tomllib", "multiprocessing", "inspect"}


def test_checking_loads_no_textual(clone: Repository) -> None:
    clone.write(PATH, motion(yes=45))
    found = loaded(command("validate"), clone.root)
    assert "antragsbuch_schema.validate" in found
    assert not found & {*TEXTUAL, "pydantic"}


def test_what_is_known_is_said_without_git_and_without_a_rule(clone: Repository) -> None:
    for file in (clone.root / "motions").rglob("*.toml"):
        os.utime(file, (1_600_000_000, 1_600_000_000))
    assert {"git", "antragsbuch_schema.rules"} <= loaded(command("validate"), clone.root)
    assert not loaded(command("validate"), clone.root) & {*TEXTUAL, "git", "antragsbuch_schema.rules", "pydantic"}


@pytest.mark.parametrize("arguments", [("show", "2292"), ("log", "2292"), ("diff",), ("fmt", "--check"), ("doctor",)])
def test_no_command_but_the_program_loads_textual(clone: Repository, arguments: tuple[str, ...]) -> None:
    assert not loaded(command(*arguments), clone.root) & TEXTUAL


def test_the_index_and_the_filter_load_no_pydantic(tmp_path: Path) -> None:
    found = loaded(importing(["antragsbuch.store.index", "antragsbuch.store.query"]), tmp_path)
    assert not found & {*TEXTUAL, "pydantic"}


# the merge and the diff driver start for every file that git merges or shows
@pytest.mark.parametrize("module", ["changes", "merge", "words", "prose", "normal", "rules", "validate", "toml.edit"])
def test_what_the_drivers_stand_on_loads_little(tmp_path: Path, module: str) -> None:
    assert not loaded(f"import antragsbuch_schema.{module}", tmp_path) & {*TEXTUAL, "git", "pydantic"}
