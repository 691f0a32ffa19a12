"""Where the checker runs: the files for pre-commit, GitHub and GitLab are read, and what they run is run."""

from __future__ import annotations

import json
import os
import re
import shlex
import shutil
import subprocess
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
import yaml

from antragsbuch.cli import find, main_parser
from support.commands import SCRIPT, Cli
from support.repositories import OTHER_PATH, PATH, Repository, motion

ROOT = Path(__file__).parent.parent.parent
HOOKS = {hook["id"]: hook for hook in yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))}
ACTION = yaml.safe_load((ROOT / "action.yml").read_text(encoding="utf-8"))
GUIDE = (ROOT / "docs/ci.md").read_text(encoding="utf-8")
WRONG = motion(yes=50).replace("yes = 50", "yes = -50")


def run(command: str, folder: Path, **variables: str) -> subprocess.CompletedProcess[str]:
    """A line of a job in the shell, as a runner starts it."""
    path = f"{SCRIPT.parent}{os.pathsep}{os.environ['PATH']}"
    return subprocess.run(
        ["bash", "-e", "-o", "pipefail", "-c", command],
        cwd=folder, env={**os.environ, "PATH": path, **variables}, capture_output=True, text=True, check=False,
    )  # fmt: skip


def job(service: str) -> Any:
    """The job that `antrag init --ci` writes, parsed."""
    return yaml.safe_load((ROOT / f"tui/antragsbuch/ci/{service}.yml").read_text(encoding="utf-8"))


def annotated(output: str) -> set[str]:
    """The files that GitHub would mark with an error."""
    return set(re.findall(r"^::error [^\n]*?\bfile=([^,]+),line=", output, re.MULTILINE))


# pre-commit


def test_the_hook_checks_what_is_staged(clone: Repository) -> None:
    entry = HOOKS["antrag-validate"]["entry"]
    clone.write(PATH, WRONG)
    assert run(entry, clone.root).returncode == 0
    clone.git("add", PATH)
    # mended in the work tree only: what is committed is still wrong
    clone.write(PATH, motion())
    done = run(entry, clone.root)
    assert done.returncode == 1 and PATH in done.stdout and "error[" in done.stdout
    clone.git("add", PATH)
    assert run(entry, clone.root).returncode == 0


def test_the_hook_that_formats_writes_what_it_is_given(clone: Repository) -> None:
    clone.write(PATH, motion().replace(" = ", "="))
    clone.write(OTHER_PATH, motion("3185 (V) HHA").replace(" = ", "="))
    assert run(f"{HOOKS['antrag-fmt']['entry']} {PATH}", clone.root).returncode == 0
    assert clone.read(PATH) == motion() and clone.read(OTHER_PATH) != motion("3185 (V) HHA")


@pytest.mark.parametrize("name", HOOKS)
def test_a_hook_is_for_the_files_of_a_register(name: str) -> None:
    hook = HOOKS[name]
    assert hook["language"] == "python" and hook["types"] == ["toml"]
    assert re.search(hook["files"], PATH) and not re.search(hook["files"], "docs/motions/x.toml")
    words = shlex.split(hook["entry"])
    assert words[0] == "antrag" and main_parser(words[1]).parse_args(words[1:]).command == words[1]


@pytest.mark.skipif(shutil.which("pre-commit") is None, reason="pre-commit is not installed")
def test_pre_commit_itself_runs_them(clone: Repository) -> None:
    hooks = [{**hook, "language": "system", "entry": f"{SCRIPT.parent}/{hook['entry']}"} for hook in HOOKS.values()]
    clone.write(".pre-commit-config.yaml", yaml.safe_dump({"repos": [{"repo": "local", "hooks": hooks}]}))
    clone.write(PATH, WRONG)
    clone.git("add", ".")
    done = run("pre-commit run", clone.root)
    assert done.returncode == 1 and f"{PATH}:" in done.stdout and "error[" in done.stdout
    clone.write(PATH, motion())
    clone.git("add", ".")
    done = run("pre-commit run", clone.root)
    assert done.returncode == 0, done.stdout


# GitHub


def test_the_job_for_github(clone: Repository, tmp_path: Path) -> None:
    found = job("github")
    # YAML 1.1 takes "on" for a truth value
    assert set(found[True]) == {"push", "pull_request"} and found["permissions"] == {"contents": "read"}
    steps = found["jobs"]["motions"]["steps"]
    assert steps[0]["with"]["fetch-depth"] == 0
    variables = {"GITHUB_ACTIONS": "true", "GITHUB_STEP_SUMMARY": str(tmp_path / "summary.md")}
    assert run(steps[-1]["run"], clone.root, **variables).returncode == 0
    clone.write(PATH, WRONG)
    clone.commit()
    done = run(steps[-1]["run"], clone.root, **variables)
    assert done.returncode == 1 and annotated(done.stdout) == {PATH}
    assert "SC005" in (tmp_path / "summary.md").read_text(encoding="utf-8")
    # the line that its comment proposes
    proposed = re.search(r"--since \S+", (ROOT / "tui/antragsbuch/ci/github.yml").read_text(encoding="utf-8"))
    assert proposed is not None
    clone.git("update-ref", "refs/remotes/origin/main", "HEAD")
    done = run(f"{steps[-1]['run']} {proposed[0]}", clone.root, GITHUB_BASE_REF="main", **variables)
    assert done.returncode == 0, done.stdout + done.stderr


