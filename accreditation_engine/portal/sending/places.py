"""What a file is sent for that comes in pieces: one form of a dossier's pages."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.urls import reverse

from accreditation_engine.organisations.models import User
from accreditation_engine.uploads.arriving import shown, unfinished
from accreditation_engine.uploads.models import Arriving

from .words import sending_words

ANSWER, POINT, VISIT, CORRECTION, UPKEEP = "answer", "point", "visit", "correction", "upkeep"


@dataclass(frozen=True)
class Place:
    """`form` is one of those in allowed.py, `about` which of several, such as the id of a finding."""

    dossier: UUID
    form: str
    about: str = "new"

    @property
    def key(self) -> str:
        """No rubric is called like that, beside which files of a self-assessment are kept."""
        return f"{self.dossier}/@{self.form}/{self.about}"

    @property
    def address(self) -> str:
        return reverse("form_files", args=[self.dossier, self.form, self.about])

    def address_of(self, begun: Arriving) -> str:
        return reverse("form_file", args=[self.dossier, self.form, self.about, begun.pk])


def sent_here(person: User, places: Iterable[Place]) -> dict[str, Any] | None:
    """For parts/sending.html: what the script says that sends in pieces, and what `person` began to send for forms
    of this kind and did not hand in. Two queries at most; none, and None, without forms."""
    for each in places:
        return sending_words(begun_before(person, each.dossier, each.form))
    return None


def asked_here(places: Iterable[Place]) -> dict[str, Any] | None:
    """The same where a page is dear: the script asks for what was begun before. No query."""
    for each in places:
        return {**sending_words(None), "ask": reverse("begun_files", args=[each.dossier, each.form])}
    return None


def begun_before(person: User, dossier: UUID, form: str) -> list[dict[str, Any]]:
    """For the script. Two queries at most."""
    within = Place(dossier, form, "").key
    found = []
    for each in unfinished(person.pk, within=within):
        place = Place(dossier, form, each.place.removeprefix(within))
        found.append({**shown(each), "place": place.address, "address": place.address_of(each)})
    return found
