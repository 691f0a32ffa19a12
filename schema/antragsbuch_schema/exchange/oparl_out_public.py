"""The part of a register that everybody may see: what an export to the public is made from.

A public register is public but for what its steps and files deny; of a confidential one only what `public` would put
into a public register.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from antragsbuch_schema.edits import Data
from antragsbuch_schema.motion_fields import MOTION
from antragsbuch_schema.rules.directory import Directory

from .oparl_out_paper import CLOSED_STEP
from .public import Left, Withheld, closed, public_council, public_motion, withheld
from .public_names import Names


class Publicity:
    """What is public in a register; `council` is its parsed `council.toml`, `motions` are all of them, parsed.

    `left` counts what is left out of motions that are public, `withheld` the motions that are not, and `naming` those
    of a confidential register whose words name one that is not.
    """

    def __init__(self, council: Mapping[str, Any], motions: Sequence[Mapping[str, Any]] = ()) -> None:
        self._directory = Directory(council)
        self.is_confidential = not self._directory.public
        self.council = public_council(council).data if self.is_confidential else dict(council)
        self.left: Counter[Left] = Counter()
        self.withheld: Counter[Withheld] = Counter()
        self.naming = 0
        published, others = _split(motions, self.is_confidential)
        self._names = Names(_said(published, "reference"), _said(others, "reference"), _said(others, "title"))

    def is_public(self, motion: Mapping[str, Any]) -> bool:
        """Whether a motion is public as a whole."""
        return _reason(motion, self.is_confidential) is None

    def part(self, motion: Mapping[str, Any]) -> Data | None:
        """The public part of a motion (right types, normal form), None where it is not public; counts what is not."""
        reason = _reason(motion, self.is_confidential)
        if reason is not None:
            self.withheld[reason] += 1
            return None
        if not self.is_confidential:
            return self._open_part(motion)
        public = public_motion(motion, self._directory, self._names.hidden)
        if any(True for _given in self._names.given(public.data, MOTION)):
            self.naming += 1
            return None
        self.left += public.left
        return public.data

    def _open_part(self, motion: Mapping[str, Any]) -> Data:
        """All of a motion in a public register but what its steps and files say is not public."""
        found = dict(motion)
        if "main_file" in motion and not self._files([motion["main_file"]]):
            del found["main_file"]
        if "attachments" in motion:
            found["attachments"] = self._files(motion["attachments"])
        if "consultations" in motion:
            found["consultations"] = [self._step(step) for step in motion["consultations"]]
        return found

    def _files(self, files: Sequence[Data]) -> list[Data]:
        public = [file for file in files if file.get("public") is not False]
        self.left[Left.FILE] += len(files) - len(public)
        return public

    def _step(self, step: Data) -> Data:
        reason = closed(step, self._directory)
        # a body that council.toml does not know is nothing unusual in a public register
        if reason is None or reason is Left.UNKNOWN_BODY:
            return step
        kept = {key: value for key, value in step.items() if key in CLOSED_STEP}
        if len(kept) < len(step):
            self.left[reason] += 1
        return kept


def _reason(motion: Mapping[str, Any], is_confidential: bool) -> Withheld | None:
    if is_confidential:
        return withheld(motion)
    # what has no number yet stands in a public register too
    return Withheld.CONFIDENTIAL if motion.get("public") is False else None


def _split(motions: Iterable[Mapping[str, Any]], is_confidential: bool) -> tuple[list[Mapping[str, Any]], ...]:
    """Those that are public, and those that are not."""
    published: list[Mapping[str, Any]] = []
    others: list[Mapping[str, Any]] = []
    for motion in motions:
        (published if _reason(motion, is_confidential) is None else others).append(motion)
    return published, others


def _said(motions: Iterable[Mapping[str, Any]], key: str) -> list[str]:
    return [value for motion in motions if isinstance(value := motion.get(key), str) and value]
