"""The page that tries other numbers: which rubric, against which edition, and what it would do."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, QueryDict
from django.utils.translation import gettext as _

from accreditation_engine.definitions.base import as_text
from accreditation_engine.definitions.rubric import Rubric
from accreditation_engine.dossiers.decided import decided
from accreditation_engine.dossiers.models import Dossier
from accreditation_engine.engine.isolates import isolated
from accreditation_engine.engine.models import Edition
from accreditation_engine.portal.dossier.reader import language
from accreditation_engine.reviews.past_comparison import past_comparison
from accreditation_engine.reviews.past_ratings import past_ratings
from accreditation_engine.scoring import RatingProblems
from accreditation_engine.scoring.what_if import Comparison

from .access import Viewer
from .fields import THRESHOLD
from .outlook import changed_files, differences, margins, outcome_table, stats
from .trial import Trial

ROWS = 20
CRITERIA = "criteria"
"""What the address says for the margins of criteria too: there are many, and each is moved over all files."""
MARGINS_AT_ONCE = 1000
"""So many files, and how far each number can move is shown without being asked for."""


@dataclass(frozen=True)
class Plan:
    """What the address asks for. The rubric that is tried starts from the scheme's open edition."""

    viewer: Viewer
    sent: QueryDict

    @cached_property
    def rubric(self) -> Rubric:
        found = self.viewer.compiled.rubrics
        wanted = self.sent.get("rubric") or next(iter(found), "")
        if wanted not in found:
            raise Http404
        return found[wanted]

    @cached_property
    def trial(self) -> Trial:
        return Trial.of(self.rubric, self.sent)

    @cached_property
    def editions(self) -> dict[str, str]:
        """Those of the rubric by hash, the latest first, in words."""
        stored = Edition.objects.filter(kind="rubric", name=self.rubric.id).order_by("-stored_at", "hash")
        return {each.pk: f"{each.label} · {each.pk[:8]}" for each in stored.defer("content")}

    @property
    def against(self) -> str:
        """The edition that judged: the one of new files, where no other is chosen."""
        pins = json.loads(bytes(self.viewer.scheme.edition.content))["pins"]
        return str(self.sent.get("against") or pins[self.rubric.id])

    def context(self) -> dict[str, Any]:
        known = self.against in self.editions
        unknown = {"text": _("There is no such edition. Choose one of the list."), "target": "against"}
        found = self.outlook() if known and not self.trial.errors else {}
        return {
            "rubric": self.rubric.id,
            "rubrics": self._rubrics(),
            "groups": self.trial.groups(),
            "left_out": self.trial.left_out,
            "against": self._against("" if known else unknown["text"]),
            "errors": [*self.trial.summary(), *([] if known else [unknown])],
            "edits": self._edits(),
            **found,
        }

    def outlook(self) -> dict[str, Any]:
        try:
            found = self.compared()
        except RatingProblems:
            words = _("What was rated under that edition does not fit the scale of this rubric.")
            return {"errors": [{"text": words, "target": "against"}]}
        if not len(found.before.matrix):
            return {"nothing": True}
        page = Paginator(found.changes, ROWS).get_page(self.sent.get("page"))
        return {
            "stats": stats(found),
            "outcomes": outcome_table(found),
            "differences": differences(found),
            "page": page,
            "changes": changed_files(found, page),
            "margins": margins(found, criteria=self._of_criteria) if self._margins_wanted(found) else None,
            "margins_there": True,
            "margins_of_criteria": self._of_criteria,
        }

    @property
    def _of_criteria(self) -> bool:
        return self.sent.get("margins") == CRITERIA

    def _margins_wanted(self, found: Comparison) -> bool:
        """Each number is moved many times over all files: with thousands of them that takes seconds."""
        return len(found.before.matrix) <= MARGINS_AT_ONCE or bool(self.sent.get("margins"))

    def compared(self) -> Comparison:
        """Over the files of this scheme only: other schemes may use the rubric too. And only over those that have
        been decided: what becomes of the others is not to be read here before its time."""
        past = past_ratings(self.rubric.id, self.against)
        files = decided(Dossier.objects.filter(scheme=self.viewer.scheme.name))
        return past_comparison(past, self.trial.rubric, set(files.values_list("number", flat=True)))

    def _rubrics(self) -> list[dict[str, Any]]:
        found = self.viewer.compiled.rubrics.values()
        return [
            {
                "id": each.id,
                "title": each.title.in_language(language()),
                "current": each.id == self.rubric.id,
            }
            for each in found
        ]

    def _against(self, error: str) -> dict[str, Any]:
        """For parts/entry.html."""
        options = [{"value": key, "label": words} for key, words in self.editions.items()]
        return {
            "name": "against",
            "label": _("Files judged by the edition"),
            "type": "select",
            "required": True,
            "value": self.against,
            "options": options,
            "error": error,
        }

    def _edits(self) -> list[str]:
        words = _("%(title)s %(after)s instead of %(before)s")
        return [
            words
            % {
                "title": each.full_title if each.kind == THRESHOLD else f"{each.full_title}:",
                **isolated({"before": each.text + each.unit, "after": as_text(value) + each.unit}),
            }
            for each, value in self.trial.edits
        ]
