"""Who is told by mail of visits: in the transaction of what happened. Words are of the visit as it stands when the
mail is made."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from uuid import UUID

from django.utils.translation import gettext as _

from accreditation_engine.dossiers.models import Dossier
from accreditation_engine.engine.isolates import isolated
from accreditation_engine.organisations.letters.models import Letter
from accreditation_engine.organisations.letters.readers import Addressee, people_by_subject
from accreditation_engine.organisations.letters.told import Readings, Told, told_in_mail
from accreditation_engine.organisations.letters.writing import ToWrite, write
from accreditation_engine.organisations.models import User

from .models import Visit
from .words import visit_time

UNCONFIRMED = "visit_unconfirmed"


def tell_all(visit: Visit, kind: str, by: User) -> None:
    """The organisation, and those who go: of what was planned, moved or cancelled."""
    _write(visit, kind, by, {"applicant": _playing(visit, "applicant"), "reviewer": _going(visit)})


def tell_planners(visit: Visit, kind: str, by: User) -> None:
    """Coordinators and those who go: of what the organisation has answered."""
    _write(visit, kind, by, {"coordinator": _playing(visit, "coordinator"), "reviewer": _going(visit)})


def tell_organisation(visits: Sequence[Visit]) -> None:
    """That it has not answered to these. One query, and one to write."""
    people = people_by_subject(Dossier, "applicant", {each.dossier_id for each in visits})
    write(
        _letter(visit, UNCONFIRMED, "applicant", who)
        for visit in visits
        for who in people.get(visit.dossier_id, [])
    )


def _playing(visit: Visit, role: str) -> list[Addressee]:
    dossier = visit.dossier_id
    return people_by_subject(Dossier, role, [dossier]).get(dossier, [])


def _going(visit: Visit) -> list[Addressee]:
    people = User.objects.filter(pk__in=visit.people, is_active=True).order_by("pk")
    return [Addressee(each.pk, each.digest) for each in people]


def _write(visit: Visit, kind: str, by: User, told: dict[str, Collection[Addressee]]) -> None:
    write(
        _letter(visit, kind, role, who)
        for role, people in told.items()
        for who in people
        if who.person != by.pk
    )


def _letter(visit: Visit, kind: str, role: str, who: Addressee) -> ToWrite:
    return ToWrite(
        who.person,
        who.digest,
        kind,
        role=role,
        dossier=visit.dossier_id,
        facts={"visit": visit.seq},
        due_at=visit.begins_at,
    )


Sentence = Callable[[Letter, Visit], str]


def _told(kind: str, sentence: Sentence, *, of_cancelled: bool = False) -> None:
    """Letters of a visit that was cancelled since are dropped, but for the one that says so, and so are those that
    have nothing to say any more. One query."""

    def words(letters: Sequence[Letter], readings: Readings) -> Told:
        visits = {
            (each.dossier_id, each.seq): each
            for each in Visit.objects.filter(dossier__in={letter.dossier for letter in letters})
        }
        told = ((each.pk, sentence(each, visit)) for each, visit in _seen(letters, readings, visits))
        return {pk: words for pk, words in told if words}

    def _seen(
        letters: Sequence[Letter], readings: Readings, visits: dict[tuple[UUID, int], Visit]
    ) -> Iterator[tuple[Letter, Visit]]:
        for each in letters:
            if each.dossier is None or not readings[each.dossier].plays(each):
                continue
            visit = visits.get((each.dossier, each.facts["visit"]))
            if visit is not None and (visit.cancelled_at is not None) is of_cancelled:
                yield each, visit

    told_in_mail(kind)(words)


def _planned(letter: Letter, visit: Visit) -> str:
    if letter.role == "applicant":
        words = _("A visit is planned for %(when)s. Confirm the date, or ask for another.")
    else:
        words = _("You are to go on a visit on %(when)s.")
    return words % isolated({"when": visit_time(visit)})


def _moved(letter: Letter, visit: Visit) -> str:
    if letter.role == "applicant":
        words = _("A visit has changed: it is now on %(when)s. Confirm it, or ask for another date.")
    else:
        words = _("A visit has changed: it is now on %(when)s.")
    return words % isolated({"when": visit_time(visit)})


def _cancelled(letter: Letter, visit: Visit) -> str:
    return _("The visit of %(when)s was cancelled.") % isolated({"when": visit_time(visit)})


def _confirmed(letter: Letter, visit: Visit) -> str:
    return _("The organisation has confirmed the visit of %(when)s.") % isolated({"when": visit_time(visit)})


def _other_date(letter: Letter, visit: Visit) -> str:
    words = _("The organisation asks for another date than %(when)s for a visit. Read why, and move it.")
    return words % isolated({"when": visit_time(visit)})


def _unconfirmed(letter: Letter, visit: Visit) -> str:
    if visit.confirmed_at is not None or visit.asked_seq is not None:
        return ""
    words = _(
        "The visit of %(when)s comes soon, and you have not answered to it. Confirm it, or ask for another date."
    )
    return words % isolated({"when": visit_time(visit)})


_told(UNCONFIRMED, _unconfirmed)
_told("visit_planned", _planned)
_told("visit_moved", _moved)
_told("visit_cancelled", _cancelled, of_cancelled=True)
_told("visit_confirmed", _confirmed)
_told("visit_other_date", _other_date)
