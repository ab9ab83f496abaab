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

ANSWER, POINT, VISIT, CORRECTION = "answer", "point", "visit", "correction"


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
    """For parts/sending.html: what the script says that sends in pieces, and what `person` began to send for these
    forms and did not hand in. Three queries at most; none, and None, without forms."""
    by_key = {each.key: each for each in places}
    if not by_key:
        return None
    within = _common(by_key.values())
    begun = [each for each in unfinished(person.pk, within=within) if each.place in by_key]
    return sending_words(
        [
            {
                **shown(each),
                "place": by_key[each.place].address,
                "address": by_key[each.place].address_of(each),
            }
            for each in begun
        ]
    )


def _common(places: Iterable[Place]) -> str:
    """How the keys of all of them begin."""
    ((dossier, form),) = {(each.dossier, each.form) for each in places}
    return f"{dossier}/@{form}/"
