"""The list of files behind one number of the season, as the address has it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from accreditation_engine.dossiers.models import Dossier
from accreditation_engine.organisations.models import User
from accreditation_engine.portal.dossier.reader import language
from accreditation_engine.portal.people import parts_of

from .files import Season
from .late import COORDINATOR

MARK, NAMES = "season", ("scheme", "only", "review", "reviewer")
"""`only`: `open` files or `late` ones; `review`: files of which one is being written, `any`, due `soon` or
`overdue`; `reviewer`: by whom."""


def files_address(**chosen: object) -> str:
    """Of the list that a number stands for. `state` is one of the list's own filters."""
    return f"{reverse('files')}?{urlencode({MARK: 1, **chosen})}"


@dataclass(frozen=True)
class Narrowed:
    season: Season
    chosen: Mapping[str, str]

    @classmethod
    def of(cls, request: HttpRequest, person: User) -> Narrowed | None:
        """None for whoever coordinates nothing, and where the address does not ask for it."""
        if not request.GET.get(MARK) or COORDINATOR not in parts_of(person):
            return None
        typed = {name: request.GET.get(name, "").replace("\x00", "")[:60] for name in NAMES}
        return cls(Season(person), typed)

    def files(self, state: str) -> QuerySet[Dossier]:
        """Those longest in their state first; the latest first where these alone are asked for."""
        found = self.season.files()
        if self.chosen["scheme"]:
            found = found.filter(scheme=self.chosen["scheme"])
        if state:
            found = found.filter(self.season.standing(state))
        if self.chosen["review"]:
            found = found.filter(self.season.reviewed_by(self._reviewer, self.chosen["review"]))
        if self.chosen["only"] == "open":
            found = found.filter(self.season.going_on())
        if self.chosen["only"] == "late":
            return self.season.latest_first(found)
        return found.order_by("entered_at" if self.season.tells_times else "opened_at", "number")

    @property
    def _reviewer(self) -> UUID | None:
        try:
            return UUID(self.chosen["reviewer"])
        except ValueError:
            return None

    @property
    def kept(self) -> list[tuple[str, str]]:
        """What a form that narrows further must send again."""
        return [(MARK, "1"), *((name, value) for name, value in self.chosen.items() if value)]

    def head(self) -> dict[str, Any]:
        """For parts/head.html: what the list holds before its own filters, and the way back."""
        back = {"title": _("Back to the season"), "url": reverse("season")}
        return {"meta": [" · ".join(self._words())], "actions": [back]}

    def _words(self) -> Iterator[str]:
        yield _("The files that you coordinate")
        for scheme in self.season.schemes:
            if scheme.workflow.workflow == self.chosen["scheme"]:
                yield scheme.workflow.title.in_language(language())
                break
        said = {"open": _("that go on"), "late": _("that are late")}
        yield from filter(None, [said.get(self.chosen["only"], "")])
        if self.chosen["review"]:
            reviews = {"soon": _("with a review due within a week"), "overdue": _("with an overdue review")}
            yield reviews.get(self.chosen["review"], _("with a review being written"))
        named = self.season.reviews().filter(reviewer=self._reviewer).select_related("reviewer")
        if self._reviewer and (review := named.first()):
            yield str(review.reviewer)
