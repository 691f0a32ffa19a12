"""`antrag init`."""

from __future__ import annotations

import os
import shlex
import shutil
import tomllib
from pathlib import Path

import pytest

from support.commands import SCRIPT, Cli
from support.repositories import COUNCIL, Repository, empty, motion


def test_a_new_register_in_a_new_folder(isolated: Path, tmp_path: Path, cli: Cli) -> None:
    ran = cli("init", "register", "--name", "Stadt Musterhausen", "--pattern", "{year}/{counter}", at=tmp_path)
    repository = Repository(tmp_path / "register")
    assert repository.git("symbolic-ref", "HEAD") == "refs/heads/main"
    assert tomllib.loads(repository.read("motions/council.toml")) == {
        "format": 1, "name": "Stadt Musterhausen", "public": True, "language": "de", "time_zone": "Europe/Berlin",
        "reference": {"pattern": "{year}/{counter}", "path": "{year}/{hundred}/{counter}"},
    }  # fmt: skip
    assert "Made a git repository" in ran.err and "git add .gitattributes motions" in ran.err
    assert cli("validate", at=repository.root).out == ""
    assert cli("fmt", "--check", at=repository.root).out == ""
    assert cli("new", "--reference", "2024/17", "--title", "x", at=repository.root).out == "motions/2024/0/17.toml\n"


def test_a_confidential_register(isolated: Path, tmp_path: Path, cli: Cli) -> None:
    cli("init", "--confidential", at=tmp_path)
    council = tomllib.loads((tmp_path / "motions/council.toml").read_text())
    assert council["public"] is False
    assert council["name"] == tmp_path.name


def test_in_a_clone_only_the_drivers_are_set_up(clone: Repository, cli: Cli) -> None:
    clone.write(".gitattributes", "*.png binary")
    ran = cli("init", at=clone.root / "motions")
    assert clone.read("motions/council.toml") == COUNCIL
    assert "stays as it is" in ran.err
    assert clone.read(".gitattributes") == (
        "*.png binary\nmotions/**/*.toml text eol=lf merge=antragsbuch diff=antragsbuch\n"
    )
    assert clone.git("check-attr", "merge", "diff", "--", "motions/V/2200/2292-HHA.toml", "motions/council.toml").count(
        "antragsbuch"
    ) == 4  # fmt: skip
    before = clone.read(".git/config"), clone.read(".gitattributes")
    cli("init", at=clone.root)
    assert (clone.read(".git/config"), clone.read(".gitattributes")) == before


def test_the_drivers_are_called_by_their_whole_path(clone: Repository, cli: Cli) -> None:
    cli("init", at=clone.root)
    words = shlex.split(clone.git("config", "merge.antragsbuch.driver"))
    assert words == [str(SCRIPT), "merge-driver", "%O", "%A", "%B", "%L", "%P"]


def test_a_repository_that_is_there_becomes_a_register(isolated: Path, tmp_path: Path, cli: Cli) -> None:
    repository = empty(tmp_path / "there")
    repository.write("README", "x")
    repository.commit()
    cli("init", at=repository.root)
    assert (repository.root / "motions/council.toml").is_file()
    assert repository.subjects() == ["Change"]


def test_within_another_repository_it_asks_which_is_meant(isolated: Path, tmp_path: Path, cli: Cli) -> None:
    repository = empty(tmp_path / "other")
    ran = cli("init", "register", at=repository.root, status=2)
    assert f"lies in the repository {repository.root}. Make the register there" in ran.err
    assert "antragsbuch" not in repository.read(".git/config")
    assert [path.name for path in repository.root.iterdir()] == [".git"]
    repository.git("init", "--quiet", "register")
    cli("init", "register", at=repository.root)
    assert (repository.root / "register/motions/council.toml").is_file()


def test_a_register_of_a_name_of_its_own_is_not_the_one_around_it(clone: Repository, cli: Cli) -> None:
    ran = cli("init", "other", "--name", "Stadt Musterhausen", at=clone.root, status=2)
    assert f"{clone.root / 'other'} lies in the repository {clone.root}." in ran.err
    assert clone.changed() == "" and "antragsbuch" not in clone.read(".git/config")


@pytest.mark.parametrize("pattern", ["{year", "{nummer}", "{year}/{year}{counter}", "{year}"])
def test_a_pattern_that_makes_no_sense(isolated: Path, tmp_path: Path, cli: Cli, pattern: str) -> None:
    ran = cli("init", "--pattern", pattern, at=tmp_path, status=2)
    assert ran.err.startswith("antrag: --pattern: ") and ran.err.count("\n") == 1
    assert list(tmp_path.iterdir()) == []


