"""The one commit of an import: what it holds, whom it leaves alone, and what is left where it is killed."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from antragsbuch.store import import_base, import_commit, importing, locks
from antragsbuch.store.errors import HookRefused, SigningFailed
from antragsbuch.store.importing import Overtaken, Plan
from antragsbuch.store.recover import recover
from antragsbuch.store.register import Register, open_register
from support.crashes import STRACE, git_under, kill_at
from support.oparl import server, typed
from support.repositories import COUNCIL, OTHER_PATH, PATH, Repository, motion, register

REF = import_base.REF
_QUIET = 0.05
traced = pytest.mark.skipif(STRACE is None, reason="needs strace")


def objects(count: int = 3, **changed: Any) -> list[dict[str, Any]]:
    """The usual objects with so many papers; the first one with other properties."""
    found = server()
    found["paper"] |= changed
    more = [typed("Paper", f"paper/{n}", name=f"Antrag {n}", reference=f"2024/{n:04}") for n in range(2, count + 1)]
    return [*found.values(), *more]


def planned(opened: Register, source: list[dict[str, Any]]) -> Plan:
    plan = importing.plan(opened, source)
    import_commit.leave_unfinished_work(opened, plan)
    return plan


def run_import(root: Path, source: list[dict[str, Any]]) -> Plan:
    """What the command does, once."""
    with open_register(root) as opened:
        recover(opened)
        plan = planned(opened, source)
        if plan.paths:
            import_commit.commit_import(opened, plan, import_commit.message_of(opened, plan))
        else:
            importing.carry_out(opened, plan)
        return plan


def path_of(repository: Repository, title: str) -> str:
    return repository.git("grep", "-l", "--untracked", f'title = "{title}"', "--", "motions").splitlines()[0]


def test_an_import_is_one_commit_and_the_work_tree_follows(clone: Repository) -> None:
    clone.write(OTHER_PATH, motion("3185 (V) HHA", title="Staged"))
    clone.git("add", OTHER_PATH)
    clone.write(OTHER_PATH, motion("3185 (V) HHA", title="Dirty"))
    clone.write("notes.txt", "mine")
    before, status = clone.head(), clone.changed()
    run_import(clone.root, objects())
    assert clone.git("rev-parse", "HEAD^") == before
    assert clone.changed() == status
    assert clone.git("log", "-1", "--format=%an %cn") == "Erika Beispiel Erika Beispiel"
    message = clone.message()
    assert message.startswith("OParl: 3 neue Anträge\n")
    assert message.count("Motion: 2024/") == 3 and "Gremium" in message
    assert len(clone.git("diff", "--name-only", "HEAD^", "HEAD").splitlines()) == 4
    assert clone.git("for-each-ref", "--format=%(refname)", "refs/antragsbuch") == REF
    assert [path.name for path in (clone.root / ".git/antragsbuch").iterdir()] == ["lock"]
    clone.check()


def test_the_message_of_a_large_import_only_counts(clone: Repository) -> None:
    run_import(clone.root, objects(120))
    assert clone.message().strip() == "OParl: 120 neue Anträge"
    assert clone.changed() == ""
    clone.check()


def test_the_commit_is_signed_where_git_is_set_so(clone: Repository, isolated: Path) -> None:
    key = isolated / "key"
    subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", str(key)], check=True)
    for name, value in (("gpg.format", "ssh"), ("user.signingkey", str(key)), ("commit.gpgsign", "true")):
        clone.git("config", "--global", name, value)
    run_import(clone.root, objects())
    assert "SSH SIGNATURE" in clone.git("cat-file", "commit", "HEAD")


@pytest.mark.parametrize("refused", ["signature", "hook"])
def test_a_commit_that_is_refused_leaves_nothing(clone: Repository, refused: str) -> None:
    if refused == "hook":
        clone.git("config", "--global", "antragsbuch.hooks", "true")
        hook = clone.root / ".git/hooks/pre-commit"
        hook.parent.mkdir(exist_ok=True)
        hook.write_text("#!/bin/sh\ngit ls-files motions >&2\nexit 1\n")
        hook.chmod(0o755)
    else:
        clone.git("config", "--global", "gpg.program", "false")
        clone.git("config", "--global", "commit.gpgsign", "true")
    head = clone.head()
    with pytest.raises(HookRefused if refused == "hook" else SigningFailed) as error:
        run_import(clone.root, objects())
    if refused == "hook":
        # it has seen what was to be committed
        assert "motions/other/" in error.value.detail
    assert (clone.head(), clone.changed()) == (head, "")
    assert clone.git("for-each-ref", "refs/antragsbuch") == ""
    assert [path.name for path in (clone.root / ".git/antragsbuch").iterdir()] == ["lock"]


def test_into_a_repository_without_a_commit(isolated: Path, tmp_path: Path) -> None:
    fresh = register(tmp_path / "fresh", {}, council=COUNCIL)
    fresh.git("update-ref", "-d", "HEAD")
    plan = run_import(fresh.root, objects())
    # council.toml is not committed, so it is left to whoever made it
    assert [kept.reason for kept in plan.kept] == ["dirty"]
    assert len(fresh.git("ls-tree", "-r", "--name-only", "HEAD").splitlines()) == 3


def test_what_is_not_committed_is_left_and_comes_in_after_it_is(clone: Repository) -> None:
    run_import(clone.root, objects())
    path = path_of(clone, "Bänke im Park")
    clone.write(path, clone.read(path).replace("Bänke im Park", "Bänke"))
    council = "motions/council.toml"
    clone.write(council, clone.read(council) + "# mine\n")
    changed = [*objects(paperType="Dringlichkeitsantrag"), typed("Paper", "paper/9", name="Neu", reference="2024/0009")]
    head = clone.head()
    plan = run_import(clone.root, changed)
    assert sorted((kept.path, kept.reason) for kept in plan.kept) == [(council, "dirty"), (path, "dirty")]
    assert clone.git("diff", "--name-only", head, "HEAD") == path_of(clone, "Neu")
    assert '"Bänke"' in clone.read(path) and clone.read(council).endswith("# mine\n")
    clone.commit("By hand")
    assert run_import(clone.root, changed).kept == []
    text = clone.at(path)
    assert 'title = "Bänke"' in text and 'paper_type = "Dringlichkeitsantrag"' in text
    assert "Dringlichkeitsantrag" in clone.at(council) and "# mine" in clone.at(council)
    head = clone.head()
    assert run_import(clone.root, changed).paths == []
    assert clone.head() == head and clone.changed() == ""


def test_two_imports_at_once_make_one_commit(clone: Repository) -> None:
    with clone.open() as one, clone.open() as other:
        first, second = planned(one, objects()), planned(other, objects())
        import_commit.commit_import(one, first, "First")
        head = clone.head()
        with pytest.raises(Overtaken):
            import_commit.commit_import(other, second, "Second")
        with pytest.raises(Overtaken):
            importing.carry_out(other, second)
        assert clone.head() == head
        assert planned(other, objects()).paths == []
    clone.check()


@pytest.mark.parametrize("how", ["save", "commit", "soft"])
def test_a_person_who_is_quicker_is_not_overwritten(clone: Repository, how: str) -> None:
    run_import(clone.root, objects())
    path = path_of(clone, "Bänke im Park")
    changed = objects(name="Bänke überall")
    with clone.open() as opened:
        plan = planned(opened, changed)
        mine = clone.read(path).replace("Bänke im Park", "Bänke")
        clone.write(path, mine)
        if how != "save":
            clone.commit("By hand")
        if how == "soft":
            # HEAD has moved under a file that still holds what was planned with
            clone.write(path, mine.replace('"Bänke"', '"Bänke im Park"'))
        head = clone.head()
        with pytest.raises(Overtaken):
            import_commit.commit_import(opened, plan, "Import")
    assert clone.head() == head
    assert clone.read(path) == (mine if how != "soft" else mine.replace('"Bänke"', '"Bänke im Park"'))
    run_import(clone.root, changed)
    assert "überall" not in clone.at(path)


def test_a_commit_of_something_else_meanwhile_does_not_matter(clone: Repository) -> None:
    with clone.open() as opened:
        plan = planned(opened, objects())
        clone.write(PATH, motion(title="Von Hand"))
        theirs = clone.commit("By hand", [PATH])
        import_commit.commit_import(opened, plan, "Import")
    assert clone.git("rev-parse", "HEAD^") == theirs
    assert clone.at(PATH) == motion(title="Von Hand")


# --- killed


def work() -> None:
    """An import in a process of its own, which says when it is ready and when it is done."""
    locks.QUIET = _QUIET
    source = json.loads(Path(sys.argv[2]).read_text(encoding="utf-8"))
    with open_register(Path(sys.argv[1])) as opened:
        recover(opened)
        plan = planned(opened, source)
        print("ready", flush=True)
        sys.stdin.readline()
        import_commit.commit_import(opened, plan, "Import")
        print("committed", flush=True)


class Place:
    """A register with one import of old papers, to be imported into again by a process that is killed."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.repository = register(folder / "clone")
        run_import(self.repository.root, objects())
        self.source = objects(5, name="Bänke überall")
        (folder / "source.json").write_text(json.dumps(self.source))

    def start(self, path: str = "") -> subprocess.Popen[str]:
        environment = {**os.environ, "PATH": f"{path}:{os.environ['PATH']}" if path else os.environ["PATH"]}
        environment["PYTHONPATH"] = os.pathsep.join([str(Path(__file__).parent), *sys.path])
        process = subprocess.Popen(
            [
                sys.executable, "-c", f"from {Path(__file__).stem} import work; work()",
                str(self.repository.root), str(self.folder / "source.json"),
            ],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=environment,
        )  # fmt: skip
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n", process.communicate()[1]
        return process

    def killed_in(self, words: str, call: str, number: int) -> None:
        """Import with each git that is called with these words killed at a system call."""
        self.start(git_under(self.folder / "git", words, kill_at((call, number)))).communicate("go\n")

    def killed_at(self, call: str, number: int) -> str:
        """Import with the program itself killed at a system call; what it said."""
        assert STRACE is not None
        process = self.start()
        tracer = subprocess.Popen(
            [STRACE, "-o", str(self.folder / "log"), "-p", str(process.pid), *kill_at((call, number))],
            stderr=subprocess.PIPE,
            text=True,
        )
        assert tracer.stderr is not None
        tracer.stderr.readline()
        said, _errors = process.communicate("go\n")
        tracer.communicate()
        return said

    def check(self) -> None:
        """After the next start and the next import all of it is there once, and nothing else has changed."""
        clone = self.repository
        clone.check()
        run_import(clone.root, self.source)
        assert clone.changed() == ""
        assert clone.git("rev-list", "--count", "HEAD") == "3"
        assert len(clone.git("ls-tree", "-r", "--name-only", "HEAD", "motions/other/").splitlines()) == 5
        assert "Bänke überall" in clone.at(path_of(clone, "Bänke überall"))
        assert len(clone.git("ls-tree", "-r", "--name-only", REF, "motions/").splitlines()) == 5
        assert [file.name for file in (clone.root / ".git").rglob("*.lock")] == []
        assert sorted(file.name for file in (clone.root / ".git/antragsbuch").iterdir()) == ["lock"]
        # what a person does now lasts: the next import starts from this one
        gone = path_of(clone, "Antrag 4")
        (clone.root / gone).unlink()
        clone.commit("Remove it")
        assert run_import(clone.root, self.source).removed == 1
        assert not (clone.root / gone).exists()
        clone.check()


