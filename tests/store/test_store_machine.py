"""Anything in any order: saves and commits of two sessions, plain git, editors, deletions, against a simple model.

The model holds the text of two motions in the work tree and at HEAD. A save works exactly if the file still holds
what was opened; a commit works exactly if HEAD still holds what was opened, or what is to be committed; what was
acknowledged stays in the history; a file that somebody else has staged stays as it is.
"""

from __future__ import annotations

import tempfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, consumes, initialize, invariant, rule

from antragsbuch.store.commit import commit
from antragsbuch.store.errors import AlreadyThere, ChangedElsewhere, ChangedInHead, NothingToCommit
from antragsbuch.store.history import versions
from antragsbuch.store.register import Opened, Register
from support.repositories import OTHER_PATH, PATH, motion, register, use_environment

FOREIGN = "motions/V/9900/9999-HHA.toml"
paths = st.sampled_from([PATH, OTHER_PATH])
titles = st.integers(0, 3).map(str)


class Sessions(RuleBasedStateMachine):
    """Two programs, plain git and an editor on one clone."""

    opened = Bundle("opened")

    @initialize()
    def begin(self) -> None:
        self.folder = tempfile.TemporaryDirectory(prefix="machine-")
        self.environment = pytest.MonkeyPatch()
        use_environment(
            Path(self.folder.name, "home"),
            self.environment.setenv,
            lambda name: self.environment.delenv(name, raising=False),
        )
        texts = {PATH: motion(), OTHER_PATH: motion("3185 (V) HHA")}
        self.repository = register(Path(self.folder.name, "clone"), dict(texts))
        self.repository.write(FOREIGN, motion("9999 (V) HHA"))
        self.repository.git("add", FOREIGN)
        self.repository.write(FOREIGN, motion("9999 (V) HHA", title="dirty"))
        self.sessions: list[Register] = [self.repository.open(), self.repository.open()]
        self.files: dict[str, str | None] = dict(texts)
        self.head: dict[str, str | None] = dict(texts)
        self.acknowledged: list[str] = []

    @rule(target=opened, path=paths, session=st.integers(0, 1))
    def open(self, path: str, session: int) -> tuple[int, Opened] | None:
        if self.files[path] is None:
            return None
        found = self.sessions[session].open(path)
        assert found.data.decode() == self.files[path]
        return session, found

    @rule(target=opened, handle=consumes(opened), title=titles)
    def save(self, handle: tuple[int, Opened] | None, title: str) -> tuple[int, Opened] | None:
        if handle is None:
            return None
        session, found = handle
        text = motion(title=title)
        if self.files[found.path] == found.data.decode():
            saved = self.sessions[session].save(found, text)
            self.files[found.path] = text
            return session, saved
        with pytest.raises(ChangedElsewhere):
            self.sessions[session].save(found, text)
        return handle

    @rule(handle=opened)
    def commit(self, handle: tuple[int, Opened] | None) -> None:
        if handle is None:
            return
        session, found = handle
        now, head = self.files[found.path], self.head[found.path]
        base = None if found.head_data is None else found.head_data.decode()
        if now == head:
            with pytest.raises(NothingToCommit):
                commit(self.sessions[session], [found.path], "store", expected={found.path: found.blob})
        elif head == base:
            made = commit(self.sessions[session], [found.path], "store", expected={found.path: found.blob})
            self.acknowledged.append(made.oid)
            self.head[found.path] = now
        else:
            with pytest.raises(ChangedInHead):
                commit(self.sessions[session], [found.path], "store", expected={found.path: found.blob})

    @rule(path=paths, title=titles)
    def edit_outside(self, path: str, title: str) -> None:
        self.files[path] = motion(title=title)
        self.repository.write(path, motion(title=title))

    @rule(path=paths, title=titles)
    def commit_outside(self, path: str, title: str) -> None:
        self.edit_outside(path, title)
        if self.files[path] != self.head[path]:
            self.repository.git("add", path)
            self.repository.git("commit", "-q", "--only", "-m", "git", "--", path)
            self.acknowledged.append(self.repository.head())
            self.head[path] = self.files[path]

    @rule(path=paths, title=titles)
    def commit_elsewhere(self, path: str, title: str) -> None:
        """HEAD moves, and neither index nor work tree follow."""
        text = motion(title=title)
        if text == self.head[path]:
            return
        git = self.repository.git
        env = {"GIT_INDEX_FILE": str(Path(self.folder.name, "private"))}
        git("read-tree", "HEAD", env=env)
        blob = git("hash-object", "-w", "--stdin", stdin=text.encode())
        git("update-index", "--add", "--cacheinfo", f"100644,{blob},{path}", env=env)
        oid = git("commit-tree", git("write-tree", env=env), "-p", "HEAD", "-m", "elsewhere")
        git("update-ref", "refs/heads/main", oid)
        self.acknowledged.append(oid)
        self.head[path] = text

    @rule(handle=consumes(opened))
    def delete(self, handle: tuple[int, Opened] | None) -> None:
        if handle is None:
            return
        session, found = handle
        if self.files[found.path] == found.data.decode():
            self.sessions[session].delete(found)
            self.files[found.path] = None
        else:
            with pytest.raises(ChangedElsewhere):
                self.sessions[session].delete(found)

    @rule(path=paths, title=titles, session=st.integers(0, 1))
    def create(self, path: str, title: str, session: int) -> None:
        if self.files[path] is None:
            self.sessions[session].create(path, motion(title=title))
            self.files[path] = motion(title=title)
        else:
            with pytest.raises(AlreadyThere):
                self.sessions[session].create(path, motion(title=title))

    @invariant()
    def files_and_head_are_those_of_the_model(self) -> None:
        for path, text in self.files.items():
            assert (self.repository.read(path) if (self.repository.root / path).exists() else None) == text
        for session in self.sessions:
            head = {path: session.committed(path) for path in self.head}
            assert head == {path: None if text is None else text.encode() for path, text in self.head.items()}

    def teardown(self) -> None:
        if not hasattr(self, "folder"):
            return
        git = self.repository.git
        assert set(self.acknowledged) <= set(git("rev-list", "HEAD").splitlines())
        changed = {path for path in self.files if self.files[path] != self.head[path]}
        found = {change.path for change in self.sessions[0].status().changed}
        assert found - {FOREIGN} == changed
        assert git("cat-file", "blob", f":{FOREIGN}") + "\n" == motion("9999 (V) HHA")
        assert self.repository.read(FOREIGN) == motion("9999 (V) HHA", title="dirty")
        told = [version.commit for path in self.files for version in versions(self.sessions[0], path)]
        assert set(self.acknowledged) <= set(told)
        self.repository.check()
        for session in self.sessions:
            session.close()
        self.environment.undo()
        self.folder.cleanup()


TestSessions = Sessions.TestCase
TestSessions.settings = settings(
    max_examples=6, stateful_step_count=25, deadline=None, suppress_health_check=list(HealthCheck)
)
