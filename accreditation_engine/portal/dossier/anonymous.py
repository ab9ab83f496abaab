"""What an organisation is called before those from whom a state keeps who it is, and its files before them; and
what reviewers are called before the organisation."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import PurePath
from uuid import UUID

from django.utils.translation import gettext as _

from accreditation_engine.dossiers.models import Dossier, Evidence
from accreditation_engine.engine.isolates import isolated
from accreditation_engine.engine.visibility import knows_organisation, knows_reviewers
from accreditation_engine.portal.erased_words import or_erased
from accreditation_engine.reviews.models import Assignment

from .reader import Reader, language

LETTERS = {"en": "ABCDEFGHIJKLMNOPQRSTUVWXYZ", "ar": "أبجدهوزحطيكلمنسعفصقرشت"}
LONGEST_KIND = 5  # of a file name's ending, with its dot


def organisation_called(dossier: Dossier, roles: Iterable[str]) -> str:
    """Its name in the reader's language, or that it is kept from them."""
    if knows_organisation(dossier, roles):
        return dossier.organisation.name_in(language())
    return _("An organisation that is not named")


def file_called(filed: Evidence, *, named: bool) -> str:
    """The name that the organisation gave it, which may tell who it is; else a number, and what kind of file it
    is."""
    if named:
        return or_erased(filed.name, filed.name_erased_at)
    kind = PurePath(filed.name).suffix
    return _("evidence %(number)d") % {"number": filed.pk} + (kind if len(kind) <= LONGEST_KIND else "")


def letter(place: int) -> str:
    """In the order in which the reader's language counts with letters, from 0."""
    letters = LETTERS["en" if language() == "en" else "ar"]
    return letters[place % len(letters)]


def letters_of_reviewers(dossier: Dossier) -> dict[UUID, str]:
    """In the order in which they were first asked. One query."""
    asked = Assignment.objects.filter(dossier=dossier).order_by("pk")
    people = dict.fromkeys(asked.values_list("reviewer", flat=True))
    return {person: letter(place) for place, person in enumerate(people)}


def reviewers_called(reader: Reader, reviews: Iterable[Assignment]) -> dict[int, str]:
    """Who made each of the reviews: by name, or by a letter where the state keeps from the reader who they are."""
    if knows_reviewers(reader.dossier, reader.roles):
        return {each.pk: str(each.reviewer) for each in reviews}
    letters = letters_of_reviewers(reader.dossier)
    return {
        each.pk: _("Reviewer %(letter)s") % isolated({"letter": letters[each.reviewer_id]})
        for each in reviews
    }


def knows(reader: Reader) -> bool:
    return knows_organisation(reader.dossier, reader.roles)
