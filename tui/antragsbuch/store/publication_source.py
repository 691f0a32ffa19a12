"""What of a confidential register is public: its files as they are to stand in a public one, and what is held back."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from antragsbuch.i18n import _
from antragsbuch_schema.council_fields import COUNCIL
from antragsbuch_schema.diagnostics import Located, Severity
from antragsbuch_schema.edits import Data
from antragsbuch_schema.exchange.public import Left, Withheld, public_council, public_motion, withheld
from antragsbuch_schema.exchange.public_names import Given, Names
from antragsbuch_schema.motion_fields import MOTION
from antragsbuch_schema.reference import Scheme
from antragsbuch_schema.rules.directory import Directory
from antragsbuch_schema.toml.writer import write
from antragsbuch_schema.validate import check_file

from . import heads, selection, worktree
from .carried import Past, incomplete
from .check_cache import cache_of
from .errors import BrokenCouncil, CannotPublish
from .follow import Tell
from .parsing import TomlError, parsed, parsed_motion
from .register import Register


@dataclass(slots=True)
class Source:
    """The public part of the register at one commit; `council` is the confidential council.toml, parsed."""

    commit: str
    council: Data
    wanted: dict[str, bytes] = field(default_factory=dict)
    """Every file of the public register by its path."""
    names: dict[str, str] = field(default_factory=dict)
    """The reference of each of these, for people."""
    ids: dict[str, str] = field(default_factory=dict)
    """The path of each motion by its id."""
    reasons: dict[str, Withheld] = field(default_factory=dict)
    """By id, of motions that are withheld."""
    withheld: Counter[Withheld] = field(default_factory=Counter)
    left: Counter[Left] = field(default_factory=Counter)
    unknown: set[str] = field(default_factory=set)
    """Bodies that council.toml does not know."""
    given: list[tuple[str, Given]] = field(default_factory=list)
    """By the reference of the published motion, each sentence that names one which is not."""


@dataclass(frozen=True, slots=True)
class _Motion:
    """A motion that is public, and its bytes where they say no more than its data."""

    data: Data
    canonical: bytes


def begin(register: Register) -> Source:
    """The commit at HEAD and its council, nothing taken yet. Raises `CannotPublish`, `BrokenCouncil`."""
    commit = register.objects.head()
    if commit is None:
        raise CannotPublish(_("Nothing is committed here that could be published."), _("Commit first: antrag commit"))
    return Source(commit, _council(register, commit))


def _council(register: Register, commit: str) -> Data:
    """The council's file of the confidential register; a word of it that is misread could make something public."""
    data = register.objects.content(commit, worktree.COUNCIL)
    document = parsed(data) if data is not None else None
    if data is None or document is None or isinstance(document, TomlError):
        raise BrokenCouncil(
            _("{path} is missing in the commit at HEAD, or can't be read.").format(path=worktree.COUNCIL),
            _("Correct and commit it first: antrag validate says what is wrong."),
        )
    if document.data.get("public", True) is True:
        raise CannotPublish(
            _("This register is public: there is nothing to publish from it."),
            _("Push it where it is to be seen. A confidential one has 'public = false' in {path}.").format(
                path=worktree.COUNCIL
            ),
        )
    kept = check_file(worktree.COUNCIL, data, Directory(document.data)).on(None)
    if errors := [located for located in kept if located.finding.severity is Severity.ERROR]:
        raise broken(errors)
    if register.read_only:
        raise CannotPublish(register.read_only, _("Publish with the version of the program that knows the format."))
    return document.data


def broken(errors: Iterable[Located]) -> BrokenCouncil:
    """The refusal for a council's file with errors, some of these."""
    line = min(located.span.line for located in errors if located.path == worktree.COUNCIL)
    return BrokenCouncil(
        _("{path} has an error in line {line}.").format(path=worktree.COUNCIL, line=line),
        _("Correct and commit it first: antrag validate says what is wrong."),
    )


def take(register: Register, source: Source, *, unnumbered: bool, tell: Tell) -> None:
    """Take the public part out of the register, with `unnumbered` motions that have no number yet, too."""
    settings = public_council(source.council)
    source.left += settings.left
    source.wanted[worktree.COUNCIL] = write(settings.data, COUNCIL).encode()
    source.names[worktree.COUNCIL] = "council.toml"
    motions, hidden = _parted(register, source, unnumbered, tell)
    names = _names(register, source.commit, [_head(motion.data) for motion in motions], hidden)
    source.given += (("council.toml", given) for given in names.given(settings.data, COUNCIL))
    scheme, directory = Scheme.of(settings.data), Directory(source.council)
    for done, motion in enumerate(motions):
        tell(len(motions) + done, 2 * len(motions))
        public = public_motion(motion.data, directory, names.hidden)
        source.left += public.left
        source.unknown.update(public.unknown)
        identity, reference, _title = _head(motion.data)
        path = scheme.path_for(public.data)
        if path in source.wanted and reference:
            # two of one reference are a finding, and none of them is lost before it is read
            path = scheme.twin_path(reference, identity)
        name = reference or identity
        as_it_is = motion.canonical if public.data == motion.data else b""
        source.wanted[path] = as_it_is or write(public.data, MOTION).encode()
        source.names[path], source.ids[identity] = name, path
        source.given += ((name, given) for given in names.given(public.data, MOTION))


def _parted(register: Register, source: Source, unnumbered: bool, tell: Tell) -> tuple[list[_Motion], list[heads.Head]]:
    """The motions that are public, and how the others are called."""
    files = selection.committed(register.git, source.commit)
    paths = sorted(files.blobs.keys() - {worktree.COUNCIL})
    motions: list[_Motion] = []
    hidden: list[heads.Head] = []
    blobs = selection.blobs(register.git, [files.blobs[path] for path in paths])
    for done, data in enumerate(blobs):
        tell(done, 2 * len(paths))
        document = parsed_motion(data)
        if isinstance(document, TomlError):
            reason, head = Withheld.UNREADABLE, heads.head(data)
        elif found := withheld(document.data, unnumbered=unnumbered):
            reason, head = found, _head(document.data)
        else:
            # a comment has no place in the data, and none in what is published
            motions.append(_Motion(document.data, data if document.plain and b"#" not in data else b""))
            continue
        source.withheld[reason] += 1
        source.reasons[head.id] = reason
        hidden.append(head)
    return motions, hidden


def _head(motion: Data) -> heads.Head:
    values = (motion.get(key) for key in ("id", "reference", "title"))
    return heads.Head(*(value if isinstance(value, str) else "" for value in values))


def _names(register: Register, commit: str, public: list[heads.Head], hidden: list[heads.Head]) -> Names:
    """Which motions may be named: not those that are withheld, nor those that were here once and are gone."""
    ids, titles = {head.id for head in public}, {head.title for head in public}
    carried = Past(register.git, commit, cache_of(register.git.layout.git_dir)).carried(dict)
    return Names(
        [head.reference for head in public if head.reference],
        [
            *(head.reference for head in hidden if head.reference),
            *(reference for reference, known in carried.items() if not ids.issuperset(known)),
        ],
        [head.title for head in hidden if head.title not in titles],
        only_published=incomplete(register.git),
    )
