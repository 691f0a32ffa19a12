"""The hook of a hub: real pushes to it, and what it refuses in which words."""

from __future__ import annotations

from pathlib import Path

import pytest

from support.commands import Cli
from support.generated import Register
from support.repositories import COUNCIL, OTHER_PATH, PATH, Repository, motion, register

MAIN = "HEAD:refs/heads/main"
CONFIDENTIAL = motion().replace("public = true\n", "public = false\n")
CLOSED = motion(more='public = false\noutcome = "as_proposed"\n')


@pytest.fixture
def mine(isolated: Path, tmp_path: Path, cli: Cli) -> Repository:
    """A register with one motion; its remote `hub` has the hook."""
    made = register(tmp_path / "mine", council=COUNCIL.replace('language = "de"', 'language = "en"'))
    made.git("clone", "--quiet", "--bare", ".", str(tmp_path / "hub.git"))
    made.git("remote", "add", "hub", str(tmp_path / "hub.git"))
    cli("init", "--hub", "hub.git", at=tmp_path)
    return made


@pytest.fixture
def hub(mine: Repository, tmp_path: Path) -> Repository:
    """The remote of `mine`."""
    return Repository(tmp_path / "hub.git")


def refused(repository: Repository, *arguments: str) -> str:
    """What the hub says when it refuses; nothing of the push is there then."""
    before = repository.git("ls-remote", "hub")
    said = repository.fails("push", "hub", *(arguments or (MAIN,)))
    assert "pre-receive hook declined" in said and "Traceback" not in said
    assert repository.git("ls-remote", "hub") == before
    return said


def test_a_valid_change_comes_in(hub: Repository, mine: Repository) -> None:
    assert hub.git("rev-parse", "main") == mine.head()
    mine.write(PATH, motion(title="Tagung"))
    mine.write(OTHER_PATH, motion("3185 (V) HHA"))
    mine.commit()
    mine.git("push", "--quiet", "hub", MAIN, "HEAD:refs/heads/other", "HEAD:refs/tags/v1")
    assert hub.git("rev-parse", "main", "other", "v1").split() == [mine.head()] * 3


def test_what_is_not_valid_is_shown_at_its_line(mine: Repository) -> None:
    mine.write(PATH, motion(yes=50).replace("yes = 50", "yes = -50"))
    mine.commit()
    said = refused(mine)
    assert "refs/heads/main: The register would not be valid." in said
    assert f"--> {PATH}:" in said and "yes = -50" in said and "error[" in said
    assert "antrag validate says the same before a push" in said


def test_in_the_language_of_the_register(hub: Repository, mine: Repository, monkeypatch: pytest.MonkeyPatch) -> None:
    mine.write("motions/council.toml", COUNCIL)
    mine.commit()
    mine.git("push", "--quiet", "hub", MAIN)
    mine.write(PATH, "id = \n")
    mine.commit()
    assert "Das Register wäre nicht gültig." in refused(mine)
    monkeypatch.setenv("ANTRAGSBUCH_LANG", "en")
    assert "The register would not be valid." in refused(mine)


def test_warnings_come_in(hub: Repository, mine: Repository, cli: Cli) -> None:
    mine.write(PATH, motion().replace("Regionsversammlung", "Regionsversamlung"))
    mine.commit()
    assert "warning[" in cli("validate", "--output-format", "full", at=mine.root).out
    mine.git("push", "--quiet", "hub", MAIN)


@pytest.mark.parametrize(
    ("path", "content", "line"),
    [(PATH, CONFIDENTIAL, 5), (PATH, CLOSED, 18), ("elsewhere/x.toml", CONFIDENTIAL + "broken\n", 17)],
    ids=["a motion", "a result", "what can't be read, elsewhere"],
)
def test_what_is_confidential_does_not_even_come_into_the_history(
    mine: Repository, path: str, content: str, line: int
) -> None:
    mine.write(path, content)
    guilty = mine.commit("Add it")
    mine.git("rm", "--quiet", "-f", path)
    mine.write(PATH, motion())
    mine.commit("Take it away again")
    said = refused(mine)
    assert f"The commit {guilty[:10]} holds what is confidential, and the register is public." in said
    assert f"--> {path}:{line}:" in said and "git rebase -i" in said


