"""What became of an answer since the file that this one renews: for those who read the answers of the new file.

Nothing of the earlier file is shown but what its organisation said there: how it was rated, and by whom, stays
with those who may see that file.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _

from accreditation_engine.definitions.rubric import Criterion, Rubric
from accreditation_engine.dossiers.models import Answer, Evidence
from accreditation_engine.dossiers.queries import HandedIn, handed_in
from accreditation_engine.engine.compiled import Compiled, compiled
from accreditation_engine.portal.erased_words import or_erased

from .anonymous import file_called, knows
from .reader import Reader
from .rubrics import Key, given

MOST_WORDS = 1500
"""Of both texts together: longer ones stand side by side, for nobody reads so many marks."""
ONLY = "only"
CHANGED = "changed"
"""The filter of pages: ?only=changed."""


@dataclass(frozen=True)
class LastFile:
    """What the organisation had handed in then, under the edition of then."""

    scheme: Compiled
    work: HandedIn
    with_files: bool
    named: bool

    @classmethod
    def of(cls, reader: Reader) -> LastFile | None:
        """None where the file renews nothing, or its answers are not shown. Three queries."""
        earlier = reader.dossier.renews if reader.sees("answers") else None
        if earlier is None:
            return None
        return cls(compiled(earlier.edition_id), handed_in(earlier), reader.sees("evidence"), knows(reader))

    def since(
        self, rubric: Rubric, criterion: Criterion, answer: Answer | None, files: Iterable[Evidence]
    ) -> dict[str, Any]:
        """For portal/parts/since_last.html."""
        key = (rubric.id, criterion.id)
        before = self.scheme.asked.get(rubric.id)
        if before is None or all(each.id != criterion.id for each in before.every_criterion()):
            return {"badge": {"title": _("New in this edition"), "tone": "panel", "icon": "star"}}
        then = self.work.answers.get(key)
        own = [each for each in files if each.visit is None]
        told = {
            "rating": _rating(before, then, rubric, answer),
            "text": _text(then, answer),
            "files": self._files(key, own) if self.with_files else [],
        }
        if not any(told.values()):
            return {"badge": {"title": _("As in the last file"), "tone": "neutral", "icon": "check"}}
        badge = {"title": _("Changed since the last file"), "tone": "warning", "icon": "pencil"}
        return {**told, "badge": badge, "same_files": self._same(key, own) if self.with_files else 0}

    def _files(self, key: Key, now: list[Evidence]) -> list[dict[str, Any]]:
        then = self.work.own_files.get(key, [])
        before, after = {each.sha256 for each in then}, {each.sha256 for each in now}
        new = [{"new": True, "name": self._called(each)} for each in now if each.sha256 not in before]
        gone = [{"new": False, "name": self._called(each)} for each in then if each.sha256 not in after]
        return new + gone

    def _same(self, key: Key, now: list[Evidence]) -> int:
        before = {each.sha256 for each in self.work.own_files.get(key, [])}
        return sum(each.sha256 in before for each in now)

    def _called(self, filed: Evidence) -> str:
        return file_called(filed, named=self.named)


def wants_changed_only(request: HttpRequest) -> bool:
    return request.GET.get(ONLY) == CHANGED


def narrowed(criteria: list[dict[str, Any]], changed_only: bool) -> dict[str, Any]:
    """{criteria, only_changed} for a page: all of them, or only those of which something changed."""
    if all("since" not in each for each in criteria):
        return {"criteria": criteria, "only_changed": None}
    shown = [each for each in criteria if is_changed(each)] if changed_only else criteria
    return {
        "criteria": shown,
        "only_changed": {"on": changed_only, "hidden": len(criteria) - len(shown)},
    }


def narrowed_sections(
    sections: list[dict[str, Any]], changed_only: bool
) -> tuple[list[dict[str, Any]], dict[str, Any] | None]:
    """The same for areas with their criteria, where an area without any is left out."""
    every = narrowed([each for section in sections for each in section["criteria"]], changed_only)
    kept = {id(each) for each in every["criteria"]}
    shown = [
        {**section, "criteria": [each for each in section["criteria"] if id(each) in kept]}
        for section in sections
    ]
    return [each for each in shown if each["criteria"]], every["only_changed"]


def is_changed(criterion: dict[str, Any]) -> bool:
    """Whether a page that shows only what changed has this criterion; all, where the file renews nothing."""
    since = criterion.get("since")
    return since is None or "same_files" in since or since["badge"]["tone"] == "panel"


def _rating(
    before: Rubric, then: Answer | None, rubric: Rubric, now: Answer | None
) -> dict[str, dict[str, str]]:
    first, last = (each.rating if each else "" for each in (then, now))
    if first == last:
        return {}
    return {"then": _given(before, first), "now": _given(rubric, last)}


def _given(rubric: Rubric, rating: str) -> dict[str, str]:
    return given(rubric, rating) if rating else {"rating": _("left open"), "anchor": ""}


def _text(then: Answer | None, now: Answer | None) -> dict[str, Any]:
    first, last = (
        or_erased(each.narrative, each.narrative_erased_at) if each else "" for each in (then, now)
    )
    if first == last:
        return {}
    pieces = compared(first, last)
    return {"pieces": pieces} if pieces else {"then": first}


def compared(then: str, now: str) -> list[dict[str, str]]:
    """Both texts as one, word by word: [{kind: "same", "gone" or "new", text}]; none where they are too long."""
    first, last = (re.findall(r"\s+|\S+", each) for each in (then, now))
    if len(first) + len(last) > 2 * MOST_WORDS:
        return []
    pieces: list[dict[str, str]] = []
    for kind, begin, end, start, stop in SequenceMatcher(None, first, last, autojunk=False).get_opcodes():
        if kind == "equal":
            pieces.append({"kind": "same", "text": "".join(first[begin:end])})
            continue
        if begin < end:
            pieces.append({"kind": "gone", "text": "".join(first[begin:end])})
        if start < stop:
            pieces.append({"kind": "new", "text": "".join(last[start:stop])})
    return pieces