def action_step(name: str) -> Any:
    """A step of the action."""
    return next(step for step in ACTION["runs"]["steps"] if step.get("name") == name)


def test_the_action_checks_and_reports(clone: Repository, tmp_path: Path) -> None:
    step = action_step("Check the motions")
    assert step["shell"] == "bash"
    defaults = {
        "path": str(clone.root),
        **{key: about["default"] for key, about in ACTION["inputs"].items() if key != "path"},
    }
    given = {**defaults, "sarif": "motions.sarif", "since": "HEAD~1", "args": "--ignore BU --statistics"}
    clone.write(OTHER_PATH, motion("3185 (V) HHA").replace("Durch", "durch  "))
    clone.commit()

    def checked(inputs: dict[str, str]) -> subprocess.CompletedProcess[str]:
        variables = {
            key: re.sub(r"\$\{\{ inputs\.([a-z-]+) \}\}", lambda match: inputs[match[1]], value)
            for key, value in step["env"].items()
        }
        variables["ANTRAG"] = str(SCRIPT)
        return run(step["run"], tmp_path, GITHUB_ACTIONS="true", **variables)

    assert checked(defaults).returncode == 0
    done = checked({**given, "args": ""})
    assert done.returncode == 0, done.stderr
    report = json.loads((clone.root / "motions.sarif").read_text(encoding="utf-8"))
    assert report["version"] == "2.1.0" and report["runs"][0]["results"]
    assert checked({**defaults, "fail-on": "warning", "args": "--select TX"}).returncode == 1
    clone.write(PATH, WRONG)
    clone.commit()
    done = checked(defaults)
    assert done.returncode == 1 and annotated(done.stdout) == {PATH} and "2 Fehler" in done.stderr
    # what is given is a word and never a part of the script
    marked = tmp_path / "marked"
    done = checked({**defaults, "since": f"$(touch {marked})", "args": f"; touch {marked}"})
    assert done.returncode == 2 and not marked.exists()


def test_the_action_installs_what_it_is() -> None:
    step = action_step("Install Antragsbuch")
    assert "constraints.txt" in step["run"] and (ROOT / "constraints.txt").is_file()
    assert subprocess.run(["bash", "-n", "-c", step["run"]], check=False).returncode == 0
    used = set(re.findall(r"inputs\.([a-z-]+)", (ROOT / "action.yml").read_text(encoding="utf-8")))
    assert used == set(ACTION["inputs"])


# GitLab


def test_the_job_for_gitlab(clone: Repository) -> None:
    found = job("gitlab")["motions"]
    assert found["variables"]["GIT_DEPTH"] == "0" and found["artifacts"]["when"] == "always"
    assert found["before_script"] == ['python -m pip install --quiet "$ANTRAGSBUCH"']
    clone.write(PATH, WRONG)
    clone.commit()
    done = run("\n".join(found["script"]), clone.root, CI_PROJECT_DIR=str(clone.root))
    assert done.returncode == 1
    reports = found["artifacts"]["reports"]
    rows = json.loads((clone.root / reports["codequality"]).read_text(encoding="utf-8"))
    assert {row["location"]["path"] for row in rows} == {PATH}
    assert ElementTree.parse(clone.root / reports["junit"]).findall(".//failure")
    assert {path.name for path in clone.root.iterdir()} >= set(reports.values())


# the guide


def blocks(kind: str) -> list[str]:
    """The blocks of the guide in one language."""
    return re.findall(rf"^```{kind}\n(.*?)^```$", GUIDE, re.MULTILINE | re.DOTALL)


@pytest.mark.parametrize("line", [line for block in blocks("sh") for line in block.splitlines() if line.strip()])
def test_a_line_of_the_guide_parses(line: str) -> None:
    words = shlex.split(line.split("&&")[0], comments=True)
    words = words[words.index("antrag") + 1 :] if "antrag" in words else []
    assert subprocess.run(["bash", "-n", "-c", line], check=False).returncode == 0
    if words:
        name = next(word for word in words if find(word))
        assert main_parser(name).parse_args(words).command == name


def test_the_guide_tells_every_input_of_the_action() -> None:
    for block in blocks("yaml"):
        assert yaml.safe_load(block)
    for name, about in ACTION["inputs"].items():
        assert f"`{name}`" in GUIDE, name
        assert about["description"].strip()
    for hook in HOOKS:
        assert hook in GUIDE


def test_the_guide_shows_the_hook_of_a_hub(isolated: Path, tmp_path: Path, cli: Cli) -> None:
    cli("init", "--hub", "hub.git", at=tmp_path)
    written = (tmp_path / "hub.git/hooks/pre-receive").read_text(encoding="utf-8")
    assert written.replace(f"{SCRIPT}", "/usr/local/bin/antrag") in GUIDE
