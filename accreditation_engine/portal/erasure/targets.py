"""What something can be erased of: a file, or a person; as far as it exists for whoever asks."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any
from uuid import UUID

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from accreditation_engine.dossiers.erasing import ERASER, acted_for, erase_in_file, own_case
from accreditation_engine.dossiers.models import Dossier
from accreditation_engine.engine.erasures import Piece, pieces_in_file, pieces_of_person
from accreditation_engine.engine.isolates import isolated
from accreditation_engine.engine.reasons import Reason
from accreditation_engine.engine.registry import roles
from accreditation_engine.engine.turned_away import turned_away
from accreditation_engine.organisations.erasing import erase_of_person, may_not_erase
from accreditation_engine.organisations.models import User
from accreditation_engine.portal.dossier.reader import language
from accreditation_engine.portal.people import parts_of


@dataclass(frozen=True)
class Target:
    """`barred` is why whoever asks erases nothing here; nothing is shown to them then. `erase` takes
    keys, reason, basis and told_apart by their names."""

    title: str
    eyebrow: str
    url: str
    barred: list[Reason]
    edition: str
    pieces: Callable[[], list[Piece]]
    erase: Callable[..., Any]


def must_erase(person: User) -> None:
    """For all but administrators there are no such pages (Http404)."""
    if ERASER not in parts_of(person):
        raise Http404


def files_to_erase_in(person: User) -> Any:
    """The files of the schemes that `person` administers."""
    return Dossier.objects.filter(roles[ERASER].held(Dossier, person.pk)).select_related("organisation")


def file_target(person: User, pk: UUID) -> Target:
    dossier: Any = _to_erase_in(person, pk)
    if dossier is None:
        _turned_away(person, pk)
        raise Http404
    return Target(
        dossier.organisation.name_in(language()),
        _("Erasing by law in the file %(number)s") % isolated({"number": dossier.number}),
        reverse("erase_in_file", args=[pk]),
        own_case(dossier.acted),
        dossier.edition_id,
        lambda: pieces_in_file(pk),
        partial(erase_in_file, dossier=dossier, by=person),
    )


def _to_erase_in(person: User, pk: UUID) -> Any:
    if ERASER not in parts_of(person):
        return None
    return files_to_erase_in(person).annotate(acted=acted_for(person)).filter(pk=pk).first()


def _turned_away(person: User, pk: UUID) -> None:
    """Whoever asks learns nothing; that they tried to reach a file that is there is in its trail."""
    dossier = Dossier.objects.filter(pk=pk).first()
    if dossier is not None:
        turned_away(dossier, person, [Reason("not_your_role", {"roles": [ERASER]})], act="erase")


def person_target(person: User, pk: UUID) -> Target:
    must_erase(person)
    about = get_object_or_404(User, pk=pk)
    barred = may_not_erase(about, person)
    if any(each.code == "not_every_scheme" for each in barred):
        raise Http404
    return Target(
        str(about),
        _("Erasing by law of what is kept of a person"),
        reverse("erase_of_person", args=[pk]),
        barred,
        "",
        lambda: pieces_of_person(pk),
        partial(erase_of_person, person=about, by=person),
    )