def test_no_other_reference_lets_it_in(mine: Repository) -> None:
    mine.write(PATH, CONFIDENTIAL)
    mine.commit()
    said = refused(mine, "HEAD:refs/tags/t", "HEAD~1:refs/heads/other")
    assert "refs/tags/t: The commit" in said and "refs/heads/other" not in said.split("To /")[0]


def test_what_a_merge_alone_brings_in_is_seen(mine: Repository) -> None:
    mine.git("checkout", "--quiet", "-b", "side")
    mine.write(OTHER_PATH, motion("3185 (V) HHA"))
    mine.commit()
    mine.git("checkout", "--quiet", "main")
    mine.write("README", "x")
    mine.commit()
    mine.git("merge", "--quiet", "--no-commit", "side")
    mine.write(PATH, CONFIDENTIAL)
    mine.commit("Merge")
    mine.write(PATH, motion())
    mine.commit("Again")
    assert "holds what is confidential" in refused(mine)


def test_a_confidential_register_takes_it(hub: Repository, mine: Repository, tmp_path: Path) -> None:
    mine.write("motions/council.toml", COUNCIL.replace("public = true", "public = false"))
    mine.commit("Confidential for a moment")
    mine.write(PATH, CONFIDENTIAL)
    mine.commit()
    # not in one push: a commit that makes the register confidential hides nothing
    assert "holds what is confidential" in refused(mine)
    mine.git("push", "--quiet", "hub", "HEAD~1:refs/heads/main")
    mine.git("push", "--quiet", "hub", MAIN)
    # and then never back
    mine.write("motions/council.toml", COUNCIL)
    mine.write(PATH, motion())
    mine.commit()
    assert "ist vertraulich und kann nicht öffentlich werden" in refused(mine)


def test_nothing_rewrites_history(hub: Repository, mine: Repository) -> None:
    mine.write(PATH, motion(title="Tagung"))
    second = mine.commit()
    mine.git("push", "--quiet", "hub", MAIN, "HEAD:refs/heads/same")
    mine.git("reset", "--quiet", "--hard", "HEAD~1")
    assert f"The branch would go back, to where {second[:10]} is not in it." in refused(mine, "--force", MAIN)
    mine.git("push", "--quiet", "hub", ":refs/heads/same")
    assert f"Commits that were pushed would be lost, {second[:10]} among them." in refused(mine, "--force", MAIN)
    assert "The main branch of the register can't be deleted." in refused(mine, ":refs/heads/main")


def test_a_branch_goes_when_all_of_it_is_elsewhere(hub: Repository, mine: Repository) -> None:
    mine.write(PATH, motion(title="Tagung"))
    topic = mine.commit()
    mine.git("push", "--quiet", "hub", "HEAD:refs/heads/topic")
    assert f"would be lost, {topic[:10]}" in refused(mine, ":refs/heads/topic")
    # in one push: what takes it in, and its end
    mine.git("push", "--quiet", "hub", MAIN, ":refs/heads/topic")
    assert hub.git("for-each-ref", "--format=%(refname)") == "refs/heads/main"


def test_the_council_stays(mine: Repository) -> None:
    (mine.root / "motions/council.toml").unlink()
    mine.commit()
    assert "motions/council.toml is missing" in refused(mine)
    mine.git("rm", "--quiet", "-r", "motions")
    mine.commit()
    assert "The folder motions/ would be gone." in refused(mine)


def test_a_council_that_makes_others_invalid_is_checked_against_all(mine: Repository) -> None:
    mine.write("motions/council.toml", COUNCIL.replace("{term}/{hundred}/{counter}-{type}", "{term}/{counter}"))
    mine.commit()
    assert PATH in refused(mine)


def test_motions_in_other_places(mine: Repository) -> None:
    mine.write("antraege/2293.toml", motion("2293 (V) HHA"))
    mine.write("motions/.hidden/2294.toml", motion("2294 (V) HHA"))
    mine.write("pyproject.toml", "[project]\n")
    mine.commit()
    said = refused(mine)
    assert "not looked for: motions/.hidden/2294.toml, antraege/2293.toml." in said
    mine.git("reset", "--quiet", "--hard", "HEAD~1")
    mine.write("motions/V/2293.toml", motion("2293 (V) HHA"))
    mine.commit()
    assert "error[RF002]" in refused(mine)