@pytest.fixture
def place(isolated: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Place:
    # a lock of somebody who died need not be old: here nobody else is at work
    monkeypatch.setattr(locks, "QUIET", _QUIET)
    return Place(tmp_path)


@traced
@pytest.mark.parametrize(
    ("words", "call"),
    [
        ("fast-import", "rename"),
        ("update-ref -m", "rename"),
        (f"update-ref -d {REF}-tree", "unlink"),
    ],
)
def test_git_is_killed_on_the_way(place: Place, words: str, call: str) -> None:
    place.killed_in(words, call, 1)
    place.check()


@traced
@pytest.mark.parametrize(
    ("call", "number"),
    # the journal is named; the work tree follows; the journal goes
    [("rename", 1), ("rename", 4), ("unlink", 3)],
)
def test_the_program_is_killed_on_the_way(place: Place, call: str, number: int) -> None:
    place.killed_at(call, number)
    place.check()


@traced
def test_killed_between_the_branch_and_the_base_of_the_next_import(place: Place) -> None:
    clone = place.repository
    base = clone.git("rev-parse", REF)
    place.killed_in(f"update-ref {REF}", "rename", 1)
    assert clone.git("rev-parse", REF) == base
    with clone.open() as opened:
        recover(opened)
    assert clone.git("rev-parse", REF) != base
    assert clone.changed() == ""
    place.check()


def test_the_journal_of_somebody_else_moves_no_reference_but_ours(clone: Repository) -> None:
    from antragsbuch.store import journal

    head = clone.head()
    folder = clone.root / ".git/antragsbuch"
    with clone.open() as opened, opened.locked():
        note = journal.Journal(
            clone.root, clone.root / ".git", "refs/heads/main", None, "x\n", 0.0, (),
            packed=True, refs=(journal.Follower("refs/heads/main", head, head),),
        )  # fmt: skip
        journal.write(folder, note, shared=False)
        assert journal.read(folder) is None
