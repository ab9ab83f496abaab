"""The page that tries other numbers: which rubric, against which edition, and what it would do."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.http import Http404, QueryDict
from django.utils.translation import gettext as _

from accreditation_engine.definitions.base import as_text
from accreditation_engine.definitions.editions import from_canonical
from accreditation_engine.definitions.rubric import Rubric
from accreditation_engine.dossiers.decided import decided
from accreditation_engine.dossiers.models import Dossier
from accreditation_engine.engine.isolates import isolate, isolated
from accreditation_engine.engine.models import Edition
from accreditation_engine.portal.dossier.reader import language
from accreditation_engine.reviews.past_comparison import past_comparison
from accreditation_engine.reviews.past_ratings import past_ratings
from accreditation_engine.scoring import RatingProblems
from accreditation_engine.scoring.what_if import Comparison

from .access import Viewer
from .fields import THRESHOLD
from .identities import Identities, identities
from .outlook import changed_files, differences, margins, moved, outcome_table, stats
from .trial import Trial

ROWS = 20
SHORT = 12
"""So much of its hash tells an edition from all others."""
CRITERIA = "criteria"
"""What the address says for the margins of criteria too: there are many, and each is moved over all files."""
MARGINS_AT_ONCE = 1000
"""So many files, and how far each number can move is shown without being asked for."""


def _pairs(address: QueryDict) -> Iterator[tuple[str, str]]:
    """Its names and values, one by one."""
    for name, values in address.lists():
        yield from ((name, str(value)) for value in values)


@dataclass(frozen=True)
class Plan:
    """What the address asks for. The rubric that is tried starts from the edition that the address names, so that
    an address means tomorrow what it means today; from the scheme's open edition where it names none."""

    viewer: Viewer
    sent: QueryDict

    @cached_property
    def open(self) -> Rubric:
        """As new files are judged by it."""
        found = self.viewer.compiled.rubrics
        wanted = self.sent.get("rubric") or next(iter(found), "")
        if wanted not in found:
            raise Http404
        return found[wanted]

    @cached_property
    def pinned(self) -> str:
        """The hash of the open edition."""
        pins: dict[str, str] = json.loads(bytes(self.viewer.scheme.edition.content))["pins"]
        return pins[self.open.id]

    @cached_property
    def start(self) -> str:
        """The hash of the edition from which the numbers start; empty where the one that is named is not here."""
        wanted = self.sent.get("edition", "").strip().lower()
        if not wanted or self.pinned.startswith(wanted):
            return self.pinned
        found = [each for each in self.editions if len(wanted) >= SHORT and each.startswith(wanted)]
        return found[0] if len(found) == 1 else ""

    @cached_property
    def rubric(self) -> Rubric:
        """Before any number is changed."""
        if self.start in ("", self.pinned):
            return self.open
        written = from_canonical(bytes(Edition.objects.get(pk=self.start).content))
        assert isinstance(written, Rubric)  # noqa: S101 - editions of kind rubric hold rubrics
        return written

    @cached_property
    def trial(self) -> Trial:
        return Trial.of(self.rubric, self.sent)

    @cached_property
    def editions(self) -> dict[str, str]:
        """Those of the rubric by hash, the latest first, in words."""
        stored = Edition.objects.filter(kind="rubric", name=self.open.id).order_by("-stored_at", "hash")
        return {each.pk: f"{each.label} · {each.pk[:8]}" for each in stored.defer("content")}

    @property
    def against(self) -> str:
        """The edition that judged: that from which the numbers start, where no other is chosen."""
        return str(self.sent.get("against") or self.start or self.pinned)

    @property
    def shorter(self) -> str | None:
        """The address of the same page with the numbers that differ, and no others; None where this one is so. The
        form sends them all."""
        differing = {each.field for each, _value in self.trial.edits} | self.trial.errors.keys()
        same = {each.field for each in self.trial.numbers} - differing
        chosen = self.against == self.start and "against" in self.sent
        if same.isdisjoint(self.sent) and not chosen:
            return None
        address = self.sent.copy()
        for name in (*same.intersection(address), *(["against"] if chosen else [])):
            del address[name]
        first = {"rubric": self.open.id, "edition": self.sent.get("edition") or self.start[:SHORT]}
        return urlencode([*first.items(), *(each for each in _pairs(address) if each[0] not in first)])

    def context(self) -> dict[str, Any]:
        known = self.against in self.editions
        unknown = {"text": _("There is no such edition. Choose one of the list."), "target": "against"}
        nowhere = _(
            "This address starts from an edition that is not here. The numbers below are those in force."
        )
        lost = [] if self.start else [{"text": nowhere, "target": "numbers"}]
        found = self.outlook() if known and self.start and not self.trial.errors else {}
        return {
            "rubric": self.open.id,
            "edition": (self.start or self.pinned)[:SHORT],
            "notices": self._notices(),
            "rubrics": self._rubrics(),
            "groups": self.trial.groups(),
            "left_out": self.trial.left_out,
            "against": self._against("" if known else unknown["text"]),
            "errors": [*lost, *self.trial.summary(), *([] if known else [unknown])],
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
            "moved": moved(found) if self.trial.edits else [],
            "outcomes": outcome_table(found),
            "differences": differences(found),
            "page": page,
            "changes": changed_files(found, page, self.files.opened),
            "nameless": self.files.nameless > 0,
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
        return past_comparison(past, self.trial.rubric, names=self.files.names)

    @cached_property
    def files(self) -> Identities:
        return identities(self.viewer, decided(Dossier.objects.filter(scheme=self.viewer.scheme.name)))

    def _notices(self) -> list[str]:
        told = []
        if self.rubric is not self.open:
            words = _(
                "These numbers start from edition %(then)s, and new files are judged by edition %(now)s."
            )
            told.append(words % isolated({"then": self.rubric.edition, "now": self.open.edition}))
        if self.trial.unknown:
            words = _("Not of this rubric, and left out: %(names)s.")
            told.append(words % {"names": _(", ").join(map(isolate, self.trial.unknown))})
        return told

    def _rubrics(self) -> list[dict[str, Any]]:
        found = self.viewer.compiled.rubrics.values()
        return [
            {
                "id": each.id,
                "title": each.title.in_language(language()),
                "current": each.id == self.open.id,
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