def test_links_and_modules_are_no_motions(mine: Repository) -> None:
    (mine.root / "motions/V/link.toml").symlink_to("/etc/passwd")
    (mine.root / "motions/V/folder").symlink_to("..")
    mine.commit()
    said = refused(mine)
    assert "motions/V/link.toml:1:1" in said and "motions/V/folder:1:1" in said
    mine.git("reset", "--quiet", "--hard", "HEAD~1")
    mine.git("update-index", "--add", "--cacheinfo", f"160000,{mine.head()},motions/V/module")
    mine.git("commit", "--quiet", "-m", "x")
    assert "motions/V/module:1:1" in refused(mine)


def test_what_holds_between_motions(mine: Repository) -> None:
    mine.write("motions/V/2200/2292-HHA--n3w5b8dz.toml", motion(id="n3w5b8dz"))
    mine.commit()
    said = refused(mine)
    # the one that was there before is no matter of this push
    assert said.count("error[") == 1 and "error[RG001]" in said and f"{PATH}:2:13: the other motion" in said


def test_a_reference_that_was_used_before(mine: Repository) -> None:
    mine.git("mv", PATH, "motions/V/2200/2293-HHA.toml")
    mine.write("motions/V/2200/2293-HHA.toml", motion("2293 (V) HHA", id="gone0001"))
    mine.commit()
    (mine.root / "motions/V/2200/2293-HHA.toml").unlink()
    mine.commit()
    mine.git("push", "--quiet", "hub", MAIN)
    mine.write(PATH, motion(id="other001"))
    mine.commit()
    assert "error[RG005]" in refused(mine)
    mine.write(PATH, motion())
    mine.commit()
    mine.git("push", "--quiet", "hub", MAIN)


def test_what_is_no_commit(mine: Repository) -> None:
    blob = mine.git("hash-object", "-w", "--stdin", stdin=CONFIDENTIAL.encode())
    mine.git("tag", "-a", "-m", "x", "file", blob)
    assert "It names no commit." in refused(mine, "refs/tags/file")
    assert "It names no commit." in refused(mine, f"{blob}:refs/tags/raw")


def test_another_branch_without_motions(hub: Repository, mine: Repository) -> None:
    mine.git("checkout", "--quiet", "--orphan", "pages")
    mine.git("rm", "--quiet", "-rf", ".")
    mine.write("index.html", "x")
    mine.commit()
    mine.git("push", "--quiet", "hub", "HEAD:refs/heads/pages")
    assert hub.git("rev-parse", "pages") == mine.head()


def test_a_hostile_file_ends_in_a_finding(mine: Repository) -> None:
    mine.write(PATH, b"a." * 20_000 + b"a = 1\n")
    mine.write("motions/V/\x1b[31m\n.toml", motion("2299 (V) HHA", title="\\u001b]0;PWNED"))
    mine.commit()
    said = refused(mine)
    assert "error[TO001]" in said and "\x1b[31m\n" not in said and "\x1b]0" not in said


def test_only_what_changed_is_checked(hub: Repository, mine: Repository, tmp_path: Path) -> None:
    large = Repository(tmp_path / "large")
    Register(60).repository(large.root)
    path = "motions/II/0/13-AT.toml"
    large.write(path, "id = \n")
    large.commit()
    large.git("remote", "add", "hub", str(hub.root))
    # as it came in before there was a hook, with what is wrong in it
    hub.git("fetch", "--quiet", str(large.root), "main:refs/heads/large")
    large.write("motions/II/0/1-HHA.toml", Register(60).motion(0, version=1)[1])
    large.commit()
    large.git("push", "--quiet", "hub", "HEAD:refs/heads/large")
    large.write("motions/council.toml", Register(60).council + "# what counts for all of them may have changed\n")
    large.commit()
    assert f"--> {path}:1:" in refused(large, "HEAD:refs/heads/large")


def test_a_new_hub(isolated: Path, tmp_path: Path, cli: Cli) -> None:
    cli("init", "--hub", "new.git", at=tmp_path)
    made = register(tmp_path / "mine")
    made.git("remote", "add", "hub", str(tmp_path / "new.git"))
    made.git("push", "--quiet", "hub", MAIN)
    made.write(PATH, CONFIDENTIAL)
    made.commit()
    assert "enthält Nichtöffentliches" in refused(made)


def test_a_line_that_git_did_not_give(hub: Repository, cli: Cli) -> None:
    ran = cli("receive", at=hub.root, stdin=b"nonsense\n", status=2)
    assert ran.err.startswith("antrag: This is no line of a push: nonsense") and ran.err.count("\n") == 1
    assert cli("receive", at=hub.root, stdin=b"").said == ""