def test_a_bare_repository_and_one_of_somebody_else_stay_as_they_are(
    isolated: Path, tmp_path: Path, cli: Cli, monkeypatch: pytest.MonkeyPatch
) -> None:
    bare = tmp_path / "bare"
    bare.mkdir()
    Repository(bare).git("init", "--quiet", "--bare")
    assert "is a bare repository" in cli("init", at=bare, status=2).err
    foreign = empty(tmp_path / "foreign")
    monkeypatch.setenv("GIT_TEST_ASSUME_DIFFERENT_OWNER", "1")
    assert "belongs to somebody else" in cli("init", at=foreign.root, status=2).err
    assert not (foreign.root / "motions").exists()


def test_in_german(isolated: Path, tmp_path: Path, cli: Cli) -> None:
    ran = cli("--lang", "de", "init", at=tmp_path)
    assert "angelegt." in ran.err and "feldweise" in ran.err


def test_what_init_makes_can_be_used_at_once(isolated: Path, tmp_path: Path, cli: Cli) -> None:
    cli("init", "--pattern", "{counter} ({term}) {type}", at=tmp_path)
    repository = Repository(tmp_path)
    repository.commit("Begin")
    repository.write("motions/V/2200/2292-HHA.toml", motion())
    cli("commit", at=tmp_path)
    assert repository.changed() == ""


def test_a_dry_run_says_the_same_and_does_nothing(isolated: Path, tmp_path: Path, cli: Cli) -> None:
    for arguments in (["x", "--ci", "github"], ["x", "--hub"]):
        said = cli("init", *arguments, "--dry-run", at=tmp_path).err
        assert list(tmp_path.iterdir()) == []
        first, _end, rest = said.partition("\n")
        assert first == "Nothing is changed; without --dry-run this is what happens:"
        assert cli("init", *arguments, at=tmp_path).err == rest
        shutil.rmtree(tmp_path / "x")


def test_a_hub_is_made_once(isolated: Path, tmp_path: Path, cli: Cli) -> None:
    assert "Made a bare git repository" in cli("init", "--hub", "hub.git", at=tmp_path).err
    hub = Repository(tmp_path / "hub.git")
    hook = tmp_path / "hub.git/hooks/pre-receive"
    assert hook.read_text().splitlines()[-1] == f"exec {SCRIPT} receive" and os.access(hook, os.X_OK)
    assert hub.git("config", "receive.fsckObjects") == "true" and hub.git("rev-parse", "--is-bare-repository") == "true"
    before = hub.read("config"), hook.stat().st_mtime_ns
    assert "is there already and stays as it is" in cli("init", "--hub", "hub.git", at=tmp_path).err
    assert (hub.read("config"), hook.stat().st_mtime_ns) == before
    # one of an older program is replaced, one of somebody else is not
    hook.write_text(hook.read_text().replace(str(SCRIPT), "/gone/antrag"))
    cli("init", "--hub", at=hub.root)
    assert str(SCRIPT) in hook.read_text()
    hook.write_text("#!/bin/sh\nexit 0\n")
    assert f"{SCRIPT} receive" in cli("init", "--hub", at=hub.root, status=2).err
    assert hook.read_text() == "#!/bin/sh\nexit 0\n"


def test_a_hub_is_no_folder_with_files_in_it(clone: Repository, tmp_path: Path, cli: Cli) -> None:
    (tmp_path / "files").mkdir()
    (tmp_path / "files/x").touch()
    cli("init", "--hub", "files", at=tmp_path, status=2)
    assert "is no git repository" in cli("init", "--hub", "motions", at=clone.root, status=2).err
    assert "belong to a clone of it" in cli("init", "--hub", "--name", "x", at=tmp_path, status=2).err
    clone.git("config", "core.hooksPath", "/somewhere")
    assert "git looks for hooks in /somewhere" in cli("init", "--hub", at=clone.root).err


@pytest.mark.parametrize(
    ("service", "path"), [("github", ".github/workflows/antragsbuch.yml"), ("gitlab", ".gitlab-ci.yml")]
)
def test_the_job_is_written_once(clone: Repository, cli: Cli, service: str, path: str) -> None:
    ran = cli("init", "--ci", service, at=clone.root)
    job = clone.read(path)
    assert f"Made {clone.root / path}" in ran.err and "antrag validate" in job
    assert "stays as it is" in cli("init", "--ci", service, at=clone.root).err
    # another one stays, and the job is printed
    clone.write(path, "mine: {}\n")
    ran = cli("init", "--ci", service, at=clone.root)
    assert (ran.out, clone.read(path)) == (job, "mine: {}\n")
    assert "this is the job to put into it" in ran.err


def test_a_job_is_not_written_through_a_link(clone: Repository, tmp_path: Path, cli: Cli) -> None:
    (tmp_path / "out").mkdir()
    (clone.root / ".github").symlink_to(tmp_path / "out")
    assert "leads out of the register" in cli("init", "--ci", "github", at=clone.root, status=2).err
    assert list((tmp_path / "out").iterdir()) == []
