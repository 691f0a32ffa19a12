"""Commits are signed where the person's configuration says so, with ssh and with gpg."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from antragsbuch.store.commit import commit
from antragsbuch.store.errors import SigningFailed
from antragsbuch.store.history import signature, versions
from support.repositories import PATH, Repository, motion


def sign_with_ssh(clone: Repository, home: Path) -> None:
    """A key without a passphrase, configured for the person; git is told to trust it."""
    key = home / "key"
    subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", str(key)], check=True)
    (home / "trusted").write_text(f"erika@example.org {key.with_suffix('.pub').read_text()}")
    for name, value in {
        "commit.gpgsign": "true",
        "gpg.format": "ssh",
        "user.signingkey": str(key),
        "gpg.ssh.allowedSignersFile": str(home / "trusted"),
    }.items():
        clone.git("config", "--global", name, value)


@pytest.mark.skipif(shutil.which("ssh-keygen") is None, reason="needs ssh-keygen")
def test_a_commit_is_signed_with_ssh(clone: Repository, isolated: Path) -> None:
    sign_with_ssh(clone, isolated)
    clone.write(PATH, motion(title="Neu"))
    with clone.open() as register:
        made = commit(register, [PATH], "Signed")
        signed, unsigned = versions(register, PATH)
        assert (signed.signed, unsigned.signed) == (True, False)
        assert (signature(register, signed.commit), signature(register, unsigned.commit)) == ("good", "none")
    assert "Good" in clone.git("verify-commit", "--raw", made.oid) or clone.git("log", "-1", "--format=%G?") == "G"
    assert clone.changed() == ""


@pytest.mark.skipif(shutil.which("ssh-keygen") is None, reason="needs ssh-keygen")
def test_a_key_that_is_gone_stops_the_commit_and_leaves_everything(clone: Repository, isolated: Path) -> None:
    sign_with_ssh(clone, isolated)
    (isolated / "key").unlink()
    (isolated / "key.pub").unlink()
    clone.write(PATH, motion(title="Neu"))
    with clone.open() as register, pytest.raises(SigningFailed, match=r"user\.signingkey") as caught:
        commit(register, [PATH], "Signed")
    assert "key" in caught.value.detail
    assert clone.subjects() == ["Begin the register"]
    assert clone.changed() == f" M {PATH}"


@pytest.mark.skipif(shutil.which("gpg") is None, reason="needs gpg")
def test_a_commit_is_signed_with_gpg(
    clone: Repository, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    # the socket of the agent allows short paths only
    home = tmp_path_factory.mktemp("g")
    home.chmod(0o700)
    monkeypatch.setenv("GNUPGHOME", str(home))
    try:
        subprocess.run(
            [
                "gpg",
                "--batch",
                "--quiet",
                "--passphrase",
                "",
                "--quick-gen-key",
                "erika@example.org",
                "ed25519",
                "sign",
            ],
            check=True,
            capture_output=True,
        )
        clone.git("config", "--global", "commit.gpgsign", "true")
        clone.git("config", "--global", "user.signingkey", "erika@example.org")
        clone.write(PATH, motion(title="Neu"))
        with clone.open() as register:
            commit(register, [PATH], "Signed")
            newest = versions(register, PATH)[0]
            assert newest.signed
            assert signature(register, newest.commit) == "good"
    finally:
        subprocess.run(["gpgconf", "--kill", "gpg-agent"], check=True)


@pytest.mark.skipif(shutil.which("ssh-keygen") is None, reason="needs ssh-keygen")
def test_what_git_says_of_a_signature_depends_on_the_keys_of_today(clone: Repository, isolated: Path) -> None:
    sign_with_ssh(clone, isolated)
    clone.write(PATH, motion(title="Neu"))
    with clone.open() as register:
        made = commit(register, [PATH], "Signed").oid
        forged = clone.git("cat-file", "commit", made).replace("Signed", "Forged") + "\n"
        bad = clone.git("hash-object", "-t", "commit", "-w", "--stdin", stdin=forged.encode())
        assert (signature(register, made), signature(register, bad)) == ("good", "bad")
        (isolated / "trusted").write_text("")
        assert signature(register, made) == "unverified"
