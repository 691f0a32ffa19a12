"""Commit hooks, for a person whose own configuration asks for them: `git config --global antragsbuch.hooks true`.

A hook is a program that came with a folder, so the repository's own configuration can't ask for it. The hooks see a
private index with what is to be committed, as with `git commit`.
"""

from __future__ import annotations

from pathlib import Path

from antragsbuch.i18n import _

from . import journal
from .config import OWN_SCOPES, Config
from .errors import HookRefused
from .runner import Git, Result

KEY = "antragsbuch.hooks"
"""The key of git's configuration, global or system, that turns hooks on."""
_ENVIRONMENT = {
    # what the program takes away from its own calls, a hook may need
    "GIT_ALLOW_PROTOCOL": "file:git:http:https:ssh",
    "GIT_LITERAL_PATHSPECS": "0",
    "GIT_OPTIONAL_LOCKS": "1",
    "GIT_EDITOR": ":",
}


def wanted(config: Config) -> bool:
    """Whether the person asked for hooks."""
    return config.flag(KEY, OWN_SCOPES)


def before(git: Git, folder: Path, tree: str, message: str) -> str:
    """Run pre-commit, prepare-commit-msg and commit-msg for the commit of `tree`; the message that they leave.

    `folder` is where the private index may lie. Raises `HookRefused`.
    """
    with journal.scratch(folder) as place:
        index = {"GIT_INDEX_FILE": str(place / "index")}
        git.run("read-tree", tree, env=index)
        _run(git, "pre-commit", (), index)
        if git.run("write-tree", env=index).decode().strip() != tree:
            raise HookRefused(
                _("The hook pre-commit changed what is to be committed; nothing was committed."),
                _("Let the hook check only, or commit with git."),
            )
        file = place / "COMMIT_EDITMSG"
        file.write_text(message, encoding="utf-8")
        _run(git, "prepare-commit-msg", (str(file), "message"), index)
        _run(git, "commit-msg", (str(file),), index)
        return file.read_text(encoding="utf-8", errors="replace")


def after(git: Git) -> None:
    """Run post-commit; how it ends does not matter any more."""
    _hook(git, "post-commit", (), {})


def _run(git: Git, name: str, arguments: tuple[str, ...], env: dict[str, str]) -> None:
    result = _hook(git, name, arguments, env)
    if result.status != 0:
        said = (result.err + result.out.decode("utf-8", "replace")).strip()
        raise HookRefused(
            _("The hook {name} refused the commit: {said}").format(
                name=name, said=said.splitlines()[-1] if said else "-"
            ),
            _("Nothing was committed."),
            said,
        )


def _hook(git: Git, name: str, arguments: tuple[str, ...], env: dict[str, str]) -> Result:
    folder = git.config.get("core.hookspath") or str(git.layout.common_dir / "hooks")
    return git.attempt(
        "-c", f"core.hooksPath={folder}", "hook", "run", "--ignore-missing", name, "--", *arguments,
        env={**_ENVIRONMENT, **env},
    )  # fmt: skip
